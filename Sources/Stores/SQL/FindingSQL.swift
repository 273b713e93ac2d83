import Foundation
import Opportunities
import Records
import Signals
import Store

/// Signals, opportunities and the turns that made them.
extension SQLStore {
    public func save(_ turn: TurnRecord, signals: [Signal], opportunities: [Opportunity]) async throws {
        try await database.write { c in
            try Self.insert(turn, c)
            try c.run("delete from signal")
            try c.run("delete from opportunity")
            for (place, signal) in signals.enumerated() {
                try c.run(
                    "insert into signal (id, place, body) values ($1, $2, $3)", .text(signal.id), Value(place),
                    .text(try json(signal)))
            }
            for opportunity in opportunities {
                try c.run(
                    "insert into opportunity (id, rank, body) values ($1, $2, $3)", .text(opportunity.id),
                    Value(opportunity.rank), .text(try json(opportunity)))
            }
        }
    }

    public func save(_ turn: TurnRecord) async throws {
        try await database.write { try Self.insert(turn, $0) }
    }

    private static func insert(_ turn: TurnRecord, _ c: any SQLConnection) throws {
        try c.run(
            "insert into turn (at, changes_seen, is_full, body) values ($1, $2, $3, $4)",
            .integer(turn.at.microseconds), .integer(turn.changesSeen), Value(turn.isFullSearch),
            .text(try json(turn)))
    }

    public func latestTurn() async throws -> TurnRecord? {
        try await database.read {
            try $0.first("select body from turn order by id desc limit 1") { try value(TurnRecord.self, $0.text(0)) }
        }
    }

    public func signals() async throws -> [Signal] {
        try await database.read {
            try $0.rows("select body from signal order by place") { try value(Signal.self, $0.text(0)) }
                + Self.seriesSignals($0) + Self.themeSignals($0) + Self.wearSignals($0)
        }
    }

    public func opportunities() async throws -> [Opportunity] {
        try await database.read {
            try $0.rows("select body from opportunity order by rank, id") { try value(Opportunity.self, $0.text(0)) }
        }
    }

    public func acknowledge(_ a: Acknowledgement) async throws {
        try await database.write {
            try $0.run(
                """
                insert into acknowledgement (signal, by_login, at, note) values ($1, $2, $3, $4)
                on conflict (signal) do update set by_login = excluded.by_login, at = excluded.at, note = excluded.note
                """, .text(a.signal), .text(a.by), .integer(a.at.microseconds), .text(a.note))
        }
    }

    public func acknowledgements() async throws -> [Acknowledgement] {
        try await database.read {
            try $0.rows("select signal, by_login, at, note from acknowledgement order by at desc") {
                Acknowledgement(
                    signal: $0.text(0), by: $0.text(1), at: Moment(microseconds: $0.integer(2)), note: $0.text(3))
            }
        }
    }
}

private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

private func value<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(text.utf8))
}
