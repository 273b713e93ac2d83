import Measures
import Records
import Statistics
import Testing

@testable import Evaluations
@testable import Improvements

private let start = ServiceDesk.firstDay + 182
private let reviewed = start + 60

private func judged(
    _ desk: ServiceDesk, _ plan: Plan, seed: UInt64, asOf: Day = reviewed,
    live: [GoLive] = [GoLive(on: start)]
) throws -> RoundEvaluation {
    var desk = desk
    desk.days = 182 + 61
    let rollup = ServiceDesk.rollup(desk.tickets(seed: seed), asOf: asOf)
    return try judge(try Round.of(plan, live: live), ServiceDesk.evidence(rollup, asOf: asOf))
}

@Suite("What an improvement did, on a simulated desk")
struct JudgeTests {
    @Test(
        "A true effect is found, its interval holds the truth, and the benefit has its sign",
        arguments: [
            ("incidents.opened", 0.7), ("incidents.timeToResolve", 0.7), ("incidents.reopened", 0.4),
        ])
    func effect(_ id: String, _ factor: Double) throws {
        var desk = ServiceDesk()
        desk.effect =
            switch id {
            case "incidents.opened": (factor, 1, 1)
            case "incidents.timeToResolve": (1, factor, 1)
            default: (1, 1, factor)
            }
        var (found, held) = (0, 0)
        for seed in 1...8 {
            let result = try judged(desk, .about(id), seed: UInt64(seed))
            if result.judgement.verdict == .worked { found += 1 }
            let effect = try #require(result.judgement.effect)
            if effect.low < factor - 1, factor - 1 < effect.high { held += 1 }
            #expect(result.line.count == 20 && result.line.allSatisfy { $0.observed != nil && $0.expected.low >= 0 })
            #expect(result.judgement.seal == Plan.about(id).seal && result.through == start + 25)
            guard id != "incidents.reopened" else {
                #expect(result.benefit == nil)
                continue
            }
            let benefit = try #require(result.benefit)
            #expect((benefit.hoursPerMonth.estimate > 0) == (effect.estimate < 0))
        }
        #expect(found >= 6 && held >= 6, "\(id): \(found) found, \(held) held of 8")
    }

    @Test("What nothing was done to works by chance only")
    func nothing() throws {
        var wrong = 0
        for seed in 1...20 {
            for id in ["incidents.opened", "incidents.timeToResolve"] {
                let verdict = try judged(ServiceDesk(), .about(id), seed: UInt64(seed)).judgement.verdict
                #expect(verdict != .tooEarly)
                if verdict == .worked || verdict == .worse { wrong += 1 }
            }
        }
        // 5 of 100 is the promise; 8 of 40 or more would come by chance once in 1,000 times.
        #expect(wrong <= 7, "\(wrong) of 40")
    }

    @Test("Enough weeks without an effect are no difference")
    func noDifference() throws {
        let desk = ServiceDesk(perDay: 60)
        let result = try judged(desk, .about("incidents.opened", weeks: 8, least: 0.15), seed: 2)
        #expect(result.judgement.verdict == .noDifference, "\(result.reasons)")
    }

    @Test("Begun after the worst weeks: the comparison by hand claims a success, the verdict does not")
    func worstSpell() throws {
        var (worked, naive) = (0, 0)
        for seed in 1...12 {
            var desk = ServiceDesk()
            desk.factor = { $0 >= start - 14 && $0 < start ? (1.4, 1) : (1, 1) }
            let result = try judged(desk, .about("incidents.opened", badSpell: seed % 2 == 0), seed: UInt64(seed))
            if result.judgement.verdict == .worked { worked += 1 }
            if result.judgement.naive ?? 0 < -0.1 { naive += 1 }
            #expect(result.badSpellDays > 0)
        }
        #expect(worked <= 2 && naive >= 9, "\(worked) worked, naively \(naive) of 12")
    }

    @Test("The worst weeks are seen too when weeks pass between the baseline and the start")
    func worstSpellWithGap() throws {
        var worked = 0
        for seed in 1...12 {
            var desk = ServiceDesk()
            desk.factor = { $0 >= start - 24 && $0 < start - 10 ? (1.5, 1) : (1, 1) }
            let plan = Plan.about(
                "incidents.opened", baseline: Period(ServiceDesk.firstDay, through: start - 11), badSpell: seed % 2 == 0
            )
            let result = try judged(desk, plan, seed: UInt64(seed))
            if result.judgement.verdict == .worked { worked += 1 }
            #expect(result.badSpellDays > 0 && result.notes.contains(.betweenBaselineAndStart(days: 10)))
        }
        #expect(worked <= 2, "\(worked) of 12")
    }

