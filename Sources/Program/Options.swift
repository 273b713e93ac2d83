import ArgumentParser
import Connectors
import Foundation
import Languages
import Open
import Records
import Store

/// Where the store is.
struct StoreOptions: ParsableArguments {
    @Option(help: "The store: a file (SQLite). Default: RATCHET_STORE, or ratchet.db in your data folder.")
    var store: String?

    var address: String { store ?? Self.ordinary }

    /// Where it is unless said.
    static var ordinary: String {
        let environment = ProcessInfo.processInfo.environment
        if let address = environment["RATCHET_STORE"], !address.isEmpty { return address }
        let folder =
            environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? environment["HOME", default: "."] + "/.local/share"
        return folder + "/ratchet/ratchet.db"
    }

    func open() async throws -> any Store { try await openStore(address) }

    /// A store that must be there already: reading from a new, empty one would only puzzle.
    func openExisting() async throws -> any Store {
        if !address.contains("://"), !FileManager.default.fileExists(atPath: address) {
            throw Failure(
                message: "\(address): there is no store; make one with ‘ratchet import FILE’, or give --store", code: 66
            )
        }
        return try await openStore(address)
    }
}

/// How a file is to be read.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The system it comes from: auto, \(Preset.Name.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "preset"))
    var preset = "auto"

    @Option(
        help: ArgumentHelp("A column's meaning, as often as needed: --map openedAt=Created.", valueName: "field=column")
    )
    var map: [String] = []

    @Option(help: "The zone of times that say none: Europe/Copenhagen, Asia/Shanghai, +01:00.")
    var timezone: String?

    @Flag(help: "Dates such as 03/04/2025 begin with the day.")
    var dayFirst = false

    @Flag(help: "Dates such as 03/04/2025 begin with the month.")
    var monthFirst = false

    @Option(
        help:
            "What the rows are, where the file does not say: incident, request, problem, change, complaint; survey, readings, suggestions."
    )
    var kind: String?

    @Option(help: "The scale of scores that say none: the lowest and the highest, as in 1-5.")
    var scale: String?

    @Flag(help: "Stop at the first bad row, and change nothing.")
    var strict = false

    func options() throws -> ReadingOptions {
        var options = ReadingOptions()
        if preset != "auto" {
            guard let name = Preset.Name(rawValue: preset) else {
                throw ValidationError("there is no preset “\(preset)”")
            }
            options.preset = name
        }
        for pair in map {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // What only answers or readings have is read elsewhere.
            if sides.count == 2, !sides[1].isEmpty, RecordField(word: String(sides[0])) != nil,
                Field(rawValue: String(sides[0])) == nil
            {
                continue
            }
            guard sides.count == 2, let field = Field(rawValue: String(sides[0])), !sides[1].isEmpty else {
                let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("“--map \(pair)” is not FIELD=COLUMN with one of these fields: \(fields)")
            }
            options.map[field] = String(sides[1])
        }
        options.zone = try zone()
        if dayFirst && monthFirst { throw ValidationError("say --day-first or --month-first, not both") }
        if dayFirst || monthFirst { options.dayFirst = dayFirst }
        if let kind, RecordKind(rawValue: kind) == nil {
            guard let known = TicketKind.allCases.first(where: { "\($0)" == kind }) else {
                throw ValidationError("there is no kind of ticket “\(kind)”")
            }
            options.kind = known
        }
        options.strict = strict
        return options
    }

    func zone() throws -> Zone? {
        guard let timezone else { return nil }
        guard let zone = Zone(timezone) else {
            throw ValidationError(
                "the time zone “\(timezone)” is not known here; write it as Europe/Copenhagen or +01:00")
        }
        return zone
    }
}

/// What a command's text and documents look like.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "No progress and no remarks.")
    var quiet = false

    @Option(help: "The language of sentences: en, da or zh.")
    var language: String?

    func words() throws -> Words {
        guard let language else {
            let environment = ProcessInfo.processInfo.environment
            let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
            return Words(Language(tag: locale.prefix { $0 != "." && $0 != "_" }) ?? .en)
        }
        guard let known = Language(rawValue: language) else {
            throw ValidationError("there is no language “\(language)”; choose en, da or zh")
        }
        return Words(known)
    }
}

/// The moment it is. The only place of the program that asks.
func now() -> Moment {
    Moment(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
}
