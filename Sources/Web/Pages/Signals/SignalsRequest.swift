import Improvements
import Languages
import Measures
import Opportunities
import People
import Records
import Signals
import Store
import Turn

extension Routes {
    static func signals(_ call: Call) async throws -> Reply {
        let all = try await call.store.signals()
        let turn = try await call.store.latestTurn()
        func chosen<T>(_ name: String, _ make: (String) -> T?) throws -> T? {
            guard let text = call.ask.value(name), !text.isEmpty else { return nil }
            guard let value = make(text) else { throw Refusal.badAddress }
            return value
        }
        let kind = try chosen("kind") { SignalKind(rawValue: $0) }
        let measure = try chosen("measure") { Measure(id: $0) }
        var values = SignalsValues(
            signals: all.filter { (kind == nil || $0.kind == kind) && (measure == nil || $0.measure == measure) },
            tested: turn?.tested ?? 0, reported: all.count, expectedFalse: turn?.expectedFalse ?? 0,
            window: turn?.window, notes: turn?.notes ?? [], kind: kind, measure: measure,
            kinds: SignalKind.allCases.filter { kind in all.contains { $0.kind == kind } },
            measures: Measure.catalogue.filter { measure in all.contains { $0.measure == measure } }
                + Set(all.map(\.measure).filter { $0.reading != nil }).sorted { $0.id < $1.id })
        values.quieted = try await quieted(in: call.store)
        values.mayUndo = call.may(.decide)
        let improvements = try await call.store.improvements()
        let opportunities = try await call.store.opportunities()
        for signal in values.signals where signal.direction == .worse {
            let story = opportunities.first { $0.signals.contains { $0.id == signal.id } }
            values.doors[signal.id] = ImprovementDoor(
                field: "signal", value: signal.id,
                about: signal.subject?.name
                    ?? call.visit.words.heading(signal.measure, signal.slice).text(in: call.visit.language),
                open: improvements.last { $0.improvement.origin == story.map { .opportunity(id: $0.id) } },
                mayOpen: reader(call).role.may(.decide))
        }
        return call.html(SignalsPage(values: values).page(call.visit))
    }
}
