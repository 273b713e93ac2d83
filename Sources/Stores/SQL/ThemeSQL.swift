import Records
import Signals
import Store

/// Themes of what people write.
extension SQLStore {
    public func comments(limit: Int) async throws -> [CommentText] {
        try await database.read { c in
            let answers = try c.rows(
                """
                select comment, answered_at, ticket from survey_answer where comment <> ''
                order by answered_at desc, id desc limit $1
                """, Value(limit)
            ) {
                CommentText(
                    text: $0.text(0), at: Moment(microseconds: $0.integer(1)), ticket: $0.text(2), isComplaint: false)
            }
            let complaints = try c.rows(
                """
                select case when title = '' then substr(body, 1, 1000) else title end, opened_at, number from ticket
                where kind = 5 and (title <> '' or body <> '') order by opened_at desc, id desc limit $1
                """, Value(limit)
            ) {
                CommentText(
                    text: $0.text(0), at: Moment(microseconds: $0.integer(1)), ticket: $0.text(2), isComplaint: true)
            }
            let all = (answers + complaints).enumerated().sorted {
                ($1.element.at, $0.offset) < ($0.element.at, $1.offset)
            }
            return all.prefix(limit).map(\.element)
        }
    }

    public func themeReview() async throws -> ThemeReview? {
        try await database.read {
            try $0.first("select body from theme_review where id = 1") { try read(ThemeReview.self, $0.text(0)) }
        }
    }

    public func save(_ review: ThemeReview, signals: [Signal]) async throws {
        try await database.write { c in
            try c.run(
                "insert into theme_review (id, body, signals) values (1, $1, $2) on conflict (id) do update "
                    + "set body = excluded.body, signals = excluded.signals", .text(try document(review)),
                .text(try document(signals)))
        }
    }

    static func themeSignals(_ c: any SQLConnection) throws -> [Signal] {
        try c.first("select signals from theme_review where id = 1") { try read([Signal].self, $0.text(0)) } ?? []
    }
}
