import ArgumentParser
import Foundation
import Gains
import Improvements
import Languages
import Records
import Store
import Turn
import Web

struct SpendHours: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spent", abstract: "Write down hours of work that an improvement took.",
        discussion: "Example: ratchet improvement spent 1 2.5 --department IT --on 2026-03-12 --action 2")

    @OptionGroup var options: ImprovementOptions
    @Argument(help: "Hours; a minus takes back a slip: -- -2.")
    var hours: Double
    @Option(help: "The department.")
    var department = ""
    @Option(help: "The number of the action it went into.")
    var action: Int?
    @Option(help: "The day: 2026-03-12; today unless said.")
    var on: Day?

    func run() async throws {
        try await options.add { _ in
            .spent(TimeSpent(action: action, hours: hours, on: on ?? Zone.utc.day(of: now()), department: department))
        }
    }
}

struct ShowTime: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time", abstract: "Print hours promised and used, by month and department; promise some.",
        discussion: """
            Example: ratchet register time --json
                     ratchet register time --promise 20 --department IT --month 2026-03
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Hours to promise; 0 takes the promise back.")
    var promise: Double?
    @Option(help: "The department that promises.")
    var department: String?
    @Option(help: "The month: 2026-03; this one unless said.")
    var month: String?
    @Option(help: "Who promises; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func validate() throws {
        if let month, Day("\(month)-01") == nil { throw ValidationError("“\(month)” is not a month such as 2026-03") }
        guard let promise else { return }
        guard promise >= 0, promise <= TimePromise.hoursMax else {
            throw ValidationError("hours are a number from 0 to \(Int(TimePromise.hoursMax))")
        }
        if department?.isEmpty ?? true { throw ValidationError("say which department promises: --department IT") }
    }

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let today = try await Organisation(of: store).zone.day(of: now())
        if let promise, let department {
            let first = month.flatMap { Day("\($0)-01") } ?? today.monthStart
            try await store.promise(
                TimePromise(department: department, month: first, hours: promise), by: by, at: now())
        }
        let lines = timeLedger(try await store.timePromises(), try await store.improvements().numbered)
        try await store.close()
        if output.json {
            try Terminal.write(
                JSON.object([("schema", "ratchet.time/1"), ("lines", .array(lines.map(CycleDocuments.json)))]).text
                    + "\n")
        } else {
            if lines.isEmpty { try Terminal.write(words.cycle(.noTime) + "\n") }
            for line in lines {
                let told = words.cycled(.time(promised: line.promised ?? 0, used: line.used))
                try Terminal.write("\(line.month.description.prefix(7)) \(line.department): \(told)\n")
            }
        }
    }
}
