import Foundation
import Hummingbird
import Improvements
import People
import Records
import Store
import Testing

@testable import Web

/// A program with a token of its own.
struct Client: Sendable {
    let browser: Browser
    let secret: String

    init(_ browser: Browser, role: Role = .administrator, owns: [Responsibility] = [], _ scope: Set<Permission>? = nil)
        async throws
    {
        self.browser = browser
        let login = "p\(Int.random(in: 0..<1_000_000_000))"
        let account = try await browser.store.addAccount(
            login: login, name: login, role: role, passwordHash: "x", at: Browser.now)
        try await browser.store.setResponsibilities(owns, of: account.id)
        let all = Set(Permission.allCases.filter { role.may($0) })
        secret = try await newAccessToken(
            browser.store, for: account, name: "test", scope: scope ?? all, days: nil, at: Browser.now
        ).secret
    }

    /// Asks, and checks that what comes back is what the description says.
    func send(_ method: String, _ path: String, _ body: String = "", headers: [String: String] = [:]) async throws
        -> Answer
    {
        var all = ["authorization": "Bearer \(secret)"]
        if !body.isEmpty { all["content-type"] = "application/json" }
        all.merge(headers) { $1 }
        let ask = Ask(
            method: method, target: "/api/v1" + path, headers: all,
            body: RequestBody(buffer: ByteBuffer(string: body)))
        let reply = await browser.site.reply(to: ask)
        let isDocument = reply.header("Content-Type")?.hasSuffix("json") == true
        let json = isDocument ? try JSON(reading: reply.body) : .null
        if reply.status >= 400 {
            #expect(reply.header("Content-Type") == "application/problem+json", "\(path): \(reply.bodyText)")
            #expect(OpenAPI.problem.trouble(json, isAnswer: true) == nil, "\(path)")
            #expect(
                json["type"]?.said?.hasPrefix("urn:ratchet:problem:") == true && json["status"]?.whole == reply.status)
        } else if isDocument, case .found(let route, _) = Routes.find(method, ask.segments),
            let endpoint = route.endpoint
        {
            #expect(reply.status == endpoint.status || reply.header("Idempotency-Replayed") != nil, "\(path)")
            let trouble = endpoint.gives?.trouble(json, isAnswer: true)
            #expect(
                trouble == nil, "\(method) \(path): \(String(describing: trouble)) in \(reply.bodyText.prefix(300))")
        }
        return Answer(reply: reply, json: json)
    }

    struct Answer {
        var reply: Reply
        var json: JSON
        var status: Int { reply.status }
        /// The case that a problem names.
        var problem: String? { json["type"]?.said.map { String($0.dropFirst(Problem.types.count)) } }
    }
}

