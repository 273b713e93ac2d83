import Foundation
import Improvements
import Languages
import Measures
import Processes
import Records
import Statistics
import Store
import Testing
import Turn

@testable import Web

@Suite("The page of how work flows")
struct ProcessPageTests {
    /// A store with a log of updates; every fifth ticket skips nothing, every third comes back.
    private func browser() async throws -> Browser {
        let browser = try await Browser()
        try await browser.signIn()
        var names = Names()
        var batch = ImportBatch()
        batch.isLog = true
        let start = Day("2025-01-06")!.startInUTC.seconds
        for i in 0..<600 {
            let opened = start + Int64(i) * 16_000
            var t = Ticket(number: "INC\(i)", openedAt: Moment(seconds: opened))
            t.attributes[.category] = names.name(i % 2 == 0 ? "Email <b>" : "Printers")
            let hands = i % 4 == 0 ? "Network" : "Desk"
            for (k, state) in ["New", "Triage", "Work", "Waiting", "Work", "Resolved"].enumerated()
            where i % 3 == 0 || (k != 3 && k != 4) {
                t.state = names.name(state)
                t.attributes[.group] = names.name(k < 2 ? "Desk" : hands)
                t.updatedAt = Moment(seconds: opened + Int64(k) * 3 * 3600)
                t.status = k == 5 ? .resolved : k == 0 ? .new : .inProgress
                if k == 5 { t.resolvedAt = t.updatedAt }
                batch.rows.append(t)
            }
        }
        batch.rowsDone = batch.rows.count
        let record = try await browser.store.beginImport(
            file: "log.csv", fileHash: "log", preset: "csv", at: Moment(seconds: 1))
        let calendar = BusinessCalendar(zone: .utc)
        _ = try await browser.store.commit(batch, names: names, to: record.id, calendar: calendar)
        try await browser.store.finishImport(record.id, report: "{}")
        try await browser.store.refreshProcesses(calendar: calendar)
        return browser
    }

