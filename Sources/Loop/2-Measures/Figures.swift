import Foundation
import Records
import Statistics

/// One value of a measure over some days, and on how many tickets it rests.
public struct Figure: Sendable, Hashable, Codable {
    public var value: Double
    public var count: Int

    public init(value: Double, count: Int) {
        self.value = value
        self.count = count
    }
}

/// How the durations of many tickets become one figure.
public struct DurationReading: Sendable, Hashable {
    /// The share of tickets that take no longer: 0.5 is the median.
    public var share: Double
    /// Whose working hours count; nil is every hour.
    public var calendar: BusinessCalendar?

    public init(share: Double = 0.5, calendar: BusinessCalendar? = nil) {
        self.share = share
        self.calendar = calendar
    }

    /// The median by the clock: what signals are about.
    public static let median = DurationReading()
    /// The 90th percentile.
    public static let ninetieth = 0.9

    public var isMedian: Bool { share == 0.5 && calendar == nil }

    /// How long a ticket of a day has been open at the end of another, in hours: opened in the middle of its day.
    func hours(from day: Day, through last: Day) -> Double {
        guard let calendar else { return Double(last - day) * 24 + 12 }
        return Double(calendar.minutes(fromMiddleOf: day, through: last)) / 60
    }
}

/// Values of a measure for steps of days, from a roll-up.
///
/// Missing is not zero: a step in which a measure says nothing is nil. A step before the first ticket is nil too.
public struct Series: Sendable {
    public let measure: Measure
    /// The days of each step, in order.
    public let steps: [Period]
    public let values: [Figure?]

    /// - Parameters:
    ///   - days: How many days a step has: 1 or 7. Weeks end on the last day of the period.
    ///   - asOf: The last day of the data: what is open then is not finished, however it ends later.
    ///   - reading: How durations are read; business hours only for the time to resolve.
    public init(
        _ measure: Measure, of rollup: Rollup, over period: Period, step days: Int, asOf: Day,
        reading: DurationReading = .median
    ) {
        self.measure = measure
        var steps: [Period] = []
        var last = period.last
        while last - (days - 1) >= period.first {
            steps.append(Period(last - (days - 1), through: last))
            last = last - days
        }
        steps.reverse()
        self.steps = steps
        var open: Int64 = 0
        var openedMinutes: Int64 = 0
        let needsStock = measure.quantity == .backlog || measure.quantity == .backlogAge
        if needsStock, let first = steps.first?.first, let all = rollup.period, all.first < first {
            let earlier = rollup.total(Period(all.first, through: first - 1), withSketches: false)
            open = earlier[.opened] - earlier[.finished]
            openedMinutes = earlier[.openedMinutes] - earlier[.finishedOpenedMinutes]
        }
        let firstDay = rollup.period?.first
        values = steps.map { step in
            guard let firstDay, step.last >= firstDay else { return nil }
            // Durations are read off the days themselves, below.
            let totals = rollup.total(step, withSketches: false)
            if needsStock {
                open += totals[.opened] - totals[.finished]
                openedMinutes += totals[.openedMinutes] - totals[.finishedOpenedMinutes]
                if measure.quantity == .backlog { return Figure(value: Double(open), count: Int(open)) }
                guard open > 0 else { return nil }
                let end = Double((Int64(step.last.number) + 1) * 1440)
                return Figure(value: (end - Double(openedMinutes) / Double(open)) / 60, count: Int(open))
            }
            return totals.figure(measure.quantity, days: step.dayCount) { sketch in
                durationQuantile(reading, sketch, rollup, step, asOf)
            }
        }
    }
}

