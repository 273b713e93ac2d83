import Measures
import Records
import Statistics
import Testing

@testable import Gains

@Suite struct PolicyTests {
    private let calendar = BusinessCalendar(zone: .utc)
    private let now = History.moment(History.start + 30)

    private func isKept(_ rule: String, _ change: (inout Ticket, inout Names) -> Void = { _, _ in }) throws -> Bool? {
        var names = Names()
        var ticket = Ticket(number: "T1", openedAt: History.moment(History.start))
        ticket.status = .closed
        change(&ticket, &names)
        return try Rule(rule).isKept(ticket, names, at: now, calendar)
    }

    @Test("A rule that cannot be read says what stands where and what could stand there")
    func errors() {
        func error(_ text: String) -> RuleError? {
            do throws(RuleError) {
                _ = try Rule(text)
                return nil
            } catch { return error }
        }
        #expect(error("") == .isEmpty)
        #expect(error("   ") == .isEmpty)
        #expect(error("tickets: category is set") == .kindMissing(found: "tickets"))
        #expect(error("incidents category is set") == .kindMissing(found: "category"))
        #expect(error("incidents:") == .unexpected(found: "", expected: .condition))
        #expect(error("incidents: colour is set") == .unexpected(found: "colour", expected: .condition))
        #expect(error("incidents: category") == .unexpected(found: "", expected: .afterField))
        #expect(error("incidents: opened after closed") == .unexpected(found: "after", expected: .afterTime))
        #expect(error("incidents: resolved within many days") == .unexpected(found: "many", expected: .number))
        #expect(error("incidents: resolved within 3 moons") == .unexpected(found: "moons", expected: .unit))
        #expect(error("incidents: (major") == .unexpected(found: "", expected: .bracket))
        #expect(error("incidents: major major") == .unexpected(found: "major", expected: .end))
        #expect(error("incidents: category is") == .unexpected(found: "", expected: .value))
        #expect(error("incidents: reopens 3") == .unexpected(found: "3", expected: .bound))
        #expect(error("incidents: when major category is set") == .unexpected(found: "category", expected: .end))
        #expect(error("incidents: " + String(repeating: "(", count: 60) + "major") == .tooDeep)
        #expect(error("incidents: " + String(repeating: "not ", count: 60) + "major") == .tooDeep)
        #expect(error(String(repeating: "x", count: 501)) == .tooLong(most: 500))
    }

