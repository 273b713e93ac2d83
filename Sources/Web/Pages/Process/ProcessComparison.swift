import Improvements
import Languages
import Measures
import Processes
import Records
import Signals
import Statistics
import Store

/// Before and after an improvement.
struct ProcessComparison {
    var values: ProcessValues
    var words: Words

    func html() -> HTML {
        let heading: HTML = "<h2 id=\"compare\">\(words.flow(.compareHeading))</h2>"
        guard !values.improvements.isEmpty else { return "\(heading)<p>\(words.flow(.noImprovements))</p>" }
        let options = values.improvements.map { one -> HTML in
            let mark: HTML = values.comparison?.improvement.id == one.id ? " selected" : .empty
            return """
                <option value="\(String(one.id))"\(mark)>\(one.title) (\(words.figures.shortDate(one.on)))</option>
                """
        }
        let parts = values.slice.parts.map {
            "<input type=\"hidden\" name=\"part\" value=\"\(Slice($0.dimension, $0.value).address)\">" as HTML
        }
        let form: HTML = """
            <form class="filters" action="/process#compare"><input type="hidden" name="kind" value="\(values.kind.plural)">\
            <input type="hidden" name="from" value="\(values.period.first.description)">\
            <input type="hidden" name="through" value="\(values.period.last.description)">\(parts)
            <label>\(words.flow(.chooseImprovement))<select name="improvement">\(options)</select></label>
            <button>\(words.flow(.show))</button></form>
            """
        return "\(heading)\(form)\(values.comparison.map(table))"
    }

    private func table(_ comparison: ProcessValues.Comparison) -> HTML {
        let live = comparison.improvement
        let told = words.flow(.compared(live: live.on, before: comparison.before, after: comparison.after))
        let link: HTML = "<a href=\"/improvements/\(String(live.id))\">\(live.title)</a>"
        guard !comparison.rows.isEmpty else { return "<p>\(link): \(words.flow(.tooFewWeeks))</p>" }
        let rows = comparison.rows.map { row -> [Table.Cell] in
            let before = words.value(row.change.before, of: row.measure)
            let after = words.value(row.change.after, of: row.measure)
            let step = row.change.difference
            let difference = words.value(
                Estimate(
                    step.estimate.magnitude, low: min(step.low.magnitude, step.high.magnitude),
                    high: max(step.low.magnitude, step.high.magnitude)),
                of: row.measure)
            let sign = step.estimate < 0 ? "\u{2212}" : "+"
            let tendency: HTML =
                row.hasMoved
                ? mark(step.estimate < 0 ? .better : .worse, up: step.estimate > 0, words)
                : HTML(escaping: words.flow(.same))
            return [
                Table.Cell(
                    """
                    <a href="\(Link.process(row.measure, values.slice))">\
                    \(words.heading(row.measure, .everything).html(in: words.language))</a>
                    """),
                Table.Cell(
                    "\(before.value) <span class=\"aside\">\(before.range)</span>", sortKey: row.change.before.estimate),
                Table.Cell(
                    "\(after.value) <span class=\"aside\">\(after.range)</span>", sortKey: row.change.after.estimate),
                Table.Cell("\(sign)\(difference.value)", sortKey: step.estimate),
                Table.Cell(tendency), .number(chance(row.q, words), row.q),
            ]
        }
        return """
            <p>\(link). \(told.html(in: words.language)) \
            \(words.flow(.movedFigures(comparison.rows.count(where: \.hasMoved), of: comparison.rows.count)).html(in: words.language))</p>
            \(Table(
                caption: words.flow(.compareHeading),
                columns: [
                    .text(words.flow(.figure)), .number(words.flow(.before)),
                    .number(words.flow(.after)), .number(words.flow(.difference)),
                    .text(words.flow(.moved)), .number(words.flow(.falseRate)),
                ], rows: rows
            ).html)
            """
    }
}
