import ArgumentParser
import Foundation
import Glibc
import Improvements
import Measures
import Open
import People
import Records
import Signals
import Store
import Turn
import Web

/// The store's doctor.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell whether the store is healthy; exit 0 only when it is.",
        discussion: "Example: ratchet check --store /var/lib/ratchet/ratchet.db")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    /// Less than this and the next import may not fit.
    private static let freeBytesMin: Int64 = 200 << 20

    func run() async throws {
        let store = try await place.openExisting()
        var found = try await store.check()
        let clock = now()
        if let last = try await store.imports(limit: 1).first, last.startedAt > clock {
            found.append("the clock is before the latest import (\(last.startedAt)); set the clock")
        }
        if let values = try? FileManager.default.attributesOfFileSystem(forPath: place.address),
            let free = values[.systemFreeSize] as? Int64, free < Self.freeBytesMin
        {
            found.append("only \(free >> 20) MB are left on the disk; free some")
        }
        let extents = try await store.extents()
        let records = try await recordCounts(store)
        if output.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.check/1"), ("healthy", .bool(found.isEmpty)),
                    ("findings", .array(found.map { .string($0) })),
                    (
                        "records",
                        .object((extents.map { ($0.kind.plural, $0.count) } + records).map { ($0.0, .integer($0.1)) })
                    ),
                ]).text + "\n")
        } else {
            for line in found { try Terminal.write("\(place.address): \(line)\n") }
            if found.isEmpty {
                let counts = (extents.map { ($0.kind.plural, $0.count) } + records).map { "\($0.1) \($0.0)" }
                    .joined(separator: ", ")
                try Terminal.write("\(place.address): healthy\(counts.isEmpty ? ", and empty" : ", \(counts)")\n")
            }
        }
        try await store.close()
        if !found.isEmpty { throw ExitCode(65) }
    }
}

/// Writes everything in open formats.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write every record with where it came from, as JSON lines or CSV.",
        discussion: """
            Examples:
              ratchet export --csv > tickets.csv
              ratchet export --csv --kind survey > answers.csv
            """)

    @OptionGroup var place: StoreOptions

    @Flag(help: "One JSON object a record and line, history and provenance included (the default).")
    var json = false

    @Flag(help: "One row a record, with a header; no history.")
    var csv = false

    @Option(
        help: "Only these records: tickets, survey, readings or suggestions. CSV holds one kind: tickets, unless said.")
    var kind: ExportedKind?

    @Flag(name: .shortAndLong, help: "No remarks.")
    var quiet = false

    func validate() throws {
        if json && csv { throw ValidationError("say --json or --csv, not both") }
    }

    func run() async throws {
        let store = try await place.openExisting()
        let isCSV = csv
        let kinds = kind.map { [$0] } ?? (csv ? [.tickets] : ExportedKind.allCases)
        if kinds.contains(.tickets) {
            if isCSV { try Terminal.write(ExportedTicket.header) }
            try await store.eachTicket { record in
                let ticket = ExportedTicket(record)
                try Terminal.write(isCSV ? ticket.row : ticket.json.text + "\n")
            }
        }
        for kind in kinds where kind != .tickets { try await exportRecords(kind, of: store, asCSV: isCSV) }
        try await store.close()
    }
}

/// Copies the store while others use it.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the whole store to a new file while it is used.",
        discussion: "Example: ratchet backup monday.db")

    @Argument(help: ArgumentHelp("The file to make; it must not exist.", valueName: "file"))
    var file: String

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try await place.openExisting()
        try await store.backUp(to: file)
        try await store.close()
        let copy = try await openStore(file)
        let found = try await copy.check().filter { !$0.contains("interrupted") }
        try await copy.close()
        guard found.isEmpty else {
            throw Failure(message: "\(file): the copy is not sound (\(found[0])); try again", code: 74)
        }
        if output.json {
            try Terminal.write(JSON.object([("schema", "ratchet.backup/1"), ("file", .string(file))]).text + "\n")
        } else if !output.quiet {
            try Terminal.write("\(file) holds the whole store and was read back\n")
        }
    }
}

