import ArgumentParser
import CMalloc
import Foundation

/// The program: one verb a job.
@main
struct Ratchet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratchet",
        abstract: "Continual service improvement that turns only one way.",
        discussion: """
            Reads what a service desk already exports, finds what is getting worse, since when, how much it costs a month \
            and how sure that is.

            Start here:
              ratchet demo                    look at a real sample in the browser
              ratchet review incidents.csv    read an export and print what got worse
            """,
        version: Version.text,
        subcommands: [
            Review.self, ImportFiles.self, TurnLoop.self, Signals.self, Problems.self, Register.self,
            ImprovementCommand.self,
            Momentum.self, PolicyCommand.self, PeopleCommand.self, Serve.self, ModelContextServer.self,
            Demo.self, Check.self, Export.self, Backup.self, Restore.self, Settings.self,
            ForecastSeries.self, ChangesOfSeries.self, AnomaliesOfSeries.self, EvaluateSeries.self,
            DecomposeSeries.self,
            ControlSeries.self, ProcessOfEvents.self, ConformanceOfEvents.self, RecurringTexts.self,
            ThemesOfComments.self, PredictCases.self, WearOfDevices.self, Predictions.self,
        ])

    /// Runs a command; every error is one line, and its code says what kind it is.
    static func main() async {
        exitQuietlyWhenInterrupted()
        // Threads that share two heaps give back more of what they no longer need than threads with one each.
        _ = mallopt(M_ARENA_MAX, 2)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// Prints an error as it is promised, and ends.
    private static func leave(with error: any Error) -> Never {
        if let failure = Failure(error) { failure.leave() }
        let code = exitCode(for: error)
        // Help and version are asked for, not errors: they go to standard output as they are.
        guard code != .success, !(error is ExitCode) else { exit(withError: error) }
        let message = message(for: error).split(separator: "\n").first.map(String.init) ?? "wrong arguments"
        Failure(message: "\(message); see ‘ratchet --help’", code: 64).leave()
    }
}

/// What this build is called.
enum Version {
    static let text = "0.1.0"
}
