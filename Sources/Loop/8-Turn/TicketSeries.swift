import Measures
import Records
import Signals
import Store

/// Figures of tickets that the search of the tickets themselves does not look at, because they are not a property that a ticket
/// has once and for all on the day it was opened, or rest on tickets of two kinds.
private let searched: Set<Quantity> = [
    .backlog, .firstContactResolved, .workaroundOnly, .majorShare, .followedByIncident, .unplannedShare,
]
/// Known only when a ticket is done: of recent ones the quick are known, and they are not like the others.
private let knownAtTheEnd: Set<Quantity> = [.firstContactResolved, .workaroundOnly]
private let settlingDays = 28
/// A day's share of fewer tickets says next to nothing.
private let ticketsADayMin = 5.0

/// The daily series of these figures, for everything together: of its parts the search of the tickets tells more, and without
/// telling one change ten times.
///
/// Read from the roll-ups; no ticket is read, but for those that two kinds of tickets are compared for.
/// - Parameter window: The days whose tickets are all there, as the search of the tickets found them.
func ticketSeries(
    in store: any Store, _ extents: [Extent], _ organisation: Organisation, window: Period?
) async throws -> [DailySeries] {
    var all: [DailySeries] = []
    for measure in Measure.catalogue where searched.contains(measure.quantity) {
        guard let extent = extents.first(where: { $0.kind == measure.kind }) else { continue }
        let end = min(
            organisation.zone.day(of: extent.lastKnown), window?.last ?? organisation.zone.day(of: extent.lastKnown))
        let last = knownAtTheEnd.contains(measure.quantity) ? end - settlingDays : end
        let whole = try await rollup(for: measure, .everything, in: store, organisation)
        guard let series = DailySeries(measure, of: whole, from: window?.first, through: last) else { continue }
        let known = series.counts.filter { $0 > 0 }.sorted()
        if measure.unit == .share, known[known.count / 2] < ticketsADayMin { continue }
        all.append(series)
    }
    return all
}
