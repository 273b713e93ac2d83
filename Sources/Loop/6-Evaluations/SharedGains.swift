// No gain counted twice.
//
// Two improvements on the same measure, of parts that overlap, at overlapping times, each measure the other's effect too. Their
// sum would promise more than the desk ever gained. So:
//
// 1. Gains belong together when they are of the same measure, their slices can hold the same ticket, and one's baseline or
//    review reaches into the time of the other. A later gain whose baseline begins after the earlier one's review was measured
//    from the level that the earlier one had left: the two add up as they are.
// 2. For each group the joint effect is measured by the same engine: the days after the last start against the baseline
//    before the first, over the smallest slice that holds them all. This total is all there is to share.
// 3. In the order in which they went live, each gets what its own verdict measured, but no more than is left of the total.
//    Those that began on the same day share what is left in proportion to what each measured.
//
// The third step gives each its marginal contribution in the order that happened. Averaged over every order it would be Shapley's
// value (A Value for n-Person Games, 1953); but only one order happened, and only along it has anything been measured. The
// sum never exceeds the total. What is left of the total after all is counted for nobody: it may be chance or joint work.
//
// Where the total cannot be measured, the largest single gain of the group stands for it: a group is worth at least that
// and, for all anyone can show, no more.
//
// Fewer tickets and shorter times need no splitting: tickets that did not come are counted with the hours they would have taken,
// those that came with the hours they were quicker, and the two parts of N₀t₀ − N₁t₁ do not overlap.

import Improvements
import Measures
import Records
import Statistics

/// What a round that worked has brought, by its own verdict.
public struct ProvenGain: Sendable, Hashable {
    public var improvement: ID<Improvement>
    public var round: Int
    public var measured: MeasuredSlice
    public var baseline: Period
    /// The first day of the new way.
    public var liveOn: Day
    public var reviewLast: Day
    /// As a share of what would have been.
    public var effect: Estimate?
    /// What its own verdict measured; nil where the measure cannot be told in hours.
    public var hoursPerMonth: Estimate?
    /// The share that is still held; nil where it cannot be told yet.
    public var held: Estimate?
    /// The day that showed that it had slipped.
    public var slippedOn: Day?

    public init(
        improvement: ID<Improvement>, round: Int, measured: MeasuredSlice, baseline: Period, liveOn: Day,
        reviewLast: Day, effect: Estimate? = nil, hoursPerMonth: Estimate?, held: Estimate? = nil,
        slippedOn: Day? = nil
    ) {
        self.improvement = improvement
        self.round = round
        self.measured = measured
        self.baseline = baseline
        self.liveOn = liveOn
        self.reviewLast = reviewLast
        self.effect = effect
        self.hoursPerMonth = hoursPerMonth
        self.held = held
        self.slippedOn = slippedOn
    }

    /// Whether the two measured some of the same effect.
    public func overlaps(_ other: ProvenGain) -> Bool {
        guard measured.measure == other.measured.measure, measured.slice.meets(other.measured.slice) else {
            return false
        }
        let (first, second) = liveOn <= other.liveOn ? (self, other) : (other, self)
        return second.baseline.first <= first.reviewLast || first.reviewLast >= second.liveOn
    }
}

extension Slice {
    /// Whether a ticket can be in both.
    func meets(_ other: Slice) -> Bool { parts.allSatisfy { other[$0.dimension] ?? $0.value == $0.value } }

    /// The smallest slice that holds both.
    func joined(with other: Slice) -> Slice { Slice(parts.filter { other[$0.dimension] == $0.value }) }
}

/// What a round that worked has brought, and how much of it is held.
/// - Returns: Nil when its verdict is not “worked”.
/// - Throws: `Unjudged` when the data no longer carry the verdict.
public func provenGain(
    of round: Round, _ improvement: ID<Improvement>, _ evidence: Evidence
) throws(Unjudged) -> ProvenGain? {
    guard round.judgement?.verdict == .worked else { return nil }
    let result = try judge(round, evidence)
    let trial = try Trial(round, evidence)
    let watch = try? hold(round, evidence)
    return ProvenGain(
        improvement: improvement, round: round.number, measured: result.measured, baseline: trial.baseline,
        liveOn: result.start, reviewLast: result.reviewLast, effect: round.judgement?.effect,
        hoursPerMonth: result.benefit?.hoursPerMonth, held: watch?.held, slippedOn: watch?.slippedOn)
}

/// Gains that measured some of the same effect.
public struct GainGroup: Sendable, Hashable {
    /// In the order in which they went live.
    public var gains: [ProvenGain]
    /// What they brought together, in hours a month; nil where it was not, or cannot be, measured.
    public var total: Estimate?

    public init(gains: [ProvenGain], total: Estimate? = nil) {
        self.gains = gains.enumerated().sorted {
            ($0.element.liveOn, $0.offset) < ($1.element.liveOn, $1.offset)
        }.map(\.element)
        self.total = total
    }
}

/// Gains in groups that belong together, over others as well; most groups hold one.
public func groups(of gains: [ProvenGain]) -> [GainGroup] {
    var left = gains
    var groups: [GainGroup] = []
    while let first = left.first {
        var group = [first]
        left.removeFirst()
        var reached = 0
        while reached < group.count {
            let near = left.filter { group[reached].overlaps($0) }
            left.removeAll { near.contains($0) }
            group += near
            reached += 1
        }
        groups.append(GainGroup(gains: group))
    }
    return groups
}

