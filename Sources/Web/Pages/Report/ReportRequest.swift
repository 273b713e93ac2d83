import Improvements
import Languages
import Records
import Signals
import Statistics
import Store

extension Routes {
    private static let changesTold = 5

    /// One month on one page: `?month=2026-11`, the present one unless said.
    static func report(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        let today = data.zone.day(of: call.site.now())
        var first = today.startOfMonth
        if let text = call.ask.value("month") {
            guard let asked = Day(text + "-01") else { throw Refusal.badAddress }
            first = asked
        }
        let month = Period(first, through: (first + 31).startOfMonth - 1)
        func isIn(_ moment: Moment) -> Bool { month.contains(data.zone.day(of: moment)) }
        let all = try await call.store.improvements()
        var values = ReportValues(month: month, today: today, zone: data.zone)
        values.judged = try await judgedRounds(call, of: all).filter { isIn($0.at) }
        for kept in all {
            let one = kept.improvement
            if let opened = one.entries.first, isIn(opened.at) { values.opened.append(kept) }
            for entry in one.entries where isIn(entry.at) {
                if case .live = entry.change, values.live.last?.id != kept.id { values.live.append(kept) }
                if case .closed = entry.change { values.closed.append(kept) }
            }
            if !one.isClosed, first <= today, let opened = one.entries.first?.at,
                data.zone.day(of: opened) <= month.last
            {
                values.open.append(kept)
            }
        }
        let signals = try await call.store.signals().filter { month.contains($0.at) && $0.direction != .neutral }
        func largest(_ tendency: Tendency) -> [Signal] {
            Array(
                signals.filter { $0.direction == tendency }.sorted {
                    ($0.hoursPerMonth?.estimate.magnitude ?? 0) > ($1.hoursPerMonth?.estimate.magnitude ?? 0)
                }.prefix(changesTold))
        }
        values.worse = largest(.worse)
        values.better = largest(.better)
        let suggestions = try await call.store.suggestions(limit: suggestionsRead)
        values.suggestions = suggestions.count { isIn($0.value.madeAt) }
        return call.html(ReportPage(values: values).page(call.visit))
    }
}
