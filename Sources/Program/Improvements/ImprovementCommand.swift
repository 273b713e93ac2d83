import ArgumentParser
import Foundation
import Improvements
import Opportunities
import Records
import Store
import Turn
import Web

/// Reads the improvements of a store, and takes them through the seven steps.
struct ImprovementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "improvement",
        abstract: "The improvements under way: list them, show one, and take it through the seven steps.",
        discussion: """
            Example: ratchet improvement open "Answer mail sooner" --opportunity o97335th1sshht
                     ratchet improvement objective 1 "Half the waiting time" --measure incidents.timeToResolve --target 4
                     ratchet improvement forward 1
            A step is left when its evidence is there, or with --reason, which is kept and shown.
            """,
        subcommands: [
            ListImprovements.self, ShowImprovement.self, OpenImprovement.self, OwnImprovement.self, SetObjective.self,
            CheckData.self,
            NameCause.self, FreezePlan.self, AddAction.self, RaiseRoadblock.self, GoLiveSomewhere.self,
            EvaluateRound.self, WatchGain.self, MoveForward.self, MoveBack.self,
            PutOnHold.self, TakeUpAgain.self, Decide.self, BeginNextRound.self, CloseImprovement.self, Comment.self,
            Describe.self, Sort.self, Size.self, ServeGoal.self, PartOf.self, AddOption.self, ChooseOption.self,
            Approve.self, Support.self, Watch.self, Mentions.self, MergeImprovement.self,
            DepartmentPart.self, WaitFor.self, HandOver.self, RespondToRoadblock.self, ActionDone.self,
            NameTeam.self, Adopt.self, AdoptionNeeded.self, SlippedGain.self, SpendHours.self,
        ],
        defaultSubcommand: ListImprovements.self)
}

/// Which improvement, and who writes.
struct ImprovementOptions: ParsableArguments {
    @Argument(help: "The number of the improvement.")
    var number: Int64

    @OptionGroup var place: StoreOptions

    @Option(help: "Who does it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    @Option(help: "How many entries you saw: when there are more by now, nothing is written.")
    var seen: Int?

    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    /// Adds an entry, then prints what was found and where the improvement stands.
    /// - Parameters:
    ///   - version: What the writer saw; what is there now unless said.
    ///   - found: A line to print first, once the entry is kept.
    func add(seen version: Int? = nil, telling found: String = "", _ change: (Improvement) throws -> Change)
        async throws
    {
        try await addAll(seen: version, telling: found) { [try change($0)] }
    }

    /// Adds several entries at once, or none.
    func addAll(seen version: Int? = nil, telling found: String = "", _ changes: (Improvement) throws -> [Change])
        async throws
    {
        let store = try await place.openExisting()
        let kept = try await existing(store)
        let entries = try changes(kept).map { Entry($0, by: by, at: now()) }
        guard let after = try await store.append(entries, to: ID(number), seen: seen ?? version ?? kept.version) else {
            throw missing
        }
        let one = KeptImprovement(id: ID(number), improvement: after)
        try Terminal.write(json ? ImprovementDocuments.whole(one).text + "\n" : found + ImprovementText.standing(one))
        try await store.close()
    }

    func existing(_ store: any Store) async throws -> Improvement {
        guard let one = try await store.improvement(ID(number)) else { throw missing }
        return one
    }

    var missing: Failure {
        Failure(message: "there is no improvement \(number); see ‘ratchet improvement’", code: 66)
    }
}

/// An improvement in a few lines of text.
enum ImprovementText {
    static func standing(_ kept: KeptImprovement) -> String {
        let one = kept.improvement
        var text = "\(kept.id.value). \(Terminal.bold(one.title))\(one.owner.map { " (\($0))" } ?? "")\n"
        switch one.state {
        case .active:
            text += "   round \(one.round.number), step \(one.round.step.rawValue): \(one.round.step.told)\n"
            if !one.missing.isEmpty {
                text += "   to go on: \(one.missing.map(\.told).joined(separator: "; "))\n"
            }
        case .onHold(let reason): text += "   on hold: \(reason)\n"
        case .closed(let reason):
            text += one.mergedInto.map { "   goes on in improvement \($0)\n" } ?? "   closed: \(reason)\n"
        }
        if !one.blockedBy.isEmpty, one.state == .active {
            text += "   waits for: \(one.blockedBy.joined(separator: ", "))\n"
        }
        return text
    }
}

struct ListImprovements: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the improvements.", discussion: "Example: ratchet improvement list --json")

    @OptionGroup var place: StoreOptions
    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    func run() async throws {
        let store = try await place.openExisting()
        let all = try await store.improvements()
        if json {
            let document = JSON.object([
                ("schema", "ratchet.improvements/1"), ("improvements", .array(all.map(ImprovementDocuments.json))),
            ])
            try Terminal.write(document.text + "\n")
        } else if all.isEmpty {
            try Terminal.write("There are none yet; open one with ‘ratchet improvement open TITLE’.\n")
        } else {
            for kept in all { try Terminal.write(ImprovementText.standing(kept)) }
        }
        try await store.close()
    }
}

struct ShowImprovement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one improvement with its history.",
        discussion: "Example: ratchet improvement show 1 --json")

    @OptionGroup var options: ImprovementOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let kept = KeptImprovement(id: ID(options.number), improvement: try await options.existing(store))
        if options.json {
            let parts = children(of: kept.id, in: try await store.improvements().numbered)
            try Terminal.write(ImprovementDocuments.whole(kept, parts: parts).text + "\n")
        } else {
            try Terminal.write(ImprovementText.standing(kept))
            for entry in kept.improvement.entries {
                try Terminal.write("   \(entry.at) \(entry.by): \(entry.change.word)\n")
            }
        }
        try await store.close()
    }
}