/// The test of what a group brought together: the baseline before the first start, the days after the last.
///
/// Judged like any round, its benefit is the group's `total`.
/// - Parameter rounds: The rounds of the group's gains.
/// - Returns: Nil for fewer than two, or without their plans.
public func jointRound(of rounds: [Round]) -> Round? {
    let planned = rounds.filter { $0.plan != nil && !$0.live.isEmpty }
    func start(_ round: Round) -> Day { round.live.map(\.on).min() ?? Day(number: .max) }
    let ordered = planned.sorted { start($0) < start($1) }
    guard ordered.count == rounds.count, rounds.count > 1, let first = ordered.first, let last = ordered.last,
        let frozen = first.plan, let lastPlan = last.plan?.plan
    else { return nil }
    var plan = frozen.plan
    plan.objective.slice = ordered.dropFirst().reduce(plan.objective.slice) { slice, round in
        slice.joined(with: round.plan?.plan.objective.slice ?? .everything)
    }
    plan.baseline = Period(plan.baseline.first, through: min(plan.baseline.last, start(first) - 1))
    plan.weeks = lastPlan.weeks
    plan.shape = lastPlan.shape
    plan.guardrails = []
    plan.controls = []
    let live = GoLive(on: last.live.map(\.on).max() ?? start(last))
    let changes: [Change] =
        [.opened(title: frozen.seal, origin: .hand), .planned(plan)]
        + Array(repeating: .forward(reason: frozen.seal), count: 4) + [.live(live)]
    return try? Improvement(changes.map { Entry($0, by: "ratchet", at: frozen.frozenAt) }).round
}

/// A gain with its share of what a group brought together.
public struct SharedGain: Sendable, Hashable {
    public enum Bound: Sendable, Hashable {
        /// It overlaps no other.
        case alone
        /// The joint effect, measured.
        case measured(Estimate)
        /// The joint effect cannot be measured: the largest single gain stands for it.
        case largest(Estimate)
    }

    public var gain: ProvenGain
    /// What counts for it, in hours a month; nil where its own gain cannot be told in hours.
    public var credited: Estimate?
    public var bound: Bound
    /// The others of its group.
    public var sharedWith: [ID<Improvement>]

    /// Hours a month that are still held: what counts times the share that is held, between none and all of it. Nil where
    /// either cannot be told.
    public var heldHours: Estimate? {
        guard let credited, let held = gain.held else { return nil }
        return credited.scaled(by: min(1, max(0, held.estimate)))
    }
}

/// Splits what each group brought among its gains, by the rule at the top of this file: no hour is counted twice.
public func sharedGains(_ groups: [GainGroup]) -> [SharedGain] { groups.flatMap(shared) }

private func shared(_ group: GainGroup) -> [SharedGain] {
    let gains = group.gains
    if gains.count == 1 {
        return [SharedGain(gain: gains[0], credited: gains[0].hoursPerMonth, bound: .alone, sharedWith: [])]
    }
    let largest = gains.compactMap(\.hoursPerMonth).max { $0.estimate < $1.estimate }
    let bound = group.total.map(SharedGain.Bound.measured) ?? largest.map(SharedGain.Bound.largest) ?? .alone
    var left = max(0, (group.total ?? largest)?.estimate ?? 0)
    var out: [SharedGain] = []
    var i = 0
    while i < gains.count {
        let together = gains[i...].prefix { $0.liveOn == gains[i].liveOn }
        // What costs hours is counted as it is, and leaves no more for the others.
        let wanted = together.reduce(0.0) { $0 + max(0, $1.hoursPerMonth?.estimate ?? 0) }
        let factor = wanted > 0 ? min(1, left / wanted) : 1
        for gain in together {
            let own = gain.hoursPerMonth
            let others = gains.filter { $0 != gain }.map(\.improvement)
            out.append(
                SharedGain(
                    gain: gain, credited: own.map { $0.estimate > 0 ? $0.scaled(by: factor) : $0 }, bound: bound,
                    sharedWith: others.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }))
        }
        left = max(0, left - wanted * factor)
        i += together.count
    }
    return out
}

extension ProvenGain {
    /// The days on which it has been held for one year, two years, …, up to a day and as long as it had not slipped. The
    /// anniversary of 29 February is 28 February in a year without one.
    public func anniversaries(through day: Day) -> [Day] {
        let last = slippedOn.map { min($0 - 1, day) } ?? day
        var days: [Day] = []
        var years = 1
        while let next = liveOn.years(later: years), next <= last {
            days.append(next)
            years += 1
        }
        return days
    }

    /// The next one after a day; nil once it has slipped.
    public func nextAnniversary(after day: Day) -> Day? {
        guard slippedOn == nil else { return nil }
        return (1...200).lazy.compactMap { liveOn.years(later: $0) }.first { $0 > day }
    }
}

extension Day {
    fileprivate func years(later years: Int) -> Day? {
        let (year, month, day) = components
        return Day(year: year + years, month: month, day: day) ?? Day(year: year + years, month: month, day: day - 1)
    }
}
