import Foundation
import Testing

@testable import SeriesFiles

@Suite("Changes of files of series")
struct ChangesFileTests {
    static func run(_ text: String, seasons: [Int] = []) throws -> String {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var out = ""
        try changes(of: path, shownAs: "x.csv", seasons: seasons) { out += $0 }
        return out
    }

    static func rows(_ id: String, _ values: [Double]) -> String {
        values.enumerated().map { "\(id),\($0 + 1),\($1)\n" }.joined()
    }

    @Test("The JSON of the contract, series by series")
    func json() throws {
        let text =
            "unique_id,ds,y\n" + Self.rows("a \"b\"", (0..<20).map { [0, 0.5, 0, -0.5][$0 % 4] + ($0 < 10 ? 0 : 9) })
            + Self.rows("short", [1, 2])
        let out = try Self.run(text)
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
        let series = try #require(whole["series"] as? [String: [String: Any]])
        #expect(Set(series.keys) == ["a \"b\"", "short"])
        let changes = try #require(series["a \"b\""]?["changes"] as? [[String: Any]])
        #expect(
            changes.count == 1 && changes.first?["index"] as? Int == 10 && changes.first?["kind"] as? String == "level")
        #expect(series["a \"b\""]?["n"] as? Int == 20)
        #expect(
            out.contains(
                "\"short\": {\"n\": 2, \"changes\": [], \"spreadChanges\": [], \"outliers\": [], \"form\": \"plain\", "
                    + "\"season\": null, \"cycle\": null, \"autocorrelation\": 0.0, \"segments\": [], "
                    + "\"notes\": [\"2 known values; at least 10 are needed to look for changes\"]}"))
        #expect(try Self.run(text) == out)
    }

    @Test("A file with a header alone has no series")
    func none() throws {
        #expect(try Self.run("unique_id,ds,y\n") == "{\"series\": {\n}}\n")
    }

    @Test("A series in two pieces is refused, with what to do")
    func twice() {
        #expect(
            throws: SeriesFileError(
                "x.csv:4: the series “a” comes twice; sort the file so that its rows are together")
        ) { try Self.run("unique_id,ds,y\na,1,1\nb,1,1\na,2,1\n") }
    }
}
