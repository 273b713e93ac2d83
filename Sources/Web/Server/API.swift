import Languages
import Measures
import Opportunities
import People
import Records
import Signals
import Statistics
import Store

// The findings as JSON, in the words of the command line's contract.

extension Routes {
    static let api: [Route] = [
        Route(
            "GET", "/api/v1/signals", .read, "Everything that was found",
            query: [("kind", "Only this kind"), ("measure", "Only this measure")], answer: { try await apiSignals($0) }),
        Route(
            "GET", "/api/v1/opportunities", .read, "The register, ranked", answer: { try await apiOpportunities($0) }),
        Route(
            "GET", "/api/v1/measures/{id}", .read, "The weeks of a measure",
            query: Dimension.allCases.map { ($0.rawValue, "Only tickets with this \($0.rawValue)") },
            answer: { try await apiMeasure($0) }),
        Route("GET", "/api/v1/imports", .read, "What came in", answer: { try await apiImports($0) }),
    ]

    private static func apiSignals(_ call: Call) async throws -> Reply {
        let signals = try await call.store.signals().filter { signal in
            (call.ask.value("kind").map { signal.kind.rawValue == $0 } ?? true)
                && (call.ask.value("measure").map { signal.measure.id == $0 } ?? true)
        }
        let turn = try await call.store.latestTurn()
        return .json(
            .object([
                (
                    "falseAlarms",
                    .object([
                        ("tested", .integer(turn?.tested ?? 0)), ("reported", .integer(signals.count)),
                        ("expectedFalse", .number(turn?.expectedFalse ?? 0)), ("rate", .number(turn?.rate ?? 0)),
                    ])
                ), ("signals", .array(signals.map { json($0, call.visit.words) })),
            ]))
    }

    private static func apiOpportunities(_ call: Call) async throws -> Reply {
        let words = call.visit.words
        let all = try await call.store.opportunities()
        return .json(
            .object([
                (
                    "opportunities",
                    .array(
                        all.map { o in
                            .object([
                                ("id", .string(o.id)), ("rank", .integer(o.rank)),
                                ("title", .string(words.title(for: o))),
                                ("sentence", .string(words.sentence(for: o))),
                                ("signals", .array(o.signals.map { .string($0.id) })),
                                ("firstStep", .string(words.firstStep(o.firstStep))),
                                ("hoursPerMonth", json(o.hoursPerMonth)), ("effort", .string(o.effort.rawValue)),
                                ("goodNews", .bool(o.isGoodNews)),
                            ])
                        })
                )
            ]))
    }

    private static func apiMeasure(_ call: Call) async throws -> Reply {
        guard let measure = Measure(id: try call.value("id")) else { throw Refusal.notFound }
        guard let slice = slice(call.ask.query) else { throw Refusal.badAddress }
        let data = try await Facts(call.store)
        var weeks: [JSON] = []
        if let period = data.period(measure.kind) {
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
                ("measure", .string(measure.id)), ("unit", .string(measure.unit.symbol(for: measure.kind))),
                ("slice", json(slice)), ("weeks", .array(weeks)),
            ]))
    }

    private static func apiImports(_ call: Call) async throws -> Reply {
        let imports = try await call.store.imports(limit: 1000)
        return .json(
            .object([
                (
                    "imports",
                    .array(
                        imports.map {
                            .object([
                                ("id", .integer(Int($0.id.value))), ("file", .string($0.file)),
                                ("startedAt", .string($0.startedAt.description)),
                                ("state", .string($0.state.rawValue)), ("rows", .integer($0.rows)),
                                ("rejected", .integer($0.rejected)),
                            ])
                        })
                )
            ]))
    }

    static func ready(_ call: Call) async throws -> Reply {
        _ = try await call.store.accountCount()
        return .text("ready\n")
    }

    private static func json(_ estimate: Estimate) -> JSON {
        .object([
            ("estimate", .number(estimate.estimate)), ("low", .number(estimate.low)), ("high", .number(estimate.high)),
        ])
    }

    private static func json(_ slice: Slice) -> JSON {
        .object(slice.parts.map { ($0.dimension.rawValue, .string($0.value)) })
    }

    private static func json(_ s: Signal, _ words: Words) -> JSON {
        .object([
            ("id", .string(s.id)), ("kind", .string(s.kind.rawValue)), ("measure", .string(s.measure.id)),
            ("unit", .string(s.measure.unit.symbol(for: s.measure.kind))), ("slice", json(s.slice)),
            ("at", .string(s.at.description)), ("atEarliest", .string(s.atEarliest.description)),
            ("atLatest", .string(s.atLatest.description)), ("direction", .string(s.direction.rawValue)),
            ("before", json(s.before)), ("after", json(s.after)), ("relative", json(s.relative)), ("q", .number(s.q)),
            ("sentence", .string(words.sentence(for: s))),
        ])
    }
}
