import Measures
import Records
import Statistics

/// Between which limits a measure varies by itself, and how often it leaves them when nothing has changed.
///
/// Numbers of tickets have limits of counts and shares have limits of shares, both as wide as the figures really vary (Laney's
/// u′ and p′); times have those of single measurements. Each level has its own.
struct NaturalLimits: Sendable {
    /// One a step.
    var limits: [SeriesChart.Limits?]
    /// Of so many steps without change one lies outside, by chance; nil where that cannot be told. At most `oneInMax`: it is
    /// fewer then.
    var oneIn: Int?

    /// Fewer values of a level move their limits with every new one.
    static let valuesMin = 10
    /// From fewer points than this nothing is said of how often chance leaves the limits.
    static let told = 20
    /// So few points say nothing of what is rarer than this.
    static let oneInMax = 500
    /// Enough for two figures of the number of steps between two false alarms.
    private static let runs = 200

    /// - Parameter starts: The first step of each new level.
    /// - Returns: Nil when the last level has too few values, or nothing ever varies.
    init?(_ series: Series, levels starts: [Int], step: Int) {
        let figures = series.values
        let values = figures.map { $0?.value ?? .nan }
        let last = starts.filter { $0 > 0 && $0 < values.count }.max() ?? 0
        // Only the level that holds now is shown with limits: those of a level that is gone say nothing.
        let present = Array(values[last...])
        guard present.count(where: { $0.isFinite }) >= Self.valuesMin else { return nil }
        let counts = figures[last...].map { Double($0?.count ?? 0) }
        let chart: ControlChart?
        var exposure = [Double](repeating: 1, count: present.count)
        switch series.measure.unit {
        case .ticketsPerDay, .answersPerDay, .suggestionsPerDay:
            if step == 1 { exposure = Self.weekdays(present, first: series.steps[last].first) }
            let days = exposure.map { $0 * Double(step) }
            let tickets = present.map { $0 * Double(step) }
            chart = try? ratesChart(tickets, of: days)
        // A mean of scores is no share of yeses.
        case .share where series.measure.quantity == .satisfaction: chart = try? individualsChart(present)
        case .share:
            let yes = zip(present, counts).map { ($0 * $1).rounded() }
            chart = try? sharesChart(yes, of: counts.map { max(1, $0) })
        case .hours, .tickets, .points, .reading, .handoffsPerTicket: chart = try? individualsChart(present)
        }
        guard let chart, zip(chart.lower, chart.upper).contains(where: { $0 < $1 }) else { return nil }
        let isPositive = present.allSatisfy { !($0 < 0) }
        limits = Array(repeating: nil, count: last)
        for t in present.indices {
            let low = chart.lower[t] * exposure[t]
            limits.append(SeriesChart.Limits(low: isPositive ? max(0, low) : low, high: chart.upper[t] * exposure[t]))
        }
        if chart.scores.count(where: { $0.isFinite }) >= Self.told,
            let rate = falseAlarmRates(chart.scores, rules: [.beyondThree], runs: Self.runs, longest: 4_000)
        {
            let steps = min(Double(Self.oneInMax), rate.together.averageRunLength.estimate)
            // One figure of three: more is not known.
            oneIn = Int(steps < 20 ? steps.rounded() : (steps / 10).rounded() * 10)
        }
    }

    /// How much of an ordinary day's tickets each day brings, by its day of the week; all alike in fewer than four weeks.
    private static func weekdays(_ values: [Double], first: Day) -> [Double] {
        let all = values.filter(\.isFinite)
        guard all.count >= 28, let level = mean(all), level > 0 else {
            return Array(repeating: 1, count: values.count)
        }
        let factors = (0..<7).map { weekday -> Double in
            let own = values.indices.filter { (first + $0).weekday == weekday && values[$0].isFinite }
            // Never nothing: a ticket on a day that has none usually is far out, not impossible.
            return max(0.02, (mean(own.map { values[$0] }) ?? level) / level)
        }
        return values.indices.map { factors[(first + $0).weekday] }
    }
}
