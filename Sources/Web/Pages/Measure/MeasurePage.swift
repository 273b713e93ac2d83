import Languages
import Measures
import Records
import Signals

/// One measure of one slice: how it is going, since when, and what it is made of.
struct MeasureValues: Sendable {
    var measure: Measure
    var slice: Slice
    /// How its durations are read, where it has any.
    var reading = DurationReading.median
    /// By weeks, or by days where few of them are asked for.
    var chart: SeriesChart
    /// All days there are: what the parts are counted over, whatever the chart shows of them.
    var whole: Period
    var counts: [Int?]
    var signals: [Signal]
    /// What is expected next.
    var ahead: Ahead?
    /// Of so many steps without change one lies outside the natural limits.
    var limitsLeftOneIn: Int?
    /// What it can be divided by, and the division that is shown.
    var dimensions: [Dimension]
    var dividedBy: Dimension?
    var parts: [Part]
    /// Tickets in none of the parts: in smaller ones, or in none at all.
    var rest = 0
    /// The other measures of the same kind of ticket.
    var siblings: [Measure]

    struct Part: Sendable {
        var name: String
        var slice: Slice
        var count: Int
        var value: Double?
    }
}

struct MeasurePage {
    var values: MeasureValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let measure = values.measure
        let heading = words.heading(measure, values.slice)
        var content: HTML = .empty
        if let last = values.chart.lastIndex, let value = values.chart.values[last] {
            let now = words.value(value, of: measure)
            let day = values.chart.day(last)
            let step = Period(day, through: day + (values.chart.step - 1))
            let line = values.chart.levels.last.map { level -> Line in
                let told = words.value(level.estimate, of: measure)
                return .standing(
                    value: now, over: step, level: told.value, range: told.range, since: level.period.first)
            }
            let records = Link.records(measure, step, values.slice)
            let count = values.counts.indices.contains(last) ? values.counts[last] : nil
            let behind: HTML? = count.map {
                " <a class=\"note\" href=\"\(records)\">\(words.records($0, of: measure))</a>"
            }
            content += "<p class=\"lead\">\(words.text(line ?? .standingNow(value: now, over: step)))\(behind)</p>"
        }
        content += readings(visit)
        content += values.signals.map { Finding($0, level: 2).html(words) }.joined()
        content += values.chart.figure(words, table: weeks(words))
        content += values.ahead?.html(measure, words) ?? .empty
        if let steps = values.limitsLeftOneIn {
            content +=
                "<p class=\"note\">\(words.text(.naturalLimits(oneIn: steps, isFewer: steps >= NaturalLimits.oneInMax, inWeeks: values.chart.step == 7)))</p>"
        }
        // The definition is that of the median by the clock; what another reading means is told above.
        let definition: HTML? = values.reading.isMedian ? "\(words.definition(measure)) " : nil
        content += "<p class=\"note\">\(definition)\(words.text(.intervalNote))</p>"
        content += slices(visit)
        content += parts(visit)
        content += siblings(words)
        let evidence = Link.records(measure, values.chart.period, values.slice)
        return Page(
            place: .measures, title: heading.text(in: visit.language), question: words(.measureQuestion),
            heading: heading.html(in: visit.language), content: content,
            next: [
                (measure.kind == nil ? words.recordsBehind(measure) : words(.openTickets), evidence),
                (words(.openRegister), "/register"),
            ])
    }

    /// How the durations are read, and the other ways to read them.
    private func readings(_ visit: Visit) -> HTML {
        let words = visit.words
        guard values.measure.isDuration else { return .empty }
        let isNinetieth = values.reading.share == DurationReading.ninetieth
        let inBusinessHours = values.reading.calendar != nil
        func choice(_ name: String, _ value: String, _ phrase: Phrase, isChosen: Bool) -> HTML {
            let text = capitalised(words(phrase))
            if isChosen { return "<strong>\(text)</strong>" }
            return "<a href=\"\(Link.setting(name, to: value, in: visit.path, visit.query))\">\(text)</a>"
        }
        var groups: [HTML] = [
            """
            <span>\(choice("percentile", "50", .median, isChosen: !isNinetieth)) \
            \(choice("percentile", "90", .ninetiethPercentile, isChosen: isNinetieth))</span>
            """
        ]
        if values.measure.quantity == .timeToResolve {
            groups.append(
                """
                <span>\(choice("hours", "all", .everyHour, isChosen: !inBusinessHours)) \
                \(choice("hours", "business", .businessHours, isChosen: inBusinessHours))</span>
                """)
        }
        let told = words.text(.durationsRead(isNinetieth: isNinetieth, inBusinessHours: inBusinessHours))
        return "<p class=\"facts\">\(groups.joined(by: " ")) <span>\(told)</span></p>"
    }

    /// Where one is, each part with a way out of it.
    private func slices(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !values.slice.parts.isEmpty else { return .empty }
        let parts = values.slice.parts.map { part -> HTML in
            let rest = Slice(values.slice.parts.filter { $0 != part })
            return """
                <span>\(capitalised(words.name(of: part.dimension))): <strong>\(part.value)</strong> \
                <a href="\(Link.measure(values.measure, rest))">\(words(.remove))</a></span>
                """
        }
        return "<p class=\"facts\">\(parts.joined(by: " "))</p>"
    }

    private func parts(_ visit: Visit) -> HTML {
        let words = visit.words
        guard let dimension = values.dividedBy else { return .empty }
        let switches = values.dimensions.map { choice -> HTML in
            if choice == dimension { return "<strong>\(words.name(of: choice))</strong>" }
            let address = Link.setting("by", to: choice.rawValue, in: visit.path, visit.query)
            return "<a href=\"\(address)\">\(words.name(of: choice))</a>"
        }
        let isCount = [.ticketsPerDay, .tickets, .answersPerDay, .suggestionsPerDay].contains(values.measure.unit)
        let table =
            isCount
            ? Pareto(
                caption: words(.madeOf), nameHeading: capitalised(words.name(of: dimension)),
                valueHeading: words.recordsBehind(values.measure),
                parts: values.parts.map {
                    Pareto.Part(
                        name: $0.name, address: Link.measure(values.measure, $0.slice), value: Double($0.count),
                        shown: words.figures.count($0.count), source: tickets($0))
                }, rest: values.rest, restShown: words.figures.count(values.rest)
            ).table(words)
            : figures(dimension, words)
        return """
            <h2>\(words(.madeOf))</h2>
            <p class="facts"><span>\(words(.breakDownBy))</span> \(switches.joined(by: " "))</p>
            \(table)
            """
    }

    private func tickets(_ part: MeasureValues.Part) -> String {
        Link.records(values.measure, values.whole, part.slice)
    }

    /// A median or a share is not a sum of parts: each part with its own value.
    private func figures(_ dimension: Dimension, _ words: Words) -> HTML {
        let rows = values.parts.map { part -> [Table.Cell] in
            [
                Table.Cell("<a href=\"\(Link.measure(values.measure, part.slice, values.reading))\">\(part.name)</a>"),
                Table.Cell(
                    "<a href=\"\(tickets(part))\">\(words.figures.count(part.count))</a>",
                    sortKey: Double(part.count)),
                part.value.map { .number(words.value($0, of: values.measure), $0) } ?? .text(words(.noValue)),
            ]
        }
        return Table(
            caption: words(.madeOf),
            columns: [
                .text(capitalised(words.name(of: dimension))), .number(words.recordsBehind(values.measure)),
                .number(words.label(values.measure)),
            ], rows: rows
        ).html
    }

    private func weeks(_ words: Words) -> Table {
        let chart = values.chart
        let rows = chart.values.indices.reversed().map { i -> [Table.Cell] in
            let day = chart.day(i)
            let week = Period(day, through: day + (chart.step - 1))
            let count = i < values.counts.count ? values.counts[i] : nil
            let tickets = Link.records(values.measure, week, values.slice)
            return [
                .number(words.figures.shortDate(day), Double(day.number)),
                chart.values[i].map { .number(words.value($0, of: values.measure), $0) } ?? .text(words(.noValue)),
                count.map { Table.Cell("<a href=\"\(tickets)\">\(words.figures.count($0))</a>", sortKey: Double($0)) }
                    ?? .text(""),
            ]
        }
        return Table(
            caption: words.label(values.measure),
            columns: [
                .text(words(chart.step == 7 ? .week : .time)), .number(words.label(values.measure)),
                .number(words.recordsBehind(values.measure)),
            ],
            rows: rows)
    }

    private func siblings(_ words: Words) -> HTML {
        let links = values.siblings.map { measure -> HTML in
            "<li><a href=\"\(Link.measure(measure, values.slice))\">\(words.label(measure))</a></li>"
        }
        return links.isEmpty ? .empty : "<h2>\(words(.measures))</h2><ul class=\"plain\">\(links)</ul>"
    }
}

