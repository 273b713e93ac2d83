import Evaluations
import Improvements
import Measures
import Organisations
import Records
import Signals
import Statistics
import Testing

@testable import Stories

private func told(_ effect: Estimate?) -> String {
    effect.map { "\(Int($0.estimate * 100)) (\(Int($0.low * 100)) to \(Int($0.high * 100)))" } ?? "none"
}

@Suite("The stories, played through the loop")
struct StoryTests {
    @Test("What it says", arguments: Story.shown)
    func show(_ story: Story) throws {
        let clock = ContinuousClock()
        var played: [PlayedImprovement] = []
        let took = try clock.measure { played = try play(SampleOrganisation(story, seed: 1)) }
        print(story, took)
        for one in played {
            for round in one.rounds {
                print(one.key, round.truth.number, round.finding.map { "\($0.measure.id) \($0.slice.address) \($0.at)" } ?? "no finding")
                print("  ", round.evaluation?.judgement.verdict as Any, told(round.evaluation?.judgement.effect), "truth", round.truth.factor - 1, round.evaluation?.reasons as Any, round.evaluation?.guardrails.map { "\($0.guardrail.measure) \($0.state)" } as Any, "naive", round.evaluation?.judgement.naive as Any)
                print("  ", round.evaluation?.places.map { "\($0.slice.address) \(told($0.effect))" } as Any)
                for part in round.parts { print("   part", part.slice.address, part.evaluation.judgement.verdict, told(part.evaluation.judgement.effect)) }
                print("  ", round.watch?.slippedOn as Any, told(round.watch?.held), round.watch?.heldUnknown as Any, round.watch?.watchedFrom as Any, round.watch?.through as Any, "truth slips", round.truth.slipsFrom as Any)
            }
            print("  ", one.improvement.round.number, one.improvement.round.step, one.improvement.rounds.map { $0.decision as Any })
        }
    }
}
