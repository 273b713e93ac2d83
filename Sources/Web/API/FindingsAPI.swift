import Gains
import Languages
import Measures
import Opportunities
import People
import Records
import Signals
import Store
import Turn

// The findings as JSON, in the words of the command line's contract.

extension Shape {
    static let next = Member.must("next", .optional(.line), "The cursor of the next page; null on the last")
    static let estimate = Shape.named(
        "Estimate", .of(.must("estimate", .number), .must("low", .number), .must("high", .number)))
    static let slice = Shape.named("Slice", .map(.line))

    static let signal = Shape.named(
        "Signal",
        .of(
            .must("id", .line), .must("kind", .word(SignalKind.allCases.map(\.rawValue))), .must("measure", .line),
            .must("unit", .line), .must("slice", slice), .must("at", .day), .must("atEarliest", .day),
            .must("atLatest", .day), .must("direction", .word(["worse", "better", "neutral"])),
            .must("before", estimate), .must("after", estimate), .must("relative", .anything),
            .must("q", .number, "The share of findings this strong that are false"),
            .must("hoursPerMonth", .optional(estimate)), .must("sentence", .prose)))

    static let opportunity = Shape.named(
        "Opportunity",
        .of(
            .must("id", .line), .must("rank", count), .must("title", .prose), .must("sentence", .prose),
            .must("signals", .list(.line)), .must("firstStep", .prose), .must("hoursPerMonth", estimate),
            .must("moneyPerMonth", .optional(estimate)), .must("effort", .word(["small", "medium", "large"])),
            .must("goodNews", .flag)))

    static let `import` = Shape.named(
        "Import",
        .of(
            .must("id", identifier), .must("file", .line), .must("startedAt", .moment), .must("state", .line),
            .must("rows", count), .must("rejected", count)))
}

extension Routes {
    static let findings: [Route] = [
        api(
            "GET", "/signals", .read, "Everything that was found",
            query: [
                ("kind", "Only this kind"), ("measure", "Only this measure"), ("direction", "worse, better or neutral"),
            ],
            Endpoint(
                words: ["kind": SignalKind.allCases.map(\.rawValue), "direction": ["worse", "better", "neutral"]],
                gives: .of(
                    .must("falseAlarms", .map(.number)), .must("signals", .list(.either([.signal, .map(.anything)]))),
                    Shape.next),
                isList: true)
        ) { try await apiSignals($0) },
        api(
            "GET", "/opportunities", .read, "The register, ranked",
            query: [("effort", "small, medium or large"), ("goodNews", "true or false")],
            Endpoint(
                words: ["effort": ["small", "medium", "large"], "goodNews": ["true", "false"]],
                gives: .of(.must("opportunities", .list(.opportunity)), Shape.next), isList: true)
        ) { try await apiOpportunities($0) },
        api(
            "GET", "/measures", .read, "The measures there are", query: [("kind", "incidents, requests, …")],
            Endpoint(
                words: ["kind": TicketKind.allCases.map(\.plural)],
                gives: .of(
                    .must(
                        "measures",
                        .list(
                            .named(
                                "Measure",
                                .of(
                                    .must("id", .line), .must("label", .line), .must("definition", .prose),
                                    .must("unit", .line), .must("kind", .line))))), Shape.next), isList: true)
        ) { try await apiMeasures($0) },
        api(
            "GET", "/measures/{id}", .read, "The weeks of a measure",
            query: Dimension.allCases.map { ($0.rawValue, "Only tickets with this \($0.rawValue)") },
            Endpoint(
                gives: .of(
                    .must("measure", .line), .must("unit", .line), .must("slice", .slice),
                    .must(
                        "weeks",
                        .list(
                            .of(
                                .must("from", .day), .must("through", .day), .must("value", .optional(.number)),
                                .must("count", .optional(.count)))))))
        ) { try await apiMeasure($0) },
        api(
            "GET", "/imports", .read, "What came in",
            Endpoint(gives: .of(.must("imports", .list(.import)), Shape.next), isList: true)
        ) { try await apiImports($0) },
        api("GET", "/imports/{id}", .read, "One import", Endpoint(gives: .import)) { call in
            let id = try call.number("id", of: "import")
            guard let found = try await call.store.imports(limit: Int.max).first(where: { $0.id.value == id }) else {
                throw Problem.notFound("There is no import \(id).")
            }
            return .json(json(found))
        },
    ]

