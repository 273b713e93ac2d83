import Foundation
import Records

@testable import Connectors

/// A file for one test, in a folder of its own.
func withFile<T>(_ bytes: [UInt8], named name: String = "export.csv", _ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("connectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name)
    try Data(bytes).write(to: path)
    return try body(path.path)
}

/// What came out of a file.
struct Reading {
    var inspection: Inspection
    var tickets: [Ticket] = []
    var rowNumbers: [Int] = []
    var rejects: [Reject] = []
    var names = Names()
    var doctor: Doctor

    func name(_ dimension: Records.Dimension, _ i: Int = 0) -> String { names[tickets[i].attributes[dimension]] }
}

let testKey: [UInt8] = Array(0..<32)

func readPath(
    _ path: String, _ options: ReadingOptions = ReadingOptions(), pieceBytes: Int = ByteSource.pieceBytes,
    skippingRows: Int = 0
) throws -> Reading {
    let inspection = try inspect(path, options: options, pieceBytes: pieceBytes)
    var names = Names()
    var pseudonyms = Pseudonyms(key: testKey)
    var tickets: [Ticket] = []
    var numbers: [Int] = []
    var rejects: [Reject] = []
    let doctor = try read(
        inspection, options: options, skippingRows: skippingRows, names: &names, pseudonyms: &pseudonyms,
        each: { ticket, number, _ in
            tickets.append(ticket)
            numbers.append(number)
        }, reject: { rejects.append($0) })
    return Reading(
        inspection: inspection, tickets: tickets, rowNumbers: numbers, rejects: rejects, names: names, doctor: doctor)
}

func readBytes(
    _ bytes: [UInt8], _ options: ReadingOptions = ReadingOptions(), pieceBytes: Int = ByteSource.pieceBytes
) throws -> Reading {
    try withFile(bytes) { try readPath($0, options, pieceBytes: pieceBytes) }
}

func readText(
    _ text: String, _ options: ReadingOptions = ReadingOptions(), pieceBytes: Int = ByteSource.pieceBytes
) throws -> Reading {
    try readBytes(Array(text.utf8), options, pieceBytes: pieceBytes)
}

/// The error that a file's inspection or reading ends in.
func failure(_ body: () throws -> Void) -> ConnectorError? {
    do {
        try body()
        return nil
    } catch let error as ConnectorError {
        return error
    } catch {
        return nil
    }
}

/// All rows of a table, through the parser alone, added in pieces of a given size.
func parse(
    _ bytes: [UInt8], delimiter: UInt8 = 0x2c, pieceBytes: Int = .max, rowBytesMax: Int = RowParser.rowBytesMax
) -> [[String]] {
    var parser = RowParser(delimiter: delimiter, rowBytesMax: rowBytesMax)
    var rows: [[String]] = []
    var next = 0
    while true {
        switch parser.next(isLast: next == bytes.count) {
        case .row: rows.append(parser.wholeTexts)
        case .broken(let why): rows.append(["<\(why)>", String(parser.line)])
        case .end: return rows
        case .needsMore:
            let end = pieceBytes > bytes.count - next ? bytes.count : next + pieceBytes
            parser.add(Array(bytes[next..<end]).span)
            next = end
        }
    }
}

func parse(_ text: String, delimiter: UInt8 = 0x2c, pieceBytes: Int = .max) -> [[String]] {
    parse(Array(text.utf8), delimiter: delimiter, pieceBytes: pieceBytes)
}

extension RowParser {
    /// The fields with their blanks.
    var wholeTexts: [String] {
        (0..<fieldsKept).map { string(window.span.extracting(Int(fields[$0].start)..<Int(fields[$0].end))) }
    }
}

/// A generator with a seed, so that a failing case can be had again: SplitMix64 (Steele, Lea and Flood, 2014).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

func moment(_ text: String) -> Moment? { Moment(rfc3339: text) }
