import ArgumentParser
import SeriesFiles

/// Predicts open cases from finished ones that come as files; needs no store.
struct PredictCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Predict hours to resolution and the probability that a target is missed, from finished cases.",
        discussion: """
            Example: ratchet predict --train finished.csv --test open.csv --id number
            One row a case, the finished ones in the order of time. Columns are found to be numbers, times, categories or \
            texts; those that open cases lack, or fill far less often, are not used. Writes CSV: case_id,predicted_hours,p_breach,lo80_hours,hi80_hours.
            """)

    @Option(help: ArgumentHelp("Finished cases with their outcomes.", valueName: "file"))
    var train: String

    @Option(help: ArgumentHelp("The cases to be predicted.", valueName: "file"))
    var test: String

    @Option(help: "The column that names a case.")
    var id = "case_id"

    @Option(help: "The column of the hours to resolution; empty where unknown.")
    var hours = "hours"

    @Option(help: "The column that is 1 where the target was missed, otherwise 0.")
    var breach = "breach"

    @Option(help: ArgumentHelp("Add the strongest reasons of each case, so many.", valueName: "n"))
    var reasons = 0

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func run() async throws {
        try await withReadablePath(train) { trainPath in
            try await withReadablePath(test) { testPath in
                try predictions(
                    train: trainPath, test: testPath, shownAs: (train, test),
                    CaseOptions(id: id, hours: hours, breach: breach, reasons: max(0, reasons)), write: Terminal.write)
            }
        }
    }
}
