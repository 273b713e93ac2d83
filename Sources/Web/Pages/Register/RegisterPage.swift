import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store

/// What is worth doing, ranked by what it costs to leave it undone.
struct RegisterValues: Sendable {
    var opportunities: [Opportunity]
    var good: [Opportunity]
    var improvements: [KeptImprovement] = []
    var mayOpen = false
}

struct RegisterPage {
    var values: RegisterValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = """
            <p class="lead">\(words.text(.opportunities(values.opportunities.count)))</p>
            <p class="note"><strong>\(words(.whyThisOrder))\(words.stop)</strong> \(words(.whyThisOrderText)) \
            \(words.say(.orderOfImprovements))</p>

            """
        if values.opportunities.isEmpty { content += "<p>\(words(.noOpportunities))</p>" }
        let items = ranked.map { "<li>\(item($0, visit))</li>" as HTML }
        if !items.isEmpty {
            content += "<h2>\(words(.whatToDo))</h2><ol class=\"ranked\">\(items)</ol>"
        }
        if !values.good.isEmpty {
            content += """
                <h2>\(words(.goodNews))</h2>\(values.good.map { OpportunityItem(opportunity: $0).html(words) })
                """
        }
        return Page(
            place: .register, title: words(.register), question: words(.registerQuestion), content: content,
            next: [
                (words.say(.openImprovements), "/improvements"), (words.say(.openSuggestions), "/suggestions"),
                (words(.openSignals), "/signals"), (words(.openSources), "/sources"),
            ])
    }

    /// A line of the register: a finding nobody has taken up, or an improvement, with the finding it came from.
    private enum Item {
        case opportunity(Opportunity)
        case improvement(KeptImprovement, Opportunity?)

        /// Hours a month that it is worth; nil where nobody has said.
        var hours: Double? {
            switch self {
            case .opportunity(let o), .improvement(_, let o?): o.hoursPerMonth.estimate
            case .improvement(let kept, nil):
                kept.improvement.round.choices.first { $0.id == kept.improvement.round.chosen }?.hoursPerMonth?.estimate
            }
        }
    }

    /// By hours a month, what has none last, the oldest first.
    private var ranked: [Item] {
        var left = values.opportunities
        var items: [Item] = values.improvements.filter { !$0.improvement.isClosed }.map { kept in
            guard case .opportunity(let id) = kept.improvement.origin,
                let i = left.firstIndex(where: { $0.id == id })
            else { return .improvement(kept, nil) }
            return .improvement(kept, left.remove(at: i))
        }
        items += left.map { .opportunity($0) }
        return items.enumerated().sorted {
            ($1.element.hours ?? -1, $0.offset) < ($0.element.hours ?? -1, $1.offset)
        }.map(\.element)
    }

    private func item(_ item: Item, _ visit: Visit) -> HTML {
        let words = visit.words
        switch item {
        case .opportunity(let o):
            let door = ImprovementDoor(
                field: "opportunity", value: o.id, about: words.title(for: o),
                open: values.improvements.last { $0.improvement.origin == .opportunity(id: o.id) },
                mayOpen: values.mayOpen)
            return OpportunityItem(opportunity: o, door: door.html(visit)).html(words)
        case .improvement(let kept, let opportunity):
            let one = kept.improvement
            let hours: HTML =
                if let o = opportunity {
                    "<strong>\(words.text(.hours(o.hoursPerMonth)))</strong>"
                } else if let e = one.round.choices.first(where: { $0.id == one.round.chosen })?.hoursPerMonth {
                    "<strong>\(words.text(.hours(e)))</strong> <span>\(words.say(.expectedByPeople))</span>"
                } else {
                    "<span>\(words.say(.hoursNotSaid))</span>"
                }
            let story: HTML? = opportunity.map { "<p>\(words.marked($0.lead).html(in: words.language))</p>" }
            return """
                <article class="finding"><h3><a href="/improvements/\(kept.id.value)">\(one.title)</a></h3>
                <p class="facts"><strong>\(words.say(.improvement))</strong> \(hours) \
                <span>\(one.owner ?? words.say(.nobodyYet))</span></p>
                <p>\(words.tell(.standing(one.state, round: one.round.number, one.round.step)).html(in: words.language))</p>
                \(story)</article>

                """
        }
    }
}

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
