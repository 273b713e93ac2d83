import Records

/// What one row of a file holds.
public enum RecordRow: Sendable {
    case answer(KeptRecord<SurveyAnswer>)
    case suggestion(KeptRecord<Suggestion>)
    /// None where all values of the row are missing.
    case readings([KeptRecord<Reading>])
}

/// Reads the rows of an inspected file of answers, readings or suggestions, in the order of the file.
///
/// Each row of data gives one call of `each` or, when it cannot be used, of `reject`; never both. Memory is flat for readings.
/// Of answers and suggestions without an id of their own it grows by some 30 bytes a row: equal ones are told apart by how
/// often they occurred.
/// - Parameters:
///   - key: Of the pseudonyms.
///   - each: A row, and its number counted from 1 over all rows of data, bad ones included.
///   - reject: A row that was not taken in, and its number.
/// - Throws: `ConnectorError`, or what `each` and `reject` throw.
public func readRecords(
    _ inspection: RecordInspection, options: RecordOptions, key: [UInt8], each: (RecordRow, Int) throws -> Void,
    reject: (Reject, Int) throws -> Void
) throws -> Doctor {
    let path = inspection.path
    let source = try ByteSource(path: path)
    guard source.byteCount == inspection.byteCount, source.modified == inspection.modified else {
        throw ConnectorError.changedWhileRead(path: path)
    }
    var reader = RowReader(source, dialect: inspection.dialect)
    let width = inspection.header.count
    reader.expect(fields: width)
    var maker = RecordMaker(inspection, options: options, key: key)
    var doctor = Doctor()
    doctor.zone = (options.zone ?? .utc).name
    doctor.isZoneAssumed = inspection.isZoneAssumed && options.zone == nil
    var row = 0
    var above = inspection.dialect.linesAbove + inspection.dialect.headerRows

    func turnDown(_ why: RejectReason, _ reason: String, _ line: Int, _ text: String) throws {
        doctor.rejected[why, default: 0] += 1
        if options.strict { throw ConnectorError.badRow(path: path, line: line, reason: reason) }
        try reject(Reject(file: path, line: line, reason: reason, row: text), row)
    }

    reading: while true {
        let step = try reader.next()
        if case .end = step { break }
        if case .row = step, reader.parser.isBlank { continue }
        if above > 0 {
            above -= 1
            continue
        }
        row += 1
        doctor.rowsRead += 1
        let line = reader.parser.line
        if case .broken(let broken) = step {
            if broken == .endsInsideQuotes { doctor.suspectedCuts.append(.endsInsideQuotes(line: line)) }
            let (why, reason) = told(broken)
            try turnDown(why, reason, line, reader.parser.rawText)
            continue
        }
        if reader.parser.fieldCount < width { doctor.shortRows += 1 }
        switch maker.make(reader.parser) {
        case .success(let record):
            doctor.rowsKept += 1
            try each(record, row)
        case .failure(let problem): try turnDown(problem.why, problem.reason, line, reader.parser.rawText)
        }
    }
    if source.hasChanged { throw ConnectorError.changedWhileRead(path: path) }
    if source.isCut { doctor.suspectedCuts.append(.gzipEndsEarly) }
    return doctor
}

private func told(_ broken: RowParser.Broken) -> (RejectReason, String) {
    switch broken {
    case .tooLong: (.tooLong, "is longer than 4 MiB; look for a missing quotation mark")
    case .quoteNotClosed: (.quoteNotClosed, "a quotation mark is opened and not closed; add it or take it out")
    case .endsInsideQuotes: (.endsInsideQuotes, "the file ends inside quotation marks; export it again")
    }
}

extension Doctor {
    /// Readings in another unit than their quantity is kept in: the store knows that, not the reader.
    public mutating func noteOtherUnits(_ count: Int) {
        if count > 0 { rejected[.unitDiffers, default: 0] += count }
    }
}

/// Why a row is no record.
struct RecordProblem: Error {
    var why: RejectReason
    var reason: String
}

/// Turns rows into records.
struct RecordMaker {
    private let layout: RecordLayout
    private let header: [String]
    private let scale: ClosedRange<Double>?
    private var dates: DateReader
    private var clock: LocalClock
    private var pseudonyms: Pseudonyms
    private var people = Names()
    private var quantities: [String: ReadingQuantity] = [:]
    /// How often each content has occurred.
    private var occurrences: [UInt64: Int32] = [:]

    /// Longer texts are cut: a comment is no document.
    private static let textMax = 20_000
    private static let nameMax = 500

