import Gains
import Languages
import Measures
import Records
import Signals
import Statistics
import Store

/// Whether the rules are kept.
struct PoliciesValues: Sendable {
    struct Row: Sendable {
        var policy: KeptPolicy
        var compliance: Compliance
        var isBreached: Bool
    }

    var rows: [Row]
    var retired: [KeptPolicy]
    var mayEdit: Bool
    var mayCheck: Bool
    /// What is wrong with what was typed, and what it was.
    var problem: String?
    var typed: [String: String] = [:]
}

struct PoliciesPage {
    var values: PoliciesValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let breached = values.rows.count(where: \.isBreached)
        var content: HTML = """
            <p class="lead">\(words.policyLead(policies: values.rows.count, breached: breached))</p>

            """
        if let problem = values.problem { content += "<p class=\"problem\" role=\"alert\">\(problem)</p>" }
        if !values.rows.isEmpty { content += table(words).html }
        if values.mayCheck, !values.rows.isEmpty {
            content += """
                <form method="post" action="/policies/check">\(visit.tokenField)\
                <button class="quiet">\(words.say(.checkNow))</button></form>
                """
        }
        content += values.mayEdit ? forms(visit) : "<p class=\"note\">\(words.say(.mayNotEdit))</p>"
        if !values.retired.isEmpty {
            let items = values.retired.map {
                "<li><a href=\"/policies/\(String($0.id))\">\($0.name)</a></li>" as HTML
            }
            content += "<details><summary>\(words.say(.retired))</summary><ul>\(items)</ul></details>"
        }
        return Page(
            place: .policies, title: words.say(.policies), question: words.say(.policiesQuestion), content: content,
            next: [
                (words.say(.openMomentum), "/momentum"), (words.say(.openProcesses), "/processes"),
                (words(.openSignals), "/signals"),
            ])
    }

    private func table(_ words: Words) -> Table {
        let f = words.figures
        let rows = values.rows.map { row -> [Table.Cell] in
            let c = row.compliance
            let now = c.now.map { "\(f.percent($0.estimate)) (\(f.range(f.percent($0.low), f.percent($0.high))))" }
            let kept: HTML =
                row.isBreached
                ? "<span class=\"worse\">\(now ?? Figures.missing)</span>" : HTML(escaping: now ?? Figures.missing)
            return [
                Table.Cell("<a href=\"/policies/\(String(row.policy.id))\">\(row.policy.name)</a>"),
                Table.Cell(Sparkline(values: c.values.suffix(52).map { $0.isFinite ? $0 : nil }).svg),
                Table.Cell(kept, sortKey: c.now?.estimate), .number(f.percent(row.policy.target), row.policy.target),
                Table.Cell(
                    "<a href=\"/policies/\(String(row.policy.id))#breaches\">\(f.count(c.broken))</a>",
                    sortKey: Double(c.broken)),
                .number(f.percent(c.unknownShare), c.unknownShare), .text(row.policy.owner),
            ]
        }
        return Table(
            caption: words.say(.policies),
            columns: [
                .text(words.say(.policy)), .picture(words(.lastYear)), .number(words.say(.compliance)),
                .number(words.say(.agreed)), .number(words.say(.breaches)), .number(words.say(.unknownShare)),
                .text(words.say(.owner)),
            ], rows: rows)
    }

    private func forms(_ visit: Visit) -> HTML {
        let words = visit.words
        let known = Set(values.rows.map(\.policy.rule))
        let templates = PolicyTemplate.allCases.filter { !known.contains($0.rule.text) }.map { template -> HTML in
            """
            <form method="post" action="/policies"><p>\(visit.tokenField)\
            <input type="hidden" name="template" value="\(template.rawValue)">\
            <strong>\(words.name(of: template))</strong><br><span class="note">\(words.told(template.rule))</span><br>\
            <button class="quiet" aria-label="\(words.labelled(words.say(.addButton), words.name(of: template)))">\
            \(words.say(.addButton))</button></p></form>

            """
        }
        let begin: HTML = templates.isEmpty ? .empty : "<h2>\(words.say(.templates))</h2>\(templates)"
        func field(_ name: String, _ label: String, _ more: HTML = .empty) -> HTML {
            """
            <label>\(label)<input name="\(name)" value="\(values.typed[name] ?? "")" maxlength="500"\(more)></label>
            """
        }
        return """
            \(begin)<h2>\(words.say(.addPolicy))</h2>
            <p class="note">\(words.say(.addPolicyText))</p>
            <form class="stack" method="post" action="/policies">\(visit.tokenField)
            \(field("name", words.say(.name), " required"))
            \(field("rule", words.say(.rule), " required aria-describedby=\"rule-help\" spellcheck=\"false\""))
            <p class="note" id="rule-help">\(words.say(.ruleHelp))</p>
            \(field("target", words.say(.target), " inputmode=\"decimal\" placeholder=\"95\""))
            \(field("owner", words.say(.owner)))
            <button>\(words.say(.addButton))</button></form>
            """
    }
}

