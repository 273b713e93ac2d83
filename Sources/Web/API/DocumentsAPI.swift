import Gains
import Improvements
import Languages
import People
import Records
import Store

// What people write down (goals, skills, maturity, process cards) and say (thanks), over HTTP. A document is edited as a whole; the
// version that was seen stands in `If-Match`, as for improvements.

extension Shape {
    static let document = Shape.named(
        "Document",
        .of(
            .must("id", identifier), .must("version", count, "The ETag"),
            .must("kind", .word(PlanningDocument.Kind.allCases.map(\.rawValue))), .must("name", .line),
            .must("fields", .map(.prose), "Lists stand one a line"), .must("by", .line), .must("at", .moment)))
    static let thanks = Shape.named(
        "Thanks",
        .of(
            .must("id", identifier), .must("at", .moment), .must("by", .text(most: 500), "Empty: without a name"),
            .must("team", .line), .must("person", .text(most: 500)), .must("text", .prose),
            .must("improvement", .optional(.identifier))))
}

extension Routes {
    static let documentsAPI: [Route] = [
        api(
            "GET", "/documents", .read, "Goals, skills, maturity and process cards",
            query: [("kind", "goal, skill, maturity or process")],
            Endpoint(
                words: ["kind": PlanningDocument.Kind.allCases.map(\.rawValue)],
                gives: .of(.must("documents", .list(.document)), Shape.next), isList: true)
        ) { try await apiDocuments($0) },
        api(
            "GET", "/documents/{id}", .read, "One of them", Endpoint(gives: .document)
        ) { try await apiDocument($0) },
        api(
            "POST", "/documents", .govern, "Write one down",
            Endpoint(
                takes: .of(
                    .must("kind", .word(PlanningDocument.Kind.allCases.map(\.rawValue))),
                    .must("fields", .map(.prose), "As a document has them")), gives: .document, status: 201)
        ) { try await apiWrite($0) },
        api(
            "PUT", "/documents/{id}", .govern, "Write its next version",
            Endpoint(takes: .of(.must("fields", .map(.prose))), gives: .document, needsVersion: true)
        ) { try await apiReplace($0) },
        api(
            "GET", "/thanks", .read, "Thanks, the latest first",
            Endpoint(gives: .of(.must("thanks", .list(.thanks)), Shape.next), isList: true)
        ) { try await apiThanks($0) },
    ]

    private static func json(_ kept: KeptDocument) -> JSON {
        let fields = DocumentForm(kept.document).fields.sorted { $0.key < $1.key }
        return .object([
            ("id", .integer(Int(kept.id))), ("version", .integer(kept.version)),
            ("kind", .string(kept.document.kind.rawValue)), ("name", .string(kept.document.name)),
            ("fields", .object(fields.map { ($0.key, .string($0.value)) })), ("by", .string(kept.by)),
            ("at", .string(kept.at.description)),
        ])
    }

    private static func shown(_ kept: KeptDocument, status: Int = 200) -> Reply {
        var reply = Reply.json(json(kept), status: status)
        reply.headers.append(("ETag", "\"\(kept.version)\""))
        return reply
    }

    private static func apiDocuments(_ call: Call) async throws -> Reply {
        let kind = try call.choice("kind", PlanningDocument.Kind.self)
        let all = try await call.store.documents().filter { kind == nil || $0.document.kind == kind }
        let page = try Window(call.ask).page(all) { String($0.id) }
        return call.list("documents", page.shown.map(json), next: page.next)
    }

    private static func existing(_ call: Call) async throws -> KeptDocument {
        let id = try call.number("id", of: "document")
        guard let kept = try await call.store.documents().first(where: { $0.id == id }) else {
            throw Problem.notFound("There is no document \(id).")
        }
        return kept
    }

    private static func apiDocument(_ call: Call) async throws -> Reply {
        let reply = shown(try await existing(call))
        guard let seen = call.ask.headers["if-none-match"], let tag = reply.header("ETag"), seen == "*" || seen == tag
        else { return reply }
        return Reply(304, headers: [("ETag", tag)])
    }

    /// The document that a body says, checked as the page's form is.
    private static func written(
        _ call: Call, _ kind: PlanningDocument.Kind, after earlier: PlanningDocument?
    ) async throws -> PlanningDocument {
        var fields: [String: String] = [:]
        for (name, value) in call.document["fields"]?.members ?? [] { fields[name] = value.said }
        let known = Set(try await call.store.policies().map(\.id))
        do throws(DocumentProblem) {
            return try DocumentForm(kind: kind, fields: fields).document(after: earlier, policies: known)
        } catch { throw Problem.unusable(error.told(Words(.en))) }
    }

    private static func apiWrite(_ call: Call) async throws -> Reply {
        guard let kind = call.document["kind"]?.said.flatMap({ PlanningDocument.Kind(rawValue: $0) }) else {
            throw Problem.unusable("“kind” is missing.")
        }
        let document = try await written(call, kind, after: nil)
        let kept = try await call.store.add(document, by: call.writer, at: call.site.now())
        var reply = shown(kept, status: 201)
        reply.headers.append(("Location", "/api/v1/documents/\(kept.id)"))
        return reply
    }

    private static func apiReplace(_ call: Call) async throws -> Reply {
        let kept = try await existing(call)
        let seen = try version(call, of: "document", now: kept.version)
        let document = try await written(call, kept.document.kind, after: kept.document)
        do {
            guard
                let after = try await call.store.replace(
                    kept.id, with: document, seen: seen, by: call.writer, at: call.site.now())
            else { throw Problem.notFound("There is no document \(kept.id).") }
            return shown(after)
        } catch let error as LifeCycleError { throw Problem(error) }
    }

    private static func apiThanks(_ call: Call) async throws -> Reply {
        let all = try await call.store.thanks(for: nil, limit: Window.most)
        let page = try Window(call.ask).page(all) { String($0.id) }
        let items = page.shown.map { one -> JSON in
            .object([
                ("id", .integer(Int(one.id))), ("at", .string(one.at.description)), ("by", .string(one.by)),
                ("team", .string(one.team)), ("person", .string(one.person)), ("text", .string(one.text)),
                ("improvement", one.improvement.map { .integer(Int($0)) } ?? .null),
            ])
        }
        return call.list("thanks", items, next: page.next)
    }
}
