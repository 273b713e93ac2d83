import Glibc
import Improvements
import Measures
import Records
import Statistics

extension RoundEvaluation {
    /// The test of places that began on different days: each against those that had not, day by day.
    ///
    /// Counts and durations are compared in logarithms, as places differ in size; shares and stocks as they are.
    /// - Returns: False when fewer than three places have data: then it is judged as one series.
    mutating func compareTeams(
        _ trial: Trial, _ outcome: DailyOutcome, _ plan: EvaluationPlan, _ evidence: Evidence
    ) -> Bool {
        let steps = outcome.steps
        var slices: [(slice: Slice, start: Day?, values: [Double])] = []
        let off = Set(Array(trial.between(steps)) + steps.holidays)
        for (slice, start) in zip(trial.plan.controls, trial.live.starts) {
            guard let source = evidence.source(MeasuredSlice(trial.measured.measure, slice)) else { continue }
            let team = trial.outcome(
                source, weekdays: trial.weekdays, through: steps.days.last ?? trial.live.first, evidence.calendar)
            let values = team.additive
            slices.append(
                (slice, start, steps.days.indices.map { $0 < values.count && !off.contains($0) ? values[$0] : .nan }))
        }
        guard slices.count >= 3 else { return false }
        let isLogarithm = outcome.scale == .count || outcome.scale == .duration
        let begun = slices.contains { ($0.start.map { steps.index(of: $0) } ?? steps.days.count) < steps.days.count }
        guard begun else { return false }
        var teamPlan = plan
        if isLogarithm, plan.leastEffect != nil {
            // The nearer of the two sides of zero.
            teamPlan.leastEffect = .absolute(Glibc.log1p(trial.plan.leastEffect))
        }
        let found = evaluateStaggered(
            slices.map(\.values), starts: slices.map { $0.start.map { steps.index(of: $0) } }, season: steps.season,
            plan: teamPlan)
        judgement.verdict = Judgement.Verdict(found.verdict)
        reasons = found.reasons
        let isDue = through >= trial.reviewLast
        if !isDue {
            let left = Steps(
                Period(through + 1, through: trial.reviewLast), weekdays: steps.weekdays, evidence.calendar)
            judgement.verdict = .tooEarly
            reasons = [.beforeReview(stepsLeft: left.days.count)]
        } else if plan.overlapsAnother {
            judgement.verdict = .cannotTell
            reasons = [.overlapsAnother]
        }
        func told(_ e: Estimate) -> Estimate {
            isLogarithm ? Estimate(Glibc.expm1(e.estimate), low: Glibc.expm1(e.low), high: Glibc.expm1(e.high)) : e
        }
        shown = isLogarithm ? found.effect.map(told) : found.relative
        judgement.effect = shown.flatMap { $0.isFinite ? $0 : nil }
        places = zip(slices, found.teams).map { PlaceEffect(slice: $0.slice, start: $0.start, effect: $1.map(told)) }
        return true
    }
}
