import Testing

@testable import Opportunities

@Suite("Opportunities")
struct OpportunityTests {
    @Test("The words of the efforts are those the JSON promises")
    func words() { #expect([Effort.small, .medium, .large].map(\.rawValue) == ["small", "medium", "large"]) }
}
