import Gains
import Languages
import Measures
import Records
import Store

/// The fields of a form for one document.
struct DocumentFields {
    var form: DocumentForm
    var goals: [KeptDocument]

    func html(_ visit: Visit, kept: KeptDocument?) -> HTML {
        let words = visit.words
        let version = form["version"].isEmpty ? kept.map { String($0.version) } ?? "" : form["version"]
        let known: HTML? = kept.map {
            """
            <input type="hidden" name="id" value="\(String($0.id))"><input type="hidden" name="version" value="\(version)">
            """
        }
        return """
            <form class="stack" method="post" action="\(form.kind == .process ? "/processes" : "/planning")">\
            \(visit.tokenField)<input type="hidden" name="kind" value="\(form.kind.rawValue)">\(known)
            \(fields(words))
            <button>\(words.plan(kept == nil ? PlanningPhrase.add : .save))</button></form>
            """
    }

    private func fields(_ words: Words) -> HTML {
        func line(_ name: String, _ label: PlanningPhrase, _ more: HTML = .empty) -> HTML {
            """
            <label>\(words.plan(label))<input name="\(name)" value="\(form[name])" maxlength="500"\(more)></label>

            """
        }
        func lines(_ name: String, _ label: PlanningPhrase) -> HTML {
            """
            <label>\(words.plan(label)) (\(words.plan(PlanningPhrase.oneALine)))\
            <textarea name="\(name)" rows="4" maxlength="4000">\(form[name])</textarea></label>

            """
        }
        switch form.kind {
        case .process:
            return line("name", .process, " required") + line("purpose", .purpose) + lines("activities", .activities)
                + lines("procedures", .procedures) + lines("deliverables", .deliverables)
                + lines("handoffs", .handoffs) + lines("policies", .policies) + lines("measures", .measures)
                + line("owner", .accountable) + line("manager", .manager) + lines("practitioners", .practitioners)
        case .goal:
            return line("name", .goal, " required") + choice("level", .level, levels(words), words)
                + choice("serves", .serves, above(words), words) + choice("measure", .measure, measures(words), words)
                + line("target", .target, " inputmode=\"decimal\"") + line("by", .by, " type=\"date\"")
                + line("owner", .owner)
        case .skill:
            return line("name", .skill, " required") + line("area", .area)
                + line("needed", .needed, " type=\"number\" min=\"1\"") + lines("holders", .holders)
                + lines("training", .training) + "<p class=\"note\">\(words.plan(PlanningPhrase.trainingHint))</p>"
        case .maturity:
            let parts = MaturityAssessment.Part.allCases.map { part -> HTML in
                """
                <label>\(words.name(of: part))<input name="\(part.rawValue)" type="number" min="1" max="5" \
                value="\(form[part.rawValue])"></label>

                """
            }
            return line("name", .practice, " required") + parts.joined() + line("note", .note)
        }
    }

    private func choice(
        _ name: String, _ label: PlanningPhrase, _ choices: [(String, String)], _ words: Words
    ) -> HTML {
        let options = choices.map { value, told -> HTML in
            let selected: HTML = value == form[name] ? " selected" : ""
            return "<option value=\"\(value)\"\(selected)>\(told)</option>"
        }
        return "<label>\(words.plan(label))<select name=\"\(name)\">\(options)</select></label>\n"
    }

    private func levels(_ words: Words) -> [(String, String)] {
        Goal.Level.allCases.map { ($0.rawValue, words.name(of: $0)) }
    }

    private func above(_ words: Words) -> [(String, String)] {
        [("", words.plan(PlanningPhrase.servesNothing))] + goals.map { (String($0.id), $0.document.name) }
    }

    private func measures(_ words: Words) -> [(String, String)] {
        [("", Figures.missing)] + Measure.catalogue.map { ($0.id, words.label($0)) }
    }
}

/// One document: as it is, and as a form for those who may write.
struct DocumentValues: Sendable {
    var kept: KeptDocument?
    var form: DocumentForm
    var problem: String?
    var goals: [KeptDocument]
    var today: Day
    var zone: Zone
    var mayEdit: Bool
    var mayUse: Bool
}

