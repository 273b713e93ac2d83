import Improvements
import Records
import Statistics

/// Where the new way is in use, and since when, against the slices that the plan wanted to compare with.
struct Places {
    let first: Day
    /// When the last place began.
    let last: Day
    /// For each control of the plan, the day it began itself; nil for those that never did.
    let starts: [Day?]
    /// Every place is a slice of the plan, at least one has not begun on the first day, and there are enough to compare.
    let isStaggered: Bool
    private let live: [GoLive]

    /// Differences between teams need three of them.
    private static let teamsMin = 3

    /// - Returns: Nil when it is in use nowhere.
    init?(_ live: [GoLive], _ plan: Plan) {
        guard let first = live.map(\.on).min(), let last = live.map(\.on).max() else { return nil }
        (self.first, self.last, self.live) = (first, last, live)
        let matches = live.map { Self.slice($0.place, plan.controls) }
        var starts: [Day?] = Array(repeating: nil, count: plan.controls.count)
        for (place, match) in zip(live, matches) {
            if let match { starts[match] = min(starts[match] ?? place.on, place.on) }
        }
        self.starts = starts
        isStaggered =
            matches.allSatisfy { $0 != nil } && plan.controls.count >= Self.teamsMin
            && starts.contains { $0 != first }
    }

    /// The one slice of the plan that a place names: by its address, or by the value of one of its parts.
    private static func slice(_ place: String, _ slices: [Slice]) -> Int? {
        if place.isEmpty { return nil }
        if let exact = slices.firstIndex(where: { $0.address == place }) { return exact }
        let named = slices.indices.filter { slices[$0].parts.contains { $0.value == place } }
        return named.count == 1 ? named[0] : nil
    }

    /// The places that began on different days and are judged as one; 0 when all began together.
    var togetherCount: Int { first == last || isStaggered ? 0 : live.count }

    /// How the effect comes, as the plan says; a switch that places turn one after another comes by the share of them.
    func shape(_ plan: Plan, _ steps: Steps) -> EffectShape {
        switch plan.shape {
        case .gradual: return .gradual
        // The plan gives no length: half of its weeks, as fixed as the plan itself.
        case .ramp: return .ramp(max(1, plan.weeks * steps.perWeek / 2))
        case .step: return togetherCount == 0 ? .step : .adoption(steps.days.map(share))
        }
    }

    private func share(on day: Day) -> Double {
        if live.contains(where: { $0.place.isEmpty && $0.on <= day }) { return 1 }
        return Double(live.count { $0.on <= day }) / Double(live.count)
    }
}
