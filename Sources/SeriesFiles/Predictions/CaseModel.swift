import Connectors
import Glibc
import Statistics

/// Which columns of cases are what.
public struct CaseOptions: Sendable {
    public var id: String
    public var hours: String
    public var breach: String
    /// So many of the strongest reasons are told of each case.
    public var reasons: Int

    public init(id: String = "case_id", hours: String = "hours", breach: String = "breach", reasons: Int = 0) {
        self.id = id
        self.hours = hours
        self.breach = breach
        self.reasons = reasons
    }
}

/// What finished cases teach about open ones: hours to resolution, with an interval, and the probability that the promise is
/// broken.
///
/// Rows of the finished cases are in the order of time, the oldest first; every feature of a row comes from the rows before it.
/// Every fifth row is first predicted from the others: their outcomes choose the number of trees, correct the probabilities and
/// give the width of the intervals, and the latest count most; then all rows teach.
///
/// Nothing that is known only afterwards can help: only columns that the open cases have too are used, and none of them that is
/// filled there much less often than in the finished ones.
struct CaseModel {
    let options: CaseOptions
    let features: CaseFeatures
    let odds: Fitted?
    let times: Fitted?
    private(set) var calibration = ScoreCalibration()
    /// The share of broken promises among the latest cases; NaN where it is not known.
    private(set) var lately = Double.nan
    /// The column that tells how much time has passed, if any.
    let passed: String?
    /// Errors of the logarithm of hours that 10 and 90 % stay below.
    private(set) var spread: (low: Double, high: Double) = (.nan, .nan)

    /// Learns. O(rows × columns × rounds).
    /// - Parameter open: The cases to be predicted: their header and how full their columns are, nothing else of them is read.
    /// - Throws: `SeriesFileError` or `ConnectorError`.
    init(_ table: CaseTable, open: CaseTable, _ options: CaseOptions) throws {
        let hours = try Self.hours(table, options)
        let breach = try Self.breach(table, options)
        if hours == nil, breach == nil {
            throw SeriesFileError(
                "\(table.path):1: has neither a column “\(options.hours)” for --hours nor “\(options.breach)” for --breach; "
                    + "its columns are: " + table.header.joined(separator: ", "))
        }
        self.options = options
        let none = [Double](repeating: .nan, count: table.rowCount)
        let used = table.header.filter { name in
            name != options.id && name != options.hours && name != options.breach
                && !Self.isKnownOnlyAfterwards(name, table, open)
        }
        let features = CaseFeatures(table, used: used, hours: hours ?? none, breach: breach ?? none)
        self.features = features
        odds = breach.map { Fitted($0, features.training, .probability) }
        let passed = hours.flatMap { Self.passed(table, used, $0) }
        self.passed = passed?.name
        times = hours.map { Fitted(Self.remaining($0, after: passed?.hours), features.training, .median) }
        if let odds, !odds.held.isEmpty {
            calibration = ScoreCalibration(
                scores: odds.held.map(\.score), outcomes: odds.held.map(\.value), weights: odds.held.map(\.weight))
            calibration.slope *= Self.slopeKept
            lately = Self.share(lately: breach ?? none)
        }
        if let times {
            let errors = times.held.map { ($0.value - $0.score, $0.weight) }.sorted { $0.0 < $1.0 }
            spread = (Self.quantile(errors, 0.1) ?? .nan, Self.quantile(errors, 0.9) ?? .nan)
        }
    }

    /// What comes is less like what was than one part of it is like another.
    private static let slopeKept = 0.9
    /// Of the cases that tell what happens lately each counts half as much as one that came this share of all rows after it.
    private static let latelyShare = 0.05
    /// The level goes this part of the way to what happens lately.
    private static let latelyPart = 0.4
    /// So few open cases tell half as much of the level as many.
    private static let openHalf = 100.0

    private static func share(lately breach: [Double]) -> Double {
        var (total, weight, now) = (0.0, 0.0, 1.0)
        let keep = exp2(-1 / (latelyShare * Double(breach.count)))
        for value in breach.reversed() {
            if !value.isNaN {
                total += now * value
                weight += now
            }
            now *= keep
        }
        return weight > 0 ? total / weight : .nan
    }

    /// The calibration for cases that are predicted together.
    func calibration(of scores: [Double]) -> ScoreCalibration {
        guard !lately.isNaN else { return calibration }
        let n = Double(scores.count)
        return calibration.leveled(scores, to: lately, part: Self.latelyPart * n / (n + Self.openHalf))
    }

