import Foundation
import Statistics

/// A reason in plain words, for the command line.
/// - Parameter isCautious: Whether the verdict follows the interval that the document calls cautious, not the one it shows.
func sentence(_ reason: EvaluationReason, _ unit: WideTable.Spacing, isCautious: Bool = true) -> String {
    let steps = unit.rawValue
    let interval =
        isCautious ? "The cautious interval, which the verdict follows, holds zero" : "The interval holds zero"
    return switch reason {
    case .clear: "The whole interval lies on one side of zero."
    case .lessThanAimed: "It worked, but less than was aimed at."
    case .smallerThanLeastEffect: "Whatever it did is smaller than the least effect of interest."
    case .crossedEarly: "The boundary for an early verdict was crossed before the review."
    case .beforeReview(let left): "The review is \(left) \(steps) away."
    case .fewStepsAfter(let have, let need): "There are \(have) \(steps) after the start; a verdict needs \(need)."
    case .fewStepsBefore(let have, let need): "There are \(have) \(steps) before the start; a verdict needs \(need)."
    case .notSettled(let more?):
        "\(interval); about \(more) \(steps) more, or a control series, would settle it."
    case .notSettled(nil): "\(interval); only a control series or a longer history would settle it."
    case .mayDriftByItself: "The effect is clear only if the series does not drift by itself."
    case .noLeastEffect:
        "No least effect of interest was stated, so “no difference” cannot be said; use --least-effect."
    case .noControlLeft: "The plan relied on controls, and none could be used."
    case .manyMissingAfter(let share): "\(percent(share)) of the \(steps) after the start are missing."
    case .overlapsAnother: "Another change on the same measure began in the period."
    case .noVariation: "The series does not vary, or its controls explain it completely."
    case .tooLarge: "Some values are too large to compute with, above 1e302 in size; write them in a larger unit."
    case .notIdentified: "There is too little to tell an effect from: observed \(steps) on both sides of the start."
    }
}

/// A warning in plain words, for the command line.
func sentence(_ warning: EvaluationWarning, _ unit: WideTable.Spacing, _ controls: [String]) -> String {
    let steps = unit.rawValue
    func named(_ index: Int) -> String { index < controls.count ? "“\(controls[index])”" : "number \(index + 1)" }
    return switch warning {
    case .badSpell(let spell):
        "The \(spell) \(steps) before the start were unusually bad: part of the change would have come anyway."
    case .mayDrift: "The series may drift by itself; the interval allows for it."
    case .seasonEchoes(let stretch):
        "The season echoes from one round to the next; intervals are wider by \(percent(stretch - 1))."
    case .notAtOnce: "The effect did not come at once: see the figure carried on from before."
    case .shortBaseline(let have): "There are only \(have) \(steps) before the start; 180 are good."
    case .controlMoved(let index, let p, let isKept):
        "The control \(named(index)) moved at the start by itself (p \(shortest(p))); it was \(isKept ? "kept" : "left out")."
    case .controlsJoined(let count): "\(count) controls were joined to their mean."
    case .columnLeftOut(let index):
        "The control \(named(index)) does not vary before the start or is missing too often; it was left out."
    case .seasonLeftOut(let length): "The history is shorter than two seasons of \(length) \(steps): none was fitted."
    case .notParallel(let p): "Before the start the series moved away from its controls (p \(shortest(p)))."
    case .rareCounts(let mean): "With \(shortest(mean)) events a step, sum to longer steps before evaluating."
    case .impossibleValues(let count): "\(count) values that this scale cannot hold count as missing."
    case .gradualAsLevel: "A gradual effect of counts or shares is evaluated as one of levels."
    }
}

private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

private func shortest(_ x: Double) -> String { String(format: "%.2g", x) }
