import Languages
import Measures
import People
import Processes
import Records
import Statistics
import Store
import Turn

/// The rules of a process, how they are kept over time, and the form to write them.
struct ProcessRulesPart {
    var values: ProcessValues

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        let f = words.figures
        let rows = values.rules.map { rule -> [Table.Cell] in
            let address = "/process/breaches?kind=\(values.kind.plural)&rule=\(percentEncoded(rule.text))"
            let kept = rule.kept.map { kept -> Table.Cell in
                let range = f.range(f.percent(kept.low), f.percent(kept.high))
                return Table.Cell(
                    "\(f.percent(kept.estimate)) <span class=\"aside\">\(range)</span>", sortKey: kept.estimate)
            }
            return [
                Table.Cell("<span class=\"code\">\(rule.text)</span>"),
                Table.Cell(Sparkline(values: Array(rule.weeks.suffix(53))).svg), kept ?? .text(Figures.missing),
                .number(f.count(rule.applied - rule.broken), Double(rule.applied - rule.broken)),
                rule.broken > 0
                    ? Table.Cell("<a href=\"\(address)\">\(f.count(rule.broken))</a>", sortKey: Double(rule.broken))
                    : .number(f.count(0), 0),
            ]
        }
        let table: HTML =
            rows.isEmpty
            ? "<p>\(words.flow(.noRules))</p>"
            : Table(
                caption: words.flow(.rulesHeading),
                columns: [
                    .text(words.flow(.rule)), .picture(words(.lastYear)), .number(words.flow(.keptShare)),
                    .number(words.flow(.kept)), .number(words.flow(.broken)),
                ], rows: rows
            ).html
        return "<h2 id=\"rules\">\(words.flow(.rulesHeading))</h2>\(table)\(form(visit))"
    }

    private func form(_ visit: Visit) -> HTML? {
        guard values.mayGovern else { return nil }
        let words = visit.words
        let text = values.typedRules ?? values.rules.map(\.text).joined(separator: "\n")
        let problem: HTML? =
            values.typedRules == nil ? nil : "<p class=\"problem\" role=\"alert\">\(words.flow(.wrongRule))</p>"
        return """
            \(problem)<details\(values.typedRules == nil ? .empty : " open" as HTML)><summary>\(words.flow(.rulesLabel))</summary>
            <form class="stack" method="post" action="/process/rules">\(visit.tokenField)\
            <input type="hidden" name="kind" value="\(values.kind.plural)">
            <label>\(words.flow(.rulesLabel))<textarea name="rules" rows="6" spellcheck="false" \
            aria-describedby="rules-help">\(text)</textarea></label>
            <p class="note" id="rules-help">\(words.flow(.rulesText))</p>
            <button>\(words.flow(.saveRules))</button></form></details>
            """
    }
}

extension Routes {
    /// More rules than this nobody reads.
    private static let rulesMax = 40
    private static let breachesListed = 200
    private static let recentWeeks = 13

    static func rules(_ store: any Store, _ kind: TicketKind) async throws -> [ProcessValues.Rule] {
        let texts = try await store.processRules(kind)
        if texts.isEmpty { return [] }
        let weeks = Dictionary(grouping: try await store.processRuleWeeks(kind), by: \.rule)
        return texts.map { text in
            let own = weeks[text] ?? []
            guard let first = own.first?.week, let last = own.last?.week else {
                return .init(text: text, weeks: [], applied: 0, broken: 0)
            }
            let count = (last - first) / 7 + 1
            var ratio = WeeklyRatio(
                above: Array(repeating: 0, count: count), below: Array(repeating: 0, count: count))
            for week in own {
                ratio.above[(week.week - first) / 7] = Double(week.applied - week.broken)
                ratio.below[(week.week - first) / 7] = Double(week.applied)
            }
            let level = ratio.level(max(0, count - recentWeeks)..<count)
            return .init(
                text: text,
                weeks: (0..<count).map { ratio.below[$0] > 0 ? ratio.above[$0] / ratio.below[$0] : nil },
                first: first, applied: own.reduce(0) { $0 + $1.applied }, broken: own.reduce(0) { $0 + $1.broken },
                kept: level.map {
                    Estimate($0.estimate, low: max(0, $0.low), high: min(1, $0.high))
                })
        }
    }

    static func setRules(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let kind = TicketKind.allCases.first(where: { $0.plural == form["kind"] }) else {
            throw Refusal.badAddress
        }
        let typed = form["rules"] ?? ""
        var rules: [String] = []
        for line in typed.split(whereSeparator: \.isNewline) where line.contains(where: { !$0.isWhitespace }) {
            guard let rule = try? ProcessPolicy(String(line)).lines.first else {
                var asked = call
                asked.ask.query = [("kind", kind.plural)]
                guard var values = try await processValues(asked) else { throw Refusal.notFound }
                values.typedRules = typed
                return call.html(ProcessPage(values: values).page(call.visit), status: 422)
            }
            if !rules.contains(rule.text) { rules.append(rule.text) }
        }
        try await call.store.setProcessRules(kind, Array(rules.prefix(rulesMax)))
        try await call.store.audit(
            by: call.writer, action: "wrote the rules of a process", subject: kind.plural, at: call.site.now())
        try await call.store.refreshProcesses(calendar: try await Organisation(of: call.store).calendar)
        return .seeOther("/process?kind=\(kind.plural)#rules")
    }

    static func breaches(_ call: Call) async throws -> Reply {
        guard let kind = TicketKind.allCases.first(where: { $0.plural == call.ask.value("kind") }),
            let rule = call.ask.value("rule")
        else { throw Refusal.badAddress }
        guard try await call.store.processRules(kind).contains(rule) else { throw Refusal.notFound }
        let lines = try await call.store.processBreaches(kind, rule: rule, limit: breachesListed)
        let zone = try await Organisation(of: call.store).zone
        let words = call.visit.words
        let page = Page(
            place: .process, title: words.labelled(words.flow(.broken), rule), question: words.flow(.pickedQuestion),
            content: TicketList(kind: kind, lines: lines, zone: zone).html(words),
            next: [(words.flow(.openProcess), "/process?kind=\(kind.plural)#rules")])
        return call.html(page)
    }
}
