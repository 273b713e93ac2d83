import Evaluations
import Gains
import Improvements
import Measures
import Opportunities
import People
import Records
import Signals
import Store
import Turn

extension Routes {
    static let ticketsShown = 50

    static func register(_ call: Call) async throws -> Reply {
        let all = try await call.store.opportunities()
        let improvements = try await call.store.improvements()
        let values = RegisterValues(
            opportunities: all.filter { !$0.isGoodNews }, good: all.filter(\.isGoodNews), improvements: improvements,
            held: try await heldGains(call, improvements), mayOpen: reader(call).role.may(.decide),
            mayBring: call.may(.bringData))
        return call.html(RegisterPage(values: values).page(call.visit))
    }

    /// How long the gains here have held, by watches that Today or Wins have worked out already; nil as long as one has not
    /// been, so that this page never waits for the data. Those that cannot be watched yet are left out.
    static func heldGains(_ call: Call, _ improvements: [KeptImprovement]) async throws -> HeldGains? {
        var gains: [(days: Int, hasSlipped: Bool)] = []
        for round in improvements.flatMap(\.improvement.rounds) where round.judgement?.verdict == .worked {
            guard let live = round.live.map(\.on).max() else { continue }
            guard let kept = try await call.site.evaluations.keptWatch(of: round, in: call.store) else { return nil }
            guard case .success(let watch) = kept else { continue }
            gains.append((max(0, (watch.slippedOn ?? watch.through) - live), watch.slippedOn != nil))
        }
        return HeldGains(gains)
    }

    static func opportunity(_ call: Call) async throws -> Reply {
        let id = try call.value("id")
        guard let opportunity = try await call.store.opportunities().first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        let data = try await Facts(call.store)
        let lead = opportunity.lead
        guard let kind = lead.measure.kind else { throw Refusal.notFound }
        // Its incidents, its rhythm and what people can do with it are on the problem's own page.
        if lead.kind == .recurrence { return .seeOther(Link.finding(lead)) }
        let lines = try await lines(call, data, kind, lead.slice, lead.evidence)
        let values = OpportunityValues(
            opportunity: opportunity,
            chart: try await data.chart(of: lead, among: try await call.store.signals(), call.visit.words),
            tickets: lines.shown, after: lines.after, zone: data.zone,
            improvement: try await call.store.improvements().last {
                $0.improvement.origin == .opportunity(id: id)
            }, mayOpen: reader(call).role.may(.decide))
        return call.html(OpportunityPage(values: values).page(call.visit))
    }

    /// One page of tickets, and after which the next begins.
    static func lines(_ call: Call, _ data: Facts, _ kind: TicketKind, _ slice: Slice, _ period: Period?) async throws
        -> (shown: [TicketLine], after: ID<Ticket>?)
    {
        var after: ID<Ticket>?
        if let text = call.ask.value("after") {
            guard let value = Int64(text) else { throw Refusal.badAddress }
            after = ID(value)
        }
        let opened =
            period.map { data.zone.start(of: $0.first)..<data.zone.start(of: $0.last + 1) }
            ?? Moment(microseconds: .min)..<Moment(microseconds: .max)
        let found = try await call.store.tickets(kind, slice, opened: opened, after: after, limit: ticketsShown + 1)
        let shown = Array(found.prefix(ticketsShown))
        return (shown, found.count > ticketsShown ? shown.last?.id : nil)
    }
}
