import Glibc

/// How often rules alarm on a process like the one at hand when nothing changes.
public struct FalseAlarmRate: Sendable, Equatable {
    /// Points until a false alarm, on average, with the interval of the simulation's error alone. Infinite with a finite low
    /// end when no alarm was seen.
    public var averageRunLength: Estimate
    /// Simulated runs that ended in an alarm.
    public var alarms: Int
}

/// Streams like a series of scores, made of blocks of it: what the false alarms of rules and watches are measured on.
///
/// Blocks with random lengths (Politis & Romano 1994, JASA 89:1303–1313) keep the memory of the series. A little noise with
/// the lag-one autocorrelation of the series smooths its distribution (Silverman & Young 1987, Biometrika 74:469–479), shrunk
/// so that the variance stays: a hundred points have no one-in-370 value among them, and without smoothing their rate would
/// read 0.
public struct ResampledStream: Sendable {
    private let pool: [Double]
    private let meanBlock: Double
    private let autocorrelation: Double
    private let bandwidth: Double
    private let shrink: Double
    private var generator: SplitMix64
    private var place = 0
    private var left = 0
    private var noise = 0.0

    /// - Parameter scores: At least 8 known values; the rest are left out.
    /// - Returns: Nil with fewer, or when all are the same.
    public init?(_ scores: [Double], seed: UInt64) {
        let pool = scores.filter(\.isFinite)
        guard pool.count >= 8, let centre = mean(pool) else { return nil }
        let n = Double(pool.count)
        let variance = pool.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / n
        guard variance > 0 else { return nil }
        var product = 0.0
        for t in 1..<pool.count { product += (pool[t] - centre) * (pool[t - 1] - centre) }
        self.pool = pool.map { $0 - centre }
        autocorrelation = max(-0.95, min(0.95, product / (variance * n)))
        // The cube root of n suits block lengths up to a constant; memory asks for more of it.
        let memory = (1 + autocorrelation.magnitude) / (1 - autocorrelation.magnitude)
        meanBlock = max(2, min(n / 3, (n * memory).squareRoot()))
        let spread = min(
            variance.squareRoot(), (medianDeviation(pool) ?? 0) > 0 ? medianDeviation(pool) ?? 0 : .infinity)
        bandwidth = 0.9 * spread * Glibc.pow(n, -0.2)
        shrink = (variance / (variance + bandwidth * bandwidth)).squareRoot()
        generator = SplitMix64(seed: seed)
    }

    /// The next score. The stream's mean is 0: a chart's centre is where its points are.
    public mutating func next() -> Double {
        if left == 0 {
            place = generator.below(pool.count)
            left = 1 + Int(-Glibc.log(max(1e-300, 1 - generator.uniform())) * (meanBlock - 1))
        }
        let value = pool[place]
        place = place + 1 == pool.count ? 0 : place + 1
        left -= 1
        let fresh = Normal.quantile(max(1e-15, generator.uniform()))
        noise = autocorrelation * noise + (1 - autocorrelation * autocorrelation).squareRoot() * fresh
        return shrink * (value + bandwidth * noise)
    }
}

/// The average run length that each rule has, and all together, on the scores at hand when nothing changes.
///
/// Simulates streams by `ResampledStream`; each runs until the first alarm or `longest`. The average is the time watched over
/// the alarms seen, so that unfinished runs count with their length. What it does not know: whether the points at hand were
/// themselves without change, and tails beyond what so few points show.
/// - Parameters:
///   - runs: Simulated streams; the relative simulation error is about 1 / √runs.
/// - Returns: The rates in the order of `rules`, and of all together; nil with fewer than 8 points or without variation.
public func falseAlarmRates(
    _ scores: [Double], rules: [RunRule], runs: Int = 1_000, longest: Int = 10_000, seed: UInt64 = 1
) -> (each: [FalseAlarmRate], together: FalseAlarmRate)? {
    guard var stream = ResampledStream(scores, seed: seed) else { return nil }
    return falseAlarmRates(rules: rules, runs: runs, longest: longest) { stream.next() }
}

/// The same on any stream without change, for example of normal numbers.
public func falseAlarmRates(
    rules: [RunRule], runs: Int, longest: Int, next: () -> Double
) -> (each: [FalseAlarmRate], together: FalseAlarmRate) {
    var watched = [Int](repeating: 0, count: rules.count + 1)
    var alarms = watched
    // All rules share a stream; each waits for its own first alarm. Few runs wait for the slowest rule: the stream's
    // total length is bounded too.
    var budget = runs * 4_000
    for _ in 0..<runs where budget > 0 {
        var watch = RunWatch()
        var waiting = [Bool](repeating: true, count: rules.count + 1)
        var open = rules.count + 1
        var t = 0
        while open > 0, t < longest {
            t += 1
            watch.add(next())
            for i in rules.indices where waiting[i] && watch.fires(rules[i]) {
                (waiting[i], open) = (false, open - 1)
                (watched[i], alarms[i]) = (watched[i] + t, alarms[i] + 1)
                if waiting[rules.count] {
                    (waiting[rules.count], open) = (false, open - 1)
                    watched[rules.count] += t
                    alarms[rules.count] += 1
                }
            }
        }
        for i in waiting.indices where waiting[i] { watched[i] += t }
        budget -= t
    }
    let rates = zip(watched, alarms).map { rate(watched: $0, alarms: $1) }
    return (Array(rates.dropLast()), rates[rules.count])
}

/// Time over alarms, with the exact Poisson interval of the alarms.
func rate(watched: Int, alarms: Int) -> FalseAlarmRate {
    let interval = poissonInterval(count: Double(alarms))
    let time = Double(watched)
    return FalseAlarmRate(
        averageRunLength: Estimate(
            alarms > 0 ? time / Double(alarms) : .infinity, low: time / interval.high,
            high: interval.low > 0 ? time / interval.low : .infinity),
        alarms: alarms)
}
