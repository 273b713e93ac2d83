import ArgumentParser
import Improvements
import Opportunities
import People
import Records
import Statistics
import Store
import Web

extension Change.Kind: ExpressibleByArgument {}
extension Change.Stage: ExpressibleByArgument {}
extension Effort: ExpressibleByArgument {}

/// Hours a month as an argument: `40` or `40,30-60`.
struct HoursArgument: ExpressibleByArgument {
    let estimate: Estimate

    init?(argument: String) {
        let sides = argument.split(separator: ",")
        guard let value = sides.first.flatMap({ Double($0) }), value.isFinite, sides.count <= 2 else { return nil }
        guard sides.count == 2 else {
            estimate = Estimate(value, low: value, high: value)
            return
        }
        let ends = sides[1].split(separator: "-").compactMap { Double($0) }
        guard ends.count == 2, ends[0] <= value, value <= ends[1] else { return nil }
        estimate = Estimate(value, low: ends[0], high: ends[1])
    }
}

struct Describe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Give it another title, and tell more about it.",
        discussion:
            "Example: ratchet improvement describe 1 \"Answer mail sooner\" --text \"Mail waits for one person\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The title.")
    var title: String
    @Option(help: "What it is about.")
    var text = ""

    func run() async throws { try await options.add { _ in .described(title: title, text: text) } }
}

struct Sort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sort", abstract: "Say of which type it is, and to which stage of the service it belongs.",
        discussion: "Example: ratchet improvement sort 1 --type process --stage operation")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "people, process or technology.")
    var type: Change.Kind?
    @Option(help: "design, delivery, operation or change.")
    var stage: Change.Stage?

    func run() async throws {
        try await options.add { .sorted(kind: type ?? $0.kind, stage: stage ?? $0.stage) }
    }
}

struct Size: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size", abstract: "Say how much work it asks for, and the hours a month that are expected of it.",
        discussion: "Example: ratchet improvement size 1 --effort small --hours 40,30-60")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "small, medium or large.")
    var effort: Effort?
    @Option(help: "Hours a month, with an interval where there is one: 40,30-60.")
    var hours: HoursArgument?

    func run() async throws {
        try await options.add { .sized(effort: effort ?? $0.effort, benefit: hours?.estimate ?? $0.benefit) }
    }
}

struct ServeGoal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goal", abstract: "Name the strategic goal it serves.",
        discussion: "Example: ratchet improvement goal 1 \"Customers stay\"")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The goal; an empty text for none.")
    var goal: String

    func run() async throws { try await options.add { _ in .serves(goal: goal.isEmpty ? nil : goal) } }
}

struct PartOf: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "part-of", abstract: "Say of which improvement it is a part.",
        discussion: "Example: ratchet improvement part-of 3 --parent 1")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "The number of the improvement it is a part of; none unless said.")
    var parent: Int64?

    func run() async throws { try await options.add { _ in .belongs(to: parent) } }
}

struct AddOption: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "option", abstract: "Add a way to get there.",
        discussion: "Example: ratchet improvement option 1 \"Train two more people\" --effort small --hours 40,30-60")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The way.")
    var text: String
    @Option(help: "small, medium or large.")
    var effort: Effort?
    @Option(help: "Hours a month, with an interval where there is one: 40,30-60.")
    var hours: HoursArgument?

    func run() async throws {
        try await options.add { one in
            .choice(
                Choice(
                    id: (one.round.choices.map(\.id).max() ?? 0) + 1, text: text, hoursPerMonth: hours?.estimate,
                    effort: effort))
        }
    }
}

struct ChooseOption: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choose", abstract: "Choose one of the ways.",
        discussion: "Example: ratchet improvement choose 1 2")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The number of the way.")
    var option: Int

    func run() async throws { try await options.add { _ in .chosen(choice: option) } }
}

struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve its plan.",
        discussion: """
            Example: ratchet improvement approve 1 --by eve --as processOwner
            Who has an account approves in its role, and --as is not asked for.
            """)

    @OptionGroup var options: ImprovementOptions
    @Option(name: .customLong("as"), help: "The role: processOwner, improvementManager, …")
    var role: Role?

    func run() async throws {
        let store = try await options.place.openExisting()
        let account = try await store.accounts().first {
            $0.login.lowercased() == options.by.lowercased() && $0.isActive
        }
        try await store.close()
        guard let role = account?.role ?? role else {
            throw Failure(message: "nobody here has the account “\(options.by)”; say the role with --as", code: 64)
        }
        guard role.may(.approve) else {
            throw Failure(message: "a \(role.rawValue) may not approve", code: 77)
        }
        try await options.add { _ in .approval(.by(name: options.by, role: role.rawValue)) }
    }
}

struct Support: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support", abstract: "Say that you want it.",
        discussion: "Example: ratchet improvement support 1 --by Bo")

    @OptionGroup var options: ImprovementOptions
    @Flag(help: "No longer.")
    var stop = false

    func run() async throws {
        try await options.add { _ in stop ? .unsupported(by: options.by) : .supported(by: options.by) }
    }
}

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Be told what happens to it.",
        discussion: "Example: ratchet improvement watch 1 --by Bo")

    @OptionGroup var options: ImprovementOptions
    @Flag(help: "No longer.")
    var stop = false

    func run() async throws {
        try await options.add { _ in stop ? .unwatched(by: options.by) : .watched(by: options.by) }
    }
}

struct Mentions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mentions", abstract: "List the comments that call somebody by name.",
        discussion: "Example: ratchet improvement mentions Bo --json")

    @Argument(help: "The name.")
    var name: String
    @OptionGroup var place: StoreOptions
    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    func run() async throws {
        let store = try await place.openExisting()
        let known = try await store.accounts().flatMap { [$0.login, $0.name] } + [name]
        var found: [(KeptImprovement, Remark)] = []
        for kept in try await store.improvements() where kept.improvement.mergedInto == nil {
            for remark in kept.improvement.comments
            where remark.mentions(known: known).contains(where: { $0.lowercased() == name.lowercased() }) {
                found.append((kept, remark))
            }
        }
        try await store.close()
        if json {
            let all = found.map { kept, remark -> JSON in
                .object([
                    ("improvement", .integer(Int(kept.id.value))), ("title", .string(kept.improvement.title)),
                    ("at", .string(remark.at.description)), ("by", .string(remark.by)), ("text", .string(remark.text)),
                ])
            }
            try Terminal.write(
                JSON.object([("schema", "ratchet.mentions/1"), ("mentions", .array(all))]).text + "\n")
        } else {
            for (kept, remark) in found {
                try Terminal.write("\(kept.id.value). \(kept.improvement.title)\n   \(remark.by): \(remark.text)\n")
            }
        }
    }
}

struct MergeImprovement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Say that it is the same as another, and let it go on there.",
        discussion: """
            Example: ratchet improvement merge 4 --into 1
            It keeps its entries; whoever watches, supports or has said something comes along.
            """)

    @OptionGroup var options: ImprovementOptions
    @Option(help: "The improvement that goes on.")
    var into: Int64

    func run() async throws {
        let store = try await options.place.openExisting()
        let first = try await options.existing(store)
        guard let second = try await store.improvement(ID(into)) else {
            throw Failure(message: "there is no improvement \(into); see ‘ratchet improvement’", code: 66)
        }
        guard
            let after = try await store.merge(
                ID(options.number), into: ID(into), seen: (options.seen ?? first.version, second.version),
                by: options.by, at: now())
        else { throw options.missing }
        let kept = KeptImprovement(id: ID(into), improvement: after)
        try Terminal.write(
            options.json ? ImprovementDocuments.whole(kept).text + "\n" : ImprovementText.standing(kept))
        try await store.close()
    }
}
