import Measures
import Opportunities
import Records
import Statistics
import Testing

@testable import Improvements

/// A second telling of the rules, as a plain table, to hold the first against.
private struct Model {
    var isOpen = false
    var isHeld = false
    var isClosed = false
    var isMerged = false
    var step = 1
    var evidence: Set<Int> = []
    var hasOwner = false
    var hasPlan = false
    var isLive = false
    var rounds = 0
    /// 1 adjust, 2 keep.
    var decision = 0
    var hasSlipped = false
    var hasRule = false
    /// 0 unknown, 1 small, 2 large.
    var size = 0
    /// 1 small enough, 2 by a role.
    var approval = 0
    var asksForHalf = false
    var team = 0
    var adopted = 0
    var hasAction = false
    var objective = 0
    var goalChanges = 0

    private var isApproved: Bool { !hasRule || approval > 0 || size == 1 }
    private var isAdopted: Bool { !asksForHalf || (team > 0 && 2 * min(adopted, team) >= team) }

    private var mayLeave: Bool {
        switch step {
        case 4: hasPlan && hasOwner && isApproved
        case 5: isLive && isApproved && isAdopted
        default: evidence.contains(step)
        }
    }

    /// Whether the move is allowed, and what it does.
    mutating func take(_ move: Int) -> Bool {
        if !isOpen {
            guard move == 0 else { return false }
            isOpen = true
            rounds = 1
            return true
        }
        if move == 0 || isMerged { return false }
        if move == 1 { return true }  // a comment
        if move == 2 {  // go on after a hold
            guard isHeld else { return false }
            isHeld = false
            return true
        }
        if isClosed { return false }
        if move == 3 {
            isClosed = true
            isHeld = false
            return true
        }
        return isHeld ? false : work(move)
    }

    private mutating func work(_ move: Int) -> Bool {
        switch move {
        case 4: isHeld = true
        case 5: hasOwner = true
        case 6, 26:
            let next = move == 6 ? 1 : 2
            if hasPlan, objective > 0, objective != next { goalChanges += 1 }
            objective = next
            evidence.insert(1)
        case 7: evidence.insert(2)
        case 8: evidence.insert(3)
        case 9:
            guard !hasPlan, step <= 4, !isLive else { return false }
            hasPlan = true
        case 10:
            guard step >= 5 else { return false }
            isLive = true
        case 11:
            guard step >= 5, hasPlan else { return false }
            evidence.insert(6)
        case 12, 13:
            guard step == 7 else { return false }
            decision = move - 11
        case 14, 15:
            guard step < 7, move == 15 || mayLeave else { return false }
            if step == 4, hasRule, approval == 0, size == 1 { approval = 1 }
            step += 1
        case 16:
            guard step > 1 else { return false }
            step -= 1
        case 17: return nextRound()
        case 18: hasRule = true
        case 19, 20:
            size = move - 18
            if hasRule, size == 2, approval == 1 { approval = 0 }
        case 21: approval = 2
        case 22:
            // A role that the rule does not name.
            guard !hasRule else { return false }
            approval = 2
        case 23: asksForHalf = true
        case 24: team = 10
        case 25: adopted = 6
        case 27: hasAction = true
        case 28: return hasAction
        case 29:
            guard evidence.contains(6) else { return false }
            hasSlipped = true
        case 30: isMerged = true
        default: return false
        }
        return true
    }

    private mutating func nextRound() -> Bool {
        guard decision == 1 || (decision == 2 && hasSlipped) else { return false }
        rounds += 1
        step = 1
        evidence.formIntersection([1])
        (hasPlan, isLive, hasSlipped, decision, approval, adopted, goalChanges) = (false, false, false, 0, 0, 0, 0)
        return true  // the rule, the team, what is asked of it, and the standing check stay
    }
}

@Suite("Random lives of improvements")
struct LifeCycleTests {
    private static let objective = Objective(text: "Sooner", measure: "incidents.timeToResolve")
    private static let plan = Plan(
        objective: objective, baseline: Period(Day(number: 100), through: Day(number: 300)), weeks: 4,
        leastEffect: 0.1, method: "evaluation/1")

