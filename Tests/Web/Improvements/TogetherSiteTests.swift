import Foundation
import Gains
import Hummingbird
import Improvements
import Languages
import Opportunities
import People
import Records
import Statistics
import Store
import Testing

@testable import Web

/// A browser in which an administrator is signed in, and the token of their forms.
func signedIn() async throws -> (browser: Browser, token: String) {
    let browser = try await Browser()
    try await browser.signIn()
    return (browser, try Browser.token(await browser.get("/improvements")))
}

@Suite("Several departments, one improvement")
struct TogetherSiteTests {
    private let day = Zone.utc.day(of: Browser.now)

    @Test("Parts, waits with what was agreed, an answered roadblock, teams and hours are typed, measured and shown")
    func together() async throws {
        let (browser, token) = try await signedIn()
        _ = try await browser.store.open(Entry(.opened(title: "Mail", origin: .hand), by: "Ada", at: Browser.now))
        func post(_ deed: String, _ fields: String, version: Int) async -> Int {
            await browser.send("POST", "/improvements/1/\(deed)", "token=\(token)&version=\(version)&\(fields)").status
        }
        #expect(await post("part", "department=IT&text=New+server&lead=Bo&due=2025-01-01", version: 1) == 303)
        #expect(await post("part", "department=&text=x", version: 2) == 422)
        #expect(await post("wait", "department=IT&for=Law&text=The+terms&since=\(day - 9)&agreed=5", version: 2) == 303)
        #expect(await post("wait", "for=Law&text=x&agreed=-1", version: 3) == 422)
        #expect(await post("roadblock", "text=No+room&department=Estates&since=\(day - 3)", version: 3) == 303)
        #expect(await post("respond", "item=1&response=The+canteen+%3Cb%3E&gone=on", version: 4) == 303)
        #expect(await post("respond", "item=7&response=x", version: 5) == 422)
        #expect(await post("spent", "hours=2.5&department=IT&on=\(day)", version: 5) == 303)
        // A slip is taken back, and not more than was there.
        #expect(await post("spent", "hours=-1&department=IT&on=\(day)", version: 0) == 303)
        #expect(await post("spent", "hours=-9&department=IT", version: 0) == 422)
        #expect(await post("spent", "hours=0&department=IT", version: 0) == 422)
        #expect(await post("size", "effort=small&low=3&high=9", version: 7) == 303)
        #expect(await post("size", "effort=huge", version: 8) == 422)
        #expect(await post("serves", "goal=Speed", version: 8) == 303)
        #expect(await post("support", "", version: 0) == 303)

        let text = await browser.get("/improvements/1").bodyText
        for expected in [
            "New server", "<em>IT</em> has waited 9 days for <em>Law</em>, and still does.",
            "<em>Estates</em>", "The canteen &lt;b&gt;", "1.5", "Speed", "Take my support back",
        ] { #expect(text.contains(expected), "\(expected)") }
        let one = try #require(try await browser.store.improvement(ID(1)))
        #expect(one.hoursSpent == 1.5 && one.benefit?.estimate == 6 && one.effort == .small)
        #expect(one.round.roadblocks[0].clearedOn == day && one.blockedBy == ["Law"])

        #expect(await post("handed", "item=1", version: one.version) == 303)
        #expect(await post("partdone", "item=0", version: one.version + 1) == 303)
        #expect(try await browser.store.improvement(ID(1))?.blockedBy == [])
        let flow = await browser.get("/handoffs").bodyText
        #expect(flow.contains("class=\"handoffs\"") && flow.contains("href=\"/improvements/1#step-5\""))
        // Four days beyond the five that were agreed.
        #expect(flow.contains("<span class=\"worse\">4</span>"))
    }

    @Test("Adoption: teams with head counts, a count, a person who says so; the gate waits for enough")
    func adoption() async throws {
        let (browser, token) = try await signedIn()
        let steps: [Change] =
            [.opened(title: "Mail", origin: .hand)] + Array(repeating: .forward(reason: "known"), count: 4)
            + [.live(GoLive(on: day - 1))]
        _ = try await browser.store.open(steps.map { Entry($0, by: "Ada", at: Browser.now) })
        func post(_ deed: String, _ fields: String) async throws -> Int {
            let version = try await browser.store.improvement(ID(1))?.version ?? 0
            return await browser.send(
                "POST", "/improvements/1/\(deed)", "token=\(token)&version=\(version)&\(fields)"
            ).status
        }
        #expect(try await post("team", "team=Desk&people=10&department=IT") == 303)
        #expect(try await post("team", "team=Field&people=0") == 422)
        #expect(try await post("team", "team=Field&people=5&department=Sales") == 303)
        #expect(try await post("adoption", "needed=80") == 303)
        #expect(try await post("adoption", "needed=180") == 422)
        #expect(try await post("adopted", "team=Desk&people=6") == 303)
        #expect(try await post("knows", "team=Field") == 303)
        let text = await browser.get("/improvements/1").bodyText
        #expect(text.contains("7 of 15 people work by the new way"))
        #expect(text.contains("Too few work by the new way yet."))
        #expect(text.contains("<li>Sales: 1 of 5"))
        #expect(try await post("forward", "") == 422)
        #expect(try await post("adopted", "team=Desk&people=10") == 303)
        #expect(try await post("acknowledge", "team=Field") == 303)
        #expect(try await post("forward", "") == 303)
    }

    @Test("What is larger than the rule allows asks for approval, by a role it names; a small one needs nobody")
    func approval() async throws {
        let (browser, token) = try await signedIn()
        try await browser.store.set(.approval, to: "small 10 processOwner")
        func opened(_ title: String, hours: Double) async throws -> Int64 {
            await browser.send("POST", "/improvements", "token=\(token)&title=\(title)")
            let id = try #require(try await browser.store.improvements().last?.id)
            let size = "effort=small&low=\(hours)&high=\(hours)"
            _ = await browser.send("POST", "/improvements/\(id.value)/size", "token=\(token)&version=2&\(size)")
            return id.value
        }
        let small = try await opened("Small", hours: 5)
        let large = try await opened("Large", hours: 50)
        for id in [small, large] {
            let one = try #require(try await browser.store.improvement(ID(id)))
            #expect(one.round.isDelegated == (id == small) && one.round.needsApproval == (id == large))
        }
        #expect(
            await browser.get("/improvements/\(small)").bodyText.contains("Small enough that nobody has to approve it.")
        )
        #expect(await browser.get("/improvements/\(large)").bodyText.contains("somebody has to approve it."))
        // An administrator may approve, and this rule names only owners.
        let refused = await browser.send("POST", "/improvements/\(large)/approve", "token=\(token)&version=3")
        #expect(refused.status == 422)
    }

