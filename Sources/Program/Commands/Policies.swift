import ArgumentParser
import Foundation
import Gains
import Languages
import Records
import Store
import Turn
import Web

/// Policies as rules that run.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Rules that are checked against every ticket: list them, add one, check them.",
        discussion: """
            Example: ratchet policy add "No change without approval" "changes: not unauthorised"
                     ratchet policy add --template logged
                     ratchet policy check --json
            A rule is KIND: CONDITION, or KIND: when CONDITION: CONDITION. A condition is a field (category is set, \
            priority is 1), a time (opened before resolved, first response within 4 business hours), a count (reopens at \
            most 1) or a yes-or-no (unauthorised, major, workaround, sla met, first contact), with and, or, not, brackets.
            """,
        subcommands: [ListPolicies.self, AddPolicy.self, CheckPolicies.self, RetirePolicy.self],
        defaultSubcommand: ListPolicies.self)
}

/// Prints policies as the command and its document do.
private func write(
    _ all: [(policy: KeptPolicy, checked: CheckedPolicy)], _ store: any Store, _ output: OutputOptions
) async throws {
    let words = try output.words()
    if output.json {
        let documents = MomentumDocuments(words: words)
        var policies: [JSON] = []
        for (policy, checked) in all {
            let breaches = try await store.breaches(of: policy.id, limit: PolicyTally.breachesMax)
            policies.append(documents.json(policy, checked.compliance, breaches: breaches))
        }
        try Terminal.write(
            JSON.object([("schema", "ratchet.policies/1"), ("policies", .array(policies))]).text + "\n")
        return
    }
    let breached = Set(breachSignals(of: all.map(\.checked)).map(\.id))
    try Terminal.write("\(words.policyLead(policies: all.count, breached: breached.count))\n")
    for (policy, checked) in all {
        let isBreached = breached.contains(Sign.policy(policy.id).word)
        let told =
            policy.checkedAt == nil
            ? words.say(.neverChecked) : words.told(checked.compliance, target: policy.target)
        try Terminal.write(
            "\(policy.id). \(Terminal.bold(policy.name))\n   \(policy.rule)\n   \(isBreached ? Terminal.worse(told) : told)\n"
        )
    }
}

struct ListPolicies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the policies in force, with how they were kept when they were last checked.",
        discussion: "Example: ratchet policy list --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try await place.openExisting()
        try await write(try await checkedPolicies(in: store), store, output)
        try await store.close()
    }
}

struct AddPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a policy, and check it.",
        discussion:
            "Example: ratchet policy add \"Closed only with a cause\" \"incidents: when closed is set: close code is set\""
    )

    @Argument(help: "What people call it.")
    var name: String?

    @Argument(help: "The rule, such as \"incidents: category is set\".")
    var rule: String?

    @Option(help: "One of those that most have: \(PolicyTemplate.allCases.map(\.rawValue).joined(separator: ", ")).")
    var template: String?

    @Option(help: "The share that should keep it, in per cent.")
    var target = 95.0

    @Option(help: "Who answers for it.")
    var owner = ""

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Who adds it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func run() async throws {
        let words = try output.words()
        guard target >= 1, target <= 100 else { throw ValidationError("--target is a number from 1 to 100") }
        let (name, parsed) = try policy(words)
        let store = try await place.open()
        let kept = try await store.addPolicy(
            name: name, rule: parsed.text, target: target / 100, owner: owner, by: by, at: now())
        try await checkPolicies(in: store, at: now())
        try await write(try await checkedPolicies(in: store).filter { $0.policy.id == kept.id }, store, output)
        try await store.close()
    }

    private func policy(_ words: Words) throws -> (String, Rule) {
        if let template {
            guard let known = PolicyTemplate(rawValue: template) else {
                throw ValidationError("there is no template “\(template)”")
            }
            return (name ?? words.name(of: known), known.rule)
        }
        guard let name, !name.allSatisfy(\.isWhitespace), let rule else {
            throw ValidationError("give a name and a rule, or --template")
        }
        do throws(RuleError) { return (name, try Rule(rule)) } catch {
            throw Failure(message: "the rule cannot be read: \(words.told(error))", code: 65)
        }
    }
}

struct CheckPolicies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Run every rule over every ticket now.",
        discussion: "Example: ratchet policy check --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try await place.openExisting()
        try await checkPolicies(in: store, at: now(), isForced: true)
        try await keepFindings(store, at: now())
        try await write(try await checkedPolicies(in: store), store, output)
        try await store.close()
    }
}

struct RetirePolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "End a policy; what it said stays.",
        discussion: "Example: ratchet policy retire 2")

    @Argument(help: "The number of the policy.")
    var number: Int64

    @OptionGroup var place: StoreOptions

    @Option(help: "Who ends it; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func run() async throws {
        let store = try await place.openExisting()
        guard let policy = try await store.retirePolicy(number, by: by, at: now()) else {
            throw Failure(message: "there is no policy \(number) in force; see ‘ratchet policy list’", code: 66)
        }
        try Terminal.write("\(policy.id). \(policy.name): retired\n")
        try await store.close()
    }
}
