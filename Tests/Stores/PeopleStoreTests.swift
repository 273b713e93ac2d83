import Improvements
import Open
import People
import Records
import Store
import Testing

@Suite("Any store keeps people")
struct PeopleStoreTests {
    private let now = Moment(seconds: 1000)

    @Test("Somebody is always left who can let others in")
    func lastAdministrator() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let one = try await store.addAccount(login: "a", name: "A", role: .administrator, passwordHash: "", at: now)
        await #expect(throws: PeopleError.lastAdministrator) { try await store.setRole(.reader, of: one.id) }
        await #expect(throws: PeopleError.lastAdministrator) { try await store.setActive(false, of: one.id) }
        try await store.setRole(.administrator, of: one.id)
        let two = try await store.addAccount(login: "b", name: "B", role: .administrator, passwordHash: "", at: now)
        try await store.setActive(false, of: two.id)
        await #expect(throws: PeopleError.lastAdministrator) { try await store.setRole(.reader, of: one.id) }
        try await store.setActive(true, of: two.id)
        try await store.setRole(.reader, of: one.id)
        #expect(try await store.account(login: "a")?.account.role == .reader)
    }

    @Test("Somebody who is deactivated is signed out and cannot come back by an old link")
    func deactivated() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let one = try await store.addAccount(login: "a", name: "A", role: .reader, passwordHash: "", at: now)
        let end = Moment(seconds: 9000)
        try await store.addSession(tokenHash: [1], formToken: "f", account: one.id, expiresAt: end)
        try await store.addLink(tokenHash: [2], account: one.id, expiresAt: end)
        try await store.setActive(false, of: one.id)
        #expect(try await store.session(tokenHash: [1], at: now) == nil)
        #expect(try await store.link(tokenHash: [2], at: now) == nil)
        #expect(try await store.account(login: "a")?.account.isActive == false)
    }

    @Test("People belong to teams that exist; a team with people stays; what they own is kept with them")
    func teams() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let one = try await store.addAccount(login: "a", name: "A", role: .serviceOwner, passwordHash: "", at: now)
        let desk = Team(department: "IT", name: "Desk")
        await #expect(throws: PeopleError.noSuchTeam(desk)) { try await store.setTeam(desk, of: one.id) }
        await #expect(throws: PeopleError.nameMissing) { try await store.addTeam(Team(department: " ")) }
        try await store.addTeam(desk)
        try await store.addTeam(desk)
        #expect(try await store.teams() == [Team(department: "IT"), desk])
        try await store.setTeam(desk, of: one.id)
        let owns = [Responsibility(.service, "Løn: måned"), Responsibility(.process, "incidents")]
        try await store.setResponsibilities(owns, of: one.id)
        let found = try await store.account(login: "a")?.account
        #expect(found?.team == "Desk" && found?.department == "IT" && found?.responsibilities == owns)
        try await store.addSession(tokenHash: [1], formToken: "f", account: one.id, expiresAt: Moment(seconds: 9000))
        #expect(try await store.session(tokenHash: [1], at: now)?.account == found)
        await #expect(throws: PeopleError.teamHasPeople(desk, count: 1)) { try await store.removeTeam(desk) }
        await #expect(throws: PeopleError.teamHasPeople(Team(department: "IT"), count: 1)) {
            try await store.removeTeam(Team(department: "IT"))
        }
        try await store.setTeam(Team(department: ""), of: one.id)
        #expect(try await store.account(login: "a")?.account.responsibilities == owns)
        try await store.removeTeam(Team(department: "IT"))
        #expect(try await store.teams().isEmpty)
        await #expect(throws: PeopleError.noSuchTeam(desk)) { try await store.removeTeam(desk) }
    }

    @Test("A token is found by its hash until it expires or is revoked; its last use is known to the minute")
    func tokens() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let one = try await store.addAccount(login: "a", name: "A", role: .reader, passwordHash: "", at: now)
        let two = try await store.addAccount(login: "b", name: "B", role: .reader, passwordHash: "", at: now)
        let token = try await store.addAccessToken(
            hash: [7], account: one.id, name: "n", scope: [.read, .suggest], at: now, expiresAt: Moment(seconds: 5000))
        #expect(try await store.useAccessToken(hash: [8], at: now) == nil)
        #expect(try await store.useAccessToken(hash: [7], at: now)?.account.login == "a")
        _ = try await store.useAccessToken(hash: [7], at: Moment(seconds: 1059))
        #expect(try await store.accessTokens(of: one.id).first?.lastUsedAt == now)
        _ = try await store.useAccessToken(hash: [7], at: Moment(seconds: 1060))
        #expect(try await store.accessTokens(of: one.id).first?.lastUsedAt == Moment(seconds: 1060))
        #expect(try await store.useAccessToken(hash: [7], at: Moment(seconds: 5000)) == nil)
        #expect(try await !store.revokeAccessToken(token.id, of: two.id, at: now))
        #expect(try await store.revokeAccessToken(token.id, of: one.id, at: now))
        #expect(try await store.useAccessToken(hash: [7], at: now) == nil)
        #expect(try await store.accessTokens(of: two.id).isEmpty)
        #expect(try await store.accessTokens(of: nil).first?.scope == [.read, .suggest])
    }

    @Test("A key is one request's; what was cut off can be tried again after a while, what is old is forgotten")
    func idempotency() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        func reserve(_ request: [UInt8], at seconds: Int64) async throws -> Reservation {
            try await store.reserve(
                "k", of: 1, request: request, at: Moment(seconds: seconds), forgetting: Moment(seconds: seconds - 1000))
        }
        #expect(try await reserve([1], at: 5000) == .new)
        #expect(try await reserve([1], at: 5001) == .underWay)
        #expect(try await reserve([2], at: 5001) == .otherRequest)
        try await store.release("k", of: 1)
        #expect(try await reserve([2], at: 5002) == .new)
        #expect(try await reserve([2], at: 5123) == .new)
        let answer = KeptAnswer(status: 201, headers: "A: b", body: [1, 0, 255])
        try await store.keepAnswer(answer, for: "k", of: 1)
        try await store.release("k", of: 1)
        #expect(try await reserve([2], at: 5400) == .answered(answer))
        #expect(try await reserve([3], at: 5400) == .otherRequest)
        #expect(try await reserve([3], at: 6124) == .new)
    }

    @Test(
        "Each thing is announced once and numbered in order; progress is forgotten, its last number never given again")
    func announcements() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        #expect(try await store.lastAnnouncement() == 0)
        #expect(try await store.announce(kind: "signal", subject: "s", key: "a", body: "{}", at: now) == 1)
        #expect(try await store.announce(kind: "signal", subject: "s", key: "a", body: "{}", at: now) == nil)
        for i in 0..<3 {
            _ = try await store.announce(kind: "import", subject: "t", key: "i\(i)", body: "{}", at: now)
        }
        try await store.forgetProgress(before: Moment(seconds: 2000))
        #expect(try await store.announcements(after: 0, kind: nil, subject: nil, limit: 9).map(\.id) == [1, 4])
        let next = try #require(try await store.announce(kind: "signal", subject: "u", key: "b", body: "{}", at: now))
        #expect(next > 4)
        #expect(try await store.announcements(after: 1, kind: "signal", subject: "u", limit: 9).map(\.id) == [next])
        let before = try await store.marks()
        let id = try await store.open(Entry(.opened(title: "A", origin: .hand), by: "a", at: now))
        #expect(try await store.marks() != before)
        #expect(try await store.unannouncedEntries(limit: 9).map(\.place) == [0])
        _ = try await store.announce(
            kind: "improvement", subject: "1", key: "improvement:\(id.value):0", body: "{}", at: now)
        #expect(try await store.unannouncedEntries(limit: 9).isEmpty)
    }
}
