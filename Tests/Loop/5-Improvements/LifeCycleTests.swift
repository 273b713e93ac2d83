import Measures
import Records
import Statistics
import Testing

@testable import Improvements

/// A second telling of the rules, as a plain table, to hold the first against.
private struct Model {
    var isOpen = false
    var isHeld = false
    var isClosed = false
    var step = 1
    var evidence: Set<Int> = []
    var hasOwner = false
    var hasPlan = false
    var isLive = false
    var mayGoOn = false
    var rounds = 0

    /// Whether the move is allowed, and what it does.
    mutating func take(_ move: Int) -> Bool {
        if !isOpen {
            guard move == 0 else { return false }
            isOpen = true
            rounds = 1
            return true
        }
        if move == 0 { return false }
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
        if isHeld { return false }
        switch move {
        case 4: isHeld = true
        case 5: hasOwner = true
        case 6: evidence.insert(1)
        case 7: evidence.insert(2)
        case 8: evidence.insert(3)
        case 9:
            guard !hasPlan, step <= 4, !isLive else { return false }
            hasPlan = true
        case 10:
            guard step >= 5 else { return false }
            isLive = true
            evidence.insert(5)
        case 11:
            guard step >= 5, hasPlan else { return false }
            evidence.insert(6)
        case 12:
            guard step == 7 else { return false }
            mayGoOn = true
        case 13:
            guard step < 7 else { return false }
            guard step == 4 ? hasPlan && hasOwner : evidence.contains(step) else { return false }
            step += 1
        case 14:
            guard step < 7 else { return false }
            step += 1
        case 15:
            guard step > 1 else { return false }
            step -= 1
        case 16:
            guard mayGoOn else { return false }
            rounds += 1
            self.step = 1
            evidence.formIntersection([1])
            hasPlan = false
            isLive = false
            mayGoOn = false
        default: return false
        }
        return true
    }
}

@Suite("Random lives of improvements")
struct LifeCycleTests {
    private static let objective = Objective(text: "Sooner", measure: "incidents.timeToResolve")
    private static let plan = Plan(
        objective: objective, baseline: Period(Day(number: 100), through: Day(number: 300)), weeks: 4,
        leastEffect: 0.1, method: "evaluation/1")

    private static func change(_ move: Int, _ step: Step) -> Change {
        switch move {
        case 0: .opened(title: "T", origin: .hand)
        case 1: .commented("C")
        case 2: .resumed
        case 3: .closed(reason: "R")
        case 4: .held(reason: "R")
        case 5: .owned(by: "Ada")
        case 6: .objective(objective)
        case 7: .fitness(DataFitness(days: 90, missing: 0, lastDay: Day(number: 300)))
        case 8: .cause("C")
        case 9: .planned(plan)
        case 10: .live(GoLive(on: Day(number: 301)))
        case 11: .evaluated(Judgement(verdict: .noDifference, seal: plan.seal))
        case 12: .decided(.adjust)
        case 13: .forward(reason: nil)
        case 14: .forward(reason: "R")
        case 15: .back(to: Step(rawValue: max(1, step.rawValue - 1)) ?? .defineObjectives, reason: "R")
        default: .nextRound
        }
    }

    @Test(
        "Two hundred of them: what the table forbids is refused and changes nothing, what it allows happens, nothing is lost"
    )
    func random() throws {
        var refused = 0
        var later = 0
        for seed in 0..<200 {
            var g = SplitMix64(seed: UInt64(seed))
            var model = Model()
            var entries: [Entry] = []
            var improvement: Improvement?
            for k in 0..<120 {
                // Often onwards, so that later steps and rounds are reached; closing is rare.
                var move = Int(g.uniform() * 17)
                if move == 3, g.uniform() < 0.95 { move = 13 }
                if move == 15 || move == 4, g.uniform() < 0.7 { move = 2 }
                if g.uniform() < 0.25 { move = 14 }
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
                #expect(now.round.step.rawValue == model.step && now.rounds.count == model.rounds)
            }
            // Read back from its history it is the same.
            if let improvement {
                #expect(try Improvement(entries) == improvement)
                later += improvement.rounds.count > 1 ? 1 : 0
            }
        }
        // The lives must have been full enough to say something.
        #expect(refused > 1000 && later > 20)
    }
}
