import Foundation

/// Why a text is no JSON document, and at which byte.
struct JSONFault: Error, Equatable {
    var byte: Int
    var reason: String
}

extension JSON {
    /// Reads a document (RFC 8259) with the order of its members. Members that stand twice, and documents nested deeper than
    /// anything of ours, are faults: two readers could understand them in two ways.
    init(reading bytes: [UInt8]) throws(JSONFault) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }

    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }

    var said: String? { if case .string(let text) = self { text } else { nil } }
    /// A whole number, however it is written: 1.0 is one too.
    var whole: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value) where value == value.rounded() && value.magnitude < 9e15: Int(value)
        default: nil
        }
    }
    var figure: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
    var flag: Bool? { if case .bool(let value) = self { value } else { nil } }
    var items: [JSON]? { if case .array(let items) = self { items } else { nil } }
    var members: [(String, JSON)]? { if case .object(let members) = self { members } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }
}

private struct JSONReader {
    let bytes: [UInt8]
    var at = 0
    var depth = 0

    /// Nothing of ours is nested deeper than a handful.
    static let depthMax = 64

    init(bytes: [UInt8]) {
        self.bytes = bytes
        // A mark that tells the order of bytes, which some systems write.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    mutating func document() throws(JSONFault) -> JSON {
        let value = try value()
        skipBlanks()
        if at < bytes.count { throw fault("something follows the document") }
        return value
    }

    private func fault(_ reason: String) -> JSONFault { JSONFault(byte: at, reason: reason) }

    private mutating func skipBlanks() {
        while at < bytes.count, [32, 9, 10, 13].contains(bytes[at]) { at += 1 }
    }

    private mutating func value() throws(JSONFault) -> JSON {
        skipBlanks()
        guard at < bytes.count else { throw fault("it ends too early") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONFault) -> JSON {
        guard bytes[at...].starts(with: word.utf8) else { throw fault("there is no such value") }
        at += word.utf8.count
        return value
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        at += 1
        if depth > Self.depthMax { throw fault("it is nested too deep") }
        skipBlanks()
    }

    private mutating func object() throws(JSONFault) -> JSON {
        try enter()
        var members: [(String, JSON)] = []
        var names: Set<String> = []
        if take("}") {
            depth -= 1
            return .object([])
        }
        while true {
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("a member's name is missing") }
            let name = try string()
            if !names.insert(name).inserted { throw fault("the member “\(name)” stands twice") }
            skipBlanks()
            guard take(":") else { throw fault("a colon is missing") }
            members.append((name, try value()))
            skipBlanks()
            if take(",") { continue }
            guard take("}") else { throw fault("a comma or a closing brace is missing") }
            depth -= 1
            return .object(members)
        }
    }

    private mutating func array() throws(JSONFault) -> JSON {
        try enter()
        var items: [JSON] = []
        if take("]") {
            depth -= 1
            return .array([])
        }
        while true {
            items.append(try value())
            skipBlanks()
            if take(",") { continue }
            guard take("]") else { throw fault("a comma or a closing bracket is missing") }
            depth -= 1
            return .array(items)
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func number() throws(JSONFault) -> JSON {
        let start = at
        while at < bytes.count, "+-0123456789.eE".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        // Leading zeros and a sign before a number mean something else elsewhere.
        let isSound =
            digits.first?.isNumber == true && !text.hasPrefix("--") && !text.hasSuffix(".")
            && !(digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true) && !digits.contains(".e")
            && !digits.contains(".E")
        if isSound {
            if let whole = Int(text) { return .integer(whole) }
            if let value = Double(text), value.isFinite { return .number(value) }
        }
        at = start
        throw fault("there is no such value")
    }

    private mutating func string() throws(JSONFault) -> String {
        at += 1
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw fault("the text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): out += Array(String(try escaped()).utf8)
            case ..<0x20: throw fault("a control character stands in a text; write it as \\u00XX")
            default: out.append(byte)
            }
        }
        throw fault("a text does not end")
    }

    private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
        guard at < bytes.count else { throw fault("a text does not end") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try unit()
            if (0xD800..<0xDC00).contains(code), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
                bytes[at + 1] == UInt8(ascii: "u")
            {
                at += 2
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a character is missing") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half of a character is missing") }
            return scalar
        default: throw fault("there is no such escape")
        }
    }

    private mutating func unit() throws(JSONFault) -> UInt32 {
        guard at + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
        else { throw fault("an escape has four hexadecimal digits") }
        at += 4
        return value
    }
}