/// All measures that the data can answer, each with its last value.
struct MeasuresValues: Sendable {
    struct Row: Sendable {
        var measure: Measure
        var series: [Double?]
        var finding: Signal?
    }

    var groups: [(name: String, rows: [Row])]
}

struct MeasuresPage {
    var values: MeasuresValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = .empty
        if values.groups.isEmpty { content = "<p>\(words(.noData))</p>" }
        for group in values.groups {
            let rows = group.rows.map { row -> [Table.Cell] in
                let last = row.series.last { $0 != nil } ?? nil
                let found: HTML? = row.finding.map { s in
                    "<a href=\"\(Link.signal(s.id))\">\(mark(s.direction, up: s.rose, words))</a>"
                }
                return [
                    Table.Cell("<a href=\"\(Link.measure(row.measure))\">\(words.label(row.measure))</a>"),
                    Table.Cell(Sparkline(values: row.series).svg),
                    last.map { .number(words.value($0, of: row.measure), $0) } ?? .text(words(.noValue)),
                    Table.Cell(found ?? .empty),
                ]
            }
            let name = group.name
            content += "<h2>\(name)</h2>"
            content +=
                Table(
                    caption: name,
                    columns: [
                        .text(words(.theMeasure)), .picture(words(.lastYear)), .number(words(.value)),
                        .picture(words(.signals)),
                    ], rows: rows, isSortable: false
                ).html
        }
        return Page(
            place: .measures, title: words(.measures), question: words(.measuresQuestion), content: content,
            next: values.groups.isEmpty ? [(words(.openSources), "/sources")] : [(words(.openSignals), "/signals")])
    }
}
