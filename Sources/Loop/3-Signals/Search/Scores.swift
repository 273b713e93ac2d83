import Glibc
import Statistics

/// What a ticket contributes to a measure that is not a count.
struct Outcomes {
    enum State {
        static let unknown: UInt8 = 0
        /// The time is known; or yes.
        static let event: UInt8 = 1
        /// Still going on at the end: at least so long; or no.
        static let censored: UInt8 = 2
    }

    /// A duration, as the logarithm of seconds, rather than a yes or no.
    let isTime: Bool
    /// Of times their logarithm; of shares what has been undone, on the logit scale.
    var value: [Float]
    let state: [UInt8]
    let known: Int
}

/// Times to an event, or shares of yes, for every slice: each ticket compared with tickets like it.
///
/// Times by censored rank scores within cells of the case mix: Prentice (1978), Biometrika 65:167–179; Peto & Peto (1972), JRSS
/// A 135:185–207. Ranks know no outliers; a score's mean is 0 whatever the follow-up, so recent weeks do not look better because their
/// slow tickets are still open. Shares by the outcome minus what its cell expects.
struct Scores: Searching {
    let columns: Columns
    let slices: Slices
    let mix: CaseMix
    let gate: Gate
    let edge: Int
    let weights: [Float]
    private(set) var outcomes: Outcomes
    /// Tickets with a known outcome in the order of their values.
    private var order: [Int32]
    /// The logit of each cell's share.
    private var expected: [Double] = []
    private var fits: [ScoreFit]
    private var dayDispersions = Dispersions([], levels: [], degrees: 1)
    private var weekDispersions = Dispersions([], levels: [], degrees: 1)
    private var scratch: ScoreScratch

    init(
        _ columns: Columns, _ slices: Slices, _ mix: CaseMix, _ outcomes: Outcomes, weights: [Float], gate: Gate,
        edge: Int
    ) {
        self.columns = columns
        self.slices = slices
        self.mix = mix
        self.outcomes = outcomes
        self.weights = weights
        self.gate = gate
        self.edge = edge
        var order: [Int32] = []
        order.reserveCapacity(outcomes.known)
        for i in 0..<columns.count where outcomes.state[i] != Outcomes.State.unknown { order.append(Int32(i)) }
        if outcomes.isTime { order.sort { Scores.precedes($0, $1, outcomes.value[Int($0)], outcomes.value[Int($1)]) } }
        self.order = order
        fits = []
        scratch = ScoreScratch(cells: mix.count, days: columns.days)
        fits = Array(repeating: ScoreFit(ScoreSeries(days: columns.days), edge: edge), count: slices.count)
        if !outcomes.isTime { expected = shares() }
    }

    /// Shorter first; ties in an order that has nothing to do with time.
    @inline(__always)
    private static func precedes(_ a: Int32, _ b: Int32, _ va: Float, _ vb: Float) -> Bool {
        va != vb ? va < vb : mixed(UInt64(UInt32(bitPattern: a))) < mixed(UInt64(UInt32(bitPattern: b)))
    }

    /// Each cell's share of yes, drawn towards that of all by ten tickets, as a logit.
    private func shares() -> [Double] {
        var yes = [Double](repeating: 0, count: mix.count)
        var all = yes
        for i in order {
            let c = Int(mix.cell[Int(i)])
            all[c] += 1
            if outcomes.state[Int(i)] == Outcomes.State.event { yes[c] += 1 }
        }
        let share = sum(yes) / max(1, sum(all))
        return yes.indices.map { c in
            let p = (yes[c] + 10 * share) / (all[c] + 10)
            return Glibc.log(max(1e-6, p) / max(1e-6, 1 - p))
        }
    }

    /// Expected p(1 − p) on each side of a shift in a share: about five of the rarer answer.
    static let leastInformation = 5.0

    var seriesCount: Int { slices.count }
    var singleCount: Int { slices.singleCount }
    var kindCount: Int { 2 }
    var days: Int { columns.days }

    func dimensions(of series: Int) -> Int { slices.keys[series].dimensionCount }

    // MARK: Fitting

