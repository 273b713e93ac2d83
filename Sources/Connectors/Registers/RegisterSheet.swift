import Records

/// A register of improvements as people keep one: a row an improvement, whole, and what of it is understood.
public struct RegisterSheet: Sendable {
    public struct Cell: Sendable, Hashable {
        public var column: String
        public var value: String
    }

    public struct Row: Sendable, Hashable {
        /// Counted from 1.
        public var line: Int
        /// Empty when the register numbers nothing.
        public var number: String
        public var title: String
        public var text: String
        public var owner: String
        public var goal: String
        public var measure: String
        public var due: Day?
        public var size: RegisterField.Size?
        public var kind: RegisterField.Kind?
        public var stage: RegisterField.Stage?
        public var state: RegisterField.State
        /// The status as it stands there.
        public var status: String
        /// Only where the cell says hours and how often.
        public var hoursPerMonth: Double?
        /// Every column that has a value, understood or not.
        public var cells: [Cell]
    }

    public var header: [String]
    /// The column of each field that was found.
    public var columns: [RegisterField: String]
    /// Columns that are only kept.
    public var unknown: [String]
    public var rows: [Row]
    public var rejects: [Reject]
    /// Of the bytes as they lie on disk.
    public var fileHash: String
    /// ServiceNow's own improvement records.
    public var isServiceNow: Bool

    /// No register that people keep by hand is longer; more would be an export of something else.
    public static let rowsMax = 20_000
}

/// What is wrong with a register as a whole.
public enum RegisterSheetError: Error, Sendable, Equatable {
    /// No column is a title.
    case noTitle(path: String, found: [String])
    case noSuchColumn(path: String, field: RegisterField, column: String, found: [String])
    case tooLong(path: String)

    public var message: String {
        func list(_ found: [String]) -> String { found.map { "“\($0)”" }.joined(separator: ", ") }
        switch self {
        case .noTitle(let path, let found):
            return
                "\(path):1: no column was recognised as the title; name it with --map title=COLUMN; the columns are: "
                + list(found)
        case .noSuchColumn(let path, let field, let column, let found):
            return "\(path):1: has no column “\(column)” for \(field.rawValue); its columns are: \(list(found))"
        case .tooLong(let path):
            return
                "\(path): has more than \(RegisterSheet.rowsMax) rows; is it a register of improvements? Split it if so"
        }
    }
}

/// Reads a register: any delimited text in any encoding the reader knows. A row that cannot be used is kept with its reason.
/// - Parameters:
///   - name: What the file is called in rejects and errors.
///   - map: Columns that are named by hand; they go before those that are recognised.
///   - dayFirst: For dates that can be read both ways; asked for by `ConnectorError.dayOrMonthFirst` when it is nil.
/// - Throws: `ConnectorError` or `RegisterSheetError`.
public func readRegister(
    _ path: String, named name: String, map: [RegisterField: String] = [:], dayFirst: Bool? = nil
) throws -> RegisterSheet {
    var raw = try RawTable(path)
    if map.isEmpty { raw.findHeader() }
    let header = raw.header
    var places: [RegisterField: Int] = [:]
    for (field, column) in map {
        guard
            let place = header.firstIndex(of: column) ?? header.firstIndex(where: { normal($0) == normal(column) })
        else { throw RegisterSheetError.noSuchColumn(path: name, field: field, column: column, found: header) }
        places[field] = place
    }
    let named = Set(places.values)
    for (i, column) in header.enumerated() where !named.contains(i) {
        guard let field = RegisterField.named(column), places[field] == nil else { continue }
        places[field] = i
    }
    // ITIL's register has no title: its description is one.
    if places[.title] == nil, let description = places.removeValue(forKey: .description) {
        places[.title] = description
    }
    guard places[.title] != nil else { throw RegisterSheetError.noTitle(path: name, found: header) }
    let known = Set(places.values)
    let normals = Set(header.map(normal))
    var sheet = RegisterSheet(
        header: header, columns: places.mapValues { header[$0] },
        unknown: header.indices.filter { !known.contains($0) }.map { header[$0] }, rows: [],
        rejects: raw.broken.map { Reject(file: name, line: $0.line, reason: $0.reason, row: $0.text) },
        fileHash: raw.fileHash,
        isServiceNow: normals.contains("sysid") || normals.contains("syscreatedon")
            || raw.rows.first.map { $0.cells.contains { $0.hasPrefix("CIM0") } } == true)
    var reader = try RowMaker(header: header, places: places, raw: raw, path: name, dayFirst: dayFirst)
    for row in raw.rows {
        switch reader.make(row) {
        case .success(let made): sheet.rows.append(made)
        case .failure(let why):
            sheet.rejects.append(Reject(file: name, line: row.line, reason: why.reason, row: row.text))
        }
    }
    sheet.rejects.sort { $0.line < $1.line }
    return sheet
}

