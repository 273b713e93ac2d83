import ArgumentParser
import Connectors
import People
import Records
import Store
import Web

/// Messages from other systems.
struct HookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Let other systems send tickets as they change, signed with a secret.",
        discussion: "Example: ratchet people hook add desk --field id=key --field openedAt=fields.created",
        subcommands: [ListHooks.self, AddHook.self, RemoveHook.self], defaultSubcommand: ListHooks.self)
}

struct ListHooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the systems that may send, never their secrets.",
        discussion: "Example: ratchet people hook list --json")

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let all = try await store.incomingHooks()
        if options.json {
            let items = all.map { hook -> JSON in
                .object([
                    ("source", .string(hook.source)), ("path", .string("/api/v1/hooks/\(hook.source)")),
                    ("received", .integer(hook.received)),
                    ("lastAt", hook.lastAt.map { .string($0.description) } ?? .null),
                    (
                        "fields",
                        .object(hook.fields.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
                    ),
                ])
            }
            try Terminal.write(JSON.object([("schema", "ratchet.hooks/1"), ("hooks", .array(items))]).text + "\n")
        } else {
            for hook in all {
                let last = hook.lastAt.map { ", the latest \($0)" } ?? ""
                try Terminal.write("\(hook.source): /api/v1/hooks/\(hook.source), \(hook.received) messages\(last)\n")
            }
        }
        try await store.close()
    }
}

struct AddHook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let a system send; prints the secret once.",
        discussion: "Example: ratchet people hook add desk --field id=key --field openedAt=fields.created")

    @Argument(help: "What the system is called: small letters, digits and dashes.")
    var source: String

    @Option(help: "Where a field is in a message, as often as needed: openedAt=data.created_at.")
    var field: [String] = []

    @OptionGroup var options: PeopleOptions

    func validate() throws {
        if !IncomingHook.isSound(source: source) {
            throw ValidationError("“\(source)” is not 1 to 40 small letters, digits or dashes")
        }
        _ = try fields()
    }

    private func fields() throws -> [String: String] {
        var fields: [String: String] = [:]
        for text in field {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, Field(rawValue: sides[0]) != nil else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("“--field \(text)” is not FIELD=PLACE with one of these fields: \(known)")
            }
            fields[sides[0]] = sides[1]
        }
        return fields
    }

    func run() async throws {
        let store = try await options.place.open()
        let secret = Secrets.newToken()
        try await store.setIncomingHook(
            IncomingHook(source: source, secret: secret, fields: try fields(), createdAt: now()))
        try await store.audit(by: options.by, action: "hook added", subject: source, at: now())
        if options.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.hook/1"), ("source", .string(source)),
                    ("path", .string("/api/v1/hooks/\(source)")), ("secret", .string(secret)),
                ]).text + "\n")
        } else {
            try Terminal.write("\(secret)\n")
            Terminal.say("Messages go to /api/v1/hooks/\(source), signed with this secret. It is not shown again.")
        }
        try await store.close()
    }
}

struct RemoveHook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "No longer let a system send.",
        discussion: "Example: ratchet people hook remove desk")

    @Argument(help: "What the system is called.")
    var source: String

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        guard try await store.removeIncomingHook(source) else {
            throw Failure(message: "there is no source “\(source)”; see ‘ratchet people hook’", code: 66)
        }
        try await store.audit(by: options.by, action: "hook removed", subject: source, at: now())
        try await store.close()
    }
}

/// Messages to other systems.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Tell other systems what happens, signed, until it has arrived.",
        discussion: "Example: ratchet people webhook add http://127.0.0.1:9000/ratchet --kind signal --kind verdict",
        subcommands: [ListWebhooks.self, AddWebhook.self, RemoveWebhook.self, ShowDeliveries.self],
        defaultSubcommand: ListWebhooks.self)
}

