import Connectors
import Foundation
import Processes
import Records
import Testing

@Suite("Files of events")
struct EventFileTests {
    private func read(_ text: String, _ options: EventOptions = EventOptions(), _ name: String = "events.csv") throws
        -> EventFile
    { try read(Data(text.utf8), options, name) }

    private func read(_ data: Data, _ options: EventOptions = EventOptions(), _ name: String) throws -> EventFile {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent(name).path
        try data.write(to: URL(fileURLWithPath: path))
        return try readEvents(of: path, options)
    }

    /// Events as `case/activity/moment/resource`.
    private func told(_ file: EventFile) -> [String] {
        (0..<file.log.count).map { i in
            let log = file.log
            return [
                log.cases[Name(code: log.caseOf[i])], log.activities[Name(code: log.activityOf[i])],
                Moment(microseconds: log.at[i]).description, log.resources[Name(code: log.resourceOf[i])],
            ].joined(separator: "/")
        }
    }

    // MARK: CSV

    @Test("A table whose month stands first is found out late, and all its dates are turned round")
    func monthFirst() throws {
        let file = try read("case,activity,time\n1,A,03/04/2024 10:00\n1,B,03/13/2024 10:00\n1,C,12/01/2024 10:00\n")
        #expect(
            told(file) == [
                "1/A/2024-03-04T10:00:00Z/", "1/B/2024-03-13T10:00:00Z/", "1/C/2024-12-01T10:00:00Z/",
            ])
    }

    @Test("Dates that nobody can decide are asked for, and a format decides them")
    func undecided() throws {
        let text = "case,activity,time\n1,A,03/04/2024 10:00\n1,B,05/06/2024 10:00\n"
        #expect(throws: EventFileError.self) { try read(text) }
        let file = try read(text, EventOptions(timeFormat: "%m/%d/%Y %H:%M"))
        #expect(told(file).first == "1/A/2024-03-04T10:00:00Z/")
    }

    @Test("Rows that cannot be used are kept with their line and the reason")
    func rejects() throws {
        let file = try read(
            "case,activity,time,resource\n1,A,2024-01-01,x\n,A,2024-01-01,x\n1,,2024-01-01,x\n1,B,soon,x\n1\n1,B,2024-01-02,\n"
        )
        #expect(file.rows == 6 && file.rejected == 4 && file.log.count == 2)
        #expect(file.rejects.map(\.line) == [3, 4, 5, 6])
    }

    @Test("Columns are found by their usual names, and a name that is not there is told with those that are")
    func columns() throws {
        let file = try read("number;sys_updated_at;incident_state\nI1;2024-01-01 10:00;New\n")
        #expect(told(file) == ["I1/New/2024-01-01T10:00:00Z/"])
        do {
            _ = try read("a,b,c\n1,2,3\n", EventOptions(caseName: "ticket"))
            Issue.record("a missing column was accepted")
        } catch let error as EventFileError {
            #expect(error.message.contains("“ticket”") && error.message.contains("a, b, c"))
        }
    }

    @Test(
        "Nothing that could be used is an error, not an empty answer",
        arguments: ["", "case,activity,time\n", "case,activity,time\n1,A,x\n"])
    func nothing(text: String) { #expect(throws: (any Error).self) { try read(text) } }

    @Test(
        "Times in a format that is named",
        arguments: [
            ("%d.%m.%y %I:%M %p", "05.02.24 01:30 PM", "2024-02-05T13:30:00Z"),
            ("%Y%m%d%H%M", "202402051330", "2024-02-05T13:30:00Z"),
            ("%d %b %Y %T", "5 Feb 2024 13:30:07", "2024-02-05T13:30:07Z"),
            ("%FT%T.%f%z", "2024-02-05T13:30:07.250+01:00", "2024-02-05T12:30:07Z"),
            ("%s", "1707139800", "2024-02-05T13:30:00Z"), ("%Y-%j", "2024-036", "2024-02-05T00:00:00Z"),
        ])
    func formats(format: String, text: String, moment: String) throws {
        let file = try read("case,activity,time\n1,A,\(text)\n", EventOptions(timeFormat: format))
        #expect(told(file) == ["1/A/\(moment)/"])
    }

    @Test("A format that names no day is refused", arguments: ["", "%H:%M", "%Q", "%", "%Y-%m"])
    func badFormats(format: String) {
        #expect(throws: EventFileError.self) {
            try read("case,activity,time\n1,A,2024-01-01\n", EventOptions(timeFormat: format))
        }
    }

    // MARK: XES

    static let xes = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment with <event> in it -->
        <log xes.version="1.0">
        <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
        <classifier name="c" keys="concept:name"/>
        <trace>
          <event>
            <string key="concept:name" value="R&amp;D &#x26; &quot;more&quot; &lt;&gt;"><string key="concept:name" value="inner"/></string>
            <date key="time:timestamp" value="2010-12-30T14:32:00.000+01:00"/>
            <string key="org:resource" value='Zoë "Z"'/>
          </event>
          <event><date value="2010-12-30T15:32:00.000+01:00" key="time:timestamp"/><string key="concept:name" value="B > A"/></event>
          <event><string key="concept:name" value="no time"/></event>
          <string key="concept:name" value="1-1"/>
        </trace>
        <trace/>
        <trace><event><string key="concept:name" value="C"/><date key="time:timestamp" value="2011-01-01T00:00:00Z"/></event></trace>
        </log>
        """

    @Test("XES: entities, nested attributes, a name behind the events, an event without a time")
    func readsXES() throws {
        let file = try read(Self.xes, EventOptions(), "log.xes")
        #expect(file.form == .xes && file.rows == 4 && file.rejected == 1)
        #expect(
            told(file) == [
                "1-1/R&D & \"more\" <>/2010-12-30T13:32:00Z/Zoë \"Z\"", "1-1/B > A/2010-12-30T14:32:00Z/",
                "trace 3/C/2011-01-01T00:00:00Z/",
            ])
    }

    @Test("XES in UTF-16 and in Latin 1 says the same")
    func encodings() throws {
        let plain = told(try read(Self.xes, EventOptions(), "log.xes"))
        var wide = Data([0xff, 0xfe])
        wide.append(try #require(Self.xes.data(using: .utf16LittleEndian)))
        #expect(told(try read(wide, EventOptions(), "log.xes")) == plain)
        let latin = Self.xes.replacingOccurrences(of: "UTF-8", with: "ISO-8859-1")
        #expect(told(try read(try #require(latin.data(using: .isoLatin1)), EventOptions(), "log.xes")) == plain)
    }

    @Test(
        "XES that is broken, or that tries to blow up, is refused",
        arguments: [
            "<log>", "<log><trace></log>", "<html></html>", "<log></log></log>", "<log><trace><event", "<log><!-- ",
            "<!DOCTYPE log [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><log/>",
            "<log><trace><event><string key=\"concept:name\" value=\"&b;\"/></event></trace></log>",
            "<log>" + String(repeating: "<list>", count: 200),
            "<log><string key=\"" + String(repeating: "x", count: 1 << 21) + "\"/></log>",
        ])
    func brokenXES(text: String) { #expect(throws: EventFileError.self) { try read(text, EventOptions(), "log.xes") } }

    // MARK: OCEL

    static let ocel = """
        {"objectTypes": [{"name": "incident", "attributes": []}], "eventTypes": [],
         "events": [
          {"id": "e1", "type": "open\\u00e9d \\ud83d\\ude00", "time": "2024-01-01T10:00:00Z", "attributes": [{"name": "x", "value": [1, {"y": null}]}],
           "relationships": [{"objectId": "i1", "qualifier": "q"}, {"objectId": "g1", "qualifier": "by"}]},
          {"id": "e2", "type": "joined", "time": "2024-01-01T11:00:00+01:00",
           "relationships": [{"objectId": "i1", "qualifier": ""}, {"objectId": "i2", "qualifier": ""}, {"objectId": "i2", "qualifier": "again"}]},
          {"id": "e3", "type": "bad", "time": "never", "relationships": []}],
         "objects": [{"id": "i1", "type": "incident"}, {"id": "i2", "type": "incident"}, {"id": "g1", "type": "group"}]}
        """

    @Test("OCEL: a case is an object of the type most events belong to, and an event can be of two cases")
    func readsOCEL() throws {
        let file = try read(Self.ocel, EventOptions(resource: "group"), "log.json")
        #expect(file.form == .ocel && file.rows == 3 && file.rejected == 1)
        #expect(
            told(file) == [
                "i1/openéd 😀/2024-01-01T10:00:00Z/g1", "i1/joined/2024-01-01T10:00:00Z/",
                "i2/joined/2024-01-01T10:00:00Z/",
            ])
        #expect(told(try read(Self.ocel, EventOptions(caseName: "group"), "log.json")).count == 1)
        #expect(throws: EventFileError.self) { try read(Self.ocel, EventOptions(caseName: "boat"), "log.json") }
    }

    @Test(
        "OCEL that is broken, or that tries to blow up, is refused",
        arguments: [
            "{", "{}", "{\"events\": []}", "{\"events\": {}}",
            "{\"events\": [{\"type\": \"A\", \"time\": \"2024-01-01\"}]}",
            "{\"events\": [],}", "{\"x\": " + String(repeating: "[", count: 5000),
            "{\"x\": \"" + String(repeating: "y", count: 100),
            "{\"events\": [1 2]}", "{\"x\": tru}", "{\"x\": \"\\q\"}", "{\"events\": []} {}",
        ])
    func brokenOCEL(text: String) {
        #expect(throws: EventFileError.self) { try read(text, EventOptions(), "log.json") }
    }
}
