import Glibc

/// Evaluates a change at a known time: its effect with honest intervals, and one of five verdicts.
///
/// One regression on the effect, the season, the controls and, where a bad spell prompted the change, that spell; errors
/// are an autoregression of order 2, and everything uncertain about them, drift and trend of the series included, is
/// averaged over a fixed grid of 595 points. No random numbers. O(n p²) and about a millisecond for half a year of days.
/// Documentation/Methods/Evaluation.md tells the assumptions, the limits and the measured accuracy.
public func evaluate(_ intervention: Intervention, plan: EvaluationPlan = EvaluationPlan()) -> Evaluation {
    let start = intervention.start
    let rows = intervention.values.count
    var evaluation = Evaluation(
        verdict: .cannotTell, reasons: [], warnings: [], effect: nil, naive: nil, detectable: nil, counterfactual: [],
        controls: [], parallelBefore: nil, badSpellSteps: 0, stepsAfter: max(0, rows - start))
    guard start >= 1, start < rows else {
        evaluation.verdict = start >= rows ? .tooEarly : .cannotTell
        evaluation.reasons = [start >= rows ? .fewStepsAfter(have: 0, need: plan.need.after) : .notIdentified]
        return evaluation
    }
    guard areComputable([intervention.values] + intervention.controls) else {
        evaluation.reasons = [.tooLarge]
        return evaluation
    }
    var intervention = intervention
    if intervention.shape == .gradual, !intervention.scale.hasDifferences {
        intervention.scale = .level
        evaluation.warnings.append(.gradualAsLevel)
    }
    intervention.controls = intervention.controls.map { padded($0, to: rows) }
    let choice = ControlChoice(
        intervention.controls, start: start, season: intervention.season, areCounts: intervention.isRatioToControls)
    evaluation.controls = choice.judgements
    evaluation.warnings += choice.warnings
    let total = choice.total(intervention)
    evaluation.badSpellSteps = badSpellSteps(intervention, choice.series, better: plan.better)
    guard
        let prepared = PreparedIntervention(
            intervention, controls: choice.series, total: total, spell: evaluation.badSpellSteps)
    else {
        evaluation.reasons = [.notIdentified]
        return evaluation
    }
    evaluation.warnings += prepared.warnings
    evaluation.describe(prepared, plan)
    guard prepared.isSolvable else {
        evaluation.reasons = [.notIdentified]
        return evaluation
    }
    if !choice.series.isEmpty {
        evaluation.parallelBefore = prepared.slopeBefore()
        if let p = evaluation.parallelBefore, p < 0.05 { evaluation.warnings.append(.notParallel(p: p)) }
    }
    evaluation.solve(prepared, plan)
    evaluation.judge(prepared, plan, hasLostControls: !intervention.controls.isEmpty && choice.series.isEmpty)
    return evaluation
}

/// Whether all numbers are small enough to be added, subtracted and multiplied by weights; missing and infinite ones are no
/// matter.
func areComputable(_ series: [[Double]]) -> Bool {
    series.allSatisfy { $0.allSatisfy { !$0.isFinite || $0.magnitude <= Intervention.largestSize } }
}

/// As long as the rows: cut, or missing at the end.
func padded(_ values: [Double], to rows: Int) -> [Double] {
    values.count >= rows ? Array(values[0..<rows]) : values + Array(repeating: .nan, count: rows - values.count)
}

extension OutcomeScale {
    /// Whether an effect is a difference on the scale that is worked on.
    var hasDifferences: Bool {
        switch self {
        case .level, .ratio: true
        case .count, .share: false
        }
    }
}

extension Evaluation {
    /// The verdict takes into account that the series may drift unless the odds are well against it: ln 0.3.
    static let cautionAbove = -1.203_972_804_325_936
    /// The interval that is shown does so when the odds are for it by two to one: ln 2.
    static let restlessAbove = 0.693_147_180_559_945_3

