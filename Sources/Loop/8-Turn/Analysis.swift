import Measures
import Opportunities
import Records
import Signals

/// What one look at the tickets says: the findings of all kinds, and what is worth doing about them.
public struct Analysis: Sendable {
    public var signals: [Signal]
    public var opportunities: [Opportunity]
    public var tested: Int
    public var expectedFalse: Double
    public var rate: Double
    /// The days analysed of the kind with the most tickets.
    public var window: Period?
    public var notes: [DetectionNote]
    /// The last moment of the data.
    public var asOf: Moment?
}

/// Runs every detector over every kind of ticket, and groups what they found. Pure: the same tickets, the same answer.
///
/// The promised false discovery rate is divided over the kinds by the number of their tickets; a part of a kind's (`flowBudget`) is
/// for how its work flows, where its histories are known.
/// - Parameters:
///   - until: Nothing after this moment is known; nil is the last moment in the data.
///   - flows: How tickets flowed, for the kinds whose histories are known.
public func analyse(
    _ tickets: TicketTable, for organisation: Organisation, until: Moment? = nil,
    flows: [TicketKind: FlowEvidence] = [:]
) -> Analysis {
    var counts: [TicketKind: Int] = [:]
    for kind in tickets.kind { counts[TicketKind(rawValue: kind) ?? .incident, default: 0] += 1 }
    var analysis = Analysis(
        signals: [], opportunities: [], tested: 0, expectedFalse: 0, rate: DetectionOptions().rate, window: nil,
        notes: [], asOf: until ?? tickets.lastKnown)
    let total = Double(max(1, tickets.count))
    var detections: [Detection] = []
    for kind in TicketKind.allCases.sorted(by: { counts[$0, default: 0] > counts[$1, default: 0] }) {
        guard let count = counts[kind], count > 0 else { continue }
        var options = DetectionOptions()
        options.share = Double(count) / total
        let found = detect(
            tickets, kind: kind, zone: organisation.zone, until: until,
            holidays: organisation.calendar.holidays,
            targets: organisation.targets.filter { Measure(id: $0.measure)?.kind == kind }, options: options)
        detections.append(found)
        analysis.signals += found.signals
        analysis.tested += found.tested
        analysis.expectedFalse += found.expectedFalse
        analysis.window = analysis.window ?? found.window
        for note in found.notes where !analysis.notes.contains(note) { analysis.notes.append(note) }
    }
    let flowed = flowDetections(flows, rate: DetectionOptions().rate) { Double(counts[$0, default: 0]) / total }
    for (_, found) in flowed {
        detections.append(
            Detection(
                signals: found.signals, tested: found.tested, expectedFalse: found.expectedFalse,
                rate: DetectionOptions().rate, window: nil, notes: []))
        analysis.signals += found.signals
        analysis.tested += found.tested
        analysis.expectedFalse += found.expectedFalse
    }
    if counts.isEmpty { analysis.notes = [.noTickets] }
    analysis.opportunities = opportunities(from: detections, tickets: tickets)
    return analysis
}

extension TicketTable {
    /// Tickets of a slice and kind opened in some days: how many there are, and the numbers of the latest of them.
    public func evidence(
        _ kind: TicketKind, _ slice: Slice, opened period: Period, zone: Zone, limit: Int
    ) -> (count: Int, numbers: [String]) {
        let parts = slice.parts.map { ($0.dimension, names.existing($0.value)) }
        guard parts.allSatisfy({ $0.1 != nil }) else { return (0, []) }
        let from = zone.start(of: period.first).seconds
        let to = zone.start(of: period.last + 1).seconds
        var rows: [Int] = []
        for i in 0..<count
        where self.kind[i] == kind.rawValue && Int64(opened[i]) >= from && Int64(opened[i]) < to
            && TicketStatus(rawValue: status[i])?.isVoid != true
            && parts.allSatisfy({ attributes[i, $0.0] == $0.1 })
        { rows.append(i) }
        let latest = rows.sorted { (opened[$0], $0) > (opened[$1], $1) }.prefix(limit)
        return (rows.count, latest.map { number($0) })
    }
}

extension TicketTable {
    /// Totals by day of a slice, added up from the columns. O(tickets).
    public func rollup(_ kind: TicketKind, _ slice: Slice, calendar: BusinessCalendar) -> Rollup {
        var out = Rollup()
        let parts = slice.parts.map { ($0.dimension, names.existing($0.value)) }
        guard parts.allSatisfy({ $0.1 != nil }) else { return out }
        for i in 0..<count
        where self.kind[i] == kind.rawValue && parts.allSatisfy({ attributes[i, $0.0] == $0.1 }) {
            if let contribution = Contribution(of: ticket(i), calendar: calendar) { out.add(contribution) }
        }
        return out
    }
}
