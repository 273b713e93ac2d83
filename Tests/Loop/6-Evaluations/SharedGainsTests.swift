import Glibc
import Measures
import Opportunities
import Records
import Statistics
import Testing

@testable import Evaluations
@testable import Improvements

private let day = Day(number: 20_000)

private func gain(
    _ id: Int64, _ hours: Double?, live: Int = 0, from: Int = -100, weeks: Int = 4, _ slice: Slice = .everything,
    measure: String = "incidents.timeToResolve", held: Double? = nil, slipped: Int? = nil
) -> ProvenGain {
    ProvenGain(
        improvement: ID(id), round: 1, measured: MeasuredSlice(Measure(id: measure)!, slice),
        baseline: Period(day + from, through: day + (live - 1)), liveOn: day + live,
        reviewLast: day + (live + 7 * weeks - 1),
        hoursPerMonth: hours.map { Estimate($0, low: $0 / 2, high: $0 * 2) },
        held: held.map { Estimate($0, low: $0 - 0.1, high: $0 + 0.1) }, slippedOn: slipped.map { day + $0 })
}

@Suite("No gain is counted twice")
struct SharedGainsTests {
    @Test("What can hold no ticket together, or was measured one after the other, is not shared")
    func apart() {
        let mail = Slice(.category, "Email")
        #expect(gain(1, 5, mail).overlaps(gain(2, 5, Slice(.category, "Phone"))) == false)
        #expect(gain(1, 5, mail).overlaps(gain(2, 5, Slice(.group, "Desk"))))
        #expect(gain(1, 5, mail).overlaps(gain(2, 5)) && gain(2, 5).overlaps(gain(1, 5, mail)))
        #expect(!gain(1, 5).overlaps(gain(2, 5, measure: "incidents.opened")))
        // The second's baseline begins after the first's review: it starts from the level the first had left.
        #expect(!gain(1, 5).overlaps(gain(2, 5, live: 200, from: 60)) && gain(1, 5).overlaps(gain(2, 5, live: 200)))
        #expect(groups(of: []).isEmpty && sharedGains([]).isEmpty)
        let alone = sharedGains(groups(of: [gain(1, 5), gain(2, 7, live: 200, from: 60)]))
        #expect(alone.map(\.bound) == [.alone, .alone] && alone.compactMap(\.credited?.estimate) == [5, 7])
    }

    @Test("In the order of going live each takes what it measured, and no more than is left of the total")
    func order() {
        let group = GainGroup(
            gains: [gain(2, 30, live: 20), gain(1, 50), gain(3, 30, live: 40)], total: Estimate(70, low: 60, high: 80))
        let shared = sharedGains([group])
        #expect(shared.map(\.gain.improvement.value) == [1, 2, 3])
        #expect(shared.compactMap(\.credited?.estimate) == [50, 20, 0])
        #expect(abs((shared[1].credited?.high ?? 0) - 40) < 1e-9 && shared[0].sharedWith == [ID(2), ID(3)])
        let rich = sharedGains([GainGroup(gains: group.gains, total: Estimate(500, low: 1, high: 900))])
        #expect(rich.compactMap(\.credited?.estimate) == [50, 30, 30])
        let none = sharedGains([GainGroup(gains: group.gains, total: Estimate(-5, low: -9, high: 1))])
        #expect(none.compactMap(\.credited?.estimate) == [0, 0, 0])
    }

    @Test("Begun on one day they share in proportion; without a total the largest stands for all")
    func together() {
        let shared = sharedGains([
            GainGroup(gains: [gain(1, 60), gain(2, 20), gain(3, nil)], total: Estimate(40, low: 30, high: 50))
        ])
        #expect(shared[0].credited?.estimate == 30 && shared[1].credited?.estimate == 10 && shared[2].credited == nil)
        let unmeasured = sharedGains([GainGroup(gains: [gain(1, 60), gain(2, 20, live: 5)])])
        #expect(unmeasured.compactMap(\.credited?.estimate) == [60, 0])
        #expect(unmeasured[1].bound == .largest(Estimate(60, low: 30, high: 120)))
    }

