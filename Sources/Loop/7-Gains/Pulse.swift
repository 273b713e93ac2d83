// The pulse: a few short questions a month, and what people say.
//
// Momentum is lost in people before it is lost in figures. So three questions are asked, always the same, and answered from 1
// to 5. What is kept is how many gave which answer, by month and department: not one answer can be tied to a person, or to
// another answer of the same person, not even by whoever owns the database.
//
// Nothing is shown of fewer than five answers, and nothing that could be found by taking one shown figure from another: where
// a single department would be left over, the next one is hidden too (cell suppression: Willenborg & de Waal, Elements of
// Statistical Disclosure Control, 2001, chapter 6).

import Records
import Statistics

/// What is asked. Agreement from 1 (not at all) to 5 (wholly); more is better in each.
public enum PulseQuestion: String, CaseIterable, Sendable, Codable {
    /// I can do my work well without its wearing me down.
    case pace
    /// What we do to improve is worth the effort.
    case worth
    /// When I say that something could be better, something comes of it.
    case heard
}

/// How many gave an answer.
public struct PulseCount: Sendable, Hashable {
    /// The first day of the month.
    public var month: Day
    public var department: String
    public var question: PulseQuestion
    /// 1 to 5.
    public var value: Int
    public var count: Int

    public init(month: Day, department: String, question: PulseQuestion, value: Int, count: Int) {
        self.month = month
        self.department = department
        self.question = question
        self.value = value
        self.count = count
    }
}

/// How a question was answered by all, month by month.
public struct PulseReading: Sendable, Hashable {
    public var question: PulseQuestion
    /// Every month from the first answer to the last, without gaps.
    public var months: [Day]
    /// The mean answer; not a number where fewer than five answered.
    public var means: [Double]
    public var counts: [Int]
    /// The latest month that may be shown, with the 95 % interval of its mean (Student's t); nil before there is one.
    public var now: Estimate?
    public var nowMonth: Day?
    /// The natural limits of the months; nil with fewer than ten months.
    public var limits: (low: Double, high: Double)?
    /// The latest month lies below the limits of those before it: it is not chance.
    public var hasFallen = false

    public static func == (a: PulseReading, b: PulseReading) -> Bool {
        a.question == b.question && a.months == b.months && a.counts == b.counts && a.now == b.now
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(question)
        hasher.combine(months)
    }
}

/// A department's mean of the latest month.
public struct PulsePart: Sendable, Hashable {
    public var department: String
    public var mean: Double
    public var count: Int
}

public enum Pulse {
    /// Fewer answers are not shown.
    public static let answersMin = 5
    /// Months that limits are drawn from, at least.
    public static let monthsMin = 10

    /// Each question over the months.
    public static func readings(_ counts: [PulseCount]) -> [PulseReading] {
        PulseQuestion.allCases.map { reading($0, counts.filter { $0.count > 0 }) }
    }

    private static func reading(_ question: PulseQuestion, _ all: [PulseCount]) -> PulseReading {
        let own = all.filter { $0.question == question }
        var months: [Day] = []
        if var month = own.map(\.month.monthStart).min(), let last = own.map(\.month.monthStart).max() {
            while month <= last {
                months.append(month)
                month = month.nextMonth
            }
        }
        let groups = months.map { month in own.filter { $0.month.monthStart == month } }
        let totals = groups.map { $0.reduce(0) { $0 + $1.count } }
        let means = groups.map { mean(of: $0) ?? .nan }
        var reading = PulseReading(question: question, months: months, means: means, counts: totals)
        guard let latest = means.lastIndex(where: \.isFinite) else { return reading }
        reading.now = estimate(groups[latest])
        reading.nowMonth = months[latest]
        if means.count(where: \.isFinite) >= monthsMin, let chart = try? individualsChart(means),
            let low = chart.lower.first, let high = chart.upper.first
        {
            reading.limits = (max(1, low), min(5, high))
        }
        let before = Array(means[..<latest])
        if before.count(where: \.isFinite) >= monthsMin, let chart = try? individualsChart(before),
            let low = chart.lower.first
        {
            reading.hasFallen = means[latest] < low
        }
        return reading
    }

    private static func mean(of counts: [PulseCount]) -> Double? {
        let n = counts.reduce(0) { $0 + $1.count }
        guard n >= answersMin else { return nil }
        return Double(counts.reduce(0) { $0 + $1.count * $1.value }) / Double(n)
    }

    private static func estimate(_ counts: [PulseCount]) -> Estimate? {
        guard let mean = mean(of: counts) else { return nil }
        let n = Double(counts.reduce(0) { $0 + $1.count })
        let squares = counts.reduce(0) { $0 + Double($1.count) * (Double($1.value) - mean) * (Double($1.value) - mean) }
        let error = (squares / (n - 1) / n).squareRoot()
        let half = StudentT(degrees: n - 1).quantile(tail: 0.025) * error
        return Estimate(mean, low: max(1, mean - half), high: min(5, mean + half))
    }

    /// The departments of a question and month, as far as they may be shown: at least five answers each, and those that are
    /// not shown together either none or at least five.
    public static func parts(_ question: PulseQuestion, _ month: Day, _ counts: [PulseCount]) -> [PulsePart] {
        let own = counts.filter { $0.question == question && $0.month.monthStart == month.monthStart && $0.count > 0 }
        let groups = Dictionary(grouping: own, by: \.department).map { name, list in
            (name: name, list: list, count: list.reduce(0) { $0 + $1.count })
        }
        var shown = groups.filter { $0.count >= answersMin && !$0.name.isEmpty }.sorted {
            ($0.count, $0.name) < ($1.count, $1.name)
        }
        let total = groups.reduce(0) { $0 + $1.count }
        while let smallest = shown.first {
            let hidden = total - shown.reduce(0) { $0 + $1.count }
            if hidden == 0 || hidden >= answersMin { break }
            shown.removeAll { $0.name == smallest.name }
        }
        return shown.compactMap { group in
            mean(of: group.list).map { PulsePart(department: group.name, mean: $0, count: group.count) }
        }.sorted { $0.department < $1.department }
    }

    /// Months in which at least five people answered every question: what was said in others stays unseen.
    public static func openMonths(_ counts: [PulseCount]) -> Set<Day> {
        let months = Set(counts.map(\.month.monthStart))
        return months.filter { month in
            PulseQuestion.allCases.allSatisfy { question in
                counts.filter { $0.month.monthStart == month && $0.question == question }.reduce(0) { $0 + $1.count }
                    >= answersMin
            }
        }
    }
}