@Suite("The API: improvements")
struct ImprovementsAPITests {
    @Test("An improvement is opened, read, changed by who saw it as it is, and by nobody else")
    func versions() async throws {
        let client = try await Client(try await Browser())
        #expect(try await client.send("POST", "/improvements", "{}").problem == "does-not-fit")
        #expect(try await client.send("POST", "/improvements", "{\"title\":\" \"}").problem == "unusable")
        #expect(
            try await client.send("POST", "/improvements", "{\"title\":\"A\",\"opportunity\":\"o1\"}").problem
                == "unusable")
        let opened = try await client.send("POST", "/improvements", "{\"title\":\"Answer mail sooner\"}")
        #expect(opened.status == 201 && opened.reply.header("Location") == "/api/v1/improvements/1")
        #expect(opened.reply.header("ETag") == "\"1\"")
        #expect(
            try await client.send("POST", "/improvements/1/cause", "{\"text\":\"Queue\"}").problem == "version-missing")
        let changed = try await client.send(
            "POST", "/improvements/1/owned", "{\"owner\":\"Ada\"}", headers: ["if-match": "\"1\""])
        #expect(
            changed.status == 200 && changed.reply.header("ETag") == "\"2\"" && changed.json["owner"]?.said == "Ada")
        let late = try await client.send(
            "POST", "/improvements/1/cause", "{\"text\":\"Queue\"}", headers: ["if-match": "\"1\""])
        #expect(late.status == 412 && late.problem == "changed-meanwhile" && late.json["version"]?.whole == 2)
        #expect(try await client.send("GET", "/improvements/1").json["version"]?.whole == 2)
        #expect(try await client.send("GET", "/improvements/1", headers: ["if-none-match": "\"2\""]).status == 304)
        #expect(try await client.send("GET", "/improvements/2").problem == "not-found")
        #expect(try await client.send("GET", "/improvements/x").problem == "not-found")
        #expect(try await client.send("POST", "/improvements/1/commented", "{\"text\":\"Thanks\"}").status == 200)
    }

    @Test("Two who write at once: one is told that somebody was faster, and nothing is lost")
    func race() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        _ = try await client.send("POST", "/improvements", "{\"title\":\"A\"}")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for i in 0..<8 {
                group.addTask {
                    try await client.send(
                        "POST", "/improvements/1/cause", "{\"text\":\"Cause \(i)\"}", headers: ["if-match": "\"1\""]
                    ).status
                }
            }
            var all: [Int] = []
            for try await status in group { all.append(status) }
            return all.sorted()
        }
        #expect(statuses == [200] + Array(repeating: 412, count: 7))
        #expect(try await browser.store.improvement(ID(1))?.version == 2)
    }

    @Test("A step is left with its evidence, or with a reason from who may approve; the missing evidence is named")
    func gates() async throws {
        let browser = try await Browser()
        let boss = try await Client(browser)
        let manager = try await Client(browser, role: .processManager)
        _ = try await boss.send("POST", "/improvements", "{\"title\":\"A\"}")
        let refused = try await manager.send("POST", "/improvements/1/forward", "", headers: ["if-match": "*"])
        #expect(refused.status == 409 && refused.problem == "evidence-missing")
        #expect(refused.json["missing"]?.items?.first?.said == "measurableObjective")
        let reason = "{\"reason\":\"Known\"}"
        #expect(
            try await manager.send("POST", "/improvements/1/forward", reason, headers: ["if-match": "*"]).problem
                == "not-allowed")
        #expect(
            try await boss.send("POST", "/improvements/1/forward", reason, headers: ["if-match": "*"]).json["step"]?
                .whole == 2)
        #expect(
            try await boss.send(
                "POST", "/improvements/1/decided", "{\"decision\":\"keep\"}", headers: ["if-match": "*"]
            ).problem == "wrong-step")
        #expect(
            try await boss.send("POST", "/improvements/1/evaluated", "", headers: ["if-match": "*"]).problem
                == "no-plan")
        #expect(
            try await boss.send(
                "POST", "/improvements/1/back", "{\"to\":5,\"reason\":\"x\"}", headers: ["if-match": "*"]
            ).problem == "not-earlier")
        #expect(
            try await boss.send("POST", "/improvements/1/held", "{\"reason\":\"Budget\"}", headers: ["if-match": "*"])
                .json["state"]?.said == "onHold")
        #expect(
            try await boss.send("POST", "/improvements/1/cause", "{\"text\":\"x\"}", headers: ["if-match": "*"]).problem
                == "on-hold")
        #expect(
            try await boss.send("POST", "/improvements/1/closed", "{\"reason\":\"Done\"}", headers: ["if-match": "*"])
                .status == 200)
        #expect(
            try await boss.send("POST", "/improvements/1/resumed", "", headers: ["if-match": "*"]).problem
                == "not-on-hold")
        #expect(
            try await boss.send("POST", "/improvements/1/cause", "{\"text\":\"x\"}", headers: ["if-match": "*"]).problem
                == "closed")
        for word in ["approved", "opened", "planned2"] {
            let reply = try await boss.send("POST", "/improvements/1/\(word)", "", headers: ["if-match": "*"])
            #expect(reply.status == (word == "approved" ? 409 : 404), "\(word)")
        }
    }

    @Test("A process owner approves in their processes, and in no other")
    func owners() async throws {
        let browser = try await Browser()
        let boss = try await Client(browser)
        _ = try await boss.send("POST", "/improvements", "{\"title\":\"A\"}")
        let objective =
            "{\"text\":\"Half\",\"measure\":\"incidents.timeToResolve\",\"slice\":{\"service\":\"Payroll\"}}"
        #expect(
            try await boss.send("POST", "/improvements/1/objective", objective, headers: ["if-match": "*"]).status
                == 200)
        let cases: [(Role, [Responsibility], Int)] = [
            (.processOwner, [.init(.process, "changes")], 403), (.processOwner, [], 403),
            (.serviceOwner, [.init(.service, "Mail")], 403), (.serviceOwner, [.init(.service, "Payroll")], 200),
            (.processOwner, [.init(.process, "incidents")], 200),
        ]
        for (role, owns, status) in cases {
            let client = try await Client(browser, role: role, owns: owns)
            #expect(
                try await client.send("POST", "/improvements/1/approved", "", headers: ["if-match": "*"]).status
                    == status,
                "\(role) \(owns)")
        }
    }

    @Test("Lists are read page by page and sifted; a cursor that is gone is told")
    func lists() async throws {
        let client = try await Client(try await Browser())
        for i in 1...5 { _ = try await client.send("POST", "/improvements", "{\"title\":\"Number \(i)\"}") }
        _ = try await client.send("POST", "/improvements/2/owned", "{\"owner\":\"Ada\"}", headers: ["if-match": "*"])
        var seen: [Int] = []
        var path = "/improvements?limit=2"
        for _ in 0..<3 {
            let page = try await client.send("GET", path)
            seen += page.json["improvements"]?.items?.compactMap { $0["id"]?.whole } ?? []
            guard let next = page.json["next"]?.said else { break }
            #expect(page.reply.header("Link")?.contains("after=\(next)") == true)
            path = "/improvements?limit=2&after=\(next)"
        }
        #expect(seen == [1, 2, 3, 4, 5])
        let ada = try await client.send("GET", "/improvements?owner=Ada&state=active&step=1")
        #expect(ada.json["improvements"]?.items?.count == 1)
        for wrong in ["limit=0", "limit=1001", "limit=x", "after=99", "state=open", "step=8", "missing=money"] {
            let reply = try await client.send("GET", "/improvements?\(wrong)")
            #expect(reply.status == 400 && reply.problem == "bad-parameter", "\(wrong)")
        }
        let action = "{\"text\":\"Train two\",\"owner\":\"Bo\",\"kind\":\"training\",\"due\":\"2026-12-01\"}"
        #expect(
            try await client.send("POST", "/improvements/3/action", action, headers: ["if-match": "*"]).status == 200)
        #expect(
            try await client.send("GET", "/actions?owner=Bo&dueBefore=2026-12-02&done=false").json["actions"]?.items?
                .count == 1)
        #expect(try await client.send("GET", "/actions?owner=Bo&done=true").json["actions"]?.items?.isEmpty == true)
        for path in [
            "/signals?kind=trend", "/opportunities?effort=small", "/measures?kind=incidents&limit=3", "/imports",
            "/suggestions",
        ] {
            #expect(try await client.send("GET", path).status == 200, "\(path)")
        }
        #expect(try await client.send("GET", "/measures?kind=people").problem == "bad-parameter")
    }
}

