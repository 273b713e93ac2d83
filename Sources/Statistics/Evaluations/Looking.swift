import Glibc

/// Looking before the end without fooling oneself.
///
/// Information is 1 / variance of the effect. All boundaries are in units of the effect's standard deviation.
public enum AnytimeBoundary {
    /// How far the effect must be from zero for an early verdict that the plan allows, at any look up to the review; the
    /// final interval then uses `finalFactor`.
    ///
    /// O'Brien & Fleming (1979), Biometrics 35:549–556, in continuous time: the reflection principle gives 2.2414 for 5 %.
    /// - Parameter share: The information so far as a share of the planned.
    public static func early(share: Double) -> Double { 2.2414 / min(1, max(1e-12, share)).squareRoot() }

    /// The factor on the final interval when early verdicts were allowed: 2.2414 / 1.96.
    public static let finalFactor = 1.1436

    /// The half-width of an interval that holds at every look at once, also without an end.
    ///
    /// Robbins (1970), Ann. Math. Statist. 41:1397–1409: a normal mixture with α = 0.05, its prior variance eight planned
    /// informations.
    public static func always(share: Double) -> Double {
        let k = 8 * max(1e-12, share)
        return ((1 + 1 / k) * Glibc.log((1 + k) / 0.0025)).squareRoot()
    }
}