    private static func apiSignals(_ call: Call) async throws -> Reply {
        let kind = try call.choice("kind", SignalKind.self)
        let direction = try call.word("direction", of: ["worse", "better", "neutral"])
        let all = try await call.store.signals().filter { signal in
            (kind.map { signal.kind == $0 } ?? true) && (direction.map { signal.direction.rawValue == $0 } ?? true)
                && (call.ask.value("measure").map { signal.measure.id == $0 } ?? true)
        }
        let turn = try await call.store.latestTurn()
        let page = try Window(call.ask).page(all) { $0.id }
        let documents = FindingDocuments(words: call.visit.words)
        // What the improvement work's own figures say has no measure of the desk; it stands behind the rest.
        var others: [ProgrammeSignal] = []
        if page.next == nil, direction == nil, call.ask.value("measure") == nil {
            others = try await call.store.programmeSignals().filter { signal in kind.map { signal.kind == $0 } ?? true }
        }
        let more = others.map { MomentumDocuments(words: call.visit.words).json($0) }
        return call.list(
            "signals", page.shown.map { documents.json($0) } + more, next: page.next,
            more: [
                (
                    "falseAlarms",
                    .falseAlarms(
                        tested: turn?.tested ?? 0, reported: all.count, expectedFalse: turn?.expectedFalse ?? 0,
                        rate: turn?.rate ?? 0)
                )
            ])
    }

    private static func apiOpportunities(_ call: Call) async throws -> Reply {
        let documents = FindingDocuments(words: call.visit.words)
        let rate = try await Organisation(of: call.store).rate
        let effort = try call.word("effort", of: ["small", "medium", "large"])
        let isGood = try call.flag("goodNews")
        let all = try await call.store.opportunities().filter {
            (effort == nil || $0.effort.rawValue == effort) && (isGood == nil || $0.isGoodNews == isGood)
        }
        let page = try Window(call.ask).page(all) { $0.id }
        return call.list("opportunities", page.shown.map { documents.json($0, rate: rate) }, next: page.next)
    }

    private static func apiMeasures(_ call: Call) async throws -> Reply {
        let kind = call.ask.value("kind")
        if let kind, !TicketKind.allCases.contains(where: { $0.plural == kind }) {
            let known = TicketKind.allCases.map(\.plural).joined(separator: ", ")
            throw Problem.badParameter("kind", "it is one of: \(known)")
        }
        let words = call.visit.words
        let page = try Window(call.ask).page(Measure.catalogue.filter { kind == nil || $0.kind?.plural == kind }) {
            $0.id
        }
        return call.list(
            "measures",
            page.shown.map { measure in
                .object([
                    ("id", .string(measure.id)), ("label", .string(words.label(measure))),
                    ("definition", .string(words.definition(measure))),
                    ("unit", .string(measure.symbol)),
                    ("kind", .string(measure.records.word)),
                ])
            }, next: page.next)
    }

    private static func apiMeasure(_ call: Call) async throws -> Reply {
        guard let measure = Measure(id: try call.value("id")) else { throw Refusal.notFound }
        guard let slice = slice(call.ask.query) else { throw Refusal.badAddress }
        let data = try await Facts(call.store)
        var weeks: [JSON] = []
        if let period = try await data.period(of: measure) {
            let series = data.weeks(measure, of: try await data.rollup(for: measure, slice), over: period)
            weeks = zip(series.steps, series.values).map { step, figure in
                .object([
                    ("from", .string(step.first.description)), ("through", .string(step.last.description)),
                    ("value", .optional(figure?.value)), ("count", figure.map { .integer($0.count) } ?? .null),
                ])
            }
        }
        return .json(
            .object([
                ("measure", .string(measure.id)), ("unit", .string(measure.symbol)),
                ("slice", .slice(slice)), ("weeks", .array(weeks)),
            ]))
    }

    private static func apiImports(_ call: Call) async throws -> Reply {
        let page = try Window(call.ask).page(try await call.store.imports(limit: Int.max)) { String($0.id.value) }
        return call.list("imports", page.shown.map(json), next: page.next)
    }

    static func json(_ one: Import) -> JSON {
        .object([
            ("id", .integer(Int(one.id.value))), ("file", .string(one.file)),
            ("startedAt", .string(one.startedAt.description)), ("state", .string(one.state.rawValue)),
            ("rows", .integer(one.rows)), ("rejected", .integer(one.rejected)),
        ])
    }

    static func ready(_ call: Call) async throws -> Reply {
        _ = try await call.store.accountCount()
        return .text("ready\n")
    }
}

extension Call {
    /// `true` or `false` in the query; nil where it is not said.
    func flag(_ name: String) throws -> Bool? {
        guard let text = ask.value(name) else { return nil }
        guard let flag = Bool(text) else { throw Problem.badParameter(name, "it is true or false") }
        return flag
    }
}
