import ArgumentParser
import Foundation
import SeriesFiles

/// Scores the rows of a stream as they come; needs no store.
struct AnomaliesOfSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomalies",
        abstract: "Say of each row of a stream (timestamp,value) how strange it is, knowing only the rows up to it.",
        discussion: """
            Example: tail -f load.csv | ratchet anomalies -
            Scores are 0 to 1: in a stream that keeps its habits one row in a hundred reaches 0.99, one in a thousand 0.999. \
            Empty values are missing; long silences and flat stretches are findings too.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func run() async throws {
        let output = FileHandle.standardOutput
        // Standard input is not spooled: a pipe must see scores as rows come.
        try anomalies(of: file, shownAs: file) { bytes in
            do { try output.write(contentsOf: Data(bytes)) } catch {
                throw Failure(message: "standard output: cannot be written; is the disk full?", code: 74)
            }
        }
    }
}
