import Foundation
import Statistics

/// Shares of claims where nothing was done, and coverage of a known effect, for counts, shares, staggered starts and looking
/// again and again: `--repeats 300 --seed 1`.
func runEvaluationScales(_ arguments: Arguments) throws {
    let repeats = arguments.number("repeats") ?? 300
    let seed = UInt64(arguments.number("seed") ?? 1) &* 7_368_787
    func measure(_ name: String, _ one: (inout SplitMix64) -> (claims: Bool, covers: Bool)) {
        var (claims, covers) = (0, 0)
        for i in 0..<repeats {
            var random = SplitMix64(seed: seed &+ UInt64(i))
            let (claim, cover) = one(&random)
            if claim { claims += 1 }
            if cover { covers += 1 }
        }
        let n = Double(repeats)
        write("{\"case\": \"\(name)\", \"claims\": \(Double(claims) / n), \"coverage\": \(Double(covers) / n)}\n")
    }
    for (mean, spread) in [(2.5, 0.0), (6, 0), (6, 0.3), (40, 0.2)] {
        measure("counts, mean \(mean), spread \(spread)") { random in
            let values = counts(208, mean: mean, spread: spread, &random)
            let relative = evaluate(
                Intervention(values: values, start: 180, season: .week, scale: .count)
            ).effect?.relative
            return (
                relative.map { $0.low > 0 || $0.high < 0 } ?? true,
                relative.map { $0.low <= 0 && $0.high >= 0 } ?? false
            )
        }
    }
    measure("shares of 30 at 0.9") { random in
        let values = (0..<208).map { _ in
            Double((0..<30).reduce(0) { n, _ in n + (random.uniform() < 0.9 ? 1 : 0) }) / 30
        }
        let scale = OutcomeScale.share(trials: Array(repeating: 30, count: 208))
        let effect = evaluate(Intervention(values: values, start: 180, season: .week, scale: scale)).effect?.absolute
        return (effect.map { $0.low > 0 || $0.high < 0 } ?? true, effect.map { $0.low <= 0 && $0.high >= 0 } ?? false)
    }
    for (name, together) in [("six teams apart", 0.0), ("six teams, pairs together 0.6", 0.6)] {
        measure("\(name), effects 2, 4, 6") { random in teams(together, &random) }
    }
    for (name, isEarly) in [("always valid at any of 14 looks", false), ("early boundary at any of 14 looks", true)] {
        measure(name) { random in
            let noise = EvaluationWorld.half.noise(208, &random)
            var isCrossed = false
            for after in stride(from: 2, through: 28, by: 2) {
                let values = noise.prefix(180 + after).map { 100 + $0 }
                let effect = evaluate(
                    Intervention(values: Array(values), start: 180, season: .week),
                    plan: EvaluationPlan(reviewAfter: 28, mayStopEarly: true)
                ).effect
                if isEarly, let crossing = effect?.earlyCrossing, crossing.magnitude > 1 { isCrossed = true }
                if !isEarly, let anytime = effect?.anytime, anytime.low > 0 || anytime.high < 0 { isCrossed = true }
            }
            return (isCrossed, !isCrossed)
        }
    }
}

/// Poisson counts with a week, about a mean that moves with an autocorrelation of 0.5 and this deviation of its logarithm.
private func counts(_ n: Int, mean: Double, spread: Double, _ random: inout SplitMix64) -> [Double] {
    var x = random.normal()
    return (0..<n).map { t in
        x = 0.5 * x + 0.866 * random.normal()
        var left = mean * [1.4, 1.2, 1.1, 1.1, 1, 0.7, 0.5][t % 7] * exp(spread * x - spread * spread / 2)
        var events = -1.0
        while left >= 0 {
            events += 1
            left += log(1 - random.uniform())
        }
        return events
    }
}

/// Six teams, three of which start; every day moves all alike.
private func teams(_ together: Double, _ random: inout SplitMix64) -> (claims: Bool, covers: Bool) {
    let starts: [Int?] = [100, 120, 140, nil, nil, nil]
    let shocks = (0..<200).map { _ in 10 * random.normal() }
    let pairs = (0..<3).map { _ in EvaluationWorld.half.noise(200, &random) }
    func series(_ effect: Double) -> [[Double]] {
        (0..<6).map { k in
            let own = EvaluationWorld.half.noise(200, &random)
            return (0..<200).map { t in
                let isOn = t >= starts[k] ?? 200
                return shocks[t] + together.squareRoot() * pairs[k / 2][t] + (1 - together).squareRoot() * own[t]
                    + (isOn ? effect * Double(k + 1) : 0)
            }
        }
    }
    let none = evaluateStaggered(series(0), starts: starts, season: .week).effect
    let some = evaluateStaggered(series(2), starts: starts, season: .week).effect
    return (none.map { $0.low > 0 || $0.high < 0 } ?? true, some.map { $0.low <= 4 && $0.high >= 4 } ?? false)
}
