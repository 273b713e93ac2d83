import Improvements
import Records
import Store

/// What is written for several improvements, or several entries, at once.
extension SQLStore {
    public func open(_ entries: [Entry]) async throws -> ID<Improvement> {
        let improvement = try Improvement(entries)
        return try await database.write { c in
            try Self.checkFamily(entries, of: nil, c)
            return try Self.insert(improvement, c)
        }
    }

    public func append(_ entries: [Entry], to id: ID<Improvement>, seen version: Int) async throws -> Improvement? {
        try await database.write { c in try Self.append(entries, to: id, seen: version, c) }
    }

    public func merge(
        _ id: ID<Improvement>, into other: ID<Improvement>, seen: (first: Int, second: Int), by name: String, at: Moment
    ) async throws -> Improvement? {
        if id == other { throw LifeCycleError.mergeTakesTwo }
        return try await database.write { c in
            guard var first = try Self.improvement(id, c), var second = try Self.improvement(other, c) else {
                return nil
            }
            let along = Entry(.absorbed(Absorbed(first, id: id.value)), by: name, at: at)
            let away = Entry(.merged(into: other.value), by: name, at: at)
            try first.apply(away, seen: seen.first)
            try second.apply(along, seen: seen.second)
            try Self.insert(away, id, place: seen.first, c)
            try Self.insert(along, other, place: seen.second, c)
            return second
        }
    }

    public func takeIn(
        _ rows: [RegisterIntake], rejects: [Reject], rowCount: Int, to id: ID<Import>
    ) async throws {
        try await database.write { c in
            for row in rows {
                if let known = row.improvement {
                    _ = try Self.append(row.entries, to: known, seen: row.seen, c)
                } else {
                    _ = try Self.insert(try Improvement(row.entries), c)
                }
            }
            for reject in rejects {
                try c.run(
                    """
                    insert into reject (import, line, reason, row_text) values ($1, $2, $3, $4) on conflict do nothing
                    """, .integer(id.value), Value(reject.line), .text(reject.reason), .text(reject.row))
            }
            try c.run(
                "update import set row_count = $1, rejected = $2, state = 'done' where id = $3", Value(rowCount),
                Value(rejects.count), .integer(id.value))
        }
    }

    private static func insert(_ improvement: Improvement, _ c: any SQLConnection) throws -> ID<Improvement> {
        let opened = improvement.entries[0].at.microseconds
        let id =
            try c.first("insert into improvement (opened_at) values ($1) returning id", .integer(opened)) {
                $0.integer(0)
            } ?? 0
        for (place, entry) in improvement.entries.enumerated() { try insert(entry, ID(id), place: place, c) }
        return ID(id)
    }

    private static func append(
        _ entries: [Entry], to id: ID<Improvement>, seen version: Int, _ c: any SQLConnection
    ) throws -> Improvement? {
        guard var improvement = try improvement(id, c) else { return nil }
        try checkFamily(entries, of: id, c)
        for (i, entry) in entries.enumerated() {
            switch entry.change {
            case .merged, .absorbed: throw LifeCycleError.mergeTakesTwo
            default: try improvement.apply(entry, seen: version + i)
            }
            try insert(entry, id, place: version + i, c)
        }
        return improvement
    }

    /// A parent must be there, and must not be a part of what it holds.
    private static func checkFamily(_ entries: [Entry], of id: ID<Improvement>?, _ c: any SQLConnection) throws {
        for entry in entries {
            guard case .belongs(let parent?) = entry.change else { continue }
            var next: Int64? = parent
            var seen: Set<Int64> = []
            while let number = next, seen.insert(number).inserted {
                if number == id?.value { throw LifeCycleError.ownAncestor(parent) }
                guard let one = try improvement(ID(number), c) else {
                    if number == parent { throw LifeCycleError.noSuchParent(parent) }
                    break
                }
                next = one.mergedInto ?? one.parent
            }
        }
    }
}
