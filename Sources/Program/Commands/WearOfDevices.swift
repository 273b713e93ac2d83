import ArgumentParser
import SeriesFiles

/// Tells how long devices will last, from readings that come as a file; needs no store.
struct WearOfDevices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wear",
        abstract: "Say how much time devices have left, with a range, from their readings.",
        discussion: """
            Example: ratchet wear readings.csv --unit unit --time cycle --train histories.csv
            Example: ratchet wear batteries.csv --unit device --time day --limit capacity=80
            One row a device and time. With --train the end is learned from devices that ran until they failed; with --limit it \
            is where the trend of a column meets a value. Writes CSV: unit,remaining,lo95,hi95 in steps of the time column; \
            empty where nothing can be said.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "The column that names a device.")
    var unit: String

    @Option(help: "The column of the time, a number.")
    var time: String

    @Option(help: ArgumentHelp("The column that wears and the value it must not reach.", valueName: "column=value"))
    var limit: String?

    @Option(help: ArgumentHelp("Readings of devices that ran until they failed.", valueName: "file"))
    var train: String?

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func run() async throws {
        var options = WearOptions(unit: unit, time: time)
        if let limit {
            guard let sign = limit.lastIndex(of: "="), let value = Double(limit[limit.index(after: sign)...]),
                value.isFinite
            else { throw ValidationError("--limit is written COLUMN=VALUE, such as capacity=80") }
            options.limit = (String(limit[..<sign]), value)
        }
        let chosen = options
        try await withReadablePath(file) { path in
            guard let train else {
                return try wear(of: path, shownAs: file, train: nil, chosen, write: Terminal.write)
            }
            try await withReadablePath(train) { histories in
                try wear(of: path, shownAs: file, train: (histories, train), chosen, write: Terminal.write)
            }
        }
    }
}
