import Testing

@testable import Signals

@Suite("Signals")
struct SignalTests {
    @Test("The words of the kinds are those the JSON promises")
    func words() {
        #expect(
            SignalKind.allCases.map(\.rawValue)
                == [
                    "levelShift", "trend", "spike", "seasonBreak", "variation", "targetAtRisk", "unexplainedFall",
                    "policyBreach", "momentum", "wear",
                ])
    }
}
