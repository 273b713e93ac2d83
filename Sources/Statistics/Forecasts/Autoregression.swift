import Glibc

/// Regression of each value on a few earlier ones, newer rows weighing more, pulled towards a plain prior.
///
/// The lags are the last three steps and, for each season p the data supports, p − 1, p and p + 1; around a season of 20 or
/// more steps three on each side, since the last three steps' part in the season then needs no place of its own, and with
/// one such season alone the last four steps. The prior has the strength of 0.3 rows: it decides nothing where there is
/// data, and keeps the regression sane where lags are nearly collinear. The choice of seasons is by the corrected criterion
/// of Hurvich and Tsai (1989).
struct Autoregression {
    static let priorStrength = 0.3
    static let priorLast = 0.7
    static let rowsPerCoefficient = 12
    /// From this length on, more neighbours of the season's lag are worth their coefficients.
    static let longSeason = 20

    /// In ascending order.
    private(set) var lags: [Int]
    /// Row by row, the lower triangle: first the constant, then each lag.
    private var products: [Double] = []
    private var targets: [Double] = []
    private var squares = 0.0
    private var weightSum = 0.0
    private var system: SymmetricSystem
    private var centred: [Double]
    private var weighted: [Double]

    /// - Parameters:
    ///   - capacity: The longest series, with the steps to forecast.
    init(lags: [Int], capacity: Int) {
        self.lags = lags
        let m = lags.count + 1
        products = Array(repeating: 0, count: m * m)
        targets = Array(repeating: 0, count: m)
        system = SymmetricSystem(capacity: m)
        centred = Array(repeating: 0, count: capacity)
        weighted = Array(repeating: 0, count: capacity)
    }

    static func lags(seasons: [Int]) -> [Int] {
        var lags: Set = [1, 2, 3]
        for p in seasons {
            let reach = p >= longSeason ? 3 : 1
            lags.formUnion((p - reach)...(p + reach))
            if reach == 3, seasons.count == 1 { lags.insert(4) }
        }
        return lags.filter { $0 > 0 }.sorted()
    }

    var longest: Int { lags.last ?? 0 }

    /// Fits to the series and writes its continuation.
    /// - Parameters:
    ///   - x: The series up to the origin.
    ///   - weights: One a step: how much a row with that target counts; of the whole series.
    ///   - period: The season whose lag the prior knows too; nil when it is taken out of x already.
    /// - Returns: Whether it could be fitted.
    mutating func ahead(
        _ x: Span<Double>, weights: Span<Double>, period: Int?, steps: Int, into out: inout [Double]
    ) -> Bool {
        let n = x.count
        guard n >= longest + 5, n >= 8 else { return false }
        let centre = centre(x, weights)
        accumulate(n, weights, from: longest)
        guard solve(variance: centre.variance, last: weights[n - 1], period: period) else { return false }
        let (right, lags) = (system.right, lags)
        let b = right.span
        let l = lags.span
        var e = centred.mutableSpan
        for k in 0..<steps {
            var value = b[0]
            for i in 0..<l.count { value += b[i + 1] * e[n + k - l[i]] }
            e[n + k] = value
            out[k] = value + centre.mean
        }
        return true
    }

    private mutating func centre(_ x: Span<Double>, _ weights: Span<Double>) -> (mean: Double, variance: Double) {
        let n = x.count
        let w = weights.extracting(0..<n)
        var total = 0.0
        for t in 0..<n { total += w[t] }
        let mean = total > 0 ? dot(w, x) / total : 0
        var e = centred.mutableSpan
        var variance = 0.0
        for t in 0..<n {
            e[t] = x[t] - mean
            variance += w[t] * e[t] * e[t]
        }
        return (mean, total > 0 ? variance / total : 0)
    }

