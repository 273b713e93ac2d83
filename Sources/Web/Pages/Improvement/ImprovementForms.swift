import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics

/// The forms of an improvement's page: plain posts with the token, and the version that the reader saw.
struct ImprovementForms {
    let values: ImprovementValues
    let visit: Visit

    var words: Words { visit.words }
    var round: Round { values.round }

    // MARK: Whole forms

    /// The form of a deed, with what was typed before where something stood in the way.
    func form(_ deed: Deed) -> HTML {
        """
        <form class="stack" id="form-\(deed.rawValue)" method="post" action="\(values.address)/\(deed.rawValue)">\
        \(hidden)\(fields(deed))<button>\(words.say(deed.buttonText))</button></form>
        """
    }

    /// The same, folded away under its name; nothing for a reader who may not do it.
    func folded(_ deed: Deed) -> HTML? {
        guard values.reader.may(deed), isOpen, values.draft?.deed != deed else { return nil }
        return "<details><summary>\(words.say(deed.heading))</summary>\(form(deed))</details>"
    }

    /// A button about one thing of a list.
    func button(_ deed: Deed, item: Int, about: String) -> HTML? {
        guard values.reader.may(deed), isOpen else { return nil }
        return """
            <form method="post" action="\(values.address)/\(deed.rawValue)">\(hidden)\
            <input type="hidden" name="item" value="\(item)">\
            <button class="quiet" aria-label="\(words.labelled(words.say(deed.buttonText), about))">\
            \(words.say(deed.buttonText))</button></form>
            """
    }

    /// A button by itself.
    func button(_ deed: Deed) -> HTML? {
        guard values.reader.may(deed) else { return nil }
        return """
            <form class="inline" method="post" action="\(values.address)/\(deed.rawValue)">\(hidden)\
            <button class="quiet">\(words.say(deed.buttonText))</button></form>
            """
    }

    private var isOpen: Bool { if case .active = values.improvement.state { true } else { false } }

    private var hidden: HTML {
        "\(visit.tokenField)<input type=\"hidden\" name=\"version\" value=\"\(values.improvement.version)\">"
    }

    // MARK: The fields of each

    private func fields(_ deed: Deed) -> HTML {
        switch deed {
        case .objective: return objective()
        case .cause: return area(deed, "cause", .causeLabel, round.cause ?? "")
        case .choice:
            return area(deed, "text", .choiceLabel, "")
                + pair(
                    input(deed, "low", .hoursLowLabel, "", kind: .number),
                    input(deed, "high", .hoursHighLabel, "", kind: .number))
                + check(deed, "choose", words.say(.chooseLabel), isOn: round.chosen == nil)
        case .chosen: return choices()
        case .plan: return plan()
        case .owner:
            return input(deed, "owner", .ownerLabel, values.improvement.owner ?? values.reader.name, kind: .person)
        case .describe: return description()
        case .action:
            return input(deed, "text", .actionLabel, "", isRequired: true)
                + pair(
                    select(deed, "kind", .actionKindLabel, Action.Kind.allCases, .process) { words.name(of: $0) },
                    input(deed, "owner", .actionOwnerLabel, values.reader.name, kind: .person))
                + pair(
                    input(deed, "department", .departmentLabel, "", kind: .department),
                    input(deed, "due", .dueLabel, "", kind: .date))
        case .roadblock:
            return input(deed, "text", .roadblockLabel, "", isRequired: true)
                + pair(
                    input(deed, "department", .waitsForLabel, "", kind: .department),
                    input(deed, "since", .sinceLabel, values.today.description, kind: .date))
                + input(deed, "response", .responseLabel, "")
        case .live:
            return pair(
                input(deed, "on", .liveOnLabel, values.today.description, kind: .date, isRequired: true),
                input(deed, "place", .placeLabel, ""))
        case .acknowledge: return input(deed, "team", .teamLabel, "", isRequired: true)
        case .decide:
            return select(deed, "decision", .decisionLabel, Decision.allCases, round.decision ?? suggested) {
                words.explained($0)
            }
        case .override, .hold: return area(deed, "reason", .reasonLabel, "")
        case .close: return area(deed, "reason", .reasonLabel, closing)
        case .back:
            let steps = Step.allCases.filter { $0 < round.step }
            let options = steps.reversed().map { (String($0.rawValue), words.name(of: $0)) }
            return choose(deed, "to", .toStepLabel, options, options.first?.0 ?? "")
                + area(deed, "reason", .reasonLabel, "")
        case .comment: return area(deed, "text", .commentLabel, "")
        default: return together(deed)
        }
    }

