import Measures
import Records
import Store
import Synchronization

/// What a batch changes in the roll-ups: sorted by slice and month, so that each stored month is read and written once.
struct RollupDeltas {
    /// A stored month of a slice, packed so that sorting compares one number: kind, dimension + 1 (0 is everything), value,
    /// month.
    private struct Place: Hashable, Comparable {
        var packed: UInt64

        init(kind: Int64, dimension: Int64, value: Int64, month: Int32) {
            let slice = UInt64(kind) << 4 | UInt64(dimension + 1)
            packed =
                slice << 56 | UInt64(UInt32(truncatingIfNeeded: value)) << 24
                | UInt64(UInt32(month + 0x80_0000) & 0xFF_FFFF)
        }

        var kind: Int64 { Int64(packed >> 60) }
        var dimension: Int64 { Int64(packed >> 56 & 15) - 1 }
        var value: Int64 { Int64(packed >> 24 & 0xFFFF_FFFF) }
        var month: Int32 { Int32(packed & 0xFF_FFFF) - 0x80_0000 }

        static func < (a: Place, b: Place) -> Bool { a.packed < b.packed }
    }

    private struct Entry {
        var place: Place
        var contribution: Int32
        var isOpening: Bool
    }

    private var contributions: [(contribution: Contribution, sign: Int64)] = []
    private var entries: [Entry] = []

    /// Adds a ticket, or takes its earlier state away with `sign` −1.
    mutating func add(
        _ ticket: Ticket, sign: Int64, _ calendar: BusinessCalendar, number: (Name) throws -> Int64
    ) throws {
        guard let contribution = Contribution(of: ticket, calendar: calendar) else { return }
        let index = Int32(contributions.count)
        contributions.append((contribution, sign))
        let kind = Int64(ticket.kind.rawValue)
        let openedMonth = contribution.opened.day.startOfMonth.number
        let finishedMonth = contribution.finished?.day.startOfMonth.number
        func enter(_ dimension: Int64, _ value: Int64) {
            let place = Place(kind: kind, dimension: dimension, value: value, month: openedMonth)
            entries.append(Entry(place: place, contribution: index, isOpening: true))
            guard let finishedMonth else { return }
            let end = Place(kind: kind, dimension: dimension, value: value, month: finishedMonth)
            entries.append(Entry(place: end, contribution: index, isOpening: false))
        }
        enter(-1, 0)
        for dimension in Dimension.allCases where !ticket.attributes[dimension].isNone {
            enter(Int64(dimension.index), try number(ticket.attributes[dimension]))
        }
    }

    mutating func write(to c: any SQLConnection) throws {
        entries.sort { $0.place < $1.place }
        let select = try c.statement(
            "select totals from rollup where kind = $1 and dimension = $2 and value = $3 and month = $4")
        let upsert = try c.statement(
            """
            insert into rollup (kind, dimension, value, month, totals) values ($1, $2, $3, $4, $5)
            on conflict (kind, dimension, value, month) do update set totals = excluded.totals
            """)
        let count = try c.statement(
            """
            insert into slice (kind, dimension, value, tickets) values ($1, $2, $3, $4)
            on conflict (kind, dimension, value) do update set tickets = slice.tickets + excluded.tickets
            """)
        var tickets: Int64 = 0
        var i = 0
        while i < entries.count {
            let place = entries[i].place
            let key = [place.kind, place.dimension, place.value]
            var change = MonthTotals(month: Day(number: place.month))
            while i < entries.count, entries[i].place == place {
                let (contribution, sign) = contributions[Int(entries[i].contribution)]
                if entries[i].isOpening {
                    change.addOpened(contribution, sign: sign)
                    tickets += sign
                } else {
                    change.addFinished(contribution, sign: sign)
                }
                i += 1
            }
            for (k, part) in (key + [Int64(place.month)]).enumerated() {
                try select.bind(part, at: k + 1)
                try upsert.bind(part, at: k + 1)
            }
            let stored = try select.step() ? select.bytes(0) : []
            select.reset()
            guard let bytes = change.added(to: stored) else {
                throw StoreError.damaged(address: "rollup", reason: "a month of totals cannot be read")
            }
            try upsert.bind(bytes, at: 5)
            while try upsert.step() {}
            upsert.reset()
            let isLastOfSlice =
                i == entries.count
                || [entries[i].place.kind, entries[i].place.dimension, entries[i].place.value] != key
            if isLastOfSlice, tickets != 0 {
                for (k, part) in (key + [tickets]).enumerated() { try count.bind(part, at: k + 1) }
                while try count.step() {}
                count.reset()
            }
            if isLastOfSlice { tickets = 0 }
        }
    }
}

