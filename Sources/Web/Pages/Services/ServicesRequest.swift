import Measures
import Records
import Signals
import Store
import Turn

extension Routes {
    private static let servicesShown = 25

    static func services(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        return call.html(ServicesPage(values: try await servicesValues(data)).page(call.visit))
    }

    private static func servicesValues(_ data: Facts) async throws -> ServicesValues? {
        guard let kind = data.kind, let period = data.period(kind), let resolve = Measure(kind, .timeToResolve),
            let opened = Measure(kind, .opened)
        else { return nil }
        // The first of these that divides the tickets at all.
        for dimension in [Dimension.service, .category, .group, .location, .priority] {
            let found = try await data.store.values(of: dimension, kind, limit: servicesShown + 1)
            guard try await data.divides(dimension, kind) else { continue }
            let signals = try await data.store.signals()
            var rows: [ServicesValues.Row] = []
            for item in found.prefix(servicesShown) {
                let slice = Slice(dimension, item.value)
                let rollup = try await data.rollup(kind, slice)
                let year = Period(max(period.first, period.last - 363), through: period.last)
                let before = Period(year.first, through: max(year.first, period.last - 28))
                let past =
                    Series(
                        resolve, of: rollup, over: before, step: before.dayCount, asOf: data.asOf ?? period.last
                    ).values.last ?? nil
                let now = data.now(resolve, of: rollup, over: period)?.value
                let target = data.organisation.targets.first { $0.measure == resolve.id && $0.slice == slice }
                rows.append(
                    ServicesValues.Row(
                        name: item.value, slice: slice,
                        volume: data.weeks(opened, of: rollup, over: year).values.map { $0?.value },
                        volumeNow: data.now(opened, of: rollup, over: period)?.value, resolveNow: now,
                        resolvePast: past?.value, finding: signals.first { $0.slice == slice && $0.measure == resolve },
                        volumeFinding: signals.first { $0.slice == slice && $0.measure == opened },
                        target: target.flatMap { target in now.map { (target.value, $0 <= target.value) } }))
            }
            return ServicesValues(
                dimension: dimension, kind: kind, rows: rows, more: max(0, found.count - servicesShown),
                asOf: data.asOf)
        }
        return nil
    }
}
