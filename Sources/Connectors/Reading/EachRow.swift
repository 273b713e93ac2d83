/// Reads any delimited file row by row, header first: for tables that are not tickets.
///
/// Encoding and delimiter are found out, and packed files unpacked, as for tickets. Memory is flat. Empty lines are left out.
/// - Parameter body: The fields of a row, and the line on which it begins, counted from 1.
/// - Throws: `ConnectorError`, or what `body` throws.
public func eachRow(of path: String, _ body: ([String], _ line: Int) throws -> Void) throws {
    let head = try Head(ByteSource(path: path, pieceBytes: ByteSource.pieceBytes))
    var reader = RowReader(
        try ByteSource(path: path, pieceBytes: ByteSource.pieceBytes), dialect: head.dialect)
    reader.expect(fields: head.header.count)
    var above = head.dialect.linesAbove
    while true {
        switch try reader.next() {
        case .end: return
        case .broken:
            throw ConnectorError.badRow(
                path: path, line: reader.parser.line, reason: "quotation marks are out of order; mend the row")
        case .row:
            if above > 0 {
                above -= 1
                continue
            }
            if reader.parser.isBlank { continue }
            try body(reader.parser.texts, reader.parser.line)
        }
    }
}
