import Improvements
import Languages
import Measures
import People
import Processes
import Records
import Signals
import Statistics
import Store
import Turn

extension Routes {
    static let processArea: [Route] = [
        Route("GET", "/process", .read, "How work flows", answer: { try await processPage($0) }),
        Route(
            "GET", "/process/tickets", .read, "Tickets behind a figure of the flow",
            answer: { try await processTickets($0) }),
        Route("GET", "/process/breaches", .read, "Tickets that broke a rule", answer: { try await breaches($0) }),
        Route("POST", "/process/rules", .govern, "Write the rules of a process", answer: { try await setRules($0) }),
    ]

    private static func processPage(_ call: Call) async throws -> Reply {
        let values = try await processValues(call)
        return call.html(ProcessPage(values: values).page(call.visit))
    }

    /// What the address asks for. A form sends empty fields too, and parts as `part=category=Email`.
    static func processSlice(_ query: [(String, String)]) -> Slice? {
        var pairs: [(String, String)] = []
        for (name, value) in query where !value.isEmpty {
            if name == "part", let part = Slice(address: value)?.parts.first {
                pairs.append((part.dimension.rawValue, part.value))
            } else {
                pairs.append((name, value))
            }
        }
        return slice(pairs)
    }

    /// - Returns: Nil when there are no tickets at all.
    static func processValues(_ call: Call) async throws -> ProcessValues? {
        let data = try await Facts(call.store)
        guard let usualKind = data.kind, let asOf = data.extents.map(\.lastKnown).max() else { return nil }
        let wanted = call.ask.value("kind") ?? usualKind.plural
        guard let kind = TicketKind.allCases.first(where: { $0.plural == wanted }),
            let slice = processSlice(call.ask.query)
        else { throw Refusal.badAddress }
        let extent = data.extents.first { $0.kind == kind }
        let period = try processPeriod(call.ask, extent)
        let calendar = data.organisation.calendar
        let found = try await call.store.processWeeks(kind, slice, over: period, calendar: calendar)
        var totals = ProcessTotals()
        for day in found.weeks.keys.sorted() { if let week = found.weeks[day] { totals.add(week) } }
        let map = FlowMap(totals.shownFlows)
        var values = ProcessValues(
            kind: kind, kinds: data.extents.map(\.kind), slice: slice, period: period,
            choices: try await choices(data, kind), totals: totals, names: found.names, now: asOf.seconds,
            history: FlowHistory(
                kind: kind, slice: slice, totals: found.weeks, through: found.weeks.keys.max()),
            usual: nil, map: map, wide: await .of(map, isWide: true), narrow: await .of(map, isWide: false))
        values.usual = values.history.flatMap { UsualWay($0.total($0.settled)) }
        values.shortcuts = shortcuts(values)
        values.load = try await load(data, kind, slice, period)
        values.signals = try await call.store.signals().filter {
            $0.measure.step != nil && $0.measure.kind == kind && ($0.slice == slice || slice.parts.isEmpty)
        }
        try await compare(&values, call, data)
        values.figure = try await figure(values, call)
        values.rules = try await rules(call.store, kind)
        values.mayGovern = call.may(.govern)
        return values
    }

    /// A year of weeks, up to the last in which tickets were opened, unless the address says otherwise.
    private static func processPeriod(_ ask: Ask, _ extent: Extent?) throws -> Period {
        func monday(_ day: Day) -> Day { day - day.weekday }
        let last = extent.map { ProcessCase.week(of: $0.lastOpened.seconds) } ?? Day(number: 0)
        let first = extent.map { ProcessCase.week(of: $0.firstOpened.seconds) } ?? last
        var from = max(first, last - 7 * (weeksShown - 1))
        var through = last + 6
        if let text = ask.value("from"), !text.isEmpty {
            guard let day = Day(text) else { throw Refusal.badAddress }
            from = monday(day)
        }
        if let text = ask.value("through"), !text.isEmpty {
            guard let day = Day(text) else { throw Refusal.badAddress }
            through = monday(day) + 6
        }
        guard from <= through, through - from <= daysMax else { throw Refusal.badAddress }
        return Period(from, through: through)
    }

    private static let weeksShown = 53
    /// Longer than any desk keeps tickets.
    private static let daysMax = 7 * 53 * 30
    private static let valuesOffered = 30

    private static func choices(_ data: Facts, _ kind: TicketKind) async throws -> [(Dimension, [String])] {
        var out: [(Dimension, [String])] = []
        for dimension in Dimension.allCases {
            let values = try await data.store.values(of: dimension, kind, limit: valuesOffered).map(\.value)
            if values.count > 1 { out.append((dimension, values)) }
        }
        return out
    }

