// Time promised to improvement, and time used.
//
// “We have no time for it” is the first sign that the work dies, and nobody sees it, because nobody writes down what was
// promised. So a department promises hours for a month, and the hours that improvements took stand beside them. It is about
// departments, never about people.

import Improvements
import Records

/// Hours a department promises to improvement in a month.
public struct TimePromise: Sendable, Hashable {
    public var department: String
    /// The first day of the month.
    public var month: Day
    public var hours: Double

    public init(department: String, month: Day, hours: Double) {
        self.department = department
        self.month = month
        self.hours = hours
    }

    /// More hours than any department has in a month is a slip of the hand.
    public static let hoursMax = 100_000.0
}

/// What a department promised and used in a month.
public struct TimeLine: Sendable, Hashable {
    public var department: String
    public var month: Day
    /// Nil where nothing was promised.
    public var promised: Double?
    public var used: Double
    /// The improvements that the hours went into, by number.
    public var improvements: [ID<Improvement>]

    /// Of what was promised; nil without a promise.
    public var share: Double? { promised.flatMap { $0 > 0 ? used / $0 : nil } }
}

/// Promised and used by month and department: the latest month first. What was merged into another counts too: its hours
/// were real.
public func timeLedger(_ promises: [TimePromise], _ all: [NumberedImprovement]) -> [TimeLine] {
    struct Place: Hashable { var department: String, month: Day }
    var lines: [Place: TimeLine] = [:]
    func line(_ place: Place) -> TimeLine {
        lines[place]
            ?? TimeLine(department: place.department, month: place.month, promised: nil, used: 0, improvements: [])
    }
    for promise in promises {
        let place = Place(department: promise.department, month: promise.month.monthStart)
        var one = line(place)
        one.promised = promise.hours
        lines[place] = one
    }
    for (id, improvement) in all {
        for time in improvement.spent {
            let place = Place(department: time.department, month: time.on.monthStart)
            var one = line(place)
            one.used += time.hours
            if !one.improvements.contains(id) { one.improvements.append(id) }
            lines[place] = one
        }
    }
    return lines.values.sorted { ($1.month, $0.department) < ($0.month, $1.department) }
}

/// Promised and used by week, for the figures of momentum: a month's promise is spread evenly over its days.
/// - Returns: Empty where nothing was ever promised: then nobody can say how much was kept.
public func weeklyHours(_ promises: [TimePromise], _ all: [NumberedImprovement]) -> [Programme.Hours] {
    var weeks: [Day: Programme.Hours] = [:]
    func add(_ day: Day, promised: Double = 0, used: Double = 0) {
        let monday = day - day.weekday
        var week = weeks[monday] ?? Programme.Hours(week: monday, promised: 0, used: 0)
        week.promised += promised
        week.used += used
        weeks[monday] = week
    }
    for promise in promises where promise.hours > 0 {
        let days = promise.month.daysOfMonth
        for i in 0..<days { add(promise.month.monthStart + i, promised: promise.hours / Double(days)) }
    }
    if weeks.isEmpty { return [] }
    for (_, improvement) in all {
        for time in improvement.spent { add(time.on, used: time.hours) }
    }
    return weeks.values.sorted { $0.week < $1.week }
}

extension Day {
    /// The first day of its month.
    public var monthStart: Day {
        let (year, month, _) = components
        return Day(year: year, month: month, day: 1) ?? self
    }

    /// How many days its month has.
    public var daysOfMonth: Int { (28...31).last { monthStart + ($0 - 1) < monthStart.nextMonth } ?? 31 }

    /// The first day of the month after.
    public var nextMonth: Day { (monthStart + 31).monthStart }
}
