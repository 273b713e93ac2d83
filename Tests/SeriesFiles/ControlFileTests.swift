import Foundation
import Statistics
import Testing

@testable import SeriesFiles

@Suite("Files of decompositions and control charts")
struct ControlFileTests {
    static func output(_ text: String, _ body: (String, (String) throws -> Void) throws -> Void) throws -> String {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var out = ""
        try body(path) { out += $0 }
        return out
    }

    static let weeks = (0..<28).map { "a,\($0),\($0 == 5 ? "" : "\(10 + $0 % 7)")\n" }.joined()

    @Test("A decomposition has a row a step, and parts that add up; what is missing has no remainder")
    func decomposes() throws {
        let text = try Self.output("unique_id,ds,y\n" + Self.weeks) { path, write in
            try decompositions(of: path, shownAs: "x.csv", seasons: [7], kind: .measurements, write: write)
        }
        let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows[0].joined(separator: ",") == "unique_id,ds,trend,season1,holiday,remainder,weight")
        #expect(rows.count == 29 && rows[6][5] == "")
        for (t, row) in rows.dropFirst().enumerated() where t != 5 {
            let parts = try (2...5).map { try #require(Double(row[$0])) }
            #expect((parts.reduce(0, +) - Double(10 + t % 7)).magnitude < 1e-12)
        }
    }

    @Test("Too short a series and negative counts are told with what to do")
    func refused() throws {
        #expect(throws: SeriesFileError("x.csv:2: the series “a” has 1 values, and a decomposition needs 3")) {
            try Self.output("unique_id,ds,y\na,1,1\n") { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
            }
        }
        #expect(throws: SeriesFileError("x.csv:6: the series “a” has the negative count -1.0; say measurements")) {
            try Self.output("unique_id,ds,y\nb,1,1\nb,2,1\nb,3,1\n\na,1,-1\n") { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .counts, write: write)
            }
        }
        #expect(throws: SeriesFileError("x.csv:2: the series “a” has 1 usable values in phase 1, and limits need 3")) {
            try Self.output("unique_id,ds,y\na,1,0.5\n") { path, write in
                try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
            }
        }
    }

    @Test("A chart is JSON with limits, signals and run lengths; whole numbers are charted as counts")
    func charts() throws {
        let rows = (0..<30).map { "q\"1,\($0),\($0 == 20 ? 40 : 8 + ($0 * 7) % 5)\n" }.joined()
        let text = try Self.output("unique_id,ds,y\n" + rows) { path, write in
            try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
        }
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let series = try #require((json["series"] as? [String: Any])?["q\"1"] as? [String: Any])
        #expect(series["chart"] as? String == "c")
        #expect((series["signals"] as? [[String: Any]])?.first?["index"] as? Int == 20)
        #expect(
            (series["averageRunLength"] as? [String: Any])?.keys.sorted() == ["all", "beyondThree", "eightOnOneSide"])
    }

    @Test("Names and steps that need quotation marks have them; a file without series is a header")
    func quoted() throws {
        let rows = (0..<4).map { "\"a, \"\"b\"\"\",\"\($0),5\",\($0)\n" }.joined()
        let text = try Self.output("unique_id,ds,y\n" + rows) { path, write in
            try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
        }
        #expect(text.contains("\n\"a, \"\"b\"\"\",\"3,5\","))
        let header = try Self.output("unique_id,ds,y\n") { path, write in
            try decompositions(of: path, shownAs: "x.csv", seasons: [24, 7], kind: .measurements, write: write)
        }
        #expect(header == "unique_id,ds,trend,season1,season2,holiday,remainder,weight\n")
    }

    @Test("A series in two places is refused with the line where it comes again", arguments: [false, true])
    func twice(isChart: Bool) {
        let rows = "aaaabbbbaaaa".enumerated().map { "\($1),\($0),\($0 % 4)\n" }.joined()
        let error = SeriesFileError(
            "x.csv:10: the series “a” comes twice; sort the file so that its rows are together")
        #expect(throws: error) {
            try Self.output("unique_id,ds,y\n" + rows) { path, write in
                if isChart {
                    try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
                } else {
                    try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
                }
            }
        }
    }

    @Test("What cannot be charted or taken apart is told with its line, also after a series in between")
    func lines() {
        let rows = "unique_id,ds,y\nb,1,1\nb,2,2\nb,3,2\nb,4,1\na,1,1\na,2,2\na,3,-2\na,4,1\n"
        let impossible = SeriesFileError(
            "x.csv:8: the series “a” has an impossible value at 3; counts are not negative, nor above their denominator"
        )
        #expect(throws: impossible) {
            try Self.output(rows) { path, write in
                try controlCharts(of: path, shownAs: "x.csv", kind: .counts, rules: RunRule.standard, write: write)
            }
        }
        let large = SeriesFileError(
            "x.csv:8: the series “a” has the value -1e+308, too large to compute with; use a larger unit")
        #expect(throws: large) {
            try Self.output(rows.replacingOccurrences(of: "-2", with: "-1e308")) { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
            }
        }
    }

    @Test("Seasons are a list of numbers without holes")
    func seasons() throws {
        #expect(try seasonLengths(nil, least: 2) == [] && seasonLengths("7", least: 2) == [7])
        #expect(try seasonLengths("24,168", least: 2) == [24, 168] && seasonLengths("1", least: 1) == [1])
        for text in ["", "7,,24", ",", "7,", "1", "0", "-7", "7.5", "24x", "7;24"] {
            #expect(throws: SeriesFileError.self) { try seasonLengths(text, least: 2) }
        }
    }

    @Test("A phase that no row has is refused")
    func phases() {
        let error = SeriesFileError("x.csv: no row has the ds “29” of --phase; write it as the file does")
        #expect(throws: error) {
            try Self.output("unique_id,ds,y\n" + Self.weeks) { path, write in
                try controlCharts(
                    of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, phases: ["14", "29"], write: write)
            }
        }
    }

    @Test("An empty file of series is an empty document")
    func empty() throws {
        let text = try Self.output("unique_id,ds,y\n") { path, write in
            try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
        }
        #expect(text == "{\"series\": {}}\n")
    }
}
