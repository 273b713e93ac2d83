import Foundation
import Testing

@testable import SeriesFiles

@Suite("Files of series")
struct LongTableTests {
    static func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "series-\(UUID().uuidString).csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    static func series(_ text: String) throws -> [NamedSeries] {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var all: [NamedSeries] = []
        try eachSeries(of: path, shownAs: "x.csv") { all.append($0) }
        return all
    }

    @Test("One series after another, columns in any order, an empty cell is missing")
    func reads() throws {
        let all = try Self.series("ds,unique_id,y\n1,a,2\n2,a,\n1,b,-3.5e2\n")
        #expect(all.map(\.id) == ["a", "b"])
        #expect(all[0].values[0] == 2 && all[0].values[1].isNaN && all[1].values == [-350])
        #expect(all[0].steps == ["1", "2"])
    }

    @Test("The dates suggest the seasons, plain steps none")
    func seasons() throws {
        let days = try Self.series("unique_id,ds,y\na,2024-02-28,1\na,2024-02-29,1\na,2024-03-01,1\n")
        #expect(days[0].suggestedSeasons == [7])
        let hours = try Self.series("unique_id,ds,y\na,2024-02-28 00:00:00,1\na,2024-02-28 01:00:00,1\n")
        #expect(hours[0].suggestedSeasons == [24, 168])
        #expect(try Self.series("unique_id,ds,y\na,1,1\na,2,1\n")[0].suggestedSeasons == [])
    }

    @Test(
        "Bad input is told with its line and what to do",
        arguments: [
            ("a,b\n1,2\n", "x.csv:1: the header is not unique_id,ds,y; rename the columns"),
            ("unique_id,ds,y\na,1,x\n", "x.csv:2: “x” is not a number; leave a missing value empty"),
            ("unique_id,ds,y\na,1,inf\n", "x.csv:2: “inf” is not a number; leave a missing value empty"),
        ])
    func refused(text: String, message: String) throws {
        #expect(throws: SeriesFileError(message)) { try Self.series(text) }
    }
}
