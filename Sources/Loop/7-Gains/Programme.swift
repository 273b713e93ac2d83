import Improvements
import Records
import Signals

// The improvement work has figures of its own: how many suggest something, how long an improvement takes, whether what was
// promised is done. They are read from what people did (the entries of improvements, their suggestions), never from a form
// that somebody must fill in, and they are series like any other: watched by the same kernels, with the same care for false
// alarms. Nothing here is about one person: names are counted, and never shown.

/// What the improvement work is read from.
public struct Programme: Sendable {
    /// An improvement with its number.
    public struct Numbered: Sendable {
        public var id: Int64
        public var improvement: Improvement

        public init(id: Int64, _ improvement: Improvement) {
            self.id = id
            self.improvement = improvement
        }
    }

    /// That somebody suggested something; who is a pseudonym, or empty.
    public struct Suggestion: Sendable, Hashable {
        public var at: Moment
        public var by: String

        public init(at: Moment, by: String) {
            self.at = at
            self.by = by
        }
    }

    /// Hours a team promised to improvement in a week, and those it used, where somebody writes them down.
    public struct Hours: Sendable, Hashable {
        public var week: Day
        public var promised: Double
        public var used: Double

        public init(week: Day, promised: Double, used: Double) {
            self.week = week
            self.promised = promised
            self.used = used
        }
    }

    public var improvements: [Numbered]
    public var suggestions: [Suggestion]
    /// When each person who may suggest something joined; empty where nobody is known.
    public var joined: [Moment]
    /// What kind of finding led each opportunity, by the opportunity's id, as far as it is still known.
    public var leads: [String: SignalKind]
    public var hours: [Hours]
    public var zone: Zone
    public var today: Day

    public init(
        improvements: [Numbered], suggestions: [Suggestion], joined: [Moment] = [], leads: [String: SignalKind] = [:],
        hours: [Hours] = [], zone: Zone = .utc, today: Day
    ) {
        self.improvements = improvements
        self.suggestions = suggestions
        self.joined = joined
        self.leads = leads
        self.hours = hours
        self.zone = zone
        self.today = today
    }

    /// Weeks looked back on, at most: three years.
    static let weeksMax = 156

    /// Whole weeks from Monday to Sunday, from the first thing that anybody did to the last Sunday before today.
    public var weeks: [Period] {
        let starts = improvements.compactMap(\.improvement.entries.first?.at) + suggestions.map(\.at)
        guard let first = starts.min() else { return [] }
        let begin = zone.day(of: first)
        let monday = begin - begin.weekday
        let end = today - today.weekday
        let count = min(Self.weeksMax, (end - monday) / 7)
        guard count > 0 else { return [] }
        return (0..<count).map { Period(end - (count - $0) * 7, through: end - (count - $0) * 7 + 6) }
    }
}

/// One figure of the improvement work.
public enum MomentumMeasure: String, CaseIterable, Sendable, Codable {
    /// A week, for each person who may suggest something; for all together where nobody is known.
    case suggestionsPerHead
    /// Different people who suggested something or worked on an improvement in the week.
    case contributors
    /// Different departments with an action or a roadblock of the week.
    case departments
    /// Improvements opened, and brought to a decision or closed, in four weeks.
    case opened, finished
    /// Days from being accepted to the decision, the median of those decided in four weeks.
    case acceptedToDone
    /// The median age in days of what is in work at the end of the week.
    case age
    /// The share of what is in work that somebody touched in the last 14 days.
    case touched
    /// The share of evaluations due in four weeks that came within 14 days.
    case evaluatedOnTime
    /// Actions past their day at the end of the week.
    case overdueActions
    /// The share of proven gains that no improvement has been opened for again.
    case gainsHeld
    /// The share of what was opened in four weeks that came before the harm: from a suggestion, a trend, a target at risk.
    case prevention
    /// The most improvements in work that one owner has at the end of the week.
    case ownerLoad
    /// Hours used of those promised.
    case timeUsed

    /// Which way is worse; nil where neither way is in itself.
    public var lowerIsWorse: Bool? {
        switch self {
        case .acceptedToDone, .age, .overdueActions, .ownerLoad: false
        default: true
        }
    }

    /// Shares are told in per cent.
    public var isShare: Bool {
        switch self {
        case .touched, .evaluatedOnTime, .gainsHeld, .prevention, .timeUsed: true
        default: false
        }
    }

    /// Days are told in days.
    public var isDays: Bool { self == .acceptedToDone || self == .age }

    /// Weeks of one value: what happens seldom is added up.
    public var weeks: Int {
        switch self {
        case .opened, .finished, .acceptedToDone, .evaluatedOnTime, .prevention: 4
        default: 1
        }
    }
}

/// A figure of the improvement work over time. Missing is not a number, never a zero.
public struct MomentumSeries: Sendable, Equatable {
    public var measure: MomentumMeasure
    public var steps: [Period]
    public var values: [Double]
    /// On how many things each value rests.
    public var counts: [Int]

    public init(measure: MomentumMeasure, steps: [Period], values: [Double], counts: [Int]) {
        precondition(steps.count == values.count && values.count == counts.count, "One value and one count a step")
        self.measure = measure
        self.steps = steps
        self.values = values
        self.counts = counts
    }

    /// The last known value.
    public var now: Double? { values.last { $0.isFinite } }
}
