import Foundation
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Testing

@testable import Web

/// Values to draw pages from: made up, but of the size and shape of real ones.
enum Samples {
    static let start = Day(number: 19_000)

    static func measure(_ id: String) -> Measure {
        guard let measure = Measure(id: id) else { preconditionFailure("The catalogue holds \(id)") }
        return measure
    }

    /// A fixed sequence that looks like chance.
    static func noise(_ i: Int) -> Double { (Double((i &* 7919 &+ 104_729) % 1009) / 1009) - 0.5 }

    static func weeks(_ count: Int, from level: Double, to after: Double, at change: Int) -> [Double?] {
        (0..<count).map { i in i % 37 == 20 ? nil : (i < change ? level : after) * (1 + 0.22 * noise(i)) }
    }

    static func signal(
        _ kind: SignalKind = .levelShift, _ id: String = "incidents.timeToResolve",
        _ slice: Slice = Slice(.category, "Email"), from before: Double = 4.1, to after: Double = 6.3,
        _ direction: Tendency = .worse, day: Int = 300, hours: Double? = 312, name: String = "s1"
    ) -> Signal {
        let at = start + day
        let relative = after / before - 1
        return Signal(
            id: name, kind: kind, measure: measure(id), slice: slice, at: at, atEarliest: at - 2, atLatest: at + 3,
            direction: direction, before: Estimate(before, low: before * 0.95, high: before * 1.05),
            after: Estimate(after, low: after * 0.93, high: after * 1.08),
            relative: Estimate(relative, low: relative - 0.16, high: relative + 0.17), q: 0.0003,
            hoursPerMonth: hours.map { Estimate($0, low: $0 * 0.8, high: $0 * 1.2) }, evidenceCount: 1234,
            evidence: Period(at, through: at + 60))
    }

    static func chart(_ signal: Signal, _ language: Language = .en, id: String = "c1") -> SeriesChart {
        var chart = Web.chart(
            of: signal, among: [signal], first: start, step: 7,
            values: weeks(62, from: signal.before.estimate, to: signal.after.estimate, at: 43), Words(language))
        chart.id = id
        return chart
    }

    static let share = signal(
        .levelShift, "incidents.slaMet", Slice(.group, "Group 70"), from: 0.92, to: 0.81, .worse, day: 200, hours: nil,
        name: "s2")
    static let spike = signal(
        .spike, "incidents.opened", Slice(.category, "Category 26"), from: 103, to: 154, .worse, day: 250, hours: 40,
        name: "s3")
    static let good = signal(
        .trend, "incidents.timeToResolve", Slice(.service, "Payroll"), from: 30, to: 22, .better, day: 100, hours: 90,
        name: "s4")

    static func opportunity(_ rank: Int, _ signals: [Signal], _ step: FirstStep) -> Opportunity {
        Opportunity(
            id: "o\(rank)", rank: rank, signals: signals,
            hoursPerMonth: Estimate(312 / Double(rank), low: 250 / Double(rank), high: 380 / Double(rank)),
            firstStep: step, effort: .small, isGoodNews: false)
    }

    static var opportunities: [Opportunity] {
        [
            opportunity(1, [signal(), share], .reviewStageWhereWorkWaits), opportunity(2, [spike], .lookAtDay),
        ]
    }

    static var lines: [TicketLine] {
        (0..<5).map { i in
            let opened = Moment(seconds: 1_700_000_000 + Int64(i) * 86_400)
            return TicketLine(
                id: ID(Int64(i + 1)), number: "INC00000\(45 + i)", title: i == 0 ? "Mail <b>stuck</b> in outbox" : "",
                status: .closed, priority: "3 - Moderate", group: "Group 70", category: "Email", openedAt: opened,
                resolvedAt: Moment(seconds: opened.seconds + 14_000), closedAt: nil, file: "incidents.csv",
                line: 17 + i)
        }
    }

    static func visit(_ language: Language = .en, _ path: String = "/") -> Visit {
        Visit(language: language, path: path, query: [], account: "anna", formToken: "tok")
    }

