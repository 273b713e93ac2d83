import Measures
import Records
import Signals
import Statistics

/// What is worth doing: related findings as one story each, the costliest first, and what got better apart.
///
/// Findings belong together when they are about the same slice (more tickets that also take longer are one trouble), or when their
/// slices share most of their tickets and their dates agree. Their hours add up, for each was measured with the others undone; time
/// to respond is part of time to resolve and is not added to it. A finding that cannot be put in hours is told with its
/// relatives, and stands alone only among the signals. Reads the tickets once for each finding.
/// - Parameters:
///   - detections: One for each kind of ticket.
///   - tickets: What they were made from.
/// - Returns: Those that got worse by hours a month, then the good news by hours saved, which are negative.
public func opportunities(from detections: [Detection], tickets: TicketTable) -> [Opportunity] {
    let signals = detections.flatMap(\.signals).filter { $0.direction != .neutral }
    let members = signals.map { Members($0, tickets) }
    var groups: [[Int]] = []
    // The costliest first, so that each group is led by what weighs most and gathers its relatives.
    let order = signals.indices.sorted { a, b in
        let x = signals[a].hoursPerMonth?.estimate.magnitude ?? -1
        let y = signals[b].hoursPerMonth?.estimate.magnitude ?? -1
        return x != y ? x > y : signals[a].id < signals[b].id
    }
    for s in order {
        let home = groups.firstIndex { related(signals[$0[0]], members[$0[0]], signals[s], members[s]) }
        if let home { groups[home].append(s) } else { groups.append([s]) }
    }
    var found = groups.compactMap { group -> Opportunity? in
        opportunity(group.map { signals[$0] }, work: members[group[0]].workHours)
    }
    found.sort { a, b in
        if a.isGoodNews != b.isGoodNews { return b.isGoodNews }
        let x = a.hoursPerMonth.estimate.magnitude
        let y = b.hoursPerMonth.estimate.magnitude
        return x != y ? x > y : a.id < b.id
    }
    for rank in found.indices { found[rank].rank = rank + 1 }
    return found
}

/// The tickets of a signal's slice, as a set of rows, and the work they take.
private struct Members {
    /// A bit a row of the table.
    private var bits: [UInt64]
    let count: Int
    /// Mean hours that people worked on one ticket; nil unless most of them say.
    let workHours: Double?

    init(_ signal: Signal, _ table: TicketTable) {
        var bits = [UInt64](repeating: 0, count: (table.count + 63) / 64)
        var count = 0
        var work = CompensatedSum()
        var known = 0
        let parts = signal.slice.parts.map { ($0.dimension, table.names.existing($0.value)) }
        // What is not about tickets has none.
        let kind = signal.measure.kind?.rawValue
        for i in 0..<table.count where table.kind[i] == kind {
            guard parts.allSatisfy({ table.attributes[i, $0.0] == $0.1 }) else { continue }
            bits[i / 64] |= 1 << UInt64(i % 64)
            count += 1
            if let minutes = table.workMinutes(i) {
                work.add(minutes / 60)
                known += 1
            }
        }
        self.bits = bits
        self.count = count
        workHours = known * 2 > count ? work.value / Double(known) : nil
    }

    func shared(with other: Members) -> Int {
        var n = 0
        for k in bits.indices { n += (bits[k] & other.bits[k]).nonzeroBitCount }
        return n
    }
}

/// The share of the smaller slice's tickets, and of both slices' together, that two findings must share to be one story.
private let sharedOfSmallerMin = 0.8
private let sharedOfBothMin = 0.3
/// Days by which two dates may miss one another's ranges and still agree.
private let datesApartMax = 3

private func related(_ a: Signal, _ aMembers: Members, _ b: Signal, _ bMembers: Members) -> Bool {
    guard a.direction == b.direction, a.measure.kind == b.measure.kind else { return false }
    if a.slice == b.slice { return true }
    guard datesAgree(a, b) else { return false }
    let shared = Double(aMembers.shared(with: bMembers))
    let both = Double(aMembers.count + bMembers.count) - shared
    return shared >= sharedOfSmallerMin * Double(min(aMembers.count, bMembers.count))
        && shared >= sharedOfBothMin * both
}

