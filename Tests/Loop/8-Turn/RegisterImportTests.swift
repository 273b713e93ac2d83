import Connectors
import Improvements
import Open
import Opportunities
import Records
import Statistics
import Store
import Testing

@testable import Turn

@Suite("Taking in a register")
struct RegisterImportTests {
    private static let header = "ID,Title,Description,Owner,Size,Due date,Goal,Benefit hours per month,Status,RAG\n"

    private func take(
        _ rows: String, _ folder: Folder, _ store: any Store, name: String = "CSI.csv", register: String = ""
    ) async throws -> RegisterOutcome {
        let path = try folder.write(name, Self.header + rows)
        let sheet = try readRegister(path, named: name)
        return try await importRegister(
            sheet, named: name, register: register, into: store, by: "Ada", at: Moment(seconds: 1_800_000_000))
    }

    @Test("A row becomes an improvement with everything it says, and the same file again changes nothing")
    func once() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        try await store.set(.approval, to: "small 20 processOwner")
        let rows =
            "1,Answer mail sooner,It waits,Bo,S,2026-12-24,Speed,10,Open,green\n2,Old,,,,,,,Closed,\n3,,,,,,,,,red\n"
        let first = try await take(rows, folder, store)
        #expect(first.new.count == 2 && first.changed.isEmpty && first.rejects.map(\.line) == [4])
        let one = try #require(try await store.improvement(first.new[0]))
        #expect(one.title == "Answer mail sooner" && one.text == "It waits" && one.owner == "Bo" && one.goal == "Speed")
        #expect(
            one.effort == .small && one.benefit?.estimate == 10 && one.round.objective?.by?.description == "2026-12-24")
        #expect(one.origin == .spreadsheet(file: "CSI.csv", line: 2) && one.imported?["RAG"] == "green")
        #expect(one.round.rule?.roles == ["processOwner"] && !one.round.needsApproval)
        #expect(try await store.improvement(first.new[1])?.state == .closed(reason: "Closed"))
        let kept = try await store.rejects(of: try await store.imports(limit: 1)[0].id, after: 0, limit: 9)
        #expect(kept.map(\.line) == [4] && kept[0].reason.contains("has no title"))

        let before = try await store.improvements()
        let again = try await take(rows, folder, store, name: "copy.csv")
        #expect(again.wasKnown && again.new.isEmpty)
        #expect(try await store.improvements() == before)
        try await store.close()
    }

    @Test("A later state brings what changed there, and leaves what was changed here")
    func later() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let id = try await take("1,Answer mail sooner,It waits,Bo,S,,Speed,10,Open,green\n", folder, store).new[0]
        _ = try await store.append(
            [Entry(.owned(by: "Eve"), by: "Ada", at: Moment(seconds: 1_800_000_001))], to: id,
            seen: try #require(try await store.improvement(id)).version)
        let outcome = try await take(
            "1,Answer mail much sooner,It waits,Bo,M,,Speed,10,On hold,red\n9,Another,,,,,,,,\n", folder, store)
        #expect(outcome.changed == [id] && outcome.new.count == 1 && outcome.unchanged == 0)
        var one = try #require(try await store.improvement(id))
        #expect(one.title == "Answer mail much sooner" && one.owner == "Eve" && one.effort == .medium)
        #expect(one.state == .onHold(reason: "On hold") && one.imported?["RAG"] == "red")
        // Taken up again there, and then the same rows in another order and a new column: nothing more to write but the row.
        _ = try await take("1,Answer mail much sooner,It waits,Bo,M,,Speed,10,Open,red\n", folder, store)
        one = try #require(try await store.improvement(id))
        #expect(one.state == .active)
        let same = try await take(
            "9,Another,,,,,,,,\n1,Answer mail much sooner,It waits,Bo,M,,Speed,10,Open,red\n", folder, store)
        #expect(same.unchanged == 2 && same.changed.isEmpty && same.new.isEmpty)
        #expect(try await store.improvement(id) == one)
        try await store.close()
    }

    @Test("The same number for another thing is turned down, unless it is said to be another register")
    func registers() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        _ = try await take("1,Answer mail sooner,,,,,,,,\n", folder, store)
        let other = try await take("1,Fewer printers,,,,,,,,\n", folder, store)
        #expect(other.new.isEmpty && other.rejects[0].reason.contains("--register NAME"))
        let named = try await take("1,Fewer printers,,,,,,,,x\n", folder, store, register: "Facilities")
        #expect(named.new.count == 1)
        try await store.close()
    }

    @Test("A measure's own name is the measure; other words stay words")
    func measures() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let path = try folder.write(
            "m.csv", "No,Title,KPI metric\n1,Answer in time,incidents.slaMet\n2,Answer sooner,Time to resolve\n")
        let outcome = try await importRegister(
            try readRegister(path, named: "m.csv"), named: "m.csv", into: store, by: "Ada", at: Moment(seconds: 1))
        let first = try await store.improvement(outcome.new[0])?.round.objective
        #expect(first?.measure == "incidents.slaMet" && first?.wanted == .higher && first?.text == "Answer in time")
        let second = try await store.improvement(outcome.new[1])?.round.objective
        #expect(second?.measure == nil && second?.text == "Time to resolve")
        try await store.close()
    }

    @Test("What goes on in another is not brought back, and a file of tickets is no register")
    func merged() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let ids = try await take("1,Answer mail sooner,,,,,,,,\n2,Mail answered sooner,,,,,,,,\n", folder, store).new
        _ = try await store.merge(ids[1], into: ids[0], seen: (2, 2), by: "Ada", at: Moment(seconds: 1_800_000_002))
        let outcome = try await take("2,Mail answered sooner,,Bo,,,,,,\n", folder, store)
        #expect(outcome.rejects[0].reason.contains("goes on in improvement \(ids[0].value)"))
        let path = try folder.write(
            "t.csv", "number,short_description,opened_at,category\nINC1,Mail,2026-01-02 08:00:00,Email\n")
        let sheet = try readRegister(path, named: "t.csv")
        _ = try await store.beginImport(
            file: "t.csv", fileHash: sheet.fileHash, preset: "servicenow", at: Moment(seconds: 1))
        await #expect(throws: RegisterImportError.readAsTickets(file: "t.csv")) {
            try await importRegister(sheet, named: "t.csv", into: store, by: "Ada", at: Moment(seconds: 2))
        }
        try await store.close()
    }

    @Test("Fifty thousand rows are too many for a register, and five hundred go in at once")
    func many() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let rows = (1...500).map { "\($0),Improvement \($0),,,S,,,,Open,\n" }.joined()
        #expect(try await take(rows, folder, store).new.count == 500)
        let path = try folder.write("long.csv", "Title\n" + String(repeating: "A\n", count: RegisterSheet.rowsMax + 1))
        #expect(throws: RegisterSheetError.self) { try readRegister(path, named: "long.csv") }
        try await store.close()
    }
}