    /// What the verdict speaks for; the one who decides may say otherwise.
    private var suggested: Decision {
        switch round.judgement?.verdict {
        case .worked: .keep
        case .worse: .stop
        default: .adjust
        }
    }

    private var closing: String {
        round.decision == .keep ? words.say(.closingKept) : ""
    }

    private func objective() -> HTML {
        let deed = Deed.objective
        let lead = values.opportunity?.lead
        let known = round.objective
        let measure = known?.measure ?? lead?.measure.id ?? ""
        let slice = known?.slice ?? lead?.slice ?? .everything
        let usual: Objective.Direction = lead.map { $0.measure.direction == .lowerIsWorse ? .higher : .lower } ?? .lower
        let target = known?.target ?? (known == nil ? lead.flatMap(wantedAgain) : nil)
        return area(
            deed, "text", .objectiveLabel, known?.text ?? (lead == nil ? "" : values.improvement.title))
            + choose(deed, "measure", .measureLabel, measures(measure), measure)
            + sliceField(deed, slice)
            + pair(
                select(deed, "wanted", .wantedLabel, [.lower, .higher], known?.wanted ?? usual) { words.name(of: $0) },
                input(deed, "target", .targetLabel, target.map { shown($0, of: measure) } ?? "", kind: .number))
            + pair(
                input(deed, "by", .byLabel, known?.by?.description ?? "", kind: .date),
                input(deed, "goal", .goalLabel, known?.goal ?? ""))
            + (round.plan == nil ? .empty : area(deed, "reason", .changeReason, ""))
    }

    /// The level before it got worse.
    private func wantedAgain(_ lead: Signal) -> Double? {
        lead.kind == .levelShift || lead.kind == .trend ? lead.before.estimate : nil
    }

    /// As it is typed: shares in per cent, no more figures than say something.
    private func shown(_ value: Double, of measure: String) -> String {
        let isShare = Measure(id: measure)?.unit == .share
        return words.figures.number(isShare ? value * 100 : value, decimals: isShare || value.magnitude >= 100 ? 0 : 1)
    }

    private func measures(_ current: String) -> [(String, String)] {
        var list = values.measures
        if let kept = Measure(id: current), !list.contains(kept) { list.append(kept) }
        return [("", words.say(.noMeasureYet))] + list.map { ($0.id, words.label($0)) }
    }

    private func sliceField(_ deed: Deed, _ current: Slice) -> HTML {
        let chosen = typed(deed, "slice") ?? current.address
        func option(_ address: String, _ text: String) -> HTML {
            "<option value=\"\(address)\"\(address == chosen ? " selected" as HTML : .empty)>\(text)</option>"
        }
        var groups = values.slices.map { dimension, list -> HTML in
            let options = list.map { option(Slice(dimension, $0).address, $0) }
            return "<optgroup label=\"\(capitalised(words.name(of: dimension)))\">\(options)</optgroup>"
        }
        let offered = Set(values.slices.flatMap { d, list in list.map { Slice(d, $0).address } })
        if !chosen.isEmpty, !offered.contains(chosen), let slice = Slice(address: chosen) {
            groups.insert(option(chosen, slice.parts.map(\.value).joined(separator: ", ")), at: 0)
        }
        return """
            <label>\(words.say(.sliceLabel))<select name="slice">\(option("", words(.everything)))\(groups)</select></label>
            """
    }

    private func choices() -> HTML {
        let list = round.choices.map { choice -> HTML in
            let hours: HTML? = choice.hoursPerMonth.map { " <small>\(words.text(.hours($0)))</small>" }
            let on: HTML = choice.id == (round.chosen ?? round.choices.first?.id) ? " checked" : .empty
            return """
                <label class="check"><input type="radio" name="item" value="\(choice.id)" required\(on)>\(choice.text)\
                \(hours)</label>
                """
        }
        return "<fieldset><legend>\(words.say(.chosenLegend))</legend>\(list)</fieldset>"
    }

    private func plan() -> HTML {
        let deed = Deed.plan
        let guardrails = values.guardrails.map {
            check(deed, "guardrail-\($0.id)", words.label($0), isOn: false)
        }
        let controls = values.controls.map {
            check(deed, "control-\($0.address)", $0.parts.map(\.value).joined(separator: ", "), isOn: false)
        }
        var out = pair(
            input(deed, "weeks", .weeksLabel, "4", kind: .number, isRequired: true),
            input(deed, "least", .leastEffectLabel, "10", kind: .number, isRequired: true))
        out += select(deed, "shape", .shapeLabel, ExpectedShape.allCases, .step) { words.name(of: $0) }
        if let days = values.prospect?.baseline {
            out += input(deed, "from", .baselineFromLabel, days.first.description, kind: .date)
        }
        out += check(deed, "spell", words.say(.badSpellLabel), isOn: false)
        if !guardrails.isEmpty {
            out += """
                <fieldset><legend>\(words.say(.guardrailsLegend))</legend><p class="note">\(words.say(.guardrailsText))</p>\
                \(guardrails)\(input(deed, "margin", .marginLabel, "2", kind: .number))</fieldset>
                """
        }
        if !controls.isEmpty {
            out += """
                <fieldset><legend>\(words.say(.controlsLegend))</legend><p class="note">\(words.say(.controlsText))</p>\
                \(controls)</fieldset>
                """
        }
        return out
    }

