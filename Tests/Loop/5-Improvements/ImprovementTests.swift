import Measures
import Records
import Statistics
import Testing

@testable import Improvements

private let start = Day(number: 19_800)

private func entry(_ change: Change, by: String = "Ada", minute: Int64 = 0) -> Entry {
    Entry(change, by: by, at: Moment(seconds: start.startInUTC.seconds + minute * 60))
}

private let objective = Objective(
    text: "Answer mail sooner", measure: "incidents.timeToResolve", slice: Slice(.category, "Email"), target: 4)

private func plan(_ objective: Objective = objective) -> Plan {
    Plan(
        objective: objective, guardrails: [Guardrail(measure: "incidents.reopened")],
        baseline: Period(start - 180, through: start - 1), weeks: 4, leastEffect: 0.1, provableEffect: 0.07,
        method: "evaluation/1")
}

/// The changes of a round in which every step has its evidence.
private func wholeRound(_ verdict: Judgement.Verdict = .worked, _ decision: Decision = .keep) -> [Change] {
    [
        .objective(objective), .forward(reason: nil),
        .fitness(DataFitness(days: 180, missing: 0.01, lastDay: start)), .forward(reason: nil),
        .cause("Mail waits for one person"), .forward(reason: nil),
        .choice(Choice(id: 1, text: "Two more people know how")), .chosen(choice: 1), .planned(plan()),
        .forward(reason: nil),
        .action(Action(id: 1, text: "Train two people", kind: .training, owner: "Bo", due: start + 7)),
        .live(GoLive(on: start + 14)), .forward(reason: nil),
        .evaluated(Judgement(verdict: verdict, effect: Estimate(-0.2, low: -0.3, high: -0.1), seal: plan().seal)),
        .forward(reason: nil), .decided(decision),
    ]
}

private func opened(_ changes: [Change] = []) throws -> Improvement {
    try Improvement(
        ([.opened(title: "Mail waits", origin: .hand), .owned(by: "Ada")] + changes).map { entry($0) })
}

