import Measures
import Records
import Statistics
import Testing

@testable import Evaluations

private let first = ServiceDesk.firstDay

private func outcome(_ id: String, _ rollup: Rollup, days: Int, baseline: Int, asOf: Day) throws -> DailyOutcome {
    let calendar = ServiceDesk.calendar
    let source = try #require(Source(ServiceDesk.all(id).measure, rollup, whole: rollup, asOf: asOf))
    func steps(_ count: Int) -> Steps {
        Steps(Period(first, through: first + (count - 1)), weekdays: Set(0...6), calendar)
    }
    return DailyOutcome(source, steps(days), baseline: steps(baseline))
}

@Suite("A measure day by day")
struct DailyOutcomeTests {
    @Test("A ticket that is open long after its day settled has missed its time, as often as the time is known at all")
    func missed() throws {
        var rollup = Rollup()
        for i in 0..<100 {
            rollup.add(8, of: .opened, on: first + i)
            // Half of the tickets have no agreed time.
            rollup.add(4, of: .slaKnown, on: first + i)
            rollup.add(3, of: .slaMet, on: first + i)
        }
        let stuck = first + 60
        rollup.add(-2, of: .slaKnown, on: stuck)
        rollup.add(-1, of: .slaMet, on: stuck)
        rollup.add(4, of: .stillOpen, on: stuck)
        let result = try outcome("incidents.slaMet", rollup, days: 100, baseline: 56, asOf: first + 99)
        #expect(result.settlingDays == 14 && result.settledThrough == first + 85)
        #expect(result.values[0] == 0.75 && result.trials[0] == 4)
        // Two known and met; of four open ones two would be known.
        #expect(result.values[60] == 0.5 && result.trials[60] == 4)
        #expect(result.values[85] == 0.75 && result.values[86].isNaN)
    }

    @Test("A day is a median as soon as half of its tickets have ended, and its age until then")
    func medians() throws {
        var rollup = Rollup()
        func ticket(_ day: Int, hours: Double?) throws {
            let at = (first + day).startInUTC.seconds + 12 * 3600
            var ticket = Ticket(number: "\(day)", openedAt: Moment(seconds: at))
            if let hours {
                ticket.resolvedAt = Moment(seconds: at + Int64(hours * 3600))
                ticket.status = .closed
            }
            rollup.add(try #require(Contribution(of: ticket, calendar: ServiceDesk.calendar)))
        }
        for day in 0..<60 { for hours in [1.0, 2, 4] { try ticket(day, hours: hours) } }
        for hours in [1.0, 2, nil, nil] { try ticket(60, hours: hours) }
        for hours in [1.0, nil, nil] { try ticket(61, hours: hours) }
        try ticket(63, hours: 1)
        let result = try outcome("incidents.timeToResolve", rollup, days: 65, baseline: 60, asOf: first + 64)
        #expect(result.settlingDays == 1)
        #expect(abs(result.values[0] - 2) < 0.05 && abs(result.values[60] - 2) < 0.05)
        #expect(result.values[61] == 84 && result.stillOpen == [first + 61])
        #expect(result.values[62].isNaN && abs(result.values[63] - 1) < 0.03 && result.values[64].isNaN)
    }

    @Test("No tickets is none of a count, and nothing of a share or a duration")
    func empty() throws {
        var rollup = Rollup()
        rollup.add(3, of: .opened, on: first)
        rollup.add(1, of: .opened, on: first + 9)
        let counts = try outcome("incidents.opened", rollup, days: 10, baseline: 10, asOf: first + 9)
        #expect(counts.values == [3, 0, 0, 0, 0, 0, 0, 0, 0, 1] && counts.trials.isEmpty)
        #expect(counts.steady.allSatisfy { $0.isFinite } && counts.additive.allSatisfy { $0.isFinite })
        for id in ["incidents.reopened", "incidents.timeToResolve", "incidents.timeToRespond"] {
            let nothing = try outcome(id, rollup, days: 10, baseline: 10, asOf: first + 200)
            #expect(nothing.values.allSatisfy { $0.isNaN })
            #expect(nothing.steady.allSatisfy { $0.isNaN } && nothing.additive.allSatisfy { $0.isNaN })
        }
    }

    @Test(
        "Shares are the same as the catalogue's figures where every ticket has ended",
        arguments: Measure.catalogue.filter { $0.kind != nil })
    func figures(_ measure: Measure) throws {
        guard measure.unit == .share else { return }
        let (yes, known) = try #require(ShareCounters.of(measure.quantity))
        var rollup = Rollup()
        rollup.add(3, of: yes, on: first)
        rollup.add(8, of: known, on: first)
        rollup.add(8, of: .opened, on: first)
        let source = try #require(Source(measure, rollup, whole: rollup, asOf: first + 100))
        let steps = Steps(Period(first, through: first), weekdays: Set(0...6), ServiceDesk.calendar)
        let series = Series(measure, of: rollup, over: Period(first, through: first), step: 1, asOf: first + 100)
        #expect(DailyOutcome(source, steps, baseline: steps).values == series.values.map { $0?.value ?? .nan })
    }
}
