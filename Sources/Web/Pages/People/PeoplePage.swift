import Languages
import People
import Records

extension Words {
    func name(of role: Role) -> String {
        switch role {
        case .reader: self(PeoplePhrase.reader)
        case .practitioner: self(PeoplePhrase.practitioner)
        case .processManager: self(PeoplePhrase.processManager)
        case .processOwner: self(PeoplePhrase.processOwner)
        case .serviceOwner: self(PeoplePhrase.serviceOwner)
        case .improvementManager: self(PeoplePhrase.improvementManager)
        case .administrator: self(PeoplePhrase.administrator)
        }
    }

    func name(of permission: Permission) -> String {
        switch permission {
        case .read: self(PeoplePhrase.read)
        case .suggest: self(PeoplePhrase.suggest)
        case .contribute: self(PeoplePhrase.contribute)
        case .bringData: self(PeoplePhrase.bringData)
        case .decide: self(PeoplePhrase.decide)
        case .approve: self(PeoplePhrase.approve)
        case .govern: self(PeoplePhrase.govern)
        case .administer: self(PeoplePhrase.administer)
        }
    }
}

/// Accounts, where they belong, and what the roles may.
struct PeopleValues: Sendable {
    var accounts: [Account]
    var teams: [Team]
    /// Who the new one-time link is for, and the link; shown once.
    var link: (login: String, address: String)?
    var problem: PeoplePhrase?
}

struct PeoplePage {
    var values: PeopleValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = "<p class=\"lead\">\(words(.peopleLead))</p>\(notice(values.problem, words))"
        if let link = values.link { content += LinkNotice(login: link.login, address: link.address).html(words) }
        content += "<h2>\(words(.accounts))</h2>\(accounts(words))<h2>\(words(.addAccount))</h2>\(addAccount(visit))"
        content += "<h2>\(words(.departmentsAndTeams))</h2>\(teams(visit))<h3>\(words(.addTeam))</h3>\(addTeam(visit))"
        content += "<h2>\(words(.roles))</h2><p class=\"note\">\(words(.rolesText))</p>\(roles(words))"
        return Page(
            place: .people, title: words(.people), question: words(.peopleQuestion), content: content,
            next: [(words(.settings), "/settings"), (words(.backToToday), "/")])
    }

    private func accounts(_ words: Words) -> HTML {
        let rows = values.accounts.map { account -> [Table.Cell] in
            [
                Table.Cell("<a href=\"\(Link.account(account.login))\">\(account.name)</a>"), .text(account.login),
                .text(words.name(of: account.role)),
                .text([account.department, account.team].filter { !$0.isEmpty }.joined(separator: " · ")),
                .text(account.responsibilities.map(\.name).joined(separator: ", ")),
                .text(words(account.isActive ? PeoplePhrase.active : .inactive)),
            ]
        }
        return Table(
            caption: words(.accounts),
            columns: [
                .text(words(Phrase.name)), .text(words(.login)), .text(words(.role)), .text(words(Phrase.department)),
                .text(words(.owns)), .text(words(Phrase.state)),
            ], rows: rows
        ).html
    }

    private func addAccount(_ visit: Visit) -> HTML {
        let words = visit.words
        return """
            <p class="note">\(words(.addAccountText))</p>
            <form class="stack" method="post" action="/people">\(visit.tokenField)
            <label>\(words(.login))<input name="login" required maxlength="60" autocomplete="off"></label>
            <label>\(words(Phrase.name))<input name="name" required maxlength="200" autocomplete="off"></label>
            <label>\(words(.role))\(Choices.roles(.reader, words))</label>
            <button>\(words(.addAccount))</button></form>
            """
    }

    private func teams(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !values.teams.isEmpty else { return "<p>\(words(.noTeams))</p>" }
        let rows = values.teams.map { team -> [Table.Cell] in
            let count = values.accounts.count {
                $0.department == team.department && (team.name.isEmpty || $0.team == team.name)
            }
            let remove: HTML = """
                <form method="post" action="/people/teams/remove">\(visit.tokenField)\
                <input type="hidden" name="department" value="\(team.department)">\
                <input type="hidden" name="team" value="\(team.name)">\
                <button class="quiet">\(words(.remove))</button></form>
                """
            return [
                .text(team.department), .text(team.name), .number(words.figures.count(count), Double(count)),
                Table.Cell(remove),
            ]
        }
        return Table(
            caption: words(.departmentsAndTeams),
            columns: [
                .text(words(Phrase.department)), .text(words(.team)), .number(words(.accounts)),
                .bars(words(.remove)),
            ], rows: rows
        ).html
    }

    private func addTeam(_ visit: Visit) -> HTML {
        let words = visit.words
        return """
            <p class="note">\(words(.addTeamText))</p>
            <form class="stack" method="post" action="/people/teams">\(visit.tokenField)
            <label>\(words(Phrase.department))<input name="department" required maxlength="100"></label>
            <label>\(words(.team))<input name="team" maxlength="100"></label>
            <button>\(words(.addTeam))</button></form>
            """
    }

    private func roles(_ words: Words) -> HTML {
        let rows = Permission.allCases.map { permission -> [Table.Cell] in
            [.text(words.name(of: permission))]
                + Role.allCases.map { role in
                    guard role.may(permission) else { return .text(words(.mayNot)) }
                    let isScoped =
                        (permission == .approve || permission == .govern)
                        && (role == .processOwner || role == .serviceOwner)
                    return .text(isScoped ? words(PeoplePhrase.ownOnly) : words(Phrase.yes))
                }
        }
        return Table(
            caption: words(.roles),
            columns: [.text(words(.permission))] + Role.allCases.map { .text(words.name(of: $0)) },
            rows: rows, isSortable: false
        ).html
    }
}

