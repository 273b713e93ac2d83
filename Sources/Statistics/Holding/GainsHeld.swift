import Glibc

/// The share of a gain that is still held: (before − now) / (before − after), with Fieller's interval (1954, J. Royal
/// Statistical Society B 16:175–185).
///
/// 1 is all of it, 0 none, below 0 worse than before. The variances of the three means take the memory of the points into
/// account (an autoregression where there are 40 points, lag-one autocorrelation below).
/// - Parameters:
///   - before: Points before the improvement.
///   - after: Points right after, in which the gain was measured.
///   - now: The latest points.
/// - Throws: `tooShort` below 8 points in any part, `constant` when nothing varies, `noGainShown` when the gain's own
///   interval holds 0: the share's would be unbounded.
public func shareHeld(
    before: [Double], after: [Double], now: [Double], level: Double = 0.95
) throws(HoldingError) -> Estimate {
    let parts = try [before, after, now].map { part throws(HoldingError) in try levelOf(part) }
    let gain = parts[0].mean - parts[1].mean
    let held = parts[0].mean - parts[2].mean
    let variance = parts.map(\.variance)
    guard sum(variance) > 0 else { throw .constant }
    let t = StudentT(degrees: parts.map(\.degrees).reduce(0, +)).quantile(tail: (1 - level) / 2)
    // The interval is where (held − r gain)² ≤ t² Var(held − r gain), a quadratic in r.
    let gainVariance = variance[0] + variance[1]
    let heldVariance = variance[0] + variance[2]
    let a = gain * gain - t * t * gainVariance
    guard a > 0 else { throw .noGainShown }
    let b = held * gain - t * t * variance[0]
    let c = held * held - t * t * heldVariance
    let root = max(0, b * b - a * c).squareRoot()
    return Estimate(held / gain, low: (b - root) / a, high: (b + root) / a)
}

private func levelOf(_ points: [Double]) throws(HoldingError) -> (mean: Double, variance: Double, degrees: Double) {
    let known = points.filter(\.isFinite)
    guard known.count >= 8, let centre = mean(known) else { throw .tooShort(known: known.count, needed: 8) }
    let n = Double(known.count)
    let squares = known.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    guard squares > 0 else { return (centre, 0, n - 1) }
    var inflation = 1.0
    if known.count >= 40 {
        inflation = max(1, try ResidualModel(points).inflation)
    } else {
        var product = 0.0
        for i in 1..<known.count { product += (known[i] - centre) * (known[i - 1] - centre) }
        // Short stretches underestimate their autocorrelation by about (1 + 4ρ) / n (Kendall 1954).
        let r = product / squares
        let rho = max(0, min(0.9, r + (1 + 4 * r) / n))
        inflation = (1 + rho) / (1 - rho)
    }
    return (centre, squares / (n - 1) * inflation / n, max(2, n / inflation - 1))
}

/// How a gain erodes.
public struct Erosion: Sendable, Equatable {
    /// Steps in which half of what is left of the gain is lost.
    public var halfLife: Estimate
    /// The gain at the first step, in the series' unit; negative where the improvement lowered the level.
    public var gain: Double
}

