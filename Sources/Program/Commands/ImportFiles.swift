import ArgumentParser
import Connectors
import Foundation
import Languages
import Records
import Store
import Turn
import Web

/// Takes exports into the store.
struct ImportFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take exports into the store; the same file again, or an overlapping one, adds only what is newer.",
        discussion: """
            Example: ratchet import incidents.csv changes.csv.gz --timezone Europe/Copenhagen
            Interrupt it at any moment and run it again: it goes on where it was. A bad row is kept with its line and its \
            reason, and does not stop the rest.
            """)

    /// A file as it was seen before anything was stored.
    private enum Seen {
        case tickets(Inspection)
        case records(RecordInspection, RecordOptions)
    }

    /// What came of a file, whatever it holds.
    private struct Outcome {
        var record: Import
        var new: Int
        var changed: Int
        var doctor: Doctor?
        var wasKnown: Bool

        init(_ o: ImportOutcome) {
            (record, new, changed, doctor, wasKnown) = (o.record, o.new, o.changed, o.doctor, o.wasKnown)
        }
        init(_ o: RecordImportOutcome) {
            (record, new, changed, doctor, wasKnown) = (o.record, o.new, o.changed, o.doctor, o.wasKnown)
        }
    }

    @Argument(help: ArgumentHelp("The files to take in.", valueName: "file"))
    var files: [String]

    @OptionGroup var place: StoreOptions
    @OptionGroup var reading: ReadingArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if files.isEmpty { throw ValidationError("name at least one file") }
    }

    func run() async throws {
        let words = try output.words()
        var options = try reading.options()
        // Every file is looked at before the first is taken in: a wrong name changes nothing.
        let records = try reading.recordOptions()
        var inspections: [(name: String, file: Seen)] = []
        for path in files {
            try await withReadablePath(path) { readable in
                guard path != "-" || files.count == 1 else {
                    throw ValidationError("‘-’ stands alone")
                }
                let looking = ProgressLine(path, unit: "bytes", quiet: output.quiet)
                let seen: Seen
                if let records, let kind = try recordKind(of: readable, options: records) {
                    seen = .records(try inspectRecords(readable, kind: kind, options: records), records)
                } else {
                    seen = .tickets(try inspect(readable, options: options) { looking.show($0, of: $0) })
                }
                looking.finish()
                let name = path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
                inspections.append((name, seen))
                if path == "-" { try await take(inspections, &options, words) }
            }
        }
        if files != ["-"] { try await take(inspections, &options, words) }
    }

    private func take(
        _ inspections: [(name: String, file: Seen)], _ options: inout ReadingOptions, _ words: Words
    ) async throws {
        let store = try await place.open()
        if let zone = options.zone {
            if try await store.setting(.zone) == nil { try await store.set(.zone, to: zone.name) }
        } else {
            options.zone = try await store.setting(.zone).flatMap { Zone($0) }
        }
        var documents: [JSON] = []
        for (name, seen) in inspections {
            let line = ProgressLine(name, unit: "rows", quiet: output.quiet)
            let outcome: Outcome
            switch seen {
            case .tickets(let inspection):
                outcome = Outcome(
                    try await importFile(inspection, named: name, options: options, into: store, at: now()) {
                        line.show($0, of: $1)
                    })
            case .records(let inspection, let said):
                outcome = Outcome(
                    try await importRecords(inspection, named: name, options: said, into: store, at: now()) {
                        line.show($0, of: $1)
                    })
            }
            line.finish()
            documents.append(Self.json(outcome))
            if !output.json { try Terminal.write(Self.text(outcome, words)) }
        }
        try await store.close()
        if output.json {
            try Terminal.write(
                JSON.object([("schema", "ratchet.import/1"), ("imports", .array(documents))]).text + "\n")
        }
    }

    private static func json(_ outcome: Outcome) -> JSON {
        .object([
            ("file", .string(outcome.record.file)), ("preset", .string(outcome.record.preset)),
            ("rows", .integer(outcome.record.rows)), ("rejected", .integer(outcome.record.rejected)),
            ("new", .integer(outcome.new)), ("changed", .integer(outcome.changed)),
            ("alreadyImported", .bool(outcome.wasKnown)),
        ])
    }

    private static func text(_ outcome: Outcome, _ words: Words) -> String {
        let record = outcome.record
        guard !outcome.wasKnown, let doctor = outcome.doctor else {
            return record.file + ": "
                + words.text(.alreadyImported(Zone.utc.day(of: record.startedAt))) + "\n"
        }
        var out =
            record.file + ": "
            + words.text(
                .rowsImported(kept: record.rows - record.rejected, rows: record.rows, rejected: record.rejected)) + "\n"
        for line in doctor.lines { out += "  " + words.text(line) + "\n" }
        return out
    }
}
