import Improvements
import Records
import Signals
import Statistics

/// Everything the improvement work says of itself: its series, and how long each step takes.
public struct MomentumFigures: Sendable {
    public var series: [MomentumSeries]
    /// Days in each step, the median with its interval; steps that nobody has left yet are missing.
    public var daysInStep: [(step: Step, days: Estimate?, count: Int)]
    public var weeks: [Period]

    public subscript(measure: MomentumMeasure) -> MomentumSeries? { series.first { $0.measure == measure } }
}

/// The figures of the improvement work by whole weeks, or by four of them where things happen seldom. Pure.
///
/// O(entries + suggestions + improvements × weeks).
public func figures(of programme: Programme) -> MomentumFigures {
    let weeks = programme.weeks
    let trails = programme.improvements.map { Trail($0.improvement, weeks: weeks, zone: programme.zone) }
    let ledger = Ledger(programme, weeks, trails)
    let series = MomentumMeasure.allCases.map { ledger.series($0) }
    return MomentumFigures(series: series, daysInStep: daysInStep(trails, until: programme), weeks: weeks)
}

/// The median of each step, with those that are still in it counted as taking at least as long as they have.
private func daysInStep(_ trails: [Trail], until programme: Programme) -> [(Step, Estimate?, Int)] {
    let stays = trails.flatMap(\.stays)
    let now = programme.zone.start(of: programme.today + 1)
    return Step.allCases.map { step in
        let own = stays.filter { $0.step == step }
        let ended = own.map { $0.to != nil }
        let days = own.map { $0.from.hours(to: $0.to ?? now) / 24 }
        guard ended.count(where: { $0 }) >= staysMin else { return (step, nil, own.count) }
        let curve = KaplanMeier(times: days, ended: ended)
        func time(_ crosses: (Int) -> Bool) -> Double? {
            curve.times.indices.first(where: crosses).map { curve.times[$0] }
        }
        // Brookmeyer & Crowley (1982, Biometrics 38:29–41): the times at which one half lies within the curve's interval.
        guard let median = time({ curve.surviving[$0] <= 0.5 }) else { return (step, nil, own.count) }
        let low = time { curve.surviving[$0] - 1.96 * curve.errors[$0] <= 0.5 } ?? median
        let high = time { curve.surviving[$0] + 1.96 * curve.errors[$0] <= 0.5 } ?? .infinity
        return (step, Estimate(median, low: low, high: high), own.count)
    }
}

/// Fewer that were left say nothing about how long a step takes.
private let staysMin = 3

/// The weeks with what happened in each.
private struct Ledger {
    let programme: Programme
    let weeks: [Period]
    let trails: [Trail]

    /// By week: suggestions, names, departments. One pass over everything that was done.
    private var suggested: [Int]
    private var names: [Set<String>]
    private var departments: [Set<String>]
    private var isDepartmentNamed = false

    init(_ programme: Programme, _ weeks: [Period], _ trails: [Trail]) {
        (self.programme, self.weeks, self.trails) = (programme, weeks, trails)
        suggested = Array(repeating: 0, count: weeks.count)
        names = Array(repeating: [], count: weeks.count)
        departments = names
        guard let first = weeks.first?.first else { return }
        func week(_ moment: Moment) -> Int? {
            let days = programme.zone.day(of: moment) - first
            return days >= 0 && days / 7 < weeks.count ? days / 7 : nil
        }
        for suggestion in programme.suggestions {
            guard let w = week(suggestion.at) else { continue }
            suggested[w] += 1
            if !suggestion.by.isEmpty { names[w].insert(suggestion.by) }
        }
        for entry in programme.improvements.lazy.flatMap(\.improvement.entries) {
            let department = namedDepartment(entry.change)
            if !department.isEmpty { isDepartmentNamed = true }
            guard let w = week(entry.at) else { continue }
            if entry.by != Trail.program { names[w].insert(entry.by) }
            if !department.isEmpty { departments[w].insert(department) }
        }
    }

    func series(_ measure: MomentumMeasure) -> MomentumSeries {
        let steps = measure.weeks == 1 ? weeks : months
        var values: [Double] = []
        var counts: [Int] = []
        for (i, step) in steps.enumerated() {
            let (value, count) = value(measure, step, i)
            values.append(value ?? .nan)
            counts.append(count)
        }
        return MomentumSeries(measure: measure, steps: steps, values: values, counts: counts)
    }

