import ArgumentParser
import Connectors
import Foundation
import Languages
import Measures
import Opportunities
import Records
import Signals
import Turn
import Web

/// The main job without a store: read exports, analyse everything, print what is worth doing.
struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read exports and print what got worse, since when, how much it costs, and how sure that is.",
        discussion: """
            Example: ratchet review incidents.csv --timezone Europe/Copenhagen --html review.html
            Reads CSV as service desks export it, also compressed, and ‘-’ for standard input. Writes nothing but its output.
            """)

    @Argument(help: ArgumentHelp("The files to read.", valueName: "file"))
    var files: [String]

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var output: OutputOptions

    @Option(help: "What an hour costs, to show hours as money.")
    var rate: Double?

    @Option(help: "The currency of the rate: EUR, DKK, CNY.")
    var currency: String?

    @Option(help: "Read the data as of the end of this day (2025-03-31).")
    var until: String?

    @Option(help: "How many opportunities to print.")
    var top = 10

    @Option(help: ArgumentHelp("Write one self-contained page with charts to this file.", valueName: "out"))
    var html: String?

    func validate() throws {
        if files.isEmpty { throw ValidationError("name at least one file") }
        if let rate, !(rate > 0 && rate.isFinite) { throw ValidationError("--rate is an amount above 0") }
        if let until, Day(until) == nil {
            throw ValidationError("“\(until)” is not a day; write it as 2025-03-31")
        }
        if top < 1 { throw ValidationError("--top is at least 1") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("‘-’ can stand once") }
    }

    func run() async throws {
        let words = try output.words()
        var options = try reading.options()
        options.strict = reading.strict
        var files = ReviewedFiles()
        for path in self.files {
            try await withReadablePath(path) {
                try files.read($0, shownAs: path, options: options, quiet: output.quiet)
            }
        }
        let zone = options.zone ?? .utc
        let organisation = Organisation(zone: zone, rate: rate, currency: currency ?? "")
        let tickets = files.finish()
        let flows = files.updates.evidence(
            of: tickets, calendar: organisation.calendar, until: untilMoment(zone))
        files.updates = UpdateLog()
        let analysis = analyse(tickets, for: organisation, until: untilMoment(zone), flows: flows)
        if let html {
            try writePage(html, files, tickets, analysis, flows, organisation, words)
        }
        if output.json {
            let text = document(files, tickets, analysis, zone, words).text + "\n"
            try Terminal.write(text)
        } else if html == nil {
            try Terminal.write(page(files, analysis, words))
        }
    }

    private func untilMoment(_ zone: Zone) -> Moment? {
        guard let until, let day = Day(until) else { return nil }
        return Moment(microseconds: zone.start(of: day + 1).microseconds - 1)
    }

    /// The tickets an opportunity names: enough to look into, few enough to read.
    private static let recordsMax = 50

    private func document(
        _ files: ReviewedFiles, _ tickets: TicketTable, _ analysis: Analysis, _ zone: Zone, _ words: Words
    ) -> JSON {
        let documents = FindingDocuments(words: words)
        func json(_ opportunity: Opportunity) -> JSON {
            let lead = opportunity.lead
            return documents.json(
                opportunity, rate: rate,
                evidence: lead.measure.kind.map {
                    tickets.evidence($0, lead.slice, opened: lead.evidence, zone: zone, limit: Self.recordsMax)
                })
        }
        return .object([
            ("schema", "ratchet.review/1"),
            ("source", files.json(tickets)),
            (
                "falseAlarms",
                .falseAlarms(
                    tested: analysis.tested, reported: analysis.signals.count,
                    expectedFalse: analysis.expectedFalse, rate: analysis.rate)
            ),
            ("notes", .array(analysis.notes.map { .string(words.note($0)) })),
            ("signals", .array(analysis.signals.map { documents.json($0) })),
            ("opportunities", .array(analysis.opportunities.filter { !$0.isGoodNews }.map(json))),
            ("goodNews", .array(analysis.opportunities.filter(\.isGoodNews).map(json))),
        ])
    }

    private func page(_ files: ReviewedFiles, _ analysis: Analysis, _ words: Words) -> String {
        var out = ""
        for line in files.counts(words) { out += line + "\n" }
        for line in files.doctors(words) { out += "  " + line + "\n" }
        for note in analysis.notes { out += words.note(note) + "\n" }
        out += "\n"
        let worse = analysis.opportunities.filter { !$0.isGoodNews }
        for opportunity in worse.prefix(top) {
            out += "\(opportunity.rank). " + Terminal.worse(Terminal.bold(words.title(for: opportunity))) + "\n"
            out += "   " + words.sentence(for: opportunity) + "\n"
            out += "   → " + words.firstStep(opportunity.firstStep) + "\n\n"
        }
        let better = analysis.opportunities.filter(\.isGoodNews)
        if !better.isEmpty { out += Terminal.bold(words(.goodNews)) + "\n" }
        for opportunity in better.prefix(top) {
            out += "   " + Terminal.better(words.sentence(for: opportunity)) + "\n"
        }
        out += "\n"
        out +=
            words.text(
                .falseAlarms(
                    reported: analysis.signals.count, tested: analysis.tested, expected: analysis.expectedFalse)) + "\n"
        return out
    }

    private func writePage(
        _ path: String, _ files: ReviewedFiles, _ tickets: TicketTable, _ analysis: Analysis,
        _ flows: [TicketKind: FlowEvidence], _ organisation: Organisation, _ words: Words
    ) throws {
        var charts: [String: SeriesChart] = [:]
        for opportunity in analysis.opportunities {
            let lead = opportunity.lead
            guard let window = analysis.window, charts[lead.id] == nil, let kind = lead.measure.kind else { continue }
            if lead.measure.step != nil {
                guard let weeks = flows[kind]?.weeks(of: lead.measure, lead.slice) else { continue }
                charts[lead.id] = chart(
                    of: lead, among: analysis.signals, first: weeks.first, step: 7, values: weeks.values, words)
                continue
            }
            // By week, as service desks look at it: every day of a year would hide the step in the weekdays.
            let rollup = tickets.rollup(kind, lead.slice, calendar: organisation.calendar)
            let days = lead.kind == .spike ? 1 : 7
            let series = Series(lead.measure, of: rollup, over: window, step: days, asOf: window.last)
            guard let first = series.steps.first?.first else { continue }
            charts[lead.id] = chart(
                of: lead, among: analysis.signals, first: first, step: days, values: series.values.map { $0?.value },
                words)
        }
        let text = reviewDocument(
            Web.Review(
                detection: Detection(
                    signals: analysis.signals, tested: analysis.tested, expectedFalse: analysis.expectedFalse,
                    rate: analysis.rate, window: analysis.window, notes: analysis.notes),
                opportunities: analysis.opportunities, charts: charts, sources: files.counts(words),
                doctor: files.doctors(words)),
            language: words.language)
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw Failure(message: "\(path): cannot be written; check the folder and the space left", code: 73)
        }
        if !output.quiet { Terminal.say("\(path) is written") }
    }
}

