/// The bytes of a file as one long row of which a part is in memory: what is still needed stays when more comes.
struct ByteWindow: ~Copyable {
    private let source: ByteSource
    private let transcoder: Transcoder?
    private var piece = Piece()
    private(set) var bytes: [UInt8] = []
    /// The next byte to be read is `bytes[i]`.
    var i = 0
    private(set) var isAtEnd = false

    init(_ source: ByteSource, encoding: TextEncoding = .utf8) {
        self.source = source
        transcoder = encoding == .utf8 ? nil : Transcoder(from: encoding)
    }

    /// Fetches more behind what is there.
    /// - Parameter keeping: From where the bytes are still needed; those before are let go.
    /// - Returns: By how much places have moved towards the front; nil at the end of the file.
    mutating func fetch(keeping from: Int) throws(ConnectorError) -> Int? {
        if isAtEnd { return nil }
        bytes.removeSubrange(0..<from)
        i -= from
        while true {
            guard try source.next(&piece) else {
                isAtEnd = true
                try source.checkWhole()
                var rest: [UInt8] = []
                transcoder?.finish(to: &rest)
                bytes += rest
                return from
            }
            if let transcoder {
                var text: [UInt8] = []
                transcoder.take(piece, to: &text)
                bytes += text
            } else {
                bytes += piece.bytes[0..<piece.count]
            }
            if i < bytes.count { return from }
        }
    }
}
