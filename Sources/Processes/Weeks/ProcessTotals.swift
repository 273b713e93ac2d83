import Records

/// One name followed by another; 0 stands before the first of a case and behind the last of one that is done.
public struct NamePair: Sendable, Hashable, Comparable {
    public var from: UInt32
    public var to: UInt32

    public init(_ from: UInt32, _ to: UInt32) {
        self.from = from
        self.to = to
    }

    public static func < (a: NamePair, b: NamePair) -> Bool { (a.from, a.to) < (b.from, b.to) }
}

/// Whole numbers that are added up: of a stage, or of all cases. They add exactly, in any order.
public struct ProcessCounts<Counter: RawRepresentable>: Sendable, Equatable where Counter.RawValue == Int {
    var values = SIMD16<Int64>.zero

    public init() {}

    public subscript(counter: Counter) -> Int64 {
        get { values[counter.rawValue] }
        set { values[counter.rawValue] = newValue }
    }

    mutating func add(_ other: Self) { values &+= other.values }
}

/// What is counted of one stage: a state, or a group.
public enum StageCounter: Int, Sendable {
    /// How often cases came to it; in how many cases; in how many cases that are done.
    case visits, cases, doneCases
    /// How often cases came back to it; in how many cases that are done; the seconds of such stays.
    case returns, returnedCases, returnSeconds
    /// Stays that are over, before the end of their case: how many, how long by the clock and in business hours, and the
    /// sum of the logarithms of one plus their minutes, in thousandths.
    case stays, seconds, businessMinutes, logs
    /// Stays that go on, and the sum of the moments since when.
    case running, runningSince
    /// Over the slowest quarter of the cases of each week, and over the others: minutes a case spent here, and their squares.
    case slowMinutes, slowSquares, restMinutes, restSquares
}

/// What is counted of all cases together.
public enum CaseCounter: Int, Sendable {
    case cases, done
    /// Cases whose history of states is known.
    case known
    /// Cases done that came back to a state they had been in; done that were handed to another group; how often; and how long
    /// such cases and all others took.
    case returned, handedOver, handoffs, handedSeconds, doneSeconds
    /// Done, by how long they took among those of their week.
    case slowCases, restCases
    /// Cases in ways too rare to be kept one by one.
    case rareWays
    /// Times a case went to a group and straight back.
    case pingPong
}

public struct FlowCounts: Sendable, Equatable {
    public var count: Int64 = 0
    public var seconds: Int64 = 0

    public init(count: Int64 = 0, seconds: Int64 = 0) {
        self.count = count
        self.seconds = seconds
    }

    mutating func add(_ other: FlowCounts) {
        count += other.count
        seconds += other.seconds
    }
}

/// How cases opened in some weeks went: everything that a page, a finding or a comparison needs, and no case.
///
/// Totals of a week are made anew when one of its tickets changes; those of several weeks are added up.
public struct ProcessTotals: Sendable, Equatable {
    public var all = ProcessCounts<CaseCounter>()
    public var stages: [UInt32: ProcessCounts<StageCounter>] = [:]
    public var groups: [UInt32: ProcessCounts<StageCounter>] = [:]
    /// From state to state, and how long the first lasted.
    public var flows: [NamePair: FlowCounts] = [:]
    /// From group to group, and how long the first had held the case.
    public var handoffs: [NamePair: FlowCounts] = [:]
    /// Cases done in which the first of one state came before the first of another.
    public var orders: [NamePair: Int64] = [:]
    /// Ways through the states, of cases that are done; how often, and how long those took.
    public var ways: [[UInt32]: FlowCounts] = [:]

    /// Ways kept of one week and slice; rarer ones are only counted.
    public static let waysMax = 60

    public init() {}

    public var isEmpty: Bool { all[.cases] == 0 }

    public mutating func add(_ other: ProcessTotals) {
        all.add(other.all)
        for (name, counts) in other.stages { stages[name, default: ProcessCounts()].add(counts) }
        for (name, counts) in other.groups { groups[name, default: ProcessCounts()].add(counts) }
        for (pair, counts) in other.flows { flows[pair, default: FlowCounts()].add(counts) }
        for (pair, counts) in other.handoffs { handoffs[pair, default: FlowCounts()].add(counts) }
        for (pair, count) in other.orders { orders[pair, default: 0] += count }
        for (way, counts) in other.ways { ways[way, default: FlowCounts()].add(counts) }
    }

