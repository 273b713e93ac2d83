import Glibc

/// Where a change could be: the steps at which windows of several lengths differ most on both sides.
///
/// For each window length the relative gain of splitting is computed from running sums; its local peaks are candidates. This
/// keeps the search quick on long series, in the manner of seeded binary segmentation (Kovács and others, Biometrika 2023).
/// O(n log n).
struct ChangeScreen {
    let sums: SegmentSums
    let shortest: Int
    let sloping: Bool
    /// A peak weaker than this cannot pay for a change; used on long series only.
    let floor: Double
    /// A peak stronger than this is always kept.
    let certain: Double

    /// Series up to this length are searched at every step.
    static let everywhere = 100
    /// Up to this length the strongest peaks of each window are kept, however weak.
    static let lenientUpTo = 2000
    static let peaksPerWindow = 30

    init(_ sums: SegmentSums, shortest: Int, sloping: Bool, penalty: Double, medians: inout MedianFinder) {
        self.sums = sums
        self.shortest = shortest
        self.sloping = sloping
        let r = Self.roughness(sums.x, &medians)
        floor = sums.count > Self.lenientUpTo ? penalty / 2 : 0
        certain = 60 * (1 + r) / (1 - r)
    }

    /// The steps to search, the first and the end included, in order.
    func candidates() -> [Int] {
        let n = sums.count
        guard n > Self.everywhere else { return [0] + Array(shortest...(n - shortest)) + [n] }
        var chosen: [Int] = [0, n]
        var gains: [Double] = []
        var h = shortest
        while true {
            gains = [Double](repeating: 0, count: (n - 2 * shortest) / stride(h) + 1)
            levelGains(h, into: &gains)
            keepPeaks(of: gains, window: h, by: levelGain, in: &chosen)
            if sloping, h >= ChangeSearch.shortestLine {
                lineGains(h, into: &gains)
                keepPeaks(of: gains, window: h, by: lineGain, in: &chosen)
            }
            if h >= n / 2 { break }
            h = min(h * 3 / 2 + 1, n / 2)
        }
        chosen.sort()
        var out: [Int] = []
        for t in chosen where out.last != t { out.append(t) }
        return out
    }

    /// How far the noise is autocorrelated, from the ratio of steps two apart to steps one apart; robust against changes.
    private static func roughness(_ x: [Double], _ medians: inout MedianFinder) -> Double {
        func step(_ lag: Int, _ medians: inout MedianFinder) -> Double {
            medians.scratch.removeAll(keepingCapacity: true)
            for t in lag..<max(lag, x.count) { medians.scratch.append((x[t] - x[t - lag]).magnitude) }
            return medians.medianOfScratch() ?? 0
        }
        let one = step(1, &medians)
        guard one > 0 else { return 0.9 }
        let ratio = step(2, &medians) / one
        return min(0.9, max(0, ratio * ratio - 1))
    }

    private func stride(_ h: Int) -> Int { max(1, h / 16) }

    /// The places a window visits: full windows on both sides cost least.
    private func visit(_ h: Int, _ gains: inout [Double], full: (Int) -> Double, cut: (Int) -> Double) {
        let n = sums.count
        var t = shortest
        for k in gains.indices {
            gains[k] = t >= h && t <= n - h ? full(t) : cut(t)
            t += stride(h)
        }
    }

    private func levelGains(_ h: Int, into gains: inout [Double]) {
        let (one, square) = (sums.one, sums.square)
        let (inverse, half) = (1 / Double(h), 0.5 / Double(h))
        visit(h, &gains) { t in
            let (a, b, c) = (one[t - h], one[t], one[t + h])
            let (left, right) = (b - a, c - b)
            let apart = (left * left + right * right) * inverse
            let gain = apart - (c - a) * (c - a) * half
            return Self.relative(gain, square[t + h] - square[t - h] - apart, 2 * h)
        } cut: {
            levelGain($0, h)
        }
    }

