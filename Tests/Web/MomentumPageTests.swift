import Foundation
import Gains
import Improvements
import Languages
import Measures
import People
import Records
import Signals
import Statistics
import Store
import Testing
import Turn

@testable import Web

extension Browser {
    /// Sends a form as one of our pages would.
    func post(_ path: String, _ fields: [String: String]) async throws -> Reply {
        let token = try Browser.token(await get("/policies"))
        let pairs = fields.merging(["token": token]) { $1 }.sorted { $0.key < $1.key }
        let body = pairs.map { "\($0.key)=\(percentEncoded($0.value))" }.joined(separator: "&")
        return await send("POST", path, body)
    }
}

@Suite struct MomentumPageTests {
    private let monday = Day(number: 20_366)  // before Browser.now

    private func report(_ store: any Store) async throws -> MomentumReport {
        try await momentum(of: store, at: Browser.now)
    }

    private func page(_ report: MomentumReport, _ language: Language, may: Bool = true) -> String {
        let values = MomentumValues(
            report: report, policies: [3: "Log <all>"], zone: .utc, mayRespond: may, mayExplain: may)
        return MomentumPage(values: values).page(Samples.visit(language, "/momentum")).document(
            Samples.visit(language, "/momentum")
        ).text
    }

    @Test(
        "An empty store: each question is answered with cannot tell and why, in three languages, and no sign is made up"
    )
    func empty() async throws {
        let browser = try await Browser()
        let report = try await report(browser.store)
        #expect(report.answers.map(\.answer) == [.cannotTell, .cannotTell, .cannotTell] && report.signs.isEmpty)
        for language in Language.allCases {
            let words = Words(language)
            let text = page(report, language)
            for question in Question.allCases {
                #expect(text.contains(words.told(question)), "\(language) \(question)")
            }
            #expect(text.contains(words.told(Answer.cannotTell)))
            #expect(!text.contains("NaN") && !text.contains("nan<") && !text.contains("inf"))
        }
    }

