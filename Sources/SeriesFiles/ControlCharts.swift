import Statistics

/// Charts every series of a file with its limits, its signals and how often the rules alarm without cause.
///
/// Rows that are absent where dates are otherwise regular are missing values: no moving range spans them and a run ends at
/// them, and the notes say so. What is written has a place for each row there is. Between events (`gaps`, `times`) no date is
/// absent: there a row is an event.
/// - Parameters:
///   - kind: Nil to choose: counts where all values are whole, none is negative and their mean is below 50; individuals else.
///     Rates and shares need a denominator, and are charted from counts over `n` with `denominators`.
///   - seasons: Lengths in steps; not empty: limits run around the seasonal baseline (individuals only).
///   - phases: The `ds` cells at which a new level starts; each is to be in the file.
///   - write: Takes the JSON piece by piece.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func controlCharts(
    of path: String, shownAs name: String, kind: ChartKind?, rules: [RunRule], seasons: [Int] = [],
    phases: Set<String> = [], denominators: String? = nil, seed: UInt64 = 1, write: (String) throws -> Void
) throws {
    var below: [String: [Double]] = [:]
    if let denominators {
        try eachSeries(of: denominators, shownAs: denominators) { below[$0.id] = $0.values }
    }
    var lead = "{\"series\": {"
    if let phase = try absentStep(of: phases, in: path) {
        throw SeriesFileError("\(name): no row has the ds “\(phase)” of --phase; write it as the file does")
    }
    try eachSeriesOnce(of: path, shownAs: name) { rows, _ in
        let chosen = kind ?? (isCounts(rows.values) && seasons.isEmpty ? .counts : .individuals)
        let regular = chosen == .gaps || chosen == .times ? nil : try RegularSeries(rows, shownAs: name)
        let series = regular?.series ?? rows
        let starts = series.steps.indices.filter { phases.contains(series.steps[$0]) }
        let chart: ControlChart
        do throws(ControlChartError) {
            let opportunities = try opportunities(below[rows.id], for: rows, chosen, regular)
            chart = try charted(series.values, chosen, of: opportunities, seasons, starts)
        } catch {
            throw refusal(error, of: series, in: name)
        }
        let rates = falseAlarmRates(chart.scores, rules: rules, seed: seed)
        try write(lead + "\(jsonString(series.id)): " + document(chart, rules, rates, regular))
        lead = ", "
    }
    try write(lead == ", " ? "}}\n" : "{\"series\": {}}\n")
}

/// As many denominators as there are rows, with gaps where the series has them.
private func opportunities(
    _ values: [Double]?, for rows: NamedSeries, _ kind: ChartKind, _ regular: RegularSeries?
) throws(ControlChartError) -> [Double]? {
    guard kind == .rates || kind == .shares else { return values }
    guard let values, values.count == rows.values.count else {
        throw .lengths(values: rows.values.count, other: values?.count ?? 0)
    }
    return regular?.withGaps(values) ?? values
}

/// A chart of one series by its kind; the denominators where the kind has them.
private func charted(
    _ values: [Double], _ kind: ChartKind, of denominators: [Double]?, _ seasons: [Int], _ phases: [Int]
) throws(ControlChartError) -> ControlChart {
    switch kind {
    case .individuals:
        var baseline: [Double] = []
        if !seasons.isEmpty, let parts = try? decomposed(values, seasons: seasons) {
            // The season only: the trend would follow the very changes that the chart is to show.
            baseline = values.indices.map { t in parts.seasons.reduce(0) { $0 + $1.values[t] } }
        }
        return try individualsChart(values, baseline: baseline, phases: phases)
    case .counts: return try countsChart(values, phases: phases)
    case .rates, .shares:
        guard let denominators else { throw .lengths(values: values.count, other: 0) }
        return kind == .rates
            ? try ratesChart(values, of: denominators, phases: phases)
            : try sharesChart(values, of: denominators, phases: phases)
    case .gaps: return try gapsChart(values, phases: phases)
    case .times: return try timesChart(values, phases: phases)
    }
}

private func isCounts(_ values: [Double]) -> Bool {
    let known = values.filter(\.isFinite)
    guard let average = mean(known), average > 0 else { return false }
    return average < 50 && known.allSatisfy { $0 >= 0 && $0 == $0.rounded() }
}

private func refusal(_ error: ControlChartError, of series: NamedSeries, in name: String) -> SeriesFileError {
    let first = series.lines.first ?? 1
    switch error {
    case .tooShort(let phase, let known, let needed):
        return SeriesFileError(
            "\(name):\(first): the series “\(series.id)” has \(known) usable values in phase \(phase + 1), and limits need \(needed)"
        )
    case .lengths(let values, let other):
        return SeriesFileError(
            "\(name):\(first): the series “\(series.id)” has \(values) values but \(other) denominators; give a file of as many with --denominators"
        )
    case .impossible(let point):
        return SeriesFileError(
            "\(name):\(series.lines[point]): the series “\(series.id)” has an impossible value at \(series.steps[point]); counts are not negative, nor above their denominator"
        )
    }
}

private func document(
    _ chart: ControlChart, _ rules: [RunRule], _ rates: (each: [FalseAlarmRate], together: FalseAlarmRate)?,
    _ regular: RegularSeries?
) -> String {
    func row(_ step: Int) -> Int { regular?.rows(before: step) ?? step }
    func rowsOnly(_ values: [Double]) -> String { numbers(regular?.rowsOnly(values) ?? values) }
    let signals = runSignals(chart.scores, rules: rules, phases: chart.phases).map {
        "{\"index\": \(row($0.point)), \"rule\": \"\($0.rule.rawValue)\"}"
    }
    var out = "{\"chart\": \"\(chart.kind.rawValue)\", \"n\": \(row(chart.values.count))"
    out += ", \"phases\": \(chart.phases.map(row)), \"overdispersion\": \(numbers(chart.overdispersion))"
    out += ", \"centre\": \(rowsOnly(chart.centre)), \"lower\": \(rowsOnly(chart.lower))"
    out += ", \"upper\": \(rowsOnly(chart.upper)), \"signals\": [\(signals.joined(separator: ", "))]"
    var alarms: [String] = []
    if let rates {
        alarms = zip(rules, rates.each).map { "\"\($0.rawValue)\": \(runLength($1))" }
        alarms.append("\"all\": \(runLength(rates.together))")
    }
    out += ", \"averageRunLength\": {\(alarms.joined(separator: ", "))}"
    if let note = regular?.gapNote { out += ", \"notes\": [\(jsonString(note))]" }
    return out + "}"
}

private func runLength(_ rate: FalseAlarmRate) -> String {
    let length = rate.averageRunLength
    return
        "{\"estimate\": \(jsonNumber(length.estimate)), \"low\": \(jsonNumber(length.low)), \"high\": \(jsonNumber(length.high))}"
}

private func numbers(_ values: [Double]) -> String { "[" + values.map(jsonNumber).joined(separator: ", ") + "]" }
