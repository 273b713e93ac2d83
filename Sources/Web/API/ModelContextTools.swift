import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Turn

/// One question that can be asked: what changed, why, what is it worth, did it work.
struct ModelContextTool: Sendable {
    var name: String
    var title: String
    var about: String
    var takes: Shape
    var answer: @Sendable (ModelContext, JSON) async throws -> (text: String, document: JSON)

    var description: JSON {
        .object([
            ("name", .string(name)), ("title", .string(title)), ("description", .string(about)),
            ("inputSchema", takes.schema(isAnswer: false)),
            (
                "annotations",
                .object([
                    ("readOnlyHint", true), ("destructiveHint", false), ("idempotentHint", true),
                    ("openWorldHint", false),
                ])
            ),
        ])
    }

    /// More than this is no answer, but a list.
    private static let usual = 10
    private static let most = 50
    private static let limit = Shape.Member.may("limit", .whole(1...most), "How many; \(usual) unless said")
    private static let ticketsShown = 20

    static let all: [ModelContextTool] = [
        ModelContextTool(
            name: "what_changed", title: "What changed",
            about:
                "The findings of the latest analysis: what got worse or better, since when, how much and how sure, the strongest first.",
            takes: .of(
                .may("since", .day, "Only what changed on this day or later"),
                .may("measure", .line, "Only this measure"),
                .may("direction", .word(["worse", "better", "neutral"])), limit)
        ) { try await changed($0, $1) },
        ModelContextTool(
            name: "why", title: "Why",
            about:
                "What is behind a finding or an opportunity: the related findings, the latest tickets it rests on, and a first step.",
            takes: .of(.must("id", .line, "The id of a finding or an opportunity"))
        ) { try await why($0, $1) },
        ModelContextTool(
            name: "what_is_it_worth", title: "What is it worth",
            about:
                "The register of opportunities, ranked by the hours a month that doing something would be worth, with intervals.",
            takes: .of(limit)
        ) { try await worth($0, $1) },
        ModelContextTool(
            name: "did_it_work", title: "Did it work",
            about:
                "The improvements with where they stand and, once judged by their frozen plan, the verdict and the effect with its interval.",
            takes: .of(.may("improvement", .identifier, "Only this one, with its history"))
        ) { try await worked($0, $1) },
    ]

    private static func changed(_ context: ModelContext, _ asked: JSON) async throws -> (text: String, document: JSON) {
        let since = asked["since"]?.said.flatMap { Day($0) }
        let found = try await context.store.signals().filter { signal in
            (since.map { signal.at >= $0 } ?? true)
                && (asked["measure"]?.said.map { signal.measure.id == $0 } ?? true)
                && (asked["direction"]?.said.map { signal.direction.rawValue == $0 } ?? true)
        }
        let shown = found.prefix(asked["limit"]?.whole ?? usual)
        let documents = FindingDocuments(words: context.words)
        let turn = try await context.store.latestTurn()
        var text = shown.map { "\($0.id): \(context.words.sentence(for: $0))" }.joined(separator: "\n")
        if turn == nil {
            text = "Nothing has been analysed yet."
        } else if shown.isEmpty {
            text = "Nothing of this kind was found."
        }
        return (
            text,
            .object([
                ("asOf", turn.map { .string($0.asOf.description) } ?? .null), ("found", .integer(found.count)),
                ("expectedFalse", .number(turn?.expectedFalse ?? 0)),
                ("signals", .array(shown.map { documents.json($0) })),
            ])
        )
    }

