import Gains
import Improvements
import Languages
import Measures
import Records
import Store

/// Where we are going, how, and who can do it.
struct PlanningValues: Sendable {
    var documents: [KeptDocument]
    var improvements: [(id: Int64, improvement: Improvement)]
    var evidence: [MaturityEvidence]
    var today: Day
    var zone: Zone
    var mayEdit: Bool
    /// How much work the skills' areas bring, by document.
    var demands: [Int64: SkillDemand] = [:]

    var goals: [(kept: KeptDocument, goal: Goal)] {
        documents.compactMap { kept in
            if case .goal(let goal) = kept.document { return (kept, goal) }
            return nil
        }
    }

    var skills: [(kept: KeptDocument, skill: Skill)] {
        documents.compactMap { kept in
            if case .skill(let skill) = kept.document { return (kept, skill) }
            return nil
        }
    }

    var assessments: [(kept: KeptDocument, assessment: MaturityAssessment)] {
        documents.compactMap { kept in
            if case .maturity(let assessment) = kept.document { return (kept, assessment) }
            return nil
        }
    }

    var cards: [(kept: KeptDocument, card: ProcessCard)] {
        documents.compactMap { kept in
            if case .process(let card) = kept.document { return (kept, card) }
            return nil
        }
    }
}

struct PlanningPage {
    var values: PlanningValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let missing = values.skills.count { $0.skill.missing > 0 }
        let content: HTML = """
            <p class="lead">\(words.planningLead(goals: values.goals.count, missing: missing))</p>
            <h2 id="goal">\(words.plan(PlanningPhrase.goals))</h2>\(goals(words))\(add(.goal, visit))
            <h2 id="skill">\(words.plan(PlanningPhrase.skills))</h2>\(skills(words))\(add(.skill, visit))
            <h2 id="maturity">\(words.plan(PlanningPhrase.maturity))</h2>\(maturity(words))\(add(.maturity, visit))
            """
        return Page(
            place: .planning, title: words.say(MomentumPhrase.planning),
            question: words.plan(PlanningPhrase.planningQuestion), content: content,
            next: [
                (words.say(MomentumPhrase.openProcesses), "/processes"),
                (words.say(MomentumPhrase.openMomentum), "/momentum"), (words(.openRegister), "/register"),
            ])
    }

    private func add(_ kind: PlanningDocument.Kind, _ visit: Visit) -> HTML? {
        guard values.mayEdit else { return nil }
        let fields = DocumentFields(form: DocumentForm(kind: kind), goals: values.goals.map(\.kept))
        return """
            <details><summary>\(visit.words.plan(PlanningPhrase.add))</summary>\(fields.html(visit, kept: nil))</details>
            """
    }

    private func edit(_ id: Int64, _ name: String) -> Table.Cell {
        Table.Cell("<a href=\"/planning/\(String(id))\">\(name)</a>")
    }

    private func goals(_ words: Words) -> HTML {
        guard !values.goals.isEmpty else { return "<p>\(words.plan(PlanningPhrase.noGoals))</p>" }
        let names = Dictionary(values.goals.map { ($0.kept.id, $0.goal.text) }, uniquingKeysWith: { $1 })
        let order = Goal.Level.allCases
        let sorted = values.goals.sorted {
            (order.firstIndex(of: $0.goal.level) ?? 0, $0.kept.id) < (
                order.firstIndex(of: $1.goal.level) ?? 0, $1.kept.id
            )
        }
        let rows = sorted.map { kept, goal -> [Table.Cell] in
            let serving = values.improvements.filter { one in
                one.improvement.goal == goal.text
                    || one.improvement.rounds.contains { $0.objective?.goal == goal.text }
            }
            let served = serving.map { one -> HTML in
                "<a href=\"/improvements/\(String(one.id))\">\(one.improvement.title)</a>"
            }
            let measure = goal.measure.flatMap { Measure(id: $0) }
            let target = measure.flatMap { m in goal.target.map { words.value($0, of: m) } }
            return [
                edit(kept.id, goal.text), .text(words.name(of: goal.level)),
                .text(goal.serves.flatMap { names[$0] } ?? words.plan(PlanningPhrase.servesNothing)),
                measure.map { Table.Cell("<a href=\"\(Link.measure($0))\">\(words.label($0))</a>") }
                    ?? .text(Figures.missing),
                .text(target ?? Figures.missing),
                goal.by.map { .number(words.figures.shortDate($0), Double($0.number)) } ?? .text(Figures.missing),
                .text(goal.owner), Table.Cell(served.joined(by: ", ")),
            ]
        }
        return Table(
            caption: words.plan(PlanningPhrase.goals),
            columns: [
                PlanningPhrase.goal, .level, .serves, .measure, .target, .by, .owner, .servedBy,
            ].map { .text(words.plan($0)) }, rows: rows
        ).html
    }

    private func skills(_ words: Words) -> HTML {
        guard !values.skills.isEmpty else { return "<p>\(words.plan(PlanningPhrase.noSkills))</p>" }
        let f = words.figures
        let rows = values.skills.map { kept, skill -> [Table.Cell] in
            let missing = f.count(skill.missing)
            return [
                edit(kept.id, skill.name), .text(skill.area), .number(f.count(skill.needed), Double(skill.needed)),
                .number(f.count(skill.holders.count), Double(skill.holders.count)),
                Table.Cell(
                    skill.missing > 0 ? "<span class=\"worse\">\(missing)</span>" : HTML(escaping: missing),
                    sortKey: Double(skill.missing)),
            ]
        }
        let table = Table(
            caption: words.plan(PlanningPhrase.skills),
            columns: [
                .text(words.plan(PlanningPhrase.skill)), .text(words.plan(PlanningPhrase.area)),
                .number(words.plan(PlanningPhrase.needed)), .number(words.plan(PlanningPhrase.held)),
                .number(words.plan(PlanningPhrase.missing)),
            ], rows: rows)
        return table.html + ahead(words) + training(words) + busFactor(words)
    }

    /// The work that is coming, where tickets tell of it.
    private func ahead(_ words: Words) -> HTML {
        let f = words.figures
        let rows = values.skills.compactMap { kept, skill -> [Table.Cell]? in
            guard let demand = values.demands[kept.id] else { return nil }
            let told = words.cycled(.workAhead(now: demand.now, ahead: demand.ahead, weeks: demand.weeks))
            let isShort = demand.needed > skill.holders.count
            let needed = f.count(demand.needed)
            return [
                edit(kept.id, skill.name), .text(skill.area), .text(told),
                Table.Cell(
                    isShort ? "<span class=\"worse\">\(needed)</span>" : HTML(escaping: needed),
                    sortKey: Double(demand.needed)),
                .number(f.count(skill.holders.count), Double(skill.holders.count)),
            ]
        }
        guard !rows.isEmpty else { return .empty }
        let table = Table(
            caption: words.cycle(.workAhead),
            columns: [
                .text(words.plan(PlanningPhrase.skill)), .text(words.plan(PlanningPhrase.area)),
                .text(words.cycle(.workAhead)), .number(words.cycle(.neededThen)),
                .number(words.plan(PlanningPhrase.held)),
            ], rows: rows)
        return """
            <h3>\(words.cycle(.workAhead))</h3><p class="note">\(words.cycle(.workAheadText))</p>\(table.html)
            """
    }

    private func training(_ words: Words) -> HTML {
        let lines = values.skills.flatMap { _, skill in
            skill.training.filter { !skill.holders.contains($0.who) }.map { (skill.name, $0) }
        }.sorted { ($0.1.by?.number ?? .max, $0.0) < ($1.1.by?.number ?? .max, $1.0) }
        var out: HTML = "<h3>\(words.plan(PlanningPhrase.trainingPlan))</h3>"
        if lines.isEmpty, values.skills.allSatisfy({ $0.skill.missing == 0 }) {
            return out + "<p>\(words.plan(PlanningPhrase.noTraining))</p>"
        }
        let unplanned = values.skills.filter { $0.skill.unplanned > 0 }.map { _, skill -> HTML in
            let lacking = words.labelled(words.plan(PlanningPhrase.missing), words.figures.count(skill.unplanned))
            return """
                <li>\(skill.name): <span class="worse">\(lacking)</span></li>
                """
        }
        let planned = lines.map { name, training -> HTML in
            let late = training.by.map { $0 < values.today } ?? false
            let date = training.by.map { words.figures.date($0) } ?? ""
            let told: HTML = late ? "<span class=\"worse\">\(date)</span>" : HTML(escaping: date)
            return "<li>\(name): \(training.who) \(told)</li>"
        }
        out += "<ul>\(planned)\(unplanned)</ul>"
        return out
    }

    private func busFactor(_ words: Words) -> HTML {
        let rows = busFactors(values.skills.map(\.skill)).map { area, factor, rarest -> [Table.Cell] in
            let n = words.figures.count(factor)
            return [
                .text(area.isEmpty ? Figures.missing : area),
                Table.Cell(
                    factor <= 1 ? "<span class=\"worse\">\(n)</span>" : HTML(escaping: n), sortKey: Double(factor)),
                .text(rarest),
            ]
        }
        let table = Table(
            caption: words.plan(PlanningPhrase.busFactor),
            columns: [
                .text(words.plan(PlanningPhrase.area)), .number(words.plan(PlanningPhrase.busFactor)),
                .text(words.plan(PlanningPhrase.rarest)),
            ], rows: rows)
        return """
            <h3>\(words.plan(PlanningPhrase.busFactor))</h3>
            <p class="note">\(words.plan(PlanningPhrase.busFactorText))</p>\(table.html)
            """
    }

    private func maturity(_ words: Words) -> HTML {
        let f = words.figures
        let rows = values.evidence.map { evidence -> [Table.Cell] in
            let told =
                evidence.of > 0
                ? "\(f.count(evidence.count)) / \(f.count(evidence.of))" : words.plan(PlanningPhrase.noEvidence)
            let thought = values.assessments.map { _, assessment -> Table.Cell in
                .text(assessment[evidence.part].map { f.count($0) } ?? Figures.missing)
            }
            return [
                .text(words.name(of: evidence.part)), .text(told),
                .text(evidence.supports.map { f.count($0) } ?? Figures.missing),
            ]
                + thought
        }
        let columns: [Table.Column] =
            [
                .text(words.plan(PlanningPhrase.maturity)), .text(words.plan(PlanningPhrase.evidence)),
                .number(words.plan(PlanningPhrase.supports)),
            ]
            + values.assessments.map {
                .number(words.labelled(words.plan(PlanningPhrase.thinks), $0.assessment.practice))
            }
        let table = Table(caption: words.plan(PlanningPhrase.maturity), columns: columns, rows: rows, isSortable: false)
        let edits = values.assessments.map { kept, assessment -> HTML in
            "<li><a href=\"/planning/\(String(kept.id))\">\(words.plan(PlanningPhrase.edit)): \(assessment.practice)</a></li>"
        }
        return """
            <p class="note">\(words.plan(PlanningPhrase.maturityText))</p>\(table.html)<ul class="plain">\(edits)</ul>
            """
    }
}
