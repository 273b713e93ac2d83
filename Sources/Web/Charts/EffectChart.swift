import Evaluations
import Improvements
import Languages
import Measures
import Records
import Statistics

/// What a change did, in three lines: what happened, what would have happened with its band, and the gap between them.
///
/// Days stand one beside the other as they were judged: days on which nothing is open are no days. Pure: values in, SVG
/// out, the same on the page, in the report and in a file.
struct EffectChart: Sendable {
    struct Point: Sendable, Hashable {
        var day: Day
        /// Nil before the start: there it is what happened.
        var expected: Estimate?
        var observed: Double?
    }

    /// Days before the start that are shown for comparison.
    static let daysBefore = 56

    var points: [Point]
    var measure: Measure
    var title: String
    var start: Day
    var wanted: Objective.Direction
    /// The page, and the files of the same figures.
    var addresses: SeriesChart.Addresses

    /// - Parameter before: What happened on the days before the start, whether they count or not.
    init?(
        _ result: RoundEvaluation, before: [(day: Day, value: Double?)], wanted: Objective.Direction,
        improvement: Int64, round: Int, _ words: Words
    ) {
        guard !result.line.isEmpty else { return nil }
        let weekdays = Set(result.line.map(\.day.weekday))
        points =
            before.filter { weekdays.contains($0.day.weekday) }.map {
                Point(day: $0.day, expected: nil, observed: $0.value)
            } + result.line.map { Point(day: $0.day, expected: $0.expected, observed: $0.observed) }
        measure = result.measured.measure
        title = words.heading(measure, result.measured.slice).text(in: words.language)
        start = result.start
        self.wanted = wanted
        let page = "/improvements/\(improvement)"
        addresses = SeriesChart.Addresses(
            page: "\(page)#verdict", csv: "\(page)/effect.csv?round=\(round)", svg: "\(page)/effect.svg?round=\(round)")
    }

    // MARK: As a figure, as figures, as a file

    func figure(_ words: Words) -> HTML {
        let shown: HTML = "<details><summary>\(words(.showTable))</summary>\(table(words).html)</details>"
        return """
            <figure>\(svg(words, .wide))\(svg(words, .narrow))\(shown)
            <p class="facts chart-links"><a href="\(addresses.csv)">\(words(.asCSV))</a> \
            <a href="\(addresses.svg)">\(words(.asSVG))</a></p></figure>
            """
    }

    private func table(_ words: Words) -> Table {
        func value(_ value: Double?) -> Table.Cell {
            value.map { .number(words.value($0, of: measure), $0) } ?? .text("")
        }
        let rows = points.map { point -> [Table.Cell] in
            [
                .number(words.figures.shortDate(point.day), Double(point.day.number)),
                point.observed.map { .number(words.value($0, of: measure), $0) } ?? .text(words(.noValue)),
                value(point.expected?.estimate), value(point.expected?.low), value(point.expected?.high),
            ]
        }
        return Table(
            caption: title,
            columns: [
                .text(words(.time)), .number(words.say(.whatHappened)), .number(words.say(.wouldHave)),
                .number(words(.low)), .number(words(.high)),
            ], rows: rows)
    }

