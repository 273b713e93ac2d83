/// Weighted local straight lines along a series: Cleveland's loess (1979, JASA 74:829–836) for equally spaced steps.
///
/// The line is fitted with tricube weights at knots a tenth of the window apart; cubics through the knots give the rest. A
/// pass costs some ten products a value whatever the window. Near the ends the window keeps its number of steps, as in STL;
/// where too little weight lies within it, it doubles.
struct LocalLines {
    let window: Int
    private let half: Int
    /// Tricube weights of the distances 0…half, and the same times the distance and its square.
    private let kernel: [Double]
    private let kernel1: [Double]
    private let kernel2: [Double]

    init(window: Int) {
        let half = max(3, window) / 2
        let kernel = (0...half).map { tricube(Double($0) / Double(half + 1)) }
        kernel1 = kernel.indices.map { kernel[$0] * Double($0) }
        kernel2 = kernel.indices.map { kernel[$0] * Double($0 * $0) }
        (self.window, self.half, self.kernel) = (max(3, window), half, kernel)
    }

    /// Sums of a local line about a step.
    struct Moments {
        var s0 = 0.0
        var s1 = 0.0
        var s2 = 0.0
        var t0 = 0.0
        var t1 = 0.0

        /// The line's height at the step itself; nil when no weight lies there.
        var height: Double? {
            guard s0 > 1e-9 else { return nil }
            let det = s0 * s2 - s1 * s1
            return det > 1e-9 * s0 * s2 ? (s2 * t0 - s1 * t1) / det : t0 / s0
        }
    }

    /// Smooths a series.
    /// - Parameters:
    ///   - weights: One a step, 0 where missing.
    ///   - weighted: weights × values, 0 where missing.
    ///   - result: One a step, also where values are missing.
    func smooth(_ weights: Span<Double>, _ weighted: Span<Double>, into result: inout MutableSpan<Double>) {
        let n = weights.count
        let step = max(1, min(window / 10, max(1, n / 8)))
        if step == 1 {
            for t in 0..<n { result[t] = height(at: t, weights, weighted) }
            return
        }
        // The last knot lies on the last step; knots stand at 0, step, 2 step …
        let count = (n - 1 + step - 1) / step + 1
        var knots = [Double](repeating: 0, count: count)
        for k in 0..<count { knots[k] = height(at: min(n - 1, k * step), weights, weighted) }
        for k in 0..<(count - 1) {
            let start = k * step
            let end = min(n - 1, start + step)
            let cubic = Cubic(knots, k, lastStep: Double(end - start) / Double(step))
            for t in start..<end { result[t] = cubic.value(Double(t - start) / Double(step)) }
        }
        result[n - 1] = knots[count - 1]
    }

    /// How wrong the line is about each value when it is fitted without it.
    ///
    /// Uses (x − fit) / (1 − leverage), which is exact for a weighted line (Cook & Weisberg 1982), the leverage taken from the
    /// knot before.
    /// - Returns: The mean squared error, weighted; infinite when no value can be foretold.
    func blindError(_ weights: Span<Double>, _ weighted: Span<Double>) -> Double {
        let n = weights.count
        let step = max(1, min(window / 10, max(1, n / 8)))
        let count = (n - 1 + step - 1) / step + 1
        var knots = [Double](repeating: 0, count: count)
        var leverage = knots
        for k in 0..<count {
            let c = min(n - 1, k * step)
            let sums = moments(at: c, reach: reach(at: c, n), weights, weighted)
            knots[k] = sums.height ?? 0
            let det = sums.s0 * sums.s2 - sums.s1 * sums.s1
            leverage[k] = det > 1e-9 * sums.s0 * sums.s2 ? sums.s2 / det : sums.s0 > 0 ? 1 / sums.s0 : .infinity
        }
        var total = 0.0
        var weight = 0.0
        for t in 0..<n where weights[t] > 1e-9 {
            let k = min(t / step, max(0, count - 2))
            var fit = knots[min(k, count - 1)]
            if count > 1 {
                let end = min(n - 1, (k + 1) * step)
                fit = Cubic(knots, k, lastStep: Double(end - k * step) / Double(step))
                    .value(Double(t - k * step) / Double(step))
            }
            let own = weights[t] * leverage[min(k, count - 1)]
            guard own < 0.98 else { continue }
            let error = (weighted[t] / weights[t] - fit) / (1 - own)
            total += weights[t] * error * error
            weight += weights[t]
        }
        return weight > 0 ? total / weight : .infinity
    }

