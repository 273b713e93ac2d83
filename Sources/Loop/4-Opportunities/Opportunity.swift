import Measures
import Records
import Signals
import Statistics

/// How much work the first step asks for.
public enum Effort: String, Sendable, Codable { case small, medium, large }

/// The kind of first step that suits a finding. Its words are in `Languages`.
public enum FirstStep: String, CaseIterable, Sendable, Codable {
    case findRecurringCause, reviewStageWhereWorkWaits, askWhatChanged, planCapacity, checkRouting, checkHandover
    case reviewChanges, levelWorkload, agreeTarget, lookAtDay
}

/// Something worth doing: related signals as one story, sized in hours a month.
public struct Opportunity: Sendable, Hashable, Identifiable, Codable {
    public var id: String
    public var rank: Int
    /// The strongest signal first; the story is told by it.
    public var signals: [Signal]
    /// Hours that people wait, a month; negative for good news.
    public var hoursPerMonth: Estimate
    public var firstStep: FirstStep
    public var effort: Effort
    /// Good news: what got better. Reported apart, never ranked among what got worse.
    public var isGoodNews: Bool
    /// Hours that people work on the additional tickets, a month; nil unless most tickets say how long they took.
    public var workHoursPerMonth: Estimate?

    public init(
        id: String, rank: Int, signals: [Signal], hoursPerMonth: Estimate, firstStep: FirstStep, effort: Effort,
        isGoodNews: Bool, workHoursPerMonth: Estimate? = nil
    ) {
        precondition(!signals.isEmpty, "An opportunity is made of at least one signal")
        self.id = id
        self.rank = rank
        self.signals = signals
        self.hoursPerMonth = hoursPerMonth
        self.firstStep = firstStep
        self.effort = effort
        self.isGoodNews = isGoodNews
        self.workHoursPerMonth = workHoursPerMonth
    }

    /// The signal that tells the story.
    public var lead: Signal { signals[0] }
}
