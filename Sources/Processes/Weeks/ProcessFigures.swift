import Glibc
import Records
import Statistics

/// One stage as a page shows it.
public struct StageFigures: Sendable, Equatable {
    public var name: UInt32
    public var visits: Int
    public var cases: Int
    /// Mean hours of a stay that is over, by the clock and in business hours; nil where none is over.
    public var hours: Double?
    public var businessHours: Double?
    /// The share of all waiting that is spent here.
    public var share: Double
    /// The share of the cases done that came back here.
    public var returned: Double
    /// Cases that are here now, and how many hours they have been on average.
    public var running: Int
    public var runningHours: Double?
    /// How many hours longer the slowest quarter of the cases stays here than the others, with its 95 % interval.
    public var delay: Estimate?
    /// What share of the whole difference between slow and other cases that is.
    public var delayShare: Double?
}

extension ProcessTotals {
    /// Hours a stay, over those that are over.
    static func hours(_ counts: ProcessCounts<StageCounter>) -> Double? {
        counts[.stays] > 0 ? Double(counts[.seconds]) / Double(counts[.stays]) / 3600 : nil
    }

    /// The figures of some stages, those where most time goes first.
    /// - Parameter now: The last moment of the data, in seconds.
    public func figures(_ table: [UInt32: ProcessCounts<StageCounter>], now: Int64) -> [StageFigures] {
        let total = table.values.reduce(0.0) { $0 + Double($1[.seconds]) }
        let slow = Double(all[.slowCases])
        let rest = Double(all[.restCases])
        var out = table.map { name, counts -> StageFigures in
            let stays = Double(counts[.stays])
            let running = Double(counts[.running])
            return StageFigures(
                name: name, visits: Int(counts[.visits]), cases: Int(counts[.cases]), hours: Self.hours(counts),
                businessHours: stays > 0 ? Double(counts[.businessMinutes]) / stays / 60 : nil,
                share: total > 0 ? Double(counts[.seconds]) / total : 0,
                returned: all[.done] > 0 ? Double(counts[.returnedCases]) / Double(all[.done]) : 0,
                running: Int(counts[.running]),
                runningHours: running > 0
                    ? max(0, Double(now) - Double(counts[.runningSince]) / running) / 3600 : nil,
                delay: delay(counts, slow: slow, rest: rest))
        }
        let whole = out.reduce(0.0) { $0 + ($1.delay?.estimate ?? 0) }
        for i in out.indices where whole > 0 { out[i].delayShare = out[i].delay.map { $0.estimate / whole } }
        out.sort { ($1.share, $0.name) < ($0.share, $1.name) }
        return out
    }

    /// Fewer cases on either side say nothing about a difference.
    static let sideMin = 10.0

    /// Welch's (1947) interval for the difference of two means, by the normal quantile.
    private func delay(_ counts: ProcessCounts<StageCounter>, slow: Double, rest: Double) -> Estimate? {
        guard slow >= Self.sideMin, rest >= Self.sideMin else { return nil }
        func moments(_ sum: Int64, _ squares: Int64, _ n: Double) -> (mean: Double, error: Double) {
            let mean = Double(sum) / n
            return (mean, max(0, Double(squares) / n - mean * mean) / (n - 1))
        }
        let a = moments(counts[.slowMinutes], counts[.slowSquares], slow)
        let b = moments(counts[.restMinutes], counts[.restSquares], rest)
        let half = 1.96 * (a.error + b.error).squareRoot()
        let difference = a.mean - b.mean
        if difference == 0, half == 0 { return nil }
        return Estimate(difference / 60, low: (difference - half) / 60, high: (difference + half) / 60)
    }
}

/// The way most cases go: what nearly every case does, in the order in which nearly every case does it.
///
/// A step is usual when at least 95 % of the cases that are done had it. Two usual steps are in order when at least 95 % of
/// the cases with both had the one before the other.
public struct UsualWay: Sendable, Equatable {
    public static let share = 0.95
    /// Fewer cases say nothing about what is usual.
    public static let casesMin = 100

    /// In their order.
    public var steps: [UInt32]
    /// For each step, the share of the cases that had it.
    public var shares: [Double]
    /// Pairs of steps whose order is kept, and by which share.
    public var orders: [(pair: NamePair, share: Double)]

