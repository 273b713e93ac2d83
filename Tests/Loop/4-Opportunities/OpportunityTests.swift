import Measures
import Records
import Signals
import Statistics
import Testing

@testable import Opportunities

@Suite("Opportunities")
struct OpportunityTests {
    @Test("The words of the efforts are those the JSON promises")
    func words() { #expect([Effort.small, .medium, .large].map(\.rawValue) == ["small", "medium", "large"]) }

    // MARK: Made by hand

    static let start = Day(number: 19_723)

    /// 100 tickets: 40 of category A, all of group 1; 60 of category B, 30 of them of group 1.
    static let table: TicketTable = {
        var names = Names()
        var table = TicketTable()
        for i in 0..<100 {
            var t = Ticket(number: "\(i)", openedAt: (start + i).startInUTC)
            t.attributes[.category] = names.name(i < 40 ? "A" : "B")
            t.attributes[.group] = names.name(i < 70 ? "1" : "2")
            if i < 40 { t.workMinutes = 90 }
            table.append(t)
        }
        table.adopt(names: names)
        return table
    }()

    func signal(
        _ id: String, _ slice: Slice, hours: Double?, kind: SignalKind = .levelShift, _ quantity: Quantity = .opened,
        at day: Int = 50, _ direction: Tendency = .worse
    ) throws -> Signal {
        let at = Self.start + day
        return Signal(
            id: id, kind: kind, measure: try #require(Measure(.incident, quantity)), slice: slice, at: at,
            atEarliest: at - 2, atLatest: at + 2, direction: direction, before: Estimate(2, low: 1.8, high: 2.2),
            after: Estimate(3, low: 2.7, high: 3.3), relative: Estimate(0.5, low: 0.3, high: 0.7), q: 0.001,
            hoursPerMonth: hours.map { Estimate($0, low: $0 * 0.8, high: $0 * 1.2) }, evidenceCount: 30,
            evidence: Period(at, through: Self.start + 99))
    }

    func made(_ signals: [Signal]) -> [Opportunity] {
        opportunities(
            from: [Detection(signals: signals, tested: 1, expectedFalse: 0, rate: 0.05, window: nil, notes: [])],
            tickets: Self.table)
    }

    @Test("No signals, no opportunities")
    func nothing() {
        #expect(opportunities(from: [], tickets: TicketTable()).isEmpty)
        #expect(made([]).isEmpty)
    }

    @Test("More tickets that also take longer are one story, and its hours add up")
    func sameSlice() throws {
        let a = Slice(.category, "A")
        let found = made([
            try signal("x", a, hours: 100), try signal("y", a, hours: 40, .timeToResolve),
            try signal("z", a, hours: 10, .timeToRespond), try signal("s", a, hours: nil, .slaMet),
        ])
        #expect(found.count == 1)
        let one = try #require(found.first)
        #expect(one.signals.map(\.id) == ["x", "y", "z", "s"] && one.lead.id == "x" && one.id == "ox")
        // Time to respond is part of time to resolve.
        #expect(one.hoursPerMonth.estimate == 140)
        // √(20² + 8²) by hand.
        #expect((one.hoursPerMonth.low - (140 - 464.0.squareRoot())).magnitude < 1e-9)
        #expect(one.firstStep == .findRecurringCause && one.rank == 1 && !one.isGoodNews)
        // One ticket a day more, an hour and a half of work each, 30.4 days.
        let work = try #require(one.workHoursPerMonth)
        #expect((work.estimate - 45.6).magnitude < 1e-9)
    }

    @Test("Slices that share most of their tickets are one story when their dates agree, and only then")
    func overlapping() throws {
        let a = Slice(.category, "A")
        let group = Slice(.group, "1")
        #expect(made([try signal("x", a, hours: 100), try signal("y", group, hours: 50)]).count == 1)
        #expect(made([try signal("x", a, hours: 100), try signal("y", group, hours: 50, at: 80)]).count == 2)
        // Category B and group 1 share 30 of 130 tickets: two stories.
        #expect(
            made([try signal("x", Slice(.category, "B"), hours: 100), try signal("y", group, hours: 50)]).count == 2)
    }

    @Test("The costliest first; good news apart, after it, by what it saves")
    func ranks() throws {
        let found = made([
            try signal("small", Slice(.category, "A"), hours: 5),
            try signal("saved", Slice(.group, "2"), hours: -500, .opened, at: 10, .better),
            try signal("big", Slice(.category, "B"), hours: 50, at: 80),
        ])
        #expect(found.map(\.lead.id) == ["big", "small", "saved"])
        #expect(found.map(\.rank) == [1, 2, 3] && found.map(\.isGoodNews) == [false, false, true])
        #expect(found.last?.hoursPerMonth.estimate == -500)
    }

    @Test("What cannot be put in hours stands only among the signals")
    func noHours() throws {
        #expect(made([try signal("x", Slice(.category, "A"), hours: nil, .slaMet)]).isEmpty)
    }

    @Test("Each kind of finding has a first step of its kind")
    func steps() throws {
        func step(_ s: Signal) -> FirstStep? { made([s]).first?.firstStep }
        let a = Slice(.category, "A")
        #expect(step(try signal("x", a, hours: 1, kind: .spike)) == .lookAtDay)
        #expect(step(try signal("x", a, hours: 1, kind: .trend)) == .planCapacity)
        #expect(step(try signal("x", Slice(.location, "Oslo"), hours: 1)) == .askWhatChanged)
        #expect(step(try signal("x", a, hours: 1, .timeToResolve)) == .reviewStageWhereWorkWaits)
        #expect(step(try signal("x", Slice(.group, "1"), hours: 1, .timeToResolve)) == .checkHandover)
        #expect(step(try signal("x", a, hours: 1, .reassigned)) == .checkRouting)
    }
}