    mutating func refit(touching series: Int?) {
        let touched = series.map { overlapping($0) }
        let edge = edge
        var scratch = self.scratch
        var daily = ScoreSeries(days: days)
        func fit(_ list: ArraySlice<Int32>, _ s: Int) {
            score(list, into: &daily, &scratch)
            fits[s] = ScoreFit(daily, edge: edge)
        }
        if touched?[0] ?? true { fit(order[...], 0) }
        // The next lists are shorter than that of everything.
        scratch.scores = []
        // Lists are made only for values of which, or of a pair of which, something is to be fitted.
        let n = columns.dimensions.count
        let wanted = slices.pairsWanted(touched)
        for a in 0..<n {
            let lists = CodeLists(columns.codes[a], count: columns.values[a].count, from: order[...])
            for ca in 1..<columns.values[a].count {
                let s = Int(slices.single[a][ca])
                guard s >= 0 else { continue }
                let list = lists.order[lists.range(ca)]
                if touched?[s] ?? true { fit(list, s) }
                for b in 0..<n where wanted[s * n + b] {
                    let parts = CodeLists(columns.codes[b], count: columns.values[b].count, from: list)
                    for cb in 1..<columns.values[b].count {
                        guard let s = slices.pair(a, UInt16(ca), b, UInt16(cb)), touched?[s] ?? true else { continue }
                        fit(parts.order[parts.range(cb)], s)
                    }
                }
            }
        }
        scratch.scores = []
        self.scratch = scratch
        moderate()
    }

    mutating func refit(only s: Int) {
        fits[s] = ScoreFit(daily(s), edge: edge)
    }

    private mutating func moderate() {
        let levels = fits.map(\.level)
        dayDispersions = Dispersions(
            fits.map(\.dayDispersion), levels: levels, degrees: max(1, Double(days) - 8))
        weekDispersions = Dispersions(
            fits.map(\.weekDispersion), levels: levels, degrees: max(1, Double(days / 7) - 2))
    }

    private func overlapping(_ series: Int) -> [Bool] {
        var shared = [Int32](repeating: 0, count: slices.count)
        for i in slices.tickets(of: series, in: columns) {
            slices.forEach(of: Int(i), in: columns) { shared[$0] += 1 }
        }
        return shared.indices.map { shared[$0] * 100 >= slices.tickets[$0] }
    }

    /// The scores of a list of tickets by day. O(tickets); the list must be in the order of the values.
    /// - Parameter shift: Added to the value of each ticket by its day; the list must be in the order of the sums.
    private func score(
        _ list: ArraySlice<Int32>, shift: [Double]? = nil, into daily: inout ScoreSeries, _ s: inout ScoreScratch
    ) {
        daily.clear()
        daily.least = outcomes.isTime ? 0 : Scores.leastInformation
        if outcomes.isTime { rank(list, shift, &daily, &s) } else { compare(list, shift, &daily) }
        daily.centre()
    }

    private func compare(_ list: ArraySlice<Int32>, _ shift: [Double]?, _ daily: inout ScoreSeries) {
        for k in list {
            let i = Int(k)
            let day = Int(columns.day[i])
            // What was undone is taken from the outcome by adding it to what is expected.
            let logit = expected[Int(mix.cell[i])] + Double(outcomes.value[i]) + (shift?[day] ?? 0)
            let p = 1 / (1 + Glibc.exp(-logit))
            let w = Double(weights[i])
            let u = (outcomes.state[i] == Outcomes.State.event ? 1 : 0) - p
            daily.u[day] += w * u
            daily.i[day] += w * w * p * (1 - p)
            daily.tickets[day] += w
        }
    }

