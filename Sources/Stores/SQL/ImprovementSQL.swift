import Foundation
import Improvements
import Records
import Store

/// Improvements as their entries.
extension SQLStore {
    public func open(_ entry: Entry) async throws -> ID<Improvement> { try await open([entry]) }

    public func append(_ entry: Entry, to id: ID<Improvement>, seen version: Int) async throws -> Improvement? {
        try await append([entry], to: id, seen: version)
    }

    public func improvement(_ id: ID<Improvement>) async throws -> Improvement? {
        try await database.read { try Self.improvement(id, $0) }
    }

    public func improvements() async throws -> [KeptImprovement] {
        try await database.read { c in
            var entries: [Int64: [Entry]] = [:]
            let rows = try c.rows("select improvement, body from improvement_entry order by improvement, place") {
                ($0.integer(0), try Self.entry($0.text(1)))
            }
            for (id, entry) in rows { entries[id, default: []].append(entry) }
            return try entries.keys.sorted().map {
                KeptImprovement(id: ID($0), improvement: try Improvement(entries[$0, default: []]))
            }
        }
    }

    static func improvement(_ id: ID<Improvement>, _ c: any SQLConnection) throws -> Improvement? {
        let entries = try c.rows(
            "select body from improvement_entry where improvement = $1 order by place", .integer(id.value)
        ) { try entry($0.text(0)) }
        return entries.isEmpty ? nil : try Improvement(entries)
    }

    static func insert(_ entry: Entry, _ id: ID<Improvement>, place: Int, _ c: any SQLConnection) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try c.run(
            "insert into improvement_entry (improvement, place, at, by_name, body) values ($1, $2, $3, $4, $5)",
            .integer(id.value), Value(place), .integer(entry.at.microseconds), .text(entry.by),
            .text(String(decoding: try encoder.encode(entry), as: UTF8.self)))
    }

    private static func entry(_ body: String) throws -> Entry {
        try JSONDecoder().decode(Entry.self, from: Data(body.utf8))
    }
}
