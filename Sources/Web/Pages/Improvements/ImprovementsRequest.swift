import Evaluations
import Improvements
import Languages
import Opportunities
import People
import Records
import Signals
import Store
import Turn

extension Routes {
    static func improvements(_ call: Call) async throws -> Reply {
        let zone = try await Facts(call.store).zone
        let values = ImprovementsValues(
            improvements: try await call.store.improvements(), today: zone.day(of: call.site.now()),
            mayOpen: reader(call).role.may(.decide))
        return call.html(ImprovementsPage(values: values).page(call.visit))
    }

    /// Opens an improvement from an opportunity, a signal, a suggestion, a gain that slips, or by hand; what is open from
    /// the same place already is gone to instead, so that nothing is there twice.
    static func open(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let words = call.visit.words
        let all = try await call.store.improvements()
        var origin = Change.Origin.hand
        var title = (form["title"] ?? "").trimmingBlanks
        let story = try await opportunity(ofSignal: form["signal"], call)
        if let id = form["opportunity"] ?? story {
            guard let found = try await call.store.opportunities().first(where: { $0.id == id }) else {
                throw Refusal.notFound
            }
            origin = .opportunity(id: id)
            if title.isEmpty { title = words.title(for: found) }
        } else if let text = form["signal"] {
            guard let signal = try await call.store.signals().first(where: { $0.id == text }) else {
                throw Refusal.notFound
            }
            if title.isEmpty {
                title =
                    signal.subject.map { words.title(forProblem: $0.name) }
                    ?? words.heading(signal.measure, signal.slice).text(in: call.visit.language)
            }
        } else if let number = form["suggestion"].flatMap({ Int64($0) }) {
            guard let found = try await call.store.suggestion(number)?.value else { throw Refusal.notFound }
            origin = .suggestion(id: number)
            if title.isEmpty { title = found.title }
        } else if let number = form["slippage"].flatMap({ Int64($0) }) {
            guard let found = all.first(where: { $0.id.value == number }) else { throw Refusal.notFound }
            origin = .slippage(of: number)
            if title.isEmpty { title = found.improvement.title }
        }
        if origin != .hand,
            let there = all.first(where: { $0.improvement.origin == origin && !$0.improvement.isClosed })
        {
            return .seeOther("/improvements/\(there.id.value)")
        }
        guard !title.isEmpty, title.utf8.count <= ImprovementForm.textMax else {
            let zone = try await Facts(call.store).zone
            var values = ImprovementsValues(
                improvements: all, today: zone.day(of: call.site.now()), mayOpen: true)
            values.problem =
                title.isEmpty
                ? words.told(.fill(words.say(.titleLabel)))
                : words.told(.tooLong(words.say(.titleLabel), most: ImprovementForm.textMax))
            values.typed = title
            return call.html(ImprovementsPage(values: values).page(call.visit), status: 422)
        }
        // What is known of its size, and the rule of approval that holds now. The objective is left to the first step, whose
        // form proposes it: a person says what is to be reached.
        let changes = try await firstChanges(title, from: origin, in: call.store).filter {
            if case .objective = $0 { false } else { true }
        }
        let (name, now) = (reader(call).name, call.site.now())
        let id = try await call.store.open(changes.map { Entry($0, by: name, at: now) })
        return .seeOther("/improvements/\(id.value)")
    }

    /// The story that a signal belongs to.
    private static func opportunity(ofSignal id: String?, _ call: Call) async throws -> String? {
        guard let id else { return nil }
        return try await call.store.opportunities().first { $0.signals.contains { $0.id == id } }?.id
    }
}

extension Improvement {
    var isClosed: Bool { if case .closed = state { true } else { false } }
    var isActive: Bool { state == .active }
}

/// The one button that makes a finding an improvement, or the way to the improvement that it has become.
struct ImprovementDoor {
    /// The name of the field and its value: `opportunity`, `signal`, `suggestion`, `slippage`.
    var field: String
    var value: String
    /// What it is about, for those who listen.
    var about: String
    /// The improvement it has become, under way or ended.
    var open: KeptImprovement?
    var mayOpen: Bool

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        // What has ended may be begun again; what is under way is gone to.
        let known: HTML? = open.map { open in
            let one = open.improvement
            let standing = words.tell(.standing(one.state, round: one.round.number, one.round.step))
            return """
                <p class="facts"><a href="/improvements/\(open.id.value)">\(words.say(.seeItsImprovement))</a> \
                <span>\(standing.html(in: visit.language))</span></p>
                """
        }
        if let open, !open.improvement.isClosed { return known ?? .empty }
        guard mayOpen else { return known ?? .empty }
        return """
            \(known)\
            <form class="door-button" method="post" action="/improvements">\(visit.tokenField)\
            <input type="hidden" name="\(field)" value="\(value)">\
            <button class="quiet" aria-label="\(words.labelled(words.say(.makeImprovement), about))">\
            \(words.say(.makeImprovement))</button></form>
            """
    }
}
