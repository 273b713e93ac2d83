import Foundation
import Measures
import Open
import Records
import Store
import Testing

@Suite("Any store keeps records")
struct RecordStoreTests {
    @Test("An empty store says so")
    func empty() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.extents().isEmpty)
        #expect(try await store.latestTurn() == nil)
        #expect(try await store.ticketTable().isEmpty)
        #expect(try await store.rollup(.incident, .everything, over: nil, calendar: calendar).isEmpty)
        #expect(try await store.check().isEmpty)
    }

    @Test("What went in comes out: tickets, columns, history, provenance")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        var ticket = Ticket(number: "Ærø-1", openedAt: Moment(microseconds: 1_456_704_000_123_456))
        ticket.status = .resolved
        ticket.state = names.name("Løst")
        ticket.attributes[.service] = names.name("网络")
        ticket.attributes[.segment] = names.name("eksterne")
        ticket.resolvedAt = Moment(seconds: 1_456_800_000)
        ticket.satisfaction = 4.5
        ticket.isUnauthorized = false
        ticket.title = "Skriver \"hopper\" af"
        ticket.causedBy = "CHG1"
        ticket.line = 17
        var batch = ImportBatch()
        batch.rows = [ticket]
        batch.rejects = [Reject(file: "x.csv", line: 9, reason: "no date", row: "a;b")]
        batch.rowsDone = 2
        let run = try await store.beginImport(
            file: "x.csv", fileHash: "abc", preset: "csv", at: Moment(seconds: 1))
        #expect(try await store.commit(batch, names: names, to: run.id, calendar: calendar) == (1, 0))
        try await store.finishImport(run.id, report: "{}")

        let back = try #require(await store.ticket(.incident, number: "Ærø-1"))
        #expect(back.names[back.ticket.attributes[.service]] == "网络")
        #expect(back.names[back.ticket.attributes[.segment]] == "eksterne")
        #expect(back.names[back.ticket.state] == "Løst")
        #expect(back.ticket.openedAt == ticket.openedAt)
        #expect(back.ticket.satisfaction == 4.5)
        #expect(back.ticket.isUnauthorized == false)
        #expect(back.ticket.title == ticket.title)
        #expect(back.ticket.causedBy == "CHG1")
        #expect(back.provenance.file == "x.csv")
        #expect(back.provenance.line == 17)
        let imports = try await store.imports(limit: 10)
        #expect(imports.count == 1)
        #expect(imports[0].state == .done)
        #expect(imports[0].rows == 2)
        #expect(imports[0].rejected == 1)
        #expect(try await store.rejects(of: run.id, after: 0, limit: 10) == batch.rejects)
        #expect(try await store.ticket(.request, number: "Ærø-1") == nil)
    }

    @Test("The same rows twice, or an overlapping file, change nothing but what is newer")
    func overlap() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        let tickets = sampleTickets(300, names: &names)
        let first = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for batch in batches(tickets, of: 100) {
            _ = try await store.commit(batch, names: names, to: first.id, calendar: calendar)
        }
        let before = try await dump(store)
        let changes = try await store.changeCount()

        let second = try await store.beginImport(file: "2", fileHash: "2", preset: "p", at: Moment(seconds: 2))
        for batch in batches(tickets, of: 70) {
            #expect(try await store.commit(batch, names: names, to: second.id, calendar: calendar) == (0, 0))
        }
        #expect(try await dump(store) == before)
        #expect(try await store.changeCount() == changes)

        try await store.finishImport(first.id, report: "")
        try await store.finishImport(second.id, report: "")

        // One ticket went on; an older state of another comes along and is not taken.
        let open = try #require(tickets.firstIndex { !$0.status.isDone })
        let done = try #require(tickets.firstIndex { $0.status.isDone })
        var newer = tickets[open]
        newer.status = .resolved
        newer.resolvedAt = Moment(seconds: newer.openedAt.seconds + 7200)
        newer.updatedAt = newer.resolvedAt
        var older = tickets[done]
        older.status = .new
        older.resolvedAt = nil
        older.updatedAt = older.openedAt
        var batch = ImportBatch()
        batch.rows = [newer, older]
        let third = try await store.beginImport(file: "3", fileHash: "3", preset: "p", at: Moment(seconds: 3))
        #expect(try await store.commit(batch, names: names, to: third.id, calendar: calendar) == (0, 1))
        try await store.finishImport(third.id, report: "")
        #expect(try await store.ticket(.incident, number: newer.number)?.ticket.resolvedAt == newer.resolvedAt)
        #expect(try await store.ticket(.incident, number: older.number)?.ticket.status == .resolved)
        #expect(try await store.check().isEmpty)
    }

    @Test("Roll-ups kept batch by batch are those added up anew from the tickets")
    func rollups() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        var tickets = sampleTickets(500, names: &names)
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for batch in batches(tickets, of: 90) {
            _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar)
        }
        // A third of them move on, some to another group.
        for i in tickets.indices where i % 3 == 0 {
            tickets[i].attributes[.group] = names.name("Group \(i % 4)")
            tickets[i].status = i % 9 == 0 ? .cancelled : .closed
            tickets[i].resolvedAt = Moment(seconds: tickets[i].openedAt.seconds + 90_000)
            tickets[i].closedAt = tickets[i].resolvedAt
            tickets[i].updatedAt = Moment(seconds: tickets[i].openedAt.seconds + 1_000_000)
        }
        let next = try await store.beginImport(file: "2", fileHash: "2", preset: "p", at: Moment(seconds: 2))
        for batch in batches(tickets, of: 130) {
            _ = try await store.commit(batch, names: names, to: next.id, calendar: calendar)
        }
        for id in [run.id, next.id] { try await store.finishImport(id, report: "") }
        let kept = try await dump(store)
        try await store.rebuildRollups(calendar: calendar)
        #expect(try await dump(store) == kept)
        #expect(try await store.check().isEmpty)
        // A pair is added up from its tickets, and holds no more than either part.
        let pair = try await store.rollup(
            .incident, Slice([.init(.category, "Category 1"), .init(.group, "Group 1")]), over: nil,
            calendar: calendar)
        let whole = try await store.rollup(.incident, Slice(.category, "Category 1"), over: nil, calendar: calendar)
        let days = try #require(whole.period)
        #expect(pair.total(days)[.opened] > 0)
        #expect(pair.total(days)[.opened] < whole.total(days)[.opened])
    }

    @Test("An import cut off after any batch and begun again ends as one that was not", arguments: 1..<6)
    func resumed(after cut: Int) async throws {
        let folder = try Folder()
        var names = Names()
        let tickets = sampleTickets(300, names: &names, seed: 7)
        let parts = batches(tickets, of: 50)
        let whole = try await openStore(folder.file("whole.db"))
        let run = try await whole.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for part in parts { _ = try await whole.commit(part, names: names, to: run.id, calendar: calendar) }

        let path = folder.file("cut.db")
        var store = try await openStore(path)
        let begun = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for part in parts.prefix(cut) {
            _ = try await store.commit(part, names: names, to: begun.id, calendar: calendar)
        }
        try await store.close()
        store = try await openStore(path)
        let again = try #require(await store.importOf(fileHash: "1"))
        #expect(again.state == .reading)
        #expect(again.rows == cut * 50)
        #expect(
            try await store.check() == [
                "1 imports were interrupted; run ‘ratchet import’ on the same files again to finish them"
            ])
        for part in parts where part.rowsDone > again.rows {
            _ = try await store.commit(part, names: names, to: again.id, calendar: calendar)
        }
        #expect(try await dump(store) == dump(whole))
    }

    @Test("A log's rows become one ticket with its history, in the order of their times")
    func log() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        func row(_ minute: Int64, _ state: String, _ status: TicketStatus, _ group: String) -> Ticket {
            var t = Ticket(number: "1", openedAt: Moment(seconds: 60))
            t.state = names.name(state)
            t.status = status
            t.attributes[.group] = names.name(group)
            t.updatedAt = Moment(seconds: minute * 60)
            return t
        }
        var batch = ImportBatch()
        batch.isLog = true
        batch.rows = [
            row(5, "Active", .inProgress, "B"), row(1, "New", .new, "A"), row(9, "Resolved", .resolved, ""),
        ]
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        #expect(try await store.commit(batch, names: names, to: run.id, calendar: calendar) == (1, 0))
        let record = try #require(await store.ticket(.incident, number: "1"))
        #expect(record.events.map(\.to) == ["New", "A", "Active", "B", "Resolved"])
        #expect(record.ticket.firstResponseAt == Moment(seconds: 300))
        #expect(record.ticket.reassignmentCount == 1)
        #expect(record.names[record.ticket.attributes[.group]] == "B")
    }

    @Test("Tickets of a slice come latest first, page by page, each once")
    func paging() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        let tickets = sampleTickets(300, names: &names)
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for batch in batches(tickets, of: 300) {
            _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar)
        }
        let all = Moment(seconds: 0)..<Moment(seconds: 2_000_000_000)
        let slice = Slice(.category, "Category 2")
        var seen: [String] = []
        var after: ID<Ticket>?
        while true {
            let page = try await store.tickets(.incident, slice, opened: all, after: after, limit: 7)
            guard let last = page.last else { break }
            seen += page.map(\.number)
            after = last.id
        }
        let expected = tickets.filter { names[$0.attributes[.category]] == "Category 2" }.map(\.number)
        #expect(seen == expected.reversed())
        #expect(try await store.tickets(.incident, Slice(.category, "none"), opened: all, after: nil, limit: 7).isEmpty)
    }

    @Test("A change is followed by an incident on its service within a day, the latest change before it, and no other")
    func followed() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        func ticket(_ number: String, _ kind: TicketKind, _ service: String, opened: Int, ended: Int? = nil) -> Ticket {
            var t = Ticket(number: number, openedAt: Moment(seconds: Int64(opened) * 3600))
            t.kind = kind
            t.attributes[.service] = names.name(service)
            t.attributes[.group] = names.name("Team")
            t.status = ended == nil ? .inProgress : .closed
            t.closedAt = ended.map { Moment(seconds: Int64($0) * 3600) }
            return t
        }
        var batch = ImportBatch()
        batch.rows = [
            ticket("C1", .change, "Mail", opened: 0, ended: 100), ticket("C2", .change, "Mail", opened: 0, ended: 110),
            ticket("C3", .change, "Mail", opened: 0, ended: 300), ticket("C4", .change, "Print", opened: 0, ended: 100),
            ticket("C5", .change, "", opened: 0, ended: 100), ticket("C6", .change, "Mail", opened: 0),
            ticket("I1", .incident, "Mail", opened: 112), ticket("I2", .incident, "Mail", opened: 325),
            ticket("I3", .incident, "Print", opened: 99),
        ]
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar)
        func counts(_ slice: Slice) async throws -> [Int64] {
            let found = try await store.followedChanges(slice, within: .seconds(86_400), zone: .utc)
            let period = try #require(found.period)
            return [found.total(period)[.ended], found.total(period)[.followed]]
        }
        // I1 counts for C2, which came later than C1; I2 is a day and more after C3; I3 came before C4.
        #expect(try await counts(.everything) == [4, 1])
        #expect(try await counts(Slice(.service, "Mail")) == [3, 1])
        #expect(try await counts(Slice([.init(.service, "Print"), .init(.group, "Team")])) == [1, 0])
    }
}
