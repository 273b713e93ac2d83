import Measures
import Records
import Store

/// Tickets: taking them in, and giving them out.
extension SQLStore {
    public func importOf(fileHash: String) async throws -> Import? {
        try await database.read {
            try $0.first("\(Self.selectImport) where file_hash = $1", .text(fileHash), row: Self.readImport)
        }
    }

    public func beginImport(file: String, fileHash: String, preset: String, at moment: Moment) async throws -> Import {
        try await database.write { c in
            let id = try c.first(
                """
                insert into import (file, file_hash, preset, started_at, state, row_count, rejected, report)
                values ($1, $2, $3, $4, 'reading', 0, 0, '') returning id
                """, .text(file), .text(fileHash), .text(preset), .integer(moment.microseconds)
            ) { $0.integer(0) }
            return Import(
                id: ID(id ?? 0), file: file, fileHash: fileHash, preset: preset, startedAt: moment, state: .reading,
                rows: 0, rejected: 0, report: "")
        }
    }

    public func finishImport(_ id: ID<Import>, report: String) async throws {
        try await database.write {
            try $0.run(
                "update import set state = 'done', report = $1 where id = $2", .text(report), .integer(id.value))
        }
    }

    public func imports(limit: Int) async throws -> [Import] {
        try await database.read {
            try $0.rows("\(Self.selectImport) order by id desc limit $1", Value(limit), row: Self.readImport)
        }
    }

    public func rejects(of id: ID<Import>, after line: Int, limit: Int) async throws -> [Reject] {
        try await database.read {
            try $0.rows(
                """
                select i.file, r.line, r.reason, r.row_text from reject r join import i on i.id = r.import
                where r.import = $1 and r.line > $2 order by r.line limit $3
                """, .integer(id.value), Value(line), Value(limit)
            ) { Reject(file: $0.text(0), line: Int($0.integer(1)), reason: $0.text(2), row: $0.text(3)) }
        }
    }

    private static var selectImport: String {
        "select id, file, file_hash, preset, started_at, state, row_count, rejected, report from import"
    }

    private static func readImport(_ row: any SQLStatement) -> Import {
        Import(
            id: ID(row.integer(0)), file: row.text(1), fileHash: row.text(2), preset: row.text(3),
            startedAt: Moment(microseconds: row.integer(4)), state: Import.State(rawValue: row.text(5)) ?? .reading,
            rows: Int(row.integer(6)), rejected: Int(row.integer(7)), report: row.text(8))
    }

    public func ticketTable() async throws -> TicketTable {
        try await database.read { c in
            var texts = NameTexts(c)
            var table = TicketTable()
            let count = try c.first("select coalesce(sum(tickets), 0) from slice where dimension = -1") {
                $0.integer(0)
            }
            table.reserve(Int(count ?? 0))
            let rows = try c.statement("select \(TicketRows.columns) from ticket order by id")
            defer { rows.reset() }
            while try rows.step() {
                let ticket = try TicketRows.ticket(rows, from: 0) { number throws(StoreError) in try texts.name(number)
                }
                table.append(ticket)
            }
            table.finish(names: texts.names)
            return table
        }
    }

    public func extents() async throws -> [Extent] {
        try await database.read { c in
            var out: [Extent] = []
            for kind in TicketKind.allCases {
                let k = Value(kind.rawValue)
                guard
                    let count = try c.first(
                        "select tickets from slice where kind = $1 and dimension = -1", k, row: { $0.integer(0) }),
                    count > 0,
                    let span = try c.first(
                        // Asked for apart, each is one look at an end of the index; together they would read all of it.
                        """
                        select (select min(opened_at) from ticket where kind = $1),
                               (select max(opened_at) from ticket where kind = $1)
                        """, k, row: { ($0.integer(0), $0.integer(1)) })
                else { continue }
                let last = try c.first(
                    "select value from counter where name = $1", .text("lastKnown.\(kind.rawValue)")
                ) { $0.integer(0) }
                out.append(
                    Extent(
                        kind: kind, count: Int(count), firstOpened: Moment(microseconds: span.0),
                        lastOpened: Moment(microseconds: span.1),
                        lastKnown: Moment(microseconds: max(last ?? 0, span.1))))
            }
            return out
        }
    }

    public func ticket(_ kind: TicketKind, number: String) async throws -> TicketRecord? {
        try await database.read { c in
            var texts = NameTexts(c)
            let found = try c.first(
                """
                select t.history, i.file, i.file_hash, i.started_at, \(TicketRows.qualifiedColumns) from ticket t
                join import i on i.id = t.import where t.kind = $1 and t.number = $2
                """, Value(kind.rawValue), .text(number)
            ) { try Self.readRecord($0, &texts) }
            guard var record = found else { return nil }
            record.names = texts.names
            return record
        }
    }

