import Processes
import Records

/// Reads XES, the IEEE standard for event logs (IEEE 1849-2016): `<log><trace><event>`, each with typed attributes.
///
/// A reader of the tags that XES has, and not of all of XML: no entities but the five and numbers (so that no file can make
/// much out of little), nothing outside the file, a bound on depth and on the length of a tag. Memory does not grow with
/// the file, only with the log.
struct XESReader: ~Copyable {
    /// A tag longer than this is no tag of an event log.
    private static let tagBytesMax = 1 << 20
    /// Attributes may hold attributes; nobody nests them deeper.
    private static let depthMax = 100

    private let path: String
    private var window: ByteWindow
    private var file = EventFile()
    private let caseKey: [UInt8]
    private let activityKey: [UInt8]
    private let timeKey: [UInt8]
    private let resourceKey: [UInt8]
    private let format: TimeFormat?
    private var clock = LocalClock(.utc)

    /// How deep the present place is, and how deep the trace and the event around it are; 0 is none.
    private var depth = 0
    private var traceDepth = 0
    private var eventDepth = 0
    private var hasLog = false
    private var traces = 0
    private var caseName = Name.none
    private var activity = Name.none
    private var resource = Name.none
    private var moment: Int64?
    private var badTime: String?
    /// The events of the trace at hand: its name may come after them.
    private var waiting: [(activity: Name, at: Int64, resource: Name)] = []

    static func read(_ path: String, _ options: EventOptions) throws -> EventFile {
        var reader = try XESReader(path, options)
        while let tag = try reader.nextTag() { try reader.take(tag) }
        return try reader.finish()
    }

    private init(_ path: String, _ options: EventOptions) throws {
        var piece = Piece()
        _ = try ByteSource(path: path).next(&piece)
        let encoding = try Self.encoding(piece, path)
        let format = try options.timeFormat.map(TimeFormat.init(said:))
        let source = try ByteSource(path: path)
        self.path = path
        self.format = format
        window = ByteWindow(source, encoding: encoding)
        caseKey = Array((options.caseName ?? "concept:name").utf8)
        activityKey = Array((options.activity ?? "concept:name").utf8)
        timeKey = Array((options.time ?? "time:timestamp").utf8)
        resourceKey = Array((options.resource ?? "org:resource").utf8)
        file.form = .xes
    }

    /// As the first line says; UTF-8 where it says nothing.
    private static func encoding(_ piece: Piece, _ path: String) throws -> TextEncoding {
        if let wide = TextEncoding.utf16(piece.bytes.span.extracting(0..<piece.count)) { return wide }
        let head = String(decoding: piece.bytes[0..<min(piece.count, 200)], as: UTF8.self).lowercased()
        guard let place = head.firstRange(of: "encoding="), let end = head.firstRange(of: "?>"),
            place.upperBound < end.lowerBound
        else { return .utf8 }
        let name = head[place.upperBound..<end.lowerBound].dropFirst().prefix { $0 != "\"" && $0 != "'" }
        switch name {
        case "utf-8", "us-ascii", "ascii": return .utf8
        case "iso-8859-1", "iso-8859-15", "windows-1252", "latin1": return .windows1252
        case "gb18030", "gbk", "gb2312": return .gb18030
        default:
            throw EventFileError(message: "\(path):1: is written in \(name); save it as UTF-8")
        }
    }

    // MARK: Tags

    private enum Tag {
        /// Where its name and what follows it lie in the window, and whether it ends itself.
        case open(name: Range<Int>, rest: Range<Int>, isEmpty: Bool)
        case close
    }

    private mutating func nextTag() throws -> Tag? {
        while try skip(to: UInt8(ascii: "<")) {
            // Enough to tell what kind of tag it is.
            while window.bytes.count - window.i < 9, try window.fetch(keeping: window.i) != nil {}
            let from = window.i
            if begins("<!--") {
                try skip(past: "-->")
            } else if begins("<?") {
                try skip(past: "?>")
            } else if begins("<![CDATA[") {
                try skip(past: "]]>")
            } else if begins("<!") {
                let rest = try tagEnd(from)
                if window.bytes[rest].contains(UInt8(ascii: "[")) {
                    throw broken("declares entities of its own, which event logs do not need; take the declaration out")
                }
            } else if begins("</") {
                _ = try tagEnd(from)
                return .close
            } else {
                let inside = try tagEnd(from)
                var name = inside.lowerBound
                while name < inside.upperBound, window.bytes[name] > 32, window.bytes[name] != UInt8(ascii: "/") {
                    name += 1
                }
                let isEmpty = !inside.isEmpty && window.bytes[inside.upperBound - 1] == UInt8(ascii: "/")
                return .open(
                    name: inside.lowerBound..<name,
                    rest: name..<max(name, inside.upperBound - (isEmpty ? 1 : 0)), isEmpty: isEmpty)
            }
        }
        return nil
    }

