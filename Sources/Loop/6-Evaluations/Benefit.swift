import Measures
import Records
import Statistics

/// What an effect is worth in hours a month; nil where the measure does not allow it.
///
/// The mean hours of a ticket are those of the baseline, no ticket counted beyond its 95 % quantile, so that a few
/// forgotten tickets do not decide. The interval is the effect's: the mean hours are known much better.
/// - Parameter effect: In the measure's unit a step, with the interval the verdict rests on.
func benefit(_ effect: Estimate, _ trial: Trial, _ outcome: DailyOutcome) -> Benefit? {
    let steps = outcome.steps
    switch trial.measured.measure.quantity {
    case .opened:
        var before = DayTotals()
        for day in steps.days where trial.baseline.contains(day) {
            if let totals = trial.source.rollup.days[day] { before.add(totals) }
        }
        guard let hours = cappedMean(before.resolve) else { return nil }
        let fewer = effect.scaled(by: -steps.perMonth)
        // Where more than half of the tickets say so, the time that people spent.
        let isTimed = 2 * before[.workKnown] > before[.opened]
        let work = isTimed ? Double(before[.workMinutes]) / Double(before[.workKnown]) / 60 : nil
        return Benefit(
            kind: .fewerTickets, hoursPerMonth: fewer.scaled(by: hours),
            workHoursPerMonth: work.map { fewer.scaled(by: $0) }, ticketsPerMonth: fewer.estimate)
    case .timeToResolve, .timeToRespond:
        let after = steps.days.filter { $0 >= trial.live.first }
        guard !after.isEmpty else { return nil }
        let opened = after.reduce(0.0) { $0 + Double(trial.source.rollup.days[$1]?[.opened] ?? 0) }
        let tickets = opened / Double(after.count) * steps.perMonth
        return Benefit(
            kind: .shorterTimes, hoursPerMonth: effect.scaled(by: -tickets), workHoursPerMonth: nil,
            ticketsPerMonth: tickets)
    default: return nil
    }
}

/// The mean hours of a sketch, none counted beyond the 95 % quantile; nil when it is empty.
func cappedMean(_ sketch: DurationSketch) -> Double? {
    guard let cap = sketch.quantile(0.95) else { return nil }
    var (total, count) = (CompensatedSum(), 0.0)
    for (bucket, n) in sketch.buckets {
        total.add(min(cap, DurationSketch.hours(bucket: bucket)) * Double(n))
        count += Double(n)
    }
    return count > 0 ? total.value / count : nil
}
