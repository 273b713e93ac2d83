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

@Suite("The API: what comes in")
struct IntakeTests {
    private func record(_ i: Int, _ more: String = "") -> String {
        "{\"id\":\"INC\(i)\",\"openedAt\":\"2026-01-0\(1 + i % 9)T08:00:00Z\",\"category\":\"Mail\",\"title\":\"Line one\\nand \\\"two\\\"\"\(more)}"
    }

    @Test("Records come in as JSON or one a line, with rejects told by their place; the same again changes nothing")
    func records() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        let bad = "{\"id\":\"INC8\",\"openedAt\":\"soon\",\"category\":\"Mail\"}"
        let body = "[\(record(1)),\(record(2, ",\"colour\":\"red\"")),\(bad),\(record(3))]"
        let taken = try await client.send("POST", "/records", body)
        #expect(taken.status == 200, "\(taken.reply.bodyText)")
        #expect(taken.json["new"]?.whole == 3 && taken.json["rejected"]?.whole == 1 && taken.json["rows"]?.whole == 4)
        #expect(taken.json["rejects"]?.items?.first?["index"]?.whole == 2, "\(taken.reply.bodyText)")
        #expect(taken.json["ignored"]?.items?.compactMap(\.said) == ["colour"])
        let ticket = try #require(try await browser.store.ticket(.incident, number: "INC1"))
        #expect(ticket.ticket.title.contains("two") && ticket.provenance.file == "records")
        let again = try await client.send("POST", "/records", body)
        #expect(again.json["repeated"]?.flag == true && again.json["new"]?.whole == 0)
        let lines = ["content-type": "application/x-ndjson"]
        let more = try await client.send(
            "POST", "/records?kind=change", "\(record(4))\n\n\(record(5))\r\n", headers: lines)
        #expect(more.json["new"]?.whole == 2, "\(more.reply.bodyText)")
        #expect(try await browser.store.extents().map(\.kind).contains(.change))
        #expect(
            try await client.send("POST", "/records", "\(record(6))\n{oops\n", headers: lines).problem == "not-json")
        #expect(try await client.send("POST", "/records", "[]").problem == "unusable")
        #expect(try await client.send("POST", "/records", "[{\"id\":\"INC1\"}]").problem == "unusable")
        #expect(try await client.send("POST", "/records", "[1]").problem == "does-not-fit")
        #expect(try await client.send("POST", "/records?kind=tree", body).problem == "bad-parameter")
        let left = try FileManager.default.contentsOfDirectory(atPath: browser.site.desk.folder)
        #expect(left.allSatisfy { $0.hasPrefix("store.db") }, "\(left)")
    }

    @Test("People in records become pseudonyms before anything is kept")
    func pseudonyms() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        _ = try await client.send("POST", "/records", "[\(record(1, ",\"requester\":\"Karen Blixen\""))]")
        let found = try #require(try await browser.store.ticket(.incident, number: "INC1"))
        #expect(found.names[found.ticket.requester].hasPrefix("p-"))
    }

    @Test("A file is taken in line and its reading can be followed; sent again with its key it is read once")
    func imports() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        let site = browser.site
        let desk = Task { await site.desk.run() }
        let csv = "number,opened_at,category\nINC1,2024-01-02 08:00:00,a\nINC2,2024-01-03 08:00:00,b\n"
        let headers = ["content-type": "text/csv", "idempotency-key": "f1"]
        let begun = try await client.send("POST", "/imports?name=in.csv&timezone=UTC", csv, headers: headers)
        #expect(begun.status == 202, "\(begun.reply.bodyText)")
        let again = try await client.send("POST", "/imports?name=in.csv&timezone=UTC", csv, headers: headers)
        #expect(again.reply.header("Idempotency-Replayed") == "true" && again.reply.body == begun.reply.body)
        let address = try #require(begun.reply.header("Location")).dropFirst("/api/v1".count)
        var state: String?
        for _ in 0..<200 where state != "done" {
            state = try await client.send("GET", String(address)).json["state"]?.said
            if state != "done" { try await Task.sleep(for: .milliseconds(20)) }
        }
        let token = String(address.split(separator: "/").last ?? "")
        let told = try await browser.store.announcements(after: 0, kind: "import", subject: token, limit: 99)
        #expect(told.last?.body.contains("\"state\":\"done\"") == true)
        #expect(try await client.send("GET", "/imports/1").json["rows"]?.whole == 2)
        #expect(
            try await client.send("POST", "/imports", "%PDF-1.7", headers: ["content-type": "text/csv"]).problem
                == "unusable")
        #expect(try await client.send("POST", "/imports", "{}").problem == "wrong-media-type")
        #expect(
            try await client.send("POST", "/imports?map=colour=Farve", csv, headers: ["content-type": "text/csv"])
                .problem == "bad-parameter")
        #expect(try await client.send("GET", "/imports/runs/none").problem == "not-found")
        browser.site.desk.stop()
        await desk.value
        let left = try FileManager.default.contentsOfDirectory(atPath: browser.site.desk.folder)
        #expect(left.allSatisfy { $0.hasPrefix("store.db") }, "\(left)")
    }

    @Test("Readings come in as JSON and in the line protocol; bad lines are told, good ones kept")
    func readings() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        let one = "{\"device\":\"d1\",\"quantity\":\"heat\",\"at\":\"2026-01-01T00:00:00Z\",\"value\":21.5}"
        #expect(try await client.send("POST", "/readings", one).json["taken"]?.whole == 1)
        #expect(try await client.send("POST", "/readings", "[\(one),\(one)]").json["taken"]?.whole == 2)
        #expect(try await client.send("POST", "/readings", "[{\"device\":\"d1\"}]").problem == "does-not-fit")
        let lines = "# roof\nheat,device=d2 value=3 1760000000000\nheat,device=d2 value=warm\n"
        let text = ["content-type": "text/plain"]
        let mixed = try await client.send("POST", "/readings?precision=ms", lines, headers: text)
        #expect(
            mixed.json["taken"]?.whole == 1 && mixed.json["rejects"]?.items?.first?["line"]?.whole == 3,
            "\(mixed.reply.bodyText)")
        #expect(try await client.send("POST", "/readings", "what\n", headers: text).problem == "unusable")
        #expect(try await client.send("POST", "/readings?precision=h", lines, headers: text).problem == "bad-parameter")
    }

    @Test("A message counts when its source signed it, and its members become fields by the map of the source")
    func hooks() async throws {
        let browser = try await Browser()
        let now = Browser.now
        try await browser.store.setIncomingHook(
            IncomingHook(
                source: "desk", secret: "s3cret",
                fields: ["id": "data.key", "openedAt": "data.created", "category": "data.labels.0"], createdAt: now))
        let body =
            "{\"event\":\"created\",\"data\":{\"key\":\"D-1\",\"created\":\"2026-01-01T00:00:00Z\",\"labels\":[\"Mail\"]}}"
        func send(_ source: String, _ headers: [String: String]) async -> Reply {
            await browser.send(
                "POST", "/api/v1/hooks/\(source)", body,
                headers: headers.merging(["content-type": "application/json"]) { $1 })
        }
        let good = ["ratchet-signature": Signature.header(Array(body.utf8), key: "s3cret", at: now)]
        #expect(await send("desk", [:]).status == 401)
        #expect(
            await send("desk", ["ratchet-signature": Signature.header(Array(body.utf8), key: "", at: now)]).status
                == 401)
        #expect(
            await send("other", ["ratchet-signature": Signature.header(Array(body.utf8), key: "", at: now)]).status
                == 401)
        let stale = Moment(seconds: now.seconds - 1000)
        #expect(
            await send("desk", ["ratchet-signature": Signature.header(Array(body.utf8), key: "s3cret", at: stale)])
                .status == 401)
        let taken = await send("desk", good)
        #expect(taken.status == 200, "\(taken.bodyText)")
        #expect(try await browser.store.ticket(.incident, number: "D-1")?.provenance.file == "hook desk")
        let hub = ["x-hub-signature-256": "sha256=" + Signature.hmac(Array(body.utf8), key: "s3cret")]
        #expect(await send("desk", hub).status == 200)
        #expect(try await browser.store.incomingHook("desk")?.received == 2)
    }
}

