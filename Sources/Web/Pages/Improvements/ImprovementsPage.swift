import Improvements
import Languages
import Records
import Store

/// Everything that is being tried, with where it stands and what is next; what has ended below.
struct ImprovementsValues: Sendable {
    var improvements: [KeptImprovement]
    var today: Day
    var mayOpen: Bool
    var problem: String?
    /// What was typed as a title.
    var typed = ""
}

struct ImprovementsPage {
    var values: ImprovementsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let open = values.improvements.filter { !$0.improvement.isClosed }
        let all = values.improvements.filter(\.improvement.isClosed)
        let isWhole = visit.query.contains { $0 == ("closed", "all") }
        let closed = isWhole ? all : all.suffix(Self.closedShown)
        let lead = open.isEmpty ? words.say(.noImprovements) : words.told(.improvements(open.count))
        var content: HTML = "<p class=\"lead\">\(lead)</p>"
        content += values.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" } ?? .empty
        if !open.isEmpty { content += table(open, words.say(.underWay), words) }
        if values.mayOpen { content += form(visit) }
        if !closed.isEmpty {
            content += "<h2>\(words.say(.closedHeading))</h2>\(table(closed, words.say(.closedHeading), words))"
            if closed.count < all.count {
                let more = words.text(.more(all.count - closed.count))
                content += "<p class=\"apart\"><a href=\"/improvements?closed=all\">\(more)</a></p>"
            }
        }
        return Page(
            place: .improvements, title: words.say(.improvements), question: words.say(.improvementsQuestion),
            content: content,
            next: [
                (words(.openRegister), "/register"), (words.say(.openSuggestions), "/suggestions"),
                (words.say(.openWins), "/wins"), (words.say(.openReport), "/report"),
            ])
    }

    /// The latest of what has ended; the page stays small.
    private static let closedShown = 60

    private func table(_ list: [KeptImprovement], _ caption: String, _ words: Words) -> HTML {
        let rows = list.reversed().map { kept -> [Table.Cell] in
            let one = kept.improvement
            let step = "\(one.round.step.rawValue) \(words.name(of: one.round.step))"
            let verdict = one.rounds.last { $0.judgement != nil }?.judgement?.verdict
            return [
                Table.Cell("<a href=\"/improvements/\(kept.id.value)\">\(one.title)</a>"),
                .number(
                    one.isClosed ? words.name(of: one.state) : one.isActive ? step : words.name(of: one.state),
                    Double(one.round.step.rawValue)),
                .number(words.figures.count(one.round.number), Double(one.round.number)),
                .text(one.owner ?? words.say(.nobodyYet)),
                Table.Cell(verdict.map { verdictMark($0, words) } ?? "\(Figures.missing)"),
                Table.Cell(
                    NextMove(of: one).deed.map {
                        "<a href=\"/improvements/\(kept.id.value)#now\">\(words.say($0.buttonText))</a>"
                    } ?? "\(Figures.missing)"),
            ]
        }
        return Table(
            caption: caption,
            columns: [
                .text(words.say(.improvement)), .text(words.say(.standsHeading)), .number(words.say(.roundHeading)),
                .text(words.say(.ownerLabel)), .text(words.say(.verdictHeading)), .text(words(.whatNext)),
            ], rows: rows
        ).html
    }

    private func form(_ visit: Visit) -> HTML {
        let words = visit.words
        return """
            <h2>\(words.say(.openByHandHeading))</h2><p>\(words.say(.openByHandText))</p>
            <form class="stack" method="post" action="/improvements">\(visit.tokenField)
            <label>\(words.say(.titleLabel))<input name="title" required value="\(values.typed)"></label>
            <button>\(words.say(.openIt))</button></form>
            """
    }
}