@Suite("The life of an improvement")
struct ImprovementTests {
    @Test("It begins with being opened, once, and has a title")
    func beginning() throws {
        #expect(throws: LifeCycleError.notOpened) { try Improvement([]) }
        #expect(throws: LifeCycleError.notOpened) { try Improvement([entry(.commented("Hello"))]) }
        #expect(throws: LifeCycleError.textMissing) { try Improvement([entry(.opened(title: " ", origin: .hand))]) }
        var one = try opened()
        #expect(throws: LifeCycleError.openedTwice) {
            try one.apply(entry(.opened(title: "B", origin: .hand)), seen: 2)
        }
        #expect(one.version == 2 && one.round.step == .defineObjectives && one.title == "Mail waits")
    }

    @Test("Each step is left with its evidence, or with a reason that is kept and shown")
    func gates() throws {
        var one = try opened()
        for step in Step.allCases.dropLast() {
            #expect(one.round.step == step)
            #expect(throws: LifeCycleError.evidenceMissing(one.missing)) {
                try one.apply(entry(.forward(reason: nil)), seen: one.version)
            }
            #expect(throws: LifeCycleError.evidenceMissing(one.missing)) {
                try one.apply(entry(.forward(reason: "  ")), seen: one.version)
            }
            try one.apply(entry(.forward(reason: "The director asked")), seen: one.version)
        }
        #expect(one.round.step == .feedbackLoop)
        #expect(one.round.overrides.map(\.step) == Array(Step.allCases.dropLast()))
        #expect(
            one.round.overrides.flatMap(\.missing) == [
                .measurableObjective, .enoughBaseline, .namedCause, .planWithOwner, .liveSomewhere, .verdict,
            ])
        #expect(throws: LifeCycleError.wrongStep(.feedbackLoop)) {
            try one.apply(entry(.forward(reason: "On")), seen: one.version)
        }
    }

    @Test("A whole round needs no override, and the next one starts with its objective")
    func rounds() throws {
        var one = try opened(wholeRound(.worked, .extend))
        #expect(one.round.overrides.isEmpty && one.missing.isEmpty && one.round.step == .feedbackLoop)
        try one.apply(entry(.nextRound), seen: one.version)
        #expect(one.rounds.count == 2 && one.round.number == 2 && one.round.step == .defineObjectives)
        #expect(one.round.objective == objective && one.round.plan == nil)
        for decision in [Decision.keep, .stop] {
            var other = try opened(wholeRound(.worked, decision))
            #expect(throws: LifeCycleError.noNextRound) { try other.apply(entry(.nextRound), seen: other.version) }
        }
    }

    @Test("The plan is frozen once, and what changes later stays beside it")
    func frozen() throws {
        var one = try opened([.objective(objective), .planned(plan())])
        var other = objective
        other.target = 6
        #expect(throws: LifeCycleError.planFrozen) { try one.apply(entry(.planned(plan(other))), seen: one.version) }
        try one.apply(entry(.objective(other)), seen: one.version)
        let kept = try #require(one.round.plan)
        #expect(kept.plan.objective.target == 4 && one.round.objective?.target == 6 && kept.isIntact)
        #expect(kept.seal.count == 64 && kept.seal != plan(other).seal && kept.seal == plan().seal)
    }

    @Test("A test written down after going live is none, and a verdict follows the frozen plan only")
    func honest() throws {
        let skipping = (0..<4).map { _ in Change.forward(reason: "In a hurry") }
        var one = try opened(skipping + [.live(GoLive(on: start))])
        #expect(throws: LifeCycleError.noPlan) {
            try one.apply(entry(.evaluated(Judgement(verdict: .worked, seal: ""))), seen: one.version)
        }
        try one.apply(entry(.back(to: .identifyOpportunities, reason: "Plan it after all")), seen: one.version)
        #expect(throws: LifeCycleError.wrongStep(.identifyOpportunities)) {
            try one.apply(entry(.planned(plan())), seen: one.version)
        }
        var two = try opened(Array(wholeRound().prefix(13)))
        #expect(throws: LifeCycleError.otherPlan) {
            try two.apply(entry(.evaluated(Judgement(verdict: .worked, seal: "0"))), seen: two.version)
        }
        let vague = Objective(text: "Everyone is happier")
        var three = try opened()
        #expect(throws: LifeCycleError.notMeasurable) { try three.apply(entry(.planned(plan(vague))), seen: 2) }
    }

    @Test("“Too early” is no verdict to go on with")
    func tooEarly() throws {
        let one = try opened(Array(wholeRound(.tooEarly).prefix(14)))
        #expect(one.round.step == .evaluate && one.missing == [.verdict])
    }

    @Test("On hold nothing moves, and the reason stands; closed takes comments only")
    func pauses() throws {
        var one = try opened()
        #expect(throws: LifeCycleError.reasonMissing) { try one.apply(entry(.held(reason: "")), seen: 2) }
        try one.apply(entry(.held(reason: "Waits for the budget")), seen: 2)
        #expect(throws: LifeCycleError.onHold) { try one.apply(entry(.owned(by: nil)), seen: 3) }
        try one.apply(entry(.commented("Any news?")), seen: 3)
        try one.apply(entry(.resumed), seen: 4)
        #expect(throws: LifeCycleError.notOnHold) { try one.apply(entry(.resumed), seen: 5) }
        try one.apply(entry(.closed(reason: "Done elsewhere")), seen: 5)
        #expect(throws: LifeCycleError.closed) { try one.apply(entry(.forward(reason: "x")), seen: 6) }
        try one.apply(entry(.commented("Thanks")), seen: 6)
        #expect(one.version == 7)
    }

    @Test("Two who write at the same time: the second is told, and nothing of the first is lost")
    func concurrent() throws {
        var one = try opened()
        let seen = one.version
        try one.apply(entry(.cause("A"), by: "Ada"), seen: seen)
        #expect(throws: LifeCycleError.changedMeanwhile(version: seen + 1)) {
            try one.apply(entry(.cause("B"), by: "Bo"), seen: seen)
        }
        #expect(one.round.cause == "A" && one.version == seen + 1)
    }

    @Test("Every lens has a place for every step, in order, and leaves no part of its own empty")
    func lenses() {
        for lens in Lens.allCases {
            let parts = Step.allCases.map { lens.parts(of: $0) }
            #expect(parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (1...lens.partCount).contains($0) } })
            #expect(Set(parts.joined()) == Set(1...lens.partCount), "\(lens)")
        }
    }
}
