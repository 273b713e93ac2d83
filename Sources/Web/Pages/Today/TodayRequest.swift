import Gains
import Opportunities
import People
import Records
import Signals
import Statistics
import Store
import Turn

extension Routes {
    /// How much of everything Today shows: what fits on a screen or two; the rest is a click away.
    private static let changesShown = 5
    private static let chartsShown = 2
    private static let opportunitiesShown = 3
    private static let goodShown = 3

    static func today(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        var values = TodayValues(
            hasSample: call.site.options.sample != nil,
            mayBringData: call.session?.account.role.may(.bringData) ?? false)
        values.asOf = data.asOf
        guard data.asOf != nil else { return call.html(TodayPage(values: values).page(call.visit)) }
        let signals = try await call.store.signals()
        let worse = signals.filter { $0.direction == .worse && $0.kind != .targetAtRisk && $0.kind != .wear }
            .sorted { ($0.hoursPerMonth?.estimate ?? 0) > ($1.hoursPerMonth?.estimate ?? 0) }
        for (i, signal) in worse.prefix(changesShown).enumerated() {
            let chart = i < chartsShown ? try await data.chart(of: signal, among: signals, call.visit.words) : nil
            values.changed.append((signal, chart))
        }
        let quiet = Set(try await quieted(in: call.store).map(\.measure))
        values.coming = signals.filter {
            $0.kind == .wear || ($0.kind == .targetAtRisk && !quiet.contains($0.measure))
        }
        values.opportunities = Array(
            try await call.store.opportunities().filter { !$0.isGoodNews }.prefix(opportunitiesShown))
        values.good = Array(signals.filter { $0.direction == .better }.prefix(goodShown))
        values.needs = try await Need.all(call, today: data.zone.day(of: call.site.now()), asOf: data.asOf)
        values.mayOpen = reader(call).role.may(.decide)
        values.reported = signals.count
        values.hasTargets = !data.organisation.targets.isEmpty
        if let turn = data.turn {
            values.tested = turn.tested
            values.expectedFalse = turn.expectedFalse
            values.notes = turn.notes
            values.since = turn.window?.first
        }
        return call.html(TodayPage(values: values).page(call.visit))
    }
}
