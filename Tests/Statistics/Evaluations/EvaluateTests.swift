import Foundation
import Testing

@testable import Statistics

/// Days with a week, noise of autocorrelation ρ and a standard deviation of 4, level 100.
func noisyDays(_ n: Int, ρ: Double, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    func normal() -> Double {
        (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * .pi * random.uniform())
    }
    var x = normal()
    return (0..<n).map { t in
        if t > 0 { x = ρ * x + (1 - ρ * ρ).squareRoot() * normal() }
        return 100 + [6, 3, 1, 0, 2, -6, -6][t % 7] + 4 * x
    }
}

func raised(_ values: [Double], from start: Int, by effect: Double) -> [Double] {
    values.enumerated().map { $0 >= start ? $1 + effect : $1 }
}

@Suite("Evaluations: strange input")
struct StrangeEvaluationTests {
    @Test("Nothing, one value, a start outside: a reason, no number")
    func nothing() {
        #expect(evaluate(Intervention(values: [], start: 0)).reasons == [.fewStepsAfter(have: 0, need: 14)])
        #expect(evaluate(Intervention(values: [1], start: 0)).effect == nil)
        #expect(evaluate(Intervention(values: [1, 2, 3], start: 3)).verdict == .tooEarly)
        #expect(evaluate(Intervention(values: [1, 2, 3], start: -1)).reasons == [.notIdentified])
        #expect(evaluate(Intervention(values: [1, 2, 3], start: 99)).verdict == .tooEarly)
        #expect(evaluate(Intervention(values: [1, 2, 3, 4], start: 2, season: .week)).effect == nil)
        #expect(evaluateStaggered([], starts: []).reasons == [.notIdentified])
    }

    @Test("All missing, all equal, a perfect copy as control: refused")
    func flat() {
        let missing = Array(repeating: Double.nan, count: 200)
        #expect(evaluate(Intervention(values: missing, start: 150, season: .week)).reasons == [.notIdentified])
        let constant = Array(repeating: 7.0, count: 200)
        let flat = evaluate(Intervention(values: constant, start: 150, season: .week))
        #expect(flat.verdict == .cannotTell && flat.reasons == [.noVariation])
        let days = noisyDays(200, ρ: 0.5, seed: 1)
        let copy = evaluate(Intervention(values: days, start: 170, controls: [days], season: .week))
        #expect(copy.verdict == .cannotTell)
        let before = days.enumerated().map { $0 < 170 ? $1 : .nan }
        #expect(evaluate(Intervention(values: before, start: 170)).reasons == [.notIdentified])
    }

    @Test("Infinities count as missing; controls that are constant, short or missing fall away")
    func controls() throws {
        var days = noisyDays(220, ρ: 0.5, seed: 2)
        days[30] = .infinity
        days[200] = -.infinity
        let result = evaluate(
            Intervention(
                values: days, start: 190,
                controls: [
                    Array(repeating: 5, count: 220), [1, 2], noisyDays(220, ρ: 0.2, seed: 3),
                    Array(repeating: .nan, count: 220),
                ], season: .week))
        #expect(result.effect != nil)
        #expect(result.controls.map(\.isKept) == [false, false, true, false])
        #expect(result.warnings.contains(.columnLeftOut(control: 0)))
    }

    @Test("Huge and tiny values give the same answer in their units", arguments: [1e300, 1e-300, 0x1p40])
    func scale(factor: Double) throws {
        let days = noisyDays(200, ρ: 0.5, seed: 4).map { $0 - 97 }
        let plain = Intervention(values: days, start: 170, season: .week)
        let a = try #require(evaluate(plain).effect)
        let b = try #require(
            evaluate(Intervention(values: days.map { $0 * factor }, start: 170, season: .week)).effect)
        #expect(abs(b.absolute.low / factor - a.absolute.low) < 1e-6 * abs(a.absolute.low))
        #expect(abs(b.absolute.high / factor - a.absolute.high) < 1e-6 * abs(a.absolute.high))
    }
}

@Suite("Evaluations: any numbers")
struct EvaluationFuzzTests {
    static let strange: [Double] = [
        .nan, .infinity, -.infinity, 0, -0.0, 1e300, -1e300, 1e-300, .leastNonzeroMagnitude,
    ]