@Suite("The API: requests and answers")
struct GateTests {
    @Test(
        "The same key and request get the same answer once done; another body with it is refused; a refusal leaves it free"
    )
    func idempotency() async throws {
        let client = try await Client(try await Browser())
        let key = ["idempotency-key": "k1"]
        #expect(try await client.send("POST", "/suggestions", "{\"title\":\"\"}", headers: key).problem == "unusable")
        let first = try await client.send("POST", "/suggestions", "{\"title\":\"Shorter forms\"}", headers: key)
        let again = try await client.send("POST", "/suggestions", "{\"title\":\"Shorter forms\"}", headers: key)
        #expect(first.status == 201 && again.status == 201 && first.reply.body == again.reply.body)
        #expect(
            again.reply.header("Idempotency-Replayed") == "true" && first.reply.header("Idempotency-Replayed") == nil)
        #expect(again.reply.header("Content-Type") == "application/json")
        #expect(
            try await client.send("POST", "/suggestions", "{\"title\":\"Other\"}", headers: key).problem == "key-used")
        #expect(try await client.send("GET", "/suggestions").json["suggestions"]?.items?.count == 1)
        // Another account's key of the same name is another key.
        let other = try await Client(client.browser)
        #expect(
            try await other.send("POST", "/suggestions", "{\"title\":\"Shorter forms\"}", headers: key).reply.header(
                "Idempotency-Replayed") == nil)
        let long = ["idempotency-key": String(repeating: "k", count: 201)]
        #expect(
            try await client.send("POST", "/suggestions", "{\"title\":\"A\"}", headers: long).problem == "bad-parameter"
        )
    }

    @Test("The same key sent eight times at once does the work once")
    func concurrent() async throws {
        let client = try await Client(try await Browser())
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await client.send(
                        "POST", "/suggestions", "{\"title\":\"Once\"}", headers: ["idempotency-key": "k"]
                    ).status
                }
            }
            var all: [Int] = []
            for try await status in group { all.append(status) }
            return all
        }
        #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 } && statuses.contains(201), "\(statuses)")
        #expect(try await client.send("GET", "/suggestions").json["suggestions"]?.items?.count == 1)
    }

    @Test("What cannot be read is told by its case: media type, syntax, size, method, address")
    func cases() async throws {
        let client = try await Client(try await Browser())
        let html = try await client.send("POST", "/suggestions", "<p>", headers: ["content-type": "text/html"])
        #expect(
            html.status == 415 && html.problem == "wrong-media-type"
                && html.reply.header("Accept") == "application/json")
        let form = ["content-type": "application/x-www-form-urlencoded"]
        #expect(try await client.send("POST", "/suggestions", "title=A", headers: form).status == 415)
        #expect(try await client.send("POST", "/suggestions", "{").problem == "not-json")
        let large = "{\"title\":\"" + String(repeating: "a", count: 1 << 20) + "\"}"
        #expect(try await client.send("POST", "/suggestions", large).status == 413)
        let wrong = try await client.send("PUT", "/suggestions", "{}")
        #expect(
            wrong.status == 405 && wrong.reply.header("Allow") == "GET, HEAD, POST" && wrong.problem == "wrong-method")
        #expect(try await client.send("GET", "/nothing").problem == "not-found")
        #expect(
            try await client.send(
                "POST", "/suggestions", "{\"title\":\"A\"}",
                headers: ["content-type": "Application/JSON; charset=utf-8"]
            ).status == 201)
    }

    @Test("A token that is unknown, revoked, expired or of someone deactivated opens nothing, and says so")
    func tokens() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        #expect(try await client.send("GET", "/signals").status == 200)
        for authorization in ["Bearer nonsense", "Bearer", "Basic YTpi", "Bearer \(client.secret)x", ""] {
            let reply = try await client.send("GET", "/signals", headers: ["authorization": authorization])
            #expect(reply.status == 401 && reply.problem == "token-not-good", "\(authorization)")
            #expect(reply.reply.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        }
        let token = try #require(try await browser.store.accessTokens(of: nil).first)
        #expect(token.lastUsedAt == Browser.now && token.scope == Set(Permission.allCases))
        #expect(try await browser.store.revokeAccessToken(token.id, of: nil, at: Browser.now))
        #expect(try await !browser.store.revokeAccessToken(token.id, of: nil, at: Browser.now))
        #expect(try await client.send("GET", "/signals").problem == "token-not-good")
        let second = try await Client(browser)
        let owner = try #require(try await browser.store.accessTokens(of: nil).first)
        try await browser.store.setActive(false, of: owner.account)
        #expect(try await second.send("GET", "/signals").problem == "token-not-good")
        let account = try #require(try await browser.store.accounts().first)
        let old = try await newAccessToken(
            browser.store, for: account, name: "old", scope: [.read], days: 1,
            at: Moment(seconds: Browser.now.seconds - 86_400))
        #expect(
            try await client.send("GET", "/signals", headers: ["authorization": "Bearer \(old.secret)"]).status == 401)
    }

    @Test("Every change through the API stands in the audit trail; reading does not")
    func audit() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        _ = try await client.send("GET", "/suggestions")
        _ = try await client.send("POST", "/suggestions", "{}")
        #expect(try await browser.store.auditEntries(before: nil, limit: 9).isEmpty)
        _ = try await client.send("POST", "/suggestions", "{\"title\":\"A\"}")
        let entry = try #require(try await browser.store.auditEntries(before: nil, limit: 9).first)
        #expect(entry.action == "POST /api/v1/suggestions" && entry.by.hasPrefix("p"))
    }
}
