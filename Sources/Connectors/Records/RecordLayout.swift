import Records

/// Which column holds what, for one kind of records.
struct RecordLayout: Sendable {
    var kind: RecordKind
    /// The columns of each field.
    var columns: [RecordField: Int] = [:]
    /// Of readings with a column a quantity: which column holds which.
    var wide: [(column: Int, quantity: ReadingQuantity)] = []
    /// The scale that a score's name says by itself.
    var namedScale: ClosedRange<Double>?

    /// What a file's header says it holds.
    /// - Parameters:
    ///   - rows: The first rows: a column a quantity is known by its numbers.
    /// - Returns: Nil when it says nothing of answers, readings or suggestions.
    static func recognised(_ header: [String], _ rows: [[String]]) -> RecordKind? {
        let names = header.map(normal)
        let present = Set(names)
        func has(_ words: [String]) -> Bool { words.contains { present.contains($0) } }
        if Preset.recognise(names) != nil { return nil }
        // Fider's own export.
        if present.contains(normal("votes_count")), present.contains(normal("original_number")) { return .suggestions }
        let isTickets = has(RecordAliases.ticketWords)
        let date = has(RecordAliases.answered + RecordAliases.made + RecordAliases.measured + RecordAliases.anyDate)
        guard date, !isTickets else { return nil }
        let isAnswered = has(RecordAliases.answered)
        let isScored = has(RecordAliases.names(.score))
        let hasScale = has(RecordAliases.names(.scaleLow)) && has(RecordAliases.names(.scaleHigh))
        if isScored, isAnswered || hasScale || has(RecordAliases.surveyWords) || has(RecordAliases.names(.survey)) {
            return .survey
        }
        if has(RecordAliases.made), has(RecordAliases.names(.title)) { return .suggestions }
        if has(RecordAliases.suggestionWords), !isScored { return .suggestions }
        guard has(RecordAliases.measured) else { return nil }
        if has(RecordAliases.names(.quantity)), has(RecordAliases.names(.value)) { return .readings }
        return isWide(header, names, rows) ? .readings : nil
    }

    /// A time, perhaps a device, and nothing else but numbers.
    private static func isWide(_ header: [String], _ names: [String], _ rows: [[String]]) -> Bool {
        let others = header.indices.filter {
            !RecordAliases.measured.contains(names[$0]) && !RecordAliases.names(.device).contains(names[$0])
                && names[$0] != RecordAliases.deviceOrUnit
        }
        let numbered = Aliases.table.first { $0.field == .id }?.names ?? []
        guard !others.isEmpty, rows.count >= rowsMin, others.allSatisfy({ !numbered.contains(names[$0]) }) else {
            return false
        }
        return others.allSatisfy { column in
            let cells = rows.compactMap { $0.count > column ? $0[column] : nil }
            let filled = cells.filter { !isNone($0.utf8.span) }
            return !filled.isEmpty && filled.allSatisfy { number($0) != nil }
        }
    }

    /// Fewer rows show nothing of what a column holds.
    private static let rowsMin = 3

    static func number(_ text: String) -> Double? { recordNumber(text.utf8.span) }

    /// - Throws: `ConnectorError` when a column that was named is not there, or one that is needed is not found.
    init(_ kind: RecordKind, header: [String], rows: [[String]], options: RecordOptions, path: String)
        throws(ConnectorError)
    {
        self.kind = kind
        let names = header.map(normal)
        var taken: Set<Int> = []
        for (field, column) in options.map.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let place = header.firstIndex(of: column) ?? names.firstIndex(of: normal(column)) else {
                throw .recordsUnclear(
                    path: path, .noSuchColumn(field: field, column: column, found: header))
            }
            columns[field] = place
            taken.insert(place)
        }
        let times =
            switch kind {
            case .survey: RecordAliases.answered + RecordAliases.anyDate + RecordAliases.measured
            case .suggestions: RecordAliases.made + RecordAliases.anyDate + RecordAliases.measured
            case .readings: RecordAliases.measured + RecordAliases.anyDate
            }
        func find(_ field: RecordField, _ wanted: [String]) {
            guard columns[field] == nil else { return }
            for word in wanted {
                guard let place = names.firstIndex(of: word), !taken.contains(place) else { continue }
                columns[field] = place
                taken.insert(place)
                return
            }
        }
        find(.at, times)
        for field in Self.fields(kind) { find(field, RecordAliases.names(field)) }
        if kind == .readings { findReadings(header, names, rows, &taken) }
        if kind == .survey, let score = columns[.score] {
            if RecordAliases.promoter.contains(names[score]) { namedScale = 0...10 }
            if RecordAliases.stars.contains(names[score]) { namedScale = 1...5 }
        }
        let missing = Self.needed(kind).filter { columns[$0] == nil && !(wide.count > 0 && $0 != .at) }
        guard missing.isEmpty else {
            throw .recordsUnclear(path: path, .missing(kind: kind, fields: missing, found: header))
        }
    }

    private mutating func findReadings(
        _ header: [String], _ names: [String], _ rows: [[String]], _ taken: inout Set<Int>
    ) {
        if let place = names.firstIndex(of: RecordAliases.deviceOrUnit), !taken.contains(place) {
            let field: RecordField = columns[.device] == nil ? .device : .unit
            if columns[field] == nil {
                columns[field] = place
                taken.insert(place)
            }
        }
        guard columns[.quantity] == nil || columns[.value] == nil else { return }
        // One column a quantity: every column of numbers, first come first served where two have one name.
        for field in [RecordField.quantity, .value, .unit] {
            if let place = columns.removeValue(forKey: field) { taken.remove(place) }
        }
        var seen: Set<ReadingQuantity> = []
        for column in header.indices where !taken.contains(column) {
            let cells = rows.compactMap { $0.count > column ? $0[column] : nil }.filter { !isNone($0.utf8.span) }
            guard !cells.isEmpty, 2 * cells.count(where: { Self.number($0) != nil }) >= cells.count,
                let quantity = ReadingQuantity(named: header[column]), seen.insert(quantity).inserted
            else { continue }
            wide.append((column, quantity))
        }
    }

    private static func fields(_ kind: RecordKind) -> [RecordField] {
        switch kind {
        case .survey: [.score, .scaleLow, .scaleHigh, .scale, .survey, .comment, .ticket, .service, .segment, .by, .id]
        case .readings: [.device, .quantity, .value, .unit]
        case .suggestions: [.title, .text, .votes, .service, .by, .id]
        }
    }

    private static func needed(_ kind: RecordKind) -> [RecordField] {
        switch kind {
        case .survey: [.at, .score]
        case .readings: [.at, .quantity, .value]
        case .suggestions: [.at, .title]
        }
    }
}

/// A cell as a finite number: with a decimal comma or full stop, with an exponent, with a percent sign; nil for anything else.
func recordNumber(_ cell: Span<UInt8>) -> Double? {
    var count = cell.count
    if count > 0, cell[count - 1] == UInt8(ascii: "%") {
        count -= 1
        while count > 0, cell[count - 1] == 32 || cell[count - 1] == 0xa0 || cell[count - 1] == 0xc2 { count -= 1 }
    }
    guard count > 0, count <= 40 else { return nil }
    let digits = cell.extracting(0..<count)
    if let value = decimal(digits) { return value.isFinite ? value : nil }
    guard let value = Double(string(digits)), value.isFinite else { return nil }
    return value
}
