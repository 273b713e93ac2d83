/// Local lines along each phase of a season: all Mondays, all hours from 9 to 10.
///
/// The phases of one cycle lie side by side, so that the inner loops run over them. Both smoothing and leaving values out
/// cost O(n) whatever the window, by the same knots as `LocalLines`.
struct CycleLines {
    let length: Int
    /// Cycles, the last one perhaps in part.
    let cycles: Int
    private let count: Int

    init(length: Int, count: Int) {
        self.length = length
        self.count = count
        cycles = (count + length - 1) / length
    }

    /// One profile for the whole series, repeated; the weighted mean of each phase.
    func repeated(_ weights: [Double], _ weighted: [Double], into result: inout [Double]) {
        let (s, t) = totals(weights, weighted)
        for i in 0..<count {
            let j = i % length
            result[i] = s[j] > 1e-9 ? t[j] / s[j] : 0
        }
    }

    /// The same with each value's own cycle left out; not a number where nothing else is known of the phase.
    func repeatedBlind(_ weights: [Double], _ weighted: [Double], into result: inout [Double]) {
        let (s, t) = totals(weights, weighted)
        for i in 0..<count {
            let j = i % length
            let rest = s[j] - weights[i]
            result[i] = rest > 1e-6 ? (t[j] - weighted[i]) / rest : .nan
        }
    }

    private func totals(_ weights: [Double], _ weighted: [Double]) -> ([Double], [Double]) {
        var s = [Double](repeating: 0, count: length)
        var t = s
        for i in 0..<count {
            s[i % length] += weights[i]
            t[i % length] += weighted[i]
        }
        return (s, t)
    }

    /// A profile that changes slowly: local lines over `window` cycles.
    func smooth(window: Int, _ weights: [Double], _ weighted: [Double], into result: inout [Double]) {
        let step = max(1, min(window / 10, max(1, cycles / 8)))
        let knots = (cycles - 1 + step - 1) / step + 1
        var rows = CycleRows(length: length)
        var heights = [Double](repeating: 0, count: knots * length)
        var profile = [Double](repeating: 0, count: count)
        repeated(weights, weighted, into: &profile)
        for k in 0..<knots {
            let c = min(cycles - 1, k * step)
            accumulate(&rows, at: c, window: window, weights, weighted)
            for j in 0..<length {
                heights[k * length + j] = rows.moments(j).s0 > 0.05 ? rows.moments(j).height ?? 0 : profile[j % count]
            }
        }
        if step == 1 {
            for i in 0..<count { result[i] = heights[i] }
            return
        }
        join(heights, knots: knots, step: step, into: &result)
    }

    /// How much worse or better than `rival` each known value is foretold from the rest of its phase within the window.
    ///
    /// Looks at some 400 cycles at most; both are judged on the same values, so that few are enough.
    /// - Parameter rival: What another method foretells of each value; not a number where nothing.
    /// - Returns: The ratio of the mean squared errors; infinite when nothing can be foretold.
    func blindRatio(window: Int, against rival: [Double], _ weights: [Double], _ weighted: [Double]) -> Double {
        var rows = CycleRows(length: length)
        var total = 0.0
        var rivals = 0.0
        for c in stride(from: 0, to: cycles, by: max(1, window / 20, cycles / 400)) {
            accumulate(&rows, at: c, window: window, weights, weighted)
            for j in 0..<length where c * length + j < count {
                let i = c * length + j
                let m = rows.moments(j)
                guard weights[i] > 1e-6, m.s0 - weights[i] > 1e-3, !rival[i].isNaN else { continue }
                // Without the value itself: its kernel is 1 and its distance 0, so only two sums change.
                var rest = m
                rest.s0 -= weights[i]
                rest.t0 -= weighted[i]
                guard let height = rest.height else { continue }
                let value = weighted[i] / weights[i]
                total += weights[i] * (value - height) * (value - height)
                rivals += weights[i] * (value - rival[i]) * (value - rival[i])
            }
        }
        return rivals > 0 ? total / rivals : .infinity
    }

    private func accumulate(
        _ rows: inout CycleRows, at c: Int, window: Int, _ weights: [Double], _ weighted: [Double]
    ) {
        let half = window / 2
        let toEnd = min(c, cycles - 1 - c)
        let reach = toEnd >= half ? half : max(half, min(window, cycles) - 1 - toEnd)
        rows.clear()
        for other in max(0, c - reach)...min(cycles - 1, c + reach) {
            let start = other * length
            let end = min(count, start + length)
            let d = Double(other - c)
            rows.add(
                weights.span.extracting(start..<end), weighted.span.extracting(start..<end), distance: d,
                kernel: tricube(d.magnitude / Double(reach + 1)))
        }
    }

    private func join(_ heights: [Double], knots: Int, step: Int, into result: inout [Double]) {
        var column = [Double](repeating: 0, count: knots)
        for j in 0..<min(length, count) {
            for k in 0..<knots { column[k] = heights[k * length + j] }
            for k in 0..<(knots - 1) {
                let start = k * step
                let end = min(cycles - 1, start + step)
                let cubic = Cubic(column, k, lastStep: Double(end - start) / Double(step))
                for c in start..<end where c * length + j < count {
                    result[c * length + j] = cubic.value(Double(c - start) / Double(step))
                }
            }
            let last = (cycles - 1) * length + j
            if last < count { result[last] = column[knots - 1] }
        }
    }
}

/// The sums of a local line for every phase at once.
private struct CycleRows {
    private var s0: [Double]
    private var s1: [Double]
    private var s2: [Double]
    private var t0: [Double]
    private var t1: [Double]

    init(length: Int) {
        s0 = [Double](repeating: 0, count: length)
        (s1, s2, t0, t1) = (s0, s0, s0, s0)
    }

    mutating func clear() {
        for j in s0.indices { (s0[j], s1[j], s2[j], t0[j], t1[j]) = (0, 0, 0, 0, 0) }
    }

    func moments(_ j: Int) -> LocalLines.Moments {
        LocalLines.Moments(s0: s0[j], s1: s1[j], s2: s2[j], t0: t0[j], t1: t1[j])
    }

    mutating func add(_ weights: Span<Double>, _ weighted: Span<Double>, distance d: Double, kernel k: Double) {
        let k1 = k * d
        let k2 = k1 * d
        Self.addScaled(weights, k, k1, &s0, &s1)
        Self.addScaled(weighted, k, k1, &t0, &t1)
        let count = weights.count
        var out = s2.mutableSpan
        for j in 0..<count { out[j] += k2 * weights[j] }
    }

    private static func addScaled(
        _ x: Span<Double>, _ k: Double, _ k1: Double, _ a: inout [Double], _ b: inout [Double]
    ) {
        var first = a.mutableSpan
        for j in 0..<x.count { first[j] += k * x[j] }
        var second = b.mutableSpan
        for j in 0..<x.count { second[j] += k1 * x[j] }
    }
}
