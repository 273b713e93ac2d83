import Measures
import Processes
import Records
import Store

// How work flows, by slice and week: a row of bytes for everything and one for each value of each dimension. A batch of an
// import only notes the weeks it touches; the weeks are made anew, whole, when the next turn searches. So an import stays as
// fast as it was, and a total never has a trace of what a ticket was before.

/// The weeks whose totals are not good any more.
struct StaleWeeks {
    private var weeks: Set<Place> = []

    private struct Place: Hashable, Comparable {
        var kind: UInt8
        var week: Int32
        static func < (a: Place, b: Place) -> Bool { (a.kind, a.week) < (b.kind, b.week) }
    }

    mutating func add(_ ticket: Ticket) {
        let week = ProcessCase.week(of: ticket.openedAt.seconds)
        weeks.insert(Place(kind: ticket.kind.rawValue, week: week.number))
    }

    func write(to c: any SQLConnection) throws(StoreError) {
        for place in weeks.sorted() {
            try c.run(
                "insert into process_stale (kind, week) values ($1, $2) on conflict do nothing", Value(place.kind),
                Value(place.week))
        }
    }

    /// All weeks: when hours of business are others now.
    static func markAll(_ c: any SQLConnection) throws(StoreError) {
        try c.run(
            """
            insert into process_stale (kind, week)
            select distinct kind, ((opened_at / 86400000000 + 3) / 7) * 7 - 3 from ticket where true on conflict do nothing
            """)
    }
}

extension SQLStore {
    /// Weeks made in one transaction.
    private var weeksAtOnce: Int { 8 }

    @discardableResult
    public func refreshProcesses(calendar: BusinessCalendar) async throws -> Int {
        let stale = try await database.read { c in
            try c.rows("select kind, week from process_stale order by kind, week") { ($0.integer(0), $0.integer(1)) }
        }
        for start in stride(from: 0, to: stale.count, by: weeksAtOnce) {
            let some = Array(stale[start..<min(stale.count, start + weeksAtOnce)])
            try await database.write { c in
                for (kind, week) in some { try Self.makeWeek(kind, Day(number: Int32(clamping: week)), calendar, c) }
            }
        }
        return stale.count
    }

    private static func makeWeek(_ kind: Int64, _ week: Day, _ calendar: BusinessCalendar, _ c: any SQLConnection)
        throws
    {
        var tally = ProcessTally(calendar: calendar)
        try eachRun(
            c, where: "t.kind = $1 and t.opened_at >= $2 and t.opened_at < $3",
            [.integer(kind), .integer(week.startInUTC.microseconds), .integer((week + 7).startInUTC.microseconds)]
        ) { tally.add($0, $1) }
        try c.run("delete from process_week where kind = $1 and week = $2", .integer(kind), Value(week.number))
        let totals = tally.totals()
        for part in totals.keys.sorted() {
            guard let total = totals[part] else { continue }
            try c.run(
                "insert into process_week (kind, dimension, value, week, totals) values ($1, $2, $3, $4, $5)",
                .integer(kind), Value(part.dimension), .integer(Int64(part.value)), Value(week.number),
                .bytes(total.bytes))
        }
        try checkRules(kind, week, c)
        try c.run("delete from process_stale where kind = $1 and week = $2", .integer(kind), Value(week.number))
    }

