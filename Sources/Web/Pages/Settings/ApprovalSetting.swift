import Improvements
import Languages
import Opportunities
import People
import Store

/// What needs no approval, and who gives it above that: one sentence, and the form that changes it.
struct ApprovalSetting {
    /// As `ApprovalRule.line` writes it.
    var line: String?

    private var rule: ApprovalRule? { line.flatMap { ApprovalRule(line: $0) } }

    /// Those whose role may approve at all.
    private static let roles = Role.allCases.filter { $0.may(.approve) }

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        let told =
            rule.map { rule in
                words.cycled(
                    .approvalRule(
                        effort: words.effort(rule.effortMax), hours: rule.hoursPerMonthMax,
                        roles: rule.roles.compactMap { Role(rawValue: $0) }.map { words.name(of: $0) }))
            } ?? words.cycle(.approvalNone)
        let efforts: [Effort] = [.small, .medium, .large]
        let options = efforts.map { effort -> HTML in
            let isOn = effort == (rule?.effortMax ?? .small)
            return
                "<option value=\"\(effort.rawValue)\"\(isOn ? " selected" as HTML : .empty)>\(words.effort(effort))</option>"
        }
        let boxes = Self.roles.map { role -> HTML in
            let isOn = rule?.roles.contains(role.rawValue) ?? true
            return """
                <label class="check"><input type="checkbox" name="role-\(role.rawValue)"\(isOn ? " checked" as HTML : .empty)>\
                \(words.name(of: role))</label>
                """
        }
        return """
            <h2 id="approval">\(words.cycle(.approvalRule))</h2><p>\(told)</p><p class="note">\(words.cycle(.approvalRuleText))</p>
            <form class="stack" method="post" action="/settings/approval">\(visit.tokenField)\
            <label class="check"><input type="radio" name="needed" value="no"\(rule == nil ? " checked" as HTML : .empty)>\
            \(words.cycle(.approvalNone))</label>\
            <label class="check"><input type="radio" name="needed" value="yes"\(rule == nil ? .empty : " checked" as HTML)>\
            \(words.cycle(.approvalSome))</label>\
            <label>\(words.cycle(.approvalEffort))<select name="effort">\(options)</select></label>\
            <label>\(words.cycle(.approvalHours))<input name="hours" inputmode="decimal" \
            value="\(words.figures.number(rule?.hoursPerMonthMax ?? 20))"></label>\
            <fieldset><legend>\(words.cycle(.approvalRoles))</legend>\(boxes)</fieldset>\
            <button>\(words.cycle(.saveIt))</button></form>

            """
    }

    static func set(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        var line = ""
        if form["needed"] == "yes" {
            let chosen = roles.filter { form["role-\($0.rawValue)"] != nil }
            guard let effort = Effort(rawValue: form["effort"] ?? ""),
                let hours = ImprovementForm.number(form["hours"] ?? "", call.visit.language), hours >= 0,
                hours.isFinite, !chosen.isEmpty
            else { throw Refusal.unreadable(call.visit.words.cycle(.badApproval)) }
            line = ApprovalRule(effortMax: effort, hoursPerMonthMax: hours, roles: chosen.map(\.rawValue)).line
        }
        try await call.store.set(.approval, to: line)
        return .seeOther("/settings?saved=1#approval")
    }
}
