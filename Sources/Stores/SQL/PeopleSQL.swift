import People
import Records
import Store

/// Who belongs where and answers for what.
extension SQLStore {
    public func setRole(_ role: Role, of account: ID<Account>) async throws {
        try await database.write { c in
            if role != .administrator { try Self.keepAnAdministrator(besides: account, c) }
            try c.run("update account set role = $1 where id = $2", .text(role.rawValue), .integer(account.value))
        }
    }

    public func setActive(_ isActive: Bool, of account: ID<Account>) async throws {
        try await database.write { c in
            if !isActive {
                try Self.keepAnAdministrator(besides: account, c)
                try c.run("delete from session where account = $1", .integer(account.value))
                try c.run("delete from link where account = $1", .integer(account.value))
            }
            try c.run(
                "update account set is_active = $1 where id = $2", .integer(isActive ? 1 : 0), .integer(account.value))
        }
    }

    /// Refuses when this account is the only active administrator.
    private static func keepAnAdministrator(besides account: ID<Account>, _ c: any SQLConnection) throws {
        let isOne = try c.first(
            "select 1 from account where id = $1 and role = 'administrator' and is_active = 1", .integer(account.value)
        ) { $0.integer(0) }
        guard isOne != nil else { return }
        let others = try c.first(
            "select count(*) from account where id <> $1 and role = 'administrator' and is_active = 1",
            .integer(account.value)
        ) { $0.integer(0) }
        if (others ?? 0) == 0 { throw PeopleError.lastAdministrator }
    }

    public func setTeam(_ team: Team, of account: ID<Account>) async throws {
        try await database.write { c in
            if !team.department.isEmpty, try !Self.exists(team, c) { throw PeopleError.noSuchTeam(team) }
            try c.run(
                """
                insert into membership (account, department, team, responsibilities) values ($1, $2, $3, '')
                on conflict (account) do update set department = excluded.department, team = excluded.team
                """, .integer(account.value), .text(team.department), .text(team.department.isEmpty ? "" : team.name))
        }
    }

    public func setResponsibilities(_ responsibilities: [Responsibility], of account: ID<Account>) async throws {
        let text = responsibilities.map(\.text).joined(separator: "\n")
        try await database.write {
            try $0.run(
                """
                insert into membership (account, department, team, responsibilities) values ($1, '', '', $2)
                on conflict (account) do update set responsibilities = excluded.responsibilities
                """, .integer(account.value), .text(text))
        }
    }

    public func teams() async throws -> [Team] {
        try await database.read {
            try $0.rows("select department, name from team order by department, name") {
                Team(department: $0.text(0), name: $0.text(1))
            }
        }
    }

    public func addTeam(_ team: Team) async throws {
        if team.department.allSatisfy(\.isWhitespace) { throw PeopleError.nameMissing }
        try await database.write { c in
            for name in Set(["", team.name]).sorted() {
                try c.run(
                    "insert into team (department, name) values ($1, $2) on conflict do nothing",
                    .text(team.department), .text(name))
            }
        }
    }

    public func removeTeam(_ team: Team) async throws {
        try await database.write { c in
            guard try Self.exists(team, c) else { throw PeopleError.noSuchTeam(team) }
            // A department goes with its teams.
            let people =
                try c.first(
                    "select count(*) from membership where department = $1 and ($2 = '' or team = $3)",
                    .text(team.department), .text(team.name), .text(team.name)
                ) { $0.integer(0) } ?? 0
            if people > 0 { throw PeopleError.teamHasPeople(team, count: Int(people)) }
            try c.run(
                "delete from team where department = $1 and ($2 = '' or name = $3)", .text(team.department),
                .text(team.name), .text(team.name))
        }
    }

    private static func exists(_ team: Team, _ c: any SQLConnection) throws -> Bool {
        try c.first(
            "select 1 from team where department = $1 and name = $2", .text(team.department), .text(team.name)
        ) { $0.integer(0) } != nil
    }

