import ArgumentParser
import Foundation
import Languages
import Records
import Signals
import Statistics
import Store
import Turn
import Web

/// What keeps coming back.
struct Problems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Incidents that keep coming back: list them, look at one, join, split and name them.",
        discussion: """
            Example: ratchet problems list --candidates
                     ratchet problems show 12
                     ratchet problems split 12 INC0000045 INC0000046 --why "another printer"
                     ratchet problems join 12 40
            Groups are found by the words of titles with every turn. What a person joins or splits stays so.
            """,
        subcommands: [ListProblems.self, ShowProblem.self, JoinProblems.self, SplitProblem.self, NameProblem.self],
        defaultSubcommand: ListProblems.self)
}

private func asOf(_ store: any Store, _ organisation: Organisation) async throws -> Day {
    try await store.extents().map { organisation.zone.day(of: $0.lastKnown) }.max() ?? organisation.zone.day(of: now())
}

struct ListProblems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what keeps coming back, the costliest first.",
        discussion: "Example: ratchet problems list --candidates --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Only those worth finding the cause of.")
    var candidates = false

    @Option(help: "How many to print.")
    var top: Int = 100

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let organisation = try await Organisation(of: store)
        let all = try await store.recurringProblems()
        let names = try await store.problemNames()
        let shown = all.filter { $0.isCandidate || !candidates }.prefix(max(0, top))
        let day = try await asOf(store, organisation)
        if output.json {
            let documents = ProblemDocuments(words: words, asOf: day, rate: organisation.rate)
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.problems/1"), ("asOf", .string(day.description)),
                    ("problems", .array(shown.map { documents.json($0, name: names[$0.id]) })),
                ]).text + "\n")
        } else {
            let worth = all.filter(\.isCandidate)
            let hours = worth.compactMap { $0.hoursPerMonth?.estimate }
            let lead = words.problemLead(
                candidates: worth.count, groups: all.count, hours: hours.isEmpty ? nil : hours.reduce(0, +))
            try Terminal.write("\(lead)\n")
            for problem in shown {
                let name = names[problem.id] ?? problem.title
                let story = words.story(problem, name: name, asOf: day).text(in: words.language)
                try Terminal.write(
                    "\(problem.id). \(Terminal.bold(name)) (\(words.name(of: problem.standing)))\n   \(story)\n")
            }
        }
        try await store.close()
    }
}

struct ShowProblem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one problem with its incidents and what people said of it.",
        discussion: "Example: ratchet problems show 12 --json")

    @Argument(help: "The number of the problem.")
    var number: Int64

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "How many of its incidents to print, the latest first.")
    var top: Int = 50

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let organisation = try await Organisation(of: store)
        let lines = try await store.recurringIncidents(
            of: number, after: nil, limit: max(1, top), zone: organisation.zone)
        guard !lines.isEmpty else { throw noSuchProblem(number) }
        let problem = try await store.recurringProblem(number)
        let name = try await store.problemNames()[number]
        let entries = try await store.problemEntries(number)
        let day = try await asOf(store, organisation)
        if output.json {
            let documents = ProblemDocuments(words: words, asOf: day, rate: organisation.rate)
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.problem/1"), ("id", .integer(Int(number))),
                    ("problem", problem.map { documents.json($0, name: name) } ?? .null),
                    ("incidents", .array(lines.map { .string($0.line.number) })),
                    ("history", .array(entries.map { documents.json($0) })),
                ]).text + "\n")
        } else {
            try Terminal.write("\(number). \(Terminal.bold(name ?? problem?.title ?? lines[0].line.title))\n")
            if let problem {
                let story = words.story(problem, name: name ?? problem.title, asOf: day).text(in: words.language)
                try Terminal.write("   \(story)\n   \(words.meaning(of: problem.standing))\n")
                if let changes = problem.changes {
                    try Terminal.write(
                        "   \(words.told(changes, of: problem.spells)) \(changes.numbers.joined(separator: ", "))\n")
                }
            } else {
                try Terminal.write("   \(words.recurring(.notSummed))\n")
            }
            for one in lines {
                let opened = words.figures.time(one.line.openedAt, in: organisation.zone)
                try Terminal.write("   \(one.line.number)  \(opened)  \(one.line.title)\n")
            }
        }
        try await store.close()
    }
}

private func noSuchProblem(_ number: Int64) -> Failure {
    Failure(message: "there is no problem \(number); see ‘ratchet problems list’", code: 66)
}

/// Who says it, and why.
struct ProblemReason: ParsableArguments {
    @Option(help: "Why.")
    var why = ""

    @Option(help: "Who does it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"
}

struct JoinProblems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Bring all incidents of two problems together; the older number stays.",
        discussion: "Example: ratchet problems join 12 40 --why \"the same printer\"")

    @Argument(help: "The number of one problem.")
    var number: Int64

    @Argument(help: "The number of the other.")
    var other: Int64

    @OptionGroup var place: StoreOptions
    @OptionGroup var reason: ProblemReason

    func run() async throws {
        if number == other { throw ValidationError("a problem cannot be joined with itself") }
        let store = try await place.openExisting()
        guard
            let all = try await joinProblems(
                number, other, note: reason.why, by: reason.by, at: now(), in: store)
        else { throw Failure(message: "one of the problems \(number) and \(other) has no incidents", code: 66) }
        try Terminal.write("\(all)\n")
        try await store.close()
    }
}

struct SplitProblem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Take incidents out of a problem, to be one of their own.",
        discussion: "Example: ratchet problems split 12 INC0000045 INC0000046 --why \"another printer\"")

    @Argument(help: "The number of the problem.")
    var number: Int64

    @Argument(help: "Numbers of the incidents to take out.")
    var incidents: [String]

    @OptionGroup var place: StoreOptions
    @OptionGroup var reason: ProblemReason

    func run() async throws {
        let store = try await place.openExisting()
        guard
            let new = try await splitProblem(
                number, tickets: incidents, note: reason.why, by: reason.by, at: now(), in: store)
        else {
            throw Failure(
                message:
                    "none of these incidents is in problem \(number), or all are; see ‘ratchet problems show \(number)’",
                code: 65)
        }
        try Terminal.write("\(new)\n")
        try await store.close()
    }
}

struct NameProblem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "name", abstract: "Give a problem a name; an empty one takes it away.",
        discussion: "Example: ratchet problems name 12 \"Striped pages on floor 3\"")

    @Argument(help: "The number of the problem.")
    var number: Int64

    @Argument(help: "What people call it.")
    var name: String

    @OptionGroup var place: StoreOptions
    @OptionGroup var reason: ProblemReason

    func run() async throws {
        let store = try await place.openExisting()
        let lines = try await store.recurringIncidents(of: number, after: nil, limit: 1, zone: .utc)
        guard !lines.isEmpty else { throw noSuchProblem(number) }
        if name.utf8.count > 200 { throw ValidationError("a name has at most 200 characters") }
        try await store.nameProblem(number, name, by: reason.by, at: now())
        try await store.close()
    }
}
