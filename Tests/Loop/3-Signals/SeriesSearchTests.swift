import Foundation
import Glibc
import Measures
import Records
import Statistics
import Testing

@testable import Signals

private let first = Day(year: 2024, month: 1, day: 1)!
private let temperature = Measure(id: "readings.temperature")!
private let satisfaction = Measure(id: "surveys.satisfaction")!

/// Days of a level with a week's rhythm and noise of which each day keeps a part of the day before.
private func noise(
    _ days: Int, seed: UInt64, memory: Double = 0, week: Double = 0, level: Double = 70, spread: Double = 2
) -> [Double] {
    var generator = SplitMix64(seed: seed)
    var drift = 0.0
    return (0..<days).map { day in
        let fresh = Normal.quantile(Double.random(in: 1e-9..<1 - 1e-9, using: &generator))
        drift = memory * drift + (1 - memory * memory).squareRoot() * fresh
        return level + spread * drift + ((first + day).weekday > 4 ? -week : week / 2)
    }
}

private func series(_ values: [Double], _ measure: Measure = temperature, device: String = "M1") -> DailySeries {
    DailySeries(
        measure, Slice(.device, device), first: first, values: values,
        counts: values.map { $0.isFinite ? 24 : 0 })
}

@Suite("The search of daily series")
struct SeriesSearchTests {
    @Test("Nothing, one day, all equal, and all missing give nothing")
    func strange() {
        var search = SeriesSearch(lastDay: first)
        search.turn([])
        #expect(search.signals.isEmpty && search.discoveries.turns == 0)
        search.turn([
            series([]), series([1]), series(Array(repeating: 5, count: 200)),
            series(Array(repeating: .nan, count: 200)),
        ])
        #expect(search.signals.isEmpty)
        var empty = Rollup()
        #expect(DailySeries(temperature, of: empty, through: first) == nil)
        for day in 0..<30 { empty.add(ValueTotals(reading: Double(day)), on: first + day) }
        #expect(DailySeries(temperature, of: empty, through: first + 30) == nil, "A month is too little")
    }

    @Test("A step is found with its date, its size and its way; the same step elsewhere is told once")
    func step() throws {
        var values = noise(240, seed: 1, week: 3)
        for t in 150..<240 { values[t] += 6 }
        var search = SeriesSearch(lastDay: first)
        let whole = DailySeries(
            temperature, .everything, first: first, values: values, counts: values.map { _ in 48 })
        search.turn([whole, series(values)], directions: ["readings.temperature": .higherIsWorse])
        let signal = try #require(search.signals.first)
        #expect(search.signals.count == 1)
        #expect(signal.kind == .levelShift && signal.direction == .worse && signal.q < 0.05)
        #expect(abs(signal.at - (first + 150)) <= 3)
        #expect(signal.atEarliest <= first + 150 && first + 150 <= signal.atLatest)
        #expect(abs(signal.after.estimate - signal.before.estimate - 6) < 1.5)
        #expect(signal.evidenceCount > 1000 && signal.hoursPerMonth == nil)
    }

    @Test("Neither way is worse until someone says so; of satisfaction, down is worse")
    func directions() throws {
        var values = noise(200, seed: 3, level: 0.8, spread: 0.02)
        for t in 120..<200 { values[t] -= 0.1 }
        var search = SeriesSearch(lastDay: first)
        search.turn([series(values, satisfaction)])
        #expect(search.signals.first?.direction == .worse)
        // Rare things are added up by weeks to be searched, and told by days.
        var rare = SeriesSearch(lastDay: first)
        let few = (0..<364).map { $0 < 240 ? ($0 % 4 == 0 ? 1.0 : 0) : ($0 % 4 == 0 ? 4.0 : 0) }
        rare.turn([series(few, Measure(id: "suggestions.made")!)])
        #expect(rare.signals.first.map { abs($0.after.estimate - 1) < 0.2 } ?? false, "\(rare.signals)")
        #expect(rare.signals.first?.direction == .better)
        var other = SeriesSearch(lastDay: first)
        other.turn([series(noise(200, seed: 3).enumerated().map { $0.offset < 120 ? $0.element : $0.element + 9 })])
        #expect(other.signals.first?.direction == .neutral)
    }

