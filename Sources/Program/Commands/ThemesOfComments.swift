import ArgumentParser
import SeriesFiles

extension CommentLanguage: ExpressibleByArgument {}

/// Tells what the comments of a file are about and how they feel; needs no store.
struct ThemesOfComments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes",
        abstract: "Tell what comments are about and how they feel, in English, Danish and Chinese.",
        discussion: """
            Example: ratchet themes survey.csv --text comment
            One row a comment. Writes JSON: the themes, the largest first, each with its words, its count, its sentiment \
            between −1 and 1 with a 95 % interval, and typical comments. With --csv a row a comment: \
            doc_id,language,theme,sentiment.
            """)

    @Argument(help: ArgumentHelp("The file, or ‘-’ for standard input.", valueName: "file"))
    var file: String

    @Option(help: "The column of the comments.")
    var text: String

    @Option(help: "The column that names each row; doc_id, id or number unless said, otherwise the line.")
    var id: String?

    @Option(help: "The language: en, da or zh; auto finds it out for each comment.")
    var language = CommentLanguage.auto

    @Flag(help: "Write a row a comment as CSV.")
    var csv = false

    @Flag(help: "Write JSON, as it does anyway.")
    var json = false

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        if csv, json { throw ValidationError("--csv and --json cannot both be written; leave one out") }
    }

    func run() async throws {
        let options = TextOptions(text: text, id: id)
        try await withReadablePath(file) { path in
            if csv {
                try themesOfComments(of: path, options, language: language, write: Terminal.write)
            } else {
                try Terminal.write(themesDocument(of: path, options, language: language))
            }
        }
    }
}