    /// A row a day; what is not known is left empty.
    var csv: Reply {
        func text(_ value: Double?) -> String { value.flatMap { $0.isFinite ? String($0) : nil } ?? "" }
        var out = "day,observed,expected,low,high,unit\r\n"
        let unit = measure.unit.symbol(for: measure.kind)
        for p in points {
            out += "\(p.day),\(text(p.observed)),\(text(p.expected?.estimate)),"
            out += "\(text(p.expected?.low)),\(text(p.expected?.high)),\(unit)\r\n"
        }
        var reply = Reply.text(out)
        reply.headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", "attachment; filename=\"effect.csv\""),
        ]
        return reply
    }

    func picture(_ words: Words) -> Reply {
        var reply = Reply.text(ChartFile.text(svg(words, .wide), .wide))
        reply.headers = [
            ("Content-Type", "image/svg+xml"), ("Content-Disposition", "inline; filename=\"effect.svg\""),
            // The picture carries its own colours, and nothing that runs.
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ]
        return reply
    }

    // MARK: Drawing

    func svg(_ words: Words, _ size: SeriesChart.Size) -> HTML {
        let plot = EffectPlot(self, size, words)
        let key = "effect-\(size.name)"
        return """
            <svg class="chart \(size.name)" viewBox="0 0 \(px(size.width)) \(px(size.height))" role="img" \
            aria-labelledby="\(key)-t \(key)-d" data-n="\(points.count)" data-x0="\(px(plot.x(0)))" \
            data-x1="\(px(plot.x(points.count - 1)))" data-top="\(px(size.top))" data-bottom="\(px(plot.floor))">\
            <title id="\(key)-t">\(title)</title><desc id="\(key)-d">\(words.say(.effectChartText))</desc>
            \(plot.band())\(plot.gap())\(plot.axes())\(plot.start())\(plot.lines())\(plot.names())</svg>
            """
    }
}

