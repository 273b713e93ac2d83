import Foundation
import Hummingbird

/// Reads `multipart/form-data` as it arrives (RFC 7578): small fields into memory, the file to disk, never more than one
/// piece of it in memory.
///
/// A state machine over bytes: feed it pieces of any size, it gives parts. Cut anywhere, the result is the same.
struct MultipartParser {
    enum Event: Equatable {
        case begin(name: String, filename: String?)
        case bytes([UInt8])
        case end
    }

    private enum State { case preamble, headers, body, done }

    private let boundary: [UInt8]
    private var state = State.preamble
    private var buffer: [UInt8] = []

    /// Headers of one part longer than this are no browser's.
    static let headerBytesMax = 8 * 1024

    init?(contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let range = contentType.range(of: "boundary=")
        else { return nil }
        var value = contentType[range.upperBound...].prefix { $0 != ";" }
        if value.hasPrefix("\"") { value = value.dropFirst().prefix { $0 != "\"" } }
        let bytes = Array(value.utf8)
        // RFC 2046: one to seventy characters.
        guard (1...70).contains(bytes.count) else { return nil }
        boundary = Array("\r\n--".utf8) + bytes
        // The first boundary has no line break before it.
        buffer = [13, 10]
    }

    var isDone: Bool { state == .done }

    mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [Event] {
        if state == .done { return [] }
        buffer += bytes
        var events: [Event] = []
        while true {
            switch state {
            case .preamble:
                guard let at = find(boundary) else {
                    keepTail(boundary.count)
                    return events
                }
                buffer.removeFirst(at + boundary.count)
                state = .headers
            case .headers:
                guard buffer.count >= 2 else { return events }
                if buffer[0] == 45, buffer[1] == 45 {
                    state = .done
                    return events
                }
                guard let at = find([13, 10, 13, 10]) else {
                    if buffer.count > Self.headerBytesMax { throw Refusal.badAddress }
                    return events
                }
                events.append(begin(buffer[..<at]))
                buffer.removeFirst(at + 4)
                state = .body
            case .body:
                guard let at = find(boundary) else {
                    let safe = buffer.count - boundary.count
                    if safe > 0 {
                        events.append(.bytes(Array(buffer[..<safe])))
                        buffer.removeFirst(safe)
                    }
                    return events
                }
                if at > 0 { events.append(.bytes(Array(buffer[..<at]))) }
                events.append(.end)
                buffer.removeFirst(at + boundary.count)
                state = .headers
            case .done: return events
            }
        }
    }

    private mutating func keepTail(_ count: Int) {
        if buffer.count > count { buffer.removeFirst(buffer.count - count) }
    }

    private func find(_ needle: [UInt8]) -> Int? {
        guard buffer.count >= needle.count else { return nil }
        let first = needle[0]
        var i = 0
        let end = buffer.count - needle.count
        while i <= end {
            if buffer[i] == first, buffer[i..<(i + needle.count)].elementsEqual(needle) { return i }
            i += 1
        }
        return nil
    }

    private func begin(_ header: ArraySlice<UInt8>) -> Event {
        var name = ""
        var filename: String?
        for line in String(decoding: header, as: UTF8.self).split(separator: "\r\n") {
            guard line.lowercased().hasPrefix("content-disposition:") else { continue }
            name = parameter("name", in: line) ?? ""
            filename = parameter("filename", in: line)
        }
        return .begin(name: name, filename: filename)
    }

    private func parameter(_ name: String, in line: Substring) -> String? {
        guard let range = line.range(of: "; \(name)=\"") else { return nil }
        return String(line[range.upperBound...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
    }
}

/// A file that came in, on disk, with the other fields of its form.
struct Upload: Sendable {
    var path: String
    var name: String
    var fields: [String: String]

    /// The largest export that is read through a page; larger ones go through the command line.
    static let bytesMax = 2 << 30
    static let fieldBytesMax = 64 * 1024

    /// Takes in a form with a file, or a file alone as the whole body.
    /// - Throws: `Refusal` when there is no file, or too much of one. Nothing is left behind then.
    static func receive(_ ask: Ask, into folder: String) async throws -> Upload {
        let type = ask.headers["content-type"] ?? ""
        let path = folder + "/" + UUID().uuidString
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Refusal.unreadable("The server cannot write to \(folder).") }
        var upload = Upload(path: path, name: "", fields: [:])
        do {
            defer { try? file.close() }
            if let parser = MultipartParser(contentType: type) {
                try await upload.take(ask.body, parser, file)
            } else {
                upload.name = ask.value("name") ?? "upload.csv"
                var size = 0
                for try await piece in ask.body {
                    size += piece.readableBytes
                    if size > bytesMax { throw Refusal.tooLarge(bytes: size, most: bytesMax) }
                    try file.write(contentsOf: Data(piece.readableBytesView))
                }
            }
            // Only the last part of a name: a browser of old sends a whole path.
            upload.name = String(upload.name.split { $0 == "/" || $0 == "\\" }.last ?? "").filter { !$0.isNewline }
            if upload.name.isEmpty { throw Refusal.unreadable("") }
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        return upload
    }

    private mutating func take(_ body: RequestBody, _ start: MultipartParser, _ file: FileHandle) async throws {
        var parser = start
        var field: String?
        var isFile = false
        var size = 0
        for try await piece in body {
            for event in try parser.feed(piece.readableBytesView) {
                switch event {
                case .begin(let part, let filename):
                    isFile = filename != nil
                    field = part
                    if let filename { name = filename }
                case .bytes(let bytes) where isFile:
                    size += bytes.count
                    if size > Self.bytesMax { throw Refusal.tooLarge(bytes: size, most: Self.bytesMax) }
                    try file.write(contentsOf: bytes)
                case .bytes(let bytes):
                    guard let field else { continue }
                    let text = fields[field, default: ""] + String(decoding: bytes, as: UTF8.self)
                    if text.utf8.count > Self.fieldBytesMax {
                        throw Refusal.tooLarge(bytes: text.utf8.count, most: Self.fieldBytesMax)
                    }
                    fields[field] = text
                case .end: field = nil
                }
            }
        }
        if !parser.isDone { throw Refusal.cutOff }
    }
}
