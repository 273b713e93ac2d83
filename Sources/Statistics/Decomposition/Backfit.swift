import Glibc

/// The working state of a decomposition: the parts so far, in units of the series' own size.
struct Backfit {
    let count: Int
    let lengths: [Int]
    let holidays: [Int]
    let kind: SeriesKind
    /// value = centre + unit × worked value: keeps huge and tiny series within range.
    let centre: Double
    let unit: Double
    /// Worked values, 0 where missing.
    let values: [Double]
    let isKnown: [Bool]
    var trend: [Double]
    var seasons: [[Double]]
    var holiday: [Double]
    /// The belief in each value, from its remainder.
    var robust: [Double]
    /// The belief in each value from what it is: 0 where missing or a holiday, 1 / variance of counts and shares.
    var base: [Double]
    var plans: [SeasonPlan]
    var trendWindow = 3
    private var weights: [Double]
    private var scratch: [Double]
    private var weighted: [Double]

    /// How a season is smoothed.
    struct SeasonPlan: Equatable {
        enum Change: Equatable {
            case absent
            case never
            case slowly(cycles: Int)
        }
        var change = Change.never
        /// Steps that each profile is smoothed over; 0 for not at all.
        var along = 0
    }

    init(_ raw: [Double], lengths: [Int], holidays: [Int], kind: SeriesKind) {
        count = raw.count
        self.lengths = lengths
        self.holidays = holidays
        self.kind = kind
        isKnown = raw.map(\.isFinite)
        let largest = raw.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        let size = largest > 0 ? largest : 1
        var sorted = raw.filter(\.isFinite).map { $0 / size }
        let middle = selectedMedian(of: &sorted, count: sorted.count)
        // Spread about the middle, so that a small movement on a high level keeps its digits.
        let spread = sorted.reduce(0) { max($0, ($1 - middle).magnitude) }
        centre = middle * size
        unit = spread > 0 ? spread * size : 1
        let (centre, unit) = (centre, unit)
        values = raw.map { $0.isFinite ? ($0 - centre) / unit : 0 }
        trend = [Double](repeating: 0, count: count)
        holiday = trend
        seasons = lengths.map { _ in [Double](repeating: 0, count: raw.count) }
        robust = isKnown.map { $0 ? 1 : 0 }
        base = robust
        plans = lengths.map { SeasonPlan(change: raw.count >= 2 * $0 ? .never : .absent) }
        (weights, scratch, weighted) = (trend, trend, trend)
        for t in holidays.indices where holidays[t] != 0 { base[t] = 0 }
        // A series of holidays alone has no ordinary level to measure them from: they are ordinary then.
        if !base.contains(where: { $0 > 0 }) { base = robust }
    }

    /// The longest season in use, or a week of steps: the trend is never finer than one and a half.
    private var cycle: Int {
        zip(lengths, plans).filter { $0.1.change != .absent }.map(\.0).max() ?? 7
    }

    mutating func run() {
        startFromMedians()
        believe()
        trendWindow = oddAbove(1.5 * Double(cycle))
        fitTrend()
        for s in lengths.indices where plans[s].change != .absent {
            plans[s] = plan(forSeason: s)
            fitSeason(s)
        }
        trendWindow = chosenTrendWindow()
        fitTrend()
        for round in 0..<3 {
            believe()
            // Several seasons settle among themselves more slowly than one does with the trend.
            for _ in 0..<(round == 0 || lengths.count > 1 ? 2 : 1) {
                for s in lengths.indices { fitSeason(s) }
                fitTrend()
            }
            fitHolidays()
        }
        believe()
    }

    private func oddAbove(_ x: Double) -> Int {
        let n = Int(x.rounded(.up))
        return max(5, n % 2 == 0 ? n + 1 : n)
    }

    // MARK: Weights

    /// Bisquare weights from the remainders: 0 beyond six median sizes.
    mutating func believe() {
        var sizes = scratch
        var used = 0
        for t in 0..<count where isKnown[t] {
            scratch[t] = remainderSize(t)
            guard base[t] > 0 else { continue }
            sizes[used] = scratch[t]
            used += 1
        }
        guard used > 0 else { return }
        // Remainders no larger than rounding are noise of the arithmetic, not of the series.
        var limit = 6 * max(selectedMedian(of: &sizes, count: used), 1e-13)
        // Counts and shares scatter by a standard deviation of 1 at least, also where half of them are 0.
        if kind != .measurements { limit = max(limit, 6 * 0.6745) }
        for t in 0..<count where isKnown[t] {
            let u = scratch[t] / limit
            robust[t] = u >= 1 ? 0 : (1 - u * u) * (1 - u * u)
        }
        if kind != .measurements { weighByVariance() }
    }