@Suite("The API: what happens")
struct EventsAPITests {
    @Test("What happens is announced once, in order, and a listener goes on where it was")
    func feed() async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        _ = try await client.send("POST", "/improvements", "{\"title\":\"A\"}")
        _ = try await client.send("POST", "/improvements/1/owned", "{\"owner\":\"Ada\"}", headers: ["if-match": "*"])
        try await Announcing.look(browser.store, at: Browser.now)
        try await Announcing.look(browser.store, at: Browser.now)
        var feed = EventFeed(store: browser.store, kind: nil, subject: nil, at: 0)
        let text = try await feed.next()
        #expect(
            text.hasPrefix("id: 1\nevent: improvement\ndata: {\"improvement\":1,\"version\":1,\"what\":\"opened\""),
            "\(text)")
        #expect(text.components(separatedBy: "event: ").count == 3 && text.hasSuffix("}\n\n"))
        #expect(try await feed.next().isEmpty)
        var late = EventFeed(store: browser.store, kind: "improvement", subject: "1", at: 1)
        #expect(try await late.next().hasPrefix("id: 2\n"))
        var other = EventFeed(store: browser.store, kind: "signal", subject: nil, at: 0)
        #expect(try await other.next().isEmpty)
        let reply = try await client.send("GET", "/events", headers: ["last-event-id": "1"]).reply
        #expect(reply.header("Content-Type") == "text/event-stream" && reply.stream != nil)
        #expect(try await client.send("GET", "/events?kind=weather").problem == "bad-parameter")
        #expect(try await client.send("GET", "/events", headers: ["last-event-id": "x"]).problem == "bad-parameter")
    }

    @Test("A webhook hears of what happens after it was added, of its kinds, and each try is in the log")
    func webhooks() async throws {
        let browser = try await Browser()
        let store = browser.store
        func announce(_ kind: String, _ n: Int) async throws {
            _ = try await store.announce(kind: kind, subject: "s", key: "\(n)", body: "{}", at: Browser.now)
        }
        try await announce("signal", 1)
        let all = try await store.addWebhook(address: "http://a/", secret: "k", kinds: [], at: Browser.now)
        _ = try await store.addWebhook(address: "http://b/", secret: "k", kinds: ["verdict"], at: Browser.now)
        #expect(try await store.dueDeliveries(at: Browser.now, limit: 9).isEmpty)
        for (i, kind) in ["signal", "import", "verdict"].enumerated() { try await announce(kind, i + 2) }
        let due = try await store.dueDeliveries(at: Browser.now, limit: 9)
        #expect(
            due.map { "\($0.delivery.address) \($0.event.kind)" } == [
                "http://a/ signal", "http://a/ verdict", "http://b/ verdict",
            ])
        try await store.note(due[0].delivery.tried(200, "200", at: Browser.now))
        try await store.note(due[1].delivery.tried(500, "500", at: Browser.now))
        #expect(try await store.dueDeliveries(at: Browser.now, limit: 9).count == 1)
        #expect(try await store.dueDeliveries(at: Moment(seconds: Browser.now.seconds + 60), limit: 9).count == 2)
        #expect(try await store.deliveries(limit: 9).map(\.state) == [.waiting, .waiting, .delivered])
        #expect(try await store.removeWebhook(all.id))
        #expect(try await store.deliveries(limit: 9).count == 1)
    }

    @Test("The figures for Prometheus count requests by route, status and time")
    func metrics() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        browser.site.tally.note(Ask(method: "GET", target: "/improvements"), 404, took: .milliseconds(3))
        browser.site.tally.note(Ask(method: "GET", target: "/tickets/incidents/INC1"), 200, took: .milliseconds(30))
        let text = await browser.get("/metrics").bodyText
        #expect(
            text.contains(
                "ratchet_requests_total{method=\"GET\",route=\"/tickets/{kind}/{number}\",status=\"200\"} 1\n"))
        #expect(
            text.contains(
                "ratchet_request_duration_seconds_bucket{route=\"/tickets/{kind}/{number}\",le=\"0.025\"} 0\n"))
        #expect(
            text.contains("ratchet_request_duration_seconds_bucket{route=\"/tickets/{kind}/{number}\",le=\"0.05\"} 1\n")
        )
        #expect(text.contains("ratchet_turns_total 0\n") && text.contains("ratchet_store_bytes "))
    }
}
