import Measures
import Records
import Statistics
import Testing

@testable import Processes

private let hour: Int64 = 3600
private let day: Int64 = 86_400
/// A Monday.
private let monday = Day("2025-03-03")!

private func run(
    _ states: [(UInt32, Int64)], end: Int64?, groups: [(UInt32, Int64)] = [], from: Int64 = 0
) -> ProcessCase {
    let start = monday.startInUTC.seconds + from
    return ProcessCase(
        openedAt: start, endedAt: end.map { start + $0 },
        states: states.map { .init($0.0, at: start + $0.1) }, groups: groups.map { .init($0.0, at: start + $0.1) })
}

private func totals(_ runs: [ProcessCase], _ attributes: Attributes = Attributes()) -> [ProcessPart: ProcessTotals] {
    var tally = ProcessTally(calendar: BusinessCalendar(zone: .utc))
    for run in runs { tally.add(run, attributes) }
    return tally.totals()
}

@Suite("Weekly totals of how work flows")
struct ProcessTotalsTests {
    @Test("No tickets give no totals, and empty totals survive being written")
    func nothing() throws {
        #expect(totals([]).isEmpty)
        #expect(ProcessTotals(ProcessTotals().bytes) == ProcessTotals())
        #expect(ProcessTotals([]) == nil && ProcessTotals([9, 9]) == nil)
    }

    @Test(
        "A withdrawn ticket is no run; one without a history has its milestones; the first change says where it began")
    func cases() throws {
        var ticket = Ticket(number: "1", openedAt: monday.startInUTC)
        ticket.status = .cancelled
        #expect(ProcessCase(ticket, []) == nil)
        ticket.status = .closed
        ticket.resolvedAt = Moment(seconds: monday.startInUTC.seconds + 5 * hour)
        let bare = try #require(ProcessCase(ticket, []))
        #expect(bare.states.isEmpty && bare.milestones.count == 2 && bare.endedAt == bare.openedAt + 5 * hour)
        let event = TicketEvent(
            at: Moment(seconds: monday.startInUTC.seconds + hour), field: .state, from: Name(code: 4),
            to: Name(code: 7), by: .none)
        let known = try #require(ProcessCase(ticket, [event]))
        #expect(known.states.map(\.name) == [4, 7] && known.states[0].at == known.openedAt)
        // A history that speaks of a time before the opening is taken to begin with it.
        var early = event
        early.at = Moment(seconds: 0)
        #expect(ProcessCase(ticket, [early])?.states.last?.at == known.openedAt)
    }

    @Test("The week of a moment is the Monday before it, also before 1970")
    func weeks() {
        #expect(ProcessCase.week(of: monday.startInUTC.seconds) == monday)
        #expect(ProcessCase.week(of: (monday + 7).startInUTC.seconds - 1) == monday)
        #expect(ProcessCase.week(of: -1) == Day("1969-12-29"))
    }