    private func description() -> HTML {
        let one = values.improvement
        func option<T: RawRepresentable & CaseIterable>(_ all: T.Type, _ name: (T) -> String) -> [(String, String)]
        where T.RawValue == String {
            [("", words.say(ImprovementPhrase.notSaid))] + T.allCases.map { ($0.rawValue, name($0)) }
        }
        return input(.describe, "title", .titleLabel, one.title, isRequired: true)
            + area(.describe, "text", .textLabel, one.text, isRequired: false)
            + pair(
                choose(
                    .describe, "kind", .kindLabel, option(Change.Kind.self) { words.name(of: $0) },
                    one.kind?.rawValue ?? ""),
                choose(
                    .describe, "stage", .stageLabel, option(Change.Stage.self) { words.name(of: $0) },
                    one.stage?.rawValue ?? ""))
    }

    // MARK: Kinds of fields

    enum Kind { case text, number, date, person, department, goal }

    func typed(_ deed: Deed, _ name: String) -> String? {
        guard let draft = values.draft, draft.deed == deed else { return nil }
        return draft.fields[name] ?? ""
    }

    func pair(_ a: HTML, _ b: HTML) -> HTML { "<div class=\"pair\">\(a)\(b)</div>" }

    func input(
        _ deed: Deed, _ name: String, _ label: ImprovementPhrase, _ value: String, kind: Kind = .text,
        isRequired: Bool = false
    ) -> HTML {
        let more: HTML =
            switch kind {
            case .text: .empty
            case .number: " inputmode=\"decimal\""
            case .date: " type=\"date\""
            case .person: " list=\"people\" autocomplete=\"off\""
            case .department: " list=\"departments\" autocomplete=\"off\""
            case .goal: " list=\"goals\" autocomplete=\"off\""
            }
        let required: HTML = isRequired || kind == .person ? " required" : .empty
        return """
            <label>\(words.say(label))<input name="\(name)" value="\(typed(deed, name) ?? value)"\(more)\(required)></label>
            """
    }

    func area(
        _ deed: Deed, _ name: String, _ label: ImprovementPhrase, _ value: String, isRequired: Bool = true
    ) -> HTML {
        """
        <label>\(words.say(label))<textarea name="\(name)" rows="2"\(isRequired ? " required" as HTML : .empty)>\
        \(typed(deed, name) ?? value)</textarea></label>
        """
    }

    func check(_ deed: Deed, _ name: String, _ label: String, isOn: Bool) -> HTML {
        let isChecked = values.draft?.deed == deed ? values.draft?.fields[name] != nil : isOn
        return """
            <label class="check"><input type="checkbox" name="\(name)"\(isChecked ? " checked" as HTML : .empty)>\
            \(label)</label>
            """
    }

    func choose(
        _ deed: Deed, _ name: String, _ label: ImprovementPhrase, _ options: [(value: String, text: String)],
        _ current: String
    ) -> HTML {
        let chosen = typed(deed, name) ?? current
        let list = options.map { option -> HTML in
            "<option value=\"\(option.value)\"\(option.value == chosen ? " selected" as HTML : .empty)>\(option.text)</option>"
        }
        return "<label>\(words.say(label))<select name=\"\(name)\">\(list)</select></label>"
    }

    func select<T: RawRepresentable>(
        _ deed: Deed, _ name: String, _ label: ImprovementPhrase, _ all: [T], _ current: T, _ text: (T) -> String
    ) -> HTML where T.RawValue == String {
        choose(deed, name, label, all.map { ($0.rawValue, text($0)) }, current.rawValue)
    }

    /// The names that fields for people offer; once a page.
    var people: HTML {
        func list(_ id: HTML, _ names: [String]) -> HTML {
            names.isEmpty ? .empty : "<datalist id=\"\(id)\">\(names.map { "<option>\($0)" as HTML })</datalist>"
        }
        return list("people", values.people) + list("departments", values.departments) + list("goals", values.goals)
    }
}
