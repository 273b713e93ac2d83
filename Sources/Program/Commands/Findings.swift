import ArgumentParser
import Foundation
import Gains
import Languages
import Measures
import Opportunities
import Records
import Signals
import Store
import Turn
import Web

/// Prints the signals of the latest turn.
struct Signals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print everything that was found, what got worse first.",
        discussion: "Example: ratchet signals --kind levelShift --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only one kind: \(SignalKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: String?

    @Option(help: "Only one measure, such as incidents.timeToResolve.")
    var measure: String?

    func run() async throws {
        let words = try output.words()
        if let kind, SignalKind(rawValue: kind) == nil { throw ValidationError("there is no kind of signal “\(kind)”") }
        let store = try await place.openExisting()
        let found = try await store.signals().filter {
            (kind == nil || $0.kind.rawValue == kind) && (measure == nil || $0.measure.id == measure)
        }
        let record = try await store.latestTurn()
        let programme = try await store.programmeSignals().filter {
            measure == nil && (kind == nil || $0.kind.rawValue == kind)
        }
        if output.json {
            let documents = FindingDocuments(words: words)
            let others = programme.map { MomentumDocuments(words: words).json($0) }
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.signals/1"),
                    ("asOf", record.map { .string($0.asOf.description) } ?? .null),
                    (
                        "falseAlarms",
                        record.map {
                            .falseAlarms(
                                tested: $0.tested, reported: found.count, expectedFalse: $0.expectedFalse, rate: $0.rate
                            )
                        } ?? .null
                    ),
                    ("signals", .array(found.map { documents.json($0) } + others)),
                ]).text + "\n")
        } else if record == nil {
            try Terminal.write("\(words(.noSignals))\n")
        } else {
            for signal in found {
                let sentence = words.sentence(for: signal)
                let mark =
                    switch signal.direction {
                    case .worse: Terminal.worse("▲")
                    case .better: Terminal.better("▼")
                    case .neutral: "•"
                    }
                try Terminal.write("\(mark) \(sentence)\n")
            }
            for signal in programme {
                try Terminal.write("\(Terminal.worse("▲")) \(words.sentence(signal).text(in: words.language))\n")
            }
        }
        try await store.close()
    }
}

/// The register: what is worth doing, in which order and why, what it has brought, and who waits for whom.
struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what is worth doing, ranked by hours a month; and what the register knows beyond that.",
        discussion: """
            Example: ratchet register --top 5
                     ratchet register import CSI.csv
                     ratchet register rank
            """,
        subcommands: [
            ListOpportunities.self, RankRegister.self, StartSmall.self, ImportRegister.self, FindDuplicates.self,
            ShowBaseRates.self, ShowGains.self, ShowWaiting.self, ShowActions.self, ShowTime.self,
        ],
        defaultSubcommand: ListOpportunities.self)
}

/// Prints what is worth doing.
struct ListOpportunities: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print what is worth doing, ranked by hours a month.",
        discussion: "Example: ratchet register --top 5")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "How many to print; all, unless said.")
    var top: Int?

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let organisation = try await Organisation(of: store)
        let all = try await store.opportunities()
        let worse = Array(all.filter { !$0.isGoodNews }.prefix(top ?? .max))
        if output.json {
            var numbers: [String: [String]] = [:]
            for opportunity in worse {
                let lead = opportunity.lead
                guard let kind = lead.measure.kind else { continue }
                let from = organisation.zone.start(of: lead.evidence.first)
                let to = organisation.zone.start(of: lead.evidence.last + 1)
                numbers[lead.id] = try await store.tickets(
                    kind, lead.slice, opened: from..<to, after: nil, limit: 50
                ).map(\.number)
            }
            let known = numbers
            let documents = FindingDocuments(words: words)
            let rate = organisation.rate
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.register/1"),
                    (
                        "opportunities",
                        .array(
                            worse.map {
                                documents.json(
                                    $0, rate: rate, evidence: ($0.lead.evidenceCount, known[$0.lead.id] ?? []))
                            })
                    ),
                ]).text + "\n")
        } else {
            if worse.isEmpty { try Terminal.write("\(words(.noOpportunities))\n") }
            for opportunity in worse {
                try Terminal.write(
                    "\(opportunity.rank). \(Terminal.bold(words.title(for: opportunity)))\n"
                        + "   \(words.sentence(for: opportunity))\n   → \(words.firstStep(opportunity.firstStep))\n")
            }
        }
        try await store.close()
    }
}
