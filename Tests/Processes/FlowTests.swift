import Records
import Statistics
import Testing

@testable import Processes

/// Events written as `case activity hour resource`.
func traces(_ rows: [(String, String, Double, String)], until: Int64 = .max) -> Traces {
    var log = EventLog()
    for row in rows { log.add(case: row.0, activity: row.1, at: Int64(row.2 * 3.6e9), resource: row.3) }
    return Traces(log, until: until)
}

@Suite("Flows")
struct FlowTests {
    @Test("A log without events has no flows, stages, loops or days")
    func nothing() {
        let none = Traces(EventLog())
        #expect(none.caseCount == 0 && flows(of: none).isEmpty && handoffs(of: none).isEmpty)
        #expect(
            stages(of: none).isEmpty && loops(of: none).isEmpty && load(of: none).isEmpty && delays(of: none).isEmpty)
        #expect(variants(of: none, limit: 5).count == 0)
        #expect(conformance(of: none, to: [.begins(["New"])]).breaches.isEmpty)
    }

    @Test("Events are ordered by time within a case, and as they came where times are equal")
    func order() {
        let t = traces([
            ("b", "New", 5, ""), ("a", "Closed", 9, ""), ("a", "New", 1, ""), ("b", "Work", 5, ""),
            ("a", "Work", 1, ""),
            ("b", "Early", 4, ""),
        ])
        #expect(t.caseCount == 2)
        let names = (0..<2).map { k in t.events(of: k).map { t.activity($0) } }
        #expect(names == [["Early", "New", "Work"], ["New", "Work", "Closed"]])
    }

    @Test("A long case out of order is ordered as well, and keeps the order of equals")
    func longCase() {
        let rows = (0..<500).map { ("c", "\($0)", Double(($0 * 7919) % 50), "") }
        let t = traces(rows)
        let told = t.events(of: 0).map { t.activity($0) }
        #expect(told == rows.enumerated().sorted { ($0.1.2, $0.0) < ($1.1.2, $1.0) }.map { $0.1.1 })
    }

    @Test("Pairs are counted with the mean and the median of the hours between them")
    func pairs() throws {
        let t = traces([
            ("a", "New", 0, ""), ("a", "Done", 1, ""), ("b", "New", 0, ""), ("b", "Done", 2, ""), ("c", "New", 0, ""),
            ("c", "Done", 9, ""), ("d", "New", 0, ""), ("d", "Done", 4, ""), ("e", "New", 3, ""),
        ])
        let found = flows(of: t)
        #expect(found == [Flow(from: "New", to: "Done", count: 4, meanHours: 4, medianHours: 3)])
        #expect(t.caseCount == 5)
    }

    @Test("More than a thousand activities are counted the same way")
    func manyActivities() {
        let rows = (0..<1500).map { ("c", "step \($0)", Double($0), "") }
        let found = flows(of: traces(rows))
        #expect(found.count == 1499 && found.allSatisfy { $0.count == 1 && $0.meanHours == 1 })
    }

    @Test("Events after the last moment known do not exist yet")
    func until() {
        let t = traces([("a", "New", 0, ""), ("a", "Done", 10, "")], until: Int64(5 * 3.6e9))
        #expect(t.eventCount == 1 && flows(of: t).isEmpty)
    }

    @Test("A resource hands over to another, not to itself and not to nobody")
    func handingOver() {
        let t = traces([
            ("a", "1", 0, "Ann"), ("a", "2", 1, "Ann"), ("a", "3", 3, "Bo"), ("a", "4", 4, ""), ("a", "5", 5, "Ann"),
        ])
        #expect(handoffs(of: t) == [Flow(from: "Ann", to: "Bo", count: 1, meanHours: 2, medianHours: 2)])
    }
}

@Suite("Stages")
struct StageTests {
    @Test("Rework is coming back to an activity, not repeating it")
    func rework() throws {
        let t = traces([
            ("a", "Active", 0, ""), ("a", "Active", 1, ""), ("a", "Waiting", 3, ""), ("a", "Active", 10, ""),
            ("a", "Done", 12, ""),
        ])
        let active = try #require(stages(of: t).first { $0.name == "Active" })
        #expect(active.count == 3 && active.cases == 1 && active.rework == 1 && active.stays == 2)
        #expect(active.stayMeanHours == 2.5)
        #expect(abs(active.waitHours - 5.0 / 3) < 1e-12)
        #expect(abs(active.share - 5.0 / 12) < 1e-12)
        let done = try #require(stages(of: t).first { $0.name == "Done" })
        #expect(done.waitHours.isNaN && done.stays == 0)
    }

    @Test("The stage that makes cases slow is found, and the differences add up")
    func delay() throws {
        var rows: [(String, String, Double, String)] = []
        for k in 0..<200 {
            let slow = k % 4 == 0 ? 100.0 + Double(k % 7) : 2 + Double(k % 5) * 0.1
            rows += [
                ("\(k)", "New", 0, ""), ("\(k)", "Work", 1 + Double(k % 3), ""),
                ("\(k)", "Vendor", 5 + Double(k % 3), ""), ("\(k)", "Done", 5 + Double(k % 3) + slow, ""),
            ]
        }
        let found = delays(of: traces(rows))
        let first = try #require(found.first)
        #expect(first.stage == "Vendor" && first.share > 0.95)
        #expect(first.hours.low > 95 && first.hours.high < 105)
        #expect(abs(found.reduce(0) { $0 + $1.share } - 1) < 1e-9)
        #expect(delays(of: traces(Array(rows.prefix(100)))).isEmpty)
    }

    @Test("Loops of one and of two are told apart, and ping-pong goes by who holds the case")
    func rounds() {
        let t = traces([
            ("a", "A", 0, "x"), ("a", "A", 1, "x"), ("a", "B", 2, "y"), ("a", "B", 3, "y"), ("a", "A", 5, "x"),
            ("a", "C", 6, "x"),
        ])
        let found = loops(of: t)
        #expect(found.contains(Loop(activities: ["A", "B", "A"], count: 1, cases: 1, meanHours: 5)))
        #expect(found.contains(Loop(activities: ["A"], count: 1, cases: 1, meanHours: 1)))
        #expect(found.contains(Loop(activities: ["B"], count: 1, cases: 1, meanHours: 1)) && found.count == 3)
        #expect(pingPong(of: t) == [Loop(activities: ["x", "y", "x"], count: 1, cases: 1, meanHours: 5)])
    }

    @Test("Ways through are counted, the most frequent first")
    func ways() {
        let t = traces([
            ("a", "A", 0, ""), ("a", "B", 2, ""), ("b", "A", 0, ""), ("b", "B", 4, ""), ("c", "A", 0, ""),
            ("c", "A", 1, ""), ("c", "B", 5, ""),
        ])
        let all = variants(of: t, limit: 10)
        #expect(all.count == 2)
        #expect(all.top.first == Variant(activities: ["A", "B"], cases: 2, medianHours: 3, example: "a"))
        #expect(variants(of: t, limit: 10, isShort: true).count == 1)
    }

    @Test("Work in progress is what came less what went; a date out of all bounds gives no days")
    func days() {
        let t = traces([("a", "A", 1, ""), ("a", "B", 49, ""), ("b", "A", 26, ""), ("b", "B", 27, "")])
        #expect(load(of: t).map(\.arrived) == [1, 1, 0])
        #expect(load(of: t).map(\.departed) == [0, 1, 1])
        #expect(load(of: t).map(\.inProgress) == [1, 1, 0])
        #expect(load(of: traces([("a", "A", 0, ""), ("b", "A", 24 * 30_000, "")])).isEmpty)
    }
}
