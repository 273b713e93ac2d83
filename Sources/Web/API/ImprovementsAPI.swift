import Improvements
import Measures
import Opportunities
import People
import Records
import Statistics
import Store

// Improvements: read, opened, and changed by one entry after another. The version is what the writer saw (`If-Match`).

extension Shape {
    static let improvement = Shape.named(
        "Improvement",
        .of(
            .must("id", identifier), .must("version", count, "How many entries it has: the ETag"),
            .must("title", .line),
            .must("state", .word(["active", "onHold", "closed"])), .must("owner", .optional(.line)),
            .must("step", .whole(1...7)), .must("round", identifier),
            .must("missing", .list(.word(Missing.allCases.map(\.rawValue))), "What the step cannot be left without")))
    static let action = Shape.named(
        "Action",
        .of(
            .must("id", identifier), .must("text", .prose), .must("kind", .word(Action.Kind.allCases.map(\.rawValue))),
            .must("owner", .line), .must("due", .optional(.day)), .must("doneOn", .optional(.day))))
    static let wholeImprovement = Shape.named(
        "ImprovementWithHistory",
        .of(
            .must("schema", .line), .must("id", identifier), .must("version", count), .must("title", .line),
            .must("text", .prose), .must("watchers", .list(.line)),
            .must("rounds", .list(.of(.must("number", identifier), .must("step", .whole(1...7))))),
            .must("history", .list(.of(.must("at", .moment), .must("by", .line), .must("what", .line))))))
}

extension Routes {
    static let improvements: [Route] =
        [
            api(
                "GET", "/improvements", .read, "Improvements, the oldest first",
                query: [
                    ("state", "active, onHold or closed"), ("step", "1 to 7"), ("owner", "Only theirs"),
                    ("missing", "Only those that lack this"),
                ],
                Endpoint(
                    words: [
                        "state": ["active", "onHold", "closed"], "step": (1...7).map(String.init),
                        "missing": Missing.allCases.map(\.rawValue),
                    ],
                    gives: .of(.must("improvements", .list(.improvement)), Shape.next), isList: true)
            ) { try await apiImprovements($0) },
            api(
                "POST", "/improvements", .contribute, "Open an improvement",
                Endpoint(
                    takes: .of(
                        .must("title", .line), .may("opportunity", .line, "The id it comes from"),
                        .may("suggestion", .identifier, "The number it comes from")), gives: .wholeImprovement,
                    status: 201)
            ) { try await apiOpen($0) },
            api(
                "GET", "/improvements/{id}", .read, "An improvement with its history",
                Endpoint(gives: .wholeImprovement)
            ) { try await apiImprovement($0) },
            api(
                "GET", "/actions", .read, "The actions of all improvements, by improvement",
                query: [
                    ("improvement", "Only of this one"), ("owner", "Only theirs"), ("department", "Only of this one"),
                    ("kind", "training, deployment, process or communication"), ("done", "true or false"),
                    ("dueBefore", "Only those due before this day"),
                ],
                Endpoint(
                    words: ["kind": Action.Kind.allCases.map(\.rawValue), "done": ["true", "false"]],
                    gives: .of(
                        .must("actions", .list(.of(.must("improvement", .identifier), .must("action", .action)))),
                        Shape.next), isList: true)
            ) { try await apiActions($0) },
        ]
        + EntryKind.all.map { kind in
            api(
                "POST", "/improvements/{id}/\(kind.word)", kind.permission, kind.summary,
                Endpoint(takes: kind.shape, gives: .wholeImprovement, needsVersion: kind.needsVersion)
            ) { try await append(kind, $0) }
        }

    private static func apiImprovements(_ call: Call) async throws -> Reply {
        let states = ["active", "onHold", "closed"]
        if let state = call.ask.value("state"), !states.contains(state) {
            throw Problem.badParameter("state", "it is one of: \(states.joined(separator: ", "))")
        }
        let missing = try call.choice("missing", Missing.self)
        let step = try call.ask.value("step").map { text in
            guard let step = Int(text).flatMap({ Step(rawValue: $0) }) else {
                throw Problem.badParameter("step", "it is a whole number from 1 to 7")
            }
            return step
        }
        let all = try await call.store.improvements().filter { kept in
            let one = kept.improvement
            return (call.ask.value("state").map { one.state.word == $0 } ?? true)
                && (step.map { one.round.step == $0 } ?? true)
                && (call.ask.value("owner").map { one.owner == $0 } ?? true)
                && (missing.map { one.missing.contains($0) } ?? true)
        }
        let page = try Window(call.ask).page(all) { String($0.id.value) }
        return call.list("improvements", page.shown.map(ImprovementDocuments.json), next: page.next)
    }

