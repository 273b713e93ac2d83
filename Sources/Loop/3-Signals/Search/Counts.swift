import Glibc
import Statistics

/// The number of tickets opened a day, for every slice.
struct Counts: Searching {
    let columns: Columns
    let slices: Slices
    let rhythm: Rhythm
    let gate: Gate
    /// Days at each end at which no shift can be told.
    let edge: Int
    /// What remains of each ticket once the findings so far are undone, from 0 to 1.
    private(set) var weights: [Float]
    /// Tickets a day, a row a slice.
    private var y: [Double]
    private var fits: [CountFit]
    private var dayDispersions: Dispersions
    private var weekDispersions: Dispersions

    init(_ columns: Columns, _ slices: Slices, _ rhythm: Rhythm, gate: Gate, edge: Int) {
        let n = columns.days
        var y = [Double](repeating: 0, count: slices.count * n)
        for i in 0..<columns.count {
            let day = Int(columns.day[i])
            slices.forEach(of: i, in: columns) { y[$0 * n + day] += 1 }
        }
        self.columns = columns
        self.slices = slices
        self.gate = gate
        self.edge = edge
        self.y = y
        weights = Array(repeating: 1, count: columns.count)
        var learned = rhythm
        learned.learn(y.span.extracting(0..<n))
        self.rhythm = learned
        fits = Array(repeating: CountFit(y.span.extracting(0..<0), exposure: [], edge: edge), count: slices.count)
        dayDispersions = Dispersions([], levels: [], degrees: 1)
        weekDispersions = dayDispersions
    }

    var seriesCount: Int { slices.count }
    var singleCount: Int { slices.singleCount }
    var kindCount: Int { 3 }
    var days: Int { columns.days }

    func dimensions(of series: Int) -> Int { slices.keys[series].dimensionCount }
    func counts(_ series: Int) -> [Double] { Array(y[(series * days)..<((series + 1) * days)]) }

    mutating func refit(touching series: Int?) {
        let touched = series.map { overlapping($0) }
        for s in 0..<slices.count where touched?[s] ?? true { refit(only: s) }
        let levels = fits.map(\.level)
        dayDispersions = Dispersions(
            fits.map(\.dayDispersion), levels: levels, degrees: max(1, Double(days) - 8))
        weekDispersions = Dispersions(
            fits.map(\.weekDispersion), levels: levels, degrees: max(1, Double(days / 7) - 2))
    }

    mutating func refit(only s: Int) {
        let y = counts(s)
        fits[s] = CountFit(y.span, exposure: rhythm.exposure(y.span), edge: edge)
    }

    /// Slices of which the tickets of this one are at least a hundredth.
    func overlapping(_ series: Int) -> [Bool] {
        var shared = [Int32](repeating: 0, count: slices.count)
        for i in slices.tickets(of: series, in: columns) {
            slices.forEach(of: Int(i), in: columns) { shared[$0] += 1 }
        }
        return shared.indices.map { shared[$0] * 100 >= slices.tickets[$0] }
    }

    /// The dispersion that shifts and trends are judged by, and its degrees of freedom: that of weeks where weeks vary
    /// more than days say, for it is the long-run one.
    func dispersion(_ s: Int) -> (φ: Double, ν: Double) {
        let day = dayDispersions.values[s]
        let week = weekDispersions.values[s]
        return week > day ? (max(1, week), weekDispersions.degrees) : (max(1, day), dayDispersions.degrees)
    }

    /// The variance over the mean of single days.
    func dayDispersion(_ s: Int) -> Double { dayDispersions.values[s] }

    /// What the series' story expects of each day.
    func expected(_ s: Int, _ y: [Double]) -> [Double] {
        fits[s].expected(y.span, exposure: rhythm.exposure(y.span), dispersion: dispersion(s).φ)
    }

    func candidates(of s: Int) -> [(kind: SignalKind, logTail: Double, day: Int)] {
        let fit = fits[s]
        var found: [(kind: SignalKind, logTail: Double, day: Int)] = []
        let kind: SignalKind = fit.isTrend(dispersion: dispersion(s).φ) ? .trend : .levelShift
        for kind in [kind, .spike] {
            let candidate = Candidate(series: s, kind: kind)
            guard let tail = logTail(candidate), tail < 0 else { continue }
            let day = kind == .trend ? 0 : kind == .levelShift ? fit.day : spike(s)?.outlier.day ?? 0
            found.append((kind, tail, day))
        }
        return found
    }

