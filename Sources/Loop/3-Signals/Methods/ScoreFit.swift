import Statistics

/// The scores of one series by day, with the story that fits them best.
///
/// A ticket's score says how far it lies from what is usual for tickets like it, in either direction; scores have mean 0
/// while nothing changes. `u` is their sum on a day, `i` the sum of their squares, `tickets` how many there were.
struct ScoreSeries {
    var u: [Double]
    var i: [Double]
    var tickets: [Double]
    /// The least sum of squares on each side of a shift.
    var least = 0.0

    init(days: Int) {
        u = Array(repeating: 0, count: days)
        i = u
        tickets = u
    }

    mutating func clear() {
        for t in u.indices {
            u[t] = 0
            i[t] = 0
            tickets[t] = 0
        }
    }

    /// Takes the mean score out, each day by its share of the squares.
    mutating func centre() {
        var sumU = 0.0
        var sumI = 0.0
        for t in u.indices {
            sumU += u[t]
            sumI += i[t]
        }
        guard sumI > 0 else { return }
        let c = sumU / sumI
        for t in u.indices { u[t] -= c * i[t] }
    }
}

struct ScoreFit {
    var level = 0.0
    /// The squared standardised score of the best shift and its day.
    var shift = 0.0
    var day = 0
    /// The squared standardised score of the trend, and its slope.
    var trend = 0.0
    var slope = 0.0
    var dayDispersion = 1.0
    var weekDispersion = 1.0

    static let leastPerSide = 30.0
    static let shareLeast = 0.02

    func isTrend(dispersion φ: Double) -> Bool { trend / φ > shift / φ - CountFit.handicap }

    init(_ s: ScoreSeries, edge: Int) {
        let n = s.u.count
        var info = 0.0
        var tickets = 0.0
        for t in 0..<n {
            info += s.i[t]
            tickets += s.tickets[t]
        }
        level = tickets / Double(n)
        guard info > 0 else { return }
        let ratios = ScoreFit.shiftRatios(s, edge: edge)
        for t in ratios.indices where ratios[t] > shift {
            shift = ratios[t]
            day = t
        }
        let line = ScoreFit.trend(s)
        trend = line.ratio
        slope = line.slope
        disperse(s)
    }

    /// Z² of a shift on each day: (Σ_{t<τ} U)² / (I·f(1 − f)).
    static func shiftRatios(_ s: ScoreSeries, edge: Int) -> [Double] {
        let n = s.u.count
        var ratios = [Double](repeating: 0, count: n)
        var info = 0.0
        var tickets = 0.0
        for t in 0..<n {
            info += s.i[t]
            tickets += s.tickets[t]
        }
        guard info > 0 else { return ratios }
        var u = 0.0
        var i = 0.0
        var k = 0.0
        for τ in 1..<max(2, n) where τ < n {
            u += s.u[τ - 1]
            i += s.i[τ - 1]
            k += s.tickets[τ - 1]
            guard τ >= edge, τ <= n - edge, min(k, tickets - k) >= leastPerSide else { continue }
            let f = i / info
            guard f >= shareLeast, f <= 1 - shareLeast, min(i, info - i) >= s.least else { continue }
            ratios[τ] = u * u / (info * f * (1 - f))
        }
        return ratios
    }

    static func trend(_ s: ScoreSeries) -> (ratio: Double, slope: Double) {
        let n = Double(s.u.count)
        var info = 0.0
        var moment = 0.0
        for t in s.u.indices {
            info += s.i[t]
            moment += s.i[t] * (Double(t) + 0.5) / n
        }
        guard info > 0 else { return (0, 0) }
        let centre = moment / info
        var ux = 0.0
        var xx = 0.0
        for t in s.u.indices {
            let x = (Double(t) + 0.5) / n - centre
            ux += s.u[t] * x
            xx += s.i[t] * x * x
        }
        return xx > 0 ? (ux * ux / xx, ux / xx) : (0, 0)
    }

    private mutating func disperse(_ s: ScoreSeries) {
        let n = s.u.count
        let weeks = n / 7
        guard n > 8 else { return }
        var before = (u: 0.0, i: 0.0)
        var after = (u: 0.0, i: 0.0)
        var moment = 0.0
        for t in 0..<n {
            if t < day {
                before.u += s.u[t]
                before.i += s.i[t]
            } else {
                after.u += s.u[t]
                after.i += s.i[t]
            }
            moment += s.i[t] * (Double(t) + 0.5) / Double(n)
        }
        let centre = moment / (before.i + after.i)
        var φ = 1.0
        var residual = [Double](repeating: 0, count: n)
        for _ in 0..<2 {
            let line = isTrend(dispersion: max(1, φ))
            var squares = 0.0
            var info = 0.0
            for t in 0..<n {
                let fit =
                    line
                    ? slope * ((Double(t) + 0.5) / Double(n) - centre)
                    : t < day
                        ? (before.i > 0 ? before.u / before.i : 0) : (after.i > 0 ? after.u / after.i : 0)
                residual[t] = s.u[t] - fit * s.i[t]
                squares += residual[t] * residual[t]
                info += s.i[t]
            }
            φ = max(0.05, squares / info * Double(n) / Double(n - 3))
        }
        dayDispersion = φ
        var squares = 0.0
        var info = 0.0
        for w in 0..<weeks {
            var r = 0.0
            for t in (n - 7 * (w + 1))..<(n - 7 * w) {
                r += residual[t]
                info += s.i[t]
            }
            squares += r * r
        }
        if weeks > 2, info > 0 { weekDispersion = squares / info * Double(weeks) / Double(weeks - 2) }
    }
}
