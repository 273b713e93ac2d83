import Measures
import Opportunities
import Records
import Statistics
import Testing

@testable import Improvements

private let monday = Day(number: 20_003)

private func entry(_ change: Change, by: String = "Ada", at second: Int64 = 0) -> Entry {
    Entry(change, by: by, at: Moment(seconds: second))
}

private func opened(_ title: String = "Mail waits", _ changes: [Change] = []) throws -> Improvement {
    try Improvement(([.opened(title: title, origin: .hand)] + changes).map { entry($0) })
}

private let objective = Objective(text: "Sooner", measure: "incidents.timeToResolve", slice: Slice(.category, "Email"))

@Suite("Approval, and what needs nobody")
struct ApprovalTests {
    private let rule = ApprovalRule(effortMax: .small, hoursPerMonthMax: 20, roles: ["processOwner"])

    @Test("What nobody has sized is not small; the upper end of the interval decides, the limit itself included")
    func delegation() {
        let twenty = Estimate(10, low: 5, high: 20)
        #expect(!rule.delegates(effort: nil, benefit: twenty) && !rule.delegates(effort: .small, benefit: nil))
        #expect(rule.delegates(effort: .small, benefit: twenty) && !rule.delegates(effort: .medium, benefit: twenty))
        #expect(!rule.delegates(effort: .small, benefit: Estimate(10, low: 5, high: 20.1)))
        let zero = ApprovalRule(effortMax: .large, hoursPerMonthMax: 0, roles: [])
        #expect(!zero.delegates(effort: .small, benefit: Estimate(1, low: 0, high: 1)))
    }

    @Test("A rule is read as it is written, and nonsense is no rule")
    func line() throws {
        #expect(ApprovalRule(line: rule.line) == rule)
        #expect(ApprovalRule(line: "small 20")?.roles == [])
        for nonsense in ["", "small", "tiny 20", "small x", "small -1", "small inf", "small nan"] {
            #expect(ApprovalRule(line: nonsense) == nil, "\(nonsense)")
        }
    }

    private func ready(_ more: [Change]) throws -> Improvement {
        let plan = Plan(
            objective: objective, baseline: Period(monday - 200, through: monday), weeks: 4, leastEffect: 0.1,
            method: "evaluation/1")
        return try opened(
            "A",
            [.rule(rule), .owned(by: "Ada"), .objective(objective)]
                + Array(repeating: .forward(reason: "Known"), count: 3) + [.planned(plan)] + more)
    }

    @Test("A small one goes on by itself, and that nobody had to approve it is kept")
    func small() throws {
        var one = try ready([.sized(effort: .small, benefit: Estimate(10, low: 5, high: 20))])
        #expect(one.missing.isEmpty && !one.round.isApproved)
        try one.apply(entry(.forward(reason: nil)), seen: one.version)
        #expect(one.round.approval == .delegated && one.round.overrides.map(\.step.rawValue) == [2, 3])
        // What grows beyond the limit needs approval after all, before it is left.
        try one.apply(entry(.sized(effort: .large, benefit: Estimate(300, low: 5, high: 900))), seen: one.version)
        #expect(!one.round.isApproved && one.missing == [.liveSomewhere, .approval])
    }

    @Test("A larger one waits for a role that the rule names, and a plain approval no longer does")
    func larger() throws {
        var one = try ready([.sized(effort: .large, benefit: Estimate(100, low: 50, high: 200))])
        #expect(one.missing == [.approval])
        for change in [Change.approval(.by(name: "Bo", role: "reader")), .approval(.delegated), .approved] {
            #expect(throws: LifeCycleError.self) { try one.apply(entry(change), seen: one.version) }
        }
        try one.apply(entry(.approval(.by(name: "Eve", role: "processOwner"))), seen: one.version)
        #expect(one.missing.isEmpty && one.round.approval == .by(name: "Eve", role: "processOwner"))
    }

