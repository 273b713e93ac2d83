import Records

/// In which order the numbers of a date stand.
public enum DayOrder: String, Sendable, Codable {
    case dayFirst, monthFirst, yearFirst
}

/// How a column writes its dates, as all its rows together show.
public struct DateForm: Sendable, Codable, Equatable {
    /// The order where the cells leave it open; nil where they do not, or where it is not decided.
    public var order: DayOrder?
    /// All dates carry their own zone, or are counted from 1970 in UTC.
    public var hasZone: Bool
    /// All cells are numbers counted from 1970.
    public var isEpoch: Bool
    /// A cell that shows the form.
    public var example: String
    /// Cells that could not be read as dates.
    public var unreadable: Int
}

/// What the cells of one column show about how its dates are written.
struct DateColumn {
    private(set) var dates = 0
    private(set) var unreadable = 0
    private(set) var open = 0
    private(set) var withoutZone = 0
    private(set) var epochs = 0
    private(set) var dayFirst = 0
    private(set) var monthFirst = 0
    private(set) var yearFirst = 0
    private(set) var example = ""
    private(set) var openExample = ""
    private var lastCell: [UInt8] = []
    private var lastText = DateText.none

    mutating func take(_ cell: Span<UInt8>) {
        let text = isSame(cell) ? lastText : readDate(cell)
        if text != lastText || lastCell.isEmpty { remember(cell, text) }
        switch text {
        case .none: break
        case .garbage: unreadable += 1
        case .epoch:
            if example.isEmpty { example = string(cell) }
            dates += 1
            epochs += 1
        case .parts(let parts):
            if example.isEmpty { example = string(cell) }
            dates += 1
            if parts.offset == nil { withoutZone += 1 }
            guard parts.order == .open || parts.order == .openShort else { return }
            open += 1
            if parts.order == .openShort, parts.first > 31 {
                yearFirst += 1
            } else if parts.first > 12, parts.second <= 12 {
                dayFirst += 1
            } else if parts.second > 12, parts.first <= 12 {
                monthFirst += 1
            } else if parts.separator == UInt8(ascii: ".") {
                // Nobody writes the month first with full stops.
                dayFirst += 1
            } else if openExample.isEmpty {
                openExample = string(cell)
            }
        }
    }

    /// The order that this column's own cells show.
    var order: DayOrder? {
        let most = max(dayFirst, monthFirst, yearFirst)
        if most == 0 { return nil }
        if most == yearFirst { return .yearFirst }
        // Proofs of both orders are a mixture; the rows of the rarer one will be counted as unreadable.
        return dayFirst >= monthFirst ? .dayFirst : .monthFirst
    }

    /// A name that means a date is believed when a part of the cells bears it out.
    var looksLikeDates: Bool { dates > 0 && unreadable <= dates * 4 }

    func form(order: DayOrder?) -> DateForm {
        DateForm(
            order: open > 0 ? order : nil, hasZone: dates > 0 && withoutZone == 0,
            isEpoch: dates > 0 && epochs == dates,
            example: example, unreadable: unreadable)
    }

    private func isSame(_ cell: Span<UInt8>) -> Bool {
        guard cell.count == lastCell.count, !lastCell.isEmpty else { return false }
        for i in cell.indices where cell[i] != lastCell[i] { return false }
        return true
    }

    private mutating func remember(_ cell: Span<UInt8>, _ text: DateText) {
        lastText = text
        lastCell.removeAll(keepingCapacity: true)
        for i in cell.indices { lastCell.append(cell[i]) }
    }
}

/// Turns the cells of one column into moments.
struct DateReader {
    let order: DayOrder
    private var lastCell: [UInt8] = []
    private var lastResult = Result.none

    enum Result { case none, garbage, moment(Moment) }

    init(order: DayOrder?) { self.order = order ?? .dayFirst }

