import Improvements
import Languages
import Measures
import Records

/// Everything that is known of the present round, step by step, each with the form that changes it; earlier rounds below.
struct ImprovementRecord {
    var values: ImprovementValues
    var forms: ImprovementForms

    private var one: Improvement { values.improvement }
    private var round: Round { values.round }
    private var together: TogetherPart { TogetherPart(values: values, forms: forms) }

    func html(_ words: Words) -> HTML {
        let parts = Step.allCases.filter { Self.holds($0, round) }.map { step -> HTML in
            let override: HTML? = round.overrides.last { $0.step == step }.map {
                "<p class=\"note\">\(words.tell(.overridden(reason: $0.reason)).html(in: words.language))</p>"
            }
            return """
                <section class="record" id="step-\(step.rawValue)"><h3>\(step.rawValue) \(words.name(of: step))</h3>\
                \(override)\(part(step, words))</section>

                """
        }
        return """
            <h2>\(words.say(.recordHeading))</h2>
            \(about(words))\(parts)\(earlier(words))
            """
    }

    /// A step that is to come is told where something is known of it already; the row of steps tells the rest.
    static func holds(_ step: Step, _ round: Round) -> Bool {
        if step <= round.step { return true }
        return switch step {
        case .defineObjectives: true
        case .collectData: round.fitness != nil
        case .analysePerformance: round.cause != nil
        case .identifyOpportunities: !round.choices.isEmpty || round.plan != nil || round.step > .collectData
        case .implement: !round.actions.isEmpty || !round.roadblocks.isEmpty || !round.live.isEmpty
        case .evaluate: round.judgement != nil
        case .feedbackLoop: round.decision != nil
        }
    }

    private func part(_ step: Step, _ words: Words) -> HTML {
        switch step {
        case .defineObjectives: objective(words)
        case .collectData: data(words)
        case .analysePerformance: cause(words)
        case .identifyOpportunities: plan(words)
        case .implement: implementation(words)
        case .evaluate: evaluation(words)
        case .feedbackLoop: decision(words)
        }
    }

    /// A form that is not the one at the top already.
    private func folded(_ deed: Deed) -> HTML? { NextMove(of: one).deed == deed ? nil : forms.folded(deed) }

    private func nothing(_ words: Words) -> HTML { "<p class=\"note\">\(words.say(.nothingYet))</p>" }

    private func fields(_ pairs: [(String, HTML?)]) -> HTML {
        let shown = pairs.compactMap { name, value -> HTML? in
            guard let value, !value.isEmpty else { return nil }
            return "<dt>\(name)</dt><dd>\(value)</dd>"
        }
        return shown.isEmpty ? .empty : "<dl class=\"fields\">\(shown)</dl>"
    }

    // MARK: What it is

    private func about(_ words: Words) -> HTML {
        let origin: HTML =
            switch one.origin {
            case .opportunity(let id):
                values.opportunity.map {
                    "<a href=\"\(Link.opportunity(id))\">\(words.title($0).html(in: words.language))</a>"
                } ?? "\(words.say(.originOpportunityGone))"
            case .suggestion:
                words.tell(.originSuggestion(values.suggestion?.title ?? "", by: values.suggestion?.by ?? ""))
                    .html(in: words.language)
            case .signal(let id):
                "<a href=\"/signals#\(id)\">\(words(.signals))</a>"
            case .evaluation(let id, _): "<a href=\"/improvements/\(id)\">\(words.say(.originSlippage))</a>"
            case .slippage(let id): "<a href=\"/improvements/\(id)\">\(words.say(.originSlippage))</a>"
            case .spreadsheet(let file, let line): "\(words.text(.fileAndLine(file: file, line: line)))"
            case .hand: "\(words.say(.originHand))"
            }
        return fields([
            (words.say(.originHeading), origin), (words.say(.textLabel), HTML(escaping: one.text)),
            (words.say(.kindLabel), one.kind.map { HTML(escaping: words.name(of: $0)) }),
            (words.say(.stageLabel), one.stage.map { HTML(escaping: words.name(of: $0)) }),
            (words.say(.ownerLabel), HTML(escaping: one.owner ?? words.say(.nobodyYet))),
            (words.say(.effortLabel), one.effort.map { HTML(escaping: words.effort($0)) }),
            (words.say(.expectedHeading), one.benefit.map { HTML(escaping: words.text(.hours($0))) }),
            (words.say(.servesLabel), one.goal.map { HTML(escaping: $0) }),
            (
                words.say(.approvedHow),
                round.rule == nil ? nil : HTML(escaping: PlanPart.approval(round, words))
            ),
        ]) + together.family(words)
            + "<p>\([folded(.owner), folded(.describe), folded(.size), folded(.serves), folded(.parent)].compactMap(\.self))</p>"
    }