    @Test("Stays, returns, hand-offs, orders and ways of two tickets, counted by hand")
    func byHand() throws {
        // New 8 h, Work 2 h, Wait 6 h, Work 4 h, Resolved.
        let first = run(
            [(1, 0), (2, 8 * hour), (3, 10 * hour), (2, 16 * hour), (4, 20 * hour)], end: 20 * hour,
            groups: [(11, 0), (12, hour), (11, 2 * hour)])
        // Still open, waiting.
        let second = run([(1, 0), (3, day)], end: nil)
        let all = try #require(totals([first, second])[.everything])
        #expect(all.all[.cases] == 2 && all.all[.done] == 1 && all.all[.known] == 2 && all.all[.returned] == 1)
        #expect(all.all[.handoffs] == 2 && all.all[.handedOver] == 1 && all.all[.pingPong] == 1)
        let work = try #require(all.stages[2])
        #expect(work[.visits] == 2 && work[.cases] == 1 && work[.returns] == 1 && work[.returnSeconds] == 4 * hour)
        #expect(work[.stays] == 2 && work[.seconds] == 6 * hour)
        let new = try #require(all.stages[1])
        #expect(new[.stays] == 2 && new[.seconds] == 8 * hour + day && new[.doneCases] == 1)
        // Monday from 0:00: until 8:00 no business hour; the second until Tuesday 0:00: eight of them.
        #expect(new[.businessMinutes] == 8 * 60)
        // What lies behind the end is no waiting, and what goes on is told apart.
        #expect(all.stages[4]?[.stays] == 0 && all.stages[3]?[.running] == 1)
        #expect(all.flows[NamePair(2, 3)] == FlowCounts(count: 1, seconds: 2 * hour))
        #expect(all.flows[NamePair(0, 1)]?.count == 2 && all.flows[NamePair(4, 0)]?.count == 1)
        #expect(all.handoffs[NamePair(11, 12)] == FlowCounts(count: 1, seconds: hour))
        #expect(all.orders[NamePair(1, 4)] == 1 && all.orders[NamePair(4, 1)] == nil)
        #expect(all.ways == [[1, 2, 3, 2, 4]: FlowCounts(count: 1, seconds: 20 * hour)])
        let now = second.openedAt + 3 * day
        let figures = all.figures(all.shownStages, now: now)
        #expect(figures.first { $0.name == 3 }?.runningHours == 48)
        #expect(figures.first { $0.name == 2 }?.hours == 3)
    }

    @Test(
        "Totals added up week by week are those of all tickets, survive being written, and do not depend on the order")
    func adding() throws {
        var generator = SplitMix64(seed: 5)
        var attributes = Attributes()
        attributes[.category] = Name(code: 3)
        let runs = (0..<60).map { i -> ProcessCase in
            var at: Int64 = 0
            let states = (0..<(2 + generator.below(5))).map { _ -> (UInt32, Int64) in
                at += Int64(generator.below(50)) * hour
                return (UInt32(1 + generator.below(4)), at)
            }
            return run(states, end: i % 7 == 0 ? nil : at)
        }
        let whole = totals(runs, attributes)
        #expect(whole[.everything] == whole[ProcessPart(dimension: Dimension.category.index, value: 3)])
        #expect(totals(runs.reversed(), attributes) == whole)
        for (_, one) in whole { #expect(ProcessTotals(one.bytes) == one) }
        var twice = ProcessTotals()
        let everything = try #require(whole[.everything])
        twice.add(everything)
        twice.add(everything)
        #expect(
            twice.all[.cases] == 120 && twice.stages[1]?[.visits] == 2 * (whole[.everything]?.stages[1]?[.visits] ?? 0))
    }

    @Test("The usual way is what nearly all cases do, in the order in which nearly all do it")
    func usual() throws {
        var runs = (0..<97).map { _ in run([(1, 0), (2, hour), (3, 2 * hour)], end: 2 * hour) }
        runs += (0..<3).map { _ in run([(1, 0), (3, hour)], end: hour) }
        let all = try #require(totals(runs)[.everything])
        let way = try #require(UsualWay(all))
        #expect(way.steps == [1, 2, 3] && way.shares == [1, 0.97, 1])
        #expect(way.orders.map(\.pair) == [NamePair(1, 2), NamePair(1, 3), NamePair(2, 3)])
        let few = try #require(totals(Array(runs.prefix(20)))[.everything])
        #expect(UsualWay(few) == nil)
    }

