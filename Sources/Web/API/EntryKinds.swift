import Evaluations
import Improvements
import Measures
import People
import Records
import Statistics
import Store
import Turn

/// One kind of entry that can be added to an improvement: who may, what it takes, and the change it makes.
struct EntryKind: Sendable {
    /// The word of the change in the history, and of the address.
    var word: String
    var permission: Permission
    var summary: String
    var shape: Shape
    /// Set for what does not rest on what the writer saw: a comment is never too late.
    var needsVersion = true
    var make: @Sendable (Call, Improvement) async throws -> Change

    init(
        _ word: String, _ permission: Permission, _ summary: String, _ shape: Shape, needsVersion: Bool = true,
        make: @escaping @Sendable (Call, Improvement) async throws -> Change
    ) {
        self.word = word
        self.permission = permission
        self.summary = summary
        self.shape = shape
        self.needsVersion = needsVersion
        self.make = make
    }

    /// Whether a change is an approval, which owners give in what they own. To go past a gate is one.
    func isApproval(_ change: Change) throws -> Bool {
        switch change {
        case .forward(let reason): reason != nil
        default: permission == .approve
        }
    }

    static let all: [EntryKind] = describing + planning + doing + deciding + together

    static func empty() -> Shape { .object([]) }

    private static let describing: [EntryKind] = [
        EntryKind(
            "described", .decide, "Say anew what it is about", .of(.must("title", .line), .must("text", .prose))
        ) { call, _ in
            .described(title: call.document["title"]?.said ?? "", text: call.document["text"]?.said ?? "")
        },
        EntryKind(
            "sorted", .decide, "Say of which kind it is, and which stage of the life cycle it touches",
            .of(
                .may("kind", .optional(.word(Change.Kind.allCases.map(\.rawValue)))),
                .may("stage", .optional(.word(Change.Stage.allCases.map(\.rawValue)))))
        ) { call, _ in
            .sorted(
                kind: call.document["kind"]?.said.flatMap { Change.Kind(rawValue: $0) },
                stage: call.document["stage"]?.said.flatMap { Change.Stage(rawValue: $0) })
        },
        EntryKind(
            "owned", .decide, "Say who owns it", .of(.must("owner", .optional(.line), "Null: nobody any more"))
        ) { call, _ in .owned(by: call.document["owner"]?.said) },
        EntryKind("commented", .suggest, "Comment", .of(.must("text", .prose)), needsVersion: false) { call, _ in
            .commented(call.document["text"]?.said ?? "")
        },
        EntryKind("watched", .suggest, "Watch it", empty(), needsVersion: false) { call, _ in
            .watched(by: call.writer)
        },
        EntryKind("unwatched", .suggest, "Watch it no longer", empty(), needsVersion: false) { call, _ in
            .unwatched(by: call.writer)
        },
    ]

