import Connectors
import Foundation
import Measures
import Open
import Records
import Signals
import Statistics
import Store
import Testing

@testable import Turn

/// A folder of its own for each test, gone when the test is.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "ratchet-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
        return file(name)
    }
}

/// An export of some days with so many tickets each, the same for the same seed; `burst` tickets more on one day, and from `urgentFrom`
/// on every other ticket of the first priority instead of every fourth.
func export(days: Range<Int>, perDay: Int, burst: (day: Int, count: Int)? = nil, urgentFrom: Int? = nil) -> String {
    var out = "number,opened_at,resolved_at,incident_state,category,assignment_group,priority,caller_id\n"
    for day in days {
        let count = perDay + (day * 7919 % 5) + (burst?.day == day ? burst?.count ?? 0 : 0)
        for i in 0..<count {
            let at = Moment(seconds: Int64(19_723 + day) * 86_400 + Int64(28_800 + i * 31_000 / max(1, count)))
            let minutes = 30 + (i * 37 + day * 13) % 400
            let done = Moment(seconds: at.seconds + Int64(minutes * 60))
            let kinds = day >= urgentFrom ?? .max ? 2 : 4
            out +=
                "INC\(day)-\(i),\(text(at)),\(text(done)),Closed,Category \(i % 4),Group \(i % 3),\(1 + i % kinds),Ann \(i)\n"
        }
    }
    return out
}

private func text(_ moment: Moment) -> String { String(moment.description.dropLast().replacing("T", with: " ")) }

@discardableResult
func take(_ path: String, into store: any Store, strict: Bool = false) async throws -> ImportOutcome {
    var options = ReadingOptions()
    options.zone = .utc
    options.strict = strict
    return try await importFile(
        try inspect(path, options: options), named: "export.csv", options: options, into: store,
        at: Moment(seconds: 1))
}

@Suite("Taking a file in")
struct ImportingTests {
    @Test("A file goes in once, however often it is taken")
    func twice() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let path = try folder.write("a.csv", export(days: 0..<20, perDay: 10))
        let first = try await take(path, into: store)
        #expect(first.new == first.record.rows)
        #expect(first.record.state == .done)
        let again = try await take(path, into: store)
        #expect(again.wasKnown)
        #expect(try await store.ticketTable().count == first.new)
        #expect(try await store.check().isEmpty)
    }

    @Test("A longer export that overlaps adds only what is newer")
    func overlapping() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let first = try await take(try folder.write("a.csv", export(days: 0..<20, perDay: 10)), into: store)
        let second = try await take(try folder.write("b.csv", export(days: 0..<25, perDay: 10)), into: store)
        #expect(second.record.rows == first.new + second.new)
        #expect(second.changed == 0)
    }

    @Test("Bad rows are kept with their line and reason, and do not stop the rest; a strict import changes nothing")
    func bad() async throws {
        let folder = try Folder()
        let good = export(days: 0..<5, perDay: 10)
        let path = try folder.write("a.csv", good + "INC-X,tomorrow,,New,Category 1,Group 1,1,Ann\n")
        let store = try await openStore(folder.file("a.db"))
        await #expect(throws: ConnectorError.self) { try await take(path, into: store, strict: true) }
        #expect(try await store.ticketTable().isEmpty)
        #expect(try await store.imports(limit: 1).isEmpty)
        let outcome = try await take(path, into: store)
        #expect(outcome.record.rejected == 1)
        let rejects = try await store.rejects(of: outcome.record.id, after: 0, limit: 10)
        #expect(rejects.map(\.line) == [good.split(separator: "\n").count + 1])
        #expect(rejects[0].row.contains("tomorrow"))
    }

    @Test("People are pseudonyms in the store, the same person the same one, and another store's are others")
    func pseudonyms() async throws {
        let folder = try Folder()
        let path = try folder.write("a.csv", export(days: 0..<5, perDay: 10))
        var seen: [String] = []
        for name in ["a.db", "b.db"] {
            let store = try await openStore(folder.file(name))
            try await take(path, into: store)
            let one = try #require(await store.ticket(.incident, number: "INC0-3"))
            let two = try #require(await store.ticket(.incident, number: "INC1-3"))
            let person = one.names[one.ticket.requester]
            #expect(person == two.names[two.ticket.requester])
            #expect(!person.contains("Ann"))
            seen.append(person)
        }
        #expect(seen[0] != seen[1])
        let bytes = try #require(FileManager.default.contents(atPath: folder.file("a.db")))
        #expect(bytes.range(of: Data("Ann 3".utf8)) == nil)
    }
}

