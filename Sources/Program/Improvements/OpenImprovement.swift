import ArgumentParser
import Foundation
import Improvements
import Records
import Store
import Turn
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
        let changes: [Change]
        do {
            changes = try await firstChanges(title, from: try await origin(in: store), in: store)
        } catch let error as OriginError {
            throw Failure(message: error.told, code: 66)
        }
        let id = try await store.open(changes.map { Entry($0, by: by, at: now()) })
        if let improvement = try await store.improvement(id) {
            let kept = KeptImprovement(id: id, improvement: improvement)
            try Terminal.write(
                json ? ImprovementDocuments.whole(kept).text + "\n" : ImprovementText.standing(kept))
        }
        try await store.close()
    }

    private func origin(in store: any Store) async throws -> Change.Origin {
        if let opportunity { return .opportunity(id: opportunity) }
        if let signal { return .signal(id: signal) }
        if let suggestion { return .suggestion(id: suggestion) }
        guard let evaluationOf else { return .hand }
        guard let other = try await store.improvement(ID(evaluationOf)) else {
            throw OriginError.noSuchImprovement(evaluationOf)
        }
        return .evaluation(of: evaluationOf, round: other.round.number)
    }
}

extension OriginError {
    /// What is not there, and where to look.
    var told: String {
        switch self {
        case .noSuchOpportunity(let id): "there is no opportunity “\(id)”; see ‘ratchet register --json’"
        case .noSuchSignal(let id): "there is no signal “\(id)”; see ‘ratchet signals --json’"
        case .noSuchImprovement(let number): "there is no improvement \(number); see ‘ratchet improvement’"
        }
    }
}