    func logTail(_ candidate: Candidate) -> Double? {
        let fit = fits[candidate.series]
        let (φ, ν) = dispersion(candidate.series)
        switch candidate.kind {
        case .levelShift:
            return days > 2 * edge && fit.shift > 0
                ? Tails.shift(fit.shift, dispersion: φ, degrees: ν, edge: Double(edge) / Double(days)) : nil
        case .trend:
            return days > 2 * edge && fit.trend > 0 ? Tails.trend(fit.trend, dispersion: φ, degrees: ν) : nil
        case .spike: return spike(candidate.series)?.logTail
        default: return nil
        }
    }

    /// The strangest single day and the chance of one as strange in as many days.
    private func spike(_ s: Int) -> (outlier: CountFit.Outlier, logTail: Double)? {
        let φ = max(1, dayDispersions.values[s])
        var best: (outlier: CountFit.Outlier, logTail: Double)?
        for o in fits[s].outliers where (o.count - o.expected) / (φ * o.expected).squareRoot() > 3.5 {
            let tail = min(
                0,
                Glibc.log(Double(days)) + logCountTail(atLeast: o.count, mean: o.expected, dispersion: φ))
            if tail < best?.logTail ?? 0 { best = (o, tail) }
        }
        return best
    }

    func passes(_ candidate: Candidate) -> Bool {
        let s = candidate.series
        let daily = counts(s)
        let e = rhythm.exposure(daily.span)
        let salt = UInt64(s) << 3 | UInt64(candidate.kind == .levelShift ? 1 : 2)
        switch candidate.kind {
        case .spike:
            guard let o = spike(s)?.outlier else { return false }
            let m = fits[s].expected(daily.span, exposure: e, dispersion: dispersion(s).φ)
            return Gate.passesAlone(
                daily.indices.map { (daily[$0] - m[$0]) / (m[$0] + 0.5).squareRoot() }, at: o.day)
        case .trend:
            let μ = sum(daily) / sum(e)
            let r = daily.indices.map { daily[$0] - μ * e[$0] }
            let n = Double(days)
            return gate.passes(days: days, salt: salt) { order in
                var z = 0.0
                for t in order.indices { z += r[order[t]] * ((Double(t) + 0.5) / n - 0.5) }
                return z.magnitude
            }
        default:
            return gate.passes(days: days, salt: salt) { order in
                bestShift(order.map { daily[$0] }, order.map { e[$0] })
            }
        }
    }

    private func bestShift(_ y: [Double], _ e: [Double]) -> Double {
        CountFit.shiftRatios(y.span, e, edge: edge).max() ?? 0
    }

    // MARK: Undoing

    /// What remains of a ticket on a day when the change is undone; never more than 1, so a fall thins out what came
    /// before it.
    private func remaining(_ found: Found, _ day: Int) -> Float {
        let e = found.size
        switch found.kind {
        case .levelShift:
            return e >= 0 ? (day >= found.day ? Float(1 / (1 + e)) : 1) : (day < found.day ? Float(1 + e) : 1)
        case .trend:
            let x = (Double(day) + 0.5) / Double(days)
            return Float((e >= 0 ? 1 : 1 + e) / (1 + e * x))
        default: return day == found.day ? Float(1 / (1 + e)) : 1
        }
    }

    mutating func undo(_ found: Found) { scale(found) { $0 } }
    mutating func putBack(_ found: Found) { scale(found) { 1 / $0 } }

    private mutating func scale(_ found: Found, _ turn: (Float) -> Float) {
        let factors = (0..<days).map { turn(remaining(found, $0)) }
        let n = days
        var cells: [Double] = []
        swap(&cells, &y)
        for i in slices.tickets(of: found.series, in: columns) {
            let day = Int(columns.day[Int(i)])
            let factor = factors[day]
            if factor == 1 { continue }
            let new = min(1, weights[Int(i)] * factor)
            let added = Double(new - weights[Int(i)])
            weights[Int(i)] = new
            slices.forEach(of: Int(i), in: columns) { s in cells[s * n + day] = max(0, cells[s * n + day] + added) }
        }
        swap(&cells, &y)
    }

    /// A finding's levels as they were seen, with the other changes left in: those undone thinned the tickets out.
    func asSeen(_ found: Found) -> Found {
        var seen = 0.0
        var left = 0.0
        for i in slices.tickets(of: found.series, in: columns) {
            let day = Int(columns.day[Int(i)])
            switch found.kind {
            case .levelShift where day >= found.day: continue
            case .spike where day != found.day: continue
            default:
                seen += 1
                left += Double(weights[Int(i)] / remaining(found, day))
            }
        }
        guard left > 0 else { return found }
        var scaled = found
        scaled.before = found.before.scaled(by: seen / left)
        scaled.after = found.after.scaled(by: seen / left)
        return scaled
    }

