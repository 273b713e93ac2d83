import Gains
import Improvements
import Measures
import Records
import Statistics

/// The JSON of time and the pulse, alike on the command line and over HTTP: it may only grow.
public enum CycleDocuments {
    public static func json(_ line: TimeLine) -> JSON {
        .object([
            ("department", .string(line.department)), ("month", .string(String(line.month.description.prefix(7)))),
            ("promisedHours", line.promised.map { .number($0) } ?? .null), ("usedHours", .number(line.used)),
            ("improvements", .array(line.improvements.map { .integer(Int($0.value)) })),
        ])
    }

    /// What fewer than five have answered is null.
    public static func json(_ reading: PulseReading) -> JSON {
        .object([
            ("question", .string(reading.question.rawValue)), ("now", .estimate(reading.now)),
            ("month", .text(reading.nowMonth.map { String($0.description.prefix(7)) })),
            ("hasFallen", .bool(reading.hasFallen)),
            (
                "limits",
                reading.limits.map { .object([("low", .number($0.low)), ("high", .number($0.high))]) } ?? .null
            ),
            (
                "months",
                .array(
                    reading.months.indices.map { i in
                        .object([
                            ("month", .string(String(reading.months[i].description.prefix(7)))),
                            ("mean", reading.means[i].isFinite ? .number(reading.means[i]) : .null),
                            (
                                "answers",
                                reading.counts[i] >= Pulse.answersMin ? .integer(reading.counts[i]) : .null
                            ),
                        ])
                    })
            ),
        ])
    }

    public static func json(_ one: Quieting) -> JSON {
        .object([
            ("source", .string(one.source.rawValue)), ("measure", .string(one.measure.id)),
            ("came", .integer(one.came)), ("judged", .integer(one.judged)), ("share", .estimate(one.share)),
            ("since", .day(one.since)),
        ])
    }
}
