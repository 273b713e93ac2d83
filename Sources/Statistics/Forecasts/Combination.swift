import Glibc

/// The methods at any point of a series, their trial on its past, and their weighted sum.
struct Combination {
    static let windowsMax = 12
    /// Of the regressions' row weights, as a share of the length.
    static let halfLife = 0.5
    static let searchLast = 500
    static let growingShare = 2.0 / 3

    let series: PreparedSeries
    let horizon: Int
    /// With the steps at the end that are missing.
    let steps: Int
    let candidates: [Int]
    let plan: BackTestPlan
    /// Those that take part: regressions need rows, and on short series a few plain methods more make it steadier.
    let methods: [Forecast.Method]
    /// Whether the regressions on values have too few rows.
    let isShort: Bool
    /// Of short series.
    let usual: UsualChange?

    private var profiles: [SeasonalProfile]
    private var regression: Autoregression
    private var theta = Theta()
    private var damped = DampedTrend()
    private var rawTheta = Theta()
    private var changes: ChangeRegression
    private var steepChanges: ChangeRegression
    private var rawChanges: ChangeRegression
    private var growth: GrowingTrend
    private var plainProfile: SeasonalProfile?
    private let rowWeights: [Double]
    private var z: [Double]
    /// `z` without the logarithm: the season is a factor.
    private var raw: [Double]
    /// The values less a season that is added; with no season, or where nothing would be left, the same as `raw`.
    private var plain: [Double]
    private var plainSeasonal: [Double]
    private var isSeasonAdded = false
    private var seasonal: [Double]
    private var part: [Double]

    init(_ series: PreparedSeries, horizon: Int, candidates: [Int]) {
        self.series = series
        self.horizon = horizon
        let n = series.count
        steps = horizon + series.trailing
        self.candidates = candidates.filter { n >= 2 * $0 + 2 }
        plan = BackTestPlan(count: n, steps: steps, period: self.candidates.first ?? 1)
        var weights = [Double](repeating: 0, count: n)
        let fall = Glibc.exp2(-1 / (Self.halfLife * Double(n)))
        var w = 1.0
        for t in stride(from: n - 1, through: 0, by: -1) {
            weights[t] = w * series.observed[t]
            w *= fall
        }
        rowWeights = weights
        let accepted = Autoregression.supported(series.y.span, weights: weights.span, candidates: self.candidates)
        let lags = Autoregression.lags(seasons: accepted)
        regression = Autoregression(lags: lags, capacity: n + steps)
        let known = series.observed.reduce(0, +)
        let isLong =
            n - regression.longest >= Autoregression.rowsPerCoefficient * (lags.count + 1)
            && known >= 0.6 * Double(n)
        isShort = !isLong
        let period = self.candidates.first
        usual = isLong ? nil : UsualChange(series.y, period: period ?? 1)
        methods =
            isLong
            ? Self.longMethods(isLog: series.isLog) : Self.shortMethods(isLog: series.isLog, period: period)
        if !isLong, Self.isSteep(period) { theta.drift = Theta.steepDrift }
        let capacity = isLong ? 0 : n + steps
        // A share of the growth goes on; what is added each step lasts better than what is multiplied.
        changes = ChangeRegression(drift: series.isLog ? 0.5 : 0.75, capacity: capacity)
        steepChanges = ChangeRegression(drift: 0.75, capacity: series.isLog ? capacity : 0)
        rawChanges = ChangeRegression(drift: 1, capacity: series.isLog ? capacity : 0)
        growth = GrowingTrend(isPositive: series.isLog, capacity: capacity)
        let isAlone = self.candidates.count == 1
        profiles = self.candidates.map { SeasonalProfile(period: $0, reachesEnds: isAlone) }
        plainProfile =
            series.isLog && isAlone && isShort ? SeasonalProfile(period: self.candidates[0], reachesEnds: true) : nil
        z = Array(repeating: 0, count: n)
        raw = series.isLog ? z : []
        plain = raw
        plainSeasonal = Array(repeating: 0, count: series.isLog ? steps : 0)
        seasonal = Array(repeating: 0, count: steps)
        part = Array(repeating: 0, count: steps)
        if !isShort {
            takeSeasonsOut(n, steps: steps)
            if series.isLog { takeLogarithmOff(n, steps: steps) }
            chooseSmoothing(n)
        }
    }

    private static func longMethods(isLog: Bool) -> [Forecast.Method] {
        [.autoregression, .deseasonalisedAutoregression, .theta, .dampedTrend] + (isLog ? [.plainTheta] : [])
    }