    private static func why(_ context: ModelContext, _ asked: JSON) async throws -> (text: String, document: JSON) {
        let id = asked["id"]?.said ?? ""
        let opportunities = try await context.store.opportunities()
        let opportunity =
            opportunities.first { $0.id == id } ?? opportunities.first { $0.signals.contains { $0.id == id } }
        let signals = try await context.store.signals()
        guard let lead = signals.first(where: { $0.id == id }) ?? opportunity?.lead else {
            throw Problem.notFound("There is no finding or opportunity “\(id)”; ask what_changed or what_is_it_worth.")
        }
        let zone = try await Organisation(of: context.store).zone
        let opened = zone.start(of: lead.evidence.first)..<zone.start(of: lead.evidence.last + 1)
        var tickets: [TicketLine] = []
        if let kind = lead.measure.kind {
            tickets = try await context.store.tickets(kind, lead.slice, opened: opened, after: nil, limit: ticketsShown)
        }
        let documents = FindingDocuments(words: context.words)
        let related = opportunity?.signals.filter { $0.id != lead.id } ?? []
        var lines = [context.words.sentence(for: lead)]
        lines += related.map { "Beside it: \(context.words.sentence(for: $0))" }
        if let opportunity { lines.append("First step: \(context.words.firstStep(opportunity.firstStep))") }
        lines.append(
            tickets.isEmpty
                ? "It rests on \(lead.evidenceCount) records."
                : "It rests on \(lead.evidenceCount) tickets, the latest: \(tickets.map(\.number).joined(separator: ", "))."
        )
        return (
            lines.joined(separator: "\n"),
            .object([
                ("signal", documents.json(lead)), ("related", .array(related.map { documents.json($0) })),
                ("firstStep", opportunity.map { .string(context.words.firstStep($0.firstStep)) } ?? .null),
                (
                    "evidence",
                    .object([
                        ("count", .integer(lead.evidenceCount)), ("from", .string(lead.evidence.first.description)),
                        ("through", .string(lead.evidence.last.description)),
                        (
                            "tickets",
                            .array(
                                tickets.map {
                                    .object([
                                        ("number", .string($0.number)), ("title", .string($0.title)),
                                        ("file", .string($0.file)), ("line", .integer($0.line)),
                                    ])
                                })
                        ),
                    ])
                ),
            ])
        )
    }

    private static func worth(_ context: ModelContext, _ asked: JSON) async throws -> (text: String, document: JSON) {
        let organisation = try await Organisation(of: context.store)
        let all = try await context.store.opportunities().filter { !$0.isGoodNews }
        let shown = all.prefix(asked["limit"]?.whole ?? usual)
        let documents = FindingDocuments(words: context.words)
        let lines = shown.map {
            "\($0.rank). \($0.id): \(context.words.title(for: $0)) – \(context.words.text(.hours($0.hoursPerMonth)))"
        }
        return (
            lines.isEmpty ? "The register is empty." : lines.joined(separator: "\n"),
            .object([
                ("opportunities", .array(shown.map { documents.json($0, rate: organisation.rate) })),
                ("count", .integer(all.count)),
                ("currency", organisation.currency.isEmpty ? .null : .string(organisation.currency)),
            ])
        )
    }

    private static func worked(_ context: ModelContext, _ asked: JSON) async throws -> (text: String, document: JSON) {
        if let number = asked["improvement"]?.whole {
            guard let one = try await context.store.improvement(ID(Int64(number))) else {
                throw Problem.notFound("There is no improvement \(number); ask did_it_work without a number.")
            }
            let kept = KeptImprovement(id: ID(Int64(number)), improvement: one)
            return (line(kept), ImprovementDocuments.whole(kept))
        }
        let all = try await context.store.improvements()
        return (
            all.isEmpty ? "There are no improvements yet." : all.map(line).joined(separator: "\n"),
            .object([
                (
                    "improvements",
                    .array(
                        all.map { kept in
                            let judged = kept.improvement.rounds.last { $0.judgement != nil }?.judgement
                            guard case .object(let members) = ImprovementDocuments.json(kept) else { return .null }
                            return .object(
                                members + [
                                    ("verdict", judged.map { .string($0.verdict.rawValue) } ?? .null),
                                    ("effect", judged?.effect.map { .estimate($0) } ?? .null),
                                ])
                        })
                )
            ])
        )
    }

    private static func line(_ kept: KeptImprovement) -> String {
        let one = kept.improvement
        var line =
            "\(kept.id.value). \(one.title): \(one.state.word), round \(one.round.number), step \(one.round.step.rawValue) of 7"
        if let judged = one.rounds.last(where: { $0.judgement != nil })?.judgement {
            line += "; verdict: \(judged.verdict.rawValue)"
            if let effect = judged.effect {
                func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
                line += ", \(percent(effect.estimate)) (\(percent(effect.low)) to \(percent(effect.high)))"
            }
        } else {
            line += "; not judged yet"
        }
        return line
    }
}
