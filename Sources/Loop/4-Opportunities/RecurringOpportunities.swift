import Signals
import Statistics

/// Adds what keeps coming back to what is worth doing, and ranks all of it anew.
///
/// Each problem is a story of its own: the hours of all its incidents. Where a finding about a slice is made of the same
/// incidents its hours are a part of these, so the two are never added up.
/// - Parameter recurrences: Findings of kind `recurrence`; those without hours stand among the signals only.
public func ranked(_ opportunities: [Opportunity], with recurrences: [Signal], work: [String: Estimate])
    -> [Opportunity]
{
    var all = opportunities
    for signal in recurrences {
        guard let hours = signal.hoursPerMonth else { continue }
        all.append(
            Opportunity(
                id: "o" + signal.id, rank: 0, signals: [signal], hoursPerMonth: hours, firstStep: .findRecurringCause,
                effort: .small, isGoodNews: false, workHoursPerMonth: work[signal.id]))
    }
    all.sort { a, b in
        if a.isGoodNews != b.isGoodNews { return b.isGoodNews }
        let x = a.hoursPerMonth.estimate.magnitude
        let y = b.hoursPerMonth.estimate.magnitude
        return x != y ? x > y : a.id < b.id
    }
    for rank in all.indices { all[rank].rank = rank + 1 }
    return all
}