    /// Every page there is, as a reader sees it.
    static func pages(_ language: Language) -> [(String, Page, String)] {
        let s = signal()
        let today = TodayValues(
            asOf: start + 430, changed: [(s, chart(s, language)), (share, nil), (spike, nil)], coming: [],
            opportunities: opportunities, good: [good], tested: 4210, reported: 17, expectedFalse: 0.9,
            notes: [.tooSmall(slices: 12)])
        let services = ServicesValues(
            dimension: .category, kind: .incident,
            rows: ["Email", "VPN", "Category 26", "Payroll"].enumerated().map { i, name in
                ServicesValues.Row(
                    name: name, slice: Slice(.category, name),
                    volume: weeks(52, from: 20 / Double(i + 1), to: 24 / Double(i + 1), at: 30),
                    volumeNow: 24 / Double(i + 1), resolveNow: i == 3 ? nil : 6.3 * Double(i + 1),
                    resolvePast: 4.1 * Double(i + 1), finding: i == 0 ? s : i == 3 ? good : nil,
                    target: i == 1 ? (8, false) : nil)
            }, asOf: start + 430)
        var measureChart = chart(s, language)
        measureChart.limits = (0..<62).map { $0 < 43 ? nil : SeriesChart.Limits(low: 3.9, high: 8.1) }
        let measure = MeasureValues(
            measure: s.measure, slice: s.slice, chart: measureChart, whole: measureChart.period,
            counts: (0..<62).map { $0 % 37 == 20 ? nil : 120 + $0 }, signals: [s], dimensions: [.group, .priority],
            dividedBy: .group,
            parts: (1...6).map {
                .init(
                    name: "Group \($0)", slice: Slice([.init(.category, "Email"), .init(.group, "Group \($0)")]),
                    count: 900 / $0, value: 3.0 * Double($0))
            }, siblings: [share.measure, spike.measure])
        let signals = SignalsValues(
            signals: [s, share, spike, good], tested: 4210, reported: 4, expectedFalse: 0.2,
            window: Period(start, through: start + 430), notes: [.tooSmall(slices: 12)], kind: nil, measure: nil,
            kinds: [.levelShift, .spike, .trend], measures: [s.measure, share.measure, spike.measure])
        let detail = OpportunityValues(
            opportunity: opportunities[0], chart: chart(s, language), tickets: lines, after: ID(5), zone: .utc)
        let record: TicketRecord = {
            var names = Names()
            var ticket = Ticket(number: "INC0000045", openedAt: Moment(seconds: 1_700_000_000))
            ticket.status = .closed
            ticket.title = "Mail <b>stuck</b> in outbox"
            ticket.attributes[.category] = names.name("Email")
            ticket.attributes[.group] = names.name("Group 70")
            ticket.resolvedAt = Moment(seconds: 1_700_014_000)
            ticket.reassignmentCount = 2
            ticket.slaMet = false
            return TicketRecord(
                ticket: ticket, names: names,
                events: [
                    .init(at: Moment(seconds: 1_700_001_000), field: .group, from: "Group 12", to: "Group 70", by: "p1")
                ],
                provenance: Provenance(
                    file: "incidents.csv", fileHash: String(repeating: "ab", count: 32), line: 17,
                    importedAt: Moment(seconds: 1_710_000_000)))
        }()
        let imports = SourcesValues(
            imports: [
                Import(
                    id: ID(1), file: "incidents.csv", fileHash: "ab", preset: "servicenow",
                    startedAt: Moment(seconds: 1_710_000_000), state: .done, rows: 141_712, rejected: 3, report: "")
            ], zone: .utc, mayBringData: true)
        let proposal = ProposalValues(
            ticket: "t1", file: "incidents.csv", preset: "ServiceNow", encoding: "UTF-8", delimiter: ",",
            hasHistory: true,
            columns: [
                .init(name: "number", field: "number", filled: 1),
                .init(name: "opened_at", field: "openedAt", filled: 1),
                .init(name: "u_odd", field: "", filled: 0.31),
            ], fields: ["number", "openedAt", "category"],
            preview: [["INC0000045", "29/2/2016 01:16", "<script>"], ["INC0000046", "29/2/2016 04:40", ""]],
            dayOrder: .init(column: "opened_at", example: "3/2/2016"), zoneColumn: "opened_at", zone: "UTC")
        let done = ImportValues(
            id: "1", file: "incidents.csv", state: .done, rows: 141_712, kept: 141_709, rejected: 3,
            doctor: [.suspectedCut(rows: 10_000), .emptyColumn(column: "cmdb_ci", share: 0.97)],
            cannotAnswer: [.cannotAnswer(.slaMet)],
            rejects: [Reject(file: "incidents.csv", line: 17, reason: "closed before it was opened", row: "INC1,,<i>")],
            rejectPage: 2, rejectPages: 3)
        let running = ImportValues(
            id: "1", file: "incidents.csv",
            state: .running(.init(rows: 90_000, perSecond: 150_000, secondsLeft: 3, rejected: 2, share: 0.63)),
            rows: 90_000, kept: 0, rejected: 2, doctor: [], cannotAnswer: [], rejects: [])
        return [
            ("today", TodayPage(values: today).page(visit(language)), "/"),
            ("first", TodayPage(values: TodayValues(hasSample: true)).page(visit(language)), "/"),
            ("services", ServicesPage(values: services).page(visit(language)), "/services"),
            ("measure", MeasurePage(values: measure).page(visit(language)), "/measures/incidents.timeToResolve"),
            (
                "measures",
                MeasuresPage(
                    values: MeasuresValues(groups: [
                        (
                            "Incidents",
                            [s, share, spike].map {
                                .init(
                                    measure: $0.measure,
                                    series: weeks(52, from: $0.before.estimate, to: $0.after.estimate, at: 40),
                                    finding: $0)
                            }
                        )
                    ])
                ).page(visit(language)), "/measures"
            ),
            ("signals", SignalsPage(values: signals).page(visit(language)), "/signals"),
            (
                "register",
                RegisterPage(values: RegisterValues(opportunities: opportunities, good: [])).page(visit(language)),
                "/register"
            ),
            ("opportunity", OpportunityPage(values: detail).page(visit(language)), "/register/o1"),
            ("ticket", TicketPage(record: record, zone: .utc).page(visit(language)), "/tickets/incidents/INC0000045"),
            (
                "tickets",
                TicketsPage(kind: .incident, slice: s.slice, period: s.evidence, lines: lines, after: nil, zone: .utc)
                    .page(visit(language)), "/tickets"
            ),
            ("sources", SourcesPage(values: imports).page(visit(language)), "/sources"),
            ("proposal", ProposalPage(values: proposal).page(visit(language)), "/sources/files/t1"),
            ("import", ImportPage(values: done).page(visit(language)), "/sources/imports/1"),
            ("running", ImportPage(values: running).page(visit(language)), "/sources/imports/1"),
            ("signin", SignInPage(problem: .wrongPassword).page(visit(language)), "/login"),
            ("start", FirstRunPage(link: "abc", login: "admin").page(visit(language)), "/start/abc"),
            ("error", ErrorPage(title: .notFoundTitle, text: .notFoundText).page(visit(language)), "/nowhere"),
        ]
    }

