import Improvements
import Languages
import Opportunities
import People
import Records
import Signals
import Store
import Turn

extension Routes {
    static let problemsArea: [Route] = [
        Route("GET", "/problems", .read, "What keeps coming back", answer: { try await problems($0) }),
        Route(
            "GET", "/problems/{id}", .read, "A problem that recurs", query: [("after", "Incidents before this one")],
            answer: { try await problem($0) }),
        Route("POST", "/problems/{id}/split", .contribute, "Take incidents out", answer: { try await split($0) }),
        Route("POST", "/problems/{id}/join", .contribute, "Join two problems", answer: { try await join($0) }),
        Route("POST", "/problems/{id}/name", .contribute, "Name a problem", answer: { try await nameProblem($0) }),
    ]

    /// A name or a reason is a line.
    static let problemNoteMax = 200

    static func problems(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        let values = ProblemsValues(
            problems: try await call.store.recurringProblems(), names: try await call.store.problemNames(),
            asOf: data.asOf ?? data.zone.day(of: call.site.now()), rate: data.organisation.rate,
            currency: data.organisation.currency)
        return call.html(ProblemsPage(values: values).page(call.visit))
    }

    static func problem(_ call: Call) async throws -> Reply {
        let id = try problemID(call)
        var after: Int64?
        if let text = call.ask.value("after") {
            guard let number = Int64(text) else { throw Refusal.badAddress }
            after = number
        }
        guard let values = try await problemValues(id, call, after: after) else {
            // What was joined has gone to another one.
            if let joined = try await call.store.problemEntries(id).first(where: { $0.deed == .join && $0.other == id })
            {
                return .seeOther(Link.problem(joined.problem))
            }
            throw Refusal.notFound
        }
        return call.html(ProblemPage(values: values).page(call.visit))
    }

    private static func problemID(_ call: Call) throws -> Int64 {
        guard let id = Int64(try call.value("id")), id > 0 else { throw Refusal.notFound }
        return id
    }

    /// - Returns: Nil when there is no incident in it.
    private static func problemValues(_ id: Int64, _ call: Call, after: Int64? = nil) async throws -> ProblemValues? {
        let data = try await Facts(call.store)
        let found = try await call.store.recurringIncidents(
            of: id, after: after, limit: ticketsShown + 1, zone: data.zone)
        if found.isEmpty, after == nil { return nil }
        let problem = try await call.store.recurringProblem(id)
        let names = try await call.store.problemNames()
        let lines = found.prefix(ticketsShown).map(\.line)
        let name = names[id] ?? problem?.title ?? lines.first?.title ?? "#\(id)"
        let opportunity = try await call.store.opportunities().first { $0.id == "or\(id)" }?.id
        let title = call.visit.words.title(forProblem: name)
        return ProblemValues(
            id: id, problem: problem, name: name, asOf: data.asOf ?? data.zone.day(of: call.site.now()),
            zone: data.zone, rate: data.organisation.rate, currency: data.organisation.currency, lines: Array(lines),
            after: found.count > ticketsShown ? lines.last?.id : nil,
            entries: try await call.store.problemEntries(id), opportunity: opportunity,
            improvement: try await call.store.improvements().last {
                $0.improvement.origin == .opportunity(id: "or\(id)") || $0.improvement.title == title
            }, mayOpen: reader(call).role.may(.decide), mayContribute: reader(call).role.may(.contribute))
    }

    // MARK: What people do

    /// The page again, with what is wrong.
    private static func refused(
        _ phrase: ProblemPhrase, _ id: Int64, _ form: [String: String], _ call: Call
    ) async throws -> Reply {
        guard var values = try await problemValues(id, call) else { throw Refusal.notFound }
        values.refused = call.visit.words.recurring(phrase)
        values.typed = form
        return call.html(ProblemPage(values: values).page(call.visit), status: 422)
    }

    static func split(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let id = try problemID(call)
        let prefix = "ticket-"
        let chosen = form.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
        let why = (form["why"] ?? "").trimmingBlanks
        let typed = ["split-why": why]
        if why.utf8.count > problemNoteMax { return try await refused(.tooLong, id, typed, call) }
        if chosen.isEmpty { return try await refused(.noneTicked, id, typed, call) }
        guard
            let new = try await splitProblem(
                id, tickets: chosen, note: why, by: call.writer, at: call.site.now(), in: call.store)
        else {
            let left = try await call.store.recurringIncidents(of: id, after: nil, limit: 1, zone: .utc)
            return try await refused(left.isEmpty ? .noSuchProblem : .allTicked, id, typed, call)
        }
        return .seeOther(Link.problem(new))
    }

    static func join(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let id = try problemID(call)
        let why = (form["why"] ?? "").trimmingBlanks
        let other = (form["other"] ?? "").trimmingBlanks
        let typed = ["join-why": why, "other": other]
        if why.utf8.count > problemNoteMax { return try await refused(.tooLong, id, typed, call) }
        guard let number = Int64(other.drop { $0 == "#" }) else {
            return try await refused(.noSuchProblem, id, typed, call)
        }
        if number == id { return try await refused(.sameProblem, id, typed, call) }
        let all = try await joinProblems(
            id, number, note: why, by: call.writer, at: call.site.now(), in: call.store)
        guard let all else { return try await refused(.noSuchProblem, id, typed, call) }
        return .seeOther(Link.problem(all))
    }

    static func nameProblem(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let id = try problemID(call)
        let name = (form["name"] ?? "").trimmingBlanks
        if name.utf8.count > problemNoteMax { return try await refused(.tooLong, id, ["name": name], call) }
        guard try await problemValues(id, call) != nil else { throw Refusal.notFound }
        try await call.store.nameProblem(id, name, by: call.writer, at: call.site.now())
        return .seeOther(Link.problem(id))
    }
}
