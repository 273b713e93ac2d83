import ArgumentParser
import SeriesFiles

/// Finds the changes of series that come as a file; needs no store.
struct ChangesOfSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Find when each series of a CSV file (unique_id,ds,y) changed its level, its trend or its spread.",
        discussion: """
            Example: ratchet changes weekly.csv --season 52
            One row a step, series one after another. Writes JSON: each change with the range of steps that holds it with \
            95 %, its size and its strength. A season is used only where the data supports it.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "Candidate seasons in steps: 7, or 24,168.")
    var season: String?

    @Flag(help: "Write JSON; there is no other form.")
    var json = false

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        do throws(SeriesFileError) {
            _ = try seasonLengths(season, least: 1)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let seasons = try seasonLengths(season, least: 1)
        try await withReadablePath(file) { path in
            try changes(of: path, shownAs: file, seasons: seasons, write: Terminal.write)
        }
    }
}
