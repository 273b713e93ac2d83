import Glibc
import Testing

@testable import Statistics

@Suite("Decomposition")
struct DecompositionTests {
    static func normal(_ g: inout SplitMix64) -> Double { Normal.quantile(max(1e-12, g.uniform())) }

    /// A week on a bent line with noise of 1.
    static func weeks(_ n: Int, seed: UInt64, noise: Double = 1) -> (
        values: [Double], trend: [Double], season: [Double]
    ) {
        var g = SplitMix64(seed: seed)
        let shape = [4.0, 3, 2, 1, 0, -4, -6]
        let trend = (0..<n).map { 50 + 6 * sin(Double($0) / Double(n) * 4) }
        let season = (0..<n).map { shape[$0 % 7] }
        return ((0..<n).map { trend[$0] + season[$0] + noise * normal(&g) }, trend, season)
    }

    static func error(_ a: [Double], _ b: [Double]) -> Double {
        (zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(a.count)).squareRoot()
    }

    @Test("Too little is refused with how much is needed, and lists must match")
    func refused() {
        #expect(throws: DecompositionError.tooShort(known: 0, needed: 3)) { try decomposed([]) }
        #expect(throws: DecompositionError.tooShort(known: 2, needed: 3)) { try decomposed([1, .nan, .infinity, 2]) }
        #expect(throws: DecompositionError.lengths(values: 3, other: 1)) { try decomposed([1, 2, 3], holidays: [1]) }
        #expect(throws: DecompositionError.lengths(values: 3, other: 2)) {
            try decomposed([1, 0, 1], kind: .shares(of: [1, 2]))
        }
    }

    static let strangeSeries: [[Double]] = {
        var all: [[Double]] = [[5, 5, 5], [Double](repeating: 7, count: 40)]
        all.append([Double](repeating: 1e300, count: 20) + [Double](repeating: -1e300, count: 20))
        all.append((0..<40).map { 1e-300 * Double($0 % 7) })
        all.append([.nan, 1, .nan, .nan, 2, .infinity, 3] + [Double](repeating: .nan, count: 30))
        all.append((0..<30).map { Double($0) })
        all.append([Double](repeating: 0, count: 30) + [1e300])
        return all
    }()

    @Test("Strange series give finite parts that add up", arguments: strangeSeries)
    func strange(values: [Double]) throws {
        for seasons in [[], [7], [3, 7], [1000]] {
            for kind in [SeriesKind.measurements, .counts] {
                let parts = try decomposed(values, seasons: seasons, kind: kind)
                #expect(parts.seasons.count == seasons.count)
                for (t, expected) in parts.expected.enumerated() {
                    #expect(expected.isFinite && parts.weights[t] >= 0 && parts.weights[t] <= 1)
                    guard values[t].isFinite else {
                        #expect(parts.remainder[t].isNaN && parts.weights[t] == 0)
                        continue
                    }
                    let ulp = max(values[t].magnitude, expected.magnitude, parts.remainder[t].magnitude).ulp
                    #expect((expected + parts.remainder[t] - values[t]).magnitude <= 2 * ulp)
                }
            }
        }
    }

    @Test("A straight line has no season and no remainder; the line does not leak")
    func line() throws {
        let values = (0..<140).map { 3 + 0.5 * Double($0) }
        let parts = try decomposed(values, seasons: [7])
        #expect(Self.error(parts.trend, values) < 1e-9)
        #expect(parts.seasons[0].values.allSatisfy { $0.magnitude < 1e-9 })
    }

    @Test("Trend and season of a simulated truth are found, and about zero in every week")
    func truth() throws {
        let (values, trend, season) = Self.weeks(420, seed: 1)
        let parts = try decomposed(values, seasons: [7])
        #expect(Self.error(parts.trend, trend) < 0.3)
        #expect(Self.error(parts.seasons[0].values, season) < 0.3)
        for start in stride(from: 0, to: 413, by: 7) {
            #expect(parts.seasons[0].values[start..<(start + 7)].reduce(0, +).magnitude < 0.35)
        }
    }

    @Test("One value in ten far off, half a month missing: the parts stay")
    func outliers() throws {
        var (values, trend, season) = Self.weeks(420, seed: 2)
        var g = SplitMix64(seed: 9)
        for t in values.indices where g.below(10) == 0 { values[t] += 60 }
        for t in 200..<215 { values[t] = .nan }
        let parts = try decomposed(values, seasons: [7])
        #expect(Self.error(parts.trend, trend) < 0.4)
        #expect(Self.error(parts.seasons[0].values, season) < 0.4)
        for t in values.indices where values[t] > 100 { #expect(parts.weights[t] == 0) }
    }

    @Test("A season that is not there is left out; one that is asked for twice is one")
    func absent() throws {
        var absent = 0
        for seed in 1...20 {
            var g = SplitMix64(seed: UInt64(seed))
            let parts = try decomposed((0..<210).map { _ in Self.normal(&g) }, seasons: [7, 7])
            #expect(parts.seasons.count == 1)
            if parts.seasons[0].values.allSatisfy({ $0 == 0 }) { absent += 1 }
        }
        #expect(absent >= 15, "\(absent) of 20")
    }

    @Test("A holiday has its own effect and spoils neither trend nor season")
    func holiday() throws {
        var (values, trend, season) = Self.weeks(420, seed: 3)
        var kinds = [Int](repeating: 0, count: 420)
        for t in stride(from: 30, to: 420, by: 35) {
            (kinds[t], kinds[t + 3]) = (1, 2)
            values[t] -= 20
            values[t + 3] += 10
        }
        let parts = try decomposed(values, seasons: [7], holidays: kinds)
        #expect((parts.holiday[30] + 20).magnitude < 1 && (parts.holiday[33] - 10).magnitude < 1)
        #expect(parts.holiday[31] == 0)
        #expect(Self.error(parts.trend, trend) < 0.3 && Self.error(parts.seasons[0].values, season) < 0.3)
    }

    @Test("Two seasons at once are told apart")
    func twoSeasons() throws {
        var g = SplitMix64(seed: 5)
        let day = (0..<24).map { 5 * sin(Double($0) / 24 * 2 * Double.pi) }
        let weekday = [2.0, 1, 1, 0, 0, -2, -2]
        let values = (0..<(168 * 6)).map { 20 + day[$0 % 24] + weekday[$0 / 24 % 7] + Self.normal(&g) }
        let parts = try decomposed(values, seasons: [168, 24])
        #expect(parts.seasons.map(\.length) == [24, 168])
        #expect(Self.error(parts.seasons[0].values, (0..<values.count).map { day[$0 % 24] }) < 0.5)
        #expect(Self.error(parts.seasons[1].values, (0..<values.count).map { weekday[$0 / 24 % 7] }) < 0.7)
    }

    @Test("Small counts and shares keep their mean")
    func counts() throws {
        var g = SplitMix64(seed: 6)
        let mean = (0..<700).map { [1.0, 1, 1, 1, 1, 0.3, 0.3][$0 % 7] }
        let counts = mean.map { m -> Double in
            var (k, p) = (0.0, g.uniform())
            while p > exp(-m) { (k, p) = (k + 1, p * g.uniform()) }
            return k
        }
        let parts = try decomposed(counts, seasons: [7], kind: .counts)
        #expect(Self.error(parts.expected, mean) < 0.2)
        let tries = (0..<700).map { Double(20 + $0 % 5 * 40) }
        let shares = tries.map { n in Double((0..<Int(n)).count { _ in g.uniform() < 0.3 }) / n }
        let found = try decomposed(shares, seasons: [7], kind: .shares(of: tries))
        #expect(Self.error(found.expected, Array(repeating: 0.3, count: 700)) < 0.02)
    }

    @Test("Shifted, scaled or reversed, the parts follow")
    func properties() throws {
        let values = Self.weeks(210, seed: 7).values
        let parts = try decomposed(values, seasons: [7])
        let moved = try decomposed(values.map { 1000 + 8 * $0 }, seasons: [7])
        #expect(Self.error(moved.trend, parts.trend.map { 1000 + 8 * $0 }) < 1e-9)
        #expect(Self.error(moved.seasons[0].values, parts.seasons[0].values.map { 8 * $0 }) < 1e-9)
        let back = try decomposed(values.reversed(), seasons: [7])
        #expect(Self.error(back.expected.reversed(), parts.expected) < 0.2)
        #expect(try decomposed(values, seasons: [7]) == parts)
    }

    @Test("The selected element is that of the sorted list", arguments: [1, 2, 3, 10, 57])
    func selection(n: Int) {
        var g = SplitMix64(seed: UInt64(n))
        let values = (0..<n).map { _ in Double(g.below(10)) }
        for rank in 0..<n {
            var copy = values
            #expect(selected(rank, of: &copy, count: n) == values.sorted()[rank])
        }
        var copy = values
        #expect(selectedMedian(of: &copy, count: n) == median(values))
    }
}
