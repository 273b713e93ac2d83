import Languages
import Measures
import Records
import Signals
import Statistics

/// A measure over time: the grammar of every chart of the product.
///
/// A thin line with its last value in words; levels as steps with their interval as a pale band, a small date where
/// they move; natural limits as hairlines; special points as filled dots; missing days as gaps. Pure: values in, SVG
/// out, the same on a page, in a report and in a file.
public struct SeriesChart: Sendable {
    /// A stretch over which the measure kept its level.
    public struct Level: Sendable, Hashable {
        public var period: Period
        public var estimate: Estimate
        /// What the move to this level meant; nil for the first one.
        public var direction: Tendency?

        public init(period: Period, estimate: Estimate, direction: Tendency?) {
            self.period = period
            self.estimate = estimate
            self.direction = direction
        }
    }

    /// Between which values a step varies by itself.
    public struct Limits: Sendable, Equatable {
        public var low: Double
        public var high: Double

        public init(low: Double, high: Double) {
            self.low = low
            self.high = high
        }
    }

    public struct Special: Sendable, Hashable {
        public var day: Day
        public var direction: Tendency

        public init(day: Day, direction: Tendency) {
            self.day = day
            self.direction = direction
        }
    }

    public struct Event: Sendable, Hashable {
        public var day: Day
        public var name: String

        public init(day: Day, name: String) {
            self.day = day
            self.name = name
        }
    }

    public struct Target: Sendable, Hashable {
        public var value: Double
        public var name: String

        public init(value: Double, name: String) {
            self.value = value
            self.name = name
        }
    }

    /// A change that goes on: the line through it, with its band, from its first day to its last.
    public struct Trend: Sendable, Hashable {
        public var period: Period
        public var from: Estimate
        public var to: Estimate
        public var direction: Tendency

        public init(period: Period, from: Estimate, to: Estimate, direction: Tendency) {
            self.period = period
            self.from = from
            self.to = to
            self.direction = direction
        }
    }

    /// How values are told where they are of no measure of the catalogue; `measure` then only says how they are scaled.
    struct Reading: Sendable {
        var label: String
        var unit: String
        var value: @Sendable (Double) -> String
    }

    /// Where the same picture stands by itself, and as a file. A picture in a file of its own has none.
    struct Addresses: Sendable, Hashable {
        var page: String
        var csv: String
        var svg: String
    }

    /// Unique on its page; part of the ids inside the picture.
    public var id: String
    /// What the picture shows, as a sentence.
    public var title: String
    public var measure: Measure
    /// The day of the first value.
    public var first: Day
    /// Days from one value to the next: 1, or 7 for weeks.
    public var step: Int
    /// Nil, or not a number, is a gap.
    public var values: [Double?]
    public var levels: [Level] = []
    /// Between which values each step varies by itself; nil where that is not known.
    public var limits: [Limits?] = []
    public var special: [Special] = []
    /// What is expected after the last value, one step each.
    public var forecast: [Estimate] = []
    public var target: Target?
    public var events: [Event] = []
    public var trends: [Trend] = []
    var addresses: Addresses?
    var reading: Reading?

    public init(id: String, title: String, measure: Measure, first: Day, step: Int, values: [Double?]) {
        precondition(step >= 1, "A series goes forward in time")
        self.id = id
        self.title = title
        self.measure = measure
        self.first = first
        self.step = step
        self.values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    }

    func day(_ index: Int) -> Day { first + index * step }

    func told(_ value: Double, _ words: Words) -> String { reading?.value(value) ?? words.value(value, of: measure) }

    /// From the first value through the end of the forecast.
    var period: Period { Period(first, through: day(max(values.count + forecast.count - 1, 0))) }

    var lastIndex: Int? { values.lastIndex { $0 != nil } }

    // MARK: Drawing

    /// The picture for a page or a file: wide and narrow, with its table, or a sentence when there is nothing to draw.
    public func figure(_ words: Words) -> HTML { figure(words, table: table(words)) }

