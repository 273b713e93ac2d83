import Improvements
import Records
import Statistics
import Store

/// The JSON of improvements, alike on the command line and over HTTP: what scripts rely on. It may only grow.
public enum ImprovementDocuments {
    public static func json(_ kept: KeptImprovement) -> JSON {
        let one = kept.improvement
        return .object([
            ("id", .integer(Int(kept.id.value))), ("version", .integer(one.version)), ("title", .string(one.title)),
            ("state", .string(one.state.word)), ("owner", one.owner.map { .string($0) } ?? .null),
            ("step", .integer(one.round.step.rawValue)), ("round", .integer(one.round.number)),
            ("missing", .array(one.missing.map { .string($0.rawValue) })),
        ])
    }

    /// With everything that is known of it, and its whole history.
    /// - Parameter parts: The improvements that are parts of it; nil where they were not looked for.
    public static func whole(_ kept: KeptImprovement, parts: [ID<Improvement>]? = nil) -> JSON {
        guard case .object(let members) = json(kept) else { return .null }
        return .object(
            [("schema", "ratchet.improvement/1")] + members + register(kept.improvement)
                + (parts.map { [("parts", .array($0.map { .integer(Int($0.value)) }))] } ?? []) + [
                    ("rounds", .array(kept.improvement.rounds.map(json))),
                    ("history", .array(kept.improvement.entries.map(json))),
                ])
    }

    private static func json(_ round: Round) -> JSON {
        let objective = round.objective.map(json)
        let plan = round.plan.map { p -> JSON in
            .object([
                ("weeks", .integer(p.plan.weeks)), ("leastEffect", .number(p.plan.leastEffect)),
                ("provableEffect", p.plan.provableEffect.map { .number($0) } ?? .null), ("seal", .string(p.seal)),
                ("frozenAt", .string(p.frozenAt.description)), ("intact", .bool(p.isIntact)),
            ])
        }
        let overrides = round.overrides.map { o -> JSON in
            .object([
                ("step", .integer(o.step.rawValue)), ("missing", .array(o.missing.map { .string($0.rawValue) })),
                ("reason", .string(o.reason)),
            ])
        }
        return .object(
            [
                ("number", .integer(round.number)), ("step", .integer(round.step.rawValue)),
                ("objective", objective ?? .null), ("cause", round.cause.map { .string($0) } ?? .null),
                ("plan", plan ?? .null), ("actions", .array(round.actions.map(json))),
                (
                    "live",
                    .array(
                        round.live.map { .object([("place", .string($0.place)), ("on", .string($0.on.description))]) })
                ),
                ("verdict", round.judgement.map { .string($0.verdict.rawValue) } ?? .null),
                ("decision", round.decision.map { .string($0.rawValue) } ?? .null), ("overrides", .array(overrides)),
                ("approved", .bool(round.isApproved)), ("chosen", round.chosen.map { .integer($0) } ?? .null),
                ("acknowledged", .array(round.acknowledged.map { .string($0) })),
                ("judgement", round.judgement.map(json) ?? .null),
            ] + together(round))
    }

    private static func json(_ judgement: Judgement) -> JSON {
        .object([
            ("verdict", .string(judgement.verdict.rawValue)),
            ("effect", judgement.effect.map { .estimate($0) } ?? .null), ("naive", .optional(judgement.naive)),
            ("unproven", .array(judgement.unproven.map { .string($0.measure) })),
            ("harmed", .array(judgement.harmed.map { .string($0.measure) })), ("seal", .string(judgement.seal)),
        ])
    }

    public static func json(_ action: Action) -> JSON {
        .object([
            ("id", .integer(action.id)), ("text", .string(action.text)), ("kind", .string(action.kind.rawValue)),
            ("owner", .string(action.owner)), ("department", .string(action.department)),
            ("due", action.due.map { .string($0.description) } ?? .null),
            ("doneOn", action.doneOn.map { .string($0.description) } ?? .null),
            ("everyDays", action.everyDays.map { .integer($0) } ?? .null),
        ])
    }

    static func json(_ entry: Entry) -> JSON {
        .object([
            ("at", .string(entry.at.description)), ("by", .string(entry.by)), ("what", .string(entry.change.word)),
        ])
    }
}

extension Improvement.State {
    public var word: String {
        switch self {
        case .active: "active"
        case .onHold: "onHold"
        case .closed: "closed"
        }
    }
}

extension Change {
    /// The kind of change: `opened`, `objective`, `forward`, …
    public var word: String {
        switch self {
        case .opened: "opened"
        case .described: "described"
        case .sorted: "sorted"
        case .owned: "owned"
        case .objective: "objective"
        case .fitness: "fitness"
        case .cause: "cause"
        case .choice: "choice"
        case .chosen: "chosen"
        case .approved: "approved"
        case .planned: "planned"
        case .action: "action"
        case .roadblock: "roadblock"
        case .live: "live"
        case .acknowledged: "acknowledged"
        case .evaluated: "evaluated"
        case .decided: "decided"
        case .forward: "forward"
        case .back: "back"
        case .held: "held"
        case .resumed: "resumed"
        case .nextRound: "nextRound"
        case .closed: "closed"
        case .commented: "commented"
        case .watched: "watched"
        case .unwatched: "unwatched"
        case .sized: "sized"
        case .serves: "serves"
        case .belongs: "belongs"
        case .supported: "supported"
        case .unsupported: "unsupported"
        case .merged: "merged"
        case .absorbed: "absorbed"
        case .rule: "rule"
        case .approval: "approval"
        case .part: "part"
        case .waiting: "waiting"
        case .done: "done"
        case .team: "team"
        case .adopted: "adopted"
        case .knows: "knows"
        case .adoptionNeeded: "adoptionNeeded"
        case .revised: "revised"
        case .slipped: "slipped"
        case .imported: "imported"
        case .spent: "spent"
        }
    }
}
