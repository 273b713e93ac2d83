import Records

/// A rule about how cases should run.
public enum ProcessRule: Sendable, Hashable {
    /// Each activity of a way may be followed directly only by the next ones the way allows: `New -> Active|Resolved`.
    case next(from: String, to: Set<String>)
    /// The case begins, or ends, with one of these.
    case begins(Set<String>)
    case ends(Set<String>)
    /// Every case has it; with `before`, it must have happened before the first of that.
    case requires(String, before: String?)
    /// Never one after the other (at any distance), or never at all.
    case never(String, after: String?)
    /// Not more often than this in one case.
    case atMost(Int, String)
    /// From the first of one to the first of the other after it in at most so many hours. A case that never gets there
    /// breaks the rule once the time has passed by the end of the log.
    case within(hours: Double, from: String, to: String)
    /// Two activities must not be done by the same resource.
    case fourEyes(String, String)
}

/// A case that broke a rule, and where.
public struct Breach: Sendable, Equatable {
    public var rule: Int
    /// The case's name, and the event at which it showed: an index into the traces; nil at the end of the case.
    public var caseName: String
    public var event: Int?
}

/// Checks every case against every rule.
///
/// Rules of this kind are those of declarative process models (van der Aalst, Pesic, Schonenberg, "Declarative workflows",
/// 2009): what is not forbidden is allowed.
/// - Parameter now: The last moment anything is known of, in microseconds; the last event of the traces unless said.
/// - Returns: For each rule, how many cases it applied to; and the breaches, case by case, a rule at most once a case.
/// - Complexity: O(events × rules).
public func conformance(
    of traces: Traces, to rules: [ProcessRule], now: Int64? = nil
) -> (applied: [Int], breaches: [Breach]) {
    let end = now ?? traces.at.max() ?? 0
    let checks = rules.map { RuleCheck($0, names: traces.activities) }
    var applied = [Int](repeating: 0, count: rules.count)
    var breaches: [Breach] = []
    for index in 0..<traces.caseCount {
        for (rule, check) in checks.enumerated() {
            switch check.outcome(traces, traces.events(of: index), end: end) {
            case .doesNotApply: break
            case .kept: applied[rule] += 1
            case .broken(let event):
                applied[rule] += 1
                breaches.append(
                    Breach(rule: rule, caseName: traces.cases[Name(code: traces.caseCodes[index])], event: event))
            }
        }
    }
    return (applied, breaches)
}

/// A rule with its activities as codes of one log. An activity that never occurs has a code no event has.
private struct RuleCheck {
    enum Outcome { case doesNotApply, kept, broken(Int?) }

    let rule: ProcessRule
    let first: UInt32
    let second: UInt32?
    let set: Set<UInt32>

    init(_ rule: ProcessRule, names: Names) {
        func code(_ name: String) -> UInt32 { names.existing(name)?.code ?? .max }
        self.rule = rule
        switch rule {
        case .next(let from, let to): (first, second, set) = (code(from), nil, Set(to.map(code)))
        case .begins(let names), .ends(let names): (first, second, set) = (0, nil, Set(names.map(code)))
        case .requires(let name, let before): (first, second, set) = (code(name), before.map(code), [])
        case .never(let name, let after): (first, second, set) = (code(name), after.map(code), [])
        case .atMost(_, let name): (first, second, set) = (code(name), nil, [])
        case .within(_, let from, let to): (first, second, set) = (code(from), code(to), [])
        case .fourEyes(let a, let b): (first, second, set) = (code(a), code(b), [])
        }
    }

    func outcome(_ traces: Traces, _ events: Range<Int>, end: Int64) -> Outcome {
        let activity = traces.activityOf
        switch rule {
        case .next:
            guard events.contains(where: { activity[$0] == first }) else { return .doesNotApply }
            let broken = events.dropFirst().first {
                activity[$0 - 1] == first && activity[$0] != first && !set.contains(activity[$0])
            }
            return broken.map { .broken($0) } ?? .kept
        case .begins: return set.contains(activity[events.lowerBound]) ? .kept : .broken(events.lowerBound)
        case .ends: return set.contains(activity[events.upperBound - 1]) ? .kept : .broken(events.upperBound - 1)
        case .requires:
            guard let second else { return events.contains { activity[$0] == first } ? .kept : .broken(nil) }
            guard let then = events.first(where: { activity[$0] == second }) else { return .doesNotApply }
            return events.prefix(upTo: then).contains { activity[$0] == first } ? .kept : .broken(then)
        case .never:
            guard let second else {
                return events.first { activity[$0] == first }.map { .broken($0) } ?? .kept
            }
            guard let earlier = events.first(where: { activity[$0] == second }) else { return .doesNotApply }
            return events.suffix(from: earlier + 1).first { activity[$0] == first }.map { .broken($0) } ?? .kept
        case .atMost(let most, _):
            let found = events.filter { activity[$0] == first }
            if found.isEmpty { return .doesNotApply }
            return found.count > most ? .broken(found[most]) : .kept
        case .within(let hours, _, _): return within(hours, traces, events, end)
        case .fourEyes: return fourEyes(traces, events)
        }
    }

    private func within(_ hours: Double, _ traces: Traces, _ events: Range<Int>, _ end: Int64) -> Outcome {
        guard let from = events.first(where: { traces.activityOf[$0] == first }) else { return .doesNotApply }
        if let to = events.suffix(from: from + 1).first(where: { traces.activityOf[$0] == second }) {
            return traces.hours(from, to) > hours ? .broken(to) : .kept
        }
        let waited = Double(end - traces.at[from]) / microsecondsAnHour
        return waited > hours ? .broken(nil) : .doesNotApply
    }

    private func fourEyes(_ traces: Traces, _ events: Range<Int>) -> Outcome {
        var hands: Set<UInt32> = []
        var applies = false
        for i in events where traces.activityOf[i] == first && traces.resourceOf[i] != 0 {
            hands.insert(traces.resourceOf[i])
        }
        if hands.isEmpty { return .doesNotApply }
        for i in events where traces.activityOf[i] == second && traces.resourceOf[i] != 0 {
            applies = true
            if hands.contains(traces.resourceOf[i]) { return .broken(i) }
        }
        return applies ? .kept : .doesNotApply
    }
}

extension ProcessRule {
    /// The activities it speaks of: one that never occurs is perhaps a slip of the pen.
    public var names: Set<String> {
        switch self {
        case .next(let from, let to): to.union([from])
        case .begins(let names), .ends(let names): names
        case .requires(let name, let other), .never(let name, let other): Set([name] + (other.map { [$0] } ?? []))
        case .atMost(_, let name): [name]
        case .within(_, let from, let to): [from, to]
        case .fourEyes(let a, let b): [a, b]
        }
    }
}
