import Hummingbird
import People
import Records
import Store

/// What a route of the API takes and gives. The description, and the checks before the route is asked, are made of it.
struct Endpoint: Sendable {
    /// The body as JSON; nil where it is something else, or nothing.
    var takes: Shape?
    /// Other bodies than JSON, which the route reads by itself: type and what it is.
    var takesAlso: [(type: String, about: String)] = []
    /// What a parameter of the query must be one of.
    var words: [String: [String]] = [:]
    /// A larger body is refused.
    var bytesMax = Endpoint.documentBytesMax
    var gives: Shape?
    var givesType = "application/json"
    var status = 200
    /// A list that is read page by page.
    var isList = false
    /// `If-Match` must say which version was seen.
    var needsVersion = false
    /// The route takes in a file piece by piece, and looks after its idempotency key by itself.
    var isFile = false

    /// One thing written by hand, or a thousand small ones.
    static let documentBytesMax = 1 << 20
}

extension Routes {
    /// A route of the API.
    static func api(
        _ method: String, _ path: String, _ permission: Permission?, _ summary: String,
        query: [(String, String)] = [], _ endpoint: Endpoint, _ answer: @escaping @Sendable (Call) async throws -> Reply
    ) -> Route {
        var route = Route(method, "/api/v1" + path, permission, summary, query: query, answer: answer)
        route.endpoint = endpoint
        return route
    }
}

/// What is done for every request of the API before and after its route.
enum Gate {
    /// Keys are kept for a week: longer than anybody tries again.
    static let keySeconds: Int64 = 7 * 86_400
    static let keyCharactersMax = 200

    static func answer(_ call: Call, _ route: Route, _ endpoint: Endpoint) async throws -> Reply {
        guard route.method != "GET", !endpoint.isFile else { return try await route.answer(call) }
        var call = call
        let bytes = try await call.ask.collected(most: endpoint.bytesMax)
        call.ask.body = RequestBody(buffer: ByteBuffer(bytes: bytes))
        let type = mediaType(call.ask)
        if let shape = endpoint.takes {
            let others = endpoint.takesAlso.map(\.type)
            if type == "application/json" || (bytes.isEmpty && type.isEmpty) {
                call.document = try document(bytes, shape)
            } else if !others.contains(type) {
                throw Problem.wrongType(type, takes: ["application/json"] + others)
            }
        }
        let asked = call
        return try await once(call, request: fingerprint(call, type, bytes)) { try await route.answer(asked) }
    }

    /// Without parameters, in small letters.
    static func mediaType(_ ask: Ask) -> String {
        String((ask.headers["content-type"] ?? "").prefix { $0 != ";" }).filter { !$0.isWhitespace }.lowercased()
    }

    private static func document(_ bytes: [UInt8], _ shape: Shape) throws -> JSON {
        let json: JSON
        do throws(JSONFault) {
            // A change that needs no words needs no body either.
            json = bytes.isEmpty ? .object([]) : try JSON(reading: bytes)
        } catch { throw Problem.notJSON(error) }
        if let trouble = shape.trouble(json) { throw Problem.doesNotFit(trouble) }
        return json
    }

    private static func fingerprint(_ call: Call, _ type: String, _ bytes: [UInt8]) -> String {
        let query = call.ask.query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let match = call.ask.headers["if-match"] ?? ""
        return "\(call.ask.method) \(call.ask.path)?\(query)\n\(type)\n\(match)\n"
            + String(decoding: bytes, as: UTF8.self)
    }

    /// Does the work once for each `Idempotency-Key`; the same request again gets the same answer.
    ///
    /// Work that was refused changed nothing, and leaves the key free.
    static func once(_ call: Call, request: String, _ work: () async throws -> Reply) async throws -> Reply {
        guard let key = call.ask.headers["idempotency-key"] else { return try await work() }
        guard (1...keyCharactersMax).contains(key.count) else {
            throw Problem.badParameter("Idempotency-Key", "it has 1 to \(keyCharactersMax) characters")
        }
        let account = call.session?.account.id.value ?? 0
        let now = call.site.now()
        let reservation = try await call.store.reserve(
            key, of: account, request: Secrets.hash(token: request), at: now,
            forgetting: Moment(seconds: now.seconds - keySeconds))
        switch reservation {
        case .answered(let kept): return Reply(kept)
        case .underWay:
            throw Problem(
                status: 409, name: "under-way", title: "The same request is being answered",
                detail: "Try again in a moment.", headers: [("Retry-After", "2")])
        case .otherRequest:
            throw Problem(
                status: 422, name: "key-used", title: "The idempotency key was used for another request",
                detail: "Use a new key for a new request.")
        case .new: break
        }
        do {
            let reply = try await work()
            try await call.store.keepAnswer(reply.kept, for: key, of: account)
            return reply
        } catch {
            try await call.store.release(key, of: account)
            throw error
        }
    }
}

