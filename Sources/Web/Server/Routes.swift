import People

/// One address of the site: who may use it, what answers it, and what it says of itself in the API's description.
struct Route: Sendable {
    var method: String
    /// `/tickets/{kind}/{number}`.
    var path: String
    /// Nil for what anyone may see.
    var permission: Permission?
    /// In English, for the description.
    var summary: String
    var setsFormCookie = false
    /// Names and meanings of what the query may hold.
    var query: [(String, String)] = []
    /// Set where a POST asks and changes nothing: it leaves no line in the audit trail.
    var onlyReads = false
    /// Set where a person may stay unnamed: the audit trail would name them.
    var isUnnamed = false
    /// Set for the API: what it takes and gives.
    var endpoint: Endpoint?
    var answer: @Sendable (Call) async throws -> Reply

    var segments: [Substring] { path.split(separator: "/") }

    init(
        _ method: String, _ path: String, _ permission: Permission?, _ summary: String, setsFormCookie: Bool = false,
        query: [(String, String)] = [], answer: @escaping @Sendable (Call) async throws -> Reply
    ) {
        self.method = method
        self.path = path
        self.permission = permission
        self.summary = summary
        self.setsFormCookie = setsFormCookie
        self.query = query
        self.answer = answer
    }
}

/// Every address there is. The server, the 405s and the API's description all read this one table.
enum Routes {
    static let all: [Route] =
        [
            Route("GET", "/", .read, "Today", answer: { try await today($0) }),
            Route("GET", "/services", .read, "Services", answer: { try await services($0) }),
            Route("GET", "/measures", .read, "Measures", answer: { try await measures($0) }),
            Route("GET", "/measures/{id}", .read, "A measure", answer: { try await measure($0) }),
            Route("GET", "/signals", .read, "Signals", answer: { try await signals($0) }),
            Route("GET", "/register", .read, "The register", answer: { try await register($0) }),
            Route("GET", "/register/{id}", .read, "An opportunity", answer: { try await opportunity($0) }),
            Route("GET", "/tickets", .read, "Tickets behind a number", answer: { try await tickets($0) }),
            Route("GET", "/tickets/{kind}/{number}", .read, "A ticket", answer: { try await ticket($0) }),
            Route("GET", "/search", .read, "Search", answer: { try await search($0) }),

            Route("GET", "/sources", .read, "Sources", answer: { try await sources($0) }),
            Route("POST", "/sources/files", .bringData, "Hand in a file", answer: { try await handIn($0) }),
            Route("GET", "/sources/files/{token}", .bringData, "What a file says", answer: { try await proposal($0) }),
            Route("POST", "/sources/files/{token}", .bringData, "Import a file", answer: { try await begin($0) }),
            Route("POST", "/sources/sample", .bringData, "Load the sample", answer: { try await sample($0) }),
            Route("GET", "/sources/runs/{token}", .bringData, "An import under way", answer: { try await run($0) }),
            Route("GET", "/sources/runs/{token}/live", .bringData, "Its progress", answer: { try await live($0) }),
            Route("GET", "/sources/imports/{id}", .read, "An import", answer: { try await importReport($0) }),

            Route("GET", "/login", nil, "Sign in", setsFormCookie: true, answer: { signInForm($0) }),
            Route("POST", "/login", nil, "Sign in", answer: { try await signIn($0) }),
            Route("POST", "/logout", .read, "Sign out", answer: { try await signOut($0) }),
            Route("GET", "/start/{link}", nil, "First account", setsFormCookie: true, answer: { try await start($0) }),
            Route("POST", "/start/{link}", nil, "First account", answer: { try await finishStart($0) }),

            Route("GET", "/healthz", nil, "Alive", answer: { _ in .text("ok\n") }),
            Route("GET", "/readyz", nil, "The store can be reached", answer: { try await ready($0) }),
            Route("GET", "/openapi.json", nil, "This description", answer: { _ in .json(OpenAPI.document) }),
        ] + pages + api + operations + modelContext + Assets.all.map(asset)

    /// The pages and forms of each area, in a file of its own.
    private static let pages: [Route] =
        problemsArea + processArea + foreseen + feedbackArea + registerWork + improvementWork + thanking + peopleCycle
        + programme + planning + people + settings

    /// Everything under `/api/v1`, an area a file.
    static let api: [Route] =
        findings + improvements + records + readings + programmeFindings + events + recurringAPI + suggestionVoices
        + peopleCycleAPI + processAPI + foreseenFindings + documentsAPI

    private static func asset(_ asset: Asset) -> Route {
        Route("GET", asset.path, nil, "Asset") { _ in
            Reply(
                200,
                headers: [
                    ("Content-Type", asset.type), ("Cache-Control", "public, max-age=31536000, immutable"),
                ], body: asset.bytes)
        }
    }

    /// The same route without a line in the audit trail.
    static func unnamed(_ route: Route) -> Route {
        var route = route
        route.isUnnamed = true
        return route
    }

    enum Match {
        case found(Route, [String: String])
        case otherMethods([String])
        case none
    }

    /// HEAD is answered like GET, without the body.
    static func find(_ method: String, _ segments: [String]) -> Match {
        let method = method == "HEAD" ? "GET" : method
        var others: Set<String> = []
        for route in all {
            guard let values = values(route.segments, segments) else { continue }
            if route.method == method { return .found(route, values) }
            others.insert(route.method)
            if route.method == "GET" { others.insert("HEAD") }
        }
        return others.isEmpty ? .none : .otherMethods(others.sorted())
    }

    private static func values(_ pattern: [Substring], _ segments: [String]) -> [String: String]? {
        guard pattern.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix("{") {
                values[String(part.dropFirst().dropLast())] = segment
            } else if part != segment {
                return nil
            }
        }
        return values
    }
}
