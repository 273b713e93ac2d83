/// For each value of a category, what came of earlier rows with it: a number in place of a name.
///
/// Rows stand in the order of time, and a row is told only what those before it showed (ordered target statistics,
/// Prokhorenkova and others, "CatBoost", 2018): nothing leaks from a row's own outcome into what predicts it. Rare values are
/// drawn to the mean of all.
public struct EarlierRates: Sendable {
    private var sums: [Double]
    private var counts: [Double]
    private var rows: [Double]
    private var total: Double
    private var seen: Double

    /// So many rows of the overall mean stand beside a value's own.
    private static let drawn = 10.0

    /// - Parameters:
    ///   - values: How many different values there are; they are numbers below it.
    ///   - first: What is expected before anything has been seen.
    public init(values: Int, first: Double) {
        sums = [Double](repeating: 0, count: values)
        counts = sums
        rows = sums
        total = first
        seen = 1
    }

    private var mean: Double { total / seen }

    /// What is to be expected of a row with this value; for one never seen the mean.
    public func expected(_ value: Int) -> Double {
        guard value < counts.count else { return mean }
        return (sums[value] + Self.drawn * mean) / (counts[value] + Self.drawn)
    }

    /// How many rows had it so far, known or not.
    public func count(_ value: Int) -> Double { value < rows.count ? rows[value] : 0 }

    /// What came of a row; NaN where that is not known.
    /// - Parameter isCounted: Whether it is one of `count`.
    public mutating func learn(_ value: Int, _ outcome: Double, isCounted: Bool = true) {
        if isCounted { rows[value] += 1 }
        guard !outcome.isNaN else { return }
        sums[value] += outcome
        counts[value] += 1
        total += outcome
        seen += 1
    }
}
