import Evaluations
import Gains
import Improvements
import Languages
import Measures
import People
import Records
import Signals
import Statistics
import Store
import Turn

extension Routes {
    /// Momentum and policies.
    static let programme: [Route] = [
        Route("GET", "/momentum", .read, "Momentum", answer: { try await momentumPage($0) }),
        Route("POST", "/momentum/responses", .contribute, "Answer a sign", answer: { try await keepResponse($0) }),
        Route("POST", "/momentum/explanations", .decide, "Explain a move", answer: { try await keepExplanation($0) }),
        Route("GET", "/policies", .read, "Policies", answer: { try await policiesPage($0) }),
        Route("POST", "/policies", .govern, "Add a policy", answer: { try await addPolicy($0) }),
        Route("POST", "/policies/check", .decide, "Check all policies", answer: { try await checkNow($0) }),
        Route("GET", "/policies/{id}", .read, "A policy", answer: { try await policyPage($0) }),
        Route("POST", "/policies/{id}/retire", .govern, "Retire a policy", answer: { try await retirePolicy($0) }),
    ]

    /// The same for programs.
    static let programmeFindings: [Route] = [
        api("GET", "/momentum", .read, "How the improvement work is going", Endpoint(gives: .map(.anything))) {
            try await apiMomentum($0)
        },
        api(
            "GET", "/policies", .read, "How policies are kept",
            Endpoint(gives: .of(.must("policies", .list(.map(.anything)))))
        ) { try await apiPolicies($0) },
    ]

    private static func momentumPage(_ call: Call) async throws -> Reply {
        let report = try await momentum(of: call.store, at: call.site.now())
        var policies: [Int64: String] = [:]
        for policy in try await call.store.policies() { policies[policy.id] = policy.name }
        let organisation = try await Organisation(of: call.store)
        var values = MomentumValues(
            report: report, policies: policies, zone: organisation.zone,
            mayRespond: call.may(.contribute), mayExplain: call.may(.decide),
            figure: call.ask.value("figure").flatMap { MomentumMeasure(rawValue: $0) })
        values.three = try await threeMeasures(call)
        return call.html(MomentumPage(values: values).page(call.visit))
    }

    private static func threeMeasures(_ call: Call) async throws -> ThreeMeasures {
        let organisation = try await Organisation(of: call.store)
        var three = ThreeMeasures(rate: organisation.rate, currency: organisation.currency)
        if let extent = try await call.store.extents().first(where: { $0.kind == .incident }) {
            let last = organisation.zone.day(of: extent.lastKnown)
            let rollup = try await call.store.rollup(
                .incident, .everything, over: nil, calendar: organisation.calendar)
            let month = rollup.total(Period(last - 27, through: last), withSketches: false)
            three.month = Period(last - 27, through: last)
            let known = Int(month[.reopensKnown])
            if known > 0 { three.staySolved = (1 - Double(month[.reopened]) / Double(known), known) }
            if month[.workKnown] > 0, 2 * month[.workKnown] > month[.opened] {
                three.hoursEach = (Double(month[.workMinutes]) / 60 / Double(month[.workKnown]), Int(month[.workKnown]))
            }
        }
        let all = try await call.store.improvements()
        let rounds = try await judgedRounds(call, of: all)
        three.judged = rounds.count
        three.worked = rounds.count { $0.judgement.verdict == .worked }
        let timed = all.filter { kept in
            kept.improvement.hoursSpent > 0 && rounds.contains { $0.id == kept.id.value }
        }
        three.finished = timed.count
        three.hoursSpent = timed.reduce(0) { $0 + $1.improvement.hoursSpent }
        let held = rounds.filter { round in
            round.judgement.verdict == .worked && round.slippedOn == nil
                && timed.contains { $0.id.value == round.id }
        }
        three.heldHours = WinsPage.countedOnce(held).reduce(0) { $0 + ($1.benefit?.estimate ?? 0) }
        return three
    }

    /// Notes of a person; longer is a document.
    private static let noteLettersMax = 500

    private static func keepResponse(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let sign = Sign(word: form["sign"] ?? "") else { throw Refusal.badAddress }
        let play = Play(rawValue: form["play"] ?? "")
        let note = String((form["note"] ?? "").prefix(noteLettersMax))
        try await call.store.respond(
            Response(sign: sign, play: play, note: note, by: call.writer, at: call.site.now()))
        return .seeOther("/momentum#responses")
    }

    private static func keepExplanation(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let cause = String((form["cause"] ?? "").prefix(noteLettersMax))
        guard let signal = form["signal"], try await call.store.signals().contains(where: { $0.id == signal }) else {
            throw Refusal.notFound
        }
        if !cause.allSatisfy(\.isWhitespace) {
            try await call.store.explain(
                Explanation(signal: signal, cause: cause, by: call.writer, at: call.site.now()))
        }
        return .seeOther("/momentum#unexplained")
    }

    private static func apiMomentum(_ call: Call) async throws -> Reply {
        let report = try await momentum(of: call.store, at: call.site.now())
        return .json(MomentumDocuments(words: call.visit.words).json(report))
    }

    private static func apiPolicies(_ call: Call) async throws -> Reply {
        let documents = MomentumDocuments(words: call.visit.words)
        var all: [JSON] = []
        for (policy, checked) in try await checkedPolicies(in: call.store) {
            let breaches = try await call.store.breaches(of: policy.id, limit: PolicyTally.breachesMax)
            all.append(documents.json(policy, checked.compliance, breaches: breaches))
        }
        return .json(.object([("policies", .array(all))]))
    }
}

extension Call {
    /// Whether the account may do something: what a page offers, it also allows.
    func may(_ permission: Permission) -> Bool { session?.account.role.may(permission) ?? false }
}
