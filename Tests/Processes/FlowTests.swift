import Processes
import Testing

@Suite("Flows")
struct FlowTests {
    @Test("Nothing gives nothing")
    func nothing() { #expect(flows(of: Traces(EventLog())).isEmpty) }
}