    /// What needs no model: the naive comparison, and what could have been proven.
    fileprivate mutating func describe(_ prepared: PreparedIntervention, _ plan: EvaluationPlan) {
        let short = shortSpell(prepared.intervention.season)
        naive = naiveComparison(prepared.observed, start: prepared.start, before: 2 * short)
        let before = prepared.observed.indices.filter { $0 < prepared.start && prepared.observed[$0].isFinite }
        detectable = detectableEffect(
            columns: Array(prepared.columns.dropFirst()), values: prepared.observed, rows: before,
            after: plan.reviewAfter ?? stepsAfter)
        if before.count < 180, plan.need == .days { warnings.append(.shortBaseline(steps: before.count)) }
        if badSpellSteps > 0 { warnings.append(.badSpell(steps: badSpellSteps)) }
        if case .count = prepared.intervention.scale {
            let seen = prepared.observed.filter { $0.isFinite }
            let mean = seen.reduce(0, +) / Double(seen.count)
            if mean < 2 { warnings.append(.rareCounts(mean: mean)) }
        }
    }

    fileprivate mutating func solve(_ prepared: PreparedIntervention, _ plan: EvaluationPlan) {
        let isGradual = prepared.intervention.shape == .gradual
        let carried = prepared.design.hasWeights ? nil : CarriedOn(prepared.design, start: prepared.start)
        let carriedFits = carried.map { carried in GridFits(carried.design, target: carried.target) }
        guard let solved = isGradual ? carriedFits.map({ EffectFits($0.fits, $0.degrees) }) : prepared.solved(),
            solved.degrees > 2, solved.fits.contains(where: { $0.scale > 1e-9 && $0.logWeight > -.infinity })
        else {
            reasons = [.noVariation]
            return
        }
        let fits = solved.fits
        let table = StudentTable(degrees: solved.degrees)
        let logOdds = fits.logOddsOfDrift
        let stretch = solved.echo.flatMap { echo -> Double? in
            echo.r > echo.bound ? ((1 + min(echo.r, 0.9)) / (1 - min(echo.r, 0.9))).squareRoot() : nil
        }
        let factor = prepared.unit * (isGradual ? 1 : prepared.meanShape)
        // Counts and shares show little of a slow move, so that the data never speak well against it.
        let isCautious = logOdds > Self.cautionAbove || prepared.design.hasWeights
        let isRestless = logOdds > Self.restlessAbove
        let shown = fits.posterior(isPlain: !isRestless, table, stretch ?? 1).scaled(by: factor)
        let cautious =
            isRestless == isCautious
            ? shown : fits.posterior(isPlain: !isCautious, table, stretch ?? 1).scaled(by: factor)
        guard shown.isFinite, cautious.isFinite else {
            reasons = [.tooLarge]
            return
        }
        if let stretch { warnings.append(.seasonEchoes(stretch: stretch)) }
        if isRestless { warnings.append(.mayDrift(logOdds: logOdds)) }
        let reading = EffectReading(prepared)
        var effect = EvaluatedEffect(
            absolute: reading.absolute(shown.interval(0.95)), relative: reading.relative(shown.interval(0.95)),
            cautious: reading.absolute(cautious.interval(0.95)), cautious90: reading.absolute(cautious.interval(0.9)),
            p: cautious.twoSided, chanceAboveZero: 1 - cautious.chance(atMost: 0), carriedOn: nil, anytime: nil,
            earlyCrossing: nil, logOddsOfDrift: logOdds, posterior: cautious, isOnLink: prepared.isOnLink)
        if let carried, let carriedFits, carriedFits.degrees > 2 {
            let other = carriedFits.fits.posterior(
                isPlain: !isCautious, StudentTable(degrees: carriedFits.degrees), 1
            ).scaled(by: prepared.unit)
            effect.carriedOn = reading.absolute(other.interval(0.95))
            let gap = (other.deviation * other.deviation - cautious.deviation * cautious.deviation).squareRoot()
            if !isGradual, (cautious.estimate - other.estimate).magnitude > 1.5 * gap { warnings.append(.notAtOnce) }
            let line = carried.line(carriedFits, isPlainOnly: !isRestless)
            counterfactual = reading.counterfactual(line, StudentT(degrees: carriedFits.degrees).quantile(tail: 0.025))
        }
        if prepared.design.hasWeights {
            counterfactual = prepared.weightedCounterfactual(isPlainOnly: !isRestless)
        }
        look(&effect, cautious, reading, plan)
        self.effect = effect
    }