@Suite("A turn of the loop")
struct TurnTests {
    @Test("Nothing new: nothing is searched, and the findings stay")
    func nothingNew() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", export(days: 0..<120, perDay: 20)), into: store)
        let first = try await turn(store, at: Moment(seconds: 10))
        #expect(first.isFullSearch)
        #expect(try await turn(store, at: Moment(seconds: 20)) == first)
    }

    @Test("A little more of the same waits; a day that stands out does not, and is found")
    func watch() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", export(days: 0..<240, perDay: 40)), into: store)
        try await turn(store, at: Moment(seconds: 10))
        try await take(try folder.write("b.csv", export(days: 0..<241, perDay: 40)), into: store)
        let quiet = try await turn(store, at: Moment(seconds: 20))
        #expect(!quiet.isFullSearch)
        let burst = export(days: 0..<241, perDay: 40, burst: (240, 60))
        // Tickets 40… of that day are new; the file is another one.
        try await take(try folder.write("c.csv", burst), into: store)
        let loud = try await turn(store, at: Moment(seconds: 30))
        #expect(loud.isFullSearch)
    }

    @Test("What the search of tickets does not look at is found too: twice as many major incidents")
    func majorIncidents() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", export(days: 0..<180, perDay: 20, urgentFrom: 110)), into: store)
        try await turn(store, at: Moment(seconds: 10))
        let found = try await store.signals().filter { $0.measure.id == "incidents.majorShare" }
        let signal = try #require(found.first)
        #expect(found.count == 1 && signal.kind == .levelShift && signal.direction == .worse)
        #expect(abs(signal.at - Day(number: 19_833)) <= 3 && signal.slice == .everything)
        #expect(abs(signal.before.estimate - 0.25) < 0.05 && abs(signal.after.estimate - 0.5) < 0.05)
    }

    @Test("A finding keeps its name when more data come")
    func identities() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let world = export(days: 0..<150, perDay: 20, burst: (100, 200))
        try await take(try folder.write("a.csv", world), into: store)
        try await turn(store, at: Moment(seconds: 10))
        let before = try await store.signals()
        #expect(before.contains { $0.kind == .spike })
        try await take(
            try folder.write("b.csv", export(days: 0..<170, perDay: 20, burst: (100, 200))), into: store)
        try await turn(store, at: Moment(seconds: 20), isForced: true)
        let after = try await store.signals()
        for signal in before where signal.kind == .spike {
            #expect(after.contains { $0.id == signal.id })
        }
    }

    @Test("A turn after each of several imports finds what a turn over all at once finds, to the last digit")
    func pieces() async throws {
        let folder = try Folder()
        let slow = Array(export(days: 0..<180, perDay: 25, burst: (120, 150)).split(separator: "\n"))
        let head = String(slow[0]) + "\n"
        // What came in first comes again, some of it changed, among what is new.
        let pieces = [1..<2000, 1500..<3500, 2..<4100, 3900..<slow.count]
        let store = try await openStore(folder.file("pieces.db"))
        for (k, piece) in pieces.enumerated() {
            let text = head + slow[piece].joined(separator: "\n") + "\n"
            try await take(try folder.write("\(k).csv", text), into: store)
            try await turn(store, at: Moment(seconds: 10), isForced: true)
        }
        let whole = try await openStore(folder.file("whole.db"))
        try await take(try folder.write("whole.csv", slow.joined(separator: "\n") + "\n"), into: whole)
        let record = try await turn(whole, at: Moment(seconds: 10))
        #expect(try await store.latestTurn()?.tested == record.tested)
        let expected = try await whole.signals()
        #expect(!expected.isEmpty)
        #expect(try await store.signals() == expected)
        #expect(try await store.opportunities() == whole.opportunities())
        #expect(try await store.check() == [])
    }

    @Test("A target is written and read back")
    func targets() throws {
        let target = try #require(Target(line: "incidents.slaMet category=E%20mail 0.9"))
        #expect(target.slice == Slice(.category, "E mail"))
        #expect(Target(line: target.line) == target)
        #expect(Target(line: "incidents.happiness - 1") == nil)
        #expect(Target(line: "incidents.opened - many") == nil)
    }
}
