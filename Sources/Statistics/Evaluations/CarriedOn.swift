import Glibc

/// The steps before the start carried on: what they alone say of the steps after.
struct CarriedOn {
    /// The rows up to the last observed one before the start, without the effect.
    let design: EffectDesign
    /// All rows.
    let whole: EffectDesign
    let start: Int
    /// Observed rows after the start.
    let after: [Int]

    /// - Returns: Nil when there are too few steps before the start or none after.
    init?(_ whole: EffectDesign, start: Int) {
        guard let last = (0..<start).last(where: { whole.isObserved[$0] }), last >= 4 else { return nil }
        self.whole = whole
        self.start = start
        after = (start..<whole.rows).filter { whole.isObserved[$0] }
        design = whole.beforeStart(rows: last + 1)
        guard !after.isEmpty, design.rows - design.missing.count >= design.flat + 3 else { return nil }
    }

    private var last: Int { design.rows - 1 }

    private func column(_ row: Int, _ j: Int) -> Double { whole.value(row, j + 1) }

    /// The mean of the observed outcomes after the start, less what was to be expected.
    func target(φ1: Double, φ2: Double) -> EffectTarget {
        // λ_i: the weight of the innovation at step i after `last` in the sum over observed steps.
        let steps = whole.rows - 1 - last
        var (λ1, λ2, variance, sum) = (0.0, 0.0, 0.0, 0.0)
        let count = Double(after.count)
        for i in stride(from: steps, through: 1, by: -1) {
            let row = last + i
            let isAsked = row >= start && whole.isObserved[row]
            let λ = (isAsked ? 1 : 0) + φ1 * λ1 + φ2 * λ2
            variance += λ * λ
            (λ2, λ1) = (λ1, λ)
            if isAsked { sum += whole.value(row, whole.outcome) }
        }
        let a1 = (φ1 * λ1 + φ2 * λ2) / count
        let a2 = φ2 * λ1 / count
        let width = design.flat + 1 + design.driftCount
        var weights = Array(repeating: 0.0, count: width)
        for row in after {
            for j in 0..<width { weights[j] += column(row, j) / count }
        }
        for j in 0..<width { weights[j] -= a1 * column(last, j) + a2 * column(last - 1, j) }
        let isSecondObserved = design.isObserved[last - 1]
        let constant =
            sum / count - a1 * design.value(last, design.outcome) - a2 * design.value(last - 1, design.outcome)
        return EffectTarget(
            weights: weights, atMissing: isSecondObserved ? nil : (last - 1, -a2), constant: constant, sign: -1,
            variance: variance / (count * count))
    }

    /// What each step after the start would have been, from the grid points that carry most of the weight.
    /// - Returns: The middle and the standard deviation of each row from the start on, in the outcome's scaled units.
    func line(_ fits: GridFits, isPlainOnly: Bool) -> [(mean: Double, deviation: Double)] {
        let ranked = fits.fits.filter { $0.logWeight > -.infinity && (!isPlainOnly || $0.structure == 0) }
            .map { (fit: $0, weight: $0.logPosterior) }.sorted { $0.weight > $1.weight }
        guard let top = ranked.first else { return [] }
        let used = ranked.prefix(8).map { (fit: $0.fit, weight: Glibc.exp($0.weight - top.weight)) }
        let total = used.reduce(0) { $0 + $1.weight }
        let rows = whole.rows - start
        var (means, squares) = (Array(repeating: 0.0, count: rows), Array(repeating: 0.0, count: rows))
        for (fit, weight) in used where weight > 0.01 {
            let point = PointSolution(design, fits.products, fit)
            addPath(point, share: weight / total, to: &means, &squares)
        }
        let kept = used.filter { $0.weight > 0.01 }.reduce(0) { $0 + $1.weight } / total
        return (0..<rows).map { t in
            let mean = means[t] / kept
            return (mean, max(0, squares[t] / kept - mean * mean).squareRoot())
        }
    }

