import CommonSQL
import Measures
import Open
import Processes
import Records
import Store
import Testing

@testable import SQLite

/// A log of updates: each ticket goes New, Work, Resolved; every third comes back once; every fourth changes groups.
func updateRows(_ count: Int, names: inout Names) -> [Ticket] {
    var rows: [Ticket] = []
    let start = Day("2024-01-01")!.startInUTC.seconds
    for i in 0..<count {
        let opened = start + Int64(i) * 20_000
        var t = Ticket(number: "INC\(i)", openedAt: Moment(seconds: opened))
        t.attributes[.category] = names.name("Category \(i % 3)")
        t.attributes[.priority] = names.name("\(1 + i % 4)")
        func update(_ state: String, _ group: String, after hours: Int64, _ status: TicketStatus) {
            t.state = names.name(state)
            t.attributes[.group] = names.name(group)
            t.updatedAt = Moment(seconds: opened + hours * 3600)
            t.status = status
            if status == .resolved { t.resolvedAt = t.updatedAt }
            rows.append(t)
        }
        update("New", "Desk", after: 0, .new)
        update("Work", i % 4 == 0 ? "Network" : "Desk", after: 2, .inProgress)
        if i % 3 == 0 {
            update("Wait", i % 4 == 0 ? "Network" : "Desk", after: 5, .waiting)
            update("Work", i % 4 == 0 ? "Network" : "Desk", after: 9, .inProgress)
        }
        update("Resolved", i % 4 == 0 ? "Network" : "Desk", after: 12, .resolved)
    }
    return rows
}

@Suite("How work flows, kept by slice and week")
struct ProcessStoreTests {
    private func commit(_ rows: [Ticket], _ names: Names, to store: any Store, file: String = "a") async throws {
        let record = try await store.beginImport(file: file, fileHash: file, preset: "csv", at: Moment(seconds: 1))
        for var batch in batches(rows, of: 500) {
            batch.isLog = true
            _ = try await store.commit(batch, names: names, to: record.id, calendar: calendar)
        }
    }

    private func whole(_ store: any Store, _ slice: Slice = .everything) async throws -> (
        ProcessTotals, [UInt32: String]
    ) {
        let found = try await store.processWeeks(.incident, slice, over: nil, calendar: calendar)
        var totals = ProcessTotals()
        for week in found.weeks.values { totals.add(week) }
        return (totals, found.names)
    }

