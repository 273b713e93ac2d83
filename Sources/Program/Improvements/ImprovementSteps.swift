import ArgumentParser
import Improvements
import Measures
import Records

struct OwnImprovement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "own", abstract: "Say who owns it.", discussion: "Example: ratchet improvement own 1 Ada")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The owner's name.")
    var owner: String

    func run() async throws { try await options.add { _ in .owned(by: owner) } }
}

struct SetObjective: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "objective", abstract: "Say what it is to reach, and in which measure that will show.",
        discussion: """
            Example: ratchet improvement objective 1 "Half the waiting" --measure incidents.timeToResolve --slice category=Email
            """)

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The objective in your own words.")
    var text: String

    @Option(help: "The measure: incidents.timeToResolve, incidents.opened, …")
    var measure: String?

    @Option(help: "The part of it, as often as needed: category=Email.")
    var slice: [String] = []

    @Flag(help: "Higher is better; otherwise as the measure says.")
    var higher = false

    @Option(help: "The value to reach, in the measure's unit.")
    var target: Double?

    @Option(name: .customLong("by-date"), help: "By when: 2026-12-31.")
    var date: Day?

    @Option(help: "Why it is changed; kept beside the frozen one.")
    var reason: String?

    func validate() throws {
        if let measure, Measure(id: measure) == nil {
            throw ValidationError(
                "there is no measure “\(measure)”; see the page Measures, or ‘ratchet signals --json’")
        }
        if let target, !target.isFinite { throw ValidationError("--target is a number") }
        _ = try Slice(argument: slice, "--slice")
    }

    func run() async throws {
        let falls = measure.flatMap { Measure(id: $0) }?.direction != .lowerIsWorse
        let objective = Objective(
            text: text, measure: measure, slice: try Slice(argument: slice, "--slice"),
            wanted: higher || !falls ? .higher : .lower,
            target: target,
            by: date)
        try await options.add { _ in reason.map { .revised(objective, reason: $0) } ?? .objective(objective) }
    }
}

struct NameCause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cause", abstract: "Name the cause that was found.",
        discussion: "Example: ratchet improvement cause 1 \"Mail waits for one person\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The cause.")
    var cause: String

    func run() async throws { try await options.add { _ in .cause(cause) } }
}

struct AddAction: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "action", abstract: "Add an action: who does what by when.",
        discussion:
            "Example: ratchet improvement action 1 \"Train two people\" --kind training --owner Bo --due 2026-12-01")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "What is done.")
    var text: String

    @Option(help: "training, deployment, process or communication.")
    var kind = Action.Kind.process

    @Option(help: "Who does it.")
    var owner: String

    @Option(help: "The department it belongs to.")
    var department = ""

    @Option(help: "By when: 2026-12-01.")
    var due: Day?

    @Option(help: "It returns after so many days, as a standing check does.")
    var every: Int?

    func run() async throws {
        try await options.add { one in
            .action(
                Action(
                    id: (one.round.actions.map(\.id).max() ?? 0) + 1, text: text,
                    kind: kind,
                    owner: owner, department: department, due: due, everyDays: every))
        }
    }
}

struct RaiseRoadblock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roadblock", abstract: "Say what stands in the way.",
        discussion:
            "Example: ratchet improvement roadblock 1 \"No training room\" --department Estates --since 2026-11-20")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "What it is.")
    var text: String

    @Option(help: "The department that is waited for.")
    var department = ""

    @Option(help: "Since when: 2026-11-20.")
    var since: Day

    @Option(help: "What is done about it.")
    var response = ""

    func run() async throws {
        try await options.add { one in
            .roadblock(
                Roadblock(
                    id: (one.round.roadblocks.map(\.id).max() ?? 0) + 1, text: text, department: department,
                    since: since,
                    response: response))
        }
    }
}

struct GoLiveSomewhere: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Say where the new way is in use, and since when.",
        discussion: "Example: ratchet improvement live 1 2026-12-01 --at \"Team 1\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The first day of the new way: 2026-12-01.")
    var date: Day

    @Option(help: "Where; everywhere unless said.")
    var at = ""

    func run() async throws {
        try await options.add { _ in .live(GoLive(place: at, on: date)) }
    }
}

struct MoveForward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward", abstract: "Leave the step for the next one.",
        discussion: "Example: ratchet improvement forward 1")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "Why, when the step's evidence is not there yet; it is kept and shown.")
    var reason: String?

    func run() async throws { try await options.add { _ in .forward(reason: reason) } }
}

struct MoveBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "back", abstract: "Go back to an earlier step, to do it again.",
        discussion: "Example: ratchet improvement back 1 --to 3 --reason \"It was not the cause\"")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "The step, 1 to 7.")
    var to: Int
    @Option(help: "Why.")
    var reason: String

    func validate() throws {
        if Step(rawValue: to) == nil { throw ValidationError("there are steps 1 to 7, and no step \(to)") }
    }

    func run() async throws {
        guard let step = Step(rawValue: to) else { return }
        try await options.add { _ in .back(to: step, reason: reason) }
    }
}

struct PutOnHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Put it on hold.",
        discussion: "Example: ratchet improvement hold 1 \"Waits for the budget\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "Why.")
    var reason: String

    func run() async throws { try await options.add { _ in .held(reason: reason) } }
}

struct TakeUpAgain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Take it up again.", discussion: "Example: ratchet improvement resume 1")

    @OptionGroup var options: ImprovementOptions

    func run() async throws { try await options.add { _ in .resumed } }
}

struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide what is done with the result: keep, extend, adjust or stop.",
        discussion: "Example: ratchet improvement decide 1 extend")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "keep, extend, adjust or stop.")
    var decision: Decision

    func run() async throws { try await options.add { _ in .decided(decision) } }
}

struct BeginNextRound: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next-round", abstract: "Begin the next round.",
        discussion: "Example: ratchet improvement next-round 1")

    @OptionGroup var options: ImprovementOptions

    func run() async throws { try await options.add { _ in .nextRound } }
}

struct CloseImprovement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close it.",
        discussion: "Example: ratchet improvement close 1 \"Merged into 4\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "Why.")
    var reason: String

    func run() async throws { try await options.add { _ in .closed(reason: reason) } }
}

struct Comment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment", abstract: "Say something about it.",
        discussion: "Example: ratchet improvement comment 1 \"The room is booked\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The comment.")
    var text: String

    func run() async throws { try await options.add { _ in .commented(text) } }
}
