import Glibc
import Statistics

/// How a count over some exposure changed: the later rate divided by the earlier, with its interval.
public struct RateRatio: Sendable, Hashable, Codable {
    /// Per unit of exposure.
    public var now: Double
    public var before: Double
    /// 95 %.
    public var ratio: Estimate
    /// How many standard errors the logarithm of the ratio lies from none.
    public var z: Double

    /// - Parameters:
    ///   - counts: One a step, oldest first; the last `recent` steps are the later ones.
    ///   - exposures: Of each step; a step without exposure is left out.
    /// - Returns: Nil with fewer than `recent` steps before them, or when neither side counted anything.
    ///
    /// The logarithm of a ratio of two counts has the variance φ (1 / a + 1 / b); φ is Pearson's statistic over its degrees,
    /// never below 1 (Wedderburn 1974, Biometrika 61:439–447). A count of none is taken for a half.
    public init?(counts: [Double], exposures: [Double], recent: Int) {
        let n = counts.count
        guard n == exposures.count, n >= 2 * recent else { return nil }
        let late = (n - recent)..<n
        let early = max(0, n - 4 * recent)..<(n - recent)
        func total(_ values: [Double], _ range: Range<Int>) -> Double { sum(Array(values[range])) }
        let exposed = (late: total(exposures, late), early: total(exposures, early))
        let counted = (late: total(counts, late), early: total(counts, early))
        guard exposed.late > 0, exposed.early > 0, counted.late + counted.early > 0 else { return nil }
        now = counted.late / exposed.late
        before = counted.early / exposed.early
        var pearson = 0.0
        var degrees = -2.0
        for (range, rate) in [(late, now), (early, before)] {
            for t in range where exposures[t] > 0 && rate > 0 {
                let expected = rate * exposures[t]
                pearson += (counts[t] - expected) * (counts[t] - expected) / expected
                degrees += 1
            }
        }
        let dispersion = degrees > 0 ? max(1, pearson / degrees) : 1
        let a = max(0.5, counted.late)
        let b = max(0.5, counted.early)
        let middle = Glibc.log(a / exposed.late) - Glibc.log(b / exposed.early)
        let error = (dispersion * (1 / a + 1 / b)).squareRoot()
        z = middle / error
        ratio = Estimate(
            Glibc.exp(middle), low: Glibc.exp(middle - 1.96 * error), high: Glibc.exp(middle + 1.96 * error))
    }
}

/// The interval of a share, by Wilson (1927, J. American Statistical Association 22:209–212); 95 %.
/// - Returns: Nil when there was nothing to have a share of.
public func shareEstimate(_ part: Int, of whole: Int) -> Estimate? {
    guard whole > 0, part >= 0, part <= whole else { return nil }
    let n = Double(whole)
    let p = Double(part) / n
    let z = 1.959_964
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Estimate(p, low: max(0, centre - half), high: min(1, centre + half))
}
