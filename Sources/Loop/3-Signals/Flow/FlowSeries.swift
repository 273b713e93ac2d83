import Glibc
import Measures
import Processes
import Records
import Statistics

/// How the tickets of one kind and slice flowed, week by week of their opening, without a gap.
public struct FlowHistory: Sendable {
    public var kind: TicketKind
    public var slice: Slice
    /// The Monday of the first week, by UTC.
    public var first: Day
    public var weeks: [ProcessTotals]

    public init(kind: TicketKind, slice: Slice, first: Day, weeks: [ProcessTotals]) {
        (self.kind, self.slice, self.first, self.weeks) = (kind, slice, first, weeks)
    }

    /// - Parameter totals: By the Monday of their week; weeks without tickets need not be there.
    public init?(kind: TicketKind, slice: Slice, totals: [Day: ProcessTotals], through last: Day? = nil) {
        guard let first = totals.keys.min(), let end = last ?? totals.keys.max(), first <= end else { return nil }
        let weeks = stride(from: 0, through: end - first, by: 7).map { totals[first + $0] ?? ProcessTotals() }
        self.init(kind: kind, slice: slice, first: first, weeks: weeks)
    }

    /// Of the tickets of a week, nine of ten must be done before the week says how they went.
    public static let settledShare = 0.9

    /// The weeks up to the last one that is settled.
    public var settled: Range<Int> {
        let last = weeks.lastIndex {
            $0.all[.cases] > 0 && Double($0.all[.done]) >= Self.settledShare * Double($0.all[.cases])
        }
        let first = weeks.firstIndex { $0.all[.cases] > 0 } ?? 0
        return first..<max(first, (last ?? -1) + 1)
    }

    public func total(_ range: Range<Int>) -> ProcessTotals {
        var out = ProcessTotals()
        for week in weeks[range] { out.add(week) }
        return out
    }

    public func days(_ range: Range<Int>) -> Period {
        Period(first + 7 * range.lowerBound, through: first + (7 * max(range.count, 1) + 7 * range.lowerBound - 1))
    }
}

extension FlowHistory {
    /// A figure of the flow, week by week, as sums that can be divided over any weeks.
    public func ratio(_ quantity: Quantity, of step: FlowStep, code: (String) -> UInt32?) -> WeeklyRatio? {
        func series(_ above: (ProcessTotals) -> Int64, over below: (ProcessTotals) -> Int64, _ unit: Double = 1)
            -> WeeklyRatio
        {
            WeeklyRatio(above: weeks.map { Double(above($0)) / unit }, below: weeks.map { Double(below($0)) })
        }
        switch (quantity, step) {
        case (.waiting, .state(let name)):
            guard let code = code(name) else { return nil }
            return series({ $0.stages[code]?[.seconds] ?? 0 }, over: { $0.stages[code]?[.stays] ?? 0 }, 3600)
        case (.waiting, .group(let name)):
            guard let code = code(name) else { return nil }
            return series({ $0.groups[code]?[.seconds] ?? 0 }, over: { $0.groups[code]?[.stays] ?? 0 }, 3600)
        case (.cameBack, .whole): return series({ $0.all[.returned] }, over: { $0.all[.done] })
        case (.cameBack, .state(let name)):
            guard let code = code(name) else { return nil }
            return series({ $0.stages[code]?[.returnedCases] ?? 0 }, over: { $0.all[.done] })
        case (.handoffs, .whole): return series({ $0.all[.handoffs] }, over: { $0.all[.done] })
        case (.skipped, .state(let name)):
            guard let code = code(name) else { return nil }
            return series({ $0.all[.done] - ($0.stages[code]?[.doneCases] ?? 0) }, over: { $0.all[.done] })
        case (.skipped, .order(let first, let then)):
            guard let a = code(first), let b = code(then) else { return nil }
            return series(
                { $0.orders[NamePair(b, a)] ?? 0 },
                over: { ($0.orders[NamePair(a, b)] ?? 0) + ($0.orders[NamePair(b, a)] ?? 0) })
        default: return nil
        }
    }

    /// The same on the scale on which a change is looked for: of waiting, the logarithm, for a few long stays are no change.
    func judged(_ quantity: Quantity, of step: FlowStep, code: (String) -> UInt32?) -> WeeklyRatio? {
        guard quantity == .waiting else { return ratio(quantity, of: step, code: code) }
        func logs(_ table: KeyPath<ProcessTotals, [UInt32: ProcessCounts<StageCounter>]>, _ code: UInt32)
            -> WeeklyRatio
        {
            WeeklyRatio(
                above: weeks.map { Double($0[keyPath: table][code]?[.logs] ?? 0) / 1000 },
                below: weeks.map { Double($0[keyPath: table][code]?[.stays] ?? 0) })
        }
        switch step {
        case .state(let name): return code(name).map { logs(\.stages, $0) }
        case .group(let name): return code(name).map { logs(\.groups, $0) }
        default: return nil
        }
    }
}