extension Reply {
    fileprivate init(_ kept: KeptAnswer) {
        let headers = kept.headers.split(separator: "\n").compactMap { line -> (String, String)? in
            let sides = line.split(separator: ":", maxSplits: 1)
            return sides.count == 2 ? (String(sides[0]), String(sides[1].dropFirst())) : nil
        }
        self.init(kept.status, headers: headers + [("Idempotency-Replayed", "true")], body: kept.body)
    }

    fileprivate var kept: KeptAnswer {
        KeptAnswer(
            status: status, headers: headers.map { "\($0.0): \($0.1)" }.joined(separator: "\n"), body: body)
    }
}

// MARK: Lists

/// A part of a list: how many, and after which.
struct Window {
    var limit: Int
    var after: String?

    static let usual = 100
    static let most = 1000
    static let parameters: [(String, String)] = [
        ("limit", "How many, 1 to \(most); \(usual) unless said"), ("after", "The cursor ‘next’ of the page before"),
    ]

    init(_ ask: Ask) throws {
        limit = Self.usual
        after = ask.value("after")
        guard let text = ask.value("limit") else { return }
        guard let value = Int(text), (1...Self.most).contains(value) else {
            throw Problem.badParameter("limit", "it is a whole number from 1 to \(Self.most)")
        }
        limit = value
    }

    /// The page of a list that is there as a whole, and the cursor of the next.
    func page<Item>(_ items: [Item], _ key: (Item) -> String) throws -> (shown: ArraySlice<Item>, next: String?) {
        var rest = items[...]
        if let after {
            guard let place = items.firstIndex(where: { key($0) == after }) else {
                throw Problem.badParameter("after", "there is no “\(after)” in the list any more; begin at its start")
            }
            rest = items[(place + 1)...]
        }
        let shown = rest.prefix(limit)
        return (shown, rest.count > limit ? shown.last.map(key) : nil)
    }

    /// The number after which a page begins, where things are numbered.
    func number() throws -> Int64 {
        guard let after else { return 0 }
        guard let number = Int64(after) else {
            throw Problem.badParameter("after", "it is the cursor ‘next’ of a page")
        }
        return number
    }
}

extension Call {
    /// A page of a list, with the address of the next one for those who follow links.
    func list(_ name: String, _ items: [JSON], next: String?, more: [(String, JSON)] = []) -> Reply {
        var reply = Reply.json(
            .object(more + [(name, .array(items)), ("next", next.map { .string($0) } ?? .null)]))
        if let next {
            let address = Link.setting("after", to: next, in: ask.path, ask.query)
            reply.headers.append(("Link", "<\(address)>; rel=\"next\""))
        }
        return reply
    }

    /// A word of the query that must be one of some; nil where it is not said.
    func word(_ name: String, of words: [String]) throws -> String? {
        guard let text = ask.value(name) else { return nil }
        guard words.contains(text) else {
            throw Problem.badParameter(name, "it is one of: \(words.joined(separator: ", "))")
        }
        return text
    }

    func choice<Word: RawRepresentable & CaseIterable>(_ name: String, _ type: Word.Type) throws -> Word?
    where Word.RawValue == String {
        try word(name, of: type.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
    }

    /// The number in the address.
    func number(_ name: String, of thing: String) throws -> Int64 {
        let text = try value(name)
        guard let number = Int64(text), number > 0 else { throw Problem.notFound("There is no \(thing) “\(text)”.") }
        return number
    }

    /// Who writes, as entries of improvements and suggestions keep it.
    var writer: String { session?.account.name ?? "" }
}
