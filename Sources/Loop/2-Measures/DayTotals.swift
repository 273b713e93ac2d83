import Foundation
import Records

/// What the tickets of one slice add up to on one day: the roll-up that measures are read from.
///
/// Everything in it is a whole number, so totals of days, and of old and new states of a ticket, add and subtract exactly
/// in any order. Cohort figures belong to the day a ticket was opened, finish figures to the day it was finished.
public struct DayTotals: Sendable, Hashable {
    /// What is counted. Raw values are kept in stores: append, never renumber.
    public enum Counter: Int, CaseIterable, Sendable {
        case opened
        /// Opened that day and neither resolved nor closed yet.
        case stillOpen
        /// Opened that day and closed without a time of resolution: its duration is not known.
        case durationUnknown
        /// Resolved, or closed where no resolution is known, on this day.
        case finished
        /// Sum of the moments of opening, in minutes since 1970, of those opened and of those finished this day.
        case openedMinutes, finishedOpenedMinutes
        case slaKnown, slaMet, reopensKnown, reopened, reassignmentsKnown, reassigned
        case firstContactKnown, firstContact, workaroundKnown, workaround, majorKnown, major
        case outcomeKnown, failed, typeKnown, emergency, authorizationKnown, unauthorized
        case workKnown, workMinutes
        /// Sums of durations in minutes and of their squares in quarter hours.
        case resolveMinutes, resolveSquares, businessMinutes, businessSquares, respondMinutes, respondSquares
        /// Changes that ended this day, and those of them that an incident followed: never kept, added up when asked for,
        /// because they rest on tickets of two kinds.
        case ended, followed
        /// Work of every kind opened this day, and the unplanned part of it, in minutes or tickets: never kept either.
        case allWork, unplannedWork
    }

    public private(set) var counters: [Int64]
    /// Opened to resolved, by the clock; by business hours; and opened to first response.
    public var resolve = DurationSketch()
    public var business = DurationSketch()
    public var respond = DurationSketch()
    /// Of records that carry values: answers, readings, suggestions. A day of tickets has none.
    public var values = ValueTotals()

    public init() { counters = Array(repeating: 0, count: Counter.allCases.count) }

    public subscript(counter: Counter) -> Int64 {
        get { counters[counter.rawValue] }
        set { counters[counter.rawValue] = newValue }
    }

    public var isEmpty: Bool {
        counters.allSatisfy { $0 == 0 } && resolve.isEmpty && business.isEmpty && respond.isEmpty && values.isEmpty
    }

    public mutating func add(_ other: DayTotals) {
        addCounters(of: other)
        resolve.add(other.resolve)
        business.add(other.business)
        respond.add(other.respond)
    }

    mutating func addCounters(of other: DayTotals) {
        for i in counters.indices { counters[i] += other.counters[i] }
        values.add(other.values)
    }
}

/// What one ticket adds to the day it was opened and to the day it was finished.
public struct Contribution: Sendable {
    public struct Part: Sendable {
        public var day: Day
        public var counters: [(DayTotals.Counter, Int64)]
    }
    /// The cohort part, and the finish part where it was finished.
    public var opened: Part
    public var finished: Part?
    public var resolveBucket: Int16?
    public var businessBucket: Int16?
    public var respondBucket: Int16?

    /// - Returns: Nil for a ticket that never counts: cancelled or merged.
    public init?(of ticket: Ticket, calendar: BusinessCalendar) {
        if ticket.status.isVoid { return nil }
        let start = ticket.openedAt.seconds
        var list: [(DayTotals.Counter, Int64)] = [(.opened, 1), (.openedMinutes, start / 60)]
        func yesNo(_ value: Bool?, _ known: DayTotals.Counter, _ yes: DayTotals.Counter) {
            guard let value else { return }
            list.append((known, 1))
            if value { list.append((yes, 1)) }
        }
        yesNo(ticket.slaMet, .slaKnown, .slaMet)
        yesNo(ticket.reopenCount.map { $0 > 0 }, .reopensKnown, .reopened)
        yesNo(ticket.reassignmentCount.map { $0 > 0 }, .reassignmentsKnown, .reassigned)
        yesNo(ticket.isWorkaround, .workaroundKnown, .workaround)
        yesNo(ticket.isMajor, .majorKnown, .major)
        yesNo(ticket.changeOutcome.map { $0 == .unsuccessful }, .outcomeKnown, .failed)
        yesNo(ticket.changeType.map { $0 == .emergency }, .typeKnown, .emergency)
        yesNo(ticket.isUnauthorized, .authorizationKnown, .unauthorized)
        if let minutes = ticket.workMinutes {
            list.append((.workKnown, 1))
            list.append((.workMinutes, Int64(minutes.rounded())))
        }
        func duration(
            _ minutes: Int64, _ sum: DayTotals.Counter, _ squares: DayTotals.Counter
        ) -> Int16 {
            let quarters = min(minutes / 15, 1_000_000)
            list.append((sum, minutes))
            list.append((squares, quarters * quarters))
            return DurationSketch.bucket(minutes: Double(minutes))
        }
        if let resolved = ticket.resolvedAt, resolved >= ticket.openedAt {
            let end = resolved.seconds
            resolveBucket = duration((end - start) / 60, .resolveMinutes, .resolveSquares)
            businessBucket = duration(
                calendar.minutes(from: start, to: end), .businessMinutes, .businessSquares)
            yesNo(Self.isFirstContact(ticket), .firstContactKnown, .firstContact)
        } else if ticket.closedAt != nil || ticket.status.isDone {
            list.append((.durationUnknown, 1))
        } else {
            list.append((.stillOpen, 1))
        }
        if let response = ticket.firstResponseAt, response >= ticket.openedAt {
            respondBucket = duration((response.seconds - start) / 60, .respondMinutes, .respondSquares)
        }
        opened = Part(day: calendar.zone.day(of: ticket.openedAt), counters: list)
        if let end = ticket.resolvedAt ?? ticket.closedAt {
            finished = Part(
                day: calendar.zone.day(of: max(end, ticket.openedAt)),
                counters: [(.finished, 1), (.finishedOpenedMinutes, start / 60)])
        }
    }

