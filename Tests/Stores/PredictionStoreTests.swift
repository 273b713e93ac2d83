import Open
import Records
import Statistics
import Store
import Testing

@testable import Gains

@Suite("What was foreseen of tickets is kept as it was said, and marked when they end")
struct PredictionStoreTests {
    private func prediction(_ number: String, at: Int64, chance: Double?, isMissed: Bool = false) -> TicketPrediction {
        TicketPrediction(
            kind: .incident, number: number, title: "Printer “on fire”", openedAt: Moment(seconds: 1_456_704_000),
            asOf: Moment(seconds: at), hours: Estimate(10, low: 2, high: 40), chance: chance, isMissed: isMissed,
            naive: 12, reasons: [], help: nil)
    }

    private func ticket(_ k: Int, closed: Int64?, names: inout Names) -> Ticket {
        var t = Ticket(number: "INC\(k)", openedAt: Moment(seconds: 1_456_704_000))
        t.attributes[.group] = names.name("Group")
        t.status = closed == nil ? .inProgress : .closed
        t.closedAt = closed.map { Moment(seconds: $0) }
        t.slaMet = closed == nil ? nil : false
        t.updatedAt = Moment(seconds: closed ?? 1_456_704_001)
        return t
    }

    private func take(_ tickets: [Ticket], _ names: Names, _ store: any Store, file: String) async throws {
        let reading = try await store.beginImport(
            file: file, fileHash: file, preset: "test", at: Moment(seconds: 0))
        for batch in batches(tickets, of: 100) {
            _ = try await store.commit(batch, names: names, to: reading.id, calendar: calendar)
        }
        try await store.finishImport(reading.id, report: "")
    }

    @Test("A new store has nothing; keeping nothing keeps when")
    func nothing() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.latestForesight() == nil)
        #expect(try await store.settlePredictions() == 0)
        #expect(try await store.openPredictions(limit: 10).isEmpty)
        #expect(try await store.settledPredictions(limit: 10).isEmpty)
        let record = ForesightRecord(
            asOf: Moment(seconds: 5), changesSeen: 3, tickets: 2, silent: ["incidents": 7],
            leftOut: ["changes": [.segment]])
        try await store.keep([], record)
        #expect(try await store.latestForesight() == record)
        try await store.close()
    }

    @Test(
        "The latest word of each open ticket stands; what ended is marked once; what had ended before foresaw nothing")
    func kept() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let day: Int64 = 86_400
        let start: Int64 = 1_456_704_000
        var names = Names()
        try await take((1...4).map { ticket($0, closed: nil, names: &names) }, names, store, file: "one")
        let record = ForesightRecord(asOf: Moment(seconds: start + day), changesSeen: 4, tickets: 4)
        let first = [(1, 0.2), (2, 0.9), (3, 0.5)].map { prediction("INC\($0)", at: start + day, chance: $1) }
        try await store.keep(first + [prediction("INC4", at: start + day, chance: 1, isMissed: true)], record)
        // Said again at the same moment: kept once, as it was.
        try await store.keep([prediction("INC2", at: start + day, chance: 0.1)], record)
        try await store.keep([prediction("INC1", at: start + 2 * day, chance: 0.95)], record)
        try await store.keep([prediction("unknown", at: start, chance: 0.5)], record)
        #expect(try await store.openPredictions(limit: 9).map(\.number) == ["INC1", "INC2", "INC3", "INC4"])
        #expect(try await store.openPredictionCounts() == (4, 1))
        // The first ended after the first word and before the second; the third before anything was said.
        var later = Names()
        let ended = [
            ticket(1, closed: start + day + 7200, names: &later), ticket(3, closed: start + 60, names: &later),
        ]
        try await take(ended, later, store, file: "two")
        #expect(try await store.settlePredictions() == 1)
        #expect(try await store.settlePredictions() == 0)
        let settled = try await store.settledPredictions(limit: 9)
        #expect(settled.map(\.taken) == [2] && settled.map(\.missed) == [true] && settled.map(\.chance) == [0.2])
        #expect(try await store.openPredictions(limit: 9).map(\.number) == ["INC2", "INC4"])
        try await store.close()
    }

    @Test("Tickets come with their histories, the open ones also when they are old")
    func histories() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        var tickets = sampleTickets(50, names: &names)
        tickets[0].status = .inProgress
        tickets[0].resolvedAt = nil
        try await take(tickets, names, store, file: "one")
        let (pasts, known) = try await store.latestTickets(.incident, limit: 10)
        let open = Set(tickets.filter { !$0.status.isDone }.map(\.number))
        #expect(Set(pasts.map(\.ticket.number)).isSuperset(of: tickets.suffix(10).map(\.number)))
        #expect(pasts.count <= 10 + min(10, open.count))
        #expect(pasts.allSatisfy { !known[$0.ticket.attributes[.group]].isEmpty })
        #expect(try await store.latestTickets(.change, limit: 10).pasts.isEmpty)
        try await store.close()
    }
}