    static func review(_ language: Language) -> Review {
        let all = [signal(), share, spike, good]
        return Review(
            detection: Detection(
                signals: all, tested: 4210, expectedFalse: 0.2, rate: 0.05,
                window: Period(start, through: start + 430), notes: []),
            opportunities: opportunities,
            charts: Dictionary(uniqueKeysWithValues: all.map { ($0.id, chart($0, language, id: "c-\($0.id)")) }),
            sources: ["incidents.csv"], doctor: [Words(language).text(.suspectedCut(rows: 10_000))])
    }
}

/// Writes every page to the folder named by RATCHET_PAGES, to be looked at.
@Suite struct LookTests {
    @Test(
        "Pages to look at", .enabled(if: ProcessInfo.processInfo.environment["RATCHET_PAGES"] != nil))
    func write() throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["RATCHET_PAGES"] ?? "/tmp")
        for language in Language.allCases {
            for (name, page, path) in Samples.pages(language) {
                var text = page.document(Samples.visit(language, path)).text
                for asset in Assets.all {
                    text = text.replacingOccurrences(of: "\"\(asset.path)\"", with: "\".\(asset.path)\"")
                    let file = folder.appending(path: asset.path)
                    try FileManager.default.createDirectory(
                        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(asset.bytes).write(to: file)
                }
                try Data(text.utf8).write(to: folder.appending(path: "\(name)-\(language.rawValue).html"))
            }
            try Data(reviewDocument(Samples.review(language), language: language).utf8)
                .write(to: folder.appending(path: "review-\(language.rawValue).html"))
        }
    }
}
