import Glibc
import Statistics

// The numbers of a finding: its date, its size with an interval, and the level before and after.

extension Scores {
    /// The statistic of a change of size δ in force as g says: 0 at the best δ, ±t at the ends of its interval.
    private struct Profile {
        let scores: Scores
        let g: [Double]
        let isShift: Bool
        /// The places of the tickets that a shift leaves where they are, and of those it moves; of a trend all are in `still`.
        private let still: [Int32]
        private let moved: [Int32]
        private var scratch: ScoreScratch
        private var daily: ScoreSeries

        init(_ scores: Scores, _ list: [Int32], _ g: [Double], isShift: Bool) {
            self.scores = scores
            self.g = g
            self.isShift = isShift && scores.isTime
            if isShift, scores.isTime {
                still = list.filter { g[Int(scores.tickets[Int($0)].day)] == 0 }
                moved = list.filter { g[Int(scores.tickets[Int($0)].day)] != 0 }
            } else {
                still = list
                moved = []
            }
            scratch = scores.scratch
            daily = ScoreSeries(days: scores.days)
        }

        /// The list in the order of its values plus their shifts. A shift moves one part against the other, so two sorted
        /// parts are merged.
        private func sorted(_ shift: [Double]) -> [Int32] {
            guard scores.isTime else { return still }
            func precedes(_ a: Int32, _ b: Int32) -> Bool {
                let x = scores.tickets[Int(a)]
                let y = scores.tickets[Int(b)]
                return ScoredTicket.precedes(
                    x.ticket, x.value + Float(shift[Int(x.day)]), y.ticket, y.value + Float(shift[Int(y.day)]))
            }
            return isShift ? merged(still, moved, precedes) : still.sorted(by: precedes)
        }

        mutating func callAsFunction(_ δ: Double) -> Double {
            let scores = scores
            let shift = g.map { scores.isTime ? -δ * $0 : δ * $0 }
            let list = sorted(shift)
            let tickets = scores.tickets.span
            scores.score(list.count, shift: shift, into: &daily, &scratch) { tickets[Int(list[$0])] }
            daily.centre()
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

    func describe(_ candidate: Candidate) -> Found? {
        let s = candidate.series
        let (φ, ν) = dispersion(s)
        let t = StudentT(degrees: ν).quantile(tail: 0.025)
        let isShift = candidate.kind == .levelShift
        let list = places(of: s)
        var dates: Dates?
        if isShift {
            dates = Dates(ScoreFit.shiftRatios(daily(of: list), edge: edge), dispersion: φ)
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
        if !isTime { return shareLevels(list, g, δ, φ) }
        // Of a long list every k-th ticket: the list stands in the order of the times, so that loses next to nothing, and the
        // interval is narrowed to what the whole list knows.
        let step = max(1, list.count / Self.curveMax)
        let some = stride(from: step / 2, to: list.count, by: step).map { tickets[Int(list[$0])] }
        let times = some.map { Glibc.exp(Double($0.value) - δ.estimate * g[Int($0.day)]) / 3600 }
        let curve = KaplanMeier(
            times: times, ended: some.map(\.isEvent), weights: some.map { Double($0.weight) })
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
        for place in list {
            let ticket = tickets[Int(place)]
            let w = Double(ticket.weight)
            total += w
            if ticket.isEvent { yes += w }
            inForceShare += w * g[Int(ticket.day)]
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
