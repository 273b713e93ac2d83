import Foundation
import People
import Records
import Store
import Synchronization

/// How often each route was asked, with which answers, and how long that took.
final class Tally: Sendable {
    struct Key: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    struct Durations {
        var counts = [Int](repeating: 0, count: Tally.bounds.count + 1)
        var seconds = 0.0
    }

    /// Upper bounds in seconds: a page is meant to take less than 0.05.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let state = Mutex((requests: [Key: Int](), durations: [String: Durations]()))

    func note(_ ask: Ask, _ status: Int, took: Duration) {
        var route = "other"
        if case .found(let found, _) = Routes.find(ask.method, ask.segments) { route = found.path }
        let parts = took.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
        let key = Key(method: route == "other" ? "other" : ask.method, route: route, status: status)
        state.withLock { state in
            state.requests[key, default: 0] += 1
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.durations[route, default: Durations()].counts[place] += 1
            state.durations[route, default: Durations()].seconds += seconds
        }
    }

    /// In the text format of Prometheus, in a fixed order.
    var text: String {
        let (requests, durations) = state.withLock { ($0.requests, $0.durations) }
        var out = "# HELP ratchet_requests_total Requests answered.\n# TYPE ratchet_requests_total counter\n"
        let keys = requests.keys.sorted { ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status) }
        for key in keys {
            let labels = "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
            out += "ratchet_requests_total{\(labels)} \(requests[key, default: 0])\n"
        }
        out += """
            # HELP ratchet_request_duration_seconds How long answers took.
            # TYPE ratchet_request_duration_seconds histogram

            """
        for (route, found) in durations.sorted(by: { $0.key < $1.key }) {
            var sum = 0
            for (i, bound) in Self.bounds.enumerated() {
                sum += found.counts[i]
                out += "ratchet_request_duration_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(sum)\n"
            }
            let all = sum + found.counts[Self.bounds.count]
            out += "ratchet_request_duration_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(all)\n"
            out += "ratchet_request_duration_seconds_sum{route=\"\(route)\"} \(found.seconds)\n"
            out += "ratchet_request_duration_seconds_count{route=\"\(route)\"} \(all)\n"
        }
        return out
    }
}

extension Routes {
    static let operations: [Route] = [
        Route("GET", "/metrics", .read, "Figures of the server, for Prometheus", answer: { try await metrics($0) })
    ]

    private static func metrics(_ call: Call) async throws -> Reply {
        var out = call.site.tally.text
        func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible) {
            out += "# HELP ratchet_\(name) \(help)\n# TYPE ratchet_\(name) gauge\nratchet_\(name) \(value)\n"
        }
        var size: Int64 = 0
        for ending in ["", "-wal"] {
            let values = try? FileManager.default.attributesOfItem(atPath: call.store.address + ending)
            size += values?[.size] as? Int64 ?? 0
        }
        gauge("store_bytes", "Size of the store and what is still to be written into it.", size)
        let marks = try await call.store.marks()
        out += "# HELP ratchet_turns_total Turns of the analysis.\n# TYPE ratchet_turns_total counter\n"
        out += "ratchet_turns_total \(marks.turns)\n"
        gauge("improvement_entries", "Entries of all improvements.", marks.entries)
        if let turn = try await call.store.latestTurn() {
            gauge("last_turn_timestamp_seconds", "When the latest turn was made.", turn.at.seconds)
            gauge("signals", "Findings of the latest turn.", try await call.store.signals().count)
        }
        out += "# HELP ratchet_tickets Tickets by kind.\n# TYPE ratchet_tickets gauge\n"
        for extent in try await call.store.extents() {
            out += "ratchet_tickets{kind=\"\(extent.kind.plural)\"} \(extent.count)\n"
        }
        return Reply(
            200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")], body: Array(out.utf8))
    }
}