/// All rows of a small table as texts, with what was broken.
private struct RawTable {
    struct Row {
        var line: Int
        var cells: [String]
        var text: String
    }

    var header: [String]
    var rows: [Row] = []
    var broken: [(line: Int, reason: String, text: String)] = []
    var fileHash: String

    init(_ path: String) throws {
        let head = try Head(ByteSource(path: path, pieceBytes: ByteSource.pieceBytes))
        header = []
        let source = try ByteSource(path: path, hashing: true, pieceBytes: ByteSource.pieceBytes)
        var reader = RowReader(source, dialect: head.dialect)
        reader.expect(fields: header.count)
        // Registers have one row of names, whatever stands below it.
        var above = head.dialect.linesAbove
        reading: while true {
            switch try reader.next() {
            case .end: break reading
            case .broken(let why):
                above = max(0, above - 1)
                broken.append((reader.parser.line, Self.told(why), reader.parser.rawText))
            case .row:
                if reader.parser.isBlank { continue }
                if above > 0 {
                    above -= 1
                    continue
                }
                if header.isEmpty {
                    header = reader.parser.texts
                    continue
                }
                rows.append(
                    Row(line: reader.parser.line, cells: reader.parser.texts, text: reader.parser.rawText))
            }
            if rows.count > RegisterSheet.rowsMax { throw RegisterSheetError.tooLong(path: path) }
        }
        try source.checkWhole()
        if source.hasChanged { throw ConnectorError.changedWhileRead(path: path) }
        fileHash = source.finishHash()
        if rows.isEmpty { throw ConnectorError.headerOnly(path: path, line: 1) }
    }

    /// Above the header of a spreadsheet often stands what it is called and who keeps it: the header is the first row in which a
    /// title and another field are recognised.
    mutating func findHeader() {
        func isHeader(_ cells: [String]) -> Bool {
            let fields = Set(cells.compactMap { RegisterField.named($0) })
            return fields.count > 1 && (fields.contains(.title) || fields.contains(.description))
        }
        if isHeader(header) { return }
        guard let place = rows.prefix(Self.linesAboveMax).firstIndex(where: { isHeader($0.cells) }) else { return }
        header = rows[place].cells
        rows.removeFirst(place + 1)
    }

    /// More than a few lines above a header are a table of their own.
    private static let linesAboveMax = 10

    private static func told(_ why: RowParser.Broken) -> String {
        switch why {
        case .tooLong: "is longer than a row can be; look for a quotation mark that is not closed"
        case .quoteNotClosed, .endsInsideQuotes: "a quotation mark is not closed; close it"
        }
    }
}

/// Makes rows of cells.
private struct RowMaker {
    struct Unusable: Error { var reason: String }

    let header: [String]
    let places: [RegisterField: Int]
    private var dates: DateReader
    private var clock = LocalClock(.utc)
    private var firstLines: [String: Int] = [:]

    init(
        header: [String], places: [RegisterField: Int], raw: RawTable, path: String, dayFirst: Bool?
    ) throws(ConnectorError) {
        self.header = header
        self.places = places
        var order: DayOrder?
        var open: (column: String, example: String)?
        for field in [RegisterField.due, .raisedOn] {
            guard let place = places[field] else { continue }
            var column = DateColumn()
            for row in raw.rows where place < row.cells.count { column.take(row.cells[place].utf8.span) }
            order = order ?? column.order
            // Only the due date is read; that of another column tells how dates are written here.
            if field == .due, column.order == nil, column.open > 0 { open = (header[place], column.openExample) }
        }
        if let open, order == nil, dayFirst == nil {
            throw .dayOrMonthFirst(path: path, column: open.column, example: open.example)
        }
        dates = DateReader(order: order ?? dayFirst.map { $0 ? .dayFirst : .monthFirst })
    }

