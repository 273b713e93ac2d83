import Glibc
import Statistics

/// One series of daily counts with the story that fits it best: a level that shifts on a day, or a straight trend.
///
/// Poisson likelihood ratios over a weekly rhythm; what counts vary beyond Poisson is in the dispersions, which divide
/// the ratios later. Two logarithms a day and a few Newton steps: about 10 µs for a year.
struct CountFit {
    /// Tickets a day.
    var level = 0.0
    /// The likelihood ratio of the best shift, and the first day of its new level.
    var shift = 0.0
    var day = 0
    /// The likelihood ratio of the best trend, and its change from start to end as a share of the start.
    var trend = 0.0
    var slope = 0.0
    /// Variance over mean of single days and of whole weeks around the fit.
    var dayDispersion = 1.0
    var weekDispersion = 1.0
    /// Up to four days that stand out most, with what was counted and what the fit expects.
    var outliers: [Outlier] = []

    struct Outlier {
        var day: Int
        var count: Double
        var expected: Double
    }

    /// How much better (in units of the likelihood ratio over the dispersion) a shift must fit than a trend.
    static let handicap = 2.0
    /// Expected tickets on each side of a shift.
    static let leastPerSide = 15.0
    static let slopeMin = -0.97
    static let slopeMax = 8.0

    func isTrend(dispersion φ: Double) -> Bool { trend / φ > shift / φ - Self.handicap }

    /// - Parameters:
    ///   - y: Tickets a day.
    ///   - e: The exposure of each day, with mean 1.
    ///   - edge: Days at each end at which no shift can be told.
    init(_ y: Span<Double>, exposure e: [Double], edge: Int) {
        let n = y.count
        var total = 0.0
        for t in 0..<n { total += y[t] }
        level = total / Double(n)
        guard total > 0 else { return }
        let ratios = CountFit.shiftRatios(y, e, edge: edge)
        for t in ratios.indices where ratios[t] > shift {
            shift = ratios[t]
            day = t
        }
        (trend, slope) = CountFit.trend(y, e)
        disperse(y, e)
    }

    /// The likelihood ratio of a shift on each day; 0 near the ends.
    static func shiftRatios(_ y: Span<Double>, _ e: [Double], edge: Int) -> [Double] {
        let n = y.count
        var ratios = [Double](repeating: 0, count: n)
        var total = 0.0
        var exposure = 0.0
        for t in 0..<n {
            total += y[t]
            exposure += e[t]
        }
        guard total > 0, exposure > 0 else { return ratios }
        let μ = total / exposure
        var y1 = 0.0
        var e1 = 0.0
        for τ in 1..<max(2, n) where τ < n {
            y1 += y[τ - 1]
            e1 += e[τ - 1]
            guard τ >= edge, τ <= n - edge else { continue }
            let e2 = exposure - e1
            guard μ * min(e1, e2) >= leastPerSide else { continue }
            let y2 = max(0, total - y1)
            var ratio = 0.0
            if y1 > 0 { ratio += y1 * Glibc.log(y1 / (μ * e1)) }
            if y2 > 0 { ratio += y2 * Glibc.log(y2 / (μ * e2)) }
            ratios[τ] = 2 * ratio
        }
        return ratios
    }

    /// The best straight line: rate a(1 + s·x) with x from 0 to 1.
    ///
    /// As a mixture of a constant and a line through 0 the likelihood is concave in the mixing share λ = s·x̄/(1 + s·x̄), so
    /// Newton's method, kept inside the range, finds the one maximum without a logarithm.
    static func trend(_ y: Span<Double>, _ e: [Double]) -> (ratio: Double, slope: Double) {
        let n = Double(y.count)
        var total = 0.0
        var exposure = 0.0
        var moment = 0.0
        for t in 0..<y.count {
            total += y[t]
            exposure += e[t]
            moment += e[t] * (Double(t) + 0.5) / n
        }
        guard total > 0, moment > 0 else { return (0, 0) }
        let centre = moment / exposure
        func λ(_ s: Double) -> Double { s * centre / (1 + s * centre) }
        func gradient(_ λ: Double) -> (first: Double, second: Double) {
            var first = 0.0
            var second = 0.0
            for t in 0..<y.count where y[t] > 0 {
                let v = (Double(t) + 0.5) / n / centre - 1
                let q = v / (1 + λ * v)
                first += y[t] * q
                second -= y[t] * q * q
            }
            return (first, second)
        }
        var low = λ(slopeMin)
        var high = λ(slopeMax)
        var x = 0.0
        for _ in 0..<50 {
            let (first, second) = gradient(x)
            if first > 0 { low = x } else { high = x }
            var next = second < 0 ? x - first / second : (low + high) / 2
            if !(next > low && next < high) { next = (low + high) / 2 }
            let moved = (next - x).magnitude
            x = next
            if moved < 1e-10 { break }
        }
        let s = x / ((1 - x) * centre)
        return (max(0, trendRatio(y, e, slope: s)), s)
    }

