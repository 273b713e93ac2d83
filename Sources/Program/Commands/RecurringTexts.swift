import ArgumentParser
import SeriesFiles

extension TextLevel: ExpressibleByArgument {}

/// Groups the texts of a file by what they tell; needs no store.
struct RecurringTexts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recurring",
        abstract: "Find tickets that tell of the same trouble, from their words, in English, Danish and Chinese.",
        discussion: """
            Example: ratchet recurring tickets.csv --text short_description --by category
            One row a ticket. Writes CSV: doc_id,cluster, the cluster empty where a ticket is alone. With --json each group has \
            its words, its size, and where it comes back in a rhythm, when it is due next.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "The column of the texts.")
    var text: String

    @Option(help: "The column that names each row; doc_id, id or number unless said, otherwise the line.")
    var id: String?

    @Option(help: "A column whose values count as words: category, group. May be repeated.")
    var by: [String] = []

    @Option(help: "The column of when it happened; opened_at and the like unless said.")
    var time: String?

    @Option(
        help: """
            How fine: same (tells of the same trouble) or topics (is about the same thing). Unless said, same where the file has a \
            column of time, topics where it has none.
            """)
    var level: TextLevel?

    @Flag(help: "Write each group with its words, size and rhythm as JSON.")
    var json = false

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func run() async throws {
        let options = TextOptions(text: text, id: id, by: by, time: time)
        try await withReadablePath(file) { path in
            if json {
                try Terminal.write(recurringDocument(of: path, options, level: level))
            } else {
                try recurring(of: path, options, level: level, write: Terminal.write)
            }
        }
    }
}