    init(_ inspection: RecordInspection, options: RecordOptions, key: [UInt8]) {
        layout = inspection.layout
        header = inspection.header
        scale = inspection.scale
        dates = DateReader(order: inspection.dateOrder)
        clock = LocalClock(options.zone ?? .utc)
        pseudonyms = Pseudonyms(key: key)
    }

    mutating func make(_ parser: borrowing RowParser) -> Result<RecordRow, RecordProblem> {
        do throws(RecordProblem) {
            let at = try moment(parser)
            let row: RecordRow =
                switch layout.kind {
                case .survey: .answer(try answer(parser, at))
                case .suggestions: .suggestion(try suggestion(parser, at))
                case .readings: .readings(try readings(parser, at))
                }
            return .success(row)
        } catch { return .failure(error) }
    }

    // MARK: Cells

    private func text(_ field: RecordField, _ parser: borrowing RowParser, most: Int = nameMax) -> String {
        withCell(layout.columns[field], of: parser) { cell in
            if isNone(cell) { return "" }
            let whole = string(cell)
            return whole.utf8.count > most ? String(whole.prefix(most)) : whole
        }
    }

    private mutating func moment(_ parser: borrowing RowParser) throws(RecordProblem) -> Moment {
        let column = layout.columns[.at]
        var (reader, clock) = (dates, clock)
        let read = withCell(column, of: parser) { cell in
            isNone(cell) ? DateReader.Result.none : reader.read(cell, &clock)
        }
        (dates, self.clock) = (reader, clock)
        let name = column.map { header[$0] } ?? ""
        switch read {
        case .moment(let moment): return moment
        case .none:
            throw RecordProblem(why: .noTime, reason: "has no time in the column “\(name)”; fill it in")
        case .garbage:
            throw RecordProblem(
                why: .timeUnreadable,
                reason:
                    "the time “\(text(.at, parser))” of the column “\(name)” cannot be read; write it as 2025-03-12 09:41"
            )
        }
    }

    private mutating func person(_ parser: borrowing RowParser) -> String {
        let name = text(.by, parser)
        if name.isEmpty { return "" }
        let pseudonym = pseudonyms.name(of: name.utf8.span, in: &people)
        return people[pseudonym]
    }

    /// The id that the source gave it, or what it says and the how-manieth such row this is.
    private mutating func key(_ parser: borrowing RowParser, _ apart: String, _ content: [String]) -> String {
        let id = text(.id, parser)
        if !id.isEmpty { return "\(apart)#\(id)" }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in content {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
            hash = (hash ^ 0x1F) &* 0x0100_0000_01B3
        }
        let place = occurrences[hash, default: 0] + 1
        occurrences[hash] = place
        return "\(String(hash, radix: 16)).\(place)"
    }

    // MARK: Answers

    private mutating func answer(
        _ parser: borrowing RowParser, _ at: Moment
    ) throws(RecordProblem) -> KeptRecord<SurveyAnswer> {
        let (score, scale) = try score(parser)
        let answer = SurveyAnswer(
            answeredAt: at, survey: text(.survey, parser), scaleLow: scale.lowerBound, scaleHigh: scale.upperBound,
            score: score, comment: text(.comment, parser, most: Self.textMax), ticket: text(.ticket, parser),
            service: text(.service, parser), segment: text(.segment, parser), by: person(parser))
        let content = [
            at.microseconds.description, answer.survey, score?.description ?? "", scale.lowerBound.description,
            scale.upperBound.description, answer.comment, answer.ticket, answer.service, answer.segment, answer.by,
        ]
        return KeptRecord(
            key: key(parser, "survey \(answer.survey)", content), value: answer, line: parser.line)
    }

    private func score(_ parser: borrowing RowParser) throws(RecordProblem) -> (Double?, ClosedRange<Double>) {
        let cell = text(.score, parser)
        let word = normal(cell)
        if RecordAliases.good.contains(word) { return (1, 0...1) }
        if RecordAliases.bad.contains(word) { return (0, 0...1) }
        let scale = try scale(parser)
        if cell.isEmpty || RecordAliases.unanswered.contains(word) { return (nil, scale ?? 0...1) }
        guard let scale else {
            throw RecordProblem(
                why: .offScale, reason: "does not say on which scale its score is; fill in scale_low and scale_high")
        }
        guard let score = recordNumber(cell.utf8.span) else {
            throw RecordProblem(
                why: .numberUnreadable, reason: "the score “\(cell)” is no number; write it with digits")
        }
        guard scale.contains(score) else {
            throw RecordProblem(
                why: .offScale,
                reason: "the score \(cell) lies outside its scale from \(scale.lowerBound) to \(scale.upperBound)")
        }
        return (score, scale)
    }