    private static func apiActions(_ call: Call) async throws -> Reply {
        let kind = try call.choice("kind", Action.Kind.self)
        let isDone = try call.flag("done")
        let before = try call.ask.value("dueBefore").map { text in
            guard let day = Day(text) else { throw Problem.badParameter("dueBefore", "it is a day such as 2026-12-01") }
            return day
        }
        var all: [(key: String, json: JSON)] = []
        for kept in try await call.store.improvements() {
            if let wanted = call.ask.value("improvement"), wanted != String(kept.id.value) { continue }
            for round in kept.improvement.rounds {
                for action in round.actions
                where (call.ask.value("owner").map { action.owner == $0 } ?? true)
                    && (call.ask.value("department").map { action.department == $0 } ?? true)
                    && (kind.map { action.kind == $0 } ?? true) && (isDone.map { (action.doneOn != nil) == $0 } ?? true)
                    && (before.map { limit in action.due.map { $0 < limit } ?? false } ?? true)
                {
                    let json = JSON.object([
                        ("improvement", .integer(Int(kept.id.value))), ("round", .integer(round.number)),
                        ("action", ImprovementDocuments.json(action)),
                    ])
                    all.append(("\(kept.id.value)-\(round.number)-\(action.id)", json))
                }
            }
        }
        let page = try Window(call.ask).page(all) { $0.key }
        return call.list("actions", page.shown.map(\.json), next: page.next)
    }

    private static func apiOpen(_ call: Call) async throws -> Reply {
        var origin = Change.Origin.hand
        if let id = call.document["opportunity"]?.said {
            guard try await call.store.opportunities().contains(where: { $0.id == id }) else {
                throw Problem.unusable("There is no opportunity “\(id)”; see /api/v1/opportunities.")
            }
            origin = .opportunity(id: id)
        } else if let id = call.document["suggestion"]?.whole {
            guard try await call.store.suggestion(Int64(id)) != nil else {
                throw Problem.unusable("There is no suggestion \(id); see /api/v1/suggestions.")
            }
            origin = .suggestion(id: Int64(id))
        }
        let opened = Change.opened(title: call.document["title"]?.said ?? "", origin: origin)
        do {
            let id = try await call.store.open(Entry(opened, by: call.writer, at: call.site.now()))
            var reply = try await shown(id, call)
            reply.status = 201
            reply.headers.append(("Location", "/api/v1/improvements/\(id.value)"))
            return reply
        } catch let error as LifeCycleError { throw Problem(error) }
    }

    private static func apiImprovement(_ call: Call) async throws -> Reply {
        let reply = try await shown(ID(try call.number("id", of: "improvement")), call)
        guard let seen = call.ask.headers["if-none-match"], let tag = reply.header("ETag"),
            seen == "*" || seen.split(separator: ",").contains(where: { $0.drop { $0 == " " } == tag })
        else { return reply }
        return Reply(304, headers: [("ETag", tag)])
    }

    private static func shown(_ id: ID<Improvement>, _ call: Call) async throws -> Reply {
        guard let one = try await call.store.improvement(id) else {
            throw Problem.notFound("There is no improvement \(id.value).")
        }
        return shown(KeptImprovement(id: id, improvement: one))
    }

    private static func shown(_ kept: KeptImprovement) -> Reply {
        var reply = Reply.json(ImprovementDocuments.whole(kept))
        reply.headers.append(("ETag", "\"\(kept.improvement.version)\""))
        return reply
    }

    private static func append(_ kind: EntryKind, _ call: Call) async throws -> Reply {
        let id = ID<Improvement>(try call.number("id", of: "improvement"))
        guard let one = try await call.store.improvement(id) else {
            throw Problem.notFound("There is no improvement \(id.value).")
        }
        let seen = kind.needsVersion ? try version(call, of: "improvement", now: one.version) : one.version
        do {
            let change = try await kind.make(call, one)
            if try kind.isApproval(change) {
                guard let session = call.session, session.may(.approve),
                    session.account.may(.approve, concerning: one.subject)
                else { throw Problem.notAllowed }
            }
            let entry = Entry(change, by: call.writer, at: call.site.now())
            guard let after = try await call.store.append(entry, to: id, seen: seen) else {
                throw Problem.notFound("There is no improvement \(id.value).")
            }
            return shown(KeptImprovement(id: id, improvement: after))
        } catch let error as LifeCycleError { throw Problem(error) }
    }