    private static let planning: [EntryKind] = [
        EntryKind(
            "objective", .decide, "Say what it is to reach, and in which measure that will show",
            .of(
                .must("text", .prose), .may("measure", .word(Measure.catalogue.map(\.id))),
                .may("slice", .slice, "By dimension"), .may("wanted", .word(["lower", "higher"])),
                .may("target", .number, "In the measure's unit"), .may("by", .day), .may("goal", .line))
        ) { call, _ in .objective(try objective(call.document)) },
        EntryKind(
            "fitness", .decide, "Look whether the data can carry the test, and note it",
            .of(.may("from", .day, "The first day of the baseline"))
        ) { call, one in .fitness(try await Bench(call, one).fitness()) },
        EntryKind("cause", .decide, "Name the cause that was found", .of(.must("text", .prose))) { call, _ in
            .cause(call.document["text"]?.said ?? "")
        },
        EntryKind(
            "choice", .decide, "Add or change a way to get there",
            .of(.may("id", .part), .must("text", .prose), .may("hoursPerMonth", .estimate))
        ) { call, one in
            let hours = call.document["hoursPerMonth"]
            let estimate = hours.flatMap { hours -> Estimate? in
                guard let middle = hours["estimate"]?.figure, let low = hours["low"]?.figure,
                    let high = hours["high"]?.figure
                else { return nil }
                return Estimate(middle, low: low, high: high)
            }
            return .choice(
                Choice(
                    id: call.document["id"]?.whole ?? (one.round.choices.map(\.id).max() ?? 0) + 1,
                    text: call.document["text"]?.said ?? "", hoursPerMonth: estimate))
        },
        EntryKind("chosen", .decide, "Choose one of the ways", .of(.must("choice", .part))) { call, _ in
            .chosen(choice: call.document["choice"]?.whole ?? 0)
        },
        EntryKind(
            "planned", .decide, "Freeze the test before anything changes",
            .of(
                .must("leastEffect", .number, "The least effect worth having, as a share of the baseline"),
                .may("weeks", .whole(2...520), "Whole weeks that the verdict looks at; 4 unless said"),
                .may("shape", .word(ExpectedShape.allCases.map(\.rawValue))),
                .may("from", .day, "The first day of the baseline"),
                .may(
                    "guardrails",
                    .list(
                        .of(
                            .must("measure", .word(Measure.catalogue.map(\.id))), .may("slice", .slice),
                            .may("margin", .number)),
                        most: 20)), .may("controls", .list(.slice, most: 50)), .may("followsBadSpell", .flag))
        ) { call, one in .planned(try await Bench(call, one).plan()) },
        EntryKind("approved", .approve, "Approve the plan", empty()) { _, _ in .approved },
    ]

    private static let doing: [EntryKind] = [
        EntryKind(
            "action", .contribute, "Add an action, or change one: who does what by when",
            .of(
                .may("id", .part, "Of the one to change"), .must("text", .prose), .must("owner", .line),
                .may("kind", .word(Action.Kind.allCases.map(\.rawValue))), .may("department", .line),
                .may("due", .optional(.day)), .may("doneOn", .optional(.day)))
        ) { call, one in
            let body = call.document
            return .action(
                Action(
                    id: body["id"]?.whole ?? (one.round.actions.map(\.id).max() ?? 0) + 1,
                    text: body["text"]?.said ?? "",
                    kind: body["kind"]?.said.flatMap { Action.Kind(rawValue: $0) } ?? .process,
                    owner: body["owner"]?.said ?? "", department: body["department"]?.said ?? "", due: day(body, "due"),
                    doneOn: day(body, "doneOn")))
        },
        EntryKind(
            "roadblock", .contribute, "Say what stands in the way, and what is done about it",
            .of(
                .may("id", .part, "Of the one to change"), .must("text", .prose), .must("since", .day),
                .may("department", .line, "The one that is waited for"), .may("response", .prose),
                .may("clearedOn", .optional(.day)))
        ) { call, one in
            let body = call.document
            guard let since = day(body, "since") else { throw Problem.unusable("“since” is a day.") }
            return .roadblock(
                Roadblock(
                    id: body["id"]?.whole ?? (one.round.roadblocks.map(\.id).max() ?? 0) + 1,
                    text: body["text"]?.said ?? "", department: body["department"]?.said ?? "", since: since,
                    response: body["response"]?.said ?? "", clearedOn: day(body, "clearedOn")))
        },
        EntryKind(
            "live", .contribute, "Say where the new way is in use, and since when",
            .of(.must("on", .day), .may("place", .line, "Everywhere unless said"))
        ) { call, _ in
            guard let on = day(call.document, "on") else { throw Problem.unusable("“on” is a day.") }
            return .live(GoLive(place: call.document["place"]?.said ?? "", on: on))
        },
        EntryKind(
            "acknowledged", .contribute, "Say that a team knows the new way and works by it", .of(.must("team", .line))
        ) { call, _ in .acknowledged(team: call.document["team"]?.said ?? "") },
        EntryKind("evaluated", .decide, "Judge the round by its frozen plan, and note the verdict", empty()) {
            call, one in .evaluated(try await Bench.judgement(call, one))
        },
    ]

