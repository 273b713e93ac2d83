import Glibc

/// Series that are too short or too plain for a trial; nil for all others.
func plainForecast(_ series: PreparedSeries, horizon: Int, level: Double) -> Forecast? {
    let known = series.y.indices.filter { series.observed[$0] > 0 }.map { series.original(series.y[$0]) }
    guard let last = known.last else { return nil }
    let isConstant = known.allSatisfy { $0 == last }
    guard known.count < 6 || isConstant else { return nil }
    var outlook = Outlook(last: last)
    outlook.centres = Array(repeating: last, count: horizon)
    var notes = series.notes
    if isConstant && known.count > 1 {
        outlook.spreads = Array(repeating: 0, count: horizon)
        notes.append(.constant)
    } else {
        // The mean difference, as a guess at how far a step goes.
        let differences = zip(known.dropFirst(), known).map { ($0 - $1).magnitude }
        let step = differences.reduce(0) { $0 + $1 / Double(differences.count) }
        outlook.spreads = (1...horizon).map {
            min(1.5 * 1.25 * step * Double($0 + series.trailing).squareRoot(), .greatestFiniteMagnitude / 1e3)
        }
        outlook.persistence = 0.9
        notes.append(.tooShortToTest(known: known.count))
    }
    if isConstant && last == 0 && known.count > 1 {
        // Nothing was ever seen: by the rule of three the rate is below 3 / n. Hanley and Lippman-Hand (1983).
        notes.removeLast()
        notes.append(.intermittent)
        let rate = -Glibc.log(1 - level) / Double(known.count)
        let high = CountDistribution(mean: rate, variance: rate).quantile(1 - (1 - level) / 2)
        outlook.isCount = true
        return Forecast(
            values: Array(repeating: Estimate(0, low: 0, high: max(1, high)), count: horizon), level: level,
            weights: [],
            seasons: [], windows: 0, pastErrors: [], notes: notes, outlook: outlook)
    }
    outlook.isNonNegative = series.isNonNegative
    let z = Normal.quantile(0.5 + level / 2)
    let floor = series.isNonNegative ? 0 : -Double.greatestFiniteMagnitude
    let values = outlook.spreads.map { s in
        Estimate(last, low: max(floor, last - z * s), high: min(.greatestFiniteMagnitude, last + z * s))
    }
    return Forecast(
        values: values, level: level, weights: [], seasons: [], windows: 0, pastErrors: [], notes: notes,
        outlook: outlook)
}

/// One rate for all steps: the chance of demand times its size, both smoothed, so that the rate falls when demand stops.
///
/// Teunter, Syntetos and Babai (2011), European Journal of Operational Research 214:606–615.
func intermittentForecast(_ series: PreparedSeries, horizon: Int, level: Double) -> Forecast {
    let values = series.y.indices.filter { series.observed[$0] > 0 }.map { series.y[$0] }
    let demands = values.filter { $0 > 0 }
    var chance = Double(demands.count) / Double(values.count)
    var size = demands.reduce(0, +) / Double(max(1, demands.count))
    // The variance about the path, of the recent part.
    let from = values.count - min(values.count, 60)
    var squares = 0.0
    for (i, x) in values.enumerated() {
        if i >= from { squares += (x - chance * size) * (x - chance * size) }
        chance += 0.05 * ((x > 0 ? 1 : 0) - chance)
        if x > 0 { size += 0.1 * (x - size) }
    }
    let rate = chance * size
    let variance = squares / Double(max(1, values.count - from))
    let count = CountDistribution(mean: rate, variance: variance)
    let estimate = Estimate(
        rate, low: min(rate, count.quantile((1 - level) / 2)), high: max(rate, count.quantile(1 - (1 - level) / 2)))
    let outlook = Outlook(
        isCount: true, isNonNegative: true, centres: Array(repeating: rate, count: horizon),
        spreads: Array(repeating: variance.squareRoot(), count: horizon), last: values[values.count - 1])
    return Forecast(
        values: Array(repeating: estimate, count: horizon), level: level, weights: [], seasons: [], windows: 0,
        pastErrors: [], notes: series.notes + [.intermittent], outlook: outlook)
}
