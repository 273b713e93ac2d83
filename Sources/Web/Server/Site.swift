import Foundation
import Languages
import People
import Records
import Store
import Turn

/// What the server is told when it starts.
public struct SiteOptions: Sendable {
    /// The site is reached over TLS (through a proxy): cookies are sent over nothing else.
    public var isBehindTLS: Bool
    /// The file of the sample organisation; nil when it is not installed.
    public var sample: String?
    /// Where files that come in lie until they have been read.
    public var uploadFolder: String

    public init(isBehindTLS: Bool = false, sample: String? = nil, uploadFolder: String = NSTemporaryDirectory()) {
        self.isBehindTLS = isBehindTLS
        self.sample = sample
        self.uploadFolder = uploadFolder
    }
}

/// All pages over one store: a request in, an answer out, no server needed.
struct Site: Sendable {
    let store: any Store
    let options: SiteOptions
    let now: @Sendable () -> Moment
    let desk: ImportDesk
    /// What was asked, how often, and how long it took.
    let tally = Tally()
    /// Streams of events that are open.
    let listeners = Listeners()
    let evaluations = KeptEvaluations()

    init(store: any Store, options: SiteOptions, now: @escaping @Sendable () -> Moment) {
        self.store = store
        self.options = options
        self.now = now
        desk = ImportDesk(store: store, folder: options.uploadFolder, now: now)
    }

    /// A login is good for two weeks; then it is asked for again.
    static let sessionSeconds: Int64 = 14 * 86_400

    var sessionCookie: String { options.isBehindTLS ? "__Host-ratchet" : "ratchet" }
    var formCookie: String { options.isBehindTLS ? "__Host-ratchet-form" : "ratchet-form" }

    func cookie(_ name: String, _ value: String, seconds: Int64) -> (String, String) {
        let secure = options.isBehindTLS ? "; Secure" : ""
        return ("Set-Cookie", "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(seconds)\(secure)")
    }

    // MARK: Answering

    func reply(to ask: Ask) async -> Reply {
        let isAPI = Site.isForPrograms(ask)
        var language = language(ask, account: nil)
        var reader: Session?
        do {
            let session = try await session(ask)
            reader = session
            language = self.language(ask, account: session?.account)
            return secured(try await answer(ask, session, language))
        } catch let problem as Problem {
            return secured(problem.reply)
        } catch let refusal as Refusal {
            return secured(refuse(refusal, ask, language, reader, isAPI: isAPI))
        } catch {
            // The operator's log has the cause; the page has the number to ask for.
            let number = String(UInt32.random(in: 0...UInt32.max), radix: 36).uppercased()
            FileHandle.standardError.write(Data("ratchet: \(number): \(ask.method) \(ask.path): \(error)\n".utf8))
            if isAPI {
                let problem = Problem(
                    status: 500, name: "ours", title: "Something went wrong on our side",
                    detail: "The server's log says more under \(number).")
                return secured(problem.reply)
            }
            let page = ErrorPage(
                title: .oursTitle, text: .oursText, detail: Words(language).text(.errorNumber(number)),
                isBare: reader == nil)
            let visit = visit(ask, language, reader)
            return secured(.html(page.page(visit).document(visit), status: 500))
        }
    }

    private func answer(_ ask: Ask, _ session: Session?, _ language: Language) async throws -> Reply {
        var ask = ask
        let route: Route
        switch Routes.find(ask.method, ask.segments) {
        case .none: throw Refusal.notFound
        case .otherMethods(let allowed): throw Refusal.wrongMethod(allowed: allowed)
        case .found(let found, let values):
            route = found
            ask.values = values
        }
        if let permission = route.permission {
            guard let session else { throw Refusal.signInFirst }
            guard session.may(permission) else { throw Refusal.notAllowed }
        }
        let token = session?.formToken ?? ask.cookie(formCookie) ?? Secrets.newToken(bytes: 18)
        let visit = Visit(
            language: language, path: ask.path, query: ask.query.filter { $0.0 != "lang" },
            account: session?.account.name, role: session?.account.role, formToken: token)
        let call = Call(site: self, ask: ask, visit: visit, session: session)
        // A browser sends its cookie whoever asks; a program that borrows one shows the token of its forms too.
        if Site.isForPrograms(ask), ask.method != "GET", ask.method != "HEAD", let session, session.scope == nil {
            try call.check(ask.headers["x-form-token"])
        }
        var reply: Reply
        if let endpoint = route.endpoint {
            reply = try await Gate.answer(call, route, endpoint)
        } else {
            reply = try await route.answer(call)
        }
        if ask.method == "POST", !route.onlyReads, !route.isUnnamed, reply.status < 400, let session {
            try await store.audit(
                by: session.account.login, action: "\(ask.method) \(route.path)", subject: ask.path, at: now())
        }
        if session == nil, route.permission == nil, ask.cookie(formCookie) == nil, route.setsFormCookie {
            reply.headers.append(cookie(formCookie, token, seconds: 86_400))
        }
        if let chosen = ask.value("lang").flatMap({ Language(tag: $0) }) {
            if let session {
                try await store.setLanguage(chosen.rawValue, of: session.account.id)
            } else {
                reply.headers.append(
                    ("Set-Cookie", "ratchet-lang=\(chosen.rawValue); Path=/; SameSite=Lax; Max-Age=31536000"))
            }
        }
        return reply
    }

