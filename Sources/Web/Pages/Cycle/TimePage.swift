import Gains
import Improvements
import Languages
import Records

/// Hours promised to improvement and hours used, by month and department.
struct TimeValues: Sendable {
    var lines: [TimeLine]
    var titles: [Int64: String]
    var departments: [String]
    var today: Day
    var mayPromise: Bool
    var problem: String?
    var fields: [String: String] = [:]
}

struct TimePage {
    var values: TimeValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let month = values.lines.filter { $0.month == values.today.monthStart }
        let told = words.cycled(
            .time(promised: month.reduce(0) { $0 + ($1.promised ?? 0) }, used: month.reduce(0) { $0 + $1.used }))
        var content: HTML =
            values.lines.isEmpty
            ? "<p class=\"lead\">\(words.cycle(.noTime))</p>" : "<p class=\"lead\">\(told)</p>"
        content += "<p class=\"note\">\(words.cycle(.timeText))</p>"
        if !values.lines.isEmpty { content += table(words) }
        if values.mayPromise { content += form(visit) }
        return Page(
            place: .momentum, title: words.cycle(.time), question: words.cycle(.timeQuestion), content: content,
            next: [
                (words.say(MomentumPhrase.openMomentum), "/momentum"), (words.say(.openImprovements), "/improvements"),
            ])
    }

    private func table(_ words: Words) -> HTML {
        let f = words.figures
        let rows = values.lines.map { line -> [Table.Cell] in
            let links = line.improvements.map {
                "<a href=\"/improvements/\($0.value)#step-5\">\(values.titles[$0.value] ?? String($0.value))</a>"
                    as HTML
            }
            let isLow = line.month < values.today.monthStart && (line.share.map { $0 < 0.5 } ?? false)
            let share = line.share.map { f.percent($0) } ?? Figures.missing
            return [
                .number(Self.name(line.month), Double(line.month.number)),
                .text(line.department.isEmpty ? words.say(ImprovementPhrase.notSaid) : line.department),
                line.promised.map { .number(f.number($0), $0) } ?? .text(Figures.missing),
                .number(f.number(line.used), line.used),
                Table.Cell(
                    isLow ? "<span class=\"worse\">↓ \(share)</span>" : HTML(escaping: share), sortKey: line.share ?? -1
                ),
                Table.Cell(links.joined(by: words.language == .zh ? "、" : ", ")),
            ]
        }
        return Table(
            caption: words.cycle(.time),
            columns: [
                .text(words.cycle(.month)), .text(words.cycle(.department)), .number(words.cycle(.promised)),
                .number(words.cycle(.used)), .number(words.cycle(.usedShare)), .text(words.cycle(.itsImprovements)),
            ], rows: rows
        ).html
    }

    /// `2026-03`: the same in every language.
    static func name(_ month: Day) -> String { String(month.description.prefix(7)) }

    private func form(_ visit: Visit) -> HTML {
        let words = visit.words
        let names = values.departments.map { "<option>\($0)" as HTML }
        return """
            <h2 id="promise">\(words.cycle(.promiseTime))</h2>\
            \(values.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })
            <form class="stack" method="post" action="/time">\(visit.tokenField)\
            <label>\(words.cycle(.department))<input name="department" required maxlength="200" list="departments" \
            autocomplete="off" value="\(values.fields["department"] ?? "")"></label>\
            <datalist id="departments">\(names)</datalist>\
            <label>\(words.cycle(.promiseMonth))<input name="month" type="month" required \
            value="\(values.fields["month"] ?? Self.name(values.today))"></label>\
            <label>\(words.cycle(.promiseHours))<input name="hours" inputmode="decimal" required \
            value="\(values.fields["hours"] ?? "")"></label><button>\(words.cycle(.savePromise))</button></form>
            """
    }
}
