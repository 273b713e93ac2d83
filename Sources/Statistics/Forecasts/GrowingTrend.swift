import Glibc

/// A level that grows by a power of itself and by what it did of late: for short series.
///
/// The local and global trend of Smyl, Bergmeir, Dokumentov, Long, Wibowo and Schmidt (2025), International Journal of
/// Forecasting 41:111–127: with a level l and its usual step b, both smoothed exponentially, the next value is l + γ lᵖ + λ
/// b. With p = 0 the growth is a line, with p = 1 exponential; most series lie between. Their constants are drawn from a
/// posterior by simulation; here they are averaged over a fixed grid, so that nothing is random: given the two smoothing
/// constants and p the rest is a regression with two coefficients, whose normal-inverse-gamma posterior is known in closed
/// form. γ is drawn to none and λ to its usual value as strongly as so many further rows would; each setting counts by the
/// square root of its marginal likelihood, since short series cannot vouch for the whole. Errors grow with the level to the
/// power of three quarters, and rows far off count less (two rounds of Cauchy's weights, Holland and Welsch 1977). O(n) for
/// each of the 72 settings.
struct GrowingTrend {
    typealias Lanes = SIMD8<Double>
    static let levels = Lanes(0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1)
    /// Of the usual step.
    static let slopes = [0.2, 0.5, 0.9]
    static let powers = [0, 0.5, 1]
    /// How many rows without growth the prior of γ is worth, and how many the prior of λ.
    static let growthStrength = 4.0
    static let slopeStrength = 8.0
    /// What λ is drawn to.
    static let usualSlope = 0.5
    static let rounds = 2
    /// From how many standard deviations on a row counts less.
    static let reach = 2.0
    /// No lower than this share of the last value.
    static let floor = 0.05

    /// Whether all values are above zero; else the growth can only be a line.
    let isPositive: Bool

    private var series: [Double] = []
    private var rowWeights: [Double] = []
    private var level: [Lanes] = []
    private var step: [Lanes] = []
    private var growth: [Lanes] = []
    private var weights: [Lanes] = []
    private var paths: [Lanes] = []
    private var evidence: [Lanes] = []

    init(isPositive: Bool, capacity: Int) {
        self.isPositive = isPositive
        series.reserveCapacity(capacity)
        rowWeights.reserveCapacity(capacity)
        level = Array(repeating: .zero, count: capacity)
        step = level
        growth = level
        weights = level
    }

    /// Continues `z`; filled values are no targets.
    mutating func ahead(_ z: Span<Double>, observed: Span<Double>, steps: Int, into out: inout [Double]) {
        let last = z[z.count - 1]
        for k in 0..<steps { out[k] = last }
        let unit = scale(z)
        guard z.count >= 4, unit > 0, unit.isFinite else { return }
        prepare(z, observed, unit)
        paths.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        for slope in Self.slopes {
            smooth(slope)
            for power in isPositive ? Self.powers : [0] { continueBy(power, slope, steps) }
        }
        average(steps, into: &out)
        for k in 0..<steps {
            let value = isPositive ? out[k] * unit : last + out[k] * unit
            out[k] = value.isFinite ? value : last
        }
    }

    /// The last value of positive series, the largest change of others.
    private func scale(_ z: Span<Double>) -> Double {
        if isPositive { return z[z.count - 1] }
        var largest = 0.0
        for t in 1..<max(1, z.count) { largest = max(largest, (z[t] - z[t - 1]).magnitude) }
        return largest
    }

    /// The series as shares of the unit, and how much each row counts for its level alone.
    private mutating func prepare(_ z: Span<Double>, _ observed: Span<Double>, _ unit: Double) {
        series.removeAll(keepingCapacity: true)
        rowWeights.removeAll(keepingCapacity: true)
        let base = isPositive ? 0 : z[z.count - 1]
        for t in 0..<z.count { series.append((z[t] - base) / unit) }
        var middle = series[0]
        rowWeights.append(0)
        for t in 1..<z.count {
            // The errors' variance grows with the level to the power of 1.5.
            let variance = isPositive ? middle * middle.squareRoot() : 1
            rowWeights.append(t < 2 || !(variance > 0) ? 0 : observed[t] / variance)
            middle += 0.5 * (series[t] - middle)
        }
    }

    /// The level and its step at each time, for all smoothing constants of the level.
    private mutating func smooth(_ slope: Double) {
        var l = Lanes(repeating: series[0])
        var b = Lanes(repeating: usualFirstStep)
        level[0] = l
        step[0] = b
        for t in 1..<series.count {
            let next = l + Self.levels * (Lanes(repeating: series[t]) - l)
            b += slope * (next - l - b)
            l = next
            level[t] = l
            step[t] = b
        }
    }

