import Statistics

/// What is asked of `forecasts`.
public struct ForecastRequest: Sendable {
    /// Steps ahead, at least 1.
    public var horizon: Int
    /// Candidate lengths in steps; nil: what the dates suggest, or without dates the series itself. A season of 1 is none.
    public var seasons: [Int]?
    /// Of the intervals, between 0 and 1.
    public var level = 0.95
    /// One JSON document instead of a CSV.
    public var isJSON = false
    /// A value whose crossing is to be dated; in JSON only.
    public var limit: Double?

    public init(horizon: Int, seasons: [Int]? = nil, level: Double = 0.95, isJSON: Bool = false, limit: Double? = nil) {
        self.horizon = horizon
        self.seasons = seasons
        self.level = level
        self.isJSON = isJSON
        self.limit = limit
    }

    /// The candidates for one series.
    ///
    /// A day of steps shorter than a day has a week of seven of them: the week is a candidate where the day is.
    func candidates(for series: NamedSeries) -> [Int] {
        if let seasons {
            return seasons + seasons.filter { Self.days.contains($0) }.map { 7 * $0 }
        }
        return StepLength(of: series.steps) == nil ? likelySeasons(series.values) : series.suggestedSeasons
    }

    /// The candidates for a series whose days of the week may be closed.
    func candidates(for regular: RegularSeries) -> [Int] {
        seasons == nil && regular.length != nil ? regular.suggestedSeasons : candidates(for: regular.series)
    }

    /// The steps in a day where a step is an hour, half of one, a quarter, ten or five minutes.
    private static let days: Set = [24, 48, 96, 144, 288]
}

/// Forecasts every series of a file.
/// - Parameter write: Takes the CSV `unique_id,ds_index,mean,lo95,hi95`, or the JSON, piece by piece.
///
/// Rows that are absent where dates are otherwise regular are missing values, and the notes say so.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func forecasts(
    of path: String, shownAs name: String, _ request: ForecastRequest, write: (String) throws -> Void
) throws {
    var out = request.isJSON ? "{\"series\":{" : "unique_id,ds_index,mean,\(bounds(request.level))\n"
    try eachSeriesOnce(of: path, shownAs: name) { rows, isFirst in
        let regular = try RegularSeries(rows, shownAs: name)
        let series = regular.series
        let result: Forecast
        do throws(ForecastError) {
            result = try forecast(
                series.values, horizon: request.horizon, seasons: request.candidates(for: regular), level: request.level
            )
        } catch {
            guard case .tooShort(let known, let needed) = error else { return }
            throw SeriesFileError(
                "\(name):\(rows.lines.first ?? 1): the series “\(series.id)” has \(known) known values, and a forecast needs "
                    + "\(needed); remove it or bring more")
        }
        if request.isJSON {
            out += (isFirst ? "\n" : ",\n") + json(result, of: regular, request)
        } else {
            let id = quoted(series.id)
            for (i, value) in result.values.enumerated() {
                out += "\(id),\(i + 1),\(value.estimate),\(value.low),\(value.high)\n"
            }
        }
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(request.isJSON ? out + "\n}}\n" : out)
}

/// The names of the bounds' columns: `lo95,hi95`.
private func bounds(_ level: Double) -> String {
    let percent = (level * 1e6).rounded() / 1e4
    let text = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
    return "lo\(text),hi\(text)"
}

/// An identifier as a CSV cell.
private func quoted(_ id: String) -> String {
    guard id.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 32 }) else { return id }
    return "\"" + id.replacing("\"", with: "\"\"") + "\""
}

// MARK: JSON

/// One series as `"ID": {…}`, the keys in a fixed order.
private func json(_ result: Forecast, of regular: RegularSeries, _ request: ForecastRequest) -> String {
    let series = regular.series
    func time(_ step: Int) -> String { regular.date(step).map { ",\"time\":\(jsonString($0))" } ?? "" }
    var notes = result.notes.map { sentence($0, series) }
    if let note = regular.gapNote { notes.insert(note, at: 0) }
    let steps = result.values.enumerated().map { i, value in
        "{\"step\":\(i + 1)\(time(i + 1)),\"mean\":\(value.estimate),\"low\":\(value.low),\"high\":\(value.high)}"
    }
    let past = result.pastErrors.map {
        "{\"step\":\($0.step),\"forecasts\":\($0.forecasts),\"error\":\($0.meanAbsolute),\"coverage\":\($0.coverage)}"
    }
    let weights = result.weights.map { "\(jsonString($0.method.rawValue)):\($0.share)" }
    var parts = [
        "\"n\":\(series.values.count)", "\"level\":\(result.level)",
        "\"seasons\":[\(result.seasons.map { "\($0)" }.joined(separator: ","))]", "\"windows\":\(result.windows)",
        "\"weights\":{\(weights.joined(separator: ","))}", "\"forecast\":[\(steps.joined(separator: ","))]",
        "\"past\":[\(past.joined(separator: ","))]",
        "\"notes\":[\(notes.map(jsonString).joined(separator: ","))]",
    ]
    if let limit = request.limit { parts.append("\"limit\":" + json(result.crossing(of: limit), time)) }
    return "\(jsonString(series.id)):{\(parts.joined(separator: ","))}"
}

private func json(_ crossing: Crossing, _ time: (Int) -> String) -> String {
    let median = crossing.medianStep.map { "{\"step\":\($0)\(time($0))}" } ?? "null"
    let chances = crossing.bySteps.map { "\($0)" }.joined(separator: ",")
    return "{\"value\":\(crossing.limit),\"direction\":\(jsonString(crossing.direction.rawValue)),\"median\":\(median),"
        + "\"persistence\":\(crossing.persistence),\"p\":[\(chances)]}"
}

private func sentence(_ note: Forecast.Note, _ series: NamedSeries) -> String {
    switch note {
    case .tooShortToTest(let known): "only \(known) values: the last one is continued, and nothing could be tested"
    case .constant: "all values are the same"
    case .filled(let count, let of): "\(count) of \(of) values are missing and were filled for the fit"
    case .endMissing(let steps): "the last \(steps) values are missing; the forecast begins after them"
    case .levelShift(let before):
        "the level jumped at \(series.steps[before]); earlier values were moved to the new level"
    case .shortened(let to): "only the last \(to) values were used"
    case .counts: "small whole numbers: the bounds are those of a count"
    case .intermittent: "mostly zeros: one rate for all steps"
    case .fewBackTests: "little past to test on: the bounds are rough"
    }
}
