import Statistics

/// What a search is asked about.
struct Candidate: Hashable {
    var series: Int
    var kind: SignalKind
}

/// A finding of a search, in days of the window.
struct Found {
    var series: Int
    var kind: SignalKind
    /// The first day of the new state; of a trend 0.
    var day: Int
    var from: Int
    var through: Int
    /// What is undone: of counts e, the change as a share; of scores δ, on the scale of the logarithm or logit.
    var size: Double
    var relative: Estimate
    /// The level before, in the measure's unit, with the change undone.
    var before: Estimate
    var after: Estimate
    /// The logarithm of the chance of something as strange anywhere among the series.
    var logChance: Double
    /// Its share of the false discovery rate at which it is still told.
    var q = 1.0
}

/// A measure of many slices that can be searched for changes: what `search` needs to know of it.
protocol Searching {
    /// How many series there are, and how many of them, the first ones, have at most one dimension.
    var seriesCount: Int { get }
    var singleCount: Int { get }
    /// How many kinds of finding a series can have.
    var kindCount: Int { get }
    var days: Int { get }

    func dimensions(of series: Int) -> Int
    /// The candidates of a series with the logarithms of their tail probabilities, before any correction.
    func candidates(of series: Int) -> [(kind: SignalKind, logTail: Double, day: Int)]
    /// The same for one kind, whether or not it is the series' best story; nil when it cannot be told.
    func logTail(_ candidate: Candidate) -> Double?
    /// Whether a candidate holds when the weeks are put in another order.
    func passes(_ candidate: Candidate) -> Bool
    /// The numbers of a candidate.
    func describe(_ candidate: Candidate) -> Found?
    /// Takes a finding out of the data, or puts it back.
    mutating func undo(_ found: Found)
    mutating func putBack(_ found: Found)
    /// Fits all series anew that share tickets with those given; nil is all.
    mutating func refit(touching series: Int?)
    /// Fits this one series anew.
    mutating func refit(only series: Int)
}