/// Puts a backup in the place of the store.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of the store; the old store is kept beside it.",
        discussion: "Example: ratchet restore monday.db")

    @Argument(help: ArgumentHelp("The backup.", valueName: "file"))
    var file: String

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(message: "\(file): no such file; check the name and the folder", code: 66)
        }
        let backup = try await openStore(file)
        let found = try await backup.check().filter { !$0.contains("interrupted") }
        guard found.isEmpty else {
            throw Failure(message: "\(file): the backup is not sound (\(found[0])); take another", code: 65)
        }
        let target = place.address
        var kept: String?
        if FileManager.default.fileExists(atPath: target) {
            // Brought into one file first, so that moving it moves everything.
            try await openStore(target).close()
            let aside = target + ".before-restore-\(now().seconds)"
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: target + suffix) {
                try FileManager.default.moveItem(atPath: target + suffix, toPath: aside + suffix)
            }
            kept = aside
        }
        try await backup.backUp(to: target)
        try await backup.close()
        if output.json {
            try Terminal.write(
                JSON.object([
                    ("schema", "ratchet.restore/1"), ("store", .string(target)),
                    ("kept", kept.map { .string($0) } ?? .null),
                ]).text + "\n")
        } else if !output.quiet {
            try Terminal.write("\(target) is restored from \(file)\(kept.map { "; the old store is \($0)" } ?? "")\n")
        }
    }
}

/// Reads and changes what the organisation has said about itself.
struct Settings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Say what the organisation's zone, rate, holidays or targets are.",
        discussion: """
            Examples:
              ratchet set zone Europe/Copenhagen
              ratchet set rate 450 --store team.db
              ratchet set currency DKK
              ratchet set businessHours "0,1,2,3,4 480-960"
              ratchet set holidays "2025-12-24 2025-12-25"
              ratchet set targets "incidents.slaMet category=Email 0.9"
              ratchet set directions "readings.temperature higher"
            """)

    @Argument(
        help:
            "zone, rate, currency, language, businessHours, holidays, targets, directions, approval or publicSuggestions."
    )
    var key: String

    @Argument(help: "The value; several holidays are divided by blanks, several targets by ‘;’.")
    var value: String

    @OptionGroup var place: StoreOptions

    func run() async throws {
        guard let setting = Setting(rawValue: key), setting != .pseudonymKey else {
            throw ValidationError("there is no setting “\(key)”")
        }
        let stored = try checked(setting)
        let store = try await place.open()
        try await store.set(setting, to: stored)
        if setting == .zone || setting == .businessHours || setting == .holidays {
            // Days and business hours are read by it.
            let organisation = try await Organisation(of: store)
            try await store.rebuildRollups(calendar: organisation.calendar)
            if setting == .zone { try await store.rebuildRecordTotals(zone: organisation.zone) }
        }
        try await store.close()
    }

    private func checked(_ setting: Setting) throws -> String {
        func wrong(_ wanted: String) -> ValidationError { ValidationError("“\(value)” is not \(wanted)") }
        switch setting {
        case .zone:
            guard Zone(value) != nil else { throw wrong("a time zone, such as Europe/Copenhagen or +01:00") }
        case .rate:
            guard let rate = Double(value), rate > 0, rate.isFinite else { throw wrong("an amount above 0") }
        case .currency, .pseudonymKey: break
        case .language:
            guard ["en", "da", "zh"].contains(value) else { throw wrong("one of en, da and zh") }
        case .businessHours:
            guard Organisation.areHours(value) else { throw wrong("of the form “0,1,2,3,4 480-960”") }
        case .holidays:
            let days = value.split(separator: " ")
            guard days.allSatisfy({ Day($0) != nil }) else { throw wrong("days such as 2025-12-24 divided by blanks") }
            return days.joined(separator: "\n")
        case .publicSuggestions:
            guard ["on", "off"].contains(value) else { throw wrong("on or off") }
        case .directions:
            let lines = value.split(separator: ";").map { $0.split(separator: " ").joined(separator: " ") }
            let isRight = lines.allSatisfy { line in
                let words = line.split(separator: " ")
                return words.count == 2 && Measure(id: String(words[0])) != nil && Direction(setting: words[1]) != nil
            }
            guard isRight else {
                throw wrong("of the form “readings.temperature higher”: higher, lower or neither is worse")
            }
            return lines.joined(separator: "\n")
        case .targets:
            let lines = value.split(separator: ";").map { $0.drop { $0 == " " } }
            guard lines.allSatisfy({ Target(line: $0) != nil }) else {
                throw wrong("of the form “incidents.slaMet category=Email 0.9”")
            }
            return lines.joined(separator: "\n")
        case .approval:
            guard let rule = ApprovalRule(line: value), rule.roles.allSatisfy({ Role(rawValue: $0) != nil }) else {
                throw wrong("of the form “small 20 processOwner improvementManager”: effort, hours a month, roles")
            }
        }
        return value
    }
}