    // MARK: Numbers

    func describe(_ candidate: Candidate) -> Found? {
        let s = candidate.series
        let y = counts(s)
        let e = rhythm.exposure(y.span)
        let (φ, ν) = dispersion(s)
        let t = StudentT(degrees: ν).quantile(tail: 0.025)
        switch candidate.kind {
        case .spike: return describeSpike(s)
        case .trend: return describeTrend(s, y, e, φ, t)
        default: return describeShift(s, y, e, φ, t)
        }
    }

    private func describeSpike(_ s: Int) -> Found? {
        guard let o = spike(s)?.outlier else { return nil }
        let φ = max(1, dayDispersions.values[s])
        let interval = poissonInterval(count: o.count)
        let spread = 1.96 * (φ * o.expected).squareRoot()
        return Found(
            series: s, kind: .spike, day: o.day, from: o.day, through: o.day, size: o.count / o.expected - 1,
            relative: Estimate(
                o.count / o.expected - 1, low: interval.low / o.expected - 1, high: interval.high / o.expected - 1),
            before: Estimate(o.expected, low: max(0, o.expected - spread), high: o.expected + spread),
            after: Estimate(o.count, low: interval.low, high: interval.high), logChance: 0)
    }

    private func describeTrend(_ s: Int, _ y: [Double], _ e: [Double], _ φ: Double, _ t: Double) -> Found? {
        let fit = fits[s]
        let top = fit.trend
        // All slopes that the data cannot tell from the best: a likelihood interval.
        func end(_ limit: Double) -> Double {
            var inside = fit.slope
            var outside = limit
            if (top - CountFit.trendRatio(y.span, e, slope: limit)) / φ <= t * t { return limit }
            for _ in 0..<50 {
                let middle = (inside + outside) / 2
                if (top - CountFit.trendRatio(y.span, e, slope: middle)) / φ <= t * t {
                    inside = middle
                } else {
                    outside = middle
                }
            }
            return inside
        }
        let low = end(-0.99)
        let high = end(3 * CountFit.slopeMax)
        var weight = 0.0
        for d in y.indices { weight += e[d] * (1 + fit.slope * (Double(d) + 0.5) / Double(days)) }
        let total = sum(y)
        let start = total / weight
        // The level in the middle of the time is known best; the ends turn around it.
        let middle = start * (1 + fit.slope / 2)
        func startAt(_ slope: Double) -> Double { middle / (1 + slope / 2) }
        func endAt(_ slope: Double) -> Double { middle * (1 + slope) / (1 + slope / 2) }
        let spread = Glibc.exp(t * (φ / total).squareRoot())
        return Found(
            series: s, kind: .trend, day: 0, from: 0, through: 0, size: fit.slope,
            relative: Estimate(fit.slope, low: low, high: high),
            before: Estimate(start, low: startAt(high) / spread, high: startAt(low) * spread),
            after: Estimate(start * (1 + fit.slope), low: endAt(low) / spread, high: endAt(high) * spread),
            logChance: 0)
    }

