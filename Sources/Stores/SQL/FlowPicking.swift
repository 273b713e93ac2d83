import Measures
import Processes
import Records
import Store

/// Finding the tickets behind a figure of the flow.
extension SQLStore {
    public func tickets(
        _ kind: TicketKind, _ slice: Slice, opened: Range<Moment>, picking pick: FlowPick, lookingAt most: Int,
        limit: Int
    ) async throws -> (lines: [TicketLine], looked: Int) {
        try await database.read { c in
            guard let filter = try TicketRows.filter(slice, c, firstPlace: 4),
                let wanted = try CodedPick(pick, c)
            else { return ([], 0) }
            let found = try c.rows(
                """
                select t.id, t.history, t.status, t.state, t.opened_at, t.resolved_at, t.closed_at, t.work_group
                from ticket t where t.kind = $1 and t.opened_at >= $2 and t.opened_at < $3\(filter.sql)
                order by t.opened_at desc, t.id desc limit $\(4 + filter.values.count)
                """,
                values: [
                    Value(kind.rawValue), .integer(opened.lowerBound.microseconds),
                    .integer(opened.upperBound.microseconds),
                ] + filter.values + [Value(most)]
            ) { row in try Self.run(row).map { wanted.holds($0) } == true ? row.integer(0) : nil }
            let ids = found.compactMap { $0 }.prefix(limit)
            return (try ids.compactMap { try Self.line($0, c) }, found.count)
        }
    }

    private static func run(_ row: any SQLStatement) throws -> ProcessCase? {
        func name(_ number: Int64) -> Name { Name(code: UInt32(clamping: number)) }
        func moment(_ i: Int) -> Moment? { row.optionalInteger(i).map { Moment(microseconds: $0) } }
        guard let stored = HistoryBytes.events(row.bytes(1)) else {
            throw StoreError.damaged(address: "ticket", reason: "the history of a ticket cannot be read")
        }
        var ticket = Ticket(number: "", openedAt: Moment(microseconds: row.integer(4)))
        ticket.status = TicketStatus(rawValue: UInt8(clamping: row.integer(2))) ?? .new
        ticket.state = name(row.integer(3))
        ticket.resolvedAt = moment(5)
        ticket.closedAt = moment(6)
        ticket.attributes[.group] = name(row.integer(7))
        let events = stored.compactMap { event -> TicketEvent? in
            guard let field = HistoryField(rawValue: UInt8(clamping: event.field)) else { return nil }
            return TicketEvent(
                at: Moment(microseconds: event.at), field: field, from: name(event.from), to: name(event.to), by: .none)
        }
        return ProcessCase(ticket, events)
    }

    static func line(_ id: Int64, _ c: any SQLConnection) throws -> TicketLine? {
        try c.first(
            """
            select t.number, t.title, t.status, coalesce(p.text, ''), coalesce(g.text, ''), coalesce(k.text, ''),
                   t.opened_at, t.resolved_at, t.closed_at, i.file, t.line
            from ticket t join import i on i.id = t.import
            left join name p on p.id = t.priority left join name g on g.id = t.work_group
            left join name k on k.id = t.category where t.id = $1
            """, .integer(id)
        ) { row in
            TicketLine(
                id: ID(id), number: row.text(0), title: row.text(1),
                status: TicketStatus(rawValue: UInt8(clamping: row.integer(2))) ?? .new, priority: row.text(3),
                group: row.text(4), category: row.text(5), openedAt: Moment(microseconds: row.integer(6)),
                resolvedAt: row.optionalInteger(7).map { Moment(microseconds: $0) },
                closedAt: row.optionalInteger(8).map { Moment(microseconds: $0) }, file: row.text(9),
                line: Int(row.integer(10)))
        }
    }
}

/// A pick with the store's numbers of its names.
private struct CodedPick {
    let word: String
    let codes: [UInt32]

    /// - Returns: Nil when one of its names occurs nowhere.
    init?(_ pick: FlowPick, _ c: any SQLConnection) throws {
        let (word, names) = pick.parts
        var codes: [UInt32] = []
        for name in names {
            guard let number = try NameNumbers.existing(name, c) else { return nil }
            codes.append(UInt32(clamping: number))
        }
        (self.word, self.codes) = (word, codes)
    }

    func holds(_ run: ProcessCase) -> Bool {
        let states = run.states.map(\.name)
        let groups = run.groups.map(\.name)
        func follows(_ names: [UInt32]) -> Bool { zip(names, names.dropFirst()).contains { [$0, $1] == codes } }
        let isDone = run.endedAt != nil
        switch word {
        case "state": return states.contains(codes[0])
        case "back": return isDone && states.count { $0 == codes[0] } > 1
        case "running": return !isDone && states.last == codes[0]
        case "group": return groups.contains(codes[0])
        case "flow": return follows(states)
        case "handoff": return follows(groups)
        case "way": return isDone && states == codes
        case "skipped": return isDone && !states.contains(codes[0])
        case "order":
            guard isDone, let a = states.firstIndex(of: codes[0]), let b = states.firstIndex(of: codes[1]) else {
                return false
            }
            return a < b
        case "returned": return isDone && Set(states).count < states.count
        case "handed": return isDone && groups.count > 1
        default: return false
        }
    }
}