    private func lineGains(_ h: Int, into gains: inout [Double]) {
        let (one, square, moment) = (sums.one, sums.square, sums.moment)
        let (length, centre) = (Double(h), Double(sums.count) / 2)
        let (inverse, half) = (1 / length, 0.5 / length)
        let slope = 12 / (length * (length * length - 1))
        let wholeSlope = 12 / (2 * length * (4 * length * length - 1))
        visit(h, &gains) { t in
            let middle = Double(t) - centre
            let (a, b, c) = (one[t - h], one[t], one[t + h])
            let (left, right, whole) = (b - a, c - b, c - a)
            let (d, e, f) = (moment[t - h], moment[t], moment[t + h])
            let leftTurn = e - d - (middle - length / 2) * left
            let rightTurn = f - e - (middle + length / 2) * right
            let wholeTurn = f - d - middle * whole
            let apart =
                (left * left + right * right) * inverse + (leftTurn * leftTurn + rightTurn * rightTurn) * slope
            let gain = apart - whole * whole * half - wholeTurn * wholeTurn * wholeSlope
            return Self.relative(gain, square[t + h] - square[t - h] - apart, 2 * h)
        } cut: {
            lineGain($0, h)
        }
    }

    private func levelGain(_ t: Int, _ h: Int) -> Double {
        let (i, e) = (max(0, t - h), min(sums.count, t + h))
        let apart = spread(i, t).flat + spread(t, e).flat
        return Self.relative(spread(i, e).flat - apart, apart, e - i)
    }

    private func lineGain(_ t: Int, _ h: Int) -> Double {
        let (i, e) = (max(0, t - h), min(sums.count, t + h))
        let apart = spread(i, t).line + spread(t, e).line
        return Self.relative(spread(i, e).line - apart, apart, e - i)
    }

    @inline(__always)
    private static func relative(_ gain: Double, _ apart: Double, _ length: Int) -> Double {
        gain / max(apart, 1e-9 * Double(length))
    }

    /// The residual sums of squares about the mean and about a line.
    @inline(__always)
    private func spread(_ i: Int, _ j: Int) -> (flat: Double, line: Double) {
        let length = Double(j - i)
        let sum = sums.one[j] - sums.one[i]
        let flat = max(0, sums.square[j] - sums.square[i] - sum * sum / length)
        let middle = (Double(i + j) - Double(sums.count)) / 2
        let slope = sums.moment[j] - sums.moment[i] - middle * sum
        let weight = length * (length * length - 1)
        return (flat, j - i > 2 ? max(0, flat - 12 * slope * slope / weight) : 0)
    }

    /// Adds the strongest local peaks, each moved to the best step beside it where the window was passed over in strides.
    private func keepPeaks(
        of gains: [Double], window h: Int, by gain: (Int, Int) -> Double, in chosen: inout [Int]
    ) {
        let n = sums.count
        let stride = stride(h)
        let least = floor / Double(2 * h)
        let sure = certain / Double(2 * h)
        var peaks = Self.peaks(gains, reach: max(2, h / 2) / stride, above: least)
        peaks.sort { gains[$0] != gains[$1] ? gains[$0] > gains[$1] : $0 < $1 }
        let most = min(Self.peaksPerWindow, 2 + 2 * n / h)
        for (rank, k) in peaks.enumerated() {
            guard rank < most || gains[k] > sure else { break }
            var best = (step: shortest + k * stride, gain: gains[k])
            if stride > 1 {
                let around = max(shortest, best.step - stride + 1)...min(n - shortest, best.step + stride - 1)
                for t in around {
                    let g = gain(t, h)
                    if g > best.gain { best = (t, g) }
                }
            }
            chosen.append(best.step)
        }
    }

    /// The places of values that no other within reach exceeds; of equal ones the first. O(n).
    static func peaks(_ gains: [Double], reach: Int, above least: Double) -> [Int] {
        var out: [Int] = []
        let reach = max(1, reach)
        // A block as long as the reach and one holds at most one peak.
        for start in Swift.stride(from: 0, to: gains.count, by: reach + 1) {
            let end = min(gains.count, start + reach + 1)
            var top = start
            for k in start..<end where gains[k] > gains[top] { top = k }
            let value = gains[top]
            guard value > 0, value >= least else { continue }
            var isPeak = true
            for k in max(0, top - reach)..<start where gains[k] >= value {
                isPeak = false
                break
            }
            guard isPeak else { continue }
            for k in end..<max(end, min(gains.count, top + reach + 1)) where gains[k] > value {
                isPeak = false
                break
            }
            if isPeak { out.append(top) }
        }
        return out
    }
}
