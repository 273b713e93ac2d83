// A date as people's systems write it, taken apart without deciding what its numbers mean.
//
// `3/4/25` says nothing by itself: only all the dates of a file together tell days from months. So reading is done in two
// steps. Here a cell becomes its numbers and what is sure about them; `DateColumn` gathers what the whole column shows;
// and `DateForm` then turns numbers into moments.

/// What a cell of a date column holds.
enum DateText: Equatable {
    /// Nothing, or one of the ways to write nothing: empty, `NULL`, `1970-01-01`, `0000-00-00`.
    case none
    case garbage
    /// Counted from 1970 in UTC.
    case epoch(microseconds: Int64)
    case parts(DateParts)
}

/// The numbers of a date in the order in which they are written.
struct DateParts: Equatable {
    enum Order: UInt8 {
        case yearFirst
        /// The month was a word, so that the other two are known.
        case dayMonthYear, monthDayYear
        /// Two numbers and a year: day first or month first.
        case open
        /// Three numbers of one or two digits.
        case openShort
    }

    var order = Order.yearFirst
    var first: Int32 = 0
    var second: Int32 = 0
    var third: Int32 = 0
    /// The year has two digits.
    var isShortYear = false
    var separator: UInt8 = 0
    var secondsOfDay: Int32 = 0
    var microseconds: Int32 = 0
    /// Seconds ahead of UTC, where the cell says so itself.
    var offset: Int32?
}

/// A cell that says that there is no value.
func isNone(_ b: Span<UInt8>) -> Bool {
    switch b.count {
    case 0: return true
    case 1: return b[0] == UInt8(ascii: "?") || b[0] == UInt8(ascii: "-")
    case 2: return b[0] == UInt8(ascii: "-") && b[1] == UInt8(ascii: "-")
    case 3:
        return equals(b, "n/a") || equals(b, "nan") || equals(b, "nat") || b[0] == 0xe2 && b[1] == 0x80 && b[2] == 0x94
    case 4: return equals(b, "null") || equals(b, "#n/a")
    default: return false
    }
}

/// Compares without regard to the case of ASCII letters; the word is in small ones.
@inline(__always)
func equals(_ b: Span<UInt8>, _ word: StaticString) -> Bool {
    guard b.count == word.utf8CodeUnitCount else { return false }
    for i in b.indices where unsafe small(b[i]) != word.utf8Start[i] { return false }
    return true
}

@inline(__always)
func small(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 32 : byte }

@inline(__always)
private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

@inline(__always)
private func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 || byte >= 0x80 }

/// The longest cell that can be a date; more is some other text.
private let dateBytesMax = 64

/// Takes a cell without blanks around it apart.
func readDate(_ b: Span<UInt8>) -> DateText {
    if isNone(b) { return .none }
    guard b.count <= dateBytesMax else { return .garbage }
    var i = 0
    var parts = DateParts()
    if !isDigit(b[0]) {
        guard isLetter(b[0]) else { return .garbage }
        return readWordFirst(b, &i)
    }
    let length = digitRun(b, from: 0)
    if length == b.count || b[length] == UInt8(ascii: ".") && length == 10 { return readBare(b, length) }
    if length == 8 {
        // ISO 8601 without hyphens: 20240305T143000Z.
        let whole = number(b, 0, 8)
        parts.first = whole / 10_000
        parts.second = whole / 100 % 100
        parts.third = whole % 100
        i = 8
        return readTime(b, &i, &parts)
    }
    guard length <= 4, length != 3 else { return .garbage }
    parts.first = number(b, 0, length)
    i = length
    return readNumberFirst(b, &i, &parts, firstLength: length)
}

