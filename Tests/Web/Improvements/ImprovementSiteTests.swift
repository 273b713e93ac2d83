import Foundation
import Improvements
import Languages
import People
import Records
import Store
import Testing
import Turn

@testable import Web

/// A browser in which somebody of a role is signed in.
private func browser(_ role: Role) async throws -> Browser {
    let browser = try await Browser()
    try await browser.signIn()
    guard role != .administrator else { return browser }
    let account = try await browser.store.addAccount(
        login: "eve", name: "Eve", role: role, passwordHash: "", at: Browser.now)
    let link = try await oneTimeLink(browser.store, for: account, at: Browser.now)
    await browser.send("POST", "/logout", "token=\(try Browser.token(await browser.get("/")))")
    let token = try Browser.token(await browser.get(link))
    let words = Browser.password.replacing(" ", with: "+")
    #expect(await browser.send("POST", link, "token=\(token)&password=\(words)&again=\(words)").status == 303)
    return browser
}

@Suite("Improvements over HTTP")
struct ImprovementSiteTests {
    @Test("Opened by hand, changed, refused in words, kept with every word, and changed by two at once")
    func wholeWay() async throws {
        let browser = try await browser(.administrator)
        let token = try Browser.token(await browser.get("/improvements"))
        #expect(await browser.send("POST", "/improvements", "token=\(token)&title=+").status == 422)
        #expect(await browser.send("POST", "/improvements", "title=Mail").status == 403)
        let made = await browser.send("POST", "/improvements", "token=\(token)&title=Mail")
        #expect(made.status == 303 && made.header("Location") == "/improvements/1")
        #expect(await browser.get("/improvements/2").status == 404)
        #expect(await browser.get("/improvements/x").status == 404)

        // Nothing typed is lost when something is wrong.
        let wrong = await browser.send(
            "POST", "/improvements/1/objective", "token=\(token)&version=1&text=Sooner+%3Cb%3E&target=soon")
        #expect(wrong.status == 422)
        #expect(wrong.bodyText.contains("Sooner &lt;b&gt;") && wrong.bodyText.contains("value=\"soon\""))
        #expect(wrong.bodyText.contains("“soon” is not a number"))
        let gate = await browser.send("POST", "/improvements/1/forward", "token=\(token)&version=1")
        #expect(gate.status == 422 && gate.bodyText.contains("an objective that can be measured"))
        #expect(try await browser.store.improvement(ID(1))?.version == 1)

        // The first of two wins; the second sees it, and loses no word.
        let first = await browser.send(
            "POST", "/improvements/1/objective", "token=\(token)&version=1&text=Sooner&measure=incidents.opened")
        #expect(first.status == 303)
        let second = await browser.send("POST", "/improvements/1/objective", "token=\(token)&version=1&text=Later")
        #expect(second.status == 409)
        #expect(second.bodyText.contains("<em>Sooner</em>") && second.bodyText.contains(">Later</textarea>"))
        #expect(second.bodyText.contains("name=\"version\" value=\"2\""))
        // Words of one's own never collide.
        #expect(await browser.send("POST", "/improvements/1/comment", "token=\(token)&version=1&text=Hi").status == 303)
        // A version that never was is an old form.
        #expect(
            await browser.send("POST", "/improvements/1/cause", "token=\(token)&version=99&cause=x").status == 403)
        #expect(await browser.send("POST", "/improvements/1/cause", "token=\(token)&cause=x").status == 403)
        for path in ["/improvements", "/wins", "/report", "/suggestions", "/register", "/report?month=2025-10"] {
            #expect(await browser.get(path).status == 200, "\(path)")
        }
        #expect(await browser.get("/improvements/1/effect.csv").status == 404)
        #expect(await browser.get("/report?month=13").status == 400)
    }

    @Test("Without data a test cannot be frozen or judged, and the page says so")
    func withoutData() async throws {
        let browser = try await browser(.administrator)
        let token = try Browser.token(await browser.get("/improvements"))
        await browser.send("POST", "/improvements", "token=\(token)&title=Mail")
        let early = await browser.send("POST", "/improvements/1/data", "token=\(token)&version=1")
        #expect(early.status == 422 && early.bodyText.contains("The objective names no measure"))
        await browser.send(
            "POST", "/improvements/1/objective", "token=\(token)&version=1&text=Fewer&measure=incidents.opened")
        let data = await browser.send("POST", "/improvements/1/data", "token=\(token)&version=2")
        #expect(data.status == 422 && data.bodyText.contains("The data say nothing about this figure"))
        let verdict = await browser.send("POST", "/improvements/1/evaluate", "token=\(token)&version=2")
        #expect(verdict.status == 422 && verdict.bodyText.contains("no frozen test"))
    }

    @Test(
        "A reader comments and follows and does nothing else; a practitioner works; a process manager goes past no gate"
    )
    func roles() async throws {
        let cases: [(Role, allowed: [String], refused: [String])] = [
            (.reader, ["comment", "watch"], ["action", "objective", "override", "close"]),
            (.practitioner, ["comment", "acknowledge"], ["objective", "override", "decide"]),
            (.processManager, ["owner"], ["override", "decide", "approve"]),
        ]
        for (role, allowed, refused) in cases {
            let browser = try await browser(role)
            let id = try await browser.store.open(
                Entry(.opened(title: "Mail", origin: .hand), by: "Ada", at: Browser.now))
            let token = try Browser.token(await browser.get("/improvements/\(id.value)"))
            var version = 1
            for deed in refused {
                let reply = await browser.send(
                    "POST", "/improvements/1/\(deed)", "token=\(token)&version=\(version)&reason=x&text=x")
                #expect(reply.status == 403, "\(role) \(deed)")
            }
            for deed in allowed {
                let reply = await browser.send(
                    "POST", "/improvements/1/\(deed)", "token=\(token)&version=\(version)&text=x&team=T&owner=Bo")
                #expect(reply.status == 303, "\(role) \(deed)")
                version += 1
            }
            let opened = await browser.send("POST", "/improvements", "token=\(token)&title=Mine")
            #expect(opened.status == (role.may(.decide) ? 303 : 403), "\(role)")
        }
    }

    @Test(
        "Anyone may suggest with the form's token, not without; a program that fills in everything is thanked and forgotten"
    )
    func suggestions() async throws {
        let browser = try await Browser()
        let token = try Browser.token(await browser.get("/suggest"))
        #expect(await browser.send("POST", "/suggest", "title=Hi").status == 403)
        #expect(await browser.send("POST", "/suggest", "token=\(token)&title=+").status == 422)
        let long = String(repeating: "x", count: 300)
        #expect(await browser.send("POST", "/suggest", "token=\(token)&title=\(long)").status == 422)
        #expect(await browser.send("POST", "/suggest", "token=\(token)&title=Buy&website=x").status == 303)
        #expect(try await browser.store.suggestions(limit: 9).isEmpty)
        for n in 1...20 {
            #expect(await browser.send("POST", "/suggest", "token=\(token)&title=S\(n)&by=Mette").status == 303)
        }
        // Twenty in ten minutes from those without an account, and no more.
        #expect(await browser.send("POST", "/suggest", "token=\(token)&title=S21").status == 429)
        let kept = try await browser.store.suggestions(limit: 30)
        #expect(kept.count == 20 && kept[0].value.title == "S20" && kept[0].value.by == "Mette")
        try await browser.store.set(.publicSuggestions, to: "off")
        #expect(await browser.get("/suggest").status == 303)
        #expect(await browser.send("POST", "/suggest", "token=\(token)&title=S22").status == 401)
    }

    @Test("A suggestion becomes one improvement, however often its button is pressed")
    func suggestionToImprovement() async throws {
        let browser = try await browser(.improvementManager)
        let id = try await keep(Suggestion(madeAt: Browser.now, title: "Show the queue"), in: browser.store)
        let page = await browser.get("/suggestions")
        let token = try Browser.token(page)
        for _ in 1...2 {
            let reply = await browser.send("POST", "/improvements", "token=\(token)&suggestion=\(id)")
            #expect(reply.header("Location") == "/improvements/1")
        }
        #expect(try await browser.store.improvements().count == 1)
        #expect(await browser.send("POST", "/improvements", "token=\(token)&suggestion=99").status == 404)
        #expect(await browser.send("POST", "/improvements", "token=\(token)&opportunity=none").status == 404)
    }
}