    mutating func read(_ cell: Span<UInt8>, _ clock: inout LocalClock) -> Result {
        if cell.isEmpty { return .none }
        if cell.count == lastCell.count {
            var i = 0
            while i < cell.count, cell[i] == lastCell[i] { i += 1 }
            if i == cell.count { return lastResult }
        }
        let result = Self.moment(readDate(cell), order, &clock)
        lastResult = result
        lastCell.removeAll(keepingCapacity: true)
        for i in cell.indices { lastCell.append(cell[i]) }
        return result
    }

    /// A ticket of this day or later was not written by a working clock; systems write 9999 for “never”.
    private static let yearMax: Int32 = 2100

    static func moment(_ text: DateText, _ order: DayOrder, _ clock: inout LocalClock) -> Result {
        switch text {
        case .none: return .none
        case .garbage: return .garbage
        case .epoch(let microseconds):
            // The whole first day: midnight of 1970 in any zone means that nothing was set.
            return microseconds < 86_400_000_000 ? .none : .moment(Moment(microseconds: microseconds))
        case .parts(let p):
            var (year, month, day) = (p.first, p.second, p.third)
            switch p.order {
            case .yearFirst: break
            case .dayMonthYear: (day, month, year) = (p.first, p.second, p.third)
            case .monthDayYear: (month, day, year) = (p.first, p.second, p.third)
            case .open, .openShort:
                switch order {
                case .dayFirst: (day, month, year) = (p.first, p.second, p.third)
                case .monthFirst: (month, day, year) = (p.first, p.second, p.third)
                case .yearFirst where p.order == .open: (day, month, year) = (p.first, p.second, p.third)
                case .yearFirst: break
                }
            }
            // As POSIX reads two digits.
            if p.isShortYear { year += year < 69 ? 2000 : 1900 }
            guard let date = Day(year: Int(year), month: Int(month), day: Int(day)) else {
                return year == 0 ? .none : .garbage
            }
            if date.number < 1 || year >= yearMax { return .none }
            let local = Int64(date.number) * 86_400 + Int64(p.secondsOfDay)
            let seconds = p.offset.map { local - Int64($0) } ?? clock.moment(localSeconds: local).seconds
            return .moment(Moment(microseconds: seconds * 1_000_000 + Int64(p.microseconds)))
        }
    }
}

/// A zone's clock that remembers each day's offset: most rows fall on a day that was met before.
struct LocalClock {
    let zone: Zone
    /// For each day since 1970: seconds ahead of UTC, or that it is not known yet, or that it changes during the day.
    private var offsets: [Int32]
    private static let unknown = Int32.min
    private static let changes = Int32.max
    /// Up to 2100.
    private static let days = 47_482

    init(_ zone: Zone) {
        self.zone = zone
        offsets = [Int32](repeating: Self.unknown, count: zone == .utc ? 0 : Self.days)
    }

    mutating func moment(localSeconds: Int64) -> Moment {
        if offsets.isEmpty { return Moment(seconds: localSeconds) }
        let day = Int(localSeconds / 86_400)
        guard day >= 0, day < offsets.count else { return zone.moment(localSeconds: localSeconds) }
        if offsets[day] == Self.unknown {
            let start = Int64(day) * 86_400
            let before = start - zone.moment(localSeconds: start).seconds
            let after = start + 86_400 - zone.moment(localSeconds: start + 86_400).seconds
            offsets[day] = before == after ? Int32(before) : Self.changes
        }
        if offsets[day] == Self.changes { return zone.moment(localSeconds: localSeconds) }
        return Moment(seconds: localSeconds - Int64(offsets[day]))
    }
}

func string(_ bytes: Span<UInt8>) -> String {
    if let text = try? UTF8Span(validating: bytes) { return String(copying: text) }
    var copy: [UInt8] = []
    for i in bytes.indices { copy.append(bytes[i]) }
    return String(decoding: copy, as: UTF8.self)
}
