import Evaluations
import Measures
import Records
import Store

/// Reads what a test may look at from the store: the roll-ups it needs, the last day that the latest turn analysed, and the
/// calendar. Answers and readings end with their own last day.
/// - Returns: Nil when there is nothing at all.
public func evidence(for needs: [MeasuredSlice], in store: any Store) async throws -> Evidence? {
    let organisation = try await Organisation(of: store)
    var rollups: [MeasuredSlice: Rollup] = [:]
    for need in needs {
        rollups[need] = try await rollup(for: need.measure, need.slice, in: store, organisation)
    }
    guard var asOf = try await lastDay(of: needs, in: store, organisation.zone) else { return nil }
    guard needs.contains(where: { $0.measure.kind != nil }) else {
        return Evidence(rollups: rollups, asOf: asOf, calendar: organisation.calendar)
    }
    // Days in which an export thins out cannot be judged, as they cannot be searched.
    if let window = try await store.latestTurn()?.window { asOf = min(asOf, window.last) }
    return Evidence(rollups: rollups, asOf: asOf, calendar: organisation.calendar)
}

/// The last day of the tickets where a test looks at any, otherwise of its answers and readings.
private func lastDay(of needs: [MeasuredSlice], in store: any Store, _ zone: Zone) async throws -> Day? {
    let tickets = try await store.extents().map(\.lastKnown).max().map { zone.day(of: $0) }
    if let tickets, needs.isEmpty || needs.contains(where: { $0.measure.kind != nil }) { return tickets }
    var last: Day?
    for records in Set(needs.map(\.measure.records)) {
        guard let days = try await store.recordDays(records) else { continue }
        last = max(last ?? days.last, days.last)
    }
    return last ?? tickets
}
