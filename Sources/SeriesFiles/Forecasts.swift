import Statistics

/// Forecasts every series of a file.
/// - Parameters:
///   - horizon: Steps ahead, at least 1.
///   - seasons: Candidate lengths in steps; empty: what the dates suggest.
///   - level: Of the intervals, between 0 and 1.
///   - write: Takes the CSV `unique_id,ds_index,mean,lo95,hi95` piece by piece.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func forecasts(
    of path: String, shownAs name: String, horizon: Int, seasons: [Int], level: Double,
    write: (String) throws -> Void
) throws {
    var out = "unique_id,ds_index,mean,lo95,hi95\n"
    try eachSeries(of: path, shownAs: name) { series in
        do throws(ForecastError) {
            let result = try forecast(
                series.values, horizon: horizon, seasons: seasons.isEmpty ? series.suggestedSeasons : seasons,
                level: level)
            for (i, value) in result.values.enumerated() {
                out += "\(series.id),\(i + 1),\(value.estimate),\(value.low),\(value.high)\n"
            }
        } catch {
            guard case .tooShort(let known, let needed) = error else { return }
            throw SeriesFileError(
                "\(name): the series “\(series.id)” has \(known) values, and a forecast needs \(needed)")
        }
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out)
}
