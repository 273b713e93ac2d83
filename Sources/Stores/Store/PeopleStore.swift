import People
import Records

/// Who belongs where, what they answer for, the keys of programs, and the audit trail.
public protocol PeopleStore: Sendable {
    /// - Throws: `PeopleError.lastAdministrator` when nobody would be left who can let others in.
    func setRole(_ role: Role, of account: ID<Account>) async throws
    /// Somebody who is deactivated is signed out, and their tokens no longer work; nothing they did is taken away.
    /// - Throws: `PeopleError.lastAdministrator`.
    func setActive(_ isActive: Bool, of account: ID<Account>) async throws
    /// - Throws: `PeopleError.noSuchTeam`; an empty department is none.
    func setTeam(_ team: Team, of account: ID<Account>) async throws
    func setResponsibilities(_ responsibilities: [Responsibility], of account: ID<Account>) async throws

    /// Departments (with an empty name) and their teams, in order.
    func teams() async throws -> [Team]
    /// Makes a team, and its department where there is none. Made again, it stays as it is.
    func addTeam(_ team: Team) async throws
    /// - Throws: `PeopleError.teamHasPeople`, `PeopleError.noSuchTeam`.
    func removeTeam(_ team: Team) async throws

    func addAccessToken(
        hash: [UInt8], account: ID<Account>, name: String, scope: Set<Permission>, at: Moment, expiresAt: Moment?
    ) async throws -> AccessToken
    /// The tokens of an account, or all; the latest first.
    func accessTokens(of account: ID<Account>?) async throws -> [AccessToken]
    /// The token and its account, when both are good; notes that it was used.
    func useAccessToken(hash: [UInt8], at: Moment) async throws -> (token: AccessToken, account: Account)?
    /// - Parameter account: Only a token of theirs; nil for anyone's.
    /// - Returns: False when there is none, or it was revoked before.
    func revokeAccessToken(_ id: ID<AccessToken>, of account: ID<Account>?, at: Moment) async throws -> Bool

    /// The latest first, those before a line.
    func auditEntries(before id: Int64?, limit: Int) async throws -> [AuditEntry]
}
