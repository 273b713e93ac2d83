import Glibc
import Statistics

/// How surprising the best of many looks is, in logarithms of probabilities.
enum Tails {
    /// A trend: two-sided, one look. `statistic` is a likelihood ratio or a squared score.
    static func trend(_ statistic: Double, dispersion φ: Double, degrees ν: Double) -> Double {
        guard statistic > 0 else { return 0 }
        return min(0, Glibc.log(2) + StudentT(degrees: ν).logTail((statistic / φ).squareRoot()))
    }

    /// A shift at the best of all days in [ε, 1 − ε] of the time.
    ///
    /// Student's tail is turned into the normal value b of the same tail, and that into the chance that a Brownian
    /// bridge, standardised, exceeds b anywhere: Miller & Siegmund (1982), Biometrics 38:1011–1016.
    static func shift(_ statistic: Double, dispersion φ: Double, degrees ν: Double, edge ε: Double) -> Double {
        guard statistic > 0 else { return 0 }
        let tail = StudentT(degrees: ν).logTail((statistic / φ).squareRoot())
        let b = Normal.quantile(logTail: min(tail, -1e-9))
        guard b >= 1.5 else { return 0 }
        let factor = b * (1 - 1 / (b * b)) * 2 * Glibc.log((1 - ε) / ε) + 4 / b
        return min(0, Normal.logDensity(b) + Glibc.log(factor))
    }
}
