import Records
import Store

// What the analysis reads of each ticket, kept beside the tickets in blocks of bytes (`TicketTable.block`) by kind and month of
// opening. A batch of an import writes the tickets it brings or changes as parts of their months, in its own transaction, and
// names the states that are no longer true: it reads and rewrites nothing, so an import stays as fast as it was. When the
// blocks are next read, the parts of each month that changed become one, sorted; the other months are left as they are.
//
// A state of a ticket is known by its change number, which no other state of any ticket ever has.

/// What a batch changes in the blocks.
struct BlockDeltas {
    struct Place: Hashable, Comparable {
        var kind: UInt8
        /// The first day of the month, UTC.
        var month: Int32

        init(_ ticket: Ticket) {
            kind = ticket.kind.rawValue
            month = Zone.utc.day(of: ticket.openedAt).startOfMonth.number
        }

        init(kind: UInt8, month: Int32) {
            self.kind = kind
            self.month = month
        }

        static func < (a: Place, b: Place) -> Bool { (a.kind, a.month) < (b.kind, b.month) }
    }

    private var blocks: [Place: TicketBlocks] = [:]

    /// Adds the state of a ticket after change number `change`.
    mutating func add(
        _ ticket: Ticket, change: Int64, number: (Name) throws(StoreError) -> Int64
    ) throws(StoreError) {
        var stored = ticket
        for dimension in Dimension.allCases where !ticket.attributes[dimension].isNone {
            stored.attributes[dimension] = Name(code: UInt32(clamping: try number(ticket.attributes[dimension])))
        }
        blocks[Place(ticket), default: TicketBlocks()].append(stored, change: change)
    }

    /// Takes away the state that a ticket had since change number `change`.
    mutating func remove(_ ticket: Ticket, change: Int64) {
        blocks[Place(ticket), default: TicketBlocks()].gone.insert(change)
    }

    /// - Parameter part: A number that no earlier batch had.
    func write(part: Int64, to c: any SQLConnection) throws(StoreError) {
        guard try TicketBlocks.areKept(c) else { return }
        for place in blocks.keys.sorted() {
            guard let tickets = blocks[place] else { continue }
            try TicketBlocks.write(tickets.bytes(of: Array(tickets.changes.indices)), place, part: part, c)
        }
    }
}

/// Tickets of one kind and month, with the store's numbers of names as codes.
struct TicketBlocks {
    private var table = TicketTable()
    /// The change number of each ticket.
    private(set) var changes: [Int64] = []
    /// Change numbers of states that are no longer true.
    var gone: Set<Int64> = []

    mutating func append(_ ticket: Ticket, change: Int64) {
        table.append(ticket)
        changes.append(change)
    }

    func bytes(of rows: [Int]) -> [UInt8] {
        var out = BlockWriter()
        for numbers in [gone.sorted(), rows.map { changes[$0] }] {
            out.add(UInt64(numbers.count))
            var last: Int64 = 0
            for number in numbers {
                out.add(signed: number - last)
                last = number
            }
        }
        return out.bytes + table.block(of: rows)
    }

    /// Whether the blocks are kept up to date; a store that was made before there were any begins when they are first read.
    static func areKept(_ c: any SQLConnection) throws(StoreError) -> Bool {
        do {
            return try c.first("select value from counter where name = 'blocks'") { $0.integer(0) } == 1
        } catch let error as StoreError { throw error } catch {
            throw .failed(address: "ticket_block", reason: "\(error)")
        }
    }

    static func write(
        _ bytes: [UInt8], _ place: BlockDeltas.Place, part: Int64, _ c: any SQLConnection
    ) throws(StoreError) {
        try c.run(
            "insert into ticket_block (kind, month, part, content) values ($1, $2, $3, $4)", Value(place.kind),
            Value(place.month), .integer(part), .bytes(bytes))
    }

    /// Forgets the blocks; they are made anew from the tickets when they are next read.
    static func forget(_ c: any SQLConnection) throws(StoreError) {
        try c.run("delete from ticket_block")
        try c.run("update counter set value = 0 where name = 'blocks'")
    }

    private static let damaged = StoreError.damaged(
        address: "ticket_block", reason: "a block of tickets cannot be read; run ‘ratchet turn --rebuild’")

    /// Splits a part into its numbers and its block.
    static func split(_ bytes: [UInt8]) throws(StoreError) -> (gone: [Int64], changes: [Int64], block: [UInt8]) {
        var input = BlockReader(bytes)
        var lists: [[Int64]] = []
        for _ in 0..<2 {
            guard let count = input.next().flatMap({ Int(exactly: $0) }), count <= bytes.count else { throw damaged }
            var last: Int64 = 0
            var list: [Int64] = []
            list.reserveCapacity(count)
            for _ in 0..<count {
                last &+= input.signed()
                list.append(last)
            }
            lists.append(list)
        }
        return (lists[0], lists[1], input.rest)
    }

    static func append(
        _ block: [UInt8], _ kind: UInt8, to table: inout TicketTable, name: (UInt32) throws(StoreError) -> Name
    ) throws(StoreError) {
        guard let kind = TicketKind(rawValue: kind), try table.append(block: block, kind: kind, name: name) else {
            throw damaged
        }
    }

