// Several departments, one improvement.
//
// Work that crosses departments slows down where it is handed over, and nobody sees it: each has done its part. So a part
// names its department, a wait names who waits for whom and since when, and the ledger adds up the days. It is about
// departments and never about people.

import Records

/// What one department has to do for an improvement.
public struct Part: Sendable, Hashable, Codable {
    public var department: String
    public var text: String
    /// Who answers for it there; empty as long as nobody does.
    public var lead: String
    public var due: Day?
    public var doneOn: Day?

    public init(department: String, text: String, lead: String = "", due: Day? = nil, doneOn: Day? = nil) {
        self.department = department
        self.text = text
        self.lead = lead
        self.due = due
        self.doneOn = doneOn
    }
}

/// A department that cannot go on before another has done something.
public struct Wait: Sendable, Hashable, Codable, Identifiable {
    public var id: Int
    /// Who waits; empty when it is the improvement as a whole.
    public var department: String
    public var waitsFor: String
    public var what: String
    public var since: Day
    /// The day on which it was handed over; nil while it waits.
    public var until: Day?
    /// Days in which the two have agreed to hand over (an OLA); nil where nothing is agreed.
    public var agreedDays: Int?

    public init(
        id: Int, department: String = "", waitsFor: String, what: String, since: Day, until: Day? = nil,
        agreedDays: Int? = nil
    ) {
        self.id = id
        self.department = department
        self.waitsFor = waitsFor
        self.what = what
        self.since = since
        self.until = until
        self.agreedDays = agreedDays
    }
}

/// How long departments waited for one another.
public struct WaitingLedger: Sendable, Hashable {
    /// One department that waited for another.
    public struct Line: Sendable, Hashable {
        public var department: String
        public var waitsFor: String
        /// Days on which at least one thing was waited for: two things on one day are one day.
        public var days: Int
        /// Things handed over, and things still waited for.
        public var ended: Int
        public var open: Int
        /// Days beyond what was agreed, added up over the things with an agreement.
        public var overAgreed: Int
        /// Since when the oldest open thing is waited for.
        public var openSince: Day?
        /// The improvements it is about, in order.
        public var improvements: [ID<Improvement>]
    }

    /// The longest wait first.
    public var lines: [Line]
    /// Days on which anything at all was waited for; days of several improvements are added up.
    public var blockedDays: Int
}

/// The ledger of one improvement: waits, and roadblocks that wait for a department.
/// - Parameter asOf: Until when open waits count; a day that is waited for counts when it is over.
public func waitingLedger(of improvement: Improvement, _ id: ID<Improvement>, asOf day: Day) -> WaitingLedger {
    waitingLedger(of: [(id, improvement)], asOf: day)
}

/// The ledger of several improvements: the hand-overs of a whole programme. What was merged into another
/// counts too: its waits were real.
public func waitingLedger(of all: [NumberedImprovement], asOf day: Day) -> WaitingLedger {
    struct Pair: Hashable { var department, waitsFor: String }
    var lines: [Pair: WaitingLedger.Line] = [:]
    var blocked = 0
    for (id, improvement) in all {
        let waits = improvement.allWaits
        blocked += days(covered: waits, asOf: day)
        for (pair, group) in Dictionary(
            grouping: waits, by: { Pair(department: $0.department, waitsFor: $0.waitsFor) })
        {
            var line =
                lines[pair]
                ?? WaitingLedger.Line(
                    department: pair.department, waitsFor: pair.waitsFor, days: 0, ended: 0, open: 0, overAgreed: 0,
                    openSince: nil, improvements: [])
            line.days += days(covered: group, asOf: day)
            let open = group.filter { $0.until == nil }
            line.open += open.count
            line.ended += group.count - open.count
            line.overAgreed += group.reduce(0) { $0 + $1.daysOverAgreed(asOf: day) }
            line.openSince = (open.map(\.since) + [line.openSince].compactMap(\.self)).min()
            line.improvements.append(id)
            lines[pair] = line
        }
    }
    let sorted = lines.values.sorted {
        ($1.days, $0.department, $0.waitsFor) < ($0.days, $1.department, $1.waitsFor)
    }
    return WaitingLedger(lines: sorted, blockedDays: blocked)
}

/// Days that at least one of the waits covers.
private func days(covered waits: [Wait], asOf day: Day) -> Int {
    var covered = 0
    var reached: Day?
    for wait in waits.sorted(by: { $0.since < $1.since }) {
        let from = max(wait.since, reached ?? wait.since)
        let until = min(wait.until ?? day, day)
        if until > from {
            covered += until - from
            reached = until
        }
    }
    return covered
}

extension Wait {
    /// Days waited; 0 while the wait lies ahead.
    public func days(asOf day: Day) -> Int { max(0, min(until ?? day, day) - since) }

    /// Days beyond what was agreed; 0 where nothing is agreed.
    public func daysOverAgreed(asOf day: Day) -> Int { agreedDays.map { max(0, days(asOf: day) - $0) } ?? 0 }
}

extension Improvement {
    /// The waits, and the roadblocks of every round that wait for a department.
    public var allWaits: [Wait] {
        waits
            + rounds.flatMap(\.roadblocks).filter { !$0.department.isEmpty }.map {
                Wait(
                    id: $0.id, waitsFor: $0.department, what: $0.text, since: $0.since,
                    until: $0.clearedOn)
            }
    }

    /// The departments that are waited for now, each once, in the order in which they began to be.
    public var blockedBy: [String] {
        var names: [String] = []
        for wait in allWaits.filter({ $0.until == nil }).sorted(by: { $0.since < $1.since })
        where !names.contains(wait.waitsFor) {
            names.append(wait.waitsFor)
        }
        return names
    }

    /// Every department that has a part, an action, or is waited for in the present round; each once.
    public var departments: [String] {
        var names: [String] = []
        for name in round.parts.map(\.department) + round.actions.map(\.department) + blockedBy
        where !name.isEmpty && !names.contains(name) {
            names.append(name)
        }
        return names
    }
}
