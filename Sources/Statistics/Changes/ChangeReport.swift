/// When one series changed: the answer of `changes(in:seasons:block:)`.
public struct ChangeReport: Sendable, Equatable {
    /// The number of steps, missing ones included.
    public var count: Int
    /// In order of time.
    public var changes: [ChangePoint]
    /// When the spread around the level changed, in order of time: a separate answer, never mixed with the levels.
    public var spreadChanges: [SpreadChange]
    /// Steps with a single value far from its neighbours; the search did not take them for changes.
    public var outliers: [Int]
    /// The scale on which the changes were judged.
    public var form: ChangeForm
    /// The length in steps of the calendar's season that was taken out; 1 when there was none.
    public var season: Int
    /// The number of steps after which the series comes round by itself, where it does so without a calendar.
    public var cycle: Int?
    /// Of the noise, from one step to the next, as the search chose it from its grid.
    public var autocorrelation: Double
    /// The fitted stretches between the changes, for drawing; none where no search was made.
    public var segments: [ChangeSegment]
    /// What a reader must know before trusting the answer.
    public var remarks: [ChangeRemark]
}

/// One change of the level or of the trend.
public struct ChangePoint: Sendable, Equatable {
    /// The first step of the new stretch.
    public var index: Int
    /// The range of steps that holds the index with 95 %.
    public var low: Int
    public var high: Int
    /// The fitted value just before and at the index, in the unit of the series, without season.
    public var before: Double
    public var after: Double
    /// What the fit gains a step before and after, on the scale of `ChangeReport.form`.
    public var slopeBefore: Double
    public var slopeAfter: Double
    public var kind: Kind
    /// By how much the description gets shorter for the change, in units of twice a log likelihood, beyond its price.
    ///
    /// exp(-strength / 2) is roughly the evidence against the change.
    public var strength: Double

    public enum Kind: String, Sendable {
        case level, trend
        case levelAndTrend = "level and trend"
    }
}

/// One change of the spread around the level.
public struct SpreadChange: Sendable, Equatable {
    /// The first step with the new spread.
    public var index: Int
    /// The range of steps that holds the index with 95 %.
    public var low: Int
    public var high: Int
    /// The spread after, divided by the spread before.
    public var ratio: Double
    public var strength: Double
}

/// A stretch without a change.
public struct ChangeSegment: Sendable, Equatable {
    /// From the first step up to, but not including, the last.
    public var range: Range<Int>
    /// The fitted value at the first and the last step of the range, in the unit of the series, without season.
    public var first: Double
    public var last: Double
}

/// The scale on which a series was judged.
public enum ChangeForm: String, Sendable {
    case plain, logarithm
    case squareRoot = "square root"
}

/// What a reader must know before trusting the answer.
public enum ChangeRemark: Sendable, Hashable {
    /// Too few known values to search.
    case tooShort(known: Int, needed: Int)
    /// All known values are equal.
    case constant
    /// More than half of the values are equal; they were added up over so many steps first.
    case addedUp(steps: Int)
    /// More than half of the values are equal and could not be added up: false alarms are more frequent than stated.
    case uncalibrated
    /// The noise is so strongly autocorrelated that a wandering series can look like a change.
    case wanders
    /// The series comes round by itself after about so many steps.
    case cycle(steps: Int)
}