    private func rank(
        _ list: ArraySlice<Int32>, _ shift: [Double]?, _ daily: inout ScoreSeries, _ s: inout ScoreScratch
    ) {
        s.begin(list.count)
        for k in list {
            let c = Int(mix.cell[Int(k)])
            if s.count[c] == 0 { s.met.append(Int32(c)) }
            s.count[c] += 1
            s.atRisk[c] += Double(weights[Int(k)])
        }
        s.mergeSmall()
        var place = 0
        for k in list {
            let i = Int(k)
            let b = Int(s.block[Int(mix.cell[i])])
            let w = Double(weights[i])
            let r = s.atRisk[b]
            if outcomes.state[i] == Outcomes.State.event {
                s.surviving[b] *= max(0, r) / (max(0, r) + w)
                let left = s.surviving[b]
                s.scores[place] = Float(1 - 2 * left)
                if left <= 0.75, s.quarter[b].isNaN {
                    s.quarter[b] = Double(outcomes.value[i]) + (shift?[Int(columns.day[i])] ?? 0)
                }
                if left <= 0.25, s.threeQuarters[b].isNaN {
                    s.threeQuarters[b] = Double(outcomes.value[i]) + (shift?[Int(columns.day[i])] ?? 0)
                }
            } else {
                s.scores[place] = Float(1 - s.surviving[b])
            }
            s.atRisk[b] = r - w
            place += 1
        }
        s.finishScales()
        place = 0
        for k in list {
            let i = Int(k)
            let w = Double(weights[i])
            let u = w * Double(s.scores[place]) * s.scale[Int(s.block[Int(mix.cell[i])])]
            let day = Int(columns.day[i])
            daily.u[day] += u
            daily.i[day] += u * u
            daily.tickets[day] += w
            place += 1
        }
        s.end()
    }

    // MARK: Candidates

    func dispersion(_ s: Int) -> (φ: Double, ν: Double) {
        let day = dayDispersions.values[s]
        let week = weekDispersions.values[s]
        return week > day ? (max(1, week), weekDispersions.degrees) : (max(1, day), dayDispersions.degrees)
    }

    func candidates(of s: Int) -> [(kind: SignalKind, logTail: Double, day: Int)] {
        let fit = fits[s]
        let kind: SignalKind = fit.isTrend(dispersion: dispersion(s).φ) ? .trend : .levelShift
        guard let tail = logTail(Candidate(series: s, kind: kind)), tail < 0 else { return [] }
        return [(kind, tail, kind == .trend ? 0 : fit.day)]
    }

    func logTail(_ candidate: Candidate) -> Double? {
        let fit = fits[candidate.series]
        let (φ, ν) = dispersion(candidate.series)
        guard days > 2 * edge else { return nil }
        if candidate.kind == .trend {
            return fit.trend > 0 ? Tails.trend(fit.trend, dispersion: φ, degrees: ν) : nil
        }
        return fit.shift > 0
            ? Tails.shift(fit.shift, dispersion: φ, degrees: ν, edge: Double(edge) / Double(days)) : nil
    }

    private func daily(_ s: Int) -> ScoreSeries {
        var daily = ScoreSeries(days: days)
        var scratch = self.scratch
        score(slices.tickets(of: s, in: columns, from: order)[...], into: &daily, &scratch)
        return daily
    }

    func passes(_ candidate: Candidate) -> Bool {
        let own = daily(candidate.series)
        let salt = UInt64(candidate.series) << 3 | UInt64(candidate.kind == .levelShift ? 3 : 4)
        return gate.passes(days: days, salt: salt) { order in
            var moved = ScoreSeries(days: 0)
            moved.least = own.least
            moved.u = order.map { own.u[$0] }
            moved.i = order.map { own.i[$0] }
            moved.tickets = order.map { own.tickets[$0] }
            return candidate.kind == .trend
                ? ScoreFit.trend(moved).ratio : ScoreFit.shiftRatios(moved, edge: edge).max() ?? 0
        }
    }

    // MARK: Undoing

    /// Where the change is in force on each day: 1 after a shift, rising from 0 to 1 along a trend.
    private func inForce(_ kind: SignalKind, _ day: Int) -> [Double] {
        (0..<days).map {
            kind == .trend ? (Double($0) + 0.5) / Double(days) : $0 >= day ? 1 : 0
        }
    }

    mutating func undo(_ found: Found) { move(found, by: outcomes.isTime ? -found.size : found.size) }
    mutating func putBack(_ found: Found) { move(found, by: outcomes.isTime ? found.size : -found.size) }

