import Records
import Signals
import Statistics

/// A finding about the improvement work itself, or about a policy: what it is about is no measure of tickets.
public struct ProgrammeSignal: Sendable, Hashable, Codable, Identifiable {
    /// What moved.
    public enum Subject: Sendable, Hashable, Codable {
        case policy(id: Int64, name: String)
        case momentum(MomentumMeasure)
    }

    /// Stable: the sign's word.
    public var id: String
    /// `policyBreach` or `momentum`.
    public var kind: SignalKind
    public var subject: Subject
    public var at: Day
    public var atEarliest: Day
    public var atLatest: Day
    public var direction: Tendency
    public var before: Estimate
    public var after: Estimate
    /// Nil where a promise is not kept, and nothing had to move for that.
    public var q: Double?
    /// Tickets or things behind the figure after.
    public var evidenceCount: Int

    public init(
        id: String, kind: SignalKind, subject: Subject, at: Day, atEarliest: Day, atLatest: Day, direction: Tendency,
        before: Estimate, after: Estimate, q: Double?, evidenceCount: Int
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.at = at
        self.atEarliest = atEarliest
        self.atLatest = atLatest
        self.direction = direction
        self.before = before
        self.after = after
        self.q = q
        self.evidenceCount = evidenceCount
    }
}

extension MomentumReading {
    /// The figure's fading as a signal; nil while it does not fade.
    public var signal: ProgrammeSignal? {
        guard let shift, shift.isWorse else { return nil }
        return ProgrammeSignal(
            id: Sign.fading(shift.measure).word, kind: .momentum, subject: .momentum(shift.measure), at: shift.at,
            atEarliest: shift.atEarliest, atLatest: shift.atLatest, direction: .worse, before: shift.before,
            after: shift.after, q: shift.q, evidenceCount: series.counts.suffix(13).reduce(0, +))
    }
}

/// Marks falls in incidents that nothing on record explains: they keep their name, and are good news no longer.
public func marked(_ signals: [Signal], by shifts: [Shift]) -> [Signal] {
    let unexplained = Set(shifts.filter { $0.isFall && !$0.isExplained }.map(\.id))
    return signals.map { signal in
        guard unexplained.contains(signal.id), signal.kind == .levelShift || signal.kind == .trend else {
            return signal
        }
        var marked = signal
        marked.kind = .unexplainedFall
        marked.direction = .neutral
        return marked
    }
}
