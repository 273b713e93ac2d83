import Glibc
import Measures
import Records

/// Which part of the cases a total is of: everything, or a value of a dimension, by the code of its name.
public struct ProcessPart: Sendable, Hashable, Comparable {
    /// The dimension's index; −1 for everything.
    public var dimension: Int
    public var value: UInt32

    public init(dimension: Int, value: UInt32) {
        self.dimension = dimension
        self.value = value
    }

    public static let everything = ProcessPart(dimension: -1, value: 0)
    public static func < (a: Self, b: Self) -> Bool { (a.dimension, a.value) < (b.dimension, b.value) }
}

/// Adds up the cases of one kind that were opened in one week, for everything and for each value of each dimension.
///
/// O(steps × dimensions) a case; the cases of the week are in memory until `totals`.
public struct ProcessTally: Sendable {
    private var cases: [(run: ProcessCase, attributes: Attributes)] = []
    private let calendar: BusinessCalendar

    public init(calendar: BusinessCalendar) { self.calendar = calendar }

    public mutating func add(_ run: ProcessCase, _ attributes: Attributes) { cases.append((run, attributes)) }

    public var isEmpty: Bool { cases.isEmpty }

    /// - Parameter parts: Only these; nil is everything, and every value of every dimension.
    public func totals(of parts: Set<ProcessPart>? = nil) -> [ProcessPart: ProcessTotals] {
        let durations = cases.compactMap { run, _ in run.endedAt.map { $0 - run.openedAt } }.sorted()
        let bound = durations.isEmpty ? Int64.max : durations[durations.count * 3 / 4]
        var out: [ProcessPart: ProcessTotals] = [:]
        for (run, attributes) in cases {
            let one = CaseTotals(run, slowFrom: bound, calendar)
            one.add(to: &out[.everything, default: ProcessTotals()])
            for dimension in Dimension.allCases where !attributes[dimension].isNone {
                let part = ProcessPart(dimension: dimension.index, value: attributes[dimension].code)
                if parts?.contains(part) == false { continue }
                one.add(to: &out[part, default: ProcessTotals()])
            }
        }
        for part in Array(out.keys) { out[part]?.trim() }
        return out
    }
}

/// What one case adds to every total it is part of, worked out once.
private struct CaseTotals {
    var all = ProcessCounts<CaseCounter>()
    var stages: [(UInt32, ProcessCounts<StageCounter>)] = []
    var groups: [(UInt32, ProcessCounts<StageCounter>)] = []
    var flows: [(NamePair, FlowCounts)] = []
    var handoffs: [(NamePair, FlowCounts)] = []
    var orders: [NamePair] = []
    var way: [UInt32] = []
    let seconds: Int64

    /// States of one case between which the order is counted.
    private static let orderedMax = 12
    /// A way of more steps is told by its first ones.
    private static let wayStepsMax = 24

    init(_ run: ProcessCase, slowFrom bound: Int64, _ calendar: BusinessCalendar) {
        seconds = run.endedAt.map { $0 - run.openedAt } ?? 0
        let isDone = run.endedAt != nil
        let isSlow = seconds >= bound
        all[.cases] = 1
        all[.done] = isDone ? 1 : 0
        all[.known] = run.states.count > 1 ? 1 : 0
        if isDone {
            all[.doneSeconds] = seconds
            all[isSlow ? .slowCases : .restCases] = 1
        }
        let view = Stays(run, isSlow: isSlow, calendar)
        for steps in [run.states, run.milestones] {
            stages += view.counts(steps)
            flows += view.flows(steps, withEnds: true)
        }
        groups = view.counts(run.groups)
        handoffs = view.flows(run.groups, withEnds: false)
        guard isDone else { return }
        if stages.contains(where: { Milestone(code: $0.0) == nil && $0.1[.returnedCases] > 0 }) { all[.returned] = 1 }
        all[.handoffs] = Int64(max(0, run.groups.count - 1))
        if run.groups.count > 1 {
            all[.handedOver] = 1
            all[.handedSeconds] = seconds
        }
        for i in run.groups.indices.dropFirst(2) where run.groups[i].name == run.groups[i - 2].name {
            all[.pingPong] += 1
        }
        var firsts: [UInt32] = []
        for step in run.states where firsts.count < Self.orderedMax && !firsts.contains(step.name) {
            for earlier in firsts { orders.append(NamePair(earlier, step.name)) }
            firsts.append(step.name)
        }
        way = (run.states.count > 1 ? run.states : run.milestones).prefix(Self.wayStepsMax).map(\.name)
    }

