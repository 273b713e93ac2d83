import Glibc

/// What is known of an effect: a weighted mixture of Student distributions with the same degrees of freedom.
public struct EffectPosterior: Sendable {
    /// Weights above one in a million, which add up to 1.
    let weights: [Double]
    let means: [Double]
    let scales: [Double]
    let table: StudentTable
    /// The middle of the mixture, in the units of the series.
    public let estimate: Double
    /// The standard deviation; the degrees of freedom are above 2.
    public let deviation: Double
    /// How much wider than the mixture the intervals are, about the estimate: 1, or more where the season echoes.
    public let stretch: Double

    init(logWeights: [Double], means: [Double], scales: [Double], table: StudentTable, stretch: Double = 1) {
        let top = logWeights.max() ?? 0
        var kept: (w: [Double], m: [Double], s: [Double]) = ([], [], [])
        var total = 0.0
        for i in logWeights.indices { total += Glibc.exp(logWeights[i] - top) }
        for i in logWeights.indices {
            let weight = Glibc.exp(logWeights[i] - top) / total
            guard weight >= 1e-6, means[i].isFinite, scales[i].isFinite else { continue }
            kept.w.append(weight)
            kept.m.append(means[i])
            kept.s.append(scales[i])
        }
        let rest = kept.w.reduce(0, +)
        weights = kept.w.map { $0 / rest }
        self.means = kept.m
        self.scales = kept.s
        self.table = table
        self.stretch = stretch
        var mean = 0.0
        for i in weights.indices { mean += weights[i] * kept.m[i] }
        let spread = table.degrees > 2 ? table.degrees / (table.degrees - 2) : 3
        var variance = 0.0
        for i in weights.indices {
            let off = kept.m[i] - mean
            variance += weights[i] * (off * off + kept.s[i] * kept.s[i] * spread)
        }
        estimate = mean
        deviation = variance.squareRoot() * stretch
    }

    private init(_ other: EffectPosterior, factor: Double) {
        weights = other.weights
        means = other.means.map { $0 * factor }
        scales = other.scales.map { $0 * factor.magnitude }
        table = other.table
        estimate = other.estimate * factor
        deviation = other.deviation * factor.magnitude
        stretch = other.stretch
    }

    /// Whether the arithmetic stayed within the numbers there are.
    var isFinite: Bool { estimate.isFinite && deviation.isFinite }

    /// The same effect in another unit.
    public func scaled(by factor: Double) -> EffectPosterior { EffectPosterior(self, factor: factor) }

    /// The chance that the effect is at most x.
    public func chance(atMost x: Double) -> Double {
        let x = estimate + (x - estimate) / stretch
        var sum = 0.0
        for i in weights.indices {
            sum += weights[i] * (scales[i] > 0 ? table.below((x - means[i]) / scales[i]) : (x >= means[i] ? 1 : 0))
        }
        return sum
    }

    /// The chance of an effect on the other side of zero, doubled: two-sided.
    public var twoSided: Double {
        var (below, above) = (0.0, 0.0)
        let zero = estimate - estimate / stretch
        for i in weights.indices where scales[i] > 0 {
            let z = (zero - means[i]) / scales[i]
            below += weights[i] * table.below(z)
            above += weights[i] * table.below(-z)
        }
        let p = 2 * min(below, above)
        if p > 1e-9 { return min(1, p) }
        // Far out the table has no digits left: the exact tails.
        let student = StudentT(degrees: table.degrees)
        (below, above) = (0, 0)
        for i in weights.indices where scales[i] > 0 {
            let z = (zero - means[i]) / scales[i]
            below += weights[i] * Glibc.exp(student.logTail(-z))
            above += weights[i] * Glibc.exp(student.logTail(z))
        }
        return min(1, 2 * min(below, above))
    }

