import Measures
import Opportunities
import Records
import Signals
import Statistics
import Testing

@testable import Improvements

private func past(
    _ kind: Change.Kind?, _ quantity: Quantity?, _ worked: Bool, cause: String = "", effect: Double? = nil
) -> PastRound {
    PastRound(kind: kind, quantity: quantity, causeWords: titleWords(cause), worked: worked, effect: effect)
}

@Suite("How often improvements of a kind have worked here")
struct BaseRateTests {
    @Test("Before anything has happened it is one in three, and the interval says that nothing is known")
    func nothing() {
        let rate = BaseRates(rounds: []).rate(kind: .people, quantity: .opened, cause: "One person")
        #expect(rate.levels.map(\.finished) == [0, 0, 0, 0])
        #expect(rate.levels.allSatisfy { abs($0.rate.estimate - 1.0 / 3) < 1e-12 })
        // Beta(1, 2): F(x) = 1 − (1 − x)².
        #expect(abs(rate.levels[0].rate.low - (1 - 0.975.squareRoot())) < 1e-9)
        #expect(abs(rate.levels[0].rate.high - (1 - 0.025.squareRoot())) < 1e-9)
        #expect(rate.told().scope == .all)
        #expect(BaseRates(rounds: []).rate(kind: nil, quantity: nil).levels.count == 1)
    }

    @Test("By hand: seven of eleven of a type in twenty of all")
    func byHand() {
        let effects: [Double?] = [-0.1, -0.2, -0.3] + Array(repeating: nil, count: 8)
        var rounds = (0..<11).map { past(.process, .timeToResolve, $0 < 7, effect: effects[$0]) }
        for i in 0..<9 { rounds.append(past(.technology, .opened, i < 1)) }
        let rate = BaseRates(rounds: rounds).rate(kind: .process, quantity: nil)
        #expect(abs(rate.levels[0].rate.estimate - (8.0 + 1) / (20 + 3)) < 1e-12)
        // The others: one of nine.
        let others = (1.0 + 1) / (9 + 3)
        #expect(abs(rate.levels[1].prior - others) < 1e-12)
        #expect(abs(rate.probability.estimate - (7 + 4 * others) / 15) < 1e-12)
        #expect(rate.levels[1].worked == 7 && rate.levels[1].finished == 11)
        #expect(rate.told().scope == .sameKind && abs((rate.levels[1].medianEffect ?? 0) - 0.2) < 1e-12)
        #expect(rate.probability.low < rate.probability.estimate && rate.probability.estimate < rate.probability.high)
    }

    @Test("A narrow class with two rounds moves little, one with a hundred nearly all the way")
    func shrinking() {
        func chance(_ n: Int) -> Double {
            var rounds = (0..<100).map { past(.people, .opened, $0 < 30) }
            for _ in 0..<n { rounds.append(past(.people, .backlog, true, cause: "Nobody knew")) }
            return BaseRates(rounds: rounds).rate(kind: nil, quantity: .backlog, cause: "knew").probability.estimate
        }
        #expect(chance(0) < 0.31 && chance(2) < 0.56 && chance(100) > 0.95 && chance(2) > chance(0))
    }

    @Test(
        "In four hundred made-up organisations the shrunk rate is nearer to the truth than the plain one, and its interval holds it"
    )
    func calibration() {
        var g = SplitMix64(seed: 4)
        var (shrunk, plain, held, asked) = (0.0, 0.0, 0, 0)
        for _ in 0..<400 {
            var rounds: [PastRound] = []
            // An organisation's own rate, and each type's around it.
            let own = 0.15 + 0.4 * g.uniform()
            let truth = Change.Kind.allCases.map { _ in min(0.95, max(0.05, own + 0.3 * (g.uniform() - 0.5))) }
            for (kind, p) in zip(Change.Kind.allCases, truth) {
                for _ in 0..<Int(g.uniform() * 13) { rounds.append(past(kind, nil, g.uniform() < p)) }
            }
            let rates = BaseRates(rounds: rounds)
            for (kind, p) in zip(Change.Kind.allCases, truth) {
                let rate = rates.rate(kind: kind, quantity: nil)
                guard let level = rate.levels.last, level.finished > 0 else { continue }
                asked += 1
                shrunk += (rate.probability.estimate - p) * (rate.probability.estimate - p)
                let raw = Double(level.worked) / Double(level.finished)
                plain += (raw - p) * (raw - p)
                if rate.probability.low <= p, p <= rate.probability.high { held += 1 }
            }
        }
        let coverage = Double(held) / Double(asked)
        #expect(shrunk < 0.4 * plain && coverage > 0.94)
    }

