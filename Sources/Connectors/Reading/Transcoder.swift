import CIconv
import Glibc

/// Turns pieces of another encoding into UTF-8, through the C library's own tables.
///
/// What is not a character there becomes U+FFFD, so that one bad byte costs one letter and not the row.
@safe
final class Transcoder {
    private let descriptor: iconv_t
    private let unit: Int
    /// The beginning of a character that the last piece cut.
    private var rest: [UInt8] = []
    private var input: [UInt8] = []

    init(from encoding: TextEncoding) {
        let name =
            switch encoding {
            case .windows1252: "CP1252"
            default: encoding.rawValue
            }
        unsafe descriptor = iconv_open("UTF-8", name)
        precondition(unsafe Int(bitPattern: descriptor) != -1, "The C library knows the encodings we offer")
        unit = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 2 : 1
    }

    deinit { unsafe iconv_close(descriptor) }

    /// Appends the text of a piece to `out`; a character cut at its end waits for the next.
    func take(_ piece: borrowing Piece, to out: inout [UInt8]) {
        input.removeAll(keepingCapacity: true)
        input.append(contentsOf: rest)
        input.append(contentsOf: piece.bytes[0..<piece.count])
        rest.removeAll(keepingCapacity: true)
        convert(to: &out)
    }

    /// Appends what is left at the end: a character that was cut for good is U+FFFD.
    func finish(to out: inout [UInt8]) {
        if !rest.isEmpty { out += Self.replacement }
        rest.removeAll()
    }

    private static let replacement: [UInt8] = [0xef, 0xbf, 0xbd]

    private func convert(to out: inout [UInt8]) {
        var taken = 0
        while taken < input.count {
            let start = out.count
            // No character of these encodings becomes more than three bytes of UTF-8 for each of its own.
            let room = (input.count - taken) * 3 + 16
            out.append(contentsOf: repeatElement(0, count: room))
            var left = input.count - taken
            var free = room
            let (result, cause) = unsafe input.withUnsafeMutableBytes { from in
                unsafe out.withUnsafeMutableBytes { to in
                    var source = unsafe from.baseAddress.map { unsafe ($0 + taken).assumingMemoryBound(to: CChar.self) }
                    var target = unsafe to.baseAddress.map { unsafe ($0 + start).assumingMemoryBound(to: CChar.self) }
                    let result = unsafe iconv(descriptor, &source, &left, &target, &free)
                    return (result, errno)
                }
            }
            out.removeLast(free)
            taken = input.count - left
            if result != Int.max, result != -1 { return }
            if cause == EINVAL {
                rest.append(contentsOf: input[taken...])
                return
            }
            if cause != E2BIG {
                out += Self.replacement
                taken += min(unit, input.count - taken)
                unsafe iconv(descriptor, nil, nil, nil, nil)
            }
        }
    }
}
