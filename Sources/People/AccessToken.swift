import Records

/// A key for a program: it acts as an account, within what it was given. The store keeps its hash only.
public struct AccessToken: Sendable, Hashable, Identifiable {
    public var id: ID<AccessToken>
    public var account: ID<Account>
    /// What it is for, in the words of whoever made it.
    public var name: String
    public var scope: Set<Permission>
    public var createdAt: Moment
    public var expiresAt: Moment?
    /// To the minute.
    public var lastUsedAt: Moment?
    public var revokedAt: Moment?

    public init(
        id: ID<AccessToken>, account: ID<Account>, name: String, scope: Set<Permission>, createdAt: Moment,
        expiresAt: Moment? = nil, lastUsedAt: Moment? = nil, revokedAt: Moment? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// What every token begins with, so that one that leaked is known for what it is.
    public static let prefix = "rat_"
    /// A new secret: shown once, then only its hash is known.
    public static func newSecret() -> String { prefix + Secrets.newToken() }

    /// The words of a scope in the order of the permissions, divided by blanks.
    public static func words(_ scope: Set<Permission>) -> String {
        Permission.allCases.filter(scope.contains).map(\.rawValue).joined(separator: " ")
    }
}

/// A group of people inside a department; the department itself where the name is empty.
public struct Team: Sendable, Hashable, Comparable {
    public var department: String
    public var name: String

    public init(department: String, name: String = "") {
        self.department = department
        self.name = name
    }

    public static func < (a: Team, b: Team) -> Bool { (a.department, a.name) < (b.department, b.name) }
}

/// One line of the audit trail: who did what to what, and when.
public struct AuditEntry: Sendable, Hashable {
    public var id: Int64
    public var at: Moment
    public var by: String
    public var action: String
    public var subject: String

    public init(id: Int64, at: Moment, by: String, action: String, subject: String) {
        self.id = id
        self.at = at
        self.by = by
        self.action = action
        self.subject = subject
    }
}

/// Why people cannot be changed that way; nothing has happened then.
public enum PeopleError: Error, Sendable, Equatable {
    /// Somebody must be left who can let others in.
    case lastAdministrator
    case loginTaken(String)
    /// A login is one to sixty letters, digits, dots, dashes, underscores, or an address with an at sign.
    case badLogin(String)
    case nameMissing
    case noSuchAccount(String)
    case noSuchTeam(Team)
    case teamHasPeople(Team, count: Int)
    /// A token cannot be given more than its owner may.
    case scopeTooWide([Permission])
    case scopeMissing

    public var message: String {
        switch self {
        case .lastAdministrator: "this is the last administrator; make another one first"
        case .loginTaken(let login): "there is an account “\(login)” already; choose another login"
        case .badLogin(let login):
            "“\(login)” cannot be a login; use 1 to 60 letters, digits, dots, dashes, underscores or an at sign"
        case .nameMissing: "a name is needed"
        case .noSuchAccount(let login): "there is no account “\(login)”; see ‘ratchet people list’"
        case .noSuchTeam(let team):
            "there is no \(team.name.isEmpty ? "department “\(team.department)”" : "team “\(team.name)” in “\(team.department)”");"
                + " make it with ‘ratchet people team add’"
        case .teamHasPeople(let team, let count):
            "\(count) people belong to “\(team.name.isEmpty ? team.department : team.name)”; move them first"
        case .scopeTooWide(let permissions):
            "the account itself may not: \(permissions.map(\.rawValue).joined(separator: ", "))"
        case .scopeMissing: "say what the token may do: \(Permission.allCases.map(\.rawValue).joined(separator: ", "))"
        }
    }

    /// Checks a login as people may choose it, and gives it in small letters.
    public static func checked(login: String) throws(PeopleError) -> String {
        let key = login.lowercased()
        let isSound = key.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || ".-_@+".unicodeScalars.contains($0)
        }
        guard (1...60).contains(key.count), isSound else { throw .badLogin(login) }
        return key
    }

    /// What a token may be given: something, and nothing the account may not do itself.
    public static func checked(scope: Set<Permission>, for role: Role) throws(PeopleError) {
        if scope.isEmpty { throw .scopeMissing }
        let more = Permission.allCases.filter { scope.contains($0) && !role.may($0) }
        if !more.isEmpty { throw .scopeTooWide(more) }
    }
}
