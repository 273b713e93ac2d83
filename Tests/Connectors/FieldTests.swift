import Testing

@testable import Connectors

@Suite("Fields")
struct FieldTests {
    @Test("A field is found by the word of --map")
    func words() { #expect(Field(rawValue: "openedAt") == .openedAt) }
}
