import Measures
import Records
import Statistics

/// Something that was said of the future, kept as it was said, to be marked right or wrong when its day has come.
public struct Foresight: Sendable, Hashable, Codable, Identifiable {
    public enum Source: String, CaseIterable, Sendable, Codable {
        /// A measure will miss its target.
        case targetAtRisk
        /// A measure will lie in an interval.
        case forecast
        /// An improvement that worked will still hold.
        case verdict
        /// An open ticket will end within a range of hours.
        case ticketHours
        /// A device will meet its limit within a range of days.
        case wear
    }

    /// Stable: the same thing said again on the same day, or while it is open, is kept once.
    public var id: String
    public var source: Source
    public var measure: Measure
    public var slice: Slice
    public var madeOn: Day
    /// The days that decide; the last of them is the day it is due.
    public var over: Period
    /// A forecast's interval, in the measure's unit.
    public var range: Estimate?
    /// The target that would be missed.
    public var target: Double?
    /// The improvement whose gain would hold.
    public var improvement: Int64?

    public init(
        id: String, source: Source, measure: Measure, slice: Slice, madeOn: Day, over: Period, range: Estimate? = nil,
        target: Double? = nil, improvement: Int64? = nil
    ) {
        self.id = id
        self.source = source
        self.measure = measure
        self.slice = slice
        self.madeOn = madeOn
        self.over = over
        self.range = range
        self.target = target
        self.improvement = improvement
    }
}

/// How a foresight came out.
public enum Outcome: String, CaseIterable, Sendable, Codable { case came, didNotCome, cannotTell }

/// Marks a foresight about a measure by what was seen over its days.
///
/// - Parameter seen: The measure over exactly those days; nil where the data say nothing.
/// - Returns: Nil as long as its last day has not been analysed.
public func outcome(of foresight: Foresight, seen: Double?, lastDay: Day) -> Outcome? {
    guard lastDay >= foresight.over.last else { return nil }
    guard let seen, seen.isFinite else { return .cannotTell }
    switch foresight.source {
    case .targetAtRisk:
        guard let target = foresight.target else { return .cannotTell }
        switch foresight.measure.direction {
        case .higherIsWorse: return seen > target ? .came : .didNotCome
        case .lowerIsWorse: return seen < target ? .came : .didNotCome
        case .neither: return .cannotTell
        }
    case .forecast:
        guard let range = foresight.range else { return .cannotTell }
        return seen >= range.low && seen <= range.high ? .came : .didNotCome
    case .verdict, .ticketHours, .wear: return .cannotTell
    }
}

/// How right one kind of saying has been.
public struct Score: Sendable, Hashable {
    public var source: Foresight.Source
    public var came: Int
    public var didNotCome: Int
    public var cannotTell: Int
    public var open: Int
    /// Those that came, of those that could be judged; nil where none could.
    public var share: Estimate?
}

/// Honest counts, kind by kind.
public func scores(_ kept: [(foresight: Foresight, outcome: Outcome?)]) -> [Score] {
    Foresight.Source.allCases.map { source in
        let own = kept.filter { $0.foresight.source == source }
        let came = own.count { $0.outcome == .came }
        let not = own.count { $0.outcome == .didNotCome }
        return Score(
            source: source, came: came, didNotCome: not, cannotTell: own.count { $0.outcome == .cannotTell },
            open: own.count { $0.outcome == nil }, share: shareEstimate(came, of: came + not))
    }
}
