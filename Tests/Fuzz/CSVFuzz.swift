// Feeds whatever libFuzzer thinks of to the reader's lower half: encodings, rows, dates, numbers.
//
// The first byte chooses the delimiter and the size of the pieces. Rows read in pieces must be those read at once; the
// rest must only come to an end without a failure. Built together with the sources by `Tests/Fuzz/run`.

import Records

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 1 else { return 0 }
    let all = Array(UnsafeBufferPointer(start: start, count: count))
    let choice = all[0]
    let bytes = Array(all.dropFirst())
    if choice & 0x80 != 0 {
        fuzzEvents(bytes)
        return 0
    }
    let delimiter: UInt8 = [0x2c, 0x3b, 0x09, 0x7c][Int(choice & 3)]
    let size = [1, 2, 3, 7, 8, 64, 1000, 262_144][Int(choice >> 2 & 7)]

    let whole = rows(bytes, delimiter, pieceBytes: bytes.count)
    let pieces = rows(bytes, delimiter, pieceBytes: size)
    precondition(whole == pieces, "Rows do not depend on how the bytes were cut")

    var evidence = EncodingEvidence()
    evidence.take(bytes.span)
    var inTwo = EncodingEvidence()
    let middle = bytes.count / 2
    inTwo.take(Array(bytes[..<middle]).span)
    inTwo.take(Array(bytes[middle...]).span)
    precondition(evidence.decision == inTwo.decision, "Evidence does not depend on how the bytes were cut")
    precondition(
        evidence.utf8Errors > 0 || String(validating: bytes.dropLast(4), as: UTF8.self) != nil || count < 8
            || !isCharacterStart(bytes, bytes.count - 4), "What is valid here is valid UTF-8")

    for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian, .windows1252, .gb18030] {
        let transcoder = Transcoder(from: encoding)
        var text: [UInt8] = []
        transcoder.take(Piece(bytes: bytes, count: bytes.count), to: &text)
        transcoder.finish(to: &text)
        precondition(String(validating: text, as: UTF8.self) != nil, "What was converted is UTF-8")
    }

    let source = ByteSource(bytes: bytes, pieceBytes: size)
    if let head = try? Head(source) { precondition(head.dialect.headerRows <= 3) }
    _ = looksGarbled(bytes.span)
    return 0
}

private func isCharacterStart(_ bytes: [UInt8], _ i: Int) -> Bool {
    i >= 0 && i < bytes.count && bytes[i] & 0xc0 != 0x80
}

private func rows(_ bytes: [UInt8], _ delimiter: UInt8, pieceBytes: Int) -> [[[UInt8]]] {
    var parser = RowParser(delimiter: delimiter)
    parser.expectedFields = 3
    var clock = LocalClock(.utc)
    var rows: [[[UInt8]]] = []
    var taken = 0
    while true {
        switch parser.next(isLast: taken == bytes.count) {
        case .row:
            var row: [[UInt8]] = [Array(String(parser.line).utf8)]
            for place in parser.fields[0..<parser.fieldsKept] {
                let cell = parser.window.span.extracting(Int(place.start)..<Int(place.end))
                var copy: [UInt8] = []
                for i in cell.indices { copy.append(cell[i]) }
                row.append(copy)
                let value = cell.extracting(trimmed(cell))
                _ = DateReader.moment(readDate(value), .dayFirst, &clock)
                _ = decimal(value)
                _ = minutes(value, per: 60)
                _ = count(value)
                _ = string(value)
            }
            rows.append(row)
        case .broken(let why): rows.append([Array("\(why) \(parser.line) \(parser.rawText)".utf8)])
        case .end: return rows
        case .needsMore:
            let end = min(bytes.count, taken + max(1, pieceBytes))
            parser.add(Array(bytes[taken..<end]).span)
            taken = end
        }
    }
}
