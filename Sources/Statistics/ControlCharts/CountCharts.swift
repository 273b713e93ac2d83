import Glibc

/// Limits for counts over equal opportunity: c̄ ± 3 √c̄ (Shewhart 1931), below 0 cut off.
///
/// - Parameter baseline: Empty, or the expected count of each point: limits are then expected ± 3 √expected, the expectation
///   scaled so that its sum is that of the counts.
/// - Throws: `impossible` for a negative count; `tooShort` below three known points a phase or where nothing was counted.
public func countsChart(
    _ counts: [Double], baseline: [Double] = [], phases: [Int] = []
) throws(ControlChartError) -> ControlChart {
    let equal = baseline.isEmpty ? [Double](repeating: 1, count: counts.count) : baseline
    var chart = try ratesChart(counts, of: equal, phases: phases, withOverdispersion: false)
    chart.kind = .counts
    // Back from rates to counts.
    for t in counts.indices {
        chart.values[t] *= equal[t]
        chart.centre[t] *= equal[t]
        chart.lower[t] *= equal[t]
        chart.upper[t] *= equal[t]
    }
    return chart
}

/// Limits for counts over changing denominators: ū ± 3 σ_z √(ū / n).
///
/// σ_z is Laney's (2002, Quality Engineering 14:531–537): the moving-range sigma of the standardised points, so that
/// differences between points beyond chance's widen the limits, and too little difference narrows them. 1 gives the u chart.
/// - Parameters:
///   - denominators: How much opportunity each count had, positive.
///   - withOverdispersion: False for the plain u chart.
public func ratesChart(
    _ counts: [Double], of denominators: [Double], phases: [Int] = [], withOverdispersion: Bool = true
) throws(ControlChartError) -> ControlChart {
    try standardised(.rates, counts, denominators, phases, withOverdispersion) { $0 }
}

/// Limits for shares of a changing number: p̄ ± 3 σ_z √(p̄ (1 − p̄) / n), Laney's p′ chart; cut off at 0 and 1.
///
/// - Parameters:
///   - counts: How many of the tries, at most as many as the tries.
///   - withOverdispersion: False for the plain p chart.
public func sharesChart(
    _ counts: [Double], of tries: [Double], phases: [Int] = [], withOverdispersion: Bool = true
) throws(ControlChartError) -> ControlChart {
    if counts.count == tries.count, let point = counts.indices.first(where: { counts[$0] > tries[$0] }) {
        throw .impossible(point: point)
    }
    return try standardised(.shares, counts, tries, phases, withOverdispersion) { $0 * (1 - $0) }
}

/// Charts counts over denominators whose variance is `variance(centre)` / denominator.
private func standardised(
    _ kind: ChartKind, _ counts: [Double], _ denominators: [Double], _ starts: [Int], _ isWidened: Bool,
    variance: (Double) -> Double
) throws(ControlChartError) -> ControlChart {
    guard counts.count == denominators.count else {
        throw .lengths(values: counts.count, other: denominators.count)
    }
    for t in counts.indices where counts[t].isFinite {
        guard counts[t] >= 0, denominators[t] > 0, denominators[t].isFinite else { throw .impossible(point: t) }
    }
    let parts = Phase.all(of: counts.count, starts: starts)
    var chart = ControlChart(kind, zip(counts, denominators).map { $0.isFinite ? $0 / $1 : .nan }, parts)
    for part in parts {
        let known = part.range.filter { counts[$0].isFinite }
        let total = sum(known.map { counts[$0] })
        guard known.count >= 3, total > 0 else {
            throw .tooShort(phase: part.number, known: total > 0 ? known.count : 0, needed: 3)
        }
        let centre = total / sum(known.map { denominators[$0] })
        for t in part.range {
            chart.scores[t] = score(chart.values[t] - centre, (variance(centre) / denominators[t]).squareRoot())
        }
        let range = ControlChart.meanMovingRange(chart.scores, in: part.range)
        let widening = isWidened && range.count >= 2 && range.mean > 0 ? range.mean / ControlChart.d2 : 1
        chart.overdispersion.append(widening)
        for t in part.range {
            let sigma = widening * (variance(centre) / denominators[t]).squareRoot()
            chart.centre[t] = centre
            chart.lower[t] = max(0, centre - 3 * sigma)
            chart.upper[t] = kind == .shares ? min(1, centre + 3 * sigma) : centre + 3 * sigma
            chart.scores[t] /= widening
        }
    }
    return chart
}

/// Limits for the number of cases between rare events, by the geometric law (Benneyan 2001, Health Care Management Science
/// 4:305–318), at the 0.135 % and 99.865 % points; the centre is the median.
///
/// Limits at three sigma of a law this skewed would alarm far more often than on other charts. The lower limit exists only
/// where the smallest gap is rarer than 0.135 %: usually it is not a number, and only gaps that are too long stand out. A
/// score is the normal deviate of the gap's chance, the middle of the chance of a gap so short and shorter.
/// - Parameter gaps: Cases between one event and the next, 0 and up.
public func gapsChart(_ gaps: [Double], phases: [Int] = []) throws(ControlChartError) -> ControlChart {
    for t in gaps.indices where gaps[t].isFinite && gaps[t] < 0 { throw .impossible(point: t) }
    let parts = Phase.all(of: gaps.count, starts: phases)
    var chart = ControlChart(.gaps, gaps.map { $0.isFinite ? $0 : .nan }, parts)
    for part in parts {
        let known = part.range.map { gaps[$0] }.filter(\.isFinite)
        guard let average = mean(known), known.count >= 3, average > 0 else {
            throw .tooShort(phase: part.number, known: known.count, needed: 3)
        }
        // The chance of a gap of g or more is q to the power g; minimum-variance unbiased p̂ (Benneyan).
        let n = Double(known.count)
        let logQ = Glibc.log1p(-((n - 1) / n) / (average + 1))
        for t in part.range {
            chart.centre[t] = max(0, (Glibc.log(0.5) / logQ - 1).rounded(.up))
            chart.upper[t] = Glibc.log(0.00135) / logQ
            let low = Glibc.log1p(-0.00135) / logQ - 1
            chart.lower[t] = low > 0 ? low : .nan
            guard gaps[t].isFinite else { continue }
            let tail = (Glibc.exp(gaps[t] * logQ) + Glibc.exp((gaps[t] + 1) * logQ)) / 2
            chart.scores[t] = -Normal.quantile(min(max(tail, 1e-300), 1 - 1e-16))
        }
    }
    return chart
}

/// Limits for the time between rare events: an individuals chart of time to the power 1 / 3.6, which makes exponential times
/// nearly normal (Nelson 1994, J. Quality Technology 26:239–240), turned back into times.
/// - Parameter times: Positive times in any unit; 0 is allowed for events at the same moment.
public func timesChart(_ times: [Double], phases: [Int] = []) throws(ControlChartError) -> ControlChart {
    for t in times.indices where times[t].isFinite && times[t] < 0 { throw .impossible(point: t) }
    var chart = try individualsChart(times.map { Glibc.pow($0, 1 / 3.6) }, phases: phases)
    chart.kind = .times
    chart.values = times.map { $0.isFinite ? $0 : .nan }
    for t in times.indices {
        chart.centre[t] = Glibc.pow(max(0, chart.centre[t]), 3.6)
        chart.lower[t] = chart.lower[t] > 0 ? Glibc.pow(chart.lower[t], 3.6) : .nan
        chart.upper[t] = Glibc.pow(chart.upper[t], 3.6)
    }
    return chart
}
