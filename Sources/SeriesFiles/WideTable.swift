import Connectors
import Foundation
import Records

/// A file with a row a step and a column a series: the columns that were asked for, with steps without a row filled in as
/// missing.
public struct WideTable: Sendable {
    public enum Spacing: String, Sendable {
        case days, weeks, months, quarters, years, steps, rows
    }

    /// What the time column says, or the number of the row from 0 where there is none; made up for filled steps.
    public var times: [String]
    public var spacing: Spacing
    /// The season that the spacing suggests, in steps; a week without its closed days is as long as the days that are left.
    public var season: Int
    private var values: [String: [Double]]
    private var keys: [Double]
    /// The line of the file for each step; 0 for a step that was filled in.
    private(set) var lines: [Int]

    /// The most steps that are filled in between rows, for each row there is: more is a mistake in the dates.
    static let stepsPerRow = 20

    /// - Parameters:
    ///   - time: The time column; nil: `day`, `date`, `time`, `ds`, `month`, `week` or `year`, else the row number.
    ///   - columns: Those to read as numbers.
    /// - Throws: `SeriesFileError` or `ConnectorError`.
    public init(of path: String, shownAs name: String, time: String?, columns: [String]) throws {
        var header: [String] = []
        var places: [Int] = []
        var timePlace: Int?
        var cells: [String] = []
        var rowLines: [Int] = []
        var read = Array(repeating: [Double](), count: columns.count)
        try eachRow(of: path) { row, line in
            if header.isEmpty {
                header = row.map { $0.trimmingCharacters(in: .whitespaces) }
                places = try columns.map { try Self.place(of: $0, in: header, name) }
                let usual = ["day", "date", "time", "ds", "month", "week", "year"]
                timePlace =
                    try time.map { try Self.place(of: $0, in: header, name) }
                    ?? usual.lazy.compactMap { header.firstIndex(of: $0) }.first
                return
            }
            guard row.count > max(places.max() ?? 0, timePlace ?? 0) else {
                throw SeriesFileError("\(name):\(line): has \(row.count) fields, too few for the header")
            }
            for (i, place) in places.enumerated() { read[i].append(try number(row[place], in: name, line: line)) }
            rowLines.append(line)
            cells.append(timePlace.map { row[$0].trimmingCharacters(in: .whitespaces) } ?? "\(cells.count)")
        }
        guard !cells.isEmpty else {
            throw SeriesFileError("\(name):1: has no rows; write a header and a row for each step")
        }
        let axis = try TimeAxis(cells, on: rowLines, shownAs: name)
        (times, spacing, season, keys) = (axis.labels, axis.spacing, axis.season, axis.keys)
        lines = Array(repeating: 0, count: axis.labels.count)
        for (row, place) in axis.places.enumerated() where place >= 0 { lines[place] = rowLines[row] }
        values = [:]
        for (i, column) in columns.enumerated() {
            var filled = Array(repeating: Double.nan, count: axis.labels.count)
            for (row, place) in axis.places.enumerated() where place >= 0 { filled[place] = read[i][row] }
            values[column] = filled
        }
    }

    /// The numbers of a column that was asked for, one a step; NaN is missing.
    public func column(_ name: String) -> [Double] { values[name] ?? [] }

    /// The first step at or after a time; the number of steps where there is none.
    /// - Returns: Nil when the text is no time of this table.
    public func index(atOrAfter text: String) -> Int? {
        if let exact = times.firstIndex(of: text) { return exact }
        guard let key = TimeAxis.key(text, spacing) else { return nil }
        return keys.firstIndex { $0 >= key } ?? times.count
    }

    /// Whether a time names this very step, and not one before it.
    func isStep(_ index: Int, of text: String) -> Bool {
        times[index] == text || TimeAxis.key(text, spacing) == keys[index]
    }

    private static func place(of column: String, in header: [String], _ name: String) throws(SeriesFileError) -> Int {
        if let place = header.firstIndex(of: column) { return place }
        let known = header.prefix(20).joined(separator: ", ")
        throw SeriesFileError("\(name):1: there is no column “\(column)”; the columns are \(known)")
    }
}

/// The steps that a time column stands for.
private struct TimeAxis {
    var labels: [String] = []
    var keys: [Double] = []
    /// The step of each row; below 0 for a row that falls away.
    var places: [Int] = []
    var spacing: WideTable.Spacing
    var season: Int

