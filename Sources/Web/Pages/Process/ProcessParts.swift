import Improvements
import Languages
import Measures
import Processes
import Records
import Signals
import Statistics
import Store

/// The sections of the page, each from its values.
struct ProcessParts {
    var values: ProcessValues
    var words: Words

    private var f: Figures { words.figures }
    private static let groupsShown = 12
    private static let handoffsShown = 15
    private static let waysShown = 10

    private func name(_ code: UInt32) -> String { values.name(code, words) }
    private func told(_ line: FlowLine) -> HTML { words.flow(line).html(in: words.language) }
    private func hours(_ hours: Double?) -> Table.Cell {
        hours.map { .number(words.duration(hours: $0), $0) } ?? .text(Figures.missing)
    }

    /// A count that opens to its tickets.
    private func count(_ value: Int, _ pick: FlowPick?, of what: String = "") -> Table.Cell {
        guard value > 0 else { return .number(f.count(0), 0) }
        return Table.Cell("<a href=\"\(values.address(pick))\">\(f.count(value))</a>", sortKey: Double(value))
    }

    private func state(_ code: UInt32, _ pick: (String) -> FlowPick) -> FlowPick? { values.names[code].map(pick) }

    func lead() -> HTML {
        let all = values.totals.all
        var out: HTML =
            "<p class=\"lead\">\(told(.lead(Int(all[.cases]), values.kind, over: values.period, done: Int(all[.done]))))"
        let stages = values.stages
        if let most = stages.first, let hours = most.hours, most.share > 0 {
            out += " \(told(.mostTime(name(most.name), share: most.share, hours: hours)))"
        }
        out += "</p>"
        let slowest = stages.filter { ($0.delay?.low ?? 0) > 0 }
            .max { ($0.delay?.estimate ?? 0) < ($1.delay?.estimate ?? 0) }
        if let slowest, let delay = slowest.delay, let share = slowest.delayShare {
            out += "<p>\(told(.slowest(name(slowest.name), longer: delay, share: share)))</p>"
        }
        if !values.totals.isHistoryKnown { out += "<p class=\"note\">\(words.flow(.noHistory))</p>" }
        return out
    }

    func figure() -> HTML? {
        guard let chart = values.figure else { return nil }
        let measure = chart.measure
        return """
            <section id="figure"><h2>\(words.heading(measure, values.slice).html(in: words.language))</h2>
            \(chart.figure(words))<p class="note">\(words.definition(measure))</p></section>

            """
    }

    func findings() -> HTML {
        values.signals.prefix(5).map { Finding($0, level: 2).html(words) }.joined()
    }

    // MARK: The map

    func map() -> HTML {
        let nodes = values.map.nodes.map { code -> FlowMapChart.Node in
            let stage = values.stages.first { $0.name == code }
            let stay = stage?.hours.map { " · " + words.duration(hours: $0) } ?? ""
            return .init(
                name: name(code), told: f.count(stage?.cases ?? 0) + stay, share: stage?.share ?? 0,
                address: values.address(state(code) { .state($0) }))
        }
        let edges = values.map.edges.map { edge -> FlowMapChart.Edge in
            let hours = edge.count > 0 ? Double(edge.seconds) / Double(edge.count) / 3600 : .nan
            let told =
                "\(nodes[edge.from].name) → \(nodes[edge.to].name): \(f.count(edge.count)) · \(words.duration(hours: hours))"
            return .init(from: edge.from, to: edge.to, count: edge.count, hours: hours, told: told, address: nil)
        }
        func chart(_ drawing: FlowDrawing) -> FlowMapChart {
            FlowMapChart(
                id: "map", title: words.flow(.mapHeading), alternative: words.flow(.mapAlternative), nodes: nodes,
                edges: edges,
                drawing: drawing)
        }
        let hidden: HTML? =
            values.map.hidden.flows > 0
            ? " \(told(.hidden(flows: values.map.hidden.flows, passages: values.map.hidden.count)))" : nil
        return """
            <h2 id="map">\(words.flow(.mapHeading))</h2>
            <div class="flow-figure"><div class="flow-map" tabindex="0" role="region" aria-label="\(words.flow(.mapHeading))">\
            \(chart(values.wide).svg(isWide: true))\(chart(values.narrow).svg(isWide: false))</div>
            <p class="note">\(words.flow(.mapNote))\(hidden) \(words.flow(values.wide.isByGraphviz ? FlowPhrase.byGraphviz : .byOwn))\(words.stop)</p>
            <details><summary>\(words.flow(.mapTable))</summary>\(flows().html)</details></div>

            """
    }

