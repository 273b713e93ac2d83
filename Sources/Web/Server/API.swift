import Measures
import People
import Records
import Signals
import Store
import Turn

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
                    .falseAlarms(
                        tested: turn?.tested ?? 0, reported: signals.count, expectedFalse: turn?.expectedFalse ?? 0,
                        rate: turn?.rate ?? 0)
                ), ("signals", .array(signals.map { FindingDocuments(words: call.visit.words).json($0) })),
            ]))
    }

    private static func apiOpportunities(_ call: Call) async throws -> Reply {
        let documents = FindingDocuments(words: call.visit.words)
        let rate = try await Organisation(of: call.store).rate
        let all = try await call.store.opportunities()
        return .json(.object([("opportunities", .array(all.map { documents.json($0, rate: rate) }))]))
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
}