    /// The normal equations of the rows from `first` to `n`.
    private mutating func accumulate(_ n: Int, _ weights: Span<Double>, from first: Int) {
        let rows = n - first
        let m = lags.count + 1
        let (series, lags) = (centred, lags)
        let e = series.span
        let w = weights.extracting(first..<n)
        // Taken out, so that it can be written beside the sums.
        var buffer: [Double] = []
        swap(&buffer, &weighted)
        defer { swap(&buffer, &weighted) }
        multiply(w, e.extracting(first..<n), into: &buffer)
        weightSum = 0
        targets[0] = 0
        for t in 0..<rows {
            weightSum += w[t]
            targets[0] += buffer[t]
        }
        products[0] = weightSum
        squares = dot(buffer.span.extracting(0..<rows), e.extracting(first..<n))
        for i in 1..<m {
            let column = e.extracting((first - lags[i - 1])..<(n - lags[i - 1]))
            targets[i] = dot(buffer.span.extracting(0..<rows), column)
            products[i * m] = dot(w, column)
        }
        for i in 1..<m {
            multiply(w, e.extracting((first - lags[i - 1])..<(n - lags[i - 1])), into: &buffer)
            for j in i..<m {
                products[j * m + i] = dot(
                    buffer.span.extracting(0..<rows), e.extracting((first - lags[j - 1])..<(n - lags[j - 1])))
            }
        }
    }

    private mutating func solve(variance: Double, last: Double, period: Int?) -> Bool {
        let m = lags.count + 1
        let strength = Self.priorStrength * variance * last
        system.begin(order: m)
        for i in 0..<m {
            for j in 0...i { system.matrix[i * m + j] = products[i * m + j] }
            system.right[i] = targets[i]
        }
        for i in 1..<m {
            system.matrix[i * m + i] += strength
            let lag = lags[i - 1]
            var prior = 0.0
            if lag == 1 { prior = Self.priorLast }
            if let period {
                if lag == period { prior = Self.priorLast }
                if lag == period + 1 { prior = -Self.priorLast * Self.priorLast }
            }
            system.right[i] += strength * prior
        }
        for i in 0..<m { system.matrix[i * m + i] *= 1 + 1e-9 }
        return system.solve()
    }

    // MARK: Which seasons

    /// The seasons whose lags earn their place on the whole series, all tried on the same rows.
    static func supported(
        _ y: Span<Double>, weights: Span<Double>, candidates: [Int]
    ) -> [Int] {
        let feasible = candidates.filter { Double(y.count) >= 2.2 * Double($0) + 10 }
        guard !feasible.isEmpty else { return [] }
        var fit = Autoregression(lags: lags(seasons: feasible), capacity: y.count)
        let rows = y.count - fit.longest
        guard rows > 8 else { return [] }
        _ = fit.centre(y, weights)
        fit.accumulate(y.count, weights, from: fit.longest)
        var best: (seasons: [Int], criterion: Double) = ([], fit.criterion(of: [], rows: rows))
        if feasible.count <= 3 {
            for subset in 1..<(1 << feasible.count) {
                let seasons = feasible.indices.filter { subset >> $0 & 1 == 1 }.map { feasible[$0] }
                let criterion = fit.criterion(of: seasons, rows: rows)
                if criterion < best.criterion { best = (seasons, criterion) }
            }
            return best.seasons
        }
        while true {
            let chosen = best.seasons
            for p in feasible where !chosen.contains(p) {
                let seasons = (chosen + [p]).sorted()
                let criterion = fit.criterion(of: seasons, rows: rows)
                if criterion < best.criterion { best = (seasons, criterion) }
            }
            if best.seasons == chosen { return chosen }
        }
    }

    private mutating func criterion(of seasons: [Int], rows: Int) -> Double {
        let chosen = Self.lags(seasons: seasons)
        let places = [0] + lags.indices.filter { chosen.contains(lags[$0]) }.map { $0 + 1 }
        let m = places.count
        let order = lags.count + 1
        guard rows > m + 1 else { return .infinity }
        system.begin(order: m)
        for i in 0..<m {
            for j in 0...i { system.matrix[i * m + j] = products[places[i] * order + places[j]] }
            system.matrix[i * m + i] *= 1 + 1e-9
            system.right[i] = targets[places[i]]
        }
        guard system.solve() else { return .infinity }
        // With b the solution, b′Ab = b′g up to rounding: what is left is e′We − b′g.
        var left = squares
        for i in 0..<m { left -= system.right[i] * targets[places[i]] }
        let n = Double(rows)
        let k = Double(m)
        left = max(left, squares * 1e-15)
        guard left > 0, weightSum > 0 else { return .infinity }
        return n * Glibc.log(left / weightSum) + 2 * k * n / (n - k - 1)
    }
}
