import Languages
import Measures
import Opportunities
import Records
import Signals
import Store
import Turn

/// What the pages of findings read first: who the organisation is, what the latest turn said, and which days there are.
struct Facts: Sendable {
    let store: any Store
    let organisation: Organisation
    let turn: TurnRecord?
    let extents: [Extent]
    /// The last day of the data; nil when there is none.
    let asOf: Day?

    init(_ store: any Store) async throws {
        self.store = store
        organisation = try await Organisation(of: store)
        turn = try await store.latestTurn()
        extents = try await store.extents()
        let last = extents.map(\.lastKnown).max()
        asOf = last.map { [organisation] in organisation.zone.day(of: $0) }
    }

    var zone: Zone { organisation.zone }

    /// The kind of ticket there is most of.
    var kind: TicketKind? { extents.max { $0.count < $1.count }?.kind }

    /// Whole weeks up to the last day analysed, two years at most: what a chart shows.
    func period(_ kind: TicketKind) -> Period? {
        guard let asOf, let extent = extents.first(where: { $0.kind == kind }) else { return nil }
        var first = zone.day(of: extent.firstOpened)
        var last = min(zone.day(of: extent.lastOpened), asOf)
        if let window = turn?.window, window.last > first {
            last = min(last, window.last)
            first = max(first, window.first)
        }
        first = max(first, last - (Facts.chartDaysMax - 1))
        return first <= last ? Period(first, through: last) : nil
    }

    /// The same of a measure: of answers and readings, all days there are, two years at most.
    func period(of measure: Measure) async throws -> Period? {
        if let kind = measure.kind { return period(kind) }
        guard let days = try await store.recordDays(measure.records) else { return nil }
        return Period(max(days.first, days.last - (Facts.chartDaysMax - 1)), through: days.last)
    }

    /// A measure with the unit its readings are kept in.
    func known(_ measure: Measure) async throws -> Measure {
        guard let reading = measure.reading else { return measure }
        let all = try await store.readQuantities()
        return all.first { $0.quantity == reading }.map { .readings($0.quantity) } ?? measure
    }

    static let chartDaysMax = 728

    /// Whether at least half of the tickets have a value in a dimension: only then does it divide them.
    func divides(_ dimension: Dimension, _ kind: TicketKind) async throws -> Bool {
        let found = try await store.values(of: dimension, kind, limit: 500)
        let all = extents.first { $0.kind == kind }?.count ?? 0
        return found.count > 1 && found.reduce(0) { $0 + $1.count } * 2 >= all
    }

    func rollup(_ kind: TicketKind, _ slice: Slice) async throws -> Rollup {
        try await store.rollup(kind, slice, over: nil, calendar: organisation.calendar)
    }

    /// What a measure of a slice is read from: for some measures that is more than one kind of ticket.
    func rollup(for measure: Measure, _ slice: Slice) async throws -> Rollup {
        try await Turn.rollup(for: measure, slice, in: store, organisation)
    }

    /// The weeks of a measure.
    func weeks(_ measure: Measure, of rollup: Rollup, over period: Period) -> Series {
        Series(measure, of: rollup, over: period, step: 7, asOf: asOf ?? period.last)
    }

    /// The last four weeks as one figure.
    func now(
        _ measure: Measure, of rollup: Rollup, over period: Period, _ reading: DurationReading = .median
    ) -> Figure? {
        guard period.dayCount >= 28 else { return nil }
        let last = Period(period.last - 27, through: period.last)
        return Series(measure, of: rollup, over: last, step: 28, asOf: asOf ?? period.last, reading: reading).values
            .last
            ?? nil
    }

    /// The picture of a signal, with what else was found about the same measure of the same slice.
    func chart(of signal: Signal, among signals: [Signal], _ words: Words) async throws -> SeriesChart? {
        if signal.measure.step != nil { return try await flowChart(of: signal, among: signals, words) }
        guard var period = try await period(of: signal.measure) else { return nil }
        // A single day would vanish in its week: the days around it are drawn.
        let step = signal.kind == .spike ? 1 : 7
        if step == 1 {
            let first = max(period.first, signal.at - Facts.daysAroundSpike)
            let last = min(period.last, signal.at + Facts.daysAroundSpike)
            if first <= last { period = Period(first, through: last) }
        }
        let rollup = try await rollup(for: signal.measure, signal.slice)
        let series = Series(signal.measure, of: rollup, over: period, step: step, asOf: asOf ?? period.last)
        guard let first = series.steps.first?.first else { return nil }
        var chart = Web.chart(
            of: signal, among: signals, first: first, step: step, values: series.values.map { $0?.value }, words)
        chart.addresses = Link.addresses(signal.measure, signal.slice, period, step: step)
        return chart
    }

    static let daysAroundSpike = 28
}