    /// The same with a table that says more.
    func figure(_ words: Words, table: Table) -> HTML {
        guard lastIndex != nil else {
            return "<figure class=\"aside\"><p>\(words.text(.chartEmpty))</p></figure>"
        }
        let shown: HTML = "<details><summary>\(words(.showTable))</summary>\(table.html)</details>"
        return """
            <figure>\(svg(words, .wide))\(svg(words, .narrow))\(shown)\(links(words))</figure>
            """
    }

    private func links(_ words: Words) -> HTML? {
        addresses.map { addresses in
            """
            <p class="facts chart-links"><a href="\(addresses.page)">\(words(.ownChart))</a> \
            <a href="\(addresses.csv)">\(words(.asCSV))</a> <a href="\(addresses.svg)">\(words(.asSVG))</a></p>
            """
        }
    }

    /// The wide picture as a file of its own, with its colours and its paper; empty when there is nothing to draw.
    func file(_ words: Words) -> String {
        let drawn = svg(words, .wide).text
        guard drawn.hasPrefix("<svg "), let inside = drawn.firstIndex(of: ">") else { return "" }
        let size = Size.wide
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(px(size.width))" height="\(px(size.height))" \
            \(drawn[drawn.index(drawn.startIndex, offsetBy: 5)...inside])
            <style>\(Stylesheet.colours)\(Stylesheet.charts)
            svg { font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }</style>
            <rect width="100%" height="100%" fill="var(--paper)"/>
            \(drawn[drawn.index(after: inside)...])

            """
    }

    /// The same figures as a table, one row a value, in time's order.
    func table(_ words: Words) -> Table {
        let f = words.figures
        let rows = values.indices.map { i -> [Table.Cell] in
            let value = values[i]
            return [
                .number(f.shortDate(day(i)), Double(day(i).number)),
                value.map { .number(told($0, words), $0) } ?? .text(words(.noValue)),
            ]
        }
        return Table(
            caption: title,
            columns: [.text(step == 7 ? words(.week) : words(.time)), .number(reading?.label ?? words.label(measure))],
            rows: rows)
    }

    enum Size {
        case wide, narrow

        var width: Double { self == .wide ? 720 : 340 }
        var height: Double { self == .wide ? 250 : 220 }
        /// Room for the axis on the left, for the last value on the right.
        var left: Double { self == .wide ? 44 : 36 }
        var right: Double { self == .wide ? 84 : 8 }
        var top: Double { 30 }
        var bottom: Double { 24 }
        var name: String { self == .wide ? "wide" : "narrow" }
    }

    public func svg(_ words: Words) -> HTML { svg(words, .wide) }

    func svg(_ words: Words, _ size: Size) -> HTML {
        guard let last = lastIndex, let lastValue = values[last] else { return .empty }
        let plot = Plot(self, size, words)
        let key = "\(id)-\(size.name)"
        let summary = words.text(
            .chartSummary(count: values.count { $0 != nil }, period, last: told(lastValue, words)))
        let x0 = plot.x(day(0))
        let x1 = plot.x(day(values.count - 1))
        return """
            <svg class="chart \(size.name)" viewBox="0 0 \(px(size.width)) \(px(size.height))" role="img" \
            aria-labelledby="\(key)-t \(key)-d" data-n="\(values.count)" data-x0="\(px(x0))" data-x1="\(px(x1))" \
            data-top="\(px(size.top))" data-bottom="\(px(plot.floor))">\
            <title id="\(key)-t">\(title)</title><desc id="\(key)-d">\(summary)</desc>
            \(plot.forecast())\(plot.levelBands())\(plot.trendBands())\(plot.axes())\(plot.limits())\(plot.target())\(plot.events())\
            \(plot.line())\(plot.levelSteps())\(plot.trendLines())\(plot.specials())\(plot.end())</svg>
            """
    }
}

/// One drawing of a series: where values and days fall on the paper.
private struct Plot {
    let chart: SeriesChart
    let size: SeriesChart.Size
    let words: Words
    let ticks: Ticks
    let scale: AxisScale
    let period: Period

    var floor: Double { size.height - size.bottom }

    init(_ chart: SeriesChart, _ size: SeriesChart.Size, _ words: Words) {
        self.chart = chart
        self.size = size
        self.words = words
        period = chart.period
        var all = chart.values.compactMap { $0 }
        for level in chart.levels { all += [level.estimate.low, level.estimate.estimate, level.estimate.high] }
        for e in chart.forecast { all += [e.low, e.high] }
        // A band may be far wider than the line; the paper is for the line, and for a band not twice as high.
        for trend in chart.trends {
            all += [trend.from.estimate, trend.to.estimate]
            let most = 2 * (all.max() ?? 0)
            all += [trend.from.high, trend.to.high].filter { $0 <= most }
        }
        for limits in chart.limits.compactMap({ $0 }) { all += [limits.low, limits.high] }
        if let target = chart.target { all.append(target.value) }
        all = all.filter(\.isFinite)
        var low = all.min() ?? 0
        let high = all.max() ?? 1
        // Natural limits of a count or a time may be computed below zero; the paper ends at zero all the same.
        let dataLow = chart.values.compactMap { $0 }.min() ?? 0
        if dataLow >= 0 { low = max(low, 0) }
        scale = AxisScale(chart.measure, largest: max(low.magnitude, high.magnitude))
        ticks = Ticks(
            holding: (low * scale.factor)...(max(low, high) * scale.factor), about: size == .wide ? 4 : 3,
            fromZero: chart.measure.unit == .ticketsPerDay && low >= 0)
    }

    func x(_ day: Day) -> Double {
        let span = Double(max(period.dayCount - 1, 1))
        let width = size.width - size.left - size.right
        guard period.dayCount > 1 else { return size.left + width / 2 }
        return size.left + Double(day - period.first) / span * width
    }

    func y(_ value: Double) -> Double {
        let share = (value * scale.factor - ticks.low) / (ticks.high - ticks.low)
        return floor - min(max(share, 0), 1) * (floor - size.top)
    }

    func axes() -> HTML {
        let figures = words.figures
        var out: HTML =
            "<text class=\"unit\" x=\"0\" y=\"12\">\(chart.reading?.unit ?? scale.unit(words, chart.measure))</text>\n"
        for value in ticks.values {
            let y = y(value / scale.factor)
            out += """
                <path class="tick" d="M\(px(size.left - 8)) \(px(y))h4"/>\
                <text x="\(px(size.left - 12))" y="\(px(y + 4.5))" text-anchor="end">\
                \(figures.number(value, decimals: ticks.decimals))</text>

                """
        }
        let marks = TimeMarks(
            period, width: size.width - size.left - size.right, apart: size == .wide ? 56 : 48, figures: figures)
        for mark in marks.marks {
            let x = x(mark.day)
            out += """
                <path class="tick" d="M\(px(x)) \(px(floor + 3))v4"/>\
                <text x="\(px(x))" y="\(px(size.height - 3))" text-anchor="middle">\(mark.label)</text>

                """
        }
        return out
    }

    func levelBands() -> HTML {
        chart.levels.map { level in
            let left = x(max(level.period.first, period.first))
            let right = x(min(level.period.last, period.last))
            let top = y(level.estimate.high)
            let height = max(y(level.estimate.low) - top, 0.5)
            return """
                <rect class="band" x="\(px(left))" y="\(px(top))" width="\(px(max(right - left, 1)))" \
                height="\(px(height))"/>

                """
        }.joined()
    }

    func levelSteps() -> HTML {
        chart.levels.enumerated().map { i, level in
            let left = x(max(level.period.first, period.first))
            let right = x(min(level.period.last, period.last))
            let y = y(level.estimate.estimate)
            let step: HTML = "<path class=\"level\" d=\"M\(px(left)) \(px(y))H\(px(max(right, left + 1)))\"/>"
            guard i > 0, let direction = level.direction else { return step + "\n" }
            let before = self.y(chart.levels[i - 1].estimate.estimate)
            // The date stands on the far side of the step, clear of the line and the band, and inside the paper.
            let isUp = y < before
            let isLate = left > size.width - size.right - labelWidth
            let reach = isLate ? (left - labelWidth)...left : left...(left + labelWidth)
            let clear = edge(over: reach, above: isUp, level)
            // Where the paper ends below it, the date stands above the line after all.
            let isCramped = !isUp && clear + 15 > floor - 4
            let ty = isUp ? clear - 6 : isCramped ? edge(over: reach, above: true, level) - 6 : clear + 15
            let arrow = isUp ? "↑" : "↓"
            let meaning = direction == .neutral ? "" : " \(words.name(of: direction))"
            return """
                <g class="\(direction.rawValue)">\(step)<text x="\(px(isLate ? left - 4 : left))" \
                y="\(px(min(max(ty, size.top - 6), floor - 4)))" text-anchor="\(isLate ? "end" : "start")">\
                \(arrow) \(words.figures.chartDate(level.period.first))\(size == .wide ? meaning : "")</text></g>

                """
        }.joined()
    }

    func trendBands() -> HTML {
        chart.trends.map { trend in
            let (left, right) = ends(of: trend)
            return """
                <path class="band" d="M\(px(left)) \(px(y(trend.from.low)))L\(px(right)) \(px(y(trend.to.low)))\
                V\(px(y(trend.to.high)))L\(px(left)) \(px(y(trend.from.high)))Z"/>

                """
        }.joined()
    }

    func trendLines() -> HTML {
        chart.trends.map { trend in
            let (left, right) = ends(of: trend)
            return """
                <g class="\(trend.direction.rawValue)"><path class="level" d="M\(px(left)) \
                \(px(y(trend.from.estimate)))L\(px(right)) \(px(y(trend.to.estimate)))"/></g>

                """
        }.joined()
    }

    private func ends(of trend: SeriesChart.Trend) -> (Double, Double) {
        (x(max(trend.period.first, period.first)), x(min(trend.period.last, period.last)))
    }

    private var labelWidth: Double { size == .wide ? 120 : 60 }

    /// The outermost y that the line and the band reach over a stretch of the paper.
    private func edge(over x: ClosedRange<Double>, above: Bool, _ level: SeriesChart.Level) -> Double {
        var edge = y(above ? level.estimate.high : level.estimate.low)
        for (i, value) in chart.values.enumerated() {
            guard let value, x.contains(self.x(chart.day(i))) else { continue }
            edge = above ? min(edge, y(value)) : max(edge, y(value))
        }
        return edge
    }

    func limits() -> HTML {
        [\SeriesChart.Limits.low, \.high].map { side -> HTML in
            var path = ""
            var drawn: Double?
            for (i, limits) in chart.limits.enumerated() {
                guard let value = limits?[keyPath: side], value.isFinite, i < chart.values.count else {
                    drawn = nil
                    continue
                }
                let left = x(chart.day(i))
                let right = x(chart.day(min(i + 1, chart.values.count - 1)))
                if drawn == nil {
                    path += "M\(px(left)) \(px(y(value)))"
                } else if drawn != value {
                    path += "V\(px(y(value)))"
                }
                // A stretch of the same limit is one line.
                let isLast =
                    i + 1 >= chart.limits.count || i + 1 >= chart.values.count
                    || chart.limits[i + 1]?[keyPath: side] != value
                if isLast { path += "H\(px(right))" }
                drawn = value
            }
            return path.isEmpty ? .empty : "<path class=\"limit\" d=\"\(path)\"/>\n"
        }.joined()
    }

    func target() -> HTML {
        guard let target = chart.target, target.value.isFinite else { return .empty }
        let y = y(target.value)
        return """
            <path class="target" d="M\(px(size.left)) \(px(y))H\(px(size.width - size.right))"/>\
            <text x="\(px(size.left + 2))" y="\(px(y - 5))">\(target.name)</text>

            """
    }

    func events() -> HTML {
        chart.events.filter { period.contains($0.day) }.map { event in
            let x = x(event.day)
            return """
                <g><path class="event" d="M\(px(x)) \(px(size.top))V\(px(floor))"/>\
                <text x="\(px(x + 3))" y="\(px(size.top + 10))">\(event.name)</text></g>

                """
        }.joined()
    }

    func line() -> HTML {
        var path = ""
        var lonely: [HTML] = []
        let values = chart.values
        for i in values.indices {
            guard let value = values[i] else { continue }
            let isAfterGap = i == 0 || values[i - 1] == nil
            let isBeforeGap = i + 1 == values.count || values[i + 1] == nil
            let at = (px(x(chart.day(i))), px(y(value)))
            if isAfterGap && isBeforeGap {
                lonely.append("<circle class=\"dot\" cx=\"\(at.0)\" cy=\"\(at.1)\" r=\"1.75\"/>")
            } else {
                path += (isAfterGap ? "M" : "L") + at.0 + " " + at.1
            }
        }
        let kind: HTML = chart.levels.isEmpty && chart.trends.isEmpty ? "series" : "series under"
        let line: HTML = path.isEmpty ? .empty : "<path class=\"\(kind)\" d=\"\(path)\"/>\n"
        return line + lonely.joined()
    }

    func specials() -> HTML {
        chart.special.map { special -> HTML in
            let offset = special.day - chart.first
            guard offset >= 0, offset / chart.step < chart.values.count, let value = chart.values[offset / chart.step]
            else { return .empty }
            let day = chart.day(offset / chart.step)
            return """
                <circle class="special \(special.direction.rawValue)" cx="\(px(x(day)))" cy="\(px(y(value)))" r="4"/>

                """
        }.joined()
    }

    func forecast() -> HTML {
        guard !chart.forecast.isEmpty else { return .empty }
        let start = chart.values.count
        var upper = ""
        var lower = ""
        var mean = ""
        if let last = chart.lastIndex, let value = chart.values[last] {
            let at = "\(px(x(chart.day(last)))) \(px(y(value)))"
            upper = "M\(at)"
            mean = "M\(at)"
        }
        for (i, e) in chart.forecast.enumerated() {
            let x = px(x(chart.day(start + i)))
            upper += (upper.isEmpty ? "M" : "L") + "\(x) \(px(y(e.high)))"
            lower = "L\(x) \(px(y(e.low)))" + lower
            mean += (mean.isEmpty ? "M" : "L") + "\(x) \(px(y(e.estimate)))"
        }
        return "<path class=\"forecast\" d=\"\(upper)\(lower)Z\"/><path class=\"mean\" d=\"\(mean)\"/>\n"
    }

    /// The last value in words: to the right of the line, or above the paper where there is no room.
    func end() -> HTML {
        guard let last = chart.lastIndex, let value = chart.values[last] else { return .empty }
        let x = x(chart.day(last))
        let y = y(value)
        let text = chart.told(value, words)
        let isBeside = size == .wide && chart.forecast.isEmpty
        return isBeside
            ? """
            <circle class="end" cx="\(px(x))" cy="\(px(y))" r="2.5"/>\
            <text class="last" x="\(px(x + 8))" y="\(px(y + 4.5))">\(text)</text>
            """
            : """
            <circle class="end" cx="\(px(x))" cy="\(px(y))" r="2.5"/>\
            <text class="last" x="\(px(size.width - 2))" y="12" text-anchor="end">\(text)</text>
            """
    }
}

/// The unit along the axis: hours may be told in minutes or days, shares in per cent.
struct AxisScale {
    let factor: Double
    private let hours: String?

    init(_ measure: Measure, largest: Double) {
        switch measure.unit {
        case .share:
            factor = 100
            hours = nil
        case .hours where largest < 1:
            factor = 60
            hours = "minutes"
        case .hours where largest >= 96:
            factor = 1 / 24
            hours = "days"
        default:
            factor = 1
            hours = nil
        }
    }

    func unit(_ words: Words, _ measure: Measure) -> String {
        switch hours {
        case "minutes": words(.minutes)
        case "days": words(.days)
        default: words.unit(measure)
        }
    }
}

/// A coordinate: one decimal is finer than a screen shows.
func px(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -100_000), 100_000) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let m = tenths.magnitude
    return m % 10 == 0 ? "\(sign)\(m / 10)" : "\(sign)\(m / 10).\(m % 10)"
}
