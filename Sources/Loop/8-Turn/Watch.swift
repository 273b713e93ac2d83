import Foundation
import Measures
import Records
import Statistics
import Store

/// Whether what is new since the last search can wait for the next one.
///
/// A shift or a trend needs weeks to be told from chance, so it is not missed by waiting until half a per cent of the
/// tickets, or a week of days, are new. What cannot wait is a day that no ordinary day explains: each new day of each slice
/// is held against the same weekdays of the twelve weeks before.
struct Watch {
    let store: any Store
    let last: TurnRecord

    /// New or changed tickets, as a share of all, from which on every series is searched anew.
    static let shareMax = 0.005
    static let daysMax = 7
    /// The chance of a false alarm over all slices of one new day. It costs a search, not a false signal: the search decides.
    static let chance = 0.01
    /// Slices with fewer tickets than this have no day that stands out by itself.
    static let ticketsMin = 100
    static let weeks = 12

    init(of store: any Store, since last: TurnRecord) {
        self.store = store
        self.last = last
    }

    func canWait(changes: Int64) async throws -> Bool {
        guard Double(changes - last.changesSeen) <= Self.shareMax * Double(last.tickets) else { return false }
        let organisation = try await Organisation(of: store)
        let from = organisation.zone.day(of: last.asOf)
        for extent in try await store.extents() {
            let through = organisation.zone.day(of: extent.lastKnown)
            if through - from >= Self.daysMax { return false }
            // Within the same day too: it may have grown.
            guard through >= from else { continue }
            let span = Period(from - Self.weeks * 7, through: through)
            var series = [
                try await store.rollup(extent.kind, .everything, over: span, calendar: organisation.calendar)
            ]
            for dimension in Dimension.allCases {
                let frequent = try await store.values(of: dimension, extent.kind, limit: 200)
                guard frequent.contains(where: { $0.count >= Self.ticketsMin }) else { continue }
                let names = Set(frequent.filter { $0.count >= Self.ticketsMin }.map(\.value))
                series += try await store.rollups(extent.kind, by: dimension, over: span)
                    .filter { names.contains($0.key) }.map(\.value)
            }
            let threshold = Self.chance / Double(series.count * (through - from + 1))
            for rollup in series where Self.standsOut(rollup, from: from, through: through, threshold) { return false }
        }
        return true
    }

    /// Whether a new day has more tickets than chance would bring, given the same weekdays before it.
    static func standsOut(_ rollup: Rollup, from: Day, through: Day, _ threshold: Double) -> Bool {
        var day = from
        while day <= through {
            let y = rollup.days[day]?[.opened] ?? 0
            if y >= 5 {
                var before: [Double] = []
                for week in 1...weeks { before.append(Double(rollup.days[day - week * 7]?[.opened] ?? 0)) }
                let mean = before.reduce(0, +) / Double(before.count)
                let spread = before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(before.count - 1)
                // At least twice Poisson: twelve days do not tell the dispersion well.
                let dispersion = max(2, spread / max(mean, 0.5))
                let logChance = logCountTail(atLeast: Double(y), mean: max(mean, 0.5), dispersion: dispersion)
                if logChance < log(threshold) { return true }
            }
            day = day + 1
        }
        return false
    }
}