    /// The runs of some tickets, with the store's numbers of names as codes.
    private static func eachRun(
        _ c: any SQLConnection, where condition: String, _ values: [Value], _ body: (ProcessCase, Attributes) -> Void
    ) throws {
        let dimensions = Dimension.allCases.map { "t." + TicketRows.column($0) }.joined(separator: ", ")
        _ = try c.rows(
            """
            select t.status, t.state, t.opened_at, t.first_response_at, t.resolved_at, t.closed_at, t.history,
                \(dimensions) from ticket t where \(condition)
            """, values: values
        ) { row in
            func moment(_ i: Int) -> Moment? { row.optionalInteger(i).map { Moment(microseconds: $0) } }
            func name(_ number: Int64) -> Name { Name(code: UInt32(clamping: number)) }
            var ticket = Ticket(number: "", openedAt: Moment(microseconds: row.integer(2)))
            ticket.status = TicketStatus(rawValue: UInt8(clamping: row.integer(0))) ?? .new
            ticket.state = name(row.integer(1))
            ticket.firstResponseAt = moment(3)
            ticket.resolvedAt = moment(4)
            ticket.closedAt = moment(5)
            guard let stored = HistoryBytes.events(row.bytes(6)) else {
                throw StoreError.damaged(address: "ticket", reason: "the history of a ticket cannot be read")
            }
            for (i, dimension) in Dimension.allCases.enumerated() {
                ticket.attributes[dimension] = name(row.integer(7 + i))
            }
            let events = stored.compactMap { event -> TicketEvent? in
                guard let field = HistoryField(rawValue: UInt8(clamping: event.field)) else { return nil }
                return TicketEvent(
                    at: Moment(microseconds: event.at), field: field, from: name(event.from), to: name(event.to),
                    by: .none)
            }
            if let run = ProcessCase(ticket, events) { body(run, ticket.attributes) }
        }
    }

    public func processWeeks(
        _ kind: TicketKind, _ slice: Slice, over period: Period?, calendar: BusinessCalendar
    ) async throws -> ProcessWeeks {
        let first = period?.first.number ?? Int32.min
        let last = period?.last.number ?? Int32.max
        return try await database.read { c in
            var found = ProcessWeeks()
            guard slice.parts.count <= 1 else {
                found.weeks = try Self.addedUp(kind, slice, first, last, calendar, c)
                found.names = try Self.names(of: found.weeks.values, c)
                return found
            }
            let part = slice.parts.first
            guard let number = try part.map({ try NameNumbers.existing($0.value, c) }) ?? 0 else { return found }
            let rows = try c.rows(
                """
                select week, totals from process_week
                where kind = $1 and dimension = $2 and value = $3 and week >= $4 and week <= $5
                """, Value(kind.rawValue), Value(part?.dimension.index ?? -1), .integer(number), Value(first),
                Value(last)
            ) { (Day(number: Int32(clamping: $0.integer(0))), $0.bytes(1)) }
            for (week, bytes) in rows {
                guard let totals = ProcessTotals(bytes) else {
                    throw StoreError.damaged(
                        address: "process_week",
                        reason: "the totals of a week cannot be read; run ‘ratchet turn --rebuild’")
                }
                found.weeks[week] = totals
            }
            found.names = try Self.names(of: found.weeks.values, c)
            return found
        }
    }

    /// The totals of a pair of values, from its tickets.
    private static func addedUp(
        _ kind: TicketKind, _ slice: Slice, _ first: Int32, _ last: Int32, _ calendar: BusinessCalendar,
        _ c: any SQLConnection
    ) throws -> [Day: ProcessTotals] {
        guard let filter = try TicketRows.filter(slice, c, firstPlace: 4) else { return [:] }
        let from = first == .min ? Int64.min : Day(number: first).startInUTC.microseconds
        let to = last == .max ? Int64.max : (Day(number: last) + 7).startInUTC.microseconds
        var weeks: [Day: ProcessTally] = [:]
        try eachRun(
            c, where: "t.kind = $1 and t.opened_at >= $2 and t.opened_at < $3" + filter.sql,
            [Value(kind.rawValue), .integer(from), .integer(to)] + filter.values
        ) { run, _ in weeks[run.week, default: ProcessTally(calendar: calendar)].add(run, Attributes()) }
        return weeks.compactMapValues { $0.totals()[.everything] }
    }

    private static func names(
        of totals: some Sequence<ProcessTotals>, _ c: any SQLConnection
    ) throws -> [UInt32: String] {
        var codes: Set<UInt32> = []
        for one in totals {
            codes.formUnion(one.stages.keys)
            codes.formUnion(one.groups.keys)
            for pair in one.handoffs.keys { codes.formUnion([pair.from, pair.to]) }
        }
        var names: [UInt32: String] = [:]
        var texts = NameTexts(c)
        for code in codes where Milestone(code: code) == nil && code != 0 {
            let name = try texts.name(Int64(code))
            names[code] = texts.names[name]
        }
        return names
    }
}
