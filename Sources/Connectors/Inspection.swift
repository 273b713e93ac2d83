import Records

/// What the first pass over a file found out: all that is needed to read it, and to show a person what will be read.
public struct Inspection: Sendable {
    public let path: String
    /// The size on disk.
    public let byteCount: Int
    /// BLAKE2b-256 of the bytes as they lie on disk, in hexadecimal.
    public let fileHash: String
    public let dialect: Dialect
    public let isGzip: Bool
    /// The packed bytes end before what was packed does.
    public let isCut: Bool
    /// The names of the columns, as they stand in the file.
    public let header: [String]
    public let preset: Preset.Name
    /// What the system is called: `ServiceNow`.
    public let presetTitle: String
    /// The columns of each field. More than one where the name occurs more than once: texts are joined, of others the
    /// first that has a value counts.
    public let mapping: [Field: [Int]]
    /// The mapping was guessed from the names of the columns and wants a person's look.
    public let isProposal: Bool
    /// How dates are written, for each column that holds dates.
    public let dateForms: [Int: DateForm]
    /// Rows of data, good or bad; empty lines do not count.
    public let rowCount: Int
    public let grain: Grain
    /// The first rows, for a preview.
    public let samples: [[String]]
    /// Columns that no field is read from.
    public let unmapped: [Int]
    public let questions: [Question]
    /// Why `read` would refuse the file as it is understood now: a mapping or an answer is missing.
    public let obstacle: ConnectorError?

    public var encoding: TextEncoding { dialect.encoding }
    public var delimiter: Character { Character(UnicodeScalar(dialect.delimiter)) }
    public var headerRows: Int { dialect.headerRows }

    /// The name of the column of a field, for messages; the field's own word when it has none.
    public func column(_ field: Field) -> String {
        guard let place = mapping[field]?.first else { return field.rawValue }
        return header[place]
    }

    let modified: Int64
    let layout: Preset.Layout
    let hints: [Preset.Hint: Int]
    let isASCII: Bool
    let hasZeros: Bool
    let pieceBytes: Int

    static let samplesMax = 20
}

/// Reads a file once, from end to end, and tells how it is written and what its columns mean.
///
/// Memory is flat. A file that could not be read as it stands (no mapping for what is needed, dates that can be read in
/// two ways) is inspected all the same, so that it can be shown; `read` then throws its `obstacle`.
/// - Parameter progress: Told the bytes read so far, from time to time.
public func inspect(
    _ path: String, options: ReadingOptions, progress: ((Int) -> Void)? = nil
) throws(ConnectorError) -> Inspection {
    try inspect(path, options: options, pieceBytes: ByteSource.pieceBytes, progress: progress)
}

/// - Parameter pieceBytes: How much is read at once: tests read a byte at a time.
func inspect(
    _ path: String, options: ReadingOptions, pieceBytes: Int, progress: ((Int) -> Void)? = nil
) throws(ConnectorError) -> Inspection {
    let head = try Head(ByteSource(path: path, pieceBytes: pieceBytes))
    var pass = try FirstPass(path, head: head, options: options, pieceBytes: pieceBytes, progress: progress)
    if let better = pass.betterEncoding {
        // Letters that came after the head speak for another encoding: once more, with that.
        let again = try Head(ByteSource(path: path, pieceBytes: pieceBytes), encoding: better)
        pass = try FirstPass(path, head: again, options: options, pieceBytes: pieceBytes, progress: progress)
    }
    return try pass.inspection()
}

/// One pass over a file with a given way to read it.
private struct FirstPass {
    /// Whether rows stand for tickets or for updates shows long before this many.
    static let identifiersMax = 200_000
    /// How often progress is told.
    static let rowsBetweenProgress = 4096

