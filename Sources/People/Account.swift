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

    public init(
        id: ID<Account>, login: String, name: String, role: Role, language: String, createdAt: Moment, isActive: Bool
    ) {
        self.id = id
        self.login = login
        self.name = name
        self.role = role
        self.language = language
        self.createdAt = createdAt
        self.isActive = isActive
    }
}

/// A login that is still good. The cookie holds the token; the store holds only its hash.
public struct Session: Sendable, Hashable {
    public var account: Account
    /// Stands in every form of this session: a page of another site cannot know it.
    public var formToken: String
    public var expiresAt: Moment

    public init(account: Account, formToken: String, expiresAt: Moment) {
        self.account = account
        self.formToken = formToken
        self.expiresAt = expiresAt
    }
}