    @Test(
        "Signs come with their plays and a form; whoever may not answer gets no form; what was done is told with what came of it"
    )
    func signs() async throws {
        let browser = try await Browser()
        var report = try await report(browser.store)
        report.signs = [.question(.suggestionsDeclining), .fading(.overdueActions), .policy(3)]
        report.responses = [
            (
                Response(
                    sign: .policy(3), play: .talkToTeam, note: "<b>Tuesday</b>", by: "eve", at: Browser.now),
                .gone(week: Period(monday, through: monday + 6))
            )
        ]
        let fall = Samples.signal(
            .unexplainedFall, "incidents.opened", Slice(.service, "Mail"), from: 10, to: 6, .neutral, name: "u1")
        report.shifts = [
            Shift(signal: fall, causes: [], possible: [.change(number: "CHG<1>", on: monday)]),
            Shift(signal: Samples.signal(name: "k1"), causes: [.holiday(monday)], possible: []),
        ]
        for language in Language.allCases {
            let words = Words(language)
            let text = page(report, language)
            for sign in report.signs {
                for play in sign.plays { #expect(text.contains(HTML(escaping: words.told(play)).text)) }
            }
            #expect(text.contains("Log &lt;all&gt;") && text.contains("&lt;b&gt;Tuesday&lt;/b&gt;"))
            #expect(text.contains("CHG&lt;1&gt;") && text.contains("value=\"u1\"") && !text.contains("value=\"k1\""))
            #expect(text.contains(words.told(.gone(week: Period(monday, through: monday + 6)))))
            #expect(!page(report, language, may: false).contains("/momentum/responses"))
        }
    }

    @Test(
        "A programme of a year: its figures have values, pictures and natural limits, and what fades is told and offered a play"
    )
    func figures() async throws {
        let browser = try await Browser()
        let today = Day(number: Int32(Browser.now.seconds / 86_400))
        for week in 0..<60 {
            func at(_ day: Int) -> Moment { (today - (60 - week) * 7 + day).startInUTC }
            let names = week < 42 ? 5 + week % 3 : 1
            let opened = Entry(.opened(title: "I\(week)", origin: .suggestion(id: 1)), by: "p0", at: at(0))
            let id = try await browser.store.open(opened)
            for name in 1..<max(2, names) {
                _ = try await browser.store.append(
                    Entry(.commented("Well"), by: "p\(name)", at: at(name % 5)), to: id, seen: name)
            }
            if week % 2 == 0 {
                _ = try await browser.store.append(
                    Entry(.closed(reason: "Done"), by: "p0", at: at(6)), to: id, seen: max(2, names))
            }
        }
        let report = try await report(browser.store)
        #expect(report.signs.contains(.fading(.contributors)))
        let reading = try #require(report.readings.first { $0.series.measure == .contributors })
        #expect(reading.shift?.isWorse == true && reading.shift?.after.estimate ?? 9 < 3)
        #expect(report.readings.first { $0.series.measure == .acceptedToDone }?.silence != nil)
        try await browser.signIn()
        #expect(await browser.get("/momentum?figure=opened").bodyText.contains("f-opened-c-wide"))
        #expect(await browser.get("/momentum?figure=nonsense").status == 200)
        for language in Language.allCases {
            let words = Words(language)
            let text = page(report, language)
            #expect(text.contains("id=\"f-contributors\"") && text.contains("f-contributors-c-wide"))
            #expect(text.contains(HTML(escaping: words.told(Play.inviteATeam)).text))
            #expect(text.contains("value=\"fading.contributors\"") && !text.contains("NaN"))
            #expect(!text.contains("f-opened-c-wide"))
            #expect(text.utf8.count < 120_000, "\(text.utf8.count)")
        }
    }

    @Test("Every word of momentum, policies and planning is there in every language, and its own")
    func wording() {
        for language in Language.allCases {
            let words = Words(language)
            var all: [String] =
                MomentumPhrase.allCases.map { words.say($0) } + PlanningPhrase.allCases.map { words.plan($0) }
            all += MomentumMeasure.allCases.flatMap { [words.name(of: $0), words.definition(of: $0)] }
            all += Play.allCases.map { words.told($0) } + PolicyTemplate.allCases.map { words.told($0.rule) }
            all += Question.allCases.map { words.told($0) } + Foresight.Source.allCases.map { words.name(of: $0) }
            for expected in RuleError.Expected.allCases {
                all.append(words.told(RuleError.unexpected(found: "x", expected: expected)))
            }
            #expect(Set(Play.allCases.map { words.told($0) }).count == Play.allCases.count)
            #expect(Set(MomentumMeasure.allCases.map { words.name(of: $0) }).count == MomentumMeasure.allCases.count)
            for text in all {
                #expect(!text.isEmpty && !text.contains("  ") && !text.contains("!"), "\(language): \(text)")
                if language == .zh {
                    #expect(!text.contains("你") && !text.contains("们 "), "\(text)")
                    for mark in ["，", "。", "：", "、"] { #expect(!text.contains(mark + " "), "\(text)") }
                }
                if language == .da { #expect(!text.lowercased().contains(" the "), "\(text)") }
            }
        }
        let rule = Rule(
            kinds: [.incident], scope: .isOneOf(.priority, ["1"]),
            demand: .within(.firstResponse, of: .opened, .init(1.5, .businessHours)))
        #expect(Words(.da).told(rule).contains("1,5\u{A0}time i arbejdstiden"))
        #expect(Words(.en).told(rule).hasPrefix("Incidents, where priority is “1”:"))
        #expect(Words(.zh).told(rule).contains("1.5\u{A0}个工作小时"))
    }

    @Test("A policy with a bad rule is refused with what was typed; a good one is kept, checked, shown and retired")
    func policies() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(await browser.send("GET", "/policies").bodyText.contains("name=\"rule\""))
        let bad = try await browser.post("/policies", ["name": "Log", "rule": "incidents: colour is set"])
        #expect(bad.status == 422 && bad.bodyText.contains("colour") && bad.bodyText.contains("value=\"Log\""))
        #expect(try await browser.post("/policies", ["name": "", "rule": "incidents: major"]).status == 422)
        #expect(
            try await browser.post("/policies", ["name": "L", "rule": "incidents: major", "target": "0"]).status == 422)
        #expect(try await browser.store.policies().isEmpty)
        #expect(try await browser.post("/policies", ["template": "approved"]).header("location") == "/policies/1")
        let page = await browser.send("GET", "/policies/1").bodyText
        #expect(page.contains("changes: not unauthorised") && page.contains("No ticket broke it."))
        #expect(try await browser.post("/policies/1/retire", [:]).status == 303)
        #expect(try await browser.post("/policies/1/retire", [:]).status == 404)
        #expect(await browser.send("GET", "/policies/9").status == 404)
        #expect(await browser.send("GET", "/api/v1/policies").bodyText == "{\"policies\":[]}")
        #expect(await browser.send("GET", "/api/v1/momentum").bodyText.hasPrefix("{\"schema\":\"ratchet.momentum/1\""))
    }

    @Test("Responses and explanations are kept with who and when; signs and signals that are not there are refused")
    func responses() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(try await browser.post("/momentum/responses", ["sign": "nonsense"]).status == 400)
        #expect(
            try await browser.post(
                "/momentum/responses", ["sign": "question.incidentsFallen", "play": "askWhoRecords"]
            )
            .status == 303)
        let kept = try #require(try await browser.store.responses().first)
        #expect(kept.play == .askWhoRecords && kept.at == Browser.now && !kept.by.isEmpty)
        #expect(try await browser.post("/momentum/explanations", ["signal": "none", "cause": "x"]).status == 404)
        let turn = TurnRecord(
            at: Browser.now, asOf: Browser.now, tickets: 1, tested: 1, expectedFalse: 0, rate: 0.05, window: nil,
            notes: [], changesSeen: 0, isFullSearch: true)
        try await browser.store.save(turn, signals: [Samples.signal()], opportunities: [])
        #expect(try await browser.post("/momentum/explanations", ["signal": "s1", "cause": " "]).status == 303)
        #expect(try await browser.store.explanations().isEmpty)
        #expect(try await browser.post("/momentum/explanations", ["signal": "s1", "cause": "Moved"]).status == 303)
        #expect(try await browser.store.explanations().first?.cause == "Moved")
        #expect(await browser.send("GET", "/momentum").bodyText.contains("Moved"))
    }

    @Test(
        "Goals, skills, maturity and process cards are written, edited, warned about and removed; a stale edit is refused and kept on the page"
    )
    func planning() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(try await browser.post("/planning", ["kind": "goal", "name": " "]).status == 422)
        #expect(try await browser.post("/planning", ["kind": "other", "name": "x"]).status == 400)
        #expect(
            try await browser.post("/planning", ["kind": "goal", "name": "One answer is enough", "level": "strategic"])
                .status
                == 303)
        #expect(
            try await browser.post(
                "/planning",
                [
                    "kind": "goal", "name": "Teach the desk", "level": "tactical", "serves": "1",
                    "measure": "incidents.reopened", "target": "0,05",
                ]
            ).status == 303)
        #expect(
            try await browser.post(
                "/planning",
                [
                    "kind": "skill", "name": "Restore mail", "area": "Mail", "needed": "3",
                    "holders": "Eve\r\n\r\nAdam", "training": "Lis 2020-01-01",
                ]
            ).status == 303)
        #expect(
            try await browser.post("/planning", ["kind": "maturity", "name": "Incidents", "defined": "3", "held": "9"])
                .status == 303)
        let planning = await browser.send("GET", "/planning").bodyText
        #expect(planning.contains("One answer is enough") && planning.contains("Restore mail"))
        #expect(planning.contains("Lis <span class=\"worse\">"))
        let unknown = try await browser.post("/processes", ["kind": "process", "name": "P", "measures": "no.such"])
        #expect(unknown.status == 422 && unknown.bodyText.contains("no.such"))
        #expect(try await browser.post("/processes", ["kind": "process", "name": "P", "policies": "7"]).status == 422)
        #expect(
            try await browser.post(
                "/processes", ["kind": "process", "name": "Incidents <i>", "activities": "Log\nClose"]
            )
            .header("location") == "/processes/5")
        #expect(await browser.send("GET", "/processes").bodyText.contains("no owner"))
        let edit = ["kind": "process", "id": "5", "version": "1", "name": "Incidents", "owner": "Eve"]
        #expect(try await browser.post("/processes", edit).status == 303)
        let stale = try await browser.post("/processes", edit.merging(["purpose": "Mine"]) { $1 })
        #expect(stale.status == 409 && stale.bodyText.contains("Mine") && stale.bodyText.contains("value=\"2\""))
        #expect(try await browser.post("/processes/5/used", [:]).status == 303)
        let versions = try await browser.store.versions(of: 5)
        #expect(versions.count == 3)
        if case .process(let card) = versions[0].document { #expect(card.usedOn != nil && card.owner == "Eve") }
        #expect(try await browser.post("/planning/5/remove", [:]).header("location") == "/processes")
        #expect(await browser.send("GET", "/processes/5").status == 404)
        for language in ["da", "zh"] {
            for path in ["/momentum", "/policies", "/planning", "/processes"] {
                #expect(await browser.send("GET", "\(path)?lang=\(language)").status == 200)
            }
        }
    }

    @Test("Warnings of a card, bus factors and evidence, by hand")
    func planningFigures() {
        let day = Day("2026-05-10") ?? Day(number: 0)
        var card = ProcessCard(name: "A")
        #expect(
            card.warnings(today: day, writtenOn: day - 60) == [
                .noOwner, .notUsedThisQuarter, .noActivities, .noMeasure,
            ])
        card = ProcessCard(name: "A", activities: ["x"], measures: ["incidents.opened"], owner: "Eve", usedOn: day - 2)
        #expect(card.warnings(today: day, writtenOn: day - 300).isEmpty)
        #expect((Day("2026-05-10") ?? day).startOfQuarter == Day("2026-04-01"))
        #expect((Day("2026-12-31") ?? day).startOfQuarter == Day("2026-10-01"))
        let skills = [
            Skill(name: "x", area: "Mail", needed: 2, holders: ["a", "b"]),
            Skill(name: "y", area: "Mail", needed: 2, holders: ["a"]),
            Skill(name: "z", area: "VPN", needed: 1, training: [.init(who: "c", by: day - 1)]),
        ]
        #expect(busFactors(skills).map(\.factor) == [0, 1] && busFactors(skills)[1].rarest == "y")
        #expect(skills[2].missing == 1 && skills[2].unplanned == 0 && skills[2].overdue(today: day).count == 1)
        let evidence = maturityEvidence(
            cards: [card, ProcessCard(name: "B")], measuresWithData: [], policies: [], plannedShare: nil,
            improvements: [],
            slipped: 0)
        #expect(evidence[0].share == 0.5 && evidence[0].supports == 3)
        #expect(evidence[1].share == 0 && evidence[2].share == nil && evidence[5].supports == nil)
    }
}
