/// How many steps a short bad spell is: two weeks of days; four steps of anything else.
func shortSpell(_ season: Season) -> Int {
    season.length == 7 || season.length == 5 ? 2 * season.length : 4
}

/// The steps just before the start that get a level of their own, because a bad spell prompted the change.
///
/// Looked for among windows of two and four weeks of the baseline: the last one is among the worst tenth, or more than two
/// standard deviations of such windows off. What the season and the controls explain is taken out first.
func badSpellSteps(_ intervention: Intervention, _ controls: [[Double]], better: BetterDirection) -> Int {
    let start = intervention.start
    switch intervention.badSpell {
    case .none: return 0
    case .last(let steps): return max(0, min(steps, start / 2))
    case .found: break
    }
    let short = shortSpell(intervention.season)
    guard start >= 3 * 2 * short else { return 0 }
    var columns = [Array(repeating: 1.0, count: start)]
    if start >= 2 * intervention.season.length { columns += seasonColumns(intervention.season, rows: start) }
    columns += controls.map { $0.map { $0.isFinite ? $0 : 0 } }
    let y = intervention.values
    let rows = (0..<start).filter { t in y[t].isFinite && controls.allSatisfy { $0[t].isFinite } }
    let (centre, deviation, _) = levelAndSpread(y, 0..<start)
    guard deviation > 0, rows.count > columns.count + 4 * short else { return 0 }
    let scaled = y.map { ($0 - centre) / deviation }
    let coefficients = leastSquares(columns, scaled, rows: rows)
    var residuals = Array(repeating: Double.nan, count: start)
    for t in rows {
        var fit = 0.0
        for j in columns.indices { fit += coefficients[j] * columns[j][t] }
        residuals[t] = (scaled[t] - fit) * better.sign
    }
    return lastIsBad(residuals, window: short) || lastIsBad(residuals, window: 2 * short) ? 2 * short : 0
}

/// Whether the last window's mean is among the lowest tenth of such windows of the last year or so, 26 windows long, or
/// more than two deviations below their mean.
private func lastIsBad(_ values: [Double], window: Int) -> Bool {
    var means: [Double] = []
    var (sum, count) = (0.0, 0)
    for t in max(0, values.count - 26 * window)..<values.count {
        if values[t].isFinite { (sum, count) = (sum + values[t], count + 1) }
        let old = t - window
        if old >= max(0, values.count - 26 * window), values[old].isFinite {
            (sum, count) = (sum - values[old], count - 1)
        }
        if 2 * count >= window { means.append(sum / Double(count)) }
    }
    guard means.count > 2 * window, let last = means.last else { return false }
    let (mean, deviation, _) = levelAndSpread(means, 0..<means.count)
    let lower = means.count { $0 < last - 1e-9 }
    return 10 * lower < means.count || last < mean - 2 * deviation
}

/// The last steps before the start against all after, as people compare by hand.
/// - Returns: Nil when either side has fewer than two observed steps.
func naiveComparison(_ values: [Double], start: Int, before steps: Int) -> NaiveComparison? {
    let first = max(0, start - steps)
    let before = levelAndSpread(values, first..<start)
    let after = levelAndSpread(values, start..<values.count)
    guard before.count >= 2, after.count >= 2 else { return nil }
    let unit = max(powerOfTwo(near: max(before.deviation, after.deviation)), 1e-300)
    let (s1, s2) = (before.deviation / unit, after.deviation / unit)
    let (v1, v2) = (s1 * s1 / Double(before.count), s2 * s2 / Double(after.count))
    let difference = after.mean - before.mean
    var half = 0.0
    if v1 + v2 > 0 {
        // Welch (1947), Biometrika 34:28–35.
        let degrees = (v1 + v2) * (v1 + v2) / (v1 * v1 / Double(before.count - 1) + v2 * v2 / Double(after.count - 1))
        half = StudentT(degrees: max(1, degrees)).quantile(tail: 0.025) * (v1 + v2).squareRoot() * unit
    }
    return NaiveComparison(
        absolute: Estimate(difference, low: difference - half, high: difference + half),
        relative: before.mean > 0 ? difference / before.mean : nil, stepsBefore: before.count)
}
