import Evaluations
import Foundation
import Gains
import Improvements
import Languages
import Measures
import People
import Records
import Statistics
import Store
import Testing
import Turn

@testable import Web

@Suite("Suggestions, thanks, time and the pulse")
struct CycleSiteTests {
    @Test("Every phrase of these pages is written in every language, and is its own")
    func phrases() {
        for phrase in CyclePhrase.allCases {
            let texts = Language.allCases.map { Words($0).cycle(phrase) }
            #expect(!texts.contains(""), "\(phrase)")
            #expect(texts[2] != texts[0] && texts[2] != texts[1], "\(phrase)")
            #expect(texts[2].unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(phrase)")
            #expect(texts[0].hasSuffix(".") == texts[2].hasSuffix("。"), "\(phrase)")
            for text in texts { #expect(!text.contains("!") && !text.contains("  "), "\(phrase): \(text)") }
        }
    }

    @Test(
        "A vote a person, withdrawn at will; an answer is told back; whoever has no account follows by a secret address"
    )
    func suggestions() async throws {
        let browser = try await Browser()
        let open = try Browser.token(await browser.get("/suggest"))
        let sent = await browser.send("POST", "/suggest", "token=\(open)&title=Why+paper&challenge=on")
        let target = try #require(sent.header("Location"))
        #expect(target.hasPrefix("/suggest?kept=1&follow="))
        let page = await browser.get(target).bodyText
        let address = try #require(
            page.firstMatch(of: /href="(\/suggest\/[A-Za-z0-9_-]+)"/).map { String($0.output.1) })
        let mine = await browser.get(address)
        #expect(
            mine.status == 200 && mine.bodyText.contains("Why paper") && mine.bodyText.contains("nobody has answered"))
        #expect(!mine.bodyText.contains("href=\"/register\""))
        #expect(await browser.get("/suggest/nonsense").status == 404)

