import Measures
import Records
import Store

/// What a batch changes in the roll-ups: sorted, so that each stored month is read and written once.
struct RollupDeltas {
    private struct Entry {
        var kind: Int64
        /// −1 is everything.
        var dimension: Int64
        var value: Int64
        var month: Int32
        var contribution: Int32
        var sign: Int8
        var isOpening: Bool
    }

    private var contributions: [Contribution] = []
    private var entries: [Entry] = []
    private var counts: [[Int64]: Int64] = [:]

    /// Adds a ticket, or takes its earlier state away with `sign` −1.
    mutating func add(
        _ ticket: Ticket, sign: Int8, _ calendar: BusinessCalendar, number: (Name) throws -> Int64
    ) throws {
        guard let contribution = Contribution(of: ticket, calendar: calendar) else { return }
        let index = Int32(contributions.count)
        contributions.append(contribution)
        let kind = Int64(ticket.kind.rawValue)
        let openedMonth = contribution.opened.day.startOfMonth.number
        let finishedMonth = contribution.finished?.day.startOfMonth.number
        func enter(_ dimension: Int64, _ value: Int64) {
            entries.append(
                Entry(
                    kind: kind, dimension: dimension, value: value, month: openedMonth, contribution: index,
                    sign: sign, isOpening: true))
            if let finishedMonth {
                entries.append(
                    Entry(
                        kind: kind, dimension: dimension, value: value, month: finishedMonth, contribution: index,
                        sign: sign, isOpening: false))
            }
            counts[[kind, dimension, value], default: 0] += Int64(sign)
        }
        enter(-1, 0)
        for dimension in Dimension.allCases where !ticket.attributes[dimension].isNone {
            enter(Int64(dimension.index), try number(ticket.attributes[dimension]))
        }
    }

    func write(to c: any SQLConnection) throws {
        let sorted = entries.sorted {
            ($0.kind, $0.dimension, $0.value, $0.month, $0.contribution) < (
                $1.kind, $1.dimension, $1.value, $1.month, $1.contribution
            )
        }
        let select = try c.statement(
            "select totals from rollup where kind = $1 and dimension = $2 and value = $3 and month = $4")
        let upsert = try c.statement(
            """
            insert into rollup (kind, dimension, value, month, totals) values ($1, $2, $3, $4, $5)
            on conflict (kind, dimension, value, month) do update set totals = excluded.totals
            """)
        var i = 0
        while i < sorted.count {
            let first = sorted[i]
            let month = Day(number: first.month)
            var change = Rollup()
            var stored: [UInt8] = []
            try select.bind(first.kind, at: 1)
            try select.bind(first.dimension, at: 2)
            try select.bind(first.value, at: 3)
            try select.bind(Int64(first.month), at: 4)
            if try select.step() { stored = select.bytes(0) }
            select.reset()
            while i < sorted.count, sorted[i].kind == first.kind, sorted[i].dimension == first.dimension,
                sorted[i].value == first.value, sorted[i].month == first.month
            {
                let entry = sorted[i]
                let contribution = contributions[Int(entry.contribution)]
                if entry.isOpening {
                    change.addOpened(contribution, sign: Int64(entry.sign))
                } else {
                    change.addFinished(contribution, sign: Int64(entry.sign))
                }
                i += 1
            }
            guard let bytes = change.added(to: stored, month: month) else {
                throw StoreError.damaged(address: "rollup", reason: "a month of totals cannot be read")
            }
            try upsert.bind(first.kind, at: 1)
            try upsert.bind(first.dimension, at: 2)
            try upsert.bind(first.value, at: 3)
            try upsert.bind(Int64(first.month), at: 4)
            try upsert.bind(bytes, at: 5)
            while try upsert.step() {}
            upsert.reset()
        }
        for (key, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where count != 0 {
            try c.run(
                """
                insert into slice (kind, dimension, value, tickets) values ($1, $2, $3, $4)
                on conflict (kind, dimension, value) do update set tickets = slice.tickets + excluded.tickets
                """, .integer(key[0]), .integer(key[1]), .integer(key[2]), .integer(count))
        }
    }
}

extension SQLStore {
    public func rollup(
        _ kind: TicketKind, _ slice: Slice, over period: Period?, calendar: BusinessCalendar
    ) async throws -> Rollup {
        try await database.read { c in
            var out = Rollup()
            if slice.parts.count > 1 {
                guard let filter = try TicketRows.filter(slice, c, firstPlace: 2) else { return out }
                var texts = NameTexts(c)
                let rows = try c.statement(
                    "select \(TicketRows.qualifiedColumns) from ticket t where t.kind = $1\(filter.sql)")
                defer { rows.reset() }
                try rows.bind(Int64(kind.rawValue), at: 1)
                for (i, value) in filter.values.enumerated() { try rows.bind(value, at: i + 2) }
                while try rows.step() {
                    let ticket = try TicketRows.ticket(rows, from: 0) { number throws(StoreError) in
                        try texts.name(number)
                    }
                    if let contribution = Contribution(of: ticket, calendar: calendar) { out.add(contribution) }
                }
                return out
            }
            var value: Int64 = 0
            var dimension: Int64 = -1
            if let part = slice.parts.first {
                guard let number = try NameNumbers.existing(part.value, c) else { return out }
                value = number
                dimension = Int64(part.dimension.index)
            }
            let months = try c.rows(
                """
                select month, totals from rollup
                where kind = $1 and dimension = $2 and value = $3 and month >= $4 and month <= $5
                """, Value(kind.rawValue), .integer(dimension), .integer(value),
                .integer(Int64(period?.first.startOfMonth.number ?? .min)), .integer(Int64(period?.last.number ?? .max))
            ) { (Day(number: Int32(clamping: $0.integer(0))), $0.bytes(1)) }
            for (month, bytes) in months {
                guard out.add(encoded: bytes, month: month) else {
                    throw StoreError.damaged(address: address, reason: "a month of totals cannot be read")
                }
            }
            return out
        }
    }

