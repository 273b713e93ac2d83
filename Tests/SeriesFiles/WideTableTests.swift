import Foundation
import Testing

@testable import SeriesFiles

@Suite("Tables with a row a step")
struct WideTableTests {
    static func table(_ text: String, time: String? = nil, _ columns: [String] = ["y"]) throws -> WideTable {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try WideTable(of: path, shownAs: "x.csv", time: time, columns: columns)
    }

    @Test("Steps without a row are missing, and the start is the first step at or after a time")
    func gaps() throws {
        let table = try Self.table("day,y,note\n1,5,a\n2,6,b\n5,7,c\n")
        #expect(table.times == ["1", "2", "3", "4", "5"] && table.spacing == .steps && table.season == 7)
        let y = table.column("y")
        #expect(y[1] == 6 && y[2].isNaN && y[4] == 7)
        #expect(table.index(atOrAfter: "3") == 2 && table.index(atOrAfter: "9") == 5)
        #expect(table.index(atOrAfter: "soon") == nil)
    }

    @Test("Days, weeks, months, quarters and years are told by their dates")
    func spacings() throws {
        func spacing(_ dates: [String]) throws -> WideTable {
            try Self.table("date,y\n" + dates.map { "\($0),1\n" }.joined())
        }
        #expect(try spacing(["2024-02-28", "2024-02-29", "2024-03-01"]).spacing == .days)
        let weeks = try spacing(["2024-01-07", "2024-01-14", "2024-01-28"])
        #expect(weeks.spacing == .weeks && weeks.season == 52)
        #expect(weeks.times == ["2024-01-07", "2024-01-14", "2024-01-21", "2024-01-28"])
        #expect(weeks.index(atOrAfter: "2024-01-19") == 2)
        let months = try spacing(["2023-11-01", "2023-12-01", "2024-02-01"])
        #expect(months.spacing == .months && months.season == 12 && months.times[2] == "2024-01-01")
        #expect(try spacing(["2023-03-31", "2023-12-31", "2024-03-31"]).spacing == .quarters)
        #expect(try spacing(["1990-01-01", "1991-01-01", "1993-01-01"]).times.count == 4)
        #expect(try spacing(["1990.0", "1990.0833", "1990.1667"]).spacing == .rows)
    }

    @Test("A week without its weekends is five days long")
    func closed() throws {
        let text = (0..<40).compactMap { i -> String? in
            let day = String(format: "2024-%02d-%02d", i < 31 ? 1 : 2, i < 31 ? i + 1 : i - 30)
            return [5, 6].contains(i % 7) ? nil : "\(day),\(i)\n"  // 2024-01-01 is a Monday
        }
        let table = try Self.table("date,y\n" + text.joined())
        #expect(table.season == 5 && table.times.count == 30 && table.column("y").allSatisfy { $0.isFinite })
        #expect(table.index(atOrAfter: "2024-01-06") == 5)
    }

    @Test(
        "Bad input is told with its place and what to do",
        arguments: [
            ("day,z\n1,2\n", "x.csv:1: there is no column “y”; the columns are day, z"),
            ("day,y\n", "x.csv:1: has no rows; write a header and a row for each step"),
            (
                "day,y\n2,1\n1,1\n",
                "x.csv:3: is not later than the row before it; sort by time and keep one row a step"
            ),
            (
                "day,y\n1,1\n2,1\n999,1\n",
                "x.csv:4: is too far in time from the row before it; at most 20 steps a row are filled in"
            ),
            ("day,y\n1,x\n", "x.csv:2: “x” is not a number; leave a missing value empty"),
        ])
    func refused(text: String, message: String) throws {
        #expect(throws: SeriesFileError(message)) { try Self.table(text) }
    }
}

