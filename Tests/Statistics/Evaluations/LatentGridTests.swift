import Foundation
import Testing

@testable import Statistics

@Suite("Counts about a level that moves by itself")
struct LatentGridTests {
    /// Poisson counts with a week, about a level whose logarithm has this deviation and memory.
    static func counts(
        _ n: Int, mean: Double, spread: Double, memory: Double, _ random: inout SplitMix64
    ) -> [Double] {
        var x = spread * Self.normal(&random)
        return (0..<n).map { t in
            x = memory * x + spread * (1 - memory * memory).squareRoot() * Self.normal(&random)
            return poisson(mean * [1.2, 1.1, 1, 1, 0.9, 0.9, 0.9][t % 7] * exp(x), &random)
        }
    }

    static func normal(_ random: inout SplitMix64) -> Double { Normal.quantile(max(1e-12, random.uniform())) }

    static func poisson(_ mean: Double, _ random: inout SplitMix64) -> Double {
        var (left, events) = (mean, -1.0)
        while left >= 0 {
            events += 1
            left += log(1 - random.uniform())
        }
        return events
    }

    // MARK: Strange input

    @Test("Nothing, all zeros, one step and controls without a single event are no crash")
    func strange() {
        let zeros = Array(repeating: 0.0, count: 90)
        let flips = (0..<90).map { Double($0 % 2) }
        let missing = Array(repeating: Double.nan, count: 90)
        for values in [zeros, flips, missing] {
            for controls in [[], [zeros], [flips], [missing], [zeros, flips, missing], [[3, 4]]] {
                let found = evaluate(
                    Intervention(
                        values: values, start: 60, controls: controls, controlsAreCounts: true, season: .week,
                        scale: .count))
                #expect(found.effect.map { $0.posterior.estimate.isFinite } ?? true)
                #expect(found.verdict == .cannotTell || found.verdict == .noDifference || values == flips)
            }
        }
        #expect(
            evaluate(Intervention(values: [3], start: 0, controlsAreCounts: true, scale: .count)).verdict
                == .cannotTell)
    }

    @Test("Controls that are counts change nothing on the scale of levels")
    func levels() {
        var random = SplitMix64(seed: 5)
        let values = Self.counts(150, mean: 30, spread: 0.1, memory: 0.5, &random)
        let control = Self.counts(150, mean: 30, spread: 0.1, memory: 0.5, &random)
        func effect(_ areCounts: Bool) -> Estimate? {
            evaluate(
                Intervention(
                    values: values, start: 120, controls: [control], controlsAreCounts: areCounts, season: .week)
            ).effect?.cautious
        }
        #expect(effect(true) == effect(false))
    }

    // MARK: The arithmetic

    @Test("The filter gives what a dense covariance matrix gives, with missing steps too")
    func dense() throws {
        var random = SplitMix64(seed: 7)
        let n = 24
        var y = (0..<n).map { _ in Self.normal(&random) }
        y[5] = .nan
        y[20] = .nan
        let roots = (0..<n).map { y[$0].isNaN ? 0 : 1 + Double($0 % 3) }
        let effect = (0..<n).map { $0 < 15 ? 0.0 : 1 }
        let design = EffectDesign(
            columns: [effect, Array(repeating: 1, count: n)], outcome: y, start: 15, weights: roots)
        let fits = LatentFits(design, rootWeights: roots, isCompared: false)
        let seen = (0..<n).filter { !y[$0].isNaN }
        let mean = (seen.reduce(0) { $0 + roots[$1] * roots[$1] } / Double(seen.count)).squareRoot()
        let each = 1 + LatentGrid.trends.count
        for (k, (memory, size)) in [(0, (0.0, 0.0)), (1, (0.3, 0.05)), (19, (0.9, 2.0))] {
            let v = seen.map { s in
                seen.map { t in
                    size * pow(memory, Double(abs(s - t))) * roots[s] * roots[t] / (mean * mean) + (s == t ? 1 : 0)
                }
            }
            let expected = Self.generalised(
                [effect, Array(repeating: 1, count: n)].map { column in seen.map { roots[$0] * column[$0] } },
                seen.map { roots[$0] * y[$0] }, v)
            let fit = fits.fits[k * each]
            #expect(abs(fit.mean - expected.mean) < 1e-9 && abs(fit.scale - expected.scale) < 1e-9)
        }
    }

    /// Generalised least squares of the first column's coefficient, by Gauss.
    private static func generalised(_ x: [[Double]], _ y: [Double], _ v: [[Double]]) -> (mean: Double, scale: Double) {
        let all = x + [y]
        let solved = all.map { solve(v, $0) }
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let m = all.map { a in solved.map { dot(a, $0) } }
        let xx = [[m[0][0], m[0][1]], [m[1][0], m[1][1]]]
        let b = solve(xx, [m[0][2], m[1][2]])
        let rest = m[2][2] - b[0] * m[0][2] - b[1] * m[1][2]
        return (b[0], (rest / Double(y.count - 2) * solve(xx, [1, 0])[0]).squareRoot())
    }

    private static func solve(_ a: [[Double]], _ b: [Double]) -> [Double] {
        var m = zip(a, b).map { $0 + [$1] }
        for j in m.indices {
            for i in m.indices where i != j {
                let factor = m[i][j] / m[j][j]
                for c in j..<m[j].count { m[i][c] -= factor * m[j][c] }
            }
        }
        return m.indices.map { m[$0][m.count] / m[$0][$0] }
    }

    // MARK: What it is for

    @Test("Where nothing was done, a level with a memory of weeks is no effect")
    func slow() {
        var claims = 0
        for seed in 0..<160 {
            var random = SplitMix64(seed: 40_000 + UInt64(seed))
            let values = Self.counts(208, mean: 16, spread: 0.25, memory: 0.92, &random)
            let found = evaluate(
                Intervention(values: values, start: 180, season: .week, scale: .count, badSpell: .none))
            if found.verdict == .worked || found.verdict == .worse { claims += 1 }
        }
        // Nominal 8; an autoregression of what is seen claims 18.
        #expect(claims <= 13)
    }

    @Test("A year's season that all share falls out of the ratio, and the truth lies in the interval")
    func season() {
        var (held, sum, width) = (0, 0.0, 0.0)
        for seed in 0..<60 {
            var random = SplitMix64(seed: 60_000 + UInt64(seed))
            var (values, controls) = ([Double](), [[Double]](repeating: [], count: 3))
            for t in 0..<216 {
                // From the trough of the year to its height.
                let level = 1 - 0.15 * cos(2 * Double.pi * Double(t - 20) / 365)
                values.append(Self.poisson(6 * level * (t < 160 ? 1 : 0.7), &random))
                for k in controls.indices { controls[k].append(Self.poisson(3 * level, &random)) }
            }
            let effect = evaluate(
                Intervention(
                    values: values, start: 160, controls: controls, controlsAreCounts: true, season: .week,
                    scale: .count)
            ).effect
            guard let effect else { continue }
            if effect.posterior.chance(atMost: log(0.7)) > 0.025, effect.posterior.chance(atMost: log(0.7)) < 0.975 {
                held += 1
            }
            sum += effect.posterior.estimate - log(0.7)
            width += effect.posterior.deviation
        }
        #expect(held >= 54)
        #expect(abs(sum / 60) < 0.06 && width / 60 < 0.25)
    }

    @Test("What would have happened follows the controls")
    func line() throws {
        var random = SplitMix64(seed: 11)
        let values = (0..<150).map { _ in Self.poisson(20, &random) }
        // The controls double at the start, and so would the series.
        let control = (0..<150).map { Self.poisson($0 < 120 ? 30 : 60, &random) }
        let points = evaluate(
            Intervention(
                values: values, start: 120, controls: [control], controlsAreCounts: true, season: .week,
                scale: .count)
        ).counterfactual
        #expect(points.count == 30)
        let mean = points.reduce(0) { $0 + $1.expected.estimate } / 30
        #expect(mean > 34 && mean < 46)
        #expect(points.allSatisfy { $0.expected.low >= 0 && $0.expected.high > $0.expected.estimate })
    }
}