    /// The version that `If-Match` says; `*` is whatever there is.
    static func version(_ call: Call, of thing: String, now: Int) throws -> Int {
        guard let match = call.ask.headers["if-match"] else {
            throw Problem(
                status: 428, name: "version-missing", title: "Say which version you saw",
                detail: "Send If-Match with the ETag of the \(thing), such as \"\(now)\".")
        }
        if match == "*" { return now }
        let digits = match.hasPrefix("W/") ? match.dropFirst(2) : match[...]
        guard let version = Int(digits.filter { $0 != "\"" }) else {
            throw Problem.badParameter("If-Match", "it is an ETag such as \"\(now)\"")
        }
        return version
    }
}

extension Improvement {
    /// What approving it concerns: the process and the service that its objective is measured in.
    var subject: Set<Responsibility> {
        guard let objective = round.objective else { return [] }
        var subject: Set<Responsibility> = []
        if let measure = objective.measure.flatMap({ Measure(id: $0) }) {
            if let kind = measure.kind { subject.insert(Responsibility(.process, kind.plural)) }
        }
        if let service = objective.slice[.service] { subject.insert(Responsibility(.service, service)) }
        return subject
    }
}

extension Problem {
    /// What the rules of the seven steps say, told to a program.
    init(_ error: LifeCycleError) {
        func rule(_ name: String, _ detail: String) -> Problem {
            Problem(status: 409, name: name, title: "The rules do not allow it now", detail: detail)
        }
        switch error {
        case .changedMeanwhile(let version):
            self.init(
                status: 412, name: "changed-meanwhile", title: "Somebody was faster",
                detail: "It has \(version) entries by now; read it again, then decide.",
                headers: [("ETag", "\"\(version)\"")], members: [("version", .integer(version))])
        case .evidenceMissing(let missing):
            self = rule(
                "evidence-missing", "Bring the evidence of the step, or give a reason, which is kept and shown.")
            members = [("missing", .array(missing.map { .string($0.rawValue) }))]
        case .closed: self = rule("closed", "It is closed: only comments can be added.")
        case .onHold: self = rule("on-hold", "It is on hold: take it up again first.")
        case .notOnHold: self = rule("not-on-hold", "It is not on hold.")
        case .notEarlier(let step):
            self = rule("not-earlier", "It is in step \(step.rawValue): go back to an earlier one.")
        case .planFrozen:
            self = rule("plan-frozen", "The plan of this round is frozen; another belongs to the next round.")
        case .noPlan: self = rule("no-plan", "There is no frozen plan to judge by.")
        case .notMeasurable: self = rule("not-measurable", "The objective names no measure.")
        case .otherPlan: self = rule("other-plan", "The verdict follows another plan than the frozen one.")
        case .wrongStep(let step): self = rule("wrong-step", "That does not belong to step \(step.rawValue).")
        case .noNextRound: self = rule("no-next-round", "Another round follows a decision to extend or to adjust.")
        case .noSuchChoice(let id): self = .unusable("There is no choice \(id).")
        case .reasonMissing: self = .unusable("A reason is needed.")
        case .textMissing: self = .unusable("A text is needed.")
        case .merged(let id): self = rule("merged", "It was merged into improvement \(id): go on there.")
        case .mergeTakesTwo: self = .unusable("An improvement cannot be merged into itself.")
        case .noSuchAction(let id): self = .unusable("There is no action \(id).")
        case .noSuchParent(let id): self = .unusable("There is no improvement \(id) it could be part of.")
        case .ownAncestor(let id): self = .unusable("Improvement \(id) is a part of this one already.")
        case .roleMayNotApprove(let role):
            self = rule("role-may-not-approve", "The role \(role) does not approve this.")
        case .outOfRange: self = .unusable("A number is out of its range.")
        case .endsBeforeItBegins: self = .unusable("It ends before it begins.")
        case .notOpened, .openedTwice: self = .unusable("An improvement is opened once, and first.")
        }
    }
}
