import ArgumentParser
import Foundation
import People
import Records
import Store
import Web

/// Who is here and what they may: accounts, roles, departments, teams, and the tokens of programs.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Accounts, roles, departments, teams, access tokens, and messages between systems.",
        discussion: """
            Example: ratchet people add mette --name "Mette Holm" --role processOwner --owns process:incidents
                     ratchet people token add mette --name "Nightly export" --may read --days 365
            Passwords are never given on a command line: a new account is entered by a one-time link.
            """,
        subcommands: [
            ListPeople.self, AddPerson.self, ChangeRole.self, TeamCommand.self, Deactivate.self, Activate.self,
            LinkForPerson.self, TokenCommand.self, HookCommand.self, WebhookCommand.self, ShowRoles.self,
            ShowAudit.self,
        ], defaultSubcommand: ListPeople.self)
}

/// The store, the form of the answer, and who writes.
struct PeopleOptions: ParsableArguments {
    @OptionGroup var place: StoreOptions

    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    @Option(help: "Who does it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func account(_ login: String, in store: any Store) async throws -> Account {
        guard let found = try await store.account(login: login) else {
            throw Failure(message: PeopleError.noSuchAccount(login).message, code: 66)
        }
        return found.account
    }

    /// Does something to an account, notes it in the audit trail, and prints the account as it is then.
    func change(_ login: String, _ action: String, _ work: (any Store, Account) async throws -> Void) async throws {
        let store = try await place.openExisting()
        let account = try await account(login, in: store)
        try await work(store, account)
        try await store.audit(by: by, action: action, subject: account.login, at: now())
        try write(try await self.account(login, in: store))
        try await store.close()
    }

    func write(_ account: Account, link: String? = nil) throws {
        if json {
            var members = PeopleDocuments.members(account)
            if let link { members.append(("link", .string(link))) }
            try Terminal.write(JSON.object([("schema", "ratchet.account/1")] + members).text + "\n")
            return
        }
        try Terminal.write(PeopleDocuments.line(account) + "\n")
        if let link {
            try Terminal.write("   first login: \(link) on the server's address (good once, for a day)\n")
        }
    }
}

/// People as JSON and as lines.
enum PeopleDocuments {
    static func members(_ account: Account) -> [(String, JSON)] {
        [
            ("login", .string(account.login)), ("name", .string(account.name)),
            ("role", .string(account.role.rawValue)),
            ("active", .bool(account.isActive)), ("department", .string(account.department)),
            ("team", .string(account.team)),
            ("owns", .array(account.responsibilities.map { .string($0.text) })),
            ("createdAt", .string(account.createdAt.description)),
        ]
    }

    static func line(_ account: Account) -> String {
        var line = "\(account.login): \(account.name), \(account.role.rawValue)"
        if !account.department.isEmpty { line += ", \(account.department)" }
        if !account.team.isEmpty { line += " / \(account.team)" }
        if !account.responsibilities.isEmpty {
            line += ", owns \(account.responsibilities.map(\.text).joined(separator: " "))"
        }
        return line + (account.isActive ? "" : ", deactivated")
    }

    static func json(_ token: AccessToken, login: String) -> JSON {
        func moment(_ moment: Moment?) -> JSON { moment.map { .string($0.description) } ?? .null }
        return .object([
            ("id", .integer(Int(token.id.value))), ("login", .string(login)), ("name", .string(token.name)),
            ("may", .array(Permission.allCases.filter(token.scope.contains).map { .string($0.rawValue) })),
            ("createdAt", moment(token.createdAt)), ("expiresAt", moment(token.expiresAt)),
            ("lastUsedAt", moment(token.lastUsedAt)), ("revokedAt", moment(token.revokedAt)),
        ])
    }
}

extension Role: ExpressibleByArgument {}
extension Permission: ExpressibleByArgument {}

extension Responsibility: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument[...]) }
}

struct ListPeople: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the accounts.", discussion: "Example: ratchet people list --json")

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let all = try await store.accounts()
        if options.json {
            let document = JSON.object([
                ("schema", "ratchet.people/1"),
                ("accounts", .array(all.map { .object(PeopleDocuments.members($0)) })),
                (
                    "teams",
                    .array(
                        try await store.teams().map {
                            .object([("department", .string($0.department)), ("team", .string($0.name))])
                        })
                ),
            ])
            try Terminal.write(document.text + "\n")
        } else if all.isEmpty {
            try Terminal.write("There are none yet; ‘ratchet serve’ makes the first, or ‘ratchet people add LOGIN’.\n")
        } else {
            for account in all { try Terminal.write(PeopleDocuments.line(account) + "\n") }
        }
        try await store.close()
    }
}

