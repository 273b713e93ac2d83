import Glibc
import Records
import Statistics

/// A lasting move of a figure of the improvement work.
public struct MomentumShift: Sendable, Hashable, Codable {
    public var measure: MomentumMeasure
    /// The first day of the new state, with its 95 % range.
    public var at: Day
    public var atEarliest: Day
    public var atLatest: Day
    public var before: Estimate
    public var after: Estimate
    /// The smallest false discovery rate, over all figures of the programme, at which it would still be told.
    public var q: Double
    public var isWorse: Bool
}

/// Why nothing is said of a figure.
public enum MomentumSilence: Sendable, Hashable {
    /// Nobody writes it down.
    case notRecorded
    case tooShort(known: Int, need: Int)
}

/// How a figure of the programme is going.
public struct MomentumReading: Sendable {
    public var series: MomentumSeries
    /// The latest lasting move, if there is one.
    public var shift: MomentumShift?
    public var silence: MomentumSilence?
    /// The natural limits of the level that holds now; nil where there are too few values.
    public var limits: (low: Double, high: Double)?
}

/// How sure the watch is: the false discovery rate over all figures of a programme together.
public let momentumRate = 0.05

/// Fewer known values than this say nothing.
private let readingMin = 10

/// Watches all figures of the programme together with the kernels that watch every other series.
///
/// A figure has moved when the search for changes finds it (the evidence exp(−strength / 2) of its latest change), or when its
/// last quarter differs from the year before it (Student's t on values with a memory: n (1 − r) / (1 + r) of them count). The
/// less likely of the two counts, twice, and the false discovery rate is held over all figures whatever they share.
/// - Complexity: O(n log n) a series.
public func watch(_ figures: MomentumFigures) -> [MomentumReading] {
    var readings: [MomentumReading] = []
    var chances: [Double] = []
    var found: [Move?] = []
    for series in figures.series {
        var reading = MomentumReading(series: series)
        let known = series.values.count { $0.isFinite }
        if known < readingMin {
            reading.silence =
                known == 0 ? .notRecorded : .tooShort(known: known, need: readingMin)
            chances.append(.nan)
            found.append(nil)
        } else {
            let move = Move(series)
            chances.append(move.chance)
            found.append(move)
            reading.limits = naturalLimits(series, from: move.index ?? 0)
        }
        readings.append(reading)
    }
    let rates = discoveryRates(chances, dependence: .arbitrary)
    for i in readings.indices {
        guard let move = found[i], rates[i] <= momentumRate else { continue }
        readings[i].shift = move.shift(readings[i].series, q: rates[i])
    }
    return readings
}

private func naturalLimits(_ series: MomentumSeries, from start: Int) -> (low: Double, high: Double)? {
    let present = Array(series.values[start...])
    guard present.count(where: { $0.isFinite }) >= readingMin, let chart = try? individualsChart(present),
        let low = chart.lower.first, let high = chart.upper.first, low < high
    else { return nil }
    return (max(0, low), series.measure.isShare ? min(1, high) : high)
}

/// The strongest sign that a series moved, and where.
struct Move {
    /// Twice the smaller of two p-values.
    var chance: Double
    /// The first value of the new state; nil where nothing points to one.
    var index: Int?
    var low = 0
    var high = 0

    init(_ series: MomentumSeries) {
        let values = series.values
        let report = changes(in: values, block: series.measure.weeks == 1 ? 4 : nil)
        let trusted = !report.remarks.contains(.wanders) && !report.remarks.contains(.uncalibrated)
        var byChange = 1.0
        if trusted, let last = report.changes.last {
            byChange = min(1, Glibc.exp(-last.strength / 2))
            (index, low, high) = (last.index, last.low, last.high)
        }
        let quarter = LastQuarter(values, length: series.measure.weeks == 1 ? 13 : 4)
        if let quarter, quarter.chance < byChange {
            (index, low, high) = (quarter.start, quarter.start, quarter.start)
        }
        chance = min(1, 2 * min(byChange, quarter?.chance ?? 1))
    }

    func shift(_ series: MomentumSeries, q: Double) -> MomentumShift? {
        guard let index, index > 0, index < series.values.count else { return nil }
        let before = Level(series.values[max(0, index - 52)..<index])
        let after = Level(series.values[index...])
        guard let before, let after, before.mean != after.mean, let lowerIsWorse = series.measure.lowerIsWorse else {
            return nil
        }
        func day(_ i: Int) -> Day { series.steps[min(max(i, 0), series.steps.count - 1)].first }
        return MomentumShift(
            measure: series.measure, at: day(index), atEarliest: day(low), atLatest: day(high),
            before: before.estimate(isShare: series.measure.isShare),
            after: after.estimate(isShare: series.measure.isShare), q: q,
            isWorse: (after.mean < before.mean) == lowerIsWorse)
    }
}

/// The mean of some values that remember one another.
struct Level {
    let mean: Double
    let variance: Double
    let count: Int
    /// From one value to the next; never below 0, so that nothing looks surer than independence.
    let memory: Double

    init?(_ values: ArraySlice<Double>) {
        let known = values.filter(\.isFinite)
        guard known.count >= 2, let mean = Statistics.mean(known) else { return nil }
        let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        var product = 0.0
        for t in 1..<known.count { product += (known[t] - mean) * (known[t - 1] - mean) }
        self.mean = mean
        count = known.count
        variance = squares / Double(known.count - 1)
        memory = squares > 0 ? min(0.9, max(0, product / squares)) : 0
    }

    /// How many independent values they are worth.
    var worth: Double { max(2, Double(count) * (1 - memory) / (1 + memory)) }

    func estimate(isShare: Bool) -> Estimate {
        let t = StudentT(degrees: worth - 1).quantile(tail: 0.025)
        let error = t * (variance / worth).squareRoot()
        return Estimate(mean, low: max(0, mean - error), high: isShare ? min(1, mean + error) : mean + error)
    }
}

/// Whether the last values differ from the year before them.
struct LastQuarter {
    let start: Int
    /// Two-sided.
    let chance: Double

    /// - Returns: Nil with too few values on either side, or where nothing ever varies.
    init?(_ values: [Double], length: Int) {
        start = values.count - length
        guard start >= length else { return nil }
        guard let now = Level(values[start...]), let before = Level(values[max(0, start - 4 * length)..<start]),
            now.count * 4 >= length * 3, before.count * 4 >= length * 3
        else { return nil }
        // The memory of the longer stretch tells it better; the larger of the two is safe.
        let memory = max(now.memory, before.memory)
        let factor = (1 - memory) / (1 + memory)
        let a = max(2, Double(now.count) * factor)
        let b = max(2, Double(before.count) * factor)
        let degrees = a + b - 2
        let pooled =
            (now.variance * Double(now.count - 1) + before.variance * Double(before.count - 1))
            / Double(now.count + before.count - 2)
        guard pooled > 0 else { return nil }
        let z = (now.mean - before.mean).magnitude / (pooled * (1 / a + 1 / b)).squareRoot()
        chance = min(1, 2 * Glibc.exp(StudentT(degrees: degrees).logTail(z)))
    }
}
