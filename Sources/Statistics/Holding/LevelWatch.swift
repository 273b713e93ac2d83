import Glibc

/// How a level is watched.
public enum WatchMethod: Sendable, Equatable {
    /// Two one-sided sums of what scores exceed `reference` by (Page 1954, Biometrika 41:100–115): quickest for a lasting
    /// shift of twice the reference.
    case cusum(reference: Double)
    /// A moving average with weight `lambda` on the newest score (Roberts 1959; Lucas & Saccucci 1990, Technometrics
    /// 32:1–12).
    case ewma(lambda: Double)
}

/// Which way a watched level left.
public enum Departure: String, Sendable {
    case up, down
}

/// A watch on a level that is meant to hold, with the false-alarm rate its limit was set for.
public struct LevelWatch: Sendable, Equatable {
    public let method: WatchMethod
    public let level: Double
    public let deviation: Double
    /// Of the CUSUM, in deviations; of the EWMA, in its own lasting deviations on scores without memory.
    public let limit: Double
    /// Points between false alarms, on average: as wanted, with the interval of the simulation; exact without memory.
    public let averageRunLength: Estimate
    private var high = 0.0
    private var low = 0.0

    /// A watch for normal scores without memory; the limit from the integral equation.
    public init(_ method: WatchMethod, level: Double, deviation: Double, wanted runLength: Double) {
        precondition(deviation > 0, "A watch needs a deviation above 0")
        (self.method, self.level, self.deviation) = (method, level, deviation)
        switch method {
        case .cusum(let k):
            limit = RunLength.limit(for: runLength) { RunLength.ofTwoSidedCusum(reference: k, limit: $0) }
        case .ewma(let lambda):
            limit = RunLength.limit(for: runLength) { RunLength.ofEwma(lambda: lambda, limit: $0) }
        }
        averageRunLength = Estimate(runLength, low: runLength, high: runLength)
    }

    private init(copying other: LevelWatch, limit: Double, averageRunLength: Estimate) {
        (method, level, deviation) = (other.method, other.level, other.deviation)
        (self.limit, self.averageRunLength) = (limit, averageRunLength)
    }

    /// The watch for points with a memory: the limit is set on streams from the residual model of a stretch in which nothing
    /// changed, so that the wanted run length holds for them.
    ///
    /// The model is an autoregression whose innovations are drawn, smoothed, from those at hand (the sieve of Bühlmann 1997,
    /// Bernoulli 3:123–148). O(400 × run length) a trial limit, some 25 trials.
    /// - Throws: `tooShort` below 40 known points of the stretch, `constant` when they are all alike.
    public static func calibrated(
        _ method: WatchMethod, on quiet: [Double], wanted runLength: Double, seed: UInt64 = 1
    ) throws(HoldingError) -> LevelWatch {
        precondition(runLength > 1, "A run is longer than one point")
        let model = try ResidualModel(quiet)
        let start = LevelWatch(method, level: model.mean, deviation: model.deviation, wanted: runLength)
        let longest = Int(min(200_000, 20 * runLength))
        // The same streams for every trial limit: the simulated run length then grows with the limit without noise.
        func simulated(_ limit: Double, seed: UInt64, runs: Int) -> FalseAlarmRate {
            var stream = model.stream(seed: seed)
            var watched = 0
            var alarms = 0
            for _ in 0..<runs {
                var watch = LevelWatch(copying: start, limit: limit, averageRunLength: start.averageRunLength)
                stream.restart()
                var t = 0
                while t < longest {
                    t += 1
                    if watch.add(stream.next()) != nil {
                        alarms += 1
                        break
                    }
                }
                watched += t
            }
            return rate(watched: watched, alarms: alarms)
        }
        var low = 0.0
        var high = start.limit
        while simulated(high, seed: seed, runs: 400).averageRunLength.estimate < runLength, high < 1e4 {
            (low, high) = (high, high * 1.5)
        }
        while high - low > 0.003 * high {
            let middle = (low + high) / 2
            let found = simulated(middle, seed: seed, runs: 400).averageRunLength.estimate
            if found < runLength { low = middle } else { high = middle }
        }
        let limit = (low + high) / 2
        // Stated from fresh streams: those the limit was fitted to would flatter it.
        let stated = simulated(limit, seed: seed ^ 0x5DEE_CE66, runs: 1_000)
        return LevelWatch(copying: start, limit: limit, averageRunLength: stated.averageRunLength)
    }

    /// Takes the next point.
    /// - Returns: Which way the level left, at the point that showed it; nil while it holds. After an alarm the watch starts
    ///   afresh. A missing point changes nothing.
    public mutating func add(_ value: Double) -> Departure? {
        guard value.isFinite else { return nil }
        let z = (value - level) / deviation
        var departure: Departure?
        switch method {
        case .cusum(let k):
            high = max(0, high + z - k)
            low = max(0, low - z - k)
            departure = high > limit ? .up : low > limit ? .down : nil
        case .ewma(let lambda):
            high = (1 - lambda) * high + lambda * z
            let edge = limit * (lambda / (2 - lambda)).squareRoot()
            departure = high > edge ? .up : high < -edge ? .down : nil
        }
        if departure != nil { (high, low) = (0, 0) }
        return departure
    }
}

/// Why nothing is said about holding.
public enum HoldingError: Error, Equatable, Sendable {
    case tooShort(known: Int, needed: Int)
    /// All values are alike: chance cannot be measured.
    case constant
    /// The gain itself cannot be told from none, so neither can a share of it.
    case noGainShown
    /// The data allow any half-life from so many steps upwards, erosion or none.
    case noErosionShown(halfLifeAtLeast: Double)
    /// The data allow half-lives so far apart that a number would mislead.
    case cannotTell(low: Double, high: Double)
}
