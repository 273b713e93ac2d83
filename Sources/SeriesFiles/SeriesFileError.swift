/// Why a file of series cannot be used: what is wrong, where, and what to do.
public struct SeriesFileError: Error, Equatable, Sendable {
    /// `FILE:LINE: what is wrong; what to do`, in English as all of the command line.
    public var message: String

    public init(_ message: String) {
        self.message = message
    }
}