struct DocumentPage {
    var values: DocumentValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let isProcess = values.form.kind == .process
        var content = HTML.empty
        if let problem = values.problem { content += "<p class=\"problem\" role=\"alert\">\(problem)</p>" }
        if let kept = values.kept {
            if case .process(let card) = kept.document { content += self.card(card, kept, visit) }
            let time = words.figures.time(kept.at, in: values.zone)
            content += """
                <p class="note">\(words.labelled(words.plan(PlanningPhrase.version), String(kept.version))) \
                \(words.labelled(words.plan(PlanningPhrase.writtenBy), kept.by)) \(time)</p>
                """
        }
        if values.mayEdit {
            let fields = DocumentFields(form: values.form, goals: values.goals).html(visit, kept: values.kept)
            content +=
                isProcess && values.problem == nil
                ? "<details><summary>\(words.plan(PlanningPhrase.edit))</summary>\(fields)</details>" : fields
            if let kept = values.kept {
                content += """
                    <form method="post" action="/planning/\(String(kept.id))/remove">\(visit.tokenField)\
                    <button class="quiet">\(words.plan(PlanningPhrase.remove))</button></form>
                    """
            }
        }
        let title = values.kept?.document.name ?? words.plan(isProcess ? PlanningPhrase.processes : .goals)
        return Page(
            place: .planning, title: title,
            question: words.plan(isProcess ? PlanningPhrase.processesQuestion : .planningQuestion), content: content,
            next: [
                (words.say(MomentumPhrase.openProcesses), "/processes"),
                (words.say(MomentumPhrase.openPlanning), "/planning"),
            ])
    }

    private func card(_ card: ProcessCard, _ kept: KeptDocument, _ visit: Visit) -> HTML {
        let words = visit.words
        func list(_ label: PlanningPhrase, _ items: [HTML]) -> HTML {
            let body: HTML = items.isEmpty ? "\(Figures.missing)" : "<ul>\(items.map { "<li>\($0)</li>" as HTML })</ul>"
            return "<dt>\(words.plan(label))</dt><dd>\(body)</dd>\n"
        }
        func line(_ label: PlanningPhrase, _ text: String) -> HTML {
            "<dt>\(words.plan(label))</dt><dd>\(text.isEmpty ? Figures.missing : text)</dd>\n"
        }
        func texts(_ texts: [String]) -> [HTML] { texts.map { HTML(escaping: $0) } }
        let measures = card.measures.compactMap { Measure(id: $0) }.map {
            "<a href=\"\(Link.measure($0))\">\(words.label($0))</a>" as HTML
        }
        let policies = card.policies.map { "<a href=\"/policies/\(String($0))\">\(String($0))</a>" as HTML }
        let warnings = card.warnings(today: values.today, writtenOn: values.zone.day(of: kept.at)).map {
            words.told($0)
        }
        let lead: HTML =
            warnings.isEmpty
            ? "<p class=\"lead\">\(words.plan(PlanningPhrase.nothingMissing))</p>"
            : "<p class=\"lead worse\">\(words.labelled(words.plan(PlanningPhrase.warnings), warnings.joined(separator: words.language == .zh ? "、" : ", ")))</p>"
        let use: HTML? =
            values.mayUse
            ? """
            <form method="post" action="/processes/\(String(kept.id))/used">\(visit.tokenField)\
            <button>\(words.plan(PlanningPhrase.used))</button></form>
            """ : nil
        return """
            \(lead)<dl class="fields">
            \(line(.purpose, card.purpose))\(line(.accountable, card.owner))\(line(.manager, card.manager))\
            \(list(.practitioners, texts(card.practitioners)))\(list(.activities, texts(card.activities)))\
            \(list(.procedures, texts(card.procedures)))\(list(.deliverables, texts(card.deliverables)))\
            \(list(.handoffs, texts(card.handoffs)))\(list(.policies, policies))\(list(.measures, measures))\
            \(line(.usedOn, card.usedOn.map { words.figures.date($0) } ?? ""))</dl>\(use)
            """
    }
}

/// All process cards, with what is missing on each.
struct ProcessesPage {
    var values: PlanningValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let cards = values.cards.map { kept, card in
            (kept, card, card.warnings(today: values.today, writtenOn: values.zone.day(of: kept.at)))
        }
        let rows = cards.map { kept, card, warnings -> [Table.Cell] in
            let told = warnings.map { words.told($0) }.joined(separator: words.language == .zh ? "、" : ", ")
            return [
                Table.Cell("<a href=\"/processes/\(String(kept.id))\">\(card.name)</a>"), .text(card.purpose),
                .text(card.owner.isEmpty ? Figures.missing : card.owner),
                .text(card.manager.isEmpty ? Figures.missing : card.manager),
                Table.Cell(
                    warnings.isEmpty
                        ? HTML(escaping: words.plan(PlanningPhrase.nothingMissing))
                        : "<span class=\"worse\">\(told)</span>"),
            ]
        }
        let table: HTML =
            rows.isEmpty
            ? .empty
            : Table(
                caption: words.plan(PlanningPhrase.processes),
                columns: [PlanningPhrase.process, .purpose, .accountable, .manager, .warnings].map {
                    .text(words.plan($0))
                }, rows: rows
            ).html
        let form: HTML? =
            values.mayEdit
            ? """
            <details><summary>\(words.plan(PlanningPhrase.add))</summary>\
            \(DocumentFields(form: DocumentForm(kind: .process), goals: []).html(visit, kept: nil))</details>
            """ : nil
        return Page(
            place: .planning, title: words.plan(PlanningPhrase.processes),
            question: words.plan(PlanningPhrase.processesQuestion),
            content: """
                <p class="lead">\(words.processesLead(cards: cards.count, warned: cards.count { !$0.2.isEmpty }))</p>
                \(table)\(form)
                """,
            next: [
                (words.say(MomentumPhrase.openPolicies), "/policies"),
                (words.say(MomentumPhrase.openPlanning), "/planning"),
            ])
    }
}
