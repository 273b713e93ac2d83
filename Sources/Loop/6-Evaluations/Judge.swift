// What an improvement did.
//
// The plan was frozen before the start: the measure, the slice, the baseline, the weeks, the shape, the controls, the
// guardrails and the least effect worth having. This step lays it over the roll-ups and asks the engine one question. It
// chooses nothing: whatever is decided here is decided by the plan, the calendar and the baseline, never by what came after
// the start. So the same plan and the same data give the same verdict, whoever asks, and asking often changes nothing.
//
// Four things are done to the data, because a service desk is not a laboratory:
//
// - The measure becomes one value a day on the scale its kind of number asks for: counts as counts, shares with their
//   trials, durations as the day's median in logarithms, stocks as levels.
// - Days that cannot be judged yet are left out by their age, not by their value: see `DailyOutcome`.
// - Weekdays on which a slice is closed are no days; holidays, and days on which nothing was exported, say nothing.
// - What happened between the baseline and the start belongs to neither.
//
// The interval that goes into the improvement is the one the verdict rests on: wider than the interval that is shown where
// a series may drift by itself. A round can be judged at any time ("taste as you go"); before the review it is too early,
// and the interval that holds at every look is there to be shown.
//
// Left out on purpose: choosing another measure, another window or another shape because it fits better; and tests of parts
// of the slice that the plan does not name.

import Improvements
import Measures
import Records
import Statistics

/// What a round did, by its frozen plan and nothing else.
///
/// Pure; at most three runs of the engine a measure. The verdict is `tooEarly` until the data reach `dueOn`.
/// - Parameter overlapsAnother: Another change on the same measure began within the period: nobody can tell them apart.
/// - Throws: `Unjudged` when there is nothing to compute a verdict from.
public func judge(
    _ round: Round, _ evidence: Evidence, overlapsAnother: Bool = false
) throws(Unjudged) -> RoundEvaluation {
    let trial = try Trial(round, evidence)
    let outcome = trial.outcome(
        trial.source, weekdays: trial.weekdays, through: trial.reviewLast, evidence.calendar)
    let dueOn = trial.reviewLast + outcome.settlingDays
    let start = outcome.steps.index(of: trial.live.first)
    let before = outcome.values[..<trial.between(outcome.steps).lowerBound].count { $0.isFinite }
    guard outcome.values.contains(where: { $0.isFinite }) else { throw .noData(trial.measured) }
    guard before >= Trial.baselineMin else {
        throw .baselineTooShort(days: before, need: EvaluationNeed.days.before)
    }
    guard start < outcome.values.count, outcome.values[start...].contains(where: { $0.isFinite }) else {
        // Past its day and still nothing: there are no data after the start.
        if trial.source.lastDay >= dueOn { throw .noData(trial.measured) }
        throw .tooEarly(until: dueOn)
    }
    var result = RoundEvaluation(trial, outcome, dueOn: dueOn)
    result.note(trial, outcome, evidence)
    let plan = trial.evaluationPlan(outcome.steps, evidence.calendar, overlapsAnother: overlapsAnother)
    if trial.live.isStaggered, result.compareTeams(trial, outcome, plan, evidence) {
        result.judgement.naive = naive(outcome, trial)
    } else {
        result.compareWithItself(trial, outcome, plan, evidence)
    }
    result.guardrails = guardrails(trial, evidence, overlapsAnother: overlapsAnother)
    result.judgement.harmed = result.guardrails.filter { $0.state == .harmed }.map(\.guardrail)
    result.judgement.unproven =
        result.guardrails.filter { $0.state != .safe && $0.state != .harmed }.map(\.guardrail)
    if let absolute = result.absolute { result.benefit = benefit(absolute, trial, outcome) }
    return result
}

extension RoundEvaluation {
    fileprivate init(_ trial: Trial, _ outcome: DailyOutcome, dueOn: Day) {
        self.init(
            judgement: Judgement(verdict: .cannotTell, seal: trial.seal), measured: trial.measured,
            start: trial.live.first, reviewLast: trial.reviewLast,
            through: outcome.steps.days.last ?? trial.live.first, dueOn: dueOn, reasons: [], warnings: [], notes: [],
            absolute: nil, shown: nil, anytime: nil, line: [], guardrails: [], places: [], benefit: nil,
            badSpellDays: 0)
    }

