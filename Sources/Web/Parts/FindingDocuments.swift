import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics

/// Findings as JSON, alike on the command line and over HTTP: what scripts rely on. It may only grow.
public struct FindingDocuments: Sendable {
    private let words: Words

    public init(words: Words) { self.words = words }

    public func json(_ signal: Signal) -> JSON {
        .object([
            ("id", .string(signal.id)),
            ("kind", .string(signal.kind.rawValue)),
            ("measure", .string(signal.measure.id)),
            ("unit", .string(signal.measure.symbol)),
            ("slice", .slice(signal.slice)),
            ("at", .string(signal.at.description)),
            ("atEarliest", .string(signal.atEarliest.description)),
            ("atLatest", .string(signal.atLatest.description)),
            ("direction", .string(signal.direction.rawValue)),
            ("before", .estimate(signal.before)),
            ("after", .estimate(signal.after)),
            ("relative", .estimate(signal.relative)),
            ("q", .number(signal.q)),
            ("hoursPerMonth", signal.hoursPerMonth.map { .estimate($0) } ?? .null),
            ("sentence", .string(words.sentence(for: signal))),
        ])
    }

    /// - Parameters:
    ///   - rate: What an hour costs; money is null where it was never said.
    ///   - evidence: The tickets it rests on, and how many there are; left out where they were not asked for.
    public func json(
        _ opportunity: Opportunity, rate: Double?, evidence: (count: Int, numbers: [String])? = nil
    ) -> JSON {
        let lead = opportunity.lead
        var members: [(String, JSON)] = [
            ("id", .string(opportunity.id)),
            ("rank", .integer(opportunity.rank)),
            ("title", .string(words.title(for: opportunity))),
            ("sentence", .string(words.sentence(for: opportunity))),
            ("signals", .array(opportunity.signals.map { .string($0.id) })),
            ("firstStep", .string(words.firstStep(opportunity.firstStep))),
            ("hoursPerMonth", .estimate(opportunity.hoursPerMonth)),
            ("moneyPerMonth", rate.map { .estimate(opportunity.hoursPerMonth.scaled(by: $0)) } ?? .null),
            ("effort", .string(opportunity.effort.rawValue)),
            ("goodNews", .bool(opportunity.isGoodNews)),
        ]
        if let evidence {
            members.append(
                (
                    "evidence",
                    .object([
                        ("count", .integer(evidence.count)),
                        ("records", .array(evidence.numbers.map { .string($0) })),
                        ("measure", .string(lead.measure.id)),
                        ("slice", .slice(lead.slice)),
                        ("from", .string(lead.evidence.first.description)),
                        ("through", .string(lead.evidence.last.description)),
                    ])
                ))
        }
        return .object(members)
    }
}

extension JSON {
    public static func slice(_ slice: Slice) -> JSON {
        .object(slice.parts.map { ($0.dimension.rawValue, .string($0.value)) })
    }

    public static func estimate(_ estimate: Estimate) -> JSON {
        .object([
            ("estimate", .number(estimate.estimate)), ("low", .number(estimate.low)), ("high", .number(estimate.high)),
        ])
    }

    public static func falseAlarms(tested: Int, reported: Int, expectedFalse: Double, rate: Double) -> JSON {
        .object([
            ("tested", .integer(tested)), ("reported", .integer(reported)),
            ("expectedFalse", .number(expectedFalse)), ("rate", .number(rate)),
        ])
    }
}
