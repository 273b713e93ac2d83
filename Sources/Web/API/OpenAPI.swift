import People

/// OpenAPI 3.1, made of the same table that answers: it cannot say what is not so.
enum OpenAPI {
    static var document: JSON {
        let described = Routes.all.filter { $0.endpoint != nil }
        let paths = Dictionary(grouping: described, by: \.path).sorted { $0.key < $1.key }.map { path, routes in
            (path, JSON.object(routes.map { ($0.method.lowercased(), operation($0)) }))
        }
        return .object([
            ("openapi", "3.1.0"),
            (
                "info",
                .object([
                    ("title", "Ratchet"), ("version", "1"), ("summary", "Continual service improvement"),
                    (
                        "description",
                        """
                        JSON in camelCase, moments in RFC 3339 UTC. Lists page by cursor. A POST with an Idempotency-Key is done \
                        once. Errors are problems of RFC 9457 whose type names the case.
                        """
                    ),
                    ("license", .object([("name", "Apache-2.0"), ("identifier", "Apache-2.0")])),
                ])
            ),
            ("servers", .array([.object([("url", "/")])])),
            ("paths", .object(paths)),
            (
                "components",
                .object([
                    ("schemas", .object(schemas(described))),
                    (
                        "securitySchemes",
                        .object([
                            ("token", .object([("type", "http"), ("scheme", "bearer")])),
                            (
                                "session",
                                .object([
                                    ("type", "apiKey"), ("in", "cookie"), ("name", "ratchet"),
                                    ("description", "With the header X-Form-Token on what changes something."),
                                ])
                            ),
                        ])
                    ),
                ])
            ),
        ])
    }

    static let problem = Shape.named(
        "Problem",
        .of(
            .must("type", .line, "urn:ratchet:problem: and the word of the case"), .must("title", .line),
            .must("status", .whole(400...599)), .must("detail", .prose, "What is wrong, and what to do")))

    private static func schemas(_ routes: [Route]) -> [(String, JSON)] {
        var given: [String: Shape] = [:]
        var taken: [String: Shape] = [:]
        problem.named(into: &given)
        for route in routes {
            route.endpoint?.gives?.named(into: &given)
            route.endpoint?.takes?.named(into: &taken)
        }
        let all =
            given.map { ($0.key, $0.value.schema(isAnswer: true)) }
            + taken.filter { given[$0.key] == nil }.map { ($0.key, $0.value.schema(isAnswer: false)) }
        return all.sorted { $0.0 < $1.0 }
    }

    private static func operation(_ route: Route) -> JSON {
        guard let endpoint = route.endpoint else { return .null }
        var parameters = route.segments.filter { $0.hasPrefix("{") }.map { part -> JSON in
            parameter(String(part.dropFirst().dropLast()), "path", "", isRequired: true)
        }
        let query = route.query + (endpoint.isList ? Window.parameters : [])
        parameters += query.map {
            parameter($0.0, "query", $0.1, isRequired: false, words: endpoint.words[$0.0] ?? [])
        }
        if route.method == "POST" {
            parameters.append(
                parameter(
                    "Idempotency-Key", "header", "The same key and request again get the same answer", isRequired: false
                ))
        }
        if endpoint.needsVersion {
            parameters.append(parameter("If-Match", "header", "The ETag that was seen", isRequired: true))
        }
        var pairs: [(String, JSON)] = [
            ("operationId", .string(identifier(route))), ("summary", .string(route.summary)),
            ("parameters", .array(parameters)),
        ]
        if let body = body(endpoint) { pairs.append(("requestBody", body)) }
        pairs.append(("responses", .object(responses(route, endpoint))))
        if let permission = route.permission {
            let scheme = JSON.array([.object([("token", .array([]))]), .object([("session", .array([]))])])
            pairs += [("security", scheme), ("x-permission", .string(permission.rawValue))]
        }
        return .object(pairs)
    }

    /// `getImprovementsId`: the method and the path.
    private static func identifier(_ route: Route) -> String {
        let words = route.segments.drop { $0 == "api" || $0 == "v1" }.flatMap {
            $0.split { !$0.isLetter && !$0.isNumber }
        }
        return route.method.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func body(_ endpoint: Endpoint) -> JSON? {
        var content: [(String, JSON)] = []
        if let shape = endpoint.takes {
            content.append(("application/json", .object([("schema", shape.schema(isAnswer: false))])))
        }
        for (type, about) in endpoint.takesAlso {
            let schema = JSON.object([("type", "string"), ("description", .string(about))])
            content.append((type, .object([("schema", schema)])))
        }
        guard !content.isEmpty else { return nil }
        var isRequired = true
        if case .object(let members)? = endpoint.takes { isRequired = members.contains(where: \.isRequired) }
        return .object([("required", .bool(isRequired)), ("content", .object(content))])
    }

    private static func responses(_ route: Route, _ endpoint: Endpoint) -> [(String, JSON)] {
        var done: [(String, JSON)] = [("description", "Done.")]
        if let shape = endpoint.gives {
            let schema = JSON.object([("schema", shape.schema(isAnswer: true))])
            done.append(("content", .object([(endpoint.givesType, schema)])))
        }
        var refusals: [(Int, String)] = []
        if route.permission == nil {
            refusals.append((401, "Not signed by a source that is known."))
        } else {
            refusals += [(401, "No account or token, or one that is not good."), (403, "Not allowed.")]
        }
        if !route.query.isEmpty || endpoint.isList { refusals.append((400, "A parameter cannot be used.")) }
        if route.path.contains("{") { refusals.append((404, "There is no such thing.")) }
        if endpoint.needsVersion {
            refusals += [
                (409, "The rules do not allow it now."), (412, "Somebody was faster."),
                (428, "Say which version you saw."),
            ]
        }
        if route.method == "POST" {
            refusals += [
                (413, "Too large."), (415, "Not of a type that is taken."), (422, "The body cannot be used."),
            ]
            if !refusals.contains(where: { $0.0 == 400 }) { refusals.append((400, "Not JSON.")) }
            if !refusals.contains(where: { $0.0 == 409 }) { refusals.append((409, "The same is under way.")) }
        }
        let content = JSON.object([
            ("application/problem+json", .object([("schema", problem.schema(isAnswer: true))]))
        ])
        return [(String(endpoint.status), .object(done))]
            + refusals.sorted { $0.0 < $1.0 }.map {
                (String($0.0), .object([("description", .string($0.1)), ("content", content)]))
            }
    }

    private static func parameter(
        _ name: String, _ place: String, _ text: String, isRequired: Bool, words: [String] = []
    ) -> JSON {
        let shape: Shape
        switch name {
        case "limit": shape = .whole(1...Window.most)
        case "Idempotency-Key": shape = .text(most: Gate.keyCharactersMax)
        default: shape = words.isEmpty ? .text(most: 2000) : .word(words)
        }
        return .object([
            ("name", .string(name)), ("in", .string(place)), ("description", .string(text)),
            ("required", .bool(isRequired)), ("schema", shape.schema(isAnswer: false)),
        ])
    }
}