    /// The parts of a month as one, in the order of the openings; empty when no ticket is left.
    /// - Parameter isTidy: What is one part already is given as it is.
    static func merged(
        _ place: BlockDeltas.Place, _ c: any SQLConnection, isTidy: Bool = false
    ) throws -> [UInt8] {
        let parts = try c.rows(
            "select part, content from ticket_block where kind = $1 and month = $2 order by part", Value(place.kind),
            Value(place.month)
        ) { ($0.integer(0), $0.bytes(1)) }
        if isTidy, parts.count == 1, let only = parts.first, only.0 == 0 { return only.1 }
        var all = TicketBlocks()
        var gone = Set<Int64>()
        for (_, part) in parts {
            let (no, changes, block) = try split(part)
            gone.formUnion(no)
            all.changes += changes
            try append(block, place.kind, to: &all.table) { code in Name(code: code) }
        }
        guard all.changes.count == all.table.count else { throw damaged }
        return all.sorted(without: gone)
    }

    /// The bytes of all but those that are gone, in the order of the openings.
    func sorted(without gone: Set<Int64> = []) -> [UInt8] {
        let rows = changes.indices.filter { !gone.contains(changes[$0]) }
            .sorted { table.isBefore($0, $1) || (!table.isBefore($1, $0) && changes[$0] < changes[$1]) }
        return rows.isEmpty ? [] : bytes(of: rows)
    }

    /// All tickets of the store, month by month. O(tickets).
    static func eachMonth(
        _ c: any SQLConnection, _ body: (BlockDeltas.Place, TicketBlocks) throws -> Void
    ) throws {
        for kind in TicketKind.allCases {
            let rows = try c.statement(
                "select change_number, \(TicketRows.columns) from ticket where kind = $1 order by opened_at")
            defer { rows.reset() }
            try rows.bind(Int64(kind.rawValue), at: 1)
            var month: (place: BlockDeltas.Place, tickets: TicketBlocks)?
            while try rows.step() {
                let ticket = try TicketRows.ticket(rows, from: 1) { number throws(StoreError) in
                    Name(code: UInt32(clamping: number))
                }
                let place = BlockDeltas.Place(ticket)
                if let done = month, done.place != place {
                    month = nil
                    try body(done.place, done.tickets)
                }
                var tickets = month?.tickets ?? TicketBlocks()
                month = nil
                tickets.append(ticket, change: rows.integer(0))
                month = (place, tickets)
            }
            if let month { try body(month.place, month.tickets) }
        }
    }
}

extension SQLStore {
    public func ticketTable() async throws -> TicketTable {
        try await tidyBlocks()
        return try await database.read { c in
            var texts = NameTexts(c)
            var table = TicketTable()
            let count = try c.first("select coalesce(sum(tickets), 0) from slice where dimension = -1") {
                $0.integer(0)
            }
            table.reserve(Int(count ?? 0))
            // Read one after another: a month at a time is in memory.
            let places = try Self.places(c, where: "true")
            for place in places {
                let bytes = try TicketBlocks.merged(place, c, isTidy: true)
                if bytes.isEmpty { continue }
                let block = try TicketBlocks.split(bytes).block
                try TicketBlocks.append(block, place.kind, to: &table) { code throws(StoreError) in
                    try texts.name(Int64(code))
                }
            }
            table.finish(names: texts.names)
            return table
        }
    }

    private static func places(_ c: any SQLConnection, where condition: String) throws -> [BlockDeltas.Place] {
        try c.rows("select distinct kind, month from ticket_block where \(condition) order by kind, month") {
            BlockDeltas.Place(kind: UInt8(clamping: $0.integer(0)), month: Int32(clamping: $0.integer(1)))
        }
    }

    /// Makes the blocks where there are none, and one part of the parts of each month that has changed.
    private func tidyBlocks() async throws {
        let isTidy = try await database.read { c in
            try TicketBlocks.areKept(c) && Self.places(c, where: "part > 0").isEmpty
        }
        if isTidy { return }
        try await database.write { c in
            guard try TicketBlocks.areKept(c) else {
                try c.run("delete from ticket_block")
                try TicketBlocks.eachMonth(c) { place, tickets in
                    try TicketBlocks.write(tickets.sorted(), place, part: 0, c)
                }
                try c.run(
                    "insert into counter (name, value) values ('blocks', 1) on conflict (name) do update set value = 1")
                return
            }
            for place in try Self.places(c, where: "part > 0") {
                let bytes = try TicketBlocks.merged(place, c)
                try c.run(
                    "delete from ticket_block where kind = $1 and month = $2", Value(place.kind), Value(place.month))
                if !bytes.isEmpty { try TicketBlocks.write(bytes, place, part: 0, c) }
            }
        }
    }

    /// How many months of the blocks differ from the tickets. O(tickets).
    static func monthsOfBlocksThatDiffer(_ c: any SQLConnection) throws -> Int {
        guard try TicketBlocks.areKept(c) else { return 0 }
        var left = Set(try places(c, where: "true"))
        var differ = 0
        try TicketBlocks.eachMonth(c) { place, tickets in
            left.remove(place)
            if try TicketBlocks.merged(place, c) != tickets.sorted() { differ += 1 }
        }
        for place in left where try !TicketBlocks.merged(place, c).isEmpty { differ += 1 }
        return differ
    }
}
