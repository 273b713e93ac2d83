import Glibc

/// A series made ready: the end that is used, its scale, what was missing.
struct PreparedSeries {
    /// How many are kept of a long series, at least.
    static let lengthMax = 3_000

    /// On the scale of the work: the logarithm of positive series, else divided by a power of two near the largest.
    var y: [Double]
    /// 1 where the value was observed, 0 where it was filled.
    var observed: [Double]
    var isLog: Bool
    /// What a raw value was divided by.
    var unit: Double
    var isNonNegative: Bool
    var isCount: Bool
    var isIntermittent: Bool
    /// Steps at the end without a value; they lengthen the forecast.
    var trailing: Int
    /// How many steps were cut off at the start: missing ones, and old ones of a long series.
    var start: Int
    var notes: [Forecast.Note] = []

    var count: Int { y.count }

    /// - Returns: Nil when no value is known.
    init?(_ values: [Double], candidates: [Int]) {
        guard var first = values.firstIndex(where: \.isFinite), let last = values.lastIndex(where: \.isFinite) else {
            return nil
        }
        let lengthMax = max(1_500, 8 * (candidates.last ?? 1))
        if last + 1 - first > Self.lengthMax, last + 1 - first > lengthMax {
            first = last + 1 - lengthMax
            while !values[first].isFinite { first += 1 }
            notes.append(.shortened(to: last + 1 - first))
        }
        start = first
        trailing = values.count - 1 - last
        y = Array(values[first...last])
        observed = Array(repeating: 1, count: y.count)
        var missing = 0
        var largest = 0.0
        var isPositive = true
        var isWhole = true
        isNonNegative = true
        for t in y.indices {
            let x = y[t]
            guard x.isFinite else {
                observed[t] = 0
                missing += 1
                continue
            }
            largest = max(largest, x.magnitude)
            if x <= 0 { isPositive = false }
            if x < 0 { isNonNegative = false }
            if isWhole, x != x.rounded() { isWhole = false }
        }
        if missing > 0 { notes.append(.filled(count: missing, of: y.count)) }
        if trailing > 0 { notes.append(.endMissing(steps: trailing)) }
        let recent = max(30, 2 * (candidates.first ?? 1))
        let end = y.suffix(recent).filter(\.isFinite)
        isCount = isWhole && isNonNegative && end.reduce(0, +) < 10 * Double(end.count)
        isIntermittent = isCount && Double(end.count { $0 == 0 }) >= 0.4 * Double(end.count)
        isLog = isPositive && !isCount
        unit = isLog || isCount || largest == 0 ? 1 : Glibc.exp2(Double(largest.exponent))
        for t in y.indices { y[t] = isLog ? Glibc.log(y[t]) : y[t] / unit }
    }

    /// Back to the series' own scale.
    func original(_ v: Double) -> Double {
        isLog ? Glibc.exp(min(v, 709.7)) : max(-Double.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, v * unit))
    }

    /// Onto the scale of the work; nil for a value the logarithm has no place for.
    func scaled(_ x: Double) -> Double? {
        guard isLog else { return x / unit }
        return x > 0 ? Glibc.log(x) : nil
    }

    /// Bridges the gaps by straight lines; where there is a season, by lines through what is left without it.
    mutating func fill(candidates: [Int]) {
        guard observed.contains(0) else { return }
        bridge()
        guard let p = candidates.last(where: { SeasonalProfile.isUsable(period: $0, count: count) }) else { return }
        var profile = SeasonalProfile(period: p)
        profile.estimate(y.span)
        for t in y.indices { y[t] -= profile.values[t % p] }
        bridge()
        for t in y.indices { y[t] += profile.values[t % p] }
    }

    private mutating func bridge() {
        var before = 0
        for t in y.indices where observed[t] > 0 {
            if t > before + 1 {
                for k in (before + 1)..<t {
                    let share = Double(k - before) / Double(t - before)
                    y[k] = y[before] * (1 - share) + y[t] * share
                }
            }
            before = t
        }
    }
}