    private func flows() -> Table {
        let rows = values.totals.shownFlows.filter { $0.key.from != 0 && $0.key.to != 0 }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.flowsShown)
            .map { pair, counts -> [Table.Cell] in
                var pick: FlowPick?
                if let a = values.names[pair.from], let b = values.names[pair.to] { pick = .flow(a, b) }
                return [
                    .text(name(pair.from)), .text(name(pair.to)), count(Int(counts.count), pick),
                    hours(Double(counts.seconds) / Double(max(1, counts.count)) / 3600),
                ]
            }
        return Table(
            caption: words.flow(.mapTable),
            columns: [
                .text(words.flow(.from)), .text(words.flow(.to)), .number(words.flow(.passages)),
                .number(words.flow(.meanTime)),
            ], rows: Array(rows))
    }

    private static let flowsShown = 60

    // MARK: Stages and hands

    func stages() -> HTML {
        let rows = values.stages.map { stage -> [Table.Cell] in
            let delay = stage.delay.map { delay -> Table.Cell in
                let told = words.duration(delay)
                return Table.Cell(
                    "\(told.value) <span class=\"aside\">\(told.range)</span>", sortKey: delay.estimate)
            }
            let back = Int((stage.returned * Double(values.totals.all[.done])).rounded())
            return [
                .text(name(stage.name)), count(stage.cases, state(stage.name) { .state($0) }),
                .number(f.count(stage.visits), Double(stage.visits)), hours(stage.hours), hours(stage.businessHours),
                .number(f.percent(stage.share), stage.share), delay ?? .text(Figures.missing),
                back > 0
                    ? Table.Cell(
                        "<a href=\"\(values.address(state(stage.name) { .cameBack($0) }))\">\(f.percent(stage.returned))</a>",
                        sortKey: stage.returned) : .number(f.percent(0), 0),
                count(stage.running, state(stage.name) { .running($0) }),
            ]
        }
        return """
            <h2>\(words.flow(.stagesHeading))</h2>
            \(Table(
                caption: words.flow(.stagesHeading),
                columns: [
                    .text(words.flow(.stage)), .number(words.flow(.tickets)), .number(words.flow(.visits)),
                    .number(words.flow(.meanStay)), .number(words.flow(.inBusinessHours)), .number(words.flow(.shareOfTime)),
                    .number(words.flow(.slowLonger)), .number(words.flow(.cameBackShare)), .number(words.flow(.hereNow)),
                ], rows: rows
            ).html)<p class="note">\(words.flow(.stagesNote))</p>

            """
    }

    func groups() -> HTML? {
        let groups = values.groups.prefix(Self.groupsShown)
        guard groups.count > 1 else { return nil }
        let rows = groups.map { group -> [Table.Cell] in
            [
                .text(name(group.name)), count(group.cases, state(group.name) { .group($0) }), hours(group.hours),
                hours(group.businessHours), .number(f.percent(group.share), group.share),
            ]
        }
        return """
            <h2>\(words.flow(.groupsHeading))</h2>
            \(Table(
                caption: words.flow(.groupsHeading),
                columns: [
                    .text(capitalised(words.name(of: Dimension.group))), .number(words.flow(.tickets)),
                    .number(words.flow(.meanStay)), .number(words.flow(.inBusinessHours)), .number(words.flow(.shareOfTime)),
                ], rows: Array(rows)
            ).html)

            """
    }

    func handoffs() -> HTML? {
        let all = values.handoffs
        if values.groups.isEmpty { return nil }
        guard let most = all.first?.counts.count else {
            return "<h2>\(words.flow(.handoffsHeading))</h2><p>\(words.flow(.noHandoffs))</p>"
        }
        let rows = all.prefix(Self.handoffsShown).map { pair, counts -> [Table.Cell] in
            let width = Double(counts.count) / Double(max(1, most)) * 100
            let bar: HTML = """
                <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
                <rect width="\(px(width))" height="6"/></svg>
                """
            var pick: FlowPick?
            if let a = values.names[pair.from], let b = values.names[pair.to] { pick = .handoff(a, b) }
            return [
                .text(name(pair.from)), Table.Cell("\(bar) →"), .text(name(pair.to)),
                count(Int(counts.count), pick),
                hours(Double(counts.seconds) / Double(max(1, counts.count)) / 3600),
            ]
        }
        let all2 = values.totals.all
        let facts: HTML = """
            <p class="facts"><span>\(words.labelled(words.flow(.pingPong), f.count(Int(all2[.pingPong]))))</span> \
            <a href="\(values.address(.handedOver))">\
            \(words.labelled(words.flow(.picked(.handedOver)).text(in: words.language), f.count(Int(all2[.handedOver]))))</a></p>
            """
        return """
            <h2>\(words.flow(.handoffsHeading))</h2>
            \(facts)\(Table(
                caption: words.flow(.handoffsHeading),
                columns: [
                    .text(words.flow(.from)), .bars(words.flow(.passages)), .text(words.flow(.to)),
                    .number(words.flow(.passages)), .number(words.flow(.meanTime)),
                ], rows: Array(rows)
            ).html)<p class="note">\(words.flow(.handoffsNote))</p>

            """
    }

    // MARK: Ways and shortcuts

    func ways() -> HTML? {
        let ways = values.ways
        let done = Double(max(1, values.totals.all[.done]))
        guard let first = ways.first else { return nil }
        let rows = ways.prefix(Self.waysShown).map { way, counts -> [Table.Cell] in
            let names = way.compactMap { values.names[$0] }
            let shown = way.map { name($0) }.joined(separator: " → ")
            return [
                Table.Cell("<span class=\"way\">\(shown)</span>"),
                count(Int(counts.count), names.count == way.count ? .way(names) : nil),
                .number(f.percent(Double(counts.count) / done), Double(counts.count) / done),
                hours(Double(counts.seconds) / Double(max(1, counts.count)) / 3600),
            ]
        }
        return """
            <h2>\(words.flow(.waysHeading))</h2>
            <p>\(told(.commonWay(first.way.map(name), share: Double(first.counts.count) / done)))</p>
            \(Table(
                caption: words.flow(.waysHeading),
                columns: [
                    .text(words.flow(.way)), .number(words.flow(.tickets)), .number(words.flow(.shareOfTickets)),
                    .number(words.flow(.meanTime)),
                ], rows: Array(rows)
            ).html)<p class="note">\(told(.shownWays(min(ways.count, Self.waysShown), of: ways.count)))</p>

            """
    }

    func shortcuts() -> HTML {
        let heading: HTML = "<h2 id=\"shortcuts\">\(words.flow(.shortcutsHeading))</h2>"
        guard let usual = values.usual, !usual.steps.isEmpty else {
            return "\(heading)<p>\(words.flow(.noUsual))</p>"
        }
        // What nobody leaves out needs no row.
        let left = values.shortcuts.filter { $0.weeks.contains { ($0 ?? 0) > 0 } }
        let rows = left.map { shortcut -> [Table.Cell] in
            let pick: FlowPick? =
                switch shortcut.step {
                case .state(let name): .skipped(name)
                case .order(let a, let b): .order(b, before: a)
                default: nil
                }
            let now = shortcut.now.map { now -> Table.Cell in
                let told = words.value(now, of: shortcut.measure)
                return Table.Cell(
                    """
                    <a href="\(values.address(pick))">\(told.value)</a> <span class="aside">\(told.range)</span>
                    """, sortKey: now.estimate)
            }
            return [
                Table.Cell(
                    """
                    <a href="\(Link.process(shortcut.measure, values.slice))">\
                    \(words.heading(shortcut.measure, .everything).html(in: words.language))</a>
                    """),
                Table.Cell(Sparkline(values: shortcut.weeks.suffix(52).map { $0 }).svg),
                now ?? .text(Figures.missing),
            ]
        }
        var unsettled: HTML?
        if let history = values.history, history.settled.upperBound < history.weeks.count {
            unsettled =
                "<p class=\"note\">\(told(.unsettled(history.first + (7 * history.settled.upperBound - 1))))</p>"
        }
        return """
            \(heading)<p>\(told(.usual(usual.steps.map(name))))</p>
            \(left.isEmpty ? "<p>\(words.flow(.noShortcuts))</p>" as HTML : Table(
                caption: words.flow(.shortcutsHeading),
                columns: [.text(words.flow(.figure)), .picture(words(.lastYear)), .number(words.flow(.now))],
                rows: rows
            ).html)\(unsettled)

            """
    }

    // MARK: Load

    func load() -> HTML? {
        guard !values.load.isEmpty else { return nil }
        let rows = values.load.reversed().map { week -> [Table.Cell] in
            [
                .number(f.shortDate(week.week.first), Double(week.week.first.number)),
                Table.Cell(
                    "<a href=\"\(Link.tickets(week.week, values.slice, kind: values.kind))\">\(f.count(week.opened))</a>",
                    sortKey: Double(week.opened)),
                .number(f.count(week.resolved), Double(week.resolved)),
                .number(f.count(week.open), Double(week.open)),
            ]
        }
        var chart: HTML?
        if let backlog = Measure(values.kind, .backlog), let first = values.load.first?.week.first {
            var drawn = SeriesChart(
                id: "load", title: words.heading(backlog, values.slice).text(in: words.language), measure: backlog,
                first: first, step: 7, values: values.load.map { Double($0.open) })
            drawn.addresses = nil
            chart =
                "<h3><a href=\"\(Link.measure(backlog, values.slice))\">\(words.label(backlog))</a></h3>\(drawn.figure(words))"
        }
        return """
            <h2>\(words.flow(.loadHeading))</h2>
            \(Table(
                caption: words.flow(.loadHeading),
                columns: [
                    .number(words.flow(.week)), .number(words.flow(.arrived)), .number(words.flow(.done)),
                    .number(words.flow(.open)),
                ], rows: rows
            ).html)\(chart)

            """
    }
}
