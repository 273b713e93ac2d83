import SeriesFiles

func runRecurring(_ arguments: Arguments) throws {
    let options = TextOptions(
        text: arguments.text("text") ?? "text", id: arguments.text("id"), by: arguments.all("by"),
        time: arguments.text("time"))
    try recurring(of: arguments.file, options, write: write)
}
