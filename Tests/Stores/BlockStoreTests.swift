import CommonSQL
import Foundation
import Measures
import Open
import Records
import Store
import Testing

@testable import SQLite

@Suite("What the analysis reads is kept beside the tickets")
struct BlockStoreTests {
    /// A table of the tickets themselves, read one by one.
    private func fromTickets(_ store: any Store) async throws -> [String] {
        let rows = Lines()
        try await store.eachTicket { record in
            var table = TicketTable()
            table.append(record.ticket)
            table.finish(names: record.names)
            rows.add(lines(table))
        }
        return rows.all.sorted()
    }

    private func expectKept(_ store: any Store, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let table = try await store.ticketTable()
        #expect(try await lines(table).sorted() == fromTickets(store), sourceLocation: sourceLocation)
        #expect(try await store.check() == [], sourceLocation: sourceLocation)
        // In the order in which the analysis wants them.
        for i in 0..<max(0, table.count - 1) where table.kind[i] == table.kind[i + 1] {
            #expect(table.isBefore(i, i + 1), sourceLocation: sourceLocation)
        }
    }

    @Test("After any sequence of new tickets and corrections they say what the tickets say", arguments: [1, 2, 3])
    func anySequence(seed: Int) async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        var tickets = sampleTickets(400, names: &names, seed: UInt64(seed))
        var state = UInt64(seed)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<8 {
            var batch = ImportBatch()
            for _ in 0..<60 {
                let i = next(tickets.count)
                // A correction: later, elsewhere, of another state, sometimes opened in another month after all.
                tickets[i].updatedAt = Moment(seconds: 1_460_000_000 + Int64(round))
                tickets[i].attributes[.group] = names.name("Group \(next(6))")
                tickets[i].status = TicketStatus.allCases[next(7)]
                tickets[i].kind = tickets[i].kind == .incident && next(9) == 0 ? .request : tickets[i].kind
                if next(5) == 0 { tickets[i].openedAt = Moment(seconds: 1_450_000_000 + Int64(next(9_000_000))) }
                batch.rows.append(tickets[i])
            }
            let run = try await store.beginImport(
                file: "\(round).csv", fileHash: "\(round)", preset: "csv", at: Moment(seconds: 1))
            for part in [ImportBatch(), batch] {
                _ = try await store.commit(part, names: names, to: run.id, calendar: calendar)
            }
            try await store.finishImport(run.id, report: "{}")
            // Before they are read, between, and never at all in some rounds.
            if round % 3 == 0 { #expect(try await store.check() == []) }
            if round % 3 == 1 { try await expectKept(store) }
        }
        try await expectKept(store)
    }

    @Test("Only months that changed are written again")
    func onlyWhatChanged() async throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let store = try await openStore(path)
        var names = Names()
        let tickets = sampleTickets(5000, names: &names)
        try await take(batches(tickets, of: 900), named: "all", names, into: store)
        _ = try await store.ticketTable()
        let raw = try SQLiteDatabase(path: path)
        try await raw.write { try $0.run("update ticket_block set content = $1 where month = 16892", .bytes([7])) }
        var late = tickets[4999]
        late.updatedAt = Moment(seconds: 1_490_000_000)
        late.status = .closed
        var batch = ImportBatch()
        batch.rows = [late]
        try await take([batch], named: "late", names, into: store)
        // The damaged April was not touched by the change in June: it is found when it is read, not mended in passing.
        await #expect(throws: StoreError.self) { try await store.ticketTable() }
        await #expect(throws: StoreError.self) { try await store.check() }
        // Made anew from the tickets, as `turn --rebuild` does.
        try await store.rebuildRollups(calendar: calendar)
        try await expectKept(store)
    }

    @Test("A block that does not say what the tickets say is found by the check")
    func differing() async throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let store = try await openStore(path)
        var names = Names()
        try await take(batches(sampleTickets(300, names: &names), of: 100), named: "all", names, into: store)
        let raw = try SQLiteDatabase(path: path)
        try await raw.write { try $0.run("update ticket set reopen_count = 3 where number = 'INC17'") }
        #expect(try await store.check().count == 1)
    }

    @Test(
        "A store from before there were blocks makes them when they are first needed, and an empty one keeps them at once"
    )
    func earlierStore() async throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let store = try await openStore(path)
        var names = Names()
        let tickets = sampleTickets(700, names: &names)
        try await take(batches(Array(tickets[..<500]), of: 200), named: "first", names, into: store)
        let step = try #require(
            Schema.statements(in: SQLiteDatabase.dialect).first { $0[0].contains("create table ticket_block") })
        let raw = try SQLiteDatabase(path: path)
        try await raw.write { c in
            try c.run("drop table ticket_block")
            try c.run("delete from counter where name = 'blocks'")
            for statement in step { try c.run(statement) }
        }
        // More comes in before they are first read.
        try await take(batches(Array(tickets[500...]), of: 200), named: "second", names, into: store)
        #expect(try await store.check() == [])
        try await expectKept(store)
    }

    private func take(_ batches: [ImportBatch], named name: String, _ names: Names, into store: any Store) async throws
    {
        let run = try await store.beginImport(file: name, fileHash: name, preset: "csv", at: Moment(seconds: 1))
        for batch in batches { _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar) }
        try await store.finishImport(run.id, report: "{}")
    }
}

/// All that a table says of each ticket.
private func lines(_ table: TicketTable) -> [String] {
    (0..<table.count).map { i in
        var ticket = table.ticket(i)
        let words = Dimension.allCases.map { table.names[ticket.attributes[$0]] }
        ticket.attributes = Attributes()
        return "\(ticket) \(words) \(table.flags[i])"
    }
}