/// Digits alone: seconds or parts of them since 1970, or a date without any signs.
private func readBare(_ b: Span<UInt8>, _ length: Int) -> DateText {
    var value: Int64 = 0
    for i in 0..<min(length, 17) { value = value * 10 + Int64(b[i] - 48) }
    if value == 0 { return .none }
    switch length {
    case 10:
        var microseconds = value * 1_000_000
        var unit: Int64 = 100_000
        for i in min(11, b.count)..<b.count {
            guard isDigit(b[i]) else { return .garbage }
            microseconds += Int64(b[i] - 48) * unit
            unit /= 10
        }
        return .epoch(microseconds: microseconds)
    case 13: return .epoch(microseconds: value * 1000)
    case 16: return .epoch(microseconds: value)
    case 8, 14:
        var parts = DateParts()
        let day = length == 8 ? value : value / 1_000_000
        parts.first = Int32(truncatingIfNeeded: day / 10_000)
        parts.second = Int32(truncatingIfNeeded: day / 100 % 100)
        parts.third = Int32(truncatingIfNeeded: day % 100)
        guard parts.first >= 1900, parts.first < 2200 else { return .garbage }
        if length == 14 {
            let clock = value % 1_000_000
            guard clock / 10_000 < 24, clock / 100 % 100 < 60, clock % 100 < 60 else { return .garbage }
            parts.secondsOfDay = Int32(clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100)
        }
        return .parts(parts)
    default: return .garbage
    }
}

private func readNumberFirst(
    _ b: Span<UInt8>, _ i: inout Int, _ parts: inout DateParts, firstLength: Int
) -> DateText {
    guard let separator = readSeparator(b, &i) else { return .garbage }
    parts.separator = separator
    if i < b.count, isLetter(b[i]) {
        guard let month = readMonth(b, &i) else { return .garbage }
        parts.second = month
        parts.order = firstLength == 4 ? .yearFirst : .dayMonthYear
    } else {
        let length = digitRun(b, from: i)
        guard length == 1 || length == 2 else { return .garbage }
        parts.second = number(b, i, length)
        i += length
        parts.order = firstLength == 4 ? .yearFirst : .open
    }
    guard readSeparator(b, &i) != nil else { return .garbage }
    let length = digitRun(b, from: i)
    guard length == 1 || length == 2 || length == 4 && firstLength < 3 else { return .garbage }
    parts.third = number(b, i, length)
    i += length
    if parts.order == .open, length < 4 { parts.order = .openShort }
    parts.isShortYear = length < 4 && firstLength < 3
    return readTime(b, &i, &parts)
}

/// `Tue, 5 Mar 2024 14:30`, `Tue Mar 05 14:30:00 2024`, `July 14, 2025 3:42 PM`.
private func readWordFirst(_ b: Span<UInt8>, _ i: inout Int) -> DateText {
    var parts = DateParts()
    if isWeekday(b) {
        while i < b.count, isLetter(b[i]) { i += 1 }
        skip(b, &i)
        guard i < b.count else { return .garbage }
        if isDigit(b[i]) {
            let length = digitRun(b, from: i)
            guard length <= 2 || length == 4 else { return .garbage }
            parts.first = number(b, i, length)
            i += length
            return readNumberFirst(b, &i, &parts, firstLength: length)
        }
    }
    guard let month = readMonth(b, &i) else { return .garbage }
    parts.order = .monthDayYear
    parts.first = month
    skip(b, &i)
    let length = digitRun(b, from: i)
    guard length == 1 || length == 2 else { return .garbage }
    parts.second = number(b, i, length)
    i += length
    skip(b, &i)
    let next = digitRun(b, from: i)
    if next == 4 {
        parts.third = number(b, i, 4)
        i += 4
        return readTime(b, &i, &parts)
    }
    // As C's asctime writes it, the year stands at the end.
    guard readClock(b, &i, &parts) else { return .garbage }
    skip(b, &i)
    guard digitRun(b, from: i) == 4 else { return .garbage }
    parts.third = number(b, i, 4)
    i += 4
    skip(b, &i)
    return i == b.count ? .parts(parts) : .garbage
}

/// What stands after the date: nothing, or a time of the day and perhaps a zone.
private func readTime(_ b: Span<UInt8>, _ i: inout Int, _ parts: inout DateParts) -> DateText {
    if parts.first == 0, parts.second == 0, parts.third == 0 { return .none }
    if starts(b, i, "日") { i += 3 }
    skip(b, &i)
    if i < b.count, small(b[i]) == UInt8(ascii: "t") { i += 1 }
    if i + 3 < b.count, small(b[i]) == UInt8(ascii: "k"), small(b[i + 1]) == UInt8(ascii: "l") {
        i += 2
        if i < b.count, b[i] == UInt8(ascii: ".") { i += 1 }
        skip(b, &i)
    }
    if i == b.count { return .parts(parts) }
    guard readClock(b, &i, &parts) else { return .garbage }
    skip(b, &i)
    guard readOffset(b, &i, &parts), i == b.count else { return .garbage }
    return .parts(parts)
}

