/// How the letters of a file are written as bytes.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// Holds ISO-8859-1 too: they differ only in bytes that ISO-8859-1 leaves to control codes.
    case windows1252 = "Windows-1252"
    case gb18030 = "GB18030"

    /// What UTF-16 shows in its first bytes: a mark, or the zero bytes of its ASCII letters all in even or odd places.
    static func utf16(_ head: Span<UInt8>) -> TextEncoding? {
        guard head.count >= 4 else { return nil }
        if head[0] == 0xff, head[1] == 0xfe { return .utf16LittleEndian }
        if head[0] == 0xfe, head[1] == 0xff { return .utf16BigEndian }
        var zeros = (even: 0, odd: 0)
        let count = min(head.count, 4096)
        for i in 0..<count where head[i] == 0 {
            if i % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        // Delimiters, digits and line ends alone make a good part of a table; other texts hold no zeros at all.
        guard (zeros.even + zeros.odd) * 20 >= count else { return nil }
        if zeros.odd > 20 * zeros.even { return .utf16LittleEndian }
        if zeros.even > 20 * zeros.odd { return .utf16BigEndian }
        return nil
    }
}

/// What the bytes of a file say for and against each encoding, gathered piece by piece over all of it.
struct EncodingEvidence {
    private(set) var isASCII = true
    /// Characters of two to four bytes that are right in UTF-8, and bytes that cannot be.
    private(set) var utf8Characters = 0
    private(set) var utf8Errors = 0
    private(set) var gbCharacters = 0
    private(set) var gbErrors = 0
    /// Characters in the part of GB18030 in which Chinese is written: both bytes are high.
    private(set) var gbHanzi = 0

    // Where a character was cut by the end of a piece.
    private var needed: UInt8 = 0
    private var low: UInt8 = 0x80
    private var high: UInt8 = 0xbf
    private var gbLead: UInt8 = 0
    private var gbPlace: UInt8 = 0

    mutating func take(_ bytes: Span<UInt8>) {
        let start = needed == 0 && gbPlace == 0 ? asciiPrefix(bytes, from: 0) : 0
        if start == bytes.count { return }
        isASCII = false
        takeUTF8(bytes, from: start)
        takeGB(bytes, from: start)
    }

    /// The encoding that the evidence so far speaks for.
    var decision: TextEncoding {
        // A few broken characters in a text that is otherwise UTF-8 are damage, not another encoding.
        if utf8Errors == 0 || utf8Characters >= 10 * utf8Errors { return .utf8 }
        // Letters such as æ, ø and å followed by an ASCII letter are right in GB18030 too, but not as Chinese is written.
        if gbHanzi > 0, gbHanzi * 2 >= gbCharacters, gbErrors * 50 <= gbHanzi { return .gb18030 }
        return .windows1252
    }

    /// RFC 3629, section 4: what may follow which first byte.
    private mutating func takeUTF8(_ bytes: Span<UInt8>, from start: Int) {
        var i = start
        while i < bytes.count {
            let byte = bytes[i]
            if needed == 0 {
                if byte < 0x80 {
                    i = asciiPrefix(bytes, from: i)
                    continue
                }
                low = 0x80
                high = 0xbf
                switch byte {
                case 0xc2...0xdf: needed = 1
                case 0xe0:
                    needed = 2
                    low = 0xa0
                case 0xed:
                    needed = 2
                    high = 0x9f
                case 0xe1...0xef: needed = 2
                case 0xf0:
                    needed = 3
                    low = 0x90
                case 0xf4:
                    needed = 3
                    high = 0x8f
                case 0xf1...0xf3: needed = 3
                default: utf8Errors += 1
                }
                i += 1
            } else if byte >= low, byte <= high {
                low = 0x80
                high = 0xbf
                needed -= 1
                if needed == 0 { utf8Characters += 1 }
                i += 1
            } else {
                utf8Errors += 1
                needed = 0  // and the byte is looked at again as a first one
            }
        }
    }

    /// GB 18030-2005: one, two or four bytes.
    private mutating func takeGB(_ bytes: Span<UInt8>, from start: Int) {
        var i = start
        while i < bytes.count {
            let byte = bytes[i]
            switch gbPlace {
            case 0:
                if byte < 0x80 {
                    i = asciiPrefix(bytes, from: i)
                    continue
                }
                if byte == 0x80 || byte == 0xff {
                    gbErrors += 1
                } else {
                    gbLead = byte
                    gbPlace = 1
                }
            case 1:
                gbPlace = 0
                switch byte {
                case 0x30...0x39: gbPlace = 2
                case 0x40...0x7e, 0x80...0xfe:
                    gbCharacters += 1
                    if byte >= 0xa1, gbLead >= 0xa1, gbLead <= 0xf7 { gbHanzi += 1 }
                default: gbErrors += 1
                }
            case 2:
                gbPlace = 0
                if byte >= 0x81, byte <= 0xfe { gbPlace = 3 } else { gbErrors += 1 }
            default:
                gbPlace = 0
                if byte >= 0x30, byte <= 0x39 { gbCharacters += 1 } else { gbErrors += 1 }
            }
            i += 1
        }
    }
}

/// The place of the first byte from `start` on that is not ASCII, or the end. Eight bytes at a time.
func asciiPrefix(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var i = start
    let raw = unsafe bytes.bytes
    while i + 8 <= bytes.count {
        let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 { break }
        i += 8
    }
    while i < bytes.count, bytes[i] < 0x80 { i += 1 }
    return i
}