    /// The column of hours that no finished case fell below, the largest if there are several: what has passed already. Nothing
    /// is gained by predicting it again.
    private static func passed(
        _ table: CaseTable, _ used: [String], _ hours: [Double]
    ) -> (name: String, hours: [Double])? {
        var best: (name: String, hours: [Double], total: Double)?
        for name in used {
            guard let column = table.column(name), table.kind(column) == .number else { continue }
            let values = table.numbers(column)
            var (total, rows, isBelow) = (0.0, 0, true)
            for (value, hour) in zip(values, hours) where !hour.isNaN {
                // Hours are kept as logarithms; what that rounds away is not a difference.
                if value.isNaN || value < 0 || value > (exp(hour) - 1) * (1 + 1e-9) + 1e-6 {
                    isBelow = false
                    break
                }
                total += value
                rows += 1
            }
            if isBelow, rows >= 50, total > (best?.total ?? 0) { best = (name, values, total) }
        }
        return best.map { ($0.name, $0.hours) }
    }

    /// The logarithm of the hours that are left.
    private static func remaining(_ hours: [Double], after passed: [Double]?) -> [Double] {
        guard let passed else { return hours }
        return zip(hours, passed).map { $0.isNaN ? .nan : log(1 + max(0, exp($0) - 1 - $1)) }
    }

    /// Whether the open cases lack a column, or fill it so much less often that chance does not explain it: at most half as
    /// often as finished ones, and less likely than one in a thousand (Chernoff's bound).
    private static func isKnownOnlyAfterwards(_ name: String, _ table: CaseTable, _ open: CaseTable) -> Bool {
        guard let column = table.column(name), let other = open.column(name) else { return true }
        let share = min(Double(table.filled(column)) / Double(table.rowCount), 1 - 1e-4)
        let n = Double(open.rowCount)
        let filled = Double(open.filled(other)) / n
        guard share > 0, filled < 0.5 * share else { return false }
        let divergence =
            (filled > 0 ? filled * log(filled / share) : 0) + (1 - filled) * log((1 - filled) / (1 - share))
        return exp(-n * divergence) < 1e-3
    }

    private static func hours(_ table: CaseTable, _ options: CaseOptions) throws -> [Double]? {
        guard let place = table.column(options.hours) else { return nil }
        return try table.numbers(place).enumerated().map { row, value in
            if value < 0 {
                throw SeriesFileError("\(table.path):\(row + 2): has \(value) hours; they cannot be fewer than none")
            }
            return log(1 + value)
        }
    }

    private static func breach(_ table: CaseTable, _ options: CaseOptions) throws -> [Double]? {
        guard let place = table.column(options.breach) else { return nil }
        return try table.numbers(place).enumerated().map { row, value in
            guard value.isNaN || value == 0 || value == 1 else {
                throw SeriesFileError("\(table.path):\(row + 2): “\(options.breach)” is \(value); write 0 or 1")
            }
            return value
        }
    }

    /// The smallest value at or below which lies the share p of the weight.
    private static func quantile(_ sorted: [(value: Double, weight: Double)], _ p: Double) -> Double? {
        let total = sum(sorted.map(\.weight))
        var running = 0.0
        for (value, weight) in sorted {
            running += weight
            if running >= p * total { return value }
        }
        return sorted.last?.value
    }

    /// Trees for one outcome, and how rows that did not teach came out.
    struct Fitted {
        struct Held {
            var value: Double
            var score: Double
            var weight: Double
        }

        let table: BinnedTable
        let trees: BoostedTrees
        let held: [Held]

        /// Every so many rows one does not teach at first.
        private static let every = 5
        /// After this share of the rows the weight of a held row has halved.
        private static let halfLife = 0.1

        init(_ values: [Double], _ features: [[Double]], _ target: BoostedTarget) {
            func rows(_ places: [Int]) -> [[Double]] { features.map { column in places.map { column[$0] } } }
            var settings = BoostedTrees.Settings()
            if case .median = target {
                settings.rounds = 200
                settings.leavesMax = 15
                settings.rowsInLeafMin = 20
            }
            let known = values.indices.filter { !values[$0].isNaN }
            let taught = known.filter { $0 % Self.every != Self.every - 1 }
            let apart = known.filter { $0 % Self.every == Self.every - 1 }
            let first = BinnedTable(rows(taught))
            let second = BinnedTable(rows(apart), like: first)
            let trial = BoostedTrees(
                first, taught.map { values[$0] }, for: target, settings, watched: (second, apart.map { values[$0] }))
            held = apart.enumerated().map { place, row in
                let age = Double(values.count - row) / (Self.halfLife * Double(values.count))
                return Held(value: values[row], score: trial.score(second, row: place), weight: exp2(-age))
            }
            // Without rows to judge by all rounds stay.
            if !apart.isEmpty { settings.rounds = trial.treeCount }
            table = BinnedTable(rows(known))
            trees = BoostedTrees(table, known.map { values[$0] }, for: target, settings)
        }
    }
}