    /// The likelihood ratio of a trend with this slope against none.
    static func trendRatio(_ y: Span<Double>, _ e: [Double], slope s: Double) -> Double {
        let n = Double(y.count)
        var total = 0.0
        var exposure = 0.0
        var moment = 0.0
        var ratio = 0.0
        for t in 0..<y.count {
            let x = (Double(t) + 0.5) / n
            total += y[t]
            exposure += e[t]
            moment += e[t] * x
            if y[t] > 0 { ratio += y[t] * Glibc.log1p(s * x) }
        }
        return 2 * (ratio - total * Glibc.log1p(s * moment / exposure))
    }

    /// What the story with this dispersion expects of each day.
    func expected(_ y: Span<Double>, exposure e: [Double], dispersion φ: Double) -> [Double] {
        isTrend(dispersion: φ) ? Self.expected(y, e, slope: slope) : Self.expected(y, e, shiftOn: day)
    }

    static func expected(_ y: Span<Double>, _ e: [Double], slope: Double) -> [Double] {
        let n = y.count
        var weight = 0.0
        var total = 0.0
        for t in 0..<n {
            total += y[t]
            weight += e[t] * (1 + slope * (Double(t) + 0.5) / Double(n))
        }
        let start = total / weight
        return (0..<n).map { t in
            let x = (Double(t) + 0.5) / Double(n)
            return start * e[t] * (1 + slope * x)
        }
    }

    static func expected(_ y: Span<Double>, _ e: [Double], shiftOn day: Int) -> [Double] {
        let n = y.count
        var before = (count: 0.0, exposure: 0.0)
        var after = (count: 0.0, exposure: 0.0)
        for t in 0..<n {
            if t < day {
                before.count += y[t]
                before.exposure += e[t]
            } else {
                after.count += y[t]
                after.exposure += e[t]
            }
        }
        let low = before.exposure > 0 ? before.count / before.exposure : 0
        let high = after.exposure > 0 ? after.count / after.exposure : 0
        return (0..<n).map { e[$0] * ($0 < day ? low : high) }
    }

    /// Days cut down to what chance could do, so that one burst does not make the whole series look noisy.
    static func residual(_ y: Double, _ m: Double, dispersion φ: Double) -> Double {
        let limit = 4 * (φ * m).squareRoot() + 0.5
        return min(limit, max(-limit, y - m))
    }

    private mutating func disperse(_ y: Span<Double>, _ e: [Double]) {
        let n = y.count
        let weeks = n / 7
        guard n > 8 else { return }
        var φ = 1.0
        var m: [Double] = []
        var wasTrend: Bool?
        for _ in 0..<4 {
            let story = isTrend(dispersion: max(1, φ))
            if story != wasTrend { m = expected(y, exposure: e, dispersion: max(1, φ)) }
            wasTrend = story
            var squares = 0.0
            var means = 0.0
            for t in 0..<n {
                let r = CountFit.residual(y[t], m[t], dispersion: φ)
                squares += r * r
                means += m[t]
            }
            guard means > 0 else { return }
            φ = max(0.05, squares / means * Double(n) / Double(n - 3))
        }
        dayDispersion = φ
        var squares = 0.0
        var means = 0.0
        for w in 0..<weeks {
            var r = 0.0
            for t in (n - 7 * (w + 1))..<(n - 7 * w) {
                r += CountFit.residual(y[t], m[t], dispersion: φ)
                means += m[t]
            }
            squares += r * r
        }
        if weeks > 2, means > 0 { weekDispersion = squares / means * Double(weeks) / Double(weeks - 2) }
        for t in 0..<n where y[t] >= 5 && y[t] > m[t] + 3 * m[t].squareRoot() {
            let found = Outlier(day: t, count: y[t], expected: max(m[t], 1e-6))
            func strength(_ o: Outlier) -> Double { (o.count - o.expected) / (o.expected + 0.5).squareRoot() }
            outliers.append(found)
            outliers.sort { strength($0) > strength($1) }
            if outliers.count > 4 { outliers.removeLast() }
        }
    }
}
