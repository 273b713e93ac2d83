import ArgumentParser
import Connectors
import Evaluations
import Foundation
import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Turn
import Web

/// Who an entry of the ranking is, in words and in JSON.
struct SubjectNames {
    let words: Words
    let opportunities: [String: Opportunity]

    init(_ words: Words, _ opportunities: [Opportunity]) {
        self.words = words
        self.opportunities = Dictionary(opportunities.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    }

    func title(_ candidate: RankCandidate) -> String {
        switch candidate.subject {
        case .improvement: candidate.title
        case .opportunity(let id): opportunities[id].map { words.title(for: $0) } ?? id
        }
    }

    func json(_ subject: RankCandidate.Subject) -> (String, JSON) {
        switch subject {
        case .improvement(let id): ("improvement", .integer(Int(id.value)))
        case .opportunity(let id): ("opportunity", .string(id))
        }
    }

    func json(_ ranked: Ranked) -> JSON {
        .object([
            ("rank", .integer(ranked.rank)), json(ranked.candidate.subject),
            ("title", .string(title(ranked.candidate))),
            ("hoursPerMonth", .estimate(ranked.candidate.hoursPerMonth)),
            ("probability", .estimate(ranked.rate.probability)), ("baseRate", BaseRateDocuments.json(ranked.rate)),
            ("effort", .text(ranked.candidate.effort?.rawValue)),
            ("effortDays", ranked.effortDays.map { .number($0) } ?? .null),
            ("score", ranked.score.map { .number($0) } ?? .null), ("unknown", .texts(ranked.unknown.map(\.rawValue))),
        ])
    }

    func text(_ ranked: Ranked) -> String {
        var text = "\(ranked.rank). \(Terminal.bold(title(ranked.candidate)))\n"
        if let score = ranked.score, let hours = ranked.candidate.hoursPerMonth, let days = ranked.effortDays {
            text +=
                "   "
                + words.text(
                    .rankReason(
                        hours: hours.estimate, chance: ranked.rate.probability.estimate, days: days, score: score))
                + "\n"
        } else {
            text += "   " + words.text(.notRanked(ranked.unknown)) + "\n"
        }
        return text + "   " + words.text(.baseRate(ranked.rate.told())) + "\n"
    }
}

/// How often improvements have worked, as JSON.
enum BaseRateDocuments {
    static func json(_ rate: BaseRate) -> JSON {
        .array(
            rate.levels.map {
                .object([
                    ("scope", .string($0.scope.rawValue)), ("worked", .integer($0.worked)),
                    ("finished", .integer($0.finished)), ("prior", .number($0.prior)), ("rate", .estimate($0.rate)),
                    ("medianEffect", $0.medianEffect.map { .number($0) } ?? .null),
                ])
            })
    }
}

struct RankRegister: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract:
            "Put opportunities and improvements in order: hours a month × the chance that it works ÷ days of work.",
        discussion: "Example: ratchet register rank --top 5 --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "How many to print; all, unless said.")
    var top: Int?

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let opportunities = try await store.opportunities()
        let improvements = try await store.improvements()
        try await store.close()
        let rates = BaseRates(improvements.map(\.improvement))
        let ranked = rank(candidates(opportunities, improvements.numbered), baseRates: rates).prefix(top ?? .max)
        let names = SubjectNames(words, opportunities)
        if output.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.ranking/1"),
                    (
                        "formula",
                        "hours a month × probability ÷ days of work; small is 5 days, medium 20, large 60"
                    ),
                    ("candidates", .array(ranked.map(names.json))),
                ]).text + "\n")
        } else {
            if ranked.isEmpty { try Terminal.write("\(words(.noOpportunities))\n") }
            for one in ranked { try Terminal.write(names.text(one)) }
        }
    }
}

struct ShowBaseRates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "base-rates", abstract: "Tell how often improvements of a kind have worked here.",
        discussion: "Example: ratchet register base-rates --type process --measure incidents.timeToResolve")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "people, process or technology.")
    var type: Change.Kind?
    @Option(help: "The measure: incidents.timeToResolve, …")
    var measure: String?
    @Option(help: "Words of the cause.")
    var cause = ""

    func validate() throws {
        if let measure, Measure(id: measure) == nil { throw ValidationError("there is no measure “\(measure)”") }
    }

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let rates = BaseRates(try await store.improvements().map(\.improvement))
        try await store.close()
        let rate = rates.rate(kind: type, quantity: measure.flatMap { Measure(id: $0) }?.quantity, cause: cause)
        if output.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.baseRates/1"), ("probability", .estimate(rate.probability)),
                    ("levels", BaseRateDocuments.json(rate)), ("undecided", .integer(rates.undecided)),
                    (
                        "prior",
                        .object([
                            ("worked", .number(BaseRates.prior.worked)), ("failed", .number(BaseRates.prior.failed)),
                            ("weight", .number(BaseRates.weight)),
                        ])
                    ),
                ]).text + "\n")
        } else {
            for level in rate.levels { try Terminal.write(words.text(.baseRate(level)) + "\n") }
            try Terminal.write(words.text(.chanceToWork(rate.probability)) + "\n")
        }
    }
}

