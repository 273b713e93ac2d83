/// How long devices last, learned from devices that ran until they failed.
///
/// While a device is young its readings tell nothing of its end: what is learned is the remaining time up to a cap (Heimes,
/// "Recurrent neural networks for remaining useful life estimation", 2008). The cap is chosen by cross-validation over
/// devices, boosted trees do the regression, and the errors on devices that did not teach give the interval.
public struct WearModel: Sendable {
    private let cap: Double
    private let conditions: Conditions
    private let table: BinnedTable
    private let trees: BoostedTrees
    /// Upper ends of ranges of predictions, each with the errors (true less predicted) that 2.5 and 97.5 % stay below.
    private let errors: [(upTo: Double, low: Double, high: Double)]
    /// The cap in steps of time: longer remaining times are not told apart.
    public var longest: Double { cap }

    /// So many devices at least: with fewer, intervals would be guesses.
    public static let devicesMin = 5
    private static let rowsMax = 25_000

    /// Learns. O(rows × columns × rounds), some three times over.
    /// - Parameter histories: Each until its failure, all with the same columns.
    /// - Returns: Nil where fewer than five devices or hardly any rows are there.
    public init?(_ histories: [WearHistory]) {
        let usable = histories.filter { $0.times.count >= 2 }
        guard usable.count >= Self.devicesMin, usable.reduce(0, { $0 + $1.times.count }) >= 200 else { return nil }
        let conditions = Conditions(usable)
        let adjusted = usable.map(conditions.adjusted)
        let lives = adjusted.map { ($0.times.last ?? 0) - ($0.times.first ?? 0) }
        guard let life = median(lives), life > 0 else { return nil }
        let all = adjusted.reduce(0) { $0 + $1.times.count }
        let sparse = adjusted.map { Rows($0, every: 3 * max(1, all / Self.rowsMax)) }
        let trials = [0.5, 0.5625, 0.625, 0.6875, 0.75].map {
            Trial(sparse, cap: $0 * life, judged: 0.75 * life, folds: 3, .quick)
        }
        guard let best = trials.min(by: { $0.error < $1.error }) else { return nil }
        cap = best.cap
        errors = Trial(sparse, cap: best.cap, judged: 0.75 * life, folds: 5, .whole).spread()
        self.conditions = conditions
        let dense = adjusted.map { Rows($0, every: max(1, all / Self.rowsMax)) }
        (table, trees) = Self.grown(dense, best.cap, .whole)
    }

    /// What remains at the end of a history, and how sure that is; nil without readings.
    public func remaining(_ history: WearHistory) -> RemainingTime? {
        guard !history.times.isEmpty else { return nil }
        let adjusted = conditions.adjusted(history)
        let row = BinnedTable(WearFeatures.rows(of: adjusted, at: [history.times.count - 1]), like: table)
        let estimate = min(max(trees.score(row, row: 0), 0), cap)
        let spread = errors.first { estimate <= $0.upTo } ?? errors.last
        return RemainingTime(
            estimate: estimate, low: max(0, estimate + (spread?.low ?? 0)), high: estimate + (spread?.high ?? 0))
    }

    fileprivate enum Effort { case quick, whole }

    fileprivate static func grown(_ rows: [Rows], _ cap: Double, _ effort: Effort) -> (BinnedTable, BoostedTrees) {
        var settings = BoostedTrees.Settings()
        settings.rounds = effort == .quick ? 50 : 200
        settings.step = effort == .quick ? 0.15 : 0.05
        settings.leavesMax = 15
        let columns = rows[0].columns.indices.map { column in rows.flatMap { $0.columns[column] } }
        let table = BinnedTable(columns)
        return (table, BoostedTrees(table, rows.flatMap { $0.left.map { min($0, cap) } }, for: .mean, settings))
    }

    /// Features of one device at some moments, with what was then left of its life.
    fileprivate struct Rows {
        var columns: [[Double]]
        var left: [Double]

        init(_ history: WearHistory, every step: Int) {
            let moments = Array(stride(from: history.times.count - 1, through: 0, by: -step))
            columns = WearFeatures.rows(of: history, at: moments)
            let end = history.times.last ?? 0
            left = moments.map { end - history.times[$0] }
        }
    }

    /// How well a cap does on devices that did not teach.
    fileprivate struct Trial {
        let cap: Double
        /// Mean square over the moments that matter: those with so little left that a cap may hide it.
        private(set) var error = 0.0
        private var told: [(predicted: Double, left: Double)] = []

        init(_ devices: [Rows], cap: Double, judged: Double, folds: Int, _ effort: Effort) {
            self.cap = cap
            var (total, n) = (0.0, 0.0)
            for fold in 0..<folds {
                let teach = devices.indices.filter { $0 % folds != fold }.map { devices[$0] }
                let (table, trees) = WearModel.grown(teach, cap, effort)
                for index in devices.indices where index % folds == fold {
                    let asked = BinnedTable(devices[index].columns, like: table)
                    for row in 0..<asked.rowCount {
                        let predicted = min(max(trees.score(asked, row: row), 0), cap)
                        let left = devices[index].left[row]
                        told.append((predicted, left))
                        if left <= judged {
                            total += (predicted - left) * (predicted - left)
                            n += 1
                        }
                    }
                }
            }
            error = n > 0 ? total / n : .infinity
        }

        /// Ranges of predictions with about as many rows each, and how far the truth lay from them.
        func spread() -> [(upTo: Double, low: Double, high: Double)] {
            let sorted = told.sorted { $0.predicted < $1.predicted }
            let ranges = max(1, min(10, sorted.count / 80))
            return (0..<ranges).compactMap { k in
                let part = sorted[(k * sorted.count / ranges)..<((k + 1) * sorted.count / ranges)]
                let errors = part.map { $0.left - $0.predicted }.sorted()
                guard let last = part.last, let low = quantile(sorted: errors, 0.025),
                    let high = quantile(sorted: errors, 0.975)
                else { return nil }
                return (last.predicted, low, high)
            }
        }
    }
}
