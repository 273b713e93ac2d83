import Evaluations
import Gains
import Improvements
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store

/// The part of a turn that looks at the improvement work itself: checks the policies, answers the week's questions, keeps what
/// is foreseen and marks what was.
func reviewProgramme(_ store: any Store, at now: Moment) async throws {
    try await checkPolicies(in: store, at: now)
    try await keepFindings(store, at: now)
    try await settleForesights(store)
    try await keepForesights(store)
}

/// Keeps the week's answers, its signs, and the findings about the work and its policies.
public func keepFindings(_ store: any Store, at now: Moment) async throws {
    let policies = try await checkedPolicies(in: store).map(\.checked)
    let breaches = breachSignals(of: policies)
    try await store.save(breaches)
    let report = try await momentum(of: store, at: now)
    try await store.save(report.readings.compactMap(\.signal) + breaches)
    try await store.keep(report.answers)
    var signs: [Sign: Bool] = [:]
    for answer in report.answers where answer.answer != .cannotTell {
        signs[.question(answer.question)] = answer.answer == .yes
    }
    for reading in report.readings where reading.silence == nil {
        signs[.fading(reading.series.measure)] = reading.shift?.isWorse == true
    }
    for policy in policies where policy.compliance.now != nil {
        signs[.policy(policy.id)] = breaches.contains { $0.id == Sign.policy(policy.id).word }
    }
    try await store.keepSigns(signs, week: report.week)
}

// MARK: What is foreseen

/// Keeps this week's sayings: targets at risk, one forecast four weeks ahead, and gains that should hold.
private func keepForesights(_ store: any Store) async throws {
    let organisation = try await Organisation(of: store)
    guard let end = try await dataEnd(store, organisation) else { return }
    var said: [Foresight] = []
    let targets = Dictionary(
        organisation.targets.map { ("\($0.measure) \($0.slice.address)", $0.value) }, uniquingKeysWith: { $1 })
    for signal in try await store.signals() where signal.kind == .targetAtRisk {
        said.append(
            Foresight(
                id: "risk \(signal.id) \(signal.evidence.last)", source: .targetAtRisk, measure: signal.measure,
                slice: signal.slice, madeOn: end, over: Period(end + 22, through: end + 28),
                target: targets["\(signal.measure.id) \(signal.slice.address)"]))
    }
    said += try await forecasts(store, organisation, end)
    said += try await verdicts(store, organisation)
    try await store.keep(said)
}

/// Of incidents opened, and of each measure with a target, a week's value four weeks ahead; one a week.
private func forecasts(_ store: any Store, _ organisation: Organisation, _ end: Day) async throws -> [Foresight] {
    let monday = end - end.weekday
    let known = Set(try await store.foresights().map(\.foresight.id))
    var wanted: [(Measure, Slice)] = []
    if let opened = Measure(id: "incidents.opened") { wanted.append((opened, .everything)) }
    for target in organisation.targets { if let m = Measure(id: target.measure) { wanted.append((m, target.slice)) } }
    var said: [Foresight] = []
    for (measure, slice) in wanted.prefix(forecastsMax) {
        let id = "forecast \(measure.id) \(slice.address) \(monday)"
        guard !known.contains(id) else { continue }
        let rollup = try await rollup(for: measure, slice, in: store, organisation)
        guard let period = rollup.period, period.first < end else { continue }
        let from = max(period.first, end - weeksSeen * 7 + 1)
        let series = Series(measure, of: rollup, over: Period(from, through: end), step: 7, asOf: end)
        let values = series.values.map { $0?.value ?? .nan }
        guard values.count(where: { $0.isFinite }) >= weeksKnownMin, values.last?.isFinite == true,
            let made = try? forecast(values, horizon: 4, seasons: [52]), let last = made.values.last
        else { continue }
        said.append(
            Foresight(
                id: id, source: .forecast, measure: measure, slice: slice, madeOn: end,
                over: Period(end + 22, through: end + 28), range: last))
    }
    return said
}

