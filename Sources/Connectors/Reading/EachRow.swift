/// The cells of one row, as bytes: for tables of numbers, where a text for each cell would cost more than all else.
public struct Cells {
    /// The bytes in which the cells lie.
    public let bytes: [UInt8]
    private let fields: [FieldPlace]
    public let count: Int

    init(_ parser: borrowing RowParser) {
        bytes = parser.window
        fields = parser.fields
        count = parser.fieldsKept
    }

    /// Where in `bytes` a cell lies, without the blanks around it.
    public func place(_ i: Int) -> Range<Int> {
        let field = fields[i]
        var from = Int(field.start)
        var to = Int(field.end)
        while from < to, bytes[from] <= 32 { from += 1 }
        while to > from, bytes[to - 1] <= 32 { to -= 1 }
        return from..<to
    }

    public func text(_ i: Int) -> String { string(bytes.span.extracting(place(i))) }

    public var texts: [String] { (0..<count).map(text) }
}

/// Reads any delimited file row by row, header first: for tables that are not tickets.
///
/// Encoding and delimiter are found out, and packed files unpacked, as for tickets. Memory is flat. Empty lines are left out.
/// - Parameter body: The fields of a row, and the line on which it begins, counted from 1.
/// - Throws: `ConnectorError`, or what `body` throws.
public func eachRow(of path: String, _ body: ([String], _ line: Int) throws -> Void) throws {
    try eachRowOfCells(of: path) { cells, line in try body(cells.texts, line) }
}

/// The same, the cells as bytes. A row must not be kept: the reader would then copy its buffers.
public func eachRowOfCells(of path: String, _ body: (Cells, _ line: Int) throws -> Void) throws {
    let head = try Head(ByteSource(path: path, pieceBytes: ByteSource.pieceBytes))
    let source = try ByteSource(path: path, pieceBytes: ByteSource.pieceBytes)
    var reader = RowReader(source, dialect: head.dialect)
    reader.expect(fields: head.header.count)
    var above = head.dialect.linesAbove
    while true {
        switch try reader.next() {
        case .end:
            try source.checkWhole()
            return
        case .broken:
            throw ConnectorError.badRow(
                path: path, line: reader.parser.line, reason: "quotation marks are out of order; mend the row")
        case .row:
            if above > 0 {
                above -= 1
                continue
            }
            if reader.parser.isBlank { continue }
            try body(Cells(reader.parser), reader.parser.line)
        }
    }
}

/// Hands over the bytes of a file as they come, unpacked where they are packed with gzip.
/// - Parameters:
///   - path: A file, or `-` for standard input, of which no more is waited for than there is.
///   - name: What it is called in errors.
///   - body: Takes some bytes, never none. They must not be kept: the reader would then copy its buffer.
/// - Throws: `ConnectorError`, or what `body` throws.
public func eachPiece(of path: String, shownAs name: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let source =
        path == "-" ? try ByteSource(standardInputShownAs: name) : try ByteSource(path: path, shownAs: name)
    var piece = Piece()
    while try source.next(&piece) { try body(piece.bytes[0..<piece.count]) }
    try source.checkWhole()
}
