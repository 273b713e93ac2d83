import Foundation
import Improvements
import Languages
import Measures
import People
import Records
import Statistics
import Store
import Testing

@testable import Evaluations
@testable import Web

/// An improvement in its second round, with everything that a page can show; made up, but of the size of real ones.
enum ImprovementSamples {
    static let live = Samples.start + 300
    static let plan = Plan(
        objective: Objective(
            text: "Halve the wait <b>", measure: "incidents.timeToResolve", slice: Slice(.category, "Email"),
            target: 4.1,
            by: live + 60, goal: "Speed"),
        guardrails: [Guardrail(measure: "incidents.reopened")],
        baseline: Period(Samples.start, through: live - 1), weeks: 4, leastEffect: 0.1, provableEffect: 0.08,
        controls: [Slice(.category, "Phone")], followsBadSpell: true, method: "evaluation/1")
    static let judgement = Judgement(
        verdict: .worked, effect: Estimate(-0.31, low: -0.4, high: -0.22), naive: -0.42,
        unproven: plan.guardrails, seal: plan.seal)

    static func improvement(rounds: Int = 2, verdict: Judgement = judgement) throws -> Improvement {
        var changes: [Change] = [
            .opened(title: "Answer mail <b>stuck", origin: .suggestion(id: 3)),
            .described(title: "Answer mail <b>stuck", text: "It waits"), .sorted(kind: .process, stage: .operation),
            .forward(reason: "Known"), .objective(plan.objective),
            .fitness(DataFitness(days: 290, missing: 0.03, lastDay: live - 1)), .forward(reason: nil),
            .cause("One person reads it"), .forward(reason: nil),
            .choice(Choice(id: 1, text: "Two readers", hoursPerMonth: Estimate(100, low: 60, high: 140))),
            .choice(Choice(id: 2, text: "A form")), .chosen(choice: 1), .owned(by: "Bo"), .planned(plan),
            .forward(reason: nil),
            .action(Action(id: 1, text: "Train", kind: .training, owner: "Bo", department: "Desk", due: live - 9)),
            .action(Action(id: 2, text: "Tell", kind: .communication, owner: "Eve", due: live, doneOn: live)),
            .roadblock(Roadblock(id: 1, text: "No room", department: "Estates", since: live - 20)),
            .live(GoLive(place: "Team 1", on: live)), .acknowledged(team: "Team 1"), .forward(reason: nil),
            .evaluated(verdict), .forward(reason: nil), .commented("Thanks"), .watched(by: "Eve"),
        ]
        if rounds > 1 { changes += [.decided(.extend), .nextRound] }
        return try Improvement(
            changes.enumerated().map {
                Entry($1, by: "Ada", at: Moment(seconds: Int64((live - 30).number) * 86_400 + Int64($0) * 60))
            })
    }

    static var evaluation: RoundEvaluation {
        RoundEvaluation(
            judgement: judgement,
            measured: MeasuredSlice(Samples.measure("incidents.timeToResolve"), Slice(.category, "Email")), start: live,
            reviewLast: live + 27, through: live + 27, dueOn: live + 29, reasons: [.clear, .lessThanAimed],
            warnings: [], notes: [.closedWeekdays([5, 6]), .gaps(count: 1), .dataEnd(live + 40)],
            absolute: Estimate(-1.9, low: -2.4, high: -1.3), shown: judgement.effect, anytime: nil,
            line: (0..<20).map { i in
                RoundEvaluation.LinePoint(
                    day: live + i / 5 * 7 + i % 5,
                    expected: Estimate(6.2, low: 5, high: 7.4), observed: i == 7 ? nil : 4.2 + Samples.noise(i))
            },
            guardrails: [
                .init(
                    guardrail: plan.guardrails[0], state: .unproven, effect: Estimate(0.01, low: -0.05, high: 0.07),
                    chanceSafe: 0.7)
            ], places: [],
            benefit: Benefit(
                kind: .shorterTimes, hoursPerMonth: Estimate(212, low: 140, high: 290), workHoursPerMonth: nil,
                ticketsPerMonth: 300), badSpellDays: 12)
    }

    static func values(
        _ language: Language, role: Role = .administrator, rounds: Int = 1
    ) throws -> ImprovementValues {
        let one = try improvement(rounds: rounds)
        var values = ImprovementValues(
            id: 7, improvement: one, zone: .utc, today: live + 30,
            reader: .init(name: "Eve", role: role))
        values.suggestion = Suggestion(madeAt: Moment(seconds: 1), title: "Mail <b>stuck", by: "Mette")
        values.measures = [Samples.measure("incidents.timeToResolve"), Samples.measure("incidents.reopened")]
        values.slices = [(.category, ["Email", "Phone"])]
        values.people = ["Ada", "Bo"]
        values.judged = one.rounds.first
        values.evaluation = .success(evaluation)
        values.watch = .success(
            GainWatch(
                held: Estimate(0.9, low: 0.7, high: 1.1), heldUnknown: nil, slippedOn: live + 50, halfLifeDays: nil,
                watchedFrom: live + 28, through: live + 60, level: 4.2, falseAlarmEveryDays: 365))
        values.effect = EffectChart(
            evaluation, before: (1...56).map { (live - 57 + $0, 6 + Samples.noise($0)) }, wanted: .lower,
            improvement: 7, round: 1, Words(language))
        return values
    }