    @Test("A store without tickets has no weeks, and nothing to make")
    func nothing() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.refreshProcesses(calendar: calendar) == 0)
        #expect(try await store.processWeeks(.incident, .everything, over: nil, calendar: calendar).weeks.isEmpty)
        #expect(
            try await store.processWeeks(.incident, Slice(.group, "no"), over: nil, calendar: calendar).weeks.isEmpty)
    }

    @Test("Totals are made of the weeks that changed only, and say what the histories say")
    func totals() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        let rows = updateRows(120, names: &names)
        try await commit(rows, names, to: store)
        let made = try await store.refreshProcesses(calendar: calendar)
        #expect(made == 4)
        #expect(try await store.refreshProcesses(calendar: calendar) == 0)
        let (all, texts) = try await whole(store)
        func code(_ name: String) -> UInt32 { texts.first { $0.value == name }?.key ?? 0 }
        #expect(all.all[.cases] == 120 && all.all[.done] == 120 && all.all[.known] == 120)
        #expect(all.all[.returned] == 40 && all.all[.handedOver] == 30)
        #expect(all.stages[code("Work")]?[.visits] == 160 && all.stages[code("Wait")]?[.seconds] == 40 * 4 * 3600)
        #expect(all.handoffs[NamePair(code("Desk"), code("Network"))]?.count == 30)
        #expect(all.ways.values.map(\.count).sorted() == [40, 80])
        // One value, two values, and a period.
        #expect(try await whole(store, Slice(.category, "Category 0")).0.all[.cases] == 40)
        let pair = Slice([.init(.category, "Category 0"), .init(.priority, "1")])
        #expect(try await whole(store, pair).0.all[.cases] == 10)
        let first = Day("2024-01-01")!
        let week = try await store.processWeeks(
            .incident, .everything, over: Period(first, through: first + 6), calendar: calendar)
        #expect(week.weeks.keys.sorted() == [first])
        // A ticket that moves on makes its week anew, and leaves no trace of what it was.
        var late = rows[rows.count - 1]
        late.state = names.name("Closed")
        late.status = .closed
        late.updatedAt = Moment(seconds: (late.updatedAt?.seconds ?? 0) + 3600)
        try await commit([late], names, to: store, file: "b")
        #expect(try await store.refreshProcesses(calendar: calendar) == 1)
        let (now, _) = try await whole(store)
        #expect(now.all[.cases] == 120 && now.flows.count > all.flows.count)
        // What everything says is what all values of a dimension say together.
        var sum = ProcessTotals()
        for i in 0..<3 { sum.add(try await whole(store, Slice(.category, "Category \(i)")).0) }
        #expect(
            sum.all[.cases] == now.all[.cases] && sum.flows == now.flows
                && sum.stages[code("Work")]?[.seconds] == now.stages[code("Work")]?[.seconds])
    }

    @Test("Other business hours make every week anew")
    func rebuilt() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        try await commit(updateRows(60, names: &names), names, to: store)
        try await store.refreshProcesses(calendar: calendar)
        let before = try await whole(store).0
        let other = BusinessCalendar(zone: .utc, workdays: [0, 1, 2, 3, 4, 5, 6], opensAt: 0, closesAt: 1440)
        try await store.rebuildRollups(calendar: other)
        #expect(try await store.refreshProcesses(calendar: other) > 0)
        let after = try await whole(store).0
        let minutes = after.groups.values.reduce(Int64(0)) { $0 + $1[.businessMinutes] }
        #expect(minutes * 60 == after.groups.values.reduce(Int64(0)) { $0 + $1[.seconds] })
        #expect(before.groups.values.reduce(Int64(0)) { $0 + $1[.businessMinutes] } < minutes)
    }

    @Test("A figure opens to the tickets it counts")
    func picks() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        try await commit(updateRows(120, names: &names), names, to: store)
        let all = Moment(seconds: 0)..<Moment(seconds: 4_000_000_000)
        func count(_ pick: FlowPick, _ slice: Slice = .everything) async throws -> Int {
            try await store.tickets(.incident, slice, opened: all, picking: pick, lookingAt: 1000, limit: 1000).lines
                .count
        }
        #expect(try await count(.state("Wait")) == 40)
        #expect(try await count(.cameBack("Work")) == 40)
        #expect(try await count(.cameBackAnywhere) == 40)
        #expect(try await count(.flow("Wait", "Work")) == 40)
        #expect(try await count(.flow("Work", "New")) == 0)
        #expect(try await count(.handoff("Desk", "Network")) == 30)
        #expect(try await count(.handedOver) == 30)
        #expect(try await count(.way(["New", "Work", "Resolved"])) == 80)
        #expect(try await count(.skipped("Wait")) == 80)
        #expect(try await count(.order("New", before: "Work")) == 120)
        #expect(try await count(.state("nobody knows it")) == 0)
        #expect(try await count(.running("Work")) == 0)
        #expect(try await count(.group("Network"), Slice(.category, "Category 1")) == 10)
        let some = try await store.tickets(
            .incident, .everything, opened: all, picking: .state("Wait"), lookingAt: 9, limit: 2)
        #expect(some.lines.count == 2 && some.looked == 9)
        #expect(some.lines[0].openedAt > some.lines[1].openedAt)
    }

    @Test("Rules are checked with the totals of their week; others forget what was found by the ones before")
    func rules() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        var names = Names()
        try await commit(updateRows(120, names: &names), names, to: store)
        try await store.setProcessRules(
            .incident, ["never Wait", "requires Work before Resolved", "four eyes New, Work"])
        try await store.refreshProcesses(calendar: calendar)
        let weeks = try await store.processRuleWeeks(.incident)
        func sum(_ rule: String) -> [Int] {
            let own = weeks.filter { $0.rule == rule }
            return [own.reduce(0) { $0 + $1.applied }, own.reduce(0) { $0 + $1.broken }]
        }
        #expect(sum("never Wait") == [120, 40] && sum("requires Work before Resolved") == [120, 0])
        // Nobody is named, so nobody can be told apart.
        #expect(sum("four eyes New, Work") == [0, 0])
        #expect(
            try await store.processBreaches(.incident, rule: "never Wait", limit: 5).map(\.number).first == "INC117")
        try await store.setProcessRules(.incident, [])
        try await store.refreshProcesses(calendar: calendar)
        #expect(try await store.processRuleWeeks(.incident).isEmpty)
        #expect(try await store.processBreaches(.incident, rule: "never Wait", limit: 5).isEmpty)
    }
}
