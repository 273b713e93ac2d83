import Records

/// When the organisation works: the days of the week, the hours, and the holidays. Business hours are counted by it.
public struct BusinessCalendar: Sendable, Hashable {
    public let zone: Zone
    /// Monday 0 … Sunday 6.
    public let workdays: Set<Int>
    /// Minutes after local midnight.
    public let opensAt: Int
    public let closesAt: Int
    public let holidays: Set<Day>

    // Working minutes before each day from `firstDay` on: one subtraction instead of a walk over the days.
    private let before: [Int32]
    private static let firstDay: Int32 = 7305  // 1990-01-01
    private static let dayCount = 29_220  // through 2069

    /// - Parameters:
    ///   - opensAt: Minutes after local midnight; 8:00 unless said.
    ///   - closesAt: Minutes after local midnight; 16:00 unless said.
    public init(
        zone: Zone, workdays: Set<Int> = [0, 1, 2, 3, 4], opensAt: Int = 480, closesAt: Int = 960,
        holidays: Set<Day> = []
    ) {
        precondition(opensAt >= 0 && closesAt > opensAt && closesAt <= 1440, "A working day ends after it begins")
        self.zone = zone
        self.workdays = workdays
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.holidays = holidays
        var sums: [Int32] = [0]
        sums.reserveCapacity(Self.dayCount + 1)
        var sum: Int32 = 0
        for i in 0..<Self.dayCount {
            let day = Day(number: Self.firstDay + Int32(i))
            if workdays.contains(day.weekday), !holidays.contains(day) { sum += Int32(closesAt - opensAt) }
            sums.append(sum)
        }
        before = sums
    }

    public func isWorkday(_ day: Day) -> Bool { workdays.contains(day.weekday) && !holidays.contains(day) }

    /// Working minutes between two moments given in seconds since 1970; 0 when the second is not later. O(log zones).
    public func minutes(from start: Int64, to end: Int64) -> Int64 {
        max(0, minutesBefore(end) - minutesBefore(start))
    }

    /// Working minutes from the middle of one day's hours through the end of another day.
    func minutes(fromMiddleOf day: Day, through last: Day) -> Int64 {
        func sum(before day: Day, _ ahead: Int32) -> Int64 {
            Int64(before[min(Self.dayCount, max(0, Int(day.number - Self.firstDay + ahead)))])
        }
        return max(0, sum(before: last, 1) - (sum(before: day, 0) + sum(before: day, 1)) / 2)
    }

    private func minutesBefore(_ seconds: Int64) -> Int64 {
        let local = seconds + zone.offset(at: seconds)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let index = Int(day) - Int(Self.firstDay)
        if index < 0 { return 0 }
        if index >= Self.dayCount { return Int64(before[Self.dayCount]) }
        let whole = Int64(before[index])
        guard before[index + 1] > before[index] else { return whole }
        let minute = Int((local - day * 86_400) / 60)
        return whole + Int64(min(max(minute, opensAt), closesAt) - opensAt)
    }
}
