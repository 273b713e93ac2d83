import People
import Records
import Store

/// Accounts, sessions, one-time links, and the audit trail.
extension SQLStore {
    public func accountCount() async throws -> Int {
        try await database.read { Int(try $0.first("select count(*) from account") { $0.integer(0) } ?? 0) }
    }

    public func accounts() async throws -> [Account] {
        try await database.read { try $0.rows("\(Self.selectAccount) order by a.id") { Self.readAccount($0) } }
    }

    public func addAccount(
        login: String, name: String, role: Role, passwordHash: String, at moment: Moment
    ) async throws -> Account {
        try await database.write { c in
            let key = login.lowercased()
            if try c.first("select 1 from account where login = $1", .text(key), row: { $0.integer(0) }) != nil {
                throw StoreError.failed(
                    address: login, reason: "there is an account with this login already; choose another")
            }
            let id = try c.first(
                """
                insert into account (login, name, role, language, password_hash, created_at, is_active)
                values ($1, $2, $3, '', $4, $5, 1) returning id
                """, .text(key), .text(name), .text(role.rawValue), .text(passwordHash),
                .integer(moment.microseconds)
            ) { $0.integer(0) }
            return Account(
                id: ID(id ?? 0), login: key, name: name, role: role, language: "", createdAt: moment, isActive: true)
        }
    }

    public func setPassword(_ passwordHash: String, name: String, of account: ID<Account>) async throws {
        try await database.write {
            try $0.run(
                "update account set password_hash = $1, name = $2 where id = $3", .text(passwordHash), .text(name),
                .integer(account.value))
            // Whoever knew the old password is logged out.
            try $0.run("delete from session where account = $1", .integer(account.value))
        }
    }

    public func setLanguage(_ language: String, of account: ID<Account>) async throws {
        try await database.write {
            try $0.run("update account set language = $1 where id = $2", .text(language), .integer(account.value))
        }
    }

    public func account(login: String) async throws -> (account: Account, passwordHash: String)? {
        try await database.read {
            try $0.first("\(Self.selectAccount) where a.login = $1", .text(login.lowercased())) {
                (Self.readAccount($0), $0.text(7))
            }
        }
    }

    public func addSession(
        tokenHash: [UInt8], formToken: String, account: ID<Account>, expiresAt: Moment
    ) async throws {
        try await database.write {
            try $0.run(
                "insert into session (token_hash, form_token, account, expires_at) values ($1, $2, $3, $4)",
                .bytes(tokenHash), .text(formToken), .integer(account.value), .integer(expiresAt.microseconds))
        }
    }

    public func session(tokenHash: [UInt8], at moment: Moment) async throws -> Session? {
        try await database.read {
            try $0.first(
                """
                select a.id, a.login, a.name, a.role, a.language, a.created_at, a.is_active, '', s.form_token,
                       s.expires_at, coalesce(m.department, ''), coalesce(m.team, ''), coalesce(m.responsibilities, '')
                from session s join account a on a.id = s.account left join membership m on m.account = a.id
                where s.token_hash = $1 and s.expires_at > $2 and a.is_active = 1
                """, .bytes(tokenHash), .integer(moment.microseconds)
            ) {
                Session(
                    account: Self.readAccount($0, membership: 10), formToken: $0.text(8),
                    expiresAt: Moment(microseconds: $0.integer(9)))
            }
        }
    }

    public func removeSession(tokenHash: [UInt8]) async throws {
        try await database.write { try $0.run("delete from session where token_hash = $1", .bytes(tokenHash)) }
    }

    public func addLink(tokenHash: [UInt8], account: ID<Account>, expiresAt: Moment) async throws {
        try await database.write {
            try $0.run(
                "insert into link (token_hash, account, expires_at) values ($1, $2, $3)", .bytes(tokenHash),
                .integer(account.value), .integer(expiresAt.microseconds))
        }
    }

    public func link(tokenHash: [UInt8], at moment: Moment) async throws -> Account? {
        try await database.read { try Self.link(tokenHash, moment, $0) }
    }

    public func useLink(tokenHash: [UInt8], at moment: Moment) async throws -> Account? {
        try await database.write { c in
            guard let account = try Self.link(tokenHash, moment, c) else { return nil }
            try c.run("delete from link where account = $1", .integer(account.id.value))
            return account
        }
    }

    private static func link(_ tokenHash: [UInt8], _ moment: Moment, _ c: any SQLConnection) throws -> Account? {
        try c.first(
            "\(selectAccount) join link l on l.account = a.id where l.token_hash = $1 and l.expires_at > $2",
            .bytes(tokenHash), .integer(moment.microseconds)
        ) { readAccount($0) }
    }

    public func noteFailedLogin(login: String, at moment: Moment) async throws {
        try await database.write {
            try $0.run(
                "insert into failed_login (login, at) values ($1, $2)", .text(login.lowercased()),
                .integer(moment.microseconds))
        }
    }

    public func failedLogins(login: String, since moment: Moment) async throws -> Int {
        try await database.read {
            Int(
                try $0.first(
                    "select count(*) from failed_login where login = $1 and at >= $2", .text(login.lowercased()),
                    .integer(moment.microseconds)
                ) { $0.integer(0) } ?? 0)
        }
    }

    public func audit(by login: String, action: String, subject: String, at moment: Moment) async throws {
        try await database.write {
            try $0.run(
                "insert into audit (at, by_login, action, subject) values ($1, $2, $3, $4)",
                .integer(moment.microseconds), .text(login), .text(action), .text(subject))
        }
    }

    static var selectAccount: String {
        """
        select a.id, a.login, a.name, a.role, a.language, a.created_at, a.is_active, a.password_hash,
               coalesce(m.department, ''), coalesce(m.team, ''), coalesce(m.responsibilities, '')
        from account a left join membership m on m.account = a.id
        """
    }

    /// - Parameter membership: The column with the department; team and responsibilities follow it.
    static func readAccount(_ row: any SQLStatement, membership: Int = 8) -> Account {
        Account(
            id: ID(row.integer(0)), login: row.text(1), name: row.text(2), role: Role(rawValue: row.text(3)) ?? .reader,
            language: row.text(4), createdAt: Moment(microseconds: row.integer(5)), isActive: row.integer(6) != 0,
            department: row.text(membership), team: row.text(membership + 1),
            responsibilities: row.text(membership + 2).split(separator: "\n").compactMap { Responsibility($0) })
    }
}

/// The organisation's settings.
extension SQLStore {
    public func setting(_ key: Setting) async throws -> String? {
        try await database.read {
            try $0.first("select value from setting where key = $1", .text(key.rawValue)) { $0.text(0) }
        }
    }

    public func set(_ key: Setting, to value: String) async throws {
        try await database.write {
            try $0.run(
                """
                insert into setting (key, value) values ($1, $2)
                on conflict (key) do update set value = excluded.value
                """, .text(key.rawValue), .text(value))
        }
    }
}
