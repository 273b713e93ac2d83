import Records
import Signals
import Store
import Turn

extension Routes {
    private static func kind(_ plural: String?) -> TicketKind? { TicketKind.allCases.first { $0.plural == plural } }

    static func ticket(_ call: Call) async throws -> Reply {
        guard let kind = kind(try call.value("kind")),
            let record = try await call.store.ticket(kind, number: try call.value("number"))
        else { throw Refusal.notFound }
        let zone = try await Organisation(of: call.store).zone
        var page = TicketPage(record: record, zone: zone)
        if kind == .incident, let id = try await call.store.problem(ofIncident: record.ticket.number),
            let problem = try await call.store.recurringProblem(id)
        {
            page.problem = (id, try await call.store.problemNames()[id] ?? problem.title)
        }
        return call.html(page.page(call.visit))
    }

    static func tickets(_ call: Call) async throws -> Reply {
        guard let kind = kind(call.ask.value("kind") ?? "incidents"), let slice = slice(call.ask.query) else {
            throw Refusal.badAddress
        }
        var period: Period?
        if let from = call.ask.value("from"), let through = call.ask.value("through") {
            guard let first = Day(from), let last = Day(through), first <= last else { throw Refusal.badAddress }
            period = Period(first, through: last)
        }
        let data = try await Facts(call.store)
        let lines = try await lines(call, data, kind, slice, period)
        let page = TicketsPage(
            kind: kind, slice: slice, period: period, lines: lines.shown, after: lines.after, zone: data.zone)
        return call.html(page.page(call.visit))
    }
}
