import Evaluations
import Measures
import Records
import Store

/// Reads what a test may look at from the store: the roll-ups it needs, the last day that the latest turn analysed, and the
/// calendar.
/// - Returns: Nil when there are no tickets at all.
public func evidence(for needs: [MeasuredSlice], in store: any Store) async throws -> Evidence? {
    let organisation = try await Organisation(of: store)
    guard let last = try await store.extents().map(\.lastKnown).max() else { return nil }
    var rollups: [MeasuredSlice: Rollup] = [:]
    for need in needs {
        rollups[need] = try await rollup(for: need.measure, need.slice, in: store, organisation)
    }
    var asOf = organisation.zone.day(of: last)
    // Days in which an export thins out cannot be judged, as they cannot be searched.
    if let window = try await store.latestTurn()?.window { asOf = min(asOf, window.last) }
    return Evidence(rollups: rollups, asOf: asOf, calendar: organisation.calendar)
}
