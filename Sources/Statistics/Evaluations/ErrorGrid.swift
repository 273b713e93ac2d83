import Glibc

/// What the errors of a series may be like: a fixed grid over two partial autocorrelations and over plain, drifting and
/// trending series, each point with its prior. Everything uncertain is averaged over it: no random numbers, no search.
enum ErrorGrid {
    /// First partial autocorrelations: equal steps of atanh, with a flat prior on the correlation itself.
    static let first: [Double] = {
        let low = Glibc.atanh(-0.6)
        let step = (Glibc.atanh(0.985) - low) / 16
        return (0..<17).map { Glibc.tanh(low + step * Double($0)) }
    }()
    static let second = [-0.3, -0.15, 0, 0.15, 0.3]
    static let structures: [ErrorStructure] =
        [.plain] + [0.002, 0.01, 0.04, 0.15].map { .drift($0) } + [2.0, 8.0].map { .trend($0) }
    static let structureLogPriors: [Double] =
        ([0.2] + [0.2, 0.3, 0.3, 0.2].map { 0.5 * $0 } + [0.5, 0.5].map { 0.3 * $0 }).map { Glibc.log($0) }

    static let secondLogPriors: [Double] = {
        let weights = second.map { Glibc.exp(-0.5 * ($0 / 0.15) * ($0 / 0.15)) }
        let total = weights.reduce(0, +)
        return weights.map { Glibc.log($0 / total) }
    }()
    static let firstLogPriors = first.map { Glibc.log(1 - $0 * $0) }

    /// The coefficients of the autoregression with these partial autocorrelations.
    static func coefficients(_ r1: Double, _ r2: Double) -> (φ1: Double, φ2: Double) { (r1 * (1 - r2), r2) }
}

/// How the level of a series behaves by itself.
enum ErrorStructure: Sendable, Hashable {
    case plain
    /// A random walk whose daily step has this variance, in units of the innovations' variance.
    case drift(Double)
    /// A trend whose coefficient has this prior deviation, in units of the innovations' deviation.
    case trend(Double)
}

/// The answer at one point of the grid.
struct GridFit {
    var first: Int
    var second: Int
    var structure: Int
    /// Without the priors.
    var logWeight: Double
    var logPrior: Double
    var mean: Double
    var scale: Double

    var logPosterior: Double { logWeight + logPrior }
}

/// The grid's answers for one regression.
struct GridFits {
    var fits: [GridFit]
    /// Degrees of freedom, the same at each point.
    var degrees: Double
    /// Of the design that was fitted, for whoever solves a point of it again.
    let products: LagProducts

    /// Fits a regression at every point of the grid.
    ///
    /// O(n p²) once and O(p³) for each of 85 pairs of autocorrelations, p columns.
    /// - Parameter isPlainOnly: Leaves drift and trend out, seven times fewer points.
    init(
        _ design: EffectDesign, isPlainOnly: Bool = false, target: (_ φ1: Double, _ φ2: Double) -> EffectTarget
    ) {
        products = LagProducts(design.cells, rows: design.rows, width: design.width)
        let size = design.width + 1
        var m = Array(repeating: 0.0, count: size * size)
        var drift = Array(repeating: 0.0, count: (design.driftCount + 2) * (design.driftCount + 2))
        degrees = Double(design.rows - design.flat - design.missing.count)
        fits = []
        fits.reserveCapacity(595)
        for (i1, r1) in ErrorGrid.first.enumerated() {
            for (i2, r2) in ErrorGrid.second.enumerated() {
                let (φ1, φ2) = ErrorGrid.coefficients(r1, r2)
                let asked = target(φ1, φ2)
                products.weighted(φ1: φ1, φ2: φ2, into: &m, stride: size)
                for j in asked.weights.indices { m[j * size + size - 1] = asked.weights[j] }
                m[(size - 2) * size + size - 1] = 0
                m[size * size - 1] = 0
                var logPivots = design.eliminateMissing(φ1: φ1, φ2: φ2, asked.atMissing, from: &m)
                logPivots += eliminate(&m, from: 0, count: design.flat, size: size, stride: size)
                let start = 0.5 * Glibc.log(1 - r1 * r1) + Glibc.log(1 - r2 * r2)
                let corner = Corner(
                    start: start, degrees: degrees, first: i1, second: i2, target: asked, design: design, size: size)
                corner.appendFits(m, logPivots, isPlainOnly: isPlainOnly, drift: &drift, to: &fits)
            }
        }
    }
}

/// The part of the matrix that is left when the flat columns are gone: trend, drift, outcome and what is asked.
private struct Corner {
    var start: Double
    var degrees: Double
    var first: Int
    var second: Int
    var target: EffectTarget
    var design: EffectDesign
    var size: Int

