import Foundation
import Improvements
import Measures
import Records
import Signals
import Statistics

@testable import Gains

/// Made-up histories of improvement work, the same for the same seed.
struct History {
    var random: SplitMix64
    static let start = Day(number: 19_002)  // a Monday

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    static func moment(_ day: Day, hour: Int = 9) -> Moment {
        Moment(seconds: Int64(day.number) * 86_400 + Int64(hour) * 3600)
    }

    mutating func poisson(_ mean: Double) -> Int {
        var product = random.uniform()
        var n = 0
        while product > exp(-mean) {
            product *= random.uniform()
            n += 1
        }
        return n
    }

    /// Suggestions by twelve people, so many a week.
    mutating func suggestions(weeks: Int, rate: (Int) -> Double) -> [Programme.Suggestion] {
        (0..<weeks).flatMap { week in
            (0..<poisson(rate(week))).map { _ in
                Programme.Suggestion(
                    at: Self.moment(Self.start + week * 7 + random.below(7)), by: "p\(random.below(12))")
            }
        }
    }

    /// A programme in which improvements begin, are worked on and end at a steady pace.
    mutating func programme(weeks: Int, rate: (Int) -> Double = { _ in 5 }) throws -> Programme {
        var improvements: [Programme.Numbered] = []
        var busy: [Int] = []
        for week in 0..<weeks {
            for _ in 0..<poisson(0.7) {
                let length = 4 + random.below(8)
                busy.append(week + length)
                improvements.append(
                    .init(
                        id: Int64(improvements.count + 1),
                        try improvement(opened: week, weeks: length, until: weeks)))
            }
        }
        return Programme(
            improvements: improvements, suggestions: suggestions(weeks: weeks, rate: rate),
            today: Self.start + weeks * 7)
    }

    /// Opened, accepted the week after, touched nearly every week, decided at its end.
    mutating func improvement(opened week: Int, weeks length: Int, until last: Int) throws -> Improvement {
        var entries = [
            Entry(
                .opened(title: "T", origin: .suggestion(id: 1)), by: "p\(random.below(12))",
                at: Self.moment(Self.start + week * 7 + random.below(5)))
        ]
        func at(_ w: Int, _ day: Int) -> Moment { Self.moment(Self.start + w * 7 + day, hour: 12) }
        entries.append(Entry(.owned(by: "p\(random.below(6))"), by: "p1", at: at(week, 5)))
        for w in (week + 1)..<(week + length) where w < last {
            let change: Change =
                w == week + 1
                ? .forward(reason: "Sure")
                : .action(
                    Action(
                        id: w, text: "Do", kind: .process, owner: "p2", department: "D\(random.below(4))",
                        due: Self.start + w * 7 + 10, doneOn: Self.start + w * 7 + 8))
            entries.append(Entry(change, by: "p\(random.below(12))", at: at(w, random.below(6))))
        }
        if week + length < last {
            entries.append(Entry(.closed(reason: "Done"), by: "p3", at: at(week + length, random.below(5))))
        }
        return try Improvement(entries)
    }
}

extension Programme {
    /// As it was known on an earlier Monday.
    func known(after weeks: Int) throws -> Programme {
        var earlier = self
        earlier.today = History.start + weeks * 7
        let end = zone.start(of: earlier.today)
        earlier.suggestions = suggestions.filter { $0.at < end }
        earlier.improvements = try improvements.compactMap { numbered in
            let entries = numbered.improvement.entries.filter { $0.at < end }
            return entries.isEmpty ? nil : .init(id: numbered.id, try Improvement(entries))
        }
        return earlier
    }

    var weeklySuggestions: WeeklyCounts {
        let weeks = weeks
        var counts = Array(repeating: 0.0, count: weeks.count)
        for suggestion in suggestions {
            guard let first = weeks.first?.first else { continue }
            let week = (zone.day(of: suggestion.at) - first) / 7
            if week < counts.count { counts[week] += 1 }
        }
        return WeeklyCounts(weeks: weeks, counts: counts, exposures: Array(repeating: 1, count: weeks.count))
    }
}

/// A finding to match with causes.
func signal(
    _ id: String, _ measure: String = "incidents.opened", _ slice: Slice = Slice(.service, "Email"), day: Int = 200,
    change: Double = -0.4, kind: SignalKind = .levelShift, lasting: Int = 60
) throws -> Signal {
    guard let measure = Measure(id: measure) else { throw MeasureMissing() }
    let at = History.start + day
    return Signal(
        id: id, kind: kind, measure: measure, slice: slice, at: at, atEarliest: at - 2, atLatest: at + 2,
        direction: change < 0 ? .better : .worse, before: Estimate(10, low: 9, high: 11),
        after: Estimate(10 * (1 + change), low: 5, high: 7),
        relative: Estimate(change, low: change - 0.1, high: change + 0.1), q: 0.001, hoursPerMonth: nil,
        evidenceCount: 100, evidence: Period(at, through: at + lasting))
}

struct MeasureMissing: Error {}