/// `14:30`, `14.30.05`, `3:42 PM`, `下午 3:42`, `14时30分`.
private func readClock(_ b: Span<UInt8>, _ i: inout Int, _ parts: inout DateParts) -> Bool {
    var half = readHalf(b, &i)
    skip(b, &i)
    let length = digitRun(b, from: i)
    var minute: Int32 = 0
    var second: Int32 = 0
    var hour: Int32
    switch length {
    case 1, 2: hour = number(b, i, length)
    case 4, 6:
        hour = number(b, i, 2)
        minute = number(b, i + 2, 2)
        if length == 6 { second = number(b, i + 4, 2) }
    default: return false
    }
    i += length
    if length <= 2, skipClockSign(b, &i) {
        let length = digitRun(b, from: i)
        guard length == 2 || length == 1 else { return false }
        minute = number(b, i, length)
        i += length
        if skipClockSign(b, &i), i < b.count, isDigit(b[i]) {
            let length = digitRun(b, from: i)
            guard length == 2 || length == 1 else { return false }
            second = number(b, i, length)
            i += length
            if starts(b, i, "秒") { i += 3 }
            if i < b.count, b[i] == UInt8(ascii: ".") || b[i] == UInt8(ascii: ","), i + 1 < b.count, isDigit(b[i + 1]) {
                i += 1
                var unit: Int32 = 100_000
                while i < b.count, isDigit(b[i]) {
                    parts.microseconds += Int32(b[i] - 48) * unit
                    unit /= 10
                    i += 1
                }
            }
        }
    }
    let before = i
    skip(b, &i)
    if half == nil { half = readHalf(b, &i) }
    if half == nil { i = before }
    if let isAfternoon = half {
        guard hour <= 12 || isAfternoon else { return false }
        if hour == 12 { hour = 0 }
        if isAfternoon, hour < 12 { hour += 12 }
    }
    guard hour < 24, minute < 60, second <= 60 else { return false }
    parts.secondsOfDay = hour * 3600 + minute * 60 + min(second, 59)
    return true
}

/// - Returns: Whether it is the afternoon; nil when nothing is said.
private func readHalf(_ b: Span<UInt8>, _ i: inout Int) -> Bool? {
    if starts(b, i, "上午") || starts(b, i, "下午") {
        let isAfternoon = starts(b, i, "下午")
        i += 6
        return isAfternoon
    }
    guard i + 1 < b.count else { return nil }
    let letter = small(b[i])
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
    if small(b[i + 1]) == UInt8(ascii: "m") {
        i += 2
    } else if i + 3 < b.count, b[i + 1] == UInt8(ascii: "."), small(b[i + 2]) == UInt8(ascii: "m") {
        i += 4
    } else {
        return nil
    }
    return letter == UInt8(ascii: "p")
}

/// `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `+02`, `UTC+8`.
private func readOffset(_ b: Span<UInt8>, _ i: inout Int, _ parts: inout DateParts) -> Bool {
    guard i < b.count else { return true }
    if small(b[i]) == UInt8(ascii: "z") {
        i += 1
        parts.offset = 0
        return true
    }
    if b.count - i >= 3 {
        let word = b.extracting(i..<i + 3)
        if equals(word, "utc") || equals(word, "gmt") {
            i += 3
            parts.offset = 0
            if i == b.count { return true }
        }
    }
    let sign = b[i]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
    i += 1
    var length = digitRun(b, from: i)
    var hours: Int32
    var minutes: Int32 = 0
    switch length {
    case 1, 2: hours = number(b, i, length)
    case 4:
        hours = number(b, i, 2)
        minutes = number(b, i + 2, 2)
    default: return false
    }
    i += length
    if length <= 2, i < b.count, b[i] == UInt8(ascii: ":") {
        i += 1
        length = digitRun(b, from: i)
        guard length == 2 else { return false }
        minutes = number(b, i, 2)
        i += 2
    }
    guard hours <= 14, minutes < 60 else { return false }
    parts.offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
    return true
}

// MARK: Letters and digits

private func digitRun(_ b: Span<UInt8>, from start: Int) -> Int {
    var i = start
    while i < b.count, isDigit(b[i]) { i += 1 }
    return i - start
}

private func number(_ b: Span<UInt8>, _ start: Int, _ length: Int) -> Int32 {
    var value: Int32 = 0
    for i in start..<start + length { value = value &* 10 &+ Int32(b[i] - 48) }
    return value
}