struct AddPerson: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account, and print the link of its first login.",
        discussion: "Example: ratchet people add mette --name \"Mette Holm\" --role practitioner --department IT")

    @Argument(help: "What they log in with.")
    var login: String

    @Option(help: "Their name.")
    var name: String

    @Option(help: "What they may: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role = Role.reader

    @Option(help: "The department they belong to.")
    var department = ""

    @Option(help: "The team in it.")
    var team = ""

    @Option(help: "What an owner owns, as often as needed: process:incidents, service:Payroll.")
    var owns: [Responsibility] = []

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        if name.allSatisfy(\.isWhitespace) { throw PeopleError.nameMissing }
        let store = try await options.place.open()
        let place = Team(department: department, name: team)
        if !department.isEmpty, try await !store.teams().contains(place) { throw PeopleError.noSuchTeam(place) }
        let account = try await newAccount(store, login: login, name: name, role: role, at: now())
        try await store.setTeam(place, of: account.id)
        try await store.setResponsibilities(owns, of: account.id)
        let link = try await oneTimeLink(store, for: account, at: now())
        try await store.audit(
            by: options.by, action: "account added: \(role.rawValue)", subject: account.login, at: now())
        try options.write(try await options.account(login, in: store), link: link)
        try await store.close()
    }
}

struct ChangeRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Change what someone may, and what they own.",
        discussion: "Example: ratchet people role mette serviceOwner --owns service:Payroll --owns service:Mail")

    @Argument(help: "Their login.")
    var login: String

    @Argument(help: "\(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role: Role

    @Option(help: "What they own, in place of what they owned: process:incidents, service:Payroll.")
    var owns: [Responsibility] = []

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        try await options.change(login, "role: \(role.rawValue) \(owns.map(\.text).joined(separator: " "))") {
            try await $0.setRole(role, of: $1.id)
            try await $0.setResponsibilities(owns, of: $1.id)
        }
    }
}

struct Deactivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate", abstract: "Sign someone out for good; what they did stays.",
        discussion: "Example: ratchet people deactivate mette")

    @Argument(help: "Their login.")
    var login: String

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        try await options.change(login, "deactivated") { try await $0.setActive(false, of: $1.id) }
    }
}

struct Activate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Let someone in again.", discussion: "Example: ratchet people activate mette"
    )

    @Argument(help: "Their login.")
    var login: String

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        try await options.change(login, "activated") { try await $0.setActive(true, of: $1.id) }
    }
}

struct LinkForPerson: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Make a one-time link for someone who cannot get in.",
        discussion: "Example: ratchet people link mette")

    @Argument(help: "Their login.")
    var login: String

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let account = try await options.account(login, in: store)
        let link = try await oneTimeLink(store, for: account, at: now())
        try await store.audit(by: options.by, action: "one-time link", subject: account.login, at: now())
        try options.write(account, link: link)
        try await store.close()
    }
}

struct ShowRoles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "Print what each role may, as a table.",
        discussion: "Example: ratchet people roles")

    func run() throws { try Terminal.write(RoleTable.markdown) }
}

struct ShowAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Print who changed what, the latest first.",
        discussion: "Example: ratchet people audit --limit 20")

    @Option(help: "How many lines.")
    var limit = 50

    @OptionGroup var options: PeopleOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is above 0") }
    }

    func run() async throws {
        let store = try await options.place.openExisting()
        let entries = try await store.auditEntries(before: nil, limit: limit)
        if options.json {
            let items = entries.map { entry -> JSON in
                .object([
                    ("at", .string(entry.at.description)), ("by", .string(entry.by)), ("action", .string(entry.action)),
                    ("subject", .string(entry.subject)),
                ])
            }
            try Terminal.write(
                JSON.object([("schema", "ratchet.audit/1"), ("entries", .array(items))]).text + "\n")
        } else {
            for entry in entries {
                try Terminal.write("\(entry.at) \(entry.by): \(entry.action) \(entry.subject)\n")
            }
        }
        try await store.close()
    }
}
