import Glibc
import Measures
import Records
import Statistics

@testable import Evaluations
@testable import Improvements

/// A small simulated service desk: a day's tickets, how long each takes, and whether it comes back.
struct ServiceDesk {
    static let firstDay = Day(number: 19_723)  // Monday, 1 January 2024
    static let calendar = BusinessCalendar(zone: .utc)

    /// Tickets a working day.
    var perDay = 20.0
    /// Of a working day's tickets, how many a day of the weekend has.
    var weekend = 0.0
    /// The median hours until a ticket is resolved.
    var hours = 6.0
    /// The share of tickets that come back.
    var reopened = 0.1
    var start = ServiceDesk.firstDay + 182
    /// What the change does from the start on: factors on tickets, hours and reopened.
    var effect: (tickets: Double, hours: Double, reopened: Double) = (1, 1, 1)
    /// Factors on tickets or hours of any day.
    var factor: (Day) -> (tickets: Double, hours: Double) = { _ in (1, 1) }
    var days = 182 + 28
    var group = "Mail"

    func tickets(seed: UInt64) -> [Ticket] {
        var random = SplitMix64(seed: seed)
        var tickets: [Ticket] = []
        for i in 0..<days {
            let day = Self.firstDay + i
            let after = day >= start
            let bend = factor(day)
            let mean =
                perDay * (day.weekday < 5 ? [1.2, 1, 0.95, 0.95, 0.9][day.weekday] : weekend) * bend.tickets
                * (after ? effect.tickets : 1)
            let middle = hours * bend.hours * (after ? effect.hours : 1)
            for _ in 0..<random.poisson(mean) {
                let at = Int64(day.number) * 86_400 + Int64(random.below(9 * 3600)) + 8 * 3600
                var ticket = Ticket(number: "I\(tickets.count)", openedAt: Moment(seconds: at))
                let z = Normal.quantile(max(1e-12, random.uniform()))
                let took = middle * exp(0.8 * z)
                ticket.resolvedAt = Moment(seconds: at + Int64(took * 3600))
                ticket.status = .closed
                ticket.reopenCount = random.uniform() < reopened * (after ? effect.reopened : 1) ? 1 : 0
                tickets.append(ticket)
            }
        }
        return tickets
    }

    /// The roll-up as it looked at the end of a day: what ended later is still open.
    static func rollup(_ tickets: [Ticket], asOf: Day) -> Rollup {
        var rollup = Rollup()
        for var ticket in tickets where Zone.utc.day(of: ticket.openedAt) <= asOf {
            if let resolved = ticket.resolvedAt, Zone.utc.day(of: resolved) > asOf {
                ticket.resolvedAt = nil
                ticket.status = .inProgress
            }
            if let contribution = Contribution(of: ticket, calendar: calendar) { rollup.add(contribution) }
        }
        return rollup
    }

    /// A measure of all tickets.
    static func all(_ id: String) -> MeasuredSlice { MeasuredSlice(Measure(id: id)!) }

    static func evidence(
        _ rollup: Rollup, asOf: Day,
        _ measures: [String] = ["incidents.opened", "incidents.timeToResolve", "incidents.reopened"],
        calendar: BusinessCalendar = ServiceDesk.calendar
    ) -> Evidence {
        var rollups: [MeasuredSlice: Rollup] = [:]
        for id in measures { rollups[all(id)] = rollup }
        return Evidence(rollups: rollups, asOf: asOf, calendar: calendar)
    }
}

extension SplitMix64 {
    mutating func poisson(_ mean: Double) -> Int {
        var (count, rest) = (0, mean)
        while true {
            // Gaps of an exponential until the mean is used up.
            rest += log(max(1e-300, uniform()))
            if rest < 0 { return count }
            count += 1
        }
    }
}

extension Plan {
    /// A plan about a measure of everything, with a baseline of 26 weeks.
    static func about(
        _ measure: String, wanted: Objective.Direction = .lower, guardrails: [Guardrail] = [], weeks: Int = 4,
        baseline: Period = Period(ServiceDesk.firstDay, through: ServiceDesk.firstDay + 181),
        shape: ExpectedShape = .step, least: Double = 0.1, controls: [Slice] = [], badSpell: Bool = false
    ) -> Plan {
        Plan(
            objective: Objective(text: "Better", measure: measure, wanted: wanted), guardrails: guardrails,
            baseline: baseline, weeks: weeks, shape: shape, leastEffect: least, controls: controls,
            followsBadSpell: badSpell, method: "evaluation/1")
    }
}

extension Round {
    /// A round in its evaluation, whose plan was frozen and which went live.
    static func of(
        _ plan: Plan?, live: [GoLive] = [GoLive(on: ServiceDesk.firstDay + 182)],
        frozenOn: Day = ServiceDesk.firstDay + 182
    ) throws -> Round {
        var changes: [Change] = [.opened(title: "Better", origin: .hand)]
        if let plan { changes.append(.planned(plan)) }
        changes += Array(repeating: .forward(reason: "Test"), count: 4)
        changes += live.map { .live($0) }
        let at = frozenOn.startInUTC
        return try Improvement(changes.map { Entry($0, by: "Ada", at: at) }).round
    }
}