/// A drawing as a file of its own, with its colours and its paper.
enum ChartFile {
    static func text(_ drawn: HTML, _ size: SeriesChart.Size) -> String {
        let text = drawn.text
        guard text.hasPrefix("<svg "), let inside = text.firstIndex(of: ">") else { return "" }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(px(size.width))" height="\(px(size.height))" \
            \(text[text.index(text.startIndex, offsetBy: 5)...inside])
            <style>\(Stylesheet.colours)\(Stylesheet.charts)
            svg { font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }</style>
            <rect width="100%" height="100%" fill="var(--paper)"/>
            \(text[text.index(after: inside)...])

            """
    }
}

/// Where the days and the values of an effect fall on the paper.
private struct EffectPlot {
    let chart: EffectChart
    let size: SeriesChart.Size
    let words: Words
    let ticks: Ticks
    let scale: AxisScale
    let right: Double
    var floor: Double { size.height - size.bottom }

    init(_ chart: EffectChart, _ size: SeriesChart.Size, _ words: Words) {
        self.chart = chart
        self.size = size
        self.words = words
        right = size == .wide ? 150 : 8
        var all = chart.points.compactMap(\.observed)
        for e in chart.points.compactMap(\.expected) { all += [e.estimate, e.low, e.high] }
        all = all.filter(\.isFinite)
        let (low, high) = (all.min() ?? 0, all.max() ?? 1)
        scale = AxisScale(chart.measure, largest: max(low.magnitude, high.magnitude))
        ticks = Ticks(
            holding: (low * scale.factor)...(high * scale.factor), about: size == .wide ? 4 : 3,
            fromZero: chart.measure.unit == .ticketsPerDay && low >= 0)
    }

    func x(_ index: Int) -> Double {
        let width = size.width - size.left - right
        guard chart.points.count > 1 else { return size.left + width / 2 }
        return size.left + Double(index) / Double(chart.points.count - 1) * width
    }

    func y(_ value: Double) -> Double {
        let share = (value * scale.factor - ticks.low) / (ticks.high - ticks.low)
        return floor - min(max(share, 0), 1) * (floor - size.top)
    }

    func axes() -> HTML {
        var out: HTML = "<text class=\"unit\" x=\"0\" y=\"12\">\(scale.unit(words, chart.measure))</text>\n"
        for value in ticks.values {
            let y = y(value / scale.factor)
            out += """
                <path class="tick" d="M\(px(size.left - 8)) \(px(y))h4"/>\
                <text x="\(px(size.left - 12))" y="\(px(y + 4.5))" text-anchor="end">\
                \(words.figures.number(value, decimals: ticks.decimals))</text>

                """
        }
        guard let first = chart.points.first?.day, let last = chart.points.last?.day, first <= last else { return out }
        let marks = TimeMarks(
            Period(first, through: last), width: size.width - size.left - right,
            apart: size == .wide ? 56 : 66, figures: words.figures)
        for mark in marks.marks {
            guard let index = chart.points.firstIndex(where: { $0.day >= mark.day }) else { continue }
            out += """
                <path class="tick" d="M\(px(x(index))) \(px(floor + 3))v4"/>\
                <text x="\(px(x(index)))" y="\(px(size.height - 3))" text-anchor="middle">\(mark.label)</text>

                """
        }
        return out
    }

    /// A vertical hairline where the new way came into use.
    func start() -> HTML {
        guard let index = chart.points.firstIndex(where: { $0.day >= chart.start }) else { return .empty }
        let at = x(index) - (index > 0 ? (x(index) - x(index - 1)) / 2 : 0)
        return """
            <g><path class="event" d="M\(px(at)) \(px(size.top - 4))V\(px(floor))"/>\
            <text x="\(px(at - 4))" y="\(px(size.top + 6))" text-anchor="end">\
            \(words.figures.chartDate(chart.start))</text></g>

            """
    }

    private var after: [(index: Int, expected: Estimate, observed: Double?)] {
        chart.points.enumerated().compactMap { i, p in p.expected.map { (i, $0, p.observed) } }
    }

    func band() -> HTML {
        var upper = ""
        var lower = ""
        for (i, e, _) in after where e.low.isFinite && e.high.isFinite {
            upper += (upper.isEmpty ? "M" : "L") + "\(px(x(i))) \(px(y(e.high)))"
            lower = "L\(px(x(i))) \(px(y(e.low)))" + lower
        }
        return upper.isEmpty ? .empty : "<path class=\"band\" d=\"\(upper)\(lower)Z\"/>\n"
    }

    /// Filled between what happened and what would have, apart for better and for worse; a missing day ends it.
    func gap() -> HTML {
        [true, false].map { better -> HTML in
            var path = ""
            var run: [(Double, Double, Double)] = []
            func close() {
                if run.count > 1 {
                    path += "M" + run.map { "\(px($0.0)) \(px($0.1))" }.joined(separator: "L")
                    path += "L" + run.reversed().map { "\(px($0.0)) \(px($0.2))" }.joined(separator: "L") + "Z"
                }
                run = []
            }
            for (i, e, observed) in after {
                guard let observed else {
                    close()
                    continue
                }
                let isBetter = chart.wanted == .lower ? observed < e.estimate : observed > e.estimate
                // On the other side the two lines are one: the fill has no height there.
                run.append((x(i), y(e.estimate), isBetter == better ? y(observed) : y(e.estimate)))
            }
            close()
            return path.isEmpty ? .empty : "<path class=\"gap \(better ? "better" : "worse")\" d=\"\(path)\"/>\n"
        }.joined()
    }

    func lines() -> HTML {
        var observed = ""
        var isDrawn = false
        for (i, p) in chart.points.enumerated() {
            if let value = p.observed, value.isFinite {
                observed += (isDrawn ? "L" : "M") + "\(px(x(i))) \(px(y(value)))"
                isDrawn = true
            } else {
                isDrawn = false
            }
        }
        let expected = after.map { "\(px(x($0.index))) \(px(y($0.expected.estimate)))" }.joined(separator: "L")
        return """
            <path class="series" d="\(observed)"/><path class="mean" d="M\(expected)"/>

            """
    }

    /// The names of the two lines at their ends, apart where the lines meet.
    func names() -> HTML {
        guard size == .wide, let last = after.last else { return .empty }
        let tail = after.suffix(7)
        let seen = tail.compactMap(\.observed)
        let middle = tail.map(\.expected.estimate).reduce(0, +) / Double(max(tail.count, 1))
        guard !seen.isEmpty else { return .empty }
        var (happened, would) = (y(seen.reduce(0, +) / Double(seen.count)), y(middle))
        if (happened - would).magnitude < 18 {
            let push = 18 - (happened - would).magnitude
            if happened >= would { happened += push } else { would += push }
        }
        let at = px(x(last.index) + 8)
        return """
            <text class="last" x="\(at)" y="\(px(min(happened + 4.5, floor)))">\(words.say(.whatHappenedShort))</text>\
            <text x="\(at)" y="\(px(min(would + 4.5, floor)))">\(words.say(.wouldHaveShort))</text>
            """
    }
}
