import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store

/// One opportunity, from its sentence down to its tickets.
struct OpportunityValues: Sendable {
    var opportunity: Opportunity
    var chart: SeriesChart?
    var tickets: [TicketLine]
    /// The ticket after which the next page begins; nil on the last page.
    var after: ID<Ticket>?
    var zone: Zone
    /// What it has become already.
    var improvement: KeptImprovement?
    var mayOpen = false
}

struct OpportunityPage {
    var values: OpportunityValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let o = values.opportunity
        let title = words.title(o)
        let related = o.signals.dropFirst().map { Finding($0).html(words) }
        var content: HTML = """
            <p class="lead">\(words.marked(o.lead).html(in: visit.language))</p>
            <p class="facts">\(mark(o.lead.direction, up: o.lead.rose, words)) \
            <strong>\(words.text(.hours(o.hoursPerMonth)))</strong> \
            <span>\(words.labelled(words(.effort), words.effort(o.effort)))</span> \
            <span>\(words.labelled(words(.falseDiscovery), chance(o.lead.q, words)))</span></p>
            <p><strong>\(words(.firstStep))\(words.stop)</strong> \(words.firstStep(o.firstStep))</p>
            \(ImprovementDoor(
                field: "opportunity", value: o.id, about: title.text(in: visit.language), open: values.improvement,
                mayOpen: values.mayOpen).html(visit))
            \(values.chart?.figure(words))
            <p class="note">\(words.text(.intervalNote))</p>

            """
        if !related.isEmpty { content += "<h2>\(words(.relatedSignals))</h2>\(related)" }
        content += """
            <h2>\(words(.evidence))</h2><p class="note">\(words(.evidenceText))</p>
            \(o.lead.measure.kind.map { TicketList(kind: $0, lines: values.tickets, zone: values.zone).html(words) })
            """
        if let after = values.after {
            let address = Link.setting("after", to: String(after.value), in: visit.path, visit.query)
            content += "<p class=\"pager\"><a rel=\"next\" href=\"\(address)\">\(words(.nextPage))</a></p>"
        }
        return Page(
            place: .register, title: title.text(in: visit.language), question: words(.opportunityQuestion),
            heading: title.html(in: visit.language), content: content,
            next: [
                (words(.openMeasure), Link.measure(o.lead.measure, o.lead.slice)), (words(.openRegister), "/register"),
            ])
    }
}

/// Tickets as lines of a table, each with the file and line it came from.
struct TicketList {
    var kind: TicketKind
    var lines: [TicketLine]
    var zone: Zone

    func html(_ words: Words) -> HTML {
        guard !lines.isEmpty else { return "<p>\(words.text(.tickets(0)))</p>" }
        let f = words.figures
        let rows = lines.map { line -> [Table.Cell] in
            let end = line.resolvedAt ?? line.closedAt
            return [
                Table.Cell("<a href=\"\(Link.ticket(kind, line.number))\">\(line.number)</a>"), .text(line.title),
                .text(words.name(of: line.status)), .text(line.category), .text(line.group),
                .number(f.time(line.openedAt, in: zone), Double(line.openedAt.seconds)),
                end.map { .number(f.time($0, in: zone), Double($0.seconds)) } ?? .text(Figures.missing),
                Table.Cell(
                    """
                    <span class="aside">\(words.text(.fileAndLine(file: line.file, line: line.line)))</span>
                    """),
            ]
        }
        // A column in which nothing stands says nothing.
        let headings = [
            words(.number), words(.title), words(.status), capitalised(words.name(of: Dimension.category)),
            capitalised(words.name(of: Dimension.group)), words(.opened), words(.resolved), words(.file),
        ]
        let kept = headings.indices.filter { column in
            column == 0 || rows.contains { !$0[column].html.isEmpty && $0[column].html.text != Figures.missing }
        }
        return Table(
            caption: words(.evidence), columns: kept.map { .text(headings[$0]) },
            rows: rows.map { row in kept.map { row[$0] } }
        ).html
    }
}