    @Test("The chosen option brings its own size along")
    func options() throws {
        let small = Choice(id: 1, text: "A note", hoursPerMonth: Estimate(5, low: 1, high: 9), effort: .small)
        let large = Choice(id: 2, text: "A robot", hoursPerMonth: Estimate(90, low: 50, high: 99), effort: .large)
        var one = try ready([.choice(small), .choice(large), .chosen(choice: 2)])
        #expect(one.effort == .large && one.missing == [.approval])
        try one.apply(entry(.chosen(choice: 1)), seen: one.version)
        #expect(one.effort == .small && one.benefit?.estimate == 5 && one.missing.isEmpty)
        #expect(throws: LifeCycleError.outOfRange) {
            try one.apply(entry(.sized(effort: nil, benefit: Estimate(1, low: 2, high: 0))), seen: one.version)
        }
    }
}

@Suite("Departments, waiting, actions and adoption")
struct DepartmentTests {
    @Test("Two things waited for on the same day are one day, and a wait that has not begun is none")
    func waiting() throws {
        let one = try opened(
            "A",
            [
                .waiting(
                    Wait(id: 1, department: "IT", waitsFor: "Law", what: "Terms", since: monday, until: monday + 10)),
                .waiting(
                    Wait(id: 2, department: "IT", waitsFor: "Law", what: "More", since: monday + 5, agreedDays: 3)),
                .waiting(Wait(id: 3, department: "Law", waitsFor: "IT", what: "Server", since: monday + 100)),
                .roadblock(Roadblock(id: 1, text: "No room", department: "Estates", since: monday + 14)),
                .roadblock(Roadblock(id: 2, text: "Nobody's fault", since: monday)),
            ])
        let ledger = waitingLedger(of: one, ID(7), asOf: monday + 20)
        #expect(ledger.lines.map(\.days) == [20, 6, 0] && ledger.lines.map(\.waitsFor) == ["Law", "Estates", "IT"])
        #expect(ledger.blockedDays == 20 && ledger.lines[0].open == 1 && ledger.lines[0].ended == 1)
        #expect(ledger.lines[0].overAgreed == 12 && ledger.lines[0].openSince == monday + 5)
        #expect(ledger.lines[1].department == "" && ledger.lines[0].improvements == [ID(7)])
        #expect(one.blockedBy == ["Law", "Estates", "IT"])
        #expect(waitingLedger(of: [], asOf: monday).lines.isEmpty)
        #expect(waitingLedger(of: [(ID(7), one), (ID(8), one)], asOf: monday + 20).lines[0].days == 40)
        #expect(throws: LifeCycleError.endsBeforeItBegins) {
            try opened("A", [.waiting(Wait(id: 1, waitsFor: "B", what: "", since: monday, until: monday - 1))])
        }
    }

    @Test("A standing check is due again after it was done, and stays through the rounds")
    func recurring() throws {
        let check = Action(id: 1, text: "Check the servers", kind: .process, owner: "Bo", due: monday, everyDays: 30)
        var one = try opened("A", [.action(check), .action(Action(id: 2, text: "Once", kind: .training, owner: "Bo"))])
        #expect(one.round.standing(of: check, asOf: monday + 4) == .overdue(since: monday, days: 4))
        #expect(one.round.standing(of: one.round.actions[1], asOf: monday) == .toDo)
        for day in [monday + 2, monday + 40, monday + 40] {
            try one.apply(entry(.done(action: 1, on: day)), seen: one.version)
        }
        #expect(one.round.standing(of: check, asOf: monday + 50) == .due(on: monday + 70))
        #expect(one.round.punctuality(of: check).map { [$0.inTime, $0.of] } == [0, 1])
        try one.apply(entry(.done(action: 2, on: monday)), seen: one.version)
        #expect(one.round.standing(of: one.round.actions[1], asOf: monday) == .done(on: monday))
        #expect(throws: LifeCycleError.noSuchAction(9)) {
            try one.apply(entry(.done(action: 9, on: monday)), seen: one.version)
        }
        #expect(throws: LifeCycleError.outOfRange) {
            try opened("A", [.action(Action(id: 1, text: "B", kind: .process, owner: "", everyDays: 0))])
        }
        let open = openActions(of: [(ID(3), one)], asOf: monday + 80)
        #expect(open.map(\.standing) == [.overdue(since: monday + 70, days: 10)])
        let next = try Improvement(
            one.entries + Array(repeating: entry(.forward(reason: "R")), count: 6)
                + [entry(.decided(.extend)), entry(.nextRound)])
        #expect(next.round.actions == [check] && next.round.nextDue(check) == monday + 70)
    }

    @Test("Adoption is a share of the people in teams with a head count, and the evaluation waits for it")
    func adoption() throws {
        var one = try opened("A", [.adopted(Adoption(team: "Night", people: 3, on: monday))])
        #expect(one.round.adoptionShare == nil && one.round.adoption[0].share == nil)
        for change in [
            Change.team(AdoptingTeam(name: "Desk", department: "IT", people: 8)),
            .team(AdoptingTeam(name: "Field", people: 2)),
            .knows(person: "Bo", team: "Desk"), .knows(person: "Bo", team: "Desk"), .knows(person: "Eve", team: "Desk"),
            .adoptionNeeded(0.5),
        ] { try one.apply(entry(change), seen: one.version) }
        #expect(one.round.adoptionShare == 0.2 && one.round.needsAdoption && one.round.known.count == 2)
        try one.apply(entry(.acknowledged(team: "Field")), seen: one.version)
        #expect(one.round.adoptionShare == 0.4)
        // A count that is larger than the team is the team.
        try one.apply(entry(.adopted(Adoption(team: "Desk", people: 99, on: monday))), seen: one.version)
        #expect(one.round.adoptionShare == 1 && !one.round.needsAdoption)
        for share in [-0.1, 1.1, .nan] {
            #expect(throws: LifeCycleError.outOfRange) {
                try one.apply(entry(.adoptionNeeded(share)), seen: one.version)
            }
        }
    }

    @Test("A goal that changes after the freeze stays beside the original; before it, or to the same, is no change")
    func goals() throws {
        var sharper = objective
        sharper.target = 2
        let plan = Plan(
            objective: objective, baseline: Period(monday - 200, through: monday), weeks: 4, leastEffect: 0.1,
            method: "evaluation/1")
        let one = try opened(
            "A",
            [
                .objective(sharper), .objective(objective), .planned(plan), .objective(objective),
                .revised(sharper, reason: "Customers ask for more"),
            ])
        #expect(one.round.goalChanges.map(\.reason) == ["Customers ask for more"])
        #expect(one.round.goalChanges[0].before == objective && one.round.plan?.plan.objective == objective)
        #expect(throws: LifeCycleError.reasonMissing) { try opened("A", [.revised(objective, reason: " ")]) }
    }
}