    private func scale(_ parser: borrowing RowParser) throws(RecordProblem) -> ClosedRange<Double>? {
        let low = text(.scaleLow, parser)
        let high = text(.scaleHigh, parser)
        if !low.isEmpty || !high.isEmpty {
            guard let a = recordNumber(low.utf8.span), let b = recordNumber(high.utf8.span), a < b else {
                throw RecordProblem(
                    why: .offScale,
                    reason: "the scale from “\(low)” to “\(high)” is none; write its lowest and highest score")
            }
            return a...b
        }
        let said = text(.scale, parser)
        if said.isEmpty { return scale }
        if said.contains("%") { return 0...100 }
        if normal(said).contains("nps") { return 0...10 }
        // “Numeric CSAT 1–5”.
        let digits = said.split { !($0.isNumber || $0 == "-" || $0 == "–" || $0 == ".") }
        if let scale = digits.compactMap({ RecordOptions.scale(String($0)) }).first { return scale }
        throw RecordProblem(why: .offScale, reason: "the scale “\(said)” is none; write it as 1-5")
    }

    // MARK: Suggestions

    private mutating func suggestion(
        _ parser: borrowing RowParser, _ at: Moment
    ) throws(RecordProblem) -> KeptRecord<Suggestion> {
        let title = text(.title, parser)
        guard !title.isEmpty else {
            throw RecordProblem(why: .nameMissing, reason: "says nothing in the column of the suggestion; fill it in")
        }
        let votes = text(.votes, parser)
        var suggestion = Suggestion(
            madeAt: at, title: title, text: text(.text, parser, most: Self.textMax), by: person(parser),
            service: text(.service, parser))
        if !votes.isEmpty {
            guard let number = recordNumber(votes.utf8.span), number >= 0, number < 1e9, number == number.rounded()
            else {
                throw RecordProblem(
                    why: .numberUnreadable, reason: "the votes “\(votes)” are no whole number; write it with digits")
            }
            suggestion.votes = Int(number)
        }
        // Votes come later: the suggestion is the same.
        let content = [
            at.microseconds.description, title, suggestion.text, suggestion.by, suggestion.service,
        ]
        let moment = at.description
        return KeptRecord(key: key(parser, "suggestion \(moment)", content), value: suggestion, line: parser.line)
    }

    // MARK: Readings

    private mutating func readings(
        _ parser: borrowing RowParser, _ at: Moment
    ) throws(RecordProblem) -> [KeptRecord<Reading>] {
        let device = text(.device, parser)
        if layout.wide.isEmpty {
            let name = text(.quantity, parser)
            guard let quantity = quantity(name, unit: text(.unit, parser)) else {
                throw RecordProblem(
                    why: .nameMissing, reason: "does not say what was measured in “\(name)”; give the quantity a name")
            }
            guard let value = try value(layout.columns[.value], parser) else { return [] }
            return [record(at, device, quantity, value, parser.line)]
        }
        var records: [KeptRecord<Reading>] = []
        for (column, quantity) in layout.wide {
            guard let value = try value(column, parser) else { continue }
            records.append(record(at, device, quantity, value, parser.line))
        }
        return records
    }

    private mutating func quantity(_ name: String, unit: String) -> ReadingQuantity? {
        let key = "\(name)\u{1F}\(unit)"
        if let known = quantities[key] { return known }
        guard let found = ReadingQuantity(named: name, unit: unit) else { return nil }
        quantities[key] = found
        return found
    }

    /// Nil where there is none.
    private func value(_ column: Int?, _ parser: borrowing RowParser) throws(RecordProblem) -> Double? {
        let (isEmpty, value) = withCell(column, of: parser) { cell -> (Bool, Double?) in
            isNone(cell) ? (true, nil) : (false, recordNumber(cell))
        }
        if isEmpty { return nil }
        guard let value else {
            let cell = withCell(column, of: parser) { string($0) }
            let name = column.map { header[$0] } ?? ""
            throw RecordProblem(
                why: .numberUnreadable,
                reason: "the value “\(cell)” of the column “\(name)” is no number; write it with digits")
        }
        return value
    }

    private func record(
        _ at: Moment, _ device: String, _ quantity: ReadingQuantity, _ value: Double, _ line: Int
    ) -> KeptRecord<Reading> {
        KeptRecord(
            key: "", value: Reading(at: at, device: device, quantity: quantity.name, unit: quantity.unit, value: value),
            line: line)
    }
}
