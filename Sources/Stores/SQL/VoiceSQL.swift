import Gains
import Measures
import People
import Records
import Store

/// Votes, answers, thanks, the pulse and promises of time.
extension SQLStore {
    // MARK: Suggestions

    public func vote(_ isFor: Bool, on suggestion: Int64, by account: ID<Account>, at: Moment) async throws {
        try await database.write {
            if isFor {
                try $0.run(
                    """
                    insert into suggestion_vote (suggestion, account, at) values ($1, $2, $3) on conflict do nothing
                    """, .integer(suggestion), .integer(account.value), .integer(at.microseconds))
            } else {
                try $0.run(
                    "delete from suggestion_vote where suggestion = $1 and account = $2", .integer(suggestion),
                    .integer(account.value))
            }
        }
    }

    public func suggestionVotes(of reader: ID<Account>?) async throws -> [Int64: SuggestionVotes] {
        try await database.read { c in
            let rows = try c.rows(
                """
                select suggestion, count(*), sum(case when account = $1 then 1 else 0 end)
                from suggestion_vote group by suggestion
                """, .integer(reader?.value ?? 0)
            ) { ($0.integer(0), SuggestionVotes(count: Int($0.integer(1)), isMine: $0.integer(2) > 0)) }
            return Dictionary(rows, uniquingKeysWith: { a, _ in a })
        }
    }

    public func suggestionNotes() async throws -> [Int64: SuggestionNote] {
        try await database.read { c in
            let rows = try c.rows(
                """
                select suggestion, is_challenge, answer, answered_by, answered_at, is_declined,
                    case when follow is null then 0 else 1 end from suggestion_note
                """
            ) {
                (
                    $0.integer(0),
                    SuggestionNote(
                        isChallenge: $0.integer(1) != 0, answer: $0.text(2), answeredBy: $0.text(3),
                        answeredAt: $0.optionalInteger(4).map { Moment(microseconds: $0) },
                        isDeclined: $0.integer(5) != 0, hasAddress: $0.integer(6) != 0)
                )
            }
            return Dictionary(rows, uniquingKeysWith: { a, _ in a })
        }
    }

    public func note(_ suggestion: Int64, isChallenge: Bool, follow: [UInt8]?) async throws {
        try await database.write {
            try $0.run(
                """
                insert into suggestion_note (suggestion, is_challenge, answer, answered_by, is_declined, follow)
                values ($1, $2, '', '', 0, $3)
                on conflict (suggestion) do update set is_challenge = excluded.is_challenge, follow = excluded.follow
                """, .integer(suggestion), Value(isChallenge), follow.map { .bytes($0) } ?? .null)
        }
    }

    public func answer(_ suggestion: Int64, _ text: String, isDeclined: Bool, by: String, at: Moment) async throws {
        try await database.write {
            try $0.run(
                """
                insert into suggestion_note (suggestion, is_challenge, answer, answered_by, answered_at, is_declined)
                values ($1, 0, $2, $3, $4, $5)
                on conflict (suggestion) do update set answer = excluded.answer, answered_by = excluded.answered_by,
                    answered_at = excluded.answered_at, is_declined = excluded.is_declined
                """, .integer(suggestion), .text(text), .text(by), .integer(at.microseconds), Value(isDeclined))
        }
    }

    public func suggestion(followed hash: [UInt8]) async throws -> Int64? {
        try await database.read {
            try $0.first("select suggestion from suggestion_note where follow = $1", .bytes(hash)) { $0.integer(0) }
        }
    }

    // MARK: Thanks

    public func thank(_ t: Thanks) async throws {
        try await database.write {
            try $0.run(
                """
                insert into thanks (at, by_name, team, person, body, improvement) values ($1, $2, $3, $4, $5, $6)
                """, .integer(t.at.microseconds), .text(t.by), .text(t.team), .text(t.person), .text(t.text),
                t.improvement.map { .integer($0) } ?? .null)
        }
    }

    public func thanks(for improvement: Int64?, limit: Int) async throws -> [Thanks] {
        try await database.read {
            try $0.rows(
                """
                select id, at, by_name, team, person, body, improvement from thanks
                where $1 = 0 or improvement = $1 order by at desc, id desc limit $2
                """, .integer(improvement ?? 0), Value(limit)
            ) {
                Thanks(
                    id: $0.integer(0), at: Moment(microseconds: $0.integer(1)), by: $0.text(2), team: $0.text(3),
                    person: $0.text(4), text: $0.text(5), improvement: $0.optionalInteger(6))
            }
        }
    }

