/// A request of a program that cannot be done (RFC 9457): a word that names the case, and what is wrong and what to do.
struct Problem: Error {
    var status: Int
    /// The last part of the `type`: programs may rely on it.
    var name: String
    var title: String
    var detail: String
    var headers: [(String, String)] = []
    /// More that a program can use, such as which member is wrong.
    var members: [(String, JSON)] = []

    /// What every `type` begins with.
    static let types = "urn:ratchet:problem:"

    var reply: Reply {
        var reply = Reply.json(
            .object(
                [
                    ("type", .string(Self.types + name)), ("title", .string(title)), ("status", .integer(status)),
                    ("detail", .string(detail)),
                ] + members), status: status, type: "application/problem+json")
        reply.headers += headers
        return reply
    }

    static func notFound(_ what: String) -> Problem {
        Problem(status: 404, name: "not-found", title: "Not found", detail: what)
    }

    static func badParameter(_ name: String, _ detail: String) -> Problem {
        Problem(
            status: 400, name: "bad-parameter", title: "A parameter cannot be used", detail: "“\(name)”: \(detail)",
            members: [("parameter", .string(name))])
    }

    static func notJSON(_ fault: JSONFault, line: Int? = nil) -> Problem {
        let place = line.map { "Line \($0), byte \(fault.byte)" } ?? "Byte \(fault.byte)"
        return Problem(
            status: 400, name: "not-json", title: "The body is not JSON", detail: "\(place): \(fault.reason).")
    }

    static func doesNotFit(_ trouble: Shape.Trouble) -> Problem {
        let place = trouble.place.isEmpty ? "The body" : trouble.place
        return Problem(
            status: 422, name: "does-not-fit", title: "The body is not of the shape that is taken here",
            detail: "\(place) \(trouble.reason).", members: [("pointer", .string(trouble.place))])
    }

    static func unusable(_ detail: String) -> Problem {
        Problem(status: 422, name: "unusable", title: "The data cannot be used", detail: detail)
    }

    static func wrongType(_ type: String, takes: [String]) -> Problem {
        Problem(
            status: 415, name: "wrong-media-type", title: "Bodies of this type are not taken here",
            detail: "“\(type)” is not taken here; send \(takes.joined(separator: " or ")).",
            headers: [("Accept", takes.joined(separator: ", "))])
    }

    static let notAllowed = Problem(
        status: 403, name: "not-allowed", title: "Not allowed",
        detail: "The account or its token has not been given this permission; ask an administrator.")
}