    static func pages(_ language: Language) throws -> [(String, Page)] {
        let visit = Samples.visit(language)
        let kept = KeptImprovement(id: ID(7), improvement: try improvement())
        let judged = JudgedRound(
            id: 7, title: kept.improvement.title, round: kept.improvement.rounds[0], judgement: judgement,
            at: live.startInUTC, watch: try values(language).watch, benefit: Estimate(212, low: 140, high: 290),
            departments: ["Desk"])
        let suggestion = SourcedRecord(
            id: 3, value: Suggestion(madeAt: live.startInUTC, title: "Mail <b>stuck", text: "It <i>waits"), file: nil,
            line: 0)
        var report = ReportValues(
            month: Period(live.startOfMonth, through: live + 20), today: live + 40, zone: .utc)
        (report.judged, report.open, report.worse) = ([judged], [kept], [Samples.signal()])
        return [
            ("judged", ImprovementPage(values: try values(language)).page(visit)),
            ("second", ImprovementPage(values: try values(language, rounds: 2)).page(visit)),
            ("reader", ImprovementPage(values: try values(language, role: .reader)).page(visit)),
            (
                "list",
                ImprovementsPage(values: ImprovementsValues(improvements: [kept], today: live, mayOpen: true))
                    .page(visit)
            ),
            ("wins", WinsPage(rounds: [judged], zone: .utc).page(visit)),
            ("report", ReportPage(values: report).page(visit)),
            ("suggest", SuggestPage(isSignedIn: false, isKept: true).page(visit)),
            (
                "suggestions",
                SuggestionsPage(
                    values: SuggestionsValues(suggestions: [suggestion], improvements: [], zone: .utc, mayOpen: true)
                ).page(visit)
            ),
            (
                "register",
                RegisterPage(
                    values: RegisterValues(
                        opportunities: Samples.opportunities, good: [], improvements: [kept], mayOpen: true)
                ).page(visit)
            ),
        ]
    }
}

@Suite("The pages of the improvement work")
struct ImprovementPageTests {
    @Test(
        "Every page in every language: small, each form with its token, each id once, nothing that people wrote as markup"
    )
    func allPages() throws {
        for language in Language.allCases {
            for (name, page) in try ImprovementSamples.pages(language) {
                let text = page.document(Samples.visit(language)).text
                #expect(text.utf8.count < 120_000, "\(name)")
                #expect(!text.contains("<b>") && !text.contains("<i>") && !text.contains("style=\""), "\(name)")
                let forms = text.components(separatedBy: "method=\"post\"").count - 1
                #expect(text.components(separatedBy: "name=\"token\"").count - 1 == forms, "\(name)")
                let ids = text.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
                #expect(Set(ids).count == ids.count, "\(name): \(ids)")
            }
        }
    }

    @Test("No English stays on Danish and Chinese pages but what people wrote")
    func translated() throws {
        for language in [Language.da, .zh] {
            for (name, page) in try ImprovementSamples.pages(language) {
                let text = page.document(Samples.visit(language)).text
                    .replacing(/<head>[\s\S]*?<\/head>/, with: "").replacing(/<[^>]*>/, with: " ")
                let english: Set<String> = [
                    "and", "with", "since", "worse", "hours", "week", "Show", "is", "what", "of",
                ]
                let found = text.split { !$0.isLetter }.map(String.init).filter(english.contains)
                #expect(found.isEmpty, "\(name) \(language): \(found)")
            }
        }
    }

    @Test("A reader sees everything, may speak and say that they know the new way, and is told who may do the rest")
    func reading() throws {
        let text = ImprovementPage(values: try ImprovementSamples.values(.en, role: .reader))
            .page(Samples.visit()).document(Samples.visit()).text
        let actions = text.matches(of: /action="\/improvements\/7\/([a-z]+)"/).map { String($0.output.1) }
        #expect(Set(actions) == ["comment", "unwatch", "support", "knows"])
        #expect(text.contains("A process or service owner or the improvement manager can do this."))
        #expect(text.contains("One person reads it"))
    }