struct StartSmall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start-small",
        abstract: "Pick the three improvements with the best odds to begin with, filled in.",
        discussion: """
            Example: ratchet register start-small
                     ratchet register start-small --open 1
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Open the pick of this rank, filled in.")
    var open: Int?
    @Option(help: "Who opens it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let names = SubjectNames(words, try await store.opportunities())
        guard let found = try await smallStarts(in: store, title: { words.title(for: $0) }) else {
            throw Failure(message: "there are no tickets in the store; bring some with ‘ratchet import FILE’", code: 65)
        }
        if let open { try await begin(found, open, names, store) }
        try await store.close()
        if output.json {
            try Terminal.write(document(found, names).text + "\n")
        } else {
            if found.picks.isEmpty { try Terminal.write(words(.noSmallStart) + "\n") }
            for pick in found.picks {
                try Terminal.write(
                    names.text(pick.ranked) + "   "
                        + words.text(.provableWithin(effect: pick.expectedEffect, weeks: pick.weeks)) + "\n")
            }
            for why in NotSmall.allCases {
                let count = found.lacking.values.count { $0 == why }
                if count > 0 { try Terminal.write("   \(count) × \(words(why.told))\n") }
            }
        }
    }

    /// Opens a pick that is an opportunity; one that is open already is left as it is.
    private func begin(_ found: SmallStarts, _ rank: Int, _ names: SubjectNames, _ store: any Store) async throws {
        guard found.picks.indices.contains(rank - 1) else {
            throw Failure(message: "there is no pick \(rank); there are \(found.picks.count)", code: 66)
        }
        let pick = found.picks[rank - 1]
        guard case .opportunity(let id) = pick.ranked.candidate.subject else {
            throw Failure(message: "pick \(rank) is open already; see ‘ratchet improvement’", code: 65)
        }
        let changes = try await firstChanges(
            names.title(pick.ranked.candidate), from: .opportunity(id: id), in: store)
        _ = try await store.open(changes.map { Entry($0, by: by, at: now()) })
    }

    private func document(_ found: SmallStarts, _ names: SubjectNames) -> JSON {
        .object([
            ("schema", "ratchet.startSmall/1"),
            (
                "picks",
                .array(
                    found.picks.map { pick in
                        .object([
                            ("ranked", names.json(pick.ranked)),
                            ("objective", ImprovementDocuments.json(pick.plan.objective)),
                            ("expectedEffect", .number(pick.expectedEffect)), ("weeks", .integer(pick.weeks)),
                            ("provableEffect", pick.plan.provableEffect.map { .number($0) } ?? .null),
                            (
                                "baseline",
                                .object([
                                    ("first", .day(pick.plan.baseline.first)), ("last", .day(pick.plan.baseline.last)),
                                ])
                            ),
                        ])
                    })
            ),
            (
                "lacking",
                .array(
                    found.lacking.map { ($0.key, $0.value) }.sorted { "\($0.0)" < "\($1.0)" }.map {
                        .object([names.json($0.0), ("lacks", .string($0.1.rawValue))])
                    })
            ),
        ])
    }
}

struct FindDuplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates", abstract: "Print improvements that look the same.",
        discussion: "Example: ratchet register duplicates; then ratchet improvement merge 4 --into 1")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let all = try await store.improvements()
        try await store.close()
        let found = duplicates(among: all.numbered)
        let titles = Dictionary(all.map { ($0.id, $0.improvement.title) }, uniquingKeysWith: { a, _ in a })
        if output.json {
            let pairs = found.map { pair -> JSON in
                .object([
                    ("first", .integer(Int(pair.first.value))), ("second", .integer(Int(pair.second.value))),
                    ("sharedWords", .texts(pair.sharedWords)), ("likeness", .number(pair.likeness)),
                    ("sameMeasure", .bool(pair.isSameMeasure)),
                ])
            }
            try Terminal.write(
                JSON.object([("schema", "ratchet.duplicates/1"), ("pairs", .array(pairs))]).text + "\n")
        } else {
            if found.isEmpty { try Terminal.write(words(.noDuplicates) + "\n") }
            for pair in found {
                try Terminal.write(
                    "\(pair.first.value). \(titles[pair.first, default: ""])\n"
                        + "\(pair.second.value). \(titles[pair.second, default: ""])\n"
                        + "   \(words.figures.percent(pair.likeness)): \(pair.sharedWords.joined(separator: ", "))\n")
            }
        }
    }
}