    /// Four whole weeks each, the last one ending with the last week.
    private var months: [Period] {
        stride(from: weeks.count % 4, to: weeks.count, by: 4).map {
            Period(weeks[$0].first, through: weeks[$0 + 3].last)
        }
    }

    private func value(_ measure: MomentumMeasure, _ step: Period, _ i: Int) -> (Double?, Int) {
        switch measure {
        case .suggestionsPerHead: return suggestions(step, i)
        case .contributors: return (Double(names[i].count), names[i].count)
        case .departments:
            return isDepartmentNamed ? (Double(departments[i].count), departments[i].count) : (nil, 0)
        case .opened:
            let n = programme.improvements.count { opened($0.improvement, in: step) }
            return (Double(n), n)
        case .finished:
            let n = trails.reduce(0) { $0 + $1.finished.count(where: step.contains) }
            return (Double(n), n)
        case .acceptedToDone: return acceptedToDone(step)
        case .age: return (median(standing(i).map { Double(step.last - $0.openedOn) }), standing(i).count)
        case .touched:
            let own = standing(i)
            return share(own.count { step.last - $0.touchedOn < 14 }, of: own.count)
        case .evaluatedOnTime: return evaluatedOnTime(step)
        case .overdueActions:
            let known = trails.compactMap { $0.standings[i] }
            if known.isEmpty { return (nil, 0) }
            let n = known.reduce(0) { $0 + $1.overdue }
            return (Double(n), n)
        case .gainsHeld: return gainsHeld(i)
        case .prevention: return prevention(step)
        case .ownerLoad: return ownerLoad(i)
        case .timeUsed:
            let own = programme.hours.filter { step.contains($0.week) }
            let promised = own.reduce(0) { $0 + $1.promised }
            return promised > 0 ? (own.reduce(0) { $0 + $1.used } / promised, own.count) : (nil, 0)
        }
    }

    private func standing(_ i: Int) -> [Trail.Standing] {
        trails.compactMap { $0.standings[i] }.filter { $0.isInWork && !$0.isOnHold }
    }

    private func share(_ part: Int, of whole: Int) -> (Double?, Int) {
        whole > 0 ? (Double(part) / Double(whole), whole) : (nil, 0)
    }

    private func opened(_ improvement: Improvement, in step: Period) -> Bool {
        improvement.entries.first.map { step.contains(programme.zone.day(of: $0.at)) } ?? false
    }

    private func suggestions(_ step: Period, _ i: Int) -> (Double?, Int) {
        let heads = programme.joined.count { programme.zone.day(of: $0) <= step.last }
        // Before anybody had an account, or where nobody has, the number itself is told.
        return (Double(suggested[i]) / Double(max(1, heads)), suggested[i])
    }

    private func acceptedToDone(_ step: Period) -> (Double?, Int) {
        let days = trails.flatMap(\.passages).compactMap { passage in
            passage.endedOn.flatMap { step.contains($0) ? Double($0 - passage.acceptedOn) : nil }
        }
        return (median(days), days.count)
    }

    private func evaluatedOnTime(_ step: Period) -> (Double?, Int) {
        let due = trails.flatMap(\.dues).filter { step.contains($0.on) }
        // Those due in the last two weeks have not had their two weeks yet.
        let told = due.filter { $0.judgedOn != nil || $0.on + 14 < programme.today }
        return share(told.count { due in due.judgedOn.map { $0 <= due.on + 14 } ?? false }, of: told.count)
    }

    private func gainsHeld(_ i: Int) -> (Double?, Int) {
        let gains = trails.reduce(0) { $0 + ($1.standings[i]?.gains ?? 0) }
        let slipped = zip(programme.improvements, trails).reduce(into: Set<Int64>()) { slipped, pair in
            if case .slippage(let of) = pair.0.improvement.origin, pair.1.standings[i] != nil { slipped.insert(of) }
        }
        return share(max(0, gains - slipped.count), of: gains)
    }

    private func prevention(_ step: Period) -> (Double?, Int) {
        var before = 0
        var known = 0
        for numbered in programme.improvements where opened(numbered.improvement, in: step) {
            guard let isBefore = cameBefore(numbered.improvement, programme) else { continue }
            known += 1
            if isBefore { before += 1 }
        }
        return share(before, of: known)
    }

    private func ownerLoad(_ i: Int) -> (Double?, Int) {
        var load: [String: Int] = [:]
        let own = standing(i)
        for standing in own { if let owner = standing.owner { load[owner, default: 0] += 1 } }
        return (load.values.max().map { Double($0) }, own.count)
    }
}