/// The files of a review: read into one table, each with its doctor's report.
struct ReviewedFiles {
    private struct File {
        var name: String
        var inspection: Inspection
        var doctor: Doctor
    }

    private var names = Names()
    private var pseudonyms = Pseudonyms(key: Pseudonyms.newKey())
    private var tickets = TicketTable()
    private var files: [File] = []
    private var rejects: [Reject] = []
    /// Of files in which a row is an update.
    var updates = UpdateLog()

    mutating func read(_ path: String, shownAs name: String, options: ReadingOptions, quiet: Bool) throws {
        let looking = ProgressLine(name, unit: "bytes", quiet: quiet)
        let inspection = try inspect(path, options: options) { looking.show($0, of: $0) }
        looking.finish()
        let reading = ProgressLine(name, unit: "rows", quiet: quiet)
        let rows = inspection.rowCount
        // As many as there could be: what is not needed is never touched, and nothing is copied while the table grows.
        if files.isEmpty { tickets.reserve(rows) }
        if inspection.grain == .rowPerUpdate { updates.reserve(rows) }
        let doctor = try Connectors.read(
            inspection, options: options, names: &names, pseudonyms: &pseudonyms,
            each: { ticket, row, _ in
                let place = tickets.take(ticket)
                if inspection.grain == .rowPerUpdate { updates.take(ticket, at: place) }
                if row % 4096 == 0 { reading.show(row, of: rows) }
            },
            reject: { rejects.append(Reject(file: name, line: $0.line, reason: $0.reason, row: $0.row)) })
        reading.finish()
        files.append(File(name: name, inspection: inspection, doctor: doctor))
    }

    /// The tickets with their names; nothing more is read after it.
    mutating func finish() -> TicketTable {
        tickets.finish(names: names)
        let done = tickets
        tickets = TicketTable()
        names = Names()
        return done
    }

    /// What was read of each file, in a sentence.
    func counts(_ words: Words) -> [String] {
        files.map { file in
            let doctor = file.doctor
            let line = Line.rowsImported(kept: doctor.rowsKept, rows: doctor.rowsRead, rejected: doctor.rowsRejected)
            return "\(file.name): \(words.text(line))"
        }
    }

    /// What the import doctor says of all files.
    func doctors(_ words: Words) -> [String] { files.flatMap(\.doctor.lines).map { words.text($0) } }

    func json(_ tickets: TicketTable) -> JSON {
        let first = files.compactMap(\.doctor.firstOpened).min()
        let last = tickets.lastKnown
        let rejected = rejects.map { reject in
            JSON.object([
                ("file", .string(reject.file)), ("line", .integer(reject.line)), ("reason", .string(reject.reason)),
            ])
        }
        let unanswered = files.flatMap(\.doctor.cannotAnswer).map { JSON.string($0.sentence) }
        return .object([
            ("files", .array(files.map { .string($0.name) })),
            ("preset", .string(files.first?.inspection.preset.rawValue ?? "csv")),
            ("rows", .integer(files.reduce(0) { $0 + $1.doctor.rowsRead })),
            ("records", .integer(tickets.count)),
            ("rejected", .integer(rejects.count)),
            ("rejects", .array(rejected)),
            ("from", first.map { .string($0.description) } ?? .null),
            ("to", last.map { .string($0.description) } ?? .null),
            ("cannotAnswer", .array(unanswered)),
        ])
    }
}
