// Warnings that cry wolf are quieted.
//
// Whoever has been warned five times for nothing reads no sixth warning, also when it is right. So each measure's warnings are
// held against what came of them: when fewer than half come true, and that is no longer chance, they are still made, kept and
// marked, but they move to the end of the page with the reason beside them. A person may undo it; then only what comes after
// counts. Nothing is stored for this but the undoing: the rest follows from the score-card.

import Measures
import Records
import Statistics

/// The warnings of one measure, found to be wrong more often than they may be.
public struct Quieting: Sendable, Hashable {
    public var source: Foresight.Source
    public var measure: Measure
    /// Of the warnings that could be judged, those that came true.
    public var came: Int
    public var judged: Int
    /// With its 95 % interval: its upper end lies below what is promised.
    public var share: Estimate
    /// The day on which the last warning that decided it was judged.
    public var since: Day
}

/// That somebody wants to hear the warnings of a measure again.
public struct Unquieting: Sendable, Hashable {
    public var source: Foresight.Source
    public var measure: Measure.ID
    public var by: String
    public var on: Day

    public init(source: Foresight.Source, measure: Measure.ID, by: String, on day: Day) {
        self.source = source
        self.measure = measure
        self.by = by
        on = day
    }
}

/// What a warning promises: that it comes true at least as often as not.
public let warningPromise = 0.5

/// The warnings that are quieted now. O(n log n) in what is kept.
/// - Parameter kept: Each with the day on which it was marked.
public func quietings(
    _ kept: [(foresight: Foresight, outcome: Outcome?, settledOn: Day?)], undone: [Unquieting]
) -> [Quieting] {
    let warnings = kept.filter { $0.foresight.source == .targetAtRisk }
    let groups = Dictionary(grouping: warnings, by: \.foresight.measure)
    return groups.compactMap { measure, list in
        let since = undone.filter { $0.source == .targetAtRisk && $0.measure == measure.id }.map(\.on).max()
        let judged = list.compactMap { one -> (came: Bool, on: Day)? in
            guard let day = one.settledOn, let outcome = one.outcome, outcome != .cannotTell,
                since.map({ one.foresight.madeOn > $0 }) ?? true
            else { return nil }
            return (outcome == .came, day)
        }.sorted { $0.on < $1.on }
        let came = judged.count(where: \.came)
        guard let share = shareEstimate(came, of: judged.count), share.high < warningPromise, let last = judged.last
        else { return nil }
        return Quieting(
            source: .targetAtRisk, measure: measure, came: came, judged: judged.count, share: share, since: last.on)
    }.sorted { $0.measure.id < $1.measure.id }
}
