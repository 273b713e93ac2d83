import Glibc
import Testing

@testable import Statistics

@Suite("Forecast intervals")
struct CoverageTests {
    /// The share of what came that lay within the intervals.
    func coverage(
        _ count: Int, _ length: Int, horizon: Int, level: Double = 0.95, season: [Int] = [],
        _ make: (inout SplitMix64, Int) -> [Double]
    ) throws -> Double {
        var held = 0
        for seed in 1...count {
            var g = SplitMix64(seed: UInt64(seed))
            let series = make(&g, length + horizon)
            let found = try forecast(Array(series.prefix(length)), horizon: horizon, seasons: season, level: level)
            for (value, truth) in zip(found.values, series.suffix(horizon))
            where value.low <= truth && truth <= value.high {
                held += 1
            }
        }
        return Double(held) / Double(count * horizon)
    }

    static func normal(_ g: inout SplitMix64) -> Double { Normal.quantile(max(1e-12, g.uniform())) }

    static func walk(_ g: inout SplitMix64, _ count: Int) -> [Double] {
        var x = 0.0
        return (0..<count).map { _ in
            x += normal(&g)
            return x
        }
    }

    @Test("White noise, a random walk and a seasonal series: 93 to 98 of a hundred at 95 %")
    func holds() throws {
        let white = try coverage(150, 120, horizon: 12) { g, n in (0..<n).map { _ in 50 + Self.normal(&g) } }
        let walk = try coverage(150, 120, horizon: 12, Self.walk)
        let seasonal = try coverage(100, 120, horizon: 12, season: [12]) { g, n in
            (0..<n).map { t in Glibc.exp(3 + 0.2 * Double(t % 12 % 5) + 0.1 * Self.normal(&g)) }
        }
        for share in [white, walk, seasonal] { #expect(share > 0.92 && share < 0.985, "\(white) \(walk) \(seasonal)") }
    }

    @Test("Another level is what it says")
    func otherLevel() throws {
        let share = try coverage(150, 120, horizon: 12, level: 0.8) { g, n in (0..<n).map { _ in 50 + Self.normal(&g) }
        }
        #expect(share > 0.75 && share < 0.88, "\(share)")
    }

    @Test("Short series of years are covered too")
    func short() throws {
        let share = try coverage(300, 24, horizon: 6, Self.walk)
        #expect(share > 0.9 && share < 0.98, "\(share)")
    }

    @Test("Series of a dozen years have finite, not absurd widths: a few errors are helped by what is usual")
    func veryShort() throws {
        var (held, width) = (0, 0.0)
        for seed in 1...200 {
            var g = SplitMix64(seed: UInt64(seed))
            let series = Self.walk(&g, 18)
            let found = try forecast(Array(series.prefix(12)), horizon: 6)
            for (value, truth) in zip(found.values, series.suffix(6)) where value.low <= truth && truth <= value.high {
                held += 1
            }
            width += (found.values[5].high - found.values[5].low) / 200
        }
        let share = Double(held) / 1200
        #expect(share > 0.92 && share < 0.995, "\(share)")
        // Six steps of a walk with a known spread would take 9.6.
        #expect(width > 9 && width < 20, "\(width)")
    }

    @Test("Counts, rare or not, are covered at least as often as said")
    func counts() throws {
        func poisson(_ g: inout SplitMix64, _ mean: Double) -> Double {
            var product = g.uniform()
            var k = 0.0
            while product > Glibc.exp(-mean) {
                product *= g.uniform()
                k += 1
            }
            return k
        }
        for mean in [0.3, 4] {
            let share = try coverage(60, 150, horizon: 10) { g, n in (0..<n).map { _ in poisson(&g, mean) } }
            #expect(share > 0.94, "\(mean): \(share)")
        }
    }

    @Test("The errors reported for the past are those of the present")
    func pastErrors() throws {
        var reported = 0.0
        var happened = 0.0
        for seed in 1...60 {
            var g = SplitMix64(seed: UInt64(seed))
            let series = Self.walk(&g, 206)
            let found = try forecast(Array(series.prefix(200)), horizon: 6)
            #expect(found.pastErrors.map(\.step) == Array(1...6) && found.pastErrors[0].forecasts == 12)
            reported += found.pastErrors[2].meanAbsolute
            happened += abs(found.values[2].estimate - series[202])
        }
        #expect(abs(reported / happened - 1) < 0.35, "\(reported) \(happened)")
    }
}