    private static func codes(_ values: ProcessValues) -> [String: UInt32] {
        Dictionary(values.names.map { ($1, $0) }, uniquingKeysWith: min)
    }

    private static func weeks(_ ratio: WeeklyRatio, _ range: Range<Int>) -> [Double?] {
        range.map { ratio.below[$0] > 0 ? ratio.above[$0] / ratio.below[$0] : nil }
    }

    private static func shortcuts(_ values: ProcessValues) -> [ProcessValues.Shortcut] {
        guard let usual = values.usual, let history = values.history else { return [] }
        let codes = codes(values)
        let settled = history.settled
        let steps =
            usual.steps.compactMap { values.names[$0] }.map { FlowStep.state($0) }
            + usual.orders.compactMap { pair, _ in
                guard let a = values.names[pair.from], let b = values.names[pair.to] else { return nil }
                return .order(a, before: b)
            }
        return steps.compactMap { step in
            guard let measure = Measure(values.kind, .skipped, of: step),
                let ratio = history.ratio(.skipped, of: step, code: { codes[$0] })
            else { return nil }
            return ProcessValues.Shortcut(
                measure: measure, step: step, now: ratio.level(settled.suffix(13).startIndex..<settled.upperBound),
                weeks: weeks(ratio, settled), first: history.first + 7 * settled.lowerBound)
        }
    }

    private static let loadWeeks = 12

    /// Arrivals, departures and work in progress, from the roll-ups.
    private static func load(
        _ data: Facts, _ kind: TicketKind, _ slice: Slice, _ period: Period
    ) async throws -> [ProcessValues.Load] {
        guard let opened = Measure(kind, .opened), let resolved = Measure(kind, .resolved) ?? Measure(kind, .opened),
            let last = data.asOf.map({ min($0, period.last) }), last >= period.first
        else { return [] }
        let rollup = try await data.rollup(kind, slice)
        let asked = Period(max(period.first, last - (7 * loadWeeks - 1)), through: last)
        guard asked.dayCount >= 7 else { return [] }
        func counts(_ measure: Measure) -> Series { Series(measure, of: rollup, over: asked, step: 7, asOf: last) }
        let (came, went) = (counts(opened), counts(resolved))
        let lies = Measure(kind, .backlog).map(counts)
        return came.steps.indices.map { i in
            ProcessValues.Load(
                week: came.steps[i], opened: came.values[i]?.count ?? 0,
                resolved: resolved == opened ? 0 : went.values[i]?.count ?? 0,
                open: lies?.values[i]?.count ?? 0)
        }
    }
}

// MARK: Before and after

extension Routes {
    /// Weeks on each side of going live that are compared at most.
    private static let sideWeeks = 12
    private static let stagesCompared = 6

    private static func compare(_ values: inout ProcessValues, _ call: Call, _ data: Facts) async throws {
        values.improvements = try await call.store.improvements().compactMap { kept in
            guard let on = kept.improvement.rounds.flatMap(\.live).map(\.on).min() else { return nil }
            return .init(id: kept.id.value, title: kept.improvement.title, on: on)
        }
        guard let wanted = call.ask.value("improvement").flatMap({ Int64($0) }) else { return }
        guard let chosen = values.improvements.first(where: { $0.id == wanted }) else { throw Refusal.notFound }
        let live = ProcessCase.week(of: chosen.on.startInUTC.seconds)
        let around = Period(live - 7 * sideWeeks, through: live + (7 * sideWeeks + 6))
        let found = try await call.store.processWeeks(
            values.kind, values.slice, over: around, calendar: data.organisation.calendar)
        var padded = found.weeks
        if padded[around.first] == nil { padded[around.first] = ProcessTotals() }
        guard let history = FlowHistory(kind: values.kind, slice: values.slice, totals: padded) else { return }
        let at = (live - history.first) / 7
        let end = min(history.settled.upperBound, history.weeks.count)
        let (before, after) = (0..<max(0, min(at, end)), min(at + 1, end)..<end)
        values.comparison = comparison(
            chosen, history, found.names, before: before, after: after, usual: values.usual, values.names)
    }

