import Records
import Statistics

/// How much work a skill's area brings, now and ahead.
public struct SkillDemand: Sendable, Hashable {
    /// Tickets a week: the mean of the last eight known weeks.
    public var now: Double
    /// The mean of the weeks ahead, with the 95 % interval of the last of them.
    public var ahead: Estimate
    public var weeks: Int
    /// People that it takes then; the same as now unless the interval lies wholly above or below today's level.
    public var needed: Int

    public static let weeksAhead = 8
    /// Fewer known weeks foresee nothing worth a plan.
    public static let weeksMin = 26

    /// From tickets a week, oldest first; not a number where nothing is known.
    ///
    /// One person goes on doing as much as now: whoever is needed grows with the work and not faster.
    /// - Returns: Nil with fewer than 26 known weeks, or where no work comes at all.
    public init?(weekly: [Double], needed: Int) {
        guard weekly.count(where: \.isFinite) >= Self.weeksMin else { return nil }
        let last = weekly.suffix(Self.weeksAhead).filter(\.isFinite)
        guard !last.isEmpty, let made = try? forecast(weekly, horizon: Self.weeksAhead, seasons: [52]),
            let end = made.values.last
        else { return nil }
        let level = last.reduce(0, +) / Double(last.count)
        let mean = made.values.reduce(0) { $0 + $1.estimate } / Double(made.values.count)
        guard level > 0, mean.isFinite, end.low.isFinite, end.high.isFinite else { return nil }
        now = level
        ahead = Estimate(mean, low: max(0, min(end.low, mean)), high: max(end.high, mean))
        weeks = Self.weeksAhead
        let isMoving = ahead.low > level || ahead.high < level
        self.needed = isMoving ? max(1, Int((Double(needed) * mean / level - 1e-9).rounded(.up))) : needed
    }
}