    @Test("A fall that is slowly made up for is told as a fall, and a climb from where it was as a climb")
    func fallAndClimb() throws {
        var fallen = noise(400, seed: 21, level: 0.73, spread: 0.015)
        for t in 110..<400 { fallen[t] -= 0.1 * (1 - 0.8 * Double(t - 110) / 290) }
        var search = SeriesSearch(lastDay: first)
        search.turn([series(fallen, satisfaction)])
        let fall = try #require(search.signals.first { abs($0.at - (first + 110)) <= 10 }, "\(search.signals)")
        #expect(fall.direction == .worse && fall.after.estimate < fall.before.estimate - 0.02)

        var climbing = noise(400, seed: 22, level: 0.6, spread: 0.015)
        for t in 150..<400 { climbing[t] += 0.15 * Double(t - 150) / 250 }
        var other = SeriesSearch(lastDay: first)
        other.turn([series(climbing, satisfaction)])
        let climb = try #require(other.signals.first, "nothing found")
        #expect(climb.direction == .better && climb.before.estimate < 0.66 && climb.after.estimate > 0.68)
    }

    @Test("A single strange day is found, in the middle and at the end")
    func spike() {
        for day in [100, 199] {
            var values = noise(200, seed: 5, week: 4)
            values[day] += 30
            var search = SeriesSearch(lastDay: first)
            search.turn([series(values)])
            #expect(search.signals.map(\.kind) == [.spike], "\(day)")
            #expect(search.signals.first?.at == first + day)
        }
    }

    @Test("What is found stays found, under its name, when later days no longer show it")
    func stays() throws {
        var values = noise(200, seed: 7)
        for t in 120..<200 { values[t] += 6 }
        var search = SeriesSearch(lastDay: first)
        search.turn([series(values)])
        let made = try #require(search.signals.first)
        search.turn([series(values + noise(60, seed: 8, level: 76))])
        #expect(search.signals.map(\.id) == [made.id] && search.signals[0].evidence.last > made.evidence.last)
        search.turn([series(noise(200, seed: 9))])
        #expect(search.signals.map(\.id) == [made.id])
        let encoded = try JSONEncoder().encode(search)
        #expect(try JSONDecoder().decode(SeriesSearch.self, from: encoded) == search)
    }

    @Test("Quiet series are quiet: of the turns of ten series, at most the promised share finds anything")
    func quiet() {
        var falseTurns = 0
        var turns = 0
        for (i, memory) in [0, 0.3, 0.6].enumerated() {
            for seed in 0..<5 {
                var search = SeriesSearch(lastDay: first)
                search.turn(
                    (0..<10).map {
                        series(
                            noise(200, seed: UInt64(1000 * i + 100 * seed + $0), memory: memory, week: 3),
                            device: "M\($0)")
                    })
                turns += 1
                if !search.signals.isEmpty { falseTurns += 1 }
            }
        }
        // Five per cent of 15 is 0.75; three or more has a chance of 4 %.
        #expect(falseTurns <= 2, "\(falseTurns) of \(turns)")
    }

    @Test("The chance of a change is honest: quiet series reach a chance of 5, 1 and 0.1 % no more often than that")
    func chances() {
        var least: [Double] = []
        var spikes: [Double] = []
        for (i, memory) in [0, 0.3, 0.6].enumerated() {
            for seed in 0..<40 {
                let look = SeriesLook(
                    series(noise(150, seed: UInt64(90_000 + 1000 * i + seed), memory: memory, week: 3)),
                    direction: .neither)
                least.append(look.shifts.map(\.chance).min() ?? 1)
                spikes.append(look.spike?.chance ?? 1)
            }
        }
        let n = Double(least.count)
        for (level, most) in [(0.05, 0.09), (0.01, 0.03), (0.001, 0.012)] {
            let shifts = Double(least.count { $0 <= level }) / n
            let days = Double(spikes.count { $0 <= level }) / n
            #expect(shifts <= most && days <= most, "at \(level): shifts \(shifts), days \(days)")
        }
    }
}

