import Foundation
import SeriesFiles
import Statistics
import Testing

@Suite("Files of cases")
struct PredictionFileTests {
    private func path(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func predicted(_ train: String, _ test: String, reasons: Int = 0) throws -> [[String]] {
        var out = ""
        try predictions(
            train: try path(train), test: try path(test), shownAs: ("train.csv", "test.csv"),
            CaseOptions(reasons: reasons)
        ) { out += $0 }
        return out.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// A group that is slow and often late, one that is not; and a column that knows the answer but only afterwards.
    private static func world(_ rows: Int, seed: UInt64, withOutcome: Bool) -> String {
        var generator = SplitMix64(seed: seed)
        var lines = ["case_id,group,opened,noise" + (withOutcome ? ",closing_note,hours,breach" : "")]
        for row in 0..<rows {
            let isSlow = generator.uniform() < 0.4
            let late = generator.uniform() < (isSlow ? 0.8 : 0.1)
            let hours = (isSlow ? 40 : 5) * (0.5 + generator.uniform())
            let day = 1 + row % 28
            lines.append(
                "C\(row),\(isSlow ? "Network" : "Desk"),2024-03-\(day < 10 ? "0" : "")\(day) 10:00,\(generator.uniform())"
                    + (withOutcome ? ",\(late ? "late" : "kept"),\(hours),\(late ? 1 : 0)" : ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test("Slow groups are predicted slow and likely to be late, and the intervals hold about four of five")
    func predicts() throws {
        let rows = try predicted(
            Self.world(1500, seed: 1, withOutcome: true), Self.world(300, seed: 2, withOutcome: false))
        #expect(rows[0] == ["case_id", "predicted_hours", "p_breach", "lo80_hours", "hi80_hours"] && rows.count == 301)
        var generator = SplitMix64(seed: 2)
        for row in rows.dropFirst() {
            let isSlow = generator.uniform() < 0.4
            for _ in 0..<3 { _ = generator.uniform() }
            let hours = try #require(Double(row[1]))
            let p = try #require(Double(row[2]))
            #expect(isSlow ? hours > 25 && p > 0.55 : hours < 10 && p < 0.35)
            #expect(try #require(Double(row[3])) < hours && hours < #require(Double(row[4])))
        }
    }

    @Test("What is known only afterwards cannot help: a column of the training table alone changes nothing")
    func leak() throws {
        let train = Self.world(800, seed: 3, withOutcome: true)
        let test = Self.world(100, seed: 4, withOutcome: false)
        let without = train.split(separator: "\n").map { line in
            var fields = line.split(separator: ",")
            fields.remove(at: 4)
            return fields.joined(separator: ",")
        }.joined(separator: "\n")
        #expect(try predicted(train, test) == predicted(without + "\n", test))
    }

    @Test("A column that both have but that is filled only when the outcome is known cannot help either")
    func plantedLeak() throws {
        let train = Self.world(800, seed: 3, withOutcome: true)
        let test = Self.world(100, seed: 4, withOutcome: false)
        func column(_ text: String, _ value: (Int) -> String) -> String {
            text.split(separator: "\n").enumerated().map { "\($0 == 0 ? "closed_as" : value($0)),\($1)" }
                .joined(separator: "\n") + "\n"
        }
        // Only afterwards it says “late” or “kept”, which is the outcome itself; before, it is blank or a question mark.
        let leaking = column(train) { row in
            train.split(separator: "\n")[row].split(separator: ",")[4] == "late" ? "Late" : "Kept"
        }
        let without = try predicted(train, test)
        for blank in ["", "?", "N/A"] {
            #expect(try predicted(leaking, column(test) { _ in blank }) == without)
        }
        // Were it filled in open cases too, it would be used: the test can fail.
        let open = try predicted(leaking, column(test) { _ in "Late" })
        #expect(open != without)
    }

    @Test("The strongest reasons are told, with their value and their direction")
    func reasons() throws {
        let rows = try predicted(
            Self.world(1500, seed: 1, withOutcome: true), Self.world(50, seed: 2, withOutcome: false), reasons: 1)
        #expect(rows[0].last == "reasons")
        for row in rows.dropFirst() {
            let p = try #require(Double(row[2]))
            #expect(row[5].hasPrefix(p > 0.5 ? "group=Network +" : "group=Desk -"), "\(row)")
        }
    }

    @Test("Missing columns, bad outcomes and empty files are told with their line")
    func errors() throws {
        let test = "case_id,a\n1,x\n"
        #expect(throws: SeriesFileError.self) { try predicted("case_id,a\n1,x\n", test) }
        #expect(throws: SeriesFileError.self) { try predicted("case_id,a,hours\n1,x,5\n", "number,a\n1,x\n") }
        for bad in ["-1,0", "5,2"] {
            do {
                _ = try predicted("case_id,a,hours,breach\n1,x,5,1\n2,x,\(bad)\n", test)
                Issue.record("accepted \(bad)")
            } catch let error as SeriesFileError { #expect(error.message.contains("train.csv:3:")) }
        }
        #expect(throws: (any Error).self) { try predicted("case_id,a,hours\n", test) }
        // A few rows are no basis, but no reason to fail either.
        #expect(try predicted("case_id,a,hours,breach\n1,x,5,1\n2,y,,0\n", test).count == 2)
    }
}