    /// How far the window reaches from step c: further than half near the ends.
    private func reach(at c: Int, _ n: Int) -> Int {
        let toEnd = min(c, n - 1 - c)
        return toEnd >= half ? half : max(half, min(window, n) - 1 - toEnd + max(0, window - n) / 2)
    }

    private func height(at c: Int, _ weights: Span<Double>, _ weighted: Span<Double>) -> Double {
        let n = weights.count
        var reach = reach(at: c, n)
        if reach == half, c >= half, c + half < n {
            let sums = middle(at: c, weights, weighted)
            // A fifth of the window's weight is enough for a line; less, and the window widens.
            if sums.s0 > 0.05, let height = sums.height { return height }
            reach *= 2
        }
        while true {
            let sums = moments(at: c, reach: reach, weights, weighted)
            if sums.s0 > 0.05 || reach > 2 * n { return sums.height ?? 0 }
            reach *= 2
        }
    }

    /// The sums where the whole window lies within the series: two values for each entry of the kernel.
    private func middle(at c: Int, _ weights: Span<Double>, _ weighted: Span<Double>) -> Moments {
        var m = Moments()
        m.s0 = kernel[0] * weights[c]
        m.t0 = kernel[0] * weighted[c]
        let left = weights.extracting((c - half)..<c)
        let right = weights.extracting((c + 1)..<(c + 1 + half))
        let leftValues = weighted.extracting((c - half)..<c)
        let rightValues = weighted.extracting((c + 1)..<(c + 1 + half))
        let k0 = kernel.span
        let k1 = kernel1.span
        let k2 = kernel2.span
        for i in 0..<half {
            let j = half - 1 - i
            let both = left[j] + right[i]
            m.s0 += k0[i + 1] * both
            m.s1 += k1[i + 1] * (right[i] - left[j])
            m.s2 += k2[i + 1] * both
            m.t0 += k0[i + 1] * (leftValues[j] + rightValues[i])
            m.t1 += k1[i + 1] * (rightValues[i] - leftValues[j])
        }
        return m
    }

    /// The sums for any reach.
    private func moments(
        at c: Int, reach: Int, _ weights: Span<Double>, _ weighted: Span<Double>
    ) -> Moments {
        var m = Moments()
        let width = Double(reach + 1)
        for t in max(0, c - reach)...min(weights.count - 1, c + reach) {
            let d = Double(t - c)
            let k = tricube(d.magnitude / width)
            m.s0 += k * weights[t]
            m.s1 += k * d * weights[t]
            m.s2 += k * d * d * weights[t]
            m.t0 += k * weighted[t]
            m.t1 += k * d * weighted[t]
        }
        return m
    }
}

/// (1 − u³)³ for u in [0, 1).
@inline(__always) func tricube(_ u: Double) -> Double {
    guard u < 1 else { return 0 }
    let v = 1 - u * u * u
    return v * v * v
}

/// The cubic between two knots one apart with the slopes of their neighbours (Catmull & Rom 1974).
struct Cubic {
    private let a: Double
    private let b: Double
    private let c: Double
    private let d: Double

    /// - Parameter lastStep: How far the next knot really is, in knot distances: below 1 for the last piece.
    init(_ knots: [Double], _ k: Int, lastStep length: Double) {
        let here = knots[k]
        let next = knots[k + 1]
        let rise = (next - here) / length
        let isLast = k + 2 >= knots.count
        let slope0 = k == 0 ? rise : isLast ? (next - knots[k - 1]) / (1 + length) : (next - knots[k - 1]) / 2
        let slope1 = isLast ? rise : (knots[k + 2] - here) / 2
        a = here
        b = slope0
        c = (3 * rise - 2 * slope0 - slope1) / length
        d = (slope0 + slope1 - 2 * rise) / (length * length)
    }

    @inline(__always) func value(_ u: Double) -> Double { a + u * (b + u * (c + u * d)) }
}