    public func auditEntries(before id: Int64?, limit: Int) async throws -> [AuditEntry] {
        try await database.read {
            try $0.rows(
                "select id, at, by_login, action, subject from audit where id < $1 order by id desc limit $2",
                .integer(id ?? .max), Value(limit)
            ) {
                AuditEntry(
                    id: $0.integer(0), at: Moment(microseconds: $0.integer(1)), by: $0.text(2), action: $0.text(3),
                    subject: $0.text(4))
            }
        }
    }
}

/// Keys of programs.
extension SQLStore {
    private static var tokenColumns: String {
        "t.id, t.account, t.name, t.scope, t.created_at, t.expires_at, t.last_used_at, t.revoked_at"
    }

    /// How exactly the last use is known: a write a minute, not one a request.
    private static var useMicroseconds: Int64 { 60_000_000 }

    public func addAccessToken(
        hash: [UInt8], account: ID<Account>, name: String, scope: Set<Permission>, at moment: Moment,
        expiresAt: Moment?
    ) async throws -> AccessToken {
        try await database.write { c in
            let id = try c.first(
                """
                insert into access_token (token_hash, account, name, scope, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6) returning id
                """, .bytes(hash), .integer(account.value), .text(name), .text(AccessToken.words(scope)),
                .integer(moment.microseconds), Value(expiresAt?.microseconds)
            ) { $0.integer(0) }
            return AccessToken(
                id: ID(id ?? 0), account: account, name: name, scope: scope, createdAt: moment, expiresAt: expiresAt)
        }
    }

    public func accessTokens(of account: ID<Account>?) async throws -> [AccessToken] {
        try await database.read { c in
            let all = try c.rows("select \(Self.tokenColumns) from access_token t order by t.id desc") {
                Self.readToken($0)
            }
            return account.map { owner in all.filter { $0.account == owner } } ?? all
        }
    }

    public func useAccessToken(hash: [UInt8], at moment: Moment) async throws -> (token: AccessToken, account: Account)?
    {
        let found = try await database.read { c -> (token: AccessToken, account: Account)? in
            let token = try c.first(
                "select \(Self.tokenColumns) from access_token t where t.token_hash = $1", .bytes(hash)
            ) { Self.readToken($0) }
            guard let token, token.revokedAt == nil, token.expiresAt.map({ $0 > moment }) ?? true,
                let account = try c.first(
                    "\(Self.selectAccount) where a.id = $1", .integer(token.account.value),
                    row: { Self.readAccount($0) }),
                account.isActive
            else { return nil }
            return (token, account)
        }
        guard let found else { return nil }
        if found.token.lastUsedAt.map({ moment.microseconds - $0.microseconds >= Self.useMicroseconds }) ?? true {
            try await database.write {
                try $0.run(
                    "update access_token set last_used_at = $1 where id = $2", .integer(moment.microseconds),
                    .integer(found.token.id.value))
            }
        }
        return found
    }

    public func revokeAccessToken(
        _ id: ID<AccessToken>, of account: ID<Account>?, at moment: Moment
    ) async throws -> Bool {
        try await database.write { c in
            let revoked = try c.first(
                """
                update access_token set revoked_at = $1
                where id = $2 and revoked_at is null and ($3 = 0 or account = $4) returning id
                """, .integer(moment.microseconds), .integer(id.value), .integer(account?.value ?? 0),
                .integer(account?.value ?? 0)
            ) { $0.integer(0) }
            return revoked != nil
        }
    }

    private static func readToken(_ row: any SQLStatement) -> AccessToken {
        AccessToken(
            id: ID(row.integer(0)), account: ID(row.integer(1)), name: row.text(2),
            scope: Set(row.text(3).split(separator: " ").compactMap { Permission(rawValue: String($0)) }),
            createdAt: Moment(microseconds: row.integer(4)),
            expiresAt: row.optionalInteger(5).map { Moment(microseconds: $0) },
            lastUsedAt: row.optionalInteger(6).map { Moment(microseconds: $0) },
            revokedAt: row.optionalInteger(7).map { Moment(microseconds: $0) })
    }
}
