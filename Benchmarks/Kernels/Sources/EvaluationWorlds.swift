import Foundation
import Statistics

/// Worlds in which a change does nothing, or something known: seeded, the same on every machine.
///
/// A level of 100, a week of ±6, noise with a standard deviation of 4 that is of the kind the world is named for.
enum EvaluationWorld: String, CaseIterable {
    case white, half, high
    /// AR(2) with a slow wave: φ = 0.5, 0.25.
    case second
    /// A random walk beneath AR(1) noise: a daily step of 0.1 of the noise's innovation.
    case drift
    /// A straight line that moves 8 over 180 days.
    case trend
    /// Weekends three times as noisy.
    case weekends
    /// Student's t with 3 degrees of freedom, AR(1) 0.5.
    case tails
    /// Four fifths of the noise comes again a week later, in part: seasonal AR 0.4.
    case echo
    /// Moving average, θ = −0.5: negative autocorrelation.
    case moving

    func noise(_ n: Int, _ random: inout SplitMix64) -> [Double] {
        var z = (0..<(n + 60)).map { _ in random.normal() }
        if self == .tails {
            for i in z.indices {
                let chi = (0..<3).reduce(0.0) { sum, _ in
                    let x = random.normal()
                    return sum + x * x
                }
                z[i] /= chi.squareRoot()  // t₃ / √3, of variance 1
            }
        }
        let φ: (Double, Double) =
            switch self {
            case .white, .moving, .echo: (0, 0)
            case .high: (0.8, 0)
            case .second: (0.5, 0.25)
            default: (0.5, 0)
            }
        let r1 = φ.0 / (1 - φ.1)
        let innovation = ((1 - r1 * r1) * (1 - φ.1 * φ.1)).squareRoot()
        var x = z
        for t in x.indices {
            x[t] = innovation * z[t] + (t > 0 ? φ.0 * x[t - 1] : 0) + (t > 1 ? φ.1 * x[t - 2] : 0)
            if self == .echo { x[t] = 0.917 * z[t] + (t > 6 ? 0.4 * x[t - 7] : 0) }
            if self == .moving { x[t] = (z[t] - (t > 0 ? 0.5 * z[t - 1] : 0)) / 1.118 }
        }
        var walk = 0.0
        return (0..<n).map { t in
            var y = 4 * x[t + 60]
            switch self {
            case .drift:
                walk += 0.1 * 4 * 0.866 * random.normal()
                y += walk
            case .trend: y += 8 * Double(t) / 180
            case .weekends: y *= t % 7 >= 5 ? 3 : 1
            default: break
            }
            return y
        }
    }
}

extension EvaluationWorld {
    static func control(_ n: Int, _ random: inout SplitMix64) -> [Double] {
        var u = 3 / 0.8 * random.normal()
        return (0..<n).map { t in
            if t > 0 { u = 0.6 * u + 3 * random.normal() }
            return 100 + 8 * [0.6, 0.8, 0.7, 0.5, 0.2, -1.4, -1.4][t % 7] + u
        }
    }
}

extension SplitMix64 {
    /// Box & Muller (1958), one of the pair.
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * Double.pi * uniform())
    }
}

/// Which share of evaluations comes to which verdict, in each world, with nothing done or with `--effect` (a share of the
/// level): `--before 180 --after 28 --repeats 500 --seed 1 --world half --control yes --shape step`.
/// With `--worst W` the change starts right after the worst W days of a year, with 180 days before that year.
func runEvaluationWorlds(_ arguments: Arguments) throws {
    let before = arguments.number("before") ?? 180
    let after = arguments.number("after") ?? 28
    let repeats = arguments.number("repeats") ?? 500
    let share = arguments.text("effect").flatMap { Double($0) } ?? 0
    let growth = arguments.number("growth") ?? 1
    let worst = arguments.number("worst")
    let isEven = arguments.text("even") == "yes"
    var plan = EvaluationPlan(better: .lower, leastEffect: .relative(0.1))
    if arguments.text("early") != nil { plan.mayStopEarly = true }
    for world in EvaluationWorld.allCases {
        if let name = arguments.text("world"), name != world.rawValue { continue }
        var tally: [String: Int] = [:]
        var (covered, width, cautiousWidth, naive, spells, cautiousCovered) = (0, 0.0, 0.0, 0, 0, 0)
        for i in 0..<repeats {
            var random = SplitMix64(seed: UInt64(arguments.number("seed") ?? 1) &* 1_000_003 &+ UInt64(i))
            let days = (worst == nil ? before : 545) + after
            var values = world.noise(days, &random)
            for t in values.indices { values[t] += 100 + [6, 3, 1, 0, 2, -6, -6][t % 7] }
            var controls: [[Double]] = []
            if arguments.text("control") == "yes" {
                // As in the published design: the outcome follows 0.8 of an untouched series that has a week of its own.
                let own = EvaluationWorld.control(days, &random)
                for t in values.indices { values[t] += 0.8 * (own[t] - 100) }
                controls = [own]
            }
            var start = before
            if let worst {
                start = (max(180, worst)...545).max { mean(values, $0, worst) < mean(values, $1, worst) } ?? before
                values = Array(values.prefix(start + after))
            }
            var truth = 0.0
            for t in start..<values.count {
                let effect = share * (isEven ? 100 : values[t]) * min(1, Double(t - start + 1) / Double(growth))
                values[t] += effect
                truth += effect / Double(after)
            }
            let shape: EffectShape = arguments.text("shape") == "gradual" ? .gradual : .step
            let result = evaluate(
                Intervention(
                    values: values, start: start, controls: controls, season: .week, shape: shape,
                    badSpell: arguments.number("spell").map { $0 == 0 ? .none : .last($0) } ?? .found), plan: plan)
            tally[result.verdict.rawValue, default: 0] += 1
            guard let effect = result.effect else { continue }
            if effect.absolute.low <= truth, truth <= effect.absolute.high { covered += 1 }
            if effect.cautious.low <= truth, truth <= effect.cautious.high { cautiousCovered += 1 }
            width += effect.absolute.high - effect.absolute.low
            cautiousWidth += effect.cautious.high - effect.cautious.low
            if let before = result.naive, before.absolute.high < 0 { naive += 1 }
            if result.badSpellSteps > 0 { spells += 1 }
        }
        let n = Double(repeats)
        func part(_ count: Int) -> String { String(format: "%.3f", Double(count) / n) }
        write(
            "{\"world\": \"\(world.rawValue)\", \"worked\": \(part(tally["worked"] ?? 0)), \"worse\": \(part(tally["worse"] ?? 0)), "
                + "\"noDifference\": \(part(tally["no difference"] ?? 0)), \"naiveWorked\": \(part(naive)), "
                + "\"coverage\": \(part(covered)), \"cautiousCoverage\": \(part(cautiousCovered)), "
                + String(format: "\"width\": %.3f, \"cautiousWidth\": %.3f, ", width / n, cautiousWidth / n)
                + "\"spells\": \(part(spells))}\n")
    }
}

private func mean(_ values: [Double], _ end: Int, _ window: Int) -> Double {
    values[(end - window)..<end].reduce(0, +) / Double(window)
}
