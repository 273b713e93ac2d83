import Measures
import Records
import Statistics

/// The days that a test counts, one step each. Days of the week on which a slice is closed are no steps at all; holidays
/// are steps that say nothing.
struct Steps {
    let days: [Day]
    /// Monday 0 … Sunday 6.
    let weekdays: Set<Int>
    let holidays: [Int]

    /// A weekday outside the working week with less than this share of a working day's tickets is closed.
    private static let closedBelow = 0.1

    /// Which days of the week a slice is open on, from its own tickets over the baseline.
    ///
    /// All closed days together are judged as one: a desk that works at weekends works at weekends.
    static func weekdays(_ source: Source, over baseline: Period, _ calendar: BusinessCalendar) -> Set<Int> {
        let every = Set(0...6)
        guard !calendar.workdays.isEmpty, calendar.workdays.count < 7 else { return every }
        var (work, rest, workDays, restDays) = (0.0, 0.0, 0.0, 0.0)
        var day = max(baseline.first, source.firstDay)
        while day <= min(baseline.last, source.lastDay) {
            let volume = Double(source.volume(day))
            if calendar.workdays.contains(day.weekday) {
                (work, workDays) = (work + volume, workDays + 1)
            } else {
                (rest, restDays) = (rest + volume, restDays + 1)
            }
            day = day + 1
        }
        guard work > 0, restDays > 0 else { return every }
        return rest / restDays < closedBelow * work / workDays ? calendar.workdays : every
    }

    init(_ period: Period, weekdays: Set<Int>, _ calendar: BusinessCalendar) {
        self.weekdays = weekdays
        var days: [Day] = []
        var day = period.first
        while day <= period.last {
            if weekdays.contains(day.weekday) { days.append(day) }
            day = day + 1
        }
        self.days = days
        holidays = days.indices.filter { calendar.holidays.contains(days[$0]) }
    }

    /// Steps a week.
    var perWeek: Int { weekdays.count }
    /// Days of a month, as steps.
    var perMonth: Double { 30.4 * Double(perWeek) / 7 }

    var season: Season {
        let order = weekdays.sorted()
        guard order.count > 1, let first = days.first, let phase = order.firstIndex(of: first.weekday) else {
            return .none
        }
        return Season(length: order.count, phase: phase)
    }

    /// The days on which the organisation works as usual.
    var workingDays: [Day] {
        let off = Set(holidays)
        return days.indices.filter { !off.contains($0) }.map { days[$0] }
    }

    /// The first step on or after a day; the number of steps when there is none.
    func index(of day: Day) -> Int { days.firstIndex { $0 >= day } ?? days.count }

    /// The last of these days on or before a day; the day itself where there is none.
    static func last(before day: Day, _ weekdays: Set<Int>) -> Day {
        (0..<7).map { day - $0 }.first { weekdays.contains($0.weekday) } ?? day
    }

    /// What a verdict needs: eight weeks' worth of steps as calibrated for days, and two whole weeks after the start.
    var need: EvaluationNeed { EvaluationNeed(before: EvaluationNeed.days.before, after: 2 * perWeek) }
}