    private func describeShift(_ s: Int, _ y: [Double], _ e: [Double], _ φ: Double, _ t: Double) -> Found? {
        let ratios = CountFit.shiftRatios(y.span, e, edge: edge)
        guard let likeliest = Dates(ratios, dispersion: φ)?.quantile(0.5) else { return nil }
        // The middle of the possible days, not the likeliest: the mean distance from the true one is smaller.
        var sides = ShiftSides(
            y, e, expected: CountFit.expected(y.span, e, shiftOn: likeliest), common: φ,
            own: max(1, dayDispersions.values[s]))
        // Days of the higher level vary more than those of the lower: what a date is judged by is between the two.
        let around = (sides.side(0, likeliest).φ + sides.side(likeliest, days).φ) / 2
        guard let dates = Dates(ratios, dispersion: around) else { return nil }
        let day = dates.quantile(0.5)
        if day != likeliest {
            sides = ShiftSides(
                y, e, expected: CountFit.expected(y.span, e, shiftOn: day), common: φ,
                own: max(1, dayDispersions.values[s]))
        }
        let n = days
        var θ = 0.0
        var parts: [(weight: Double, θ: Double, variance: Double)] = []
        for τ in dates.weights.indices where dates.weights[τ] > 0 {
            let a = sides.side(0, τ)
            let b = sides.side(τ, n)
            // Half a ticket where a side has none: the logarithm of nothing is not a number.
            let one = Glibc.log(max(0.5, b.count) / b.exposure) - Glibc.log(max(0.5, a.count) / a.exposure)
            let variance = a.φ / max(0.5, a.count) + b.φ / max(0.5, b.count)
            parts.append((dates.weights[τ], one, variance))
            θ += dates.weights[τ] * one
        }
        var variance = 0.0
        for p in parts { variance += p.weight * (p.variance + (p.θ - θ) * (p.θ - θ)) }
        let a = sides.side(0, day)
        let b = sides.side(day, n)
        guard a.exposure > 0, b.exposure > 0 else { return nil }
        // Satterthwaite (1946): each side's dispersion is known from its own days only.
        let va = a.φ / max(0.5, a.count)
        let vb = b.φ / max(0.5, b.count)
        let known = ShiftSides.priorDays
        let degrees = (va + vb) * (va + vb) / (va * va / (known + Double(day)) + vb * vb / (known + Double(n - day)))
        let t = max(t, StudentT(degrees: degrees).quantile(tail: 0.025))
        let half = t * variance.squareRoot()
        let size = Glibc.exp(θ) - 1
        let before = max(0.5, a.count) / a.exposure
        let after = before * (1 + size)
        let wideA = Glibc.exp(t * va.squareRoot())
        let wideB = Glibc.exp(t * vb.squareRoot())
        return Found(
            series: s, kind: .levelShift, day: day, from: dates.from, through: dates.through, size: size,
            relative: Estimate(size, low: Glibc.exp(θ - half) - 1, high: Glibc.exp(θ + half) - 1),
            before: Estimate(before, low: before / wideA, high: before * wideA),
            after: Estimate(after, low: after / wideB, high: after * wideB), logChance: 0)
    }
}

/// Counts, exposures and dispersions of the days on either side of a date, from running sums: O(1) a side.
private struct ShiftSides {
    private var squares = [0.0]
    private var means = [0.0]
    private var counts = [0.0]
    private var exposures = [0.0]
    private let common: Double

    /// How much the whole series says of one side's dispersion, in days.
    static let priorDays = 20.0

    /// - Parameters:
    ///   - expected: The fitted mean of each day.
    ///   - common: The dispersion of the whole series, at its mean level.
    ///   - own: The dispersion by which single days are clipped.
    init(_ y: [Double], _ e: [Double], expected m: [Double], common φ: Double, own: Double) {
        common = φ
        for d in y.indices {
            let r = CountFit.residual(y[d], m[d], dispersion: own)
            squares.append(squares[d] + r * r)
            means.append(means[d] + m[d])
            counts.append(counts[d] + y[d])
            exposures.append(exposures[d] + e[d])
        }
    }

    /// The days from one to before another.
    ///
    /// Their dispersion is drawn a little, by twenty days, towards that of the whole series, whose excess over Poisson is
    /// taken in proportion to the level, as in a negative binomial of fixed shape. No more than a little: when people begin to
    /// report the same trouble twice, the new level is not only higher but also clumped.
    func side(_ from: Int, _ to: Int) -> (count: Double, exposure: Double, φ: Double) {
        let mean = means[to] - means[from]
        let length = Double(to - from)
        let days = Double(means.count - 1)
        let level = mean / length / max(1e-9, means[means.count - 1] / days)
        let prior = 1 + max(0, common - 1) * level
        let segment = mean > 0 ? (squares[to] - squares[from]) / mean : prior
        return (
            counts[to] - counts[from], exposures[to] - exposures[from],
            max(1, (Self.priorDays * prior + length * segment) / (Self.priorDays + length))
        )
    }
}

/// The weights of the days on which a shift may have happened, and their 95 % range.
struct Dates {
    var weights: [Double]
    var from: Int
    var through: Int

    /// - Parameter ratios: The likelihood ratio (or squared score) of a shift on each day; 0 where there can be none.
    /// - Returns: Nil when there is no possible day.
    init?(_ ratios: [Double], dispersion φ: Double) {
        guard let top = ratios.max(), top > 0 else { return nil }
        var total = 0.0
        weights = ratios.map { $0 > 0 ? Glibc.exp(($0 - top) / (2 * φ)) : 0 }
        for w in weights { total += w }
        for t in weights.indices { weights[t] = weights[t] / total }
        // Days that hardly matter cost as much as those that do.
        for t in weights.indices where weights[t] < 1e-6 { weights[t] = 0 }
        from = 0
        through = 0
        from = quantile(0.025)
        through = quantile(0.975)
    }

    func quantile(_ p: Double) -> Int {
        var running = 0.0
        var last = 0
        for t in weights.indices where weights[t] > 0 {
            running += weights[t]
            last = t
            if running >= p { return t }
        }
        return last
    }
}