    @Test(
        "Two hundred random groups: never more than the total, never more than each measured, whatever the order given")
    func property() {
        var g = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let n = 2 + Int(g.uniform() * 5)
            let gains = (0..<n).map {
                gain(Int64($0), (g.uniform() * 100).rounded(), live: Int(g.uniform() * 4) * 7)
            }
            let total = (g.uniform() * 200).rounded()
            let estimate = Estimate(total, low: total - 5, high: total + 5)
            let shared = sharedGains([GainGroup(gains: gains, total: estimate)])
            let sum = shared.reduce(0.0) { $0 + ($1.credited?.estimate ?? 0) }
            #expect(sum <= total + 1e-9)
            for one in shared {
                #expect((one.credited?.estimate ?? 0) <= (one.gain.hoursPerMonth?.estimate ?? 0) + 1e-9)
            }
            let claimed = gains.reduce(0.0) { $0 + ($1.hoursPerMonth?.estimate ?? 0) }
            #expect(abs(sum - min(total, claimed)) < 1e-6)
            let turned = sharedGains([GainGroup(gains: gains.reversed(), total: estimate)])
            #expect(Set(turned.map(\.gain)) == Set(shared.map(\.gain)))
            for one in turned {
                let same = shared.first { $0.gain == one.gain }?.credited?.estimate ?? -1
                #expect(abs(same - (one.credited?.estimate ?? -2)) < 1e-9)
            }
        }
    }

    @Test("What is held counts between none and all, and an anniversary is one only while it holds")
    func held() {
        func hours(_ held: Double?) -> Double? {
            sharedGains(groups(of: [gain(1, 10, held: held)]))[0].heldHours?.estimate
        }
        #expect(hours(0.5) == 5 && hours(1.4) == 10 && hours(-0.3) == 0 && hours(nil) == nil)
        let leap = ProvenGain(
            improvement: ID(1), round: 1, measured: gain(1, 1).measured,
            baseline: Period(day, through: day + 9), liveOn: Day(year: 2024, month: 2, day: 29)!,
            reviewLast: day, hoursPerMonth: nil)
        let days = leap.anniversaries(through: Day(year: 2028, month: 3, day: 1)!)
        #expect(days.map(\.description) == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"])
        #expect(leap.nextAnniversary(after: days[0])?.description == "2026-02-28")
        #expect(gain(1, 1, slipped: 366).anniversaries(through: day + 900).count == 1)
        #expect(gain(1, 1, slipped: 365).anniversaries(through: day + 900).isEmpty)
        #expect(gain(1, 1, slipped: 364).nextAnniversary(after: day) == nil)
    }

    @Test("Two improvements that each see both effects: together they are counted once, by the same engine")
    func measuredTogether() throws {
        // The first takes a fifth of the tickets away on day 182, the second another fifth on day 203.
        let second = ServiceDesk.firstDay + 203
        let desk = ServiceDesk(
            effect: (0.8, 1, 1), factor: { $0 >= second ? (0.8, 1) : (1, 1) }, days: 182 + 21 + 49)
        let rollup = ServiceDesk.rollup(desk.tickets(seed: 5), asOf: ServiceDesk.firstDay + 252)
        let evidence = ServiceDesk.evidence(rollup, asOf: ServiceDesk.firstDay + 252)
        let plan = Plan.about("incidents.opened")
        func judged(_ live: Day) throws -> Round {
            let round = try Round.of(plan, live: [GoLive(on: live)])
            var judgement = try judge(round, evidence).judgement
            judgement.verdict = .worked
            return try Improvement(
                ([.opened(title: "A", origin: .hand), .planned(plan)]
                    + Array(repeating: .forward(reason: "R"), count: 4)
                    + [.live(GoLive(on: live)), .evaluated(judgement)]).map {
                        Entry($0, by: "A", at: desk.start.startInUTC)
                    }
            ).round
        }
        let rounds = [try judged(desk.start), try judged(second)]
        let gains = try rounds.enumerated().compactMap {
            try provenGain(of: $0.element, ID(Int64($0.offset)), evidence)
        }
        var found = groups(of: gains)
        #expect(found.count == 1)
        let joint = try judge(try #require(jointRound(of: rounds)), evidence)
        found[0].total = joint.benefit?.hoursPerMonth
        let total = try #require(found[0].total?.estimate)
        let claimed = gains.reduce(0.0) { $0 + ($1.hoursPerMonth?.estimate ?? 0) }
        let shared = sharedGains(found)
        let credited = shared.reduce(0.0) { $0 + ($1.credited?.estimate ?? 0) }
        // The truth: 36 % fewer than before, of which the first's own weeks saw some of the second's.
        #expect(abs((joint.judgement.effect?.estimate ?? 0) + 0.36) < 0.08)
        #expect(claimed > total * 1.1 && credited <= total + 1e-9 && credited > 0.9 * total)
        #expect(jointRound(of: [rounds[0]]) == nil && jointRound(of: []) == nil)
    }
}