    public static func == (a: UsualWay, b: UsualWay) -> Bool {
        a.steps == b.steps && a.shares == b.shares
            && a.orders.elementsEqual(b.orders, by: { $0.pair == $1.pair && $0.share == $1.share })
    }

    /// - Returns: Nil when too few cases are done, or their histories are not known.
    public init?(_ totals: ProcessTotals) {
        let done = Double(totals.all[.done])
        guard totals.isHistoryKnown, totals.all[.done] >= Int64(Self.casesMin) else { return nil }
        let usual = totals.shownStages.filter { Double($0.value[.doneCases]) >= Self.share * done }.map(\.key)
        func before(_ a: UInt32, _ b: UInt32) -> Int64 { totals.orders[NamePair(a, b)] ?? 0 }
        // Each step stands behind as many others as usually come before it.
        steps = usual.sorted { a, b in
            let x = usual.count { $0 != a && before($0, a) > before(a, $0) }
            let y = usual.count { $0 != b && before($0, b) > before(b, $0) }
            return (x, a) < (y, b)
        }
        shares = steps.map { Double(totals.stages[$0]?[.doneCases] ?? 0) / done }
        orders = []
        for (i, a) in steps.enumerated() {
            for b in steps[(i + 1)...] {
                let right = Double(before(a, b))
                let all = right + Double(before(b, a))
                if all > 0, right / all >= Self.share { orders.append((NamePair(a, b), right / all)) }
            }
        }
    }
}

/// A figure that is a sum over a sum, week by week: hours over stays, cases that skipped a step over cases.
public struct WeeklyRatio: Sendable, Equatable {
    public var above: [Double]
    public var below: [Double]

    public init(above: [Double], below: [Double]) {
        precondition(above.count == below.count, "Every week has both sums")
        (self.above, self.below) = (above, below)
    }

    /// The ratio over some weeks with its 95 % interval, from how the weeks scatter about it; Cochran, Sampling Techniques
    /// (3rd ed., 1977), 6.4.
    /// - Returns: Nil when fewer than four weeks have anything.
    public func level(_ weeks: Range<Int>) -> Estimate? {
        let known = weeks.filter { below[$0] > 0 }
        guard known.count >= 4 else { return nil }
        let whole = known.reduce(0) { $0 + below[$1] }
        let ratio = known.reduce(0) { $0 + above[$1] } / whole
        let n = Double(known.count)
        let scatter = known.reduce(0.0) {
            let off = above[$1] - ratio * below[$1]
            return $0 + off * off
        }
        let half = StudentT(degrees: n - 1).quantile(tail: 0.025) * (scatter * n / (n - 1)).squareRoot() / whole
        return Estimate(ratio, low: ratio - half, high: ratio + half)
    }
}

/// What a figure was before something and what it was after it.
public struct BeforeAfter: Sendable, Equatable {
    public var before: Estimate
    public var after: Estimate
    public var difference: Estimate
    /// The chance of a difference as large if nothing had changed; Welch's (1947) test over weeks.
    public var chance: Double

    /// - Returns: Nil when either side has fewer than four weeks.
    public init?(_ ratio: WeeklyRatio, before: Range<Int>, after: Range<Int>) {
        guard let a = ratio.level(before), let b = ratio.level(after) else { return nil }
        func error(_ e: Estimate, _ weeks: Range<Int>) -> (square: Double, degrees: Double) {
            let n = Double(weeks.count { ratio.below[$0] > 0 })
            let half = (e.high - e.low) / 2 / StudentT(degrees: n - 1).quantile(tail: 0.025)
            return (half * half, n - 1)
        }
        let (x, y) = (error(a, before), error(b, after))
        let square = x.square + y.square
        self.before = a
        self.after = b
        let step = b.estimate - a.estimate
        guard square > 0 else {
            difference = Estimate(step, low: step, high: step)
            chance = step == 0 ? 1 : 0
            return
        }
        let degrees = square * square / (x.square * x.square / x.degrees + y.square * y.square / y.degrees)
        let t = StudentT(degrees: max(1, degrees))
        let half = t.quantile(tail: 0.025) * square.squareRoot()
        difference = Estimate(step, low: step - half, high: step + half)
        chance = min(1, 2 * exp(t.logTail(step.magnitude / square.squareRoot())))
    }
}