@Suite("Evaluations of files")
struct EvaluationFileTests {
    static func document(_ text: String, _ change: (inout EvaluationRequest) -> Void) throws -> [String: Any] {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var request = EvaluationRequest()
        change(&request)
        let json = try evaluation(of: path, shownAs: "x.csv", request)
        return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    /// Days 0 to 149 of the check series, falling by 2.5 at 122.
    static let check =
        "day,y,z\n"
        + (0..<150).map { i in
            let t = Double(i)
            let y = 100 + 4 * sin(2 * .pi * t / 7) + 3 * cos(0.37 * t * t) + 2 * sin(0.21 * t) - (i >= 122 ? 2.5 : 0)
            return "\(i),\(y),\(50 + 0.1 * cos(1.7 * t * t))\n"
        }.joined()

    @Test("The document has the keys of the contract, and a guardrail")
    func document() throws {
        let document = try Self.document(Self.check) {
            $0.start = "122"
            $0.better = "lower"
            $0.guardrails = ["z=1%"]
        }
        let effect = try #require(document["effect"] as? [String: Any])
        let absolute = try #require(effect["absolute"] as? [String: Double])
        #expect(try #require(absolute["low"]) < -2.5 && #require(absolute["high"]) > -2.5)
        #expect((document["counterfactual"] as? [[String: Any]])?.count == 28)
        let first = try #require((document["counterfactual"] as? [[String: Any]])?.first)
        #expect(Set(first.keys) == ["time", "expected", "low", "high", "observed"])
        #expect(document["p"] is Double && document["method"] is String && document["warnings"] is [String])
        #expect(document["naive"] is [String: Any] && (document["detectable"] as? [String: Any])?["relative"] is Double)
        let guardrail = try #require((document["guardrails"] as? [[String: Any]])?.first)
        #expect(guardrail["safe"] as? Bool == true)
    }

    @Test(
        "Numbers near the largest there are: refused with a reason, whatever they are",
        arguments: [1e308, .greatestFiniteMagnitude])
    func largest(size: Double) throws {
        let rows = (0..<60).map { "\($0),\($0 * $0 % 7 < 3 ? size : -size),\($0 % 5)\n" }.joined()
        let document = try Self.document("day,y,z\n" + rows) { $0.start = "30" }
        #expect(document["verdict"] as? String == "cannot tell" && document["effect"] is NSNull)
        #expect((document["reasons"] as? [String])?.first?.contains("too large") == true)
        let asControl = try Self.document("day,y,z\n" + rows) {
            $0.start = "30"
            $0.value = "z"
            $0.controls = ["y"]
        }
        #expect((asControl["reasons"] as? [String])?.first?.contains("too large") == true)
    }

    @Test("Adoption out of range is told with its line, also after a gap")
    func adoption() {
        #expect(throws: SeriesFileError("x.csv:4: “z” holds 1.5; adoption is a share from 0 to 1")) {
            try Self.document("day,y,z\n1,1,0\n2,1,0\n5,1,1.5\n") {
                $0.start = "2"
                $0.adoption = "z"
            }
        }
    }

    @Test("A value cannot be its own control; teams that say nothing have no effect")
    func selves() throws {
        #expect(throws: SeriesFileError.self) {
            try Self.document(Self.check) {
                $0.start = "122"
                $0.controls = ["z", "y"]
            }
        }
        let teams = try Self.document(Self.check) { $0.teams = ["y=122", "z=never"] }
        #expect(teams["verdict"] as? String == "cannot tell" && teams["effect"] is NSNull && teams["p"] is NSNull)
    }

    @Test("What is not settled names the interval that the verdict follows")
    func unsettled() throws {
        let none = try Self.document(Self.check) { $0.start = "100" }
        let reason = try #require((none["reasons"] as? [String])?.first)
        #expect(none["verdict"] as? String == "cannot tell" && reason.hasPrefix("The cautious interval"))
        let interval = try #require((none["cautious"] as? [String: Any])?["interval"] as? [String: Double])
        #expect(try #require(interval["low"]) < 0 && #require(interval["high"]) > 0)
    }

    @Test("Too early is told without an effect; the end can be moved forward")
    func early() throws {
        let none = try Self.document(Self.check) { $0.start = "150" }
        #expect(none["verdict"] as? String == "too early" && none["effect"] is NSNull)
        let short = try Self.document(Self.check) {
            $0.start = "122"
            $0.end = "130"
        }
        #expect(short["verdict"] as? String == "too early" && short["stepsAfter"] as? Int == 9)
    }

    @Test(
        "A request that cannot be meant is refused before the file is read",
        arguments: [
            ("--start is missing: say when the change began", nil, "step"),
            ("“--shape ramp” is not step, gradual, ramp:STEPS or washout:STEPS", "1", "ramp"),
        ] as [(String, String?, String)])
    func refused(message: String, start: String?, shape: String) {
        #expect(throws: SeriesFileError(message)) {
            try Self.document("") {
                $0.start = start
                $0.shape = shape
            }
        }
    }
}
