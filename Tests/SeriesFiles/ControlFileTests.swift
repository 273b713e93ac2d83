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
        #expect(throws: SeriesFileError("x.csv: the series “a” has 1 values, and a decomposition needs 3")) {
            try Self.output("unique_id,ds,y\na,1,1\n") { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
            }
        }
        #expect(throws: SeriesFileError("x.csv: the series “a” has negative counts; say measurements")) {
            try Self.output("unique_id,ds,y\na,1,-1\n") { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .counts, write: write)
            }
        }
        #expect(throws: SeriesFileError("x.csv: the series “a” has 1 usable values in phase 1, and limits need 3")) {
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

    @Test("An empty file of series is an empty document")
    func empty() throws {
        let text = try Self.output("unique_id,ds,y\n") { path, write in
            try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
        }
        #expect(text == "{\"series\": {}}\n")
    }
}
