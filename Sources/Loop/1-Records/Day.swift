/// A day of the calendar: the number of days since 1970-01-01. It has no zone; `Zone` says on which day a moment falls.
public struct Day: Hashable, Comparable, Sendable, Codable {
    public var number: Int32

    @inlinable public init(number: Int32) { self.number = number }

    @inlinable public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    @inlinable public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }
    @inlinable public static func - (day: Day, days: Int) -> Day { Day(number: day.number - Int32(days)) }
    /// Days from the second to the first.
    @inlinable public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

    /// Monday 0 … Sunday 6, as in ISO 8601.
    @inlinable public var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 }

    /// Midnight UTC at the start of the day.
    @inlinable public var startInUTC: Moment { Moment(seconds: Int64(number) * 86_400) }

    /// The proleptic Gregorian calendar.
    /// - Returns: Nil when there is no such day, for example 30 February.
    ///
    /// Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Day.daysIn(month: month, year: year),
            (-9999...9999).contains(year)
        else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// `2016-02-29`.
    /// - Returns: Nil for any other form, and for days that do not exist.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let y = digits(bytes[0...3]), let m = digits(bytes[5...6]), let d = digits(bytes[8...9])
        else { return nil }
        self.init(year: y, month: m, day: d)
    }

    /// Year, month and day of the month. Hinnant (2013), civil_from_days.
    public var components: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
    }

    /// The first day of the month it is in.
    public var startOfMonth: Day {
        Day(number: number - Int32(components.day) + 1)
    }

    static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int32.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension Day: CustomStringConvertible {
    public var description: String {
        let (year, month, day) = components
        let y = String(year)
        return String(repeating: "0", count: max(0, 4 - y.count)) + y + "-" + twoDigits(month) + "-" + twoDigits(day)
    }
}

/// Days from the first through the last, both included.
public struct Period: Hashable, Sendable, Codable {
    public var first: Day
    public var last: Day

    public init(_ first: Day, through last: Day) {
        precondition(first <= last, "A period ends on or after the day it starts")
        self.first = first
        self.last = last
    }

    public var dayCount: Int { last - first + 1 }
    public func contains(_ day: Day) -> Bool { first <= day && day <= last }
}
