import Improvements
import Open
import Records
import Statistics
import Store
import Testing

private func entry(_ change: Change, second: Int64 = 1) -> Entry {
    Entry(change, by: "Ada", at: Moment(seconds: second))
}

@Suite("Any store keeps improvements")
struct ImprovementStoreTests {
    @Test("What was written is read back, entry by entry, whatever kind of entry it is")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let objective = Objective(
            text: "Svar på mail før frokost 邮件", measure: "incidents.timeToResolve", slice: Slice(.category, "Email"),
            target: 4.5, by: Day(number: 20_000), goal: "Speed")
        let plan = Plan(
            objective: objective, guardrails: [Guardrail(measure: "incidents.reopened", margin: 0.03)],
            baseline: Period(Day(number: 19_000), through: Day(number: 19_200)), weeks: 4, shape: .gradual,
            leastEffect: 0.1, provableEffect: 0.08, controls: [Slice(.category, "Phone")], followsBadSpell: true,
            method: "evaluation/1")
        let changes: [Change] = [
            .described(title: "Mail", text: "It waits"), .sorted(kind: .people, stage: .delivery), .owned(by: "Bo"),
            .objective(objective), .forward(reason: nil),
            .fitness(DataFitness(days: 200, missing: 0.02, lastDay: Day(number: 19_200))), .forward(reason: nil),
            .cause("One person"), .forward(reason: nil),
            .choice(Choice(id: 1, text: "Two", hoursPerMonth: Estimate(10, low: 5, high: 20))), .chosen(choice: 1),
            .approved, .planned(plan), .forward(reason: nil),
            .action(Action(id: 1, text: "Train", kind: .training, owner: "Bo", due: Day(number: 19_210))),
            .roadblock(Roadblock(id: 1, text: "No room", department: "Estates", since: Day(number: 19_201))),
            .held(reason: "Summer"), .commented("OK"), .watched(by: "Eve"), .resumed,
            .live(GoLive(place: "Team 1", on: Day(number: 19_214))), .acknowledged(team: "Team 1"),
            .forward(reason: nil),
            .evaluated(
                Judgement(verdict: .worked, effect: Estimate(-0.2, low: -0.3, high: -0.1), naive: -0.3, seal: plan.seal)
            ),
            .forward(reason: nil), .decided(.extend), .nextRound, .closed(reason: "Merged"), .unwatched(by: "Eve"),
        ]
        let id = try await store.open(entry(.opened(title: "Mail waits", origin: .opportunity(id: "o1"))))
        var seen = 1
        for change in changes {
            let now = try #require(try await store.append(entry(change, second: Int64(seen)), to: id, seen: seen))
            seen += 1
            #expect(now.version == seen)
        }
        let kept = try #require(try await store.improvement(id))
        #expect(kept.entries.map(\.change) == [.opened(title: "Mail waits", origin: .opportunity(id: "o1"))] + changes)
        #expect(kept.rounds[0].plan?.isIntact == true && kept.rounds.count == 2)
        #expect(try await store.improvements() == [KeptImprovement(id: id, improvement: kept)])
        #expect(try await store.improvement(ID(99)) == nil)
        #expect(try await store.append(entry(.commented("?")), to: ID(99), seen: 1) == nil)
    }

    @Test("What the rules forbid, or what someone was quicker with, leaves no trace")
    func refused() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        await #expect(throws: LifeCycleError.notOpened) { try await store.open(entry(.commented("Hello"))) }
        let id = try await store.open(entry(.opened(title: "A", origin: .hand)))
        await #expect(throws: LifeCycleError.evidenceMissing([.measurableObjective])) {
            try await store.append(entry(.forward(reason: nil)), to: id, seen: 1)
        }
        // Twenty write at once, all having seen the same: one wins, nineteen are told.
        let results = await withTaskGroup(of: Bool.self) { group in
            for k in 0..<20 {
                group.addTask {
                    do {
                        return try await store.append(entry(.cause("Cause \(k)")), to: id, seen: 1) != nil
                    } catch {
                        #expect(error as? LifeCycleError == .changedMeanwhile(version: 2))
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count { $0 } == 1 && results.count == 20)
        #expect(try await store.improvement(id)?.version == 2)
        #expect(try await store.improvements().count == 1)
    }
}