struct ListWebhooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the addresses that are told.",
        discussion: "Example: ratchet people webhook list")

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        let all = try await store.webhooks()
        if options.json {
            let items = all.map { hook -> JSON in
                .object([
                    ("id", .integer(Int(hook.id.value))), ("address", .string(hook.address)),
                    ("kinds", .array(hook.kinds.map { .string($0) })),
                ])
            }
            try Terminal.write(
                JSON.object([("schema", "ratchet.webhooks/1"), ("webhooks", .array(items))]).text + "\n")
        } else {
            for hook in all {
                let kinds = hook.kinds.isEmpty ? "everything but imports" : hook.kinds.joined(separator: ", ")
                try Terminal.write("\(hook.id.value). \(hook.address): \(kinds)\n")
            }
        }
        try await store.close()
    }
}

struct AddWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Tell an address what happens from now on; prints the secret once.",
        discussion: "Example: ratchet people webhook add http://127.0.0.1:9000/ratchet --kind verdict")

    @Argument(help: "The address; plain HTTP, a proxy beside Ratchet can pass it on over TLS.")
    var address: String

    @Option(help: "Only these, as often as needed: signal, verdict, improvement, import.")
    var kind: [String] = []

    @OptionGroup var options: PeopleOptions

    func validate() throws {
        for word in kind where !webhookKinds.contains(word) {
            throw ValidationError("“--kind \(word)” is none of: \(webhookKinds.joined(separator: ", "))")
        }
    }

    func run() async throws {
        guard isWebhookAddress(address) else {
            throw Failure(
                message: "\(address): is no address that can be told; it begins with http:// and names a host", code: 65
            )
        }
        let store = try await options.place.open()
        let secret = Secrets.newToken()
        let hook = try await store.addWebhook(address: address, secret: secret, kinds: kind, at: now())
        try await store.audit(by: options.by, action: "webhook added", subject: address, at: now())
        if options.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.webhook/1"), ("id", .integer(Int(hook.id.value))),
                    ("address", .string(address)),
                    ("secret", .string(secret)),
                ]).text + "\n")
        } else {
            try Terminal.write("\(secret)\n")
            Terminal.say("Each message carries Ratchet-Signature, made with this secret. It is not shown again.")
        }
        try await store.close()
    }
}

struct RemoveWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "No longer tell an address.",
        discussion: "Example: ratchet people webhook remove 1")

    @Argument(help: "Its number.")
    var id: Int64

    @OptionGroup var options: PeopleOptions

    func run() async throws {
        let store = try await options.place.openExisting()
        guard try await store.removeWebhook(ID(id)) else {
            throw Failure(message: "there is no webhook \(id); see ‘ratchet people webhook’", code: 66)
        }
        try await store.audit(by: options.by, action: "webhook removed", subject: String(id), at: now())
        try await store.close()
    }
}

struct ShowDeliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Print what was sent, and what came of it, the latest first.",
        discussion: "Example: ratchet people webhook deliveries --limit 20")

    @Option(help: "How many lines.")
    var limit = 50

    @OptionGroup var options: PeopleOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is above 0") }
    }

    func run() async throws {
        let store = try await options.place.openExisting()
        let all = try await store.deliveries(limit: limit)
        if options.json {
            let items = all.map { one -> JSON in
                .object([
                    ("event", .integer(Int(one.announcement))), ("address", .string(one.address)),
                    ("state", .string(one.state.rawValue)), ("attempts", .integer(one.attempts)),
                    ("answer", .string(one.answer)), ("nextAt", .string(one.nextAt.description)),
                ])
            }
            try Terminal.write(
                JSON.object([("schema", "ratchet.deliveries/1"), ("deliveries", .array(items))]).text + "\n")
        } else {
            for one in all {
                try Terminal.write(
                    "event \(one.announcement) to \(one.address): \(one.state.rawValue) after \(one.attempts), \(one.answer)\n"
                )
            }
        }
        try await store.close()
    }
}
