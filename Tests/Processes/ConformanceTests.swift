import Processes
import Testing

@Suite("Conformance")
struct ConformanceTests {
    private static let log = traces([
        ("good", "New", 0, "Ann"), ("good", "Approved", 1, "Bo"), ("good", "Done", 2, "Ann"),
        ("good", "Closed", 3, "Ann"),
        ("skipped", "New", 0, "Ann"), ("skipped", "Done", 30, "Ann"), ("skipped", "Closed", 31, "Ann"),
        ("alone", "New", 0, "Ann"), ("alone", "Approved", 1, "Ann"), ("alone", "Done", 2, "Ann"),
        ("back", "New", 90, "Ann"), ("back", "Closed", 91, "Ann"), ("back", "Done", 92, "Ann"),
        ("back", "Closed", 93, "Ann"),
    ])

    /// The rule, how many cases it applies to, and which break it.
    static let rules: [(String, Int, [String])] = [
        ("begins New", 4, []),
        ("begins Approved | Done", 4, ["good", "skipped", "alone", "back"]),
        ("ends Closed", 4, ["alone"]),
        ("next New -> Approved|Closed", 4, ["skipped"]),
        ("requires Approved before Done", 4, ["skipped", "back"]),
        ("requires Closed", 4, ["alone"]),
        ("never Done after Closed", 3, ["back"]),
        ("never Approved", 4, ["good", "alone"]),
        ("at most 1 Closed", 3, ["back"]),
        ("within 1 day New -> Done", 4, ["skipped"]),
        // Not closed by the end of the log, and more than two days have passed.
        ("within 2 days New -> Closed", 4, ["alone"]),
        ("within 120 hours New -> Closed", 3, []),
        ("four eyes New, Approved", 2, ["alone"]),
        ("never \"Not there\"", 4, []),
    ]

    @Test("Each rule finds the cases that break it, and no others", arguments: rules)
    func finds(text: String, applied: Int, broken: [String]) throws {
        let policy = try ProcessPolicy("# a comment\n\n" + text + "   # and another\n")
        let found = conformance(of: Self.log, to: policy.lines.map(\.rule))
        #expect(found.applied == [applied])
        #expect(found.breaches.map(\.caseName) == broken)
    }

    @Test(
        "What is no rule is refused with its line",
        arguments: [
            "", "# nothing", "begins", "next New", "next New Closed", "at most two Closed", "at most -1 Closed",
            "within 0 hours A -> B", "within 3 fortnights A -> B", "within nan hours A -> B", "four eyes New",
            "requires A before", "never A after ", "always New", "begins \"New",
        ])
    func refuses(text: String) {
        #expect(throws: ProcessPolicyError.self) { _ = try ProcessPolicy(text) }
        do throws(ProcessPolicyError) {
            _ = try ProcessPolicy("begins New\n" + (text.isEmpty || text.hasPrefix("#") ? "bad" : text))
        } catch {
            #expect(error.line == 2)
        }
    }
}
