import Improvements
import Records
import Statistics

/// What a round of an improvement did, with everything the verdict rests on.
public struct RoundEvaluation: Sendable {
    /// What is written into the improvement.
    public var judgement: Judgement
    public var measured: MeasuredSlice
    /// The first day after the start; where places began on different days, the first of them.
    public var start: Day
    /// The last day that the plan lets the verdict look at.
    public var reviewLast: Day
    /// The last day that was looked at: later ones are not there yet, or cannot be judged yet.
    public var through: Day
    /// When the data must end so that the verdict is due.
    public var dueOn: Day
    public var reasons: [EvaluationReason]
    public var warnings: [EvaluationWarning]
    public var notes: [EvaluationNote]
    /// The mean a day over the days after the start, in the measure's unit, with the interval the verdict rests on.
    public var absolute: Estimate?
    /// As a share of what would have been, with the 95 % interval that is shown: narrower than the verdict's where the
    /// series may drift by itself.
    public var shown: Estimate?
    /// Valid however often one looks, in the measure's unit.
    public var anytime: Estimate?
    /// What would have happened without the change, and what did.
    public var line: [LinePoint]
    public var guardrails: [GuardrailResult]
    /// Where places began on different days, and the plan has slices for them.
    public var places: [PlaceEffect]
    public var benefit: Benefit?
    /// Days of a bad spell before the start that were given a level of their own; 0 for none.
    public var badSpellDays: Int

    public struct LinePoint: Sendable, Hashable {
        public var day: Day
        /// With the 95 % interval of the single day.
        public var expected: Estimate
        /// Nil where nothing is known of the day.
        public var observed: Double?
    }

    public struct GuardrailResult: Sendable, Hashable {
        public enum State: String, Sendable, Hashable {
            /// The chance that the harm is below the margin is at least 95 %; before the review, by an interval that holds at
            /// every look.
            case safe
            case harmed
            /// Neither shown.
            case unproven
            /// Fewer than two weeks can be judged yet.
            case tooEarly
            /// Nothing is known of the measure, or nobody has said which way is worse.
            case unknown
        }

        public var guardrail: Guardrail
        public var state: State
        /// As a share of what would have been.
        public var effect: Estimate?
        /// The chance that the harm is below the margin.
        public var chanceSafe: Double?
        /// The last day that was looked at, and when all of the review can be judged: a guardrail may settle later than the
        /// objective.
        public var through: Day?
        public var dueOn: Day?
    }

    public struct PlaceEffect: Sendable, Hashable {
        public var slice: Slice
        /// Nil where it has not started.
        public var start: Day?
        /// As a share of what would have been; a difference of shares for shares.
        public var effect: Estimate?
    }
}

/// What was done with the data, to be told beside the verdict.
public enum EvaluationNote: Sendable, Hashable {
    /// Weekdays that are no steps, as the slice is closed then; Monday 0.
    case closedWeekdays([Int])
    case holidaysLeftOut(count: Int)
    /// Days on which nothing at all was exported.
    case gaps(count: Int)
    /// Days with most tickets still open, counted with their age.
    case stillOpen(days: Int)
    /// So many of the latest days cannot be judged yet.
    case settling(days: Int)
    /// Days between the baseline and the start, which belong to neither.
    case betweenBaselineAndStart(days: Int)
    /// Places began on different days; judged as one, by the share of places that had begun.
    case placesTogether(count: Int)
    /// The change came to a slice that the plan wanted to compare with: it was left out.
    case controlWentLive(Slice)
    case controlWithoutData(Slice)
    /// The data end before the day that was asked for.
    case dataEnd(Day)
}

/// What the effect is worth, in hours a month; below 0 it costs.
public struct Benefit: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// Tickets that did not come, each as long as tickets here usually take.
        case fewerTickets
        /// Tickets that took less time, by the day's median.
        case shorterTimes
    }

    public var kind: Kind
    /// Hours that people do not wait.
    public var hoursPerMonth: Estimate
    /// Hours that nobody has to work, where the time spent is known for most tickets; of fewer tickets only.
    public var workHoursPerMonth: Estimate?
    /// Tickets a month that it rests on: those that did not come, or those that were quicker.
    public var ticketsPerMonth: Double
}

/// Why a round cannot be judged.
public enum Unjudged: Error, Sendable, Hashable {
    case noPlan
    /// The plan is not the one that was sealed.
    case sealBroken
    case notLive
    /// What was in use before the test was written down cannot be tested by it.
    case liveBeforePlan(live: Day, frozen: Day)
    case unknownMeasure(String)
    case noData(MeasuredSlice)
    /// The baseline has too few days with a value.
    case baselineTooShort(days: Int, need: Int)
    /// The plan looks at fewer whole weeks than a verdict needs, or at more than are supported.
    case reviewOutOfRange(weeks: Int, from: Int, through: Int)
    /// The baseline, or the time from its first day to the start, is longer than can be taken in.
    case baselineTooLong(days: Int, most: Int)
    /// Nothing after the start can be judged yet; the verdict is due when the data reach this day.
    case tooEarly(until: Day)
}
