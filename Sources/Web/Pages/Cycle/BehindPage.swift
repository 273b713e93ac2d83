import Gains
import Improvements
import Languages
import Records

/// What a figure of the improvement work is made of in some days: the single improvements and suggestions.
struct BehindPage {
    var series: MomentumSeries
    /// Which of the series' steps.
    var place: Int
    var items: [BehindFigure]
    /// The suggestions of those days, where the figure counts them: number and title.
    var suggestions: [(id: Int64, title: String)] = []

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let measure = series.measure
        let step = series.steps[place]
        let value = words.value(series.values[place], of: measure)
        func address(_ i: Int) -> String { "/momentum/figures/\(measure.rawValue)?through=\(series.steps[i].last)" }
        let earlier: HTML? =
            place > 0 ? "<a rel=\"prev\" href=\"\(address(place - 1))\">\(words.cycle(.earlierStep))</a>" : nil
        let later: HTML? =
            place + 1 < series.steps.count
            ? "<a rel=\"next\" href=\"\(address(place + 1))\">\(words.cycle(.laterStep))</a>" : nil
        var content: HTML = """
            <p class="lead">\(words.figures.range(step.first, step.last)): <strong>\(value)</strong></p>
            <p class="note">\(words.definition(of: measure))</p><p class="pager">\(earlier) \(later)</p>

            """
        if measure == .contributors { content += "<p class=\"note\">\(words.cycle(.peopleCounted))</p>" }
        content += items.isEmpty ? "<p>\(words.cycle(.behindNothing))</p>" : table(words)
        return Page(
            place: .momentum, title: words.name(of: measure), question: words.cycle(.behindQuestion), content: content,
            next: [
                (words.say(MomentumPhrase.openMomentum), "/momentum"), (words.say(.openImprovements), "/improvements"),
            ])
    }

    private func table(_ words: Words) -> HTML {
        let f = words.figures
        let isShare = items.contains { $0.isCounted != nil }
        let hasAmount = items.contains { $0.amount != nil }
        let hasAbout = items.contains { !$0.about.isEmpty }
        var left = suggestions[...]
        let rows = items.map { item -> [Table.Cell] in
            var row: [Table.Cell]
            if let id = item.improvement {
                row = [Table.Cell("<a href=\"/improvements/\(id)\">\(item.title)</a>")]
            } else if let suggestion = left.popFirst() {
                row = [Table.Cell("<a href=\"/suggestions#suggestion-\(suggestion.id)\">\(suggestion.title)</a>")]
            } else {
                row = [.text(words.cycle(.behindSuggestion))]
            }
            row.append(item.on.map { .number(f.shortDate($0), Double($0.number)) } ?? .text(Figures.missing))
            if hasAmount { row.append(item.amount.map { .number(f.number($0), $0) } ?? .text(Figures.missing)) }
            if isShare { row.append(.text(item.isCounted.map { words($0 ? .yes : .no) } ?? Figures.missing)) }
            if hasAbout { row.append(.text(item.about.joined(separator: words.language == .zh ? "、" : ", "))) }
            return row
        }
        var columns: [Table.Column] = [.text(words.say(.improvement)), .text(words.cycle(.behindOn))]
        if hasAmount { columns.append(.number(words.cycle(.behindAmount))) }
        if isShare { columns.append(.text(words.cycle(.behindCounted))) }
        if hasAbout { columns.append(.text(words.cycle(.behindAbout))) }
        return Table(caption: words.cycle(.whatItIsMadeOf), columns: columns, rows: rows).html
    }
}