    @Test(
        "The verdict stands in words with its interval, the naive figure beside it, what it is worth and whether it holds"
    )
    func verdict() throws {
        let text = ImprovementPage(values: try ImprovementSamples.values(.en)).page(Samples.visit())
            .document(Samples.visit()).text
        for words in [
            "fell by 31\u{A0}% (22 to 40\u{A0}%) compared with what would have happened.",
            "says \u{2212}42\u{A0}%; about 11 points of that would have come by themselves.",
            "It saves about 210 hours of waiting a month (140 to 290).", "It is less than was aimed for.",
            "harm is not ruled out yet", "The gain has been slipping back since about",
            "90\u{A0}% of the gain is held", "Left without its evidence: <em>Known</em>", "blocked by", "overdue",
            ImprovementSamples.plan.seal, "The 12\u{A0}days before the start were unusually bad",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("The effect as figures: nothing is said of what would have been before the start; a missing day is empty")
    func effectFigures() throws {
        let chart = try #require(try ImprovementSamples.values(.en).effect)
        let lines = chart.csv.bodyText.components(separatedBy: "\r\n")
        #expect(lines[0] == "day,observed,expected,low,high,unit")
        let rows = lines.dropFirst().filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
        #expect(rows.count == chart.points.count)
        for row in rows {
            let isAfter = row[0] >= ImprovementSamples.live.description
            #expect(row[2].isEmpty == !isAfter && row[5] == "h")
        }
        #expect(rows.filter { $0[1].isEmpty }.count == 1)
        let drawn = chart.svg(Words(.zh), .wide).text
        #expect(drawn.contains("class=\"gap better\"") && !drawn.contains("nan") && drawn.contains("若未改进"))
        #expect(chart.picture(Words(.en)).bodyText.contains("<style>"))
    }

    @Test("Two rounds that claim the same figure in the same weeks count once, one after the other count both")
    func countedOnce() throws {
        func judged(_ id: Int64, from day: Day, hours: Double) throws -> JudgedRound {
            let one = try Improvement(
                [
                    Change.opened(title: "Mail", origin: .hand), .planned(ImprovementSamples.plan),
                    .forward(reason: "x"), .forward(reason: "x"), .forward(reason: "x"), .forward(reason: "x"),
                    .live(GoLive(on: day)),
                ].map { Entry($0, by: "Ada", at: Moment(seconds: 1)) })
            return JudgedRound(
                id: id, title: "Mail", round: one.round, judgement: ImprovementSamples.judgement,
                at: Moment(seconds: 1), watch: nil, benefit: Estimate(hours, low: hours - 3, high: hours + 4),
                departments: [])
        }
        let start = ImprovementSamples.live
        let rounds = [
            try judged(1, from: start, hours: 10), try judged(2, from: start + 27, hours: 20),
            try judged(3, from: start + 60, hours: 5),
        ]
        #expect(WinsPage.countedOnce(rounds).map(\.id) == [2, 3])
        // Distances to the ends add up as squares: 3 and 3, 4 and 4.
        let sum = try #require(WinsPage.sum(WinsPage.countedOnce(rounds).compactMap(\.benefit)))
        #expect(sum.estimate == 25 && abs(sum.low - (25 - 18.0.squareRoot())) < 1e-12)
        #expect(abs(sum.high - (25 + 32.0.squareRoot())) < 1e-12)
        #expect(WinsPage.sum([]) == nil)
    }

    @Test("A very long history keeps the page small, and the whole of it is a link away")
    func longHistory() throws {
        let entries = try ImprovementSamples.improvement(rounds: 1).entries
        var values = try ImprovementSamples.values(.en)
        values.improvement = try Improvement(
            entries
                + (0..<400).map {
                    Entry(.commented("Comment number \($0) about the mail"), by: "Ada", at: Moment(seconds: 9))
                })
        let text = ImprovementPage(values: values).page(Samples.visit()).document(Samples.visit()).text
        #expect(text.utf8.count < 120_000 && text.contains("?history=all#history"))
        #expect(text.contains("Comment number 399 ") && !text.contains("Comment number 12 about"))
        var visit = Samples.visit()
        visit.query = [("history", "all")]
        #expect(ImprovementPage(values: values).page(visit).document(visit).text.contains("Comment number 12 about"))
    }

    @Test(
        "Levels of a staircase multiply; a slipped step is hollow and adds nothing; one step that holds needs no picture"
    )
    func staircase() throws {
        func stair(_ n: Int, _ effect: Double?, _ state: Staircase.Stair.State) -> Staircase.Stair {
            Staircase.Stair(round: n, effect: effect, state: state)
        }
        var stairs = Staircase(try ImprovementSamples.improvement(rounds: 1), slipped: false)
        #expect(stairs.figure(Words(.en)).isEmpty)
        stairs.stairs = [
            stair(1, -0.1, .held), stair(2, nil, .unproven), stair(3, -0.2, .held), stair(4, -0.5, .slipped),
        ]
        #expect(zip(stairs.levels, [0.9, 0.9, 0.72, 0.72]).allSatisfy { abs($0 - $1) < 1e-12 })
        let text = stairs.figure(Words(.en)).text
        #expect(text.components(separatedBy: "stair slipped").count == 3)
        #expect(text.contains("\u{2212}28\u{A0}%"))
    }
}
