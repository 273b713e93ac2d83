import Foundation
import Gains
import Records
import Signals
import Statistics
import Store

/// What was foreseen of tickets, and how it came out.
extension SQLStore {
    public func latestTickets(_ kind: TicketKind, limit: Int) async throws -> (pasts: [TicketPast], names: Names) {
        try await database.read { c in
            var texts = NameTexts(c)
            var pasts: [TicketPast] = []
            var seen: Set<Int64> = []
            func take(_ sql: String) throws {
                let rows = try c.statement(sql)
                defer { rows.reset() }
                try rows.bind(Int64(kind.rawValue), at: 1)
                try rows.bind(Int64(limit), at: 2)
                while try rows.step() {
                    if seen.insert(rows.integer(0)).inserted { pasts.append(try Self.past(rows, &texts)) }
                }
            }
            try take(
                "select id, history, \(TicketRows.columns) from ticket where kind = $1 order by opened_at desc limit $2"
            )
            try take(
                """
                select id, history, \(TicketRows.columns) from ticket where kind = $1 and status < 4
                order by opened_at desc limit $2
                """)
            return (pasts, texts.names)
        }
    }

    private static func past(_ row: any SQLStatement, _ texts: inout NameTexts) throws -> TicketPast {
        let ticket = try TicketRows.ticket(row, from: 2) { number throws(StoreError) in try texts.name(number) }
        guard let stored = HistoryBytes.events(row.bytes(1)) else {
            throw StoreError.damaged(address: "ticket", reason: "the history of \(ticket.number) cannot be read")
        }
        var events: [TicketEvent] = []
        for event in stored {
            guard let field = HistoryField(rawValue: UInt8(clamping: event.field)) else { continue }
            events.append(
                TicketEvent(
                    at: Moment(microseconds: event.at), field: field, from: try texts.name(event.from),
                    to: try texts.name(event.to), by: .none))
        }
        return TicketPast(ticket: ticket, events: events)
    }

    public func keep(_ predictions: [TicketPrediction], _ record: ForesightRecord) async throws {
        try await database.write { c in
            for p in predictions {
                try c.run(
                    """
                    insert into ticket_prediction
                        (ticket, as_of, hours, low, high, chance, is_missed, naive, body)
                    select id, $1, $2, $3, $4, $5, $6, $7, $8 from ticket where number = $9 and kind = $10
                    order by id limit 1
                    on conflict (ticket, as_of) do nothing
                    """, .integer(p.asOf.microseconds), .real(p.hours.estimate), .real(p.hours.low),
                    .real(p.hours.high), Value(p.chance), Value(p.isMissed), .real(p.naive), .text(try document(p)),
                    .text(p.number), Value(p.kind.rawValue))
            }
            try c.run(
                """
                insert into ticket_foresight (id, body) values (1, $1)
                on conflict (id) do update set body = excluded.body
                """, .text(try document(record)))
        }
    }

    public func latestForesight() async throws -> ForesightRecord? {
        try await database.read {
            try $0.first("select body from ticket_foresight where id = 1") {
                try read(ForesightRecord.self, $0.text(0))
            }
        }
    }

    public func settlePredictions() async throws -> Int {
        try await database.write { c in
            let due = try c.rows(
                """
                select p.ticket, p.as_of, coalesce(t.resolved_at, t.closed_at), t.sla_met, t.due_at, t.closed_at, t.status
                from ticket_prediction p join ticket t on t.id = p.ticket
                where p.taken is null and t.status >= 4
                """
            ) { row -> (ticket: Int64, asOf: Int64, end: Int64?, met: Bool?, due: Int64?, isClosed: Bool) in
                (
                    row.integer(0), row.integer(1), row.optionalInteger(2), row.optionalBool(3),
                    row.optionalInteger(4), !row.isNull(5) || row.integer(6) == 5
                )
            }
            var marked = 0
            for one in due {
                guard let end = one.end, end > one.asOf else {
                    try c.run(
                        "delete from ticket_prediction where ticket = $1 and as_of = $2", .integer(one.ticket),
                        .integer(one.asOf))
                    continue
                }
                // A target that was met may be found missed until the ticket is closed; see below.
                let met = one.met == true && !one.isClosed ? nil : one.met
                let missed = met.map { !$0 } ?? (one.met == nil ? one.due.map { end > $0 } : nil)
                try c.run(
                    """
                    update ticket_prediction set taken = $1, missed = $2, settled_at = $3
                    where ticket = $4 and as_of = $5
                    """, .real(Double(end - one.asOf) / 3_600_000_000), Value(missed), .integer(end),
                    .integer(one.ticket), .integer(one.asOf))
                marked += 1
            }
            try c.run(
                """
                update ticket_prediction set missed = (select 1 - t.sla_met from ticket t where t.id = ticket_prediction.ticket)
                where taken is not null and missed is null and exists (
                    select 1 from ticket t where t.id = ticket_prediction.ticket and t.sla_met is not null
                        and (t.closed_at is not null or t.status = 5 or t.sla_met = 0
                            or ticket_prediction.settled_at < (select max(as_of) from ticket_prediction) - $1))
                """, .integer(30 * 86_400_000_000))
            return marked
        }
    }

    public func openPredictions(limit: Int) async throws -> [TicketPrediction] {
        try await database.read {
            try $0.rows(
                """
                select p.body from ticket_prediction p
                where p.taken is null
                    and p.as_of = (select max(q.as_of) from ticket_prediction q where q.ticket = p.ticket)
                order by p.is_missed, p.chance desc, p.hours desc, p.ticket limit $1
                """, Value(limit)
            ) { try read(TicketPrediction.self, $0.text(0)) }
        }
    }

    public func openPredictionCounts() async throws -> (count: Int, missed: Int) {
        try await database.read {
            try $0.first(
                """
                select count(*), coalesce(sum(latest), 0) from
                    (select max(is_missed) as latest from ticket_prediction where taken is null group by ticket) as one
                """
            ) { (Int($0.integer(0)), Int($0.integer(1))) } ?? (0, 0)
        }
    }

    public func saveWear(_ signals: [Signal]) async throws {
        try await database.write { c in
            try c.run("delete from wear_signal")
            for (place, signal) in signals.enumerated() {
                try c.run(
                    "insert into wear_signal (id, place, body) values ($1, $2, $3)", .text(signal.id), Value(place),
                    .text(try document(signal)))
            }
        }
    }

    static func wearSignals(_ c: any SQLConnection) throws -> [Signal] {
        try c.rows("select body from wear_signal order by place") { try read(Signal.self, $0.text(0)) }
    }

    public func settledPredictions(limit: Int) async throws -> [SettledPrediction] {
        try await database.read {
            try $0.rows(
                """
                select as_of, settled_at, hours, low, high, chance, is_missed, naive, taken, missed
                from ticket_prediction where taken is not null order by settled_at desc, ticket, as_of limit $1
                """, Value(limit)
            ) {
                SettledPrediction(
                    asOf: Moment(microseconds: $0.integer(0)), settledAt: Moment(microseconds: $0.integer(1)),
                    hours: Estimate($0.real(2), low: $0.real(3), high: $0.real(4)), chance: $0.optionalReal(5),
                    wasMissed: $0.integer(6) != 0, naive: $0.real(7), taken: $0.real(8), missed: $0.optionalBool(9))
            }.reversed()
        }
    }
}