    // MARK: Steps 1 to 4

    private func objective(_ words: Words) -> HTML {
        guard let o = round.objective else { return nothing(words) + (folded(.objective) ?? .empty) }
        let changed: HTML? =
            round.plan.map { $0.plan.objective } == o || round.plan == nil
            ? nil : "<p class=\"note\">\(words.say(.objectiveChanged))</p>"
        return objectiveFields(o, words) + (changed ?? .empty) + goalChanges(words) + (folded(.objective) ?? .empty)
    }

    /// What the objective was when the test was frozen stays beside what it is now.
    private func goalChanges(_ words: Words) -> HTML {
        guard !round.goalChanges.isEmpty else { return .empty }
        let rows = round.goalChanges.map { change -> [Table.Cell] in
            [
                .number(words.figures.time(change.at, in: values.zone), Double(change.at.seconds)), .text(change.by),
                .text(change.before.text), .text(change.after.text), .text(change.reason),
            ]
        }
        return Table(
            caption: words.say(.goalChangesHeading),
            columns: [
                .text(words(.time)), .text(words(.who)), .text(words.say(.goalBefore)), .text(words.say(.goalAfter)),
                .text(words.say(.reasonLabel)),
            ], rows: rows, isSortable: false, isCaptionShown: true
        ).html
    }

    private func objectiveFields(_ o: Objective, _ words: Words) -> HTML {
        let measure = o.measure.flatMap { Measure(id: $0) }
        let target =
            measure.flatMap { m in o.target.map { words.value($0, of: m) } }
            ?? o.target.map { words.figures.number($0) }
        return fields([
            (words.say(.objectiveLabel), HTML(escaping: o.text)),
            (
                words.say(.measureLabel),
                measure.map {
                    "<a href=\"\(Link.measure($0, o.slice))\">\(words.heading($0, o.slice).html(in: words.language))</a>"
                }
            ),
            (words.say(.wantedLabel), measure == nil ? nil : HTML(escaping: words.name(of: o.wanted))),
            (words.say(.targetLabel), target.map { HTML(escaping: $0) }),
            (words.say(.byLabel), o.by.map { HTML(escaping: words.figures.date($0)) }),
            (words.say(.goalLabel), o.goal.map { HTML(escaping: $0) }),
        ])
    }

    private func data(_ words: Words) -> HTML {
        let told: HTML = round.fitness.map { "<p>\(words.told(.fitness($0)))</p>" } ?? nothing(words)
        let chart = values.baseline?.figure(words) ?? .empty
        return told + chart + (round.step < .collectData ? .empty : folded(.data) ?? .empty)
    }

    private func cause(_ words: Words) -> HTML {
        let drivers: HTML? = round.objective.flatMap { o in
            o.measure.flatMap { Measure(id: $0) }.map { measure -> HTML in
                "<p class=\"note\"><a href=\"\(Link.measure(measure, o.slice))\">\(words.say(.openDrivers))</a></p>"
            }
        }
        let told: HTML = round.cause.map { "<p>\($0)</p>" } ?? nothing(words)
        return told + (drivers ?? .empty) + (round.step < .analysePerformance ? .empty : folded(.cause) ?? .empty)
    }

    private func plan(_ words: Words) -> HTML {
        var out: HTML = .empty
        if !round.choices.isEmpty {
            let rows = round.choices.map { choice -> [Table.Cell] in
                let isChosen = choice.id == round.chosen
                let state: HTML =
                    isChosen
                    ? "<strong>✓ \(words.say(.chosenMark))</strong>"
                    : forms.button(.chosen, item: choice.id, about: choice.text) ?? .empty
                return [
                    .text(choice.text), .text(choice.hoursPerMonth.map { words.text(.hours($0)) } ?? Figures.missing),
                    Table.Cell(state),
                ]
            }
            out +=
                Table(
                    caption: words.say(.choicesHeading),
                    columns: [
                        .text(words.say(.choicesHeading)), .text(words.say(.expectedHeading)), .text(words(.status)),
                    ], rows: rows, isSortable: false
                ).html
        }
        out +=
            round.plan.map { PlanPart(frozen: $0, round: round, zone: values.zone).html(words) }
            ?? nothing(words)
        if round.plan != nil, !round.isApproved, NextMove(of: one).deed != .approve {
            out += forms.button(.approve).map { "<p>\($0)</p>" } ?? .empty
        }
        if round.step <= .identifyOpportunities {
            out += folded(.choice) ?? .empty
            if round.plan == nil, round.objective?.isMeasurable == true { out += folded(.plan) ?? .empty }
        }
        return out
    }

