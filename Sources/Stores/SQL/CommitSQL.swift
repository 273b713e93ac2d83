import Measures
import Records
import Store

/// Taking in a batch: each ticket once, its history, and what it changes in the roll-ups.
extension SQLStore {
    public func commit(
        _ batch: ImportBatch, names: Names, to id: ID<Import>, calendar: BusinessCalendar
    ) async throws -> (new: Int, changed: Int) {
        let known = importNumbers.take(for: id.value)
        let done = try await database.write { c in
            var work = try BatchWork(names: names, connection: c, importID: id.value)
            try work.take(batch)
            var numbers = NameNumbers(work.texts.names, c, known: known)
            let result = try work.write(calendar: calendar, numbers: &numbers)
            var rejected = 0
            for reject in batch.rejects {
                // One that is there already was taken in before the reading was cut off.
                let isNew = try c.first(
                    """
                    insert into reject (import, line, reason, row_text) values ($1, $2, $3, $4)
                    on conflict do nothing returning line
                    """, .integer(id.value), Value(reject.line), .text(reject.reason), .text(reject.row)
                ) { _ in true }
                if isNew == true { rejected += 1 }
            }
            try c.run(
                "update import set row_count = $1, rejected = rejected + $2 where id = $3", Value(batch.rowsDone),
                Value(rejected), .integer(id.value))
            // Names that were met in the store, not in the file, have codes of this batch only.
            return (result: result, numbers: Array(numbers.numbers.prefix(names.count)))
        }
        importNumbers.keep(done.numbers, for: id.value)
        return done.result
    }
}

/// A batch on its way in: the tickets it speaks of as they are stored, and as they will be.
private struct BatchWork {
    struct Entry {
        /// Nil when the ticket is new.
        var id: Int64?
        /// As it is stored, since which change.
        var before: Ticket?
        var beforeChange: Int64 = 0
        var now: Ticket
        /// The history as it is stored, and what this batch adds to it.
        var history: [UInt8]
        var events: [TicketEvent]
        /// Whether what is stored was written by this same reading of the same file.
        var isOurs: Bool
        var isChanged: Bool
    }

    struct Key: Hashable {
        var kind: TicketKind
        var number: String
    }

    var entries: [Entry] = []
    var places: [Key: Int] = [:]
    var texts: NameTexts
    let connection: any SQLConnection
    let importID: Int64
    let system: Int64

    init(names: Names, connection: any SQLConnection, importID: Int64) throws {
        self.connection = connection
        self.importID = importID
        texts = NameTexts(connection, names: names)
        let preset = try connection.first("select preset from import where id = $1", .integer(importID)) { $0.text(0) }
        system = try NameNumbers.number(of: preset ?? "", connection)
    }

    mutating func take(_ batch: ImportBatch) throws {
        for index in Self.order(of: batch) {
            let row = batch.rows[index]
            let place = try place(of: row, isLog: batch.isLog)
            guard let place else { continue }
            advance(place, to: row, isLog: batch.isLog)
        }
    }

    /// Updates are taken in the order of their times, ties in the order of the file; tickets as they stand in the file.
    private static func order(of batch: ImportBatch) -> [Int] {
        let places = Array(batch.rows.indices)
        guard batch.isLog else { return places }
        let times = batch.rows.map { $0.updatedAt?.microseconds ?? 0 }
        return places.sorted { (times[$0], $0) < (times[$1], $1) }
    }

    /// Where the ticket of a row stands among the entries.
    /// - Returns: Nil when the row itself has just made the entry, so that nothing is left to do.
    private mutating func place(of row: Ticket, isLog: Bool) throws -> Int? {
        let key = Key(kind: row.kind, number: row.number)
        if let place = places[key] { return place }
        places[key] = entries.count
        let select = try connection.statement(
            "select id, import, history, change_number, \(TicketRows.columns) from ticket where number = $1 and kind = $2 and system = $3"
        )
        defer { select.reset() }
        try select.bind(row.number, at: 1)
        try select.bind(Int64(row.kind.rawValue), at: 2)
        try select.bind(system, at: 3)
        if try select.step() {
            let id = select.integer(0)
            let isOurs = select.integer(1) == importID
            let stored = try TicketRows.ticket(select, from: 4) { number throws(StoreError) in try texts.name(number) }
            entries.append(
                Entry(
                    id: id, before: stored, beforeChange: select.integer(3), now: stored, history: select.bytes(2),
                    events: [], isOurs: isOurs, isChanged: false))
            return entries.count - 1
        }
        var events: [TicketEvent] = []
        if isLog {
            // Where it began is part of its history.
            let at = row.updatedAt ?? row.openedAt
            for field in [HistoryField.state, .group] where !row[field].isNone {
                events.append(TicketEvent(at: at, field: field, from: .none, to: row[field], by: row.updatedBy))
            }
        }
        entries.append(
            Entry(id: nil, before: nil, now: row, history: [], events: events, isOurs: true, isChanged: true))
        return nil
    }

