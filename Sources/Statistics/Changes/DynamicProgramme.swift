/// The best stretches over the candidate steps at one autocorrelation, four starts at a time.
struct DynamicProgramme {
    private let positions: [Int]
    private let shortest: Double
    private let sloping: Bool
    private let penalty: Double
    private let logs: [Double]
    private let count: Int
    private let points: [Point]

    /// The running sums at one candidate, and the values beside it.
    private struct Point {
        var one, square, moment, laggedBefore, laggedAfter, first, last: Double
    }

    /// Four starts of a stretch, side by side.
    private struct Starts {
        var position: SIMD4<Double>
        var squares: SIMD4<Double>
        var level: SIMD4<Double>
        var one: SIMD4<Double>
        var moment: SIMD4<Double>
        var first: SIMD4<Double>
        /// The cost of all before.
        var before: SIMD4<Double>
        var index: SIMD4<Int64>

        /// A lane that is never chosen: it starts beyond the end.
        static func empty(_ beyond: Double) -> Starts {
            Starts(
                position: SIMD4(repeating: beyond), squares: .zero, level: .zero, one: .zero, moment: .zero,
                first: .zero, before: SIMD4(repeating: .infinity), index: .zero)
        }
    }

    init(
        sums: SegmentSums, positions: [Int], shortest: Int, sloping: Bool, penalty: Double, logs: [Double]
    ) {
        let n = sums.count
        self.positions = positions
        self.shortest = Double(shortest)
        self.sloping = sloping
        self.penalty = penalty
        self.logs = logs
        count = n
        points = positions.map { p in
            Point(
                one: sums.one[p], square: sums.square[p], moment: sums.moment[p], laggedBefore: sums.lagged[p],
                laggedAfter: sums.lagged[min(n, p + 1)], first: p < n ? sums.x[p] : 0, last: p > 0 ? sums.x[p - 1] : 0)
        }
    }

    /// The changes of the shortest description, in order.
    func cuts(_ noise: Autocorrelated, variance v: Double) -> [Int] {
        let m = positions.count - 1
        let empty = Starts.empty(Double(2 * count + 2))
        var starts: [Starts] = []
        var values: [SIMD4<Double>] = []
        starts.reserveCapacity(m / 4 + 1)
        values.reserveCapacity(m / 4 + 1)
        var filled = 4
        var previous = [Int64](repeating: 0, count: m + 1)
        let fee = penalty + noise.start
        let slack = 2 * logs[count] + noise.start
        var before = -penalty
        for b in 0...m {
            if b > 0 {
                (before, previous[b]) = step(to: b, starts, &values, noise, 1 / v)
                before += fee
                if starts.count > 1 { prune(&starts, values, before - fee + slack, positions[b], keepLast: filled < 4) }
            }
            guard before.isFinite else { continue }
            if filled == 4 || starts.isEmpty {
                starts.append(empty)
                filled = 0
            }
            put(b, before, in: &starts[starts.count - 1], lane: filled, noise)
            filled += 1
        }
        var cuts: [Int] = []
        var k = Int(previous[m])
        while k > 0 {
            cuts.append(positions[k])
            k = Int(previous[k])
        }
        return cuts.reversed()
    }

    private func put(_ k: Int, _ before: Double, in starts: inout Starts, lane: Int, _ noise: Autocorrelated) {
        let p = points[k]
        starts.position[lane] = Double(positions[k])
        starts.squares[lane] =
            noise.inner * p.square - noise.twice * p.laggedAfter + noise.squared * p.first * p.first
        starts.level[lane] = noise.step * p.one - noise.edge * p.first
        starts.one[lane] = p.one
        starts.moment[lane] = p.moment
        starts.first[lane] = p.first
        starts.before[lane] = before
        starts.index[lane] = Int64(k)
    }

    /// The cheapest way to the candidate b, without the fee, and the start of its last stretch.
    private func step(
        to b: Int, _ starts: [Starts], _ values: inout [SIMD4<Double>], _ noise: Autocorrelated, _ precision: Double
    ) -> (Double, Int64) {
        typealias V = SIMD4<Double>
        let p = points[b]
        let end = Double(positions[b])
        let squares = noise.inner * p.square - noise.twice * p.laggedBefore - noise.squared * p.last * p.last
        let level = noise.step * p.one + noise.edge * p.last
        values.removeAll(keepingCapacity: true)
        var best = V(repeating: .infinity)
        var bestIndex = SIMD4<Int64>(repeating: 0)
        let infinite = V(repeating: .infinity)
        for s in starts {
            let length = end - s.position
            let x1 = level - s.level
            let levelWeight = noise.step * length + 2 * noise.edge
            var flat = squares - s.squares - x1 * x1 / levelWeight
            flat.replace(with: 0, where: flat .< 0)
            let price = logarithms(length)
            var cost = flat * precision + price
            if sloping {
                let half = (length - 1) * 0.5
                let middle = (s.position + (end - Double(count))) * 0.5
                let reach = noise.edge * half + noise.rho
                let x2 =
                    noise.step * ((p.moment - s.moment) - middle * (p.one - s.one)) + (p.last - s.first) * reach
                let weight = noise.step * (1.0 / 12) * length * (length * length - 1) + 2 * half * reach
                var line = flat - x2 * x2 / weight
                line.replace(with: 0, where: line .< 0)
                let sloped = line * precision + ChangeSearch.linePrice * price
                cost.replace(with: sloped, where: (sloped .< cost) .& (length .>= Double(ChangeSearch.shortestLine)))
            }
            cost.replace(with: infinite, where: length .< shortest)
            let value = s.before + cost
            values.append(value)
            let better = value .< best
            best.replace(with: value, where: better)
            bestIndex.replace(with: s.index, where: better)
        }
        return Self.least(best, bestIndex)
    }

    /// Of four ways the cheapest; of equal ones the earliest start.
    private static func least(_ values: SIMD4<Double>, _ index: SIMD4<Int64>) -> (Double, Int64) {
        var best = (values[0], index[0])
        for k in 1..<4 where values[k] < best.0 || (values[k] == best.0 && index[k] < best.1) {
            best = (values[k], index[k])
        }
        return best
    }

    private func logarithms(_ length: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(
            logs[max(0, Int(length[0]))], logs[max(0, Int(length[1]))], logs[max(0, Int(length[2]))],
            logs[max(0, Int(length[3]))])
    }

    /// Drops starts that can no longer be best, four at a time.
    private func prune(
        _ starts: inout [Starts], _ values: [SIMD4<Double>], _ limit: Double, _ end: Int, keepLast: Bool
    ) {
        var kept = 0
        for k in starts.indices {
            let longEnough = Double(end) - starts[k].position .>= shortest
            let hopeless = (values[k] .>= limit) .& longEnough
            if all(hopeless) && !(keepLast && k == starts.count - 1) { continue }
            if kept != k { starts[kept] = starts[k] }
            kept += 1
        }
        starts.removeLast(starts.count - kept)
    }
}
