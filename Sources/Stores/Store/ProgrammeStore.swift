import Gains
import Records

/// What was said of the future, and how it came out.
public struct KeptForesight: Sendable, Equatable {
    public var foresight: Foresight
    /// Nil until its day has come.
    public var outcome: Outcome?
    public var settledOn: Day?

    public init(foresight: Foresight, outcome: Outcome?, settledOn: Day?) {
        self.foresight = foresight
        self.outcome = outcome
        self.settledOn = settledOn
    }
}

/// What the improvement work says of itself, and what people answered.
public protocol ProgrammeStore: Sendable {
    /// When something was suggested, and by whom; oldest first.
    func suggestionTimes() async throws -> [Programme.Suggestion]
    /// Keeps why a measure moved; a later word of the same move takes the place of an earlier one.
    func explain(_ explanation: Explanation) async throws
    func explanations() async throws -> [Explanation]
    /// Keeps the answers of a week; the same week again takes their place.
    func keep(_ answers: [WeeklyAnswer]) async throws
    /// Oldest week first.
    func weeklyAnswers() async throws -> [WeeklyAnswer]
    /// Which signs were there in a week, of those that could be judged.
    func keepSigns(_ signs: [Sign: Bool], week: Period) async throws
    /// Oldest week first.
    func signs() async throws -> [(week: Period, sign: Sign, isThere: Bool)]
    func respond(_ response: Response) async throws
    /// Latest first.
    func responses() async throws -> [Response]
    /// Keeps what is new; what is kept under the same id stays as it was said.
    func keep(_ foresights: [Foresight]) async throws
    func settle(_ id: Foresight.ID, _ outcome: Outcome, on day: Day) async throws
    /// Latest first.
    func foresights() async throws -> [KeptForesight]
    /// Puts findings about the work and its policies in place of the earlier ones.
    func save(_ signals: [ProgrammeSignal]) async throws
    func programmeSignals() async throws -> [ProgrammeSignal]
}

/// A policy as it is kept.
public struct KeptPolicy: Sendable, Equatable, Identifiable {
    public var id: Int64
    public var name: String
    /// What `Rule(_:)` reads.
    public var rule: String
    /// The share that should keep it.
    public var target: Double
    public var owner: String
    public var by: String
    public var at: Moment
    /// Nil while it is in force.
    public var retiredAt: Moment?
    /// The number of the latest change to a ticket that its figures took into account; nil before it was ever checked.
    public var changesSeen: Int64?
    public var checkedAt: Moment?

    public init(
        id: Int64, name: String, rule: String, target: Double, owner: String, by: String, at: Moment,
        retiredAt: Moment? = nil, changesSeen: Int64? = nil, checkedAt: Moment? = nil
    ) {
        self.id = id
        self.name = name
        self.rule = rule
        self.target = target
        self.owner = owner
        self.by = by
        self.at = at
        self.retiredAt = retiredAt
        self.changesSeen = changesSeen
        self.checkedAt = checkedAt
    }
}

/// Policies, and how they are kept.
public protocol PolicyStore: Sendable {
    func addPolicy(name: String, rule: String, target: Double, owner: String, by: String, at: Moment) async throws
        -> KeptPolicy
    /// Ends a policy; what it said stays.
    /// - Returns: Nil when there is none of this number in force.
    func retirePolicy(_ id: Int64, by: String, at: Moment) async throws -> KeptPolicy?
    /// Those in force first, by number.
    func policies() async throws -> [KeptPolicy]
    /// Keeps how a policy was kept, in place of what was known.
    func save(
        _ weeks: [PolicyWeek], _ breaches: [Breach], of policy: Int64, changesSeen: Int64, at: Moment) async throws
    /// Oldest first.
    func weeks(of policy: Int64) async throws -> [PolicyWeek]
    /// Latest first.
    func breaches(of policy: Int64, limit: Int) async throws -> [Breach]
    /// Every ticket of some kinds once, without its history, in any order. O(tickets). Stops when the closure throws.
    func eachTicket(of kinds: Set<TicketKind>, _ body: @escaping @Sendable (Ticket, Names) throws -> Void) async throws
}

/// A document with its number, its version, and who wrote it when.
public struct KeptDocument: Sendable, Equatable, Identifiable {
    public var id: Int64
    public var version: Int
    public var document: PlanningDocument
    public var by: String
    public var at: Moment

    public init(id: Int64, version: Int, document: PlanningDocument, by: String, at: Moment) {
        self.id = id
        self.version = version
        self.document = document
        self.by = by
        self.at = at
    }
}

/// What people write down. Nothing here overwrites: each version is kept.
public protocol DocumentStore: Sendable {
    func add(_ document: PlanningDocument, by: String, at: Moment) async throws -> KeptDocument
    /// Writes the next version, if nobody else has since.
    /// - Returns: Nil when there is none of this number.
    /// - Throws: `LifeCycleError.changedMeanwhile`; nothing is written then.
    func replace(_ id: Int64, with document: PlanningDocument, seen version: Int, by: String, at: Moment) async throws
        -> KeptDocument?
    /// Takes it off the page; its versions stay.
    func removeDocument(_ id: Int64, by: String, at: Moment) async throws
    /// The latest version of each that was not removed, by number.
    func documents() async throws -> [KeptDocument]
    /// Latest first; removed ones too.
    func versions(of id: Int64) async throws -> [KeptDocument]
}
