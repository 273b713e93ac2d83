import ArgumentParser
import SeriesFiles

/// Forecasts series that come as a file; needs no store.
struct ForecastSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast each series of a CSV file (unique_id,ds,y), with intervals that say how sure that is.",
        discussion: """
            Example: ratchet forecast monthly.csv --horizon 18 --season 12
            One row a step, series one after another. A season is used only where the data supports it; without --season the
            dates tell the candidates, or the series itself where its steps are plain numbers. A season of 1 step
            names no candidate; ‘--season none’ says that there is none.
            With --json: also the weights of the methods, the errors of earlier forecasts, and what was adjusted; with --limit
            the chance, by each step, that the limit has been crossed, and when that is as likely as not.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "How many steps ahead.")
    var horizon: Int

    @Option(help: "Candidate seasons in steps: 7, or 24,168.")
    var season: String?

    @Option(help: "The level of the intervals in per cent.")
    var level = 95.0

    @Flag(help: "Write one JSON document with all that is known of each forecast.")
    var json = false

    @Option(help: "A limit or target whose crossing is to be dated; implies --json.")
    var limit: Double?

    @Option(help: "auto: the combination of methods that did best on the series' own past.")
    var method = "auto"

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        if horizon < 1 || horizon > 10_000 { throw ValidationError("--horizon is 1 to 10000") }
        if !(level > 0 && level < 100) { throw ValidationError("--level is between 0 and 100") }
        if let limit, !limit.isFinite { throw ValidationError("--limit is a number") }
        if method != "auto" { throw ValidationError("there is no method “\(method)”; leave it out or say auto") }
        _ = try candidates()
    }

    /// Nil where none were named: 1 names none.
    private func candidates() throws -> [Int]? {
        guard let season else { return nil }
        if season == "none" { return [] }
        let lengths: [Int]
        do { lengths = try seasonLengths(season, least: 1) } catch { throw ValidationError(error.message) }
        return lengths.allSatisfy { $0 == 1 } ? nil : lengths
    }

    func run() async throws {
        let request = ForecastRequest(
            horizon: horizon, seasons: try candidates(), level: level / 100, isJSON: json || limit != nil, limit: limit)
        try await withReadablePath(file) { path in
            try forecasts(of: path, shownAs: file, request, write: Terminal.write)
        }
    }
}