    /// The boundaries for looking before the review, and the interval that holds at every look.
    private func look(
        _ effect: inout EvaluatedEffect, _ posterior: EffectPosterior, _ reading: EffectReading, _ plan: EvaluationPlan
    ) {
        guard let detectable, posterior.deviation > 0 else { return }
        let linkUnit = effect.isOnLink ? reading.slope : 1
        let planned = detectable.standardError(after: plan.reviewAfter ?? stepsAfter)
        let so = posterior.deviation * linkUnit
        let share = planned * planned / (so * so)
        let c = AnytimeBoundary.always(share: share) * posterior.deviation
        effect.anytime = reading.absolute(
            Estimate(posterior.estimate, low: posterior.estimate - c, high: posterior.estimate + c))
        let z = -Normal.quantile(max(1e-300, min(1 - 1e-16, posterior.chance(atMost: 0))))
        effect.earlyCrossing = z / AnytimeBoundary.early(share: share)
    }
}

extension [GridFit] {
    /// The logarithm of the Bayes factor for drift or trend against a plain series.
    var logOddsOfDrift: Double {
        let (plain, restless) = (filter { $0.structure == 0 }, filter { $0.structure != 0 })
        return (restless.logSum(\.logPosterior) - plain.logSum(\.logPosterior))
            - (restless.logSum(\.logPrior) - plain.logSum(\.logPrior))
    }

    private func logSum(_ part: (GridFit) -> Double) -> Double {
        let top = reduce(-Double.infinity) { Swift.max($0, part($1)) }
        guard top > -.infinity else { return top }
        return top + Glibc.log(reduce(0.0) { $0 + Glibc.exp(part($1) - top) })
    }

    /// The mixture over the plain points, or over all.
    func posterior(isPlain: Bool, _ table: StudentTable, _ stretch: Double) -> EffectPosterior {
        let used = filter { $0.logWeight > -.infinity && (!isPlain || $0.structure == 0) }
        return EffectPosterior(
            logWeights: used.map(\.logPosterior), means: used.map(\.mean), scales: used.map(\.scale),
            table: table, stretch: stretch)
    }
}

/// Turns an effect on the scale that is worked on into the units of the series, and into a share.
struct EffectReading {
    private let scale: OutcomeScale
    private let start: Int
    private let unit: Double
    private let centre: Double
    private let observed: [Double]
    /// The mean of the observed steps after the start.
    let level: Double

    init(_ prepared: PreparedIntervention) {
        scale = prepared.intervention.scale
        start = prepared.start
        unit = prepared.unit
        centre = prepared.centre
        let observed = prepared.observed
        self.observed = observed
        if case .share(let trials) = scale {
            let rows = (prepared.start..<observed.count).filter { observed[$0].isFinite }
            let total = rows.reduce(0) { $0 + trials[$1] }
            level = rows.reduce(0) { $0 + observed[$1] * trials[$1] } / total
        } else {
            level = levelAndSpread(observed, prepared.start..<observed.count).mean
        }
    }

    /// What one unit of the link is in the units of the series, near no effect.
    var slope: Double {
        switch scale {
        case .level: 1
        case .ratio, .count: level
        case .share: max(level * (1 - level), 1e-9)
        }
    }

    private func absolute(_ e: Double) -> Double {
        switch scale {
        case .level: return e
        case .ratio, .count: return -level * Glibc.expm1(-e)
        case .share:
            guard level > 0, level < 1 else { return 0 }
            let odds = level / (1 - level) * Glibc.exp(-e)
            return level - odds / (1 + odds)
        }
    }

    func absolute(_ e: Estimate) -> Estimate {
        Estimate(absolute(e.estimate), low: absolute(e.low), high: absolute(e.high))
    }

    /// As a share of what would have been; nil where that is not above zero for the whole interval.
    func relative(_ e: Estimate) -> Estimate? {
        let values = [e.estimate, e.low, e.high].compactMap { e -> Double? in
            switch scale {
            case .level: return level - e > 0 ? e / (level - e) : nil
            case .ratio, .count: return Glibc.expm1(e)
            case .share:
                let a = absolute(e)
                return level - a > 0 ? a / (level - a) : nil
            }
        }
        return values.count == 3 ? Estimate(values[0], low: values[1], high: values[2]) : nil
    }

    func counterfactual(_ line: [(mean: Double, deviation: Double)], _ z: Double) -> [CounterfactualPoint] {
        line.enumerated().map { i, point in
            func value(_ x: Double) -> Double {
                let link = centre + unit * x
                return scale == .ratio ? Glibc.exp(link) : link
            }
            let expected = Estimate(
                value(point.mean), low: value(point.mean - z * point.deviation),
                high: value(point.mean + z * point.deviation))
            return CounterfactualPoint(row: start + i, expected: expected, observed: observed[start + i])
        }
    }
}
