import People
import Records
import Signals
import Store
import Turn

// What keeps coming back, in the words of `ratchet problems --json`.

extension Shape {
    static let recurringProblem = Shape.named(
        "RecurringProblem",
        .of(
            .must("id", identifier), .must("name", .line), .must("words", .list(.line)), .must("size", count),
            .must("standing", .word(RecurringProblem.Standing.allCases.map(\.rawValue))), .must("first", .day),
            .must("last", .day), .must("times", count), .must("firstMonth", .day), .must("months", .list(count)),
            .must("perMonth", estimate), .must("hoursPerMonth", .optional(estimate)),
            .must("workHoursPerMonth", .optional(estimate)), .must("moneyPerMonth", .optional(estimate)),
            .must("rhythm", .optional(.map(.anything))), .must("workarounds", .map(count)),
            .must("record", .optional(.map(.anything))), .must("changes", .optional(.map(.anything))),
            .must("satisfaction", .optional(.map(.anything))), .must("chance", .number), .must("sentence", .prose)))
}

extension Routes {
    static let recurringAPI: [Route] = [
        api(
            "GET", "/problems", .read, "What keeps coming back, the costliest first",
            query: [("standing", "Only those that stand so")],
            Endpoint(
                words: ["standing": RecurringProblem.Standing.allCases.map(\.rawValue)],
                gives: .of(.must("problems", .list(.recurringProblem)), Shape.next), isList: true)
        ) { call in
            let standing = try call.choice("standing", RecurringProblem.Standing.self)
            let all = try await call.store.recurringProblems().filter { standing == nil || $0.standing == standing }
            let names = try await call.store.problemNames()
            let documents = try await problemDocuments(call)
            let page = try Window(call.ask).page(all) { String($0.id) }
            return call.list("problems", page.shown.map { documents.json($0, name: names[$0.id]) }, next: page.next)
        },
        api(
            "GET", "/problems/{id}", .read, "One problem with its latest incidents and its history",
            Endpoint(
                gives: .of(
                    .must("id", .identifier), .must("problem", .optional(.recurringProblem)),
                    .must("incidents", .list(.line)), .must("history", .list(.map(.anything)))))
        ) { call in
            .json(try await problemDocument(try call.number("id", of: "problem"), call))
        },
        api(
            "POST", "/problems/{id}/split", .contribute, "Take incidents out of a problem, to be one of their own",
            Endpoint(
                takes: .of(.must("incidents", .list(.line, most: 1000)), .may("why", .line)),
                gives: .of(.must("id", .identifier)), status: 201)
        ) { call in
            let id = try call.number("id", of: "problem")
            let chosen = (call.document["incidents"]?.items ?? []).compactMap(\.said)
            let new = try await splitProblem(
                id, tickets: chosen, note: call.document["why"]?.said ?? "", by: call.writer, at: call.site.now(),
                in: call.store)
            guard let new else {
                throw Problem.unusable("None of these incidents is in problem \(id), or all of them are.")
            }
            return .json(.object([("id", .integer(Int(new)))]), status: 201)
        },
        api(
            "POST", "/problems/{id}/join", .contribute, "Join a problem with another; the older number stays",
            Endpoint(
                takes: .of(.must("other", .identifier), .may("why", .line)), gives: .of(.must("id", .identifier)))
        ) { call in
            let id = try call.number("id", of: "problem")
            let other = call.document["other"]?.whole ?? 0
            let all = try await joinProblems(
                id, Int64(other), note: call.document["why"]?.said ?? "", by: call.writer, at: call.site.now(),
                in: call.store)
            guard let all else { throw Problem.unusable("One of the problems \(id) and \(other) has no incidents.") }
            return .json(.object([("id", .integer(Int(all)))]))
        },
        api(
            "POST", "/problems/{id}/name", .contribute, "Give a problem a name",
            Endpoint(takes: .of(.must("name", .line)), gives: .of(.must("id", .identifier)))
        ) { call in
            let id = try call.number("id", of: "problem")
            _ = try await problemDocument(id, call)
            try await call.store.nameProblem(
                id, call.document["name"]?.said ?? "", by: call.writer, at: call.site.now())
            return .json(.object([("id", .integer(Int(id)))]))
        },
    ]

    private static func problemDocuments(_ call: Call) async throws -> ProblemDocuments {
        let data = try await Facts(call.store)
        return ProblemDocuments(
            words: call.visit.words, asOf: data.asOf ?? data.zone.day(of: call.site.now()),
            rate: data.organisation.rate)
    }

    private static func problemDocument(_ id: Int64, _ call: Call) async throws -> JSON {
        let lines = try await call.store.recurringIncidents(of: id, after: nil, limit: 100, zone: .utc)
        guard !lines.isEmpty else { throw Problem.notFound("There is no problem \(id).") }
        let documents = try await problemDocuments(call)
        let name = try await call.store.problemNames()[id]
        return .object([
            ("id", .integer(Int(id))),
            ("problem", try await call.store.recurringProblem(id).map { documents.json($0, name: name) } ?? .null),
            ("incidents", .array(lines.map { .string($0.line.number) })),
            ("history", .array(try await call.store.problemEntries(id).map { documents.json($0) })),
        ])
    }
}