@Suite("The search of daily figures of tickets")
struct TicketSeriesSearchTests {
    /// A day's share of so many tickets, none of them on most Sundays.
    private static func shares(_ days: Int, seed: UInt64, tickets: Double, share: (Int) -> Double) -> DailySeries {
        var generator = SplitMix64(seed: seed)
        var values: [Double] = []
        var counts: [Double] = []
        for day in 0..<days {
            let mean = (first + day).weekday == 7 ? tickets / 20 : tickets
            var count = 0
            var yes = 0
            // Arrivals of a Poisson process through the day.
            var clock = -Glibc.log(1 - generator.uniform()) / mean
            while clock < 1 {
                count += 1
                if generator.uniform() < share(day) { yes += 1 }
                clock += -Glibc.log(1 - generator.uniform()) / mean
            }
            values.append(count > 0 ? Double(yes) / Double(count) : .nan)
            counts.append(Double(count))
        }
        return DailySeries(
            Measure(id: "incidents.workaroundOnly")!, .everything, first: first, values: values, counts: counts)
    }

    /// How many wait at the end of each day, of tickets that take days, a few of them weeks.
    private static func backlog(_ days: Int, seed: UInt64, a mean: Double, spread: Double) -> DailySeries {
        var generator = SplitMix64(seed: seed)
        var waiting = [Double](repeating: 0, count: days + 120)
        var clock = 0.0
        while clock < Double(days + 120) {
            clock += -Glibc.log(1 - generator.uniform()) / mean
            let normal = Normal.quantile(min(1 - 1e-12, max(1e-12, generator.uniform())))
            let end = clock + 2 * Glibc.exp(spread * normal)
            var day = Int(clock.rounded(.up))
            while day < min(waiting.count, Int(end.rounded(.down)) + 1) {
                waiting[day] += 1
                day += 1
            }
        }
        return DailySeries(
            Measure(id: "incidents.backlog")!, .everything, first: first, values: Array(waiting[120...]),
            counts: Array(waiting[120...]))
    }

    private static func least(_ series: DailySeries) -> Double {
        let look = SeriesLook(series, direction: .higherIsWorse)
        #expect(look.spike == nil)
        return look.shifts.map(\.chance).min() ?? 1
    }

    @Test(
        "Shares of few and of many tickets, and piles of work, that do not change reach a chance of 1 % no more often than that"
    )
    func quiet() {
        var chances: [String: [Double]] = [:]
        for seed in 0..<25 as Range<UInt64> {
            chances["few", default: []].append(
                Self.least(Self.shares(250, seed: 700 + seed, tickets: 6) { _ in 0.08 }))
            chances["many", default: []].append(
                Self.least(Self.shares(250, seed: 800 + seed, tickets: 40) { _ in 0.3 }))
            chances["short", default: []].append(Self.least(Self.backlog(250, seed: 900 + seed, a: 20, spread: 0.5)))
            chances["long", default: []].append(Self.least(Self.backlog(250, seed: 950 + seed, a: 20, spread: 1.2)))
        }
        for (name, all) in chances {
            #expect(all.count { $0 <= 0.01 } <= 2, "\(name): \(all.filter { $0 <= 0.05 })")
        }
    }

    @Test("A share that doubles is found with its day")
    func doubles() throws {
        var search = SeriesSearch(lastDay: first)
        search.turn([Self.shares(300, seed: 3, tickets: 30) { $0 < 180 ? 0.15 : 0.3 }])
        let signal = try #require(search.signals.first)
        #expect(signal.kind == .levelShift && signal.direction == .worse)
        #expect(signal.atEarliest <= first + 180 && first + 180 <= signal.atLatest)
        #expect(abs(signal.after.estimate - 0.3) < 0.04)
    }
}
