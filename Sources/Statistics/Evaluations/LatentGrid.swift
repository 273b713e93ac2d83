import Glibc

/// What counts and shares are made of: chance at every step, which the number of events decides, and beneath it a level that
/// moves by itself from step to step.
///
/// An autoregression of what is seen is too short of memory for this: chance hides most of a slow level, so that the
/// correlation of neighbours is small while that of whole weeks is not, and the interval of a mean over weeks comes out too
/// narrow. So the level is kept as a state of its own, with a fixed grid of memories and sizes, and everything is averaged
/// over it as over `ErrorGrid`. The regression at a point is exact: every column runs through the same Kalman filter
/// (Harvey & Phillips 1979, Biometrika 66:49–58; Harvey 1989, Forecasting, section 3.4.2).
struct LatentGrid {
    /// How much of a step's level is left at the next, and how likely each is beforehand: long memories somewhat more, as a
    /// series shows less of them than they matter.
    static let memories = [0.3, 0.6, 0.8, 0.9, 0.96, 0.985]
    static let memoryWeights = [0.1, 0.1, 0.15, 0.2, 0.2, 0.25]
    /// The variance of the level in units of the variance of chance at a step of ordinary weight.
    static let sizes = [0.05, 0.2, 0.6, 2.0, 10.0]
    /// The step's variance of a level that wanders without coming back, in the same units.
    static let wanderings = [0.0002, 0.001, 0.005, 0.02]
    /// How much a trend of its own may change the logarithm over the steps before the start: its prior deviations.
    static let trends = [0.05, 0.15, 0.4]

    /// Counts and shares vary by chance even where those that were seen happen to be all alike: the least variance that is
    /// believed, as a share of what chance alone gives.
    static let leastVariance = 0.05

    static let stillLogPrior = Glibc.log(0.5)
    static let movingLogPriors = memoryWeights.map { Glibc.log(0.5 * $0 / Double(sizes.count)) }
    /// Of a plain series, one that wanders, and one with a trend. Whoever compares with controls has taken out what years and
    /// growth do to all alike.
    static let alone = [0.3, 0.4, 0.3].map { Glibc.log($0) }
    static let compared = [0.6, 0.2, 0.2].map { Glibc.log($0) }
}

/// The effect at every point of the grid.
struct LatentFits {
    private(set) var fits: [GridFit] = []
    let degrees: Double
    private let design: EffectDesign
    /// Each row's root weight in units of the root of the mean weight: how strongly the level shows in it.
    private let loadings: [Double]
    private let rootOfMean: Double
    /// The columns in the order in which they are eliminated: the flat ones without the effect, the trend, the effect, the
    /// outcome.
    private let order: [Int]
    private let structureLogPriors: [Double]
    /// The plain level that the data favour most.
    private var best: (level: LatentLevel, logPosterior: Double)?

    /// - Parameters:
    ///   - rootWeights: Of the rows of the design, 0 where missing.
    ///   - isCompared: Whether the outcome is a ratio to controls.
    /// - Complexity: O(n p²) at each of 35 points.
    init(_ design: EffectDesign, rootWeights: [Double], isCompared: Bool) {
        self.design = design
        structureLogPriors = isCompared ? LatentGrid.compared : LatentGrid.alone
        degrees = Double(design.rows - design.flat - design.missing.count)
        let squares = rootWeights.indices.filter { design.isObserved[$0] }.map { rootWeights[$0] * rootWeights[$0] }
        rootOfMean = (squares.reduce(0, +) / Double(max(1, squares.count))).squareRoot()
        let root = rootOfMean
        loadings = rootWeights.map { root > 0 ? $0 / root : 0 }
        order = Array(1..<max(1, design.flat)) + [design.trend, 0, design.outcome]
        guard degrees > 2, root > 0, root.isFinite else { return }
        var deviation = 1.0
        add(LatentLevel(memory: 0, size: 0), LatentGrid.stillLogPrior, &deviation)
        for (memory, logPrior) in zip(LatentGrid.memories, LatentGrid.movingLogPriors) {
            for size in LatentGrid.sizes {
                add(LatentLevel(memory: memory, size: size), logPrior, &deviation)
            }
        }
        for step in LatentGrid.wanderings { add(LatentLevel(wandering: step), nil, &deviation) }
    }

    /// Solves the regression with one level; where it comes back by itself also with a trend.
    private mutating func add(_ level: LatentLevel, _ logPrior: Double?, _ deviation: inout Double) {
        let p = order.count
        var m = Array(repeating: 0.0, count: p * p)
        let logVariances = level.products(design, loadings, order, into: &m)
        let logPivots = eliminate(&m, from: 0, count: p - 3, size: p, stride: p)
        let (t, e, y) = ((p - 3) * p, (p - 2) * p, (p - 1) * p)
        let corner = Corner(
            tt: m[t + p - 3], te: m[t + p - 2], ty: m[t + p - 1], ee: m[e + p - 2], ey: m[e + p - 1], yy: m[y + p - 1],
            logPivots: logPivots + logVariances, degrees: degrees)
        guard let logPrior else {
            let share = Glibc.log(Double(LatentGrid.wanderings.count))
            fits += corner.fit(structure: 1, structureLogPriors[1] - share)
            return
        }
        let plain = corner.fit(structure: 0, logPrior + structureLogPriors[0])
        if level.size == 0, let plain = plain.first, corner.ee > 0 {
            deviation = max(1e-9, plain.scale * corner.ee.squareRoot())
        }
        fits += plain
        if let plain = plain.first, plain.logPosterior > best?.logPosterior ?? -.infinity {
            best = (level, plain.logPosterior)
        }
        for trend in LatentGrid.trends {
            let g = trend * rootOfMean / deviation
            fits += corner.trending(g).fit(
                structure: 2, logPrior + structureLogPriors[2] - Glibc.log(Double(LatentGrid.trends.count)))
        }
    }

