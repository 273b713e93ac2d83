import Glibc

/// A cell as a number, read from its bytes; not a number where it is empty or says `nan`, nil where it is no number.
///
/// Up to 15 digits and a small exponent are exact as they are (Clinger 1990, “How to read floating point numbers
/// accurately”, the fast path); anything else goes to the standard library.
func decimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    if range.isEmpty { return .nan }
    var i = range.lowerBound
    let isNegative = bytes[i] == UInt8(ascii: "-")
    if isNegative { i += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var fraction = 0
    var hasPoint = false
    while i < range.upperBound {
        let digit = bytes[i] &- UInt8(ascii: "0")
        if digit < 10 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            digits += 1
            if hasPoint { fraction += 1 }
        } else if bytes[i] == UInt8(ascii: "."), !hasPoint {
            hasPoint = true
        } else {
            return slowDecimal(bytes, range)
        }
        i += 1
    }
    // Nineteen digits fit in 64 bits; up to 2⁵³ the whole number, and up to 10²² the power of ten, are exact.
    guard digits > 0, digits <= 19, mantissa <= 1 << 53, fraction <= 22 else { return slowDecimal(bytes, range) }
    let value = Double(mantissa) / powersOfTen[fraction]
    return isNegative ? -value : value
}

private func slowDecimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    let cell = String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    if cell.lowercased() == "nan" { return .nan }
    guard let value = Double(cell), value.isFinite else { return nil }
    return value
}

private let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]

/// Reads times from their bytes: `2024-05-31`, with ` 13:45`, `:00`, `.250`, and `Z` or `+02:00`; or seconds since 1970.
struct TimestampReader {
    struct Stamp: Equatable {
        /// Since 1970 in UTC; as if it were UTC where the cell names no zone.
        var seconds: Double
        /// Seconds from UTC to the clock of the cell.
        var offset: Double
    }

    // Most rows are on the day of the row before.
    private var lastDay = (year: -1, month: 0, day: 0, number: 0)

    /// - Returns: Nil where it is no time.
    mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Stamp? {
        var cell = Cell(place: range.lowerBound, end: range.upperBound)
        let dash = UInt8(ascii: "-")
        guard range.count >= 10, bytes[range.lowerBound + 4] == dash, bytes[range.lowerBound + 7] == dash else {
            guard let seconds = decimal(bytes, range), seconds.isFinite else { return nil }
            return Stamp(seconds: seconds, offset: 0)
        }
        guard let year = cell.number(4, bytes), cell.take(dash, bytes), let month = cell.number(2, bytes),
            cell.take(dash, bytes),
            let day = cell.number(2, bytes), let days = dayNumber(year, month, day)
        else { return nil }
        var seconds = Double(days * 86_400)
        if cell.isAtEnd { return Stamp(seconds: seconds, offset: 0) }
        guard cell.take(UInt8(ascii: " "), bytes) || cell.take(UInt8(ascii: "T"), bytes), let clock = cell.clock(bytes)
        else { return nil }
        seconds += clock
        guard let offset = cell.zone(bytes), cell.isAtEnd else { return nil }
        return Stamp(seconds: seconds - offset, offset: offset)
    }

    /// Days since 1970-01-01 in the Gregorian calendar; nil for a date that there is not.
    private mutating func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        if lastDay.year == year, lastDay.month == month, lastDay.day == day { return lastDay.number }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1, (1...12).contains(month), day >= 1, day <= lengths[month - 1] else { return nil }
        let before = year - 1
        let number =
            before * 365 + before / 4 - before / 100 + before / 400 + lengths[..<(month - 1)].reduce(0, +) + day
            - 719_163  // the number of 1970-01-01 when 0001-01-01 is 1
        lastDay = (year, month, day, number)
        return number
    }
}

/// A place in a cell; the bytes are handed to each question.
private struct Cell {
    var place: Int
    let end: Int

    var isAtEnd: Bool { place == end }

    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard place < end, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    /// A whole number of so many digits.
    mutating func number(_ count: Int, _ bytes: Span<UInt8>) -> Int? {
        guard place + count <= end else { return nil }
        var value = 0
        for _ in 0..<count {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            place += 1
        }
        return value
    }

    /// `13:45`, `13:45:10` or `13:45:10.250` in seconds.
    mutating func clock(_ bytes: Span<UInt8>) -> Double? {
        guard let hour = number(2, bytes), hour <= 23, take(UInt8(ascii: ":"), bytes), let minute = number(2, bytes),
            minute <= 59
        else {
            return nil
        }
        var seconds = Double(hour * 3600 + minute * 60)
        guard take(UInt8(ascii: ":"), bytes) else { return seconds }
        guard let second = number(2, bytes), second <= 60 else { return nil }
        seconds += Double(second)
        guard take(UInt8(ascii: "."), bytes) else { return seconds }
        var unit = 0.1
        guard let first = number(1, bytes) else { return nil }
        seconds += Double(first) * unit
        while let digit = number(1, bytes) {
            unit /= 10
            seconds += Double(digit) * unit
        }
        return seconds
    }

    /// Nothing, `Z`, `+02:00`, `+0200` or `+02`, in seconds; nil where it is something else.
    mutating func zone(_ bytes: Span<UInt8>) -> Double? {
        if isAtEnd || take(UInt8(ascii: "Z"), bytes) { return 0 }
        let isWest = take(UInt8(ascii: "-"), bytes)
        guard isWest || take(UInt8(ascii: "+"), bytes), let hour = number(2, bytes), hour <= 18 else { return nil }
        var minute = 0
        if !isAtEnd {
            _ = take(UInt8(ascii: ":"), bytes)
            guard let written = number(2, bytes), written <= 59 else { return nil }
            minute = written
        }
        return Double(hour * 3600 + minute * 60) * (isWest ? -1 : 1)
    }
}
