import Glibc
import Measures
import Records
import Statistics

// Whether a measure that keeps its target today will miss it within four weeks if it goes on as it has.
//
// A straight line through the last half year of weekly values, at most, with the uncertainty of the line, widened by the weeks'
// own correlation. What is asked is whether the level passes the target, not whether one bad week does. Conservative on purpose:
// only what is as sure as any other signal is told.

extension Run {
    /// Weeks looked back on, at most and at least, and weeks looked ahead.
    private static let weeksBackMax = 26
    private static let weeksBackMin = 8
    private static let weeksAhead = 4.0

    mutating func look(at targets: [Target]) {
        let mine = targets.filter { Measure(id: $0.measure)?.kind == kind }
        if mine.isEmpty { return }
        tested += mine.count
        let budget = rate * Budget.targets
        for target in mine {
            guard let measure = Measure(id: target.measure), measure.direction != .neither,
                let s = slices.index(of: target.slice, columns, tickets.names)
            else { continue }
            let weekly = weeks(of: s, measure.quantity)
            guard weekly.count >= Self.weeksBackMin, let line = Line(weekly) else { continue }
            let sign = measure.direction == .higherIsWorse ? 1.0 : -1.0
            // On the good side now, on the bad side then.
            guard sign * (target.value - line.value(at: line.last)) > 0 else { continue }
            let then = line.last + Self.weeksAhead
            let distance = sign * (line.value(at: then) - target.value) / line.error(at: then)
            let chance = min(0, StudentT(degrees: line.degrees).logTail(distance) + Glibc.log(Double(mine.count)))
            guard chance <= Glibc.log(budget) else { continue }
            tell(target, measure, s, line, chance, budget)
        }
    }

    private mutating func tell(
        _ target: Target, _ measure: Measure, _ s: Int, _ line: Line, _ chance: Double, _ budget: Double
    ) {
        let then = line.last + Self.weeksAhead
        let t = StudentT(degrees: line.degrees).quantile(tail: 0.025)
        func estimate(_ x: Double) -> Estimate {
            let v = line.value(at: x)
            return Estimate(v, low: max(0, v - t * line.error(at: x)), high: v + t * line.error(at: x))
        }
        /// The first day, counted from the end of the data, on which the line is so many errors past the target.
        func crossing(_ errors: Double) -> Int {
            let sign = measure.direction == .higherIsWorse ? 1.0 : -1.0
            for day in 1..<Int(Self.weeksAhead * 7) {
                let x = line.last + Double(day) / 7
                if sign * (line.value(at: x) - target.value) + errors * line.error(at: x) >= 0 { return day }
            }
            return Int(Self.weeksAhead * 7)
        }
        let before = estimate(line.last)
        let after = estimate(then)
        guard before.estimate > 0 else { return }
        let found = Found(
            series: s, kind: .targetAtRisk, day: 0, from: 0, through: 0, size: 0,
            relative: Estimate(
                after.estimate / before.estimate - 1, low: after.low / before.estimate - 1,
                high: after.high / before.estimate - 1),
            before: before, after: after, logChance: chance)
        let workload = Workload(self)
        let hours: Estimate? =
            switch measure.quantity {
            case .opened: workload.ofCounts(found, days: columns.days)
            case .timeToResolve, .timeToRespond: workload.ofTimes(found, days: columns.days, isWhole: false)
            default: nil
            }
        let end = columns.window.last
        let evidence = Period(max(columns.window.first, end - (7 * Self.weeksBackMax - 1)), through: end)
        let count = slices.tickets(of: s, in: columns).count {
            evidence.contains(columns.window.first + Int(columns.day[Int($0)]))
        }
        let signal = Signal(
            id: identity(kind: .targetAtRisk, measure: measure, slice: target.slice, ordinal: 0), kind: .targetAtRisk,
            measure: measure, slice: target.slice, at: end + crossing(0), atEarliest: end + crossing(t),
            atLatest: end + max(crossing(0), crossing(-t)), direction: .worse, before: before, after: after,
            relative: found.relative, q: min(1, Glibc.exp(chance) * rate / budget), hoursPerMonth: hours,
            evidenceCount: count, evidence: evidence)
        signals.append((signal, chance))
    }

    /// A value for each of the last whole weeks, oldest first; weeks that say nothing are left out.
    private func weeks(of s: Int, _ quantity: Quantity) -> [(week: Double, value: Double)] {
        let weeks = min(Self.weeksBackMax, columns.days / 7)
        let first = columns.days - 7 * weeks
        var lists = [[Int32]](repeating: [], count: weeks)
        for i in slices.tickets(of: s, in: columns) {
            let day = Int(columns.day[Int(i)])
            if day >= first { lists[(day - first) / 7].append(i) }
        }
        if quantity == .opened { return lists.indices.map { (Double($0), Double(lists[$0].count) / 7) } }
        guard let outcomes = Outcomes(tickets, columns, quantity) else { return [] }
        return lists.indices.compactMap { week in
            let known = lists[week].filter { outcomes.state[Int($0)] != Outcomes.State.unknown }
            guard known.count >= 10 else { return nil }
            let ended = known.map { outcomes.state[Int($0)] == Outcomes.State.event }
            if !outcomes.isTime { return (Double(week), Double(ended.count { $0 }) / Double(known.count)) }
            let curve = KaplanMeier(
                times: known.map { Glibc.exp(Double(outcomes.value[Int($0)])) / 3600 }, ended: ended)
            return curve.quantile(0.5).map { (Double(week), $0) }
        }
    }
}

/// A straight line through weekly values, by least squares.
private struct Line {
    let last: Double
    let degrees: Double
    private let centre: Double
    private let middle: Double
    private let slope: Double
    private let squares: Double
    private let variance: Double
    private let n: Double

    init?(_ points: [(week: Double, value: Double)]) {
        guard points.count > 4, let end = points.last?.week else { return nil }
        n = Double(points.count)
        last = end
        degrees = n - 2
        let x̄ = sum(points.map(\.week)) / n
        let ȳ = sum(points.map(\.value)) / n
        let xx = sum(points.map { ($0.week - x̄) * ($0.week - x̄) })
        let slope = sum(points.map { ($0.week - x̄) * ($0.value - ȳ) }) / xx
        let r = points.map { $0.value - ȳ - slope * ($0.week - x̄) }
        let total = sum(r.map { $0 * $0 })
        guard total > 0 else { return nil }
        var lagged = 0.0
        for k in 1..<r.count { lagged += r[k] * r[k - 1] }
        // Weeks that resemble one another say less: the variance of a mean grows by (1 + ρ)/(1 − ρ).
        let ρ = min(0.8, max(0, lagged / total))
        variance = total / degrees * (1 + ρ) / (1 - ρ)
        centre = x̄
        middle = ȳ
        self.slope = slope
        squares = xx
    }

    func value(at x: Double) -> Double { middle + slope * (x - centre) }
    /// The standard error of the line there.
    func error(at x: Double) -> Double {
        (variance * (1 / n + (x - centre) * (x - centre) / squares)).squareRoot()
    }
}
