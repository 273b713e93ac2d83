import Improvements
import Measures
import Opportunities
import Records
import Statistics
import Store

extension JSON {
    public static func estimate(_ estimate: Estimate?) -> JSON {
        guard let estimate else { return .null }
        return .object([
            ("estimate", .number(estimate.estimate)), ("low", .number(estimate.low)), ("high", .number(estimate.high)),
        ])
    }

    public static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
    public static func day(_ day: Day?) -> JSON { day.map { .string($0.description) } ?? .null }
    public static func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}

/// The JSON of what the register knows of an improvement and its rounds.
extension ImprovementDocuments {
    static func register(_ one: Improvement) -> [(String, JSON)] {
        [
            ("text", .string(one.text)), ("origin", origin(one.origin)), ("type", .text(one.kind?.rawValue)),
            ("stage", .text(one.stage?.rawValue)), ("effort", .text(one.effort?.rawValue)),
            ("hoursPerMonth", .estimate(one.benefit)), ("goal", .text(one.goal)),
            ("parent", one.parent.map { .integer(Int($0)) } ?? .null),
            ("mergedInto", one.mergedInto.map { .integer(Int($0)) } ?? .null),
            ("absorbed", .array(one.absorbed.map { .integer(Int($0.id)) })),
            ("watchers", .texts(one.watchers)), ("supporters", .texts(one.supporters)),
            (
                "comments",
                .array(
                    one.comments.map {
                        .object([
                            ("at", .string($0.at.description)), ("by", .string($0.by)), ("text", .string($0.text)),
                            ("mentions", .texts($0.mentions())),
                            ("from", $0.from.map { .integer(Int($0)) } ?? .null),
                        ])
                    })
            ),
            ("blockedBy", .texts(one.blockedBy)), ("waits", .array(one.waits.map(json))),
            (
                "spent",
                .array(
                    one.spent.map {
                        .object([
                            ("on", .day($0.on)), ("hours", .number($0.hours)), ("department", .string($0.department)),
                            ("action", $0.action.map { .integer($0) } ?? .null),
                        ])
                    })
            ),
            (
                "imported",
                one.imported.map { row in
                    .object([
                        ("file", .string(row.file)), ("line", .integer(row.line)),
                        ("cells", .object(row.cells.map { ($0.column, .string($0.value)) })),
                    ])
                } ?? .null
            ),
        ]
    }

    private static func origin(_ origin: Change.Origin) -> JSON {
        switch origin {
        case .opportunity(let id): .object([("opportunity", .string(id))])
        case .signal(let id): .object([("signal", .string(id))])
        case .suggestion(let id): .object([("suggestion", .integer(Int(id)))])
        case .slippage(let id): .object([("slippageOf", .integer(Int(id)))])
        case .evaluation(let id, let round):
            .object([("evaluationOf", .integer(Int(id))), ("round", .integer(round))])
        case .spreadsheet(let file, let line): .object([("file", .string(file)), ("line", .integer(line))])
        case .hand: .object([("hand", true)])
        }
    }

    public static func json(_ o: Objective) -> JSON {
        .object([
            ("text", .string(o.text)), ("measure", .text(o.measure)), ("slice", .slice(o.slice)),
            ("target", o.target.map { .number($0) } ?? .null), ("by", .day(o.by)),
        ])
    }

    public static func json(_ wait: Wait) -> JSON {
        .object([
            ("id", .integer(wait.id)), ("department", .string(wait.department)), ("waitsFor", .string(wait.waitsFor)),
            ("what", .string(wait.what)), ("since", .day(wait.since)), ("until", .day(wait.until)),
            ("agreedDays", wait.agreedDays.map { .integer($0) } ?? .null),
        ])
    }

    /// What people and departments have to do with a round.
    static func together(_ round: Round) -> [(String, JSON)] {
        [
            (
                "choices",
                .array(
                    round.choices.map {
                        .object([
                            ("id", .integer($0.id)), ("text", .string($0.text)),
                            ("hoursPerMonth", .estimate($0.hoursPerMonth)), ("effort", .text($0.effort?.rawValue)),
                            ("chosen", .bool($0.id == round.chosen)),
                        ])
                    })
            ),
            ("approval", approval(round)),
            (
                "parts",
                .array(
                    round.parts.map {
                        .object([
                            ("department", .string($0.department)), ("text", .string($0.text)),
                            ("lead", .string($0.lead)), ("due", .day($0.due)), ("doneOn", .day($0.doneOn)),
                        ])
                    })
            ),
            (
                "roadblocks",
                .array(
                    round.roadblocks.map {
                        .object([
                            ("id", .integer($0.id)), ("text", .string($0.text)),
                            ("department", .string($0.department)), ("since", .day($0.since)),
                            ("response", .string($0.response)), ("clearedOn", .day($0.clearedOn)),
                        ])
                    })
            ),
            ("adoption", adoption(round)),
            (
                "goalChanges",
                .array(
                    round.goalChanges.map {
                        .object([
                            ("at", .string($0.at.description)), ("by", .string($0.by)), ("reason", .string($0.reason)),
                            ("before", json($0.before)), ("after", json($0.after)),
                        ])
                    })
            ),
            (
                "slipped",
                round.slip.map { .object([("on", .day($0.on)), ("held", .estimate($0.held))]) } ?? .null
            ),
        ]
    }

    private static func approval(_ round: Round) -> JSON {
        let rule = round.rule.map { rule -> JSON in
            .object([
                ("effortMax", .string(rule.effortMax.rawValue)),
                ("hoursPerMonthMax", .number(rule.hoursPerMonthMax)), ("roles", .texts(rule.roles)),
            ])
        }
        var members: [(String, JSON)] = [
            ("rule", rule ?? .null), ("needed", .bool(round.needsApproval)), ("approved", .bool(round.isApproved)),
        ]
        switch round.approval {
        case .delegated: members.append(("delegated", true))
        case .by(let name, let role): members += [("by", .string(name)), ("role", .string(role))]
        case nil: break
        }
        return .object(members)
    }

    private static func adoption(_ round: Round) -> JSON {
        .object([
            ("share", round.adoptionShare.map { .number($0) } ?? .null),
            ("needed", round.adoptionNeeded.map { .number($0) } ?? .null),
            (
                "teams",
                .array(
                    round.adoption.map {
                        .object([
                            ("team", .string($0.team)), ("department", .string($0.department)),
                            ("people", $0.people.map { .integer($0) } ?? .null), ("adopted", .integer($0.adopted)),
                        ])
                    })
            ),
        ])
    }
}
