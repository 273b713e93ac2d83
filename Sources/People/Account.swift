import Records

/// What an account may do. Raw values are kept in stores.
public enum Role: String, CaseIterable, Sendable, Codable {
    case reader, practitioner, processManager, processOwner, serviceOwner, improvementManager, administrator
}

/// What a page or a command asks for before it does its work.
public enum Permission: String, CaseIterable, Sendable, Codable {
    /// See measures, signals, the register and tickets.
    case read
    /// Hand in a suggestion, vote, comment. Everyone may, and so may a visitor without an account where that is switched on.
    case suggest
    /// Work on improvements: actions, what was done, acknowledging the new way for one's team.
    case contribute
    /// Bring data in: import files, answer the mapping's questions.
    case bringData
    /// Acknowledge signals, run a turn, take an improvement through its steps.
    case decide
    /// Approve a plan, go past a gate, end a round with a decision.
    case approve
    /// Policies, process cards, goals.
    case govern
    /// Accounts, settings, keys.
    case administer
}

extension Role {
    /// The one place where it is said who may do what.
    public func may(_ permission: Permission) -> Bool {
        switch permission {
        case .read, .suggest: true
        case .contribute: self != .reader
        case .bringData: self == .administrator || self == .improvementManager || self == .processManager
        case .decide: self != .reader && self != .practitioner
        case .approve: self != .reader && self != .practitioner && self != .processManager
        case .govern: self == .processOwner || self == .improvementManager || self == .administrator
        case .administer: self == .administrator
        }
    }
}

/// What someone is accountable for: a process by the word its tickets have (`incidents`), or a service by its name.
public struct Responsibility: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable { case process, service }

    public var kind: Kind
    public var name: String

    public init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// `process:incidents`, `service:Payroll`: as the command line and the store write it.
    public var text: String { "\(kind.rawValue):\(name)" }

    /// Reads what `text` writes.
    public init?(_ text: some StringProtocol) {
        let sides = text.split(separator: ":", maxSplits: 1)
        guard sides.count == 2, let kind = Kind(rawValue: String(sides[0])),
            !sides[1].allSatisfy(\.isWhitespace), !sides[1].contains(where: \.isNewline)
        else { return nil }
        self.init(kind, String(sides[1]))
    }
}

/// Someone who can log in.
public struct Account: Sendable, Hashable, Identifiable {
    public var id: ID<Account>
    /// What they log in with; unique, compared without regard to case.
    public var login: String
    public var name: String
    public var role: Role
    /// `en`, `da`, `zh`, or empty for the browser's.
    public var language: String
    public var createdAt: Moment
    public var isActive: Bool
    /// Empty where nobody has said.
    public var department: String
    public var team: String
    /// What an owner owns; it means nothing for other roles.
    public var responsibilities: [Responsibility]

    public init(
        id: ID<Account>, login: String, name: String, role: Role, language: String, createdAt: Moment, isActive: Bool,
        department: String = "", team: String = "", responsibilities: [Responsibility] = []
    ) {
        self.id = id
        self.login = login
        self.name = name
        self.role = role
        self.language = language
        self.createdAt = createdAt
        self.isActive = isActive
        self.department = department
        self.team = team
        self.responsibilities = responsibilities
    }

    /// Whether they may do something to what it concerns.
    ///
    /// A process owner approves and governs in the processes they own, a service owner in their services; everybody else, and
    /// everything else, is as the role says. What concerns nothing in particular is nobody's alone.
    public func may(_ permission: Permission, concerning subject: Set<Responsibility>) -> Bool {
        guard role.may(permission) else { return false }
        guard permission == .approve || permission == .govern else { return true }
        let kind: Responsibility.Kind
        switch role {
        case .processOwner: kind = .process
        case .serviceOwner: kind = .service
        default: return true
        }
        let concerned = subject.filter { $0.kind == kind }
        return concerned.isEmpty || !concerned.isDisjoint(with: responsibilities)
    }
}

/// A login that is still good. The cookie holds the token; the store holds only its hash.
public struct Session: Sendable, Hashable {
    public var account: Account
    /// Stands in every form of this session: a page of another site cannot know it.
    public var formToken: String
    public var expiresAt: Moment
    /// What an access token was given; nil when a person is signed in, who may do all that their role may.
    public var scope: Set<Permission>?

    public init(account: Account, formToken: String, expiresAt: Moment, scope: Set<Permission>? = nil) {
        self.account = account
        self.formToken = formToken
        self.expiresAt = expiresAt
        self.scope = scope
    }

    /// Whether both the role and, where a token is used, the token allow it.
    public func may(_ permission: Permission) -> Bool {
        account.role.may(permission) && scope?.contains(permission) != false
    }
}
