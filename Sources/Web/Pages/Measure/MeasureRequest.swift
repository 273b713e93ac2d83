import Languages
import Measures
import Records
import Signals
import Store
import Turn

extension Routes {
    private static let partsShown = 12

    /// The slice that an address speaks of; nil when a dimension is named twice or has no value.
    static func slice(_ query: [(String, String)]) -> Slice? {
        var parts: [Slice.Part] = []
        for (name, value) in query {
            guard let dimension = Dimension(rawValue: name) else { continue }
            if value.isEmpty || parts.contains(where: { $0.dimension == dimension }) { return nil }
            parts.append(Slice.Part(dimension, value))
        }
        // The store answers for everything, one value, or two.
        return parts.count <= 2 ? Slice(parts) : nil
    }

    /// One measure: as a page, or, with an ending, as the chart's figures (`.csv`) or its picture (`.svg`).
    static func measure(_ call: Call) async throws -> Reply {
        var id = try call.value("id")
        let ending = [".csv", ".svg"].first { id.hasSuffix($0) }
        if let ending { id.removeLast(ending.count) }
        guard let named = Measure(id: id) else { throw Refusal.notFound }
        if named.step != nil, ending == nil, let slice = slice(call.ask.query) {
            return .seeOther(Link.process(named, slice))
        }
        guard let slice = slice(call.ask.query) else { throw Refusal.badAddress }
        let data = try await Facts(call.store)
        let words = call.visit.words
        let measure = try await data.known(named)
        guard let whole = try await data.period(of: measure) else { throw Refusal.notFound }
        let (period, step) = try window(call.ask, within: whole)
        let rollup = try await data.rollup(for: measure, slice)
        let reading = try reading(call.ask, of: measure, data.organisation.calendar)
        let series = Series(
            measure, of: rollup, over: period, step: step,
            asOf: measure.kind == nil ? whole.last : data.asOf ?? whole.last,
            reading: reading)
        // Signals are about the median by the clock.
        let signals =
            reading.isMedian
            ? try await call.store.signals().filter { $0.measure == measure && $0.slice == slice } : []
        let first = series.steps.first?.first ?? period.first
        var chart = SeriesChart(
            id: "m", title: words.heading(measure, slice).text(in: words.language), measure: measure, first: first,
            step: step, values: series.values.map { $0?.value })
        chart.show(signals)
        chart.addresses = Link.addresses(measure, slice, period, step: step, reading)
        // A line that rises or falls has no limits.
        let limits =
            chart.trends.isEmpty
            ? NaturalLimits(
                series, levels: chart.levels.map { ($0.period.first - first + step - 1) / step }, step: step) : nil
        chart.limits = limits?.limits ?? []
        if reading.isMedian,
            let target = data.organisation.targets.first(where: { $0.measure == measure.id && $0.slice == slice })
        {
            chart.target = SeriesChart.Target(
                value: target.value, name: words.labelled(words(.target), words.value(target.value, of: measure)))
        }
        // What comes next is told where the chart reaches the end of the data.
        let ahead = period.last == whole.last ? Ahead(series, step: step, target: chart.target?.value) : nil
        chart.forecast = ahead?.values ?? []
        switch ending {
        case ".csv": return csv(measure, series)
        case ".svg": return picture(chart, measure, words)
        default: break
        }
        var values = MeasureValues(
            measure: measure, slice: slice, reading: reading, chart: chart, whole: whole,
            counts: series.values.map { $0?.count },
            signals: signals, ahead: ahead, limitsLeftOneIn: limits?.oneIn,
            dimensions: [], dividedBy: nil, parts: [],
            siblings: try await data.siblings(of: measure))
        try await divide(&values, by: call.ask.value("by"), data, whole)
        return call.html(MeasurePage(values: values).page(call.visit))
    }

    /// How an address wants durations to be read: `percentile=90`, `hours=business`; what a measure has no use for is refused.
    private static func reading(_ ask: Ask, of measure: Measure, _ calendar: BusinessCalendar) throws -> DurationReading
    {
        var reading = DurationReading.median
        switch ask.value("percentile") {
        case nil, "50": break
        case "90" where measure.isDuration: reading.share = DurationReading.ninetieth
        default: throw Refusal.badAddress
        }
        switch ask.value("hours") {
        case nil, "all": break
        case "business" where measure.quantity == .timeToResolve: reading.calendar = calendar
        default: throw Refusal.badAddress
        }
        return reading
    }