    /// Autocorrelation a season apart of what the best plain level leaves, with 2 / √n to judge it by; nil without a season.
    func echo(lag: Int) -> (r: Double, bound: Double)? {
        guard lag > 1, design.rows > 3 * lag, let best else { return nil }
        let flat = order.filter { $0 != design.trend }
        let p = flat.count
        var m = Array(repeating: 0.0, count: p * p)
        _ = best.level.products(design, loadings, flat, into: &m)
        guard eliminate(&m, from: 0, count: p - 1, size: p, stride: p) > -.infinity else { return nil }
        var coefficients = Array(repeating: 0.0, count: p - 1)
        for i in (0..<(p - 1)).reversed() {
            var rest = m[i * p + p - 1]
            for j in (i + 1)..<max(p - 1, i + 1) { rest -= m[i * p + j] * coefficients[j] }
            coefficients[i] = rest / m[i * p + i]
        }
        let errors = best.level.errors(design, loadings, flat, coefficients)
        var (squares, products) = (0.0, 0.0)
        for t in errors.indices where errors[t].isFinite {
            squares += errors[t] * errors[t]
            if t >= lag, errors[t - lag].isFinite { products += errors[t] * errors[t - lag] }
        }
        // What is left of a perfect fit is rounding.
        guard squares > 1e-9 * degrees else { return nil }
        return (products / squares, 2 / Double(design.rows - design.missing.count).squareRoot())
    }
}

/// What is left of the regression when all columns but the trend and the effect are eliminated.
private struct Corner {
    var tt, te, ty, ee, ey, yy: Double
    var logPivots: Double
    var degrees: Double

    /// With a trend whose coefficient has a prior deviation g.
    func trending(_ g: Double) -> Corner {
        var other = self
        let pivot = tt + 1 / (g * g)
        other.ee -= te * te / pivot
        other.ey -= te * ty / pivot
        other.yy -= ty * ty / pivot
        other.logPivots += Glibc.log(pivot) + 2 * Glibc.log(g)
        return other
    }

    func fit(structure: Int, _ logPrior: Double) -> [GridFit] {
        guard ee > 0, logPivots.isFinite else { return [] }
        let rest = max(yy - ey * ey / ee, LatentGrid.leastVariance * degrees)
        return [
            GridFit(
                first: 0, second: 0, structure: structure,
                logWeight: -0.5 * (logPivots + Glibc.log(ee)) - 0.5 * degrees * Glibc.log(rest), logPrior: logPrior,
                mean: ey / ee, scale: (rest / degrees / ee).squareRoot())
        ]
    }
}

/// A level that moves by itself: an autoregression of order 1, or a random walk.
private struct LatentLevel {
    let memory: Double
    let size: Double
    private let fresh: Double

    init(memory: Double, size: Double) {
        (self.memory, self.size) = (memory, size)
        fresh = size * (1 - memory * memory)
    }

    init(wandering step: Double) { (memory, size, fresh) = (1, 0, step) }

    /// The cross products of the columns, each run through the filter; missing rows are passed over.
    /// - Returns: The sum of the logarithms of the variances of the one-step errors.
    func products(_ design: EffectDesign, _ loadings: [Double], _ order: [Int], into m: inout [Double]) -> Double {
        let p = order.count
        var states = Array(repeating: 0.0, count: p)
        var errors = states
        var variance = size
        var logs = LogProduct()
        for t in 0..<design.rows {
            if design.isObserved[t] {
                let h = loadings[t]
                let spread = h * h * variance + 1
                let gain = variance * h / spread
                let root = 1 / spread.squareRoot()
                for j in 0..<p {
                    let error = design.value(t, order[j]) - h * states[j]
                    states[j] = memory * (states[j] + gain * error)
                    errors[j] = root * error
                }
                for i in 0..<p where errors[i] != 0 {
                    for j in i..<p { m[i * p + j] += errors[i] * errors[j] }
                }
                logs.multiply(by: spread)
                variance = memory * memory * (variance - gain * h * variance) + fresh
            } else {
                for j in 0..<p { states[j] *= memory }
                variance = memory * memory * variance + fresh
            }
        }
        return logs.value
    }

    /// The standardised one-step errors of what a regression leaves; NaN where missing.
    func errors(
        _ design: EffectDesign, _ loadings: [Double], _ order: [Int], _ coefficients: [Double]
    ) -> [Double] {
        var (state, variance) = (0.0, size)
        return (0..<design.rows).map { t in
            defer {
                state *= memory
                variance = memory * memory * variance + fresh
            }
            guard design.isObserved[t] else { return .nan }
            var left = design.value(t, design.outcome)
            for j in coefficients.indices { left -= coefficients[j] * design.value(t, order[j]) }
            let h = loadings[t]
            let spread = h * h * variance + 1
            let gain = variance * h / spread
            let error = left - h * state
            state += gain * error
            variance -= gain * h * variance
            return error / spread.squareRoot()
        }
    }
}
