import Connectors
import Gains
import Improvements
import Measures
import Opportunities
import People
import Records
import Signals
import Store

/// The improvement work as a store knows it.
public func programme(in store: any Store, _ organisation: Organisation, today: Day) async throws -> Programme {
    let improvements = try await store.improvements()
    var leads: [String: SignalKind] = [:]
    for opportunity in try await store.opportunities() { leads[opportunity.id] = opportunity.lead.kind }
    return Programme(
        improvements: improvements.map { .init(id: $0.id.value, $0.improvement) },
        suggestions: try await suggestions(in: store, improvements),
        joined: try await store.accounts().filter(\.isActive).map(\.createdAt), leads: leads,
        hours: weeklyHours(try await store.timePromises(), improvements.numbered), zone: organisation.zone,
        today: today)
}

/// Suggestions as they were handed in. An improvement that says it came from one counts once, through the suggestion.
private func suggestions(
    in store: any Store, _ improvements: [KeptImprovement]
) async throws -> [Programme.Suggestion] {
    let kept = try await store.suggestionTimes()
    if !kept.isEmpty { return kept }
    return improvements.compactMap { kept in
        guard case .suggestion = kept.improvement.origin, let first = kept.improvement.entries.first else { return nil }
        return Programme.Suggestion(at: first.at, by: first.by)
    }
}

/// What is on record that could have moved the measures of some signals.
public func knownCauses(
    of signals: [Signal], in store: any Store, _ organisation: Organisation
) async throws -> KnownCauses {
    var causes = KnownCauses(holidays: organisation.calendar.holidays, told: try await store.explanations())
    for kept in try await store.improvements() {
        for round in kept.improvement.rounds where !round.live.isEmpty {
            let objective = round.plan?.plan.objective ?? round.objective
            causes.live.append(
                .init(
                    id: kept.id.value, title: kept.improvement.title,
                    measure: objective?.measure.flatMap { Measure(id: $0) }, slice: objective?.slice ?? .everything,
                    days: round.live.map(\.on)))
        }
    }
    if let turn = try await store.latestTurn() {
        for case .thinsOut(let analysed, _) in turn.notes { causes.analysed = analysed }
    }
    for kept in try await store.imports(limit: importsRead) {
        guard let doctor = Doctor(json: kept.report) else { continue }
        causes.gaps += doctor.gaps.map { Period($0.first, through: $0.last) }
    }
    causes.changes = try await changes(near: signals, in: store, organisation)
    return causes
}

/// Reports of so many imports are read for gaps.
private let importsRead = 100
/// Changes near a signal that are looked at: the latest before its date.
private let changesRead = 200

private func changes(
    near signals: [Signal], in store: any Store, _ organisation: Organisation
) async throws -> [String: KnownCauses.Changes] {
    guard let extent = try await store.extents().first(where: { $0.kind == .change }) else { return [:] }
    let zone = organisation.zone
    var found: [String: KnownCauses.Changes] = [:]
    for signal in signals where signal.measure.kind != .change {
        // Of a pair the first part: a change seldom has both.
        let slice = signal.slice.parts.first.map { Slice([$0]) } ?? .everything
        let window = causeWindow(of: signal)
        let opened = zone.start(of: window.first)..<zone.start(of: window.last + 1)
        let near = try await store.tickets(.change, slice, opened: opened, after: nil, limit: changesRead)
        if near.isEmpty { continue }
        let rollup = try await store.rollup(.change, slice, over: nil, calendar: organisation.calendar)
        let days = max(1, zone.day(of: extent.lastOpened) - zone.day(of: extent.firstOpened) + 1)
        let all = rollup.days.values.reduce(Int64(0)) { $0 + $1[.opened] }
        found[signal.id] = KnownCauses.Changes(
            near: near.map { ($0.number, zone.day(of: $0.openedAt)) }, perDay: Double(all) / Double(days))
    }
    return found
}

/// Unauthorised changes by week, of those of which it is known; whole weeks that end with the last day analysed.
func unauthorised(in store: any Store, _ organisation: Organisation, through last: Day) async throws -> WeeklyCounts {
    let rollup = try await store.rollup(.change, .everything, over: nil, calendar: organisation.calendar)
    guard let known = rollup.period, known.first <= last else {
        return WeeklyCounts(weeks: [], counts: [], exposures: [])
    }
    let count = min(104, (last - known.first + 1) / 7)
    let weeks = (0..<count).reversed().map { Period(last - $0 * 7 - 6, through: last - $0 * 7) }
    let totals = weeks.map { rollup.total($0, withSketches: false) }
    return WeeklyCounts(
        weeks: weeks, counts: totals.map { Double($0[.unauthorized]) },
        exposures: totals.map { Double($0[.authorizationKnown]) })
}
