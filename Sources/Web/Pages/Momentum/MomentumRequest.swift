import Gains
import Languages
import Measures
import People
import Records
import Signals
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
        let values = MomentumValues(
            report: report, policies: policies, zone: organisation.zone,
            mayRespond: call.may(.contribute), mayExplain: call.may(.decide),
            figure: call.ask.value("figure").flatMap { MomentumMeasure(rawValue: $0) })
        return call.html(MomentumPage(values: values).page(call.visit))
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
