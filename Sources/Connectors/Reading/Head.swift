/// The beginning of a file, from which is told how it is written.
struct Head {
    /// Enough for hundreds of rows.
    static let bytesMax = 256 * 1024
    private static let rowsMax = 100

    let dialect: Dialect
    let header: [String]
    /// The first rows, as texts.
    let rows: [[String]]

    /// - Parameter encoding: Known from reading the whole file; nil to tell from the beginning alone.
    init(_ source: ByteSource, encoding known: TextEncoding? = nil) throws(ConnectorError) {
        var bytes: [UInt8] = []
        var piece = Piece()
        var isWhole = false
        while bytes.count < Self.bytesMax {
            guard try source.next(&piece) else {
                isWhole = true
                break
            }
            bytes.append(contentsOf: piece.bytes[0..<piece.count])
        }
        if bytes.isEmpty {
            if source.isCut { throw .notText(path: source.path, kind: "a damaged gzip file") }
            throw .isEmpty(path: source.path)
        }
        if let kind = Self.otherKind(bytes) { throw .notText(path: source.path, kind: kind) }
        let encoding = known ?? Self.encoding(bytes)
        let text = Self.text(bytes, encoding)
        if encoding != .utf16LittleEndian, encoding != .utf16BigEndian, Self.isBinary(bytes) {
            throw .notText(path: source.path, kind: "a binary file")
        }
        guard text.contains(where: { $0 > 32 && $0 != 0xef && $0 != 0xbb && $0 != 0xbf }) else {
            throw .isEmpty(path: source.path)
        }
        var linesAbove = 0
        var delimiter: UInt8?
        if let said = Self.delimiterSaid(text) {
            linesAbove = 1
            delimiter = said
        }
        let chosen = delimiter ?? Self.delimiter(text, isWhole: isWhole)
        let table = Self.table(text, delimiter: chosen, isWhole: isWhole, rowsMax: Self.rowsMax)
        let all = Array(table.dropFirst(linesAbove))
        let headerRows = Self.headerRows(all)
        dialect = Dialect(encoding: encoding, delimiter: chosen, linesAbove: linesAbove, headerRows: headerRows)
        header = Self.header(all, rows: headerRows)
        rows = Array(all.dropFirst(headerRows))
    }

    // MARK: What kind of file

    private static func otherKind(_ b: [UInt8]) -> String? {
        func begins(_ magic: [UInt8], at place: Int = 0) -> Bool {
            b.count >= place + magic.count && Array(b[place..<place + magic.count]) == magic
        }
        if begins(Array("%PDF".utf8)) { return "a PDF document" }
        if begins([0x50, 0x4b, 3, 4]) { return "an Excel workbook or another ZIP archive" }
        if begins([0xd0, 0xcf, 0x11, 0xe0]) { return "an old Excel workbook or another Office document" }
        if begins(Array("SQLite format 3".utf8)) { return "an SQLite database" }
        if begins([0x89, 0x50, 0x4e, 0x47]) || begins([0xff, 0xd8, 0xff]) || begins(Array("GIF8".utf8)) {
            return "a picture"
        }
        if begins(Array("BZh".utf8)) || begins([0xfd, 0x37, 0x7a, 0x58, 0x5a]) || begins([0x28, 0xb5, 0x2f, 0xfd])
            || begins([0x37, 0x7a, 0xbc, 0xaf])
        {
            return "packed in a way other than gzip"
        }
        if begins([0x1f, 0x8b]) { return "packed twice" }
        if begins(Array("ustar".utf8), at: 257) { return "a tar archive" }
        if begins(Array("\u{7f}ELF".utf8)) { return "a program" }
        let start = b.prefix(64).drop { $0 <= 32 || $0 == 0xef || $0 == 0xbb || $0 == 0xbf }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
        if text.hasPrefix("<?xml") || text.hasPrefix("<log") { return "an XML file" }
        if text.hasPrefix("{\"") || text.hasPrefix("[{") || text.hasPrefix("{\n") { return "a JSON file" }
        return nil
    }

    /// Control characters have no place in a table, though a few stray ones occur.
    private static func isBinary(_ b: [UInt8]) -> Bool {
        let head = b.prefix(8192)
        let strange = head.count { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        return strange * 20 > head.count
    }

    private static func encoding(_ bytes: [UInt8]) -> TextEncoding {
        if let wide = TextEncoding.utf16(bytes.span) { return wide }
        var evidence = EncodingEvidence()
        evidence.take(bytes.span)
        return evidence.decision
    }

    private static func text(_ bytes: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
        var text = bytes
        if encoding != .utf8 {
            text = []
            Transcoder(from: encoding).take(Piece(bytes: bytes, count: bytes.count), to: &text)
        }
        text.removeAll { $0 == 0 }
        return text
    }

    // MARK: How the table is written

    private static let delimiters: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]