    public func values(of dimension: Dimension, _ kind: TicketKind, limit: Int) async throws -> [SliceCount] {
        try await database.read {
            try $0.rows(
                """
                select n.text, s.tickets from slice s join name n on n.id = s.value
                where s.kind = $1 and s.dimension = $2 and s.tickets > 0 order by s.tickets desc, n.text limit $3
                """, Value(kind.rawValue), Value(dimension.index), Value(limit)
            ) { SliceCount(value: $0.text(0), count: Int($0.integer(1))) }
        }
    }

    public func rollups(
        _ kind: TicketKind, by dimension: Dimension, over period: Period
    ) async throws -> [String: Rollup] {
        try await database.read { c in
            let rows = try c.rows(
                """
                select n.text, r.month, r.totals from rollup r join name n on n.id = r.value
                where r.kind = $1 and r.dimension = $2 and r.month >= $3 and r.month <= $4
                """, Value(kind.rawValue), Value(dimension.index), .integer(Int64(period.first.startOfMonth.number)),
                .integer(Int64(period.last.number))
            ) { ($0.text(0), Day(number: Int32(clamping: $0.integer(1))), $0.bytes(2)) }
            var out: [String: Rollup] = [:]
            for (value, month, bytes) in rows {
                guard out[value, default: Rollup()].add(encoded: bytes, month: month) else {
                    throw StoreError.damaged(address: address, reason: "a month of totals cannot be read")
                }
            }
            return out
        }
    }

    public func followedChanges(_ slice: Slice, within: Duration, zone: Zone) async throws -> Rollup {
        try await database.read { c in
            var out = Rollup()
            guard let filter = try TicketRows.filter(slice, c, firstPlace: 2) else { return out }
            let window = within.components.seconds * 1_000_000
            // Not followed by a later change before the incident came: that one is the latest then.
            let rows = try c.rows(
                """
                select t.ended_at, exists (
                    select 1 from ticket i
                    where i.kind = 1 and i.service = t.service and i.status not in (6, 7)
                        and i.opened_at >= t.ended_at and i.opened_at < t.ended_at + $1
                        and not exists (
                            select 1 from ticket later
                            where later.kind = 4 and later.service = t.service and later.id <> t.id
                                and coalesce(later.resolved_at, later.closed_at) > t.ended_at
                                and coalesce(later.resolved_at, later.closed_at) <= i.opened_at))
                from (
                    select id, service, category, subcategory, work_group, location, priority, channel, segment,
                        coalesce(resolved_at, closed_at) as ended_at
                    from ticket
                    where kind = 4 and service > 0 and status not in (6, 7)
                        and coalesce(resolved_at, closed_at) is not null
                ) t where true\(filter.sql)
                """, values: [.integer(window)] + filter.values
            ) { (Moment(microseconds: $0.integer(0)), $0.integer(1) != 0) }
            for (moment, isFollowed) in rows {
                let day = zone.day(of: moment)
                out.add(1, of: .ended, on: day)
                if isFollowed { out.add(1, of: .followed, on: day) }
            }
            return out
        }
    }

    public func rebuildRollups(calendar: BusinessCalendar) async throws {
        try await database.write { c in
            try c.run("delete from rollup")
            try c.run("delete from slice")
            var last: Int64 = 0
            while true {
                let batch = try ticketBatch(after: last, c)
                guard let end = batch.last?.id else { break }
                var deltas = RollupDeltas()
                // The tickets' names are read as the store's own numbers: no text is needed here.
                for (_, ticket) in batch { try deltas.add(ticket, sign: 1, calendar) { Int64($0.code) } }
                try deltas.write(to: c)
                last = end
            }
        }
    }

    /// Some thousand tickets in the order of their numbers, with the store's name numbers as name codes.
    private func ticketBatch(after id: Int64, _ c: any SQLConnection) throws -> [(id: Int64, ticket: Ticket)] {
        try c.rows(
            "select id, \(TicketRows.columns) from ticket where id > $1 order by id limit 8000", .integer(id)
        ) { row in
            let ticket = try TicketRows.ticket(row, from: 1) { number throws(StoreError) in
                Name(code: UInt32(clamping: number))
            }
            return (row.integer(0), ticket)
        }
    }
}
