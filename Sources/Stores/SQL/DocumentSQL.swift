import Gains
import Improvements
import Records
import Store

/// What people write down, version by version.
extension SQLStore {
    public func add(_ document: PlanningDocument, by: String, at: Moment) async throws -> KeptDocument {
        try await database.write { c in
            let id =
                try c.first(
                    "insert into document (kind, version, is_removed) values ($1, 1, 0) returning id",
                    .text(document.kind.rawValue)
                ) { $0.integer(0) } ?? 0
            let kept = KeptDocument(id: id, version: 1, document: document, by: by, at: at)
            try Self.write(kept, c)
            return kept
        }
    }

    public func replace(
        _ id: Int64, with document: PlanningDocument, seen version: Int, by: String, at: Moment
    ) async throws -> KeptDocument? {
        try await database.write { c in
            let known = try c.first(
                "select version from document where id = $1 and is_removed = 0", .integer(id)
            ) { Int($0.integer(0)) }
            guard let known else { return nil }
            guard known == version else { throw LifeCycleError.changedMeanwhile(version: known) }
            let kept = KeptDocument(id: id, version: version + 1, document: document, by: by, at: at)
            try c.run("update document set version = $1 where id = $2", Value(kept.version), .integer(id))
            try Self.write(kept, c)
            return kept
        }
    }

    public func removeDocument(_ id: Int64, by: String, at: Moment) async throws {
        try await database.write {
            try $0.run("update document set is_removed = 1 where id = $1", .integer(id))
            try $0.run(
                "insert into audit (at, by_login, action, subject) values ($1, $2, $3, $4)",
                .integer(at.microseconds), .text(by), .text("removed a document"), .text(String(id)))
        }
    }

    public func documents() async throws -> [KeptDocument] {
        try await database.read {
            try $0.rows(
                """
                select v.document, v.version, v.body, v.by_name, v.at from document d
                join document_version v on v.document = d.id and v.version = d.version
                where d.is_removed = 0 order by d.id
                """, row: Self.kept)
        }
    }

    public func versions(of id: Int64) async throws -> [KeptDocument] {
        try await database.read {
            try $0.rows(
                """
                select document, version, body, by_name, at from document_version where document = $1
                order by version desc
                """, .integer(id), row: Self.kept)
        }
    }

    private static func write(_ kept: KeptDocument, _ c: any SQLConnection) throws {
        try c.run(
            "insert into document_version (document, version, body, by_name, at) values ($1, $2, $3, $4, $5)",
            .integer(kept.id), Value(kept.version), .text(try CommonSQL.document(kept.document)), .text(kept.by),
            .integer(kept.at.microseconds))
    }

    private static func kept(_ row: any SQLStatement) throws -> KeptDocument {
        KeptDocument(
            id: row.integer(0), version: Int(row.integer(1)), document: try read(PlanningDocument.self, row.text(2)),
            by: row.text(3), at: Moment(microseconds: row.integer(4)))
    }
}
