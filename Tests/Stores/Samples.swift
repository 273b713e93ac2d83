import Foundation
import Measures
import Records
import Store
import Synchronization
import Testing

/// A folder of its own for each test, gone when the test is.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "ratchet-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}

let calendar = BusinessCalendar(zone: .utc)

/// Tickets of some months, the same for the same seed.
func sampleTickets(_ count: Int, names: inout Names, seed: UInt64 = 1) -> [Ticket] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
    return (0..<count).map { i in
        var t = Ticket(number: "INC\(i)", openedAt: Moment(seconds: 1_456_704_000 + Int64(i) * 1800))
        t.attributes[.category] = names.name("Category \(next(5))")
        t.attributes[.group] = names.name("Group \(next(3))")
        t.attributes[.priority] = names.name("\(1 + next(4))")
        t.updatedAt = t.openedAt
        t.slaMet = next(2) == 0
        if next(4) > 0 {
            t.status = .resolved
            t.resolvedAt = Moment(seconds: t.openedAt.seconds + Int64(60 + next(600_000)))
            t.updatedAt = t.resolvedAt
        }
        t.line = Int32(i + 2)
        return t
    }
}

func batches(_ tickets: [Ticket], of size: Int) -> [ImportBatch] {
    stride(from: 0, to: tickets.count, by: size).map { start in
        var batch = ImportBatch()
        batch.rows = Array(tickets[start..<min(start + size, tickets.count)])
        batch.rowsDone = start + batch.rows.count
        return batch
    }
}

/// Everything a store holds of the records, as text: two stores are equal when this is.
func dump(_ store: any Store) async throws -> [String] {
    let lines = Lines()
    try await store.eachTicket { record in
        var t = record.ticket
        let words = Dimension.allCases.map { record.names[t.attributes[$0]] }
        t.attributes = Attributes()
        lines.add(
            "\(t.number) \(t.kind) \(t.status) \(words) \(t.openedAt) \(String(describing: t.resolvedAt)) "
                + "\(String(describing: t.slaMet)) \(t.line) \(record.events)")
    }
    for dimension in Dimension.allCases {
        for slice in try await store.values(of: dimension, .incident, limit: 1000) {
            let rollup = try await store.rollup(
                .incident, Slice(dimension, slice.value), over: nil, calendar: calendar)
            let days = rollup.days.keys.sorted().map { "\($0) \(rollup.days[$0]?.counters ?? [])" }
            lines.add("\(dimension) \(slice.value) \(slice.count) \(days)")
        }
    }
    return lines.all
}

/// Lines that a store's closure tells one after another.
final class Lines: Sendable {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
    func add(_ lines: [String]) { kept.withLock { $0 += lines } }
}
