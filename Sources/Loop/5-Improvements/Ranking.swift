// Why this order.
//
// What to do first is a bet: hours a month if it works, times the chance that it works, for a day of work. The chance
// comes from what became of earlier improvements of the same kind (`BaseRates`), not from anyone's confidence. Each
// term is shown, and a term that nobody knows is not made up: such a candidate stands at the end, with what is missing.
// (Value times confidence by effort is what product teams call ICE or RICE; here the confidence is counted.)

import Measures
import Opportunities
import Records
import Signals
import Statistics

/// What can be begun: an opportunity nobody has taken up yet, or an improvement under way.
public struct RankCandidate: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        case opportunity(String)
        case improvement(ID<Improvement>)
    }

    public var subject: Subject
    /// Of an improvement; empty for an opportunity, whose title is told in each language by its signals.
    public var title: String
    /// Hours a month if it works.
    public var hoursPerMonth: Estimate?
    public var effort: Effort?
    public var kind: Change.Kind?
    public var quantity: Quantity?
    public var cause: String

    public init(
        subject: Subject, title: String = "", hoursPerMonth: Estimate?, effort: Effort?, kind: Change.Kind? = nil,
        quantity: Quantity? = nil, cause: String = ""
    ) {
        self.subject = subject
        self.title = title
        self.hoursPerMonth = hoursPerMonth
        self.effort = effort
        self.kind = kind
        self.quantity = quantity
        self.cause = cause
    }

    public init(_ opportunity: Opportunity) {
        self.init(
            subject: .opportunity(opportunity.id), hoursPerMonth: opportunity.hoursPerMonth,
            effort: opportunity.effort, quantity: opportunity.lead.measure.quantity)
    }

    /// - Parameter source: The opportunity it came from, whose size counts as long as nobody has given another.
    public init(_ id: ID<Improvement>, _ improvement: Improvement, from source: Opportunity? = nil) {
        self.init(
            subject: .improvement(id), title: improvement.title,
            hoursPerMonth: improvement.benefit ?? source?.hoursPerMonth, effort: improvement.effort ?? source?.effort,
            kind: improvement.kind,
            quantity: improvement.round.objective?.measure.flatMap { Measure(id: $0) }?.quantity
                ?? source?.lead.measure.quantity,
            cause: improvement.round.cause ?? "")
    }
}

/// Everything that waits to be begun or finished, each once: an opportunity that an improvement came from is that improvement.
/// Good news, what is over and what went on in another are left out.
public func candidates(_ opportunities: [Opportunity], _ improvements: [NumberedImprovement]) -> [RankCandidate] {
    let byName = Dictionary(opportunities.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    var taken: Set<String> = []
    var found: [RankCandidate] = []
    for (id, improvement) in improvements {
        var source: Opportunity?
        if case .opportunity(let name) = improvement.origin {
            taken.insert(name)
            source = byName[name]
        }
        if case .closed = improvement.state { continue }
        // After its verdict it is no bet any more.
        if improvement.round.step < .evaluate { found.append(RankCandidate(id, improvement, from: source)) }
    }
    return opportunities.filter { !$0.isGoodNews && !taken.contains($0.id) }.map(RankCandidate.init) + found
}

/// Working days that an effort stands for.
public struct EffortDays: Sendable, Hashable {
    public var small: Double
    public var medium: Double
    public var large: Double

    public init(small: Double, medium: Double, large: Double) {
        self.small = small
        self.medium = medium
        self.large = large
    }

    /// Within a week, within a month, within a quarter.
    public static let usual = EffortDays(small: 5, medium: 20, large: 60)

    public subscript(effort: Effort) -> Double {
        switch effort {
        case .small: small
        case .medium: medium
        case .large: large
        }
    }
}

/// A candidate in its place, with every term of the reason.
public struct Ranked: Sendable, Hashable {
    public enum Unknown: String, Sendable, Hashable { case hoursPerMonth, effort }

    /// From 1.
    public var rank: Int
    public var candidate: RankCandidate
    public var rate: BaseRate
    public var effortDays: Double?
    /// Hours a month times the chance, for a day of work; nil where a term is not known.
    public var score: Double?
    public var unknown: [Unknown]
}

/// Puts what could be done in order: hours a month × the chance that it works ÷ days of work.
///
/// Of equals the one with more hours a month is first, then the one that came first. What lacks a term stands at the end, the
/// most hours first.
public func rank(
    _ candidates: [RankCandidate], baseRates: BaseRates, effortDays: EffortDays = .usual
) -> [Ranked] {
    let unsorted = candidates.map { candidate in
        let rate = baseRates.rate(kind: candidate.kind, quantity: candidate.quantity, cause: candidate.cause)
        let days = candidate.effort.map { effortDays[$0] }
        var unknown: [Ranked.Unknown] = []
        if candidate.hoursPerMonth == nil { unknown.append(.hoursPerMonth) }
        if days == nil { unknown.append(.effort) }
        let score = candidate.hoursPerMonth.flatMap { hours in
            days.map { hours.estimate * rate.probability.estimate / $0 }
        }
        return Ranked(
            rank: 0, candidate: candidate, rate: rate, effortDays: days, score: score, unknown: unknown)
    }
    func key(_ one: Ranked) -> (Double, Double) {
        (one.score ?? -.infinity, one.candidate.hoursPerMonth?.estimate ?? -.infinity)
    }
    return unsorted.enumerated().sorted {
        let (a, b) = (key($0.element), key($1.element))
        return a == b ? $0.offset < $1.offset : a > b
    }.enumerated().map { place, one in
        var one = one.element
        one.rank = place + 1
        return one
    }
}

extension Opportunity {
    /// What an improvement that comes from it begins with: its size, and the objective to undo what was found.
    /// - Parameter text: The objective in people's own words, in their language.
    public func firstChanges(objective text: String) -> [Change] {
        [.sized(effort: effort, benefit: hoursPerMonth), .objective(objective(text))]
    }

    /// Back to the level before, in the measure and slice in which it was found.
    public func objective(_ text: String) -> Objective {
        // What is found in histories has no daily figures to be tested by: people choose one.
        let isDaily = lead.measure.step == nil
        return Objective(
            text: text, measure: isDaily ? lead.measure.id : nil, slice: lead.slice,
            wanted: lead.measure.direction == .lowerIsWorse ? .higher : .lower,
            target: isDaily ? lead.before.estimate : nil)
    }

    /// The effect that would undo it, as a share of the present level; nil where there is no level to take it of.
    public var undoingEffect: Double? {
        guard lead.after.estimate > 0, lead.before.estimate > 0 else { return nil }
        return (lead.before.estimate / lead.after.estimate - 1).magnitude
    }
}
