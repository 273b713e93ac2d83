import Connectors
import Evaluations
import Foundation
import Improvements
import Measures
import Open
import Records
import Signals
import Statistics
import Store
import Testing

@testable import Turn

/// Answers of some days from 2024 on, the same for the same seed; from one day on they are worse, for one service.
private func survey(_ days: Range<Int>, worseFrom: Int = .max, perDay: Int = 12, seed: UInt64 = 1) -> String {
    var generator = SplitMix64(seed: seed)
    var out = "answered_at,survey,score,scale_low,scale_high,comment,service\n"
    for day in 0..<days.upperBound {
        for i in 0..<perDay {
            let isWorse = day >= worseFrom
            let draw = Int.random(in: 0..<10, using: &generator)
            let score = draw < (isWorse ? 5 : 2) ? 2 : draw < 8 ? 4 : 5
            guard days.contains(day) else { continue }
            out +=
                "\(Day(number: Int32(19_723 + day)))T10:\(10 + i):00Z,After,\(score),1,5,,\(i % 2 == 0 ? "Mail" : "VPN")\n"
        }
    }
    return out
}

@discardableResult
private func take(_ path: String, into store: any Store) async throws -> RecordImportOutcome {
    let options = RecordOptions(zone: .utc)
    let kind = try #require(try recordKind(of: path, options: options))
    return try await importRecords(
        try inspectRecords(path, kind: kind, options: options), named: "answers.csv", options: options, into: store,
        at: Moment(seconds: 1))
}

@Suite("Taking in files of answers and readings")
struct RecordImportingTests {
    @Test("The same file again, and one that overlaps, change nothing but what is new; rejects are kept")
    func overlapping() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let first = try folder.write("a.csv", survey(0..<30) + "never,After,4,1,5,,\n")
        let outcome = try await take(first, into: store)
        #expect(outcome.new == 360 && outcome.record.rejected == 1 && outcome.record.state == .done)
        #expect(outcome.doctor?.rowsRead == 361)
        #expect(try await take(first, into: store).wasKnown)
        let longer = try await take(try folder.write("b.csv", survey(10..<40)), into: store)
        #expect(longer.new == 120 && longer.changed == 0)
        #expect(try await store.surveyExtent()?.count == 480)
        #expect(try await store.rejects(of: outcome.record.id, after: 0, limit: 9).map(\.line) == [362])
        #expect(try await store.check().isEmpty)
    }

    @Test("An import that was cut off goes on after its last whole batch, and ends as if nothing had happened")
    func cutOff() async throws {
        let folder = try Folder()
        let text = survey(0..<60)
        let path = try folder.write("a.csv", text)
        let whole = try await openStore(folder.file("whole.db"))
        try await take(path, into: whole)
        let store = try await openStore(folder.file("cut.db"))
        // As a kill leaves it: the file begun, its first rows in.
        let options = RecordOptions(zone: .utc)
        let inspection = try inspectRecords(path, kind: .survey, options: options)
        let record = try await store.beginImport(
            file: "answers.csv", fileHash: inspection.fileHash, preset: "survey", at: Moment(seconds: 1))
        var batch = RecordBatch()
        let key = try await pseudonymKey(of: store)
        _ = try readRecords(
            inspection, options: options, key: key,
            each: { row, number in
                if number <= 100, case .answer(let answer) = row { batch.answers.append(answer) }
            }, reject: { _, _ in })
        batch.rowsDone = 100
        _ = try await store.take(batch, from: record.id, zone: .utc)
        let outcome = try await take(path, into: store)
        #expect(outcome.new == 620 && outcome.record.rows == 720 && outcome.record.state == .done)
        let records = MeasuredRecords.surveys
        #expect(try await store.recordTotals(records, .everything) == whole.recordTotals(records, .everything))
    }

    @Test("A fall of satisfaction becomes a signal in a turn, keeps its name, and is not sought again without new days")
    func turns() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", survey(0..<120, worseFrom: 80)), into: store)
        let record = try await turn(store, at: Moment(seconds: 2))
        let signal = try #require(try await store.signals().first)
        #expect(record.tested > 3)
        #expect(signal.measure.id == "surveys.satisfaction" && signal.kind == .levelShift)
        #expect(signal.direction == .worse && abs(signal.at - Day(number: 19_803)) <= 4)
        try await turn(store, at: Moment(seconds: 3), isForced: true)
        let search = try await store.seriesSearch()
        #expect(search?.discoveries.turns == 1, "Nothing was new")
        try await take(try folder.write("b.csv", survey(110..<130, worseFrom: 80)), into: store)
        try await turn(store, at: Moment(seconds: 4))
        #expect(try await store.seriesSearch()?.discoveries.turns == 2)
        #expect(try await store.signals().first?.id == signal.id)
    }

    @Test("An improvement's test can be about satisfaction: the evidence is read, and the verdict finds what was done")
    func judged() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", survey(0..<160, worseFrom: 100)), into: store)
        let objective = Objective(text: "Happier people", measure: "surveys.satisfaction", wanted: .higher)
        #expect(objective.isMeasurable)
        let start = Day(number: 19_823)
        let plan = Plan(
            objective: objective, baseline: Period(Day(number: 19_723), through: start - 1), weeks: 6,
            leastEffect: 0.02, method: "1")
        let found = try #require(try await evidence(for: plan.needs, in: store))
        #expect(found.asOf == Day(number: 19_882))
        let fit = try #require(
            fitness(of: MeasuredSlice(Measure(id: "surveys.satisfaction")!), found, baseline: plan.baseline))
        #expect(fit.fitness.days == 100 && fit.fitness.missing == 0)
        #expect(provable(plan, found) != nil)
        let changes: [Change] =
            [.opened(title: "Happier people", origin: .hand), .planned(plan)]
            + Array(repeating: .forward(reason: "Test"), count: 4) + [.live(GoLive(on: start))]
        let round = try Improvement(changes.map { Entry($0, by: "bo", at: start.startInUTC) }).round
        let judged = try judge(round, found)
        #expect(judged.judgement.verdict == .worse)
        // From four tenths good to less: 0.65 of the scale to 0.46.
        let effect = try #require(judged.absolute)
        #expect(effect.low < -0.14 && effect.high > -0.24 && effect.high < 0)
    }

    @Test("Values that come from no file are taken in at once, and told apart")
    func values() async throws {
        let store = try await openStore(Folder().file("a.db"))
        var batch = RecordBatch()
        for hour in 0..<3 {
            batch.readings.append(
                KeptRecord(
                    key: "",
                    value: Reading(
                        at: Moment(seconds: Int64(hour * 3600)), device: "M", quantity: "heat", unit: "K", value: 4)))
        }
        #expect(try await takeIn(batch, into: store).new == 3)
        #expect(try await takeIn(batch, into: store) == TakenIn())
    }
}
