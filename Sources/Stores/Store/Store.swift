import Improvements
import Measures
import Opportunities
import People
import Records
import Signals

/// Everything the program asks of a database. Each step has a small protocol of its own; a database keeps all of them.
///
/// Every implementation passes the same suite, `Tests/Stores`.
public protocol Store: RecordStore, RollupStore, FindingStore, ImprovementStore, RegisterStore, AccountStore,
    SettingStore, RecordIntakeStore, SurveyStore, ReadingStore, SuggestionStore, SeriesFindingStore,
    PeopleStore, AnnouncementStore, IdempotencyStore, HookStore,
    ProgrammeStore, PolicyStore, DocumentStore, RecurringStore, ThemeStore, VoiceStore, ProcessStore,
    PredictionStore
{
    /// Where it is, for messages: a path or an address without its password.
    var address: String { get }
    /// What is wrong with it; empty when it is healthy. O(size of the store).
    func check() async throws -> [String]
    /// Writes a whole copy to a new file while others go on reading and writing.
    func backUp(to path: String) async throws
    /// Lets go of files and connections.
    func close() async throws
}

// MARK: Records

/// One reading of one file.
public struct Import: Sendable, Identifiable, Equatable {
    public enum State: String, Sendable, Codable { case reading, done }

    public var id: ID<Import>
    public var file: String
    public var fileHash: String
    public var preset: String
    public var startedAt: Moment
    public var state: State
    /// Rows taken in so far, rejected ones included: where a second try goes on.
    public var rows: Int
    public var rejected: Int
    /// The doctor's report as JSON; empty while the file is being read.
    public var report: String

    public init(
        id: ID<Import>, file: String, fileHash: String, preset: String, startedAt: Moment, state: State, rows: Int,
        rejected: Int, report: String
    ) {
        self.id = id
        self.file = file
        self.fileHash = fileHash
        self.preset = preset
        self.startedAt = startedAt
        self.state = state
        self.rows = rows
        self.rejected = rejected
        self.report = report
    }
}

/// Rows to be taken in together, or not at all.
public struct ImportBatch: Sendable {
    /// In file order; names are codes of the `Names` handed over with the batch.
    public var rows: [Ticket] = []
    public var rejects: [Reject] = []
    /// Rows of the file that are done once this batch is in.
    public var rowsDone = 0
    /// Whether a row is an update of a ticket (a log) rather than a ticket.
    public var isLog = false

    public init() {}
}

/// A ticket with everything that is known of it, in words.
public struct TicketRecord: Sendable {
    public struct Event: Sendable {
        public var at: Moment
        public var field: HistoryField
        public var from: String
        public var to: String
        public var by: String

        public init(at: Moment, field: HistoryField, from: String, to: String, by: String) {
            self.at = at
            self.field = field
            self.from = from
            self.to = to
            self.by = by
        }
    }

    /// Its names are codes of `names`.
    public var ticket: Ticket
    public var names: Names
    public var events: [Event]
    public var provenance: Provenance

    public init(ticket: Ticket, names: Names, events: [Event], provenance: Provenance) {
        self.ticket = ticket
        self.names = names
        self.events = events
        self.provenance = provenance
    }
}

/// A ticket as one line of a table.
public struct TicketLine: Sendable, Equatable {
    public var id: ID<Ticket>
    public var number: String
    public var title: String
    public var status: TicketStatus
    public var priority: String
    public var group: String
    public var category: String
    public var openedAt: Moment
    public var resolvedAt: Moment?
    public var closedAt: Moment?
    public var file: String
    public var line: Int

    public init(
        id: ID<Ticket>, number: String, title: String, status: TicketStatus, priority: String, group: String,
        category: String, openedAt: Moment, resolvedAt: Moment?, closedAt: Moment?, file: String, line: Int
    ) {
        self.id = id
        self.number = number
        self.title = title
        self.status = status
        self.priority = priority
        self.group = group
        self.category = category
        self.openedAt = openedAt
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.file = file
        self.line = line
    }
}

/// How many tickets of a kind there are, and over which time.
public struct Extent: Sendable, Equatable {
    public var kind: TicketKind
    public var count: Int
    public var firstOpened: Moment
    public var lastOpened: Moment
    /// The latest moment anything is known of: openings, resolutions and closings.
    public var lastKnown: Moment

    public init(kind: TicketKind, count: Int, firstOpened: Moment, lastOpened: Moment, lastKnown: Moment) {
        self.kind = kind
        self.count = count
        self.firstOpened = firstOpened
        self.lastOpened = lastOpened
        self.lastKnown = lastKnown
    }
}

