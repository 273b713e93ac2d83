import Statistics

/// Finds the changes of every series of a file.
///
/// Rows that are absent where dates are otherwise regular are missing values, and the notes say so. All indices count the
/// rows there are, from 0; slopes and seasons are in steps.
/// - Parameters:
///   - seasons: Candidate lengths in steps; empty: what the dates suggest.
///   - write: Takes the JSON `{"series": {"ID": {"n", "changes": […]}}}` piece by piece.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func changes(
    of path: String, shownAs name: String, seasons: [Int], write: (String) throws -> Void
) throws {
    var out = "{\"series\": {"
    try eachSeriesOnce(of: path, shownAs: name) { rows, isFirst in
        let regular = try RegularSeries(rows, shownAs: name)
        let series = regular.series
        let suggested = regular.suggestedSeasons
        let report = Statistics.changes(
            in: series.values, seasons: seasons.isEmpty ? suggested : seasons, block: suggested.first)
        out += isFirst ? "\n" : ",\n"
        out += "\(jsonString(series.id)): \(json(report, of: regular))"
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out + "\n}}\n")
}

private func json(_ report: ChangeReport, of regular: RegularSeries) -> String {
    let last = regular.rows(before: report.count) - 1
    func row(_ step: Int) -> Int { min(regular.rows(before: step), last) }
    var out = "{\"n\": \(last + 1), \"changes\": ["
    out += report.changes.map { change in
        "{\"index\": \(row(change.index)), \"low\": \(row(change.low)), \"high\": \(row(change.high)), "
            + "\"before\": \(jsonNumber(change.before)), \"after\": \(jsonNumber(change.after)), "
            + "\"kind\": \"\(change.kind.rawValue)\", \"strength\": \(jsonNumber(change.strength)), "
            + "\"slopeBefore\": \(jsonNumber(change.slopeBefore)), \"slopeAfter\": \(jsonNumber(change.slopeAfter))}"
    }.joined(separator: ", ")
    out += "], \"spreadChanges\": ["
    out += report.spreadChanges.map { change in
        "{\"index\": \(row(change.index)), \"low\": \(row(change.low)), \"high\": \(row(change.high)), "
            + "\"ratio\": \(jsonNumber(change.ratio)), \"strength\": \(jsonNumber(change.strength))}"
    }.joined(separator: ", ")
    out += "], \"outliers\": [\(report.outliers.map { "\(row($0))" }.joined(separator: ", "))]"
    out += ", \"form\": \"\(report.form.rawValue)\", \"season\": \(report.season > 1 ? "\(report.season)" : "null")"
    out += ", \"cycle\": \(report.cycle.map(String.init) ?? "null"), \"autocorrelation\": \(report.autocorrelation)"
    out += ", \"segments\": ["
    out += report.segments.map {
        "{\"start\": \(regular.rows(before: $0.range.lowerBound)), \"end\": \(regular.rows(before: $0.range.upperBound)), "
            + "\"first\": \(jsonNumber($0.first)), \"last\": \(jsonNumber($0.last))}"
    }.joined(separator: ", ")
    let notes = (regular.gapNote.map { [$0] } ?? []) + report.remarks.map(sentence)
    return out + "], \"notes\": [\(notes.map(jsonString).joined(separator: ", "))]}"
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
