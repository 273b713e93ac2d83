import Statistics

/// What the numbers of a file are, as it is said on the command line.
public enum NamedKind: String, Sendable, CaseIterable {
    case measurements, counts
}

/// Takes every series of a file apart.
///
/// A step that has no row where dates are otherwise regular is a missing value, and has a row of its own in what is written.
/// - Parameters:
///   - seasons: Lengths in steps; empty: what the dates suggest.
///   - holidays: The `ds` cells of holidays, as they are written in the file; all of one kind.
///   - write: Takes the CSV `unique_id,ds,trend,season1,…,holiday,remainder,weight` piece by piece. Without `seasons` every
///     series has as many season columns as the first; a missing value's remainder is empty.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func decompositions(
    of path: String, shownAs name: String, seasons: [Int], kind: NamedKind, holidays: Set<String> = [],
    write: (String) throws -> Void
) throws {
    var columns: Int?
    var out = ""
    func writeHeader(_ seasonCount: Int) {
        columns = seasonCount
        let heads = (0..<seasonCount).map { "season\($0 + 1)," }.joined()
        out += "unique_id,ds,trend,\(heads)holiday,remainder,weight\n"
    }
    try eachSeriesOnce(of: path, shownAs: name) { rows, _ in
        let regular = try RegularSeries(rows, shownAs: name)
        let series = regular.series
        let lengths = seasons.isEmpty ? regular.suggestedSeasons : seasons
        let parts = try parts(of: series, in: name, lengths, kind, holidays)
        if columns == nil { writeHeader(parts.seasons.count) }
        let id = csvCell(series.id)
        for t in series.values.indices {
            out += "\(id),\(csvCell(series.steps[t])),\(parts.trend[t]),"
            for s in 0..<(columns ?? 0) { out += s < parts.seasons.count ? "\(parts.seasons[s].values[t])," : "0.0," }
            out +=
                "\(parts.holiday[t]),\(parts.remainder[t].isNaN ? "" : "\(parts.remainder[t])"),\(parts.weights[t])\n"
            if out.utf8.count > 1 << 16 {
                try write(out)
                out = ""
            }
        }
    }
    if columns == nil { writeHeader(Set(seasons).count) }
    try write(out)
}

private func parts(
    of series: NamedSeries, in name: String, _ seasons: [Int], _ kind: NamedKind, _ holidays: Set<String>
) throws(SeriesFileError) -> Decomposition {
    func refusal(at step: Int, _ text: String) -> SeriesFileError {
        let line = step < series.lines.count ? series.lines[step] : 1
        return SeriesFileError("\(name):\(line): the series “\(series.id)” has \(text)")
    }
    if kind == .counts, let step = series.values.firstIndex(where: { $0 < 0 }) {
        throw refusal(at: step, "the negative count \(series.values[step]); say measurements")
    }
    do throws(DecompositionError) {
        return try decomposed(
            series.values, seasons: seasons,
            holidays: holidays.isEmpty ? [] : series.steps.map { holidays.contains($0) ? 1 : 0 },
            kind: kind == .counts ? .counts : .measurements)
    } catch {
        switch error {
        case .tooShort(let known, let needed):
            throw refusal(at: 0, "\(known) values, and a decomposition needs \(needed)")
        case .tooLarge(let step):
            throw refusal(
                at: step, "the value \(series.values[step]), too large to compute with; use a larger unit")
        case .lengths(let values, let other):
            throw refusal(at: 0, "\(values) values but \(other) marks")
        }
    }
}
