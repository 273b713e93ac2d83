import ArgumentParser
import Foundation
import Languages
import Records
import Store
import Turn
import Web

/// Analyses what is new.
struct TurnLoop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turn", abstract: "Analyse what is new in the store and update signals and register.",
        discussion: """
            Example: ratchet turn --watch
            While little is new, only the new days are looked at; --full searches everything anew.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Search every series anew, even when little is new.")
    var full = false

    @Flag(help: "Add up the roll-ups anew from the tickets first.")
    var rebuild = false

    @Flag(help: "Go on, turning once a minute while something is new.")
    var watch = false

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        if rebuild {
            let organisation = try await Organisation(of: store)
            try await store.rebuildRollups(calendar: organisation.calendar)
            try await store.rebuildRecordTotals(zone: organisation.zone)
        }
        var changes: Int64 = -1
        var day: Int64 = -1
        repeat {
            let seen = try await store.changeCount() + store.recordChangeCount()
            // The week's questions are asked again each day, also when no ticket has come.
            let today = now().seconds / 86_400
            if seen != changes || today != day || !watch {
                day = today
                let record = try await turn(store, at: now(), isForced: full || rebuild)
                try await foresee(store, isForced: full || rebuild)
                changes = seen
                try Terminal.write(try await summary(record, store, words))
            }
            if watch { try await Task.sleep(for: .seconds(60)) }
        } while watch
        try await store.close()
    }

    private func summary(_ record: TurnRecord, _ store: any Store, _ words: Words) async throws -> String {
        let signals = try await store.signals().count
        if output.json {
            return JSON.object([
                ("schema", "ratchet.turn/1"), ("asOf", .string(record.asOf.description)),
                ("tickets", .integer(record.tickets)), ("fullSearch", .bool(record.isFullSearch)),
                (
                    "falseAlarms",
                    .falseAlarms(
                        tested: record.tested, reported: signals, expectedFalse: record.expectedFalse,
                        rate: record.rate)
                ),
            ]).text + "\n"
        }
        return words.text(
            .falseAlarms(reported: signals, tested: record.tested, expected: record.expectedFalse)) + "\n"
    }
}
