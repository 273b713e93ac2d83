import Evaluations
import Improvements
import Measures
import Records
import Statistics
import Store
import Turn

/// A round that has been judged, with everything its line tells.
struct JudgedRound: Sendable {
    var id: Int64
    var title: String
    var round: Round
    var judgement: Judgement
    /// When the verdict was written down.
    var at: Moment
    var watch: Result<GainWatch, Unwatched>?
    var benefit: Estimate?
    var prevented: Prevented?
    /// Departments that had a part in it: teams first, no names.
    var departments: [String]

    var objective: Objective? { round.plan?.plan.objective }
    var slippedOn: Day? { if case .success(let watch)? = watch { watch.slippedOn } else { nil } }
    /// Whether another round measured the same tickets over some of the same days.
    func claimsTheSame(as other: JudgedRound) -> Bool {
        guard let (mine, theirs) = pair(objective, other.objective), mine.measure == theirs.measure,
            mine.slice.holds(theirs.slice) || theirs.slice.holds(mine.slice),
            let (a, b) = pair(review, other.review)
        else { return false }
        return a.first <= b.last && b.first <= a.last
    }

    /// The days that the verdict looked at.
    private var review: Period? {
        guard let first = round.live.map(\.on).min(), let weeks = round.plan?.plan.weeks, weeks > 0 else { return nil }
        return Period(first, through: first + (7 * weeks - 1))
    }

    private func pair<T>(_ a: T?, _ b: T?) -> (T, T)? {
        guard let a, let b else { return nil }
        return (a, b)
    }

    var isHeld: Bool { if case .success(let watch)? = watch { watch.slippedOn == nil } else { false } }
}

extension Routes {
    /// Every round with a verdict that says something, the latest first.
    static func judgedRounds(_ call: Call, of all: [KeptImprovement]) async throws -> [JudgedRound] {
        var found: [JudgedRound] = []
        for kept in all {
            var latest: [Int: (Judgement, Moment)] = [:]
            var number = 1
            for entry in kept.improvement.entries {
                if case .nextRound = entry.change { number += 1 }
                if case .evaluated(let judgement) = entry.change { latest[number] = (judgement, entry.at) }
            }
            for round in kept.improvement.rounds {
                guard let (judgement, at) = latest[round.number], judgement.verdict != .tooEarly else { continue }
                var benefit: Estimate?
                var prevented: Prevented?
                if judgement.verdict == .worked || judgement.verdict == .worse,
                    case .success(let result)? = try await call.site.evaluations.evaluation(of: round, in: call.store)
                {
                    benefit = result.benefit?.hoursPerMonth
                    prevented = result.prevented
                }
                let departments = Set(round.actions.map(\.department)).subtracting([""]).union(round.acknowledged)
                found.append(
                    JudgedRound(
                        id: kept.id.value, title: kept.improvement.title, round: round, judgement: judgement, at: at,
                        watch: try await call.site.evaluations.watch(of: round, in: call.store), benefit: benefit,
                        prevented: prevented, departments: departments.sorted()))
            }
        }
        return found.sorted { $0.at > $1.at }
    }

    static func wins(_ call: Call) async throws -> Reply {
        let zone = try await Organisation(of: call.store).zone
        let all = try await call.store.improvements()
        let rounds = try await judgedRounds(call, of: all)
        return call.html(
            WinsPage(rounds: rounds, zone: zone, voices: try await voices(call, all, zone)).page(call.visit))
    }
}