        try await browser.signIn()
        let token = try Browser.token(await browser.get("/suggestions"))
        let id = try #require(try await browser.store.suggestions(limit: 1).first?.id)
        func post(_ path: String, _ fields: String) async -> Int {
            await browser.send("POST", path, "token=\(token)&\(fields)").status
        }
        #expect(await post("/suggestions/\(id)/vote", "for=yes") == 303)
        #expect(await post("/suggestions/\(id)/vote", "for=yes") == 303)
        #expect(await post("/suggestions/99/vote", "for=yes") == 404)
        let voted = await browser.get("/suggestions?challenges=1").bodyText
        #expect(voted.contains("1\u{A0}vote<") && voted.contains("This is how it has always been"))
        #expect(await post("/suggestions/\(id)/vote", "for=no") == 303)
        #expect(await browser.get("/suggestions?by=votes").bodyText.contains("no votes yet"))
        #expect(await post("/suggestions/\(id)/answer", "text=+") == 422)
        #expect(await post("/suggestions/\(id)/answer", "text=We+scan+from+May&declined=on") == 303)
        let told = await browser.get(address).bodyText
        #expect(told.contains("We scan from May") && told.contains("not taken up"))
        await browser.send("POST", "/improvements", "token=\(token)&suggestion=\(id)")
        let became = await browser.get(address).bodyText
        #expect(became.contains("it has become an improvement") && !became.contains("/improvements/1"))
    }

    @Test("Thanks go to a team; somebody is named only after they have said so; nothing is ranked")
    func thanks() async throws {
        let (browser, token) = try await signedIn()
        func thank(_ fields: String) async -> Int {
            await browser.send("POST", "/thanks", "token=\(token)&\(fields)").status
        }
        let me = try #require(try await browser.store.accounts().first?.name)
        #expect(await thank("team=&text=x") == 422)
        #expect(await thank("team=Desk&text=+") == 422)
        #expect(await thank("team=Desk&text=x&improvement=9") == 404)
        #expect(await thank("team=Desk&text=For+the+night+shift+%3Cb%3E&named=on") == 303)
        let lost = await browser.send("POST", "/thanks", "token=\(token)&team=Desk&text=So+kind&person=\(me)")
        #expect(lost.status == 422 && lost.bodyText.contains("So kind"))
        #expect(await browser.send("POST", "/thanks/naming", "token=\(token)&named=yes").status == 303)
        #expect(await thank("team=Desk&text=Thanks&person=\(me)") == 303)
        let wins = await browser.get("/wins").bodyText
        #expect(wins.contains("<em>\(me)</em> thanks <em>Desk</em>: For the night shift &lt;b&gt;"))
        #expect(wins.contains("Somebody thanks <em>\(me)</em>, <em>Desk</em>"))
        _ = try await browser.store.open(Entry(.opened(title: "Mail", origin: .hand), by: "Ada", at: Browser.now))
        #expect(await thank("team=Desk&text=Well+done&improvement=1") == 303)
        #expect(await browser.get("/improvements/1").bodyText.contains("Well done"))
        for language in ["da", "zh"] { #expect(await browser.get("/wins?lang=\(language)").status == 200) }
    }

    @Test("Hours promised stand beside hours used; the page and the figure of momentum say the same")
    func time() async throws {
        let (browser, token) = try await signedIn()
        _ = try await browser.store.open(Entry(.opened(title: "Mail", origin: .hand), by: "Ada", at: Browser.now))
        let day = Zone.utc.day(of: Browser.now)
        let month = String(day.description.prefix(7))
        func promise(_ fields: String) async -> Int {
            await browser.send("POST", "/time", "token=\(token)&\(fields)").status
        }
        #expect(await promise("department=&month=\(month)&hours=5") == 422)
        #expect(await promise("department=IT&month=March&hours=5") == 422)
        #expect(await promise("department=IT&month=\(month)&hours=-5") == 422)
        #expect(await promise("department=IT&month=\(month)&hours=20") == 303)
        let spent = "token=\(token)&hours=5&department=IT&on=\(day)"
        #expect(await browser.send("POST", "/improvements/1/spent", spent).status == 303)
        let text = await browser.get("/time").bodyText
        #expect(text.contains("5 of 20 promised hours were used") && text.contains("href=\"/improvements/1#step-5\""))
        #expect(await browser.get("/momentum").bodyText.contains("5 of 20 promised hours were used"))
        let api = await browser.get("/api/v1/time").bodyText
        #expect(api.contains("\"promisedHours\":20") && api.contains("\"usedHours\":5"))
    }

    @Test("The pulse is answered once a month, shows nothing below five answers, and never who")
    func pulse() async throws {
        let (browser, token) = try await signedIn()
        func answer(_ fields: String) async -> Int {
            await browser.send("POST", "/pulse", "token=\(token)&\(fields)").status
        }
        #expect(await answer("said=x") == 422)
        #expect(await answer("pace=6") == 400)
        #expect(await answer("pace=4&worth=2&heard=3&said=We+always+did+it+so") == 303)
        #expect(await answer("pace=1") == 303)
        // Nobody can read in the audit trail who has answered, or when.
        #expect(
            try await browser.store.auditEntries(before: nil, limit: 99).allSatisfy { !$0.action.contains("pulse") })
        let month = Zone.utc.day(of: Browser.now).monthStart
        #expect(try await browser.store.pulse().filter { $0.question == .pace }.map(\.value) == [4])
        let first = await browser.get("/pulse").bodyText
        #expect(first.contains("You have answered this month.") && !first.contains("We always did it so"))
        #expect(first.contains("nothing is shown"))
        for person in 1...4 {
            _ = try await browser.store.takePulse(
                [.pace: 4, .worth: 2, .heard: 3], said: "", department: "", month: month, person: [UInt8(person)])
        }
        let shown = await browser.get("/pulse").bodyText
        #expect(shown.contains("4.0 of 5") && shown.contains("We always did it so"))
        #expect(await browser.get("/momentum").bodyText.contains("from 5\u{A0}answers"))
        for language in ["da", "zh"] { #expect(await browser.get("/pulse?lang=\(language)").status == 200) }
        #expect(await browser.get("/api/v1/pulse").bodyText.contains("\"answers\":5"))
    }

    @Test("A warning that was wrong four times of four is quieted with its reason, and heard again at a press")
    func quieted() async throws {
        let (browser, token) = try await signedIn()
        let measure = try #require(Measure(id: "incidents.slaMet"))
        let day = Zone.utc.day(of: Browser.now) - 200
        let said = (0..<4).map { i in
            Foresight(
                id: "risk a \(i)", source: .targetAtRisk, measure: measure, slice: .everything, madeOn: day + i,
                over: Period(day + i + 22, through: day + i + 28), target: 0.9)
        }
        try await browser.store.keep(said)
        for one in said { try await browser.store.settle(one.id, .didNotCome, on: one.over.last) }
        let page = await browser.get("/momentum").bodyText
        #expect(page.contains("Of 4\u{A0}warnings, 0 came true"))
        #expect(await browser.get("/api/v1/momentum").bodyText.contains("\"measure\":\"incidents.slaMet\",\"came\":0"))
        let undo = await browser.send("POST", "/momentum/unquiet", "token=\(token)&measure=incidents.slaMet")
        #expect(undo.status == 303)
        #expect(
            await browser.send("POST", "/momentum/unquiet", "token=\(token)&measure=incidents.slaMet").status == 404)
        #expect(await browser.get("/momentum").bodyText.contains("No warning is quieted"))
    }

    @Test("Each figure of momentum opens to what it is made of, step by step; an address that is none is refused")
    func behind() async throws {
        let (browser, _) = try await signedIn()
        let weeks = Int64(7 * 86_400)
        for i in 0..<6 {
            let at = Moment(seconds: Browser.now.seconds - weeks * Int64(6 - i))
            _ = try await browser.store.open(Entry(.opened(title: "Mail \(i)", origin: .hand), by: "Ada", at: at))
            _ = try await keep(Suggestion(madeAt: at, title: "Idea \(i)", by: "Bo"), in: browser.store)
        }
        for measure in MomentumMeasure.allCases {
            let page = await browser.get("/momentum/figures/\(measure.rawValue)")
            #expect(page.status == 200, "\(measure)")
        }
        let ages = await browser.get("/momentum/figures/age").bodyText
        #expect(ages.contains("<a href=\"/improvements/1\">Mail 0</a>") && ages.contains("rel=\"prev\""))
        let ideas = await browser.get("/momentum/figures/suggestionsPerHead").bodyText
        #expect(ideas.contains("/suggestions#suggestion-") && ideas.contains("Idea 5"))
        let people = await browser.get("/momentum/figures/contributors").bodyText
        #expect(people.contains("People are counted and never listed") && !people.contains(">Ada<"))
        #expect(await browser.get("/momentum/figures/nonsense").status == 404)
        #expect(await browser.get("/momentum/figures/age?through=2020-01-01").status == 400)
        #expect(await browser.get("/momentum").bodyText.contains("/momentum/figures/opened?through="))
    }

    @Test("The rule of approval is set on Settings, read back as a sentence, and taken away again")
    func approval() async throws {
        let (browser, token) = try await signedIn()
        func set(_ fields: String) async -> Int {
            await browser.send("POST", "/settings/approval", "token=\(token)&\(fields)").status
        }
        #expect(await browser.get("/settings").bodyText.contains("Nothing needs approval"))
        #expect(await set("needed=yes&effort=small&hours=12") == 422)
        #expect(await set("needed=yes&effort=small&hours=many&role-processOwner=on") == 422)
        #expect(await set("needed=yes&effort=small&hours=12&role-processOwner=on") == 303)
        #expect(try await browser.store.setting(.approval) == "small 12.0 processOwner")
        #expect(await browser.get("/settings").bodyText.contains("save at most 12 hours a month"))
        #expect(await set("needed=no") == 303)
        #expect(try await approvalRule(of: browser.store) == nil)
    }

    @Test("Whoever is not signed in sees no places on a page that tells what went wrong")
    func errorPages() async throws {
        let browser = try await Browser()
        for path in ["/nowhere", "/suggest/nonsense"] {
            let text = await browser.get(path).bodyText
            #expect(!text.contains("href=\"/register\"") && !text.contains("href=\"/people\""), "\(path)")
            #expect(text.contains("href=\"/login\""), "\(path)")
        }
        try await browser.signIn()
        #expect(await browser.get("/nowhere").bodyText.contains("href=\"/register\""))
    }

    @Test("What was prevented is told round by round and together, with its interval, in every language")
    func prevented() throws {
        let round = try ImprovementSamples.improvement(rounds: 1).round
        func judged(_ id: Int64, _ n: Double) -> JudgedRound {
            JudgedRound(
                id: id, title: "Mail", round: round,
                judgement: Judgement(verdict: .worked, seal: "s"), at: Browser.now, watch: nil, benefit: nil,
                prevented: Prevented(
                    tickets: Estimate(n, low: n - 40, high: n + 30),
                    over: Period(Samples.start, through: Samples.start + 27),
                    kind: .incident), departments: [])
        }
        for language in Language.allCases {
            let text = PreventedPart(rounds: [judged(1, 132), judged(2, 100)]).html(Words(language)).text
            #expect(text.contains("132") && text.contains("232") && text.contains("/improvements/2#verdict"))
        }
        #expect(PreventedPart(rounds: []).html(Words(.en)).isEmpty)
    }

    @Test("A document is written and edited over HTTP with the version that was seen; what was overtaken is refused")
    func documents() async throws {
        let (browser, token) = try await signedIn()
        let headers = ["content-type": "application/json", "x-form-token": token]
        func send(_ method: String, _ path: String, _ body: String, match: String? = nil) async -> Reply {
            var headers = headers
            headers["if-match"] = match
            return await browser.send(method, "/api/v1/documents\(path)", body, headers: headers)
        }
        let bad = await send("POST", "", #"{"kind": "goal", "fields": {"name": " "}}"#)
        #expect(bad.status == 422)
        let made = await send("POST", "", #"{"kind": "goal", "fields": {"name": "Faster", "level": "tactical"}}"#)
        #expect(made.status == 201 && made.header("ETag") == "\"1\"")
        #expect(made.header("Location") == "/api/v1/documents/1")
        let body = #"{"fields": {"name": "Much faster", "level": "tactical"}}"#
        #expect(await send("PUT", "/1", body).status == 428)
        #expect(await send("PUT", "/1", body, match: "\"1\"").header("ETag") == "\"2\"")
        #expect(await send("PUT", "/1", body, match: "\"1\"").status == 412)
        #expect(await send("PUT", "/9", body, match: "*").status == 404)
        #expect(await browser.get("/api/v1/documents/1").bodyText.contains("Much faster"))
        let same = await browser.get("/api/v1/documents/1", headers: ["if-none-match": "\"2\""])
        #expect(same.status == 304)
        #expect(await browser.get("/api/v1/documents?kind=skill").bodyText.contains("\"documents\":[]"))
        #expect(await browser.get("/api/v1/thanks").bodyText.contains("\"thanks\":[]"))
    }
}
