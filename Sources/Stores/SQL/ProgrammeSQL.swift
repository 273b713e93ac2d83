import Foundation
import Gains
import Records
import Store

/// What the improvement work says of itself.
extension SQLStore {
    public func suggestionTimes() async throws -> [Programme.Suggestion] {
        try await database.read {
            try $0.rows("select made_at, by_name from suggestion order by made_at, id") {
                Programme.Suggestion(at: Moment(microseconds: $0.integer(0)), by: $0.text(1))
            }
        }
    }

    public func explain(_ e: Explanation) async throws {
        try await database.write {
            try $0.run(
                """
                insert into explanation (signal, cause, by_name, at) values ($1, $2, $3, $4)
                on conflict (signal) do update set cause = excluded.cause, by_name = excluded.by_name, at = excluded.at
                """, .text(e.signal), .text(e.cause), .text(e.by), .integer(e.at.microseconds))
        }
    }

    public func explanations() async throws -> [Explanation] {
        try await database.read {
            try $0.rows("select signal, cause, by_name, at from explanation order by at desc, signal") {
                Explanation(
                    signal: $0.text(0), cause: $0.text(1), by: $0.text(2), at: Moment(microseconds: $0.integer(3)))
            }
        }
    }

    public func keep(_ answers: [WeeklyAnswer]) async throws {
        try await database.write { c in
            for answer in answers {
                try c.run(
                    """
                    insert into weekly_answer (question, week, body) values ($1, $2, $3)
                    on conflict (question, week) do update set body = excluded.body
                    """, .text(answer.question.rawValue), Value(answer.week.first.number),
                    .text(try document(answer)))
            }
        }
    }

    public func weeklyAnswers() async throws -> [WeeklyAnswer] {
        try await database.read {
            try $0.rows("select body from weekly_answer order by week, question") {
                try read(WeeklyAnswer.self, $0.text(0))
            }
        }
    }

    public func keepSigns(_ signs: [Sign: Bool], week: Period) async throws {
        try await database.write { c in
            for (sign, isThere) in signs.sorted(by: { $0.key.word < $1.key.word }) {
                try c.run(
                    """
                    insert into weekly_sign (sign, week, is_there) values ($1, $2, $3)
                    on conflict (sign, week) do update set is_there = excluded.is_there
                    """, .text(sign.word), Value(week.first.number), Value(isThere))
            }
        }
    }

    public func signs() async throws -> [(week: Period, sign: Sign, isThere: Bool)] {
        try await database.read {
            try $0.rows("select sign, week, is_there from weekly_sign order by week, sign") {
                row -> (week: Period, sign: Sign, isThere: Bool)? in
                guard let sign = Sign(word: row.text(0)) else { return nil }
                let monday = Day(number: Int32(clamping: row.integer(1)))
                return (Period(monday, through: monday + 6), sign, row.integer(2) != 0)
            }.compactMap { $0 }
        }
    }

    public func respond(_ r: Response) async throws {
        try await database.write {
            try $0.run(
                "insert into response (sign, play, note, by_name, at) values ($1, $2, $3, $4, $5)",
                .text(r.sign.word), .text(r.play?.rawValue ?? ""), .text(r.note), .text(r.by),
                .integer(r.at.microseconds))
        }
    }

    public func responses() async throws -> [Response] {
        try await database.read {
            try $0.rows("select sign, play, note, by_name, at from response order by at desc, id desc") {
                row -> Response? in
                guard let sign = Sign(word: row.text(0)) else { return nil }
                return Response(
                    sign: sign, play: Play(rawValue: row.text(1)), note: row.text(2), by: row.text(3),
                    at: Moment(microseconds: row.integer(4)))
            }.compactMap { $0 }
        }
    }

    public func keep(_ foresights: [Foresight]) async throws {
        try await database.write { c in
            for one in foresights {
                try c.run(
                    """
                    insert into foresight (id, made_on, due, body) values ($1, $2, $3, $4) on conflict (id) do nothing
                    """, .text(one.id), Value(one.madeOn.number), Value(one.over.last.number),
                    .text(try document(one)))
            }
        }
    }

    public func settle(_ id: Foresight.ID, _ outcome: Outcome, on day: Day) async throws {
        try await database.write {
            // Marked once: a later import does not rewrite what was seen then.
            try $0.run(
                "update foresight set outcome = $1, settled_on = $2 where id = $3 and outcome is null",
                .text(outcome.rawValue), Value(day.number), .text(id))
        }
    }

    public func foresights() async throws -> [KeptForesight] {
        try await database.read {
            try $0.rows("select body, outcome, settled_on from foresight order by made_on desc, id") {
                KeptForesight(
                    foresight: try read(Foresight.self, $0.text(0)),
                    outcome: $0.isNull(1) ? nil : Outcome(rawValue: $0.text(1)),
                    settledOn: $0.optionalInteger(2).map { Day(number: Int32(clamping: $0)) })
            }
        }
    }

    public func save(_ signals: [ProgrammeSignal]) async throws {
        try await database.write { c in
            try c.run("delete from programme_signal")
            for (place, signal) in signals.enumerated() {
                try c.run(
                    "insert into programme_signal (id, place, body) values ($1, $2, $3)", .text(signal.id),
                    Value(place), .text(try document(signal)))
            }
        }
    }

    public func programmeSignals() async throws -> [ProgrammeSignal] {
        try await database.read {
            try $0.rows("select body from programme_signal order by place") {
                try read(ProgrammeSignal.self, $0.text(0))
            }
        }
    }
}

func document(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func read<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(text.utf8))
}