    fileprivate mutating func note(_ trial: Trial, _ outcome: DailyOutcome, _ evidence: Evidence) {
        let steps = outcome.steps
        let closed = Set(0...6).subtracting(steps.weekdays).sorted()
        if !closed.isEmpty { notes.append(.closedWeekdays(closed)) }
        if !steps.holidays.isEmpty { notes.append(.holidaysLeftOut(count: steps.holidays.count)) }
        if !outcome.gaps.isEmpty { notes.append(.gaps(count: outcome.gaps.count)) }
        if !outcome.stillOpen.isEmpty { notes.append(.stillOpen(days: outcome.stillOpen.count)) }
        if outcome.settlingDays > 0 { notes.append(.settling(days: outcome.settlingDays)) }
        let between = trial.live.first - trial.baseline.last - 1
        if between > 0 { notes.append(.betweenBaselineAndStart(days: between)) }
        if trial.live.togetherCount > 0 { notes.append(.placesTogether(count: trial.live.togetherCount)) }
        if trial.source.lastDay < evidence.asOf { notes.append(.dataEnd(trial.source.lastDay)) }
    }

    /// The ordinary test: the days after the start against the days before, and the controls.
    fileprivate mutating func compareWithItself(
        _ trial: Trial, _ outcome: DailyOutcome, _ plan: EvaluationPlan, _ evidence: Evidence
    ) {
        let controls = controls(trial, outcome, evidence)
        let intervention = trial.withBadSpell(
            trial.intervention(outcome, controls: controls), plan, outcome.steps)
        let evaluation = evaluate(intervention, plan: plan)
        judgement.verdict = Judgement.Verdict(evaluation.verdict)
        reasons = evaluation.reasons
        warnings = evaluation.warnings
        judgement.naive = naive(outcome, trial)
        badSpellDays = Self.spellDays(evaluation, trial, outcome.steps)
        if let i = warnings.firstIndex(where: { if case .badSpell = $0 { true } else { false } }) {
            warnings[i] = .badSpell(steps: badSpellDays)
        }
        line = Self.line(
            evaluation, intervention, plan, outcome.steps, canBeNegative: trial.measured.measure.canBeNegative)
        guard let effect = evaluation.effect else { return }
        absolute = effect.cautious
        shown = effect.relative
        anytime = effect.anytime
        let relative = Self.share(effect.cautious, level: levelAfter(outcome, trial)) ?? effect.relative
        judgement.effect = relative.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The plan's controls; those that the change came to, or of which nothing is known, are empty, so that the engine counts
    /// them as lost.
    private mutating func controls(_ trial: Trial, _ outcome: DailyOutcome, _ evidence: Evidence) -> [[Double]] {
        let lost = Array(repeating: Double.nan, count: outcome.values.count)
        var controls: [[Double]] = []
        for (slice, start) in zip(trial.plan.controls, trial.live.starts) {
            if start != nil {
                notes.append(.controlWentLive(slice))
                controls.append(lost)
            } else if let source = evidence.source(MeasuredSlice(trial.measured.measure, slice)) {
                let control = trial.outcome(
                    source, weekdays: trial.weekdays, through: outcome.steps.days.last ?? trial.live.first,
                    evidence.calendar)
                let values = control.scale == .count ? control.values : control.additive
                controls.append(values + lost.dropFirst(values.count))
            } else {
                notes.append(.controlWithoutData(slice))
                controls.append(lost)
            }
        }
        return controls
    }

    private static func spellDays(_ evaluation: Evaluation, _ trial: Trial, _ steps: Steps) -> Int {
        evaluation.badSpellSteps > 0 ? max(0, evaluation.badSpellSteps - trial.between(steps).count) : 0
    }

    /// What would have happened. Counts and shares are carried on as levels: the engine's own model of them has no such line.
    private static func line(
        _ evaluation: Evaluation, _ intervention: Intervention, _ plan: EvaluationPlan, _ steps: Steps,
        canBeNegative: Bool
    ) -> [LinePoint] {
        var points = evaluation.counterfactual
        if points.isEmpty, evaluation.effect != nil {
            var asLevel = intervention
            asLevel.scale = .level
            points = evaluate(asLevel, plan: plan).counterfactual
        }
        return points.map { point in
            LinePoint(
                day: steps.days[point.row], expected: canBeNegative ? point.expected : point.expected.notBelow(0),
                observed: point.observed.isFinite ? point.observed : nil)
        }
    }

    /// An effect as a share of what would have been: the level that was seen, less the effect.
    static func share(_ effect: Estimate, level: Double?) -> Estimate? {
        guard let level, level - effect.low > 0, level - effect.high > 0 else { return nil }
        func share(_ e: Double) -> Double { e / (level - e) }
        return Estimate(share(effect.estimate), low: share(effect.low), high: share(effect.high))
    }
}

/// Guardrails are tested over the same days, each at its own scale and with its own closed days.
private func guardrails(
    _ trial: Trial, _ evidence: Evidence, overlapsAnother: Bool
) -> [RoundEvaluation.GuardrailResult] {
    trial.plan.guardrails.map { guardrail in
        var result = RoundEvaluation.GuardrailResult(
            guardrail: guardrail, state: .unknown, effect: nil, chanceSafe: nil)
        guard let measure = Measure(id: guardrail.measure), measure.direction != .neither,
            let source = evidence.source(MeasuredSlice(measure, guardrail.slice))
        else { return result }
        let better = measure.direction == .higherIsWorse ? BetterDirection.lower : .higher
        let weekdays = Steps.weekdays(source, over: trial.baseline, evidence.calendar)
        let outcome = trial.outcome(source, weekdays: weekdays, through: trial.reviewLast, evidence.calendar)
        var plan = trial.evaluationPlan(outcome.steps, evidence.calendar, overlapsAnother: overlapsAnother)
        plan.better = better
        plan.reliesOnControls = false
        // The engine's review would hide harm until then.
        plan.reviewAfter = nil
        var intervention = trial.intervention(outcome)
        // A guardrail did not prompt the change.
        intervention.badSpell = .none
        result.through = outcome.steps.days.last
        result.dueOn = trial.reviewLast + outcome.settlingDays
        result.state = .tooEarly
        guard intervention.start < intervention.values.count else { return result }
        let evaluation = evaluate(intervention, plan: plan)
        result.state = evaluation.verdict == .tooEarly ? .tooEarly : .unproven
        guard let effect = evaluation.effect else { return result }
        result.effect =
            RoundEvaluation.share(effect.cautious, level: levelAfter(outcome, trial)) ?? effect.relative
        let margin = guardrail.margin * (levelBefore(outcome, trial) ?? 0).magnitude
        guard let judged = evaluation.guardrail(margin: margin, better: better, need: plan.need) else {
            return result
        }
        result.chanceSafe = judged.chanceSafe
        var (isSafe, isHarmed) = (judged.isSafe, judged.isHarmed)
        if (result.through ?? trial.live.first) < trial.reviewLast, let anytime = effect.anytime {
            // Before the review people look often: only what holds at every look counts.
            let turned = anytime.scaled(by: better == .higher ? 1 : -1)
            (isSafe, isHarmed) = (turned.low > -margin, turned.high < 0)
        }
        result.state = isSafe ? .safe : isHarmed ? .harmed : .unproven
        return result
    }
}

// MARK: Levels

/// The mean over some steps; of shares, of all their trials together.
private func level(_ outcome: DailyOutcome, _ rows: some Sequence<Int>) -> Double? {
    var (total, weight) = (CompensatedSum(), 0.0)
    for t in rows where outcome.values[t].isFinite {
        let w = outcome.scale == .share ? outcome.trials[t] : 1
        total.add(w * outcome.values[t])
        weight += w
    }
    return weight > 0 ? total.value / weight : nil
}

func levelBefore(_ outcome: DailyOutcome, _ trial: Trial) -> Double? {
    let off = Set(outcome.steps.holidays)
    return level(outcome, (0..<trial.between(outcome.steps).lowerBound).filter { !off.contains($0) })
}

func levelAfter(_ outcome: DailyOutcome, _ trial: Trial) -> Double? {
    let off = Set(outcome.steps.holidays)
    let start = outcome.steps.index(of: trial.live.first)
    return level(outcome, (start..<outcome.values.count).filter { !off.contains($0) })
}

/// What people work out by hand: the days since the start against the four weeks before it, whatever they were.
private func naive(_ outcome: DailyOutcome, _ trial: Trial) -> Double? {
    let start = outcome.steps.index(of: trial.live.first)
    guard let after = level(outcome, start..<outcome.values.count),
        let before = level(outcome, max(0, start - 4 * outcome.steps.perWeek)..<start), before > 0
    else { return nil }
    return after / before - 1
}

extension Judgement.Verdict {
    init(_ verdict: EvaluationVerdict) {
        self =
            switch verdict {
            case .worked: .worked
            case .worse: .worse
            case .noDifference: .noDifference
            case .tooEarly: .tooEarly
            case .cannotTell: .cannotTell
            }
    }
}

extension Estimate {
    var isFinite: Bool { estimate.isFinite && low.isFinite && high.isFinite }

    func notBelow(_ least: Double) -> Estimate {
        Estimate(max(least, estimate), low: max(least, low), high: max(least, high))
    }
}