    @Test("Only verdicts count: too early is nothing, cannot tell is told apart")
    func verdicts() throws {
        let plan = Plan(
            objective: Objective(text: "S", measure: "requests.timeToResolve"),
            baseline: Period(Day(number: 1), through: Day(number: 200)), weeks: 4, leastEffect: 0.1, method: "e/1")
        func improvement(_ verdict: Judgement.Verdict) throws -> Improvement {
            try Improvement(
                ([.opened(title: "A", origin: .hand), .planned(plan), .cause("Waits for one person")]
                    + Array(repeating: .forward(reason: "R"), count: 5)
                    + [
                        .evaluated(
                            Judgement(verdict: verdict, effect: Estimate(-0.2, low: -0.3, high: -0.1), seal: plan.seal))
                    ])
                    .map { Entry($0, by: "A", at: Moment(seconds: 0)) })
        }
        let rates = BaseRates(try Judgement.Verdict.allCases.map(improvement))
        #expect(rates.rounds.map(\.worked) == [true, false, false] && rates.undecided == 1)
        #expect(rates.rounds[0].quantity == .timeToResolve && rates.rounds[0].causeWords == ["waits", "one", "person"])
    }

    @Test("The quantile of a beta variable turns its distribution round")
    func quantile() {
        #expect(abs(betaQuantile(0.3, 1, 1) - 0.3) < 1e-12 && abs(betaQuantile(0.5, 7, 7) - 0.5) < 1e-12)
    }
}

@Suite("The order of the register")
struct RankingTests {
    private func candidate(_ id: Int64, _ hours: Double?, _ effort: Effort?, _ kind: Change.Kind? = nil)
        -> RankCandidate
    {
        RankCandidate(
            subject: .improvement(ID(id)), hoursPerMonth: hours.map { Estimate($0, low: $0 / 2, high: $0 * 2) },
            effort: effort, kind: kind)
    }

    @Test("Hours times chance by days of work; what lacks a term stands at the end and says which")
    func order() {
        let rates = BaseRates(rounds: (0..<20).map { past($0 < 10 ? .people : .technology, nil, $0 < 10) })
        let ranked = rank(
            [
                candidate(1, nil, .small), candidate(2, 100, .large), candidate(3, 100, .small, .technology),
                candidate(4, 100, .small, .people), candidate(5, 900, nil),
            ], baseRates: rates)
        #expect(ranked.map(\.candidate.subject) == [4, 3, 2, 5, 1].map { .improvement(ID($0)) })
        #expect(ranked.map(\.rank) == [1, 2, 3, 4, 5] && ranked[3].unknown == [.effort])
        #expect(ranked[4].unknown == [.hoursPerMonth] && ranked[4].score == nil)
        let first = ranked[0]
        #expect(first.effortDays == 5 && first.score == 100 * first.rate.probability.estimate / 5)
        #expect(rank([], baseRates: rates).isEmpty)
    }

    @Test("An opportunity that became an improvement is ranked once, with its size until another is given")
    func once() throws {
        let found = Opportunity(
            id: "o1", rank: 1,
            signals: [
                Signal(
                    id: "s", kind: .levelShift, measure: Measure(id: "incidents.timeToResolve")!, slice: .everything,
                    at: Day(number: 1), atEarliest: Day(number: 1), atLatest: Day(number: 1), direction: .worse,
                    before: Estimate(4, low: 3, high: 5), after: Estimate(5, low: 4, high: 6),
                    relative: Estimate(0.25, low: 0.1, high: 0.4), q: 0.01, hoursPerMonth: nil, evidenceCount: 9,
                    evidence: Period(Day(number: 1), through: Day(number: 9)))
            ], hoursPerMonth: Estimate(40, low: 30, high: 50), firstStep: .askWhatChanged, effort: .small,
            isGoodNews: false)
        var good = found
        good.id = "o2"
        good.isGoodNews = true
        var free = found
        free.id = "o3"
        let one = try Improvement([
            Entry(.opened(title: "A", origin: .opportunity(id: "o1")), by: "A", at: Moment(seconds: 0))
        ])
        let all = candidates([found, good, free], [(ID(1), one)])
        #expect(all.map(\.subject) == [.opportunity("o3"), .improvement(ID(1))])
        #expect(all[1].hoursPerMonth?.estimate == 40 && all[1].effort == .small && all[1].quantity == .timeToResolve)
        #expect(abs((found.undoingEffect ?? 0) - 0.2) < 1e-12 && found.objective("O").target == 4)
        let filled = try Improvement(
            (one.entries.map(\.change) + found.firstChanges(objective: "Back to four hours")).map {
                Entry($0, by: "A", at: Moment(seconds: 0))
            })
        #expect(filled.missing.isEmpty && filled.benefit?.high == 50)
    }
}