    /// Addresses for programs: they answer with documents, and know access tokens.
    static func isForPrograms(_ ask: Ask) -> Bool {
        ask.segments.first == "api" || ask.segments == ["metrics"] || ask.segments == ["mcp"]
    }

    private func session(_ ask: Ask) async throws -> Session? {
        if Site.isForPrograms(ask), let authorization = ask.headers["authorization"] {
            return try await session(authorization: authorization)
        }
        guard let token = ask.cookie(sessionCookie) else { return nil }
        return try await store.session(tokenHash: Secrets.hash(token: token), at: now())
    }

    /// Whoever sends a token is known by it alone: a cookie beside it does not help one that is no longer good.
    private func session(authorization: String) async throws -> Session? {
        let words = authorization.split(separator: " ")
        let now = now()
        guard words.count == 2, words[0].lowercased() == "bearer",
            let found = try await store.useAccessToken(hash: Secrets.hash(token: String(words[1])), at: now)
        else {
            throw Problem(
                status: 401, name: "token-not-good", title: "The access token is not good",
                detail: "It is unknown, revoked or has expired; make a new one on the page Settings.",
                headers: [("WWW-Authenticate", "Bearer error=\"invalid_token\"")])
        }
        return Session(
            account: found.account, formToken: "",
            expiresAt: found.token.expiresAt ?? Moment(seconds: now.seconds + Site.sessionSeconds),
            scope: found.token.scope)
    }

    /// `?lang=`, then the account's, then what was chosen before signing in, then the browser's, then English.
    private func language(_ ask: Ask, account: Account?) -> Language {
        ask.value("lang").flatMap { Language(tag: $0) } ?? account.flatMap { Language(tag: $0.language) }
            ?? ask.cookie("ratchet-lang").flatMap { Language(tag: $0) }
            ?? Language.accepted(by: ask.headers["accept-language"] ?? "") ?? .en
    }

    /// The visit of a page that tells what went wrong; who is not signed in sees no places.
    private func visit(_ ask: Ask, _ language: Language, _ reader: Session?) -> Visit {
        Visit(
            language: language, path: ask.path, account: reader?.account.name, role: reader?.account.role,
            formToken: reader?.formToken ?? "")
    }

    private func refuse(_ refusal: Refusal, _ ask: Ask, _ language: Language, _ reader: Session?, isAPI: Bool) -> Reply
    {
        let words = Words(language)
        var reply: Reply
        if isAPI {
            let english = Words(.en)
            let page = refusal.page(english)
            let text = page.detail ?? page.text.map { english($0) } ?? ""
            reply =
                Problem(status: refusal.status, name: refusal.name, title: english(page.title), detail: text).reply
            if case .signInFirst = refusal { reply.headers.append(("WWW-Authenticate", "Bearer")) }
        } else if case .signInFirst = refusal, ask.method == "GET" {
            let target = Link.setting("next", to: ask.path, in: "/login", [])
            reply = .seeOther(ask.path == "/" ? "/login" : target)
        } else {
            let visit = visit(ask, language, reader)
            var page = refusal.page(words)
            if reader == nil { page.isBare = true }
            reply = .html(page.page(visit).document(visit), status: refusal.status)
        }
        if case .wrongMethod(let allowed) = refusal {
            reply.headers.append(("Allow", allowed.joined(separator: ", ")))
        }
        return reply
    }

    /// What every answer carries. Nothing but our own files runs or is shown on our pages.
    private func secured(_ reply: Reply) -> Reply {
        var reply = reply
        if reply.header("Content-Security-Policy") == nil {
            reply.headers.append(
                (
                    "Content-Security-Policy",
                    """
                    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                    form-action 'self'; base-uri 'none'; frame-ancestors 'none'
                    """
                ))
        }
        reply.headers += [
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ]
        if options.isBehindTLS { reply.headers.append(("Strict-Transport-Security", "max-age=31536000")) }
        if reply.header("Cache-Control") == nil { reply.headers.append(("Cache-Control", "no-store")) }
        return reply
    }
}

/// One request on its way through a route.
struct Call: Sendable {
    let site: Site
    var ask: Ask
    let visit: Visit
    let session: Session?
    /// The body, where a route of the API takes JSON: it is of the shape that the route takes.
    var document = JSON.null

    var store: any Store { site.store }

    func html(_ page: Page, status: Int = 200) -> Reply { .html(page.document(visit), status: status) }

    func value(_ name: String) throws -> String {
        guard let value = ask.values[name] else { throw Refusal.notFound }
        return value
    }

    /// The fields of a form that came from one of our pages.
    func form() async throws -> [String: String] {
        let fields = Dictionary(try await ask.form(), uniquingKeysWith: { $1 })
        try check(fields["token"])
        return fields
    }

    /// A page of another site cannot know the token, nor read the cookie it is compared with.
    func check(_ token: String?) throws {
        guard let expected = session?.formToken ?? ask.cookie(site.formCookie), let token,
            Secrets.same(token, expected)
        else { throw Refusal.formExpired }
    }
}
