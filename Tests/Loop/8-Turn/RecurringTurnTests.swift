import Connectors
import Foundation
import Open
import Opportunities
import Records
import Signals
import Statistics
import Store
import Testing

@testable import Turn

/// Incidents of two years: one trouble about every thirty days, one at any time, and others that are alone.
private func troubles(_ days: Range<Int>, seed: UInt64 = 4, problem: String = "") -> String {
    var generator = SplitMix64(seed: seed)
    var out = "number,opened_at,resolved_at,incident_state,category,short_description,problem_id,close_code\n"
    let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"]
    for day in 0..<days.upperBound {
        var rows: [String] = []
        let trouble = "citrix sessions drop after certificate expires on gateway"
        if day % 30 == 3 { rows += [trouble, trouble + " again", "gateway certificate expires citrix sessions drop"] }
        if generator.uniform() < 0.05 { rows.append("scanner on ward five sends blank pages to archive") }
        for _ in 0..<3 {
            let words = (0..<5).map { _ in
                (0..<4).map { _ in syllables[Int(generator.uniform() * 10)] }.joined()
            }
            rows.append(words.joined(separator: " "))
        }
        guard days.contains(day) else { continue }
        for (i, title) in rows.enumerated() {
            let date = Day(number: Int32(19_000 + day))
            let isTrouble = title.contains("citrix")
            out += "INC\(day * 100 + i),\(date) 09:0\(i):00,\(date) 15:00:00,Closed,IT,\(title),"
            out += "\(isTrouble ? problem : ""),\(isTrouble ? "Workaround" : "Fixed")\n"
        }
    }
    return out
}

private func take(_ text: String, _ name: String, _ folder: Folder, into store: any Store) async throws {
    let path = try folder.write(name, text)
    let options = ReadingOptions(zone: .utc)
    _ = try await importFile(
        try inspect(path, options: options), named: name, options: options, into: store, at: Moment(seconds: 1))
}

private func groups(_ store: any Store, _ numbers: [String]) async throws -> [Int64?] {
    var out: [Int64?] = []
    for number in numbers { out.append(try await store.problem(ofIncident: number)) }
    return out
}

@Suite("What keeps coming back, turn by turn")
struct RecurringTurnTests {
    @Test("A turn groups incidents, tells the one that keeps coming back, and puts it in the register with its hours")
    func found() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(troubles(0..<400), "a.csv", folder, into: store)
        try await turn(store, at: Moment(seconds: 2), isForced: true)
        let problems = try await store.recurringProblems()
        let citrix = try #require(problems.first { $0.words.contains("citrix") })
        #expect(citrix.standing == .candidate && citrix.size >= 36, "\(citrix)")
        #expect(citrix.rhythm.map { (29...31).contains($0.everyDays.estimate) } == true)
        #expect(citrix.workaroundsKnown == citrix.workarounds)
        let signal = try #require(
            try await store.signals().first { $0.kind == .recurrence && $0.subject?.id == "\(citrix.id)" })
        #expect(signal.hoursPerMonth != nil)
        let opportunity = try #require(try await store.opportunities().first { $0.id == "o" + signal.id })
        #expect(opportunity.firstStep == .findRecurringCause && opportunity.rank >= 1)
        // What is alone is no problem.
        #expect(problems.filter(\.isCandidate).count <= 2, "\(problems.filter(\.isCandidate).map(\.title))")
        #expect(try await store.check().isEmpty)
        try await store.close()
    }

    @Test("Tickets that come later join their groups without moving anyone, also when a batch is one ticket")
    func incremental() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let organisation = Organisation()
        try await take(troubles(0..<200), "a.csv", folder, into: store)
        let first = try await groupTexts(store, organisation, batch: 100)
        #expect(first > 600)
        let numbers = (0..<200).flatMap { day in (0..<7).map { "INC\(day * 100 + $0)" } }
        let before = try await groups(store, numbers)
        #expect(try await groupTexts(store, organisation) == 0)
        try await take(troubles(200..<230), "b.csv", folder, into: store)
        #expect(try await groupTexts(store, organisation, batch: 1) > 80)
        #expect(try await groups(store, numbers) == before)
        let old = try #require(try await store.problem(ofIncident: "INC300"))
        #expect(try await store.problem(ofIncident: "INC21300") == old)
        try await store.close()
    }

    @Test("What a person takes out, joins and names stays so through later turns, with who and why")
    func people() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await take(troubles(0..<400), "a.csv", folder, into: store)
        try await turn(store, at: Moment(seconds: 2), isForced: true)
        let citrix = try #require(try await store.problem(ofIncident: "INC300"))
        let at = Moment(seconds: 3)
        // Nothing, all, and what is elsewhere cannot be taken out.
        #expect(try await splitProblem(citrix, tickets: [], note: "", by: "Ann", at: at, in: store) == nil)
        #expect(try await splitProblem(citrix, tickets: ["INC1"], note: "", by: "Ann", at: at, in: store) == nil)
        #expect(try await joinProblems(citrix, 999_999, note: "", by: "Ann", at: at, in: store) == nil)
        #expect(try await joinProblems(citrix, citrix, note: "", by: "Ann", at: at, in: store) == nil)
        let taken = ["INC301", "INC3301"]
        let new = try #require(
            try await splitProblem(citrix, tickets: taken, note: "another gateway", by: "Ann", at: at, in: store))
        #expect(new != citrix)
        #expect(try await groups(store, taken) == [new, new])
        let blank = try #require(try await store.recurringProblems().first { $0.words.contains("scanner") }).id
        let other = try #require(
            try await joinProblems(blank, new, note: "one printer room", by: "Bo", at: at, in: store))
        #expect(other == min(blank, new))
        try await store.nameProblem(other, "Room 5", by: "Bo", at: at)
        try await take(troubles(400..<460), "b.csv", folder, into: store)
        try await turn(store, at: Moment(seconds: 9), isForced: true)
        #expect(try await groups(store, taken) == [other, other])
        #expect(try await store.problem(ofIncident: "INC300") == citrix)
        #expect(try await store.recurringIncidents(of: max(blank, new), after: nil, limit: 9, zone: .utc).isEmpty)
        let entries = try await store.problemEntries(nil)
        #expect(entries.map(\.deed) == [.name, .join, .split])
        #expect(entries[2].by == "Ann" && entries[2].note == "another gateway" && entries[2].tickets.sorted() == taken)
        #expect(try await store.problemNames() == [other: "Room 5"])
        #expect(try await store.recurringProblem(other) != nil)
        try await store.close()
    }

    @Test("An import without texts costs nothing and says nothing")
    func noTexts() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await reviewRecurring(store, Organisation()).isEmpty)
        try await take(
            "number,opened_at,incident_state,category\nINC1,2024-01-01 10:00:00,New,A\nINC2,2024-01-02 10:00:00,New,A\n",
            "a.csv", folder, into: store)
        try await turn(store, at: Moment(seconds: 2), isForced: true)
        #expect(try await store.recurringProblems().isEmpty)
        #expect(try await store.recurringState().lastTicket > 0)
        try await store.close()
    }
}