    private mutating func move(_ found: Found, by size: Double) {
        let g = inForce(found.kind, found.day)
        var isMoved = [Bool](repeating: false, count: columns.count)
        for i in slices.tickets(of: found.series, in: columns) {
            let i = Int(i)
            guard outcomes.state[i] != Outcomes.State.unknown else { continue }
            outcomes.value[i] += Float(size * g[Int(columns.day[i])])
            isMoved[i] = true
        }
        guard outcomes.isTime else { return }
        let value = outcomes.value
        let still = order.filter { !isMoved[Int($0)] }
        let moved = order.filter { isMoved[Int($0)] }.sorted {
            Scores.precedes($0, $1, value[Int($0)], value[Int($1)])
        }
        order = merged(still, moved) { Scores.precedes($0, $1, value[Int($0)], value[Int($1)]) }
    }

    // MARK: Numbers

    /// The statistic of a change of size δ in force as g says: 0 at the best δ, ±t at the ends of its interval.
    private struct Profile {
        let scores: Scores
        let list: [Int32]
        let g: [Double]
        let isShift: Bool
        var scratch: ScoreScratch
        var daily: ScoreSeries

        init(_ scores: Scores, _ list: [Int32], _ g: [Double], isShift: Bool) {
            self.scores = scores
            self.list = list
            self.g = g
            self.isShift = isShift
            scratch = scores.scratch
            daily = ScoreSeries(days: scores.days)
        }

        mutating func callAsFunction(_ δ: Double) -> Double {
            let isTime = scores.outcomes.isTime
            let shift = g.map { isTime ? -δ * $0 : δ * $0 }
            let sorted = isTime ? scores.sorted(list, shift, isShift: isShift) : list
            scores.score(sorted[...], shift: shift, into: &daily, &scratch)
            var info = 0.0
            var moment = 0.0
            for t in g.indices {
                info += daily.i[t]
                moment += daily.i[t] * g[t]
            }
            guard info > 0 else { return 0 }
            let centre = moment / info
            var up = 0.0
            var down = 0.0
            for t in g.indices {
                up += daily.u[t] * (g[t] - centre)
                down += daily.i[t] * (g[t] - centre) * (g[t] - centre)
            }
            return down > 0 ? up / down.squareRoot() : 0
        }

        /// The δ in [−4, 4] at which the statistic, which falls with δ, is `goal`: regula falsi, Illinois variant.
        mutating func root(_ goal: Double, from guess: Double) -> Double {
            var low = max(-4, guess - 0.25)
            var high = min(4, guess + 0.25)
            var atLow = self(low) - goal
            while atLow < 0, low > -4 {
                high = low
                low = max(-4, low - 0.75)
                atLow = self(low) - goal
            }
            var atHigh = self(high) - goal
            while atHigh > 0, high < 4 {
                low = high
                atLow = atHigh
                high = min(4, high + 0.75)
                atHigh = self(high) - goal
            }
            if atLow <= 0 { return low }
            if atHigh >= 0 { return high }
            var side = 0
            for _ in 0..<40 where high - low > 2e-4 {
                var x = (low * atHigh - high * atLow) / (atHigh - atLow)
                if !(x > low && x < high) { x = (low + high) / 2 }
                let value = self(x) - goal
                if value.magnitude < 1e-3 { return x }
                if value > 0 {
                    low = x
                    atLow = value
                    if side == 1 { atHigh /= 2 }
                    side = 1
                } else {
                    high = x
                    atHigh = value
                    if side == -1 { atLow /= 2 }
                    side = -1
                }
            }
            return (low + high) / 2
        }
    }

    /// The list in the order of its values plus their shifts. A shift moves one part against the other, so two sorted
    /// parts are merged.
    fileprivate func sorted(_ list: [Int32], _ shift: [Double], isShift: Bool) -> [Int32] {
        func value(_ i: Int32) -> Float {
            outcomes.value[Int(i)] + Float(shift[Int(columns.day[Int(i)])])
        }
        func precedes(_ a: Int32, _ b: Int32) -> Bool { Scores.precedes(a, b, value(a), value(b)) }
        guard isShift else { return list.sorted(by: precedes) }
        return merged(
            list.filter { shift[Int(columns.day[Int($0)])] == 0 },
            list.filter { shift[Int(columns.day[Int($0)])] != 0 }, precedes)
    }