    private static let deciding: [EntryKind] = [
        EntryKind(
            "decided", .approve, "Decide what is done with the result",
            .of(.must("decision", .word(Decision.allCases.map(\.rawValue))))
        ) { call, _ in
            guard let decision = call.document["decision"]?.said.flatMap({ Decision(rawValue: $0) }) else {
                throw Problem.unusable("“decision” is missing.")
            }
            return .decided(decision)
        },
        EntryKind(
            "forward", .decide, "Leave the step for the next one",
            .of(.may("reason", .prose, "Why, when the evidence is not there yet; this needs the permission to approve"))
        ) { call, _ in .forward(reason: call.document["reason"]?.said) },
        EntryKind(
            "back", .decide, "Go back to an earlier step", .of(.must("to", .whole(1...7)), .must("reason", .prose))
        ) { call, _ in
            guard let step = call.document["to"]?.whole.flatMap({ Step(rawValue: $0) }) else {
                throw Problem.unusable("“to” is a step.")
            }
            return .back(to: step, reason: call.document["reason"]?.said ?? "")
        },
        EntryKind("held", .decide, "Put it on hold", .of(.must("reason", .prose))) { call, _ in
            .held(reason: call.document["reason"]?.said ?? "")
        },
        EntryKind("resumed", .decide, "Take it up again", empty()) { _, _ in .resumed },
        EntryKind("nextRound", .decide, "Begin the next round", empty()) { _, _ in .nextRound },
        EntryKind("closed", .approve, "Close it", .of(.must("reason", .prose))) { call, _ in
            .closed(reason: call.document["reason"]?.said ?? "")
        },
    ]

    static func day(_ json: JSON, _ name: String) -> Day? { json[name]?.said.flatMap { Day($0) } }

    /// The slice of a member; everything where there is none.
    fileprivate static func slice(_ json: JSON?) throws -> Slice {
        var parts: [Slice.Part] = []
        for (name, value) in json?.members ?? [] {
            guard let dimension = Dimension(rawValue: name), let text = value.said else {
                let known = Dimension.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.unusable("There is no dimension “\(name)”; there are: \(known).")
            }
            parts.append(.init(dimension, text))
        }
        guard parts.count <= 2 else { throw Problem.unusable("A slice has at most two dimensions.") }
        return Slice(parts)
    }

    private static func objective(_ json: JSON) throws -> Objective {
        let measure = json["measure"]?.said
        let isHigher =
            json["wanted"]?.said.map { $0 == "higher" }
            ?? (measure.flatMap { Measure(id: $0) }?.direction == .lowerIsWorse)
        return Objective(
            text: json["text"]?.said ?? "", measure: measure, slice: try slice(json["slice"]),
            wanted: isHigher ? .higher : .lower, target: json["target"]?.figure, by: day(json, "by"),
            goal: json["goal"]?.said)
    }
}

/// An improvement beside what its objective is measured by: for what the program works out and nobody may simply say.
private struct Bench {
    let call: Call
    let objective: Objective
    let measured: MeasuredSlice
    let guardrails: [Guardrail]
    let controls: [Slice]
    let evidence: Evidence

    /// Half a year before the last day, or less where there is less.
    static let baselineDays = 180

    init(_ call: Call, _ one: Improvement) async throws {
        guard let objective = one.round.objective, let measure = objective.measure.flatMap({ Measure(id: $0) }) else {
            throw LifeCycleError.notMeasurable
        }
        self.call = call
        self.objective = objective
        measured = MeasuredSlice(measure, objective.slice)
        guardrails = try (call.document["guardrails"]?.items ?? []).map { json in
            let margin = json["margin"]?.figure ?? 0.02
            guard margin > 0 else { throw Problem.unusable("The margin of a guardrail is above 0.") }
            return Guardrail(
                measure: json["measure"]?.said ?? "", slice: try EntryKind.slice(json["slice"]), margin: margin)
        }
        controls = try (call.document["controls"]?.items ?? []).map { try EntryKind.slice($0) }
        let needs =
            [measured, MeasuredSlice(measure)] + controls.map { MeasuredSlice(measure, $0) }
            + guardrails.compactMap { rail in Measure(id: rail.measure).map { MeasuredSlice($0, rail.slice) } }
        guard let evidence = try await Turn.evidence(for: needs, in: call.store) else {
            throw Problem.unusable("There are no tickets in the store.")
        }
        self.evidence = evidence
    }

