/// Which chart a series gets: what its numbers are.
public enum ChartKind: String, Sendable, CaseIterable {
    /// Single measurements, limits from moving ranges (XmR).
    case individuals = "xmr"
    /// Counts over equal opportunity (c).
    case counts = "c"
    /// Counts over a changing denominator, with the overdispersion there is (Laney's u′).
    case rates = "u"
    /// Shares of a changing number, with the overdispersion there is (Laney's p′).
    case shares = "p"
    /// Cases between rare events (g).
    case gaps = "g"
    /// Time between rare events (t).
    case times = "t"
}

/// A series with what is normal for it: a centre and limits at every point.
public struct ControlChart: Sendable, Equatable {
    public var kind: ChartKind
    /// What was charted; for rates and shares the count over its denominator. Not a number where missing.
    public var values: [Double]
    public var centre: [Double]
    /// Three sigma below the centre, or the 0.135 % point; not a number where there is no such limit.
    public var lower: [Double]
    public var upper: [Double]
    /// How many sigma each point lies above the centre: what the run rules read. Not a number where missing.
    public var scores: [Double]
    /// Laney's σ_z of each phase: 1 is the chance the chart's law expects. Empty for charts without one.
    public var overdispersion: [Double]
    /// The first point of each phase; the first is 0.
    public var phases: [Int]
}

/// Why there is no chart.
public enum ControlChartError: Error, Equatable, Sendable {
    /// A phase has fewer known points than needed.
    case tooShort(phase: Int, known: Int, needed: Int)
    /// A list that must have one entry a point has another number of them.
    case lengths(values: Int, other: Int)
    /// A point that cannot be: a negative count, a share above 1, no denominator.
    case impossible(point: Int)
}

/// Points from `start` to before `end` that share a centre and limits.
struct Phase {
    let number: Int
    let range: Range<Int>

    /// The phases between change points; starts outside the series are left out.
    static func all(of count: Int, starts: [Int]) -> [Phase] {
        var bounds = [0] + Set(starts).filter { $0 > 0 && $0 < count }.sorted() + [count]
        if count == 0 { bounds = [0, 0] }
        return (0..<(bounds.count - 1)).map { Phase(number: $0, range: bounds[$0]..<bounds[$0 + 1]) }
    }
}

extension ControlChart {
    /// A chart without limits yet.
    init(_ kind: ChartKind, _ values: [Double], _ phases: [Phase]) {
        let nothing = [Double](repeating: .nan, count: values.count)
        self.init(
            kind: kind, values: values, centre: nothing, lower: nothing, upper: nothing, scores: nothing,
            overdispersion: [], phases: phases.map(\.range.lowerBound))
    }

    /// The standard deviation that a mean moving range of two stands for: d₂ = 2 / √π.
    static let d2 = 1.128_379_167_095_512_6

    /// The mean moving range of neighbouring known points, and how many there were; a gap joins no neighbours.
    static func meanMovingRange(_ x: [Double], in range: Range<Int>) -> (mean: Double, count: Int) {
        var total = CompensatedSum()
        var count = 0
        for t in range.dropFirst() where x[t].isFinite && x[t - 1].isFinite {
            total.add((x[t] - x[t - 1]).magnitude)
            count += 1
        }
        return (count > 0 ? total.value / Double(count) : .nan, count)
    }
}

/// Limits for single measurements: the mean ± 2.66 mean moving ranges (Shewhart 1931; Wheeler 1993).
///
/// - Parameters:
///   - values: One a point; whatever is not finite is missing.
///   - baseline: Empty, or what each point was expected to be, for example `Decomposition.expected`: the limits then run
///     around it, and the centre is the baseline plus the phase's mean distance from it.
///   - phases: Where a new level starts; limits are computed for each.
/// - Throws: `tooShort` where a phase has fewer than three known points or fewer than two neighbours.
public func individualsChart(
    _ values: [Double], baseline: [Double] = [], phases: [Int] = []
) throws(ControlChartError) -> ControlChart {
    if !baseline.isEmpty, baseline.count != values.count {
        throw .lengths(values: values.count, other: baseline.count)
    }
    let parts = Phase.all(of: values.count, starts: phases)
    var chart = ControlChart(.individuals, values.map { $0.isFinite ? $0 : .nan }, parts)
    let away = baseline.isEmpty ? chart.values : zip(chart.values, baseline).map { $0 - $1 }
    for part in parts {
        let known = part.range.map { away[$0] }.filter(\.isFinite)
        let (range, neighbours) = ControlChart.meanMovingRange(away, in: part.range)
        guard let level = mean(known), known.count >= 3, neighbours >= 2 else {
            throw .tooShort(phase: part.number, known: known.count, needed: 3)
        }
        let sigma = range / ControlChart.d2
        for t in part.range {
            let centre = level + (baseline.isEmpty ? 0 : baseline[t])
            chart.centre[t] = centre
            chart.lower[t] = centre - 3 * sigma
            chart.upper[t] = centre + 3 * sigma
            chart.scores[t] = score(away[t] - level, sigma)
        }
    }
    return chart
}

/// A distance in sigmas. Where nothing ever moves, a point on the centre is 0 and any other infinitely far.
func score(_ distance: Double, _ sigma: Double) -> Double {
    if distance.isNaN { return .nan }
    if sigma > 0 { return distance / sigma }
    return distance == 0 ? 0 : distance > 0 ? .infinity : -.infinity
}