/// One policy, from its share down to the tickets that broke it.
struct PolicyValues: Sendable {
    var policy: KeptPolicy
    var compliance: Compliance
    var breaches: [Breach]
    var zone: Zone
    var mayEdit: Bool
}

struct PolicyPage {
    var values: PolicyValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let policy = values.policy
        let told = (try? Rule(policy.rule)).map { words.told($0) }
        let checked = policy.checkedAt.map { words.figures.time($0, in: values.zone) } ?? words.say(.neverChecked)
        let retire: HTML? =
            values.mayEdit && policy.retiredAt == nil
            ? """
            <form method="post" action="/policies/\(String(policy.id))/retire">\(visit.tokenField)\
            <button class="quiet">\(words.say(.retire))</button></form>
            """ : nil
        let content: HTML = """
            <p class="lead">\(words.told(values.compliance, target: policy.target))</p>
            <dl class="fields"><dt>\(words.say(.rule))</dt><dd>\(told ?? policy.rule)<br><span class="code">\(policy.rule)</span></dd>
            <dt>\(words.say(.agreed))</dt><dd>\(words.figures.percent(policy.target))</dd>
            <dt>\(words.say(.owner))</dt><dd>\(policy.owner.isEmpty ? Figures.missing : policy.owner)</dd>
            <dt>\(words.say(.unknownShare))</dt><dd>\(words.figures.percent(values.compliance.unknownShare))</dd>
            <dt>\(words.say(.checkedAt))</dt><dd>\(checked)</dd>
            <dt>\(words(.status))</dt><dd>\(words.say(policy.retiredAt == nil ? .inForce : .retired))</dd></dl>
            \(chart(words)?.figure(words))
            <h2 id="breaches">\(words.say(.breaches))</h2>\(breaches(words))
            \(retire)
            """
        return Page(
            place: .policies, title: policy.name, question: words.say(.policiesQuestion), content: content,
            next: [(words.say(.openPolicies), "/policies"), (words.say(.openMomentum), "/momentum")])
    }

    private func chart(_ words: Words) -> SeriesChart? {
        let c = values.compliance
        guard let first = c.steps.first?.first, let last = c.steps.last?.last,
            let measure = Measure(id: "incidents.slaMet")
        else { return nil }
        var chart = SeriesChart(
            id: "policy", title: values.policy.name, measure: measure, first: first, step: 7,
            values: c.values.map { $0.isFinite ? $0 : nil })
        chart.reading = .init(label: words.say(.compliance), unit: "%") { words.figures.percent($0) }
        chart.target = .init(value: values.policy.target, name: words.say(.agreed))
        chart.limits = c.limits.map { $0.map { SeriesChart.Limits(low: $0.low, high: $0.high) } }
        if let move = c.move, move.chance <= momentumRate, move.at > first, move.at <= last {
            chart.levels = [
                .init(period: Period(first, through: move.at - 1), estimate: move.before, direction: nil),
                .init(
                    period: Period(move.at, through: last), estimate: move.after,
                    direction: move.after.estimate < move.before.estimate ? .worse : .better),
            ]
        }
        return chart
    }

    private func breaches(_ words: Words) -> HTML {
        guard !values.breaches.isEmpty else { return "<p>\(words.say(.noBreaches))</p>" }
        let rows = values.breaches.map { breach -> [Table.Cell] in
            [
                Table.Cell("<a href=\"\(Link.ticket(breach.kind, breach.number))\">\(breach.number)</a>"),
                .text(words.singular(breach.kind)),
                .number(words.figures.time(breach.at, in: values.zone), Double(breach.at.seconds)),
            ]
        }
        return Table(
            caption: words.say(.breaches),
            columns: [.text(words.say(.ticketNumber)), .text(words(.kind)), .text(words(.time))], rows: rows
        ).html
    }
}
