import Evaluations
import Improvements
import Languages
import Measures
import Opportunities
import Records
import Store

/// Three improvements to begin with, filled in, each one step away.
struct StartSmallValues: Sendable {
    /// Nil where there are no tickets at all.
    var starts: SmallStarts?
    var opportunities: [String: Opportunity]
    var improvements: [KeptImprovement]
    var mayOpen: Bool
}

struct StartSmallPage {
    var values: StartSmallValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = "<p>\(words.cycle(.startSmallText))</p>"
        if let starts = values.starts {
            if starts.picks.isEmpty { content += "<p>\(words(.noSmallStart))</p>" }
            content += "<ol class=\"ranked\">\(starts.picks.map { "<li>\(pick($0, visit))</li>" as HTML })</ol>"
            content += lacking(starts, words)
        } else {
            content += "<p>\(words.cycle(.noTicketsYet))</p>"
        }
        return Page(
            place: .register, title: words.cycle(.startSmall), question: words.cycle(.startSmallQuestion),
            content: content, next: [(words(.openRegister), "/register"), (words(.openSources), "/sources")])
    }

    private func pick(_ pick: SmallStart, _ visit: Visit) -> HTML {
        let words = visit.words
        let f = words.figures
        let plan = pick.plan
        let measure = plan.objective.measure.flatMap { Measure(id: $0) }
        let title: HTML
        let story: HTML?
        let door: HTML?
        switch pick.ranked.candidate.subject {
        case .opportunity(let id):
            let found = values.opportunities[id]
            let name = found.map { words.title($0).html(in: words.language) } ?? HTML(escaping: id)
            title = "<a href=\"\(Link.opportunity(id))\">\(name)</a>"
            story = found.map { "<p>\(words.firstStep($0.firstStep))</p>" }
            let about = found.map { words.title(for: $0) } ?? id
            door =
                values.mayOpen
                ? """
                <form class="door-button" method="post" action="/start-small">\(visit.tokenField)\
                <input type="hidden" name="opportunity" value="\(id)">\
                <button aria-label="\(words.labelled(words.cycle(.beginThis), about))">\(words.cycle(.beginThis))</button></form>
                """ : "<p class=\"note\">\(words.say(.decideMay))</p>"
        case .improvement(let id):
            let name = values.improvements.first { $0.id == id }?.improvement.title ?? String(id.value)
            title = "<a href=\"/improvements/\(id.value)\">\(name)</a>"
            story = nil
            door = "<p><a href=\"/improvements/\(id.value)#now\">\(words.cycle(.goOnWithThis))</a></p>"
        }
        let target = measure.flatMap { m in plan.objective.target.map { words.value($0, of: m) } }
        let fields: [(String, HTML?)] = [
            (
                words.say(.measureLabel),
                measure.map {
                    "<a href=\"\(Link.measure($0, plan.objective.slice))\">\(words.heading($0, plan.objective.slice).html(in: words.language))</a>"
                }
            ),
            (words.say(.wantedLabel), HTML(escaping: words.name(of: plan.objective.wanted))),
            (words.say(.targetLabel), target.map { HTML(escaping: $0) }),
            (words.say(.baselineHeading), HTML(escaping: f.range(plan.baseline.first, plan.baseline.last))),
            (words.say(.weeksLabel), HTML(escaping: f.count(pick.weeks))),
        ]
        let shown = fields.compactMap { name, value -> HTML? in value.map { "<dt>\(name)</dt><dd>\($0)</dd>" } }
        return """
            <article class="finding"><h2>\(title)</h2>
            <p class="facts">\(pick.ranked.candidate.hoursPerMonth.map { "<strong>\(words.text(.hours($0)))</strong> " as HTML })\
            <span>\(words.text(.provableWithin(effect: pick.expectedEffect, weeks: pick.weeks)))</span></p>
            \(story)<dl class="fields">\(shown)</dl>\(RankReason(ranked: pick.ranked).html(words))\(door)</article>

            """
    }

    private func lacking(_ starts: SmallStarts, _ words: Words) -> HTML {
        let lines = NotSmall.allCases.compactMap { why -> HTML? in
            let count = starts.lacking.values.count { $0 == why }
            return count == 0 ? nil : "<li>\(words.figures.count(count)) × \(words(why.told))</li>"
        }
        guard !lines.isEmpty else { return .empty }
        return "<h2>\(words.cycle(.otherLack))</h2><ul>\(lines)</ul>"
    }
}

extension NotSmall {
    /// What it lacks, in words.
    public var told: RegisterPhrase {
        switch self {
        case .notSmallEffort: .notSmallEffort
        case .severalDepartments: .takesSeveralDepartments
        case .notMeasurable: .namesNoMeasure
        case .noExpectedEffect: .noExpectedEffect
        case .notProvableInTime: .notProvableInTime
        }
    }
}
