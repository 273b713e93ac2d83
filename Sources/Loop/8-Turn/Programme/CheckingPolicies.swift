import Gains
import Records
import Store
import Synchronization

/// A policy with its rule, as it can be checked.
private struct Checkable: Sendable {
    var policy: KeptPolicy
    var tally: PolicyTally
}

/// Tallies that a reading of all tickets adds to.
private final class Tallies: Sendable {
    private let all: Mutex<[Checkable]>

    init(_ all: [Checkable]) { self.all = Mutex(all) }

    func add(_ ticket: Ticket, _ names: Names) {
        all.withLock { all in
            for i in all.indices { all[i].tally.add(ticket, names) }
        }
    }

    var results: [Checkable] { all.withLock { $0 } }
}

/// Runs the rules of all policies in force over all tickets in one pass, and keeps how they were kept.
///
/// A policy whose figures are up to date is left alone unless it is asked for. O(tickets × policies).
/// - Returns: The policies that were checked, by number.
@discardableResult
public func checkPolicies(in store: any Store, at now: Moment, isForced: Bool = false) async throws -> [Int64] {
    let changes = try await store.changeCount()
    let organisation = try await Organisation(of: store)
    guard let known = try await store.extents().map(\.lastKnown).max() else { return [] }
    let due = try await store.policies().filter { $0.retiredAt == nil && (isForced || $0.changesSeen != changes) }
    let checkable = due.compactMap { policy -> Checkable? in
        // A rule was read before it was kept; one of a newer version is left to that version.
        guard let rule = try? Rule(policy.rule) else { return nil }
        return Checkable(policy: policy, tally: PolicyTally(rule, at: known, calendar: organisation.calendar))
    }
    if checkable.isEmpty { return [] }
    let tallies = Tallies(checkable)
    let kinds = Set(checkable.flatMap(\.tally.rule.kinds))
    try await store.eachTicket(of: kinds) { ticket, names in tallies.add(ticket, names) }
    for checked in tallies.results {
        let result = checked.tally.result
        try await store.save(
            result.weeks, result.breaches, of: checked.policy.id, changesSeen: changes, at: now)
    }
    return checkable.map(\.policy.id)
}

/// The policies in force with how they are kept, as of the latest check.
public func checkedPolicies(in store: any Store) async throws -> [(policy: KeptPolicy, checked: CheckedPolicy)] {
    var all: [(policy: KeptPolicy, checked: CheckedPolicy)] = []
    let organisation = try await Organisation(of: store)
    let end = try await dataEnd(store, organisation)
    for policy in try await store.policies() where policy.retiredAt == nil {
        // The last week may have begun only: its few tickets are no week.
        let weeks = try await store.weeks(of: policy.id).filter { week in end.map { week.monday + 6 <= $0 } ?? true }
        all.append(
            (
                policy,
                CheckedPolicy(
                    id: policy.id, name: policy.name, target: policy.target, compliance: Compliance(weeks))
            ))
    }
    return all
}