/// One account, and everything about it that can be changed.
struct AccountValues: Sendable {
    var account: Account
    var teams: [Team]
    var tokens: [AccessToken]
    var zone: Zone
    var now: Moment
    var link: String?
    var problem: PeoplePhrase?
    var isSaved = false
}

struct AccountPage {
    var values: AccountValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let account = values.account
        let path = Link.account(account.login)
        var content: HTML = "\(notice(values.problem, words))"
        if values.isSaved { content += "<p role=\"status\">\(words(.saved))</p>" }
        if let link = values.link { content += LinkNotice(login: account.login, address: link).html(words) }
        let owns = account.responsibilities.map(\.text).joined(separator: "\n")
        content += """
            <form class="stack" method="post" action="\(path)">\(visit.tokenField)
            <label>\(words(.role))\(Choices.roles(account.role, words))</label>
            <label>\(words(.team))\(Choices.teams(values.teams, of: account, words))</label>
            <label>\(words(.owns))<textarea name="owns" rows="3">\(owns)</textarea></label>
            <p class="note">\(words(.ownsHelp))</p>
            <button>\(words(.save))</button></form>
            <h2>\(words(.oneTimeLink))</h2><p class="note">\(words(.addAccountText))</p>
            <form method="post" action="\(path)/link">\(visit.tokenField)<button>\(words(.newLink))</button></form>
            <h2>\(words(account.isActive ? PeoplePhrase.active : .inactive))</h2>
            <p class="note">\(words(.deactivateText))</p>
            <form method="post" action="\(path)/active">\(visit.tokenField)\
            <input type="hidden" name="active" value="\(account.isActive ? "no" : "yes")">\
            <button>\(words(account.isActive ? PeoplePhrase.deactivate : .activate))</button></form>
            <h2>\(words(.tokens))</h2>
            \(TokenList(tokens: values.tokens, zone: values.zone, now: values.now).html(visit))
            """
        return Page(
            place: .people, title: account.name, question: words(.peopleQuestion), content: content,
            next: [(words(.backToPeople), "/people")])
    }
}

/// A link that is shown once.
struct LinkNotice {
    var login: String
    var address: String

    func html(_ words: Words) -> HTML {
        """
        <section role="status"><h2>\(words(.oneTimeLink)) – \(login)</h2><p>\(words(.linkText))</p>\
        <p><code>\(address)</code></p></section>
        """
    }
}

/// Fields from which one is chosen.
enum Choices {
    static func roles(_ chosen: Role, _ words: Words) -> HTML {
        let options = Role.allCases.map { role -> HTML in
            "<option value=\"\(role.rawValue)\"\(role == chosen ? " selected" : "")>\(words.name(of: role))</option>"
        }
        return "<select name=\"role\">\(options)</select>"
    }

    static func teams(_ teams: [Team], of account: Account, _ words: Words) -> HTML {
        let options = teams.map { team -> HTML in
            let isChosen = team.department == account.department && team.name == account.team
            let name = [team.department, team.name].filter { !$0.isEmpty }.joined(separator: " · ")
            return "<option value=\"\(team.department)\t\(team.name)\"\(isChosen ? " selected" : "")>\(name)</option>"
        }
        return "<select name=\"team\"><option value=\"\">\(words(.noTeam))</option>\(options)</select>"
    }
}

/// Tokens as a table, each with a button that revokes it.
struct TokenList {
    var tokens: [AccessToken]
    var zone: Zone
    var now: Moment

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !tokens.isEmpty else { return "<p>\(words(.noTokens))</p>" }
        let rows = tokens.map { token -> [Table.Cell] in
            let isOver = token.expiresAt.map { $0 <= now } ?? false
            let end: HTML =
                token.revokedAt != nil
                ? "\(words(.revoked))"
                : isOver
                    ? "\(words(.expired))"
                    : """
                    <form method="post" action="/settings/tokens/\(String(token.id.value))/revoke">\(visit.tokenField)\
                    <button class="quiet">\(words(.revoke))</button></form>
                    """
            return [
                .text(token.name),
                .text(
                    Permission.allCases.filter(token.scope.contains).map { words.name(of: $0) }.joined(separator: ", ")),
                time(token.createdAt, words), time(token.expiresAt, words),
                token.lastUsedAt == nil ? .text(words(.never)) : time(token.lastUsedAt, words), Table.Cell(end),
            ]
        }
        return Table(
            caption: words(.tokens),
            columns: [
                .text(words(.tokenName)), .text(words(.mayDo)), .text(words(.created)), .text(words(.expires)),
                .text(words(.lastUsed)), .bars(words(.revoke)),
            ], rows: rows
        ).html
    }

    private func time(_ moment: Moment?, _ words: Words) -> Table.Cell {
        moment.map { .number(words.figures.time($0, in: zone), Double($0.seconds)) } ?? .text(Figures.missing)
    }
}

func notice(_ problem: PeoplePhrase?, _ words: Words) -> HTML? {
    problem.map { "<p class=\"problem\" role=\"alert\">\(words($0))</p>" }
}

extension Link {
    static func account(_ login: String) -> String { "/people/accounts/\(percentEncoded(login))" }
}
