import Languages

/// What went wrong, and what to do about it.
struct ErrorPage {
    var title: Phrase
    var text: Phrase?
    /// A sentence that knows more: how large the file was, under which number it was logged.
    var detail: String?
    var isBare = false

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let text: HTML? = text.map { "<p>\(words($0))</p>" }
        let detail: HTML? = detail.map { "<p>\($0)</p>" }
        return Page(
            place: nil, title: words(title), question: nil, content: "\(detail)\(text)",
            next: isBare
                ? [(words(.signIn), "/login")] : [(words(.backToToday), "/"), (words(.openSources), "/sources")],
            isBare: isBare)
    }
}