    /// Leaves the most frequent ways.
    mutating func trim() {
        guard ways.count > Self.waysMax else { return }
        let ranked = ways.sorted {
            $0.value.count != $1.value.count
                ? $0.value.count > $1.value.count : $0.key.lexicographicallyPrecedes($1.key)
        }
        for (_, counts) in ranked[Self.waysMax...] { all[.rareWays] += counts.count }
        ways = Dictionary(uniqueKeysWithValues: ranked[..<Self.waysMax].map { ($0.key, $0.value) })
    }

    /// Whether most cases have a history; otherwise their milestones are what is shown.
    public var isHistoryKnown: Bool { 2 * all[.known] >= all[.cases] && all[.known] > 0 }

    /// The stages to show: states where histories are known, otherwise milestones.
    public var shownStages: [UInt32: ProcessCounts<StageCounter>] {
        let wantsMilestones = !isHistoryKnown
        return stages.filter { (Milestone(code: $0.key) != nil) == wantsMilestones }
    }

    public var shownFlows: [NamePair: FlowCounts] {
        let wantsMilestones = !isHistoryKnown
        return flows.filter {
            ($0.key.from == 0 ? Milestone(code: $0.key.to) : Milestone(code: $0.key.from)) != nil
                ? wantsMilestones
                : !wantsMilestones
        }
    }
}

// MARK: Bytes

extension ProcessTotals {
    private static let version: UInt64 = 1

    /// Whole numbers as varints, everything in order of its names: equal totals give equal bytes.
    public var bytes: [UInt8] {
        var out = BlockWriter()
        out.add(Self.version)
        for i in 0..<16 { out.add(signed: all.values[i]) }
        for table in [stages, groups] {
            out.add(UInt64(table.count))
            for (name, counts) in table.sorted(by: { $0.key < $1.key }) {
                out.add(UInt64(name))
                for i in 0..<16 { out.add(signed: counts.values[i]) }
            }
        }
        for table in [flows, handoffs] {
            out.add(UInt64(table.count))
            for (pair, counts) in table.sorted(by: { $0.key < $1.key }) {
                out.add(UInt64(pair.from))
                out.add(UInt64(pair.to))
                out.add(signed: counts.count)
                out.add(signed: counts.seconds)
            }
        }
        out.add(UInt64(orders.count))
        for (pair, count) in orders.sorted(by: { $0.key < $1.key }) {
            out.add(UInt64(pair.from))
            out.add(UInt64(pair.to))
            out.add(signed: count)
        }
        out.add(UInt64(ways.count))
        for (way, counts) in ways.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            out.add(UInt64(way.count))
            for name in way { out.add(UInt64(name)) }
            out.add(signed: counts.count)
            out.add(signed: counts.seconds)
        }
        return out.bytes
    }

    /// - Returns: Nil when the bytes are no totals.
    public init?(_ bytes: [UInt8]) {
        var input = BlockReader(bytes)
        guard input.value() == Self.version else { return nil }
        func count() -> Int? { Int(exactly: input.value()).flatMap { $0 <= bytes.count ? $0 : nil } }
        func name() -> UInt32 { UInt32(truncatingIfNeeded: input.value()) }
        for i in 0..<16 { all.values[i] = input.signed() }
        for table in [\ProcessTotals.stages, \ProcessTotals.groups] {
            guard let n = count() else { return nil }
            for _ in 0..<n {
                let code = name()
                var counts = ProcessCounts<StageCounter>()
                for i in 0..<16 { counts.values[i] = input.signed() }
                self[keyPath: table][code] = counts
            }
        }
        for table in [\ProcessTotals.flows, \ProcessTotals.handoffs] {
            guard let n = count() else { return nil }
            for _ in 0..<n {
                let pair = NamePair(name(), name())
                self[keyPath: table][pair] = FlowCounts(count: input.signed(), seconds: input.signed())
            }
        }
        guard let n = count() else { return nil }
        for _ in 0..<n {
            let pair = NamePair(name(), name())
            orders[pair] = input.signed()
        }
        guard let ways = count() else { return nil }
        for _ in 0..<ways {
            guard let length = count() else { return nil }
            let way = (0..<length).map { _ in name() }
            self.ways[way] = FlowCounts(count: input.signed(), seconds: input.signed())
        }
        if !input.isAtEnd { return nil }
    }
}