    @Test("A ratio's interval holds the truth nineteen times in twenty, and before and after differ only where they do")
    func ratios() throws {
        var generator = SplitMix64(seed: 11)
        var held = 0
        var alarms = 0
        for _ in 0..<400 {
            var ratio = WeeklyRatio(above: [], below: [])
            for _ in 0..<24 {
                let n = 20 + generator.below(40)
                ratio.above.append(Double((0..<n).count { _ in generator.uniform() < 0.3 }))
                ratio.below.append(Double(n))
            }
            let level = try #require(ratio.level(0..<24))
            if level.low <= 0.3, 0.3 <= level.high { held += 1 }
            let halves = try #require(BeforeAfter(ratio, before: 0..<12, after: 12..<24))
            if halves.chance < 0.05 { alarms += 1 }
        }
        #expect((368...396).contains(held), "\(held) of 400")
        #expect(alarms < 34, "\(alarms) of 400")
        let step = WeeklyRatio(above: [1, 2, 1, 2, 6, 7, 6, 7], below: Array(repeating: 10, count: 8))
        let moved = try #require(BeforeAfter(step, before: 0..<4, after: 4..<8))
        #expect(moved.chance < 0.001 && abs(moved.difference.estimate - 0.5) < 1e-12 && moved.difference.low > 0.3)
        #expect(BeforeAfter(step, before: 0..<3, after: 3..<8) == nil)
    }
}

@Suite("A picture of the flow")
struct LayeredLayoutTests {
    @Test("No node, one node, a node after itself, a circle: all have a place, and nothing overlaps")
    func strange() {
        let size = LayeredLayout.Size(length: 100, breadth: 30)
        #expect(LayeredLayout(nodeCount: 0, edges: [], node: size).nodes.isEmpty)
        #expect(LayeredLayout(nodeCount: 1, edges: [(0, 0, 5)], node: size).edges == [[]])
        let circle = LayeredLayout(nodeCount: 3, edges: [(0, 1, 9), (1, 2, 8), (2, 0, 1)], node: size)
        #expect(circle.nodes.map(\.x) == [50, 206, 362])
        // The line back runs against the flow.
        #expect(circle.edges[2].first.map { $0.x } ?? 0 > circle.edges[2].last.map { $0.x } ?? 0)
    }

    @Test("The same flow gives the same picture; nodes never overlap; lines end at their nodes", arguments: 1...12)
    func properties(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let count = 3 + generator.below(12)
        let edges = (0..<(count * 2)).map { _ in
            (from: generator.below(count), to: generator.below(count), weight: 1 + generator.below(100))
        }
        let size = LayeredLayout.Size(length: 120, breadth: 40)
        let layout = LayeredLayout(nodeCount: count, edges: edges, node: size)
        #expect(layout == LayeredLayout(nodeCount: count, edges: edges, node: size))
        for a in 0..<count {
            #expect(layout.nodes[a].y >= 20 - 1e-9 && layout.nodes[a].y <= layout.breadth - 20 + 1e-9)
            for b in 0..<a where layout.nodes[a].x == layout.nodes[b].x {
                #expect(abs(layout.nodes[a].y - layout.nodes[b].y) >= 40 - 1e-6)
            }
        }
        for (e, edge) in edges.enumerated() where edge.from != edge.to {
            #expect(abs((layout.edges[e].first?.y ?? -1) - layout.nodes[edge.from].y) < 1e-9)
            #expect(abs((layout.edges[e].last?.y ?? -1) - layout.nodes[edge.to].y) < 1e-9)
        }
    }

    @Test("A map keeps every node's busiest ways, and says what it leaves out")
    func map() {
        var flows: [NamePair: FlowCounts] = [NamePair(0, 1): FlowCounts(count: 100)]
        flows[NamePair(1, 2)] = FlowCounts(count: 100, seconds: 1000)
        flows[NamePair(2, 3)] = FlowCounts(count: 90)
        flows[NamePair(3, 2)] = FlowCounts(count: 2)
        flows[NamePair(1, 3)] = FlowCounts(count: 1)
        let map = FlowMap(flows)
        #expect(Set(map.nodes) == [1, 2, 3] && map.edges.count == 3 && map.hidden == (1, 1))
        #expect(
            map.edges[0]
                == .init(
                    from: map.nodes.firstIndex(of: 1)!, to: map.nodes.firstIndex(of: 2)!, count: 100, seconds: 1000))
        #expect(FlowMap([:]).nodes.isEmpty)
    }
}
