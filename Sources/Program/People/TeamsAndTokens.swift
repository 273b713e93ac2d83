import ArgumentParser
import People
import Records
import Store
import Web

/// Departments and teams.
struct TeamCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team", abstract: "Departments and teams, and who belongs to them.",
        discussion: "Example: ratchet people team add IT \"Service desk\"",
        subcommands: [AddTeam.self, RemoveTeam.self, MovePerson.self])
}

/// A department, and perhaps a team in it.
struct TeamArguments: ParsableArguments {
    @Argument(help: "The department.")
    var department: String

    @Argument(help: "The team; the department itself unless said.")
    var team = ""

    @OptionGroup var options: PeopleOptions

    var place: Team { Team(department: department, name: team) }

    func tell(_ store: any Store) async throws {
        let all = try await store.teams()
        if options.json {
            let items = all.map { team -> JSON in
                .object([("department", .string(team.department)), ("team", .string(team.name))])
            }
            try Terminal.write(JSON.object([("schema", "ratchet.teams/1"), ("teams", .array(items))]).text + "\n")
        } else {
            for team in all {
                try Terminal.write("\(team.department)\(team.name.isEmpty ? "" : " / \(team.name)")\n")
            }
        }
    }
}

struct AddTeam: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a department, or a team in one.",
        discussion: "Example: ratchet people team add IT \"Service desk\"")

    @OptionGroup var arguments: TeamArguments

    func run() async throws {
        let store = try await arguments.options.place.open()
        try await store.addTeam(arguments.place)
        try await store.audit(
            by: arguments.options.by, action: "team added", subject: "\(arguments.department) / \(arguments.team)",
            at: now())
        try await arguments.tell(store)
        try await store.close()
    }
}

struct RemoveTeam: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a team, or a department with its teams; nobody may belong to it.",
        discussion: "Example: ratchet people team remove IT \"Service desk\"")

    @OptionGroup var arguments: TeamArguments

    func run() async throws {
        let store = try await arguments.options.place.openExisting()
        try await store.removeTeam(arguments.place)
        try await store.audit(
            by: arguments.options.by, action: "team removed", subject: "\(arguments.department) / \(arguments.team)",
            at: now())
        try await arguments.tell(store)
        try await store.close()
    }
}

struct MovePerson: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Say where someone belongs; nowhere without a department.",
        discussion: "Example: ratchet people team set mette IT \"Service desk\"")

    @Argument(help: "Their login.")
    var login: String

    @Argument(help: "The department.")
    var department = ""

    @Argument(help: "The team in it.")
    var team = ""

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        try await options.change(login, "team: \(department) / \(team)") {
            try await $0.setTeam(Team(department: department, name: team), of: $1.id)
        }
    }
}

/// Keys of programs.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Access tokens: what programs use instead of a password.",
        discussion: "Example: ratchet people token add mette --name \"Nightly export\" --may read --days 365",
        subcommands: [ListTokens.self, AddToken.self, RevokeToken.self], defaultSubcommand: ListTokens.self)
}

struct ListTokens: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tokens, never their secrets.",
        discussion: "Example: ratchet people token list --json")

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let tokens = try await store.accessTokens(of: nil)
        let logins = Dictionary(
            try await store.accounts().map { ($0.id, $0.login) }, uniquingKeysWith: { first, _ in first })
        if options.json {
            let items = tokens.map { PeopleDocuments.json($0, login: logins[$0.account] ?? "") }
            try Terminal.write(JSON.object([("schema", "ratchet.tokens/1"), ("tokens", .array(items))]).text + "\n")
        } else {
            for token in tokens {
                let state = token.revokedAt.map { "revoked \($0)" } ?? token.expiresAt.map { "until \($0)" } ?? "no end"
                let used = token.lastUsedAt.map { "used \($0)" } ?? "never used"
                try Terminal.write(
                    "\(token.id.value). \(logins[token.account] ?? ""): \(token.name); \(AccessToken.words(token.scope)); "
                        + "\(state); \(used)\n")
            }
        }
        try await store.close()
    }
}

struct AddToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a token; its secret is printed once and kept nowhere.",
        discussion: "Example: ratchet people token add mette --name Export --may read --may suggest")

    @Argument(help: "Whose it is: it never may more than they.")
    var login: String

    @Option(help: "What it is for.")
    var name: String

    @Option(help: "What it may, as often as needed: \(Permission.allCases.map(\.rawValue).joined(separator: ", ")).")
    var may: [Permission] = []

    @Option(help: "How many days it is good; without end unless said.")
    var days: Int?

    @OptionGroup var options: PeopleOptions

    func validate() throws {
        if let days, !(1...3650).contains(days) { throw ValidationError("--days is 1 to 3650") }
    }

    func run() async throws {
        let store = try await options.place.openExisting()
        let account = try await options.account(login, in: store)
        let made = try await newAccessToken(
            store, for: account, name: name, scope: Set(may), days: days, at: now())
        try await store.audit(
            by: options.by, action: "token made: \(AccessToken.words(made.token.scope))",
            subject: "\(account.login) \(made.token.id.value)", at: now())
        if options.json {
            guard case .object(let members) = PeopleDocuments.json(made.token, login: account.login) else { return }
            try Terminal.write(
                JSON.object([("schema", "ratchet.token/1")] + members + [("secret", .string(made.secret))]).text + "\n")
        } else {
            try Terminal.write("\(made.secret)\n")
            if !options.json { Terminal.say("Keep it now: it is not shown again.") }
        }
        try await store.close()
    }
}

struct RevokeToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a token at once.", discussion: "Example: ratchet people token revoke 3")

    @Argument(help: "Its number.")
    var id: Int64

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        guard try await store.revokeAccessToken(ID(id), of: nil, at: now()) else {
            throw Failure(message: "there is no token \(id) that is good; see ‘ratchet people token’", code: 66)
        }
        try await store.audit(by: options.by, action: "token revoked", subject: String(id), at: now())
        if options.json {
            try Terminal.write(JSON.object([("schema", "ratchet.revoked/1"), ("id", .integer(Int(id)))]).text + "\n")
        } else {
            try Terminal.write("Token \(id) is revoked.\n")
        }
        try await store.close()
    }
}