    static func series(_ n: Int, _ random: inout SplitMix64) -> [Double] {
        let kind = random.below(6)
        return (0..<n).map { _ in
            switch random.below(12) {
            case 0: strange[random.below(strange.count)]
            default:
                switch kind {
                case 0: Double(random.below(4))
                case 1: 5
                case 2: random.uniform()
                case 3: (random.uniform() - 0.5) * 1e300
                case 4: random.uniform() * 1e-300
                default: 100 + random.uniform()
                }
            }
        }
    }

    @Test("Whatever comes, no crash, and no interval upside down", arguments: 0..<60)
    func fuzz(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let n = random.below(90)
        let shapes: [EffectShape] = [
            .step, .ramp(random.below(20)), .washout(random.below(30)), .gradual,
            .adoption(Self.series(random.below(90), &random)),
        ]
        let scales: [OutcomeScale] = [.level, .ratio, .count, .share(trials: Self.series(n, &random))]
        let intervention = Intervention(
            values: Self.series(n, &random), start: random.below(80) - 3,
            controls: (0..<random.below(4)).map { _ in Self.series(random.below(95), &random) },
            season: Season(length: [0, 1, 5, 7, 12, 40][random.below(6)]), shape: shapes[random.below(5)],
            scale: scales[random.below(4)], leftOut: [3, 200, -1],
            badSpell: [.found, .none, .last(random.below(60))][random.below(3)],
            isProportional: random.below(2) == 0)
        let plan = EvaluationPlan(
            better: random.below(2) == 0 ? .higher : .lower, leastEffect: .relative(0.1), reviewAfter: 10,
            mayStopEarly: random.below(2) == 0, need: EvaluationNeed(before: 10, after: 4))
        let result = evaluate(intervention, plan: plan)
        #expect(!result.reasons.isEmpty)
        if let effect = result.effect {
            #expect(!(effect.absolute.low > effect.absolute.high) && !(effect.cautious.low > effect.cautious.high))
            #expect(effect.p >= 0 && effect.p <= 1)
        }
        _ = evaluateStaggered(
            (0..<random.below(5)).map { _ in Self.series(n, &random) }, starts: [10, nil, 20, nil, 400].map { $0 })
        _ = detectableEffect(before: intervention.values, controls: intervention.controls, after: 5)
    }
}

@Suite("Evaluations: properties")
struct EvaluationPropertyTests {
    static let days = noisyDays(208, ρ: 0.5, seed: 11)

    static func effect(_ values: [Double], proportional: Bool = false) throws -> EvaluatedEffect {
        let result = evaluate(
            Intervention(values: values, start: 180, season: .week, isProportional: proportional))
        return try #require(result.effect)
    }

    @Test("Adding a constant changes nothing; adding 5 after the start adds 5 to all three numbers")
    func shift() throws {
        let a = try Self.effect(Self.days).absolute
        let b = try Self.effect(Self.days.map { $0 + 1000 }).absolute
        let c = try Self.effect(raised(Self.days, from: 180, by: 5)).absolute
        for (x, y, z) in [(a.estimate, b.estimate, c.estimate), (a.low, b.low, c.low), (a.high, b.high, c.high)] {
            #expect(abs(x - y) < 1e-7 && abs(x + 5 - z) < 1e-7)
        }
    }

    @Test("Turning the sign mirrors the interval, and the verdict with the other direction")
    func mirror() throws {
        let values = raised(Self.days, from: 180, by: 9)
        let a = evaluate(Intervention(values: values, start: 180, season: .week, isProportional: false))
        let b = evaluate(
            Intervention(values: values.map { -$0 }, start: 180, season: .week, isProportional: false),
            plan: EvaluationPlan(better: .lower))
        let (x, y) = (try #require(a.effect).absolute, try #require(b.effect).absolute)
        #expect(abs(x.low + y.high) < 1e-9 && abs(x.high + y.low) < 1e-9)
        #expect(a.verdict == .worked && b.verdict == .worked)
        #expect(
            evaluate(Intervention(values: values, start: 180, season: .week), plan: EvaluationPlan(better: .lower))
                .verdict == .worse)
    }

    @Test("What a left-out day holds does not matter")
    func leftOut() throws {
        var (a, b) = (Self.days, Self.days)
        for t in [17, 50, 51, 179, 180, 200] { (a[t], b[t]) = (1e6, -3) }
        func effect(_ values: [Double]) throws -> Estimate {
            let result = evaluate(
                Intervention(values: values, start: 180, season: .week, leftOut: [17, 50, 51, 179, 180, 200]))
            return try #require(result.effect).absolute
        }
        #expect(try effect(a) == effect(b))
    }