    private mutating func advance(_ place: Int, to row: Ticket, isLog: Bool) {
        let known = entries[place].now
        if entries[place].isOurs {
            if let at = row.updatedAt, let last = known.updatedAt, at < last { return }
        } else if let at = row.updatedAt, let last = known.updatedAt {
            // Of a log each moment is known from the first file that held it.
            if at < last || (at == last && isLog) { return }
        } else if row.latestMoment < known.latestMoment {
            return
        }
        var next = known
        let events = next.advance(to: row, at: row.updatedAt ?? row.latestMoment)
        var same = next
        same.line = known.line
        if events.isEmpty, same == known { return }
        entries[place].now = next
        entries[place].events += events
        entries[place].isOurs = true
        entries[place].isChanged = true
    }

    /// Writes what changed.
    mutating func write(
        calendar: BusinessCalendar, numbers: inout NameNumbers
    ) throws -> (new: Int, changed: Int) {
        var changes = try connection.first("select value from counter where name = 'changes'") { $0.integer(0) } ?? 0
        var deltas = RollupDeltas()
        var blocks = BlockDeltas()
        var stale = StaleWeeks()
        var new = 0
        var changed = 0
        var latest: [TicketKind: Moment] = [:]
        let insert = try connection.statement(TicketRows.insert)
        let update = try connection.statement(TicketRows.update)
        let count = TicketRows.columnCount
        for entry in entries where entry.isChanged {
            changes += 1
            let statement = entry.id == nil ? insert : update
            try TicketRows.bind(entry.now, to: statement) { name throws(StoreError) in try numbers.number(name) }
            try statement.bind(system, at: count + 1)
            try statement.bind(importID, at: count + 2)
            try statement.bind(changes, at: count + 3)
            try statement.bind(try history(of: entry, &numbers), at: count + 4)
            if let stored = entry.id { try statement.bind(stored, at: count + 5) }
            while try statement.step() {}
            if entry.id == nil { new += 1 } else { changed += 1 }
            if let before = entry.before {
                try deltas.add(before, sign: -1, calendar) { name in try numbers.number(name) }
                blocks.remove(before, change: entry.beforeChange)
                stale.add(before)
            }
            try blocks.add(entry.now, change: changes) { name throws(StoreError) in try numbers.number(name) }
            try deltas.add(entry.now, sign: 1, calendar) { name in try numbers.number(name) }
            stale.add(entry.now)
            latest[entry.now.kind] = max(latest[entry.now.kind] ?? entry.now.openedAt, entry.now.latestMoment)
        }
        try deltas.write(to: connection)
        try blocks.write(part: changes, to: connection)
        try stale.write(to: connection)
        for (kind, moment) in latest {
            try connection.run(
                """
                insert into counter (name, value) values ($1, $2) on conflict (name) do update
                set value = case when counter.value > excluded.value then counter.value else excluded.value end
                """, .text("lastKnown.\(kind.rawValue)"), .integer(moment.microseconds))
        }
        try connection.run("update counter set value = $1 where name = 'changes'", .integer(changes))
        return (new, changed)
    }

    /// The stored history with this batch's events behind it.
    private func history(of entry: Entry, _ numbers: inout NameNumbers) throws -> [UInt8] {
        if entry.events.isEmpty { return entry.history }
        var bytes = entry.history
        guard let earlier = HistoryBytes.events(bytes) else {
            throw StoreError.damaged(address: "ticket", reason: "the history of \(entry.now.number) cannot be read")
        }
        var events: [StoredEvent] = []
        events.reserveCapacity(entry.events.count)
        for event in entry.events {
            events.append(
                StoredEvent(
                    at: event.at.microseconds, field: Int64(event.field.rawValue),
                    from: try numbers.number(event.from), to: try numbers.number(event.to),
                    by: try numbers.number(event.by)))
        }
        HistoryBytes.append(events, after: earlier.last?.at ?? 0, to: &bytes)
        return bytes
    }
}

extension Ticket {
    /// The latest moment the ticket speaks of: how new a row without a time of update is.
    var latestMoment: Moment {
        [firstResponseAt, resolvedAt, closedAt, updatedAt].compactMap { $0 }.max().map { max($0, openedAt) } ?? openedAt
    }
}
