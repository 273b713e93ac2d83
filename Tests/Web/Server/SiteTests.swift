import Connectors
import Foundation
import Hummingbird
import Languages
import Open
import People
import Records
import Store
import Synchronization
import Testing

@testable import Web

/// A site over a store of its own, and a browser that keeps its cookies.
final class Browser: Sendable {
    let site: Site
    let store: any Store
    private let folder: URL
    private let jar = Mutex<[String: String]>([:])
    var cookies: [String: String] { jar.withLock { $0 } }
    static let password = "four unrelated words here"
    static let now = Moment(seconds: 1_760_000_000)

    init(isBehindTLS: Bool = false, sample: String? = nil) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ratchet-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try await openStore(folder.appending(path: "store.db").path)
        site = Site(
            store: store,
            options: SiteOptions(isBehindTLS: isBehindTLS, sample: sample, uploadFolder: folder.path),
            now: { Browser.now })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func send(
        _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]
    ) async -> Reply {
        var headers = headers
        if !cookies.isEmpty { headers["cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let reply = await site.reply(
            to: Ask(
                method: method, target: target, headers: headers,
                body: RequestBody(buffer: ByteBuffer(string: body))))
        for (name, value) in reply.headers where name == "Set-Cookie" {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let name = String(pair[0])
            if value.contains("Max-Age=0") {
                jar.withLock { $0[name] = nil }
            } else if pair.count == 2 {
                let text = String(pair[1])
                jar.withLock { $0[name] = text }
            }
        }
        return reply
    }

    func get(_ target: String, headers: [String: String] = [:]) async -> Reply {
        await send("GET", target, headers: headers)
    }

    /// The token that the page's first form carries.
    static func token(_ reply: Reply) throws -> String {
        let text = reply.bodyText
        let start = try #require(text.range(of: "name=\"token\" value=\""))
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    /// Makes the first account through its link, as a person would.
    func signIn() async throws {
        let link = try #require(try await firstRunLink(store, at: Browser.now))
        let token = try Browser.token(await get(link))
        let words = Browser.password.replacing(" ", with: "+")
        let reply = await send("POST", link, "token=\(token)&password=\(words)&again=\(words)")
        #expect(reply.status == 303 && reply.header("Location") == "/")
    }
}

@Suite struct SiteTests {
    @Test("Nobody sees a page before signing in; the way back is remembered; the API says so as a problem")
    func signedOut() async throws {
        let browser = try await Browser()
        let page = await browser.get("/signals")
        #expect(page.status == 303 && page.header("Location") == "/login?next=%2Fsignals")
        let api = await browser.get("/api/v1/signals")
        #expect(api.status == 401 && api.header("Content-Type") == "application/problem+json")
        #expect(api.bodyText.contains("urn:ratchet:problem:sign-in-first"))
        #expect(await browser.get("/healthz").status == 200)
        #expect(await browser.get("/readyz").status == 200)
    }

    @Test("The first link makes the account, works once, and every page of an empty store then answers")
    func firstRun() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(try await firstRunLink(browser.store, at: Browser.now) == nil)
        let today = await browser.get("/")
        #expect(today.status == 200)
        #expect(today.bodyText.contains("Drop a CSV export here"))
        for path in ["/services", "/measures", "/signals", "/register", "/sources", "/search?q=x", "/tickets"] {
            #expect(await browser.get(path).status == 200, "\(path)")
        }
        for path in ["/api/v1/signals", "/api/v1/opportunities", "/api/v1/imports", "/openapi.json"] {
            let reply = await browser.get(path)
            #expect(reply.status == 200, "\(path)")
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Foundation.Data(reply.body)) }
        }
    }

    @Test("Weak or different passwords are refused, a used link is gone")
    func weakPasswords() async throws {
        let browser = try await Browser()
        let link = try #require(try await firstRunLink(browser.store, at: Browser.now))
        let token = try Browser.token(await browser.get(link))
        #expect(await browser.send("POST", link, "token=\(token)&password=short&again=short").status == 422)
        let other = await browser.send("POST", link, "token=\(token)&password=long+enough+it+is&again=other")
        #expect(other.status == 422 && other.bodyText.contains("not the same"))
        #expect(
            await browser.send("POST", link, "token=\(token)&password=long+enough+it+is&again=long+enough+it+is").status
                == 303)
        #expect(await browser.get(link).status == 410)
    }

    @Test("A form without its token changes nothing, whoever sends it")
    func forgery() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(await browser.send("POST", "/logout", "").status == 403)
        #expect(await browser.send("POST", "/logout", "token=guess").status == 403)
        #expect(await browser.get("/").status == 200)
        let token = try Browser.token(await browser.get("/"))
        #expect(await browser.send("POST", "/logout", "token=\(token)").status == 303)
        #expect(await browser.get("/").status == 303)
    }

    @Test(
        "Signing in: the right password opens, a wrong one says nothing more, the sixth try in a minute is not looked at"
    )
    func signIn() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        await browser.send("POST", "/logout", "token=\(try Browser.token(await browser.get("/")))")
        let token = try Browser.token(await browser.get("/login"))
        let words = Browser.password.replacing(" ", with: "+")
        let open = await browser.send(
            "POST", "/login", "token=\(token)&login=ADMIN&password=\(words)&next=//evil.example")
        #expect(open.status == 303 && open.header("Location") == "/")
        let session = try #require(open.headers.first { $0.0 == "Set-Cookie" }?.1)
        #expect(session.contains("HttpOnly") && session.contains("SameSite=Lax") && !session.contains("Secure"))
        await browser.send("POST", "/logout", "token=\(try Browser.token(await browser.get("/")))")
        for name in ["admin", "nobody"] {
            let token = try Browser.token(await browser.get("/login"))
            let wrong = await browser.send("POST", "/login", "token=\(token)&login=\(name)&password=wrong")
            #expect(wrong.status == 401 && wrong.bodyText.contains("The name or the password is not right."))
        }
        let again = try Browser.token(await browser.get("/login"))
        for _ in 0..<4 { await browser.send("POST", "/login", "token=\(again)&login=admin&password=wrong") }
        #expect(await browser.send("POST", "/login", "token=\(again)&login=admin&password=\(words)").status == 429)
    }

    @Test("Behind TLS, cookies go over nothing else")
    func secureCookies() async throws {
        let browser = try await Browser(isBehindTLS: true)
        let reply = await browser.get("/login")
        #expect(
            reply.headers.contains { $0.0 == "Set-Cookie" && $0.1.hasPrefix("__Host-") && $0.1.contains("; Secure") })
        #expect(reply.header("Strict-Transport-Security") != nil)
    }

    @Test("A known address with another method is 405 and says which are allowed; an unknown one is 404")
    func methods() async throws {
        let browser = try await Browser()
        let put = await browser.send("PUT", "/sources")
        #expect(put.status == 405 && put.header("Allow") == "GET, HEAD")
        let login = await browser.send("TRACE", "/login")
        #expect(login.status == 405 && login.header("Allow") == "GET, HEAD, POST")
        #expect(await browser.get("/nowhere").status == 404)
        #expect(await browser.get("/../etc/passwd").status == 404)
    }

    @Test("Every answer keeps foreign script out, the pages' own included")
    func headers() async throws {
        let browser = try await Browser()
        let page = await browser.get("/login")
        let policy = try #require(page.header("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(page.header("X-Content-Type-Options") == "nosniff")
        #expect(page.header("Cache-Control") == "no-store")
        for asset in Assets.all {
            let reply = await browser.get(asset.path)
            #expect(reply.status == 200 && reply.header("Cache-Control")?.contains("immutable") == true)
        }
        #expect(Script.text.utf8.count < 25_000)
    }

    @Test("The language: asked for, then remembered, then the browser's, then English")
    func language() async throws {
        let browser = try await Browser()
        #expect(await browser.get("/login").bodyText.contains("lang=\"en\""))
        #expect(await browser.get("/login", headers: ["accept-language": "da,en;q=0.5"]).bodyText.contains("Log ind"))
        #expect(await browser.get("/login?lang=zh").bodyText.contains("<html lang=\"zh-Hans\">"))
        #expect(await browser.get("/login").bodyText.contains("登录"))
    }

    @Test("A file handed in is shown, imported, analysed and reported; handing it in from elsewhere is refused")
    func importing() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let site = browser.site
        let desk = Task { await site.desk.run() }
        var rows = "number,opened_at,resolved_at,category,assignment_group,short_description\n"
        for i in 0..<400 {
            let day = 1 + i % 28
            let month = 1 + i / 40
            let open = "2024-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            rows += "INC\(1_000_000 + i),\(open) 08:00:00,\(open) 12:00:00,Email,Group \(i % 3),Mail <b>\(i)</b>\n"
        }
        rows += "INC9,not a date,,Email,Group 1,x\n"
        let token = try Browser.token(await browser.get("/sources"))
        func form(_ token: String) -> String {
            "--XX\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n"
                + "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\in.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n\(rows)\r\n--XX--\r\n"
        }
        let type = ["content-type": "multipart/form-data; boundary=XX"]
        #expect(await browser.send("POST", "/sources/files", form("guess"), headers: type).status == 403)
        let handed = await browser.send("POST", "/sources/files", form(token), headers: type)
        #expect(handed.status == 303)
        let address = try #require(handed.header("Location"))
        let proposal = await browser.get(address)
        #expect(proposal.status == 200)
        #expect(proposal.bodyText.contains("in.csv") && proposal.bodyText.contains("Mail &lt;b&gt;0&lt;/b&gt;"))
        let begun = await browser.send("POST", address, "token=\(token)&zone=Europe%2FCopenhagen")
        #expect(begun.status == 303, "\(begun.bodyText)")
        let run = try #require(begun.header("Location"))
        var report: String?
        for _ in 0..<200 where report == nil {
            let live = await browser.get(run + "/live")
            report = live.header("X-Done")
            if report == nil { try await Task.sleep(for: .milliseconds(50)) }
        }
        let page = await browser.get(try #require(report))
        #expect(page.status == 200 && page.bodyText.contains("400 of 401 rows imported, 1 rejected."))
        #expect(page.bodyText.contains("in.csv, line 402"))
        let ticket = await browser.get("/tickets/incidents/INC1000000")
        #expect(ticket.status == 200 && ticket.bodyText.contains("Mail &lt;b&gt;0&lt;/b&gt;"))
        for path in [
            "/", "/services", "/measures", "/measures/incidents.timeToResolve",
            "/measures/incidents.opened?category=Email&by=group",
            "/measures/incidents.opened?category=Email&group=Group+1",
            "/signals", "/register", "/tickets?kind=incidents&from=2024-01-01&through=2024-12-31",
            "/search?q=INC1000000",
            "/api/v1/measures/incidents.opened?group=Group%201",
        ] {
            let reply = await browser.get(path)
            #expect(reply.status == 200, "\(path)")
            #expect(reply.body.count < 120_000, "\(path): \(reply.body.count)")
        }
        // The chart as figures and as a picture, whole or of some days; nonsense is told, and nothing is invented.
        let days = "from=2024-01-01&through=2024-01-09&step=1"
        let figures = await browser.get("/measures/incidents.opened.csv?category=Email&\(days)")
        #expect(figures.header("Content-Type") == "text/csv; charset=utf-8")
        let lines = figures.bodyText.split(separator: "\r\n")
        #expect(lines.first == "from,through,value,unit,tickets" && lines.count == 10)
        #expect(lines.dropFirst().first?.hasPrefix("2024-01-01,2024-01-01,") == true)
        let picture = await browser.get("/measures/incidents.opened.svg?\(days)")
        #expect(picture.header("Content-Type") == "image/svg+xml" && picture.bodyText.hasPrefix("<svg xmlns="))
        #expect(picture.headers.filter { $0.0 == "Content-Security-Policy" }.count == 1)
        #expect(!picture.bodyText.contains("<script") && picture.bodyText.contains("--paper"))
        #expect(await browser.get("/measures/incidents.opened?\(days)").status == 200)
        for wrong in ["from=2024-01-09&through=2024-01-01", "from=x&through=y", "\(days)0"] {
            #expect(await browser.get("/measures/incidents.opened.csv?\(wrong)").status == 400, "\(wrong)")
        }
        #expect(await browser.get("/measures/incidents.opened.csv?from=1999-01-01&through=1999-02-01").status == 404)
        #expect(await browser.get("/measures/none.csv").status == 404)
        // A row that was not taken in tells its reason in the reader's language.
        let danish = await browser.get(try #require(report) + "?lang=da")
        #expect(danish.bodyText.contains("Tidspunktet for oprettelsen kan ikke læses."))
        #expect(await browser.get("/?lang=en").status == 200)
        #expect(await browser.get("/measures/none").status == 404)
        #expect(await browser.get("/measures/incidents.opened?category=").status == 400)
        let slow = "/measures/incidents.timeToResolve?percentile=90&hours=business"
        #expect(
            await browser.get(slow).bodyText.contains(
                "Nine tickets in ten take no longer than this, counted in business"))
        #expect(await browser.get("/measures/incidents.timeToResolve?percentile=99").status == 400)
        #expect(await browser.get("/measures/incidents.opened?percentile=90").status == 400)
        #expect(await browser.get("/measures/incidents.timeToRespond?hours=business").status == 400)
        #expect(await browser.get("/signals?kind=none").status == 400)
        #expect(await browser.get("/tickets?kind=incidents&from=2024-02-30&through=2024-03-01").status == 400)
        #expect(await browser.get("/tickets/incidents/INC0").status == 404)
        browser.site.desk.stop()
        await desk.value
    }

    @Test("What is no export is refused in words, and nothing is left behind")
    func refusedFiles() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let token = try Browser.token(await browser.get("/sources"))
        for body in ["", "%PDF-1.7 nothing", "only,a,header\n"] {
            let reply = await browser.send(
                "POST", "/sources/files?name=x.csv", body, headers: ["content-type": "text/csv", "x-form-token": token])
            #expect(reply.status == 422, "\(body)")
            #expect(reply.bodyText.contains("x.csv"))
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: browser.site.desk.folder)
        #expect(left.allSatisfy { $0.hasPrefix("store.db") })
    }

    @Test("Each field that a file can have is told in words, and each reason why a row is not taken in is known")
    func wordsOfFiles() {
        #expect(Set(Field.allCases.map(\.rawValue)) == Set(TicketField.allCases.map(\.rawValue)))
        // Those of answers, readings and suggestions have phrases of their own.
        let ofRecords: Set = [
            "noTime", "timeUnreadable", "numberUnreadable", "offScale", "nameMissing", "unitDiffers",
        ]
        for reason in [
            "has no time in the column “x”", "the time “x” of", "the score “x” is no number",
            "the score 7 lies outside",
            "says nothing in", "heat is in “F”, and known in “K”",
        ] {
            let reject = Reject(file: "a.csv", line: 2, reason: reason, row: "")
            #expect(!told(reject, Words(.da)).contains("“") && told(reject, Words(.zh)).hasSuffix("。"))
        }
        #expect(
            Set(RejectReason.allCases.map(\.rawValue)).subtracting(ofRecords)
                == Set(RowProblem.allCases.map(\.rawValue)))
    }

    @Test(
        "What the reader says of a row is understood by the pages",
        arguments: [
            ("number,opened_at,category\n,2024-01-02 08:00,x\n", RowProblem.noNumber),
            ("number,opened_at,category\nINC1,,x\n", .noOpenedAt),
            ("number,opened_at,category\nINC1,soon,x\n", .openedAtUnreadable),
            ("number,opened_at,category\nINC1,2024-01-02 08:00,x,y,z\n", .tooManyFields),
            ("number,opened_at,category\nINC1,2024-01-02 08:00,\"x\n", .endsInsideQuotes),
            ("number,opened_at,closed_at,category\nINC1,2024-01-02 08:00,2024-01-01 08:00,x\n", .closedBeforeOpened),
        ])
    func reasons(text: String, expected: RowProblem) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ratchet-reasons-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        // A good row first, so that the columns are known for what they are.
        let lines = text.split(separator: "\n")
        let good =
            lines[0].contains("closed_at")
            ? "INC0,2024-01-02 08:00,2024-01-03 08:00,a"
            : "INC0,2024-01-02 08:00,a"
        try "\(lines[0])\n\(good)\n\(lines[1])\n".write(to: file, atomically: true, encoding: .utf8)
        var names = Names()
        var pseudonyms = Pseudonyms(key: Array(repeating: 7, count: 32))
        var reasons: [String] = []
        let options = ReadingOptions(zone: .utc)
        _ = try read(
            try inspect(file.path, options: options), options: options, names: &names, pseudonyms: &pseudonyms,
            each: { _, _, _ in }, reject: { reasons.append($0.reason) })
        #expect(reasons.count == 1)
        #expect(reasons.first.flatMap { RowProblem(told: $0) } == expected, "\(reasons)")
    }

    @Test("The description of the API names every address of the API, and only those")
    func openAPI() {
        let text = OpenAPI.document.text
        for route in Routes.all where route.path.hasPrefix("/api/") { #expect(text.contains("\"\(route.path)\"")) }
        #expect(text.hasPrefix("{\"openapi\":\"3.1.0\""))
    }
}

