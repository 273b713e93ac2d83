import Glibc
import Testing

@testable import Statistics

@Suite("Growing trends")
struct GrowingTrendTests {
    func ahead(_ z: [Double], observed: [Double]? = nil, steps: Int = 6, isPositive: Bool = true) -> [Double] {
        var trend = GrowingTrend(isPositive: isPositive, capacity: z.count)
        var out = [Double](repeating: .nan, count: steps)
        let observed = observed ?? Array(repeating: 1, count: z.count)
        trend.ahead(z.span, observed: observed.span, steps: steps, into: &out)
        return out
    }

    @Test("Values without end, tiny, huge, falling to nothing or with every row missing give finite answers")
    func strange() {
        for series: [Double] in [
            [1], [1, 2], [1, 2, 4], [1, 1, 1, 1, 1], [1e-300, 1e300, 1, 1e-300],
            (0..<20).map { Glibc.exp(-30 * Double($0)) },
            (0..<30).map { $0 == 15 ? 1e200 : 1 }, (0..<40).map { Double(1 + $0 % 2) * 1e307 },
        ] {
            for value in ahead(series) { #expect(value.isFinite && value > 0) }
            for value in ahead(series.map { -$0 }, isPositive: false) { #expect(value.isFinite) }
        }
        #expect(ahead([5, 9, 7, 8, 6], observed: [0, 0, 0, 0, 0]) == Array(repeating: 6, count: 6))
    }

    @Test("As an implementation of its own in numpy has it (Benchmarks/Fits/short_forecasts.py --example)")
    func reference() {
        let first: [Double] = [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135]
        let second: [Double] = [45, 53, 61.3, 59, 68, 77.5, 76.3, 86.7, 97.5, 98, 109.9, 111.6]
        for (series, expected) in [
            (first, [136.172039, 137.466857, 138.838781, 140.246485, 141.673149, 143.111934]),
            (second, [117.007819, 122.233074, 127.527731, 132.8974, 138.351117, 143.89863]),
        ] as [([Double], [Double])] {
            for (a, b) in zip(ahead(series), expected) { #expect(abs(a - b) < 1e-5, "\(a) \(b)") }
        }
    }

    @Test("Exponential growth goes on as such at most of its rate, a line as a line")
    func growth() {
        let series: [Double] = (0..<20).map { t in 100 * Glibc.pow(1.1, Double(t)) }
        let found = ahead(series)
        for (a, b) in zip([series[19]] + found, found) { #expect(b / a > 1.06 && b / a < 1.1) }
        let line: [Double] = (0..<20).map { t in 50 + 4 * Double(t) }
        let further = ahead(line)
        for (a, b) in zip([line[19]] + further, further) { #expect(b - a > 2.5 && b - a < 4.2) }
        // Without a place for the logarithm the growth is a line too, wherever zero lies.
        let below = ahead(line.map { $0 - 90 }, isPositive: false)
        for (a, b) in zip([line[19] - 90] + below, below) { #expect(b - a > 2.5 && b - a < 4.2) }
    }

    @Test("Noise about a level is forecast near it, and one leap does not make a trend")
    func noiseAndLeap() {
        var sum = 0.0
        for seed in 1...20 {
            for value in ahead(noise(24, seed: UInt64(seed)).map { 100 + 5 * $0 }) { sum += abs(value - 100) / 120 }
        }
        // The last value would be off by 4.
        #expect(sum < 2.5)
        let even: [Double] = (0..<20).map { t in 100 + Double(t % 3) }
        let leapt: [Double] = even.enumerated().map { t, x in t < 10 ? x : x + 40 }
        #expect(abs(ahead(leapt)[5] - 141) < 6)
    }

    @Test("A thousand times larger, a thousand times the answer; a shift moves it where growth is a line")
    func scale() {
        let series: [Double] = noise(18, seed: 4).enumerated().map { t, e in 60 + 2 * Double(t) + 3 * e }
        for (a, b) in zip(ahead(series), ahead(series.map { $0 * 1000 })) { #expect(abs(b / a / 1000 - 1) < 1e-9) }
        let moved = zip(ahead(series, isPositive: false), ahead(series.map { $0 - 500 }, isPositive: false))
        for (a, b) in moved { #expect(abs(a - 500 - b) < 1e-8) }
    }

    @Test("What was filled is no target: a wild guess there hardly moves the answer, the same as a value does")
    func filled() {
        let series: [Double] = (0..<20).map { t in
            let wobble = Double(t * 7 % 5)
            return 100 + 3 * Double(t) + wobble
        }
        var (wild, known) = (series, [Double](repeating: 1, count: 20))
        wild[6] = 118.5 + 12
        known[6] = 0
        known[7] = 0
        let (filled, believed) = (ahead(wild, observed: known), ahead(wild))
        for (k, a) in ahead(series).enumerated() { #expect(abs(filled[k] - a) <= abs(believed[k] - a) + 1) }
    }
}

@Suite("Seasonal profiles to the ends")
struct ProfileEndsTests {
    @Test("With few cycles the half seasons at the ends tell the profile better")
    func ends() {
        var (without, with) = (0.0, 0.0)
        for seed in 1...100 {
            var level = 0.0
            let truth: [Double] = [3, -1, -4, 2]
            let series: [Double] = noise(18, seed: UInt64(seed)).enumerated().map { t, e in
                level += 0.5 * e
                return level + truth[t % 4]
            }
            for reaches in [false, true] {
                var profile = SeasonalProfile(period: 4, reachesEnds: reaches)
                profile.estimate(series.span)
                let error = zip(profile.values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                if reaches { with += error } else { without += error }
            }
        }
        #expect(with < 0.95 * without, "\(with) \(without)")
    }

    @Test("A season alone is found as it is, by both ways; with many cycles both are the same")
    func exact() {
        let truth: [Double] = [3, -1, -4, 2]
        for reaches in [false, true] {
            var profile = SeasonalProfile(period: 4, reachesEnds: reaches)
            let series: [Double] = (0..<15).map { t in 7 + truth[t % 4] }
            profile.estimate(series.span)
            for (a, b) in zip(profile.values, truth) { #expect(abs(a - b) < 1e-9) }
        }
        let long: [Double] = noise(96, seed: 3).enumerated().map { t, e in truth[t % 4] + e }
        var (one, other) = (SeasonalProfile(period: 4), SeasonalProfile(period: 4, reachesEnds: true))
        one.estimate(long.span)
        other.estimate(long.span)
        #expect(one.values == other.values)
    }
}
