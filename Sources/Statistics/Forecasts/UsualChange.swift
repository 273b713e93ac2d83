import Glibc

/// How far a series usually moves within a season, or a step where it has none, and how that grows with the distance.
///
/// The growth is that of the variance ratio of Cochrane (1988): with v(q) the mean square of the changes over q steps about
/// their median, log(v(b) / v(a)) / log(b / a). It is 0 for a series that always goes back to its level, 1 for a random walk
/// and 2 for a trend that changes.
struct UsualChange {
    /// In steps; 1 without a season.
    let period: Int
    /// Of the change over a period; above zero.
    let meanSquare: Double
    /// Between 0 and 2; from one step to four, or from one season to two. Nil where the series is too short to tell.
    let growth: Double?

    /// - Returns: Nil where every change is the same.
    init?(_ y: [Double], period: Int) {
        guard let square = Self.meanSquare(y, over: period), square > 0, square.isFinite else { return nil }
        self.period = period
        meanSquare = square
        let far = period > 1 ? 2 * period : 4
        guard y.count >= 2 * far + 2, let farSquare = Self.meanSquare(y, over: far) else {
            growth = nil
            return
        }
        let ratio = max(farSquare / square, 1e-12)
        growth = max(0, min(2, Glibc.log(ratio) / Glibc.log(Double(far) / Double(period))))
    }

    private static func meanSquare(_ y: [Double], over distance: Int) -> Double? {
        let changes = zip(y.dropFirst(distance), y).map { $0 - $1 }
        guard let middle = median(changes) else { return nil }
        return changes.reduce(0) { $0 + ($1 - middle) * ($1 - middle) / Double(changes.count) }
    }
}