    @Test("Somebody who is called by name finds it on Today, until they have answered")
    func called() async throws {
        let (browser, token) = try await signedIn()
        _ = try await browser.store.open(Entry(.opened(title: "Mail", origin: .hand), by: "Ada", at: Browser.now))
        let me = try #require(try await browser.store.accounts().first?.name)
        let entry = Entry(.commented("@\(me), can you look?"), by: "Ada", at: Moment(seconds: Browser.now.seconds - 5))
        _ = try await browser.store.append(entry, to: ID(1), seen: 1)
        #expect(await browser.get("/improvements/1").bodyText.contains("<strong>@\(me)</strong>, can you look?"))
        let needs = try await Need.all(
            Call(
                site: browser.site, ask: Ask(method: "GET", target: "/"), visit: Samples.visit(),
                session: Session(
                    account: try #require(try await browser.store.accounts().first), formToken: "",
                    expiresAt: Browser.now)), today: day, asOf: nil)
        #expect(needs.contains { if case .called(let kept) = $0 { kept.id.value == 1 } else { false } })
        await browser.send("POST", "/improvements/1/comment", "token=\(token)&text=Yes")
        let later = try await Need.all(
            Call(
                site: browser.site, ask: Ask(method: "GET", target: "/"), visit: Samples.visit(),
                session: Session(
                    account: try #require(try await browser.store.accounts().first), formToken: "",
                    expiresAt: Browser.now)), today: day, asOf: nil)
        #expect(!later.contains { if case .called = $0 { true } else { false } })
    }
}

@Suite("The register's page")
struct RegisterSiteTests {
    private func open(_ browser: Browser, _ title: String, by name: String = "Ada", _ more: [Change] = []) async throws
    {
        _ = try await browser.store.open(
            ([.opened(title: title, origin: .hand)] + more).map { Entry($0, by: name, at: Browser.now) })
    }