    @Test("An empty store says so, in three languages")
    func nothing() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        for language in Language.allCases {
            let page = await browser.get("/process?lang=\(language.rawValue)")
            #expect(page.status == 200 && page.bodyText.contains(Words(language).flow(.processQuestion)))
        }
        #expect(await browser.get("/api/v1/process").status == 404)
    }

    @Test("Map, stages, ways, hand-offs and shortcuts stand on the page, and every count opens to its tickets")
    func page() async throws {
        let browser = try await browser()
        for language in Language.allCases {
            let words = Words(language)
            let page = await browser.get("/process?lang=\(language.rawValue)").bodyText
            for phrase in [
                FlowPhrase.mapHeading, .stagesHeading, .groupsHeading, .handoffsHeading, .waysHeading,
                .shortcutsHeading, .loadHeading, .compareHeading,
            ] { #expect(page.contains(words.flow(phrase)), "\(language) \(phrase)") }
            #expect(page.contains("class=\"flow wide\"") && page.contains("class=\"flow narrow\""))
            #expect(page.utf8.count < 120_000, "\(page.utf8.count)")
            #expect(!page.contains("Email <b>"))
        }
        let page = await browser.get("/process?lang=en").bodyText
        #expect(page.contains("600 incidents were opened"))
        // Each link to tickets lists as many as its number says.
        let links = page.matches(of: /<a href="(\/process\/tickets\?[^"]+)">([0-9,]+)<\/a>/)
        #expect(links.count >= 12)
        for link in links {
            let count = Int(link.output.2.replacing(",", with: "")) ?? -1
            let address = link.output.1.replacing("&amp;", with: "&")
            let list = await browser.get(String(address)).bodyText
            if address.contains("pick=flow") { continue }  // A ticket can take a line more than once.
            #expect(list.contains("\(min(count, 100)) tickets, the latest first"), "\(address) \(count)")
        }
    }

    @Test("A slice, two slices, days, and what is no address")
    func slices() async throws {
        let browser = try await browser()
        let part = await browser.get("/process?lang=en&kind=incidents&part=category%3DPrinters&part=&from=&through=")
        #expect(part.bodyText.contains("300 incidents were opened"))
        let both = await browser.get("/process?part=category%3DPrinters&part=group%3DDesk")
        #expect(both.bodyText.contains("300 incidents were opened"))
        let days = await browser.get("/process?from=2025-01-06&through=2025-01-12")
        #expect(days.bodyText.contains("38 incidents were opened"))
        #expect(await browser.get("/process?from=2035-01-06").status == 400)
        #expect(await browser.get("/process?from=yesterday").status == 400)
        #expect(await browser.get("/process?kind=nothing").status == 400)
        #expect(await browser.get("/process?improvement=99").status == 404)
        #expect(await browser.get("/process/tickets?kind=incidents&pick=state").status == 400)
        #expect(await browser.get("/process?measure=incidents.opened").status == 404)
    }

    @Test("One figure week by week has its own picture; the address of such a measure leads there")
    func figure() async throws {
        let browser = try await browser()
        let measure = try #require(Measure(.incident, .waiting, of: .state("Waiting")))
        let page = await browser.get(Link.process(measure, .everything).replacing("#figure", with: ""))
        #expect(page.status == 200 && page.bodyText.contains("<section id=\"figure\">"))
        let moved = await browser.get("/measures/\(percentEncoded(measure.id))")
        #expect(moved.status == 303 && moved.header("Location")?.hasPrefix("/process?kind=incidents") == true)
    }

    @Test("The API tells what the page tells, in the shape it describes")
    func api() async throws {
        let browser = try await browser()
        let reply = await browser.get("/api/v1/process?category=Printers")
        #expect(reply.status == 200)
        let json = try JSON(reading: reply.body)
        #expect(Shape.process.trouble(json, isAnswer: true) == nil)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
        #expect(document["tickets"] as? Int == 300)
        #expect((document["usualWay"] as? [String])?.first == "New")
        #expect(await browser.get("/api/v1/process?kind=nothing").status == 400)
        #expect(await browser.get("/api/v1/process?from=2035-01-01").status == 400)
        #expect(await browser.get("/openapi.json").bodyText.contains("/api/v1/process"))
    }

    @Test("Rules are written, checked over time, and open to the tickets that broke them; what is no rule is refused")
    func rules() async throws {
        let browser = try await browser()
        let token = try Browser.token(await browser.get("/process"))
        let rules = "requires Triage before Resolved%0Anever Waiting%0Awithin 4 hours New -> Triage"
            .replacing(" ", with: "+")
        let saved = await browser.send("POST", "/process/rules", "token=\(token)&kind=incidents&rules=\(rules)")
        #expect(saved.status == 303 && saved.header("Location") == "/process?kind=incidents#rules")
        let page = await browser.get("/process?lang=en").bodyText
        // Every third ticket waited.
        #expect(page.contains("never Waiting") && page.contains(">200</a>"))
        let broken = await browser.get("/process/breaches?kind=incidents&rule=never%20Waiting")
        #expect(broken.status == 200 && broken.bodyText.contains("INC597"))
        #expect(await browser.get("/process/breaches?kind=incidents&rule=never%20Resolved").status == 404)
        let wrong = await browser.send("POST", "/process/rules", "token=\(token)&kind=incidents&rules=always+good")
        #expect(wrong.status == 422 && wrong.bodyText.contains("always good"))
        #expect(try await browser.store.processRules(.incident).count == 3)
        #expect(await browser.send("POST", "/process/rules", "kind=incidents&rules=").status == 403)
    }

    @Test(
        "Before and after an improvement went live are compared, figure by figure, and nothing has moved that did not")
    func compare() async throws {
        let browser = try await browser()
        #expect(await browser.get("/process?lang=en").bodyText.contains("No improvement has gone live yet"))
        let at = Browser.now
        let id = try await browser.store.open(
            Entry(.opened(title: "Triage at once", origin: .hand), by: "Ann", at: at))
        for (version, change)
            in ([Change](repeating: .forward(reason: "to test"), count: 4)
            + [.live(GoLive(on: Day("2025-03-03")!))]).enumerated()
        {
            _ = try await browser.store.append(Entry(change, by: "Ann", at: at), to: id, seen: version + 1)
        }
        let page = await browser.get("/process?lang=en&improvement=\(id.value)").bodyText
        #expect(page.contains("8 weeks before are compared with 7 weeks after"))
        #expect(page.contains("None of ") && page.contains("no difference shown"))
        let reply = await browser.get("/api/v1/process?improvement=\(id.value)")
        let json = try JSON(reading: reply.body)
        #expect(Shape.process.trouble(json, isAnswer: true) == nil)
        #expect(reply.bodyText.contains("\"weeksBefore\":8"))
    }

    @Test("Graphviz' plain format is read; another map's, or nonsense, is not")
    func graphviz() throws {
        let map = FlowMap([
            NamePair(1, 2): FlowCounts(count: 5, seconds: 9), NamePair(2, 3): FlowCounts(count: 4, seconds: 9),
        ])
        let question = Graphviz.question(map, isWide: true, (138, 46))
        #expect(question.hasPrefix("digraph{rankdir=LR;") && question.contains("n0->") || question.contains("->n0"))
        let (a, b) = (map.edges[0], map.edges[1])
        let plain = """
            graph 1 6 1
            node n0 1 .5 1.9 .6 "" solid box black lightgrey
            node n1 3 .5 1.9 .6 "" solid box black lightgrey
            node n2 5 .5 1.9 .6 "" solid box black lightgrey
            edge n\(a.from) n\(a.to) 4 1 .5 1.2 .5 1.6 .5 2 .5 solid black
            edge n\(b.from) n\(b.to) 4 3 .5 3.2 .5 3.6 .5 4 .5 solid black
            stop
            """
        let drawing = try #require(Graphviz.read(plain, map, (138, 46)))
        #expect(drawing.isByGraphviz && drawing.width == 6 * 72 + 28 && drawing.boxes[1].x == 3 * 72 + 14)
        #expect(drawing.paths[0] == "M86 50C100.4 50 129.2 50 158 50")
        #expect(Graphviz.read("graph 1 6 1\nnode n9 1 1 1 1\n", map, (138, 46)) == nil)
        #expect(Graphviz.read("", map, (138, 46)) == nil)
        let own = FlowDrawing.own(map, isWide: false)
        #expect(own.height > own.width && own.boxes.count == 3)
    }

    @Test("A long name is cut where its box ends, a Chinese one sooner")
    func names() {
        #expect(FlowMapChart.short("New", 138) == "New")
        #expect(FlowMapChart.short("Awaiting a vendor's answer for long", 138).count < 20)
        #expect(FlowMapChart.short("等待供应商答复并确认问题已经解决", 138).count < 11)
    }
}
