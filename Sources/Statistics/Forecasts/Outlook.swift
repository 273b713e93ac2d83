import Glibc

/// The distribution of each step to come: normal on the scale of the work, or a count's.
struct Outlook: Sendable, Equatable {
    var isLog = false
    var isCount = false
    var isNonNegative = false
    /// What a raw value is divided by.
    var unit = 1.0
    /// On the scale of the work.
    var centres: [Double] = []
    /// The standard deviation that the interval at a level z quantiles wide stands for, on the scale of the work.
    var spreads: [Double] = []
    /// The correlation of a step's error with that of the step before.
    var persistence = 0.0
    /// Where the series has been of late.
    var last = 0.0

    /// The chance that step k (from 0) is below x.
    func below(_ x: Double, step k: Int) -> Double {
        if isCount { return CountDistribution(mean: centres[k], variance: spreads[k] * spreads[k]).below(x) }
        if isLog && x <= 0 || isNonNegative && x <= 0 { return 0 }
        let v = isLog ? Glibc.log(x) : x / unit
        guard spreads[k] > 0 else { return centres[k] < v ? 1 : 0 }
        return Normal.below(Self.stretched(v - centres[k], isLog: isLog) / spreads[k])
    }

    /// Up to this factor above its centre (on a logarithmic scale) a distribution is log-normal; beyond, it is normal.
    ///
    /// A few errors cannot tell that a tail is as heavy as e to a large number, and a bound of a hundred times the largest
    /// value is of no use. The two parts meet with the same slope.
    private static let logReach = 0.5

    /// A deviation upwards in normal terms as a difference of logarithms.
    static func compressed(_ half: Double, isLog: Bool) -> Double {
        guard isLog, half > logReach else { return half }
        return logReach + Glibc.log(1 + half - logReach)
    }

    /// The inverse of `compressed`.
    static func stretched(_ difference: Double, isLog: Bool) -> Double {
        guard isLog, difference > logReach else { return difference }
        return logReach + Glibc.exp(difference - logReach) - 1
    }
}

/// Negative binomial with this mean and variance; Poisson where the variance is not above the mean.
struct CountDistribution {
    let mean: Double
    let variance: Double

    init(mean: Double, variance: Double) {
        self.mean = max(0, mean)
        self.variance = max(self.mean, variance)
    }

    private var start: (first: Double, ratio: (Double) -> Double) {
        guard variance > mean * 1.000_001 else {
            return (Glibc.exp(-mean), { [mean] k in mean / (k + 1) })
        }
        let size = mean * mean / (variance - mean)
        let share = 1 - mean / variance
        return (Glibc.exp(size * Glibc.log(mean / variance)), { k in (k + size) / (k + 1) * share })
    }

    /// The smallest count at or below which lies the share p.
    func quantile(_ p: Double) -> Double {
        guard mean > 0 else { return 0 }
        var (term, ratio) = start
        var sum = term
        var k = 0.0
        while sum < p, k < 100_000 {
            term *= ratio(k)
            k += 1
            sum += term
        }
        return k
    }

    /// The chance of a count below x.
    func below(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard mean > 0 else { return 1 }
        var (term, ratio) = start
        var sum = 0.0
        var k = 0.0
        while k < x, k < 100_000 {
            sum += term
            term *= ratio(k)
            k += 1
        }
        return min(1, sum)
    }
}