    private func addPath(
        _ point: PointSolution, share: Double, to means: inout [Double], _ squares: inout [Double]
    ) {
        let width = design.flat + 1 + design.driftCount
        func fitted(_ row: Int) -> Double {
            var sum = 0.0
            for j in 0..<width { sum += column(row, j) * point.coefficients[j] }
            return sum
        }
        let r1 = design.value(last, design.outcome) - fitted(last)
        let r2 = design.isObserved[last - 1] ? design.value(last - 1, design.outcome) - fitted(last - 1) : r1
        var (w1, w2) = ((1.0, 0.0), (0.0, 1.0))
        var (ψ1, ψ2, variance) = (1.0, 0.0, 0.0)
        var weights = Array(repeating: 0.0, count: width)
        for row in (last + 1)..<whole.rows {
            let next = (point.φ1 * w1.0 + point.φ2 * w2.0, point.φ1 * w1.1 + point.φ2 * w2.1)
            (w2, w1) = (w1, next)
            variance += ψ1 * ψ1
            (ψ2, ψ1) = (ψ1, point.φ1 * ψ1 + point.φ2 * ψ2)
            guard row >= start else { continue }
            let mean = fitted(row) + w1.0 * r1 + w1.1 * r2
            for j in 0..<width { weights[j] = column(row, j) - w1.0 * column(last, j) - w1.1 * column(last - 1, j) }
            let spread = point.variance * (variance + point.leverage(weights))
            means[row - start] += share * mean
            squares[row - start] += share * (mean * mean + spread)
        }
    }
}

/// One point of the grid solved for its coefficients.
struct PointSolution {
    let φ1: Double
    let φ2: Double
    /// Flat, trend, drift; 0 for those this point does not use.
    let coefficients: [Double]
    /// Of an innovation.
    let variance: Double
    private let used: [Int]
    private let factor: [Double]
    private let size: Int

    init(_ design: EffectDesign, _ products: LagProducts, _ fit: GridFit) {
        let φ = ErrorGrid.coefficients(ErrorGrid.first[fit.first], ErrorGrid.second[fit.second])
        (φ1, φ2) = φ
        let stride = design.width + 1
        var m = Array(repeating: 0.0, count: stride * stride)
        products.weighted(φ1: φ.φ1, φ2: φ.φ2, into: &m, stride: stride)
        _ = design.eliminateMissing(φ1: φ.φ1, φ2: φ.φ2, nil, from: &m)
        var columns = Array(0..<design.flat)
        switch ErrorGrid.structures[fit.structure] {
        case .plain: break
        case .trend(let g):
            columns.append(design.trend)
            m[design.trend * stride + design.trend] += 1 / (g * g)
        case .drift(let q):
            for j in 0..<design.driftCount {
                columns.append(design.drift + j)
                m[(design.drift + j) * stride + design.drift + j] += 1 / q
            }
        }
        used = columns
        size = columns.count + 1
        let all = columns + [design.outcome]
        var part = Array(repeating: 0.0, count: size * size)
        for i in 0..<size {
            for j in i..<size { part[i * size + j] = m[all[i] * stride + all[j]] }
        }
        _ = eliminate(&part, from: 0, count: size - 1, size: size, stride: size)
        variance = max(0, part[size * size - 1]) / Double(design.rows - design.missing.count - design.flat)
        var solved = Array(repeating: 0.0, count: design.width - 1)
        for i in (0..<(size - 1)).reversed() {
            var rest = part[i * size + size - 1]
            for j in (i + 1)..<max(size - 1, i + 1) { rest -= part[i * size + j] * solved[columns[j]] }
            solved[columns[i]] = rest / part[i * size + i]
        }
        coefficients = solved
        factor = part
    }

    /// weightsᵀ A⁻¹ weights: what the coefficients' uncertainty adds, in units of the innovations' variance.
    func leverage(_ weights: [Double]) -> Double {
        var sum = 0.0
        var v = Array(repeating: 0.0, count: used.count)
        for i in used.indices {
            var rest = weights[used[i]]
            for j in 0..<i { rest -= factor[j * size + i] * v[j] }
            // v holds L⁻¹ weights divided by the pivot, so that a row needs no second division.
            v[i] = rest / factor[i * size + i]
            sum += rest * v[i]
        }
        return sum
    }
}
