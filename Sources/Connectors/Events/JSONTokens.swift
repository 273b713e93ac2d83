/// JSON, token by token, from a file that need not fit into memory (RFC 8259).
struct JSONTokens: ~Copyable {
    enum Token: Equatable {
        case beginObject, endObject, beginArray, endArray
        case string(String)
        /// As it is written.
        case number(String)
        case bool(Bool)
        case null
        /// A colon or a comma.
        case colon, comma
        case end
    }

    /// A text longer than this is not read: it would have to be held in memory.
    private static let stringBytesMax = 1 << 24

    private let path: String
    private var window: ByteWindow
    /// Lines before the place at hand, for messages.
    private(set) var line = 1

    init(_ path: String, _ source: ByteSource) {
        self.path = path
        window = ByteWindow(source)
    }

    func broken(_ what: String) -> EventFileError { EventFileError(message: "\(path):\(line): \(what)") }

    mutating func next() throws -> Token {
        while let byte = try peek() {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                window.i += 1
            case 0...32, 0xef, 0xbb, 0xbf: window.i += 1
            case UInt8(ascii: "{"): return single(.beginObject)
            case UInt8(ascii: "}"): return single(.endObject)
            case UInt8(ascii: "["): return single(.beginArray)
            case UInt8(ascii: "]"): return single(.endArray)
            case UInt8(ascii: ":"): return single(.colon)
            case UInt8(ascii: ","): return single(.comma)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
            default: throw broken("is not JSON; is the file whole, and of the right kind?")
            }
        }
        return .end
    }

    /// The next byte that is not blank, which stays where it is; nil at the end.
    mutating func peekMark() throws -> UInt8? {
        while let byte = try peek() {
            if byte > 32 { return byte }
            if byte == UInt8(ascii: "\n") { line += 1 }
            window.i += 1
        }
        return nil
    }

    private mutating func peek() throws -> UInt8? {
        while window.i >= window.bytes.count { if try window.fetch(keeping: window.i) == nil { return nil } }
        return window.bytes[window.i]
    }

    private mutating func single(_ token: Token) -> Token {
        window.i += 1
        return token
    }

    private mutating func word(_ text: StaticString, _ token: Token) throws -> Token {
        for k in 0..<text.utf8CodeUnitCount {
            guard unsafe try peek() == text.utf8Start[k] else { throw broken("is not JSON; is the file whole?") }
            window.i += 1
        }
        return token
    }

    private mutating func number() throws -> String {
        var out: [UInt8] = []
        let longest = 400
        while let byte = try peek(), "+-.0123456789eE".utf8.contains(byte) {
            out.append(byte)
            if out.count > longest { throw broken("has a number of more than \(longest) digits") }
            window.i += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func string() throws -> String {
        window.i += 1
        var out: [UInt8] = []
        while let byte = try peek() {
            window.i += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&out)
            case UInt8(ascii: "\n"): throw broken("has a text that does not end on its line")
            default: out.append(byte)
            }
            if out.count > Self.stringBytesMax { throw broken("has a text of more than \(Self.stringBytesMax) bytes") }
        }
        throw broken("ends in the middle of a text; is the file whole?")
    }

    private mutating func escape(_ out: inout [UInt8]) throws {
        guard let byte = try peek() else { throw broken("ends in the middle of a text; is the file whole?") }
        window.i += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "u"):
            var code = try hexadecimalUnit()
            if code & 0xfc00 == 0xd800 {
                // The second half of a pair (RFC 8259, 7).
                let first = code
                code = 0xfffd
                if try peek() == UInt8(ascii: "\\") {
                    window.i += 1
                    guard try peek() == UInt8(ascii: "u") else { throw broken("has half a character") }
                    window.i += 1
                    let second = try hexadecimalUnit()
                    if second & 0xfc00 == 0xdc00 { code = 0x10000 + (first & 0x3ff) << 10 + second & 0x3ff }
                }
            }
            let scalar = Unicode.Scalar(code) ?? "\u{fffd}"
            out += Array(String(Character(scalar)).utf8)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        default: throw broken("has an escape that JSON does not know")
        }
    }

    private mutating func hexadecimalUnit() throws -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw broken("has a character number that is none")
            }
            code = code << 4 | UInt32(digit)
            window.i += 1
        }
        return code
    }
}
