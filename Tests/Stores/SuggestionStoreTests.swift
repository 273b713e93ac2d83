import Open
import Records
import Store
import Testing

@Suite("Any store keeps suggestions")
struct SuggestionStoreTests {
    @Test("None, one that is not there, and whatever people write comes back as it was, the latest first")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.suggestions(limit: 10).isEmpty)
        #expect(try await store.suggestion(ID(1)) == nil)
        let one = Suggestion(
            madeAt: Moment(seconds: 5), title: "Vis køen 队列 '; drop table", text: "\"\n", by: "", service: "Mail")
        let two = Suggestion(madeAt: Moment(seconds: 4), title: "Two", by: "Mette")
        let id = try await store.add(one)
        try await store.add(two)
        #expect(try await store.suggestion(id)?.suggestion == one)
        #expect(try await store.suggestions(limit: 10).map(\.suggestion) == [two, one])
        #expect(try await store.suggestions(limit: 1).map(\.suggestion) == [two])
        try await store.close()
    }
}
