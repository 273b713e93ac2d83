/// A series with a change at a known time: what happened, when the change began, and what else moves with the series.
///
/// Steps are days as a rule; weeks, months and years are steps like any other, `season` says what repeats.
public struct Intervention: Sendable {
    /// One value a step; NaN is missing. Infinite values count as missing.
    public var values: [Double]
    /// The index of the first step after the start.
    public var start: Int
    /// Series that the change cannot have touched, each as long as `values`; NaN is missing.
    public var controls: [[Double]]
    /// On the scale of counts: whether the controls are counts too, of work that has the same seasons and the same busy weeks.
    /// Then the outcome is judged as a ratio to their sum, so that whatever moves all alike falls out, however it moves;
    /// otherwise each control is a column of the regression, on whatever scale it is given.
    public var controlsAreCounts: Bool
    public var season: Season
    public var shape: EffectShape
    public var scale: OutcomeScale
    /// Steps that say nothing: a strike, a broken export. They count as missing.
    public var leftOut: [Int]
    public var badSpell: BadSpell
    /// Whether an effect on a level is thought of in per cent: on a busy day it is larger than on a quiet one. Applies where
    /// the level without the change stays above zero.
    public var isProportional: Bool

    /// Values and controls larger in size than this are refused: their sums and differences would leave the range of numbers.
    public static let largestSize = 1e302

    public init(
        values: [Double], start: Int, controls: [[Double]] = [], controlsAreCounts: Bool = false,
        season: Season = .none, shape: EffectShape = .step, scale: OutcomeScale = .level, leftOut: [Int] = [],
        badSpell: BadSpell = .found, isProportional: Bool = true
    ) {
        self.values = values
        self.start = start
        self.controls = controls
        self.controlsAreCounts = controlsAreCounts
        self.season = season
        self.shape = shape
        self.scale = scale
        self.leftOut = leftOut
        self.badSpell = badSpell
        self.isProportional = isProportional
    }
}

extension Intervention {
    /// Whether the outcome is judged as a ratio to the sum of its controls.
    var isRatioToControls: Bool { controlsAreCounts && scale == .count && !controls.isEmpty }
}

/// What repeats in a series: every `length` steps the same place comes round.
public struct Season: Sendable, Hashable {
    /// In steps; 1 is no season.
    public var length: Int
    /// The place of the first value in its season, from 0.
    public var phase: Int

    public init(length: Int, phase: Int = 0) {
        self.length = max(1, length)
        self.phase = phase
    }

    public static let none = Season(length: 1)
    /// Days of the week; a series without weekends has the length 5 and no rows for the closed days.
    public static let week = Season(length: 7)

    func place(of row: Int) -> Int { ((row + phase) % length + length) % length }
}

/// How the effect comes: part of the plan that is frozen before the start, never chosen after seeing the data.
public enum EffectShape: Sendable, Hashable {
    /// At once and for good: a switch.
    case step
    /// Grows evenly over so many steps to its final level.
    case ramp(Int)
    /// At once, but the first so many steps are left out.
    case washout(Int)
    /// Grows in a form nobody knows: the steps after the start are compared with the steps before carried on.
    case gradual
    /// In proportion to the share that uses the change, one value from 0 to 1 a step.
    case adoption([Double])
}

/// What kind of number is measured.
public enum OutcomeScale: Sendable, Hashable {
    /// Any number; the effect is a difference.
    case level
    /// A positive number such as a duration: worked on in logarithms, the effect is a ratio.
    case ratio
    /// A count of events a step; the effect is a ratio.
    case count
    /// A share from 0 to 1 of so many trials a step; the effect is in odds and told as a difference of shares.
    case share(trials: [Double])
}

/// Whether a bad spell just before the start prompted the change: then its level says nothing of the usual level.
public enum BadSpell: Sendable, Hashable {
    /// Looked for: the last two or four weeks are the worst of the baseline, or more than two deviations off.
    case found
    case none
    /// The last so many steps before the start.
    case last(Int)
}

/// Which way is better.
public enum BetterDirection: String, Sendable, Hashable {
    case higher, lower

    var sign: Double { self == .higher ? 1 : -1 }
}

/// The smallest effect worth having, as frozen in the plan.
public enum LeastEffect: Sendable, Hashable {
    /// In the units of the series, above 0.
    case absolute(Double)
    /// As a share of the level without the change, above 0.
    case relative(Double)
}

/// What was agreed before the start; the verdict keeps to it.
public struct EvaluationPlan: Sendable, Hashable {
    public var better: BetterDirection
    /// Nil: there can be no verdict “no difference”.
    public var leastEffect: LeastEffect?
    /// Steps after the start at which the verdict is due; nil: at the end of the data.
    public var reviewAfter: Int?
    /// Whether a clear result may end it before the review. The final interval is then 14 % wider.
    public var mayStopEarly: Bool
    /// Whether the plan stands or falls with its controls.
    public var reliesOnControls: Bool
    /// Whether another change on the same measure began within the period.
    public var overlapsAnother: Bool
    public var need: EvaluationNeed

    public init(
        better: BetterDirection = .higher, leastEffect: LeastEffect? = nil, reviewAfter: Int? = nil,
        mayStopEarly: Bool = false, reliesOnControls: Bool = false, overlapsAnother: Bool = false,
        need: EvaluationNeed = .days
    ) {
        self.better = better
        self.leastEffect = leastEffect
        self.reviewAfter = reviewAfter
        self.mayStopEarly = mayStopEarly
        self.reliesOnControls = reliesOnControls
        self.overlapsAnother = overlapsAnother
        self.need = need
    }
}

/// How many steps a verdict needs.
public struct EvaluationNeed: Sendable, Hashable {
    /// Observed steps before the start.
    public var before: Int
    /// Steps after the start, at least two full weeks of days.
    public var after: Int

    public init(before: Int, after: Int) {
        self.before = before
        self.after = after
    }

    public static let days = EvaluationNeed(before: 56, after: 14)
    /// Weeks, months, years: the same baseline, and fewer steps after, as each holds more.
    public static let longerSteps = EvaluationNeed(before: 56, after: 4)
}
