// What changed, or stands out, in daily series: scores, answers, suggestions, readings, and those figures of tickets that the search
// of the tickets themselves does not look at, such as how many wait and how many were closed by a workaround.
//
// The search for shifts and trends is the engine's (`changes(in:seasons:block:)`): seasons and autocorrelation are part of its
// description, so they are not taken for changes. A single strange day is a residual from the fitted stretches and the weekday,
// far beyond what the series' own tails reach. Every series asks two questions a turn, and `TurnDiscoveries` answers them: what
// is found in one turn stays found, and the expected share of false findings over all turns ever stays below the promise,
// whatever the series have in common.
//
// Left out on purpose: series that wander by themselves, of which nobody can say that they changed.

import Glibc
import Measures
import Records
import Statistics

/// One measure of one slice, day by day.
public struct DailySeries: Sendable {
    public var measure: Measure
    public var slice: Slice
    public var first: Day
    /// NaN is missing.
    public var values: [Double]
    /// How many records each day's value is made of.
    public var counts: [Double]

    /// Two years say what is usual; what lies before them does not.
    public static let daysMax = 730
    /// Fewer known days tell no change from chance.
    public static let knownMin = 56

    /// - Returns: Nil when there are too few days with a value.
    public init?(
        _ measure: Measure, _ slice: Slice = .everything, of rollup: Rollup, from earliest: Day? = nil,
        through last: Day
    ) {
        guard let all = rollup.period, max(all.first, earliest ?? all.first) <= last else { return nil }
        let first = max(all.first, earliest ?? all.first, last - (Self.daysMax - 1))
        let series = Series(measure, of: rollup, over: Period(first, through: last), step: 1, asOf: last)
        (self.measure, self.slice, self.first) = (measure, slice, first)
        values = series.values.map { $0?.value ?? .nan }
        counts = series.values.map { Double($0?.count ?? 0) }
        guard values.count(where: { $0.isFinite }) >= Self.knownMin else { return nil }
    }

    public init(_ measure: Measure, _ slice: Slice, first: Day, values: [Double], counts: [Double]) {
        precondition(values.count == counts.count, "Every value has a count")
        (self.measure, self.slice, self.first) = (measure, slice, first)
        (self.values, self.counts) = (values, counts)
    }
}

/// What a series asks to have found, with the chance that it would look so if nothing had changed.
struct SeriesCandidate {
    var signal: Signal
    var chance: Double
}

/// Searches one series. The name of each signal is that of the first of its kind; `SeriesSearch` gives the lasting ones.
struct SeriesLook {
    let series: DailySeries
    /// Which way is worse.
    let direction: Direction
    private(set) var shifts: [SeriesCandidate] = []
    private(set) var spike: SeriesCandidate?

    private let report: ChangeReport
    /// Values less the fitted stretch they are in; NaN where missing.
    private var residuals: [Double] = []

    /// The chance of a change of the engine's `strength` s, under nothing, is taken to be this times exp(−s/2): the engine's own
    /// price of a change pays for the choice of its place. Measured on 1,440 quiet series of 120 to 600 days with weeks and an
    /// autocorrelation of 0 to 0.8: three told a change, two of them of those where the engine found an autocorrelation of half
    /// or more, and those have no discount.
    private static let discount = 0.05
    private static let memoryMax = 0.5
    /// A share of tickets that moves by less than one in a hundred is no news, however sure it is.
    private static let shareMoveMin = 0.01
    /// Tails of residuals are taken to be no heavier than Student's with so many degrees of freedom, beyond their own scale.
    private static let tailDegrees = 20.0

    init(_ series: DailySeries, direction: Direction) {
        self.series = series
        self.direction = direction
        report = Self.perDay(changes(in: series.values, seasons: [7], block: 7))
        guard !report.segments.isEmpty else { return }
        residuals = Self.residuals(series.values, report.segments)
        let isTrustworthy = !report.remarks.contains { $0 == .wanders || $0 == .uncalibrated }
        if isTrustworthy { shifts = report.changes.indices.compactMap(shift) }
        // A day's share of a few tickets, or a day of a pile that grew for weeks, is no finding by itself.
        if series.measure.kind == nil { spike = strangest() }
    }

