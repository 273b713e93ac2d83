import Records

/// How far a reading has come.
public struct Progress: Sendable {
    /// Bytes of the file as they lie on disk.
    public let bytesRead: Int
    public let byteCount: Int
    public let rowsRead: Int
}

/// Reads the rows of an inspected file as tickets, in the order of the file.
///
/// Each row of data gives one ticket with `line` set; putting rows of the same ticket together is the caller's work. A row
/// that cannot be used goes to `reject` and reading goes on, unless `options.strict`. Memory is flat.
/// - Parameters:
///   - skippingRows: Rows at the start that were read before and are passed over, bad ones included: the row number
///     that `each` or `reject` was last at. They are not in the doctor's counts.
///   - names: Handed on to `each`, because a ticket means something only together with them.
///   - each: A ticket, the number of its row (counted from 1 over all rows of data, bad ones included), and the names.
///   - reject: A row that was not taken in, with its line and reason.
/// - Throws: The inspection's `obstacle`, a `ConnectorError`, or what `each` and `reject` throw.
public func read(
    _ inspection: Inspection, options: ReadingOptions, skippingRows: Int = 0, names: inout Names,
    pseudonyms: inout Pseudonyms, each: (Ticket, Int, inout Names) throws -> Void,
    reject: (Reject) throws -> Void, progress: ((Progress) -> Void)? = nil
) throws -> Doctor {
    if let obstacle = inspection.obstacle { throw obstacle }
    let path = inspection.path
    let source = try ByteSource(path: path, pieceBytes: inspection.pieceBytes)
    guard source.byteCount == inspection.byteCount, source.modified == inspection.modified else {
        throw ConnectorError.changedWhileRead(path: path)
    }
    var reader = RowReader(source, dialect: inspection.dialect, mayHoldZeros: inspection.hasZeros)
    let width = inspection.header.count
    reader.expect(fields: width)
    var maker = TicketMaker(inspection, options: options)
    var notes = DoctorsNotes()
    notes.doctor.zone = (options.zone ?? .utc).name
    notes.doctor.isZoneAssumed = inspection.questions.contains { if case .zoneNotWritten = $0 { true } else { false } }

    var rowNumber = 0
    var above = inspection.dialect.linesAbove + inspection.dialect.headerRows
    var lastShort: (line: Int, fields: Int)?

    func turnDown(_ why: RejectReason, _ reason: String, line: Int, row: String) throws {
        notes.doctor.rejected[why, default: 0] += 1
        if options.strict { throw ConnectorError.badRow(path: path, line: line, reason: reason) }
        try reject(Reject(file: path, line: line, reason: reason, row: row))
    }

    rows: while true {
        switch try reader.next() {
        case .end: break rows
        case .broken(let broken):
            if above > 0 {
                above -= 1
                continue
            }
            rowNumber += 1
            if rowNumber <= skippingRows { continue }
            notes.doctor.rowsRead += 1
            let line = reader.parser.line
            let row = reader.parser.rawText
            switch broken {
            case .tooLong:
                try turnDown(.tooLong, "is longer than 4 MiB; look for a missing quotation mark", line: line, row: row)
            case .quoteNotClosed:
                try turnDown(
                    .quoteNotClosed, "a quotation mark is opened and not closed; add it or take it out", line: line,
                    row: row)
            case .endsInsideQuotes:
                notes.doctor.suspectedCuts.append(.endsInsideQuotes(line: line))
                try turnDown(
                    .endsInsideQuotes, "the file ends inside quotation marks; export it again", line: line, row: row)
            }
        case .row:
            if reader.parser.isBlank { continue }
            if above > 0 {
                above -= 1
                continue
            }
            rowNumber += 1
            if rowNumber <= skippingRows { continue }
            notes.doctor.rowsRead += 1
            let line = reader.parser.line
            lastShort = nil
            if reader.parser.fieldCount != width {
                if reader.parser.fieldCount < width {
                    notes.doctor.shortRows += 1
                    lastShort = (line, reader.parser.fieldCount)
                } else if reader.parser.holdsMore(than: width) {
                    try turnDown(
                        .tooManyFields,
                        "has \(reader.parser.fieldCount) fields, the header has \(width); put quotes around texts that "
                            + "hold the delimiter", line: line, row: reader.parser.rawText)
                    continue
                }
            }
            switch maker.make(reader.parser, &notes, &names, &pseudonyms) {
            case .ticket(let ticket):
                notes.doctor.rowsKept += 1
                if ticket.status.isVoid { notes.doctor.voided += 1 }
                notes.openedAt(ticket.openedAt)
                try each(ticket, rowNumber, &names)
            case .rejected(let why, let reason):
                try turnDown(why, reason, line: line, row: reader.parser.rawText)
            }
            if rowNumber & 4095 == 0 {
                progress?(
                    Progress(bytesRead: source.bytesRead, byteCount: source.byteCount, rowsRead: notes.doctor.rowsRead))
            }
        }
    }
    if source.hasChanged { throw ConnectorError.changedWhileRead(path: path) }
    progress?(Progress(bytesRead: source.bytesRead, byteCount: source.byteCount, rowsRead: notes.doctor.rowsRead))

    if let (line, fields) = lastShort {
        notes.doctor.suspectedCuts.append(.lastRowShort(line: line, fields: fields, expected: width))
    }
    if source.isCut { notes.doctor.suspectedCuts.append(.gzipEndsEarly) }
    notes.doctor.zeroBytes = reader.zeroBytes
    notes.findRoundNumber()
    notes.findGaps()
    maker.finish(&notes)
    return notes.doctor
}

extension RowParser {
    /// Whether a field behind the last column has a value: exports often end their rows with a delimiter too many.
    fileprivate func holdsMore(than width: Int) -> Bool {
        if fieldCount > fieldsKept { return true }
        return fields[width..<fieldsKept].contains { place in
            let cell = window.span.extracting(Int(place.start)..<Int(place.end))
            return !trimmed(cell).isEmpty
        }
    }
}
