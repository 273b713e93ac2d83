import Improvements
import Measures
import Records
import Statistics

/// What the data of a measure can carry: how many days, how many are missing and where, and how fresh they are.
public struct BaselineFitness: Sendable, Hashable {
    /// What is written into the improvement.
    public var fitness: DataFitness
    /// Longest first, holidays apart: open days without a value, one after another.
    public var gaps: [Period]
    /// Days between the end of the data and the day that was asked for.
    public var daysOld: Int
    /// Weekdays that count, Monday 0.
    public var weekdays: [Int]
    /// Days until a day can be judged: the latest days are not counted.
    public var settlingDays: Int
    /// Tickets, or whatever the measure counts, on an open day.
    public var volumePerDay: Double
}

/// Whether a measure has what a test needs over a baseline: step two of the seven.
/// - Returns: Nil when nothing is known of the measure's slice at all, or the baseline is beyond twenty years.
public func fitness(of asked: MeasuredSlice, _ evidence: Evidence, baseline: Period) -> BaselineFitness? {
    guard baseline.dayCount <= Trial.baselineMax, let source = evidence.source(asked) else { return nil }
    let weekdays = Steps.weekdays(source, over: baseline, evidence.calendar)
    let steps = Steps(baseline, weekdays: weekdays, evidence.calendar)
    let outcome = DailyOutcome(source, steps, baseline: steps)
    let off = Set(steps.holidays)
    var (known, due, volume) = (0, 0, 0.0)
    var gaps: [Period] = []
    var open: Period?
    for (t, day) in steps.days.enumerated() where day <= outcome.settledThrough && !off.contains(t) {
        due += 1
        volume += Double(source.volume(day))
        if outcome.values[t].isFinite {
            known += 1
            if let gap = open { gaps.append(gap) }
            open = nil
        } else {
            open = Period(open?.first ?? day, through: day)
        }
    }
    if let open { gaps.append(open) }
    let longestFirst = gaps.enumerated().sorted {
        ($1.element.dayCount, $0.offset) < ($0.element.dayCount, $1.offset)
    }
    return BaselineFitness(
        fitness: DataFitness(
            days: known, missing: due > 0 ? 1 - Double(known) / Double(due) : 1, lastDay: source.lastDay),
        gaps: longestFirst.map(\.element), daysOld: max(0, evidence.asOf - source.lastDay), weekdays: weekdays.sorted(),
        settlingDays: outcome.settlingDays, volumePerDay: due > 0 ? volume / Double(due) : 0)
}

/// What a test could prove, known before it starts.
public struct Provable: Sendable, Hashable {
    /// The smallest effect that the planned weeks will prove with 80 % power, as a share of the baseline.
    public var effect: Double
    private let detectable: DetectableEffect
    private let stepsPerWeek: Int
    /// Days after the review until its last day can be judged.
    public var settlingDays: Int

    init?(_ detectable: DetectableEffect, stepsPerWeek: Int, settlingDays: Int) {
        guard let effect = detectable.relative, effect.isFinite else { return nil }
        self.effect = effect
        self.detectable = detectable
        self.stepsPerWeek = stepsPerWeek
        self.settlingDays = settlingDays
    }

    /// Whole weeks that would prove an effect of this size, a share of the baseline; never fewer than two.
    /// - Returns: Nil when two years would not: the baseline is too short or too noisy for it.
    public func weeks(for effect: Double) -> Int? {
        detectable.stepsNeeded(for: effect * detectable.level, limit: 104 * stepsPerWeek).map {
            max(Trial.weeks.lowerBound, ($0 + stepsPerWeek - 1) / stepsPerWeek)
        }
    }
}

/// The smallest effect that a draft of a plan could prove in its weeks, from its baseline alone.
/// - Returns: Nil where the data cannot say: an unknown measure, no data, too few days, or no variation.
public func provable(_ draft: Plan, _ evidence: Evidence) -> Provable? {
    guard let measure = draft.objective.measure.flatMap({ Measure(id: $0) }),
        draft.baseline.dayCount <= Trial.baselineMax, Trial.weeks.contains(draft.weeks),
        let source = evidence.source(MeasuredSlice(measure, draft.objective.slice))
    else { return nil }
    let weekdays = Steps.weekdays(source, over: draft.baseline, evidence.calendar)
    let steps = Steps(draft.baseline, weekdays: weekdays, evidence.calendar)
    func values(_ outcome: DailyOutcome, _ values: [Double]) -> [Double] {
        var values = values
        for t in outcome.steps.holidays { values[t] = .nan }
        return values
    }
    let outcome = DailyOutcome(source, steps, baseline: steps)
    let controls = draft.controls.compactMap { slice -> [Double]? in
        guard let source = evidence.source(MeasuredSlice(measure, slice)) else { return nil }
        let control = DailyOutcome(source, steps, baseline: steps)
        // One that is mostly missing would take the measure's own days with it.
        return 5 * control.values.count { $0.isFinite } >= 4 * control.values.count ? control.additive : nil
    }
    return detectableEffect(
        before: values(outcome, outcome.values), controls: controls, season: steps.season,
        after: draft.weeks * steps.perWeek
    ).flatMap { Provable($0, stepsPerWeek: steps.perWeek, settlingDays: outcome.settlingDays) }
}
