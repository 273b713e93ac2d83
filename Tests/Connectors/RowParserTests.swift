import Testing

@testable import Connectors

@Suite("Rows of a table")
struct RowParserTests {
    @Test("Nothing is no row; one line end is one empty row")
    func nothing() {
        #expect(parse("").isEmpty)
        #expect(parse("\n") == [[""]])
        #expect(parse("a") == [["a"]])
    }

    @Test("CR, LF and CRLF end a row; the last needs none")
    func lineEnds() {
        let expected = [["a", "b"], ["c", "d"], ["e", "f"]]
        #expect(parse("a,b\nc,d\ne,f") == expected)
        #expect(parse("a,b\rc,d\re,f\r") == expected)
        #expect(parse("a,b\r\nc,d\r\ne,f\r\n") == expected)
        #expect(parse("a,b\rc,d\r\ne,f\n") == expected)
    }

    @Test("Quotes hold delimiters, line breaks and doubled quotes")
    func quotes() {
        #expect(parse("\"a,b\",\"c\nd\",\"e\"\"f\"\n\"\",x") == [["a,b", "c\nd", "e\"f"], ["", "x"]])
        #expect(parse("\"\"\"\",\"\"\"a\"\"\"") == [["\"", "\"a\""]])
    }

    @Test("A quote inside a field is a letter; text behind a closing quote belongs to the field")
    func looseQuotes() {
        #expect(parse("a\"b,5\" disk\n\"a\"b,c") == [["a\"b", "5\" disk"], ["ab", "c"]])
    }

    @Test("A delimiter at the end makes one more, empty field")
    func lastDelimiter() {
        #expect(parse("a,b,\nc,d,") == [["a", "b", ""], ["c", "d", ""]])
    }

    @Test("The mark of UTF-8 is not part of the first name")
    func mark() { #expect(parse([0xef, 0xbb, 0xbf] + Array("a,b".utf8)) == [["a", "b"]]) }

    @Test("Lines are counted as an editor does, also inside quotes")
    func lines() {
        var parser = RowParser(delimiter: 0x2c)
        parser.add(Array("h,h\r\n\"a\r\nb\rc\nd\",1\n\nx,y".utf8).span)
        var lines: [Int] = []
        while case .row = parser.next(isLast: true) { lines.append(parser.line) }
        #expect(lines == [1, 2, 6, 7])
    }

    @Test("A quote that is never closed costs one row and not the rest of the file")
    func neverClosed() {
        var parser = RowParser(delimiter: 0x2c)
        parser.expectedFields = 2
        parser.add(Array("a,b\n\"oops,1\nc,2\nd,3\n".utf8).span)
        var rows: [[String]] = []
        var broken: [RowParser.Broken] = []
        loop: while true {
            switch parser.next(isLast: true) {
            case .row: rows.append(parser.wholeTexts)
            case .broken(let why):
                broken.append(why)
                #expect(parser.line == 2)
                #expect(parser.rawText == "\"oops,1")
            default: break loop
            }
        }
        #expect(broken == [.quoteNotClosed])
        #expect(rows == [["a", "b"], ["c", "2"], ["d", "3"]])
    }

    @Test("A quote closed by a later row's quote is found out, and the rows between are kept")
    func closedByAnother() {
        let rows = parse("a,b\n\"x,1\ny,2\n\"z\",3\n")
        #expect(rows == [["a", "b"], ["<quoteNotClosed>", "2"], ["y", "2"], ["z", "3"]])
    }

    @Test("A file that ends inside quotes gives its rows before that")
    func cut() {
        #expect(parse("a,b\n1,2\n3,\"cut he") == [["a", "b"], ["1", "2"], ["<endsInsideQuotes>", "3"]])
    }

    @Test("A row beyond all measure is given up, and the next one is read")
    func tooLong() {
        let long = [UInt8](repeating: 0x78, count: 70_000)
        let bytes = Array("a,b\n".utf8) + long + Array("\n1,2\n".utf8)
        #expect(parse(bytes, pieceBytes: 4096, rowBytesMax: 32_768) == [["a", "b"], ["<tooLong>", "2"], ["1", "2"]])
        let quoted = Array("a,b\n\"".utf8) + long + Array("\n1,2\n".utf8)
        #expect(
            parse(quoted, pieceBytes: 4096, rowBytesMax: 32_768) == [["a", "b"], ["<tooLong>", "2"], ["1", "2"]])
    }

    @Test("More fields than any table has are counted and not kept")
    func manyFields() {
        var parser = RowParser(delimiter: 0x2c)
        parser.add([UInt8](repeating: 0x2c, count: 100_000).span)
        guard case .row = parser.next(isLast: true) else {
            Issue.record("not a row")
            return
        }
        #expect(parser.fieldCount == 100_001)
        #expect(parser.fieldsKept == RowParser.fieldsMax)
    }

    @Test("However the bytes are cut into pieces, the rows are the same", arguments: [1, 2, 3, 5, 7, 8, 9, 64])
    func pieces(size: Int) {
        let texts = [
            "a,b\r\n\"x\r\ny\",\"q\"\"q\"\r\n,\r\n\"t\"ail,z\r\n\r\nlast,\"",
            "a,b\n\"x,1\ny,2\n\"z\",3\n", "a\r\rb\r\n\r\nc", "\u{feff}n,m\n\"ø\",æ", "\"\"\"\"\n\"\"\n\"a\"\r",
        ]
        for text in texts { #expect(parse(text, pieceBytes: size) == parse(text)) }
    }

    @Test("Random tables come back as they were written, whatever the delimiter, quoting, line ends and pieces")
    func randomTables() {
        let letters: [String] = [
            "a", "Z", "1", " ", "\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "ø", "网", "😀", "'", "\\",
        ]
        for seed in 0..<200 {
            var random = Seeded(state: UInt64(seed))
            let delimiter = [",", ";", "\t", "|"].randomElement(using: &random)!
            let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random)!
            let columns = Int.random(in: 1...6, using: &random)
            var table: [[String]] = []
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                table.append(
                    (0..<columns).map { _ in
                        (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random)! }
                            .joined()
                    })
            }
            var text = ""
            for row in table {
                let cells = row.map { cell in
                    let must =
                        cell.contains(delimiter)
                        || cell.unicodeScalars.contains { "\r\n\"".unicodeScalars.contains($0) }
                    return must || Bool.random(using: &random)
                        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
                }
                text += cells.joined(separator: delimiter) + lineEnd
            }
            let size = [1, 2, 3, 17, 1000].randomElement(using: &random)!
            let back = parse(text, delimiter: delimiter.utf8.first!, pieceBytes: size)
            #expect(back == table, "seed \(seed)")
        }
    }
}
