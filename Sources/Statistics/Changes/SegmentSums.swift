/// Running sums of a series, from which the cost of any stretch follows in constant time at any autocorrelation.
///
/// For AR(1) noise with autocorrelation ρ the inverse covariance is tridiagonal, so the generalised least squares of a level,
/// or of a level and a slope, need only Σx, Σx², Σx·t and Σx·(x before), and the values at both ends of the stretch
/// (Prais and Winsten 1954). Time is counted from the middle of the stretch: there the level and the slope are orthogonal.
struct SegmentSums {
    let x: [Double]
    /// Sums over the steps before the index.
    private(set) var one: [Double]
    private(set) var square: [Double]
    /// Of x times the step counted from the middle of the series.
    private(set) var moment: [Double]
    /// Of each x, but the first, times the one before it.
    private(set) var lagged: [Double]

    var count: Int { x.count }

    init(_ x: [Double]) {
        let n = x.count
        self.x = x
        one = [Double](repeating: 0, count: n + 1)
        square = one
        moment = one
        lagged = one
        let middle = Double(n - 1) / 2
        var (a, b, c, d, before) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for t in 0..<n {
            let v = x[t]
            a += v
            b += v * v
            c += v * (Double(t) - middle)
            d += v * before
            before = v
            one[t + 1] = a
            square[t + 1] = b
            moment[t + 1] = c
            lagged[t + 1] = d
        }
    }

    /// The fits of a level and of a line to the steps i up to, but not including, j.
    @inline(__always)
    func fit(_ i: Int, _ j: Int, _ noise: Autocorrelated) -> SegmentFit {
        let (first, last) = (x[i], x[j - 1])
        let length = Double(j - i)
        let sum = one[j] - one[i]
        let squares =
            noise.inner * (square[j] - square[i]) - noise.twice * (lagged[j] - lagged[i + 1])
            - noise.squared * (first * first + last * last)
        let level = noise.step * sum + noise.edge * (first + last)
        let half = (length - 1) / 2
        let middle = (Double(i + j) - Double(count)) / 2
        let reach = noise.edge * half + noise.rho
        let slope = noise.step * (moment[j] - moment[i] - middle * sum) + (last - first) * reach
        let levelWeight = noise.step * length + 2 * noise.edge
        let slopeWeight = noise.step * length * (length * length - 1) * (1.0 / 12) + 2 * half * reach
        let flat = max(0, squares - level * level / levelWeight)
        let line = slopeWeight > 0 ? max(0, flat - slope * slope / slopeWeight) : flat
        return SegmentFit(
            flat: flat, line: line, level: level / levelWeight, slope: slopeWeight > 0 ? slope / slopeWeight : 0,
            half: half)
    }
}

/// What AR(1) noise with autocorrelation ρ and innovations of variance 1 weighs.
struct Autocorrelated {
    let rho: Double
    /// 1 + ρ².
    let inner: Double
    /// 2ρ.
    let twice: Double
    /// ρ².
    let squared: Double
    /// (1 - ρ)².
    let step: Double
    /// ρ(1 - ρ).
    let edge: Double
    /// -ln(1 - ρ²): what the first step of a stretch adds to the description.
    let start: Double

    init(_ rho: Double) {
        self.rho = rho
        inner = 1 + rho * rho
        twice = 2 * rho
        squared = rho * rho
        step = (1 - rho) * (1 - rho)
        edge = rho * (1 - rho)
        start = -logarithm(1 - rho * rho)
    }
}

/// The weighted residual sums of squares of a stretch, and the fitted level at its middle and slope.
struct SegmentFit {
    var flat: Double
    var line: Double
    var level: Double
    var slope: Double
    var half: Double
}
