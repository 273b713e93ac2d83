import ArgumentParser
import Improvements
import Languages
import Records
import Store
import Turn
import Web

struct ShowWaiting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waiting", abstract: "Print how long departments have waited for one another.",
        discussion: "Example: ratchet register waiting --as-of 2026-12-31 --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Until when: 2026-12-31; today unless said.")
    var asOf: Day?

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let all = try await store.improvements()
        let zone = try await Organisation(of: store).zone
        let day = asOf ?? zone.day(of: now())
        try await store.close()
        let ledger = waitingLedger(of: all.numbered, asOf: day)
        if output.json {
            let lines = ledger.lines.map { line -> JSON in
                .object([
                    ("department", .string(line.department)), ("waitsFor", .string(line.waitsFor)),
                    ("days", .integer(line.days)), ("ended", .integer(line.ended)), ("open", .integer(line.open)),
                    ("overAgreed", .integer(line.overAgreed)), ("openSince", .day(line.openSince)),
                    ("improvements", .array(line.improvements.map { .integer(Int($0.value)) })),
                ])
            }
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.waiting/1"), ("asOf", .day(day)),
                    ("blockedDays", .integer(ledger.blockedDays)), ("lines", .array(lines)),
                ]).text + "\n")
        } else {
            if ledger.lines.isEmpty { try Terminal.write(words(.nobodyWaits) + "\n") }
            for line in ledger.lines {
                let told = words.text(
                    .departmentWaited(
                        department: line.department, waitsFor: line.waitsFor, days: line.days, stillWaits: line.open > 0
                    ))
                try Terminal.write(told + "\n")
            }
        }
    }
}

struct ShowActions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "Print what is to be done, the overdue first.",
        discussion: "Example: ratchet register actions --as-of 2026-12-31 --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "On which day: 2026-12-31; today unless said.")
    var asOf: Day?

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let all = try await store.improvements()
        let zone = try await Organisation(of: store).zone
        let day = asOf ?? zone.day(of: now())
        try await store.close()
        let open = openActions(of: all.numbered, asOf: day)
        if output.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.actions/1"), ("asOf", .day(day)), ("actions", .array(open.map(Self.json))),
                ]).text + "\n")
        } else {
            if open.isEmpty { try Terminal.write(words(.noOpenActions) + "\n") }
            for one in open {
                var standing = ""
                switch one.standing {
                case .overdue(_, let days): standing = ": " + words.text(.actionOverdue(days: days))
                case .due(let on): standing = ": " + words.text(.actionDue(on))
                case .toDo, .done: break
                }
                try Terminal.write("\(one.improvement.value). \(one.action.text) (\(one.action.owner))\(standing)\n")
            }
        }
    }

    private static func json(_ one: OpenAction) -> JSON {
        var standing = "toDo"
        var due: Day?
        var overdue: Int?
        switch one.standing {
        case .overdue(let since, let days): (standing, due, overdue) = ("overdue", since, days)
        case .due(let on): (standing, due) = ("due", on)
        case .toDo, .done: break
        }
        return .object([
            ("improvement", .integer(Int(one.improvement.value))), ("title", .string(one.title)),
            ("action", .integer(one.action.id)), ("text", .string(one.action.text)),
            ("owner", .string(one.action.owner)), ("department", .string(one.action.department)),
            ("standing", .string(standing)), ("due", .day(due)),
            ("overdueDays", overdue.map { .integer($0) } ?? .null),
            ("everyDays", one.action.everyDays.map { .integer($0) } ?? .null),
        ])
    }
}
