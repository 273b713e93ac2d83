import Improvements
import Open
import Opportunities
import Records
import Statistics
import Store
import Testing

private func entry(_ change: Change, by: String = "Ada", second: Int64 = 1) -> Entry {
    Entry(change, by: by, at: Moment(seconds: second))
}

private func opened(_ title: String) -> Entry { entry(.opened(title: title, origin: .hand)) }

@Suite("Any store keeps a register")
struct RegisterStoreTests {
    @Test("Every later kind of entry is read back as it was written")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let day = Day(number: 20_000)
        let entries: [Entry] = [
            entry(.opened(title: "A", origin: .signal(id: "s"))),
            entry(
                .imported(
                    ImportedRow(key: "/number:1", file: "CSI.csv", line: 2, cells: [.init(column: "Nr", value: "1")]))),
            entry(.rule(ApprovalRule(effortMax: .small, hoursPerMonthMax: 20, roles: ["processOwner"]))),
            entry(.sized(effort: .small, benefit: Estimate(10, low: 5, high: 20))), entry(.serves(goal: "Speed")),
            entry(.supported(by: "Kim")), entry(.unsupported(by: "Kim")),
            entry(.approval(.by(name: "Eve", role: "processOwner"))),
            entry(.part(Part(department: "IT", text: "Server"))),
            entry(.waiting(Wait(id: 1, department: "IT", waitsFor: "Law", what: "Terms", since: day, agreedDays: 5))),
            entry(.action(Action(id: 1, text: "Check", kind: .process, owner: "Bo", everyDays: 30))),
            entry(.done(action: 1, on: day)), entry(.team(AdoptingTeam(name: "Desk", people: 9))),
            entry(.adopted(Adoption(team: "Desk", people: 4, on: day))), entry(.knows(person: "Bo", team: "Desk")),
            entry(.adoptionNeeded(0.5)), entry(.revised(Objective(text: "Sooner"), reason: "Wishes")),
            entry(.choice(Choice(id: 1, text: "Two", effort: .large))),
        ]
        let id = try await store.open(entries)
        let kept = try #require(try await store.improvement(id))
        #expect(kept.entries == entries)
        let more = [entry(.serves(goal: nil)), entry(.belongs(to: nil)), entry(.adoptionNeeded(nil))]
        #expect(try await store.append(more, to: id, seen: entries.count)?.entries == entries + more)
        try await store.close()
    }

    @Test("Several entries are written together or not at all")
    func together() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let id = try await store.open([opened("A")])
        await #expect(throws: LifeCycleError.reasonMissing) {
            try await store.append([entry(.owned(by: "Bo")), entry(.held(reason: " "))], to: id, seen: 1)
        }
        await #expect(throws: LifeCycleError.openedTwice) { try await store.open([opened("A"), opened("B")]) }
        #expect(try await store.improvements().map(\.improvement.version) == [1])
        #expect(try await store.append([entry(.owned(by: "Bo"))], to: ID(99), seen: 1) == nil)
        try await store.close()
    }

    @Test("A merge is written on both sides, or on neither; half of one cannot be written at all")
    func merging() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let first = try await store.open([opened("A"), entry(.watched(by: "Bo")), entry(.commented("Yes"))])
        let second = try await store.open([opened("B")])
        for change in [
            Change.merged(into: second.value),
            .absorbed(Absorbed(id: 1, title: "", watchers: [], supporters: [], comments: [])),
        ] {
            await #expect(throws: LifeCycleError.mergeTakesTwo) {
                try await store.append([entry(change)], to: first, seen: 3)
            }
        }
        await #expect(throws: LifeCycleError.mergeTakesTwo) {
            try await store.merge(first, into: first, seen: (3, 3), by: "Ada", at: Moment(seconds: 9))
        }
        await #expect(throws: LifeCycleError.changedMeanwhile(version: 1)) {
            try await store.merge(first, into: second, seen: (3, 7), by: "Ada", at: Moment(seconds: 9))
        }
        #expect(try await store.improvement(first)?.mergedInto == nil)
        #expect(try await store.merge(first, into: ID(99), seen: (3, 1), by: "Ada", at: Moment(seconds: 9)) == nil)
        let after = try await store.merge(first, into: second, seen: (3, 1), by: "Ada", at: Moment(seconds: 9))
        #expect(after?.watchers == ["Bo"] && after?.comments.map(\.text) == ["Yes"])
        #expect(try await store.improvement(first)?.mergedInto == second.value)
        #expect(try await store.improvement(first)?.entries.count == 4)
        try await store.close()
    }

    @Test("A part holds neither itself nor what it is a part of, and its whole must be there")
    func family() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let a = try await store.open([opened("A")])
        let b = try await store.open([opened("B"), entry(.belongs(to: a.value))])
        let c = try await store.open([opened("C"), entry(.belongs(to: b.value))])
        for parent in [a, b, c] {
            await #expect(throws: LifeCycleError.ownAncestor(parent.value)) {
                try await store.append([entry(.belongs(to: parent.value))], to: a, seen: 1)
            }
        }
        await #expect(throws: LifeCycleError.noSuchParent(99)) {
            try await store.append([entry(.belongs(to: 99))], to: a, seen: 1)
        }
        #expect(try await store.append([entry(.belongs(to: a.value))], to: c, seen: 2)?.parent == a.value)
        try await store.close()
    }

    @Test("Of many writers who saw the same, one writes and every other is told; nothing is lost in between")
    func concurrent() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let id = try await store.open([opened("A")])
        var written = 0
        var told = 0
        for round in 0..<20 {
            let seen = round + 1
            let results = await withTaskGroup(of: Bool?.self) { group in
                for writer in 0..<5 {
                    group.addTask {
                        do {
                            _ = try await store.append(
                                entry(.commented("\(writer)"), by: "W\(writer)"), to: id, seen: seen)
                            return true
                        } catch LifeCycleError.changedMeanwhile(let version) {
                            return version == seen + 1 ? false : nil
                        } catch { return nil }
                    }
                }
                return await group.reduce(into: [Bool?]()) { $0.append($1) }
            }
            #expect(!results.contains(nil))
            written += results.count { $0 == true }
            told += results.count { $0 == false }
        }
        #expect(written == 20 && told == 80)
        #expect(try await store.improvement(id)?.comments.count == 20)
        try await store.close()
    }
}
