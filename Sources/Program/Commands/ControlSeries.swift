import ArgumentParser
import SeriesFiles
import Statistics

/// Charts series that come as a file with control limits; needs no store.
struct ControlSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control",
        abstract:
            "Chart each series of a CSV file (unique_id,ds,y): limits, signals, and how often the rules alarm in vain.",
        discussion: """
            Example: ratchet control daily.csv --season 7 --phase 2024-03-01
            Prints JSON: centre and limits of every point, signals with their rule, and the average number of points
            between false alarms on data like these.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "auto, xmr, c, u, p, g (cases between events) or t (time between events).")
    var chart = "auto"

    @Option(help: "standard, western (Western Electric's four) or nelson (eight).")
    var rules = "standard"

    @Option(help: "Seasons in steps that the limits follow: 7, or 24,168.")
    var season: String?

    @Option(help: "Where a new level starts, as it is written in the column ds; once for each.")
    var phase: [String] = []

    @Option(help: "For u and p: a file alike with the denominators.")
    var denominators: String?

    @Flag(help: "Write JSON; there is no other form.")
    var json = false

    @Option(help: "Of the simulated false alarms.")
    var seed = 1

    func validate() throws {
        if chart != "auto", ChartKind(rawValue: chart) == nil {
            throw ValidationError("there is no chart “\(chart)”; say auto, xmr, c, u, p, g or t")
        }
        if ["u", "p"].contains(chart), denominators == nil {
            throw ValidationError("chart \(chart) needs --denominators FILE")
        }
        if !["standard", "western", "nelson"].contains(rules) {
            throw ValidationError("there are no rules “\(rules)”; say standard, western or nelson")
        }
        do throws(SeriesFileError) {
            _ = try seasonLengths(season, least: 2)
        } catch {
            throw ValidationError(error.message)
        }
    }

    private var chosenRules: [RunRule] {
        switch rules {
        case "western": RunRule.westernElectric
        case "nelson": RunRule.nelson
        default: RunRule.standard
        }
    }

    func run() async throws {
        let seasons = try seasonLengths(season, least: 2)
        try await withReadablePath(file) { path in
            try controlCharts(
                of: path, shownAs: file, kind: ChartKind(rawValue: chart), rules: chosenRules, seasons: seasons,
                phases: Set(phase), denominators: denominators, seed: UInt64(bitPattern: Int64(seed)),
                write: Terminal.write)
        }
    }
}
