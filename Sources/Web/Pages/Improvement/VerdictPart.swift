import Evaluations
import Improvements
import Languages
import Measures
import Records
import Statistics

/// What the round did: the verdict in plain words, what a plain comparison would have said, the picture, the guardrails,
/// whether the gain holds, and the staircase of rounds.
struct VerdictPart {
    var values: ImprovementValues

    func html(_ words: Words) -> HTML {
        guard let round = values.judged else { return staircase(words) }
        var content: HTML = "<h2 id=\"verdict\">\(words.say(.verdictHeading))</h2>"
        content += round.judgement.map { judged($0, round, words) } ?? soFar(words)
        content += values.effect?.figure(words) ?? .empty
        if case .success(let result)? = values.evaluation {
            content += guardrails(result, words)
            content += notes(result, words)
        }
        return content + gain(words) + staircase(words)
    }

    private func judged(_ judgement: Judgement, _ round: Round, _ words: Words) -> HTML {
        let language = words.language
        let objective = round.plan?.plan.objective
        var out: HTML = """
            <p class="lead">\(verdictMark(judgement.verdict, words)) \(words.tell(
                .verdict(judgement, measure: objective?.measure.flatMap { Measure(id: $0) }, objective?.slice ?? .everything,
                    leastEffect: round.plan?.plan.leastEffect)).html(in: language))</p>
            """
        if let naive = judgement.naive {
            out += "<p>\(words.tell(.naive(naive, effect: judgement.effect?.estimate)).html(in: language))</p>"
        }
        if case .success(let result)? = values.evaluation {
            out += benefit(result, words)
            let reasons = result.reasons.compactMap { words.reason($0) }
            if !reasons.isEmpty { out += "<ul>\(reasons.map { "<li>\($0)</li>" as HTML })</ul>" }
        }
        let intact = round.plan?.isIntact == true && judgement.seal == round.plan?.seal
        out += "<p class=\"note\">\(words.say(intact ? .sealKept : .sealBroken)) \(words.text(Line.intervalNote))</p>"
        return out
    }

    /// Before the verdict is due: what the interval that holds at every look says, and when there will be more.
    private func soFar(_ words: Words) -> HTML {
        switch values.evaluation {
        case .success(let result)?:
            let seen: HTML? = result.anytime.map { e in
                let told = words.value(e, of: result.measured.measure)
                return "<p>\(words.told(.soFar(value: told.value, range: told.range)))</p>"
            }
            return "<p class=\"lead\">\(words.told(.verdictDue(result.dueOn)))</p>\(seen)"
        case .failure(let why)?: return "<p class=\"lead\">\(words.told(why: why))</p>"
        case nil: return "<p>\(words.say(.noVerdictYet))</p>"
        }
    }

    private func benefit(_ result: RoundEvaluation, _ words: Words) -> HTML {
        guard let benefit = result.benefit else { return .empty }
        let rate = values.rate.map {
            words.told(.worth(benefit.hoursPerMonth.scaled(by: $0), currency: values.currency))
        }
        return "<p>\(words.told(.benefit(benefit.hoursPerMonth))) \(rate.map { HTML(escaping: $0) })</p>"
    }

    private func guardrails(_ result: RoundEvaluation, _ words: Words) -> HTML {
        guard !result.guardrails.isEmpty else { return .empty }
        let rows = result.guardrails.map { g -> [Table.Cell] in
            let measure = Measure(id: g.guardrail.measure)
            let name: HTML =
                measure.map { "<a href=\"\(Link.measure($0, g.guardrail.slice))\">\(words.label($0))</a>" }
                ?? HTML(escaping: g.guardrail.measure)
            let effect = g.effect.map {
                "\(words.figures.change($0.estimate)) (\(words.figures.changes($0.low, $0.high)))"
            }
            return [
                Table.Cell(name), Table.Cell(state(g.state, words)), .text(effect ?? Figures.missing),
                .number(words.figures.percent(g.guardrail.margin), g.guardrail.margin),
            ]
        }
        return """
            <h3>\(words.say(.guardrailsLegend))</h3>\(Table(
                caption: words.say(.guardrailsLegend),
                columns: [
                    .text(words(.theMeasure)), .text(words(.status)), .text(words.say(.effectHeading)),
                    .number(words.say(.marginHeading)),
                ], rows: rows, isSortable: false
            ).html)
            """
    }

    private func state(_ state: RoundEvaluation.GuardrailResult.State, _ words: Words) -> HTML {
        switch state {
        case .safe: "<span class=\"mark better\">✓ \(words.say(.guardrailSafe))</span>"
        case .harmed: "<span class=\"mark worse\">↓ \(words.say(.guardrailHarmed))</span>"
        case .unproven: "\(words.say(.guardrailUnproven))"
        case .tooEarly: "\(words.say(.guardrailTooEarly))"
        case .unknown: "\(words.say(.guardrailUnknown))"
        }
    }

    private func notes(_ result: RoundEvaluation, _ words: Words) -> HTML {
        let notes = result.notes.map { words.told(note: $0) }
        let spell = result.badSpellDays > 0 ? [words.told(.badSpell(days: result.badSpellDays))] : []
        let all = spell + notes
        if all.isEmpty { return .empty }
        return """
            <details><summary>\(words.say(.notesHeading))</summary><ul>\(all.map { "<li>\($0)</li>" as HTML })</ul></details>
            """
    }

    // MARK: Whether it holds

    private func gain(_ words: Words) -> HTML {
        guard values.judged?.judgement?.verdict == .worked else { return .empty }
        let told: HTML
        switch values.watch {
        case .success(let watch)?:
            if let slipped = watch.slippedOn {
                told = """
                    <p><span class="mark worse">↓ \(words.say(.slipping))</span> \(words.told(.slipped(slipped)))</p>
                    """
            } else {
                told =
                    "<p><span class=\"mark better\">✓ \(words.say(ImprovementPhrase.holding))</span> \(words.told(.holdsSince(watch.watchedFrom, through: watch.through)))</p>"
            }
            guard let held = watch.held else { return heading(words) + told }
            return heading(words) + told + "<p>\(words.told(.held(held)))</p>"
        case .failure(.reviewNotOver(let until))?: told = "<p>\(words.told(.watchBegins(until)))</p>"
        case .failure?, nil: told = "<p>\(words.say(.cannotWatch))</p>"
        }
        return heading(words) + told
    }

    private func heading(_ words: Words) -> HTML { "<h3>\(words.say(.holdsHeading))</h3>" }

    private func staircase(_ words: Words) -> HTML {
        let slipped: Bool
        if case .success(let watch)? = values.watch { slipped = watch.slippedOn != nil } else { slipped = false }
        let picture = Staircase(values.improvement, slipped: slipped).figure(words)
        return picture.isEmpty ? .empty : "<h3>\(words.say(.staircaseHeading))</h3>\(picture)"
    }
}

/// The verdict as a word with its sign and, where it has a meaning, its colour.
func verdictMark(_ verdict: Judgement.Verdict, _ words: Words) -> HTML {
    let name = capitalised(words.name(of: verdict))
    switch verdict {
    case .worked: return "<span class=\"mark better\">✓ \(name)\(words.stop)</span>"
    case .worse: return "<span class=\"mark worse\">↓ \(name)\(words.stop)</span>"
    default: return "<span class=\"mark\">\(name)\(words.stop)</span>"
    }
}
