import Improvements
import Measures
import Records
import Statistics

/// A frozen plan laid over the data: which days are before, after, and neither.
struct Trial {
    let plan: Plan
    let seal: String
    let measured: MeasuredSlice
    let source: Source
    let live: Places
    /// The days of the baseline that lie before the start.
    let baseline: Period
    /// The last open day of the plan's weeks.
    let reviewLast: Day
    let weekdays: Set<Int>

    /// Whole weeks that a plan may look at: a verdict needs two; ten years is longer than any series here.
    static let weeks = 2...520
    /// Twenty years of days.
    static let baselineMax = 7_320
    /// Fewer observed days than this prove nothing, however large the effect: half of what a verdict needs.
    static let baselineMin = EvaluationNeed.days.before / 2

    init(_ round: Round, _ evidence: Evidence) throws(Unjudged) {
        guard let frozen = round.plan else { throw .noPlan }
        guard frozen.isIntact else { throw .sealBroken }
        let plan = frozen.plan
        (self.plan, seal) = (plan, frozen.seal)
        let name = plan.objective.measure ?? ""
        guard let measure = Measure(id: name) else { throw .unknownMeasure(name) }
        measured = MeasuredSlice(measure, plan.objective.slice)
        guard Self.weeks.contains(plan.weeks) else {
            throw .reviewOutOfRange(weeks: plan.weeks, from: Self.weeks.lowerBound, through: Self.weeks.upperBound)
        }
        guard let live = Places(round.live, plan) else { throw .notLive }
        self.live = live
        let frozenOn = evidence.calendar.zone.day(of: frozen.frozenAt)
        guard live.first >= frozenOn else { throw .liveBeforePlan(live: live.first, frozen: frozenOn) }
        let days = max(plan.baseline.dayCount, live.first - plan.baseline.first)
        guard days <= Self.baselineMax else { throw .baselineTooLong(days: days, most: Self.baselineMax) }
        guard plan.baseline.first < live.first else {
            throw .baselineTooShort(days: 0, need: EvaluationNeed.days.before)
        }
        baseline = Period(plan.baseline.first, through: min(plan.baseline.last, live.first - 1))
        guard let source = evidence.source(measured) else { throw .noData(measured) }
        self.source = source
        weekdays = Steps.weekdays(source, over: baseline, evidence.calendar)
        reviewLast = Steps.last(before: live.last + (7 * plan.weeks - 1), weekdays)
    }

    var better: BetterDirection { plan.objective.wanted == .higher ? .higher : .lower }

    /// The outcome of a measure over the whole test, cut after the last day that can be judged.
    func outcome(_ source: Source, weekdays: Set<Int>, through last: Day, _ calendar: BusinessCalendar) -> DailyOutcome
    {
        let before = Steps(baseline, weekdays: weekdays, calendar)
        let settled = source.lastDay - DailyOutcome.settling(source, before)
        let end = max(baseline.first, min(last, settled))
        let steps = Steps(Period(baseline.first, through: end), weekdays: weekdays, calendar)
        return DailyOutcome(source, steps, baseline: before)
    }

    /// Steps between the baseline and the start.
    func between(_ steps: Steps) -> Range<Int> {
        let start = steps.index(of: live.first)
        return min(start, steps.index(of: baseline.last + 1))..<start
    }

    /// The intervention as the engine knows it.
    func intervention(_ outcome: DailyOutcome, controls: [[Double]] = []) -> Intervention {
        let steps = outcome.steps
        let start = steps.index(of: live.first)
        return Intervention(
            values: outcome.values, start: start, controls: controls, controlsAreCounts: outcome.scale == .count,
            season: steps.season,
            shape: live.shape(plan, steps), scale: outcome.outcomeScale,
            leftOut: Array(between(steps)) + steps.holidays)
    }

    func evaluationPlan(_ steps: Steps, _ calendar: BusinessCalendar, overlapsAnother: Bool) -> EvaluationPlan {
        let review = Steps(Period(live.first, through: reviewLast), weekdays: steps.weekdays, calendar)
        return EvaluationPlan(
            better: better, leastEffect: plan.leastEffect > 0 ? .relative(plan.leastEffect) : nil,
            reviewAfter: review.days.count, reliesOnControls: !plan.controls.isEmpty,
            overlapsAnother: overlapsAnother, need: steps.need)
    }

    /// Gives the engine the bad spell where the baseline ends before the start: it looks for one right before the start only.
    func withBadSpell(_ intervention: Intervention, _ evaluationPlan: EvaluationPlan, _ steps: Steps) -> Intervention {
        var intervention = intervention
        let between = between(steps)
        if plan.followsBadSpell {
            intervention.badSpell = .last(between.count + 4 * steps.perWeek)
        } else if !between.isEmpty {
            // The same series as if the start had followed at once; only what lies before it is asked for.
            var close = intervention
            func without<T>(_ values: [T]) -> [T] {
                values.indices.contains(between.upperBound - 1)
                    ? Array(values[..<between.lowerBound] + values[between.upperBound...]) : values
            }
            close.values = without(close.values)
            close.controls = close.controls.map(without)
            if case .share(let trials) = close.scale { close.scale = .share(trials: without(trials)) }
            close.start = between.lowerBound
            close.shape = .step
            close.leftOut = steps.holidays.filter { $0 < between.lowerBound }
            let found = evaluate(close, plan: evaluationPlan).badSpellSteps
            intervention.badSpell = found > 0 ? .last(between.count + found) : .none
        }
        return intervention
    }
}
