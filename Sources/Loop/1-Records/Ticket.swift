/// What kind of ticket it is. Raw values are kept in stores: never renumber.
public enum TicketKind: UInt8, CaseIterable, Sendable, Codable {
    case incident = 1, request, problem, change, complaint

    /// The word measures, addresses and JSON use: `incidents`.
    public var plural: String {
        switch self {
        case .incident: "incidents"
        case .request: "requests"
        case .problem: "problems"
        case .change: "changes"
        case .complaint: "complaints"
        }
    }
}

/// Where a ticket stands, whatever its system calls it. Raw values are kept in stores: never renumber.
public enum TicketStatus: UInt8, CaseIterable, Sendable, Codable {
    case new = 1, inProgress, waiting, resolved, closed, cancelled, merged

    /// Nobody works on it any more.
    public var isDone: Bool { self == .resolved || self == .closed || self == .cancelled || self == .merged }

    /// Never counts: it was withdrawn, or it is another ticket's double.
    public var isVoid: Bool { self == .cancelled || self == .merged }
}

/// How a change is authorised. Raw values are kept in stores: never renumber.
public enum ChangeType: UInt8, Sendable, Codable { case standard = 1, normal, emergency }

/// How a change ended. Raw values are kept in stores: never renumber.
public enum ChangeOutcome: UInt8, Sendable, Codable { case successful = 1, successfulWithIssues, unsuccessful }

/// A ticket's value in each dimension; none where it has no value.
public struct Attributes: Hashable, Sendable {
    @usableFromInline var codes: SIMD8<UInt32> = .zero

    public init() {}

    @inlinable public subscript(dimension: Dimension) -> Name {
        get { Name(code: codes[dimension.index]) }
        set { codes[dimension.index] = newValue.code }
    }
}

/// One ticket as it stands at the latest moment known.
///
/// Names are codes of the `Names` it was read with. People are pseudonyms from the moment they are read.
public struct Ticket: Sendable, Equatable {
    /// The identifier in its system: `INC0000045`. Unique together with system and kind.
    public var number: String
    public var kind: TicketKind = .incident
    public var status: TicketStatus = .new
    /// The state in the system's own words.
    public var state: Name = .none
    public var attributes = Attributes()
    public var department: Name = .none
    public var assignee: Name = .none
    public var requester: Name = .none
    /// Who wrote the latest update.
    public var updatedBy: Name = .none
    public var closeCode: Name = .none

    public var openedAt: Moment
    public var firstResponseAt: Moment?
    public var resolvedAt: Moment?
    public var closedAt: Moment?
    public var dueAt: Moment?
    /// When the latest update was made, by the system's own account.
    public var updatedAt: Moment?

    public var reopenCount: Int32?
    public var reassignmentCount: Int32?
    public var slaMet: Bool?
    public var isMajor: Bool?
    public var isWorkaround: Bool?
    public var isFirstContact: Bool?
    /// Time people worked on it, in minutes.
    public var workMinutes: Double?
    public var satisfaction: Double?

    /// The problem it belongs to, by number.
    public var problem = ""
    /// The change that caused it, by number.
    public var causedBy = ""
    public var changeType: ChangeType?
    public var changeOutcome: ChangeOutcome?
    public var isUnauthorized: Bool?

    public var title = ""
    public var text = ""

    /// The line of its file on which the latest row that spoke of it begins, counted from 1.
    public var line: Int32 = 0

    public init(number: String, openedAt: Moment) {
        self.number = number
        self.openedAt = openedAt
    }
}

/// A field whose changes make a ticket's history. Raw values are kept in stores: never renumber.
public enum HistoryField: UInt8, CaseIterable, Sendable, Codable {
    case state = 1, group, assignee, priority, category, subcategory, service
}

/// One field of a ticket took another value at a moment.
public struct TicketEvent: Sendable, Equatable {
    public var at: Moment
    public var field: HistoryField
    public var from: Name
    public var to: Name
    public var by: Name

    public init(at: Moment, field: HistoryField, from: Name, to: Name, by: Name) {
        self.at = at
        self.field = field
        self.from = from
        self.to = to
        self.by = by
    }
}

extension Ticket {
    public subscript(field: HistoryField) -> Name {
        switch field {
        case .state: state
        case .group: attributes[.group]
        case .assignee: assignee
        case .priority: attributes[.priority]
        case .category: attributes[.category]
        case .subcategory: attributes[.subcategory]
        case .service: attributes[.service]
        }
    }

    /// Takes over what a later row says, and gives the changes it shows.
    ///
    /// An empty name in the later row does not erase a known one: exports leave out what did not change. Times of
    /// resolution and closing are the later row's, because a ticket that is opened again has none.
    /// - Parameter moment: When the changes happened: the row's own time of update, or the best that is known.
    public mutating func advance(to later: Ticket, at moment: Moment) -> [TicketEvent] {
        var events: [TicketEvent] = []
        for field in HistoryField.allCases {
            let from = self[field]
            let to = later[field]
            if !to.isNone, from != to {
                events.append(TicketEvent(at: moment, field: field, from: from, to: to, by: later.updatedBy))
            }
        }
        var next = later
        // What the history shows counts where the system itself does not count.
        if status.isDone, !status.isVoid, !later.status.isDone, later.reopenCount == nil {
            next.reopenCount = (reopenCount ?? 0) + 1
        }
        if later.reassignmentCount == nil, !attributes[.group].isNone,
            !later.attributes[.group].isNone, attributes[.group] != later.attributes[.group]
        {
            next.reassignmentCount = (reassignmentCount ?? 0) + 1
        }
        for dimension in Dimension.allCases where next.attributes[dimension].isNone {
            next.attributes[dimension] = attributes[dimension]
        }
        if next.state.isNone { next.state = state }
        if next.department.isNone { next.department = department }
        if next.assignee.isNone { next.assignee = assignee }
        if next.requester.isNone { next.requester = requester }
        if next.updatedBy.isNone { next.updatedBy = updatedBy }
        if next.closeCode.isNone { next.closeCode = closeCode }
        next.firstResponseAt = later.firstResponseAt ?? firstResponseAt
        if next.firstResponseAt == nil, status == .new, later.status != .new, !later.status.isVoid {
            next.firstResponseAt = moment
        }
        next.dueAt = later.dueAt ?? dueAt
        next.updatedAt = later.updatedAt ?? updatedAt
        next.reopenCount = next.reopenCount ?? reopenCount
        next.reassignmentCount = next.reassignmentCount ?? reassignmentCount
        next.slaMet = later.slaMet ?? slaMet
        next.isMajor = later.isMajor ?? isMajor
        next.isWorkaround = later.isWorkaround ?? isWorkaround
        next.isFirstContact = later.isFirstContact ?? isFirstContact
        next.workMinutes = later.workMinutes ?? workMinutes
        next.satisfaction = later.satisfaction ?? satisfaction
        next.changeType = later.changeType ?? changeType
        next.changeOutcome = later.changeOutcome ?? changeOutcome
        next.isUnauthorized = later.isUnauthorized ?? isUnauthorized
        if next.problem.isEmpty { next.problem = problem }
        if next.causedBy.isEmpty { next.causedBy = causedBy }
        if next.title.isEmpty { next.title = title }
        if next.text.isEmpty { next.text = text }
        self = next
        return events
    }
}
