import Measures
import Records
import Store

/// An incident this long after a change on the same service is taken to have followed it.
public let changeFollowedWithin = Duration.seconds(86_400)

/// The totals that a measure of a slice is read from: those the store keeps, or, for the two measures that rest on several
/// kinds of tickets, those added up from them.
public func rollup(
    for measure: Measure, _ slice: Slice, in store: any Store, _ organisation: Organisation
) async throws -> Rollup {
    let calendar = organisation.calendar
    guard let kind = measure.kind else { return try await store.recordTotals(measure.records, slice) }
    switch measure.quantity {
    case .followedByIncident:
        return try await store.followedChanges(slice, within: changeFollowedWithin, zone: organisation.zone)
    case .unplannedShare:
        var planned: [Rollup] = []
        for kind in [TicketKind.request, .problem, .change] {
            planned.append(try await store.rollup(kind, slice, over: nil, calendar: calendar))
        }
        return Rollup.work(
            incidents: try await store.rollup(.incident, slice, over: nil, calendar: calendar), planned: planned)
    default:
        return try await store.rollup(kind, slice, over: nil, calendar: calendar)
    }
}
