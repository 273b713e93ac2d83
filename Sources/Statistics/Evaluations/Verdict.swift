import Glibc

/// The verdict of two intervals that are turned so that better is positive.
/// - Parameters:
///   - wide: The 95 % interval.
///   - narrow: The 90 % interval: two one-sided tests at 5 % (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657–680).
///   - least: The least effect of interest, above 0.
func decide(wide: Estimate, narrow: Estimate, least: Double?) -> (EvaluationVerdict, [EvaluationReason]) {
    if wide.low > 0 {
        if let least, narrow.high < least { return (.worked, [.clear, .lessThanAimed]) }
        return (.worked, [.clear])
    }
    if wide.high < 0 { return (.worse, [.clear]) }
    if let least, narrow.low > -least, narrow.high < least { return (.noDifference, [.smallerThanLeastEffect]) }
    return (.cannotTell, [])
}

extension Evaluation {
    /// The first rule that holds decides; nothing is chosen after seeing the data.
    mutating func judge(_ prepared: PreparedIntervention, _ plan: EvaluationPlan, hasLostControls: Bool) {
        let before = prepared.observed[0..<prepared.start].count { $0.isFinite }
        let steps = stepsAfter
        guard let effect else { return }
        if steps < plan.need.after {
            verdict = .tooEarly
            reasons = [.fewStepsAfter(have: steps, need: plan.need.after)]
            return
        }
        let sign = plan.better.sign
        let isFinal = plan.mayStopEarly ? AnytimeBoundary.finalFactor : 1
        let wide = effect.cautious.turned(sign).widened(by: isFinal)
        let narrow = effect.cautious90.turned(sign)
        if let review = plan.reviewAfter, steps < review {
            guard plan.mayStopEarly, let crossing = effect.earlyCrossing, crossing.magnitude > 1,
                before >= plan.need.before
            else {
                verdict = .tooEarly
                reasons = [.beforeReview(stepsLeft: review - steps)]
                return
            }
            verdict = crossing * sign > 0 ? .worked : .worse
            reasons = [.crossedEarly]
            return
        }
        let forced = whatForbidsAVerdict(prepared, plan, before: before, hasLostControls: hasLostControls)
        if !forced.isEmpty {
            verdict = .cannotTell
            reasons = forced
            return
        }
        let least = leastEffect(prepared, plan)
        (verdict, reasons) = decide(wide: wide, narrow: narrow, least: least)
        if verdict == .cannotTell {
            reasons = [.notSettled(moreSteps: moreSteps(least))]
            if (effect.absolute.low > 0) != (effect.cautious.low > 0)
                || (effect.absolute.high < 0) != (effect.cautious.high < 0)
            {
                reasons.append(.mayDriftByItself)
            }
            if least == nil { reasons.append(.noLeastEffect) }
        }
    }

    private func whatForbidsAVerdict(
        _ prepared: PreparedIntervention, _ plan: EvaluationPlan, before: Int, hasLostControls: Bool
    ) -> [EvaluationReason] {
        var forced: [EvaluationReason] = []
        // With half the baseline only what is beyond doubt: see `Documentation/Methods/Evaluation.md`.
        let isBeyondDoubt = 2 * before >= plan.need.before && (effect?.p ?? 1) < 0.005
        if before < plan.need.before, !isBeyondDoubt {
            forced.append(.fewStepsBefore(have: before, need: plan.need.before))
        }
        if plan.reliesOnControls, hasLostControls { forced.append(.noControlLeft) }
        var asked = prepared.start
        if case .washout(let steps) = prepared.intervention.shape { asked = min(prepared.rows - 1, asked + steps) }
        let after = prepared.observed[asked...]
        let missing = Double(after.count { !$0.isFinite }) / Double(after.count)
        if missing > 0.2 { forced.append(.manyMissingAfter(share: missing)) }
        if plan.overlapsAnother { forced.append(.overlapsAnother) }
        return forced
    }

    /// The least effect of interest in the units of the series; a share is taken of the level before the start.
    private func leastEffect(_ prepared: PreparedIntervention, _ plan: EvaluationPlan) -> Double? {
        switch plan.leastEffect {
        case .absolute(let effect): effect > 0 ? effect : nil
        case .relative(let share):
            share > 0 ? share * levelAndSpread(prepared.observed, 0..<prepared.start).mean.magnitude : nil
        case nil: nil
        }
    }

    /// Steps still needed for an effect of the least size, or of the size that was seen.
    private func moreSteps(_ least: Double?) -> Int? {
        guard let detectable, let effect else { return nil }
        return detectable.stepsNeeded(for: least ?? effect.absolute.estimate.magnitude)
            .flatMap { $0 > stepsAfter ? $0 - stepsAfter : nil }
    }
}

extension Estimate {
    /// Turned so that better is positive.
    func turned(_ sign: Double) -> Estimate { scaled(by: sign) }

    /// Wider about the estimate.
    func widened(by factor: Double) -> Estimate {
        factor == 1
            ? self
            : Estimate(estimate, low: estimate + (low - estimate) * factor, high: estimate + (high - estimate) * factor)
    }
}

/// What a guardrail says: a measure that must not be harmed by more than a margin.
public struct GuardrailJudgement: Sendable, Hashable {
    /// The chance that the harm is below the margin.
    public var chanceSafe: Double
    /// Shown to be safe: that chance is at least 95 % (non-inferiority).
    public var isSafe: Bool
    /// Shown to be harmed: the whole 95 % interval is on the worse side.
    public var isHarmed: Bool
}

extension Evaluation {
    /// Judges this evaluation as a guardrail: safe, harmed, or neither shown.
    ///
    /// Several guardrails that must all pass need no correction (Berger 1982, Technometrics 24:295–300).
    /// - Parameter margin: The harm that would be borne, above 0, in the units of the series.
    /// - Returns: Nil where there is no effect, or too little data for a verdict.
    public func guardrail(margin: Double, better: BetterDirection, need: EvaluationNeed = .days) -> GuardrailJudgement?
    {
        guard let effect, margin > 0 else { return nil }
        if verdict == .tooEarly || reasons.contains(where: \.isShortBaseline) { return nil }
        let low = effect.cautious90.turned(better.sign).low
        let link = effect.isOnLink ? nil : -margin * better.sign
        let above = link.map { 1 - effect.posterior.chance(atMost: $0) }
        let chance = above.map { better == .higher ? $0 : 1 - $0 } ?? (low > -margin ? 0.95 : 0)
        return GuardrailJudgement(
            chanceSafe: chance, isSafe: low > -margin, isHarmed: effect.cautious.turned(better.sign).high < 0)
    }
}

extension EvaluationReason {
    fileprivate var isShortBaseline: Bool {
        if case .fewStepsBefore = self { true } else { false }
    }
}
