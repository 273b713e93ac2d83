import Glibc

/// What an evaluation could prove, from the steps before the start alone: no simulation.
///
/// The standard error of the mean of H steps after the start, with errors of lag-1 autocorrelation r, from the inverse
/// covariance of the autoregression of order 1 (Prais & Winsten 1954, Cowles Commission 383), times 2.8 for a power of
/// 80 % at 5 %, times 1.05 for what else is estimated.
public struct DetectableEffect: Sendable, Hashable {
    /// Standard deviation of a step's error, in the units of the series.
    public var deviation: Double
    /// Lag-1 autocorrelation of the errors, corrected for its bias.
    public var autocorrelation: Double
    public var stepsBefore: Int
    public var stepsAfter: Int
    /// The level before the start, for relative figures.
    public var level: Double

    public init(deviation: Double, autocorrelation: Double, stepsBefore: Int, stepsAfter: Int, level: Double) {
        self.deviation = deviation
        self.autocorrelation = autocorrelation
        self.stepsBefore = stepsBefore
        self.stepsAfter = stepsAfter
        self.level = level
    }

    /// The smallest effect that will be proven with 80 % power, in the units of the series.
    public var absolute: Double { Self.allowance * standardError(after: stepsAfter) }
    /// As a share of the level before the start; nil where that is not above zero.
    public var relative: Double? { level > 0 ? absolute / level : nil }

    static let allowance = 2.8 * 1.05

    /// The standard error of the mean effect over so many steps after the start.
    public func standardError(after steps: Int) -> Double {
        let r = autocorrelation
        let b = 1 - r
        let h = Double(max(1, steps))
        let aa = 1 + (h - 1) * b * b
        let a1 = b * (1 + (h - 1) * b)
        let oo = (1 - r * r) + (Double(stepsBefore) + h - 1) * b * b
        return deviation * ((1 - r * r) / (aa - a1 * a1 / oo)).squareRoot()
    }

    /// How many steps after the start would prove an effect of this size.
    /// - Returns: Nil when no number up to `limit` does: the baseline is too short or too noisy for it.
    public func stepsNeeded(for effect: Double, limit: Int = 730) -> Int? {
        guard effect > 0 else { return nil }
        var (low, high) = (1, limit)
        guard Self.allowance * standardError(after: high) <= effect else { return nil }
        while low < high {
            let middle = (low + high) / 2
            if Self.allowance * standardError(after: middle) <= effect { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// What a change could prove before it is started: the same figure as `Evaluation.detectable`.
/// - Parameters:
///   - values: The history, one value a step; NaN is missing.
///   - after: Steps planned after the start.
/// - Returns: Nil when there are fewer than 14 observed steps more than columns, or no variation.
public func detectableEffect(
    before values: [Double], controls: [[Double]] = [], season: Season = .none, after: Int
) -> DetectableEffect? {
    let rows = values.count
    let controls = controls.map { padded($0, to: rows) }
    let columns =
        [Array(repeating: 1.0, count: rows)] + seasonColumns(season, rows: rows)
        + controls.map { control in
            let centre = levelAndSpread(control, 0..<rows).mean
            return control.map { $0.isFinite ? $0 - centre : 0 }
        }
    let observed = values.indices.filter { t in
        values[t].isFinite && controls.allSatisfy { $0[t].isFinite }
    }
    return detectableEffect(columns: columns, values: values, rows: observed, after: after)
}

func detectableEffect(columns: [[Double]], values: [Double], rows: [Int], after: Int) -> DetectableEffect? {
    let n = rows.count
    guard n >= columns.count + 14, after >= 1 else { return nil }
    var level = CompensatedSum()
    for t in rows { level.add(values[t] / Double(n)) }
    let spread = levelAndSpread(values, 0..<(rows[n - 1] + 1)).deviation
    guard spread > 0, spread.isFinite else { return nil }
    let scaled = values.map { $0.isFinite ? ($0 - level.value) / spread : 0 }
    let coefficients = leastSquares(columns, scaled, rows: rows)
    var residuals = Array(repeating: Double.nan, count: values.count)
    var squares = 0.0
    for t in rows {
        var fit = 0.0
        for j in columns.indices { fit += coefficients[j] * columns[j][t] }
        residuals[t] = scaled[t] - fit
        squares += residuals[t] * residuals[t]
    }
    guard squares > 1e-18 * Double(n) else { return nil }
    var (products, pairs, own) = (0.0, 0, 0.0)
    for t in rows where t > 0 && residuals[t - 1].isFinite {
        products += residuals[t] * residuals[t - 1]
        own += residuals[t] * residuals[t]
        pairs += 1
    }
    let raw = pairs > 2 && own > 0 ? products / (squares * Double(pairs) / Double(n)) : 0
    let corrected = max(0, min(0.95, raw + (1 + 3 * raw) / Double(n)))
    let deviation = spread * (squares / Double(n - columns.count)).squareRoot()
    return DetectableEffect(
        deviation: deviation, autocorrelation: corrected, stepsBefore: n, stepsAfter: after, level: level.value)
}
