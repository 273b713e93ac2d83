import Glibc

/// The columns of the regression, a row a step: flat ones (the effect first, if it is there), a trend, at least eight
/// drift functions, and the outcome last. Values are centred and scaled by a power of two; a missing step is listed, and what
/// its row holds does not matter.
struct EffectDesign {
    var rows: Int
    /// How many drift functions there are: one for 26 rows, from 8 to 24.
    var driftCount: Int
    var flat: Int
    var cells: [Double]
    var missing: [Int]
    var isObserved: [Bool]
    /// Whether rows carry weights of their own, as for counts and shares.
    var hasWeights: Bool

    var width: Int { flat + 1 + driftCount + 1 }
    var trend: Int { flat }
    var drift: Int { flat + 1 }
    var outcome: Int { width - 1 }

    func value(_ row: Int, _ column: Int) -> Double { cells[row * width + column] }

    /// - Parameters:
    ///   - columns: The flat columns, each with `outcome.count` values.
    ///   - outcome: Centred and scaled; NaN is missing.
    ///   - weights: What each row is multiplied with, for counts and shares; empty for none.
    init(columns: [[Double]], outcome y: [Double], start: Int, weights: [Double] = []) {
        rows = y.count
        flat = columns.count
        driftCount = max(8, min(24, y.count / 26))
        hasWeights = !weights.isEmpty
        isObserved = y.map { $0.isFinite }
        missing = isObserved.indices.filter { !y[$0].isFinite }
        let p = columns.count + 1 + driftCount + 1
        cells = Array(repeating: 0, count: rows * p)
        let n = Double(rows)
        let before = Double(max(1, start))
        for t in 0..<rows {
            let at = t * p
            let weight = weights.isEmpty ? 1 : weights[t]
            for j in columns.indices { cells[at + j] = weight * columns[j][t] }
            cells[at + flat] = weight * Double(t - start) / before
            for j in 0..<driftCount {
                // A random walk with daily steps of variance 1 is nearly the sum of these with normal weights (its
                // Karhunen–Loève expansion; Loève 1978, Probability Theory II, section 37.5).
                let frequency = (Double(j) + 0.5) * Double.pi / n
                cells[at + flat + 1 + j] =
                    weight * (2 / n).squareRoot() * Glibc.sin(frequency * Double(t + 1)) / frequency
            }
            cells[at + p - 1] = isObserved[t] ? weight * y[t] : 0
        }
    }

    /// The first rows alone, without the column of the effect.
    func beforeStart(rows count: Int) -> EffectDesign {
        var part = self
        part.rows = count
        part.flat = flat - 1
        part.cells = []
        part.cells.reserveCapacity(count * part.width)
        for t in 0..<count { part.cells += cells[(t * width + 1)..<((t + 1) * width)] }
        part.isObserved = Array(isObserved[0..<count])
        part.missing = missing.filter { $0 < count }
        return part
    }
}

/// What is asked of a regression: a weighted sum of its coefficients, given the errors' autocorrelation.
struct EffectTarget {
    /// One weight for each flat column, then the trend, then the drift functions.
    var weights: [Double]
    /// The weight of one missing step's own value.
    var atMissing: (row: Int, weight: Double)?
    /// The answer is `constant + sign × (weights · coefficients)`.
    var constant = 0.0
    var sign = 1.0
    /// Variance, in units of the innovations', that comes on top of the coefficients'.
    var variance = 0.0
}
