import Measures
import Processes
import Records

/// Weekly totals of how tickets of one kind flowed: of everything first, then of the most frequent values of each dimension.
public struct FlowEvidence: Sendable {
    public var histories: [FlowHistory]
    /// The name behind each code of the totals.
    public var names: [UInt32: String]

    public init(histories: [FlowHistory], names: [UInt32: String]) {
        (self.histories, self.names) = (histories, names)
    }

    /// Values of one dimension that are searched: each further one makes all findings harder.
    public static let valuesMax = 12
    /// Fewer tickets say nothing about a change.
    public static let ticketsMin = 200

    /// The values of a flow measure week by week, as a chart shows them; a week without any is a gap.
    public func weeks(of measure: Measure, _ slice: Slice) -> (first: Day, values: [Double?])? {
        guard let history = histories.first(where: { $0.slice == slice }), let step = measure.step else { return nil }
        let codes = Dictionary(names.map { ($1, $0) }, uniquingKeysWith: min)
        guard let ratio = history.ratio(measure.quantity, of: step, code: { codes[$0] }) else { return nil }
        let settled = history.settled
        let values = settled.map { ratio.below[$0] > 0 ? ratio.above[$0] / ratio.below[$0] : nil }
        return (history.first + 7 * settled.lowerBound, values)
    }

    /// Adds up cases of one kind. O(steps × dimensions).
    /// - Returns: Nil when most of their histories are not known.
    public init?(
        _ kind: TicketKind, _ cases: [(run: ProcessCase, attributes: Attributes)], names: Names,
        calendar: BusinessCalendar
    ) {
        var weeks: [Day: ProcessTally] = [:]
        var sizes: [ProcessPart: Int] = [:]
        for (run, attributes) in cases {
            weeks[run.week, default: ProcessTally(calendar: calendar)].add(run, attributes)
            for part in attributes.parts { sizes[part, default: 0] += 1 }
        }
        self.init(
            kind, parts: Self.frequent(sizes), weeks: weeks.keys.sorted().map { ($0, weeks[$0]) }, names: names)
    }

    /// The parts that are searched: of each dimension the most frequent values, where there are several.
    static func frequent(_ sizes: [ProcessPart: Int]) -> [ProcessPart] {
        Dimension.allCases.flatMap { dimension -> [ProcessPart] in
            let own = sizes.filter { $0.key.dimension == dimension.index && $0.value >= ticketsMin }
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(valuesMax)
            // A part that is everything says nothing new.
            return own.count > 1 ? own.map(\.key) : []
        }
    }

    /// - Parameter weeks: The cases by week of opening, in order; one is held at a time.
    init?(_ kind: TicketKind, parts: [ProcessPart], weeks: some Sequence<(Day, ProcessTally?)>, names: Names) {
        let wanted = Set(parts)
        var totals: [ProcessPart: [Day: ProcessTotals]] = [:]
        var last: Day?
        for (day, tally) in weeks {
            guard let tally else { continue }
            for (part, sum) in tally.totals(of: wanted) { totals[part, default: [:]][day] = sum }
            last = day
        }
        guard let whole = FlowHistory(kind: kind, slice: .everything, totals: totals[.everything] ?? [:]),
            whole.total(whole.weeks.indices).isHistoryKnown
        else { return nil }
        histories = [whole]
        for part in parts {
            let slice = Slice(Dimension.allCases[part.dimension], names[Name(code: part.value)])
            let own = FlowHistory(kind: kind, slice: slice, totals: totals[part] ?? [:], through: last)
            if let own { histories.append(own) }
        }
        var codes: Set<UInt32> = []
        for week in whole.weeks {
            codes.formUnion(week.stages.keys)
            codes.formUnion(week.groups.keys)
        }
        let known = codes.filter { Milestone(code: $0) == nil && $0 != 0 }
        self.names = Dictionary(uniqueKeysWithValues: known.map { ($0, names[Name(code: $0)]) })
    }
}

extension Attributes {
    /// The parts that a case with these is in, but for everything.
    fileprivate var parts: [ProcessPart] {
        Dimension.allCases.filter { !self[$0].isNone }
            .map { ProcessPart(dimension: $0.index, value: self[$0].code) }
    }
}

/// Updates of tickets as they are read from a log, six bytes each where those of a ticket stand together: what is kept of
/// histories where there is no store.
public struct UpdateLog: Sendable {
    private var at: [UInt32] = []
    /// State and group of each update, by their place among all such pairs.
    private var held: [UInt16] = []
    /// Updates of one ticket that stand together: the ticket, and where they begin.
    private var runs: [(ticket: UInt32, start: UInt32)] = []
    private var states: [UInt32] = [0]
    private var groups: [UInt32] = [0]
    private var placeOf: [UInt64: UInt16] = [0: 0]

    public init() {}

    /// Room for so many updates, so that nothing is copied while they come.
    public mutating func reserve(_ updates: Int) {
        at.reserveCapacity(updates)
        held.reserveCapacity(updates)
    }

    /// - Parameter place: The ticket's place in its table.
    public mutating func take(_ row: Ticket, at place: Int) {
        guard let moment = row.updatedAt, moment.seconds > 0 else { return }
        if runs.last?.ticket != UInt32(place) { runs.append((UInt32(place), UInt32(at.count))) }
        at.append(UInt32(clamping: moment.seconds))
        held.append(pair(row.state.code, row.attributes[.group].code))
    }

