import Testing

@testable import Statistics

@Suite("Estimates")
struct EstimateTests {
    @Test("A negative factor turns the interval round")
    func negative() {
        #expect(Estimate(2, low: 1, high: 4).scaled(by: -1) == Estimate(-2, low: -4, high: -1))
    }
}
