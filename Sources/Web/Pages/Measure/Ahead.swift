import Languages
import Measures
import Records
import Statistics

/// What a measure is expected to do next if nothing changes, and how right such forecasts of it have been.
struct Ahead: Sendable {
    /// One a step after the last value.
    var values: [Estimate]
    /// The days of the last step.
    var end: Period
    /// The share of earlier intervals that held what came, and how many could be checked.
    var held: (share: Double, count: Int)?
    /// The chance that the target is passed by the end.
    var passesTarget: Double?

    /// Steps ahead: two months of weeks, or two weeks of days, and never more than a third of what is known.
    static func steps(of days: Int, known: Int) -> Int { min(days == 7 ? 8 : 14, known / 3) }
    /// Fewer values say nothing about what comes next.
    static let valuesMin = 12
    /// Fewer earlier forecasts say nothing about how right they are.
    static let checkedMin = 20

    /// - Returns: Nil when there is too little to go by, or when the last step has no value: then the forecast would begin
    ///   in the past.
    init?(_ series: Series, step: Int, target: Double?) {
        let values = series.values.map { $0?.value ?? .nan }
        let known = values.count { $0.isFinite }
        let horizon = Self.steps(of: step, known: known)
        guard let last = series.steps.last, values.last?.isFinite == true, known >= Self.valuesMin,
            let made = try? forecast(values, horizon: horizon, seasons: step == 7 ? [52] : [7])
        else { return nil }
        // No share is below nothing or above all, no time below nothing.
        let most = series.measure.unit == .share ? 1 : Double.infinity
        let least = series.measure.canBeNegative ? -Double.infinity : 0
        func kept(_ value: Double) -> Double { min(most, max(least, value)) }
        self.values = made.values.map { Estimate(kept($0.estimate), low: kept($0.low), high: kept($0.high)) }
        let days = horizon * step
        end = Period(last.last + (days - step + 1), through: last.last + days)
        let count = made.pastErrors.reduce(0) { $0 + $1.forecasts }
        if count >= Self.checkedMin {
            let inside = made.pastErrors.reduce(0) { $0 + $1.coverage * Double($1.forecasts) }
            held = (inside / Double(count), count)
        }
        guard let target, let now = values.last, series.measure.direction != .neither else { return }
        let isRising = series.measure.direction == .higherIsWorse
        // What is past the target already cannot pass it.
        guard isRising ? now < target : now > target else { return }
        passesTarget = made.crossing(of: target, direction: isRising ? .rising : .falling).bySteps.last
    }

    func html(_ measure: Measure, _ words: Words) -> HTML {
        guard let last = values.last else { return .empty }
        let told = words.text(.ahead(over: end, range: words.value(last, of: measure).range, held: held?.share))
        let risk: HTML? = passesTarget.map { " \(words.text(.passesTarget(chance: $0, by: end.last)))" }
        return "<p class=\"note\">\(told)\(risk)</p>"
    }
}