    public func eachTicket(_ body: @escaping @Sendable (TicketRecord) throws -> Void) async throws {
        try await database.read { c in
            var texts = NameTexts(c)
            let rows = try c.statement(
                """
                select t.history, i.file, i.file_hash, i.started_at, \(TicketRows.qualifiedColumns) from ticket t
                join import i on i.id = t.import order by t.id
                """)
            defer { rows.reset() }
            while try rows.step() {
                var record = try Self.readRecord(rows, &texts)
                record.names = texts.names
                try body(record)
            }
        }
    }

    private static func readRecord(_ row: any SQLStatement, _ texts: inout NameTexts) throws -> TicketRecord {
        let ticket = try TicketRows.ticket(row, from: 4) { number throws(StoreError) in try texts.name(number) }
        guard let stored = HistoryBytes.events(row.bytes(0)) else {
            throw StoreError.damaged(address: "ticket", reason: "the history of \(ticket.number) cannot be read")
        }
        var events: [TicketRecord.Event] = []
        for event in stored {
            guard let field = HistoryField(rawValue: UInt8(clamping: event.field)) else { continue }
            let words = [try texts.name(event.from), try texts.name(event.to), try texts.name(event.by)]
                .map { texts.names[$0] }
            events.append(
                TicketRecord.Event(
                    at: Moment(microseconds: event.at), field: field, from: words[0], to: words[1], by: words[2]))
        }
        return TicketRecord(
            ticket: ticket, names: Names(), events: events,
            provenance: Provenance(
                file: row.text(1), fileHash: row.text(2), line: Int(ticket.line),
                importedAt: Moment(microseconds: row.integer(3))))
    }

    public func tickets(
        _ kind: TicketKind, _ slice: Slice, opened: Range<Moment>, after: ID<Ticket>?, limit: Int
    ) async throws -> [TicketLine] {
        try await database.read { c in
            guard let filter = try TicketRows.filter(slice, c, firstPlace: 4) else { return [] }
            var values: [Value] = [
                Value(kind.rawValue), .integer(opened.lowerBound.microseconds),
                .integer(opened.upperBound.microseconds),
            ]
            values += filter.values
            var cursor = ""
            if let after {
                values.append(.integer(after.value))
                cursor =
                    " and (t.opened_at, t.id) < ((select opened_at from ticket where id = $\(values.count)), "
                    + "$\(values.count))"
            }
            values.append(Value(limit))
            return try c.rows(
                """
                select t.id, t.number, t.title, t.status, coalesce(p.text, ''), coalesce(g.text, ''),
                       coalesce(k.text, ''), t.opened_at, t.resolved_at, t.closed_at, i.file, t.line
                from ticket t join import i on i.id = t.import
                left join name p on p.id = t.priority left join name g on g.id = t.work_group
                left join name k on k.id = t.category
                where t.kind = $1 and t.opened_at >= $2 and t.opened_at < $3\(filter.sql)\(cursor)
                order by t.opened_at desc, t.id desc limit $\(values.count)
                """, values: values
            ) { row in
                TicketLine(
                    id: ID(row.integer(0)), number: row.text(1), title: row.text(2),
                    status: TicketStatus(rawValue: UInt8(clamping: row.integer(3))) ?? .new, priority: row.text(4),
                    group: row.text(5), category: row.text(6), openedAt: Moment(microseconds: row.integer(7)),
                    resolvedAt: row.optionalInteger(8).map { Moment(microseconds: $0) },
                    closedAt: row.optionalInteger(9).map { Moment(microseconds: $0) }, file: row.text(10),
                    line: Int(row.integer(11)))
            }
        }
    }

    public func changeCount() async throws -> Int64 {
        try await database.read {
            try $0.first("select value from counter where name = 'changes'") { $0.integer(0) } ?? 0
        }
    }
}

extension TicketRows {
    static let qualifiedColumns = columns.split(separator: ",")
        .map { "t." + $0.drop(while: { $0.isWhitespace }) }.joined(separator: ", ")

    static func column(_ dimension: Dimension) -> String {
        switch dimension {
        case .group: "work_group"
        default: dimension.rawValue
        }
    }

    /// The condition that a ticket `t` is in a slice.
    /// - Returns: Nil when a value of the slice occurs nowhere, so that no ticket can be in it.
    static func filter(_ slice: Slice, _ c: any SQLConnection, firstPlace: Int) throws -> (
        sql: String, values: [Value]
    )? {
        var sql = ""
        var values: [Value] = []
        for part in slice.parts {
            // No ticket has a device.
            guard Dimension.allCases.contains(part.dimension),
                let number = try NameNumbers.existing(part.value, c)
            else { return nil }
            sql += " and t.\(column(part.dimension)) = $\(firstPlace + values.count)"
            values.append(.integer(number))
        }
        return (sql, values)
    }
}
