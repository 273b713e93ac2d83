import ArgumentParser
import Foundation
import Gains
import Languages
import Records
import Signals
import Store
import Turn
import Web

/// Tells whether the improvement work is alive.
struct Momentum: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell whether the improvement work is alive: the week's three questions, and what fades.",
        discussion: "Example: ratchet momentum --json",
        subcommands: [ShowMomentum.self, RespondToSign.self, ExplainMove.self], defaultSubcommand: ShowMomentum.self)
}

struct ShowMomentum: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Answer the three questions, and show what fades.",
        discussion: "Example: ratchet momentum show --language da")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let report = try await Turn.momentum(of: store, at: now())
        if output.json {
            try Terminal.write(MomentumDocuments(words: words).json(report).text + "\n")
        } else {
            try Terminal.write(text(report, words))
        }
        try await store.close()
    }

    private func text(_ report: MomentumReport, _ words: Words) -> String {
        var text = "\(Terminal.bold(words.momentumLead(signs: report.signs.count)))\n"
        for answer in report.answers {
            let word = words.told(answer.answer)
            text += "\n\(words.told(answer.question)) \(answer.answer == .yes ? Terminal.worse(word) : word)\n"
            text += "   \(words.sentence(answer).text(in: words.language))\n"
        }
        text += "\n"
        for reading in report.readings {
            let told =
                reading.shift.map { words.told($0) } ?? reading.silence.map { words.told($0) }
                ?? words.say(MomentumPhrase.holding)
            let value = reading.series.now.map { words.value($0, of: reading.series.measure) } ?? Figures.missing
            text += "\(words.labelled(words.name(of: reading.series.measure), value)) (\(told))\n"
        }
        for sign in report.signs {
            text += "\n\(sign.word)\n"
            for play in sign.plays { text += "   → \(words.told(play)) [\(play.rawValue)]\n" }
        }
        let open = report.shifts.filter { !$0.isExplained }
        if !open.isEmpty { text += "\n\(Terminal.bold(words.say(.unexplainedHeading)))\n" }
        for shift in open { text += "   \(shift.id): \(words.sentence(for: shift.signal))\n" }
        return text
    }
}

struct RespondToSign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "respond",
        abstract: "Write down what is done about a sign; the weeks that follow tell whether it helped.",
        discussion: "Example: ratchet momentum respond question.suggestionsDeclining --play answerOldSuggestions")

    @Argument(help: "The sign, as ‘ratchet momentum’ names it.")
    var sign: String

    @Option(help: "Which play of the playbook; something else, unless said.")
    var play: String?

    @Option(help: "A note.")
    var note = ""

    @OptionGroup var place: StoreOptions

    @Option(help: "Who does it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func run() async throws {
        guard let known = Sign(word: sign) else {
            throw ValidationError("there is no sign “\(sign)”; see ‘ratchet momentum’")
        }
        let chosen = play.flatMap { Play(rawValue: $0) }
        if let play, chosen == nil {
            throw ValidationError(
                "there is no play “\(play)”; choose one of \(known.plays.map(\.rawValue).joined(separator: ", "))")
        }
        let store = try await place.openExisting()
        try await store.respond(Response(sign: known, play: chosen, note: note, by: by, at: now()))
        try Terminal.write("\(known.word): kept\n")
        try await store.close()
    }
}

struct ExplainMove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why a measure moved, so that it stays explained.",
        discussion: "Example: ratchet momentum explain 97335th1sshht \"The office moved\"")

    @Argument(help: "The signal: an id of ‘ratchet signals --json’.")
    var signal: String

    @Argument(help: "Why it moved.")
    var cause: String

    @OptionGroup var place: StoreOptions

    @Option(help: "Who says so; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func run() async throws {
        guard !cause.allSatisfy(\.isWhitespace) else { throw ValidationError("say why it moved") }
        let store = try await place.openExisting()
        guard try await store.signals().contains(where: { $0.id == signal }) else {
            throw Failure(message: "there is no signal “\(signal)”; see ‘ratchet signals --json’", code: 66)
        }
        try await store.explain(Explanation(signal: signal, cause: cause, by: by, at: now()))
        try Terminal.write("\(signal): explained\n")
        try await store.close()
    }
}