private func datesAgree(_ a: Signal, _ b: Signal) -> Bool {
    if a.kind == .trend || b.kind == .trend { return a.kind == b.kind }
    if a.kind == .spike || b.kind == .spike { return a.kind == b.kind && a.at == b.at }
    return a.atEarliest - datesApartMax <= b.atLatest && b.atEarliest - datesApartMax <= a.atLatest
}

private func opportunity(_ signals: [Signal], work: Double?) -> Opportunity? {
    let lead = signals[0]
    let resolves = signals.contains { $0.measure.quantity == .timeToResolve && $0.hoursPerMonth != nil }
    var hours: [Estimate] = []
    var hasFlow = false
    for signal in signals {
        guard let own = signal.hoursPerMonth else { continue }
        // Waiting for an answer is part of waiting for the end, and a share's hours are those of its slow tickets.
        if resolves, signal.measure.quantity != .timeToResolve, signal.measure.quantity != .opened { continue }
        // Coming back, changing hands and waiting at a stage are parts of one another: the one that weighs most counts.
        if signal.measure.step != nil, hasFlow { continue }
        hasFlow = hasFlow || signal.measure.step != nil
        hours.append(own)
    }
    guard !hours.isEmpty else { return nil }
    let step = firstStep(lead)
    return Opportunity(
        id: "o" + lead.id, rank: 0, signals: signals, hoursPerMonth: total(hours), firstStep: step,
        effort: effort(lead, step), isGoodNews: lead.direction == .better,
        workHoursPerMonth: work.flatMap { workOf(signals, hoursEach: $0) })
}

/// The sum of independent estimates: their distances to the ends of their intervals add up as squares.
private func total(_ parts: [Estimate]) -> Estimate {
    let middle = sum(parts.map(\.estimate))
    let down = sum(parts.map { ($0.estimate - $0.low) * ($0.estimate - $0.low) }).squareRoot()
    let up = sum(parts.map { ($0.high - $0.estimate) * ($0.high - $0.estimate) }).squareRoot()
    return Estimate(middle, low: middle - down, high: middle + up)
}

/// What the additional tickets cost those who work on them.
private func workOf(_ signals: [Signal], hoursEach: Double) -> Estimate? {
    let parts = signals.filter {
        $0.measure.quantity == .opened && ($0.kind == .levelShift || $0.kind == .trend)
    }
    .map { $0.relative.scaled(by: $0.before.estimate * 30.4 * hoursEach) }
    return parts.isEmpty ? nil : total(parts)
}

private func firstStep(_ signal: Signal) -> FirstStep {
    switch (signal.kind, signal.measure.quantity) {
    case (.spike, _): .lookAtDay
    case (.seasonBreak, _), (.variation, _): .levelWorkload
    case (.targetAtRisk, _): .agreeTarget
    case (.bottleneck, _): .reviewStageWhereWorkWaits
    case (.rework, _): .findRecurringCause
    case (.handoffs, _): .checkRouting
    case (.shortcut, _): .askWhatChanged
    case (.trend, .opened): .planCapacity
    case (_, .opened):
        signal.slice.parts.contains { [.service, .category, .subcategory].contains($0.dimension) }
            ? .findRecurringCause : .askWhatChanged
    case (_, .timeToResolve): signal.slice[.group] != nil ? .checkHandover : .reviewStageWhereWorkWaits
    case (_, .timeToRespond): .levelWorkload
    case (_, .slaMet): .reviewStageWhereWorkWaits
    case (_, .reopened): .findRecurringCause
    case (_, .reassigned): .checkRouting
    case (_, .failed), (_, .emergencyShare), (_, .unauthorized), (_, .successful): .reviewChanges
    default: .askWhatChanged
    }
}

private func effort(_ signal: Signal, _ step: FirstStep) -> Effort {
    switch step {
    case .lookAtDay, .askWhatChanged, .agreeTarget: .small
    case .planCapacity, .levelWorkload: signal.slice.parts.isEmpty ? .large : .medium
    default: signal.slice.parts.isEmpty ? .large : signal.slice.parts.count == 1 ? .medium : .small
    }
}
