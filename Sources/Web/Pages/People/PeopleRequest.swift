import Languages
import People
import Records
import Store
import Turn

extension Routes {
    static let people: [Route] = [
        Route("GET", "/people", .administer, "People", answer: { try await people($0) }),
        Route("POST", "/people", .administer, "Add an account", answer: { try await addAccount($0) }),
        Route("POST", "/people/teams", .administer, "Add a team", answer: { try await addTeam($0) }),
        Route("POST", "/people/teams/remove", .administer, "Remove a team", answer: { try await removeTeam($0) }),
        Route("GET", "/people/accounts/{login}", .administer, "An account", answer: { try await account($0) }),
        Route("POST", "/people/accounts/{login}", .administer, "Change an account", answer: { try await change($0) }),
        Route(
            "POST", "/people/accounts/{login}/active", .administer, "Deactivate an account, or let it in again",
            answer: { try await setActive($0) }),
        Route(
            "POST", "/people/accounts/{login}/link", .administer, "Make a one-time link",
            answer: { try await newLink($0) }),
    ]

    private static func people(_ call: Call) async throws -> Reply { try await shown(call) }

    private static func shown(
        _ call: Call, link: (login: String, address: String)? = nil, problem: PeoplePhrase? = nil
    ) async throws -> Reply {
        let values = PeopleValues(
            accounts: try await call.store.accounts(), teams: try await call.store.teams(), link: link, problem: problem
        )
        return call.html(PeoplePage(values: values).page(call.visit), status: problem == nil ? 200 : 422)
    }

    /// Where the site is reached, as whoever asks reaches it: what a link that is passed on begins with.
    private static func origin(_ call: Call) -> String {
        let host = call.ask.headers["host"] ?? ""
        let isSound = host.allSatisfy { $0.isLetter || $0.isNumber || ".-:[]".contains($0) }
        guard isSound, !host.isEmpty else { return "" }
        return (call.site.options.isBehindTLS ? "https://" : "http://") + host
    }

    private static func addAccount(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        do throws(any Error) {
            let login = try PeopleError.checked(login: form["login"] ?? "")
            let name = form["name"] ?? ""
            if name.allSatisfy(\.isWhitespace) { throw PeopleError.nameMissing }
            guard let role = form["role"].flatMap({ Role(rawValue: $0) }) else { throw Refusal.badAddress }
            let account = try await newAccount(call.store, login: login, name: name, role: role, at: call.site.now())
            let link = try await oneTimeLink(call.store, for: account, at: call.site.now())
            return try await shown(call, link: (login, origin(call) + link))
        } catch {
            guard let error = error as? PeopleError else { throw error }
            return try await shown(call, problem: error.phrase)
        }
    }

    private static func addTeam(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let team = Team(department: form["department"] ?? "", name: form["team"] ?? "")
        do {
            try await call.store.addTeam(team)
        } catch let error as PeopleError { return try await shown(call, problem: error.phrase) }
        return .seeOther("/people")
    }

    private static func removeTeam(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        do {
            try await call.store.removeTeam(Team(department: form["department"] ?? "", name: form["team"] ?? ""))
        } catch let error as PeopleError { return try await shown(call, problem: error.phrase) }
        return .seeOther("/people")
    }

    // MARK: One account

    private static func known(_ call: Call) async throws -> Account {
        guard let found = try await call.store.account(login: try call.value("login")) else { throw Refusal.notFound }
        return found.account
    }

    private static func account(_ call: Call) async throws -> Reply {
        try await shown(try await known(call), call, isSaved: call.ask.value("saved") != nil)
    }

    private static func shown(
        _ account: Account, _ call: Call, link: String? = nil, problem: PeoplePhrase? = nil, isSaved: Bool = false
    ) async throws -> Reply {
        let values = AccountValues(
            account: account, teams: try await call.store.teams(),
            tokens: try await call.store.accessTokens(of: account.id),
            zone: try await Organisation(of: call.store).zone,
            now: call.site.now(), link: link, problem: problem, isSaved: isSaved)
        return call.html(AccountPage(values: values).page(call.visit), status: problem == nil ? 200 : 422)
    }

    private static func change(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let account = try await known(call)
        guard let role = form["role"].flatMap({ Role(rawValue: $0) }) else { throw Refusal.badAddress }
        let place = (form["team"] ?? "").split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let team = Team(department: place.first ?? "", name: place.count > 1 ? place[1] : "")
        let lines = (form["owns"] ?? "").split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        let owns = lines.compactMap { Responsibility($0) }
        if owns.count < lines.count { return try await shown(account, call, problem: .ownsHelp) }
        do {
            try await call.store.setRole(role, of: account.id)
            try await call.store.setTeam(team, of: account.id)
            try await call.store.setResponsibilities(owns, of: account.id)
        } catch let error as PeopleError { return try await shown(account, call, problem: error.phrase) }
        return .seeOther(Link.account(account.login) + "?saved=1")
    }

    private static func setActive(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let account = try await known(call)
        do {
            try await call.store.setActive(form["active"] == "yes", of: account.id)
        } catch let error as PeopleError { return try await shown(account, call, problem: error.phrase) }
        return .seeOther(Link.account(account.login) + "?saved=1")
    }

    private static func newLink(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        let account = try await known(call)
        let link = try await oneTimeLink(call.store, for: account, at: call.site.now())
        return try await shown(account, call, link: origin(call) + link)
    }
}

/// Adds an account that nobody can enter but by a one-time link.
/// - Throws: `PeopleError`.
public func newAccount(
    _ store: any Store, login: String, name: String, role: Role, at now: Moment
) async throws -> Account {
    let key = try PeopleError.checked(login: login)
    if try await store.account(login: key) != nil { throw PeopleError.loginTaken(key) }
    return try await store.addAccount(login: key, name: name, role: role, passwordHash: "", at: now)
}

extension PeopleError {
    /// What the page says.
    var phrase: PeoplePhrase {
        switch self {
        case .lastAdministrator: .lastAdministrator
        case .loginTaken: .loginTaken
        case .badLogin: .badLogin
        case .nameMissing: .noName
        case .noSuchAccount, .noSuchTeam: .noSuchTeam
        case .teamHasPeople: .teamHasPeople
        case .scopeTooWide: .scopeTooWide
        case .scopeMissing: .scopeMissing
        }
    }
}