    /// A search that added days up first tells sums: here they are means a day again.
    private static func perDay(_ report: ChangeReport) -> ChangeReport {
        var report = report
        for remark in report.remarks {
            guard case .addedUp(let steps) = remark else { continue }
            let n = Double(steps)
            for i in report.segments.indices {
                report.segments[i].first /= n
                report.segments[i].last /= n
            }
            for i in report.changes.indices {
                report.changes[i].before /= n
                report.changes[i].after /= n
            }
        }
        return report
    }

    private static func residuals(_ values: [Double], _ segments: [ChangeSegment]) -> [Double] {
        var out = Array(repeating: Double.nan, count: values.count)
        for segment in segments {
            let steps = Double(max(1, segment.range.count - 1))
            for t in segment.range where t < values.count {
                let share = Double(t - segment.range.lowerBound) / steps
                out[t] = values[t] - (segment.first + (segment.last - segment.first) * share)
            }
        }
        return out
    }

    // MARK: Shifts and trends

    private func shift(_ i: Int) -> SeriesCandidate? {
        let change = report.changes[i]
        guard let before = report.segments.last(where: { $0.range.upperBound <= change.index }),
            let after = report.segments.first(where: { $0.range.lowerBound >= change.index })
        else { return nil }
        // Where the level jumps by more than half of what it climbs afterwards, the jump is the story: a fall that is slowly made up for has
        // not “risen steadily”.
        let jump = after.first - change.before
        let isTrend = change.kind == .trend && 2 * abs(jump) <= abs(after.last - after.first)
        let isJump = change.kind == .trend && !isTrend
        let old = level(isTrend ? after.first : isJump ? change.before : fitted(before), over: before.range)
        let sign = (fitted(after) - change.before) * jump
        let new = level(isTrend ? after.last : isJump && sign <= 0 ? after.first : fitted(after), over: after.range)
        let least = series.measure.unit == .share && series.measure.kind != nil ? Self.shareMoveMin : 0
        guard (new.estimate - old.estimate).magnitude > least else { return nil }
        let last = series.first + max(change.index, after.range.upperBound - 1)
        return SeriesCandidate(
            signal: signal(
                isTrend ? .trend : .levelShift, at: change.index, from: change.low, through: change.high, old, new,
                evidence: Period(series.first + change.index, through: last)),
            chance: min(
                1,
                (report.autocorrelation < Self.memoryMax ? Self.discount : 1) * Glibc.exp(-change.strength / 2)))
    }

    private func fitted(_ segment: ChangeSegment) -> Double { (segment.first + segment.last) / 2 }

    /// A level with its 95 % interval, from the scatter around it and how much each day resembles the one before.
    private func level(_ estimate: Double, over range: Range<Int>) -> Estimate {
        let own = range.compactMap { $0 < residuals.count && residuals[$0].isFinite ? residuals[$0] : nil }
        let all = residuals.filter(\.isFinite)
        let spread = own.count >= 20 ? own : all
        guard let centre = mean(spread), spread.count > 1 else {
            return Estimate(estimate, low: estimate, high: estimate)
        }
        let variance = sum(spread.map { ($0 - centre) * ($0 - centre) }) / Double(spread.count - 1)
        let memory = min(0.9, max(0, report.autocorrelation))
        let half = 1.96 * (variance * (1 + memory) / (1 - memory) / Double(max(1, own.count))).squareRoot()
        let isShare = series.measure.unit == .share
        let least = series.measure.canBeNegative ? -Double.infinity : 0
        func kept(_ value: Double) -> Double { min(isShare ? 1 : .infinity, max(least, value)) }
        return Estimate(kept(estimate), low: kept(estimate - half), high: kept(estimate + half))
    }

