// Start small.
//
// The first improvement decides whether there is a second. So three are picked that are small, that one person can answer for,
// whose effect can be proven within four weeks, and of these the ones with the best odds. Everything that can be filled in is filled
// in. When fewer qualify, fewer are told, with what the others lack: a bad start is worse than none.

import Improvements
import Measures
import Opportunities
import Records
import Signals
import Statistics

/// Something that could be begun, with what a test of it needs.
public struct SmallCandidate: Sendable, Hashable {
    public var candidate: RankCandidate
    public var objective: Objective?
    /// As a share of the present level; nil when it is the distance to the objective's target, or nobody has said how much is
    /// hoped for.
    public var expectedEffect: Double?
    /// One person can answer for all of it.
    public var isOnePersons: Bool

    public init(candidate: RankCandidate, objective: Objective?, expectedEffect: Double?, isOnePersons: Bool) {
        self.candidate = candidate
        self.objective = objective
        self.expectedEffect = expectedEffect
        self.isOnePersons = isOnePersons
    }

    /// - Parameter objective: In people's own words, in their language.
    public init(_ opportunity: Opportunity, objective text: String) {
        self.init(
            candidate: RankCandidate(opportunity), objective: opportunity.objective(text),
            expectedEffect: opportunity.undoingEffect, isOnePersons: opportunity.firstStep.isOnePersons)
    }

    /// An improvement that has not gone live; nil for others, and for those on hold.
    public init?(_ id: ID<Improvement>, _ improvement: Improvement, from source: Opportunity? = nil) {
        guard improvement.state == .active, improvement.round.step < .implement, improvement.round.live.isEmpty else {
            return nil
        }
        self.init(
            candidate: RankCandidate(id, improvement, from: source),
            objective: improvement.round.objective
                ?? source?.objective(improvement.title),
            expectedEffect: improvement.round.plan?.plan.leastEffect ?? source?.undoingEffect,
            isOnePersons: improvement.departments.count <= 1)
    }

    /// The roll-ups that have to be read before it can be told whether its effect could be proven.
    public var needs: [MeasuredSlice] {
        guard let objective, let measure = objective.measure.flatMap({ Measure(id: $0) }) else { return [] }
        return [MeasuredSlice(measure, objective.slice), MeasuredSlice(measure)]
    }
}

extension FirstStep {
    /// Work that one person can answer for: looking, asking and agreeing; planning capacity, routing, hand-overs and the
    /// workload of teams take several.
    public var isOnePersons: Bool {
        switch self {
        case .findRecurringCause, .reviewStageWhereWorkWaits, .askWhatChanged, .agreeTarget, .lookAtDay, .reviewChanges:
            true
        case .planCapacity, .checkRouting, .checkHandover, .levelWorkload: false
        }
    }
}

/// A good first improvement, filled in.
public struct SmallStart: Sendable, Hashable {
    public var ranked: Ranked
    /// The plan to freeze, from the half year before the end of the data.
    public var plan: Plan
    public var expectedEffect: Double
    /// Whole weeks after the start that will prove it; four at most.
    public var weeks: Int
}

/// What a candidate lacks to be a good first improvement.
public enum NotSmall: String, Sendable, Hashable, CaseIterable {
    case notSmallEffort, severalDepartments, notMeasurable, noExpectedEffect, notProvableInTime
}

/// The picks and, for each other candidate, the first thing it lacks.
public struct SmallStarts: Sendable, Hashable {
    public var picks: [SmallStart]
    public var lacking: [RankCandidate.Subject: NotSmall]
}

/// The improvements with the best odds to begin with.
///
/// The odds are the chance that improvements of the kind work here; of equal odds the one with the better score comes first.
/// One test of detectability a candidate that is small.
/// - Parameters:
///   - evidence: The `needs` of all candidates.
///   - count: How many to pick at most.
public func startSmall(
    _ all: [SmallCandidate], _ evidence: Evidence, baseRates: BaseRates, count: Int = 3, weeksMax: Int = 4
) -> SmallStarts {
    var lacking: [RankCandidate.Subject: NotSmall] = [:]
    var fit: [(ranked: Ranked, plan: Plan, effect: Double, weeks: Int)] = []
    for one in all {
        switch test(one, evidence, weeksMax: weeksMax) {
        case .failure(let why): lacking[one.candidate.subject] = why
        case .success(let found):
            if let ranked = rank([one.candidate], baseRates: baseRates).first {
                fit.append((ranked, found.plan, found.effect, found.weeks))
            }
        }
    }
    let best = fit.enumerated().sorted {
        let (a, b) = ($0.element.ranked, $1.element.ranked)
        let (p, q) = (a.rate.probability.estimate, b.rate.probability.estimate)
        let (s, t) = (a.score ?? -.infinity, b.score ?? -.infinity)
        return p != q ? p > q : s != t ? s > t : $0.offset < $1.offset
    }.prefix(count)
    let picks = best.enumerated().map { place, found in
        var ranked = found.element.ranked
        ranked.rank = place + 1
        return SmallStart(
            ranked: ranked, plan: found.element.plan, expectedEffect: found.element.effect, weeks: found.element.weeks)
    }
    return SmallStarts(picks: picks, lacking: lacking)
}

extension NotSmall: Error {}

private func test(
    _ one: SmallCandidate, _ evidence: Evidence, weeksMax: Int
) -> Result<(plan: Plan, effect: Double, weeks: Int), NotSmall> {
    guard one.candidate.effort == .small else { return .failure(.notSmallEffort) }
    guard one.isOnePersons else { return .failure(.severalDepartments) }
    guard let objective = one.objective, objective.isMeasurable, let measured = one.needs.first,
        let known = evidence.rollups[measured]?.period
    else { return .failure(.notMeasurable) }
    let first = max(known.first, evidence.asOf - (SmallStart.baselineDays - 1))
    guard first < evidence.asOf else { return .failure(.notMeasurable) }
    let baseline = Period(first, through: evidence.asOf)
    guard let effect = one.expectedEffect ?? targetEffect(objective, measured, evidence, over: baseline), effect > 0,
        effect.isFinite
    else { return .failure(.noExpectedEffect) }
    var plan = Plan(
        objective: objective, baseline: baseline, weeks: weeksMax, leastEffect: effect, method: "evaluation/1")
    guard let could = provable(plan, evidence), let weeks = could.weeks(for: effect), weeks <= weeksMax else {
        return .failure(.notProvableInTime)
    }
    plan.weeks = weeks
    plan.provableEffect = provable(plan, evidence)?.effect ?? could.effect
    return .success((plan, effect, weeks))
}

/// How far the target lies from the level of the baseline, as a share of it; nil without one, or where it is reached already.
private func targetEffect(
    _ objective: Objective, _ measured: MeasuredSlice, _ evidence: Evidence, over baseline: Period
) -> Double? {
    guard let target = objective.target, let rollup = evidence.rollups[measured] else { return nil }
    let series = Series(
        measured.measure, of: rollup, over: baseline, step: baseline.dayCount, asOf: evidence.asOf)
    guard let level = series.values.first??.value, level > 0 else { return nil }
    let effect = objective.wanted == .lower ? 1 - target / level : target / level - 1
    return effect > 0 ? effect : nil
}

extension SmallStart {
    /// The baseline of a plan that nobody has written yet: half a year.
    public static let baselineDays = 180
}
