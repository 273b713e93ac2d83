import Gains
import Languages
import Measures
import Records
import Store
import Turn

/// Predictions as JSON, alike on the command line and over HTTP. It may only grow.
public struct PredictionDocuments: Sendable {
    private let words: Words

    public init(words: Words) { self.words = words }

    public func json(_ report: PredictionReport) -> JSON {
        .object([
            ("schema", "ratchet.predictions/1"),
            ("asOf", report.record.map { .string($0.asOf.description) } ?? .null),
            ("open", .integer(report.open)), ("pastTarget", .integer(report.missed)),
            ("tickets", .array(report.tickets.map(ticket))),
            ("scores", scores(report.card)),
            ("measures", .array((report.record?.crossings ?? []).map(crossing))),
            ("devices", .array(report.devices.map(device))),
        ])
    }

    private func ticket(_ one: TicketPrediction) -> JSON {
        .object([
            ("kind", .string(one.kind.plural)), ("number", .string(one.number)), ("title", .string(one.title)),
            ("openedAt", .string(one.openedAt.description)), ("asOf", .string(one.asOf.description)),
            ("hours", .estimate(one.hours)), ("chanceToMiss", one.chance.map { .number($0) } ?? .null),
            ("isPastTarget", .bool(one.isMissed)), ("medianHours", .number(one.naive)),
            (
                "reasons",
                .array(
                    one.reasons.map { reason in
                        .object([
                            ("trait", .string(reason.trait.rawValue)), ("name", .string(reason.name)),
                            ("number", reason.number.map { .number($0) } ?? .null), ("moved", .number(reason.moved)),
                            ("text", .string(words.told(reason))),
                        ])
                    })
            ),
            (
                "help",
                one.help.map { help in
                    .object([
                        ("deed", .string(help.deed.rawValue)),
                        ("chanceToMiss", help.chance.map { .number($0) } ?? .null), ("hours", .number(help.hours)),
                        ("text", .string(words.foreseen(.help(help.deed, chance: help.chance, hours: help.hours)))),
                    ])
                } ?? .null
            ),
        ])
    }

    private func score(_ one: PredictionScore) -> [(String, JSON)] {
        [
            ("predictions", .integer(one.count)), ("meanErrorHours", .number(one.error)),
            ("medianErrorHours", .number(one.naiveError)), ("inRange", .integer(one.inRange)),
            ("judged", .integer(one.judged)), ("missed", .integer(one.missed)),
            ("expectedMissed", .number(one.expected)),
        ]
    }

    private func scores(_ card: PredictionCard) -> JSON {
        .object([
            ("all", card.all.map { .object(score($0)) } ?? .null),
            ("calibrationError", card.calibrationError.map { .number($0) } ?? .null),
            (
                "months",
                .array(
                    card.months.map { month in
                        .object([("month", .string(String(month.first.description.prefix(7))))] + score(month.score))
                    })
            ),
            (
                "calibration",
                .array(
                    card.steps.map { step in
                        .object([
                            ("said", .number(step.said)), ("count", .integer(step.count)),
                            ("came", .integer(step.came)),
                        ])
                    })
            ),
        ])
    }

    private func crossing(_ one: MeasureCrossing) -> JSON {
        .object([
            ("measure", .string(one.measure.id)), ("slice", .string(one.slice.address)), ("now", .number(one.now)),
            ("target", .number(one.target)), ("chance", .number(one.chance)),
            ("until", .string(one.until.description)), ("day", one.day.map { .string($0.description) } ?? .null),
        ])
    }

    private func device(_ one: DeviceWear) -> JSON {
        .object([
            ("device", .string(one.device)), ("measure", .string(one.measure.id)), ("limit", .number(one.limit)),
            ("isUpper", .bool(one.isUpper)), ("level", .number(one.level)),
            ("lastDay", .string(one.lastDay.description)), ("days", one.days.map { .number($0.estimate) } ?? .null),
            ("daysLow", one.days.map { .number($0.low) } ?? .null),
            ("daysHigh", one.days?.high.map { .number($0) } ?? .null),
        ])
    }
}
