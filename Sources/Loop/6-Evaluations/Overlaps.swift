import Improvements
import Measures
import Records

extension Round {
    /// Whether a round of another improvement began so near to this one, on the same measure and tickets that can be the same,
    /// that nobody can tell the two apart: within the days of its review, or in as many weeks before the start.
    ///
    /// One that began earlier is part of the level that this one starts from; how two gains are shared is another question, see
    /// `sharedGains`.
    public func overlaps(_ others: some Sequence<Round>) -> Bool {
        guard let plan = plan?.plan, let measure = plan.objective.measure, let first = live.map(\.on).min(),
            let last = live.map(\.on).max(), Trial.weeks.contains(plan.weeks)
        else { return false }
        let near = Period(first - 7 * plan.weeks, through: last + (7 * plan.weeks - 1))
        return others.contains { other in
            guard let objective = other.plan?.plan.objective, objective.measure == measure else { return false }
            return objective.slice.meets(plan.objective.slice) && other.live.contains { near.contains($0.on) }
        }
    }
}
