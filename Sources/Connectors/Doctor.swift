import Records

/// Why a row was not taken in. The raw value is the word in JSON.
public enum RejectReason: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case tooLong, quoteNotClosed, endsInsideQuotes, tooManyFields
    case noNumber, numberTooLong, noOpenedAt, openedAtUnreadable, closedBeforeOpened
    /// Of answers, readings and suggestions.
    case noTime, timeUnreadable, numberUnreadable, offScale, nameMissing, unitDiffers
}

/// Two times of a ticket that stand in an order that cannot be.
public enum ImpossibleOrder: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// Such rows are rejected; all others are kept as they are.
    case closedBeforeOpened
    case resolvedBeforeOpened, closedBeforeResolved, respondedBeforeOpened
}

/// What the import doctor found in a file while it was read.
public struct Doctor: Sendable, Codable, Equatable {
    /// A few lines and how many there were in all.
    public struct Lines: Sendable, Codable, Equatable {
        public internal(set) var count = 0
        /// The first of them.
        public internal(set) var first: [Int] = []

        static let firstMax = 20

        mutating func take(_ line: Int) {
            count += 1
            if first.count < Self.firstMax { first.append(line) }
        }
    }

    /// Days in a row without a ticket, more than is usual in this file.
    public struct Gap: Sendable, Codable, Equatable {
        public let first: Day
        public let last: Day
        public var days: Int { last - first + 1 }
    }

    /// A sign that the file is not all there was.
    public enum Cut: Sendable, Codable, Equatable {
        /// As many rows as exports are often limited to.
        case roundNumberOfRows(Int)
        case lastRowShort(line: Int, fields: Int, expected: Int)
        case endsInsideQuotes(line: Int)
        case gzipEndsEarly
    }

    /// A measure that this file has no answer for, and what it lacks.
    public struct Unanswered: Sendable, Codable, Equatable {
        public enum Lack: Sendable, Codable, Equatable {
            /// Neither counts nor rows for updates.
            case history
            case column(Field)
            /// The column is there, and empty.
            case values(Field)
        }

        /// The measure's name without its kind: `timeToResolve`.
        public let measure: String
        public let lack: Lack
    }

    /// Text that went through the wrong encoding before it came here: `Ã¦` for `æ`.
    public struct Mojibake: Sendable, Codable, Equatable {
        public internal(set) var cells = 0
        public internal(set) var line = 0
        public internal(set) var sample = ""
    }

    public internal(set) var rowsRead = 0
    /// Rows given to the caller as tickets.
    public internal(set) var rowsKept = 0
    public internal(set) var rejected: [RejectReason: Int] = [:]
    /// Kept rows of tickets that do not count: merged, deleted, withdrawn.
    public internal(set) var voided = 0
    /// Rows with fewer fields than the header; what is missing was taken for empty.
    public internal(set) var shortRows = 0
    public internal(set) var firstOpened: Moment?
    public internal(set) var lastOpened: Moment?
    public internal(set) var gaps: [Gap] = []
    public internal(set) var suspectedCuts: [Cut] = []
    /// The share of rows in which a mapped field is empty.
    public internal(set) var emptyShare: [Field: Double] = [:]
    /// Cells of date columns that could not be read as dates and were taken for empty.
    public internal(set) var unreadableDates: [Field: Lines] = [:]
    public internal(set) var impossibleOrders: [ImpossibleOrder: Lines] = [:]
    public internal(set) var mojibake: Mojibake?
    public internal(set) var zeroBytes = 0
    /// The zone that times without one were read in.
    public internal(set) var zone = "UTC"
    /// Nobody said it: it was assumed.
    public internal(set) var isZoneAssumed = false
    public internal(set) var cannotAnswer: [Unanswered] = []

    public var rowsRejected: Int { rejected.values.reduce(0, +) }
}

// MARK: Sentences

extension RejectReason {
    /// What happens to rows of this kind, in general; the reject itself says it of its row.
    public var sentence: String {
        switch self {
        case .tooLong: "The row is longer than 4 MiB."
        case .quoteNotClosed: "A quotation mark is opened and not closed."
        case .endsInsideQuotes: "The file ends inside quotation marks."
        case .tooManyFields: "The row has more fields than the header."
        case .noNumber: "The row has no ticket number."
        case .numberTooLong: "The ticket number is too long to be one."
        case .noOpenedAt: "The row does not say when the ticket was opened."
        case .openedAtUnreadable: "The time at which the ticket was opened cannot be read."
        case .closedBeforeOpened: "Closed before it was opened."
        case .noTime: "The row does not say when."
        case .timeUnreadable: "The time of the row cannot be read."
        case .numberUnreadable: "A number of the row cannot be read."
        case .offScale: "The score does not stand on its scale."
        case .nameMissing: "The row does not say what it is about."
        case .unitDiffers: "The quantity is known in another unit."
        }
    }
}

extension ImpossibleOrder {
    public var sentence: String {
        switch self {
        case .closedBeforeOpened: "Closed before it was opened."
        case .resolvedBeforeOpened: "Resolved before it was opened."
        case .closedBeforeResolved: "Closed before it was resolved."
        case .respondedBeforeOpened: "Answered before it was opened."
        }
    }
}

extension Doctor.Gap {
    public var sentence: String { "No ticket was opened from \(first) through \(last)." }
}

extension Doctor.Cut {
    public var sentence: String {
        switch self {
        case .roundNumberOfRows(let rows):
            "The file has exactly \(rows) rows, a usual limit of exports; the rest is probably missing."
        case .lastRowShort(let line, let fields, let expected):
            "The file was probably cut: its last row, on line \(line), has \(fields) of \(expected) fields."
        case .endsInsideQuotes(let line):
            "The file was probably cut: the row that begins on line \(line) ends inside quotation marks."
        case .gzipEndsEarly: "The packed file is cut or damaged; the rows before that were read."
        }
    }
}

extension Doctor.Unanswered {
    public var sentence: String {
        switch lack {
        case .history: "\(measure): the export has no history"
        case .column(let field): "\(measure): the export has no column for \(field.rawValue)"
        case .values(let field): "\(measure): the column for \(field.rawValue) is empty"
        }
    }
}

extension Doctor.Mojibake {
    public var sentence: String {
        "\(cells) cells were garbled before the file was written, first on line \(line): “\(sample)”."
    }
}