@Suite("Voices and duplicates")
struct VoicesTests {
    @Test("Calls by name: blanks in known names, Chinese without blanks, addresses are none")
    func calls() {
        #expect(mentions(in: "") == [] && mentions(in: "@") == [] && mentions(in: "bo@firma.dk") == [])
        #expect(mentions(in: "@Bo, @eve-2 and @Bo. Or @søren.") == ["Bo", "eve-2", "søren"])
        #expect(mentions(in: "Ask @ada lovelace now", known: ["Ada", "Ada Lovelace"]) == ["Ada Lovelace"])
        #expect(mentions(in: "请@王伟看一下，@李 娜也看", known: ["王伟", "李 娜"]) == ["王伟", "李 娜"])
    }

    @Test("A comment by name reaches people who do not watch, and the owner")
    func audience() throws {
        let one = try opened("A", [.owned(by: "Ada"), .watched(by: "Bo"), .commented("@Eve: see this, @Ada")])
        #expect(one.audience() == ["Ada", "Bo", "Eve"])
    }

    @Test("Titles as words: little words and signs left out, Chinese as pairs")
    func words() {
        #expect(titleWords("The waiting of the Mail, mail!") == ["waiting", "mail"])
        #expect(titleWords("缩短邮件的响应时间") == ["缩短", "短邮", "邮件", "响应", "应时", "时间"])
        #expect(titleWords("…") == [] && titleWords("à la carte ÆØÅ") == ["à", "la", "carte", "æøå"])
    }

