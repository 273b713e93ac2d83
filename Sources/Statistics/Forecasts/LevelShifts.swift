/// Jumps of the level in the past: what came before is moved to the present level, so that its season and its dynamics are
/// kept, instead of being cut off.
extension PreparedSeries {
    private static let shiftsMax = 3

    mutating func moveToPresentLevel(candidates: [Int]) {
        let p = candidates.first { count >= 3 * $0 } ?? 1
        let w = max(p, 8)
        guard count >= 4 * w else { return }
        var work = LevelShiftSearch(count: count)
        for _ in 0..<Self.shiftsMax {
            guard let shift = work.largest(y.span, period: p, window: w) else { return }
            for t in 0..<shift.at { y[t] += shift.by }
            notes.append(.levelShift(before: start + shift.at))
        }
    }
}

private struct LevelShiftSearch {
    private var z: [Double]
    private var steps: [Double]
    private var sorted: [Double]

    init(count: Int) {
        z = Array(repeating: 0, count: count)
        steps = z
        sorted = z
    }

    /// The step t where the level moved most, if the move is beyond doubt: the difference there and the medians of the
    /// windows on both sides agree, and both stand out from their usual size.
    mutating func largest(_ y: Span<Double>, period: Int, window w: Int) -> (at: Int, by: Double)? {
        let n = y.count
        removeProfile(y, period)
        for t in 1..<n {
            steps[t - 1] = z[t] - z[t - 1]
            sorted[t - 1] = steps[t - 1].magnitude
        }
        let usual = 1.4826 * middle(n - 1)
        var stands = false
        for t in 1..<n where steps[t - 1].magnitude > 6 * usual {
            stands = true
            break
        }
        guard stands else { return nil }
        let medians = runningMedians(window: w)
        // The move at t: the median of w values from t on, less that of the w before.
        for t in w...(n - w) { sorted[t - w] = (medians[t] - medians[t - w]).magnitude }
        let usualMove = 1.4826 * middle(n - 2 * w + 1)
        var best: (at: Int, by: Double)?
        for t in w...(n - w) {
            let move = medians[t] - medians[t - w]
            let d = steps[t - 1]
            guard d.magnitude > 6 * usual, d.magnitude >= 0.5 * move.magnitude, move.magnitude > 5 * usualMove,
                d * move > 0, move.magnitude > best?.by.magnitude ?? 0
            else { continue }
            best = (t, move)
        }
        return best
    }

    /// The series less the median departure of each phase from a centred moving average.
    private mutating func removeProfile(_ y: Span<Double>, _ p: Int) {
        let n = y.count
        for t in 0..<n { z[t] = y[t] }
        guard p > 1 else { return }
        let half = p / 2
        var sum = 0.0
        for k in 0..<p { sum += y[k] }
        for t in half..<(n - half) {
            let above = p % 2 == 0 ? sum + 0.5 * (y[t + half] - y[t - half]) : sum
            steps[t] = y[t] - above / Double(p)
            if t + 1 < n - half { sum += y[t - half + p] - y[t - half] }
        }
        for j in 0..<p {
            var count = 0
            var t = half + ((j - half) % p + p) % p
            while t < n - half {
                sorted[count] = steps[t]
                count += 1
                t += p
            }
            guard count > 0 else { continue }
            let m = middle(count)
            for t in stride(from: j, to: n, by: p) { z[t] -= m }
        }
    }

    /// At t, the median of the w values from t on.
    private func runningMedians(window w: Int) -> [Double] {
        let n = z.count
        var medians = [Double](repeating: 0, count: n - w + 1)
        var inside = Array(z[0..<w]).sorted()
        for t in 0...(n - w) {
            if t > 0 {
                inside.remove(at: place(of: z[t - 1], in: inside))
                inside.insert(z[t + w - 1], at: place(of: z[t + w - 1], in: inside))
            }
            medians[t] = w % 2 == 1 ? inside[w / 2] : 0.5 * (inside[w / 2 - 1] + inside[w / 2])
        }
        return medians
    }

    private func place(of x: Double, in values: [Double]) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let centre = (low + high) / 2
            if values[centre] < x { low = centre + 1 } else { high = centre }
        }
        return low
    }

    /// The median of the first values of `sorted`, which are put in another order.
    private mutating func middle(_ count: Int) -> Double { selectedMedian(of: &sorted, count: count) }
}