    mutating func make(_ row: RawTable.Row) -> Result<RegisterSheet.Row, Unusable> {
        func cell(_ field: RegisterField) -> String {
            guard let place = places[field], place < row.cells.count else { return "" }
            let text = row.cells[place]
            return isNone(text.utf8.span) ? "" : text
        }
        func rejected(_ reason: String) -> Result<RegisterSheet.Row, Unusable> { .failure(Unusable(reason: reason)) }
        if row.cells.count > header.count, row.cells[header.count...].contains(where: { !$0.isEmpty }) {
            return rejected(
                "has \(row.cells.count) fields, the header has \(header.count); put quotes around texts that hold the "
                    + "delimiter")
        }
        let title = cell(.title)
        let number = cell(.number)
        if title.isEmpty {
            return rejected("has no title; fill in the column “\(places[.title].map { header[$0] } ?? "")”")
        }
        let key = number.isEmpty ? "t" + normal(title) : "n" + normal(number)
        if let first = firstLines[key] {
            let what = number.isEmpty ? "the title “\(title)”" : "the number \(number)"
            return rejected("\(what) stands on line \(first) too; give each its own")
        }
        var due: Day?
        let dueText = cell(.due)
        if !dueText.isEmpty {
            switch dates.read(dueText.utf8.span, &clock) {
            case .moment(let moment): due = Zone.utc.day(of: moment)
            case .none: break
            case .garbage: break  // Kept as a text: “before the summer” is no mistake.
            }
        }
        firstLines[key] = row.line
        let text = [cell(.description), cell(.justification)].filter { !$0.isEmpty }.joined(separator: "\n\n")
        return .success(
            RegisterSheet.Row(
                line: row.line, number: number, title: title, text: text, owner: cell(.owner), goal: cell(.goal),
                measure: cell(.measure), due: due, size: RegisterField.sizes[word(cell(.size))],
                kind: RegisterField.kinds[word(cell(.kind))], stage: RegisterField.stages[word(cell(.stage))],
                state: state(cell(.status)), status: cell(.status),
                hoursPerMonth: hoursPerMonth(
                    cell(.benefit), column: places[.benefit].map { header[$0] } ?? ""),
                cells: zip(header, row.cells).filter { !$1.isEmpty }.map { RegisterSheet.Cell(column: $0, value: $1) }))
    }

    /// `2 - Medium` is `medium`.
    private func word(_ text: String) -> String {
        normal(String(text.drop { $0.isNumber || $0 == " " || $0 == "-" || $0 == "." || $0 == ":" }))
    }

    private func state(_ text: String) -> RegisterField.State {
        switch StatusWords.status(word(text)) {
        case .resolved, .closed: .done
        case .cancelled, .merged: .dropped
        case .waiting: .onHold
        default: .open
        }
    }
}

/// Hours a month from words such as `10 h/month`, `120 timer om året` or `每周 3 小时`, the column's name read along.
/// - Returns: Nil unless one number, hours and a span of time are all said.
func hoursPerMonth(_ text: String, column: String) -> Double? {
    let all = (column + " " + text).lowercased()
    let parts = text.split { !($0.isNumber || $0 == "." || $0 == ",") }.filter { $0.contains(where: \.isNumber) }
    guard parts.count == 1 else { return nil }
    var digits = parts[0].drop { $0 == "." || $0 == "," }
    while let last = digits.last, last == "." || last == "," { digits.removeLast() }
    // A comma or a full stop before exactly three digits divides thousands; otherwise decimals.
    let sides = digits.split { $0 == "," || $0 == "." }
    let isThousands = sides.count > 1 && sides.dropFirst().allSatisfy { $0.count == 3 }
    let number = isThousands ? sides.joined() : sides.count == 2 ? sides.joined(separator: ".") : String(digits)
    guard let value = Double(number), value.isFinite else { return nil }
    func says(_ words: [String]) -> Bool {
        let tokens = Set(all.split { !$0.isLetter }.map(String.init))
        return words.contains {
            $0.unicodeScalars.allSatisfy { $0.value < 0x2e80 } ? tokens.contains($0) : all.contains($0)
        }
    }
    guard says(["h", "hour", "hours", "hrs", "time", "timer", "t", "小时", "工时"]) else { return nil }
    if says(["month", "monthly", "mo", "måned", "måneden", "md", "månedligt", "每月", "月"]) { return value }
    if says(["week", "weekly", "uge", "ugen", "ugentligt", "每周", "周", "每星期"]) { return value * 365.25 / 84 }
    if says(["year", "yearly", "annum", "annually", "år", "året", "årligt", "每年", "年"]) { return value / 12 }
    return nil
}