private func skip(_ b: Span<UInt8>, _ i: inout Int) {
    while i < b.count {
        if b[i] == 32 || b[i] == UInt8(ascii: ",") {
            i += 1
        } else if b[i] == 0xe2, i + 2 < b.count, b[i + 1] == 0x80, b[i + 2] == 0xaf {
            i += 3  // the narrow blank that newer systems write before AM and PM
        } else if b[i] == 0xc2, i + 1 < b.count, b[i + 1] == 0xa0 {
            i += 2
        } else {
            return
        }
    }
}

private func readSeparator(_ b: Span<UInt8>, _ i: inout Int) -> UInt8? {
    guard i < b.count else { return nil }
    switch b[i] {
    case UInt8(ascii: "-"), UInt8(ascii: "/"):
        i += 1
        return b[i - 1]
    case UInt8(ascii: "."):
        i += 1
        if i < b.count, b[i] == 32 { i += 1 }
        return UInt8(ascii: ".")
    case 32:
        while i < b.count, b[i] == 32 { i += 1 }
        return 32
    default:
        if starts(b, i, "年") || starts(b, i, "月") {
            i += 3
            if i < b.count, b[i] == 32 { i += 1 }
            return UInt8(ascii: "-")
        }
        return nil
    }
}

private func skipClockSign(_ b: Span<UInt8>, _ i: inout Int) -> Bool {
    guard i < b.count else { return false }
    if b[i] == UInt8(ascii: ":") || b[i] == UInt8(ascii: ".") {
        i += 1
        return true
    }
    if starts(b, i, "时") || starts(b, i, "分") || starts(b, i, "：") {
        i += 3
        return true
    }
    return false
}

private func starts(_ b: Span<UInt8>, _ i: Int, _ word: StaticString) -> Bool {
    guard i + word.utf8CodeUnitCount <= b.count else { return false }
    for k in 0..<word.utf8CodeUnitCount where unsafe b[i + k] != word.utf8Start[k] { return false }
    return true
}

private func isWeekday(_ b: Span<UInt8>) -> Bool {
    guard b.count > 3 else { return false }
    let head = b.extracting(0..<3)
    return equals(head, "mon") || equals(head, "tue") || equals(head, "wed") || equals(head, "thu")
        || equals(head, "fri") || equals(head, "sat") || equals(head, "sun")
}

/// A month in English, Danish, German or Chinese, by the letters that tell it.
private func readMonth(_ b: Span<UInt8>, _ i: inout Int) -> Int32? {
    let start = i
    while i < b.count, isLetter(b[i]) { i += 1 }
    guard i - start >= 3 else { return nil }
    if i < b.count, b[i] == UInt8(ascii: "."), i + 1 < b.count, b[i + 1] == 32 { i += 1 }
    let head = b.extracting(start..<start + 3)
    if b[start] >= 0x80 { return chineseMonth(b, start, i) }
    if equals(head, "jan") { return 1 }
    if equals(head, "feb") { return 2 }
    if equals(head, "mar") || small(b[start]) == UInt8(ascii: "m") && b[start + 1] == 0xc3 && b[start + 2] == 0xa4 {
        return 3
    }
    if equals(head, "apr") { return 4 }
    if equals(head, "may") || equals(head, "maj") || equals(head, "mai") { return 5 }
    if equals(head, "jun") { return 6 }
    if equals(head, "jul") { return 7 }
    if equals(head, "aug") { return 8 }
    if equals(head, "sep") { return 9 }
    if equals(head, "oct") || equals(head, "okt") { return 10 }
    if equals(head, "nov") { return 11 }
    if equals(head, "dec") || equals(head, "dez") { return 12 }
    return nil
}

private func chineseMonth(_ b: Span<UInt8>, _ start: Int, _ end: Int) -> Int32? {
    guard end - start >= 6, starts(b, end - 3, "月") else { return nil }
    var place = start
    var value: Int32 = 0
    if starts(b, place, "十") {
        value = 10
        place += 3
    }
    if place < end - 3 {
        let units: [StaticString] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard let unit = units.firstIndex(where: { starts(b, place, $0) }) else { return nil }
        value += Int32(unit) + 1
        place += 3
    }
    return place == end - 3 && value <= 12 ? value : nil
}
