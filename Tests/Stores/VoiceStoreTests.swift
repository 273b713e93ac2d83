import Gains
import Open
import People
import Records
import Store
import Testing

@Suite("Any store keeps what people say")
struct VoiceStoreTests {
    private let now = Moment(seconds: 1000)

    @Test(
        "One vote a person, withdrawn at will; answers take the place of earlier ones; a secret address finds its suggestion"
    )
    func suggestions() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let (ada, bo) = (ID<Account>(1), ID<Account>(2))
        #expect(try await store.suggestionVotes(of: ada).isEmpty)
        for account in [ada, ada, bo] { try await store.vote(true, on: 5, by: account, at: now) }
        #expect(try await store.suggestionVotes(of: ada) == [5: SuggestionVotes(count: 2, isMine: true)])
        try await store.vote(false, on: 5, by: ada, at: now)
        try await store.vote(false, on: 5, by: ada, at: now)
        #expect(try await store.suggestionVotes(of: ada) == [5: SuggestionVotes(count: 1, isMine: false)])
        try await store.note(5, isChallenge: true, follow: [1, 2])
        try await store.answer(5, "Soon", isDeclined: false, by: "Ada", at: now)
        try await store.answer(5, "No: it is the law", isDeclined: true, by: "Bo", at: Moment(seconds: 2000))
        let note = try #require(try await store.suggestionNotes()[5])
        #expect(note.isChallenge && note.isDeclined && note.answer == "No: it is the law" && note.answeredBy == "Bo")
        #expect(try await store.suggestion(followed: [1, 2]) == 5)
        #expect(try await store.suggestion(followed: [9]) == nil)
        try await store.answer(6, "Yes", isDeclined: false, by: "Ada", at: now)
        #expect(try await store.suggestionNotes()[6]?.isChallenge == false)
    }

    @Test("Thanks are kept, the latest first; nobody may be named unless they said so")
    func thanks() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        for (i, improvement) in [nil, Int64(3), nil].enumerated() {
            try await store.thank(
                Thanks(
                    at: Moment(seconds: 1000 + Int64(i)), by: "", team: "Desk", text: "T\(i) 谢谢",
                    improvement: improvement))
        }
        #expect(try await store.thanks(for: nil, limit: 2).map(\.text) == ["T2 谢谢", "T1 谢谢"])
        #expect(try await store.thanks(for: 3, limit: 9).map(\.text) == ["T1 谢谢"])
        #expect(try await store.mayBeNamed().isEmpty)
        for _ in 0..<2 { try await store.setMayBeNamed(true, ID(4)) }
        #expect(try await store.mayBeNamed() == [ID(4)])
        try await store.setMayBeNamed(false, ID(4))
        #expect(try await store.mayBeNamed().isEmpty)
    }

    @Test("A promise takes the place of the earlier one, and none takes it back")
    func promises() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let march = try #require(Day(year: 2026, month: 3, day: 9))
        for hours in [10.0, 12.5] {
            try await store.promise(TimePromise(department: "IT", month: march, hours: hours), by: "Ada", at: now)
        }
        #expect(
            try await store.timePromises() == [TimePromise(department: "IT", month: march.monthStart, hours: 12.5)])
        try await store.promise(TimePromise(department: "IT", month: march, hours: 0), by: "Ada", at: now)
        #expect(try await store.timePromises().isEmpty)
    }

    @Test("The pulse is answered once a month, and only counts are kept: no row holds a person or one person's answers")
    func pulse() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let march = try #require(Day(year: 2026, month: 3, day: 1))
        func take(_ person: UInt8, _ value: Int, _ said: String = "") async throws -> Bool {
            try await store.takePulse(
                [.pace: value, .worth: 3, .heard: 9], said: said, department: "IT", month: march, person: [person])
        }
        for (person, value) in [(UInt8(1), 4), (2, 4), (3, 1)] { #expect(try await take(person, value, "Z\(person)")) }
        #expect(try await take(2, 5, "again") == false)
        #expect(try await store.hasAnsweredPulse([2]))
        #expect(try await store.hasAnsweredPulse([7]) == false)
        let counts = try await store.pulse()
        // What is no answer from 1 to 5 is not kept.
        #expect(counts.allSatisfy { $0.question != .heard })
        #expect(counts.filter { $0.question == .pace }.map { [$0.value, $0.count] } == [[1, 1], [4, 2]])
        #expect(counts.filter { $0.question == .worth }.map(\.count) == [3])
        #expect(try await store.pulseStatements(in: march + 20) == ["Z1", "Z2", "Z3"])
        #expect(try await store.pulseStatements(in: march.nextMonth).isEmpty)
    }
}
