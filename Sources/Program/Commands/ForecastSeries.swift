import ArgumentParser
import SeriesFiles

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
            try forecasts(
                of: path, shownAs: file, horizon: horizon, seasons: seasons, level: level / 100, write: Terminal.write)
        }
    }
}