    private static func comparison(
        _ chosen: ProcessValues.LiveImprovement, _ history: FlowHistory, _ names: [UInt32: String],
        before: Range<Int>, after: Range<Int>, usual: UsualWay?, _ usualNames: [UInt32: String]
    ) -> ProcessValues.Comparison {
        let codes = Dictionary(names.map { ($1, $0) }, uniquingKeysWith: min)
        let all = history.total(history.weeks.indices)
        let busiest = all.shownStages.filter { $0.value[.stays] > 0 }
            .sorted { ($1.value[.seconds], $0.key) < ($0.value[.seconds], $1.key) }.prefix(stagesCompared)
        var asked: [(Quantity, FlowStep)] = [(.cameBack, .whole), (.handoffs, .whole)]
        asked += busiest.compactMap { code, _ in names[code].map { (.waiting, .state($0)) } }
        asked += (usual?.steps ?? []).compactMap { usualNames[$0].map { (.skipped, .state($0)) } }
        var rows: [ProcessValues.Comparison.Row] = []
        for (quantity, step) in asked {
            guard let measure = Measure(history.kind, quantity, of: step),
                let ratio = history.ratio(quantity, of: step, code: { codes[$0] }),
                let change = BeforeAfter(ratio, before: before, after: after)
            else { continue }
            rows.append(.init(measure: measure, change: change, q: 1))
        }
        // Of many figures some move by chance: the rate is held over all of them (Benjamini & Hochberg).
        let rates = discoveryRates(rows.map(\.change.chance))
        for i in rows.indices { rows[i].q = rates[i] }
        // A week without tickets is not compared.
        func known(_ weeks: Range<Int>) -> Int { weeks.count { history.weeks[$0].all[.cases] > 0 } }
        return .init(improvement: chosen, before: known(before), after: known(after), rows: rows)
    }
}

// MARK: One figure, week by week

extension Routes {
    private static func figure(_ values: ProcessValues, _ call: Call) async throws -> SeriesChart? {
        guard let id = call.ask.value("measure") else { return nil }
        guard let measure = Measure(id: id), measure.step != nil, measure.kind == values.kind else {
            throw Refusal.notFound
        }
        let all = try await call.store.processWeeks(
            values.kind, values.slice, over: nil, calendar: try await Organisation(of: call.store).calendar)
        return flowChart(measure, values.slice, all, try await call.store.signals(), call.visit.words)
    }

    static func flowChart(
        _ measure: Measure, _ slice: Slice, _ found: ProcessWeeks, _ signals: [Signal], _ words: Words
    ) -> SeriesChart? {
        guard let kind = measure.kind, let history = FlowHistory(kind: kind, slice: slice, totals: found.weeks) else {
            return nil
        }
        let evidence = FlowEvidence(histories: [history], names: found.names)
        guard let weeks = evidence.weeks(of: measure, slice) else { return nil }
        var chart = SeriesChart(
            id: "f", title: words.heading(measure, slice).text(in: words.language), measure: measure,
            first: weeks.first, step: 7, values: weeks.values)
        chart.show(signals.filter { $0.measure == measure && $0.slice == slice })
        return chart
    }
}

extension Facts {
    /// The picture of a signal of the flow, from weekly totals.
    func flowChart(of signal: Signal, among signals: [Signal], _ words: Words) async throws -> SeriesChart? {
        guard let kind = signal.measure.kind else { return nil }
        let found = try await store.processWeeks(kind, signal.slice, over: nil, calendar: organisation.calendar)
        var chart = Routes.flowChart(signal.measure, signal.slice, found, signals, words)
        chart?.id = "c-\(signal.id)"
        return chart
    }
}

// MARK: The tickets behind a figure

extension Routes {
    private static let ticketsLookedAt = 20_000
    private static let ticketsListed = 100

    private static func processTickets(_ call: Call) async throws -> Reply {
        let names = call.ask.query.filter { $0.0 == "name" }.map(\.1)
        guard let kind = TicketKind.allCases.first(where: { $0.plural == call.ask.value("kind") }),
            let word = call.ask.value("pick"), let pick = FlowPick(word: word, names: names),
            let from = call.ask.value("from").flatMap({ Day($0) }),
            let through = call.ask.value("through").flatMap({ Day($0) }), from <= through,
            let slice = processSlice(call.ask.query)
        else { throw Refusal.badAddress }
        let found = try await call.store.tickets(
            kind, slice, opened: from.startInUTC..<(through + 1).startInUTC, picking: pick,
            lookingAt: ticketsLookedAt, limit: ticketsListed)
        let zone = try await Organisation(of: call.store).zone
        let page = PickedTicketsPage(
            kind: kind, slice: slice, period: Period(from, through: through), pick: pick, lines: found.lines,
            looked: found.looked, zone: zone)
        return call.html(page.page(call.visit))
    }
}
