/// The mean departure of each phase of a season from a centred moving average, shrunk by how far the phases can be told from
/// noise.
///
/// James and Stein (1961): with V the variance of the profile over its phases and R the mean error variance of a phase, the
/// profile is multiplied by max(0, 1 − R / V), so a season that is only noise takes itself away. Newer cycles weigh more:
/// each older one 0.8 times the next. O(n).
struct SeasonalProfile {
    /// How much an older cycle counts beside the next newer one.
    static let decay = 0.8
    /// With fewer cycles the half season at each end counts for something.
    static let cyclesMax = 24

    let period: Int
    private let reachesEnds: Bool
    /// One a phase, step t having phase t mod period; the mean is zero.
    private(set) var values: [Double]
    /// The factor the profile was multiplied by: 0 where it was noise, near 1 where it is certain.
    private(set) var shrinkage = 0.0
    private var weight: [Double]
    private var weightSquares: [Double]
    private var squares: [Double]
    private var rest: [Double] = []

    /// - Parameter reachesEnds: Whether, with few cycles, the half season at each end counts too, where the moving average of
    ///   a whole season does not reach. Not beside another season: the held ends would take that for their own.
    init(period: Int, reachesEnds: Bool = false) {
        precondition(period > 1, "A season has at least two phases")
        self.period = period
        self.reachesEnds = reachesEnds
        values = Array(repeating: 0, count: period)
        weight = values
        weightSquares = values
        squares = values
    }

    /// Whether two full cycles of departures can be had from so many steps.
    static func isUsable(period: Int, count: Int) -> Bool { count >= 2 * period + 1 }

    /// Estimates the profile of a series; zero where the series is too short.
    mutating func estimate(_ z: Span<Double>) {
        clear()
        guard Self.isUsable(period: period, count: z.count) else { return }
        accumulate(z)
        shrink()
        if reachesEnds, shrinkage > 0, z.count < Self.cyclesMax * period { takeEndsIn(z) }
    }

    private mutating func clear() {
        for j in 0..<period {
            values[j] = 0
            weight[j] = 0
            weightSquares[j] = 0
            squares[j] = 0
        }
        shrinkage = 0
    }

    /// Adds up departures from the newest to the oldest, so that the weight falls once a cycle.
    private mutating func accumulate(_ z: Span<Double>) {
        let half = period / 2
        let isEven = period % 2 == 0
        let share = 1 / Double(period)
        // Taken out, so that all four can be written side by side.
        var (values, weight, weightSquares, squares): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        swap(&values, &self.values)
        swap(&weight, &self.weight)
        swap(&weightSquares, &self.weightSquares)
        swap(&squares, &self.squares)
        defer {
            swap(&values, &self.values)
            swap(&weight, &self.weight)
            swap(&weightSquares, &self.weightSquares)
            swap(&squares, &self.squares)
        }
        var s = values.mutableSpan
        var w = weight.mutableSpan
        var w2 = weightSquares.mutableSpan
        var q = squares.mutableSpan
        var t = z.count - 1 - half
        var phase = t % period
        var age = half
        var c = 1.0
        // The sum of the `period` values from t − half on.
        var sum = 0.0
        for k in (t - half)..<(t - half + period) { sum += z[k] }
        while true {
            let above = isEven ? sum + 0.5 * (z[t + half] - z[t - half]) : sum
            let departure = z[t] - above * share
            s[phase] += c * departure
            q[phase] += c * departure * departure
            w[phase] += c
            w2[phase] += c * c
            if t == half { break }
            t -= 1
            sum += z[t - half] - z[t - half + period]
            phase = phase == 0 ? period - 1 : phase - 1
            age += 1
            if age == period {
                age = 0
                c *= Self.decay
            }
        }
    }

    private mutating func shrink() {
        var mean = 0.0
        var error = 0.0
        for j in 0..<period {
            let w = weight[j]
            values[j] /= w
            mean += values[j]
            let effective = w * w / weightSquares[j]
            var spread = max(squares[j] / w - values[j] * values[j], 0)
            if effective > 1.05 { spread *= effective / (effective - 1) }
            error += spread / effective
        }
        mean /= Double(period)
        error /= Double(period)
        var variance = 0.0
        for j in 0..<period {
            values[j] -= mean
            variance += values[j] * values[j]
        }
        variance /= Double(period)
        shrinkage = variance > 0 ? max(0, 1 - error / variance) : 0
        for j in 0..<period { values[j] *= shrinkage }
    }

    /// Estimates the profile once more, from departures from a moving average of what is left without it, whose ends are held.
    private mutating func takeEndsIn(_ z: Span<Double>) {
        let n = z.count
        let half = (period + 1) / 2
        rest.removeAll(keepingCapacity: true)
        for t in 0..<n { rest.append(z[t] - values[t % period]) }
        for j in 0..<period {
            values[j] = 0
            weight[j] = 0
        }
        // The sum of what is left from t − half to t + half.
        var sum = 0.0
        for t in (n - 1 - half)...(n - 1 + half) { sum += rest[max(0, min(n - 1, t))] }
        var c = 1.0
        for age in 0..<n {
            let t = n - 1 - age
            let departure = z[t] - sum / Double(2 * half + 1)
            values[t % period] += c * departure
            weight[t % period] += c
            sum += rest[max(0, t - 1 - half)] - rest[min(n - 1, t + half)]
            if age % period == period - 1 { c *= Self.decay }
        }
        var mean = 0.0
        for j in 0..<period {
            values[j] /= weight[j]
            mean += values[j] / Double(period)
        }
        for j in 0..<period { values[j] = shrinkage * (values[j] - mean) }
    }

    /// Takes the profile off a series that begins at phase 0, and adds it to the steps that follow.
    func move(from z: inout [Double], count: Int, to ahead: inout [Double], steps: Int) {
        guard shrinkage > 0 else { return }
        let s = values.span
        var z = z.mutableSpan
        var t = 0
        while t < count {
            let end = min(period, count - t)
            for j in 0..<end { z[t + j] -= s[j] }
            t += period
        }
        var phase = count % period
        for k in 0..<steps {
            ahead[k] += s[phase]
            phase = phase + 1 == period ? 0 : phase + 1
        }
    }
}