/// The half-life of a gain that is lost exponentially: points = before + gain × 2^(−t / half-life) + noise.
///
/// Least squares over the rate, the gain solved for at each; the interval is the profile's, by F, with the squares shared
/// among as many independent points as the residuals' lag-one autocorrelation leaves.
/// - Parameters:
///   - points: From the improvement on, one a step; whatever is not finite is missing.
///   - before: The level that a lost gain returns to, taken as known.
/// - Throws: `tooShort` below 20 known points; `noGainShown` when there is none to lose; `noErosionShown` when the interval
///   holds no erosion at all; `cannotTell` when its ends are more than a factor 20 apart.
public func halfLifeOfErosion(
    _ points: [Double], before: Double, level: Double = 0.95
) throws(HoldingError) -> Erosion {
    let times = points.indices.filter { points[$0].isFinite }
    guard times.count >= 20, let last = times.last else { throw .tooShort(known: times.count, needed: 20) }
    let profile = ErosionProfile(times: times, values: times.map { points[$0] - before })
    guard profile.squares(at: 0) < .infinity, profile.total > 0 else { throw .noGainShown }
    // Rates from a half-life of a hundred spans down to half a step; 0 is no erosion; below it, the gain grows.
    let fastest = Glibc.log(2) / 0.5
    let slowest = Glibc.log(2) / (100 * Double(last + 1))
    let grid = (0...400).map { slowest * Glibc.pow(fastest / slowest, Double($0) / 400) }
    let rates = grid.reversed().map { -$0 }.filter { $0 > -10 / Double(last + 1) } + [0] + grid
    let squares = rates.map { profile.squares(at: $0) }
    guard let best = squares.indices.min(by: { squares[$0] < squares[$1] }) else { throw .noGainShown }
    let rate = rates[best]
    let effective = max(4, profile.effectiveCount(at: rate))
    // F(1, ν) is t² with ν degrees.
    let t = StudentT(degrees: effective - 2).quantile(tail: (1 - level) / 2)
    let bound = squares[best] * (1 + t * t / (effective - 2)) + 1e-24 * profile.total
    guard profile.total > bound else { throw .noGainShown }
    let inside = rates.indices.filter { squares[$0] <= bound }
    let low = edge(rates, squares, from: inside.first ?? best, step: -1, bound)
    let high = edge(rates, squares, from: inside.last ?? best, step: 1, bound)
    guard low > 0, rate > 0 else {
        throw .noErosionShown(halfLifeAtLeast: high > 0 ? Glibc.log(2) / high : .infinity)
    }
    guard high <= 20 * low else { throw .cannotTell(low: Glibc.log(2) / high, high: Glibc.log(2) / low) }
    let refined = profile.refined(between: rates[max(0, best - 1)], rates[min(rates.count - 1, best + 1)])
    return Erosion(
        halfLife: Estimate(Glibc.log(2) / refined, low: Glibc.log(2) / high, high: Glibc.log(2) / low),
        gain: profile.gain(at: refined))
}

/// Where the profile crosses the bound between the last rate inside and its neighbour outside, on a straight line.
private func edge(_ rates: [Double], _ squares: [Double], from i: Int, step: Int, _ bound: Double) -> Double {
    let j = i + step
    guard squares.indices.contains(j), squares[j] > squares[i], squares[j].isFinite else { return rates[i] }
    return rates[i] + (rates[j] - rates[i]) * max(0, min(1, (bound - squares[i]) / (squares[j] - squares[i])))
}

/// What is left of the squares at each rate, once the gain is fitted.
private struct ErosionProfile {
    let times: [Int]
    let values: [Double]
    let total: Double

    init(times: [Int], values: [Double]) {
        (self.times, self.values) = (times, values)
        total = sum(values.map { $0 * $0 })
    }

    func gain(at rate: Double) -> Double {
        var product = 0.0
        var norm = 0.0
        for (t, value) in zip(times, values) {
            let e = Glibc.exp(-rate * Double(t))
            product += e * value
            norm += e * e
        }
        return product / norm
    }

    func squares(at rate: Double) -> Double {
        let gain = gain(at: rate)
        var rest = 0.0
        for (t, value) in zip(times, values) {
            let left = value - gain * Glibc.exp(-rate * Double(t))
            rest += left * left
        }
        return rest.isFinite ? rest : .infinity
    }

    /// Independent points that the residuals are worth.
    func effectiveCount(at rate: Double) -> Double {
        let gain = gain(at: rate)
        let left = zip(times, values).map { $1 - gain * Glibc.exp(-rate * Double($0)) }
        var product = 0.0
        for i in 1..<left.count { product += left[i] * left[i - 1] }
        let squares = left.reduce(0) { $0 + $1 * $1 }
        let n = Double(left.count)
        guard squares > 0 else { return n }
        let r = product / squares
        let rho = max(0, min(0.95, r + (1 + 4 * r) / n))
        return n * (1 - rho) / (1 + rho)
    }

    /// The rate with the least squares between two, by golden section.
    func refined(between a: Double, _ b: Double) -> Double {
        let golden = (5.0.squareRoot() - 1) / 2
        var (low, high) = (a, b)
        for _ in 0..<60 {
            let left = high - golden * (high - low)
            let right = low + golden * (high - low)
            if squares(at: left) < squares(at: right) { high = right } else { low = left }
        }
        return (low + high) / 2
    }
}
