import Improvements
import Languages
import Measures
import People
import Records
import Statistics
import Testing

@testable import Web

private func opened(_ changes: [Change] = []) throws -> Improvement {
    try Improvement(
        ([.opened(title: "Mail", origin: .hand)] + changes).map { Entry($0, by: "Ada", at: Moment(seconds: 1)) })
}

private func read(_ deed: Deed, _ fields: [String: String], _ one: Improvement, _ language: Language = .en) throws
    -> [Change]
{
    try deed.changes(
        ImprovementForm(fields: fields, language: language), one, by: "Ada", today: Day(number: 20_000))
}

@Suite("What a form of an improvement says")
struct ImprovementFormTests {
    @Test("Nothing, no numbers, marks that could be read in two ways, and numbers as each language writes them")
    func numbers() {
        let wrong: [(String, Language)] = [
            ("", .en), ("a few", .en), ("1.2.3", .en), ("4,1", .en), ("12,34", .zh), ("4.1", .da), ("1,2,3", .da),
            ("--1", .en), ("1e400", .en), ("nan", .en), ("½", .en),
        ]
        for (text, language) in wrong { #expect(ImprovementForm.number(text, language) == nil, "\(text) \(language)") }
        let right: [(String, Language, Double)] = [
            ("4.1", .en, 4.1), ("4,1", .da, 4.1), ("1.250", .da, 1250), ("1,250", .en, 1250), ("1,250.5", .zh, 1250.5),
            ("1.250,5", .da, 1250.5), (" 10 % ", .en, 10), ("\u{2212}3", .da, -3), ("0", .zh, 0), (".5", .en, 0.5),
        ]
        for (text, language, value) in right {
            #expect(ImprovementForm.number(text, language) == value, "\(text) \(language)")
        }
    }

    @Test("What is empty, too long, no date or on no list is refused by its name, and nothing is guessed")
    func refused() throws {
        let one = try opened()
        #expect(throws: FormProblem.fill(.causeLabel)) { try read(.cause, ["cause": " \n "], one) }
        #expect(throws: FormProblem.fill(.reasonLabel)) { try read(.override, [:], one) }
        #expect(throws: FormProblem.tooLong(.commentLabel, most: 4_000)) {
            try read(.comment, ["text": String(repeating: "邮", count: 1_334)], one)
        }
        #expect(throws: FormProblem.notDate("31/12/2026")) {
            try read(.objective, ["text": "Sooner", "by": "31/12/2026"], one)
        }
        #expect(throws: FormProblem.notNumber("4,1")) {
            try read(.objective, ["text": "Sooner", "target": "4,1"], one)
        }
        #expect(throws: FormProblem.unknown("incidents.magic")) {
            try read(.objective, ["text": "Sooner", "measure": "incidents.magic"], one)
        }
        #expect(throws: FormProblem.unknown("colour=red")) {
            try read(.objective, ["text": "Sooner", "slice": "colour=red"], one)
        }
        #expect(throws: FormProblem.unknown("perhaps")) { try read(.decide, ["decision": "perhaps"], one) }
        #expect(throws: FormProblem.unknown("9")) { try read(.done, ["item": "9"], one) }
        #expect(throws: FormProblem.unknown("8")) { try read(.back, ["to": "8", "reason": "Again"], one) }
    }

    @Test("Shares are typed in per cent; the better way is the measure's own unless somebody says otherwise")
    func objective() throws {
        let one = try opened()
        let changes = try read(
            .objective,
            [
                "text": "In time", "measure": "incidents.slaMet", "slice": "category=Email", "target": "95,5",
                "goal": " ",
            ],
            one, .da)
        guard case .objective(let o)? = changes.first else {
            Issue.record("no objective")
            return
        }
        #expect(abs((o.target ?? 0) - 0.955) < 1e-12)
        #expect(o.wanted == .higher && o.slice == Slice(.category, "Email") && o.goal == nil && o.by == nil)
    }

    @Test("An option with two ends has its middle between them, with none it has no number at all")
    func options() throws {
        let one = try opened([.choice(Choice(id: 4, text: "Wait"))])
        let changes = try read(.choice, ["text": "Write a guide", "low": "140", "high": "60", "choose": "on"], one)
        #expect(
            changes == [
                .choice(Choice(id: 5, text: "Write a guide", hoursPerMonth: Estimate(100, low: 60, high: 140))),
                .chosen(choice: 5),
            ])
        #expect(try read(.choice, ["text": "Nothing"], one) == [.choice(Choice(id: 5, text: "Nothing"))])
    }

    @Test("A plan outside its bounds is refused; a mark counts only for what was offered")
    func plans() throws {
        let objective = Objective(text: "Sooner", measure: "incidents.opened")
        let days = Period(Day(number: 19_000), through: Day(number: 19_100))
        let email = Slice(.category, "Email")
        func plan(_ fields: [String: String]) throws(FormProblem) -> Plan {
            try ImprovementForm(
                fields: ["weeks": "4", "least": "10", "shape": "step"].merging(fields) { $1 }, language: .en
            ).plan(
                for: objective, baseline: days, controls: [email],
                guardrails: [Samples.measure("incidents.reopened")])
        }
        #expect(throws: FormProblem.outside(.weeksLabel, low: 2, high: 520)) { try plan(["weeks": "1"]) }
        #expect(throws: FormProblem.notNumber("4.5")) { try plan(["weeks": "4.5"]) }
        #expect(throws: FormProblem.outside(.leastEffectLabel, low: 0.1, high: 1000)) { try plan(["least": "0"]) }
        #expect(throws: FormProblem.outside(.marginLabel, low: 0.1, high: 100)) { try plan(["margin": "0"]) }
        #expect(throws: FormProblem.unknown("leap")) { try plan(["shape": "leap"]) }
        let made = try plan([
            "guardrail-incidents.reopened": "on", "guardrail-incidents.magic": "on", "control-category=Email": "on",
            "control-category=Phone": "on", "margin": "5", "spell": "on",
        ])
        #expect(made.guardrails == [Guardrail(measure: "incidents.reopened", margin: 0.05)])
        #expect(made.controls == [email] && made.followsBadSpell && made.leastEffect == 0.1)
        #expect(try plan([:]).guardrails.isEmpty)
    }

    @Test(
        "Every role, every form: reading and speaking for all, working for practitioners, deciding and approving above")
    func permissions() {
        let contribute: Set<Deed> = [
            .choice, .action, .done, .roadblock, .cleared, .acknowledge, .part, .partdone, .wait, .handed, .respond,
            .adopted, .spent,
        ]
        let approve: Set<Deed> = [.approve, .override, .decide]
        let speak: Set<Deed> = [.comment, .watch, .unwatch, .support, .unsupport, .knows]
        for role in Role.allCases {
            for deed in Deed.allCases {
                let may =
                    if speak.contains(deed) {
                        true
                    } else if contribute.contains(deed) {
                        role != .reader
                    } else if approve.contains(deed) {
                        ![.reader, .practitioner, .processManager].contains(role)
                    } else {
                        ![.reader, .practitioner].contains(role)
                    }
                #expect(role.may(deed.permission) == may, "\(role) \(deed)")
                let path = "/improvements/{id}/\(deed.rawValue)"
                let route = Routes.all.first { $0.method == "POST" && $0.path == path }
                #expect(route?.permission == deed.permission, "\(path)")
            }
        }
    }

    @Test("From its beginning to its end the page always says what is next")
    func nextMoves() throws {
        let plan = Plan(
            objective: Objective(text: "Fewer", measure: "incidents.opened"),
            baseline: Period(Day(number: 19_000), through: Day(number: 19_100)), weeks: 4, leastEffect: 0.1,
            method: "evaluation/1")
        let judgement = Judgement(verdict: .worked, effect: Estimate(-0.3, low: -0.4, high: -0.2), seal: plan.seal)
        let way: [(Change, Deed?)] = [
            (.objective(Objective(text: "Happier")), .objective), (.objective(plan.objective), .forward),
            (.forward(reason: nil), .data),
            (.fitness(DataFitness(days: 20, missing: 0, lastDay: Day(number: 19_100))), .data),
            (.fitness(DataFitness(days: 90, missing: 0, lastDay: Day(number: 19_100))), .forward),
            (.forward(reason: nil), .cause), (.cause("Mail"), .forward), (.forward(reason: nil), .choice),
            (.choice(Choice(id: 1, text: "Guide")), .chosen), (.chosen(choice: 1), .plan), (.planned(plan), .owner),
            (.owned(by: "Bo"), .forward), (.forward(reason: nil), .action),
            (.action(Action(id: 1, text: "Write", kind: .process, owner: "Bo")), .live),
            (.held(reason: "Summer"), .resume), (.resumed, .live), (.live(GoLive(on: Day(number: 19_101))), .forward),
            (.forward(reason: nil), .evaluate), (.evaluated(judgement), .forward), (.forward(reason: nil), .decide),
            (.decided(.extend), .round), (.nextRound, .forward), (.closed(reason: "Done"), nil),
        ]
        var one = try opened()
        #expect(NextMove(of: one).deed == .objective)
        for (change, next) in way {
            try one.apply(Entry(change, by: "Ada", at: Moment(seconds: 2)), seen: one.version)
            #expect(NextMove(of: one).deed == next, "\(change)")
        }
    }
}
