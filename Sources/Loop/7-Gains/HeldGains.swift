import Statistics

/// How long the gains of some improvements have held.
public struct HeldGains: Sendable, Hashable {
    /// Gains that were proven, and those of them that have slipped.
    public var proven: Int
    public var slipped: Int
    /// Days that half of them hold, with the 95 % interval; nil while fewer than half have slipped, or too few are known. The
    /// upper end is infinite where nobody can say yet.
    public var medianDays: Estimate?
    /// Days that the longest has held so far.
    public var longestDays: Int

    /// Fewer gains than this say nothing about how long one holds.
    public static let gainsMin = 3

    /// The median by Kaplan & Meier (1958), so that gains that still hold count as holding at least as long as they have; its
    /// interval by Brookmeyer & Crowley (1982, Biometrics 38:29–41).
    /// - Returns: Nil without any gain.
    public init?(_ gains: [(days: Int, hasSlipped: Bool)]) {
        guard let longest = gains.map(\.days).max() else { return nil }
        proven = gains.count
        slipped = gains.count(where: \.hasSlipped)
        longestDays = longest
        guard proven >= Self.gainsMin, slipped > 0 else { return }
        let curve = KaplanMeier(times: gains.map { Double($0.days) }, ended: gains.map(\.hasSlipped))
        func time(_ crosses: (Int) -> Bool) -> Double? {
            curve.times.indices.first(where: crosses).map { curve.times[$0] }
        }
        guard let median = time({ curve.surviving[$0] <= 0.5 }) else { return }
        medianDays = Estimate(
            median, low: time { curve.surviving[$0] - 1.96 * curve.errors[$0] <= 0.5 } ?? median,
            high: time { curve.surviving[$0] + 1.96 * curve.errors[$0] <= 0.5 } ?? .infinity)
    }
}
