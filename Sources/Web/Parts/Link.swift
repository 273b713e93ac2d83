import Measures
import Records

/// The addresses of our own pages, written in one place.
enum Link {
    static func measure(_ measure: Measure, _ slice: Slice = .everything) -> String {
        "/measures/\(measure.id)" + query(slice)
    }

    static func tickets(_ period: Period? = nil, _ slice: Slice = .everything, kind: TicketKind) -> String {
        var parts = ["kind=\(kind.plural)"]
        if let period { parts += ["from=\(period.first)", "through=\(period.last)"] }
        if !slice.parts.isEmpty { parts.append(slice.address) }
        return "/tickets?" + parts.joined(separator: "&")
    }

    static func ticket(_ kind: TicketKind, _ number: String) -> String {
        "/tickets/\(kind.plural)/\(percentEncoded(number))"
    }

    static func opportunity(_ id: String) -> String { "/register/\(percentEncoded(id))" }
    static func signal(_ id: String) -> String { "/signals#s-\(percentEncoded(id))" }
    static func run(_ token: String) -> String { "/sources/runs/\(percentEncoded(token))" }
    static func importPage(_ id: String) -> String { "/sources/imports/\(percentEncoded(id))" }

    private static func query(_ slice: Slice) -> String { slice.parts.isEmpty ? "" : "?" + slice.address }

    /// The same address with one part of its query set to another value.
    static func setting(_ name: String, to value: String, in path: String, _ query: [(String, String)]) -> String {
        var pairs = query.filter { $0.0 != name }
        pairs.append((name, value))
        return path + "?" + pairs.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
    }
}
