import Connectors
import Foundation

/// One series of a file `unique_id,ds,y`.
public struct NamedSeries: Sendable, Equatable {
    public var id: String
    /// The `ds` cells as they were written: a step number or a date.
    public var steps: [String]
    /// One a step; not a number where the cell is empty or says `nan`.
    public var values: [Double]
    /// The line of the file that each row was on.
    public var lines: [Int]

    /// - Parameter lines: Nil where the series is from no file: its rows are numbered from 1.
    public init(id: String, steps: [String], values: [Double], lines: [Int]? = nil) {
        self.id = id
        self.steps = steps
        self.values = values
        self.lines = lines ?? Array(1..<(steps.count + 1))
    }

    /// The seasons that the dates themselves suggest, shortest first, in steps; none where the steps are plain numbers. A year
    /// of days only where the series holds two.
    public var suggestedSeasons: [Int] {
        (StepLength(of: steps)?.seasons ?? []).filter { $0 < 365 || 2 * $0 + 2 <= steps.count }
    }
}

/// Reads `unique_id,ds,y` and hands over one series after another: memory holds one series at a time.
/// - Parameter name: What the file is called in errors.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `body` throws.
public func eachSeries(
    of path: String, shownAs name: String, _ body: (NamedSeries) throws -> Void
) throws {
    var series = NamedSeries(id: "", steps: [], values: [])
    var id: [UInt8] = []
    var columns: (id: Int, step: Int, value: Int)?
    try eachRowOfCells(of: path) { row, line in
        guard let known = columns else {
            let header = row.texts
            guard let i = header.firstIndex(of: "unique_id"), let d = header.firstIndex(of: "ds"),
                let y = header.firstIndex(of: "y")
            else {
                throw SeriesFileError("\(name):1: the header is not unique_id,ds,y; rename the columns")
            }
            columns = (i, d, y)
            return
        }
        guard row.count > max(known.id, known.step, known.value) else {
            throw SeriesFileError("\(name):\(line): has \(row.count) fields, too few for the header")
        }
        let place = row.place(known.id)
        if series.values.isEmpty || !isSame(id.span, row.bytes.span.extracting(place)) {
            if !series.values.isEmpty { try body(series) }
            id = Array(row.bytes[place])
            let (steps, values) = (series.steps.count, series.values.count)
            series = NamedSeries(id: row.text(known.id), steps: [], values: [])
            // The next one is likely as long.
            series.steps.reserveCapacity(steps)
            series.values.reserveCapacity(values)
            series.lines.reserveCapacity(values)
        }
        series.steps.append(row.text(known.step))
        series.lines.append(line)
        series.values.append(try number(row, known.value, in: name, line: line))
    }
    if !series.values.isEmpty { try body(series) }
    if columns == nil { throw SeriesFileError("\(name): is empty; write a header unique_id,ds,y and rows") }
}

private func isSame(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for i in 0..<a.count where a[i] != b[i] { return false }
    return true
}

/// A cell of a row as a number; not a number where it is empty or says so.
func number(_ row: Cells, _ column: Int, in name: String, line: Int) throws(SeriesFileError) -> Double {
    if let value = plainNumber(row.bytes.span.extracting(row.place(column))) { return value }
    return try number(row.text(column), in: name, line: line)
}

/// A cell as a number; not a number where it is empty or says so.
func number(_ cell: String, in name: String, line: Int) throws(SeriesFileError) -> Double {
    let cell = cell.trimmingCharacters(in: .whitespaces)
    if cell.isEmpty || cell.lowercased() == "nan" { return .nan }
    guard let value = Double(cell), value.isFinite else {
        throw SeriesFileError("\(name):\(line): “\(cell)” is not a number; leave a missing value empty")
    }
    return value
}

/// Digits with at most one point, exactly as the general way would read them; nil for all other cells.
///
/// Clinger (1990), PLDI 92–101: a whole number below 2⁵³ divided by a power of ten up to 10²² is rounded once, so correctly.
func plainNumber(_ cell: Span<UInt8>) -> Double? {
    var i = 0
    let isNegative = cell.count > 0 && cell[0] == UInt8(ascii: "-")
    if isNegative { i = 1 }
    var digits: Int64 = 0
    var count = 0
    var decimals = 0
    var isAfterPoint = false
    while i < cell.count {
        let byte = cell[i]
        if byte >= 48, byte <= 57 {
            digits = digits * 10 + Int64(byte - 48)
            count += 1
            if isAfterPoint { decimals += 1 }
            if count > 15 { return nil }
        } else if byte == UInt8(ascii: "."), !isAfterPoint {
            isAfterPoint = true
        } else {
            return nil
        }
        i += 1
    }
    guard count > 0 else { return nil }
    let value = Double(digits) / powersOfTen[decimals]
    return isNegative ? -value : value
}

private let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