    public func setMayBeNamed(_ mayBeNamed: Bool, _ account: ID<Account>) async throws {
        try await database.write {
            let sql =
                mayBeNamed
                ? "insert into may_be_named (account) values ($1) on conflict do nothing"
                : "delete from may_be_named where account = $1"
            try $0.run(sql, .integer(account.value))
        }
    }

    public func mayBeNamed() async throws -> Set<ID<Account>> {
        try await database.read { Set(try $0.rows("select account from may_be_named") { ID($0.integer(0)) }) }
    }

    // MARK: Time

    public func promise(_ p: TimePromise, by: String, at: Moment) async throws {
        try await database.write {
            try $0.run(
                """
                insert into time_promise (department, month, hours, by_name, at) values ($1, $2, $3, $4, $5)
                on conflict (department, month) do update set hours = excluded.hours, by_name = excluded.by_name,
                    at = excluded.at
                """, .text(p.department), Value(p.month.monthStart.number), .real(p.hours), .text(by),
                .integer(at.microseconds))
        }
    }

    public func timePromises() async throws -> [TimePromise] {
        try await database.read {
            try $0.rows(
                "select department, month, hours from time_promise where hours > 0 order by month, department"
            ) {
                TimePromise(
                    department: $0.text(0), month: Day(number: Int32(clamping: $0.integer(1))), hours: $0.real(2))
            }
        }
    }

    // MARK: The pulse

    public func takePulse(
        _ answers: [PulseQuestion: Int], said: String, department: String, month: Day, person: [UInt8]
    ) async throws -> Bool {
        try await database.write { c in
            let known = try c.first("select 1 from pulse_taken where person = $1", .bytes(person)) { $0.integer(0) }
            if known != nil { return false }
            try c.run("insert into pulse_taken (person) values ($1)", .bytes(person))
            for question in PulseQuestion.allCases {
                guard let value = answers[question], (1...5).contains(value) else { continue }
                try c.run(
                    """
                    insert into pulse_count (month, department, question, value, given) values ($1, $2, $3, $4, 1)
                    on conflict (month, department, question, value) do update set given = pulse_count.given + 1
                    """, Value(month.monthStart.number), .text(department), .text(question.rawValue), Value(value))
            }
            if !said.isEmpty {
                try c.run(
                    "insert into pulse_statement (month, body) values ($1, $2) on conflict do nothing",
                    Value(month.monthStart.number), .text(said))
            }
            return true
        }
    }

    public func hasAnsweredPulse(_ person: [UInt8]) async throws -> Bool {
        try await database.read {
            try $0.first("select 1 from pulse_taken where person = $1", .bytes(person)) { $0.integer(0) } != nil
        }
    }

    public func pulse() async throws -> [PulseCount] {
        try await database.read {
            try $0.rows(
                """
                select month, department, question, value, given from pulse_count
                order by month, department, question, value
                """
            ) { row -> PulseCount? in
                guard let question = PulseQuestion(rawValue: row.text(2)) else { return nil }
                return PulseCount(
                    month: Day(number: Int32(clamping: row.integer(0))), department: row.text(1), question: question,
                    value: Int(row.integer(3)), count: Int(row.integer(4)))
            }.compactMap(\.self)
        }
    }

    public func pulseStatements(in month: Day) async throws -> [String] {
        try await database.read {
            try $0.rows(
                "select body from pulse_statement where month = $1 order by body", Value(month.monthStart.number)
            ) { $0.text(0) }
        }
    }

    // MARK: Warnings that are heard again

    public func unquiet(_ u: Unquieting, at: Moment) async throws {
        try await database.write {
            try $0.run(
                "insert into unquieting (source, measure, by_name, on_day, at) values ($1, $2, $3, $4, $5)",
                .text(u.source.rawValue), .text(u.measure), .text(u.by), Value(u.on.number), .integer(at.microseconds))
        }
    }

    public func unquietings() async throws -> [Unquieting] {
        try await database.read {
            try $0.rows("select source, measure, by_name, on_day from unquieting order by at, id") {
                row -> Unquieting? in
                guard let source = Foresight.Source(rawValue: row.text(0)) else { return nil }
                return Unquieting(
                    source: source, measure: row.text(1), by: row.text(2),
                    on: Day(number: Int32(clamping: row.integer(3))))
            }.compactMap(\.self)
        }
    }
}
