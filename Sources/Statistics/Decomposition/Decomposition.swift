/// What the numbers of a series are: it decides how their noise grows with their level.
public enum SeriesKind: Sendable, Equatable {
    /// Noise of about the same size everywhere.
    case measurements
    /// Whole numbers of things that happened: variance in proportion to the mean.
    case counts
    /// Shares between 0 and 1 of so many tries, one number of tries a step: variance p (1 − p) / tries.
    case shares(of: [Double])
}

/// A series as trend, seasons, holidays and what remains, in the series' own unit.
///
/// trend + seasons + holiday + remainder is the value, up to the rounding of the last addition.
public struct Decomposition: Sendable, Equatable {
    /// One season of a fixed length.
    public struct Season: Sendable, Equatable {
        /// Steps from one beginning to the next.
        public var length: Int
        /// One a step, about zero on average over any whole season; all zero where the data did not support the season.
        public var values: [Double]
        /// How many seasons each estimate looks at; 0 when one profile serves the whole series.
        public var window: Int
    }

    /// One a step, also where the value is missing.
    public var trend: [Double]
    /// As many as were asked for, shortest first.
    public var seasons: [Season]
    /// The effect of the step's kind of holiday; 0 on ordinary steps.
    public var holiday: [Double]
    /// What the parts leave over; not a number where the value is missing.
    public var remainder: [Double]
    /// How much each value was believed, from 0 (an outlier, or missing) to 1.
    public var weights: [Double]
    /// Steps that one estimate of the trend looks at.
    public var trendWindow: Int

    /// Trend, seasons and holiday together: the expected value of each step.
    public var expected: [Double] {
        trend.indices.map { t in seasons.reduce(trend[t]) { $0 + $1.values[t] } + holiday[t] }
    }
}

/// Why a series was not taken apart.
public enum DecompositionError: Error, Equatable, Sendable {
    /// Fewer known values than needed for a level.
    case tooShort(known: Int, needed: Int)
    /// A value is larger than 1e307 in size: a sum or a difference of the parts could leave the range of numbers.
    case tooLarge(step: Int)
    /// A list that must have one entry a step has another number of them.
    case lengths(values: Int, other: Int)
}

/// Takes a series apart into a trend, seasons, holidays and a remainder, robustly.
///
/// The scheme is STL's (Cleveland, Cleveland, McRae & Terpenning 1990, J. Official Statistics 6:3–73) for several seasons
/// (Bandara, Hyndman & Bergmeir 2021): local lines along the trend and along each phase of a season, repeated with bisquare
/// weights. Three things differ: the weights start from medians, so that outliers never enter; how fast a season may change,
/// whether there is one at all and how stiff the trend is are chosen by leaving values out; and a local line is computed at
/// knots a tenth of its window apart, joined by cubics, which makes a pass O(n) whatever the window.
/// - Parameters:
///   - values: One a step; whatever is not finite is missing.
///   - seasons: Lengths in steps. One of which fewer than two are covered gets all zeros.
///   - holidays: Empty, or the kind of holiday of each step; 0 is an ordinary step. Holidays shape neither trend nor
///     season. A kind with one known value has no effect of its own: one value cannot tell effect from noise.
/// - Throws: `tooShort` below 3 known values, `tooLarge`, `lengths`.
/// - Complexity: O(n) for each season, about 0.5 to 1 µs a value.
public func decomposed(
    _ values: [Double], seasons: [Int] = [], holidays: [Int] = [], kind: SeriesKind = .measurements
) throws(DecompositionError) -> Decomposition {
    let known = values.count { $0.isFinite }
    guard known >= 3 else { throw .tooShort(known: known, needed: 3) }
    if let step = values.firstIndex(where: { $0.isFinite && $0.magnitude > 1e307 }) { throw .tooLarge(step: step) }
    if !holidays.isEmpty, holidays.count != values.count {
        throw .lengths(values: values.count, other: holidays.count)
    }
    if case .shares(let tries) = kind, tries.count != values.count {
        throw .lengths(values: values.count, other: tries.count)
    }
    precondition(seasons.allSatisfy { $0 > 1 }, "A season is at least two steps long")
    // A season that an earlier one repeats in full says nothing new.
    var lengths: [Int] = []
    for length in seasons.sorted() where !lengths.contains(length) { lengths.append(length) }
    var fit = Backfit(values, lengths: lengths, holidays: holidays, kind: kind)
    fit.run()
    return fit.parts(of: values)
}
