import Foundation
import Gains
import Improvements
import Measures
import Open
import Records
import Signals
import Statistics
import Store
import Testing

@Suite struct ProgrammeStoreTests {
    private let monday = Day(number: 20_002)
    private func at(_ day: Int) -> Moment { Moment(seconds: Int64(monday.number) * 86_400 + Int64(day) * 86_400) }
    private func week(_ i: Int) -> Period { Period(monday + i * 7, through: monday + i * 7 + 6) }

    @Test("An empty store has nothing to say, and says it without an error")
    func nothing() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.suggestionTimes().isEmpty)
        #expect(try await store.explanations().isEmpty)
        #expect(try await store.weeklyAnswers().isEmpty)
        #expect(try await store.responses().isEmpty)
        #expect(try await store.foresights().isEmpty)
        #expect(try await store.programmeSignals().isEmpty)
        #expect(try await store.policies().isEmpty)
        #expect(try await store.documents().isEmpty)
        #expect(try await store.signs().isEmpty)
        #expect(try await store.retirePolicy(1, by: "eve", at: at(0)) == nil)
        #expect(try await store.versions(of: 9).isEmpty)
    }

    @Test("Explanations, answers, signs and responses come back as they were; a week answered again is answered once")
    func words() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let told = Explanation(signal: "s1", cause: "Kontoret flyttede 搬迁 'x'", by: "eve", at: at(1))
        try await store.explain(Explanation(signal: "s1", cause: "?", by: "adam", at: at(0)))
        try await store.explain(told)
        #expect(try await store.explanations() == [told])
        let ratio = try #require(
            RateRatio(counts: Array(repeating: 3, count: 52), exposures: Array(repeating: 1, count: 52), recent: 13))
        let first = WeeklyAnswer(question: .suggestionsDeclining, week: week(0), answer: .no, grounds: .steady(ratio))
        let again = WeeklyAnswer(question: .suggestionsDeclining, week: week(0), answer: .yes, grounds: .moved(ratio))
        let other = WeeklyAnswer(
            question: .incidentsFallen, week: week(1), answer: .yes,
            grounds: .unexplained(
                signals: ["s1"], largest: Estimate(-0.4, low: -0.5, high: -0.3), slice: Slice(.service, "E-mail"),
                since: monday))
        try await store.keep([first])
        try await store.keep([again, other])
        #expect(try await store.weeklyAnswers() == [again, other])
        try await store.keepSigns([.question(.suggestionsDeclining): true, .policy(3): false], week: week(0))
        try await store.keepSigns([.policy(3): true], week: week(0))
        let signs = try await store.signs()
        #expect(signs.map(\.sign) == [.policy(3), .question(.suggestionsDeclining)])
        #expect(signs.allSatisfy { $0.isThere && $0.week == week(0) })
        let responses = [
            Response(sign: .policy(3), play: .talkToTeam, note: "", by: "eve", at: at(2)),
            Response(sign: .fading(.age), play: nil, note: "Own idea", by: "adam", at: at(3)),
        ]
        for response in responses { try await store.respond(response) }
        #expect(try await store.responses() == responses.reversed())
    }

    @Test("What was foreseen stays as it was said, and is marked once")
    func foresights() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let measure = try #require(Measure(id: "incidents.opened"))
        func said(_ high: Double) -> Foresight {
            Foresight(
                id: "f1", source: .forecast, measure: measure, slice: .everything, madeOn: monday,
                over: Period(monday + 21, through: monday + 27), range: Estimate(5, low: 4, high: high))
        }
        try await store.keep([said(6)])
        try await store.keep([said(99)])
        #expect(try await store.foresights() == [KeptForesight(foresight: said(6), outcome: nil, settledOn: nil)])
        try await store.settle("f1", .didNotCome, on: monday + 28)
        try await store.settle("f1", .came, on: monday + 40)
        #expect(
            try await store.foresights() == [
                KeptForesight(foresight: said(6), outcome: .didNotCome, settledOn: monday + 28)
            ])
        let signal = ProgrammeSignal(
            id: "policy.1", kind: .policyBreach, subject: .policy(id: 1, name: "Log"), at: monday, atEarliest: monday,
            atLatest: monday, direction: .worse, before: Estimate(0.9, low: 0.8, high: 1),
            after: Estimate(0.7, low: 0.6, high: 0.8), q: nil, evidenceCount: 3)
        try await store.save([signal])
        #expect(try await store.programmeSignals() == [signal])
        try await store.save([ProgrammeSignal]())
        #expect(try await store.programmeSignals().isEmpty)
    }

    @Test(
        "A policy is kept with its weeks and breaches, checked anew in place of what was, and retired without being lost"
    )
    func policies() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let policy = try await store.addPolicy(
            name: "Alle incidents registreres", rule: "incidents: category is set", target: 0.95, owner: "eve",
            by: "adam", at: at(0))
        #expect(policy.id == 1 && policy.changesSeen == nil)
        for kept in [3, 5] {
            try await store.save(
                [PolicyWeek(monday: monday, kept: kept, broken: 1, unknown: 2)],
                [Breach(kind: .change, number: "CHG1", at: at(1))], of: policy.id, changesSeen: 7, at: at(2))
        }
        #expect(try await store.weeks(of: 1) == [PolicyWeek(monday: monday, kept: 5, broken: 1, unknown: 2)])
        #expect(try await store.breaches(of: 1, limit: 5) == [Breach(kind: .change, number: "CHG1", at: at(1))])
        #expect(try await store.policies().first?.changesSeen == 7)
        #expect(try await store.retirePolicy(1, by: "eve", at: at(9))?.retiredAt == at(9))
        #expect(try await store.retirePolicy(1, by: "eve", at: at(9)) == nil)
        #expect(try await store.policies().count == 1)
    }

    @Test("A document keeps every version; who writes over something unseen is told, and nothing is lost")
    func documents() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let card = ProcessCard(
            name: "Incidents", activities: ["Log", "Close"], policies: [1], measures: ["incidents.opened"],
            owner: "eve",
            usedOn: monday)
        let first = try await store.add(.process(card), by: "eve", at: at(0))
        var better = card
        better.manager = "adam"
        let second = try #require(
            try await store.replace(first.id, with: .process(better), seen: 1, by: "adam", at: at(1)))
        #expect(second.version == 2)
        await #expect(throws: LifeCycleError.changedMeanwhile(version: 2)) {
            try await store.replace(first.id, with: .process(card), seen: 1, by: "eve", at: at(2))
        }
        #expect(try await store.replace(99, with: .process(card), seen: 1, by: "eve", at: at(2)) == nil)
        let goal = try await store.add(
            .goal(Goal(level: .strategic, text: "Ét svar er nok", serves: nil, target: 0.8, by: monday)), by: "eve",
            at: at(3))
        #expect(try await store.documents() == [second, goal])
        try await store.removeDocument(goal.id, by: "eve", at: at(4))
        #expect(try await store.documents() == [second])
        #expect(try await store.versions(of: first.id) == [second, first])
        #expect(try await store.versions(of: goal.id) == [goal])
        #expect(try await store.replace(goal.id, with: goal.document, seen: 1, by: "eve", at: at(5)) == nil)
    }
}