    /// How large a remainder is, on the scale where its variance does not depend on the level: as it is, Anscombe's square
    /// root for counts (1948, Biometrika 35:246), the arcsine for shares.
    private func remainderSize(_ t: Int) -> Double {
        let fit = fitted(t)
        switch kind {
        case .measurements: return (values[t] - fit).magnitude
        case .counts:
            let y = max(0, values[t] * unit + centre)
            let mean = max(0, fit * unit + centre)
            return 2 * ((y + 0.375).squareRoot() - (mean + 0.375).squareRoot()).magnitude
        case .shares(let tries):
            let n = max(1, tries[t])
            func angle(_ p: Double) -> Double {
                Glibc.asin(min(1, (max(0, min(1, p)) * n + 0.375) / (n + 0.75)).squareRoot())
            }
            return 2 * (n + 0.5).squareRoot()
                * (angle(values[t] * unit + centre) - angle(fit * unit + centre)).magnitude
        }
    }

    /// The weight that a value's kind gives it: 1 / variance at the fitted level, 1 on average.
    private mutating func weighByVariance() {
        var total = 0.0
        var used = 0.0
        for t in 0..<count where base[t] > 0 {
            let level = fitted(t) * unit + centre
            switch kind {
            case .measurements: base[t] = 1
            case .counts: base[t] = 1 / max(level, 0.25)
            case .shares(let tries):
                let p = min(max(level, 0.005), 0.995)
                base[t] = max(tries[t].isFinite ? tries[t] : 0, 1e-6) / (p * (1 - p))
            }
            total += base[t]
            used += 1
        }
        guard used > 0 else { return }
        let mean = total / used
        for t in 0..<count where base[t] > 0 { base[t] = max(base[t] / mean, 1e-6) }
    }

    @inline(__always) private func fitted(_ t: Int) -> Double {
        var sum = trend[t] + holiday[t]
        for s in seasons.indices { sum += seasons[s][t] }
        return sum
    }

    // MARK: Passes

    /// Weights, and weights × what is left of the values once every part but one is taken away.
    private mutating func prepare(leaving season: Int?) {
        for t in 0..<count {
            weights[t] = base[t] * robust[t]
            weighted[t] = values[t]
        }
        if season != nil { for t in 0..<count { weighted[t] -= trend[t] } }
        for s in seasons.indices where s != season && plans[s].change != .absent {
            for t in 0..<count { weighted[t] -= seasons[s][t] }
        }
        for t in 0..<count { weighted[t] *= weights[t] }
    }

    private mutating func fitTrend() {
        prepare(leaving: nil)
        let lines = LocalLines(window: trendWindow)
        var result: [Double] = []
        swap(&result, &trend)
        var out = result.mutableSpan
        lines.smooth(weights.span, weighted.span, into: &out)
        trend = result
    }

    private mutating func fitSeason(_ s: Int) {
        guard plans[s].change != .absent else {
            for t in 0..<count { seasons[s][t] = 0 }
            return
        }
        prepare(leaving: s)
        let lines = CycleLines(length: lengths[s], count: count)
        switch plans[s].change {
        case .slowly(let cycles): lines.smooth(window: cycles, weights, weighted, into: &scratch)
        case .never, .absent: lines.repeated(weights, weighted, into: &scratch)
        }
        if plans[s].along > 1 { Self.smoothAlong(plans[s].along, &scratch) }
        Self.takeOutLevel(length: lengths[s], scratch, into: &seasons[s])
    }

    private static func smoothAlong(_ window: Int, _ profile: inout [Double]) {
        let ones = [Double](repeating: 1, count: profile.count)
        let copy = profile
        var out = profile.mutableSpan
        LocalLines(window: window).smooth(ones.span, copy.span, into: &out)
    }

    private mutating func fitHolidays() {
        guard holidays.contains(where: { $0 != 0 }) else { return }
        var effects: [Int: [Double]] = [:]
        for t in 0..<count where holidays[t] != 0 && isKnown[t] {
            effects[holidays[t], default: []].append(values[t] - (fitted(t) - holiday[t]))
        }
        let levels = effects.filter { $0.value.count > 1 }.mapValues { robustLevel($0) }
        for t in 0..<count { holiday[t] = holidays[t] == 0 ? 0 : levels[holidays[t]] ?? 0 }
    }

