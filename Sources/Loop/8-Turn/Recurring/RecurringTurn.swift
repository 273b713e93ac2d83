import Glibc
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Texts

/// Groups of fewer incidents are no problem yet.
public let recurringSizeMin = 3
/// The latest incidents of a problem, from which its hours are taken.
private let incidentsRead = 200
/// Problems kept: those with most incidents. More than that nobody reads, and each costs a page of a store.
private let problemsMax = 5_000
private let wordsShown = 5
/// Problems told as findings: the costliest. A desk with many templates has hundreds, and they would hide everything else; all
/// of them stand on the page of problems.
private let findingsMax = 20

/// Sums up what keeps coming back, as of the last day of the data, and keeps it.
///
/// Groups that were not beyond chance before are decided on with this turn's share of the promised rate of false findings;
/// what was found stays found. O(incidents), of which only the days are read, and the latest of each problem.
/// - Parameter decides: False after a person has joined or split: that spends no part of the rate.
@discardableResult
public func reviewRecurring(
    _ store: any Store, _ organisation: Organisation, decides: Bool = true
) async throws -> [RecurringProblem] {
    var state = try await store.recurringState()
    guard state.lastTicket > 0, let asOf = try await lastDay(store, organisation) else { return [] }
    var groups = try await store.recurringDays(atLeast: recurringSizeMin)
    if groups.isEmpty, try await store.recurringProblems().isEmpty { return [] }
    groups.sort { ($1.days.count, $0.problem) < ($0.days.count, $1.problem) }
    groups = Array(groups.prefix(problemsMax))
    let told = try await textMemory(of: store, state).told(Set(groups.map(\.problem)), limit: wordsShown)
    let open = groups.map(\.problem).filter { !state.found.contains($0) }
    if decides, !open.isEmpty {
        state.looks += 1
        let level = levelOfLook(state.looks)
        for problem in open where told[problem]?.chance ?? 1 <= level { state.found.insert(problem) }
    }
    let scores = try await store.ticketScores()
    var evidence: [RecurringEvidence] = []
    for group in groups {
        let lines = try await store.recurringIncidents(
            of: group.problem, after: nil, limit: incidentsRead, zone: organisation.zone)
        let about = told[group.problem]
        evidence.append(
            RecurringEvidence(
                id: group.problem, words: about?.words ?? [], chance: about?.chance ?? 1, days: group.days,
                incidents: lines.map { line in
                    var incident = line.incident
                    incident.satisfaction = scores[line.line.number]
                    return incident
                }))
    }
    let background = try await background(store, organisation, asOf, scores)
    let problems = recurringProblems(evidence, background, beyondChance: state.found).sorted(by: isBefore)
    try await store.save(problems, state)
    return problems
}

/// The chance that any group of all turns is told for nothing.
let recurringLevel = 0.05

/// Each look at the groups has its share of the level, t to the power −1.6, summing to 1 over all looks. The chance of a group
/// counts for all groups of its log together (see SharedWords), so a look is one test, however many groups there are.
func levelOfLook(_ look: Int) -> Double { recurringLevel * pow(Double(look), -1.6) / 2.285_766 }

/// What is worth doing first, then by hours a month.
private func isBefore(_ a: RecurringProblem, _ b: RecurringProblem) -> Bool {
    if a.isCandidate != b.isCandidate { return a.isCandidate }
    let (x, y) = (a.hoursPerMonth?.estimate ?? 0, b.hoursPerMonth?.estimate ?? 0)
    if x != y { return x > y }
    return a.recent != b.recent ? a.recent > b.recent : a.id < b.id
}

private func lastDay(_ store: any Store, _ organisation: Organisation) async throws -> Day? {
    try await store.extents().map { organisation.zone.day(of: $0.lastKnown) }.max()
}

private func background(
    _ store: any Store, _ organisation: Organisation, _ asOf: Day, _ scores: [String: Double]
) async throws -> RecurringBackground {
    let first = try await store.extents().first { $0.kind == .incident }.map {
        organisation.zone.day(of: $0.firstOpened)
    }
    // Added up in one order: a dictionary has none of its own.
    let values = scores.sorted { $0.key < $1.key }.map(\.value)
    return RecurringBackground(
        asOf: asOf, firstDay: first ?? asOf, records: try await store.problemRecords(zone: organisation.zone),
        changes: try await store.changesMade(zone: organisation.zone),
        satisfaction: (values.count, values.reduce(0, +), values.reduce(0) { $0 + $1 * $1 }))
}

/// Takes incidents out of a problem, to be one of their own. What is left, and what was taken out, is summed up anew.
/// - Returns: The number of the new problem; nil when none of the incidents is in the problem, or all are.
public func splitProblem(
    _ problem: Int64, tickets: [String], note: String, by: String, at: Moment, in store: any Store
) async throws -> Int64? {
    var memory = try await textMemory(of: store, try await store.recurringState())
    var taken: [TakenOut] = []
    for number in tickets {
        guard let text = try await store.ticketText(number) else { continue }
        taken.append(TakenOut(ticket: text.ticket, number: number, words: bytes(memory.codes(of: newcomer(text)))))
    }
    let new = try await store.splitProblem(problem, tickets: taken, note: note, by: by, at: at)
    if new != nil { try await reviewRecurring(store, try await Organisation(of: store), decides: false) }
    return new
}

/// Brings all incidents of one problem to another; the older number stays.
/// - Returns: The number of the problem that has them all; nil when one of the two has no incidents.
public func joinProblems(
    _ a: Int64, _ b: Int64, note: String, by: String, at: Moment, in store: any Store
) async throws -> Int64? {
    guard try await store.joinProblems(max(a, b), into: min(a, b), note: note, by: by, at: at) else { return nil }
    try await reviewRecurring(store, try await Organisation(of: store), decides: false)
    return min(a, b)
}

/// Problems that keep coming back, as findings and as opportunities.
func addRecurrences(to analysis: inout Analysis, _ store: any Store, _ organisation: Organisation) async throws {
    let problems = try await reviewRecurring(store, organisation)
    if problems.isEmpty { return }
    let names = try await store.problemNames()
    var found: [Signal] = []
    var work: [String: Estimate] = [:]
    for problem in problems.prefix(findingsMax) {
        guard let signal = recurrenceSignal(problem, name: names[problem.id]) else { continue }
        found.append(signal)
        work[signal.id] = problem.workHoursPerMonth
    }
    analysis.signals += found
    analysis.tested += problems.count
    if !found.isEmpty { analysis.expectedFalse += recurringLevel }
    analysis.opportunities = ranked(analysis.opportunities, with: found, work: work)
}
