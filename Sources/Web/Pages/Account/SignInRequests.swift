import Languages
import People
import Records
import Store

// Coming in, going out, and the first account.

extension Routes {
    /// After this many wrong passwords in a minute, the next tries are not looked at.
    static let triesMax = 5
    static let triesWindowSeconds: Int64 = 60
    static let passwordCharactersMin = 12
    /// Argon2 reads all of it; nobody's password is longer.
    static let passwordBytesMax = 1024

    /// What the password of an account that does not exist is compared with, so that both take the same time.
    private static let nobody = Secrets.hash(password: Secrets.newToken()) ?? ""

    static func signInForm(_ call: Call) -> Reply {
        call.session == nil
            ? call.html(SignInPage(next: local(call.ask.value("next"))).page(call.visit)) : .seeOther("/")
    }

    static func signIn(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let login = form["login"] ?? ""
        let password = form["password"] ?? ""
        let next = local(form["next"])
        let now = call.site.now()
        let since = Moment(seconds: now.seconds - triesWindowSeconds)
        guard try await call.store.failedLogins(login: login, since: since) < triesMax else {
            throw Refusal.tooManyTries
        }
        let found = try await call.store.account(login: login)
        let hash = found.map(\.passwordHash) ?? ""
        let isRight =
            password.utf8.count <= passwordBytesMax
            && Secrets.verify(password: password, hash: hash.isEmpty ? nobody : hash)
        guard let account = found?.account, isRight, !hash.isEmpty, account.isActive else {
            try await call.store.noteFailedLogin(login: login, at: now)
            let page = SignInPage(name: login, problem: .wrongPassword, next: next).page(call.visit)
            return call.html(page, status: 401)
        }
        try await call.store.audit(by: account.login, action: "login", subject: "", at: now)
        return try await enter(call, account, to: next)
    }

    private static func enter(_ call: Call, _ account: Account, to next: String) async throws -> Reply {
        let token = Secrets.newToken()
        let end = Moment(seconds: call.site.now().seconds + Site.sessionSeconds)
        try await call.store.addSession(
            tokenHash: Secrets.hash(token: token), formToken: Secrets.newToken(bytes: 18), account: account.id,
            expiresAt: end)
        var reply = Reply.seeOther(next)
        reply.headers.append(call.site.cookie(call.site.sessionCookie, token, seconds: Site.sessionSeconds))
        reply.headers.append(call.site.cookie(call.site.formCookie, "", seconds: 0))
        return reply
    }

    static func signOut(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        if let token = call.ask.cookie(call.site.sessionCookie) {
            try await call.store.removeSession(tokenHash: Secrets.hash(token: token))
        }
        var reply = Reply.seeOther("/login")
        reply.headers.append(call.site.cookie(call.site.sessionCookie, "", seconds: 0))
        return reply
    }

    static func start(_ call: Call) async throws -> Reply {
        let link = try call.value("link")
        guard let account = try await call.store.link(tokenHash: Secrets.hash(token: link), at: call.site.now()) else {
            return call.html(
                ErrorPage(title: .notFoundTitle, text: .linkUsed, isBare: true).page(call.visit), status: 410)
        }
        return call.html(FirstRunPage(link: link, login: account.login).page(call.visit))
    }

    static func finishStart(_ call: Call) async throws -> Reply {
        let link = try call.value("link")
        let form = try await call.form()
        let password = form["password"] ?? ""
        let hashOfLink = Secrets.hash(token: link)
        guard let account = try await call.store.link(tokenHash: hashOfLink, at: call.site.now()) else {
            return call.html(
                ErrorPage(title: .notFoundTitle, text: .linkUsed, isBare: true).page(call.visit), status: 410)
        }
        func again(_ problem: Phrase) -> Reply {
            call.html(FirstRunPage(link: link, login: account.login, problem: problem).page(call.visit), status: 422)
        }
        if password.count < passwordCharactersMin || password.utf8.count > passwordBytesMax {
            return again(.passwordTooShort)
        }
        if password != form["again"] { return again(.passwordsDiffer) }
        guard let hash = Secrets.hash(password: password),
            let used = try await call.store.useLink(tokenHash: hashOfLink, at: call.site.now())
        else { return again(.linkUsed) }
        try await call.store.setPassword(hash, name: used.name, of: used.id)
        try await call.store.audit(by: used.login, action: "password", subject: used.login, at: call.site.now())
        return try await enter(call, used, to: "/")
    }

    /// One of our own paths, or Today: never another site.
    private static func local(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
            !path.contains(where: \.isNewline)
        else { return "/" }
        return path
    }
}

/// A one-time link for the administrator, as long as nobody has ever set a password; the account is made where there is none.
/// - Returns: The path of the link; nil when someone can sign in already.
public func firstRunLink(_ store: any Store, at now: Moment) async throws -> String? {
    let accounts = try await store.accounts()
    if let first = accounts.first {
        guard accounts.count == 1, try await store.account(login: first.login)?.passwordHash.isEmpty == true else {
            return nil
        }
        return try await oneTimeLink(store, for: first, at: now)
    }
    let account = try await store.addAccount(
        login: "admin", name: "admin", role: .administrator, passwordHash: "", at: now)
    return try await oneTimeLink(store, for: account, at: now)
}

/// A link with which an account sets its password: good for a day, and once.
public func oneTimeLink(_ store: any Store, for account: Account, at now: Moment) async throws -> String {
    let token = Secrets.newToken()
    try await store.addLink(
        tokenHash: Secrets.hash(token: token), account: account.id, expiresAt: Moment(seconds: now.seconds + 86_400))
    return "/start/\(token)"
}