    /// Where a regression on values would have too few rows.
    private static func shortMethods(isLog: Bool, period: Int?) -> [Forecast.Method] {
        guard isSteep(period) else { return [.theta, .dampedTrend, .changes] + (isLog ? [.plainTheta] : []) }
        let common: [Forecast.Method] =
            (period == nil ? [.growth] : [.growth, .theta]) + [.dampedTrend, .changes]
        let plain: [Forecast.Method] = period == nil ? [] : [.plainGrowth]
        return common + (isLog ? plain + [.steepChanges, .plainChanges] : [])
    }

    /// What each method's weight is multiplied by: on short series growing trends have two thirds before the back-tests speak.
    var inclinations: [Double] {
        let growing = methods.filter { Self.isGrowing($0) }.count
        guard growing > 0 else { return methods.map { _ in 1 } }
        let rest = (1 - Self.growingShare) / Double(methods.count - growing)
        return methods.map { Self.isGrowing($0) ? Self.growingShare / Double(growing) : rest }
    }

    private static func isGrowing(_ method: Forecast.Method) -> Bool { method == .growth || method == .plainGrowth }

    /// Whether a trend may be followed further: a few steps of a long season are only a part of a year, and most of what they
    /// did was noise.
    private static func isSteep(_ period: Int?) -> Bool { period ?? 1 <= 4 }

    /// The smoothing constants from the end of the first n values, whose seasons have been taken out.
    private mutating func chooseSmoothing(_ n: Int) {
        let (rest, plain) = (z, plain)
        let end = max(0, n - Self.searchLast)..<n
        if methods.contains(.theta) { theta.choose(rest.span.extracting(end)) }
        damped.choose(rest.span.extracting(end))
        if methods.contains(.plainTheta) { rawTheta.choose(plain.span.extracting(end)) }
    }

    /// Leaves the first n values in `raw` and `plain`.
    private mutating func takeLogarithmOff(_ n: Int, steps: Int) {
        for t in 0..<n { raw[t] = Glibc.exp(z[t]) }
        isSeasonAdded = false
        guard plainProfile != nil else {
            for t in 0..<n { plain[t] = raw[t] }
            return
        }
        addSeason(n, steps: steps)
    }

    /// Takes a season off the values that is the same amount in each cycle, unless that would leave next to nothing somewhere.
    private mutating func addSeason(_ n: Int, steps: Int) {
        for t in 0..<n { plain[t] = Glibc.exp(series.y[t]) }
        for k in 0..<steps { plainSeasonal[k] = 0 }
        let values = plain
        plainProfile?.estimate(values.span.extracting(0..<n))
        plainProfile?.move(from: &plain, count: n, to: &plainSeasonal, steps: steps)
        var (least, lowest, largest) = (Double.infinity, Double.infinity, 0.0)
        for t in 0..<n {
            least = min(least, plain[t])
            lowest = min(lowest, values[t])
            largest = max(largest, values[t])
        }
        isSeasonAdded = least >= 0.2 * lowest && largest.isFinite
        if !isSeasonAdded { for t in 0..<n { plain[t] = raw[t] } }
    }

    /// Leaves the first n values without their seasons in `z`, and the seasons to come in `seasonal`.
    private mutating func takeSeasonsOut(_ n: Int, steps: Int) {
        copyValues(n)
        for k in 0..<steps { seasonal[k] = 0 }
        for i in profiles.indices where SeasonalProfile.isUsable(period: profiles[i].period, count: n) {
            estimate(profile: i, n)
            profiles[i].move(from: &z, count: n, to: &seasonal, steps: steps)
        }
    }

    private mutating func estimate(profile i: Int, _ n: Int) {
        // A name for the buffer, not a copy: it is gone again before the next writing.
        let rest = z
        profiles[i].estimate(rest.span.extracting(0..<n))
    }

    /// The first n values into `z`.
    private mutating func copyValues(_ n: Int) {
        let y = series.y
        let from = y.span
        var to = z.mutableSpan
        for t in 0..<n { to[t] = from[t] }
    }

    /// All methods from the origin n on, method by method, into `out` from `at` on.
    mutating func ahead(from n: Int, steps: Int, into out: inout [Double], at: Int) {
        takeSeasonsOut(n, steps: steps)
        if series.isLog { takeLogarithmOff(n, steps: steps) }
        // On long series the constants hardly change, and are found once.
        if isShort { chooseSmoothing(n) }
        for c in methods.indices {
            run(methods[c], n, steps)
            let isSeasonless = methods[c] != .autoregression
            for k in 0..<steps { out[at + c * steps + k] = part[k] + (isSeasonless ? seasonal[k] : 0) }
        }
        limit(n, steps, &out, at)
    }