    /// The mean of what lies within six median distances of the median, bisquare weighted.
    private func robustLevel(_ x: [Double]) -> Double {
        var copy = x
        let middle = selectedMedian(of: &copy, count: x.count)
        var sizes = x.map { ($0 - middle).magnitude }
        let limit = 6 * selectedMedian(of: &sizes, count: x.count)
        guard limit > 0, x.count > 2 else { return middle }
        var sum = 0.0
        var weight = 0.0
        for value in x where (value - middle).magnitude < limit {
            let u = (value - middle) / limit
            let w = (1 - u * u) * (1 - u * u)
            sum += w * value
            weight += w
        }
        return sum / weight
    }

    // MARK: Choices

    /// Whether there is a season, and how fast it changes: whichever foretells left-out values best.
    private mutating func plan(forSeason s: Int) -> SeasonPlan {
        prepare(leaving: s)
        believeFlatly()
        let lines = CycleLines(length: lengths[s], count: count)
        lines.repeatedBlind(weights, weighted, into: &scratch)
        let fixed = blindError(of: scratch)
        // Without a season every phase is foretold as the level about it, which the trend has taken away.
        let none = blindError(of: [Double](repeating: 0, count: count))
        var best = SeasonPlan(change: .never)
        // A season has to be worth something: what a profile of pure noise gains by luck is not.
        var least = fixed
        for window in [7, 15, 31, 63] where 2 * lines.cycles > 3 * window {
            let error = fixed * lines.blindRatio(window: window, against: scratch, weights, weighted)
            if error < least * 0.995 { (least, best) = (error, SeasonPlan(change: .slowly(cycles: window))) }
        }
        if lengths[s] >= 50 {
            let blind = scratch.map { $0.isNaN ? 0 : $0 }
            var leastAlong = fixed
            for along in [5, lengths[s] / 24, lengths[s] / 12, lengths[s] / 6] where along >= 5 {
                var profile = blind
                Self.smoothAlong(along, &profile)
                let error = blindError(of: profile)
                if error < leastAlong * 0.995 { (leastAlong, best.along) = (error, along) }
            }
            least = min(least, leastAlong)
        }
        return least < none * (1 - 1e-9) ? best : SeasonPlan(change: .absent)
    }

    /// Believes what is not an outlier in full. Graded weights follow the first fit, and would speak for whatever is as
    /// flexible as that.
    private mutating func believeFlatly() {
        for t in 0..<count where weights[t] > 0 {
            let full = robust[t] > 0.1 ? base[t] : 0
            weighted[t] *= full / weights[t]
            weights[t] = full
        }
    }

    private func blindError(of foretold: [Double]) -> Double {
        var total = 0.0
        var weight = 0.0
        for t in 0..<count where weights[t] > 1e-6 && !foretold[t].isNaN {
            let error = weighted[t] / weights[t] - foretold[t]
            total += weights[t] * error * error
            weight += weights[t]
        }
        return weight > 0 ? total / weight : .infinity
    }

    /// The window that best foretells half seasons left out; noise with a memory much shorter than that is not taken for
    /// trend.
    private mutating func chosenTrendWindow() -> Int {
        prepare(leaving: nil)
        believeFlatly()
        let block = max(1, cycle / 2)
        let blocks = (count + block - 1) / block
        var sums = [Double](repeating: 0, count: blocks)
        var totals = sums
        for t in 0..<count {
            sums[t / block] += weights[t]
            totals[t / block] += weighted[t]
        }
        let shortest = oddAbove(1.5 * Double(cycle))
        var best = shortest
        var least = Double.infinity
        var window = 3
        while true {
            let error = LocalLines(window: window).blindError(sums.span, totals.span)
            if error < least * 0.99 { (least, best) = (error, max(shortest, oddAbove(Double(window * block)))) }
            if window > 2 * blocks { return best }
            window = oddAbove(1.5 * Double(window))
        }
    }

    // MARK: Answer

    func parts(of raw: [Double]) -> Decomposition {
        var answer = Decomposition(
            trend: trend.map { $0 * unit + centre }, seasons: [], holiday: holiday.map { $0 * unit },
            remainder: raw, weights: robust, trendWindow: trendWindow)
        answer.seasons = lengths.indices.map { s in
            var window = 0
            if case .slowly(let cycles) = plans[s].change { window = cycles }
            return Decomposition.Season(length: lengths[s], values: seasons[s].map { $0 * unit }, window: window)
        }
        let expected = answer.expected
        for t in 0..<count { answer.remainder[t] = isKnown[t] ? raw[t] - expected[t] : .nan }
        return answer
    }
}