    let source: ByteSource
    let head: Head
    let options: ReadingOptions
    let preset: Preset
    let layout: Preset.Layout
    let candidates: Candidates
    let pieceBytes: Int
    let fileHash: String
    let isASCII: Bool
    let betterEncoding: TextEncoding?
    private(set) var rowCount = 0
    private(set) var lastLine = 1
    let filled: [Int]
    let dates: [Int: DateColumn]
    let identifiers: DistinctCount
    let hasZeros: Bool

    init(
        _ path: String, head: Head, options: ReadingOptions, pieceBytes: Int, progress: ((Int) -> Void)?
    ) throws(ConnectorError) {
        self.head = head
        self.options = options
        self.pieceBytes = pieceBytes
        let header = head.header
        let normals = header.map { Candidates.base(normal($0)) }
        if let name = options.preset {
            preset = Preset.named(name)
            layout = Preset.recognise(normals, among: [preset])?.1 ?? preset.layouts.first ?? Preset.Layout()
        } else {
            (preset, layout) = Preset.recognise(normals) ?? (Preset.csv, Preset.csv.layouts.first ?? Preset.Layout())
        }
        candidates = try Candidates(header: header, layout: layout, options: options, path: path)
        var watched = candidates.watched.map { (column: $0, dates: -1) }
        var dateColumns: [DateColumn] = []
        for i in watched.indices where candidates.dateColumns.contains(watched[i].column) {
            watched[i].dates = dateColumns.count
            dateColumns.append(DateColumn())
        }
        var filled = [Int](repeating: 0, count: header.count)
        var identifiers = DistinctCount()
        let identifier = candidates.groups[.id]?.first?.first ?? -1

        let source = try ByteSource(path: path, hashing: true, pieceBytes: pieceBytes)
        self.source = source
        var reader = RowReader(source, dialect: head.dialect, gathersEvidence: true)
        reader.expect(fields: header.count)
        var above = head.dialect.linesAbove + head.dialect.headerRows
        rows: while true {
            switch try reader.next() {
            case .end: break rows
            case .broken: if above > 0 { above -= 1 } else { rowCount += 1 }
            case .row:
                let parser = reader.parser
                if parser.isBlank { continue }
                lastLine = parser.line
                if above > 0 {
                    above -= 1
                    continue
                }
                rowCount += 1
                let bytes = parser.window.span
                for (column, dates) in watched where column < parser.fieldsKept {
                    let place = parser.fields[column]
                    let cell = bytes.extracting(Int(place.start)..<Int(place.end))
                    let value = cell.extracting(trimmed(cell))
                    if value.count <= 4, isNone(value) { continue }
                    filled[column] += 1
                    if dates >= 0 { dateColumns[dates].take(value) }
                    if column == identifier, rowCount <= Self.identifiersMax { identifiers.take(value) }
                }
                if rowCount % Self.rowsBetweenProgress == 0 { progress?(source.bytesRead) }
            }
        }
        progress?(source.bytesRead)
        self.filled = filled
        self.identifiers = identifiers
        dates = Dictionary(
            uniqueKeysWithValues: watched.filter { $0.dates >= 0 }.map { ($0.column, dateColumns[$0.dates]) })
        hasZeros = reader.zeroBytes > 0
        if source.hasChanged { throw .changedWhileRead(path: path) }
        fileHash = source.finishHash()
        let evidence = reader.evidence
        isASCII = evidence.isASCII && head.dialect.encoding == .utf8
        switch head.dialect.encoding {
        case .utf16LittleEndian, .utf16BigEndian: betterEncoding = nil
        case let now: betterEncoding = evidence.decision == now || evidence.isASCII ? nil : evidence.decision
        }
    }

