import ArgumentParser
import Foundation
import Gains
import Languages
import Records
import Statistics
import Store
import Turn
import Web

/// Tells what will probably happen to open tickets and devices, and how right such sayings have been.
struct Predictions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell which open tickets will miss their target, and how right predictions have been.",
        discussion: "Predictions are made by ‘ratchet turn’. Example: ratchet predictions --json")

    @Option(help: "Show so many tickets, those most likely to miss their target first.")
    var limit = 20

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
    }

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let report = try await predictions(in: store, limit: limit)
        if output.json {
            try Terminal.write(PredictionDocuments(words: words).json(report).text + "\n")
        } else {
            try Terminal.write(text(report, words))
        }
        try await store.close()
    }

    private func text(_ report: PredictionReport, _ words: Words) -> String {
        typealias P = PredictionPhrase
        var text = "\(Terminal.bold(words.foreseen(P.ticketsHeading)))\n"
        if report.tickets.isEmpty { text += "   \(words.foreseen(P.noTickets))\n" }
        for ticket in report.tickets {
            let chance =
                ticket.isMissed ? words.foreseen(P.pastTarget) : ticket.chance.map { words.figures.percent($0) } ?? ""
            let range = words.figures.range(words.timeLeft(ticket.hours.low), words.timeLeft(ticket.hours.high))
            text += "\n\(ticket.number) \(chance)\n   "
            text +=
                "\(words.labelled(words.foreseen(P.hoursLeft), "\(words.timeLeft(ticket.hours.estimate)) (\(range))"))\n"
            for (heading, isFor) in [(P.speaksFor, true), (P.speaksAgainst, false)] {
                let own = ticket.reasons.filter { ($0.moved > 0) == isFor }.map { words.told($0) }
                if !own.isEmpty {
                    text += "   \(words.labelled(words.foreseen(heading), own.joined(separator: "; ")))\n"
                }
            }
            if let help = ticket.help {
                text += "   → \(words.foreseen(.help(help.deed, chance: help.chance, hours: help.hours)))\n"
            }
        }
        text += "\n\(Terminal.bold(words.foreseen(P.rightHeading)))\n"
        text += "   \(report.card.all.map { words.foreseen(.right($0)) } ?? words.foreseen(P.noScores))\n"
        if !report.devices.isEmpty { text += "\n\(Terminal.bold(words.foreseen(P.devicesHeading)))\n" }
        for device in report.devices {
            let left = device.days.map { words.days($0.estimate) } ?? words.foreseen(P.noTrend)
            text += "   \(words.labelled("\(device.device), \(words.label(device.measure))", left))\n"
        }
        return text
    }
}
