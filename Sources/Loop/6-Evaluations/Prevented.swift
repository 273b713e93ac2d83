import Improvements
import Measures
import Records
import Statistics

/// Tickets that did not come: what was expected without the change, less what came.
public struct Prevented: Sendable, Hashable {
    /// With the interval that the verdict rests on; only over the days that were looked at.
    public var tickets: Estimate
    public var over: Period
    public var kind: TicketKind

    public init(tickets: Estimate, over: Period, kind: TicketKind) {
        self.tickets = tickets
        self.over = over
        self.kind = kind
    }
}

extension RoundEvaluation {
    /// What the round has prevented, where it is about how many tickets are opened and worked.
    ///
    /// Only what was measured is counted: nothing is carried on beyond the last day that the verdict looked at.
    public var prevented: Prevented? {
        guard judgement.verdict == .worked, measured.measure.quantity == .opened, let kind = measured.measure.kind,
            let absolute, absolute.estimate < 0
        else { return nil }
        let days = line.count { $0.observed != nil && $0.day >= start && $0.day <= through }
        guard days > 0 else { return nil }
        return Prevented(
            tickets: absolute.scaled(by: -Double(days)), over: Period(start, through: through), kind: kind)
    }
}