    /// The first line `sep=;`, by which Excel tells itself.
    private static func delimiterSaid(_ text: [UInt8]) -> UInt8? {
        var line = text.prefix { $0 != lineFeed && $0 != carriageReturn }
        if line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
        let letters = line.filter { $0 != quote }.map(small)
        guard letters.count == 5, letters.starts(with: Array("sep=".utf8)) else { return nil }
        return letters[4]
    }

    /// The delimiter that divides most rows into as many fields as the header; of equals, that of more fields.
    private static func delimiter(_ text: [UInt8], isWhole: Bool) -> UInt8 {
        var best: (delimiter: UInt8, agreeing: Double, fields: Int)?
        for delimiter in delimiters {
            let rows = table(text, delimiter: delimiter, isWhole: isWhole, rowsMax: rowsMax)
            guard let fields = rows.first?.count, fields > 1 else { continue }
            let agreeing = Double(rows.count { $0.count == fields }) / Double(rows.count)
            if let before = best, (before.agreeing, before.fields) >= (agreeing, fields) { continue }
            best = (delimiter, agreeing, fields)
        }
        return best?.delimiter ?? delimiters[0]
    }

    private static func table(_ text: [UInt8], delimiter: UInt8, isWhole: Bool, rowsMax: Int) -> [[String]] {
        var parser = RowParser(delimiter: delimiter)
        parser.add(text.span)
        var rows: [[String]] = []
        while rows.count < rowsMax {
            guard case .row = parser.next(isLast: isWhole) else { break }
            if parser.isBlank { continue }
            rows.append(parser.texts)
        }
        // A first row longer than the head would leave nothing to tell from.
        if rows.isEmpty, case .row = parser.next(isLast: true) { rows.append(parser.texts) }
        return rows
    }

    // MARK: The header

    /// One row, or up to three in exports of surveys: names, texts of questions, and machine's marks.
    private static func headerRows(_ rows: [[String]]) -> Int {
        for i in 1..<3 where i < rows.count {
            if rows[i].contains(where: { $0.hasPrefix("{\"ImportId\"") }) { return i + 1 }
        }
        // Some column is a number or a date in every row, but the rows just below the first hold none at all.
        guard rows.count >= 4, let width = rows.first?.count else { return 1 }
        for headers in [3, 2] where rows.count >= headers + 2 {
            let data = rows.dropFirst(headers).prefix(20)
            let measured = (0..<width).filter { c in data.allSatisfy { c < $0.count && isMeasured($0[c]) } }
            guard !measured.isEmpty else { continue }
            let isHeader = rows[1..<headers].allSatisfy { row in
                !row.contains(where: isMeasured) && row.contains { !$0.isEmpty }
            }
            if isHeader { return headers }
        }
        return 1
    }

    private static func isMeasured(_ text: String) -> Bool {
        if text.isEmpty { return false }
        if text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 46 || $0 == 44 || $0 == 45 }) { return true }
        switch readDate(text.utf8.span) {
        case .parts, .epoch: return true
        case .none, .garbage: return false
        }
    }

    private static func header(_ all: [[String]], rows: Int) -> [String] {
        guard var names = all.first else { return [] }
        // Qualtrics has the names first; SurveyMonkey has the question first and its parts below.
        guard rows == 2, all.count > 1 else { return names }
        var question = ""
        for i in names.indices {
            if !names[i].isEmpty { question = names[i] }
            let part = i < all[1].count ? all[1][i] : ""
            if names[i].isEmpty { names[i] = question }
            if !part.isEmpty, part != "Response", part != "Open-Ended Response" { names[i] += ": " + part }
        }
        return names
    }
}

extension RowParser {
    /// A line with nothing on it.
    var isBlank: Bool { fieldCount == 1 && fields[0].start == fields[0].end }

    /// The fields of the latest row without the blanks around them.
    var texts: [String] {
        fields[0..<fieldsKept].map { place in
            let cell = window.span.extracting(Int(place.start)..<Int(place.end))
            return string(cell.extracting(trimmed(cell)))
        }
    }
}