    private func baseline() throws -> Period {
        let known = evidence.rollups[measured]?.period?.first ?? evidence.asOf
        let from = call.document["from"]?.said.flatMap { Day($0) }
        let start = max(from ?? (evidence.asOf - (Self.baselineDays - 1)), known)
        guard start <= evidence.asOf else {
            throw Problem.unusable("The data end on \(evidence.asOf), before the baseline begins.")
        }
        return Period(start, through: evidence.asOf)
    }

    func fitness() throws -> DataFitness {
        guard let found = Evaluations.fitness(of: measured, evidence, baseline: try baseline()) else {
            throw Problem.unusable("There is nothing about this measure and slice in the store.")
        }
        return found.fitness
    }

    func plan() throws -> Plan {
        guard let least = call.document["leastEffect"]?.figure, least > 0, least < 10 else {
            throw Problem.unusable("“leastEffect” is a share above 0: 0.1 is ten per cent.")
        }
        var plan = Plan(
            objective: objective, guardrails: guardrails, baseline: try baseline(),
            weeks: call.document["weeks"]?.whole ?? 4,
            shape: call.document["shape"]?.said.flatMap { ExpectedShape(rawValue: $0) } ?? .step, leastEffect: least,
            controls: controls, followsBadSpell: call.document["followsBadSpell"]?.flag ?? false,
            method: "evaluation/1")
        plan.provableEffect = provable(plan, evidence)?.effect
        return plan
    }

    /// The verdict by the frozen plan, whatever the objective says by now.
    static func judgement(_ call: Call, _ one: Improvement) async throws -> Judgement {
        guard let plan = one.round.plan else { throw LifeCycleError.noPlan }
        guard let evidence = try await Turn.evidence(for: plan.plan.needs, in: call.store) else {
            throw Problem.unusable("There are no tickets in the store.")
        }
        do throws(Unjudged) {
            return try judge(one.round, evidence).judgement
        } catch { throw Problem(error) }
    }
}

extension Problem {
    /// Why there is no verdict.
    init(_ error: Unjudged) {
        func told(_ name: String, _ detail: String) -> Problem {
            Problem(status: 409, name: name, title: "There is no verdict", detail: detail)
        }
        switch error {
        case .noPlan: self.init(LifeCycleError.noPlan)
        case .sealBroken: self = told("seal-broken", "The plan is not the one that was sealed.")
        case .notLive: self = told("not-live", "Nothing is in use yet.")
        case .liveBeforePlan(let live, let frozen):
            self = told("live-before-plan", "It was in use on \(live), before the plan was frozen on \(frozen).")
        case .unknownMeasure(let measure): self = told("unknown-measure", "There is no measure “\(measure)”.")
        case .noData: self = told("no-data", "There is nothing about this measure and slice in the store.")
        case .baselineTooShort(let days, let need):
            self = told("baseline-too-short", "The baseline has \(days) days with a value; \(need) are needed.")
        case .reviewOutOfRange(let weeks, let from, let through):
            self = told("review-out-of-range", "The plan looks at \(weeks) weeks; \(from) to \(through) are possible.")
        case .baselineTooLong(let days, let most):
            self = told("baseline-too-long", "The baseline is \(days) days long; at most \(most) can be taken in.")
        case .tooEarly(let until):
            self = told("too-early", "The verdict is due when the data reach \(until).")
            members = [("dueOn", .string(until.description))]
        }
    }
}
