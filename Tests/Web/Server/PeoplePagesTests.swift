import Foundation
import People
import Records
import Store
import Testing

@testable import Web

@Suite("The pages People and Settings")
struct PeoplePagesTests {
    /// What stands between two marks of a page.
    private func cut(_ text: String, from start: String, to end: String) throws -> String {
        let begin = try #require(text.range(of: start))
        let rest = text[begin.upperBound...]
        return String(rest[..<(try #require(rest.range(of: end))).lowerBound])
    }

    @Test("An account is added, entered by its link, given a role, and let go again; each step is in the audit trail")
    func account() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let token = try Browser.token(await browser.get("/people"))
        let none = await browser.send("POST", "/people", "token=\(token)&login=mette&name=+&role=reader")
        #expect(none.status == 422 && none.bodyText.contains("A name is needed."))
        let wrong = await browser.send("POST", "/people", "token=\(token)&login=mette+x&name=Mette&role=reader")
        #expect(wrong.status == 422 && wrong.bodyText.contains("A login has"))
        #expect(await browser.send("POST", "/people", "token=\(token)&login=mette&name=Mette&role=king").status == 400)
        let added = await browser.send(
            "POST", "/people", "token=\(token)&login=mette&name=Mette+%3CHolm%3E&role=practitioner",
            headers: ["host": "ratchet.example:8080"])
        #expect(added.status == 200 && added.bodyText.contains("Mette &lt;Holm&gt;"))
        let link = try cut(added.bodyText, from: "<code>http://ratchet.example:8080", to: "</code>")
        #expect(
            await browser.send("POST", "/people", "token=\(token)&login=METTE&name=Other&role=reader").status == 422)
        // Shown once: the page does not know it any more.
        #expect(await !browser.get("/people").bodyText.contains("/start/"))

        let hers = try Browser.token(await browser.get(link))
        #expect(!hers.isEmpty)
        let address = "/people/accounts/mette"
        #expect(await browser.send("POST", "/people/teams", "token=\(token)&department=IT&team=Desk").status == 303)
        let changed = await browser.send(
            "POST", address,
            "token=\(token)&role=processOwner&team=IT%09Desk&owns=process%3Aincidents%0D%0Aservice%3AMail")
        #expect(changed.status == 303)
        let account = try #require(try await browser.store.account(login: "mette")?.account)
        #expect(account.role == .processOwner && account.team == "Desk")
        #expect(account.responsibilities == [.init(.process, "incidents"), .init(.service, "Mail")])
        #expect(await browser.send("POST", address, "token=\(token)&role=reader&team=&owns=incidents").status == 422)
        #expect(await browser.send("POST", "/people/teams/remove", "token=\(token)&department=IT").status == 422)
        #expect(await browser.send("POST", address + "/active", "token=\(token)&active=no").status == 303)
        #expect(try await browser.store.account(login: "mette")?.account.isActive == false)
        #expect(await browser.get(link).status == 410)
        let last = await browser.send("POST", "/people/accounts/admin/active", "token=\(token)&active=no")
        #expect(last.status == 422 && last.bodyText.contains("last administrator"))
        #expect(await browser.get("/people/accounts/nobody").status == 404)

        let audit = await browser.get("/settings").bodyText
        for action in ["POST /people", "POST /people/teams", "POST /people/accounts/{login}/active"] {
            #expect(audit.contains("<code>\(action)</code>"), "\(action)")
        }
    }

    @Test("A token is made on the page, shown once, opens what it was given, and ends when it is revoked")
    func token() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let token = try Browser.token(await browser.get("/settings"))
        #expect(await browser.send("POST", "/settings/tokens", "token=\(token)&name=Export&days=30").status == 422)
        #expect(
            await browser.send("POST", "/settings/tokens", "token=\(token)&name=Export&days=x&may-read=1").status == 422
        )
        let made = await browser.send("POST", "/settings/tokens", "token=\(token)&name=Export&days=30&may-read=1")
        let secret = try cut(made.bodyText, from: "<code>rat_", to: "</code>")
        #expect(await !browser.get("/settings").bodyText.contains(secret))
        func read() async -> Int {
            await browser.site.reply(
                to: Ask(method: "GET", target: "/api/v1/signals", headers: ["authorization": "Bearer rat_\(secret)"])
            ).status
        }
        #expect(await read() == 200)
        #expect(await browser.send("POST", "/settings/tokens/1/revoke", "token=\(token)").status == 303)
        #expect(await read() == 401)
        #expect(await browser.send("POST", "/settings/tokens/1/revoke", "token=\(token)").status == 404)
    }

    @Test("The organisation is set up on the page; what cannot be is told and changes nothing")
    func organisation() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let token = try Browser.token(await browser.get("/settings"))
        func set(_ fields: String) async -> Reply {
            await browser.send("POST", "/settings/organisation", "token=\(token)&\(fields)")
        }
        for wrong in [
            "zone=Mars", "rate=-1", "rate=nan", "language=xx", "businessHours=9-17", "holidays=2026-02-30",
            "targets=fast",
        ] {
            #expect(await set("currency=SEK&\(wrong)").status == 422, "\(wrong)")
        }
        #expect(try await browser.store.setting(.currency) == nil)
        let holidays = "holidays=2026-12-24%0D%0A+2026-12-25+%0D%0A"
        let targets = "targets=incidents.slaMet+category%3DEmail+0.9"
        #expect(
            await set("zone=Europe%2FCopenhagen&rate=450&currency=DKK&language=da&\(holidays)&\(targets)").status == 303
        )
        #expect(try await browser.store.setting(.holidays) == "2026-12-24\n2026-12-25")
        #expect(try await browser.store.setting(.zone) == "Europe/Copenhagen")
        let page = await browser.get("/settings").bodyText
        #expect(page.contains("value=\"450\"") && page.contains("<code>set holidays</code>"))
        #expect(await set("rate=").status == 303)
        #expect(try await browser.store.setting(.rate)?.isEmpty == true)
    }

    @Test("Systems that send and addresses that are told are set up on the page, with secrets that are shown once")
    func messages() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        let token = try Browser.token(await browser.get("/settings"))
        func post(_ path: String, _ fields: String) async -> Reply {
            await browser.send("POST", "/settings/\(path)", "token=\(token)&\(fields)")
        }
        #expect(await post("hooks", "source=A+b&fields=").status == 422)
        #expect(await post("hooks", "source=desk&fields=colour%3Dred").status == 422)
        let hook = await post("hooks", "source=desk&fields=id%3Dkey%0AopenedAt%3Ddata.at")
        let secret = try cut(hook.bodyText, from: "<p><code>", to: "</code>")
        #expect(try await browser.store.incomingHook("desk")?.secret == secret)
        #expect(try await browser.store.incomingHook("desk")?.fields == ["id": "key", "openedAt": "data.at"])
        #expect(await !browser.get("/settings").bodyText.contains(secret))
        #expect(await post("webhooks", "address=https%3A%2F%2Fa.example&kinds=").status == 422)
        #expect(await post("webhooks", "address=http%3A%2F%2Fa.example&kinds=weather").status == 422)
        #expect(await post("webhooks", "address=http%3A%2F%2Fa.example%2Fin&kinds=signal,+verdict").status == 200)
        #expect(try await browser.store.webhooks().map(\.kinds) == [["signal", "verdict"]])
        #expect(await post("webhooks/remove", "id=1").status == 303)
        #expect(await post("hooks/remove", "source=desk").status == 303)
        #expect(await post("hooks/remove", "source=desk").status == 404)
    }
}