/// Enough to know whether forecasts are right, and soon done.
private let forecastsMax = 12
private let weeksSeen = 156
private let weeksKnownMin = 12
/// A gain that holds so long has held.
private let heldDays = 90

private func verdicts(_ store: any Store, _ organisation: Organisation) async throws -> [Foresight] {
    var said: [Foresight] = []
    for kept in try await store.improvements() {
        var round = 1
        for entry in kept.improvement.entries {
            if case .nextRound = entry.change { round += 1 }
            guard case .evaluated(let judgement) = entry.change, judgement.verdict == .worked,
                let objective = kept.improvement.rounds[round - 1].plan?.plan.objective,
                let measure = objective.measure.flatMap({ Measure(id: $0) })
            else { continue }
            let day = organisation.zone.day(of: entry.at)
            said.append(
                Foresight(
                    id: "verdict \(kept.id.value) \(round)", source: .verdict, measure: measure,
                    slice: objective.slice, madeOn: day, over: Period(day + 1, through: day + heldDays),
                    improvement: kept.id.value))
        }
    }
    return said
}

// MARK: How it came out

private func settleForesights(_ store: any Store) async throws {
    let organisation = try await Organisation(of: store)
    guard let end = try await dataEnd(store, organisation) else { return }
    for kept in try await store.foresights()
    where kept.outcome == nil && kept.foresight.over.last <= end && kept.foresight.source != .wear {
        let foresight = kept.foresight
        let result: Outcome?
        if foresight.source == .verdict {
            result = try await didHold(foresight, store)
        } else {
            let rollup = try await rollup(for: foresight.measure, foresight.slice, in: store, organisation)
            let series = Series(
                foresight.measure, of: rollup, over: foresight.over, step: foresight.over.dayCount, asOf: end)
            result = outcome(of: foresight, seen: series.values.last??.value, lastDay: end)
        }
        if let result { try await store.settle(foresight.id, result, on: end) }
    }
}

/// Whether a gain held through the last day foreseen.
private func didHold(_ foresight: Foresight, _ store: any Store) async throws -> Outcome? {
    let parts = foresight.id.split(separator: " ")
    guard let number = foresight.improvement, let round = parts.last.flatMap({ Int($0) }),
        let improvement = try await store.improvement(ID(number)), improvement.rounds.indices.contains(round - 1)
    else { return .cannotTell }
    let one = improvement.rounds[round - 1]
    guard let plan = one.plan?.plan, let evidence = try await evidence(for: plan.needs, in: store) else {
        return .cannotTell
    }
    guard let watch = try? hold(one, evidence) else { return .cannotTell }
    guard let slipped = watch.slippedOn else { return .came }
    return slipped <= foresight.over.last ? .didNotCome : .came
}

// MARK: Moves that nothing explains

/// Marks what fell for no reason, before a turn's findings are kept.
func markUnexplained(_ analysis: inout Analysis, _ store: any Store, _ organisation: Organisation) async throws {
    var causes = try await knownCauses(of: analysis.signals, in: store, organisation)
    causes.analysed = nil
    for case .thinsOut(let analysed, _) in analysis.notes { causes.analysed = analysed }
    analysis.signals = marked(analysis.signals, by: shifts(analysis.signals, causes: causes))
    let byID = Dictionary(analysis.signals.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for i in analysis.opportunities.indices {
        for k in analysis.opportunities[i].signals.indices {
            let id = analysis.opportunities[i].signals[k].id
            if let signal = byID[id] { analysis.opportunities[i].signals[k] = signal }
        }
    }
}

extension SignalKind {
    /// Whether it is the same kind of move, whatever is known of its reason.
    func isSameMove(as other: SignalKind) -> Bool {
        self == other || (self == .unexplainedFall && (other == .levelShift || other == .trend))
    }
}