/// Tickets and where they came from.
public protocol RecordStore: Sendable {
    /// The reading of the file with this hash, if it was ever begun.
    func importOf(fileHash: String) async throws -> Import?
    /// Begins to read a file.
    func beginImport(file: String, fileHash: String, preset: String, at: Moment) async throws -> Import
    /// Takes in a batch, its rejects, its events and what it changes in the roll-ups, in one transaction.
    ///
    /// - Returns: How many tickets were new, and how many changed.
    func commit(_ batch: ImportBatch, names: Names, to id: ID<Import>, calendar: BusinessCalendar) async throws
        -> (new: Int, changed: Int)
    /// The file has been read to its end.
    func finishImport(_ id: ID<Import>, report: String) async throws
    /// The latest first.
    func imports(limit: Int) async throws -> [Import]
    func rejects(of id: ID<Import>, after line: Int, limit: Int) async throws -> [Reject]

    /// All tickets in columns, each kind in the order of its openings: read from the blocks kept beside the tickets, not from
    /// the tickets. Months that changed are first written as one block each. O(tickets), some 0.3 µs each.
    func ticketTable() async throws -> TicketTable
    /// What there is, kind by kind; kinds without tickets are left out.
    func extents() async throws -> [Extent]
    func ticket(_ kind: TicketKind, number: String) async throws -> TicketRecord?
    /// Tickets of a slice opened in a period, the latest first.
    func tickets(_ kind: TicketKind, _ slice: Slice, opened: Range<Moment>, after: ID<Ticket>?, limit: Int) async throws
        -> [TicketLine]
    /// Every ticket, one after another, for export. Stops when the closure throws.
    func eachTicket(_ body: @escaping @Sendable (TicketRecord) throws -> Void) async throws
}

// MARK: Roll-ups

/// A value of a dimension and how many tickets have it.
public struct SliceCount: Sendable, Equatable {
    public var value: String
    public var count: Int

    public init(value: String, count: Int) {
        self.value = value
        self.count = count
    }
}

/// Totals by slice and day, kept up to date with every batch.
public protocol RollupStore: Sendable {
    /// Totals of a slice of at most two values; nil period for all days. A pair is added up from its tickets.
    func rollup(_ kind: TicketKind, _ slice: Slice, over period: Period?, calendar: BusinessCalendar) async throws
        -> Rollup
    /// Totals of a slice divided by the values of another dimension, in one pass over its tickets. They are kept until a
    /// ticket changes.
    func rollups(
        _ kind: TicketKind, _ slice: Slice, by dimension: Dimension, values: [String], calendar: BusinessCalendar
    ) async throws -> [String: Rollup]
    /// The values of a dimension, the most frequent first.
    func values(of dimension: Dimension, _ kind: TicketKind, limit: Int) async throws -> [SliceCount]
    /// Totals of every value of a dimension, each under its value.
    func rollups(_ kind: TicketKind, by dimension: Dimension, over period: Period) async throws -> [String: Rollup]
    /// The changes of a slice that ended, day by day, and how many of them an incident on the same service followed within
    /// a time. An incident counts once, for the latest change before it. Changes without a service are left out: nothing
    /// could be said to follow them.
    func followedChanges(_ slice: Slice, within: Duration, zone: Zone) async throws -> Rollup
    /// Forgets all roll-ups and adds them up again from the tickets. O(tickets).
    func rebuildRollups(calendar: BusinessCalendar) async throws
}

// MARK: Findings

/// One run of the analysis.
public struct TurnRecord: Sendable, Equatable, Codable {
    public var at: Moment
    /// The last moment of the data.
    public var asOf: Moment
    public var tickets: Int
    public var tested: Int
    public var expectedFalse: Double
    public var rate: Double
    public var window: Period?
    public var notes: [DetectionNote]
    /// The number of the latest change to a ticket that the search took into account.
    public var changesSeen: Int64
    /// Whether every series was searched anew, or only what is new was watched.
    public var isFullSearch: Bool

    public init(
        at: Moment, asOf: Moment, tickets: Int, tested: Int, expectedFalse: Double, rate: Double, window: Period?,
        notes: [DetectionNote], changesSeen: Int64, isFullSearch: Bool
    ) {
        self.at = at
        self.asOf = asOf
        self.tickets = tickets
        self.tested = tested
        self.expectedFalse = expectedFalse
        self.rate = rate
        self.window = window
        self.notes = notes
        self.changesSeen = changesSeen
        self.isFullSearch = isFullSearch
    }
}

/// What became of a finding since it was made.
public struct Acknowledgement: Sendable, Equatable {
    public var signal: String
    public var by: String
    public var at: Moment
    public var note: String