extension DayTotals {
    /// The value of a quantity that needs no days before these.
    func figure(
        _ quantity: Quantity, days: Int, duration: (KeyPath<DayTotals, DurationSketch>) -> Figure?
    ) -> Figure? {
        func share(_ yes: Counter, of known: Counter) -> Figure? {
            let n = self[known]
            return n > 0 ? Figure(value: Double(self[yes]) / Double(n), count: Int(n)) : nil
        }
        switch quantity {
        case .opened: return Figure(value: Double(self[.opened]) / Double(days), count: Int(self[.opened]))
        case .resolved: return Figure(value: Double(self[.finished]) / Double(days), count: Int(self[.finished]))
        case .backlog, .backlogAge: return nil
        case .timeToRespond: return duration(\.respond)
        case .timeToResolve: return duration(\.resolve)
        case .slaMet: return share(.slaMet, of: .slaKnown)
        case .reopened: return share(.reopened, of: .reopensKnown)
        case .reassigned: return share(.reassigned, of: .reassignmentsKnown)
        case .firstContactResolved: return share(.firstContact, of: .firstContactKnown)
        case .workaroundOnly: return share(.workaround, of: .workaroundKnown)
        case .majorShare: return share(.major, of: .majorKnown)
        case .failed: return share(.failed, of: .outcomeKnown)
        case .successful:
            return share(.failed, of: .outcomeKnown).map { Figure(value: 1 - $0.value, count: $0.count) }
        case .emergencyShare: return share(.emergency, of: .typeKnown)
        case .unauthorized: return share(.unauthorized, of: .authorizationKnown)
        case .followedByIncident: return share(.followed, of: .ended)
        case .unplannedShare: return share(.unplannedWork, of: .allWork)
        case .satisfaction, .mean, .nps, .answers, .made: return values.figure(quantity, days: days)
        // Made of histories, not of days.
        case .waiting, .cameBack, .handoffs, .skipped: return nil
        }
    }
}

/// A quantile of the durations of the tickets opened in some days, with those still open counted as lasting at least as
/// long as they have been open.
///
/// Leaving them out would make the latest weeks look better than they are, because their slow tickets are still open.
/// Kaplan and Meier, "Nonparametric estimation from incomplete observations" (1958); a day's open tickets share its age.
/// - Returns: Nil when there are no tickets, or when so many are still open that the quantile is not reached yet.
func durationQuantile(
    _ reading: DurationReading, _ quantity: KeyPath<DayTotals, DurationSketch>, _ rollup: Rollup, _ days: Period,
    _ asOf: Day
) -> Figure? {
    let isResponse = quantity == \DayTotals.respond
    let path = !isResponse && reading.calendar != nil ? \DayTotals.business : quantity
    let share = reading.share
    // Dense while it is added up: a day's few buckets into a thousand places, instead of merging lists day by day.
    var counts = [Int32](repeating: 0, count: DurationSketch.bucketsMax + 1)
    var open: [(hours: Double, count: Int64)] = []
    var day = days.first
    while day <= days.last {
        if let totals = rollup.days[day] {
            for (bucket, count) in totals[keyPath: path].buckets { counts[Int(bucket)] += count }
            // Opened in the middle of the day, open until the end of the last day.
            if totals[.stillOpen] > 0 { open.append((reading.hours(from: day, through: asOf), totals[.stillOpen])) }
        }
        day = day + 1
    }
    let events = DurationSketch(dense: counts)
    let known = events.count
    guard known > 0 else { return nil }
    // How long an open ticket has waited for its first response is not kept by day: the response is known or it is not.
    if isResponse || open.isEmpty {
        return events.quantile(share).map { Figure(value: $0, count: known) }
    }
    open.sort { $0.hours < $1.hours }
    var atRisk = Double(known) + Double(open.reduce(0) { $0 + $1.count })
    var surviving = 1.0
    var next = 0
    for (bucket, count) in events.buckets {
        let hours = DurationSketch.hours(bucket: bucket)
        while next < open.count, open[next].hours < hours {
            atRisk -= Double(open[next].count)
            next += 1
        }
        surviving *= 1 - Double(count) / atRisk
        atRisk -= Double(count)
        if surviving <= 1 - share { return Figure(value: hours, count: known) }
    }
    return nil
}
