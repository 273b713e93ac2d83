import Evaluations
import Improvements
import Measures
import Organisations
import Records
import Signals

/// What an organisation knew at the end of a day: nothing that happened later shows.
public struct Archive: Sendable {
    public let organisation: SampleOrganisation
    public let calendar: BusinessCalendar

    public init(_ organisation: SampleOrganisation) {
        self.organisation = organisation
        calendar = BusinessCalendar(zone: .utc, holidays: Set(organisation.holidays))
    }

    /// The roll-ups of some measures and slices, added up from the tickets as they stood. O(tickets × slices).
    public func evidence(for needs: [MeasuredSlice], asOf day: Day) -> Evidence {
        var rollups: [MeasuredSlice: Rollup] = [:]
        var kept: [String: Rollup] = [:]
        for need in needs {
            let key = "\(need.measure.records) \(need.slice.address)"
            let rollup = kept[key] ?? rollup(need, asOf: day)
            kept[key] = rollup
            rollups[need] = rollup
        }
        return Evidence(rollups: rollups, asOf: day, calendar: calendar)
    }

    private func rollup(_ need: MeasuredSlice, asOf day: Day) -> Rollup {
        switch need.measure.records {
        case .tickets(let kind): tickets(kind, need.slice, asOf: day)
        case .surveys: answers(need.slice, asOf: day)
        case .readings(let quantity): readings(quantity, need.slice, asOf: day)
        case .suggestions: Rollup()
        }
    }

    private func answers(_ slice: Slice, asOf day: Day) -> Rollup {
        var rollup = Rollup()
        let end = (day + 1).startInUTC
        for answer in organisation.answers
        where answer.answeredAt < end && slice[.service].map({ $0 == answer.service }) ?? true
            && slice[.segment].map({ $0 == answer.segment }) ?? true
        {
            rollup.add(ValueTotals(answer), on: Zone.utc.day(of: answer.answeredAt))
        }
        return rollup
    }

    private func readings(_ quantity: ReadingQuantity, _ slice: Slice, asOf day: Day) -> Rollup {
        var rollup = Rollup()
        let end = (day + 1).startInUTC
        for reading in organisation.readings
        where reading.at < end && reading.quantity == quantity.name
            && slice[.device].map({ $0 == reading.device }) ?? true
        {
            rollup.add(ValueTotals(reading: reading.value), on: Zone.utc.day(of: reading.at))
        }
        return rollup
    }

    private func tickets(_ kind: TicketKind, _ slice: Slice, asOf day: Day) -> Rollup {
        var rollup = Rollup()
        let parts = slice.parts.map { ($0.dimension, organisation.names.existing($0.value)) }
        let end = (day + 1).startInUTC
        for ticket in organisation.tickets
        where ticket.kind == kind && ticket.openedAt < end
            && parts.allSatisfy({ $0.1 == ticket.attributes[$0.0] })
        {
            if let contribution = Contribution(of: ticket.asOf(day), calendar: calendar) { rollup.add(contribution) }
        }
        return rollup
    }

    /// The tickets of one kind as they stood, in columns.
    public func table(_ kind: TicketKind, asOf day: Day) -> TicketTable {
        var table = TicketTable(names: organisation.names)
        for ticket in organisation.tickets(asOf: day) where ticket.kind == kind { table.append(ticket) }
        table.finish(names: organisation.names)
        return table
    }

    /// What the detectors say at the end of a day about tickets of one kind.
    public func findings(_ kind: TicketKind, asOf day: Day) -> (detection: Detection, tickets: TicketTable) {
        let table = table(kind, asOf: day)
        return (detect(table, kind: kind, zone: .utc, holidays: calendar.holidays), table)
    }
}

extension TrueRound {
    /// What the round's objective is measured by.
    public var measured: MeasuredSlice? { Measure(id: measure).map { MeasuredSlice($0, slice) } }

    /// The slices that are compared: one for each place, those it came to first.
    public var controls: [Slice] {
        guard let dimension else { return [] }
        return (places.map(\.name) + untouched).map { Slice(slice.parts + [Slice.Part(dimension, $0)]) }
    }
}
