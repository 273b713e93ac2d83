/// Says of each row of a stream how strange it is, knowing only the rows up to it.
///
/// The idea: a few simple quantities are computed from a row and from what the stream has been like (how far from its
/// level, from what is usual at this hour, from the row before, …). How large each of them is, is judged by nothing but its
/// own past: the share of earlier rows where it was as large. So a stream sets its own standard, there is nothing to
/// configure, and what was strange yesterday is normal tomorrow if it stays. The evidence of the lanes is added up, lasting
/// strangeness counts more than a moment's (after Ahmad, Lavin, Purdy & Agha 2017, doi 10.1016/j.neucom.2017.04.070: the
/// anomaly likelihood), and what has just been reported is not reported again.
///
/// Memory is some 12 KB whatever the length of the stream; a row costs some 200 ns. The same rows give the same
/// bits on every machine. A copy goes its own way from there.
public struct AnomalyDetector: Sendable {
    // What is known of the stream.
    private var level = RunningMoments(memory: 4000)
    private var recent = RunningMoments(memory: 10)
    private var steps = RunningMoments(memory: 4000)
    private var scatter = RunningMoments(memory: 20)
    private var changes = RunningMoments(memory: 4000)
    private var interval = RunningMoments(memory: 100)
    private var hours = HourProfile()
    private var tails = TailHistograms()
    private var seasonalRows = 0.0
    private var lowest = Double.infinity
    private var usualLow = Double.infinity
    private var usualHigh = -Double.infinity
    private var rows = 0.0
    private var last = 0.0
    private var lastTime = 0.0
    private var equalRows = 0.0
    private var farRows = 0
    // What was made of it.
    private var mood = 0.0
    private var moods = RunningMoments(memory: 3000)
    private var hold = Hold()

    /// Surprises up to this are never held back, and never hold back others.
    public static let quiet = 4.0

    /// A stream about which nothing is known yet.
    public init() {}

    /// Scores a row, then learns it.
    /// - Parameters:
    ///   - value: Not a number where it is missing: such a row is scored by how long nothing came, and teaches nothing.
    ///   - time: Seconds since 1970 in UTC. Earlier than the row before is allowed (clocks are set back).
    ///   - offset: Seconds from UTC to the clock on the wall, for the hours of the day.
    public mutating func score(_ value: Double, at time: Double, offset: Double = 0) -> Anomaly {
        let time = Double.maximum(-Self.timeMax, Double.minimum(Self.timeMax, time))
        guard !value.isNaN else { return scoreMissing(at: time) }
        // Squares of sums of such values are still finite.
        let x = min(max(value, -Self.valueMax), Self.valueMax)
        let hour = Self.hourOfWeek(time + (abs(offset) <= 86_400 ? offset : 0))

        let row = features(of: x, at: time, hour: hour)
        var strength = 0.0
        var reason: Anomaly.Reason?
        if rows > Self.warmUp, tails.isStrange(row.bins) {
            let evidence = evidence(of: row)
            strength = Self.combined(evidence)
            if strength > 0 { reason = Self.reason(evidence) }
        }
        let surprise = strength + lasting(strength)
        learn(x, row, at: time, hour: hour)
        return hold.anomaly(surprise, because: reason)
    }

    /// Scores rows one after another, as `score(_:at:offset:)` does.
    /// - Parameters:
    ///   - values: Not a number where missing.
    ///   - times: Seconds since 1970, one a value.
    ///   - scores: Takes the scores, one a value.
    public mutating func scores(_ values: Span<Double>, at times: Span<Double>, into scores: inout MutableSpan<Double>)
    {
        precondition(
            values.count == times.count && values.count == scores.count, "Every value has a time and place for a score")
        for i in values.indices { scores[i] = score(values[i], at: times[i]).score }
    }
}

// MARK: - Constants

extension AnomalyDetector {
    /// Beyond this a value counts as this.
    private static let valueMax = 1e150
    /// Some three million years: beyond this a time counts as this.
    private static let timeMax = 1e14
    /// Rows that are learned before anything is said.
    private static let warmUp = 100.0
    /// Rows with a usual hour that are learned before the hour is judged.
    private static let seasonalWarmUp = 50.0
    /// Deviations beyond which a row teaches the long-run level no more than that …
    private static let reach = 6.0
    /// … unless this many rows in a row were beyond: then that is how the stream is now.
    private static let farRowsMax = 30
    /// A lane's evidence begins at a share of one row in ten.
    private static let ordinary: Float = 1
    /// Each octave beyond the largest seen divides the share by eight, for at most four octaves.
    private static let decadesPerOctave: Float = 3 * 0.301_03
    private static let octavesMax: Float = 4
    /// From octaves to decades.
    private static let decades: Float = 0.301_03
    /// How much each lane counts, in the order of `Lane`.
    private static var weights: SIMD8<Float> { SIMD8(0.8, 1.1, 1, 1.2, 1, 0.8, 0.8, 0.8) }
    /// Equal rows, and changes that should have come meanwhile, before standing still is judged.
    private static let equalRowsMin = 5.0
    private static let missedChangesMin = 4.0
    /// Usual intervals without a value before silence is judged.
    private static let silenceMin = 3.0
}

