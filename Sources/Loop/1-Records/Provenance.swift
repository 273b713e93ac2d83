/// Where a record came from: the file, by its hash, the line, and when it was read.
public struct Provenance: Hashable, Sendable, Codable {
    public var file: String
    /// BLAKE2b-256 of the file's bytes as they lie on disk, in hexadecimal.
    public var fileHash: String
    public var line: Int
    public var importedAt: Moment

    public init(file: String, fileHash: String, line: Int, importedAt: Moment) {
        self.file = file
        self.fileHash = fileHash
        self.line = line
        self.importedAt = importedAt
    }
}

/// A row that was not taken in, and why: kept, so that nothing is lost.
public struct Reject: Hashable, Sendable, Codable {
    public var file: String
    /// The line on which the row begins, counted from 1.
    public var line: Int
    public var reason: String
    /// The row as it stood, cut after 2,000 bytes.
    public var row: String

    public init(file: String, line: Int, reason: String, row: String) {
        self.file = file
        self.line = line
        self.reason = reason
        self.row = row
    }

    public static let rowBytesMax = 2000
}
