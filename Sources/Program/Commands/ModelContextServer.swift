import ArgumentParser
import Foundation
import Languages
import Store
import Web

/// Answers a language model's questions over standard input and output.
struct ModelContextServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Answer questions over the Model Context Protocol on standard input and output.",
        discussion: """
            Example: ratchet mcp --store team.db
            Everything only reads: what changed, why, what is it worth, did it work. Over HTTP it is at /mcp of a served store.
            """)

    @OptionGroup var place: StoreOptions

    @Option(help: "The language of sentences: en, da or zh.")
    var language = "en"

    func validate() throws {
        if Language(rawValue: language) == nil {
            throw ValidationError("there is no language “\(language)”; choose en, da or zh")
        }
    }

    func run() async throws {
        let store = try await place.openExisting()
        let context = ModelContext(store: store, words: Words(Language(rawValue: language) ?? .en))
        while let line = readLine() {
            if line.allSatisfy(\.isWhitespace) { continue }
            guard let answer = await context.answer(Array(line.utf8)) else { continue }
            try Terminal.write(answer + "\n")
        }
        try await store.close()
    }
}
