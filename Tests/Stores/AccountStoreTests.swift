import Open
import People
import Records
import Store
import Testing

@Suite("Any store keeps accounts")
struct AccountStoreTests {
    @Test("A one-time link works once, until it expires")
    func links() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let account = try await store.addAccount(
            login: "Mette", name: "Mette", role: .administrator, passwordHash: "", at: Moment(seconds: 1))
        let hash = Secrets.hash(token: "t")
        try await store.addLink(tokenHash: hash, account: account.id, expiresAt: Moment(seconds: 100))
        #expect(try await store.useLink(tokenHash: hash, at: Moment(seconds: 101)) == nil)
        #expect(try await store.useLink(tokenHash: Secrets.hash(token: "u"), at: Moment(seconds: 50)) == nil)
        #expect(try await store.useLink(tokenHash: hash, at: Moment(seconds: 50))?.login == "mette")
        #expect(try await store.useLink(tokenHash: hash, at: Moment(seconds: 50)) == nil)
    }

    @Test("A session is good until it expires, is ended, or the password changes")
    func sessions() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let account = try await store.addAccount(
            login: "wei", name: "Wei", role: .reader, passwordHash: "h", at: Moment(seconds: 1))
        for name in ["a", "b"] {
            try await store.addSession(
                tokenHash: Secrets.hash(token: name), formToken: "f", account: account.id,
                expiresAt: Moment(seconds: 100))
        }
        #expect(
            try await store.session(tokenHash: Secrets.hash(token: "a"), at: Moment(seconds: 99))?.account == account)
        #expect(try await store.session(tokenHash: Secrets.hash(token: "a"), at: Moment(seconds: 100)) == nil)
        try await store.removeSession(tokenHash: Secrets.hash(token: "a"))
        #expect(try await store.session(tokenHash: Secrets.hash(token: "a"), at: Moment(seconds: 9)) == nil)
        try await store.setPassword("h2", name: "Wei", of: account.id)
        #expect(try await store.session(tokenHash: Secrets.hash(token: "b"), at: Moment(seconds: 9)) == nil)
        #expect(try await store.account(login: "WEI")?.passwordHash == "h2")
        await #expect(throws: StoreError.self) {
            try await store.addAccount(
                login: "Wei", name: "", role: .reader, passwordHash: "", at: Moment(seconds: 1))
        }
    }

    @Test("Failed logins are counted for one login and one time")
    func failures() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        for second in [10, 20, 30] { try await store.noteFailedLogin(login: "A", at: Moment(seconds: Int64(second))) }
        #expect(try await store.failedLogins(login: "a", since: Moment(seconds: 15)) == 2)
        #expect(try await store.failedLogins(login: "b", since: Moment(seconds: 15)) == 0)
    }
}
