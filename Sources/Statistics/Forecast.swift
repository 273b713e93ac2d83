import Foundation

/// What comes next in a series, with 95 % intervals.
public struct Forecast: Sendable, Equatable {
    /// One a step ahead.
    public var values: [Estimate]
    /// The season that the data supported; 1 when none did.
    public var season: Int
}

/// Why there is no forecast.
public enum ForecastError: Error, Equatable, Sendable {
    /// Fewer known values than a level can be told from.
    case tooShort(known: Int, needed: Int)
}

/// A first, plain method: the season taken out where the data supports one, then the mean of simple, Holt's and damped
/// exponential smoothing; the season put back.
///
/// This combination is the “Comb” benchmark of Makridakis, Spiliotis and Assimakopoulos, “The M4 competition” (2020), which
/// few single methods beat. Gaps are bridged by straight lines. Intervals come from the errors of one step ahead on the series
/// itself, widened with the square root of the variance that exponential smoothing implies; for short series they use
/// Student's t. O(n) a candidate parameter.
/// - Parameters:
///   - values: One a step; not a number where nothing is known.
///   - seasons: Candidate lengths in steps; the strongest that passes a test on the autocorrelation is used.
public func forecast(
    _ values: [Double], horizon: Int, seasons: [Int] = [], level: Double = 0.95
) throws(ForecastError) -> Forecast {
    precondition(horizon >= 1, "A forecast looks at least one step ahead")
    let known = values.count { $0.isFinite }
    guard known >= 3 else { throw .tooShort(known: known, needed: 3) }
    let series = bridged(values)
    let season =
        seasons.filter { $0 > 1 && series.count >= 2 * $0 + 2 }
        .map { ($0, seasonality(series, $0)) }.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0 ?? 1
    // A season that grows with the level, or one that does not: whichever was further off, one step ahead, is left out.
    let forms = series.allSatisfy { $0 > 0 } && season > 1 ? [false, true] : [false]
    let adjusted = forms.map { Adjusted(series, season: season, isMultiplicative: $0) }
    guard let best = adjusted.min(by: { $0.spread < $1.spread }) else {
        preconditionFailure("There is at least one form of season")
    }
    let out = best.ahead(horizon, level: level)
    return Forecast(values: out, season: season)
}

/// A series with its season taken out, and the three methods fitted to what remains.
private struct Adjusted {
    private let count: Int
    private let season: Int
    private let profile: [Double]
    private let isMultiplicative: Bool
    private let fits: [Smoothing.Fit]
    private let errors: Int
    /// The error of one step ahead with the season put back, as a standard deviation.
    let spread: Double
    /// The same without the season.
    private let adjustedSpread: Double

    init(_ series: [Double], season: Int, isMultiplicative: Bool) {
        count = series.count
        self.season = season
        self.isMultiplicative = isMultiplicative
        let profile = seasonalProfile(series, season, multiplicative: isMultiplicative)
        let x = series.indices.map { t in
            isMultiplicative ? series[t] / profile[t % season] : series[t] - profile[t % season]
        }
        let fits = [Smoothing.simple, .holt, .damped].map { $0.fit(x) }
        // The errors of the combination itself, after the start has been forgotten.
        let settled = min(x.count - 1, max(2, x.count / 10))
        var squares = 0.0
        var seasonal = 0.0
        for t in settled..<x.count {
            let error = x[t] - fits.reduce(0) { $0 + $1.oneStep[t] } / Double(fits.count)
            squares += error * error
            let whole = isMultiplicative ? error * profile[t % season] : error
            seasonal += whole * whole
        }
        errors = x.count - settled
        adjustedSpread = (squares / Double(max(1, errors - 2))).squareRoot()
        spread = (seasonal / Double(max(1, errors - 2))).squareRoot()
        self.profile = profile
        self.fits = fits
    }

    func ahead(_ horizon: Int, level: Double) -> [Estimate] {
        let alpha = fits.reduce(0) { $0 + $1.alpha } / Double(fits.count)
        let t = StudentT(degrees: Double(max(2, errors - 2))).quantile(tail: (1 - level) / 2)
        return (1...horizon).map { h in
            let mean = fits.reduce(0) { $0 + $1.ahead(h) } / Double(fits.count)
            let half = t * adjustedSpread * (1 + Double(h - 1) * alpha * alpha * (1 + Double(h) / 12)).squareRoot()
            let s = profile[(count + h - 1) % season]
            return isMultiplicative
                ? Estimate(mean * s, low: (mean - half) * s, high: (mean + half) * s)
                : Estimate(mean + s, low: mean - half + s, high: mean + half + s)
        }
    }
}