    func describe(_ candidate: Candidate) -> Found? {
        let s = candidate.series
        let (φ, ν) = dispersion(s)
        let t = StudentT(degrees: ν).quantile(tail: 0.025)
        let isShift = candidate.kind == .levelShift
        let list = slices.tickets(of: s, in: columns, from: order)
        var dates: Dates?
        if isShift {
            dates = Dates(ScoreFit.shiftRatios(daily(s), edge: edge), dispersion: φ)
            if dates == nil { return nil }
        }
        let day = dates?.quantile(0.5) ?? 0
        var profile = Profile(self, list, inForce(candidate.kind, day), isShift: isShift)
        let δ = profile.root(0, from: 0)
        let half = t * φ.squareRoot()
        var below = δ - profile.root(half, from: δ - 0.1)
        var above = profile.root(-half, from: δ + 0.1) - δ
        // Where many values are equal, the statistic jumps over the whole interval in one step. Its slope at some distance
        // says how wide the interval would be if the values were not rounded.
        let slope = (profile(δ - 0.3) - profile(δ + 0.3)) / 0.6
        if slope > 0 {
            below = max(below, half / slope / 2)
            above = max(above, half / slope / 2)
        }
        if let dates {
            var spread = 0.0
            for p in [0.1, 0.3, 0.5, 0.7, 0.9] {
                let other = dates.quantile(p)
                if other == day { continue }
                var moved = Profile(self, list, inForce(.levelShift, other), isShift: true)
                let difference = moved.root(0, from: δ) - δ
                spread += difference * difference / 5
            }
            below = (below * below + t * t * spread).squareRoot()
            above = (above * above + t * t * spread).squareRoot()
        }
        guard
            let (before, after, relative) = levels(
                list, candidate.kind, day, Estimate(δ, low: δ - below, high: δ + above), φ)
        else { return nil }
        return Found(
            series: s, kind: candidate.kind, day: isShift ? day : 0, from: dates?.from ?? 0,
            through: dates?.through ?? 0, size: δ, relative: relative, before: before, after: after, logChance: 0)
    }

    /// Tickets that a curve of times is drawn through: its error is then a third of a per cent.
    private static let curveMax = 20_000

