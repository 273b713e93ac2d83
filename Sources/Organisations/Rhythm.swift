import Glibc
import Records
import Statistics

func logarithm(_ x: Double) -> Double { Glibc.log(x) }

/// How the days of an organisation differ by themselves: the week, the year, holidays, growth, and spells that come and go.
struct Rhythm: Sendable {
    /// Factors from Monday to Sunday.
    var week: [Double]
    /// How much the busiest season stands out, and on which day of the year.
    var season = 0.12
    var peak = 340
    /// Growth a year, as a share.
    var growth = 0.05
    var holidays: Set<Day> = []
    /// The factor on a holiday.
    var holiday = 0.3
    /// Spells: how strong, and how much of one day is left the next.
    var spell = 0.10
    var memory = 0.5

    /// The expected level of a day, 1 on an ordinary day in the beginning.
    func level(_ day: Day, since first: Day) -> Double {
        let year = 2 * Double.pi * Double(day - first - peak) / 365.25
        let grown = Glibc.pow(1 + growth, Double(day - first) / 365.25)
        return week[day.weekday] * (1 + season * Glibc.cos(year)) * grown
            * (holidays.contains(day) ? holiday : 1)
    }

    /// Logarithms of what comes by itself, one a day: an autoregression of order 1 with deviation `spell`.
    func spells(_ days: Int, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        var value = spell * random.normal()
        let fresh = spell * (1 - memory * memory).squareRoot()
        return (0..<days).map { _ in
            defer { value = memory * value + fresh * random.normal() }
            return value
        }
    }
}

extension SplitMix64 {
    /// From the normal distribution with mean 0 and deviation 1.
    mutating func normal() -> Double { Normal.quantile(min(1 - 1e-12, max(1e-12, uniform()))) }

    /// From the Poisson distribution; O(mean), so for small means.
    mutating func poisson(_ mean: Double) -> Int {
        var (count, left) = (0, mean)
        while count < 10_000 {
            left += Glibc.log(max(1e-300, uniform()))
            if left < 0 { return count }
            count += 1
        }
        return count
    }

    /// The place of one of some weights, in proportion to them.
    mutating func choice(_ weights: [Double]) -> Int {
        var left = uniform() * weights.reduce(0, +)
        for (i, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return i }
        }
        return max(0, weights.count - 1)
    }
}

extension Day {
    /// A day of the calendar that surely exists.
    init(known text: String) {
        guard let day = Day(text) else { preconditionFailure("\(text) is a day of the calendar") }
        self = day
    }
}

/// Days off of 2024 and 2025, where the sample organisations are.
enum DaysOff {
    static let denmark = days(
        """
        2024-01-01 2024-03-28 2024-03-29 2024-04-01 2024-05-09 2024-05-20 2024-12-24 2024-12-25 2024-12-26 2024-12-31
        2025-01-01 2025-04-17 2025-04-18 2025-04-21 2025-05-29 2025-06-09 2025-12-24 2025-12-25 2025-12-26 2025-12-31
        """)
    static let china = days(
        """
        2024-01-01 2024-02-10 2024-02-11 2024-02-12 2024-02-13 2024-02-14 2024-02-15 2024-02-16 2024-02-17 2024-04-04
        2024-05-01 2024-05-02 2024-05-03 2024-06-10 2024-09-17 2024-10-01 2024-10-02 2024-10-03 2024-10-04 2024-10-07
        2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02
        2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08
        """)

    private static func days(_ text: String) -> Set<Day> {
        Set(text.split(whereSeparator: \.isWhitespace).map { Day(known: String($0)) })
    }
}
