import Measures
import Opportunities
import Records
import Signals
import Store

/// One turn of the loop: reads what is new, finds what changed, and writes the findings.
///
/// A finding rests on months of tickets, and a few more of them do not move it. So a turn first asks how much is new. When
/// it is little (see `Watch`), only the new days are looked at, in the roll-ups, for anything that cannot wait; when there is
/// such a thing, or when enough has come together, every series is searched anew.
/// - Parameters:
///   - now: When this happens, for the record; the findings are as of the last moment of the data.
///   - isForced: Searches anew even when nothing has changed.
@discardableResult
public func turn(_ store: any Store, at now: Moment, isForced: Bool = false) async throws -> TurnRecord {
    let record = try await search(store, at: now, isForced: isForced)
    try await reviewProgramme(store, at: now)
    return record
}

private func search(_ store: any Store, at now: Moment, isForced: Bool) async throws -> TurnRecord {
    let changes = try await store.changeCount()
    let last = try await store.latestTurn()
    let organisation = try await Organisation(of: store)
    try await groupTexts(store, organisation)
    try await reviewThemes(store, organisation)
    if !isForced, let last {
        if last.changesSeen == changes {
            try await turnSeries(store, organisation, window: last.window)
            return last
        }
        if try await Watch(of: store, since: last).canWait(changes: changes) {
            try await turnSeries(store, organisation, window: last.window)
            var record = last
            record.at = now
            record.isFullSearch = false
            try await store.save(record)
            return record
        }
    }
    let tickets = try await store.ticketTable()
    try await store.refreshProcesses(calendar: organisation.calendar)
    var flows: [TicketKind: FlowEvidence] = [:]
    for kind in TicketKind.allCases { flows[kind] = try await flowEvidence(of: kind, in: store, organisation) }
    var analysis = analyse(tickets, for: organisation, flows: flows)
    let series = try await turnSeries(store, organisation, window: analysis.window)
    keepIdentities(&analysis, from: try await store.signals())
    try await markUnexplained(&analysis, store, organisation)
    try await addRecurrences(to: &analysis, store, organisation)
    let record = TurnRecord(
        at: now, asOf: analysis.asOf ?? now, tickets: tickets.count,
        tested: analysis.tested + (series?.tested ?? 0),
        expectedFalse: analysis.expectedFalse + (series?.expectedFalse ?? 0), rate: analysis.rate,
        window: analysis.window, notes: analysis.notes,
        changesSeen: changes, isFullSearch: true)
    try await store.save(record, signals: analysis.signals, opportunities: analysis.opportunities)
    return record
}

/// Gives a finding the name it had in the turn before: the same measure, slice and kind, and a date that is nearly the same.
private func keepIdentities(_ analysis: inout Analysis, from earlier: [Signal]) {
    var left = earlier
    var renamed: [String: String] = [:]
    var taken = Set(analysis.signals.map(\.id))
    for i in analysis.signals.indices {
        let signal = analysis.signals[i]
        guard
            let match = left.firstIndex(where: {
                $0.kind.isSameMove(as: signal.kind) && $0.measure == signal.measure && $0.slice == signal.slice
                    && abs($0.at - signal.at) <= 14
            })
        else { continue }
        let id = left.remove(at: match).id
        guard id != signal.id, !taken.contains(id) else { continue }
        taken.insert(id)
        renamed[signal.id] = id
        analysis.signals[i].id = id
    }
    if renamed.isEmpty { return }
    for i in analysis.opportunities.indices {
        for k in analysis.opportunities[i].signals.indices {
            let id = analysis.opportunities[i].signals[k].id
            analysis.opportunities[i].signals[k].id = renamed[id] ?? id
        }
    }
}