/// Gaps bridged by straight lines; the ends held.
private func bridged(_ values: [Double]) -> [Double] {
    let known = values.indices.filter { values[$0].isFinite }
    var out = [Double](repeating: 0, count: values.count)
    var next = 0
    for t in values.indices {
        while next < known.count, known[next] < t { next += 1 }
        let after = next < known.count ? known[next] : nil
        let before = next > 0 ? known[next - 1] : nil
        switch (before, after) {
        case (_, let b?) where b == t: out[t] = values[b]
        case (let a?, let b?):
            let share = Double(t - a) / Double(b - a)
            out[t] = values[a] * (1 - share) + values[b] * share
        case (let a?, nil): out[t] = values[a]
        case (nil, let b?): out[t] = values[b]
        case (nil, nil): break
        }
    }
    return out
}

/// The autocorrelation at a season's lag, above what chance would give at the 90 % level; not above 0 when there is no
/// season. The test of the M4 benchmarks: Bartlett's limit.
private func seasonality(_ x: [Double], _ season: Int) -> Double {
    // Differences, so that a trend is not taken for a season.
    let d = zip(x.dropFirst(), x).map { $0 - $1 }
    let n = d.count
    let m = d.reduce(0, +) / Double(n)
    let variance = d.reduce(0) { $0 + ($1 - m) * ($1 - m) }
    guard variance > 0, n > season else { return 0 }
    func acf(_ lag: Int) -> Double {
        var sum = 0.0
        for t in lag..<n { sum += (d[t] - m) * (d[t - lag] - m) }
        return sum / variance
    }
    var squares = 0.0
    for lag in 1..<season { squares += acf(lag) * acf(lag) }
    let limit = 1.645 * ((1 + 2 * squares) / Double(n)).squareRoot()
    return acf(season) - limit
}

/// The mean departure of each phase from a centred moving average; ones (or zeros) without a season.
private func seasonalProfile(_ x: [Double], _ season: Int, multiplicative: Bool) -> [Double] {
    guard season > 1 else { return [multiplicative ? 1 : 0] }
    var sums = [Double](repeating: 0, count: season)
    var counts = [Int](repeating: 0, count: season)
    let half = season / 2
    guard x.count > 2 * half else { return Array(repeating: multiplicative ? 1 : 0, count: season) }
    for t in half..<(x.count - half) {
        var average = 0.0
        if season % 2 == 1 {
            for k in (t - half)...(t + half) { average += x[k] }
        } else {
            for k in (t - half + 1)..<(t + half) { average += x[k] }
            average += (x[t - half] + x[t + half]) / 2
        }
        average /= Double(season)
        sums[t % season] += multiplicative ? x[t] / average : x[t] - average
        counts[t % season] += 1
    }
    var profile = (0..<season).map {
        counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : (multiplicative ? 1 : 0)
    }
    let mean = profile.reduce(0, +) / Double(season)
    profile = profile.map { multiplicative ? $0 / mean : $0 - mean }
    return profile
}

/// One of the exponential smoothing methods, fitted by least squares of one step ahead over a grid.
/// Hyndman and others, “Forecasting with Exponential Smoothing” (2008).
private enum Smoothing {
    case simple, holt, damped

    struct Fit {
        var alpha: Double
        var level: Double
        var slope: Double
        var damping: Double
        var oneStep: [Double]
        var squares: Double

        func ahead(_ h: Int) -> Double {
            var sum = 0.0
            var power = 1.0
            for _ in 0..<h {
                power *= damping
                sum += power
            }
            return level + slope * sum
        }
    }

    func fit(_ x: [Double]) -> Fit {
        let alphas = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99]
        let betas: [Double] = self == .simple ? [0] : [0.01, 0.05, 0.1, 0.2, 0.4]
        let dampings: [Double] = self == .damped ? [0.8, 0.9, 0.95, 0.98] : [self == .simple ? 0 : 1]
        var best: Fit?
        for alpha in alphas {
            for beta in betas {
                for damping in dampings {
                    let fit = run(x, alpha, beta, damping)
                    if fit.squares < best?.squares ?? .infinity { best = fit }
                }
            }
        }
        return best ?? run(x, 0.5, 0, 0)
    }

    private func run(_ x: [Double], _ alpha: Double, _ beta: Double, _ damping: Double) -> Fit {
        var level = x[0]
        // The median of the first differences: one outlier does not set the slope.
        var slope = self == .simple ? 0 : median(zip(x.dropFirst(), x).prefix(8).map { $0 - $1 }) ?? 0
        var oneStep = [Double](repeating: x[0], count: x.count)
        var squares = 0.0
        for t in 1..<x.count {
            let expected = level + damping * slope
            oneStep[t] = expected
            let error = x[t] - expected
            squares += error * error
            level = expected + alpha * error
            slope = damping * slope + alpha * beta * error
        }
        return Fit(alpha: alpha, level: level, slope: slope, damping: damping, oneStep: oneStep, squares: squares)
    }
}
