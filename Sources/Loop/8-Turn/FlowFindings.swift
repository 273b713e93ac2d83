import Processes
import Records
import Signals
import Store

/// How tickets of a kind flowed, from the totals the store keeps.
/// - Returns: Nil when there are none, or when their histories are not known.
public func flowEvidence(
    of kind: TicketKind, in store: any Store, _ organisation: Organisation
) async throws -> FlowEvidence? {
    let calendar = organisation.calendar
    let whole = try await store.processWeeks(kind, .everything, over: nil, calendar: calendar)
    guard let last = whole.weeks.keys.max(),
        let everything = FlowHistory(kind: kind, slice: .everything, totals: whole.weeks),
        everything.total(everything.weeks.indices).isHistoryKnown
    else { return nil }
    var evidence = FlowEvidence(histories: [everything], names: whole.names)
    for dimension in Dimension.allCases {
        let values = try await store.values(of: dimension, kind, limit: FlowEvidence.valuesMax)
            .filter { $0.count >= FlowEvidence.ticketsMin }
        // A part that is everything says nothing new.
        guard values.count > 1 else { continue }
        for value in values {
            let slice = Slice(dimension, value.value)
            let part = try await store.processWeeks(kind, slice, over: nil, calendar: calendar)
            guard let history = FlowHistory(kind: kind, slice: slice, totals: part.weeks, through: last) else {
                continue
            }
            evidence.histories.append(history)
            evidence.names.merge(part.names) { a, _ in a }
        }
    }
    return evidence
}

/// Finds what changed in how work flows, kind by kind.
/// - Parameter share: The part of the promised rate that each kind may use.
func flowDetections(
    _ flows: [TicketKind: FlowEvidence], rate: Double, share: (TicketKind) -> Double
) -> [(kind: TicketKind, found: FlowDetection)] {
    TicketKind.allCases.compactMap { kind in
        guard let evidence = flows[kind] else { return nil }
        return (
            kind, detectFlow(evidence.histories, names: evidence.names, rate: rate * share(kind) * flowBudget)
        )
    }
}
