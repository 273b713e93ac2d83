import Evaluations
import Improvements
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store

/// What a new improvement comes from is not in the store.
public enum OriginError: Error, Sendable, Equatable {
    case noSuchOpportunity(String)
    case noSuchSignal(String)
    case noSuchImprovement(Int64)
}

/// The rule of approval as the organisation has set it; nil where it has set none, and then nothing needs approval.
public func approvalRule(of store: any Store) async throws -> ApprovalRule? {
    try await store.setting(.approval).flatMap { ApprovalRule(line: $0) }
}

/// Everything that a new improvement begins with: its title, the rule of approval that holds now, and what its origin says: of
/// an opportunity its size and objective, of a signal its objective. For `RegisterStore.open`.
/// - Throws: `OriginError` when the origin is not in the store.
public func firstChanges(_ title: String, from origin: Change.Origin, in store: any Store) async throws -> [Change] {
    var changes: [Change] = [.opened(title: title, origin: origin)]
    if let rule = try await approvalRule(of: store) { changes.append(.rule(rule)) }
    switch origin {
    case .opportunity(let id):
        guard let found = try await store.opportunities().first(where: { $0.id == id }) else {
            throw OriginError.noSuchOpportunity(id)
        }
        changes += found.firstChanges(objective: title)
    case .signal(let id):
        guard let found = try await store.signals().first(where: { $0.id == id }) else {
            throw OriginError.noSuchSignal(id)
        }
        changes.append(
            .objective(
                Objective(
                    text: title, measure: found.measure.step == nil ? found.measure.id : nil, slice: found.slice,
                    wanted: found.measure.direction == .lowerIsWorse ? .higher : .lower,
                    target: found.measure.step == nil ? found.before.estimate : nil)))
    case .evaluation(let number, _), .slippage(let number):
        guard try await store.improvement(ID(number)) != nil else { throw OriginError.noSuchImprovement(number) }
    case .suggestion, .hand, .spreadsheet: break
    }
    return changes
}

/// The three improvements with the best odds to begin with, from everything that is in the store.
/// - Parameter title: An opportunity's title in the reader's language: the objective in words.
/// - Returns: Nil when there are no tickets at all.
public func smallStarts(
    in store: any Store, title: (Opportunity) -> String
) async throws -> SmallStarts? {
    let opportunities = Dictionary(
        try await store.opportunities().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    let improvements = try await store.improvements()
    let ranked = candidates(
        // What is found in histories has no daily figures that a test could be made of.
        opportunities.values.filter { $0.lead.measure.step == nil }.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) },
        improvements.numbered)
    let all = ranked.compactMap { candidate -> SmallCandidate? in
        switch candidate.subject {
        case .opportunity(let id):
            return opportunities[id].map { SmallCandidate($0, objective: title($0)) }
        case .improvement(let id):
            guard let kept = improvements.first(where: { $0.id == id }) else { return nil }
            var source: Opportunity?
            if case .opportunity(let name) = kept.improvement.origin { source = opportunities[name] }
            return SmallCandidate(kept.id, kept.improvement, from: source)
        }
    }
    let needs = Array(Set(all.filter { $0.candidate.effort == .small }.flatMap(\.needs)))
    guard let evidence = try await evidence(for: needs, in: store) else { return nil }
    return startSmall(all, evidence, baseRates: BaseRates(improvements.map(\.improvement)))
}

/// What all rounds that worked have brought, each hour counted once.
public struct GainsReport: Sendable {
    /// A round that worked and whose gain the data can no longer tell.
    public struct Unmeasured: Sendable {
        public var improvement: ID<Improvement>
        public var round: Int
        public var reason: Unjudged
    }

    /// Of a group, in the order of going live.
    public var gains: [SharedGain]
    public var unmeasured: [Unmeasured]
    /// The last day of the data; nil where nothing has worked yet.
    public var asOf: Day?

    /// Hours a month that count, that each verdict measured by itself, and that are still held.
    public var total: (credited: Double, own: Double, held: Double) {
        (
            gains.reduce(0) { $0 + ($1.credited?.estimate ?? 0) },
            gains.reduce(0) { $0 + ($1.gain.hoursPerMonth?.estimate ?? 0) },
            gains.reduce(0) { $0 + ($1.heldHours?.estimate ?? 0) }
        )
    }
}

/// Computes every gain anew from the data: a verdict and a watch for each round that worked, one more verdict for each group.
/// Some tenths of a second a round.
public func gains(in store: any Store) async throws -> GainsReport {
    var rounds: [ProvenGain: Round] = [:]
    var gains: [ProvenGain] = []
    var report = GainsReport(gains: [], unmeasured: [], asOf: nil)
    for kept in try await store.improvements() {
        for round in kept.improvement.rounds where round.judgement?.verdict == .worked {
            guard let plan = round.plan, let evidence = try await evidence(for: plan.plan.needs, in: store) else {
                continue
            }
            report.asOf = evidence.asOf
            do throws(Unjudged) {
                guard let gain = try provenGain(of: round, kept.id, evidence) else { continue }
                gains.append(gain)
                rounds[gain] = round
            } catch {
                report.unmeasured.append(.init(improvement: kept.id, round: round.number, reason: error))
            }
        }
    }
    var found = groups(of: gains)
    for i in found.indices {
        guard let joint = jointRound(of: found[i].gains.compactMap { rounds[$0] }), let plan = joint.plan,
            let evidence = try await evidence(for: plan.plan.needs, in: store)
        else { continue }
        found[i].total = (try? judge(joint, evidence))?.benefit?.hoursPerMonth
    }
    report.gains = sharedGains(found)
    return report
}

extension [KeptImprovement] {
    /// As the pure functions over several improvements take them.
    public var numbered: [NumberedImprovement] { map { ($0.id, $0.improvement) } }
}