    @Test("Two that look the same are found and merged; who cared comes along; a merge by an old page is refused")
    func merge() async throws {
        let (browser, token) = try await signedIn()
        try await open(browser, "Answer mail sooner on the desk", [.watched(by: "Bo"), .supported(by: "Eve")])
        try await open(browser, "Answer mail sooner on our desk", [.watched(by: "Ida"), .commented("It hurts")])
        let page = await browser.get("/register").bodyText
        #expect(page.contains("One pair of improvements looks the same."))
        #expect(page.contains("name=\"from\" value=\"2\"") && page.contains("name=\"into\" value=\"1\""))
        func merge(_ fields: String) async -> Int {
            await browser.send("POST", "/register/merge", "token=\(token)&\(fields)").status
        }
        #expect(await merge("from=2&into=1&seenFrom=2&seenInto=3") == 409)
        #expect(await merge("from=2&into=2&seenFrom=3&seenInto=3") == 409)
        #expect(await merge("from=9&into=1&seenFrom=3&seenInto=3") == 404)
        #expect(await merge("into=1") == 400)
        #expect(await merge("from=2&into=1&seenFrom=3&seenInto=3") == 303)
        let one = try #require(try await browser.store.improvement(ID(1)))
        #expect(Set(one.watchers) == ["Bo", "Ida", "Ada"] || Set(one.watchers) == ["Bo", "Ida"])
        #expect(one.comments.map(\.text) == ["It hurts"] && one.supporters == ["Eve"])
        let merged = await browser.get("/improvements/2").bodyText
        #expect(merged.contains("It goes on in improvement 1."))
        #expect(await browser.get("/improvements/1").bodyText.contains("href=\"/improvements/2\""))
        let after = await browser.get("/register").bodyText
        #expect(!after.contains("id=\"duplicates\""))
    }

    @Test("A part says what it belongs to, the whole lists its parts, and nothing is a part of itself")
    func family() async throws {
        let (browser, token) = try await signedIn()
        try await open(browser, "Mail")
        try await open(browser, "Templates")
        func belongs(_ id: Int, to parent: String, version: Int) async -> Int {
            await browser.send(
                "POST", "/improvements/\(id)/parent", "token=\(token)&version=\(version)&parent=\(parent)"
            ).status
        }
        #expect(await belongs(2, to: "1", version: 1) == 303)
        #expect(await belongs(1, to: "2", version: 1) == 422)
        #expect(await belongs(1, to: "77", version: 1) == 422)
        #expect(await browser.get("/improvements/1").bodyText.contains("<a href=\"/improvements/2\">Templates</a>"))
        #expect(await browser.get("/improvements/2").bodyText.contains("<a href=\"/improvements/1\">Mail</a>"))
        #expect(await browser.get("/register").bodyText.contains("<a href=\"/improvements/1\">Mail</a></span>"))
    }

    @Test("The order is told term by term; what lacks a term says which; base rates count what happened")
    func order() async throws {
        let (browser, _) = try await signedIn()
        let size = Change.sized(effort: .small, benefit: Estimate(30, low: 20, high: 40))
        try await open(browser, "Sized", [size])
        try await open(browser, "Unsized")
        let text = await browser.get("/register").bodyText
        // No round has a verdict yet: one in three.
        #expect(text.contains("÷ 5 days of work = 2 hours a month for each day of work."))
        #expect(text.contains("neither the hours a month nor the work are known"))
        #expect(text.contains("have not come to a verdict here yet"))
        let sized = try #require(text.range(of: ">Sized<")), unsized = try #require(text.range(of: ">Unsized<"))
        #expect(sized.lowerBound < unsized.lowerBound)
        #expect(!text.contains("id=\"base-rates\""))
    }

    @Test("A sheet is taken in from the page, twice changes nothing; a file that is none says what to do")
    func sheet() async throws {
        let (browser, token) = try await signedIn()
        func send(_ name: String, _ content: String) async -> Reply {
            let edge = "xyz"
            let body =
                "--\(edge)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n--\(edge)\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: text/csv\r\n\r\n"
                + "\(content)\r\n--\(edge)--\r\n"
            return await browser.send(
                "POST", "/register/import", body, headers: ["content-type": "multipart/form-data; boundary=\(edge)"])
        }
        let sheet = "Nummer,Titel,Ejer,Status\n1,Svar på mail,Ida,Åben\n2,,Bo,Åben\n3,Genåbne færre,Bo,Lukket"
        let first = await send("CSI.csv", sheet)
        #expect(first.status == 200, "\(first.bodyText.prefix(400))")
        #expect(first.bodyText.contains("2 new, 0 changed, 0 as before, 1 turned down."))
        #expect(first.bodyText.contains(">Svar på mail</a>"))
        let again = await send("CSI.csv", sheet)
        let count = try await browser.store.improvements().count
        #expect(again.bodyText.contains("0 new, 0 changed") && count == 2)
        let odd = await send("odd.csv", "Foo,Bar\n1,2")
        #expect(odd.status == 422 && odd.bodyText.contains("No column of the sheet is recognised as the title"))
        #expect(await browser.get("/register").bodyText.contains("multipart/form-data"))
    }

    @Test("Start small without data says what to bring, and begins nothing that is not there")
    func startSmall() async throws {
        let (browser, token) = try await signedIn()
        let page = await browser.get("/start-small")
        #expect(page.status == 200 && page.bodyText.contains("There are no tickets yet."))
        #expect(await browser.send("POST", "/start-small", "token=\(token)&opportunity=none").status == 404)
        for language in ["da", "zh"] { #expect(await browser.get("/start-small?lang=\(language)").status == 200) }
    }
}