// MARK: - A row's features

extension AnomalyDetector {
    private enum Lane {
        static let level = 0
        static let shift = 1
        static let noise = 2
        static let hour = 3
        static let logHour = 4
        static let jump = 5
        static let flat = 6
        static let silence = 7
    }

    private struct Row {
        /// Base-2 logarithms of the features, and their bins.
        var logarithms = SIMD8<Float>.zero
        var bins = SIMD8<Int32>.zero
        /// 1 for lanes that are judged, and for lanes that learn; 0 for others.
        var judged = SIMD8<Float>.zero
        var taught = SIMD8<Float>.zero
        var floor = 0.0
        var deviation = 0.0
        /// See `height(of:deviation:)`.
        var height: Float = 0

        /// - Parameter features: Not negative.
        @inline(__always)
        mutating func take(_ features: SIMD8<Float>) {
            logarithms = logarithm2(features + 1e-9)
            bins = TailHistograms.bins(of: logarithms)
        }
    }

    @inline(__always)
    private func features(of x: Double, at time: Double, hour: Int) -> Row {
        var row = Row()
        let spread = level.deviation
        // Below this a deviation is rounding, not scatter. The smallest number keeps divisions defined.
        let rounding: Double = rows > 0 ? 1e-6 * (usualHigh - usualLow) + 1e-12 * abs(level.mean) : 0
        row.floor = 0.03 * spread + rounding + 1e-300
        row.deviation = spread + row.floor
        row.height = height(of: x, deviation: row.deviation)
        guard rows > 0 else { return row }

        let usual = hours.usual(at: hour)
        let equal = x == last ? equalRows + 1 : 0
        let missedChanges = equal * changes.mean
        let silence = interval.count > 0 ? (time - lastTime) / interval.mean : 0
        // In the order of `Lane`.
        row.take(
            SIMD8<Float>(
                feature(abs(x - level.mean) / row.deviation),
                feature(abs(recent.mean(with: x) - level.mean) / row.deviation),
                feature((scatter.deviation + row.floor) / row.deviation),
                feature(abs(x - usual.mean) / (usual.variance.squareRoot() + row.floor)),
                abs(row.height - usual.logMean) / (usual.logVariance.squareRoot() + 0.043),
                feature(abs(x - last) / (steps.deviation + row.floor)),
                feature(missedChanges),
                feature(max(0, silence))))
        row.taught = SIMD8(1, 1, 1, usual.isUsable ? 1 : 0, usual.isUsable ? 1 : 0, 1, 1, 1)
        let season: Float = usual.isUsable && seasonalRows > Self.seasonalWarmUp ? 1 : 0
        let isFlat = equal >= Self.equalRowsMin && missedChanges >= Self.missedChangesMin
        row.judged = SIMD8(1, 1, 1, season, season, 1, isFlat ? 1 : 0, silence >= Self.silenceMin ? 1 : 0)
        return row
    }

    /// A feature in Float32: far beyond the last bin nothing is told apart.
    @inline(__always)
    private func feature(_ x: Double) -> Float { Float(min(x, 1e30)) }

    /// How high a value stands over the lowest so far, in units of 0.3 deviations, on a scale that is a base-2 logarithm far
    /// from it and straight near it: log2(u + √(u² + 1)), with the sign of u.
    @inline(__always)
    private func height(of x: Double, deviation: Double) -> Float {
        guard rows > 0 else { return 0 }
        let u = (x - lowest) / (0.3 * deviation)
        let size = min(abs(u), 1e15)
        let height = logarithm2(Float(size + (size * size + 1).squareRoot()))
        return u < 0 ? -height : height
    }

    @inline(__always)
    private static func hourOfWeek(_ time: Double) -> Int {
        // Whole weeks are added so that it is positive.
        Int(time / 3600 + 168 * 200_000_000) % HourProfile.hoursOfWeek
    }
}

// MARK: - Evidence

extension AnomalyDetector {
    /// Each lane's evidence: how many decades its share is below one in ten, times its weight.
    @inline(__always)
    private func evidence(of row: Row) -> SIMD8<Float> {
        let decades = logarithm2(tails.shares(above: row.bins)) * -Self.decades
        // Beyond the largest seen the share is extrapolated.
        let beyond = limited(positive(row.logarithms - tails.records), Self.octavesMax)
        return positive(decades + beyond * Self.decadesPerOctave - Self.ordinary) * Self.weights * row.judged
    }

