/// The seasons a series without dates seems to have, in steps, shortest first: candidates for `forecast`.
///
/// Only usual lengths are tried, from quarters of a year to weeks of half-hours, and only where the series holds two cycles. A
/// length stays when the autocorrelation of the differences at that lag is beyond what chance gives (Bartlett's limit at
/// 95 %, as in the benchmarks of the M4 competition) and its profile is more signal than noise. Of two lengths of which one
/// divides the other, the shorter stays if it tells at least half as much, and then two to four times its length only if
/// that tells noticeably more. O(n) a length and lag.
public func likelySeasons(_ values: [Double]) -> [Int] {
    guard var series = PreparedSeries(values, candidates: usualSeasons) else { return [] }
    series.fill(candidates: [])
    let n = series.count
    guard n >= 10 else { return [] }
    let differences = zip(series.y.dropFirst(), series.y).map { $0 - $1 }
    let found = usualSeasons.filter { n >= 2 * $0 + 2 }.compactMap { p -> (period: Int, strength: Double)? in
        guard isSeasonal(differences, p) else { return nil }
        var profile = SeasonalProfile(period: p)
        profile.estimate(series.y.span)
        guard profile.shrinkage > 0.5 else { return nil }
        return (p, profile.values.reduce(0) { $0 + $1 * $1 } / Double(p))
    }
    let told = found.filter { short in
        !found.contains {
            $0.period > short.period && $0.period % short.period == 0 && short.strength < 0.5 * $0.strength
        }
    }
    return told.filter { long in
        !told.contains {
            [2, 3, 4].contains(long.period / $0.period) && long.period % $0.period == 0
                && long.strength < 1.1 * $0.strength
        }
    }.map(\.period)
}

/// Quarters, days of the week, months, hours of the day, half-hours, weeks of the year, quarter-hours, hours of the week.
private let usualSeasons = [4, 7, 12, 24, 48, 52, 96, 168, 336]

private func isSeasonal(_ d: [Double], _ period: Int) -> Bool {
    let n = d.count
    let mean = d.reduce(0, +) / Double(n)
    let centred = d.map { $0 - mean }
    let e = centred.span
    let variance = dot(e, e)
    guard variance > 0, n > period + 1 else { return false }
    func correlation(_ lag: Int) -> Double { dot(e.extracting(lag..<n), e.extracting(0..<(n - lag))) / variance }
    var squares = 0.0
    for lag in 1..<period {
        let r = correlation(lag)
        squares += r * r
    }
    return correlation(period) > 1.645 * ((1 + 2 * squares) / Double(n)).squareRoot()
}