    // MARK: Steps 5 to 7

    private func implementation(_ words: Words) -> HTML {
        var out = actions(words)
        out += together.departments(words) + together.waits(words)
        out += roadblocks(words)
        if !round.live.isEmpty {
            let places = round.live.map { place -> HTML in
                "<li>\(words.tell(.liveAt(place: place.place, place.on)).html(in: words.language))</li>"
            }
            out += "<h4>\(words.say(.liveHeading))</h4><ul>\(places)</ul>"
        }
        if !round.acknowledged.isEmpty {
            let teams = round.acknowledged.joined(separator: words.language == .zh ? "、" : ", ")
            out += "<p>\(words.labelled(words.say(.acknowledgedHeading), teams))</p>"
        }
        out += together.adoption(words) + together.time(words)
        if out.isEmpty { out = nothing(words) }
        var deeds: [Deed] = [.action, .part, .wait, .roadblock]
        if round.roadblocks.contains(where: { $0.clearedOn == nil }) { deeds.append(.respond) }
        if round.step >= .implement { deeds += [.live, .team, .adopted, .knows, .acknowledge, .adoption] }
        return out + (deeds + [.spent]).compactMap { folded($0) }.joined()
    }

    private func actions(_ words: Words) -> HTML {
        guard !round.actions.isEmpty else { return .empty }
        let rows = round.actions.map { action -> [Table.Cell] in
            let due = round.nextDue(action)
            let isOverdue = due.map { $0 < values.today } ?? false
            let state: HTML =
                if let done = action.doneOn, action.everyDays == nil {
                    "\(words.told(.doneOn(done)))"
                } else {
                    """
                    \(isOverdue ? "<span class=\"mark worse\">↓ \(words.say(.overdue))</span> " as HTML : .empty)\
                    \(forms.button(.done, item: action.id, about: action.text))
                    """
                }
            return [
                .text(action.text), .text(words.name(of: action.kind)),
                .text([action.owner, action.department].filter { !$0.isEmpty }.joined(separator: ", ")),
                (due ?? action.due).map { .number(words.figures.shortDate($0), Double($0.number)) }
                    ?? .text(Figures.missing),
                Table.Cell(state),
            ]
        }
        return """
            <h4>\(words.say(.actionsHeading))</h4>\(Table(
                caption: words.say(.actionsHeading),
                columns: [
                    .text(words.say(.actionLabel)), .text(words.say(.actionKindLabel)),
                    .text(words.say(.actionOwnerLabel)), .text(words.say(.dueLabel)), .text(words(.status)),
                ], rows: rows
            ).html)
            """
    }

    private func roadblocks(_ words: Words) -> HTML {
        guard !round.roadblocks.isEmpty else { return .empty }
        let rows = round.roadblocks.map { r -> [Table.Cell] in
            let days = (r.clearedOn ?? values.today) - r.since
            return [
                .text(r.text), .text(r.department.isEmpty ? Figures.missing : words.told(.blockedBy(r.department))),
                .number(words.told(.daysLong(max(0, days))), Double(days)), .text(r.response),
                Table.Cell(
                    r.clearedOn.map { "\(words.told(.doneOn($0)))" }
                        ?? forms.button(.cleared, item: r.id, about: r.text) ?? .empty),
            ]
        }
        return """
            <h4>\(words.say(.roadblocksHeading))</h4>\(Table(
                caption: words.say(.roadblocksHeading),
                columns: [
                    .text(words.say(.roadblockLabel)), .text(words.say(.waitsForLabel)), .number(words.say(.waitedHeading)),
                    .text(words.say(.responseLabel)), .text(words(.status)),
                ], rows: rows
            ).html)
            """
    }

    private func evaluation(_ words: Words) -> HTML {
        let told: HTML =
            round.judgement.map { judgement in
                "<p>\(verdictMark(judgement.verdict, words)) <a href=\"#verdict\">\(words.say(.seeVerdict))</a></p>"
            } ?? nothing(words)
        // What was judged can be judged again, with the data as they are by then.
        let again = round.plan != nil && round.judgement != nil && round.step >= .implement ? folded(.evaluate) : nil
        return told + (again ?? .empty)
    }

    private func decision(_ words: Words) -> HTML {
        guard let decision = round.decision else { return nothing(words) }
        return "<p><strong>\(words.explained(decision))</strong></p>" + (folded(.decide) ?? .empty)
    }

    // MARK: Earlier rounds

