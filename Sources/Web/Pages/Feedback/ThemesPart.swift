import Languages
import Records
import Statistics
import Store

/// What comments are about: themes with their counts, their feeling with its interval, and examples.
struct ThemesPart {
    var review: ThemeReview

    /// Smaller themes are in the document of the API.
    private static let shown = 12

    func html(_ words: Words) -> HTML {
        let f = words.figures
        var content: HTML = """
            <h2 id="themes">\(words.recurring(.themes))</h2>
            <p>\(words.recurring(.themesText)) \(words.themeLead(
                comments: review.comments, themes: review.themes.count, without: review.withoutTheme))</p>

            """
        if review.themes.isEmpty { return content + "<p>\(words.recurring(.noThemes))</p>" }
        let said = max(1, review.comments - review.withoutTheme)
        let rows = review.themes.prefix(Self.shown).map { theme -> [Table.Cell] in
            let grows: HTML? =
                theme.isGrowing ? "<br><strong>\(words.recurring(.grows))</strong>" : nil
            return [
                Table.Cell("\(theme.words.joined(separator: " "))\(grows)"),
                .number(f.count(theme.count), Double(theme.count)),
                .number(f.percent(Double(theme.count) / Double(said)), Double(theme.count)),
                feeling(theme.feeling, f), Table.Cell(kinds(theme, words)), Table.Cell(examples(theme, words)),
            ]
        }
        content +=
            Table(
                caption: words.recurring(.themes),
                columns: [
                    .text(words.recurring(.theme)), .number(words.recurring(.comments)),
                    .number(words.recurring(.share)), .number(words.recurring(.feeling)),
                    .picture(words.recurring(.kinds)), .picture(words.recurring(.examples)),
                ], rows: Array(rows)
            ).html
        return content + "<p class=\"note\">\(words.recurring(.errorRates))</p>"
    }

    private func feeling(_ mean: Estimate?, _ f: Figures) -> Table.Cell {
        guard let mean else { return .text(Figures.missing) }
        let range = f.range(f.number(mean.low, decimals: 2), f.number(mean.high, decimals: 2))
        return Table.Cell(
            "\(f.number(mean.estimate, decimals: 2)) <span class=\"note\">(\(range))</span>", sortKey: mean.estimate)
    }

    private func kinds(_ theme: CommentTheme, _ words: Words) -> HTML {
        let parts = [
            (ProblemPhrase.positive, theme.positive), (.mixed, theme.mixed), (.negative, theme.negative),
            (.neutral, theme.none),
        ].filter { $0.1 > 0 }.map { "\(words.figures.count($0.1)) \(words.recurring($0.0))" }
        return HTML(escaping: parts.joined(separator: words.language == .zh ? "、" : ", "))
    }

    private func examples(_ theme: CommentTheme, _ words: Words) -> HTML {
        let items = theme.examples.map { example -> HTML in
            let address =
                example.isComplaint
                ? Link.ticket(.complaint, example.ticket) : "/search?q=\(percentEncoded(example.ticket))"
            let ticket: HTML? =
                example.ticket.isEmpty ? nil : " <a href=\"\(address)\">\(example.ticket)</a>"
            return "<li>\(example.text)\(ticket)</li>"
        }
        return "<ul class=\"plain told\">\(items)</ul>"
    }
}
