import ArgumentParser
import Connectors
import Foundation
import Languages
import Organisations
import Records
import Store
import Turn

/// Serves a sample: the real one that comes with the program, or an organisation of a story.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a store of sample data, analyse it, and serve it.",
        discussion: """
            Example: ratchet demo
                     ratchet demo retailer --language da
            Without a story the sample is the event log of a real service desk: 24,918 incidents of 2016, anonymised (CC BY 4.0).
            retailer, airline and bank are made-up organisations over two years, whose truth is known: what got worse and why, \
            what was done about it, and what that did. Their exports are kept beside the store, to be looked at.
            """)

    @Argument(help: "retailer, airline, bank, or all; the real sample unless said.")
    var story: String?

    @OptionGroup var listening: ServeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Where the demo's store is kept; a file of its own unless said.")
    var store: String?

    @Option(help: "Which of the many organisations of a story: the same number gives the same one.")
    var seed: UInt64 = 1

    @Option(help: "Write what is true of the story's organisation to this file, as JSON.")
    var truth: String?

    @Flag(help: "Make the store and stop.")
    var noServe = false

    func validate() throws {
        if story == nil {
            if truth != nil { throw ValidationError("--truth belongs to a story: retailer, airline or bank") }
            return
        }
        let stories = try stories()
        if stories.count > 1, store != nil || truth != nil {
            throw ValidationError("‘all’ makes a store for each story; name one story with --store or --truth")
        }
    }

    private func stories() throws -> [Story] {
        if story == "all" { return Story.shown }
        guard let one = Story.shown.first(where: { $0.rawValue == story }) else {
            throw ValidationError("there is no story “\(story ?? "")”; choose retailer, airline, bank or all")
        }
        return [one]
    }

    func run() async throws {
        guard story != nil else { return try await serveSample() }
        let language = try output.words().language
        var first: (any Store)?
        for story in try stories() {
            let path = store ?? Self.folder + "/demo-\(story.rawValue)-\(language.rawValue)-\(seed)/ratchet.db"
            let made = SampleOrganisation(story, seed: seed, tongue: Tongue(language))
            if let truth { try Self.write(made.truth.document, to: truth) }
            let opened = try await StoreOptions.parse(["--store", path]).open()
            try await StoryDemo(made, output).make(in: opened, beside: path)
            if first == nil, !noServe {
                first = opened
            } else {
                try await opened.close()
                if !noServe { Terminal.say("\(story.rawValue): ratchet serve --store \(path)") }
            }
        }
        if let first { try await servePages(first, listening, isSecure: false) }
    }

    /// The user's data folder.
    private static var folder: String { URL(fileURLWithPath: StoreOptions.ordinary).deletingLastPathComponent().path }

    static func write(_ text: String, to path: String) throws {
        do {
            let file = URL(fileURLWithPath: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        } catch {
            throw Failure(message: "\(path): cannot be written; is the folder there, and is there room?", code: 73)
        }
    }

    private func serveSample() async throws {
        let path = store ?? NSTemporaryDirectory() + "ratchet-demo/ratchet.db"
        let sample = try Sample.path()
        let place = try StoreOptions.parse(["--store", path])
        let opened = try await place.open()
        var options = ReadingOptions()
        options.zone = .utc
        let inspection = try inspect(sample, options: options, progress: nil)
        let line = ProgressLine("sample", unit: "rows", quiet: output.quiet)
        let outcome = try await importFile(inspection, named: Sample.name, options: options, into: opened, at: now()) {
            line.show($0, of: $1)
        }
        line.finish()
        if !outcome.wasKnown, !output.quiet {
            Terminal.say("\(outcome.record.rows) rows taken in, \(outcome.new) tickets")
        }
        let record = try await turn(opened, at: now())
        try await foresee(opened)
        if !output.quiet {
            Terminal.say("\(try await opened.signals().count) findings among \(record.tested) series and kinds")
        }
        if noServe {
            try await opened.close()
            return
        }
        try await servePages(opened, listening, isSecure: false)
    }
}
