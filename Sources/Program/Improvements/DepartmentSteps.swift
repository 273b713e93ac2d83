import ArgumentParser
import Evaluations
import Improvements
import Records
import Statistics
import Store
import Turn

struct DepartmentPart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "department", abstract: "Say what a department has to do, and when it has.",
        discussion: "Example: ratchet improvement department 1 IT \"New server\" --lead Bo --due 2026-12-01")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The department.")
    var department: String
    @Argument(help: "What it has to do; as before unless said.")
    var text: String?
    @Option(help: "Who answers for it there.")
    var lead: String?
    @Option(help: "By when: 2026-12-01.")
    var due: Day?
    @Option(help: "The day it was done: 2026-11-30.")
    var done: Day?

    func run() async throws {
        try await options.add { one in
            let before = one.round.parts.first { $0.department == department }
            return .part(
                Part(
                    department: department, text: text ?? before?.text ?? "", lead: lead ?? before?.lead ?? "",
                    due: due ?? before?.due, doneOn: done ?? before?.doneOn))
        }
    }
}

struct WaitFor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Say that a department waits for another.",
        discussion:
            "Example: ratchet improvement wait 1 \"The terms\" --department IT --for Law --since 2026-11-20 --agreed 5")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "What is waited for.")
    var what: String
    @Option(help: "Who waits; the work as a whole unless said.")
    var department = ""
    @Option(name: .customLong("for"), help: "The department that is waited for.")
    var waitsFor: String
    @Option(help: "Since when: 2026-11-20.")
    var since: Day
    @Option(help: "Days in which the two have agreed to hand over.")
    var agreed: Int?

    func run() async throws {
        try await options.add { one in
            .waiting(
                Wait(
                    id: (one.waits.map(\.id).max() ?? 0) + 1, department: department, waitsFor: waitsFor, what: what,
                    since: since, agreedDays: agreed))
        }
    }
}

struct HandOver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handed-over", abstract: "Say that what was waited for has come.",
        discussion: "Example: ratchet improvement handed-over 1 2 2026-11-28")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The number of the wait.")
    var wait: Int
    @Argument(help: "The day: 2026-11-28.")
    var on: Day

    func run() async throws {
        try await options.add { one in
            guard var known = one.waits.first(where: { $0.id == wait }) else {
                throw Failure(message: "there is no wait \(wait); see ‘ratchet improvement show N --json’", code: 66)
            }
            known.until = on
            return .waiting(known)
        }
    }
}

struct RespondToRoadblock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "respond", abstract: "Say what is done about a roadblock, or that it is gone.",
        discussion: "Example: ratchet improvement respond 1 2 \"The canteen is free\" --cleared 2026-11-28")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The number of the roadblock.")
    var roadblock: Int
    @Argument(help: "What is done; as before unless said.")
    var response: String?
    @Option(help: "The day it was gone: 2026-11-28.")
    var cleared: Day?

    func run() async throws {
        try await options.add { one in
            guard var known = one.round.roadblocks.first(where: { $0.id == roadblock }) else {
                throw Failure(
                    message: "there is no roadblock \(roadblock); see ‘ratchet improvement show N --json’", code: 66)
            }
            known.response = response ?? known.response
            known.clearedOn = cleared ?? known.clearedOn
            return .roadblock(known)
        }
    }
}

struct ActionDone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that an action was done; of one that returns, this time.",
        discussion: "Example: ratchet improvement done 1 2 2026-11-28")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The number of the action.")
    var action: Int
    @Argument(help: "The day: 2026-11-28.")
    var on: Day

    func run() async throws { try await options.add { _ in .done(action: action, on: on) } }
}

struct NameTeam: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team", abstract: "Name a team that is to work by the new way, and how many people it has.",
        discussion: "Example: ratchet improvement team 1 \"First line\" --people 12 --department IT")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The team.")
    var team: String
    @Option(help: "How many people it has.")
    var people: Int
    @Option(help: "Its department.")
    var department = ""

    func run() async throws {
        try await options.add { _ in .team(AdoptingTeam(name: team, department: department, people: people)) }
    }
}

struct Adopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Say that a team, some of it, or a person works by the new way.",
        discussion: """
            Example: ratchet improvement adopt 1 "First line" --people 7 --on 2026-11-28
            Without --people and --person the whole team does.
            """)

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "The team.")
    var team: String
    @Option(help: "How many of it do by now.")
    var people: Int?
    @Option(help: "A person of it who says so.")
    var person: String?
    @Option(help: "The day of the count: 2026-11-28; today unless said.")
    var on: Day?

    func validate() throws {
        if people != nil, person != nil { throw ValidationError("say --people or --person, not both") }
    }

    func run() async throws {
        try await options.add { _ in
            if let people { return .adopted(Adoption(team: team, people: people, on: on ?? Zone.utc.day(of: now()))) }
            return person.map { .knows(person: $0, team: team) } ?? .acknowledged(team: team)
        }
    }
}

struct AdoptionNeeded: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adoption", abstract: "Let the evaluation wait until so many work by the new way.",
        discussion: "Example: ratchet improvement adoption 1 80")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "Per cent of the people in the teams; 0 for no such condition.")
    var percent: Double

    func run() async throws {
        try await options.add { _ in .adoptionNeeded(percent == 0 ? nil : percent / 100) }
    }
}

struct SlippedGain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipped", abstract: "Note that a proven gain slips, and begin the next round with it.",
        discussion: """
            Example: ratchet improvement slipped 1
            What is held, and since when it slips, is measured; when it holds, nothing is written.
            """)

    @OptionGroup var options: ImprovementOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let improvement = try await options.existing(store)
        guard let plan = improvement.round.plan else { throw LifeCycleError.noPlan }
        guard let evidence = try await Turn.evidence(for: plan.plan.needs, in: store) else {
            throw Failure(message: "there are no tickets in the store; bring some with ‘ratchet import FILE’", code: 65)
        }
        try await store.close()
        let watch: GainWatch
        do throws(Unwatched) {
            watch = try hold(improvement.round, evidence)
        } catch { throw Failure(message: error.told, code: 65) }
        guard let day = watch.slippedOn else {
            throw Failure(message: "it holds as of \(watch.through); there is nothing to begin anew", code: 65)
        }
        try await options.addAll(seen: improvement.version) { one in
            [.slipped(Slip(held: watch.held, on: day))] + (one.round.mayBeginAnew ? [.nextRound] : [])
        }
    }
}