    init(_ cells: [String], on lines: [Int], shownAs name: String) throws(SeriesFileError) {
        let days = cells.compactMap { Self.day($0) }
        let wholes = cells.compactMap { Int($0) }
        let decimals = cells.compactMap { Double($0) }
        (spacing, season) = (.rows, 7)
        if days.count == cells.count {
            spacing = Self.spacing(of: days)
            season = [.days: 7, .weeks: 52, .months: 12, .quarters: 4][spacing] ?? 1
            let (spacing, first) = (spacing, days[0])
            let numbers = days.map { spacing == .weeks ? ($0 - first) / 7 : Self.number($0, spacing) }
            try lay(numbers, lines, name) { Self.label(spacing == .weeks ? first : Day(number: 0), $0, spacing) }
            keys = labels.map { Self.day($0).map { Double($0.number) } ?? -.infinity }
            for (row, place) in places.enumerated() {
                (labels[place], keys[place]) = (cells[row], Double(days[row].number))
            }
            if spacing == .days { closeDays(days) }
        } else if wholes.count == cells.count {
            spacing = .steps
            try lay(wholes, lines, name) { String($0) }
        } else {
            let isRising =
                decimals.count == cells.count && zip(decimals, decimals.dropFirst()).allSatisfy { $0 < $1 }
            labels = cells
            keys = isRising ? decimals : Array(repeating: -.infinity, count: cells.count)
            places = Array(cells.indices)
        }
    }

    private mutating func lay(
        _ numbers: [Int], _ lines: [Int], _ name: String, _ label: (Int) -> String
    ) throws(SeriesFileError) {
        for (row, (a, b)) in zip(numbers, numbers.dropFirst()).enumerated() where b <= a {
            throw SeriesFileError(
                "\(name):\(lines[row + 1]): is not later than the row before it; sort by time and keep one row a step")
        }
        let (first, last) = (numbers[0], numbers[numbers.count - 1])
        guard last.subtractingReportingOverflow(first).overflow == false,
            last - first < numbers.count * WideTable.stepsPerRow
        else {
            let gaps = zip(numbers.dropFirst(), numbers).map { Double($0) - Double($1) }
            let widest = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
            throw SeriesFileError(
                "\(name):\(lines[widest + 1]): is too far in time from the row before it; at most \(WideTable.stepsPerRow) steps a row are filled in"
            )
        }
        labels = (first...last).map { label($0) }
        keys = (first...last).map { Double($0) }
        places = numbers.map { $0 - first }
    }

    /// Leaves out the days of the week on which there is never a row, when there are three weeks to tell from.
    private mutating func closeDays(_ days: [Day]) {
        let open = Set(days.map(\.weekday))
        guard days.count >= 15, labels.count >= 21, open.count < 7, open.count >= 2 else { return }
        let kept = keys.indices.filter { open.contains(Day(number: Int32(keys[$0])).weekday) }
        var moved = Array(repeating: -1, count: keys.count)
        for (new, old) in kept.enumerated() { moved[old] = new }
        places = places.map { moved[$0] }
        labels = kept.map { labels[$0] }
        keys = kept.map { keys[$0] }
        season = open.count
    }

    static func day(_ text: some StringProtocol) -> Day? {
        guard text.count == 10 || text.dropFirst(10).first == "T" || text.dropFirst(10).first == " " else { return nil }
        return Day(text.prefix(10))
    }

    private static func spacing(of days: [Day]) -> WideTable.Spacing {
        let gaps = zip(days, days.dropFirst()).map { $1 - $0 }
        guard let least = gaps.min(), gaps.count >= 2 else { return .days }
        let isSameDay = Set(days.map { $0.components.day }).count == 1
        if isSameDay, least >= 28 {
            let months = zip(days, days.dropFirst()).map { number($1, .months) - number($0, .months) }
            if months.allSatisfy({ $0 % 12 == 0 }) { return .years }
            return months.allSatisfy { $0 % 3 == 0 } ? .quarters : .months
        }
        return gaps.allSatisfy { $0 % 7 == 0 } ? .weeks : .days
    }

    private static func number(_ day: Day, _ spacing: WideTable.Spacing) -> Int {
        let (year, month, _) = day.components
        return switch spacing {
        case .months: year * 12 + month - 1
        case .quarters: (year * 12 + month - 1) / 3
        case .years: year
        default: Int(day.number)
        }
    }

    private static func label(_ first: Day, _ number: Int, _ spacing: WideTable.Spacing) -> String {
        let day: Day? =
            switch spacing {
            case .weeks: first + 7 * number
            case .months: Day(year: number / 12, month: number % 12 + 1, day: 1)
            case .quarters: Day(year: number / 4, month: number % 4 * 3 + 1, day: 1)
            case .years: Day(year: number, month: 1, day: 1)
            default: Day(number: Int32(clamping: number))
            }
        return day.map { "\($0)" } ?? String(number)
    }

    static func key(_ text: String, _ spacing: WideTable.Spacing) -> Double? {
        switch spacing {
        case .steps, .rows: Double(text)
        default: day(text).map { Double($0.number) }
        }
    }
}
