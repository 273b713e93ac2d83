import Hummingbird
import Languages
import People
import Records

/// A request as the pages see it: already taken apart, and not bound to any server.
struct Ask: Sendable {
    var method: String
    /// Decoded segments of the path.
    var segments: [String]
    var path: String
    var query: [(String, String)]
    /// By lower-case name; the last one counts.
    var headers: [String: String]
    var body: RequestBody
    /// The values of `{name}` in the route's path.
    var values: [String: String] = [:]

    init(
        method: String, target: String, headers: [String: String] = [:],
        body: RequestBody = RequestBody(buffer: ByteBuffer())
    ) {
        self.method = method
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = halves.first.map(String.init) ?? "/"
        segments = path.split(separator: "/").map { segment in
            // In a path a plus is a plus.
            percentDecoded(segment.replacing("+", with: "%2B")) ?? String(segment)
        }
        query = halves.count > 1 ? formPairs(String(halves[1])) : []
        self.headers = headers
        self.body = body
    }

    func value(_ name: String) -> String? { query.last { $0.0 == name }?.1 }

    func cookie(_ name: String) -> String? {
        for part in (headers["cookie"] ?? "").split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1)
            if sides.count == 2, sides[0].drop(while: { $0 == " " }) == name { return String(sides[1]) }
        }
        return nil
    }

    /// A body of at most so many bytes; a form, a line of JSON.
    func collected(most: Int = Ask.formBytesMax) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes += piece.readableBytesView
            if bytes.count > most { throw Refusal.tooLarge(bytes: bytes.count, most: most) }
        }
        return bytes
    }

    /// The fields of a plain form.
    func form() async throws -> [(String, String)] {
        formPairs(String(decoding: try await collected(), as: UTF8.self))
    }

    /// A form of a page is a few hundred bytes; the mapping of a very wide file a few thousand.
    static let formBytesMax = 256 * 1024
}

/// `a=1&b=2`, decoded; pairs that are not UTF-8 are left out.
func formPairs(_ text: String) -> [(String, String)] {
    text.split(separator: "&").prefix(formPairsMax).compactMap { pair in
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = sides.first.flatMap({ percentDecoded($0) }) else { return nil }
        guard sides.count == 2 else { return (name, "") }
        return percentDecoded(sides[1]).map { (name, $0) }
    }
}

/// A file of more columns than this has no use for a form.
private let formPairsMax = 2000

/// An answer.
struct Reply: Sendable {
    var status: Int
    var headers: [(String, String)]
    var body: [UInt8]
    /// Set for an answer without an end: writes pieces until there are no more, or nobody listens.
    var stream: (@Sendable (_ write: (String) async throws -> Void) async throws -> Void)?

    init(_ status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func html(_ html: HTML, status: Int = 200) -> Reply {
        Reply(status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(html.text.utf8))
    }

    static func json(_ json: JSON, status: Int = 200, type: String = "application/json") -> Reply {
        Reply(status, headers: [("Content-Type", type)], body: Array(json.text.utf8))
    }

    static func text(_ text: String, status: Int = 200) -> Reply {
        Reply(status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    /// Go there and get it: what follows a form.
    static func seeOther(_ address: String) -> Reply { Reply(303, headers: [("Location", address)]) }

    var bodyText: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.last { $0.0.lowercased() == name.lowercased() }?.1 }
}

/// Why a request is not answered with what it asked for. One table turns each into a page or a problem document.
enum Refusal: Error {
    case notFound
    case notAllowed
    case signInFirst
    case wrongMethod(allowed: [String])
    case formExpired
    case badAddress
    case tooLarge(bytes: Int, most: Int)
    case unreadable(String)
    /// What was sent ended before its end.
    case cutOff
    case tooManyTries

    var status: Int {
        switch self {
        case .notFound: 404
        case .notAllowed, .formExpired: 403
        case .signInFirst: 401
        case .wrongMethod: 405
        case .badAddress: 400
        case .tooLarge: 413
        case .unreadable, .cutOff: 422
        case .tooManyTries: 429
        }
    }

    /// The word of the problem's `type`.
    var name: String {
        switch self {
        case .notFound: "not-found"
        case .notAllowed: "not-allowed"
        case .signInFirst: "sign-in-first"
        case .wrongMethod: "wrong-method"
        case .formExpired: "form-expired"
        case .badAddress: "bad-address"
        case .tooLarge: "too-large"
        case .unreadable, .cutOff: "unreadable"
        case .tooManyTries: "too-many-tries"
        }
    }

    func page(_ words: Words) -> ErrorPage {
        switch self {
        case .notFound: ErrorPage(title: .notFoundTitle, text: .notFoundText)
        case .notAllowed: ErrorPage(title: .notAllowedTitle, text: .notAllowedText)
        case .signInFirst: ErrorPage(title: .notAllowedTitle, text: .signedOut, isBare: true)
        case .wrongMethod: ErrorPage(title: .wrongMethodTitle, text: .wrongMethodText)
        case .formExpired: ErrorPage(title: .formExpired, text: .formExpiredText)
        case .badAddress: ErrorPage(title: .notFoundTitle, text: .badAddress)
        case .tooLarge(let bytes, let most):
            ErrorPage(title: .tooLargeTitle, detail: words.text(.tooLarge(bytes: bytes, most: most)))
        case .unreadable(let message): ErrorPage(title: .unreadableTitle, detail: message)
        case .cutOff: ErrorPage(title: .unreadableTitle, text: .notWhole)
        case .tooManyTries: ErrorPage(title: .tooManyTries, isBare: true)
        }
    }
}