    /// The days and the step that an address asks for: everything by weeks unless it says otherwise.
    private static func window(_ ask: Ask, within whole: Period) throws -> (Period, Int) {
        guard let from = ask.value("from"), let through = ask.value("through") else { return (whole, 7) }
        guard let first = Day(from), let last = Day(through), first <= last else { throw Refusal.badAddress }
        let step: Int
        switch ask.value("step") {
        case "1": step = 1
        case "7", nil: step = 7
        default: throw Refusal.badAddress
        }
        let start = max(first, whole.first)
        let end = min(last, whole.last)
        guard start <= end else { throw Refusal.notFound }
        return (Period(start, through: end), step)
    }

    /// The chart's figures: a row a step, a value that is missing left empty.
    private static func csv(_ measure: Measure, _ series: Series) -> Reply {
        var text = "from,through,value,unit,\(measure.kind == nil ? "records" : "tickets")\r\n"
        let unit = measure.symbol.contains(",") ? "\"\(measure.symbol)\"" : measure.symbol
        for (step, figure) in zip(series.steps, series.values) {
            let value = figure.map { $0.value.isFinite ? String($0.value) : "" } ?? ""
            text += "\(step.first),\(step.last),\(value),\(unit),\(figure.map { String($0.count) } ?? "")\r\n"
        }
        var reply = Reply.text(text)
        reply.headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", "attachment; filename=\"\(measure.id).csv\""),
        ]
        return reply
    }

    private static func picture(_ chart: SeriesChart, _ measure: Measure, _ words: Words) -> Reply {
        let file = chart.file(words)
        if file.isEmpty { return Reply.text(words.text(.chartEmpty), status: 404) }
        var reply = Reply.text(file)
        reply.headers = [
            ("Content-Type", "image/svg+xml"),
            ("Content-Disposition", "inline; filename=\"\(measure.id).svg\""),
            // The picture carries its own colours, and nothing that runs.
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ]
        return reply
    }

    /// What the measure is made of, by one dimension more than its slice has.
    private static func divide(_ values: inout MeasureValues, by wanted: String?, _ data: Facts, _ period: Period)
        async throws
    {
        guard values.slice.parts.count < 2 else { return }
        guard let kind = values.measure.kind else {
            return try await divideRecords(&values, by: wanted, data, period)
        }
        for dimension in Dimension.allCases where values.slice[dimension] == nil {
            guard try await data.divides(dimension, kind) else { continue }
            values.dimensions.append(dimension)
        }
        guard let dimension = values.dimensions.first(where: { $0.rawValue == wanted }) ?? values.dimensions.first
        else { return }
        values.dividedBy = dimension
        // A pair is added up from its tickets: fewer of those, so that the page stays quick.
        let most = values.slice.parts.isEmpty ? partsShown : partsShown / 2
        let items = try await data.store.values(of: dimension, kind, limit: most)
        // All pairs in one pass over the slice's tickets; what is kept for single values is read as it is.
        let pairs =
            values.slice.parts.isEmpty
            ? [:]
            : try await data.store.rollups(
                kind, values.slice, by: dimension, values: items.map(\.value),
                calendar: data.organisation.calendar)
        for item in items {
            let slice = Slice(values.slice.parts + [Slice.Part(dimension, item.value)])
            let rollup: Rollup
            if let pair = pairs[item.value] { rollup = pair } else { rollup = try await data.rollup(kind, slice) }
            let count = Int(rollup.total(period)[.opened])
            if count == 0 { continue }
            values.parts.append(
                MeasureValues.Part(
                    name: item.value, slice: slice, count: count,
                    value: data.now(values.measure, of: rollup, over: period, values.reading)?.value))
        }
        let whole = Int(try await data.rollup(kind, values.slice).total(period)[.opened])
        values.rest = max(0, whole - values.parts.reduce(0) { $0 + $1.count })
    }

    static func measures(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        let signals = try await call.store.signals()
        var groups: [(name: String, rows: [MeasuresValues.Row])] = []
        for extent in data.extents {
            guard let period = data.period(extent.kind) else { continue }
            let ordinary = try await data.rollup(extent.kind, .everything)
            let year = Period(max(period.first, period.last - 363), through: period.last)
            var rows: [MeasuresValues.Row] = []
            for measure in Measure.catalogue where measure.kind == extent.kind {
                let restsOnMore = measure.quantity == .followedByIncident || measure.quantity == .unplannedShare
                let rollup = restsOnMore ? try await data.rollup(for: measure, .everything) : ordinary
                let values = data.weeks(measure, of: rollup, over: year).values.map { $0?.value }
                guard values.contains(where: { $0 != nil }) else { continue }
                let finding = signals.first { $0.measure == measure && $0.slice == .everything }
                rows.append(MeasuresValues.Row(measure: measure, series: values, finding: finding))
            }
            groups.append((capitalised(call.visit.words.plural(extent.kind)), rows))
        }
        groups += try await recordGroups(data, signals, call.visit.words)
        return call.html(MeasuresPage(values: MeasuresValues(groups: groups)).page(call.visit))
    }
}