extension SharedGainsTests {
    @Test("Over six made-up desks: what is credited is near what was truly gained, the plain sum is far above")
    func truth() throws {
        let second = ServiceDesk.firstDay + 196
        let plan = Plan.about("incidents.opened")
        let desk = ServiceDesk(
            effect: (0.8, 1, 1), factor: { $0 >= second ? (0.8, 1) : (1, 1) }, days: 182 + 14 + 42)
        let rounds = [desk.start, second].map { try? Round.of(plan, live: [GoLive(on: $0)]) }.compactMap(\.self)
        let joint = try #require(jointRound(of: rounds))
        var (credited, plain) = (0.0, 0.0)
        for seed in 1...6 {
            let end = ServiceDesk.firstDay + 237
            let evidence = ServiceDesk.evidence(
                ServiceDesk.rollup(desk.tickets(seed: UInt64(seed)), asOf: end), asOf: end)
            let own = try rounds.map { try judge($0, evidence).benefit?.hoursPerMonth }
            let gains = own.enumerated().map { gain(Int64($0.offset), $0.element?.estimate, live: $0.offset) }
            let total = try judge(joint, evidence).benefit?.hoursPerMonth
            let shared = sharedGains([GainGroup(gains: gains, total: total)])
            credited += shared.reduce(0) { $0 + ($1.credited?.estimate ?? 0) } / 6
            plain += own.reduce(0) { $0 + ($1?.estimate ?? 0) } / 6
        }
        // 36 % of the tickets, each with the mean hours of the baseline: exp(σ²/2) above the median, the longest cut off.
        let hours = 6 * exp(0.32)
        let tickets = 20 * 261.0 / 12
        let gained = 0.36 * tickets * hours
        // Measured: 1.04 and 1.77.
        #expect(credited / gained < 1.15 && credited / gained > 0.85 && plain / gained > 1.5)
    }
}

@Suite("Start small")
struct StartSmallTests {
    private func candidate(
        _ id: Int64, _ effort: Effort? = .small, one: Bool = true, effect: Double? = 0.5,
        measure: String? = "incidents.opened",
        kind: Change.Kind? = nil, hours: Double = 10
    ) -> SmallCandidate {
        SmallCandidate(
            candidate: RankCandidate(
                subject: .improvement(ID(id)), hoursPerMonth: Estimate(hours, low: 1, high: 2 * hours), effort: effort,
                kind: kind),
            objective: measure.map { Objective(text: "Fewer", measure: $0) }, expectedEffect: effect, isOnePersons: one)
    }

    @Test("Three at most, with the best odds first; each other one says what it lacks")
    func picks() throws {
        let desk = ServiceDesk(days: 200)
        let rollup = ServiceDesk.rollup(desk.tickets(seed: 3), asOf: ServiceDesk.firstDay + 199)
        let evidence = ServiceDesk.evidence(rollup, asOf: ServiceDesk.firstDay + 199)
        let rates = BaseRates(
            rounds: (0..<8).map {
                PastRound(
                    kind: $0 < 4 ? .people : .process, quantity: nil, causeWords: [], worked: $0 < 4, effect: nil)
            })
        let found = startSmall(
            [
                candidate(1, .large), candidate(2, nil), candidate(3, one: false), candidate(4, effect: nil),
                candidate(5, effect: 0.001), candidate(6, measure: nil), candidate(7, measure: "changes.opened"),
                candidate(8, kind: .process, hours: 900), candidate(9, kind: .people, hours: 1),
                candidate(10, hours: 20),
                candidate(11, hours: 30), candidate(12, effect: .nan),
            ], evidence, baseRates: rates)
        #expect(found.picks.map(\.ranked.candidate.subject) == [9, 11, 10].map { .improvement(ID($0)) })
        #expect(found.picks.map(\.ranked.rank) == [1, 2, 3])
        func lacks(_ id: Int64) -> NotSmall? { found.lacking[.improvement(ID(id))] }
        #expect(lacks(1) == .notSmallEffort && lacks(2) == .notSmallEffort && lacks(3) == .severalDepartments)
        #expect(lacks(4) == .noExpectedEffect && lacks(12) == .noExpectedEffect && lacks(5) == .notProvableInTime)
        #expect(lacks(6) == .notMeasurable && lacks(7) == .notMeasurable)
        let pick = found.picks[0]
        #expect(pick.weeks <= 4 && pick.plan.weeks == pick.weeks && (pick.plan.provableEffect ?? 9) <= 0.5)
        #expect(pick.plan.baseline.dayCount == 180 && pick.plan.objective.isMeasurable)
    }

    @Test("A target says how much is hoped for, unless it is reached already")
    func targets() throws {
        let desk = ServiceDesk(days: 200)
        let rollup = ServiceDesk.rollup(desk.tickets(seed: 3), asOf: ServiceDesk.firstDay + 199)
        let evidence = ServiceDesk.evidence(rollup, asOf: ServiceDesk.firstDay + 199)
        // Twenty on a working day are some fourteen a day.
        var half = candidate(1, effect: nil)
        half.objective?.target = 7
        var reached = candidate(2, effect: nil)
        reached.objective?.target = 40
        let found = startSmall([half, reached], evidence, baseRates: BaseRates(rounds: []))
        #expect(found.picks.count == 1 && abs((found.picks.first?.expectedEffect ?? 0) - 0.5) < 0.03)
        #expect(found.lacking == [.improvement(ID(2)): .noExpectedEffect])
    }

    @Test("When nothing qualifies, nothing is picked")
    func nothing() {
        let empty = Evidence(rollups: [:], asOf: day, calendar: ServiceDesk.calendar)
        #expect(startSmall([], empty, baseRates: BaseRates(rounds: [])).picks.isEmpty)
        let found = startSmall([candidate(1)], empty, baseRates: BaseRates(rounds: []))
        #expect(found.picks.isEmpty && found.lacking.count == 1)
    }
}