    private func begins(_ text: StaticString) -> Bool {
        guard window.bytes.count - window.i >= text.utf8CodeUnitCount else { return false }
        for k in 0..<text.utf8CodeUnitCount where unsafe window.bytes[window.i + k] != text.utf8Start[k] {
            return false
        }
        return true
    }

    /// - Returns: Whether there is such a byte ahead; the window then stands on it.
    private mutating func skip(to byte: UInt8) throws -> Bool {
        while true {
            while window.i < window.bytes.count {
                if window.bytes[window.i] == byte { return true }
                window.i += 1
            }
            if try window.fetch(keeping: window.i) == nil { return false }
        }
    }

    private mutating func skip(past text: StaticString) throws {
        let first = unsafe text.utf8Start[0]
        while try skip(to: first) {
            while window.bytes.count - window.i < 3, try window.fetch(keeping: window.i) != nil {}
            if begins(text) {
                window.i += text.utf8CodeUnitCount
                return
            }
            window.i += 1
        }
        throw broken("ends in the middle of a comment; is the file whole?")
    }

    /// From a `<` to behind its `>`; quoted values may hold one.
    /// - Returns: What lies between, without `<` and `>`.
    private mutating func tagEnd(_ start: Int) throws -> Range<Int> {
        var from = start
        var quoteMark: UInt8 = 0
        window.i = from + 1
        while true {
            while window.i < window.bytes.count {
                let byte = window.bytes[window.i]
                if quoteMark != 0 {
                    if byte == quoteMark { quoteMark = 0 }
                } else if byte == UInt8(ascii: ">") {
                    window.i += 1
                    return from + 1..<window.i - 1
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quoteMark = byte
                }
                window.i += 1
            }
            if window.i - from > Self.tagBytesMax {
                throw broken("has a tag of more than \(Self.tagBytesMax) bytes; is it an event log?")
            }
            guard let moved = try window.fetch(keeping: from) else {
                throw broken("ends in the middle of a tag; is the file whole?")
            }
            from -= moved
        }
    }

    private func broken(_ what: String) -> EventFileError {
        EventFileError(message: "\(path): event \(file.rows + 1): \(what)")
    }

    // MARK: What they mean

    private mutating func take(_ tag: Tag) throws {
        switch tag {
        case .close:
            try leave()
        case .open(let name, let rest, let isEmpty):
            depth += 1
            if depth > Self.depthMax { throw broken("is nested more than \(Self.depthMax) deep; is it an event log?") }
            if is_(name, "event") {
                eventDepth = depth
            } else if is_(name, "trace") {
                traceDepth = depth
                traces += 1
            } else if is_(name, "log") {
                hasLog = true
            } else if eventDepth > 0, depth == eventDepth + 1 {
                try takeEventAttribute(rest)
            } else if traceDepth > 0, eventDepth == 0, depth == traceDepth + 1 {
                try takeTraceAttribute(rest)
            }
            if isEmpty { try leave() }
        }
    }

    private mutating func leave() throws {
        if depth == 0 { throw broken("closes a tag that was never opened") }
        if depth == eventDepth {
            eventDepth = 0
            endEvent()
        } else if depth == traceDepth {
            traceDepth = 0
            endTrace()
        }
        depth -= 1
    }

    private mutating func endEvent() {
        file.rows += 1
        defer {
            activity = .none
            resource = .none
            moment = nil
            badTime = nil
        }
        if activity.isNone {
            file.reject(file.rows, "has no \(String(decoding: activityKey, as: UTF8.self))")
        } else if let moment {
            waiting.append((activity, moment, resource))
        } else {
            file.reject(
                file.rows,
                badTime.map { "its time cannot be read: “\($0)”" }
                    ?? "has no \(String(decoding: timeKey, as: UTF8.self))")
        }
    }

    private mutating func endTrace() {
        if caseName.isNone, !waiting.isEmpty { caseName = file.log.cases.name("trace \(traces)") }
        for event in waiting {
            file.log.add(case: caseName, activity: event.activity, at: event.at, resource: event.resource)
        }
        waiting.removeAll(keepingCapacity: true)
        caseName = .none
    }