    private func earlier(_ words: Words) -> HTML {
        let rounds = one.rounds.dropLast().reversed().map { round -> HTML in
            let objective = round.objective.map { objectiveFields($0, words) }
            let plan = round.plan.map {
                PlanPart(frozen: $0, round: round, zone: values.zone).html(words)
            }
            let verdict: HTML? = round.judgement.map { j in
                let o = round.plan?.plan.objective
                let told = words.tell(
                    .verdict(
                        j, measure: o?.measure.flatMap { Measure(id: $0) }, o?.slice ?? .everything,
                        leastEffect: round.plan?.plan.leastEffect))
                return "<p>\(verdictMark(j.verdict, words)) \(told.html(in: words.language))</p>"
            }
            let decision: HTML? = round.decision.map { "<p>\(words.explained($0))</p>" }
            return """
                <details><summary>\(words.told(.round(round.number)))</summary>\(objective)\(plan)\(verdict)\(decision)\
                </details>
                """
        }
        return rounds.isEmpty ? .empty : "<h3>\(words.say(.earlierRounds))</h3>\(rounds)"
    }
}

/// The frozen test with its seal, and what could be proven before it is frozen.
struct PlanPart {
    var frozen: FrozenPlan
    var round: Round
    var zone: Zone

    func html(_ words: Words) -> HTML {
        let plan = frozen.plan
        let f = words.figures
        let measure = plan.objective.measure.flatMap { Measure(id: $0) }
        func names(_ slices: [Slice]) -> String {
            slices.map { $0.parts.map(\.value).joined(separator: ", ") }.joined(
                separator: words.language == .zh ? "、" : ", ")
        }
        var pairs: [(String, String?)] = [
            (
                words.say(.measureLabel),
                measure.map { words.heading($0, plan.objective.slice).text(in: words.language) }
            ),
            (words.say(.frozenHeading), f.time(frozen.frozenAt, in: zone)),
            (words.say(.baselineHeading), f.range(plan.baseline.first, plan.baseline.last)),
            (words.say(.weeksLabel), f.count(plan.weeks)),
            (words.say(.leastEffectHeading), f.percent(plan.leastEffect)),
            (words.say(.provableHeading), plan.provableEffect.map { f.percent($0) } ?? words.say(.cannotSay)),
            (words.say(.shapeLabel), words.name(of: plan.shape)),
        ]
        if !plan.guardrails.isEmpty {
            let list = plan.guardrails.map { g in
                "\(Measure(id: g.measure).map { words.label($0) } ?? g.measure) (\(f.percent(g.margin)))"
            }
            pairs.append((words.say(.guardrailsLegend), list.joined(separator: words.language == .zh ? "、" : ", ")))
        }
        if !plan.controls.isEmpty { pairs.append((words.say(.controlsLegend), names(plan.controls))) }
        if plan.followsBadSpell { pairs.append((words.say(.badSpellHeading), words(.yes))) }
        pairs.append((words.say(.approvedHeading), Self.approval(round, words)))
        let shown = pairs.compactMap { name, value -> HTML? in value.map { "<dt>\(name)</dt><dd>\($0)</dd>" } }
        return """
            <p>\(words.say(frozen.isIntact ? .planIntact : .sealBroken))</p><dl class="fields">\(shown)\
            <dt>\(words.say(.sealHeading))</dt><dd class="code seal">\(frozen.seal)</dd></dl>
            """
    }

    /// Who approved it, or why nobody has to.
    static func approval(_ round: Round, _ words: Words) -> String {
        switch round.approval {
        case .by(let name, _): words.text(.approvedBy(name))
        case .delegated: words(RegisterPhrase.needsNobody)
        case nil where round.isApproved: words(.yes)
        case nil where round.rule == nil: words(.no)
        case nil: words(round.isDelegated ? RegisterPhrase.needsNobody : .needsApproval)
        }
    }

    /// What could be proven, so that nobody freezes a test that cannot answer.
    static func prospect(_ prospect: ImprovementValues.Prospect?, _ words: Words) -> HTML {
        guard let prospect else { return "<p class=\"note\">\(words.say(.prospectUnknown))</p>" }
        guard let effect = prospect.effect else { return "<p>\(words.say(.prospectUnknown))</p>" }
        let rows = prospect.needed.map { needed -> [Table.Cell] in
            [
                .number(words.figures.percent(needed.effect), needed.effect),
                needed.weeks.map { .number(words.told(.weeksLong($0)), Double($0)) }
                    ?? .text(words.say(.beyondTwoYears)),
            ]
        }
        return """
            <p>\(words.told(.provable(weeks: prospect.weeks, effect: effect)))</p>\(Table(
                caption: words.say(.prospectHeading),
                columns: [.text(words.say(.effectHeading)), .number(words.say(.weeksNeeded))], rows: rows,
                isSortable: false
            ).html)
            """
    }
}
