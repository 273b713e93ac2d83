import Foundation
import Testing

@testable import Statistics

@Suite("Evaluations: what counts and shares would have been")
struct CarriedCountsTests {
    static let week = [1.3, 1.2, 1.1, 1, 1, 0.7, 0.7]

    /// 220 days with a week; from day 190 on the mean is so many times as high.
    static func counts(mean: Double, factor: Double, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<220).map { t in
            let μ = mean * week[t % 7] * (t < 190 ? 1 : factor)
            var (k, product) = (-1.0, 1.0)
            repeat {
                k += 1
                product *= random.uniform()
            } while product > exp(-μ)
            return k
        }
    }

    static func shares(of p: Double, after: Double, seed: UInt64) -> (shares: [Double], trials: [Double]) {
        var random = SplitMix64(seed: seed)
        let trials = (0..<220).map { Double(30 + $0 % 10) }
        return (
            trials.enumerated().map { t, n in
                Double((0..<Int(n)).count { _ in random.uniform() < (t < 190 ? p : after) }) / n
            }, trials
        )
    }

    @Test("Observed less expected is the effect, of counts and of shares; a missing step is expected all the same")
    func consistent() throws {
        var counts = Self.counts(mean: 20, factor: 0.7, seed: 1)
        counts[200] = .nan
        let (shares, trials) = Self.shares(of: 0.9, after: 0.8, seed: 2)
        for (values, scale, season) in [
            (counts, OutcomeScale.count, Season.week), (shares, .share(trials: trials), .none),
        ] {
            let result = evaluate(Intervention(values: values, start: 190, season: season, scale: scale))
            let effect = try #require(result.effect)
            let points = result.counterfactual
            #expect(points.map(\.row) == Array(190..<220))
            #expect(
                points.allSatisfy { $0.expected.low < $0.expected.estimate && $0.expected.estimate < $0.expected.high })
            let seen = points.filter { $0.observed.isFinite }
            let gap = seen.reduce(0) { $0 + $1.observed - $1.expected.estimate } / Double(seen.count)
            #expect(abs(gap - effect.absolute.estimate) < 0.25 * (effect.absolute.high - effect.absolute.low))
            #expect(gap > effect.absolute.low && gap < effect.absolute.high)
        }
        let expected = evaluate(Intervention(values: counts, start: 190, season: .week, scale: .count))
            .counterfactual.map(\.expected.estimate)
        #expect(zip(expected, 190...).allSatisfy { abs($0 - 20 * Self.week[$1 % 7]) < 5 })
    }

    @Test("The band holds about 95 % of the single values where nothing was done, also of rare counts and high shares")
    func coverage() {
        var (inside, all) = ([0.0, 0.0, 0.0], 0.0)
        for seed in UInt64(10)..<30 {
            let (shares, trials) = Self.shares(of: 0.9, after: 0.9, seed: seed)
            for (i, intervention) in [
                Intervention(
                    values: Self.counts(mean: 4, factor: 1, seed: seed), start: 190, season: .week, scale: .count),
                Intervention(
                    values: Self.counts(mean: 40, factor: 1, seed: seed), start: 190, season: .week, scale: .count),
                Intervention(values: shares, start: 190, scale: .share(trials: trials)),
            ].enumerated() {
                for point in evaluate(intervention).counterfactual {
                    inside[i] += point.observed >= point.expected.low && point.observed <= point.expected.high ? 1 : 0
                }
            }
            all += 30
        }
        // 600 days each: a standard error of 0.9 points, and what is fitted is shared by 30 days.
        for count in inside { #expect((0.92...0.985).contains(count / all), "\(inside.map { $0 / all })") }
    }

    @Test("Nothing but zeros, all or nothing, one value: no line, or one within what there can be")
    func strange() {
        let zeros = [Double](repeating: 0, count: 100)
        let flips = (0..<100).map { Double($0 % 2) }
        for (values, scale) in [
            (zeros, OutcomeScale.count), (flips, .count), (zeros.map { _ in 1e300 }, .count),
            (flips.map { $0 * 1e300 }, .count),
            (zeros, .share(trials: zeros)), (zeros.map { $0 + 1 }, .share(trials: flips)),
            (flips, .share(trials: zeros.map { _ in 1e300 })), ([3], .count),
            (Array(flips.prefix(60)), .share(trials: [5])),
        ] {
            let result = evaluate(Intervention(values: values, start: min(50, values.count - 1), scale: scale))
            for point in result.counterfactual {
                #expect(
                    point.expected.low >= 0 && point.expected.low <= point.expected.high && point.expected.high.isFinite
                )
            }
        }
    }
}