    /// The effect below which lies a share of the chance. Regula falsi in the Illinois form, to 1e-12 of the deviation.
    public func quantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "A quantile is asked for a share between 0 and 1")
        guard isFinite, deviation > 0 else { return estimate }
        var reach = 4.0
        var (a, b) = (estimate - reach * deviation, estimate + reach * deviation)
        var (fa, fb) = (chance(atMost: a) - p, chance(atMost: b) - p)
        while fa > 0 || fb < 0, reach < 1e12 {
            reach *= 4
            if fa > 0 { (a, fa) = (estimate - reach * deviation, chance(atMost: estimate - reach * deviation) - p) }
            if fb < 0 { (b, fb) = (estimate + reach * deviation, chance(atMost: estimate + reach * deviation) - p) }
        }
        var side = 0
        for k in 0..<100 {
            if b - a <= 1e-12 * deviation { break }
            // A halving now and then guards against slow corners.
            var c = k % 8 == 7 || fb == fa ? (a + b) / 2 : (fb * a - fa * b) / (fb - fa)
            if !(c > a && c < b) { c = (a + b) / 2 }
            let fc = chance(atMost: c) - p
            if fc.magnitude < 1e-14 { return c }
            if fc < 0 {
                (a, fa) = (c, fc)
                if side == -1 { fb /= 2 }
                side = -1
            } else {
                (b, fb) = (c, fc)
                if side == 1 { fa /= 2 }
                side = 1
            }
        }
        return (a + b) / 2
    }

    /// The middle interval that holds a share `level` of the chance.
    public func interval(_ level: Double) -> Estimate {
        Estimate(estimate, low: quantile((1 - level) / 2), high: quantile((1 + level) / 2))
    }
}

/// Student's distribution function for one number of degrees of freedom, as a table: a mixture asks it thousands of times.
///
/// Quintic Hermite pieces between nodes 1/20 apart out to 12, the exact function beyond; the nodes are integrated with
/// five-point Gauss–Legendre. Off by less than 1e-11. O(250) densities to make.
struct StudentTable: Sendable {
    let degrees: Double
    private let nodes: [Double]
    private let densities: [Double]
    private let slopes: [Double]
    private static let step = 0.05
    private static let count = 240

    init(degrees ν: Double) {
        degrees = ν
        let front = logGamma((ν + 1) / 2) - logGamma(ν / 2) - 0.5 * Glibc.log(ν * Double.pi)
        func density(_ x: Double) -> Double { Glibc.exp(front - 0.5 * (ν + 1) * Glibc.log1p(x * x / ν)) }
        let h = Self.step
        let points = [0.046910077030668, 0.230765344947158, 0.5, 0.769234655052842, 0.953089922969332]
        let shares = [0.118463442528095, 0.239314335249683, 0.284444444444444, 0.239314335249683, 0.118463442528095]
        var (cumulative, values, changes) = ([0.5], [density(0)], [0.0])
        for i in 1...Self.count {
            let left = Double(i - 1) * h
            var sum = 0.0
            for k in 0..<5 { sum += shares[k] * density(left + h * points[k]) }
            cumulative.append(cumulative[i - 1] + h * sum)
            let x = Double(i) * h
            values.append(density(x))
            changes.append(-values[i] * x * (ν + 1) / (ν + x * x))
        }
        nodes = cumulative
        densities = values
        slopes = changes
    }

    /// The chance of a value at or below z; not a number where z is none.
    func below(_ z: Double) -> Double {
        guard !z.isNaN else { return .nan }
        let x = z.magnitude
        let upper: Double
        if x >= 12 {
            let tail = Glibc.exp(StudentT(degrees: degrees).logTail(x))
            return z > 0 ? 1 - tail : tail
        } else {
            let place = x / Self.step
            let i = min(Int(place), Self.count - 1)
            let s = place - Double(i)
            let h = Self.step
            let (f0, f1) = (nodes[i], nodes[i + 1])
            let (d0, d1) = (h * densities[i], h * densities[i + 1])
            let (c0, c1) = (h * h * slopes[i], h * h * slopes[i + 1])
            // The quintic with these values, slopes and bends at both ends.
            let gap = f1 - f0
            let a3 = 10 * gap - 6 * d0 - 4 * d1 - 1.5 * c0 + 0.5 * c1
            let a4 = -15 * gap + 8 * d0 + 7 * d1 + 1.5 * c0 - c1
            let a5 = 6 * gap - 3 * (d0 + d1) - 0.5 * (c0 - c1)
            upper = f0 + s * (d0 + s * (0.5 * c0 + s * (a3 + s * (a4 + s * a5))))
        }
        return z >= 0 ? upper : 1 - upper
    }
}
