/// What a change did, as far as the data can say: a verdict with its reasons, the effect with its intervals, and what it
/// was compared with.
public struct Evaluation: Sendable {
    public var verdict: EvaluationVerdict
    public var reasons: [EvaluationReason]
    public var warnings: [EvaluationWarning]
    /// Nil where nothing could be computed; a reason says why.
    public var effect: EvaluatedEffect?
    /// Before and after compared as people do by hand: the last weeks before against all after.
    public var naive: NaiveComparison?
    /// What could have been proven, known before the start.
    public var detectable: DetectableEffect?
    /// What would have happened without the change, one point a step after the start.
    public var counterfactual: [CounterfactualPoint]
    public var controls: [ControlJudgement]
    /// Whether the series and its controls moved alike before the start: the p of a slope between them. Nil without controls.
    public var parallelBefore: Double?
    /// Steps of the bad spell that was given a level of its own; 0 for none.
    public var badSpellSteps: Int
    /// Steps after the start.
    public var stepsAfter: Int
}

public enum EvaluationVerdict: String, Sendable, Hashable {
    case worked, worse
    case noDifference = "no difference"
    case tooEarly = "too early"
    case cannotTell = "cannot tell"
}

/// Why the verdict is what it is.
public enum EvaluationReason: Sendable, Hashable {
    /// The whole interval lies on the better side, and all of it on the worse side for `worse`.
    case clear
    /// It worked, but the 90 % interval stays below the least effect of interest.
    case lessThanAimed
    /// The 90 % interval lies within plus and minus the least effect of interest.
    case smallerThanLeastEffect
    /// A boundary for early verdicts was crossed before the review.
    case crossedEarly
    case beforeReview(stepsLeft: Int)
    case fewStepsAfter(have: Int, need: Int)
    case fewStepsBefore(have: Int, need: Int)
    /// The interval holds zero and more than the least effect; so many steps more would settle an effect of that size.
    case notSettled(moreSteps: Int?)
    /// The interval on the plain model leaves zero out, the one that lets the series drift by itself does not.
    case mayDriftByItself
    /// No least effect of interest was stated, so that “no difference” cannot be said.
    case noLeastEffect
    /// The plan relied on controls, and none could be used.
    case noControlLeft
    /// More than a fifth of the steps after the start are missing.
    case manyMissingAfter(share: Double)
    /// Another change on the same measure began in the period.
    case overlapsAnother
    /// The series does not vary, or its controls explain it to the last digit.
    case noVariation
    /// The effect cannot be told from another column: no observed steps after the start, or none before.
    case notIdentified
    /// A value, or what was computed from it, is larger than `Intervention.largestSize`.
    case tooLarge
}

/// What a reader of an effect should know beside it.
public enum EvaluationWarning: Sendable, Hashable {
    /// The weeks before the start were unusually bad: part of the change would have come anyway.
    case badSpell(steps: Int)
    /// The series may drift by itself; the logarithm of the odds for it beyond the prior ones.
    case mayDrift(logOdds: Double)
    /// The season echoes from one round to the next; intervals are wider by this factor.
    case seasonEchoes(stretch: Double)
    /// The jump at the start and the level after it disagree: the effect did not come at once.
    case notAtOnce
    /// Fewer steps before the start than are good.
    case shortBaseline(steps: Int)
    /// A control moved at the start by itself (p), and was left out, or kept because it is the only one.
    case controlMoved(index: Int, p: Double, isKept: Bool)
    /// Many controls were joined to one: their mean after scaling.
    case controlsJoined(count: Int)
    /// A control does not vary before the start, or is missing on more than a fifth of the steps.
    case columnLeftOut(control: Int)
    /// The history is shorter than two seasons: no season was fitted.
    case seasonLeftOut(length: Int)
    /// Before the start the series moved away from its controls (p of the slope).
    case notParallel(p: Double)
    /// The mean is below two events a step: sum to longer steps.
    case rareCounts(mean: Double)
    /// Values that this scale cannot hold count as missing.
    case impossibleValues(count: Int)
    /// A gradual effect was asked for counts or shares: evaluated as levels.
    case gradualAsLevel
}

public struct EvaluatedEffect: Sendable {
    /// The mean a step over the period after the start, in the units of the series, with the 95 % interval that is shown.
    public var absolute: Estimate
    /// As a share of what would have been; nil where that is not above zero.
    public var relative: Estimate?
    /// The 95 % interval that the verdict rests on: wider where the series may drift by itself.
    public var cautious: Estimate
    /// The 90 % interval that the verdict rests on, for “no difference” and guardrails.
    public var cautious90: Estimate
    /// Two-sided, on the model that the verdict rests on.
    public var p: Double
    /// The chance that the effect is above zero, on the same model.
    public var chanceAboveZero: Double
    /// The same effect from the steps before carried on, which does not lean on the jump at the start; nil for counts.
    public var carriedOn: Estimate?
    /// Valid however often one looks: see `AnytimeBoundary`. Nil where the plan's information is not known.
    public var anytime: Estimate?
    /// Of the early verdict: how far the effect is from zero, in the boundary's units; above 1 is crossed.
    public var earlyCrossing: Double?
    /// The logarithm of the Bayes factor for drift or trend against a plain series.
    public var logOddsOfDrift: Double
    /// The whole distribution behind the verdict, in the units of `isOnLink`.
    public var posterior: EffectPosterior
    /// Whether `posterior` is of a logarithm of ratios or odds instead of a difference.
    public var isOnLink: Bool
}

public struct NaiveComparison: Sendable, Hashable {
    /// After minus before, with the interval of Welch's t test, which takes every step for independent: shown to be
    /// compared, not to be believed.
    public var absolute: Estimate
    public var relative: Double?
    /// Steps before the start that were compared.
    public var stepsBefore: Int
}

public struct CounterfactualPoint: Sendable, Hashable {
    public var row: Int
    /// What would have been, with the 95 % interval of the single value.
    public var expected: Estimate
    /// NaN where missing.
    public var observed: Double
}

/// A control series, tested at the start: it must not have moved by itself.
public struct ControlJudgement: Sendable, Hashable {
    public var index: Int
    public var isKept: Bool
    /// Two-sided, of a move at the start; nil where it could not be tested.
    public var p: Double?
}
