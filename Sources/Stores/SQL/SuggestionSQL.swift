import Records
import Store

/// Suggestions, as they were made.
extension SQLStore {
    @discardableResult
    public func add(_ suggestion: Suggestion) async throws -> ID<Suggestion> {
        try await database.write { c in
            ID(
                try c.first(
                    """
                    insert into suggestion (made_at, title, body, by_name, service)
                    values ($1, $2, $3, $4, $5) returning id
                    """, .integer(suggestion.madeAt.microseconds), .text(suggestion.title), .text(suggestion.text),
                    .text(suggestion.by), .text(suggestion.service)
                ) { $0.integer(0) } ?? 0)
        }
    }

    public func suggestions(limit: Int) async throws -> [KeptSuggestion] {
        try await database.read {
            try $0.rows("\(Self.selectSuggestion) order by id desc limit $1", Value(limit)) { Self.suggestion($0) }
        }
    }

    public func suggestion(_ id: ID<Suggestion>) async throws -> KeptSuggestion? {
        try await database.read {
            try $0.first("\(Self.selectSuggestion) where id = $1", .integer(id.value)) { Self.suggestion($0) }
        }
    }

    private static var selectSuggestion: String { "select id, made_at, title, body, by_name, service from suggestion" }

    private static func suggestion(_ row: any SQLStatement) -> KeptSuggestion {
        KeptSuggestion(
            id: ID(row.integer(0)),
            suggestion: Suggestion(
                madeAt: Moment(microseconds: row.integer(1)), title: row.text(2), text: row.text(3), by: row.text(4),
                service: row.text(5)))
    }
}
