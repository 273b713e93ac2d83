import Glibc
import Statistics
import Testing

@Suite("Wear")
struct WearTests {
    private static func normal(_ generator: inout SplitMix64) -> Double {
        Normal.quantile(min(max(generator.uniform(), 1e-12), 1 - 1e-12))
    }

    /// A reading that drifts by a Wiener process and is read with noise.
    private static func drifting(
        _ n: Int, drift: Double, spread: Double, noise: Double, seed: UInt64
    ) -> (times: [Double], values: [Double], level: Double) {
        var generator = SplitMix64(seed: seed)
        var level = 0.0
        var values: [Double] = []
        for _ in 0..<n {
            level += drift + spread * normal(&generator)
            values.append(level + noise * normal(&generator))
        }
        return ((0..<n).map { Double($0) }, values, level)
    }

    /// Devices whose second column rises towards their end; the first is noise, the third what they were told to do.
    private static func fleet(_ count: Int, seed: UInt64, withConditions: Bool) -> [WearHistory] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let life = 80 + generator.below(80)
            var readings = [[Double]](repeating: [], count: 3)
            for t in 0..<life {
                let condition = withConditions ? Double(generator.below(3)) : 0
                let wear = exp(-Double(life - 1 - t) / 25)
                readings[0].append(normal(&generator))
                readings[1].append(50 * condition + 10 * wear + 0.5 * normal(&generator))
                readings[2].append(condition)
            }
            return WearHistory(times: (0..<life).map { Double($0) }, readings: readings)
        }
    }

    private static func cut(_ history: WearHistory, leaving left: Int) -> WearHistory {
        let n = history.times.count - left
        return WearHistory(
            times: Array(history.times.prefix(n)), readings: history.readings.map { Array($0.prefix(n)) })
    }

    @Test("Too few readings, one time, only missing values: nothing is said")
    func strange() {
        #expect(WearTrend(times: [], values: []) == nil)
        #expect(WearTrend(times: (0..<9).map { Double($0) }, values: (0..<9).map { Double($0) }) == nil)
        #expect(WearTrend(times: Array(repeating: 1, count: 20), values: (0..<20).map { Double($0) }) == nil)
        #expect(WearTrend(times: (0..<20).map { Double($0) }, values: Array(repeating: .nan, count: 20)) == nil)
        #expect(WearModel([]) == nil)
        #expect(WearModel(Self.fleet(4, seed: 1, withConditions: false)) == nil)
        let flat = WearTrend(times: (0..<20).map { Double($0) }, values: Array(repeating: 3, count: 20))
        #expect(flat != nil && flat?.remaining(until: 5, isUpper: true) == nil)
        #expect(flat?.remaining(until: 2, isUpper: true)?.estimate == 0)
    }

    @Test("A straight line meets its limit where geometry says, upwards and downwards")
    func line() throws {
        let times = (0..<30).map { Double($0) }
        let up = try #require(
            WearTrend(times: times, values: times.map { 2 * $0 })?.remaining(until: 78, isUpper: true))
        #expect(abs(up.estimate - 10) < 0.01 && abs(up.low - 10) < 0.01 && abs((up.high ?? 0) - 10) < 0.01)
        let down = WearTrend(times: times, values: times.map { 100 - $0 })
        #expect(abs((down?.remaining(until: 61, isUpper: false)?.estimate ?? 0) - 10) < 0.01)
        #expect(down?.remaining(until: 200, isUpper: true) == nil)
    }

    @Test("Where nothing drifts, a walk or plain noise, hardly ever is an end told")
    func noTrend() {
        var told = 0
        for seed in 0..<100 {
            let world = Self.drifting(
                60, drift: 0, spread: seed % 2 == 0 ? 1 : 0, noise: seed % 2 == 0 ? 0.5 : 1, seed: UInt64(seed))
            if WearTrend(times: world.times, values: world.values)?.remaining(until: 40, isUpper: true) != nil {
                told += 1
            }
        }
        #expect(told <= 6, "\(told)")
    }

    @Test("The range holds the time when the limit is met about as often as it says")
    func coverage() {
        var (held, told) = (0, 0)
        for seed in 1000..<1120 {
            var generator = SplitMix64(seed: UInt64(seed) &* 7919)
            let world = Self.drifting(80, drift: 1, spread: 1, noise: 1, seed: UInt64(seed))
            guard let range = WearTrend(times: world.times, values: world.values)?.remaining(until: 120, isUpper: true)
            else { continue }
            told += 1
            var (level, after) = (world.level, 0.0)
            while level < 120 {
                level += 1 + Self.normal(&generator)
                after += 1
            }
            if range.low <= after + 1, after - 1 <= range.high ?? .infinity { held += 1 }
        }
        #expect(told > 100 && Double(held) > 0.87 * Double(told), "\(held) of \(told)")
    }

    @Test("Devices that failed teach how long others last, also where conditions change all the time")
    func learned() throws {
        let model = try #require(WearModel(Self.fleet(15, seed: 5, withConditions: true)))
        var (error, held) = (0.0, 0)
        for (k, device) in Self.fleet(20, seed: 6, withConditions: true).enumerated() {
            let left = 3 + 2 * k
            let told = try #require(model.remaining(Self.cut(device, leaving: left)))
            error += (told.estimate - Double(left)) * (told.estimate - Double(left))
            if told.low <= Double(left), Double(left) <= told.high ?? .infinity { held += 1 }
        }
        // Saying the mean for all would be off by 11.5.
        #expect((error / 20).squareRoot() < 9, "\((error / 20).squareRoot())")
        #expect(held >= 15, "\(held)")
    }
}