    @Test("An effect in per cent is found as one: 10 % of every day")
    func proportional() throws {
        let values = Self.days.enumerated().map { $0 >= 180 ? $1 * 1.1 : $1 }
        let none = try Self.effect(Self.days, proportional: true).absolute
        let some = try Self.effect(values, proportional: true)
        #expect(abs(some.absolute.estimate - none.estimate - 10) < 0.6)
        let relative = try #require(some.relative)
        #expect(relative.low < 0.1 && relative.high > 0.1)
    }

    @Test("Ramps and adoption: the mean effect over the period, not the final one")
    func shapes() throws {
        let shares = (0..<208).map { $0 < 180 ? 0 : min(1, Double($0 - 179) / 14) }
        let values = zip(Self.days, shares).map { $0 + 20 * $1 }
        let mean = shares[180...].reduce(0, +) / 28 * 20
        for shape in [EffectShape.ramp(14), .adoption(shares), .gradual] {
            let result = evaluate(
                Intervention(values: values, start: 180, season: .week, shape: shape, isProportional: false))
            let effect = try #require(result.effect).absolute
            #expect(effect.low < mean && mean < effect.high)
            #expect(abs(effect.estimate - mean) < 4)
        }
        let step = evaluate(
            Intervention(
                values: noisyDays(208, ρ: 0.9, seed: 3).enumerated().map {
                    $1 + 40 * shares[$0]
                }, start: 180, season: .week))
        #expect(step.warnings.contains(.notAtOnce))
    }

    @Test("The same input gives the same bits")
    func repeatable() throws {
        #expect(try Self.effect(Self.days).absolute == Self.effect(Self.days).absolute)
    }

    @Test("The line of what would have been is near what was, when nothing was done")
    func counterfactual() {
        let result = evaluate(Intervention(values: Self.days, start: 180, season: .week))
        #expect(result.counterfactual.map(\.row) == Array(180..<208))
        let inside = result.counterfactual.count { $0.expected.low < $0.observed && $0.observed < $0.expected.high }
        #expect(inside >= 24)
    }
}

@Suite("Evaluations: verdicts")
struct VerdictTests {
    static let days = noisyDays(208, ρ: 0.3, seed: 21)

    static func verdict(_ effect: Double, after: Int = 28, plan: EvaluationPlan = EvaluationPlan()) -> Evaluation {
        let values = Array(raised(days, from: 180, by: effect).prefix(180 + after))
        return evaluate(Intervention(values: values, start: 180, season: .week), plan: plan)
    }

    @Test("Worked, less than aimed at, worse, no difference, cannot tell")
    func five() {
        #expect(Self.verdict(10).verdict == .worked)
        let little = Self.verdict(6, plan: EvaluationPlan(leastEffect: .relative(0.2)))
        #expect(little.verdict == .worked && little.reasons.contains(.lessThanAimed))
        #expect(Self.verdict(-10).verdict == .worse)
        #expect(Self.verdict(0, plan: EvaluationPlan(leastEffect: .absolute(8))).verdict == .noDifference)
        let open = Self.verdict(0)
        #expect(open.verdict == .cannotTell && open.reasons.contains(.noLeastEffect))
    }

