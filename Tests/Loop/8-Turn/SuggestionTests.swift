import Open
import Records
import Store
import Testing
import Turn

@Suite("Suggestions made here and now")
struct SuggestionTests {
    @Test("None, one that is not there, and whatever people write comes back as it was, the latest first")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.suggestions(limit: 10).isEmpty)
        #expect(try await store.suggestion(1) == nil)
        #expect(try await store.suggestion(key: "no") == nil)
        let one = Suggestion(
            madeAt: Moment(seconds: 5), title: "Vis køen 队列 '; drop table", text: "\"\n", by: "", service: "Mail")
        let two = Suggestion(madeAt: Moment(seconds: 4), title: "Two", by: "Mette")
        let id = try await keep(one, in: store)
        let other = try await keep(two, in: store)
        // The very same words are another suggestion when somebody makes them again.
        let again = try await keep(two, in: store)
        #expect(Set([id, other, again]).count == 3)
        #expect(try await store.suggestion(id)?.value == one)
        #expect(try await store.suggestions(limit: 10).map(\.value) == [one, two, two])
        #expect(try await store.suggestions(after: id, limit: 1).map(\.id) == [other])
        #expect(try await store.check().isEmpty)
        try await store.close()
    }
}
