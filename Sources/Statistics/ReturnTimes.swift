import Glibc

/// That something comes back in a rhythm, and when it is due next.
public struct ReturnRhythm: Sendable, Equatable {
    /// Days from one return to the next: in the middle, and between which eight of ten lie.
    public var medianDays: Double
    public var low: Double
    public var high: Double
    /// The chance that returns at any time would look as regular as this.
    public var p: Double
    /// Days on which it came back, the first of each spell.
    public var returns: [Int]
    /// The day it is due next, and the earliest and the latest.
    public var next: Int { (returns.last ?? 0) + Int(medianDays.rounded()) }
    public var nextEarliest: Int { (returns.last ?? 0) + Int(low.rounded(.down)) }
    public var nextLatest: Int { (returns.last ?? 0) + Int(high.rounded(.up)) }
}

/// Tests whether something comes back more regularly than chance would have it.
///
/// Days that lie close together are one spell. By chance the time from the end of a spell until the next, less what makes it
/// one, is exponential; the sum of the squares of these times, as shares of all of it, is small when they are alike (Greenwood, "The statistical study of infectious diseases", 1946); how small it is by chance is
/// drawn, from a fixed seed, or for many gaps taken from its first two moments (Moran, "The random division of an interval",
/// 1947).
/// - Parameters:
///   - days: Whole days, in any order, repeated ones once.
///   - spellDays: Days at most this far from the last one belong to its spell.
/// - Returns: Nil with fewer than four gaps. O(days log days + draws × gaps).
public func returnRhythm(of days: [Int], spellDays: Int = 3) -> ReturnRhythm? {
    let leastGaps = 4
    var returns: [Int] = []
    var quiet: [Double] = []
    var last: Int?
    for day in days.sorted() {
        if let last, day - last > spellDays { quiet.append(Double(day - last - spellDays) - 0.5) }
        if last.map({ day - $0 > spellDays }) ?? true { returns.append(day) }
        last = day
    }
    guard returns.count > leastGaps else { return nil }
    let total = quiet.reduce(0, +)
    let greenwood = quiet.reduce(0) { $0 + ($1 / total) * ($1 / total) }
    let sorted = zip(returns.dropFirst(), returns).map { Double($0 - $1) }.sorted()
    guard let median = quantile(sorted: sorted, 0.5), let low = quantile(sorted: sorted, 0.1),
        let high = quantile(sorted: sorted, 0.9)
    else { return nil }
    return ReturnRhythm(
        medianDays: median, low: low, high: high, p: chance(ofAtMost: greenwood, gaps: quiet.count), returns: returns)
}

/// The chance of a Greenwood statistic this small or smaller when returns come at any time.
private func chance(ofAtMost value: Double, gaps n: Int) -> Double {
    let drawnMax = 60
    if n > drawnMax {
        let count = Double(n)
        let mean = 2 / (count + 1)
        let variance = 4 * (count - 1) / ((count + 1) * (count + 1) * (count + 2) * (count + 3))
        return 0.5 * erfc((mean - value) / variance.squareRoot() / 2.0.squareRoot())
    }
    let draws = 4000
    var generator = SplitMix64(seed: UInt64(n))
    var hits = 0
    for _ in 0..<draws {
        // Shares of exponential times are a random division (Rényi, 1953).
        var sum = 0.0
        var squares = 0.0
        for _ in 0..<n {
            let time = -log(1 - generator.uniform())
            sum += time
            squares += time * time
        }
        if squares / (sum * sum) <= value { hits += 1 }
    }
    return Double(hits + 1) / Double(draws + 1)
}
