import ArgumentParser
import SeriesFiles

/// Takes series that come as a file apart; needs no store.
struct DecomposeSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decompose",
        abstract: "Take each series of a CSV file (unique_id,ds,y) apart: trend, seasons, holidays, remainder.",
        discussion: """
            Example: ratchet decompose hourly.csv --season 24,168
            One row a step, series one after another; the parts add up to the value. Outliers count little: see the weight.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "Seasons in steps: 7, or 24,168; left out, what the dates suggest.")
    var season: String?

    @Option(help: "What the values are: measurements or counts.")
    var kind = NamedKind.measurements.rawValue

    @Option(help: "A holiday as it is written in the column ds; once for each.")
    var holiday: [String] = []

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        if NamedKind(rawValue: kind) == nil { throw ValidationError("--kind is measurements or counts") }
        do throws(SeriesFileError) {
            _ = try seasonLengths(season, least: 2)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let seasons = try seasonLengths(season, least: 2)
        try await withReadablePath(file) { path in
            try decompositions(
                of: path, shownAs: file, seasons: seasons, kind: NamedKind(rawValue: kind) ?? .measurements,
                holidays: Set(holiday), write: Terminal.write)
        }
    }
}