    /// One method's continuation of the first n values, in `part`.
    private mutating func run(_ method: Forecast.Method, _ n: Int, _ steps: Int) {
        let (rest, raw, plain) = (z, raw, plain)
        switch method {
        case .autoregression: fit(series.y, n, period: candidates.first, steps)
        case .deseasonalisedAutoregression: fit(rest, n, period: nil, steps)
        case .theta: theta.ahead(rest.span.extracting(0..<n), steps: steps, into: &part)
        case .dampedTrend: damped.ahead(rest.span.extracting(0..<n), steps: steps, into: &part)
        case .plainTheta:
            rawTheta.ahead(plain.span.extracting(0..<n), steps: steps, into: &part)
            putLogarithmBack(n, steps)
        case .changes:
            let observed = series.observed
            changes.ahead(
                rest.span.extracting(0..<n), observed: observed.span.extracting(0..<n), steps: steps, into: &part)
        case .steepChanges:
            let observed = series.observed
            steepChanges.ahead(
                rest.span.extracting(0..<n), observed: observed.span.extracting(0..<n), steps: steps, into: &part)
        case .plainChanges:
            let observed = series.observed
            rawChanges.ahead(
                plain.span.extracting(0..<n), observed: observed.span.extracting(0..<n), steps: steps, into: &part)
            putLogarithmBack(n, steps)
        case .growth:
            let observed = series.observed
            let values = series.isLog ? raw : rest
            growth.ahead(
                values.span.extracting(0..<n), observed: observed.span.extracting(0..<n), steps: steps, into: &part)
            if series.isLog { for k in 0..<steps { part[k] = Glibc.log(part[k]) } }
        case .plainGrowth:
            let observed = series.observed
            growth.ahead(
                plain.span.extracting(0..<n), observed: observed.span.extracting(0..<n), steps: steps, into: &part)
            putLogarithmBack(n, steps)
        }
    }

    /// From values without their added season to logarithms without their season; a falling line must not cross zero: a fifth
    /// of the least value is as low as it goes.
    private mutating func putLogarithmBack(_ n: Int, _ steps: Int) {
        var least = Double.infinity
        for t in 0..<n { least = min(least, isSeasonAdded ? series.y[t] : z[t]) }
        let floor = 0.2 * Glibc.exp(least)
        for k in 0..<steps {
            let value = isSeasonAdded ? part[k] + plainSeasonal[k] : part[k]
            part[k] = Glibc.log(max(value, floor)) - (isSeasonAdded ? seasonal[k] : 0)
        }
    }

    /// No method may run away: half the range beyond it is as far as it may go.
    private func limit(_ n: Int, _ steps: Int, _ out: inout [Double], _ at: Int) {
        let values = series.y
        let y = values.span
        var low = y[0]
        var high = y[0]
        for t in 1..<n {
            low = min(low, y[t])
            high = max(high, y[t])
        }
        let room = 0.5 * (high - low)
        for k in at..<(at + methods.count * steps) { out[k] = max(low - room, min(high + room, out[k])) }
    }

    /// The regression's continuation of x, in `part`.
    private mutating func fit(_ x: [Double], _ n: Int, period: Int?, _ steps: Int) {
        let weights = rowWeights
        if !regression.ahead(
            x.span.extracting(0..<n), weights: weights.span, period: period, steps: steps, into: &part)
        {
            for k in 0..<steps { part[k] = x[n - 1] }
        }
    }

    var usedSeasons: [Int] { profiles.filter { $0.shrinkage > 0 }.map(\.period) }
    var acceptedLags: [Int] { regression.lags }
}

/// From which points of the past the forecast is tried, and how far ahead.
struct BackTestPlan {
    let steps: Int
    let origins: [Int]
    let stride: Int

    init(count n: Int, steps h: Int, period p: Int) {
        var least = max(n / 2, min(Int(2.2 * Double(p)) + 12, Int(0.7 * Double(n))))
        var ahead = h
        if n - h < least {
            ahead = min(h, max(1, n / 4))
            least = min(least, max(n - ahead - 4, n / 2))
        }
        let span = n - ahead - least
        let most = Combination.windowsMax
        var stride = max(1, (max(span, 0) + most - 1) / most)
        // The windows begin at the phase of the season at which the forecast itself begins, where that can be had.
        if stride >= p {
            stride -= stride % p
        } else if stride > 1, span / p + 1 >= 6 {
            stride = p
        }
        steps = ahead
        self.stride = stride
        origins = span < 0 ? [] : (0..<min(most, span / stride + 1)).map { n - ahead - $0 * stride }
    }

    /// How many windows that do not overlap the past holds.
    var effective: Double { origins.isEmpty ? 0 : 1 + Double((origins.count - 1) * stride) / Double(steps) }
}
