import Languages
import Records
import Signals
import Statistics
import Store

/// Recurring problems as JSON, alike on the command line and over HTTP. It may only grow.
public struct ProblemDocuments: Sendable {
    private let words: Words
    private let asOf: Day
    private let rate: Double?

    /// - Parameter rate: What an hour costs; money is null where it was never said.
    public init(words: Words, asOf: Day, rate: Double?) {
        self.words = words
        self.asOf = asOf
        self.rate = rate
    }

    public func json(_ p: RecurringProblem, name: String?) -> JSON {
        let title = name ?? p.title
        return .object([
            ("id", .integer(Int(p.id))), ("name", .string(title)), ("words", .array(p.words.map { .string($0) })),
            ("size", .integer(p.size)), ("standing", .string(p.standing.rawValue)),
            ("first", .string(p.first.description)), ("last", .string(p.last.description)),
            ("times", .integer(p.spells)), ("firstMonth", .string(p.firstMonth.description)),
            ("months", .array(p.months.map { .integer($0) })), ("perMonth", .estimate(p.perMonth)),
            ("hoursPerMonth", p.hoursPerMonth.map { .estimate($0) } ?? .null),
            ("workHoursPerMonth", p.workHoursPerMonth.map { .estimate($0) } ?? .null),
            (
                "moneyPerMonth",
                p.hoursPerMonth.flatMap { hours in rate.map { .estimate(hours.scaled(by: $0)) } } ?? .null
            ),
            ("rhythm", p.rhythm.map(json) ?? .null),
            (
                "workarounds",
                .object([("closed", .integer(p.workarounds)), ("known", .integer(p.workaroundsKnown))])
            ),
            ("record", p.record.map(json) ?? .null), ("changes", p.changes.map(json) ?? .null),
            ("satisfaction", p.satisfaction.map(json) ?? .null), ("chance", .number(p.chance)),
            ("sentence", .string(words.story(p, name: title, asOf: asOf).text(in: words.language))),
        ])
    }

    private func json(_ r: RecurringProblem.Rhythm) -> JSON {
        .object([
            ("everyDays", .estimate(r.everyDays)), ("p", .number(r.p)), ("next", .string(r.next.description)),
            ("nextEarliest", .string(r.nextEarliest.description)), ("nextLatest", .string(r.nextLatest.description)),
            ("isOverdue", .bool(r.nextLatest < asOf)),
        ])
    }

    private func json(_ r: RecurringProblem.Record) -> JSON {
        .object([
            ("number", .string(r.number)), ("incidents", .integer(r.incidents)),
            ("status", r.status.map { .string($0) } ?? .null),
            ("endedOn", r.endedOn.map { .string($0.description) } ?? .null), ("incidentsAfter", .integer(r.after)),
        ])
    }

    private func json(_ c: RecurringProblem.ChangesBefore) -> JSON {
        .object([
            ("followed", .integer(c.followed)), ("expected", .number(c.expected)), ("p", .number(c.chance)),
            ("numbers", .array(c.numbers.map { .string($0) })),
        ])
    }

    private func json(_ s: RecurringProblem.Satisfaction) -> JSON {
        .object([
            ("own", .estimate(s.own)), ("count", .integer(s.count)), ("others", .estimate(s.others)),
            ("otherCount", .integer(s.otherCount)),
        ])
    }

    public func json(_ e: ProblemEntry) -> JSON {
        .object([
            ("deed", .string(e.deed.rawValue)), ("problem", .integer(Int(e.problem))),
            ("other", e.other == 0 ? .null : .integer(Int(e.other))),
            ("incidents", .array(e.tickets.map { .string($0) })), ("note", .string(e.note)), ("by", .string(e.by)),
            ("at", .string(e.at.description)),
        ])
    }
}