    private var usualFirstStep: Double {
        let first = series.prefix(5)
        return median(zip(first.dropFirst(), first).map { $0 - $1 }) ?? 0
    }

    /// The level to this power.
    private static func raised(_ level: Lanes, _ power: Double) -> Lanes {
        if power == 0 { return Lanes(repeating: 1) }
        let positive = level.clamped(lowerBound: Lanes(repeating: 1e-6), upperBound: Lanes(repeating: .infinity))
        return power == 1 ? positive : positive.squareRoot()
    }

    /// Fits γ and λ, and leaves where they lead and how well they are borne out.
    private mutating func continueBy(_ power: Double, _ slope: Double, _ steps: Int) {
        for t in 1..<series.count {
            growth[t] = Self.raised(level[t - 1], power)
            weights[t] = Lanes(repeating: rowWeights[t])
        }
        var fit = fitted()
        for _ in 0..<Self.rounds {
            drawIn(fit)
            fit = fitted()
        }
        evidence.append(fit.evidence)
        var l = level[series.count - 1]
        var b = step[series.count - 1]
        for _ in 0..<steps {
            var value = l + fit.growth * Self.raised(l, power) + fit.slope * b
            if isPositive {
                value = value.clamped(lowerBound: Lanes(repeating: Self.floor), upperBound: Lanes(repeating: .infinity))
            }
            paths.append(value)
            let next = l + Self.levels * (value - l)
            b += slope * (next - l - b)
            l = next
        }
    }

    private struct Fit {
        var growth: Lanes
        var slope: Lanes
        /// Of the marginal likelihood, the logarithm of the square root.
        var evidence: Lanes
    }

    private func fitted() -> Fit {
        var (xx, xb, bb, xy, by, yy) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for t in 2..<series.count {
            let (w, x, b) = (weights[t], growth[t], step[t - 1])
            let y = Lanes(repeating: series[t]) - level[t - 1]
            let (wx, wb, wy) = (w * x, w * b, w * y)
            xx += wx * x
            xb += wx * b
            bb += wb * b
            xy += wx * y
            by += wb * y
            yy += wy * y
        }
        let rows = Double(series.count - 2)
        let usual = Self.usualSlope
        let x0 = Self.growthStrength / rows * xx
        let b0 = Self.slopeStrength / rows * bb + 1e-12
        let (a11, a22, right) = (xx + x0, bb + b0, by + b0 * usual)
        let determinant = a11 * a22 - xb * xb
        let c = (a22 * xy - xb * right) / determinant
        let s = (a11 * right - xb * xy) / determinant
        let left = yy + b0 * usual * usual - c * xy - s * right
        var evidence = Lanes.zero
        for i in 0..<8 {
            evidence[i] =
                -0.25 * (rows + 2) * Glibc.log(max(left[i], 1e-14))
                - 0.25 * Glibc.log(determinant[i] / (x0[i] * b0[i]))
        }
        return Fit(growth: c, slope: s, evidence: evidence)
    }

    /// Lets rows far from the fit count less.
    private mutating func drawIn(_ fit: Fit) {
        var sum = Lanes.zero
        for t in 2..<series.count {
            let error = Lanes(repeating: series[t]) - level[t - 1] - fit.growth * growth[t] - fit.slope * step[t - 1]
            // For a moment the standardised square.
            weights[t] = error * error * rowWeights[t]
            sum += weights[t].squareRoot()
        }
        // The standard deviation of normal errors is 1.2533 times their mean size.
        let usual = sum * (1.2533 * Self.reach / Double(series.count - 2)) + 1e-9
        let square = usual * usual
        for t in 2..<series.count {
            let share = 1.2 * square / (square + weights[t])
            weights[t] = rowWeights[t] * share.clamped(lowerBound: .zero, upperBound: Lanes(repeating: 1))
        }
    }

    /// The mean of all paths, each counting by its evidence.
    private func average(_ steps: Int, into out: inout [Double]) {
        var best = -Double.infinity
        for e in evidence { for i in 0..<8 where e[i] > best { best = e[i] } }
        for k in 0..<steps { out[k] = 0 }
        var total = 0.0
        for (j, e) in evidence.enumerated() {
            var share = Lanes.zero
            for i in 0..<8 where e[i] > best - 40 { share[i] = Glibc.exp(e[i] - best) }
            total += share.sum()
            // A setting that could not be fitted counts for nothing, whatever its path.
            for k in 0..<steps { out[k] += (share * paths[j * steps + k]).replacing(with: 0, where: share .== 0).sum() }
        }
        for k in 0..<steps { out[k] /= total }
    }
}
