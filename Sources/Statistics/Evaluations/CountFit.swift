import Glibc

/// Counts and shares made straight: the working response and row weights at the fitted mean, so that the ordinary
/// regression holds for them (quasi-likelihood; McCullagh & Nelder 1989, Generalized Linear Models, 2nd ed., section 9.2).
struct WorkingResponse {
    /// The working response; NaN where missing.
    var response: [Double]
    /// The square roots of the working weights; 0 where missing, unless the fit is of the first rows and carried on.
    var rootWeights: [Double]

    /// Counts with a logarithmic link, four rounds of weighted least squares.
    /// - Parameter fitted: The rows to fit; nil for all. Weights of all others are those of the fit carried on.
    init(counts y: [Double], columns: [[Double]], fitted: Range<Int>? = nil) {
        let rows = (fitted ?? y.indices).filter { y[$0].isFinite }
        let mean = rows.reduce(0) { $0 + y[$1] } / Double(max(1, rows.count))
        self.init(
            y: y, rows: rows, columns: columns, isCarriedOn: fitted != nil,
            first: { Glibc.log(max(0.5 * y[$0] + 0.5 * mean, 0.1)) },
            working: { t, η in
                let μ = Glibc.exp(max(-8, min(Glibc.log(mean + 1) + 8, η)))
                return (η + (y[t] - μ) / μ, μ)
            })
    }

    /// Counts as a ratio to other counts: the share of their sum, whose odds are the ratio.
    /// - Parameter before: Where the fit ends and is carried on: from there a step has as many events as its others lead to
    ///   expect; nil for all.
    init(counts y: [Double], to others: [Double], columns: [[Double]], before start: Int? = nil) {
        var trials = y.indices.map { y[$0] + others[$0] }
        let shares = y.indices.map { trials[$0] > 0 ? y[$0] / trials[$0] : .nan }
        if let start {
            let known = (0..<start).filter { trials[$0].isFinite }
            let (own, rest) = known.reduce((0.5, 0.5)) { ($0.0 + y[$1], $0.1 + others[$1]) }
            for t in start..<y.count { trials[t] = others[t] * (own + rest) / rest }
        }
        self.init(shares: shares, trials: trials, columns: columns, fitted: start.map { 0..<$0 })
    }

    /// Shares of `trials` with a logistic link; steps without trials are missing.
    /// - Parameter fitted: As for counts; a step that is carried on to and has no trials is taken for an average one.
    init(shares y: [Double], trials: [Double], columns: [[Double]], fitted: Range<Int>? = nil) {
        let rows = (fitted ?? y.indices).filter { y[$0].isFinite && trials[$0] > 0 }
        let total = rows.reduce(0) { $0 + trials[$1] }
        let mean = rows.reduce(0) { $0 + y[$1] * trials[$1] } / max(1, total)
        self.init(
            y: y, rows: rows, columns: columns, isCarriedOn: fitted != nil,
            first: { t in
                let p = max(0.01, min(0.99, 0.5 * y[t] + 0.5 * mean))
                return Glibc.log(p / (1 - p))
            },
            working: { t, η in
                let p = 1 / (1 + Glibc.exp(-max(-8, min(8, η))))
                let slope = p * (1 - p)
                let tries = t < trials.count && trials[t] > 0 ? trials[t] : total / Double(max(1, rows.count))
                return (η + (y[t] - p) / slope, tries * slope)
            })
    }

    private init(
        y: [Double], rows: [Int], columns: [[Double]], isCarriedOn: Bool, first: (Int) -> Double,
        working: (Int, Double) -> (response: Double, weight: Double)
    ) {
        var η = Array(repeating: 0.0, count: y.count)
        for t in rows { η[t] = first(t) }
        response = Array(repeating: .nan, count: y.count)
        var weights = Array(repeating: 0.0, count: y.count)
        for _ in 0..<4 {
            for t in rows { (response[t], weights[t]) = working(t, η[t]) }
            let coefficients = leastSquares(columns, response, rows: rows, weights: weights)
            for t in y.indices {
                var fit = 0.0
                for j in columns.indices { fit += coefficients[j] * columns[j][t] }
                η[t] = fit
            }
        }
        for t in isCarriedOn ? Array(y.indices) : rows { (response[t], weights[t]) = working(t, η[t]) }
        rootWeights = weights.map { $0.squareRoot() }
    }
}