    @Test("A rule written out reads as the same rule, whatever it is made of")
    func roundTrip() throws {
        for template in PolicyTemplate.allCases { #expect(try Rule(template.rule.text) == template.rule) }
        var random = SplitMix64(seed: 7)
        func condition(_ depth: Int, _ random: inout SplitMix64) -> Condition {
            switch random.below(depth > 2 ? 6 : 9) {
            case 0: return .isSet(Condition.Field.allCases[random.below(Condition.Field.allCases.count)])
            case 1: return .isOneOf(.category, random.below(2) == 0 ? ["e-mail, and more"] : ["A", "b: c"])
            case 2: return .isTimed(Condition.Time.allCases[random.below(6)])
            case 3: return .flag(Condition.Flag.allCases[random.below(5)])
            case 4:
                let units = Condition.Span.Unit.allCases
                return .within(
                    Condition.Time.allCases[random.below(6)], of: Condition.Time.allCases[random.below(6)],
                    .init(Double(random.below(90)) / 4, units[random.below(units.count)]))
            case 5: return .count(.reopens, random.below(2) == 0 ? .atMost : .atLeast, 2)
            case 6: return .not(condition(depth + 1, &random))
            case 7: return .all([condition(depth + 1, &random), condition(depth + 1, &random)])
            default: return .any([condition(depth + 1, &random), condition(depth + 1, &random)])
            }
        }
        for _ in 0..<300 {
            let made = Rule(
                kinds: [.incident, .change], scope: random.below(2) == 0 ? nil : condition(1, &random),
                demand: condition(0, &random))
            guard made.text.count <= Rule.lettersMax else { continue }
            #expect(try Rule(made.text).text == made.text)
        }
    }

    @Test("All incidents must be logged: with a category, and before they are resolved")
    func logged() throws {
        let rule = "incidents: category is set and opened before resolved"
        #expect(try isKept(rule) == false)
        #expect(try isKept(rule) { $0.attributes[.category] = $1.name("Mail") } == nil)
        #expect(
            try isKept(rule) {
                $0.attributes[.category] = $1.name("Mail")
                $0.resolvedAt = History.moment(History.start, hour: 10)
            } == true)
        #expect(
            try isKept(rule) {
                $0.attributes[.category] = $1.name("Mail")
                $0.resolvedAt = History.moment(History.start, hour: 8)
            } == false)
        #expect(try isKept(rule) { ticket, _ in ticket.status = .cancelled } == nil)
        #expect(try isKept(rule) { ticket, _ in ticket.kind = .problem } == nil)
    }

    @Test("No change without approval: what is not known is neither kept nor broken")
    func approved() throws {
        let rule = "changes: not unauthorised"
        func change(_ unauthorised: Bool?) throws -> Bool? {
            try isKept(rule) { ticket, _ in
                ticket.kind = .change
                ticket.isUnauthorized = unauthorised
            }
        }
        #expect(try change(true) == false && change(false) == true && change(nil) == nil)
        #expect(try Rule("Changes: NOT unauthorized") == Rule("changes: not unauthorised"))
    }

    @Test(
        "First response within 4 business hours: nights do not count, and what is still open is broken once it is late")
    func response() throws {
        let rule = "incidents: when priority is 1: first response within 4 business hours"
        func answer(_ respond: Moment?, priority: String = "1 - Critical", status: TicketStatus = .closed) throws
            -> Bool?
        {
            try isKept(rule) { ticket, names in
                // Monday at 15:00; the day ends at 16:00.
                ticket.openedAt = History.moment(History.start, hour: 15)
                ticket.attributes[.priority] = names.name(priority)
                ticket.firstResponseAt = respond
                ticket.status = status
            }
        }
        #expect(try answer(History.moment(History.start + 1, hour: 11)) == true)
        #expect(try answer(History.moment(History.start + 1, hour: 12)) == false)
        #expect(try answer(nil) == nil)
        #expect(try answer(nil, status: .new) == false)
        #expect(try answer(History.moment(History.start + 9), priority: "2 - High") == nil)
        #expect(try answer(History.moment(History.start + 9), priority: "10") == nil)
        #expect(
            try Rule(rule).isKept(
                {
                    var ticket = Ticket(number: "T", openedAt: History.moment(History.start + 30, hour: 8))
                    ticket.attributes[.priority] = Name(code: 1)
                    return ticket
                }(),
                {
                    var names = Names()
                    _ = names.name("1")
                    return names
                }(), at: now, calendar) == nil)
    }

    @Test("Unknown and true is unknown, unknown or true is true, and brackets change what binds")
    func threeValues() throws {
        let unknown = "unauthorised"
        #expect(try isKept("incidents: \(unknown) and opened is set") == nil)
        #expect(try isKept("incidents: \(unknown) and closed is set") == false)
        #expect(try isKept("incidents: \(unknown) or opened is set") == true)
        #expect(try isKept("incidents: not (closed is set or \(unknown))") == nil)
        #expect(try isKept("incidents: opened is set or opened is set and closed is set") == true)
        #expect(try isKept("incidents: (opened is set or opened is set) and closed is set") == false)
        #expect(try isKept("incidents: state is one of \"in work\", done") { $0.state = $1.name("IN WORK") } == true)
        #expect(try isKept("incidents: status is not closed") == false)
    }

    @Test("Weeks and latest breaches add up, in any order of the tickets")
    func tally() throws {
        var names = Names()
        let mail = names.name("Mail")
        let tickets = (0..<900).map { i -> Ticket in
            var ticket = Ticket(number: "T\(i)", openedAt: History.moment(History.start + i / 30))
            if i % 3 != 0 { ticket.attributes[.category] = mail }
            return ticket
        }
        let rule = try Rule("incidents: category is set")
        var forwards = PolicyTally(rule, at: now, calendar: calendar)
        var backwards = forwards
        for ticket in tickets { forwards.add(ticket, names) }
        for ticket in tickets.reversed() { backwards.add(ticket, names) }
        let result = forwards.result
        #expect(result.weeks == backwards.result.weeks && result.breaches == backwards.result.breaches)
        #expect(result.weeks.first == PolicyWeek(monday: History.start, kept: 140, broken: 70, unknown: 0))
        #expect(result.breaches.count == 200 && result.breaches[0].number == "T897")
        let compliance = Compliance(result.weeks)
        #expect(compliance.now?.estimate == 2.0 / 3 || abs((compliance.now?.estimate ?? 0) - 2.0 / 3) < 0.01)
    }

    @Test("A policy kept less and less is a signal, one that is kept is none, and one below what was agreed is one too")
    func compliance() throws {
        var history = History(seed: 3)
        func weeks(_ share: (Int) -> Double) -> [PolicyWeek] {
            (0..<70).map { i in
                let n = 20 + history.poisson(10)
                let kept = (0..<n).count { _ in history.random.uniform() < share(i) }
                return PolicyWeek(monday: History.start + i * 7, kept: kept, broken: n - kept)
            }
        }
        let fallen = CheckedPolicy(
            id: 1, name: "A", target: 0.5, compliance: Compliance(weeks { $0 < 50 ? 0.95 : 0.8 }))
        let steady = CheckedPolicy(id: 2, name: "B", target: 0.9, compliance: Compliance(weeks { _ in 0.95 }))
        let low = CheckedPolicy(id: 3, name: "C", target: 0.95, compliance: Compliance(weeks { _ in 0.7 }))
        let none = CheckedPolicy(id: 4, name: "D", target: 0.95, compliance: Compliance([]))
        let found = breachSignals(of: [fallen, steady, low, none])
        #expect(found.map(\.id) == ["policy.1", "policy.3"])
        #expect(found[0].q != nil && abs((found[0].at - History.start) / 7 - 50) <= 7)
        #expect(found[1].q == nil && found[1].after.high < 0.95)
        #expect(none.compliance.now == nil && none.compliance.values.isEmpty)
    }

    @Test("Twenty policies that are kept as ever raise next to nothing")
    func quiet() throws {
        var alarms = 0
        for seed in 1...15 {
            var history = History(seed: UInt64(seed) &+ 70)
            let policies = (0..<10).map { id in
                CheckedPolicy(
                    id: Int64(id), name: "P", target: 0.5,
                    compliance: Compliance(
                        (0..<60).map { i in
                            let n = 10 + history.poisson(10)
                            let kept = (0..<n).count { _ in history.random.uniform() < 0.9 }
                            return PolicyWeek(monday: History.start + i * 7, kept: kept, broken: n - kept)
                        }))
            }
            if !breachSignals(of: policies).isEmpty { alarms += 1 }
        }
        #expect(alarms <= 3, "\(alarms) of 15 looks at ten policies")
    }
}
