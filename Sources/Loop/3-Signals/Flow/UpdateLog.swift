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
        for (run, attributes) in cases {
            weeks[run.week, default: ProcessTally(calendar: calendar)].add(run, attributes)
        }
        var totals: [ProcessPart: [Day: ProcessTotals]] = [:]
        for (day, tally) in weeks { for (part, sum) in tally.totals() { totals[part, default: [:]][day] = sum } }
        let last = weeks.keys.max()
        guard let whole = FlowHistory(kind: kind, slice: .everything, totals: totals[.everything] ?? [:]),
            whole.total(whole.weeks.indices).isHistoryKnown
        else { return nil }
        histories = [whole]
        for (index, dimension) in Dimension.allCases.enumerated() {
            let sizes = totals.filter { $0.key.dimension == index }
                .map { (part: $0.key, count: $0.value.values.reduce(0) { $0 + $1.all[.cases] }) }
                .filter { $0.count >= Int64(Self.ticketsMin) }
                .sorted { ($1.count, $0.part) < ($0.count, $1.part) }.prefix(Self.valuesMax)
            // A part that is everything says nothing new.
            guard sizes.count > 1 else { continue }
            for size in sizes {
                let slice = Slice(dimension, names[Name(code: size.part.value)])
                let own = FlowHistory(kind: kind, slice: slice, totals: totals[size.part] ?? [:], through: last)
                if let own { histories.append(own) }
            }
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

/// Updates of tickets as they are read from a log, sixteen bytes each: what is kept of histories where there is no store.
public struct UpdateLog: Sendable {
    private var ticket: [UInt32] = []
    private var at: [UInt32] = []
    private var state: [UInt32] = []
    private var group: [UInt32] = []

    public init() {}

    /// - Parameter place: The ticket's place in its table.
    public mutating func take(_ row: Ticket, at place: Int) {
        guard let moment = row.updatedAt, moment.seconds > 0 else { return }
        ticket.append(UInt32(place))
        at.append(UInt32(clamping: moment.seconds))
        state.append(row.state.code)
        group.append(row.attributes[.group].code)
    }

    public var isEmpty: Bool { ticket.isEmpty }

    /// Weekly totals of each kind whose histories are known.
    /// - Parameter until: Nothing after this moment is known; nil is the end of the data.
    public func evidence(
        of table: TicketTable, calendar: BusinessCalendar, until: Moment? = nil
    ) -> [TicketKind: FlowEvidence] {
        var out: [TicketKind: FlowEvidence] = [:]
        for (kind, cases) in cases(of: table, until: until) {
            out[kind] = FlowEvidence(kind, cases, names: table.names, calendar: calendar)
        }
        return out
    }

    /// The runs of each kind of ticket. O(updates × log updates).
    public func cases(
        of table: TicketTable, until: Moment? = nil
    ) -> [TicketKind: [(run: ProcessCase, attributes: Attributes)]] {
        let end = until.map { UInt32(clamping: $0.seconds) } ?? .max
        let order = ticket.indices.filter { at[$0] <= end }
            .sorted { (ticket[$0], at[$0], $0) < (ticket[$1], at[$1], $1) }
        var out: [TicketKind: [(run: ProcessCase, attributes: Attributes)]] = [:]
        var i = 0
        while i < order.count {
            var k = i
            while k < order.count, ticket[order[k]] == ticket[order[i]] { k += 1 }
            let row = Int(ticket[order[i]])
            if let kind = TicketKind(rawValue: table.kind[row]), let run = run(order[i..<k], row, table, end) {
                out[kind, default: []].append((run, table.ticket(row).attributes))
            }
            i = k
        }
        return out
    }

    private func run(_ updates: ArraySlice<Int>, _ row: Int, _ table: TicketTable, _ end: UInt32) -> ProcessCase? {
        guard let status = TicketStatus(rawValue: table.status[row]), !status.isVoid else { return nil }
        let opened = Int64(table.opened[row])
        func steps(_ names: [UInt32]) -> [ProcessCase.Step] {
            var out: [ProcessCase.Step] = []
            for k in updates where names[k] != 0 && out.last?.name != names[k] {
                out.append(.init(names[k], at: max(Int64(at[k]), out.last?.at ?? opened)))
            }
            return out
        }
        let states = steps(state)
        var ended: Int64?
        let said = table.resolved[row] > 0 ? table.resolved[row] : table.closed[row]
        if said > 0, said <= end, status.isDone || end < .max {
            ended = max(opened, Int64(said))
        } else if said == 0, status.isDone, end == .max {
            ended = states.last?.at
        }
        return ProcessCase(openedAt: opened, endedAt: ended, states: states, groups: steps(group))
    }
}
