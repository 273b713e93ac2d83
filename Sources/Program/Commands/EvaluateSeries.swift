import ArgumentParser
import SeriesFiles

/// Evaluates a change at a known time in a series that comes as a file; needs no store.
struct EvaluateSeries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Say what a change at a known time did, against what would have happened, and how sure that is.",
        discussion: """
            Example: ratchet evaluate daily.csv --value tickets --control other_region --start 2024-03-01 --better lower
            One row a step, a column a series; a missing day may be left out. The verdict is worked, worse, no difference,
            too early or cannot tell, with reasons. Shape, controls and least effect are to be fixed before looking.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "The first step after the start: a date, or a step as in the time column.")
    var start: String?

    @Option(help: "The last step that counts; the end of the file if left out.")
    var end: String?

    @Option(help: "The column that is evaluated.")
    var value = "y"

    @Option(help: "A column that the change cannot have touched; may be given several times.")
    var control: [String] = []

    @Option(help: "The time column; day, date, time, ds, month, week or year if left out, else the number of the row.")
    var time: String?

    @Option(help: "The season in steps, 1 for none; from the dates if left out, else 7.")
    var season: Int?

    @Option(help: "A column with the share that uses the change, 0 to 1: the shape of the effect.")
    var adoption: String?

    @Option(help: "How the effect comes: step, ramp:STEPS, washout:STEPS or gradual.")
    var shape = "step"

    @Option(help: "What is measured: level, ratio (durations), count, or share:COLUMN with the trials.")
    var scale = "level"

    @Option(help: "Which way is better: higher or lower.")
    var better = "higher"

    @Option(help: "The least effect of interest, 5% or in units; without it there is no verdict ‘no difference’.")
    var leastEffect: String?

    @Option(help: "COLUMN=MARGIN[:lower]: a measure that must not be harmed by more than the margin, 2% or in units.")
    var guardrail: [String] = []

    @Option(help: "Steps after the start at which the verdict is due; until then it is too early.")
    var review: Int?

    @Flag(help: "Allow a clear result to end it before the review; the final interval is 14 % wider.")
    var early = false

    @Flag(help: "The verdict stands or falls with the controls.")
    var needsControl = false

    @Option(help: "COLUMN=START or COLUMN=never: teams that began at different times, instead of --value and --start.")
    var team: [String] = []

    @Flag(help: "Write JSON; there is no other form.")
    var json = false

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        do throws(SeriesFileError) {
            try asked().check()
        } catch {
            throw ValidationError(error.message)
        }
    }

    private func asked() -> EvaluationRequest {
        var request = EvaluationRequest()
        request.time = time
        request.value = value
        request.controls = control
        request.adoption = adoption
        request.start = start
        request.end = end
        request.season = season
        request.shape = shape
        request.scale = scale
        request.better = better
        request.leastEffect = leastEffect
        request.guardrails = guardrail
        request.review = review
        request.mayStopEarly = early
        request.reliesOnControls = needsControl
        request.teams = team
        return request
    }

    func run() async throws {
        let request = asked()
        try await withReadablePath(file) { path in
            try Terminal.write(evaluation(of: path, shownAs: file, request))
        }
    }
}
