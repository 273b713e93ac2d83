/// How a table is written: what the reader must know before it can read the first row.
public struct Dialect: Sendable, Equatable, Codable {
    public var encoding: TextEncoding
    /// The byte between two fields: a comma, a semicolon, a tab or a bar.
    public var delimiter: UInt8
    /// Lines above the header: `sep=;`, which Excel writes for itself.
    public var linesAbove: Int
    /// Rows that are not data: 1, or up to 3 in exports of surveys.
    public var headerRows: Int

    public init(encoding: TextEncoding = .utf8, delimiter: UInt8 = 0x2c, linesAbove: Int = 0, headerRows: Int = 1) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.linesAbove = linesAbove
        self.headerRows = headerRows
    }
}

/// The rows of a file, one after another: source, character set and parser in one.
struct RowReader: ~Copyable {
    enum Step { case row, broken(RowParser.Broken), end }

    let source: ByteSource
    private(set) var parser: RowParser
    /// Gathered only when asked for: what the bytes say about their encoding.
    private(set) var evidence = EncodingEvidence()
    /// Zero bytes that were left out; text has none.
    private(set) var zeroBytes = 0

    private let gathersEvidence: Bool
    private let mayHoldZeros: Bool
    private let transcoder: Transcoder?
    private var piece = Piece()
    private var text: [UInt8] = []
    private var isLast = false

    init(_ source: ByteSource, dialect: Dialect, gathersEvidence: Bool = false, mayHoldZeros: Bool = true) {
        self.source = source
        self.gathersEvidence = gathersEvidence
        self.mayHoldZeros = mayHoldZeros
        parser = RowParser(delimiter: dialect.delimiter)
        transcoder = dialect.encoding == .utf8 ? nil : Transcoder(from: dialect.encoding)
    }

    mutating func expect(fields: Int) { parser.expectedFields = fields }

    /// Goes on to the next row. Empty lines are rows of one empty field.
    mutating func next() throws(ConnectorError) -> Step {
        while true {
            switch parser.next(isLast: isLast) {
            case .row: return .row
            case .broken(let why): return .broken(why)
            case .end: return .end
            case .needsMore: try fill()
            }
        }
    }

    private mutating func fill() throws(ConnectorError) {
        // Both buffers are taken out while they are read from, and put back for the next round.
        var piece = Piece()
        var text: [UInt8] = []
        swap(&piece, &self.piece)
        swap(&text, &self.text)
        defer {
            swap(&piece, &self.piece)
            swap(&text, &self.text)
        }
        text.removeAll(keepingCapacity: true)
        guard try source.next(&piece) else {
            isLast = true
            transcoder?.finish(to: &text)
            parser.add(text.span)
            return
        }
        if gathersEvidence { evidence.take(piece.bytes.span.extracting(0..<piece.count)) }
        if let transcoder {
            transcoder.take(piece, to: &text)
            if mayHoldZeros, holdsZero(text.span) {
                let before = text.count
                text.removeAll { $0 == 0 }
                zeroBytes += before - text.count
            }
            parser.add(text.span)
        } else {
            if mayHoldZeros { zeroBytes += dropZeros(&piece) }
            parser.add(piece.bytes.span.extracting(0..<piece.count))
        }
    }
}

/// - Returns: How many there were.
private func dropZeros(_ piece: inout Piece) -> Int {
    guard holdsZero(piece.bytes.span.extracting(0..<piece.count)) else { return 0 }
    let before = piece.count
    var to = 0
    for from in 0..<before where piece.bytes[from] != 0 {
        piece.bytes[to] = piece.bytes[from]
        to += 1
    }
    piece.count = to
    return before - to
}

/// Eight bytes at a time, by the old trick of borrowing from each byte at once (Mycroft, 1987).
private func holdsZero(_ bytes: Span<UInt8>) -> Bool {
    var i = 0
    let raw = unsafe bytes.bytes
    while i + 8 <= bytes.count {
        let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)
        if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
        i += 8
    }
    while i < bytes.count {
        if bytes[i] == 0 { return true }
        i += 1
    }
    return false
}

/// The places in a cell between the blanks around it.
@inline(__always)
func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    var from = 0
    var to = bytes.count
    while from < to, bytes[from] <= 32 { from += 1 }
    while to > from, bytes[to - 1] <= 32 { to -= 1 }
    return from..<to
}
