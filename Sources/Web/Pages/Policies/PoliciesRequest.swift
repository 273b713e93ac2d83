import Gains
import Languages
import People
import Records
import Store
import Turn

extension Routes {
    static func policiesPage(_ call: Call) async throws -> Reply {
        call.html(PoliciesPage(values: try await policiesValues(call)).page(call.visit))
    }

    private static func policiesValues(
        _ call: Call, problem: String? = nil, typed: [String: String] = [:]
    ) async throws -> PoliciesValues {
        var rows: [PoliciesValues.Row] = []
        let checked = try await checkedPolicies(in: call.store)
        let breached = Set(breachSignals(of: checked.map(\.checked)).map(\.id))
        for (policy, checked) in checked {
            rows.append(
                .init(
                    policy: policy, compliance: checked.compliance,
                    isBreached: breached.contains(Sign.policy(policy.id).word)))
        }
        let retired = try await call.store.policies().filter { $0.retiredAt != nil }
        return PoliciesValues(
            rows: rows, retired: retired, mayEdit: call.may(.govern), mayCheck: call.may(.decide), problem: problem,
            typed: typed)
    }

    static func policyPage(_ call: Call) async throws -> Reply {
        guard let id = Int64(try call.value("id")),
            let policy = try await call.store.policies().first(where: { $0.id == id })
        else { throw Refusal.notFound }
        let checked = try await checkedPolicies(in: call.store).first { $0.policy.id == id }?.checked
        let compliance: Compliance
        if let checked {
            compliance = checked.compliance
        } else {
            compliance = Compliance(try await call.store.weeks(of: id))
        }
        let values = PolicyValues(
            policy: policy, compliance: compliance,
            breaches: try await call.store.breaches(of: id, limit: PolicyTally.breachesMax),
            zone: try await Organisation(of: call.store).zone, mayEdit: call.may(.govern))
        return call.html(PolicyPage(values: values).page(call.visit))
    }

    /// A name is a line.
    private static let nameLettersMax = 200

    static func addPolicy(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let words = call.visit.words
        var name = String((form["name"] ?? "").prefix(nameLettersMax))
        var text = form["rule"] ?? ""
        if let template = PolicyTemplate(rawValue: form["template"] ?? "") {
            name = words.name(of: template)
            text = template.rule.text
        }
        func refused(_ problem: String) async throws -> Reply {
            let values = try await policiesValues(call, problem: problem, typed: form)
            return call.html(PoliciesPage(values: values).page(call.visit), status: 422)
        }
        if name.allSatisfy(\.isWhitespace) { return try await refused(words.say(.nameMissing)) }
        let typed = (form["target"] ?? "").replacing(",", with: ".").replacing("%", with: "")
        let target = typed.allSatisfy(\.isWhitespace) ? 95 : Double(typed.filter { !$0.isWhitespace })
        guard let target, target >= 1, target <= 100 else { return try await refused(words.say(.targetWrong)) }
        let rule: Rule
        do throws(RuleError) { rule = try Rule(text) } catch { return try await refused(words.told(error)) }
        let policy = try await call.store.addPolicy(
            name: name, rule: rule.text, target: target / 100, owner: String((form["owner"] ?? "").prefix(200)),
            by: call.writer, at: call.site.now())
        try await call.store.audit(
            by: call.writer, action: "added a policy", subject: String(policy.id), at: call.site.now())
        try await checkPolicies(in: call.store, at: call.site.now())
        return .seeOther("/policies/\(policy.id)")
    }

    static func checkNow(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        try await checkPolicies(in: call.store, at: call.site.now(), isForced: true)
        try await keepFindings(call.store, at: call.site.now())
        return .seeOther("/policies")
    }

    static func retirePolicy(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        guard let id = Int64(try call.value("id")),
            try await call.store.retirePolicy(id, by: call.writer, at: call.site.now()) != nil
        else { throw Refusal.notFound }
        try await call.store.audit(
            by: call.writer, action: "retired a policy", subject: String(id), at: call.site.now())
        return .seeOther("/policies")
    }
}
