import Connectors
import Foundation
import Testing

@testable import SeriesFiles

@Suite("Files of anomalies")
struct AnomaliesTests {
    static func scored(_ text: String) throws -> String {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var out: [UInt8] = []
        try anomalies(of: path, shownAs: "x.csv") { out += $0 }
        return String(decoding: out, as: UTF8.self)
    }

    @Test("Time and value are echoed as written, and columns may stand anywhere")
    func echo() throws {
        let text =
            "\u{FEFF}value,extra,timestamp\r\n+1.50,\"a,b\",2024-02-29T10:00:00.250+02:00\r\n\r\n,x,1709200000\n\"2\",y,2024-03-01"
        #expect(
            try Self.scored(text)
                == "timestamp,value,score\n2024-02-29T10:00:00.250+02:00,+1.50,0.0\n1709200000,,0.0\n2024-03-01,\"2\",0.0\n"
        )
    }

    @Test(
        "Bad input is told with its line and what to do",
        arguments: [
            ("", "x.csv:1: is empty; write a header timestamp,value and rows"),
            ("a,b\n", "x.csv:1: the header is not timestamp,value; rename the columns"),
            (
                "timestamp,value\n2024-01-01,1\n2024-01-02\n",
                "x.csv:3: has too few fields for the header; separate them by commas"
            ),
            (
                "timestamp,value\n2023-02-29,1\n",
                "x.csv:2: “2023-02-29” is not a time; write 2024-05-31 13:45:00, or seconds since 1970"
            ),
            (
                "timestamp,value\n2024-01-01 24:00,1\n",
                "x.csv:2: “2024-01-01 24:00” is not a time; write 2024-05-31 13:45:00, or seconds since 1970"
            ),
            ("timestamp,value\n2024-01-01,1e999\n", "x.csv:2: “1e999” is not a number; leave a missing value empty"),
            ("timestamp,value\n\n2024-01-01,1;5\n", "x.csv:3: “1;5” is not a number; leave a missing value empty"),
        ])
    func refused(text: String, message: String) throws {
        #expect(throws: SeriesFileError(message)) { try Self.scored(text) }
    }

    @Test("A packed file is unpacked; one that is cut off is refused at its end")
    func packed() throws {
        let path = NSTemporaryDirectory() + "series-\(UUID().uuidString).csv.gz"
        defer { try? FileManager.default.removeItem(atPath: path) }
        // "timestamp,value\n1,2\n2,3\n", as gzip packs it.
        let bytes: [UInt8] = [
            0x1f, 0x8b, 0x8, 0x0, 0x0, 0x0, 0x0, 0x0, 0x2, 0x3, 0x2b, 0xc9, 0xcc, 0x4d, 0x2d, 0x2e, 0x49, 0xcc, 0x2d,
            0xd0, 0x29, 0x4b, 0xcc, 0x29, 0x4d, 0xe5, 0x32, 0xd4, 0x31, 0xe2, 0x32, 0xd2, 0x31, 0xe6, 0x2, 0x0, 0xc1,
            0xd4, 0xbd, 0xd9, 0x18, 0x0, 0x0, 0x0,
        ]
        var out: [UInt8] = []
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try anomalies(of: path, shownAs: "x.csv.gz") { out += $0 }
        #expect(try String(decoding: out, as: UTF8.self) == Self.scored("timestamp,value\n1,2\n2,3\n"))
        try Data(bytes.dropLast(4)).write(to: URL(fileURLWithPath: path))
        #expect(throws: ConnectorError.notText(path: "x.csv.gz", kind: "a damaged gzip file")) {
            try anomalies(of: path, shownAs: "x.csv.gz") { _ in }
        }
    }

    @Test("A line without an end is refused before memory is full")
    func endless() {
        #expect(throws: SeriesFileError("x.csv:2: has no end within 262144 bytes; is this a CSV file?")) {
            try Self.scored("timestamp,value\n" + String(repeating: "1", count: 600_000))
        }
    }

    @Test("A file that is not there is said to be so")
    func absent() {
        #expect(throws: ConnectorError.noSuchFile(path: "x.csv")) {
            try anomalies(of: "/nowhere/x.csv", shownAs: "x.csv") { _ in }
        }
    }

    @Test("Numbers are read to the last bit, as the standard library reads them")
    func numbers() {
        for text in [
            "0", "-0", "1", "-12.5", "0.1", "123456789.987654321", "9007199254740993", "1e22", "1E-7",
            "0.30000000000000004",
            "98765432109876543210", ".5", "5.", "1.7976931348623157e308", "4.9e-324",
        ] {
            let bytes = Array(text.utf8)
            #expect(decimal(bytes.span, 0..<bytes.count)?.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
        for text in ["-", ".", "1.2.3", "inf", "1,5", "0x10p", "a"] {
            let bytes = Array(text.utf8)
            #expect(decimal(bytes.span, 0..<bytes.count) == nil, "\(text)")
        }
    }

    @Test("Times are seconds since 1970, checked against known ones")
    func times() {
        for (text, seconds, offset) in [
            ("1970-01-01", 0.0, 0.0), ("2000-03-01 00:00:00", 951_868_800, 0),
            ("2024-02-29T12:00:00Z", 1_709_208_000, 0),
            ("2024-02-29T14:00+02:00", 1_709_208_000, 7200), ("1969-12-31 23:59:59.5", -0.5, 0), ("86400", 86_400, 0),
            ("2024-02-29 07:00:00-0500", 1_709_208_000, -18_000),
        ] {
            var reader = TimestampReader()
            let bytes = Array(text.utf8)
            #expect(
                reader.read(bytes.span, 0..<bytes.count) == TimestampReader.Stamp(seconds: seconds, offset: offset),
                "\(text)")
        }
    }

    @Test("However the bytes come, the scores are the same, and a whole line is scored at once")
    func pieces() throws {
        let rows = (0..<400).map { "\($0 * 300),\($0 % 17)" }
        let text = Array(("timestamp,value\n" + rows.joined(separator: "\n") + "\n").utf8)
        var whole = AnomalyStream(named: "x")
        _ = try whole.take(text.span, isEnd: true)
        var parts = AnomalyStream(named: "x")
        var rest: [UInt8] = []
        for byte in text {
            rest.append(byte)
            rest.removeFirst(try parts.take(rest.span, isEnd: false))
            if byte == UInt8(ascii: "\n") { #expect(rest.isEmpty) }
        }
        #expect(parts.output == whole.output)
    }
}
