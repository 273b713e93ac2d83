import Measures
import Records
import Statistics

/// What kind of thing was found. The raw value is the word used in JSON and the store.
public enum SignalKind: String, CaseIterable, Sendable, Codable {
    case levelShift, trend, spike, seasonBreak, variation, targetAtRisk
    /// Incidents fell, and nothing on record explains it; a policy is not kept; the improvement work fades.
    case unexplainedFall, policyBreach, momentum
    /// Incidents that tell of the same trouble again and again; a theme that more comments are about.
    case recurrence, theme
    /// Of how work flows: waiting at a stage grew; work comes back; it passes through more hands; a usual step is left out.
    case bottleneck, rework, handoffs, shortcut
    /// A device whose readings near their limit.
    case wear
}

/// What a finding means for the people served.
public enum Tendency: String, Sendable, Codable { case worse, better, neutral }

/// What a finding is about, where that is no slice of the tickets: a recurring problem, a theme of comments.
public struct SignalSubject: Sendable, Hashable, Codable {
    /// The number of the problem, or the name of the theme.
    public var id: String
    /// What people call it.
    public var name: String
    /// Days from one return to the next, where it comes back in a rhythm.
    public var everyDays: Estimate?
    /// The day it is due next, and the range of that day.
    public var next: Day?
    public var due: Period?

    public init(
        id: String, name: String, everyDays: Estimate? = nil, next: Day? = nil, due: Period? = nil
    ) {
        self.id = id
        self.name = name
        self.everyDays = everyDays
        self.next = next
        self.due = due
    }
}

/// One finding: a measure of a slice of the tickets that changed or stands out, since when, by how much, how sure.
public struct Signal: Sendable, Hashable, Identifiable, Codable {
    /// Stable: the same finding in a later run over more data keeps it.
    public var id: String
    public var kind: SignalKind
    public var measure: Measure
    public var slice: Slice
    /// The first day of the new state; of a trend, the day it began; of a spike, the day itself.
    public var at: Day
    /// The 95 % range of `at`.
    public var atEarliest: Day
    public var atLatest: Day
    public var direction: Tendency
    /// In the measure's unit; 95 %.
    public var before: Estimate
    public var after: Estimate
    /// The change as a share of `before`: 0.42 is 42 % more.
    public var relative: Estimate
    /// The smallest false discovery rate at which this would still be reported.
    public var q: Double
    /// What it costs, in hours a month; nil where it cannot be said in hours.
    public var hoursPerMonth: Estimate?
    /// Tickets of the slice in the state after the change: what the evidence is made of.
    public var evidenceCount: Int
    /// The days of the new state.
    public var evidence: Period
    /// What it is about, where that is no slice.
    public var subject: SignalSubject?

    public init(
        id: String, kind: SignalKind, measure: Measure, slice: Slice, at: Day, atEarliest: Day, atLatest: Day,
        direction: Tendency, before: Estimate, after: Estimate, relative: Estimate, q: Double,
        hoursPerMonth: Estimate?, evidenceCount: Int, evidence: Period, subject: SignalSubject? = nil
    ) {
        self.subject = subject
        self.id = id
        self.kind = kind
        self.measure = measure
        self.slice = slice
        self.at = at
        self.atEarliest = atEarliest
        self.atLatest = atLatest
        self.direction = direction
        self.before = before
        self.after = after
        self.relative = relative
        self.q = q
        self.hoursPerMonth = hoursPerMonth
        self.evidenceCount = evidenceCount
        self.evidence = evidence
    }
}

/// What a reader of the findings must know about the data they were made from.
public enum DetectionNote: Sendable, Hashable, Codable {
    /// The export thins out at an end (it was probably cut by closing date): only these days were analysed.
    case thinsOut(analysed: Period, of: Period)
    /// Fewer whole weeks than a shift or trend can be told from chance in.
    case tooFewWeeks(Int)
    /// Slices with too few tickets to say anything about.
    case tooSmall(slices: Int)
    /// Nothing to analyse.
    case noTickets
}

/// Everything one run of the detectors says.
public struct Detection: Sendable {
    public var signals: [Signal]
    /// Series × kinds that were tested.
    public var tested: Int
    /// How many of the reported are expected to be false.
    public var expectedFalse: Double
    /// The false discovery rate promised.
    public var rate: Double
    /// The days analysed; nil when there were none.
    public var window: Period?
    public var notes: [DetectionNote]

    public init(
        signals: [Signal], tested: Int, expectedFalse: Double, rate: Double, window: Period?, notes: [DetectionNote]
    ) {
        self.signals = signals
        self.tested = tested
        self.expectedFalse = expectedFalse
        self.rate = rate
        self.window = window
        self.notes = notes
    }
}
