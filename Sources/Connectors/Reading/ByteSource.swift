import CSodium
import CZlib
import Glibc

/// The bytes of a file, or of memory, in pieces, unpacked when they are packed with gzip.
///
/// Memory stays flat: one piece as read and one as unpacked, whatever the size of the file.
@safe
final class ByteSource {
    /// A read of this size costs next to nothing, and its bytes still fit in the processor's cache.
    static let pieceBytes = 256 * 1024

    let path: String
    /// The size on disk when it was opened.
    let byteCount: Int
    /// When it was last written to, in nanoseconds; 0 for memory.
    let modified: Int64
    /// Bytes taken from the disk so far.
    private(set) var bytesRead = 0
    private(set) var isGzip = false
    /// The packed bytes end, or stop making sense, before the end of what was packed.
    private(set) var isCut = false

    private let descriptor: Int32
    private let memory: [UInt8]
    private var input: [UInt8]
    private var inputCount = 0
    private var inputTaken = 0
    private var isStarted = false
    private var isMemberDone = false
    private var isFinished = false
    private var stream: UnsafeMutablePointer<z_stream>?
    private var hash: UnsafeMutableRawPointer?

    /// Opens a file.
    /// - Parameters:
    ///   - name: What it is called in errors; nil: its path.
    ///   - hashing: Also computes the hash of the bytes as they lie on disk.
    init(
        path: String, shownAs name: String? = nil, hashing: Bool = false, pieceBytes: Int = ByteSource.pieceBytes
    ) throws(ConnectorError) {
        let shown = name ?? path
        self.path = shown
        memory = []
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw .noSuchFile(path: shown)
            case EACCES, EPERM: throw .notAllowed(path: shown)
            default: throw .cannotRead(path: shown, cause: Self.cause())
            }
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let cause = Self.cause()
            close(descriptor)
            throw .cannotRead(path: shown, cause: cause)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw .isDirectory(path: shown)
        }
        byteCount = Int(status.st_size)
        modified = Self.nanoseconds(status)
        input = [UInt8](repeating: 0, count: max(1, pieceBytes))
        if hashing { startHash() }
    }

    /// Reads standard input from where it is, as it comes, and leaves it open.
    init(standardInputShownAs name: String) throws(ConnectorError) {
        path = name
        memory = []
        descriptor = dup(0)
        guard descriptor >= 0 else { throw .cannotRead(path: name, cause: Self.cause()) }
        var status = stat()
        if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw .isDirectory(path: name)
        }
        byteCount = 0  // a part may have been read by others
        modified = 0
        input = [UInt8](repeating: 0, count: Self.pieceBytes)
    }

    /// Reads from memory.
    init(bytes: [UInt8], named path: String = "memory", hashing: Bool = false, pieceBytes: Int = ByteSource.pieceBytes)
    {
        self.path = path
        memory = bytes
        descriptor = -1
        byteCount = bytes.count
        modified = 0
        input = [UInt8](repeating: 0, count: max(1, pieceBytes))
        if hashing { startHash() }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let stream = unsafe stream {
            unsafe inflateEnd(stream)
            unsafe stream.deinitialize(count: 1)
            unsafe stream.deallocate()
        }
        unsafe hash?.deallocate()
    }

    /// The next bytes, unpacked, in place of what `piece` held.
    /// - Returns: False at the end; then the piece is empty.
    func next(_ piece: inout Piece) throws(ConnectorError) -> Bool {
        piece.count = 0
        if !isStarted {
            isStarted = true
            // Two bytes tell whether it is packed, and pieces may be as short as one.
            while inputCount < 2, try fill() {}
            isGzip = inputCount >= 2 && input[0] == 0x1f && input[1] == 0x8b
            if isGzip { startInflating() }
        }
        if isGzip { return try inflated(&piece) }
        if inputTaken == inputCount, try !fill() { return false }
        let count = inputCount - inputTaken
        if piece.bytes.count < count { piece.bytes = [UInt8](repeating: 0, count: max(count, input.count)) }
        let from = inputTaken
        unsafe piece.bytes.withUnsafeMutableBytes { to in
            unsafe input.withUnsafeBytes { bytes in
                unsafe to.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<from + count]))
            }
        }
        piece.count = count
        inputTaken = inputCount
        return true
    }

    /// Says so when packed bytes ended early: what came is a part, and looks whole.
    func checkWhole() throws(ConnectorError) {
        if isCut { throw .notText(path: path, kind: "a damaged gzip file") }
    }

    /// Whether the file is no longer as it was when it was opened.
    var hasChanged: Bool {
        if descriptor < 0 { return false }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return true }
        return Int(status.st_size) != byteCount || Self.nanoseconds(status) != modified
    }

    /// BLAKE2b-256 of the bytes read so far, in hexadecimal; empty when it was not asked for.
    func finishHash() -> String {
        guard let hash = unsafe hash else { return "" }
        var digest = [UInt8](repeating: 0, count: 32)
        let state = OpaquePointer(hash)
        unsafe digest.withUnsafeMutableBufferPointer { out in
            if let to = out.baseAddress { _ = unsafe crypto_generichash_final(state, to, out.count) }
        }
        return hexadecimal(digest)
    }

    // MARK: What lies beneath

    /// Takes more from the disk behind what is there; what was used up makes room.
    /// - Returns: False at the end of the file.
    private func fill() throws(ConnectorError) -> Bool {
        if inputTaken == inputCount {
            inputTaken = 0
            inputCount = 0
        }
        if inputCount == input.count { input.append(contentsOf: repeatElement(0, count: input.count)) }
        let start = inputCount
        let room = input.count - start
        var count = 0
        if descriptor < 0 {
            count = min(room, memory.count - bytesRead)
            for i in 0..<count { input[start + i] = memory[bytesRead + i] }
        } else {
            repeat {
                count = unsafe input.withUnsafeMutableBytes { bytes in
                    unsafe Glibc.read(descriptor, bytes.baseAddress.map { unsafe $0 + start }, room)
                }
            } while count < 0 && errno == EINTR
            guard count >= 0 else { throw .cannotRead(path: path, cause: Self.cause()) }
        }
        if count == 0 {
            if bytesRead < byteCount { throw .changedWhileRead(path: path) }
            return false
        }
        if let hash = unsafe hash {
            let state = OpaquePointer(hash)
            unsafe input.withUnsafeBufferPointer { bytes in
                _ = unsafe crypto_generichash_update(
                    state, UnsafePointer(bytes.baseAddress.map { unsafe $0 + start }), UInt64(count))
            }
        }
        bytesRead += count
        inputCount += count
        return true
    }

    private func startInflating() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the header of gzip.
        let made = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(made == Z_OK, "zlib has the memory it needs to start")
        unsafe self.stream = stream
    }

    private func inflated(_ piece: inout Piece) throws(ConnectorError) -> Bool {
        guard let stream = unsafe stream, !isFinished else { return false }
        if piece.bytes.count < Self.pieceBytes { piece.bytes = [UInt8](repeating: 0, count: Self.pieceBytes) }
        while true {
            if inputTaken == inputCount, try !fill() {
                isFinished = true
                if !isMemberDone { isCut = true }
                return false
            }
            if isMemberDone {
                // Another member follows, or padding that means nothing.
                guard input[inputTaken] == 0x1f else {
                    isFinished = true
                    return try drain()
                }
                unsafe inflateReset(stream)
                isMemberDone = false
            }
            let taken = inputTaken
            let room = piece.bytes.count
            let available = inputCount - taken
            let result = unsafe input.withUnsafeMutableBufferPointer { bytes in
                unsafe piece.bytes.withUnsafeMutableBufferPointer { out in
                    unsafe stream.pointee.next_in = bytes.baseAddress.map { unsafe $0 + taken }
                    unsafe stream.pointee.avail_in = UInt32(available)
                    unsafe stream.pointee.next_out = out.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(room)
                    return unsafe inflate(stream, Z_NO_FLUSH)
                }
            }
            inputTaken = inputCount - Int(unsafe stream.pointee.avail_in)
            piece.count = room - Int(unsafe stream.pointee.avail_out)
            if result == Z_STREAM_END { isMemberDone = true }
            if result != Z_OK, result != Z_STREAM_END, result != Z_BUF_ERROR {
                isCut = true
                isFinished = true
                _ = try drain()
                return piece.count > 0
            }
            if piece.count > 0 { return true }
        }
    }

    /// Reads to the end without unpacking, so that the hash covers the whole file.
    private func drain() throws(ConnectorError) -> Bool {
        inputTaken = inputCount
        while try fill() { inputTaken = inputCount }
        return false
    }

    private func startHash() {
        _ = sodium_init()
        let state = UnsafeMutableRawPointer.allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
        unsafe hash = state
        _ = unsafe crypto_generichash_init(OpaquePointer(state), nil, 0, 32)
    }

    private static func nanoseconds(_ status: stat) -> Int64 {
        Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }

    private static func cause() -> String { unsafe String(cString: strerror(errno)) }
}

/// Some bytes in a buffer that is used again and again.
struct Piece {
    var bytes: [UInt8] = []
    var count = 0
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
}