    func inspection() throws(ConnectorError) -> Inspection {
        let path = source.path
        let header = head.header
        guard rowCount > 0 else { throw .headerOnly(path: path, line: lastLine) }
        let mapping = candidates.mapping(
            isFilled: { filled[$0] > 0 }, isDate: { dates[$0]?.looksLikeDates ?? false }, isStatus: holdsStates,
            closingIsResolution: layout.closingIsResolution)

        let dateColumns = Set(Aliases.dates.flatMap { mapping[$0] ?? [] })
        var questions: [Question] = []
        var obstacle: ConnectorError?
        let subject = [Field.category, .service, .title].contains { mapping[$0] != nil }
        let missing = [Field.id, .openedAt].filter { mapping[$0] == nil }
        if !missing.isEmpty || !subject {
            questions.append(.columnsNeeded(fields: missing, subject: !subject))
            obstacle = .notMapped(path: path, missing: missing, needsSubject: !subject, found: header)
        }
        let shared = sharedOrder(of: dateColumns)
        var forms: [Int: DateForm] = [:]
        for column in dateColumns.sorted() {
            guard let found = dates[column] else { continue }
            let order = found.order ?? shared
            forms[column] = found.form(order: order)
            if found.open > 0, order == nil, obstacle == nil {
                let example = found.openExample.isEmpty ? found.example : found.openExample
                questions.append(.dayOrMonthFirst(column: header[column], example: example))
                obstacle = .dayOrMonthFirst(path: path, column: header[column], example: example)
            }
        }
        if options.zone == nil,
            let column = dateColumns.sorted().first(where: { dates[$0].map { $0.withoutZone > 0 } ?? false })
        {
            questions.append(.zoneNotWritten(column: header[column]))
        }
        let used = Set(mapping.values.joined()).union(candidates.hints.values)
        return Inspection(
            path: path, byteCount: source.byteCount, fileHash: fileHash, dialect: head.dialect, isGzip: source.isGzip,
            isCut: source.isCut, header: header, preset: preset.name, presetTitle: preset.title, mapping: mapping,
            isProposal: preset.name == .csv && options.map.isEmpty, dateForms: forms, rowCount: rowCount,
            grain: grain(mapping), samples: Array(head.rows.prefix(Inspection.samplesMax)),
            unmapped: header.indices.filter { !used.contains($0) }, questions: questions, obstacle: obstacle,
            modified: source.modified, layout: layout, hints: candidates.hints, isASCII: isASCII, hasZeros: hasZeros,
            pieceBytes: pieceBytes)
    }

    /// Whether the first rows of a column have a state that we know: “State” may also be a part of a country.
    private func holdsStates(_ column: Int) -> Bool {
        head.rows.contains { $0.count > column && StatusWords.status(normal($0[column])) != nil }
    }

    /// What all date columns of the file show together, or the user's answer.
    private func sharedOrder(of columns: Set<Int>) -> DayOrder? {
        let orders = Set(columns.compactMap { dates[$0]?.order })
        if orders.count == 1 { return orders.first }
        return options.dayFirst.map { $0 ? .dayFirst : .monthFirst }
    }

    /// A log has an update's time in each row, and more rows than tickets.
    private func grain(_ mapping: [Field: [Int]]) -> Grain {
        guard mapping[.updatedAt] != nil, identifiers.taken > 0 else { return .rowPerTicket }
        return identifiers.taken * 50 > identifiers.count * 51 ? .rowPerUpdate : .rowPerTicket
    }
}

/// How many different values there were, in bounded memory: a set of 32-bit hashes.
struct DistinctCount {
    private(set) var taken = 0
    private(set) var count = 0
    private var slots = [UInt32](repeating: 0, count: 1024)

    mutating func take(_ bytes: Span<UInt8>) {
        taken += 1
        // Fowler, Noll and Vo's hash, 1a; 0 marks a free place.
        var hash: UInt32 = 2_166_136_261
        for i in bytes.indices { hash = (hash ^ UInt32(bytes[i])) &* 16_777_619 }
        hash ^= hash >> 15
        if hash == 0 { hash = 1 }
        if insert(hash), count * 2 > slots.count {
            let old = slots
            slots = [UInt32](repeating: 0, count: old.count * 2)
            count = 0
            for known in old where known != 0 { _ = insert(known) }
        }
    }

    private mutating func insert(_ hash: UInt32) -> Bool {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = hash
        count += 1
        return true
    }
}