    /// Resolved in the first contact: where the system does not say, when nobody else had it, it never came back, and it
    /// took at most an hour.
    private static func isFirstContact(_ ticket: Ticket) -> Bool? {
        if let said = ticket.isFirstContact { return said }
        guard let passedOn = ticket.reassignmentCount, let resolved = ticket.resolvedAt else { return nil }
        return passedOn == 0 && (ticket.reopenCount ?? 0) == 0 && ticket.openedAt.hours(to: resolved) <= 1
    }
}

/// Totals by day of one slice.
public struct Rollup: Sendable, Hashable {
    public private(set) var days: [Day: DayTotals] = [:]

    public init() {}

    public var isEmpty: Bool { days.isEmpty }

    /// Adds a ticket's contribution, or takes it away with `sign` −1. O(1).
    public mutating func add(_ contribution: Contribution, sign: Int64 = 1) {
        days[contribution.opened.day, default: DayTotals()].addOpened(contribution, sign)
        if let finished = contribution.finished {
            days[finished.day, default: DayTotals()].addFinished(contribution, sign)
        }
    }

    public mutating func add(_ totals: DayTotals, on day: Day) { days[day, default: DayTotals()].add(totals) }

    public mutating func add(_ other: Rollup) {
        for (day, totals) in other.days { days[day, default: DayTotals()].add(totals) }
    }

    /// Adds counted things to a day, for measures that rest on more than this slice's own tickets.
    public mutating func add(_ count: Int64, of counter: DayTotals.Counter, on day: Day) {
        days[day, default: DayTotals()][counter] += count
    }

    /// All work as one roll-up: what share of it was unplanned.
    ///
    /// Incidents are unplanned; requests, problems and changes are planned. Where the time spent is known for more than half
    /// of all tickets it is minutes that are counted, otherwise tickets. Empty when there is no planned work at all: then
    /// the share would say only which files were imported.
    public static func work(incidents: Rollup, planned: [Rollup]) -> Rollup {
        func total(_ counter: DayTotals.Counter, _ rollups: [Rollup]) -> Int64 {
            rollups.reduce(0) { $0 + $1.days.values.reduce(0) { $0 + $1[counter] } }
        }
        let all = [incidents] + planned
        guard total(.opened, planned) > 0 else { return Rollup() }
        let isTimed = total(.workKnown, all) * 2 > total(.opened, all)
        let counter = isTimed ? DayTotals.Counter.workMinutes : .opened
        var out = Rollup()
        for rollup in all {
            for (day, totals) in rollup.days { out.add(totals[counter], of: .allWork, on: day) }
        }
        for (day, totals) in incidents.days { out.add(totals[counter], of: .unplannedWork, on: day) }
        return out
    }

    /// All days of a period as one.
    /// - Parameter withSketches: Without them only the counters are added up, which is many times faster.
    public func total(_ period: Period, withSketches: Bool = true) -> DayTotals {
        var sum = DayTotals()
        var day = period.first
        while day <= period.last {
            if let totals = days[day] {
                if withSketches { sum.add(totals) } else { sum.addCounters(of: totals) }
            }
            day = day + 1
        }
        return sum
    }

    /// From the first day with anything on it through the last.
    public var period: Period? {
        guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
        return Period(first, through: last)
    }
}

extension DayTotals {
    mutating func addOpened(_ contribution: Contribution, _ sign: Int64) {
        for (counter, value) in contribution.opened.counters { counters[counter.rawValue] += value * sign }
        let count = Int32(sign)
        if let bucket = contribution.resolveBucket { resolve.add(bucket: bucket, count: count) }
        if let bucket = contribution.businessBucket { business.add(bucket: bucket, count: count) }
        if let bucket = contribution.respondBucket { respond.add(bucket: bucket, count: count) }
    }

    mutating func addFinished(_ contribution: Contribution, _ sign: Int64) {
        guard let finished = contribution.finished else { return }
        for (counter, value) in finished.counters { counters[counter.rawValue] += value * sign }
    }
}
