import Records

/// How much work came, went and lay there on one day.
public struct DayLoad: Sendable, Equatable {
    public var day: Day
    /// Cases whose first event is on this day, and whose last.
    public var arrived: Int
    public var departed: Int
    /// Cases begun and not yet at their last event when the day ends.
    public var inProgress: Int
}

/// Arrivals, departures and work in progress, day by day without a gap, in the clock of the log.
///
/// A case departs with its last event: towards the end of a log, cases still under way look departed, and work in progress
/// is too low there.
/// - Parameter limit: The longest span of days that is told; longer ones (a wrong year in a date) give none.
/// - Complexity: O(cases + days).
public func load(of traces: Traces, limit: Int = 20_000) -> [DayLoad] {
    func day(_ event: Int) -> Int {
        let at = traces.at[event]
        let microsecondsADay: Int64 = 86_400_000_000
        return Int(at >= 0 ? at / microsecondsADay : (at - microsecondsADay + 1) / microsecondsADay)
    }
    guard traces.caseCount > 0 else { return [] }
    var first = Int.max
    var last = Int.min
    for index in 0..<traces.caseCount {
        first = min(first, day(traces.starts[index]))
        last = max(last, day(traces.starts[index + 1] - 1))
    }
    guard last - first < limit else { return [] }
    var out = (first...last).map { DayLoad(day: Day(number: Int32($0)), arrived: 0, departed: 0, inProgress: 0) }
    for index in 0..<traces.caseCount {
        out[day(traces.starts[index]) - first].arrived += 1
        out[day(traces.starts[index + 1] - 1) - first].departed += 1
    }
    var open = 0
    for i in out.indices {
        open += out[i].arrived - out[i].departed
        out[i].inProgress = open
    }
    return out
}
