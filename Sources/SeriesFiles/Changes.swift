import Statistics

/// Finds the changes of every series of a file.
/// - Parameters:
///   - seasons: Candidate lengths in steps; empty: what the dates suggest.
///   - write: Takes the JSON `{"series": {"ID": {"n", "changes": […]}}}` piece by piece.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func changes(
    of path: String, shownAs name: String, seasons: [Int], write: (String) throws -> Void
) throws {
    var out = "{\"series\": {"
    try eachSeriesOnce(of: path, shownAs: name) { series, isFirst in
        let suggested = series.suggestedSeasons
        let report = Statistics.changes(
            in: series.values, seasons: seasons.isEmpty ? suggested : seasons, block: suggested.first)
        out += isFirst ? "\n" : ",\n"
        out += "\(jsonString(series.id)): \(json(report))"
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out + "\n}}\n")
}

private func json(_ report: ChangeReport) -> String {
    var out = "{\"n\": \(report.count), \"changes\": ["
    out += report.changes.map { change in
        "{\"index\": \(change.index), \"low\": \(change.low), \"high\": \(change.high), "
            + "\"before\": \(jsonNumber(change.before)), \"after\": \(jsonNumber(change.after)), "
            + "\"kind\": \"\(change.kind.rawValue)\", \"strength\": \(jsonNumber(change.strength)), "
            + "\"slopeBefore\": \(jsonNumber(change.slopeBefore)), \"slopeAfter\": \(jsonNumber(change.slopeAfter))}"
    }.joined(separator: ", ")
    out += "], \"spreadChanges\": ["
    out += report.spreadChanges.map { change in
        "{\"index\": \(change.index), \"low\": \(change.low), \"high\": \(change.high), "
            + "\"ratio\": \(jsonNumber(change.ratio)), \"strength\": \(jsonNumber(change.strength))}"
    }.joined(separator: ", ")
    out += "], \"outliers\": [\(report.outliers.map(String.init).joined(separator: ", "))]"
    out += ", \"form\": \"\(report.form.rawValue)\", \"season\": \(report.season > 1 ? "\(report.season)" : "null")"
    out += ", \"cycle\": \(report.cycle.map(String.init) ?? "null"), \"autocorrelation\": \(report.autocorrelation)"
    out += ", \"segments\": ["
    out += report.segments.map {
        "{\"start\": \($0.range.lowerBound), \"end\": \($0.range.upperBound), "
            + "\"first\": \(jsonNumber($0.first)), \"last\": \(jsonNumber($0.last))}"
    }.joined(separator: ", ")
    return out + "], \"notes\": [\(report.remarks.map { jsonString(sentence($0)) }.joined(separator: ", "))]}"
}

private func sentence(_ remark: ChangeRemark) -> String {
    switch remark {
    case .tooShort(let known, let needed): "\(known) known values; at least \(needed) are needed to look for changes"
    case .constant: "all values are equal"
    case .addedUp(let steps): "more than half of the values are equal: they were added up over \(steps) steps first"
    case .uncalibrated:
        "more than half of the values are equal: changes are found by chance more often than stated; add up over longer steps"
    case .wanders:
        "the series wanders; only sudden moves stand out, and a wandering series can look like a change"
    case .cycle(let steps): "repeats about every \(steps) steps"
    }
}
