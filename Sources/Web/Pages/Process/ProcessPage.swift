import Improvements
import Languages
import Measures
import Processes
import Records
import Signals
import Statistics
import Store

/// How work really flows: the map, where it waits, its ways, its shortcuts, its hands, before and after.
struct ProcessPage {
    /// Nil when there are no tickets.
    var values: ProcessValues?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let next: [(words: String, address: String)] = [
            (words(.openSignals), "/signals"), (words.flow(.openCards), "/processes"),
            (words.say(MomentumPhrase.openPolicies), "/policies"),
        ]
        guard let values else {
            return Page(
                place: .process, title: words.flow(.process), question: words.flow(.processQuestion),
                content: "<p>\(words(.noData))</p>", next: [(words(.openSources), "/sources")])
        }
        let part = ProcessParts(values: values, words: words)
        let filter = ProcessFilter(values: values).html(words)
        let content: HTML =
            values.totals.isEmpty
            ? "\(filter)<p>\(words.flow(.noTickets))</p>"
            : """
            \(part.lead())
            \(filter)
            \(part.figure())\(part.findings())\(part.map())\(part.stages())\(part.groups())\(part.handoffs())\
            \(part.ways())\(part.shortcuts())\(part.load())\(ProcessComparison(values: values, words: words).html())\
            \(ProcessRulesPart(values: values).html(visit))
            """
        return Page(
            place: .process, title: words.flow(.process), question: words.flow(.processQuestion),
            content: content, next: next)
    }
}

/// What part of the tickets, and of which weeks, the page is about.
struct ProcessFilter {
    var values: ProcessValues

    func html(_ words: Words) -> HTML {
        let kinds = values.kinds.map { kind -> HTML in
            "<option value=\"\(kind.plural)\"\(kind == values.kind ? " selected" as HTML : .empty)>\(capitalised(words.plural(kind)))</option>"
        }
        return """
            <form class="filters" action="/process"><label>\(words.flow(.kind))<select name="kind">\(kinds)</select></label>
            \(part(0, words))\(values.choices.count > 1 ? part(1, words) : .empty)
            <label>\(words.flow(.firstDay))<input type="date" name="from" value="\(values.period.first.description)"></label>
            <label>\(words.flow(.lastDay))<input type="date" name="through" value="\(values.period.last.description)"></label>
            <button>\(words.flow(.show))</button></form>
            """
    }

    /// The chosen value of one place among those of every dimension.
    private func part(_ place: Int, _ words: Words) -> HTML {
        let chosen = values.slice.parts.count > place ? values.slice.parts[place] : nil
        let groups = values.choices.map { dimension, names -> HTML in
            var names = names
            if let chosen, chosen.dimension == dimension, !names.contains(chosen.value) { names.append(chosen.value) }
            let options = names.map { name -> HTML in
                let part = Slice(dimension, name)
                let mark: HTML = chosen == part.parts.first ? " selected" : .empty
                return "<option value=\"\(part.address)\"\(mark)>\(name)</option>"
            }
            return "<optgroup label=\"\(capitalised(words.name(of: dimension)))\">\(options)</optgroup>"
        }
        let label = words.flow(place == 0 ? FlowPhrase.onlyPart : .andPart)
        return """
            <label>\(label)<select name="part"><option value="">\(words.flow(.everything))</option>\(groups)</select></label>
            """
    }
}

/// The tickets behind one figure of the flow.
struct PickedTicketsPage {
    var kind: TicketKind
    var slice: Slice
    var period: Period
    var pick: FlowPick
    var lines: [TicketLine]
    var looked: Int
    var zone: Zone

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let heading = words.flow(.picked(pick))
        let parts = slice.parts.map {
            "<span>\(capitalised(words.name(of: $0.dimension))): <strong>\($0.value)</strong></span> " as HTML
        }
        return Page(
            place: .process, title: heading.text(in: visit.language), question: words.flow(.pickedQuestion),
            heading: heading.html(in: visit.language),
            content: """
                <p class="facts"><span>\(words.figures.range(period.first, period.last))</span> \(parts)</p>
                <p>\(words.flow(.listed(lines.count, looked: looked)).html(in: visit.language))</p>
                \(TicketList(kind: kind, lines: lines, zone: zone).html(words))
                """,
            next: [
                (
                    words.flow(.openProcess),
                    Link.process(kind, slice) + "&from=\(period.first)&through=\(period.last)"
                ), (words(.openSignals), "/signals"),
            ])
    }
}