    public init(signal: String, by: String, at: Moment, note: String) {
        self.signal = signal
        self.by = by
        self.at = at
        self.note = note
    }
}

/// Signals and opportunities as the latest turn left them.
public protocol FindingStore: Sendable {
    /// Puts a turn's findings in place of the earlier ones.
    func save(_ turn: TurnRecord, signals: [Signal], opportunities: [Opportunity]) async throws
    /// Notes that a turn found nothing new to search.
    func save(_ turn: TurnRecord) async throws
    func latestTurn() async throws -> TurnRecord?
    func signals() async throws -> [Signal]
    func opportunities() async throws -> [Opportunity]
    func acknowledge(_ acknowledgement: Acknowledgement) async throws
    func acknowledgements() async throws -> [Acknowledgement]
    /// Rises by at least one with every ticket that is new or changed.
    func changeCount() async throws -> Int64
}

// MARK: Improvements

/// An improvement with its number in the store.
public struct KeptImprovement: Sendable, Equatable, Identifiable {
    public var id: ID<Improvement>
    public var improvement: Improvement

    public init(id: ID<Improvement>, improvement: Improvement) {
        self.id = id
        self.improvement = improvement
    }
}

/// Improvements, each as its entries. Nothing here changes or takes away an entry.
public protocol ImprovementStore: Sendable {
    /// Keeps a new improvement.
    /// - Throws: `LifeCycleError` when this cannot be a first entry.
    func open(_ entry: Entry) async throws -> ID<Improvement>
    /// Adds an entry, if the rules allow it and nobody else has written since.
    /// - Parameter version: How many entries the writer saw.
    /// - Returns: The improvement as it is now; nil when there is none of this number.
    /// - Throws: `LifeCycleError`; nothing is written then.
    func append(_ entry: Entry, to id: ID<Improvement>, seen version: Int) async throws -> Improvement?
    func improvement(_ id: ID<Improvement>) async throws -> Improvement?
    /// All of them, the oldest first.
    func improvements() async throws -> [KeptImprovement]
}

// MARK: People

/// Accounts and sessions.
public protocol AccountStore: Sendable {
    func accountCount() async throws -> Int
    func accounts() async throws -> [Account]
    /// - Parameter passwordHash: Empty when the account can only be entered by a one-time link.
    func addAccount(login: String, name: String, role: Role, passwordHash: String, at: Moment) async throws -> Account
    func setPassword(_ passwordHash: String, name: String, of account: ID<Account>) async throws
    func setLanguage(_ language: String, of account: ID<Account>) async throws
    /// The account and its password hash.
    func account(login: String) async throws -> (account: Account, passwordHash: String)?
    func addSession(tokenHash: [UInt8], formToken: String, account: ID<Account>, expiresAt: Moment) async throws
    func session(tokenHash: [UInt8], at: Moment) async throws -> Session?
    func removeSession(tokenHash: [UInt8]) async throws
    func addLink(tokenHash: [UInt8], account: ID<Account>, expiresAt: Moment) async throws
    /// The account of a one-time link that is still good, without using it up.
    func link(tokenHash: [UInt8], at: Moment) async throws -> Account?
    /// Uses the link up.
    func useLink(tokenHash: [UInt8], at: Moment) async throws -> Account?
    /// Counts a failed login, and tells how many there were since a moment.
    func noteFailedLogin(login: String, at: Moment) async throws
    func failedLogins(login: String, since: Moment) async throws -> Int
    /// Adds a line to the audit trail: who did what, when.
    func audit(by: String, action: String, subject: String, at: Moment) async throws
}

// MARK: Settings

/// The organisation's settings, by name.
public protocol SettingStore: Sendable {
    func setting(_ key: Setting) async throws -> String?
    func set(_ key: Setting, to value: String) async throws
}

/// What can be set. The raw value is the word in the store.
public enum Setting: String, CaseIterable, Sendable {
    /// The key of the pseudonyms, in hexadecimal. Never exported.
    case pseudonymKey
    case zone
    /// What an hour of work costs.
    case rate
    case currency
    case language
    /// `0,1,2,3,4 480-960`, and the holidays one a line after it.
    case businessHours
    case holidays
    /// One a line: `incidents.slaMet category=Email >= 0.9`.
    case targets
    /// Which way is worse, where a measure does not say it. One a line: `readings.temperature higher`.
    case directions
    /// What needs no approval, and who gives it: `small 20 processOwner improvementManager`.
    case approval
    /// `off` where only people with an account may suggest; anyone may unless said.
    case publicSuggestions
}
