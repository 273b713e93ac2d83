import ArgumentParser
import Connectors
import Foundation
import Improvements
import Languages
import Records
import Store
import Turn
import Web

struct ImportRegister: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a register of improvements that is kept in a spreadsheet.",
        discussion: """
            Example: ratchet register import CSI.csv --map title=Initiative
            Columns are recognised in English, Danish and Chinese, and as ServiceNow names them. What is not recognised is kept
            as it is. The same file twice changes nothing; a later state of it brings what has changed.
            """)

    @Argument(help: "The register, as CSV.")
    var file: String

    @Option(
        help: ArgumentHelp("A column's meaning, as often as needed: --map title=Initiative.", valueName: "field=column")
    )
    var map: [String] = []

    @Option(help: "What the register is called, where several number their rows alike.")
    var register = ""

    @Flag(help: "Dates such as 03/04/2025 begin with the day.")
    var dayFirst = false
    @Flag(help: "Dates such as 03/04/2025 begin with the month.")
    var monthFirst = false

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Who brings it in; the user's name unless said.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? "ratchet"

    func validate() throws {
        _ = try fields()
        if dayFirst && monthFirst { throw ValidationError("say --day-first or --month-first, not both") }
    }

    private func fields() throws -> [RegisterField: String] {
        var fields: [RegisterField: String] = [:]
        for pair in map {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let field = RegisterField(rawValue: String(sides[0])), !sides[1].isEmpty else {
                let known = RegisterField.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("“--map \(pair)” is not FIELD=COLUMN with one of these fields: \(known)")
            }
            fields[field] = String(sides[1])
        }
        return fields
    }

    func run() async throws {
        let words = try output.words()
        let name = URL(fileURLWithPath: file).lastPathComponent
        let sheet: RegisterSheet
        do {
            sheet = try readRegister(
                file, named: name, map: try fields(), dayFirst: dayFirst || monthFirst ? dayFirst : nil)
        } catch let error as RegisterSheetError {
            throw Failure(message: error.message, code: 65)
        }
        let store = try await place.open()
        let outcome: RegisterOutcome
        do {
            outcome = try await importRegister(
                sheet, named: name, register: register, into: store, by: by, at: now())
        } catch RegisterImportError.readAsTickets(let file) {
            throw Failure(
                message: "\(file): was read as a file of tickets before; it cannot be both", code: 65)
        }
        try await store.close()
        if output.json {
            try Terminal.write(document(name, outcome).text + "\n")
        } else if outcome.wasKnown {
            try Terminal.write(
                "\(name): \(words.text(.registerRead(new: 0, changed: 0, unchanged: sheet.rows.count, rejected: 0)))\n")
        } else {
            let told = words.text(
                .registerRead(
                    new: outcome.new.count, changed: outcome.changed.count, unchanged: outcome.unchanged,
                    rejected: outcome.rejects.count))
            try Terminal.write("\(name): \(told)\n")
            for reject in outcome.rejects { Terminal.say("ratchet: \(name):\(reject.line): \(reject.reason)") }
        }
    }

    private func document(_ name: String, _ outcome: RegisterOutcome) -> JSON {
        .object([
            ("schema", "ratchet.registerImport/1"), ("file", .string(name)),
            ("new", .array(outcome.new.map { .integer(Int($0.value)) })),
            ("changed", .array(outcome.changed.map { .integer(Int($0.value)) })),
            ("unchanged", .integer(outcome.unchanged)), ("alreadyImported", .bool(outcome.wasKnown)),
            (
                "rejects",
                .array(
                    outcome.rejects.map {
                        .object([("line", .integer($0.line)), ("reason", .string($0.reason)), ("row", .string($0.row))])
                    })
            ),
            (
                "columns",
                .object(
                    RegisterField.allCases.compactMap { field in
                        outcome.columns[field].map { (field.rawValue, .string($0)) }
                    })
            ),
            ("keptColumns", .texts(outcome.unknown)),
        ])
    }
}
