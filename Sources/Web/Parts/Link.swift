import Measures
import Records
import Signals

/// The addresses of our own pages, written in one place.
enum Link {
    static func measure(
        _ measure: Measure, _ slice: Slice = .everything, _ reading: DurationReading = .median
    ) -> String {
        if measure.step != nil { return process(measure, slice) }
        let parts = (slice.parts.isEmpty ? [] : [slice.address]) + query(reading)
        return "/measures/\(measure.id)" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    /// How durations are to be read; nothing for the median by the clock.
    private static func query(_ reading: DurationReading) -> [String] {
        (reading.share == DurationReading.ninetieth ? ["percentile=90"] : [])
            + (reading.calendar == nil ? [] : ["hours=business"])
    }

    static func tickets(_ period: Period? = nil, _ slice: Slice = .everything, kind: TicketKind) -> String {
        var parts = ["kind=\(kind.plural)"]
        if let period { parts += ["from=\(period.first)", "through=\(period.last)"] }
        if !slice.parts.isEmpty { parts.append(slice.address) }
        return "/tickets?" + parts.joined(separator: "&")
    }

    /// The records behind a figure of a measure, whatever they are.
    static func records(_ measure: Measure, _ period: Period? = nil, _ slice: Slice = .everything) -> String {
        var parts = period.map { ["from=\($0.first)", "through=\($0.last)"] } ?? []
        if !slice.parts.isEmpty { parts.append(slice.address) }
        switch measure.records {
        case .tickets(let kind): return tickets(period, slice, kind: kind)
        case .surveys: return "/feedback?" + (parts + ["measure=\(measure.id)"]).joined(separator: "&") + "#answers"
        case .suggestions: return "/feedback#suggestions"
        case .readings(let quantity):
            return "/readings?" + (["quantity=\(percentEncoded(quantity.name))"] + parts).joined(separator: "&")
        }
    }

    /// Where a finding leads, and to the records it was made from.
    static func finding(_ signal: Signal) -> String {
        switch (signal.kind, signal.subject) {
        case (.recurrence, let subject?): "/problems/\(percentEncoded(subject.id))"
        case (.theme, _): "/feedback#themes"
        default: measure(signal.measure, signal.slice)
        }
    }

    static func evidence(_ signal: Signal) -> String {
        switch (signal.kind, signal.subject) {
        case (.recurrence, let subject?): "/problems/\(percentEncoded(subject.id))#tickets"
        case (.theme, _): "/feedback#themes"
        default: records(signal.measure, signal.evidence, signal.slice)
        }
    }

    static func ticket(_ kind: TicketKind, _ number: String) -> String {
        "/tickets/\(kind.plural)/\(percentEncoded(number))"
    }

    /// How tickets of a kind flow; of one figure of it, its picture.
    static func process(_ kind: TicketKind, _ slice: Slice = .everything) -> String {
        "/process?kind=\(kind.plural)" + (slice.parts.isEmpty ? "" : "&" + slice.address)
    }

    static func process(_ measure: Measure, _ slice: Slice) -> String {
        process(measure.kind ?? .incident, slice) + "&measure=\(percentEncoded(measure.id))#figure"
    }

    static func opportunity(_ id: String) -> String { "/register/\(percentEncoded(id))" }
    static func signal(_ id: String) -> String { "/signals#s-\(percentEncoded(id))" }
    static func run(_ token: String) -> String { "/sources/runs/\(percentEncoded(token))" }
    static func events(ofImport token: String) -> String {
        "/api/v1/events?kind=import&subject=\(percentEncoded(token))"
    }
    static func importPage(_ id: String) -> String { "/sources/imports/\(percentEncoded(id))" }

    /// One chart: a measure of a slice over some days, by days or by weeks; as a page, or as a file with an ending.
    static func chart(
        _ measure: Measure, _ slice: Slice, _ period: Period, step: Int, ending: String = "",
        _ reading: DurationReading = .median
    ) -> String {
        var parts = slice.parts.isEmpty ? [] : [slice.address]
        parts += ["from=\(period.first)", "through=\(period.last)", "step=\(step)"] + query(reading)
        return "/measures/\(measure.id)\(ending)?" + parts.joined(separator: "&")
    }

    static func addresses(
        _ measure: Measure, _ slice: Slice, _ period: Period, step: Int, _ reading: DurationReading = .median
    ) -> SeriesChart.Addresses {
        func address(_ ending: String) -> String { chart(measure, slice, period, step: step, ending: ending, reading) }
        return SeriesChart.Addresses(page: address(""), csv: address(".csv"), svg: address(".svg"))
    }

    /// The same address with one part of its query set to another value.
    static func setting(_ name: String, to value: String, in path: String, _ query: [(String, String)]) -> String {
        var pairs = query.filter { $0.0 != name }
        pairs.append((name, value))
        return path + "?" + pairs.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
    }
}