    private mutating func finish() throws -> EventFile {
        if depth > 0 { throw broken("ends before all tags are closed; is the file whole?") }
        if !hasLog { throw EventFileError(message: "\(path): has no <log>; is it an event log in XES?") }
        if file.log.count == 0 {
            throw EventFileError(
                message: "\(path): has no event that can be used"
                    + (file.rejects.first.map { "; the first \($0.reason)" } ?? ""))
        }
        return file
    }

    // MARK: Attributes

    private mutating func takeEventAttribute(_ rest: Range<Int>) throws {
        guard let (key, value) = keyAndValue(rest) else { return }
        if same(key, activityKey) {
            activity = try name(value, in: \.activities)
        } else if same(key, timeKey) {
            takeTime(value)
        } else if same(key, resourceKey) {
            resource = try name(value, in: \.resources)
        }
    }

    private mutating func takeTime(_ value: Range<Int>) {
        let bytes = window.bytes
        let cell = bytes.span.extracting(value)
        if let format {
            moment = format.read(cell)
        } else if case .moment(let read) = DateReader.moment(readDate(cell), .dayFirst, &clock) {
            moment = read.microseconds
        }
        if moment == nil { badTime = string(cell) }
    }

    private mutating func takeTraceAttribute(_ rest: Range<Int>) throws {
        guard let (key, value) = keyAndValue(rest), same(key, caseKey) else { return }
        caseName = try name(value, in: \.cases)
    }

    private mutating func name(_ value: Range<Int>, in names: WritableKeyPath<EventLog, Names>) throws -> Name {
        let bytes = window.bytes
        guard bytes[value].contains(UInt8(ascii: "&")) else {
            return file.log[keyPath: names].name(utf8: bytes.span.extracting(value))
        }
        guard let text = decoded(bytes[value]) else {
            throw broken("uses an entity that XES does not have; write it as a character")
        }
        return file.log[keyPath: names].name(text)
    }

    private func same(_ range: Range<Int>, _ key: [UInt8]) -> Bool {
        guard range.count == key.count else { return false }
        for k in key.indices where window.bytes[range.lowerBound + k] != key[k] { return false }
        return true
    }

    private func is_(_ range: Range<Int>, _ name: StaticString) -> Bool {
        // A prefix of a name space (`xes:event`) says nothing here.
        let local = window.bytes[range].lastIndex(of: UInt8(ascii: ":")).map { $0 + 1..<range.upperBound } ?? range
        guard local.count == name.utf8CodeUnitCount else { return false }
        for k in 0..<local.count where unsafe window.bytes[local.lowerBound + k] != name.utf8Start[k] { return false }
        return true
    }

    /// The values of `key="…"` and `value="…"`, in any order.
    private func keyAndValue(_ rest: Range<Int>) -> (key: Range<Int>, value: Range<Int>)? {
        var key: Range<Int>?
        var value: Range<Int>?
        var i = rest.lowerBound
        let bytes = window.bytes
        while i < rest.upperBound {
            while i < rest.upperBound, bytes[i] <= 32 { i += 1 }
            let from = i
            while i < rest.upperBound, bytes[i] > 32, bytes[i] != UInt8(ascii: "=") { i += 1 }
            let length = i - from
            while i < rest.upperBound, bytes[i] != UInt8(ascii: "\""), bytes[i] != UInt8(ascii: "'") { i += 1 }
            guard i < rest.upperBound else { break }
            let mark = bytes[i]
            i += 1
            let begin = i
            while i < rest.upperBound, bytes[i] != mark { i += 1 }
            if length == 3, bytes[from] == UInt8(ascii: "k"), bytes[from + 1] == UInt8(ascii: "e") {
                key = begin..<i
            } else if length == 5, bytes[from] == UInt8(ascii: "v"), bytes[from + 1] == UInt8(ascii: "a") {
                value = begin..<i
            }
            i += 1
        }
        guard let key, let value else { return nil }
        return (key, value)
    }
}

/// Text with the five entities of XML and numbers for characters.
/// - Returns: Nil where another entity is used.
func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var out = ""
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    while let place = rest.firstIndex(of: "&") {
        out += rest[..<place]
        rest = rest[rest.index(after: place)...]
        let longest = 10
        guard let end = rest.prefix(longest).firstIndex(of: ";") else { return nil }
        switch rest[..<end] {
        case "amp": out += "&"
        case "lt": out += "<"
        case "gt": out += ">"
        case "quot": out += "\""
        case "apos": out += "'"
        case let number where number.hasPrefix("#"):
            let digits = number.dropFirst()
            let code =
                digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = code.flatMap(Unicode.Scalar.init) else { return nil }
            out.unicodeScalars.append(scalar)
        default: return nil
        }
        rest = rest[rest.index(after: end)...]
    }
    return out + rest
}
