import Records
import Signals

/// A ticket's text that has no group yet.
public struct TicketText: Sendable {
    public var ticket: Int64
    public var opened: Moment
    public var title: String
    /// The beginning of its long text; empty where it has a title.
    public var text: String
    /// The store's number of its category; 0 for none.
    public var category: Int64

    public init(ticket: Int64, opened: Moment, title: String, text: String, category: Int64) {
        self.ticket = ticket
        self.opened = opened
        self.title = title
        self.text = text
        self.category = category
    }
}

/// Some texts of a group that have the same words, as they are kept.
public struct KeptText: Sendable, Equatable {
    public var id: Int64
    public var problem: Int64
    public var texts: Int
    public var latest: Int64
    /// Codes of words, as differences.
    public var words: [UInt8]

    public init(id: Int64, problem: Int64, texts: Int, latest: Int64, words: [UInt8]) {
        self.id = id
        self.problem = problem
        self.texts = texts
        self.latest = latest
        self.words = words
    }
}

/// How far the grouping of texts has come.
public struct RecurringState: Sendable, Equatable, Codable {
    /// The latest ticket whose text has been read.
    public var lastTicket: Int64 = 0
    public var nextProblem: Int64 = 1
    public var nextEntry: Int64 = 1
    /// Rises with everything that is written: who read an older state writes nothing.
    public var version: Int64 = 0
    /// How often it was decided what is beyond chance, and what was found: it stays so.
    public var looks = 0
    public var found: Set<Int64> = []

    public init() {}
}

/// What one batch of texts has brought.
public struct RecurringStep: Sendable {
    public var tickets: [(ticket: Int64, problem: Int64, day: Day)] = []
    public var words: [(code: Int64, text: String, texts: Int)] = []
    public var entries: [KeptText] = []
    public var dropped: [Int64] = []

    public init() {}
}

/// An incident of a problem as one line.
public struct RecurringLine: Sendable {
    public var line: TicketLine
    public var incident: RecurringIncident

    public init(line: TicketLine, incident: RecurringIncident) {
        self.line = line
        self.incident = incident
    }
}

/// An incident that is taken out of a problem, with the codes of its words.
public struct TakenOut: Sendable, Equatable {
    public var ticket: Int64
    public var number: String
    public var words: [UInt8]

    public init(ticket: Int64, number: String, words: [UInt8]) {
        self.ticket = ticket
        self.number = number
        self.words = words
    }
}

/// What a person said of problems.
public struct ProblemEntry: Sendable, Equatable, Identifiable {
    public enum Deed: String, Sendable, Codable, CaseIterable {
        /// The tickets of `other` came to this one.
        case join
        /// Tickets were taken out of `other` to be this one.
        case split
        case name
    }

    public var id: Int64
    public var problem: Int64
    public var deed: Deed
    /// The problem it was joined with or taken out of; 0 for none.
    public var other: Int64
    public var tickets: [String]
    /// The name given, or why.
    public var note: String
    public var by: String
    public var at: Moment

    public init(
        id: Int64, problem: Int64, deed: Deed, other: Int64, tickets: [String], note: String, by: String, at: Moment
    ) {
        self.id = id
        self.problem = problem
        self.deed = deed
        self.other = other
        self.tickets = tickets
        self.note = note
        self.by = by
        self.at = at
    }
}

/// Problems that recur: what their texts say, and what people said.
public protocol RecurringStore: Sendable {
    func recurringState() async throws -> RecurringState
    /// Incidents whose texts have not been read, the oldest first.
    func ticketTexts(after ticket: Int64, limit: Int) async throws -> [TicketText]
    /// Words in the order of their codes.
    func recurringWords() async throws -> [(text: String, texts: Int)]
    func recurringTexts() async throws -> [KeptText]
    /// Keeps what a batch has brought, in one transaction.
    /// - Returns: False when somebody has written since `state` was read; nothing is written then.
    func keep(_ step: RecurringStep, _ state: RecurringState) async throws -> Bool
    /// The days of the incidents of each group of at least so many.
    func recurringDays(atLeast size: Int) async throws -> [(problem: Int64, days: [Day])]
    /// Incidents of a problem, the latest first.
    func recurringIncidents(of problem: Int64, after ticket: Int64?, limit: Int, zone: Zone) async throws
        -> [RecurringLine]
    /// Status and end of the problem records there are, by number.
    func problemRecords(zone: Zone) async throws -> [String: (status: String, endedOn: Day?)]
    /// When changes were made, oldest first.
    func changesMade(zone: Zone) async throws -> [ChangeMade]
    /// The mean score that people gave for a ticket, from 0 to 1, by its number.
    func ticketScores() async throws -> [String: Double]

    /// Puts what is known of problems in place of the earlier.
    func save(_ problems: [RecurringProblem], _ state: RecurringState) async throws
    /// The costliest first.
    func recurringProblems() async throws -> [RecurringProblem]
    func recurringProblem(_ id: Int64) async throws -> RecurringProblem?
    /// The problem that an incident belongs to.
    func problem(ofIncident number: String) async throws -> Int64?

    /// Brings all incidents of one problem to another, for good.
    /// - Returns: False when one of the two has none.
    func joinProblems(_ other: Int64, into problem: Int64, note: String, by: String, at: Moment) async throws -> Bool
    /// Takes incidents out of a problem, for good, to be one of their own.
    /// - Returns: Its number; nil when none of the incidents is in the problem, or all are.
    func splitProblem(_ problem: Int64, tickets: [TakenOut], note: String, by: String, at: Moment) async throws
        -> Int64?
    /// The text of an incident.
    func ticketText(_ number: String) async throws -> TicketText?
    func nameProblem(_ problem: Int64, _ name: String, by: String, at: Moment) async throws
    /// What people said of problems, the latest first; of all problems for nil.
    func problemEntries(_ problem: Int64?) async throws -> [ProblemEntry]
    /// The names that people gave, by problem.
    func problemNames() async throws -> [Int64: String]
}