    /// The pair's place; beyond 65,535 pairs no further one is known.
    private mutating func pair(_ state: UInt32, _ group: UInt32) -> UInt16 {
        let key = UInt64(state) << 32 | UInt64(group)
        if let place = placeOf[key] { return place }
        guard states.count <= Int(UInt16.max) else { return 0 }
        let place = UInt16(states.count)
        placeOf[key] = place
        states.append(state)
        groups.append(group)
        return place
    }

    public var isEmpty: Bool { at.isEmpty }

    /// Weekly totals of each kind whose histories are known, a week of cases in memory at a time. O(updates × log updates).
    /// - Parameter until: Nothing after this moment is known; nil is the end of the data.
    public func evidence(
        of table: TicketTable, calendar: BusinessCalendar, until: Moment? = nil
    ) -> [TicketKind: FlowEvidence] {
        let end = until.map { UInt32(clamping: $0.seconds) } ?? .max
        var out: [TicketKind: FlowEvidence] = [:]
        let order = order(table)
        for (kind, places) in placesByWeek(order, table, end) {
            var sizes: [ProcessPart: Int] = [:]
            for place in places.lazy.flatMap(\.places) {
                for part in table.ticket(Int(place.ticket)).attributes.parts { sizes[part, default: 0] += 1 }
            }
            let weeks = places.lazy.map { week -> (Day, ProcessTally?) in
                var tally = ProcessTally(calendar: calendar)
                for place in week.places {
                    guard let run = run(order[place.range], Int(place.ticket), table, end) else { continue }
                    tally.add(run, table.ticket(Int(place.ticket)).attributes)
                }
                return (week.day, tally.isEmpty ? nil : tally)
            }
            out[kind] = FlowEvidence(kind, parts: FlowEvidence.frequent(sizes), weeks: weeks, names: table.names)
        }
        return out
    }

    /// The runs of each kind of ticket, all of them in memory. O(updates × log updates).
    public func cases(
        of table: TicketTable, until: Moment? = nil
    ) -> [TicketKind: [(run: ProcessCase, attributes: Attributes)]] {
        let end = until.map { UInt32(clamping: $0.seconds) } ?? .max
        let order = order(table)
        return placesByWeek(order, table, end).mapValues { weeks in
            weeks.flatMap(\.places).compactMap { place in
                run(order[place.range], Int(place.ticket), table, end).map {
                    ($0, table.ticket(Int(place.ticket)).attributes)
                }
            }
        }
    }

    /// Where the runs of one ticket stand in the order.
    private struct Place {
        var ticket: UInt32
        var first: Int32
        var last: Int32

        var range: ClosedRange<Int> { Int(first)...Int(last) }
    }

    private typealias Week = (day: Day, places: [Place])

    /// The runs by opening and ticket.
    private func order(_ table: TicketTable) -> [Int32] {
        runs.indices.map { Int32($0) }.sorted {
            let (a, b) = (runs[Int($0)].ticket, runs[Int($1)].ticket)
            return (table.opened[Int(a)], a, $0) < (table.opened[Int(b)], b, $1)
        }
    }

    /// Where the updates of each ticket stand, by kind and week of opening. Cancelled and merged tickets are left out.
    private func placesByWeek(_ order: [Int32], _ table: TicketTable, _ end: UInt32) -> [TicketKind: [Week]] {
        var out: [TicketKind: [Week]] = [:]
        var i = 0
        while i < order.count {
            let ticket = runs[Int(order[i])].ticket
            var k = i
            while k < order.count, runs[Int(order[k])].ticket == ticket { k += 1 }
            defer { i = k }
            guard let kind = TicketKind(rawValue: table.kind[Int(ticket)]),
                let status = TicketStatus(rawValue: table.status[Int(ticket)]), !status.isVoid,
                order[i..<k].contains(where: { rows(of: Int($0)).contains { at[$0] <= end } })
            else { continue }
            let day = ProcessCase.week(of: Int64(table.opened[Int(ticket)]))
            var weeks = out[kind] ?? []
            out[kind] = nil
            if weeks.last?.day != day { weeks.append((day, [])) }
            weeks[weeks.count - 1].places.append(Place(ticket: ticket, first: Int32(i), last: Int32(k - 1)))
            out[kind] = weeks
        }
        return out
    }

    private func rows(of run: Int) -> Range<Int> {
        Int(runs[run].start)..<(run + 1 < runs.count ? Int(runs[run + 1].start) : at.count)
    }

    private func run(_ places: ArraySlice<Int32>, _ row: Int, _ table: TicketTable, _ end: UInt32) -> ProcessCase? {
        guard let status = TicketStatus(rawValue: table.status[row]), !status.isVoid else { return nil }
        let updates = places.flatMap { rows(of: Int($0)) }.filter { at[$0] <= end }.sorted {
            (at[$0], $0) < (at[$1], $1)
        }
        let opened = Int64(table.opened[row])
        func steps(_ names: [UInt32]) -> [ProcessCase.Step] {
            var out: [ProcessCase.Step] = []
            for k in updates {
                let name = names[Int(held[k])]
                if name == 0 || out.last?.name == name { continue }
                out.append(.init(name, at: max(Int64(at[k]), out.last?.at ?? opened)))
            }
            return out
        }
        let states = steps(self.states)
        var ended: Int64?
        let said = table.resolved[row] > 0 ? table.resolved[row] : table.closed[row]
        if said > 0, said <= end, status.isDone || end < .max {
            ended = max(opened, Int64(said))
        } else if said == 0, status.isDone, end == .max {
            ended = states.last?.at
        }
        return ProcessCase(openedAt: opened, endedAt: ended, states: states, groups: steps(groups))
    }
}
