import Glibc

// Tests that come one after another, and a finding made today stays made: each test gets its own level the moment it comes,
// from what was found before. Which rule, depends on what is known about the tests:
//
// - LORD++ and SAFFRON find most, and need tests that are independent of what was found before. Tests of a thousand series
//   of one organisation are not.
// - LOND with reshaped levels holds under any dependence, for p-values. In turns (`TurnDiscoveries`) it is our choice for
//   series: the promise is kept whatever the series share, and many tests at once help each other.
// - e-LOND holds under any dependence too, for e-values: evidence whose mean is at most 1 when there is nothing to find, for
//   example a likelihood ratio. It finds more than reshaped LOND where a good e-value exists; one made from a p-value
//   finds less.

/// How levels are given to tests that come one after another.
public enum OnlineRule: String, Sendable, CaseIterable {
    /// Ramdas, Yang, Wainwright & Jordan (2017), NeurIPS 30. For independent tests.
    case lord
    /// Ramdas, Zrnic, Wainwright & Jordan (2018), ICML 35. For independent tests; better when many have something to show.
    case saffron
    /// Javanmard & Montanari (2018, Annals of Statistics 46:526–554) with the reshaping of Zrnic, Ramdas & Jordan (2021,
    /// JMLR 22(33)). For any dependence.
    case reshapedLond
    /// Xu & Ramdas (2024), AISTATS, e-LOND. For any dependence; takes evidence, and turns a p-value into √p / 2p.
    case evidenceLond
}

/// Decides on tests one by one so that the expected share of false discoveries never exceeds the level.
///
/// Deterministic; memory and the cost of a test grow with the discoveries, not with the tests (LOND: constant).
public struct OnlineDiscoveries: Sendable, Equatable {
    public let rule: OnlineRule
    public let level: Double
    /// Tests decided so far.
    public private(set) var tests = 0
    /// When each discovery was made, counted in tests from 1.
    public private(set) var discoveries: [Int] = []
    /// For SAFFRON: candidates (p ≤ ½) so far, and as of each discovery.
    private var candidates = 0
    private var candidatesThen: [Int] = []
    private var reshaped = 0.0

    public init(_ rule: OnlineRule, level: Double) {
        precondition(level > 0 && level < 1, "A false discovery rate lies between 0 and 1")
        (self.rule, self.level) = (rule, level)
        reshaped = Self.reshaping(1)
    }

    /// Decides on the next test by its p-value.
    /// - Returns: Whether it is a discovery; never taken back. A test without a p-value (not a number) is not counted.
    public mutating func decide(chance p: Double) -> Bool {
        guard !p.isNaN else { return false }
        precondition(p >= 0 && p <= 1, "A p-value lies from 0 to 1")
        if rule == .evidenceLond { return decide(evidence: p > 0 ? 0.5 / p.squareRoot() : .infinity) }
        return settle(p <= nextLevel, isCandidate: p <= 0.5)
    }

    /// Decides on the next test by its e-value, for e-LOND.
    public mutating func decide(evidence e: Double) -> Bool {
        precondition(rule == .evidenceLond, "Evidence is for e-LOND; the other rules take p-values")
        guard !e.isNaN else { return false }
        return settle(e * nextLevel >= 1, isCandidate: false)
    }

    private mutating func settle(_ isDiscovery: Bool, isCandidate: Bool) -> Bool {
        tests += 1
        if isCandidate { candidates += 1 }
        if isDiscovery {
            discoveries.append(tests)
            if rule == .saffron { candidatesThen.append(candidates) }
            if rule == .reshapedLond { reshaped += Self.reshaping(discoveries.count + 1) }
        }
        return isDiscovery
    }

    /// The level of the next test.
    public var nextLevel: Double {
        let t = tests + 1
        switch rule {
        case .lord:
            var sum = level / 2 * Self.slow(t)
            for (j, then) in discoveries.enumerated() { sum += (j == 0 ? level / 2 : level) * Self.slow(t - then) }
            return sum
        case .saffron:
            var sum = level / 2 * Self.power(t - candidates)
            for (j, then) in discoveries.enumerated() {
                sum += (j == 0 ? level / 2 : level) * Self.power(t - then - (candidates - candidatesThen[j]))
            }
            return min(0.5, 0.5 * sum)
        case .reshapedLond: return level * Self.slow(t) * reshaped
        case .evidenceLond: return level * Self.slow(t) * Double(discoveries.count + 1)
        }
    }

    /// Javanmard and Montanari's γ: log t / (t e^√log t), summing to 1.
    private static func slow(_ t: Int) -> Double {
        guard t >= 1 else { return 0 }
        let x = Double(t)
        let log = Glibc.log(x)
        return 0.077_208 * max(log, 0.693_147_180_559_945_3) / (x * Glibc.exp(log.squareRoot()))
    }

    /// t to the power −1.6, summing to 1.
    private static func power(_ t: Int) -> Double {
        t >= 1 ? Glibc.pow(Double(t), -1.6) / 2.285_766 : 0
    }

    /// i ν(i): what the i-th discovery adds to the reshaped count. ν sums to 1: half of it proportional to
    /// 1 / (i log²(i + 1)), for the first discoveries, half to 1 / i up to 100,000, for the many.
    static func reshaping(_ i: Int) -> Double {
        let log = Glibc.log(Double(i + 1))
        return 0.5 / (3.3878 * log * log) + (i <= 100_000 ? 0.5 / 12.090_147 : 0)
    }
}

/// Decides on tests that come many at a time, a turn of the loop after another, so that what was found stays found and the
/// false discovery rate over all turns stays below the level, under any dependence.
///
/// LOND's step (Javanmard & Montanari 2018) over turns, with Benjamini & Yekutieli's step-up inside a turn: of the n tests of
/// turn t the r smallest p-values are discoveries, r as large as it can be with p ≤ level γ(t) β(before + r) / n. A false
/// discovery's expected share of all is then at most level γ(t) / n by the reshaping lemma (Blanchard & Roquain 2008,
/// Electronic J. Statistics 2:963–992, lemma 3.2), because before + r is never more than all discoveries ever; γ sums to 1.
/// Finds far more than deciding one by one, for the same promise.
public struct TurnDiscoveries: Sendable, Equatable, Codable {
    public let level: Double
    public private(set) var turns = 0
    /// Discoveries of all turns so far.
    public private(set) var discoveries = 0
    private var reshaped = 0.0

    public init(level: Double) {
        precondition(level > 0 && level < 1, "A false discovery rate lies between 0 and 1")
        self.level = level
    }

    /// Decides on a turn's tests. O(n log n).
    /// - Parameter chances: p-values; not a number where there was no test.
    public mutating func decide(_ chances: [Double]) -> [Bool] {
        turns += 1
        let order = chances.indices.filter { !chances[$0].isNaN }.sorted { chances[$0] < chances[$1] }
        // t to the power −1.6, summing to 1: the first turn gets four tenths, a turn a year later still its part.
        let share = level * Glibc.pow(Double(turns), -1.6) / 2.285_766 / Double(max(1, order.count))
        var count = reshaped
        var found = 0
        var foundCount = reshaped
        for (rank, i) in order.enumerated() {
            count += OnlineDiscoveries.reshaping(discoveries + rank + 1)
            if chances[i] <= share * count { (found, foundCount) = (rank + 1, count) }
        }
        var out = [Bool](repeating: false, count: chances.count)
        for i in order.prefix(found) { out[i] = true }
        discoveries += found
        reshaped = foundCount
        return out
    }
}