@Suite struct MultipartTests {
    private func parts(_ text: String, cut: Int) throws -> [String: String] {
        var parser = try #require(MultipartParser(contentType: "multipart/form-data; boundary=\"a b\""))
        var found: [String: String] = [:]
        var name = ""
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: cut) {
            for event in try parser.feed(bytes[start..<min(start + cut, bytes.count)]) {
                switch event {
                case .begin(let part, let file):
                    name = part + (file.map { ":" + $0 } ?? "")
                    found[name] = ""
                case .bytes(let bytes): found[name, default: ""] += String(decoding: bytes, as: UTF8.self)
                case .end: name = ""
                }
            }
        }
        #expect(parser.isDone)
        return found
    }

    @Test("Cut anywhere, a form gives the same parts: line breaks and near-boundaries in the file included")
    func anyCut() throws {
        let text =
            "--a b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n1\r\n--a b\r\n"
            + "Content-Disposition: form-data; name=\"f\"; filename=\"æ.csv\"\r\n\r\nx\r\n--a \r\n--a\r\n\r\n--a b--\r\n"
        let whole = try parts(text, cut: text.utf8.count)
        #expect(whole == ["t": "1", "f:æ.csv": "x\r\n--a \r\n--a\r\n"])
        for cut in 1...20 { #expect(try parts(text, cut: cut) == whole) }
    }

    @Test("What is no form has no parser, and endless headers end")
    func bad() throws {
        #expect(MultipartParser(contentType: "text/csv") == nil)
        #expect(MultipartParser(contentType: "multipart/form-data") == nil)
        #expect(MultipartParser(contentType: "multipart/form-data; boundary=") == nil)
        var parser = try #require(MultipartParser(contentType: "multipart/form-data; boundary=X"))
        #expect(throws: Refusal.self) {
            _ = try parser.feed(Array("--X\r\n".utf8) + [UInt8](repeating: 65, count: 9000))
        }
    }
}