    /// The strongest evidence, and a share of the second and third.
    @inline(__always)
    private static func combined(_ evidence: SIMD8<Float>) -> Double {
        var top = Top()
        top.take(evidence[0])
        top.take(evidence[1])
        top.take(evidence[2])
        top.take(evidence[3])
        top.take(evidence[4])
        top.take(evidence[5])
        top.take(evidence[6])
        top.take(evidence[7])
        return Double(top.first + 0.4 * top.second + 0.06 * top.third)
    }

    /// The three largest.
    private struct Top {
        var first: Float = 0
        var second: Float = 0
        var third: Float = 0

        @inline(__always)
        mutating func take(_ x: Float) {
            let afterFirst = min(first, x)
            first = max(first, x)
            let afterSecond = min(second, afterFirst)
            second = max(second, afterFirst)
            third = max(third, afterSecond)
        }
    }

    /// What lasting strangeness adds: how far the mean evidence of the last rows is above what it usually is.
    @inline(__always)
    private mutating func lasting(_ strength: Double) -> Double {
        mood += (strength - mood) / 9
        let z = (mood - moods.mean) / (moods.deviation + 0.05)
        moods.learn(mood)
        return 0.7 * max(0, z)
    }

    /// The lane with the most evidence.
    @inline(__always)
    private static func reason(_ evidence: SIMD8<Float>) -> Anomaly.Reason? {
        var most: Float = 0
        for lane in 0..<8 { most = max(most, evidence[lane]) }
        guard most > 0 else { return nil }
        if evidence[Lane.level] == most { return .level }
        if evidence[Lane.shift] == most { return .shift }
        if evidence[Lane.noise] == most { return .noise }
        if evidence[Lane.hour] == most || evidence[Lane.logHour] == most { return .hour }
        if evidence[Lane.jump] == most { return .jump }
        return evidence[Lane.flat] == most ? .flat : .silence
    }

    /// A row without a value: only the silence is judged, and nothing is learned.
    private mutating func scoreMissing(at time: Double) -> Anomaly {
        guard rows > Self.warmUp, interval.count > 0 else { return hold.anomaly(0, because: nil) }
        var row = Row()
        let silence = (time - lastTime) / interval.mean
        row.take(SIMD8(repeating: feature(max(0, silence))))
        row.judged[Lane.silence] = silence >= Self.silenceMin ? 1 : 0
        let evidence = evidence(of: row)
        return hold.anomaly(Self.combined(evidence), because: Self.reason(evidence))
    }
}

// MARK: - Learning

extension AnomalyDetector {
    @inline(__always)
    private mutating func learn(_ x: Double, _ row: Row, at time: Double, hour: Int) {
        if rows > 0 {
            tails.learn(row.logarithms, in: row.bins, where: row.taught)
            seasonalRows += Double(row.taught[Lane.hour])
            hours.compare(x, at: hour)
            steps.learn(x - last)
            changes.learn(x == last ? 0 : 1)
            equalRows = x == last ? equalRows + 1 : 0
            let passed = time - lastTime
            if passed > 0 { interval.learn(interval.count > 0 ? min(passed, 3 * interval.mean) : passed) }
        }
        let held = held(x, deviation: row.deviation)
        let height = held == x ? row.height : height(of: held, deviation: row.deviation)
        hours.learn(held, logarithm: height, at: hour, floor: row.floor)
        lowest = min(lowest, rows > 50 ? max(x, level.mean - 12 * row.deviation) : x)
        level.learn(held)
        recent.learn(x)
        scatter.learn(x)
        usualLow = min(usualLow, held)
        usualHigh = max(usualHigh, held)
        rows += 1
        last = x
        lastTime = time
    }

    /// The value held within reach of the level, so that one glitch does not widen what counts as normal.
    @inline(__always)
    private mutating func held(_ x: Double, deviation: Double) -> Double {
        guard rows > 50 else { return x }
        let reach = Self.reach * deviation
        let held = min(max(x, level.mean - reach), level.mean + reach)
        guard held != x else {
            farRows = 0
            return x
        }
        farRows += 1
        return farRows > Self.farRowsMax ? x : held
    }
}

// MARK: - Reporting once

/// What was reported lately: it is not reported again unless something clearly stranger comes.
private struct Hold: Sendable {
    private static let rowsMax = 280.0
    private static let stranger = 1.25

    private var reported = 0.0
    private var age = 0.0

    @inline(__always)
    mutating func anomaly(_ surprise: Double, because reason: Anomaly.Reason?) -> Anomaly {
        age += 1
        let held = reported * max(0, 1 - age / Self.rowsMax)
        var surprise = surprise
        if surprise > AnomalyDetector.quiet {
            if surprise > Self.stranger * held {
                reported = surprise
                age = 0
            } else {
                surprise = AnomalyDetector.quiet
            }
        }
        return Anomaly(score: AnomalyScale.score(of: surprise), surprise: surprise, reason: reason)
    }
}
