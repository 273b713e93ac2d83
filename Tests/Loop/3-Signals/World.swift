import Records
import Statistics

@testable import Signals

/// A small service desk with known truth: what the detectors are tested on.
struct World {
    var days = 140
    var perDay = 12.0
    var seed: UInt64 = 1
    /// How much each week's rate varies, as the standard deviation of its logarithm.
    var weekNoise = 0.0
    /// How many times as many tickets a category has on a day.
    var volume: (_ category: String, _ day: Int) -> Double = { _, _ in 1 }
    /// How many times as long its tickets take.
    var duration: (_ category: String, _ day: Int) -> Double = { _, _ in 1 }
    /// The share of its tickets that meet their agreement.
    var met: (_ category: String, _ day: Int) -> Double? = { _, _ in nil }
    /// Each day of the week's share of the mean.
    var week: (_ weekday: Int, _ day: Int) -> Double = { weekday, _ in [1.3, 1.2, 1.2, 1.1, 1.1, 0.6, 0.5][weekday] }
    /// How much a day's count varies beyond chance: 1 is Poisson.
    var dispersion: (_ day: Int) -> Double = { _ in 1.5 }

    static let first = Day(number: 19_723)  // Monday, 2024-01-01
    static let categories = ["Email": 0.4, "Network": 0.35, "Printing": 0.25]

    /// Ends with the last day: tickets that take longer are still open.
    func tickets(and more: [Ticket] = []) -> TicketTable {
        var g = SplitMix64(seed: seed)
        var names = Names()
        var table = TicketTable()
        let end = (Self.first + days).startInUTC.seconds
        var mood = 1.0
        var number = 0
        for day in 0..<days {
            if day % 7 == 0, weekNoise > 0 { mood = exponential(weekNoise * normal(&g)) }
            let weekday = (Self.first + day).weekday
            for (category, share) in Self.categories.sorted(by: { $0.key < $1.key }) {
                let mean = mood * perDay * share * week(weekday, day) * volume(category, day)
                for _ in 0..<count(mean, dispersion(day), &g) {
                    number += 1
                    let opened = (Self.first + day).startInUTC.seconds + Int64(g.below(36_000)) + 25_200
                    var t = Ticket(number: "INC\(number)", openedAt: Moment(seconds: opened))
                    t.attributes[.category] = names.name(category)
                    t.attributes[.group] = names.name("Group \(g.below(2))")
                    t.attributes[.priority] = names.name("P\(g.below(3))")
                    let hours = 8 * exponential(1.2 * normal(&g)) * duration(category, day)
                    let resolved = opened + Int64(hours * 3600)
                    if resolved < end {
                        t.resolvedAt = Moment(seconds: resolved)
                        t.status = .resolved
                    } else {
                        t.status = .inProgress
                    }
                    if let share = met(category, day) { t.slaMet = g.uniform() < share }
                    table.append(t)
                }
            }
        }
        for ticket in more { table.append(ticket) }
        table.finish(names: names)
        return table
    }

    private func exponential(_ x: Double) -> Double {
        var sum = 1.0
        var term = 1.0
        for k in 1..<60 {
            term *= x / Double(k)
            sum += term
        }
        return sum
    }

    private func normal(_ g: inout SplitMix64) -> Double { Normal.quantile(max(1e-12, g.uniform())) }

    /// A count with this mean and dispersion: chance events in clumps, so that both are exact enough.
    private func count(_ mean: Double, _ φ: Double, _ g: inout SplitMix64) -> Int {
        // A normal variable of the square root, rounded, keeps the mean and variance of counts above a few.
        let sd = (φ * max(0.01, mean)).squareRoot()
        let x = mean + sd * normal(&g)
        if mean >= 4 { return max(0, Int(x.rounded())) }
        var k = 0
        var p = g.uniform()
        let limit = exponential(-mean)
        while p > limit {
            k += 1
            p *= g.uniform()
        }
        return k
    }
}
