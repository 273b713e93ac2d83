import Glibc
import Testing

@testable import Statistics

@Suite("Crossing a limit")
struct CrossingTests {
    static func forecast(_ centres: [Double], _ spreads: [Double], persistence: Double, last: Double = 0) -> Forecast {
        Forecast(
            values: centres.map { Estimate($0, low: $0, high: $0) }, level: 0.95, weights: [], seasons: [], windows: 0,
            pastErrors: [], notes: [],
            outlook: Outlook(centres: centres, spreads: spreads, persistence: persistence, last: last))
    }

    @Test("One step is the tail of its distribution; independent steps multiply")
    func byHand() {
        let one = Self.forecast([0], [1], persistence: 0.5).crossing(of: 1.959964)
        #expect(abs(one.bySteps[0] - 0.025) < 1e-6 && one.direction == .rising && one.medianStep == nil)
        let two = Self.forecast([0, 0], [1, 2], persistence: 0).crossing(of: 1)
        let spared = Normal.below(1) * Normal.below(0.5)
        #expect(abs(two.bySteps[1] - (1 - spared)) < 1e-9)
        let sure = Self.forecast([1, 2, 3], [0, 0, 0], persistence: 0.9).crossing(of: 2)
        #expect(abs(sure.bySteps[0]) < 1e-9 && sure.bySteps[1] == 1 && sure.bySteps[2] == 1)
        #expect(sure.medianStep == 2)
    }

    @Test("From above it is the mirror, and the chance never falls")
    func mirror() {
        let up = Self.forecast([1, 2, 1], [1, 1.5, 2], persistence: 0.7).crossing(of: 3)
        let down = Self.forecast([-1, -2, -1], [1, 1.5, 2], persistence: 0.7).crossing(of: -3)
        #expect(down.direction == .falling)
        for (a, b) in zip(up.bySteps, down.bySteps) { #expect(abs(a - b) < 1e-9) }
        #expect(zip(up.bySteps, up.bySteps.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("What the quadrature says, simulated paths do", arguments: [0.0, 0.6, 0.95, 0.98])
    func simulated(r: Double) {
        let centres = (1...12).map { 0.1 * Double($0) }
        let spreads = (1...12).map { Double($0).squareRoot() }
        let found = Self.forecast(centres, spreads, persistence: r).crossing(of: 4).bySteps
        var g = SplitMix64(seed: 1)
        var crossed = [Int](repeating: 0, count: 12)
        let paths = 20_000
        for _ in 0..<paths {
            var u = CoverageTests.normal(&g)
            for k in 0..<12 {
                if k > 0 { u = r * u + (1 - r * r).squareRoot() * CoverageTests.normal(&g) }
                if centres[k] + spreads[k] * u >= 4 {
                    for later in k..<12 { crossed[later] += 1 }
                    break
                }
            }
        }
        for k in 0..<12 { #expect(abs(Double(crossed[k]) / Double(paths) - found[k]) < 0.012) }
    }

    @Test("A series that climbs reaches its limit about when it should, and most chances come true")
    func fromSeries() throws {
        let line: [Double] = noise(100, seed: 2, spread: 0.5).enumerated().map { t, e in 10 + 0.5 * Double(t + 1) + e }
        let step = try #require(try Statistics.forecast(line, horizon: 20).crossing(of: 65).medianStep)
        #expect(step > 5 && step < 16)
        // Of random walks, as many cross as the chances add up to.
        var expected = 0.0
        var happened = 0.0
        for seed in 1...150 {
            var g = SplitMix64(seed: UInt64(seed))
            let walk = CoverageTests.walk(&g, 130)
            let limit = walk[119] + 2
            expected += try Statistics.forecast(Array(walk.prefix(120)), horizon: 10).crossing(of: limit).bySteps[9]
            if walk.suffix(10).contains(where: { $0 >= limit }) { happened += 1 }
        }
        #expect(abs(expected - happened) < 25, "\(expected) \(happened)")
    }

    @Test("A count at its limit and a value no logarithm has")
    func odd() throws {
        let counts: [Double] = noise(200, seed: 3).map { $0 > 0.3 ? 1 : ($0 > -0.3 ? 2 : 0) }
        #expect(try Statistics.forecast(counts, horizon: 5).crossing(of: 0, direction: .rising).bySteps[0] == 1)
        let positive = noise(60, seed: 4).map { 100 + $0 }
        let never = try Statistics.forecast(positive, horizon: 5).crossing(of: -1)
        #expect(never.direction == .falling && never.bySteps[4] < 1e-9)
    }
}
