import Connectors
import Measures
import Open
import Opportunities
import Records
import Signals
import Statistics
import Store
import Testing

@testable import Turn

/// A year of a desk's updates: triage takes two hours, from week 34 on six; each ticket then takes four more.
func deskLog(weeks: Int = 52, perWeek: Int = 30, changesAt: Int = 34) -> String {
    var out = "number,opened_at,sys_updated_at,incident_state,category,assignment_group,resolved_at,closed_at\n"
    func text(_ seconds: Int64) -> String {
        String(Moment(seconds: seconds).description.dropLast().replacing("T", with: " "))
    }
    let start = Day("2024-01-01")!.startInUTC.seconds
    var state: UInt64 = 7
    func next(_ bound: Int64) -> Int64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int64(state >> 33) % bound
    }
    for week in 0..<weeks {
        for i in 0..<perWeek {
            let number = "INC\(week)-\(i)"
            let opened = start + Int64(week) * 604_800 + next(604_800)
            let triage = (week >= changesAt ? 21_600 : 7200) / 2 + next(week >= changesAt ? 21_600 : 7200)
            let end = opened + 600 + triage + 7200 + next(14_400)
            let category = "Category \(i % 3)"
            func row(_ at: Int64, _ state: String, _ resolved: Bool) {
                let done = resolved ? text(end) : ""
                out += "\(number),\(text(opened)),\(text(at)),\(state),\(category),Desk,\(done),\(done)\n"
            }
            row(opened, "New", false)
            row(opened + 600, "Triage", false)
            row(opened + 600 + triage, "Active", false)
            row(end, "Closed", true)
        }
    }
    return out
}

@Suite("What a turn finds in how work flows")
struct FlowTurnTests {
    @Test("Waiting that grew becomes a signal and an opportunity of the store; the next turn keeps its name")
    func bottleneck() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", deskLog()), into: store)
        try await turn(store, at: Moment(seconds: 2))
        let signal = try #require(try await store.signals().first { $0.kind == .bottleneck })
        #expect(signal.measure.step == .state("Triage") && signal.slice == .everything && signal.direction == .worse)
        #expect(abs(signal.after.estimate - 6) < 0.7 && abs(signal.before.estimate - 2) < 0.3)
        let hours = try #require(signal.hoursPerMonth)
        #expect(abs(hours.estimate / (30 * 4.343 * 4) - 1) < 0.15)
        let opportunities = try await store.opportunities()
        #expect(opportunities.contains { $0.signals.contains { $0.id == signal.id } })
        let organisation = try await Organisation(of: store)
        let evidence = try #require(try await flowEvidence(of: .incident, in: store, organisation))
        #expect(evidence.weeks(of: signal.measure, signal.slice)?.values.count ?? 0 > 45)
        try await turn(store, at: Moment(seconds: 3), isForced: true)
        #expect(try await store.signals().contains { $0.id == signal.id })
    }

    @Test("A review finds in a log what a turn finds in the store of it")
    func review() async throws {
        let folder = try Folder()
        let path = try folder.write("a.csv", deskLog())
        let store = try await openStore(folder.file("a.db"))
        try await take(path, into: store)
        try await turn(store, at: Moment(seconds: 2))
        var options = ReadingOptions()
        options.zone = .utc
        var names = Names()
        var pseudonyms = Pseudonyms(key: Pseudonyms.newKey())
        var table = TicketTable()
        var log = UpdateLog()
        _ = try read(
            try inspect(path, options: options), options: options, names: &names, pseudonyms: &pseudonyms,
            each: { ticket, _, _ in log.take(ticket, at: table.take(ticket)) }, reject: { _ in })
        table.finish(names: names)
        let organisation = try await Organisation(of: store)
        let flows = log.evidence(of: table, calendar: organisation.calendar)
        let reviewed = analyse(table, for: organisation, flows: flows).signals.filter { $0.measure.step != nil }
        let turned = try await store.signals().filter { $0.measure.step != nil }
        #expect(!reviewed.isEmpty && reviewed.map(\.id).sorted() == turned.map(\.id).sorted())
        for signal in reviewed {
            let other = try #require(turned.first { $0.id == signal.id })
            #expect(signal.at == other.at && abs(signal.after.estimate - other.after.estimate) < 1e-9)
        }
    }

    @Test("Tickets without histories have no such signals, and lose nothing of their budget")
    func bare() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(try folder.write("a.csv", export(days: 0..<200, perDay: 8)), into: store)
        try await turn(store, at: Moment(seconds: 2))
        let organisation = try await Organisation(of: store)
        #expect(try await flowEvidence(of: .incident, in: store, organisation) == nil)
        #expect(try await store.signals().allSatisfy { $0.measure.step == nil })
    }
}
