import SeriesFiles

func runRecurring(_ arguments: Arguments) throws {
    let options = TextOptions(
        text: arguments.text("text") ?? "text", id: arguments.text("id"), by: arguments.all("by"),
        time: arguments.text("time"))
    let level = arguments.text("level").flatMap { TextLevel(rawValue: $0) }
    if arguments.text("json") != nil {
        write(try recurringDocument(of: arguments.file, options, level: level))
    } else {
        try recurring(of: arguments.file, options, level: level, write: write)
    }
}
