import Connectors
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Web

/// The JSON of findings, alike in `review`, `signals` and `register`: what scripts rely on.
struct FindingDocuments {
    let words: Words
    /// What an hour costs; money is null where it was never said.
    let rate: Double?
    /// The tickets an opportunity rests on, and how many there are.
    let evidence: (Signal) -> (count: Int, numbers: [String])

    func json(_ signal: Signal) -> JSON {
        .object([
            ("id", .string(signal.id)),
            ("kind", .string(signal.kind.rawValue)),
            ("measure", .string(signal.measure.id)),
            ("unit", .string(signal.measure.unit.symbol(for: signal.measure.kind))),
            ("slice", json(signal.slice)),
            ("at", .string(signal.at.description)),
            ("atEarliest", .string(signal.atEarliest.description)),
            ("atLatest", .string(signal.atLatest.description)),
            ("direction", .string(signal.direction.rawValue)),
            ("before", json(signal.before)),
            ("after", json(signal.after)),
            ("relative", json(signal.relative)),
            ("q", .number(signal.q)),
            ("hoursPerMonth", signal.hoursPerMonth.map(json) ?? .null),
            ("sentence", .string(words.sentence(for: signal))),
        ])
    }

    func json(_ opportunity: Opportunity) -> JSON {
        let found = evidence(opportunity.lead)
        return .object([
            ("id", .string(opportunity.id)),
            ("rank", .integer(opportunity.rank)),
            ("title", .string(words.title(for: opportunity))),
            ("sentence", .string(words.sentence(for: opportunity))),
            ("signals", .array(opportunity.signals.map { .string($0.id) })),
            ("firstStep", .string(words.firstStep(opportunity.firstStep))),
            ("hoursPerMonth", json(opportunity.hoursPerMonth)),
            ("moneyPerMonth", rate.map { json(opportunity.hoursPerMonth.scaled(by: $0)) } ?? .null),
            ("effort", .string(opportunity.effort.rawValue)),
            (
                "evidence",
                .object([
                    ("count", .integer(found.count)),
                    ("records", .array(found.numbers.map { .string($0) })),
                    ("measure", .string(opportunity.lead.measure.id)),
                    ("slice", json(opportunity.lead.slice)),
                    ("from", .string(opportunity.lead.evidence.first.description)),
                    ("through", .string(opportunity.lead.evidence.last.description)),
                ])
            ),
        ])
    }

    func json(_ slice: Slice) -> JSON {
        .object(slice.parts.map { ($0.dimension.rawValue, .string($0.value)) })
    }

    func json(_ estimate: Estimate) -> JSON {
        .object([
            ("estimate", .number(estimate.estimate)), ("low", .number(estimate.low)), ("high", .number(estimate.high)),
        ])
    }
}

extension JSON {
    static func falseAlarms(tested: Int, reported: Int, expectedFalse: Double, rate: Double) -> JSON {
        .object([
            ("tested", .integer(tested)), ("reported", .integer(reported)),
            ("expectedFalse", .number(expectedFalse)), ("rate", .number(rate)),
        ])
    }
}