    func add(to totals: inout ProcessTotals) {
        totals.all.add(all)
        for (name, counts) in stages { totals.stages[name, default: ProcessCounts()].add(counts) }
        for (name, counts) in groups { totals.groups[name, default: ProcessCounts()].add(counts) }
        for (pair, counts) in flows { totals.flows[pair, default: FlowCounts()].add(counts) }
        for (pair, counts) in handoffs { totals.handoffs[pair, default: FlowCounts()].add(counts) }
        for pair in orders { totals.orders[pair, default: 0] += 1 }
        if !way.isEmpty { totals.ways[way, default: FlowCounts()].add(FlowCounts(count: 1, seconds: seconds)) }
    }
}

/// The stays of one case in its states or with its groups.
private struct Stays {
    let run: ProcessCase
    let isSlow: Bool
    let calendar: BusinessCalendar

    init(_ run: ProcessCase, isSlow: Bool, _ calendar: BusinessCalendar) {
        self.run = run
        self.isSlow = isSlow
        self.calendar = calendar
    }

    /// Each stage of the case once. What lies behind the end of the work (from resolved to closed) is no waiting.
    func counts(_ steps: [ProcessCase.Step]) -> [(UInt32, ProcessCounts<StageCounter>)] {
        var out: [(UInt32, ProcessCounts<StageCounter>)] = []
        var spent: [Int64] = []
        for (i, step) in steps.enumerated() {
            let known = out.firstIndex { $0.0 == step.name }
            let place = known ?? out.count
            if known == nil {
                out.append((step.name, ProcessCounts()))
                spent.append(0)
                out[place].1[.cases] = 1
                out[place].1[.doneCases] = run.endedAt == nil ? 0 : 1
            } else {
                out[place].1[.returns] += 1
                if run.endedAt != nil { out[place].1[.returnedCases] = 1 }
            }
            out[place].1[.visits] += 1
            guard let end = end(of: i, in: steps) else {
                if run.endedAt == nil {
                    out[place].1[.running] += 1
                    out[place].1[.runningSince] += step.at
                }
                continue
            }
            let seconds = end - step.at
            out[place].1[.stays] += 1
            out[place].1[.seconds] += seconds
            out[place].1[.businessMinutes] += calendar.minutes(from: step.at, to: end)
            out[place].1[.logs] += Int64((log1p(Double(seconds) / 60) * 1000).rounded())
            if known != nil { out[place].1[.returnSeconds] += seconds }
            spent[place] += seconds / 60
        }
        guard run.endedAt != nil else { return out }
        for place in out.indices {
            out[place].1[isSlow ? .slowMinutes : .restMinutes] = spent[place]
            out[place].1[isSlow ? .slowSquares : .restSquares] = spent[place] * spent[place]
        }
        return out
    }

    /// When a stay that is over was over; nil for one that goes on, or lies behind the end of the work.
    private func end(of i: Int, in steps: [ProcessCase.Step]) -> Int64? {
        let isLast = i + 1 == steps.count
        guard let ended = run.endedAt else { return isLast ? nil : steps[i + 1].at }
        if steps[i].at >= ended { return nil }
        return isLast ? ended : min(ended, steps[i + 1].at)
    }

    func flows(_ steps: [ProcessCase.Step], withEnds: Bool) -> [(NamePair, FlowCounts)] {
        guard steps.count > 1 else { return [] }
        var out: [(NamePair, FlowCounts)] = []
        if withEnds { out.append((NamePair(0, steps[0].name), FlowCounts(count: 1))) }
        for i in steps.indices.dropFirst() {
            out.append(
                (
                    NamePair(steps[i - 1].name, steps[i].name),
                    FlowCounts(count: 1, seconds: steps[i].at - steps[i - 1].at)
                ))
        }
        if withEnds, run.endedAt != nil {
            out.append((NamePair(steps[steps.count - 1].name, 0), FlowCounts(count: 1)))
        }
        return out
    }
}
