/// What comes next in a series: a weighted combination of light methods, with intervals from its own past errors.
///
/// The idea: methods differ in what they are good at, a combination is seldom far from the best of them, and how well each
/// did can be measured by forecasting the series' own past. So every method forecasts from up to twelve earlier points, its
/// weight falls with a power of its error there, and the interval comes from the combination's errors at each
/// distance. Bates and Granger (1969) on weights by past errors; Makridakis, Spiliotis and Assimakopoulos (2020) on the M4
/// competition, where combinations won. There is no search over models by likelihood and nothing random.
public struct Forecast: Sendable, Equatable {
    /// One a step ahead, with the interval at `level`.
    public var values: [Estimate]
    /// Of the intervals, between 0 and 1.
    public var level: Double
    /// How much each method counted; in all 1. Empty where the series was too short to tell, constant or intermittent.
    public var weights: [Weight]
    /// The candidate seasons that left a trace in the forecast, in steps, shortest first.
    public var seasons: [Int]
    /// From how many earlier points the forecast was tried on the series' own past.
    public var windows: Int
    /// How far earlier forecasts of the same kind were off, a step ahead each; shorter than `values` on short series.
    public var pastErrors: [PastError]
    /// What was done to the series, or must be known of the forecast.
    public var notes: [Note]
    /// The distribution behind each interval, for the chance that a limit is crossed.
    var outlook: Outlook

    /// A method and how much it counted.
    public struct Weight: Sendable, Equatable {
        public var method: Method
        public var share: Double
    }

    /// The methods that are combined.
    public enum Method: String, Sendable, CaseIterable {
        /// Regression on the last steps and those a season ago.
        case autoregression
        /// The same after the seasons' profiles have been taken out.
        case deseasonalisedAutoregression
        /// Exponential smoothing with half the trend (three quarters on short series), on logarithms where all values are positive.
        case theta
        /// Exponential smoothing with a trend that fades, on the same scale.
        case dampedTrend
        /// The same as `theta` on the values themselves, where the others see logarithms.
        case plainTheta
        /// A level that grows by a power of itself and by what it did of late; on short series only.
        case growth
        /// The same on values from which a season was taken that is added, not multiplied; on short series with a season only.
        case plainGrowth
        /// Regression of each change on the four before, about half the usual change; on short series only.
        case changes
        /// The same about three quarters of the usual change; on short series only.
        case steepChanges
        /// The same on the values themselves, where the others see logarithms, about the whole usual change; on short series
        /// only.
        case plainChanges
    }

    /// How earlier forecasts did at one distance.
    public struct PastError: Sendable, Equatable {
        /// Steps ahead, from 1.
        public var step: Int
        /// How many earlier forecasts could be checked at this distance.
        public var forecasts: Int
        /// The mean absolute error in the series' own unit; the weights did not know the values forecast.
        public var meanAbsolute: Double
        /// The share of them whose interval, made without them, held what came.
        public var coverage: Double
    }

    /// What was done to the series, or must be known of the forecast.
    public enum Note: Sendable, Equatable {
        /// Fewer than six values: the last one is continued and nothing could be tested.
        case tooShortToTest(known: Int)
        /// All values are the same: so is the forecast, without any width.
        case constant
        /// So many values were missing, and were filled for the fit.
        case filled(count: Int, of: Int)
        /// So many steps at the end were missing; the forecast spans them.
        case endMissing(steps: Int)
        /// The level jumped before this observation (counted from 0); what came earlier was moved to the new level.
        case levelShift(before: Int)
        /// Only the last part of a long series was used.
        case shortened(to: Int)
        /// Small whole numbers: the bounds are those of a count.
        case counts
        /// Mostly zeros: one rate for all steps.
        case intermittent
        /// Fewer than two forecasts of the whole span fit into the past: the interval is rough.
        case fewBackTests
    }
}

/// Why there is no forecast.
public enum ForecastError: Error, Equatable, Sendable {
    /// Fewer known values than a level can be told from.
    case tooShort(known: Int, needed: Int)
}

/// Forecasts a series.
///
/// Deterministic: the same input gives the same bits. About 0.1 ms for ten years of months, 1 ms for six weeks of hours.
/// - Parameters:
///   - values: One a step; not a number, or infinite, where nothing is known.
///   - horizon: Steps ahead, at least 1.
///   - seasons: Candidate lengths in steps; each counts only as far as the data supports it.
///   - level: Of the intervals, between 0 and 1.
/// - Throws: `ForecastError.tooShort` when fewer than two values are known.
public func forecast(
    _ values: [Double], horizon: Int, seasons: [Int] = [], level: Double = 0.95
) throws(ForecastError) -> Forecast {
    precondition(horizon >= 1, "A forecast looks at least one step ahead")
    precondition(level > 0 && level < 1, "The level of an interval lies between 0 and 1")
    let candidates = Set(seasons.filter { $0 > 1 }).sorted()
    // One value says nothing of how far the next may lie from it.
    let known = values.count { $0.isFinite }
    guard known >= 2, var series = PreparedSeries(values, candidates: candidates) else {
        throw .tooShort(known: known, needed: 2)
    }
    if let plain = plainForecast(series, horizon: horizon, level: level) { return plain }
    if series.isIntermittent { return intermittentForecast(series, horizon: horizon, level: level) }
    series.fill(candidates: candidates)
    series.moveToPresentLevel(candidates: candidates)
    var combination = Combination(series, horizon: horizon, candidates: candidates)
    return combination.forecast(level: level)
}