    func appendFits(
        _ m: [Double], _ logPivots: Double, isPlainOnly: Bool, drift: inout [Double], to fits: inout [GridFit]
    ) {
        let y = size - 2
        let l = size - 1
        let (yy, yl, ll) = (m[y * size + y], m[y * size + l], m[l * size + l])
        for (s, structure) in ErrorGrid.structures.enumerated() {
            switch structure {
            case .plain:
                fits.append(fit(s, logPivots, 0, yy, yl, ll))
            case .trend(let g):
                if isPlainOnly { continue }
                let t = design.trend * size
                let pivot = m[t + design.trend] + 1 / (g * g)
                let (ty, tl) = (m[t + y], m[t + l])
                fits.append(
                    fit(
                        s, logPivots + Glibc.log(pivot), -Glibc.log(g), yy - ty * ty / pivot, yl - ty * tl / pivot,
                        ll - tl * tl / pivot))
            case .drift(let q):
                if isPlainOnly { continue }
                let count = design.driftCount
                let wide = count + 2
                for i in 0..<wide {
                    for j in i..<wide {
                        drift[i * wide + j] = m[(design.drift + i) * size + design.drift + j]
                    }
                    if i < count { drift[i * wide + i] += 1 / q }
                }
                let more = eliminate(&drift, from: 0, count: count, size: wide, stride: wide)
                let (a, b) = (count * wide + count, wide * wide - 1)
                fits.append(
                    fit(s, logPivots + more, -0.5 * Double(count) * Glibc.log(q), drift[a], drift[a + 1], drift[b]))
            }
        }
    }

    private func fit(
        _ s: Int, _ logPivots: Double, _ prior: Double, _ yy: Double, _ yl: Double, _ ll: Double
    ) -> GridFit {
        let rest = max(yy, 1e-300)
        let variance = max(0, target.variance - ll) * rest / degrees
        let isSound = logPivots > -.infinity && logPivots.isFinite && yy.isFinite
        return GridFit(
            first: first, second: second, structure: s,
            logWeight: isSound ? start - 0.5 * logPivots - 0.5 * degrees * Glibc.log(rest) + prior : -.infinity,
            logPrior: ErrorGrid.firstLogPriors[first] + ErrorGrid.secondLogPriors[second]
                + ErrorGrid.structureLogPriors[s],
            mean: target.constant - target.sign * yl, scale: variance.squareRoot())
    }
}

extension EffectDesign {
    /// Takes the missing steps out of the cross products exactly, as if each had a column of its own.
    ///
    /// The inverse covariance has five diagonals, so that a missing step meets at most the next two: O(p²) a step.
    func eliminateMissing(
        φ1: Double, φ2: Double, _ asked: (row: Int, weight: Double)?, from m: inout [Double]
    ) -> Double {
        guard !missing.isEmpty else { return 0 }
        let p = width
        let size = p + 1
        let precision = AutoregressivePrecision(φ1: φ1, φ2: φ2, rows: rows)
        var logPivots = LogProduct()
        // What earlier missing steps left for the next two: a border row and the band above it.
        var border = [Array(repeating: 0.0, count: size), Array(repeating: 0.0, count: size)]
        var row = Array(repeating: 0.0, count: size)
        var (nextDiagonal, secondDiagonal, nextBand) = (0.0, 0.0, 0.0)
        var last = -3
        for t in missing {
            let moved = min(2, t - last - 1)
            for _ in 0..<moved {
                border[0] = border[1]
                for j in 0..<size { border[1][j] = 0 }
                (nextDiagonal, secondDiagonal, nextBand) = (secondDiagonal, 0, 0)
            }
            for j in 0..<size { row[j] = border[0][j] }
            for lag in -2...2 where t + lag >= 0 && t + lag < rows {
                let weight = precision.entry(min(t, t + lag), lag: lag.magnitude == 2 ? 2 : Int(lag.magnitude))
                let at = (t + lag) * p
                for j in 0..<p { row[j] += weight * cells[at + j] }
            }
            if let asked, asked.row == t { row[p] += asked.weight }
            let pivot = precision.entry(t, lag: 0) + nextDiagonal
            guard pivot > 0 else { return -.infinity }
            logPivots.multiply(by: pivot)
            for i in 0..<size {
                let factor = row[i] / pivot
                for j in i..<size { m[i * size + j] -= factor * row[j] }
            }
            let isNext = t + 1 < rows && !isObserved[t + 1]
            let isSecond = t + 2 < rows && !isObserved[t + 2]
            let off1 = isNext ? precision.entry(t, lag: 1) + nextBand : 0
            let off2 = isSecond ? precision.entry(t, lag: 2) : 0
            let (f1, f2) = (off1 / pivot, off2 / pivot)
            let carried = border[1]
            for j in 0..<size {
                border[0][j] = carried[j] - f1 * row[j]
                border[1][j] = -f2 * row[j]
            }
            nextDiagonal = secondDiagonal - f1 * off1
            secondDiagonal = -f2 * off2
            nextBand = -f1 * off2
            last = t
        }
        return logPivots.value
    }
}