/// One place at which a weekly figure may have changed.
struct FlowChange: Equatable {
    /// The first week of the new level, and the range of weeks that holds it with 95 %.
    var week: Int
    var from: Int
    var through: Int
    /// The stretches before and after, up to the neighbouring changes.
    var before: Range<Int>
    var after: Range<Int>
    /// The chance that a series without any change shows one as strong anywhere.
    var chance: Double
    /// How far the two means lie apart, in their standard error: what two findings are compared by.
    var strength = 0.0
}

/// Where a weekly figure changed its level.
///
/// Each way to split the weeks in two is a weighted comparison of two means, a week weighing as much as it has cases, never more
/// than twice what a usual week has; thin weeks are not heard. The strongest split counts, its chance multiplied by the number of splits (Bonferroni), the scatter
/// widened by how much a week resembles the one before it, and never smaller than chance alone makes it; then each side is
/// looked at in the same way. Whole weeks in random order must not do as well (`Gate`). O(weeks) a stretch, and the orders.
struct FlowChanges {
    /// Fewer weeks on a side are a spell, not a level.
    static let sideMin = 6
    /// A week of fewer cases has no mean worth the name.
    static let casesMin = 5.0
    /// No more changes than this are told of one series.
    static let changesMax = 3
    /// Only these are worth comparing with orders of the weeks; the budget asks for far less.
    static let worthwhile = 0.01

    private let values: [Double]
    private let weights: [Double]
    private let isShare: Bool
    private let gate: Gate
    private let salt: UInt64

    init(_ ratio: WeeklyRatio, within weeks: Range<Int>, isShare: Bool, gate: Gate, salt: UInt64) {
        self.isShare = isShare
        self.gate = gate
        self.salt = salt
        // The size of week that half of all cases lie in or above: weeks far below it are not heard.
        let sizes = weeks.map { ratio.below[$0] }.sorted(by: >)
        var left = sizes.reduce(0, +) / 2
        let usual = sizes.first { size in
            left -= size
            return left <= 0
        }
        let cap = 2 * (usual ?? 0)
        let least = max(Self.casesMin, 0.05 * cap)
        values = ratio.above.indices.map { ratio.below[$0] > 0 ? ratio.above[$0] / ratio.below[$0] : 0 }
        weights = ratio.below.indices.map {
            weeks.contains($0) && ratio.below[$0] >= least ? min(ratio.below[$0], cap) : 0
        }
        self.weeks = weeks
    }

    private let weeks: Range<Int>

    /// In order of time.
    func found() -> [FlowChange] {
        var splits: [Int: (chance: Double, strength: Double, from: Int, through: Int)] = [:]
        search(weeks, &splits)
        let places = splits.keys.sorted()
        return places.enumerated().compactMap { i, week in
            guard let split = splits[week] else { return nil }
            let first = i == 0 ? weeks.lowerBound : places[i - 1]
            let last = i + 1 < places.count ? places[i + 1] : weeks.upperBound
            return FlowChange(
                week: week, from: split.from, through: split.through, before: first..<week, after: week..<last,
                chance: split.chance, strength: split.strength)
        }
    }

    private func search(
        _ range: Range<Int>, _ splits: inout [Int: (chance: Double, strength: Double, from: Int, through: Int)]
    ) {
        guard splits.count < Self.changesMax, range.count >= 2 * Self.sideMin,
            let best = strongest(range, order: Array(range))
        else { return }
        let tests = Double(range.count - 2 * Self.sideMin + 1)
        let n = Double(range.count { weights[$0] > 0 })
        var chance = min(1, tests * 2 * exp(StudentT(degrees: max(2, n - 2)).logTail(best.t)))
        guard chance <= Self.worthwhile, passes(range) else { return }
        // Means of long-tailed stays in thin weeks are no normal means: what orders of the same weeks do counts too.
        chance = max(chance, chanceAmongOrders(range, best.t), leastChance(range, best.week))
        guard chance <= Self.worthwhile else { return }
        splits[best.week] = (chance, best.t, best.from, best.through)
        search(range.lowerBound..<best.week, &splits)
        search(best.week..<range.upperBound, &splits)
    }

