import Foundation
import Improvements
import Records
import Store

/// What happened, told in order.
extension SQLStore {
    public func announce(kind: String, subject: String, key: String, body: String, at moment: Moment) async throws
        -> Int64?
    {
        try await database.write {
            try $0.first(
                """
                insert into announcement (at, kind, subject, key, body) values ($1, $2, $3, $4, $5)
                on conflict (key) do nothing returning id
                """, .integer(moment.microseconds), .text(kind), .text(subject), .text(key), .text(body)
            ) { $0.integer(0) }
        }
    }

    public func announcements(after id: Int64, kind: String?, subject: String?, limit: Int) async throws
        -> [Announcement]
    {
        try await database.read {
            try $0.rows(
                """
                select id, at, kind, subject, body from announcement
                where id > $1 and ($2 = '' or kind = $3) and ($4 = '' or subject = $5) order by id limit $6
                """, .integer(id), .text(kind ?? ""), .text(kind ?? ""), .text(subject ?? ""), .text(subject ?? ""),
                Value(limit)
            ) { Self.readAnnouncement($0) }
        }
    }

    static func readAnnouncement(_ row: any SQLStatement, from column: Int = 0) -> Announcement {
        Announcement(
            id: row.integer(column), at: Moment(microseconds: row.integer(column + 1)), kind: row.text(column + 2),
            subject: row.text(column + 3), body: row.text(column + 4))
    }

    public func lastAnnouncement() async throws -> Int64 {
        try await database.read { try $0.first("select max(id) from announcement") { $0.integer(0) } ?? 0 }
    }

    public func forgetProgress(before moment: Moment) async throws {
        try await database.write {
            // The last one is kept, whatever it is: its number must not be given again.
            try $0.run(
                """
                delete from announcement
                where kind = 'import' and at < $1 and id < (select max(id) from announcement)
                """, .integer(moment.microseconds))
        }
    }

    public func marks() async throws -> StoreMarks {
        try await database.read {
            StoreMarks(
                turns: try $0.first("select coalesce(max(id), 0) from turn") { $0.integer(0) } ?? 0,
                entries: try $0.first("select count(*) from improvement_entry") { $0.integer(0) } ?? 0)
        }
    }

    public func unannouncedEntries(limit: Int) async throws -> [(
        improvement: ID<Improvement>, place: Int, entry: Entry
    )] {
        try await database.read {
            try $0.rows(
                """
                select e.improvement, e.place, e.body from improvement_entry e
                left join announcement a on a.key = 'improvement:' || e.improvement || ':' || e.place
                where a.id is null order by e.at, e.improvement, e.place limit $1
                """, Value(limit)
            ) {
                (
                    ID($0.integer(0)), Int($0.integer(1)),
                    try JSONDecoder().decode(Entry.self, from: Data($0.text(2).utf8))
                )
            }
        }
    }
}

/// Requests that may be sent again.
extension SQLStore {
    /// A request that was begun this long ago and never answered was cut off.
    private static var cutOffMicroseconds: Int64 { 120_000_000 }

    public func reserve(
        _ key: String, of account: Int64, request: [UInt8], at moment: Moment, forgetting: Moment
    ) async throws -> Reservation {
        try await database.write { c in
            try c.run(
                "delete from idempotency where at < $1 or (status = 0 and at < $2)", .integer(forgetting.microseconds),
                .integer(moment.microseconds - Self.cutOffMicroseconds))
            let known = try c.first(
                "select request, status, headers, body from idempotency where account = $1 and key = $2",
                .integer(account), .text(key)
            ) { ($0.bytes(0), Int($0.integer(1)), $0.text(2), $0.bytes(3)) }
            if let known {
                if known.0 != request { return .otherRequest }
                return known.1 == 0
                    ? .underWay : .answered(KeptAnswer(status: known.1, headers: known.2, body: known.3))
            }
            try c.run(
                """
                insert into idempotency (account, key, request, at, status, headers, body)
                values ($1, $2, $3, $4, 0, '', $5)
                """, .integer(account), .text(key), .bytes(request), .integer(moment.microseconds), .bytes([]))
            return .new
        }
    }

    public func keepAnswer(_ answer: KeptAnswer, for key: String, of account: Int64) async throws {
        try await database.write {
            try $0.run(
                "update idempotency set status = $1, headers = $2, body = $3 where account = $4 and key = $5",
                Value(answer.status), .text(answer.headers), .bytes(answer.body), .integer(account), .text(key))
        }
    }

    public func release(_ key: String, of account: Int64) async throws {
        try await database.write {
            try $0.run(
                "delete from idempotency where account = $1 and key = $2 and status = 0", .integer(account), .text(key))
        }
    }
}
