import Foundation
import Statistics
import Testing

@testable import SeriesFiles

@Suite("Rows that are absent are gaps, for every command that reads series")
struct AbsentRowsTests {
    /// 60 days with a level that rises by 9 at day 40; day 20 to 24 and day 38 to 40 have no row, or a row without a value.
    static func days(isAbsent: Bool) -> String {
        var out = "unique_id,ds,y\n"
        for t in 0..<60 {
            let date = t < 31 ? "2024-01-\(two(t + 1))" : t < 60 ? "2024-02-\(two(t - 30))" : ""
            let isGap = (20...24).contains(t) || (38...40).contains(t)
            if isGap, isAbsent { continue }
            let value = 20 + Double((t * t * 7) % 11) / 4 + (t >= 40 ? 9 : 0) + (t == 50 ? 30 : 0)
            out += "a,\(date),\(isGap ? "" : "\(value)")\n"
        }
        return out
    }

    static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

    static func series(_ text: String) throws -> [String: Any] {
        let whole = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require((whole?["series"] as? [String: Any])?["a"] as? [String: Any])
    }

    static func chart(_ text: String, _ kind: ChartKind?, phases: Set<String> = []) throws -> [String: Any] {
        try series(
            ControlFileTests.output(text) { path, write in
                try controlCharts(
                    of: path, shownAs: "x.csv", kind: kind, rules: RunRule.standard, phases: phases, write: write)
            })
    }

    @Test(
        "Changes: the first row of the new level is told by its place among the rows, though its first days are absent")
    func changes() throws {
        let found = try Self.series(ChangesFileTests.run(Self.days(isAbsent: true)))
        let changes = try #require(found["changes"] as? [[String: Any]])
        #expect(found["n"] as? Int == 52 && changes.count == 1)
        // Rows 0–19 are days 0–19, rows 20–32 days 25–37, and row 33 is day 41.
        #expect(changes[0]["index"] as? Int == 33)
        let (low, high) = try (#require(changes[0]["low"] as? Int), #require(changes[0]["high"] as? Int))
        #expect(low <= 33 && high >= 33 && high < 52)
        #expect(found["outliers"] as? [Int] == [42])
        let segments = try #require(found["segments"] as? [[String: Any]])
        #expect(segments.map { $0["start"] as? Int } == [0, 33] && segments.map { $0["end"] as? Int } == [33, 52])
        #expect((found["notes"] as? [String])?.first == "8 of 60 steps have no row and count as missing")
        // With empty cells in their place the answer is the same, counted over the rows of that file.
        let empty = try Self.series(ChangesFileTests.run(Self.days(isAbsent: false)))
        let change = try #require((empty["changes"] as? [[String: Any]])?.first)
        #expect((38...41).contains(change["index"] as? Int ?? 0) && empty["n"] as? Int == 60)
        #expect(change["before"] as? Double == changes[0]["before"] as? Double)
    }

    @Test("A change that ends in the last gap still points to a row")
    func end() throws {
        let out = try ChangesFileTests.run(
            "unique_id,ds,y\n"
                + (1...28).filter { $0 != 27 }.map { "a,2024-01-\(Self.two($0)),\($0 < 28 ? $0 % 3 : 90)\n" }
                .joined())
        let found = try Self.series(out)
        for change in try #require(found["changes"] as? [[String: Any]]) {
            #expect(change["high"] as? Int ?? 99 < 27)
        }
        #expect(found["n"] as? Int == 27)
    }

    @Test("Decomposition: absent days have rows of their own, as if their cells were empty")
    func decomposition() throws {
        let outs = try [true, false].map { isAbsent in
            try ControlFileTests.output(Self.days(isAbsent: isAbsent)) { path, write in
                try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
            }
        }
        #expect(outs[0] == outs[1] && outs[0].split(separator: "\n").count == 61)
        #expect(outs[0].contains("\na,2024-01-21,"))
    }

    @Test("Control: no moving range spans absent days, and every row has its limits and its place")
    func control() throws {
        let whole = try Self.chart(Self.days(isAbsent: false), .individuals, phases: ["2024-02-11"])
        let absent = try Self.chart(Self.days(isAbsent: true), .individuals, phases: ["2024-02-11"])
        #expect(whole["n"] as? Int == 60 && absent["n"] as? Int == 52)
        let (all, rows) = try (#require(whole["upper"] as? [Any]), #require(absent["upper"] as? [Any]))
        #expect(all.count == 60 && rows.count == 52)
        #expect(rows[0] as? Double == all[0] as? Double && rows[51] as? Double == all[59] as? Double)
        #expect(rows[33] as? Double == all[41] as? Double && rows[32] as? Double == all[37] as? Double)
        #expect(absent["phases"] as? [Int] == [0, 33])
        let signals = try #require(absent["signals"] as? [[String: Any]])
        #expect(signals.contains { $0["index"] as? Int == 42 && $0["rule"] as? String == "beyondThree" })
        #expect(absent["notes"] as? [String] == ["8 of 60 steps have no row and count as missing"])
        #expect(whole["notes"] == nil)
    }

    @Test("Control: denominators go with their rows, and as many as rows are asked for")
    func denominators() throws {
        let below = try LongTableTests.file(
            Self.days(isAbsent: true).split(separator: "\n").map {
                $0.hasPrefix("a,") ? $0.split(separator: ",").prefix(2).joined(separator: ",") + ",100\n" : "\($0)\n"
            }.joined())
        defer { try? FileManager.default.removeItem(atPath: below) }
        func chart(_ text: String) throws -> String {
            try ControlFileTests.output(text) { path, write in
                try controlCharts(
                    of: path, shownAs: "x.csv", kind: .rates, rules: RunRule.standard, denominators: below, write: write
                )
            }
        }
        let found = try Self.series(chart(Self.days(isAbsent: true)))
        #expect(found["n"] as? Int == 52 && (found["centre"] as? [Any])?.count == 52)
        let error = SeriesFileError(
            "x.csv:2: the series “a” has 60 values but 52 denominators; give a file of as many with --denominators")
        #expect(throws: error) { try chart(Self.days(isAbsent: false)) }
    }

    @Test("Control: between rare events no day is absent, and their dates need not be regular")
    func events() throws {
        let rows = [3, 4, 5, 9, 9, 12, 20].enumerated().map { "a,2024-01-\(Self.two($1)),\($0 + 1)\n" }.joined()
        let found = try Self.chart("unique_id,ds,y\n" + rows, .times)
        #expect(found["n"] as? Int == 7 && (found["centre"] as? [Any])?.count == 7)
    }

    @Test("Dates that fall back are refused with their line", arguments: ["changes", "decompose", "control"])
    func refused(command: String) throws {
        let text = "unique_id,ds,y\na,2024-01-01,1\na,2024-01-03,2\na,2024-01-02,3\n"
        let error = #expect(throws: SeriesFileError.self) {
            try ControlFileTests.output(text) { path, write in
                switch command {
                case "changes": try SeriesFiles.changes(of: path, shownAs: "x.csv", seasons: [], write: write)
                case "decompose":
                    try decompositions(of: path, shownAs: "x.csv", seasons: [], kind: .measurements, write: write)
                default: try controlCharts(of: path, shownAs: "x.csv", kind: nil, rules: RunRule.standard, write: write)
                }
            }
        }
        #expect(error?.message.hasPrefix("x.csv:4: “2024-01-02” is earlier than the row before it") == true)
    }
}
