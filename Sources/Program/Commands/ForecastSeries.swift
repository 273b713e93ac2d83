import ArgumentParser
import Connectors
import Foundation
import Records
import Statistics

/// Forecasts series that come as a file; needs no store.
struct ForecastSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast each series of a CSV file (unique_id,ds,y), with intervals that say how sure that is.",
        discussion: """
            Example: ratchet forecast monthly.csv --horizon 18 --season 12
            One row a step, series one after another. A season is used only where the data supports it.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "How many steps ahead.")
    var horizon: Int

    @Option(help: "Candidate seasons in steps: 7, or 24,168.")
    var season: String?

    @Option(help: "The level of the intervals in per cent.")
    var level = 95.0

    @Option(help: "auto: the one method there is for now.")
    var method = "auto"

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        if horizon < 1 || horizon > 10_000 { throw ValidationError("--horizon is 1 to 10000") }
        if !(level > 0 && level < 100) { throw ValidationError("--level is between 0 and 100") }
        if method != "auto" { throw ValidationError("there is no method “\(method)”; leave it out or say auto") }
        if try candidates().contains(where: { $0 < 1 }) { throw ValidationError("a season is at least 1 step") }
    }

    private func candidates() throws -> [Int] {
        guard let season else { return [] }
        return try season.split(separator: ",").map {
            guard let length = Int($0) else { throw ValidationError("“--season \(season)” is not a list of numbers") }
            return length
        }
    }

    func run() async throws {
        let seasons = try candidates()
        try await withReadablePath(file) { path in
            var out = "unique_id,ds_index,mean,lo95,hi95\n"
            try eachSeries(of: path, shownAs: file) { id, steps, values in
                let found = seasons.isEmpty ? SeriesFile.seasons(of: steps) : seasons
                do throws(ForecastError) {
                    let result = try forecast(values, horizon: horizon, seasons: found, level: level / 100)
                    for (i, value) in result.values.enumerated() {
                        out += "\(id),\(i + 1),\(value.estimate),\(value.low),\(value.high)\n"
                    }
                } catch {
                    guard case .tooShort(let known, let needed) = error else { return }
                    throw Failure(
                        message: "\(file): the series “\(id)” has \(known) values, and a forecast needs \(needed)",
                        code: 65)
                }
                if out.utf8.count > 1 << 16 {
                    try Terminal.write(out)
                    out = ""
                }
            }
            try Terminal.write(out)
        }
    }
}

/// Series as the engine's commands read them.
enum SeriesFile {
    /// Seasons that the dates themselves suggest: 7 for days, 24 and 168 for hours, 12 for months.
    static func seasons(of steps: [String]) -> [Int] {
        let moments = steps.prefix(3).compactMap { text in
            Moment(rfc3339: text) ?? Moment(rfc3339: text.replacing(" ", with: "T") + "Z")
                ?? Day(text.prefix(10)).flatMap { text.count == 10 ? $0.startInUTC : nil }
        }
        guard moments.count == min(3, steps.count), moments.count >= 2 else { return [] }
        let hours = moments[0].hours(to: moments[1])
        switch hours {
        case 1: return [24, 168]
        case 24: return [7]
        case 168: return [52]
        case 672...744: return [12]
        case 2016...2232: return [4]
        default: return []
        }
    }
}

/// Reads `unique_id,ds,y` and hands over one series after another; an empty y is a missing value.
private func eachSeries(
    of path: String, shownAs name: String, _ body: (String, [String], [Double?]) throws -> Void
) throws {
    var id: String?
    var steps: [String] = []
    var values: [Double?] = []
    var columns: (id: Int, step: Int, value: Int)?
    try eachRow(of: path) { row, line in
        guard let known = columns else {
            let header = row.map { $0.trimmingCharacters(in: .whitespaces) }
            guard let i = header.firstIndex(of: "unique_id"), let d = header.firstIndex(of: "ds"),
                let y = header.firstIndex(of: "y")
            else {
                throw Failure(message: "\(name):1: the header is not unique_id,ds,y; rename the columns", code: 65)
            }
            columns = (i, d, y)
            return
        }
        guard row.count > max(known.id, known.step, known.value) else {
            throw Failure(message: "\(name):\(line): has \(row.count) fields, too few for the header", code: 65)
        }
        if row[known.id] != id {
            if let id { try body(id, steps, values) }
            id = row[known.id]
            steps = []
            values = []
        }
        let cell = row[known.value].trimmingCharacters(in: .whitespaces)
        let value = Double(cell)
        guard value?.isFinite == true || cell.isEmpty || cell.lowercased() == "nan" else {
            throw Failure(message: "\(name):\(line): “\(cell)” is not a number; leave a missing value empty", code: 65)
        }
        steps.append(row[known.step])
        values.append(value?.isFinite == true ? value : nil)
    }
    if let id { try body(id, steps, values) }
    if columns == nil { throw Failure(message: "\(name): is empty; write a header unique_id,ds,y and rows", code: 65) }
}