    @Test("A harmed guardrail is named, an unharmed one is safe, and the verdict stays the objective's")
    func guardrail() throws {
        let guardrails = [Guardrail(measure: "incidents.reopened", margin: 0.3)]
        let plan = Plan.about("incidents.timeToResolve", guardrails: guardrails, weeks: 6)
        var harmed = 0
        var blamed = 0
        for seed in 1...6 {
            let hurt = try judged(
                ServiceDesk(perDay: 40, effect: (1, 0.6, 2)), plan, seed: UInt64(seed), asOf: start + 60)
            #expect(hurt.judgement.verdict == .worked)
            if hurt.judgement.harmed == guardrails { harmed += 1 }
            let well = try judged(ServiceDesk(perDay: 40, effect: (1, 0.6, 0.7)), plan, seed: UInt64(seed))
            if !well.judgement.harmed.isEmpty { blamed += 1 }
        }
        #expect(harmed >= 5 && blamed <= 1, "\(harmed) harmed, \(blamed) blamed of 6")
        // As long as too little of it is known it is not proven to be safe.
        let early = try judged(ServiceDesk(effect: (1, 0.6, 1)), plan, seed: 1, asOf: start + 20)
        #expect(early.guardrails.map(\.state) == [.tooEarly] && early.judgement.unproven == guardrails)
    }

    @Test("Days whose slow tickets are still open do not make the latest weeks look better")
    func stillOpen() throws {
        // A ticket takes some three days: at the end of the data only the quick ones of the last days have ended.
        let desk = ServiceDesk(perDay: 40, hours: 72)
        var sum = 0.0
        var flattered = 0.0
        for seed in 1...8 {
            let asOf = start + 13
            let result = try judged(desk, .about("incidents.timeToResolve", weeks: 2), seed: UInt64(seed), asOf: asOf)
            #expect(result.judgement.verdict == .tooEarly && result.through < asOf - 3)
            #expect(result.notes.contains { if case .settling(let days) = $0 { days >= 4 } else { false } })
            sum += try #require(result.judgement.effect).estimate
            // What the ended tickets of the same days say.
            let rollup = ServiceDesk.rollup(desk.tickets(seed: UInt64(seed)), asOf: asOf)
            let late = rollup.total(Period(start, through: asOf)).resolve.quantile(0.5) ?? 0
            let usual = rollup.total(Period(start - 90, through: start - 1)).resolve.quantile(0.5) ?? 1
            flattered += late / usual - 1
        }
        #expect((sum / 8).magnitude < 0.06 && flattered / 8 < -0.1, "\(sum / 8) and \(flattered / 8)")
    }

    @Test("Tickets that get stuck after the start are slow, not unknown")
    func stuck() throws {
        var desk = ServiceDesk(perDay: 20, hours: 24)
        desk.effect = (1, 40, 1)
        let result = try judged(desk, .about("incidents.timeToResolve"), seed: 1, asOf: start + 30)
        #expect(result.judgement.verdict == .worse)
        #expect(result.notes.contains { if case .stillOpen(let days) = $0 { days >= 10 } else { false } })
    }

    @Test("Nothing after the start changes which days are judged, and the same input gives the same bits")
    func frozen() throws {
        let plan = Plan.about("incidents.opened")
        let desk = ServiceDesk(effect: (0.8, 1, 1))
        let one = try judged(desk, plan, seed: 9, asOf: start + 27)
        let later = try judged(desk, plan, seed: 9, asOf: start + 60)
        #expect(one.judgement == later.judgement && one.line == later.line)
        #expect(one.judgement == (try judged(desk, plan, seed: 9, asOf: start + 27)).judgement)
        let early = try judged(desk, plan, seed: 9, asOf: start + 16)
        #expect(early.judgement.verdict == .tooEarly && early.anytime != nil && early.dueOn == start + 25)
    }

    @Test("Another change on the same measure: nobody can tell")
    func overlap() throws {
        var desk = ServiceDesk(effect: (0.6, 1, 1))
        desk.days = 215
        let rollup = ServiceDesk.rollup(desk.tickets(seed: 1), asOf: start + 30)
        let result = try judge(
            try Round.of(.about("incidents.opened")), ServiceDesk.evidence(rollup, asOf: start + 30),
            overlapsAnother: true)
        #expect(result.judgement.verdict == .cannotTell && result.reasons == [.overlapsAnother])
    }

    @Test("What could be proven is known before: more weeks prove less, and the weeks for an effect prove it")
    func provableEffect() throws {
        let rollup = ServiceDesk.rollup(ServiceDesk().tickets(seed: 1), asOf: start - 1)
        let evidence = ServiceDesk.evidence(rollup, asOf: start - 1)
        let short = try #require(provable(.about("incidents.opened", weeks: 2), evidence))
        let long = try #require(provable(.about("incidents.opened", weeks: 8), evidence))
        #expect(short.effect > long.effect && long.effect > 0.03 && short.effect < 0.4)
        let weeks = try #require(short.weeks(for: 0.15))
        #expect(try #require(provable(.about("incidents.opened", weeks: weeks), evidence)).effect <= 0.15)
        #expect(short.weeks(for: 0.0001) == nil && short.weeks(for: 5) == 2)
        #expect(provable(.about("incidents.unheardOf"), evidence) == nil)
    }
}
