import Connectors

/// Reads as `eachSeries` does, and refuses a series whose rows are not together: its name could stand for two series.
/// - Parameter body: Takes a series, and whether it is the first.
func eachSeriesOnce(
    of path: String, shownAs name: String, _ body: (NamedSeries, _ isFirst: Bool) throws -> Void
) throws {
    var seen: Set<String> = []
    try eachSeries(of: path, shownAs: name) { series in
        guard seen.insert(series.id).inserted else {
            let line = try line(of: path, series: series.id, part: 1)
            throw SeriesFileError(
                "\(name):\(line): the series “\(series.id)” comes twice; sort the file so that its rows are together")
        }
        try body(series, seen.count == 1)
    }
}

/// The line on which the rows of a series begin: an error that tells it reads the file again, so that no line need be kept.
/// - Parameter part: 0 for the first rows of that name, 1 where the name comes again after another.
/// - Returns: 1 where there are no such rows.
func line(of path: String, series id: String, part: Int) throws -> Int {
    var columns: Int?
    var found = 1
    var (isWithin, parts) = (false, 0)
    try eachRowOfCells(of: path) { cells, line in
        guard let column = columns else {
            columns = cells.texts.firstIndex(of: "unique_id") ?? 0
            return
        }
        let isNamed = column < cells.count && cells.text(column) == id
        if isNamed, !isWithin, parts == part { found = line }
        if isWithin, !isNamed { parts += 1 }
        isWithin = isNamed
    }
    return found
}

/// Finds a cell of the column `ds` that no row has: a mistake that would else go unnoticed.
/// - Returns: The first of them by the alphabet; nil where all are there.
func absentStep(of steps: Set<String>, in path: String) throws -> String? {
    guard !steps.isEmpty else { return nil }
    var left = steps
    var column: Int?
    try eachRowOfCells(of: path) { cells, _ in
        guard let place = column else {
            column = cells.texts.firstIndex(of: "ds") ?? 0
            return
        }
        if place < cells.count, !left.isEmpty { left.remove(cells.text(place)) }
    }
    return left.min()
}

/// A cell as CSV has it: in quotation marks where it holds a comma, a quotation mark or the end of a line (RFC 4180).
func csvCell(_ text: String) -> String {
    let needsMarks = text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    return needsMarks ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
}