    private static func change(_ move: Int, _ step: Step) -> Change {
        let day = Day(number: 301)
        switch move {
        case 0: return .opened(title: "T", origin: .hand)
        case 1: return .commented("C")
        case 2: return .resumed
        case 3: return .closed(reason: "R")
        case 4: return .held(reason: "R")
        case 5: return .owned(by: "Ada")
        case 6: return .objective(objective)
        case 7: return .fitness(DataFitness(days: 90, missing: 0, lastDay: Day(number: 300)))
        case 8: return .cause("C")
        case 9: return .planned(plan)
        case 10: return .live(GoLive(on: day))
        case 11: return .evaluated(Judgement(verdict: .worked, seal: plan.seal))
        case 12: return .decided(.adjust)
        case 13: return .decided(.keep)
        case 14: return .forward(reason: nil)
        case 15: return .forward(reason: "R")
        case 16: return .back(to: Step(rawValue: max(1, step.rawValue - 1)) ?? .defineObjectives, reason: "R")
        case 17: return .nextRound
        case 18: return .rule(ApprovalRule(effortMax: .small, hoursPerMonthMax: 20, roles: ["processOwner"]))
        case 19: return .sized(effort: .small, benefit: Estimate(10, low: 5, high: 20))
        case 20: return .sized(effort: .small, benefit: Estimate(10, low: 5, high: 21))
        case 21: return .approval(.by(name: "Eve", role: "processOwner"))
        case 22: return .approval(.by(name: "Bo", role: "reader"))
        case 23: return .adoptionNeeded(0.5)
        case 24: return .team(AdoptingTeam(name: "Desk", people: 10))
        case 25: return .adopted(Adoption(team: "Desk", people: 6, on: day))
        case 26: return .revised(other, reason: "The market moved")
        case 27: return .action(Action(id: 1, text: "Check", kind: .process, owner: "Bo", everyDays: 30))
        case 28: return .done(action: 1, on: day)
        case 29: return .slipped(Slip(held: nil, on: day))
        default: return .merged(into: 9)
        }
    }

    private static let other = Objective(text: "Sooner still", measure: "incidents.timeToResolve", target: 2)

    @Test(
        "Two hundred of them: what the table forbids is refused and changes nothing, what it allows happens, nothing is lost"
    )
    func random() throws {
        var refused = 0
        var later = 0
        var stale = 0
        for seed in 0..<200 {
            var g = SplitMix64(seed: UInt64(seed))
            var model = Model()
            var entries: [Entry] = []
            var improvement: Improvement?
            for k in 0..<150 {
                // Often onwards, so that later steps and rounds are reached; closing is rare.
                var move = Int(g.uniform() * 31)
                if move == 3 || move == 30, g.uniform() < 0.95 { move = 14 }
                if move == 16 || move == 4, g.uniform() < 0.7 { move = 2 }
                if g.uniform() < 0.2 { move = g.uniform() < 0.5 ? 14 : 15 }
                let entry = Entry(
                    Self.change(move, improvement?.round.step ?? .defineObjectives), by: "P\(k % 3)",
                    at: Moment(seconds: Int64(k)))
                var expected = model
                let isAllowed = expected.take(move)
                let before = improvement
                do throws(LifeCycleError) {
                    if improvement == nil {
                        improvement = try Improvement([entry])
                    } else {
                        try improvement?.apply(entry, seen: entries.count)
                    }
                    #expect(isAllowed, "seed \(seed), \(k): \(entry.change) was let through")
                    entries.append(entry)
                    model = expected
                } catch {
                    #expect(!isAllowed, "seed \(seed), \(k): \(entry.change): \(error)")
                    #expect(improvement == before)
                    refused += 1
                }
                guard let now = improvement else { continue }
                #expect(now.entries == entries && now.version == entries.count)
                #expect(
                    now.round.goalChanges.count == model.goalChanges && now.round.isApproved == (model.approval > 0))
                stale += try refusesWhoHasNotSeen(now, &g)
                #expect(now.round.step.rawValue == model.step && now.rounds.count == model.rounds)
            }
            // Read back from its history it is the same.
            if let improvement {
                #expect(try Improvement(entries) == improvement)
                later += improvement.rounds.count > 1 ? 1 : 0
            }
        }
        // The lives must have been full enough to say something.
        #expect(refused > 1000 && later > 20 && stale > 1000)
    }

    /// A second writer who looked some entries ago is told, whatever they write, and changes nothing.
    private func refusesWhoHasNotSeen(_ now: Improvement, _ g: inout SplitMix64) throws -> Int {
        guard now.version > 1 else { return 0 }
        var copy = now
        let seen = 1 + Int(g.uniform() * Double(now.version - 1))
        let entry = Entry(
            Self.change(Int(g.uniform() * 31), now.round.step), by: "Second", at: Moment(seconds: 1_000))
        #expect(throws: LifeCycleError.changedMeanwhile(version: now.version)) { try copy.apply(entry, seen: seen) }
        #expect(copy == now)
        return 1
    }
}
