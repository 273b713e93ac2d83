import Glibc

/// Whether a series keeps a calendar's season, or comes round by itself, so that neither is taken for changes.
struct ChangeRhythm {
    var medians: MedianFinder

    /// The candidate with the strongest autocorrelation of the differences at its length that passes every test; 0 for none.
    mutating func season(of x: [Double], candidates: [Int]) -> Int {
        let n = x.count
        let fitting = candidates.filter { $0 > 1 && n >= 3 * $0 + 2 }
        guard !fitting.isEmpty else { return 0 }
        var d = [Double](repeating: 0, count: n - 1)
        for t in 1..<n { d[t - 1] = x[t] - x[t - 1] }
        guard let centre = medians.median(d) else { return 0 }
        var scale = 1.4826 * (medians.medianDistance(d, from: centre) ?? 0)
        if scale <= 0 { scale = ChangePreparation.standard(d)?.scale ?? 0 }
        guard scale > 0 else { return 0 }
        var total = 0.0
        for t in d.indices {
            d[t] = min(3, max(-3, (d[t] - centre) / scale))
            total += d[t]
        }
        let mean = total / Double(d.count)
        var squares = 0.0
        for t in d.indices {
            d[t] -= mean
            squares += d[t] * d[t]
        }
        guard squares > 0 else { return 0 }
        let threshold = max(0.3, 3 / Double(n).squareRoot())
        var best = (season: 0, strength: 0.0)
        for s in fitting.sorted() {
            let a = Self.product(d, lag: s) / squares
            guard a > threshold, a > best.strength else { continue }
            if n > 4 * s {
                let again = Self.product(d, lag: 2 * s) / squares
                guard again > 0.6 * threshold else { continue }
            }
            if s > 4 {
                let beside = max(Self.product(d, lag: s - 1), Self.product(d, lag: s + 1)) / squares
                guard beside < a else { continue }
            }
            best = (s, a)
        }
        return best.season
    }

    /// The sum of the products with what was there a lag ago, in four sums side by side.
    private static func product(_ d: [Double], lag: Int) -> Double {
        guard lag < d.count else { return 0 }
        var four = SIMD4<Double>()
        var t = lag
        while t + 4 <= d.count {
            let now = SIMD4<Double>(d[t], d[t + 1], d[t + 2], d[t + 3])
            let k = t - lag
            let then = SIMD4<Double>(d[k], d[k + 1], d[k + 2], d[k + 3])
            four += now * then
            t += 4
        }
        var sum = four.sum()
        while t < d.count {
            sum += d[t] * d[t - lag]
            t += 1
        }
        return sum
    }

    /// Subtracts the median departure of each phase from the centred moving average.
    mutating func takeOut(_ season: Int, from x: inout [Double]) {
        let n = x.count
        let half = season / 2
        var phases = [[Double]](repeating: [], count: season)
        var sum = 0.0
        for k in 0..<(2 * half + 1) { sum += x[k] }
        for t in half..<(n - half) {
            // An even season: both ends of the window count one half.
            let ends = season % 2 == 0 ? (x[t - half] + x[t + half]) / 2 : 0
            phases[t % season].append(x[t] - (sum - ends) / Double(season))
            if t + half + 1 < n { sum += x[t + half + 1] - x[t - half] }
        }
        var profile = phases.map { medians.median($0) ?? 0 }
        let mean = profile.reduce(0, +) / Double(season)
        for k in profile.indices { profile[k] -= mean }
        for t in 0..<n { x[t] -= profile[t % season] }
    }

    /// The length after which the series swings back by itself; nil where it does not.
    mutating func cycle(of x: [Double]) -> Int? {
        let n = x.count
        let longest = n / 5
        guard longest >= 8 else { return nil }
        var r = Self.withoutLine(x)
        let centre = medians.median(r) ?? 0
        for t in 0..<n { r[t] -= centre }
        let limit = 3 * 1.4826 * (medians.medianDistance(r, from: 0) ?? 0)
        var total = 0.0
        for t in 0..<n {
            if limit > 0 { r[t] = min(limit, max(-limit, r[t])) }
            total += r[t]
        }
        let mean = total / Double(n)
        for t in 0..<n { r[t] -= mean }
        let c = autocovariances(r, through: longest)
        guard c[0] > 0 else { return nil }
        guard let down = (1...longest).first(where: { c[$0] < 0 }),
            let up = (down...longest).first(where: { c[$0] >= 0 })
        else { return nil }
        var top = up
        for k in up...longest where c[k] > c[top] { top = k }
        var lowest = c[down]
        for k in down..<top { lowest = min(lowest, c[k]) }
        let strong = c[top] >= max(0.3, 3 / Double(n).squareRoot()) * c[0]
        return strong && c[top] - lowest >= 0.4 * c[0] ? top : nil
    }

    private static func withoutLine(_ x: [Double]) -> [Double] {
        let n = x.count
        let middle = Double(n - 1) / 2
        var sum = 0.0
        var moment = 0.0
        for t in 0..<n {
            sum += x[t]
            moment += x[t] * (Double(t) - middle)
        }
        let (level, slope) = (sum / Double(n), moment * 12 / (Double(n) * (Double(n) * Double(n) - 1)))
        return x.indices.map { x[$0] - level - slope * (Double($0) - middle) }
    }
}