    /// The chance that the weeks in another order split as well: beyond the tenth largest in a hundred the squares of what
    /// they reach are taken as exponential (Boos 1984, Technometrics 26:33–39), with the mean raised by two of its standard
    /// errors, for it is itself an estimate.
    private func chanceAmongOrders(_ range: Range<Int>, _ t: Double) -> Double {
        var generator = SplitMix64(seed: mixed(gate.seed ^ mixed(salt &+ UInt64(range.upperBound))))
        var order = Array(range)
        var squares: [Double] = []
        squares.reserveCapacity(gate.permutations)
        for _ in 0..<gate.permutations {
            generator.shuffle(&order)
            let other = strongest(range, order: order)?.t ?? 0
            squares.append(other * other)
        }
        squares.sort(by: >)
        let k = max(10, squares.count / 10)
        guard squares.count > k, t * t > squares[k] else { return 1 }
        let mean = squares[..<k].reduce(0) { $0 + $1 - squares[k] } / Double(k)
        let careful = mean * (1 + 2 / Double(k).squareRoot())
        return Double(k) / Double(squares.count) * exp(-(t * t - squares[k]) / max(careful, .leastNonzeroMagnitude))
    }

    /// The least chance that so many weeks can give: of all ways to choose those before the change, each split in the order of
    /// time is one, forwards and backwards.
    private func leastChance(_ range: Range<Int>, _ week: Int) -> Double {
        let before = Double((range.lowerBound..<week).count { weights[$0] > 0 })
        let after = Double((week..<range.upperBound).count { weights[$0] > 0 })
        let splits = 2 * max(1, before + after - 2 * Double(Self.sideMin) + 1)
        return min(1, splits * exp(lgamma(before + 1) + lgamma(after + 1) - lgamma(before + after + 1)))
    }

    /// Whether whole weeks in another order hardly ever split as well.
    private func passes(_ range: Range<Int>) -> Bool {
        gate.passes(days: 7 * range.count, salt: salt &+ UInt64(range.lowerBound)) { days in
            let order = stride(from: 0, to: days.count, by: 7).map { range.lowerBound + days[$0] / 7 }
            return strongest(range, order: order)?.t ?? 0
        }
    }

    /// The strongest split of some weeks, taken in an order.
    private func strongest(_ range: Range<Int>, order: [Int]) -> (week: Int, t: Double, from: Int, through: Int)? {
        let n = order.count
        var sums = [(w: 0.0, x: 0.0, xx: 0.0)]
        sums.reserveCapacity(n + 1)
        for k in order {
            let last = sums[sums.count - 1]
            let (w, x) = (weights[k], values[k])
            sums.append((last.w + w, last.x + w * x, last.xx + w * x * x))
        }
        let all = sums[n]
        guard all.w > 0 else { return nil }
        let mean = all.x / all.w
        let known = Double(order.count { weights[$0] > 0 })
        guard known > 4 else { return nil }
        // Tickets that fall on either side by chance alone scatter at least as much.
        let floor = isShare ? max(0, mean * (1 - mean)) : 0
        var best: (split: Int, t: Double, gain: Double)?
        var gains = [Double](repeating: 0, count: n + 1)
        var heard = 0
        for split in 1...(n - Self.sideMin) {
            heard += weights[order[split - 1]] > 0 ? 1 : 0
            guard heard >= Self.sideMin, Int(known) - heard >= Self.sideMin else { continue }
            let left = sums[split]
            let right = (w: all.w - left.w, x: all.x - left.x)
            guard left.w > 0, right.w > 0 else { continue }
            let step = right.x / right.w - left.x / left.w
            let between = step * step * left.w * right.w / all.w
            let within = max(0, all.xx - all.x * all.x / all.w - between)
            let variance = max(within / (known - 2), floor)
            guard variance > 0 else { continue }
            gains[split] = between / variance
            if gains[split] > (best?.gain ?? 0) { best = (split, gains[split].squareRoot(), gains[split]) }
        }
        guard let best else { return nil }
        let widened = (1 - memory(order, split: best.split, sums)) / (1 + memory(order, split: best.split, sums))
        // Splits whose gain is within the quantile of chi-square with one degree of freedom.
        let near = gains.indices.filter { gains[$0] > 0 && gains[$0] >= best.gain - 3.84 / max(widened, 0.05) }
        return (
            range.lowerBound + best.split, best.t * widened.squareRoot(),
            range.lowerBound + (near.first ?? best.split), range.lowerBound + (near.last ?? best.split)
        )
    }

    /// How much a week resembles the one before it, about the two levels; never less than nothing.
    private func memory(_ order: [Int], split: Int, _ sums: [(w: Double, x: Double, xx: Double)]) -> Double {
        let (left, all) = (sums[split], sums[sums.count - 1])
        let levels = (left.x / left.w, (all.x - left.x) / (all.w - left.w))
        var (product, square, last) = (0.0, 0.0, 0.0)
        for (i, k) in order.enumerated() {
            let off = weights[k] > 0 ? (values[k] - (i < split ? levels.0 : levels.1)) * weights[k].squareRoot() : 0
            product += off * last
            square += off * off
            last = off
        }
        return square > 0 ? min(0.9, max(0, product / square)) : 0
    }
}
