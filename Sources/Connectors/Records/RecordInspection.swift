import Records

/// What is unclear about a file of answers, readings or suggestions.
public enum RecordTrouble: Sendable, Equatable {
    case noSuchColumn(field: RecordField, column: String, found: [String])
    case missing(kind: RecordKind, fields: [RecordField], found: [String])
    /// Scores from the least to the most found, on a scale that nothing says.
    case scale(column: String, least: Double, most: Double)

    var message: String {
        switch self {
        case .noSuchColumn(let field, let column, let found):
            "has no column “\(column)” for \(field.rawValue); its columns are: \(list(found))"
        case .missing(let kind, let fields, let found):
            "no column was recognised for \(fields.map(\.rawValue).joined(separator: ", ")) of a file of \(name(kind)); "
                + "name \(fields.count == 1 ? "it" : "them"), for example "
                + fields.map { "--map \($0.rawValue)=COLUMN" }.joined(separator: " ")
                + "; the columns are: \(list(found))"
        case .scale(let column, let least, let most):
            "the scores of the column “\(column)” lie between \(least) and \(most), and nothing says on which scale; "
                + "say, for example, --scale 1-5"
        }
    }

    private func name(_ kind: RecordKind) -> String {
        switch kind {
        case .survey: "survey answers"
        case .readings: "readings"
        case .suggestions: "suggestions"
        }
    }

    private func list(_ columns: [String]) -> String {
        let shown = columns.prefix(60).map { "“\($0)”" }.joined(separator: ", ")
        return columns.count > 60 ? "\(shown) and \(columns.count - 60) more" : shown
    }
}

/// What the first pass over a file of answers, readings or suggestions found out.
public struct RecordInspection: Sendable {
    public let path: String
    public let byteCount: Int
    /// BLAKE2b-256 of the bytes as they lie on disk, in hexadecimal.
    public let fileHash: String
    public let kind: RecordKind
    public let header: [String]
    /// Rows of data, good or bad; empty lines do not count.
    public let rowCount: Int
    /// The scale of scores that say none themselves.
    public let scale: ClosedRange<Double>?
    public let isZoneAssumed: Bool
    let modified: Int64
    let dialect: Dialect
    let layout: RecordLayout
    let dateOrder: DayOrder?
    let isCut: Bool
}

/// What kind of records a file holds by its header, or by what the user says; nil for tickets, and for what cannot be told.
/// Reads the beginning of the file only.
public func recordKind(of path: String, options: RecordOptions = RecordOptions()) throws(ConnectorError) -> RecordKind?
{
    if let kind = options.kind { return kind }
    let head = try Head(ByteSource(path: path))
    return RecordLayout.recognised(head.header, head.rows)
}

/// Reads a file of answers, readings or suggestions once, from end to end, and tells how it is written. Memory is flat.
/// - Throws: `ConnectorError` when it cannot be read, or something must be said first: a column, a scale, the order of dates.
public func inspectRecords(
    _ path: String, kind: RecordKind, options: RecordOptions
) throws(ConnectorError) -> RecordInspection {
    let head = try Head(ByteSource(path: path))
    let layout = try RecordLayout(kind, header: head.header, rows: head.rows, options: options, path: path)
    let source = try ByteSource(path: path, hashing: true)
    var reader = RowReader(source, dialect: head.dialect)
    reader.expect(fields: head.header.count)
    var dates = DateColumn()
    var scores = ScoreRange()
    var rows = 0
    var above = head.dialect.linesAbove + head.dialect.headerRows
    var lastLine = 1
    reading: while true {
        switch try reader.next() {
        case .end: break reading
        case .broken: if above > 0 { above -= 1 } else { rows += 1 }
        case .row:
            if reader.parser.isBlank { continue }
            lastLine = reader.parser.line
            if above > 0 {
                above -= 1
                continue
            }
            rows += 1
            withCell(layout.columns[.at], of: reader.parser) { if !isNone($0) { dates.take($0) } }
            if kind == .survey { withCell(layout.columns[.score], of: reader.parser) { scores.take($0) } }
        }
    }
    if source.hasChanged { throw .changedWhileRead(path: path) }
    guard rows > 0 else { throw .headerOnly(path: path, line: lastLine) }
    let order = dates.order ?? options.dayFirst.map { $0 ? .dayFirst : .monthFirst }
    if dates.open > 0, order == nil, let column = layout.columns[.at] {
        let example = dates.openExample.isEmpty ? dates.example : dates.openExample
        throw .dayOrMonthFirst(path: path, column: head.header[column], example: example)
    }
    return RecordInspection(
        path: path, byteCount: source.byteCount, fileHash: source.finishHash(), kind: kind, header: head.header,
        rowCount: rows, scale: try scale(layout, scores, head.header, options, path),
        isZoneAssumed: options.zone == nil && dates.withoutZone > 0, modified: source.modified, dialect: head.dialect,
        layout: layout, dateOrder: order, isCut: source.isCut)
}

/// The scale of the scores: said by the user, by each row, by the column's name, or by what only one usual scale can hold.
private func scale(
    _ layout: RecordLayout, _ scores: ScoreRange, _ header: [String], _ options: RecordOptions, _ path: String
) throws(ConnectorError) -> ClosedRange<Double>? {
    guard layout.kind == .survey else { return nil }
    if let said = options.scale { return said }
    let saysItself = layout.columns[.scaleLow] != nil && layout.columns[.scaleHigh] != nil
    if saysItself || layout.columns[.scale] != nil { return nil }
    if let named = layout.namedScale { return named }
    if scores.hasPercent, scores.least >= 0, scores.most <= 100 { return 0...100 }
    guard scores.least <= scores.most else { return nil }
    // Whole numbers from 1 to at most 5; more than 10 is out of a hundred. From 0, or up to 10, more than one fits.
    if scores.areWhole, scores.least >= 1, scores.most <= 5, scores.most > 3 { return 1...5 }
    if scores.least >= 0, scores.most > 10, scores.most <= 100 { return 0...100 }
    throw .recordsUnclear(
        path: path,
        .scale(
            column: layout.columns[.score].map { header[$0] } ?? "", least: scores.least, most: scores.most))
}

/// Between which values the scores of a column lie.
private struct ScoreRange {
    var least = Double.infinity
    var most = -Double.infinity
    var areWhole = true
    var hasPercent = false

    mutating func take(_ cell: Span<UInt8>) {
        guard let value = recordNumber(cell) else { return }
        least = min(least, value)
        most = max(most, value)
        if value != value.rounded() { areWhole = false }
        if cell[cell.count - 1] == UInt8(ascii: "%") { hasPercent = true }
    }
}

/// Hands over a cell without the blanks around it; empty where the row has none.
func withCell<T>(_ column: Int?, of parser: borrowing RowParser, _ body: (Span<UInt8>) -> T) -> T {
    guard let column, column < parser.fieldsKept else { return body([UInt8]().span) }
    let place = parser.fields[column]
    let bytes = parser.window.span
    let cell = bytes.extracting(Int(place.start)..<Int(place.end))
    return body(cell.extracting(trimmed(cell)))
}