    @Test("Too early before two weeks and before the review, unless the plan allows it and the boundary is crossed")
    func early() {
        #expect(Self.verdict(30, after: 13).reasons == [.fewStepsAfter(have: 13, need: 14)])
        #expect(
            Self.verdict(30, after: 20, plan: EvaluationPlan(reviewAfter: 28)).reasons == [.beforeReview(stepsLeft: 8)])
        let bold = EvaluationPlan(reviewAfter: 28, mayStopEarly: true)
        #expect(Self.verdict(30, after: 20, plan: bold).reasons == [.crossedEarly])
        #expect(Self.verdict(0, after: 20, plan: bold).verdict == .tooEarly)
    }

    @Test("A short baseline, many missing days, an overlap and lost controls forbid a verdict")
    func forbidden() {
        let short = evaluate(
            Intervention(values: Array(Self.days[140...]), start: 40, season: .week))
        #expect(short.verdict == .cannotTell && short.reasons == [.fewStepsBefore(have: 40, need: 56)])
        #expect(short.effect != nil)
        let gaps = evaluate(
            Intervention(
                values: raised(Self.days, from: 180, by: 20), start: 180, season: .week, leftOut: Array(190..<198)))
        #expect(gaps.verdict == .cannotTell)
        #expect(Self.verdict(20, plan: EvaluationPlan(overlapsAnother: true)).reasons == [.overlapsAnother])
        let constant = [Array(repeating: 1.0, count: 208)]
        let lost = evaluate(
            Intervention(values: raised(Self.days, from: 180, by: 20), start: 180, controls: constant, season: .week),
            plan: EvaluationPlan(reliesOnControls: true))
        #expect(lost.reasons == [.noControlLeft])
    }

    @Test("A control that moved at the start is left out when there are others to tell by")
    func movedControl() {
        let common = noisyDays(208, ρ: 0.7, seed: 31)
        func control(_ seed: UInt64) -> [Double] { zip(common, noisyDays(208, ρ: 0, seed: seed)).map { $0 + 0.3 * $1 } }
        let result = evaluate(
            Intervention(
                values: control(1), start: 180,
                controls: [control(6), raised(control(7), from: 180, by: 8), control(8), control(9)], season: .week))
        #expect(result.controls.map(\.isKept) == [true, false, true, true])
    }

    @Test("Series that moved apart before the start are told, those that moved alike are not")
    func parallel() throws {
        let control = noisyDays(208, ρ: 0.5, seed: 51)
        let own = noisyDays(208, ρ: 0.3, seed: 52)
        let alike = zip(control, own).map { $0 + 0.5 * $1 }
        let apart = alike.enumerated().map { $1 + 0.1 * Double($0) }
        func evaluation(_ values: [Double]) -> Evaluation {
            evaluate(Intervention(values: values, start: 180, controls: [control], season: .week))
        }
        #expect(try #require(evaluation(alike).parallelBefore) > 0.05)
        #expect(try #require(evaluation(apart).parallelBefore) < 0.01)
        #expect(evaluate(Intervention(values: alike, start: 180)).parallelBefore == nil)
    }

    @Test("A guardrail passes, is harmed, or neither is shown")
    func guardrails() throws {
        let safe = try #require(Self.verdict(0).guardrail(margin: 6, better: .higher))
        #expect(safe.isSafe && !safe.isHarmed && safe.chanceSafe > 0.95)
        let harmed = try #require(Self.verdict(-10).guardrail(margin: 3, better: .higher))
        #expect(!harmed.isSafe && harmed.isHarmed)
        let open = try #require(Self.verdict(0).guardrail(margin: 0.2, better: .lower))
        #expect(!open.isSafe && !open.isHarmed)
        #expect(Self.verdict(0, after: 5).guardrail(margin: 6, better: .higher) == nil)
    }

    @Test("The bad spell before the start is seen, and the naive figure stands beside the effect")
    func badSpell() throws {
        var days = noisyDays(208, ρ: 0.3, seed: 41)
        for t in 160..<180 { days[t] += 12 }
        let result = evaluate(
            Intervention(values: days, start: 180, season: .week), plan: EvaluationPlan(better: .lower))
        #expect(result.badSpellSteps == 28 && result.warnings.contains(.badSpell(steps: 28)))
        let naive = try #require(result.naive)
        #expect(naive.absolute.high < 0 && result.verdict == .cannotTell)
        let higher = evaluate(Intervention(values: days, start: 180, season: .week))
        #expect(higher.badSpellSteps == 0)
    }

    @Test("What could be proven: by hand without autocorrelation, and fewer steps for more effect")
    func detectable() throws {
        // Known mean of the past, r = 0: se = s √(1/H + 1/n).
        let plain = DetectableEffect(deviation: 2, autocorrelation: 0, stepsBefore: 100, stepsAfter: 25, level: 50)
        #expect(abs(plain.standardError(after: 25) - 2 * (1.0 / 25 + 1.0 / 100).squareRoot()) < 1e-12)
        #expect(abs(plain.absolute - 2.94 * 2 * 0.05.squareRoot()) < 1e-12)
        let few = try #require(plain.stepsNeeded(for: 2))
        let many = try #require(plain.stepsNeeded(for: 1.2))
        #expect(few < many && plain.stepsNeeded(for: 0.01) == nil && plain.stepsNeeded(for: 0) == nil)
        #expect(2.94 * plain.standardError(after: few) <= 2 && 2.94 * plain.standardError(after: few - 1) > 2)
        let days = try #require(detectableEffect(before: Array(Self.days[..<180]), season: .week, after: 28))
        #expect(days.deviation > 3 && days.deviation < 5 && days.autocorrelation > 0.1)
        #expect(detectableEffect(before: [1, 2, 3], after: 10) == nil)
    }
}