    /// The level before and after in hours or as a share, and the change as a share of the level before.
    private func levels(
        _ list: [Int32], _ kind: SignalKind, _ day: Int, _ δ: Estimate, _ φ: Double
    ) -> (before: Estimate, after: Estimate, relative: Estimate)? {
        let g = inForce(kind, day)
        if !outcomes.isTime { return shareLevels(list, g, δ, φ) }
        // Of a long list every k-th ticket: the list stands in the order of the times, so that loses next to nothing, and the
        // interval is narrowed to what the whole list knows.
        let step = max(1, list.count / Self.curveMax)
        let some = stride(from: step / 2, to: list.count, by: step).map { Int(list[$0]) }
        let times = some.map {
            Glibc.exp(Double(outcomes.value[$0]) - δ.estimate * g[Int(columns.day[$0])]) / 3600
        }
        let curve = KaplanMeier(
            times: times, ended: some.map { outcomes.state[$0] == Outcomes.State.event },
            weights: some.map { Double(weights[$0]) })
        let width = 1.96 * (φ * Double(some.count) / Double(max(1, list.count))).squareRoot()
        guard let before = curve.interval(0.5, width: width) else { return nil }
        let relative = Estimate(
            Glibc.exp(δ.estimate) - 1, low: Glibc.exp(δ.low) - 1, high: Glibc.exp(δ.high) - 1)
        // Both are uncertain: their variances add on the logarithmic scale.
        func together(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        let middle = before.estimate * Glibc.exp(δ.estimate)
        let down = together(Glibc.log(before.estimate / max(1e-6, before.low)), δ.estimate - δ.low)
        let up = together(Glibc.log(before.high / before.estimate), δ.high - δ.estimate)
        return (before, Estimate(middle, low: middle * Glibc.exp(-down), high: middle * Glibc.exp(up)), relative)
    }

    /// The share before is that of the whole list with the change undone: each ticket's expectation without the part in
    /// force, and the logit moved so that the expectations add up to what was seen.
    private func shareLevels(
        _ list: [Int32], _ g: [Double], _ δ: Estimate, _ φ: Double
    ) -> (before: Estimate, after: Estimate, relative: Estimate)? {
        var yes = 0.0
        var total = 0.0
        var inForceShare = 0.0
        for i in list {
            let w = Double(weights[Int(i)])
            total += w
            if outcomes.state[Int(i)] == Outcomes.State.event { yes += w }
            inForceShare += w * g[Int(columns.day[Int(i)])]
        }
        guard total > 0, yes > 0, yes < total else { return nil }
        let f = inForceShare / total
        // (1 − f)·p + f·expit(logit p + δ) = yes/total, solved by bisection.
        func after(_ p: Double, _ δ: Double) -> Double {
            let odds = p / (1 - p) * Glibc.exp(δ)
            return odds / (1 + odds)
        }
        var low = 1e-9
        var high = 1 - 1e-9
        for _ in 0..<60 {
            let p = (low + high) / 2
            if (1 - f) * p + f * after(p, δ.estimate) < yes / total { low = p } else { high = p }
        }
        let p = (low + high) / 2
        let error = 1.96 * (φ / (max(1, total * (1 - f)) * p * (1 - p))).squareRoot()
        func logit(_ by: Double) -> Double { after(p, by) }
        let before = Estimate(p, low: logit(-error), high: logit(error))
        let then = Estimate(after(p, δ.estimate), low: after(p, δ.low), high: after(p, δ.high))
        return (
            before, then,
            Estimate(then.estimate / p - 1, low: then.low / p - 1, high: then.high / p - 1)
        )
    }
}

/// Two sorted lists as one.
private func merged(_ a: [Int32], _ b: [Int32], _ precedes: (Int32, Int32) -> Bool) -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(a.count + b.count)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
        if precedes(b[j], a[i]) {
            out.append(b[j])
            j += 1
        } else {
            out.append(a[i])
            i += 1
        }
    }
    out.append(contentsOf: a[i...])
    out.append(contentsOf: b[j...])
    return out
}

/// Room for scoring one list: an entry a cell, and a score a ticket.
struct ScoreScratch {
    /// Tickets in each cell, 0 between lists; and the block each belongs to: its own, or the last one, of small cells.
    var count: [Int32]
    var block: [Int32]
    var met: [Int32] = []
    var atRisk: [Double]
    var surviving: [Double]
    var quarter: [Double]
    var threeQuarters: [Double]
    var scale: [Double]
    var scores: [Float] = []

    /// Tickets of a slice that make a block of their own.
    static let least: Int32 = 15

    init(cells: Int, days: Int) {
        count = Array(repeating: 0, count: cells + 1)
        block = Array(repeating: 0, count: cells + 1)
        atRisk = Array(repeating: 0, count: cells + 1)
        surviving = Array(repeating: 1, count: cells + 1)
        quarter = Array(repeating: .nan, count: cells + 1)
        threeQuarters = quarter
        scale = Array(repeating: 1, count: cells + 1)
    }

    mutating func begin(_ tickets: Int) {
        if scores.count < tickets { scores.append(contentsOf: repeatElement(0, count: tickets - scores.count)) }
        met.removeAll(keepingCapacity: true)
    }

    mutating func mergeSmall() {
        let rest = count.count - 1
        met.append(Int32(rest))
        for c in met.dropLast() {
            let cell = Int(c)
            if count[cell] < Self.least {
                block[cell] = Int32(rest)
                atRisk[rest] += atRisk[cell]
            } else {
                block[cell] = c
            }
        }
    }

    /// A score counts by how much a given change in hours would move it: steep where times lie close together.
    mutating func finishScales() {
        for c in met {
            let spread = threeQuarters[Int(c)] - quarter[Int(c)]
            scale[Int(c)] = 1 / (spread.isNaN ? 4 : min(8, max(0.5, spread)))
        }
    }

    mutating func end() {
        for c in met {
            count[Int(c)] = 0
            atRisk[Int(c)] = 0
            surviving[Int(c)] = 1
            quarter[Int(c)] = .nan
            threeQuarters[Int(c)] = .nan
        }
    }
}
