import Records
import Signals
import Statistics
import Testing

@Suite("What keeps coming back, summed up")
struct RecurringProblemTests {
    private static let asOf = Day(number: 20_000)

    private static func incident(
        _ day: Day, hours: Double? = 4, workaround: Bool? = nil, problem: String = "", causedBy: String = "",
        service: String = "Mail", score: Double? = nil
    ) -> RecurringIncident {
        RecurringIncident(
            opened: day, hours: hours, workHours: nil, isWorkaround: workaround, problem: problem, causedBy: causedBy,
            service: service, satisfaction: score)
    }

    private static func evidence(_ days: [Int], _ make: (Day) -> RecurringIncident) -> RecurringEvidence {
        let all = days.map { asOf - $0 }
        return RecurringEvidence(
            id: 7, words: ["vpn", "drops"], chance: 1e-9, days: all, incidents: all.sorted(by: >).map(make))
    }

    private static func summed(
        _ days: [Int], found: Bool = true, records: [String: (status: String, endedOn: Day?)] = [:],
        changes: [ChangeMade] = [], scores: (count: Int, sum: Double, squares: Double) = (0, 0, 0),
        _ make: (Day) -> RecurringIncident = { incident($0) }
    ) -> RecurringProblem? {
        recurringProblems(
            [evidence(days, make)],
            RecurringBackground(
                asOf: asOf, firstDay: asOf - 500, records: records, changes: changes, satisfaction: scores),
            beyondChance: found ? [7] : []
        ).first
    }

    @Test("A group without days is nothing; one day many times came once and is no candidate")
    func strange() throws {
        #expect(Self.summed([]) == nil)
        let outage = try #require(Self.summed(Array(repeating: 5, count: 40)))
        #expect(outage.spells == 1 && outage.size == 40 && outage.standing == .ordinary)
        #expect(outage.rhythm == nil && outage.hoursPerMonth != nil)
    }

    @Test("What comes about every thirty days has its rhythm and its next day, and is a finding with hours")
    func rhythm() throws {
        let problem = try #require(Self.summed([361, 331, 302, 271, 241, 212, 181, 151, 121, 91, 62, 31, 1]))
        #expect(problem.standing == .candidate)
        let rhythm = try #require(problem.rhythm)
        #expect((29...31).contains(rhythm.everyDays.estimate))
        #expect(abs(rhythm.next - (Self.asOf + 29)) <= 1)
        let signal = try #require(recurrenceSignal(problem, name: nil))
        #expect(
            signal.kind == .recurrence && signal.subject?.name == "vpn drops" && signal.subject?.next == rhythm.next)
        let hours = try #require(signal.hoursPerMonth)
        #expect(hours.low < hours.estimate && hours.estimate < hours.high)
        // Six incidents of four hours in half a year: four hours a month.
        #expect(abs(hours.estimate - 4) < 1, "\(hours)")
        #expect(problem.months.reduce(0, +) == 13)
    }

    @Test("Not beyond chance, or long quiet, is no finding")
    func noFinding() throws {
        let ordinary = try #require(Self.summed([60, 40, 20, 2], found: false))
        #expect(ordinary.standing == .ordinary && recurrenceSignal(ordinary, name: nil) == nil)
        let quiet = try #require(Self.summed([400, 380, 350, 300]))
        #expect(quiet.standing == .quiet && recurrenceSignal(quiet, name: nil) == nil)
    }

    @Test("An open problem record closes the candidate; one that ended while incidents go on opens it again")
    func records() throws {
        func with(_ status: String, _ ended: Day?) throws -> RecurringProblem {
            try #require(
                Self.summed([90, 70, 40, 20, 3], records: ["PRB1": (status, ended)]) {
                    Self.incident($0, problem: "PRB1")
                })
        }
        #expect(try with("inProgress", nil).standing == .recorded)
        let returned = try with("closed", Self.asOf - 50)
        #expect(returned.standing == .returned && returned.record?.after == 3 && returned.isCandidate)
        #expect(try with("closed", Self.asOf - 2).standing == .quiet)
        // A number that no record of the store has does not close it.
        let unknown = try #require(Self.summed([90, 70, 40, 3]) { Self.incident($0, problem: "PRB9") })
        #expect(unknown.standing == .candidate && unknown.record?.status == nil)
    }

    @Test("Closed by a workaround again and again is counted among those that say")
    func workarounds() throws {
        let problem = try #require(
            Self.summed([50, 40, 30, 10]) { day in
                Self.incident(day, workaround: day == Self.asOf - 10 ? nil : day != Self.asOf - 50)
            })
        #expect(problem.workarounds == 2 && problem.workaroundsKnown == 3)
    }

    @Test("Changes on its service just before it came are told beside what chance would bring")
    func changes() throws {
        let days = [300, 260, 210, 170, 120, 80, 30]
        let made = days.map { ChangeMade(number: "CHG\($0)", service: "Mail", day: Self.asOf - $0 - 1) }
        let other = ChangeMade(number: "CHGX", service: "Other", day: Self.asOf - 31)
        let problem = try #require(Self.summed(days, changes: (made + [other]).sorted { $0.day < $1.day }))
        let changes = try #require(problem.changes)
        #expect(changes.followed == 7 && changes.expected < 1 && changes.chance < 1e-6)
        #expect(changes.numbers.first == "CHG30" && !changes.numbers.contains("CHGX"))
        let none = try #require(Self.summed(days))
        #expect(none.changes == nil)
        let named = try #require(Self.summed(days) { Self.incident($0, causedBy: "CHG5", service: "") })
        #expect(named.changes?.numbers == ["CHG5"])
    }

    @Test("Satisfaction stands beside that of all other tickets, with five answers of each at least")
    func satisfaction() throws {
        let few = try #require(Self.summed([50, 40, 30, 10]) { Self.incident($0, score: 0.2) })
        #expect(few.satisfaction == nil)
        let all = (count: 106, sum: 6 * 0.25 + 100 * 0.8, squares: 6 * 0.0625 + 100 * 0.64)
        let problem = try #require(
            Self.summed([90, 70, 50, 40, 30, 10], scores: all) { Self.incident($0, score: 0.25) })
        let told = try #require(problem.satisfaction)
        #expect(abs(told.own.estimate - 0.25) < 1e-9 && abs(told.others.estimate - 0.8) < 1e-9)
        #expect(told.count == 6 && told.otherCount == 100)
    }
}