extension SQLStore {
    public func rollup(
        _ kind: TicketKind, _ slice: Slice, over period: Period?, calendar: BusinessCalendar
    ) async throws -> Rollup {
        if let last = slice.parts.last, slice.parts.count > 1 {
            let rest = Slice(Array(slice.parts.dropLast()))
            return try await rollups(kind, rest, by: last.dimension, values: [last.value], calendar: calendar)[
                last.value]
                ?? Rollup()
        }
        // Read as a whole, a roll-up is kept until a ticket changes: a page is looked at more than once.
        let changes = period == nil ? try await changeCount() : 0
        let key = "\(kind.rawValue) \(slice.address)"
        if period == nil, let kept = kept.rollup(key, changes: changes) { return kept }
        let found = try await database.read { c in
            var out = Rollup()
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
        if period == nil { kept.keep(found, as: key, changes: changes) }
        return found
    }

    public func rollups(
        _ kind: TicketKind, _ slice: Slice, by dimension: Dimension, values: [String], calendar: BusinessCalendar
    ) async throws -> [String: Rollup] {
        guard Dimension.allCases.contains(dimension) else { return [:] }
        let changes = try await changeCount()
        func key(_ value: String) -> String {
            "\(kind.rawValue) \(Slice(slice.parts + [Slice.Part(dimension, value)]).address) \(calendar.hashValue)"
        }
        var out: [String: Rollup] = [:]
        for value in values { out[value] = kept.rollup(key(value), changes: changes) }
        let missing = values.filter { out[$0] == nil }
        if missing.isEmpty { return out }
        let found = try await database.read { c in
            var found = Dictionary(uniqueKeysWithValues: missing.map { ($0, Rollup()) })
            guard let filter = try TicketRows.filter(slice, c, firstPlace: 2) else { return found }
            var byNumber: [UInt32: String] = [:]
            for value in missing {
                guard let number = try NameNumbers.existing(value, c), number > 0 else { continue }
                byNumber[UInt32(clamping: number)] = value
            }
            // The store's own numbers serve as names: only the values asked for are compared.
            let places = byNumber.keys.sorted().map(String.init).joined(separator: ", ")
            let rows = try c.statement(
                """
                select \(TicketRows.qualifiedColumns) from ticket t
                where t.kind = $1\(filter.sql) and t.\(TicketRows.column(dimension)) in (\(places))
                """)
            defer { rows.reset() }
            try rows.bind(Int64(kind.rawValue), at: 1)
            for (i, value) in filter.values.enumerated() { try rows.bind(value, at: i + 2) }
            while try rows.step() {
                let ticket = try TicketRows.ticket(rows, from: 0) { number throws(StoreError) in
                    Name(code: UInt32(clamping: number))
                }
                guard let value = byNumber[ticket.attributes[dimension].code],
                    let contribution = Contribution(of: ticket, calendar: calendar)
                else { continue }
                found[value]?.add(contribution)
            }
            return found
        }
        for (value, rollup) in found {
            kept.keep(rollup, as: key(value), changes: changes)
            out[value] = rollup
        }
        return out
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
            try TicketBlocks.forget(c)
            try StaleWeeks.markAll(c)
            // What others keep of the old roll-ups is not good any more.
            try c.run("update counter set value = value + 1 where name = 'changes'")
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

/// Roll-ups that were read as a whole or added up from tickets, until a ticket changes. Anyone who writes to the store, this
/// process or another, moves the count of changes on.
final class KeptRollups: Sendable {
    /// About 100 MB at most, with two years of days each.
    private static let keptMax = 128
    private let state = Mutex<(changes: Int64, rollups: [String: Rollup])>((-1, [:]))

    func rollup(_ key: String, changes: Int64) -> Rollup? {
        state.withLock { $0.changes == changes ? $0.rollups[key] : nil }
    }

    func keep(_ rollup: Rollup, as key: String, changes: Int64) {
        state.withLock { state in
            if state.changes != changes || state.rollups.count >= Self.keptMax { state = (changes, [:]) }
            state.rollups[key] = rollup
        }
    }
}
