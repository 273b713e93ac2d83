import ArgumentParser
import Foundation
import Improvements
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Web

struct OpenImprovement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open an improvement, by hand or from what was found or suggested.",
        discussion: """
            Example: ratchet improvement open "Answer mail sooner" --opportunity o97335th1sshht
            From an opportunity or a signal its objective is filled in, from an opportunity its size too.
            """)

    @Argument(help: "What it is about, in a few words.")
    var title: String

    @Option(help: "The opportunity it comes from: an id of ‘ratchet register --json’.")
    var opportunity: String?
    @Option(help: "The signal it comes from: an id of ‘ratchet signals --json’.")
    var signal: String?
    @Option(help: "The suggestion it comes from, by its number.")
    var suggestion: Int64?
    @Option(help: "The improvement whose evaluation brought it up.")
    var evaluationOf: Int64?

    @OptionGroup var place: StoreOptions

    @Option(help: "Who opens it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    func validate() throws {
        let origins = [opportunity != nil, signal != nil, suggestion != nil, evaluationOf != nil].count(where: \.self)
        if origins > 1 { throw ValidationError("an improvement comes from one thing; name one origin") }
    }

    func run() async throws {
        let store = try await place.openExisting()
        let (origin, filled) = try await origin(in: store)
        let changes = [.opened(title: title, origin: origin)] + (try await Opening.rule(in: store)) + filled
        let id = try await store.open(changes.map { Entry($0, by: by, at: now()) })
        if let improvement = try await store.improvement(id) {
            let kept = KeptImprovement(id: id, improvement: improvement)
            try Terminal.write(
                json ? ImprovementDocuments.whole(kept).text + "\n" : ImprovementText.standing(kept))
        }
        try await store.close()
    }

    private func origin(in store: any Store) async throws -> (Change.Origin, [Change]) {
        if let opportunity {
            guard let found = try await store.opportunities().first(where: { $0.id == opportunity }) else {
                throw Failure(
                    message: "there is no opportunity “\(opportunity)”; see ‘ratchet register --json’", code: 66)
            }
            return (.opportunity(id: opportunity), found.firstChanges(objective: title))
        }
        if let signal {
            guard let found = try await store.signals().first(where: { $0.id == signal }) else {
                throw Failure(message: "there is no signal “\(signal)”; see ‘ratchet signals --json’", code: 66)
            }
            let wanted: Objective.Direction = found.measure.direction == .lowerIsWorse ? .higher : .lower
            return (
                .signal(id: signal),
                [
                    .objective(
                        Objective(
                            text: title, measure: found.measure.id, slice: found.slice, wanted: wanted,
                            target: found.before.estimate))
                ]
            )
        }
        if let suggestion { return (.suggestion(id: suggestion), []) }
        if let evaluationOf {
            guard let other = try await store.improvement(ID(evaluationOf)) else {
                throw Failure(message: "there is no improvement \(evaluationOf); see ‘ratchet improvement’", code: 66)
            }
            return (.evaluation(of: evaluationOf, round: other.round.number), [])
        }
        return (.hand, [])
    }
}

/// What every new improvement begins with.
enum Opening {
    /// The rule of approval as it is set now; nothing where none is.
    static func rule(in store: any Store) async throws -> [Change] {
        try await store.setting(.approval).flatMap { ApprovalRule(line: $0) }.map { [.rule($0)] } ?? []
    }
}
