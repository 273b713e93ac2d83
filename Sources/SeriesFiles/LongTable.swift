import Connectors
import Foundation
import Records

/// One series of a file `unique_id,ds,y`.
public struct NamedSeries: Sendable, Equatable {
    public var id: String
    /// The `ds` cells as they were written: a step number or a date.
    public var steps: [String]
    /// One a step; not a number where the cell is empty or says `nan`.
    public var values: [Double]

    public init(id: String, steps: [String], values: [Double]) {
        self.id = id
        self.steps = steps
        self.values = values
    }

    /// The seasons that the dates themselves suggest, shortest first, in steps; none where the steps are plain numbers.
    public var suggestedSeasons: [Int] {
        let moments = steps.prefix(3).compactMap { text in
            Moment(rfc3339: text) ?? Moment(rfc3339: text.replacing(" ", with: "T") + "Z")
                ?? Day(text.prefix(10)).flatMap { text.count == 10 ? $0.startInUTC : nil }
        }
        guard moments.count == min(3, steps.count), moments.count >= 2 else { return [] }
        switch moments[0].hours(to: moments[1]) {
        case 1: return [24, 168]
        case 24: return [7]
        case 168: return [52]
        case 672...744: return [12]
        case 2016...2232: return [4]
        default: return []
        }
    }
}

/// Reads `unique_id,ds,y` and hands over one series after another: memory holds one series at a time.
/// - Parameter name: What the file is called in errors.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `body` throws.
public func eachSeries(
    of path: String, shownAs name: String, _ body: (NamedSeries) throws -> Void
) throws {
    var series = NamedSeries(id: "", steps: [], values: [])
    var columns: (id: Int, step: Int, value: Int)?
    try eachRow(of: path) { row, line in
        guard let known = columns else {
            let header = row.map { $0.trimmingCharacters(in: .whitespaces) }
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
        if row[known.id] != series.id || series.values.isEmpty {
            if !series.values.isEmpty { try body(series) }
            series = NamedSeries(id: row[known.id], steps: [], values: [])
        }
        series.steps.append(row[known.step])
        series.values.append(try number(row[known.value], in: name, line: line))
    }
    if !series.values.isEmpty { try body(series) }
    if columns == nil { throw SeriesFileError("\(name): is empty; write a header unique_id,ds,y and rows") }
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