    @Test("Alike in words and measure is a duplicate; the same words on two measures are two things")
    func alike() throws {
        var other = objective
        other.slice = Slice(.category, "Phone")
        let all: [NumberedImprovement] = [
            (ID(1), try opened("Answer mail sooner", [.objective(objective)])),
            (ID(2), try opened("Mail: sooner answers to all", [.objective(objective)])),
            (ID(3), try opened("Answer mail sooner please", [.objective(other)])),
            (ID(4), try opened("Answer mail sooner")),
            (ID(5), try opened("Answer mail sooner", [.objective(objective), .closed(reason: "Done")])),
            (ID(6), try opened("…")), (ID(7), try opened("…")),
        ]
        let found = duplicates(among: all)
        #expect(found.map { [$0.first.value, $0.second.value] } == [[1, 2], [1, 4], [2, 4], [3, 4]])
        #expect(
            found[0].isSameMeasure && found[0].sharedWords == ["answer", "mail", "sooner"] && found[0].likeness == 1)
    }

    @Test("Who cared for a duplicate comes along, and nothing can be said to it any more")
    func merging() throws {
        let lost = try Improvement([
            entry(.opened(title: "B", origin: .hand), at: 1), entry(.owned(by: "Bo"), at: 2),
            entry(.watched(by: "Eve"), at: 3), entry(.supported(by: "Kim"), at: 4),
            entry(.commented("Do it"), by: "Kim", at: 5),
        ])
        var kept = try Improvement([
            entry(.opened(title: "A", origin: .hand), at: 1), entry(.watched(by: "Eve"), at: 2),
            entry(.commented("Yes"), at: 9),
        ])
        try kept.apply(entry(.absorbed(Absorbed(lost, id: 4)), at: 10), seen: 3)
        #expect(kept.watchers == ["Eve", "Bo"] && kept.supporters == ["Kim"])
        #expect(kept.comments.map(\.text) == ["Do it", "Yes"] && kept.comments[0].from == 4)
        var gone = lost
        try gone.apply(entry(.merged(into: 1), at: 10), seen: 5)
        #expect(gone.mergedInto == 1 && gone.entries.count == 6 && gone.comments.count == 1)
        for change in [Change.commented("Hello?"), .watched(by: "Ada"), .nextRound] {
            #expect(throws: LifeCycleError.merged(into: 1)) { try gone.apply(entry(change), seen: gone.version) }
        }
    }

    @Test("Parts follow what they are a part of, also into another")
    func family() throws {
        let all: [NumberedImprovement] = [
            (ID(1), try opened("A")), (ID(2), try opened("B", [.merged(into: 1)])),
            (ID(3), try opened("C", [.belongs(to: 2)])), (ID(4), try opened("D", [.belongs(to: 1)])),
            (ID(5), try opened("E", [.belongs(to: 1), .belongs(to: nil)])),
        ]
        #expect(children(of: ID(1), in: all) == [ID(3), ID(4)] && children(of: ID(2), in: all) == [])
    }

    @Test("A gain that was kept and slips opens the next round; one that never worked cannot slip")
    func slipping() throws {
        let day = monday
        #expect(throws: LifeCycleError.wrongStep(.defineObjectives)) {
            try opened("A", [.slipped(Slip(held: nil, on: day))])
        }
        let plan = Plan(
            objective: objective, baseline: Period(day - 200, through: day), weeks: 4, leastEffect: 0.1,
            method: "evaluation/1")
        let steps = Array(repeating: Change.forward(reason: "R"), count: 6)
        var one = try opened(
            "A", [.planned(plan)] + steps + [.evaluated(Judgement(verdict: .worked, seal: plan.seal)), .decided(.keep)])
        #expect(throws: LifeCycleError.noNextRound) { try one.apply(entry(.nextRound), seen: one.version) }
        try one.apply(entry(.slipped(Slip(held: Estimate(0.4, low: 0.1, high: 0.7), on: day))), seen: one.version)
        try one.apply(entry(.nextRound), seen: one.version)
        #expect(one.rounds.count == 2 && one.rounds[0].slip?.held?.estimate == 0.4)
    }
}
