import Connectors
import Evaluations
import Foundation
import Improvements
import Languages
import Organisations
import Records
import Store
import Stories
import Turn

/// Makes a store of a story: exports on disk, taken in as any export is, analysed as of their last day, and the improvements that
/// the story's people made.
struct StoryDemo {
    let organisation: SampleOrganisation
    let output: OutputOptions

    init(_ organisation: SampleOrganisation, _ output: OutputOptions) {
        self.organisation = organisation
        self.output = output
    }

    /// The moment it is in the story: the end of its data.
    private var end: Moment { Moment(seconds: (organisation.days.last + 1).startInUTC.seconds - 1) }

    /// The exports, each with the name of its file.
    private var exports: [(name: String, text: String)] {
        let files: [(String, String?)] = [
            ("tickets", organisation.ticketFile), ("answers", organisation.surveyFile),
            ("readings", organisation.readingsFile),
        ]
        return files.compactMap { name, text in text.map { ("\(mark)-\(name).csv", $0) } }
    }

    /// What tells this organisation's files from another's.
    private var mark: String {
        "\(organisation.story.rawValue)-\(organisation.tongue.rawValue)-\(organisation.seed)"
    }

    /// What an hour of work costs, and in what.
    private var rate: (amount: String, currency: String) {
        switch organisation.story {
        case .retailer: ("350", "DKK")
        case .airline: ("48", "EUR")
        default: ("190", "CNY")
        }
    }

    /// Made again it finds everything there, and changes nothing.
    func make(in store: any Store, beside path: String) async throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if let other = try await store.imports(limit: 100).first(where: {
            !$0.file.hasPrefix(mark)
        }) {
            throw Failure(
                message: "\(path): this store holds other data (\(other.file)); give --store a file of its own",
                code: 73)
        }
        if try await store.setting(.zone) == nil {
            try await store.set(.zone, to: "UTC")
            try await store.set(.holidays, to: organisation.holidays.map(\.description).joined(separator: "\n"))
            try await store.set(.rate, to: rate.amount)
            try await store.set(.currency, to: rate.currency)
        }
        for export in exports {
            try Demo.write(export.text, to: "\(folder)/\(export.name)")
            try await take("\(folder)/\(export.name)", named: export.name, into: store)
        }
        let record = try await turn(store, at: end)
        try await foresee(store)
        if !output.quiet {
            Terminal.say(
                "\(organisation.name): \(record.tickets) tickets, \(try await store.signals().count) findings among "
                    + "\(record.tested) series and kinds; exports in \(folder)")
        }
        if try await store.improvements().isEmpty { try await playInto(store) }
    }

    private func take(_ file: String, named name: String, into store: any Store) async throws {
        let line = ProgressLine(name, unit: "rows", quiet: output.quiet)
        if let kind = try recordKind(of: file) {
            let options = RecordOptions(kind: kind, zone: .utc)
            let inspection = try inspectRecords(file, kind: kind, options: options)
            _ = try await importRecords(inspection, named: name, options: options, into: store, at: end) {
                line.show($0, of: $1)
            }
        } else {
            var options = ReadingOptions()
            options.zone = .utc
            let inspection = try inspect(file, options: options, progress: nil)
            _ = try await importFile(inspection, named: name, options: options, into: store, at: end) {
                line.show($0, of: $1)
            }
        }
        line.finish()
    }

    /// The improvements of the story, entry by entry, as if its people had written them.
    private func playInto(_ store: any Store) async throws {
        let played = try play(organisation)
        for one in played {
            guard let opening = one.entries.first else { continue }
            let id = try await store.open(opening)
            for (seen, entry) in one.entries.enumerated().dropFirst() {
                _ = try await store.append(entry, to: id, seen: seen)
            }
        }
        if !output.quiet {
            let rounds = played.reduce(0) { $0 + $1.rounds.count }
            let worked = played.reduce(0) { sum, one in
                sum + one.rounds.count { $0.evaluation?.judgement.verdict == .worked }
            }
            Terminal.say("\(played.count) improvements in \(rounds) rounds, of which \(worked) worked")
        }
    }
}

extension Tongue {
    init(_ language: Language) {
        switch language {
        case .en: self = .en
        case .da: self = .da
        case .zh: self = .zh
        }
    }
}