    // MARK: A single strange day

    /// The strangest day of all, with the chance that any day of so many would be as strange.
    private func strangest() -> SeriesCandidate? {
        // A mean of few answers scatters more than one of many.
        let quantity = series.measure.quantity
        let isMeanOfAnswers = quantity == .satisfaction || quantity == .nps
        var scores = residuals
        for weekday in 0..<7 {
            let days = scores.indices.filter { (series.first + $0).weekday == weekday && scores[$0].isFinite }
            guard days.count >= 8, let usual = median(days.map { scores[$0] }) else { continue }
            for t in days { scores[t] -= usual }
        }
        if isMeanOfAnswers { for t in scores.indices { scores[t] *= series.counts[t].squareRoot() } }
        let sizes = scores.filter(\.isFinite).map(\.magnitude).sorted()
        guard sizes.count >= DailySeries.knownMin, let most = sizes.last, most > 0,
            let t = scores.firstIndex(where: { $0.isFinite && $0.magnitude == most }), let middle = median(sizes)
        else { return nil }
        // The scale is that of the middle or of the tail, whichever is wider: a series with many far days has no strange one.
        let n = Double(sizes.count)
        let rank = max(5, sizes.count / 60)
        let tail = sizes[sizes.count - 1 - rank]
        let usualTail = Normal.quantile(1 - Double(rank) / (2 * n))
        let scale = max(middle / 0.6745, tail / usualTail)
        guard scale > 0 else { return nil }
        let logTail = StudentT(degrees: Self.tailDegrees).logTail(most / scale)
        let chance = min(1, n * 2 * Glibc.exp(logTail))
        let usual = series.values[t] - scores[t] / (isMeanOfAnswers ? series.counts[t].squareRoot() : 1)
        let spread = 1.96 * scale / (isMeanOfAnswers ? series.counts[t].squareRoot() : 1)
        let least = series.measure.canBeNegative ? -Double.infinity : 0
        let old = Estimate(usual, low: max(least, usual - spread), high: usual + spread)
        let value = series.values[t]
        let new = Estimate(value, low: value, high: value)
        let day = series.first + t
        return SeriesCandidate(
            signal: signal(.spike, at: t, from: t, through: t, old, new, evidence: Period(day, through: day)),
            chance: chance)
    }

    // MARK: Telling

    private func signal(
        _ kind: SignalKind, at: Int, from: Int, through: Int, _ old: Estimate, _ new: Estimate, evidence: Period
    ) -> Signal {
        let rises = new.estimate > old.estimate
        let tendency: Tendency =
            switch direction {
            case .higherIsWorse: rises ? .worse : .better
            case .lowerIsWorse: rises ? .better : .worse
            case .neither: .neutral
            }
        let count = (evidence.first - series.first...evidence.last - series.first).reduce(0.0) {
            $0 + (series.counts.indices.contains($1) ? series.counts[$1] : 0)
        }
        return Signal(
            id: identity(kind: kind, measure: series.measure, slice: series.slice, ordinal: 0), kind: kind,
            measure: series.measure, slice: series.slice, at: series.first + at, atEarliest: series.first + from,
            atLatest: series.first + through, direction: tendency, before: old, after: new,
            relative: Self.relative(old, new), q: 1, hoursPerMonth: nil, evidenceCount: Int(count), evidence: evidence)
    }

    /// The change as a share of how far the level before lies from nothing; of the level after, where that was nothing.
    private static func relative(_ old: Estimate, _ new: Estimate) -> Estimate {
        let base = old.estimate != 0 ? old.estimate.magnitude : new.estimate.magnitude
        guard base > 0 else { return Estimate(0, low: 0, high: 0) }
        let difference = new.estimate - old.estimate
        let a = (old.high - old.low) / 2
        let b = (new.high - new.low) / 2
        let half = (a * a + b * b).squareRoot()
        return Estimate(difference / base, low: (difference - half) / base, high: (difference + half) / base)
    }
}
