import Measures
import Records
import Statistics

/// How much of the work is putting out fires.
public struct Firefighting: Sendable {
    /// One needle: the last four weeks against the year before.
    public struct Needle: Sendable {
        public var now: Estimate
        public var count: Int
        /// Nil where there is no earlier time to compare with.
        public var before: Estimate?
        public var steps: [Period]
        /// By week; not a number where nothing is known.
        public var values: [Double]
    }

    /// Work that nobody had planned, of all work.
    public var unplanned: Needle?
    /// Incidents closed with a workaround while the cause remains.
    public var workaround: Needle?
    /// Incidents that were opened again.
    public var repeated: Needle?
    /// Hours of work that incidents took in the last four weeks; nil unless most of them say.
    public var hours: Double?

    public init(work: Rollup?, incidents: Rollup, through last: Day) {
        unplanned = work.flatMap { Self.needle($0, .unplannedWork, of: .allWork, through: last) }
        workaround = Self.needle(incidents, .workaround, of: .workaroundKnown, through: last)
        repeated = Self.needle(incidents, .reopened, of: .reopensKnown, through: last)
        let month = incidents.total(Period(last - 27, through: last), withSketches: false)
        if month[.opened] > 0, month[.workKnown] * 2 > month[.opened] {
            hours = Double(month[.workMinutes]) / 60 * Double(month[.opened]) / Double(month[.workKnown])
        }
    }

    private static func needle(
        _ rollup: Rollup, _ part: DayTotals.Counter, of whole: DayTotals.Counter, through last: Day
    ) -> Needle? {
        guard let known = rollup.period else { return nil }
        func totals(_ period: Period) -> (Int, Int) {
            let total = rollup.total(period, withSketches: false)
            return (Int(total[part]), Int(total[whole]))
        }
        let (nowPart, nowAll) = totals(Period(last - 27, through: last))
        guard let now = shareEstimate(nowPart, of: nowAll) else { return nil }
        var before: Estimate?
        if known.first < last - 27 {
            let (part, all) = totals(Period(max(known.first, last - 391), through: last - 28))
            before = shareEstimate(part, of: all)
        }
        let weeks = min(52, (last - known.first + 1) / 7)
        let steps = (0..<weeks).reversed().map { Period(last - $0 * 7 - 6, through: last - $0 * 7) }
        let values = steps.map { step -> Double in
            let (part, all) = totals(step)
            return all > 0 ? Double(part) / Double(all) : .nan
        }
        return Needle(now: now, count: nowAll, before: before, steps: steps, values: values)
    }
}
