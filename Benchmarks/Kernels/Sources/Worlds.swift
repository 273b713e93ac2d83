import Evaluations
import Improvements
import Organisations
import Records
import Statistics
import Stories

/// `kernels worlds [STORY] --seeds 100 [--from 1] [--search yes]`: plays each story with many seeds through the loop, and counts how
/// often the engine says what is true: the finding, the verdict, the interval, the guardrails, what holds and what slips.
func runWorlds(_ arguments: Arguments) throws {
    let stories = Story(rawValue: arguments.file).map { [$0] } ?? Story.allCases
    let first = arguments.number("from") ?? 1
    let seeds = first..<(first + (arguments.number("seeds") ?? 20))
    for story in stories {
        var scores: [String: Score] = [:]
        var names: [String] = []
        for seed in seeds {
            let organisation = SampleOrganisation(story, seed: UInt64(seed))
            for one in try play(organisation, isSearching: arguments.text("search") == "yes") {
                for round in one.rounds {
                    let name = "\(story.rawValue) \(one.key) \(round.truth.number)"
                    if scores[name] == nil { names.append(name) }
                    scores[name, default: Score()].add(round)
                    if arguments.text("each") == "yes" { write("\(seed) \(name) \(line(round))\n") }
                }
            }
        }
        for name in names { write("\(name): \(scores[name, default: Score()].text)\n") }
    }
}

private func line(_ round: PlayedRound) -> String {
    guard let e = round.evaluation, let effect = e.judgement.effect else { return "no verdict" }
    func percent(_ x: Double) -> Int { Int((100 * x).rounded()) }
    return
        "\(e.judgement.verdict.rawValue) \(percent(effect.estimate)) (\(percent(effect.low)) to \(percent(effect.high)))"
        + " naive \(percent(e.judgement.naive ?? .nan)) slipped \(round.watch?.slippedOn?.description ?? "never")"
}

/// How often what was said is true.
private struct Score {
    var rounds = 0
    var found = 0
    var verdicts: [Judgement.Verdict: Int] = [:]
    var holdsTruth = 0
    var errors: [Double] = []
    var naiveClaims = 0
    var harmed = 0
    var watched = 0
    var rang = 0
    var slipped = 0
    var slippedTooSoon = 0
    var daysUntilSlip: [Double] = []

    mutating func add(_ round: PlayedRound) {
        rounds += 1
        if round.finding != nil { found += 1 }
        guard let evaluation = round.evaluation else { return }
        let judgement = evaluation.judgement
        verdicts[judgement.verdict, default: 0] += 1
        if let effect = judgement.effect {
            let truth = round.truth.factor - 1
            if effect.low <= truth, truth <= effect.high { holdsTruth += 1 }
            errors.append(effect.estimate - truth)
        }
        if judgement.naive ?? 0 <= -0.1 { naiveClaims += 1 }
        if !judgement.harmed.isEmpty { harmed += 1 }
        guard let watch = round.watch else { return }
        watched += 1
        if watch.slippedOn != nil { rang += 1 }
        guard let day = round.slippedOn else { return }
        if let slips = round.truth.slipsFrom, day >= slips {
            slipped += 1
            daysUntilSlip.append(Double(day - slips))
        } else {
            slippedTooSoon += 1
        }
    }

    var text: String {
        let said = Judgement.Verdict.allCases.compactMap { v in verdicts[v].map { "\(v.rawValue) \($0)" } }
        let bias = errors.isEmpty ? 0 : errors.reduce(0, +) / Double(errors.count)
        return
            "\(rounds) rounds, found \(found); \(said.joined(separator: ", ")); interval holds the truth \(holdsTruth), "
            + "mean error \((bias * 1000).rounded() / 10) %; naively at least a tenth better \(naiveClaims); harm told \(harmed); "
            + "watched \(watched), rang \(rang), slips seen \(slipped) after \(Int(median(daysUntilSlip) ?? 0)) days, "
            + "said to slip without cause \(slippedTooSoon)"
    }
}

private func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }
