import Foundation
import Hummingbird
import People
import Records
import Store
import Testing

@testable import Web

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
