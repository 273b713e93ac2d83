import Glibc
import Processes
import Records

/// Where an event's parts stand in a file; nil means the usual place.
public struct EventOptions: Sendable, Equatable {
    /// The column of the case's name; in XES the trace's key, in OCEL the type of object that is a case.
    public var caseName: String?
    public var activity: String?
    public var time: String?
    /// The column of who did it; in XES the event's key, in OCEL a type of object.
    public var resource: String?
    /// How times are written, as in strptime(3); found out when nil.
    public var timeFormat: String?

    public init(
        caseName: String? = nil, activity: String? = nil, time: String? = nil, resource: String? = nil,
        timeFormat: String? = nil
    ) {
        self.caseName = caseName
        self.activity = activity
        self.time = time
        self.resource = resource
        self.timeFormat = timeFormat
    }
}

/// What a file of events held.
public struct EventFile: Sendable {
    public enum Form: String, Sendable { case csv, xes, ocel }

    public var log = EventLog()
    public var form = Form.csv
    /// Events in the file, rejected ones included.
    public var rows = 0
    public var rejected = 0
    /// The first of the rejected rows: `rejectsMax` of them.
    public var rejects: [Reject] = []

    public static let rejectsMax = 1000

    public struct Reject: Sendable, Equatable {
        /// Counted from 1: the line of a CSV file, the number of the event in the other forms.
        public var line: Int
        public var reason: String
    }

    mutating func reject(_ line: Int, _ reason: String) {
        rejected += 1
        if rejects.count < Self.rejectsMax { rejects.append(Reject(line: line, reason: reason)) }
    }
}

/// Why a file of events cannot be used. One line: `FILE:LINE: what is wrong; what to do`.
public struct EventFileError: Error, Equatable, Sendable {
    public var message: String
    /// As in sysexits.h.
    public var exitCode: Int32

    public init(message: String, exitCode: Int32 = 65) {
        self.message = message
        self.exitCode = exitCode
    }
}

/// Reads events from a CSV file, an XES file (IEEE 1849) or an OCEL 2.0 JSON file, packed with gzip or not. Which of them it
/// is, is found out from its first bytes.
///
/// Memory is the log's and no more, whatever the file: the file itself passes in pieces.
/// - Throws: `EventFileError`, `ConnectorError`.
public func readEvents(of path: String, _ options: EventOptions) throws -> EventFile {
    let source = try ByteSource(path: path)
    var piece = Piece()
    let isFilled = try source.next(&piece)
    guard isFilled else {
        try source.checkWhole()
        throw ConnectorError.isEmpty(path: path)
    }
    let start = piece.bytes[0..<piece.count].first { $0 > 32 && ![0xef, 0xbb, 0xbf, 0xfe, 0xff].contains($0) }
    switch start {
    case UInt8(ascii: "<"): return try XESReader.read(path, options)
    case UInt8(ascii: "{"): return try OCELReader.read(path, options)
    default: return try readEventTable(path, options)
    }
}
