import Improvements
import Languages
import Records
import Signals
import Store

/// What happened in a month of improvement work.
struct ReportValues: Sendable {
    var month: Period
    var today: Day
    var zone: Zone
    var judged: [JudgedRound] = []
    var opened: [KeptImprovement] = []
    var live: [KeptImprovement] = []
    var closed: [KeptImprovement] = []
    /// Not closed by now, and opened before the month ended.
    var open: [KeptImprovement] = []
    var worse: [Signal] = []
    var better: [Signal] = []
    var suggestions = 0
}

/// The month on one page: proof and failures alike, to be read in two minutes, on paper too.
struct ReportPage {
    var values: ReportValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let worked = values.judged.filter { $0.judgement.verdict == .worked }
        let others = values.judged.filter { $0.judgement.verdict != .worked }
        let hours = WinsPage.sum(WinsPage.countedOnce(worked).compactMap(\.benefit))
        var content: HTML = """
            <p class="lead">\(words.told(.reportSummary(
                proven: worked.count, tried: others.count, opened: values.opened.count, live: values.live.count)))</p>
            \(hours.map { "<p>\(words.told(.winsHours($0)))</p>" as HTML })
            <h2>\(words.say(.reportProof))</h2>

            """
        content += worked.isEmpty ? "<p>\(words.say(.reportNoProof))</p>" : items(worked, words)
        content += "<h2>\(words.say(.reportFailures))</h2>"
        content += others.isEmpty ? "<p>\(words.say(.reportNoFailures))</p>" : items(others, words)
        content += "<h2>\(words.say(.reportChanges))</h2>"
        content +=
            values.worse.isEmpty && values.better.isEmpty
            ? "<p>\(words.say(.reportNoChanges))</p>"
            : (values.worse + values.better).map { Finding($0).html(words) }.joined()
        content += "<h2>\(words.say(.underWay))</h2>\(underWay(words))"
        content += "<p>\(words.told(.suggestionsMade(values.suggestions)))</p>\(months(words))"
        return Page(
            place: .report, title: words.told(.reportTitle(values.month.first)), question: words.say(.reportQuestion),
            content: content,
            next: [(words.say(.openWins), "/wins"), (words.say(.openImprovements), "/improvements")])
    }

    private func items(_ list: [JudgedRound], _ words: Words) -> HTML {
        list.map { JudgedItem(judged: $0, zone: values.zone).html(words) }.joined()
    }

    private func underWay(_ words: Words) -> HTML {
        guard !values.open.isEmpty else { return "<p>\(words.say(.noImprovements))</p>" }
        let rows = values.open.map { kept -> [Table.Cell] in
            let one = kept.improvement
            let overdue = one.round.actions.count { $0.doneOn == nil && ($0.due.map { $0 < values.today } ?? false) }
            return [
                Table.Cell("<a href=\"/improvements/\(kept.id.value)\">\(one.title)</a>"),
                .number(
                    one.isActive
                        ? "\(one.round.step.rawValue) \(words.name(of: one.round.step))" : words.name(of: one.state),
                    Double(one.round.step.rawValue)),
                .text(one.owner ?? words.say(.nobodyYet)), .number(words.figures.count(overdue), Double(overdue)),
            ]
        }
        return Table(
            caption: words.say(.underWay),
            columns: [
                .text(words.say(.improvement)), .text(words.say(.standsHeading)), .text(words.say(.ownerLabel)),
                .number(words.say(.overdueActions)),
            ], rows: rows
        ).html
    }

    private func months(_ words: Words) -> HTML {
        func link(_ day: Day, _ rel: String) -> HTML {
            let month = String(day.startOfMonth.description.prefix(7))
            return "<a rel=\"\(rel)\" href=\"/report?month=\(month)\">\(words.told(.reportTitle(day)))</a>"
        }
        let after = values.month.last + 1
        return """
            <nav class="pager" aria-label="\(words.say(.otherMonths))">\(link(values.month.first - 1, "prev")) \
            \(after <= values.today ? link(after, "next") : .empty)</nav>
            """
    }
}
