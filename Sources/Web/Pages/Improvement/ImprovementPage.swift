import Evaluations
import Improvements
import Languages
import Measures
import Opportunities
import People
import Records
import Store

/// One improvement: where it stands, what is next, what it did, and everything that was ever written about it.
struct ImprovementPage {
    var values: ImprovementValues

    private var one: Improvement { values.improvement }

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let forms = ImprovementForms(values: values, visit: visit)
        var content: HTML = "\(kept(visit, forms))"
        content += """
            <p class="lead">\(words.tell(.standing(one.state, round: one.round.number, one.round.step))
                .html(in: visit.language))</p>
            \(steps(words))
            \(now(visit, forms))
            \(VerdictPart(values: values).html(words))
            \(ImprovementRecord(values: values, forms: forms).html(words))
            \(thanks(visit))
            \(ways(words, forms))
            \(Lenses(step: one.round.step).html(words))
            \(history(visit, forms))
            \(forms.people)

            """
        return Page(
            place: .improvements, title: one.title, question: words.say(.improvementQuestion), content: content,
            next: [
                (words.say(.openImprovements), "/improvements"), (words(.openRegister), "/register"),
                (words.say(.openWins), "/wins"),
            ])
    }

    // MARK: What could not be taken

    /// What was typed and could not be kept as it was: why, what others wrote meanwhile, and the form with every word.
    private func kept(_ visit: Visit, _ forms: ImprovementForms) -> HTML? {
        guard let draft = values.draft else { return nil }
        let words = visit.words
        let meanwhile: HTML? =
            draft.meanwhile.isEmpty
            ? nil
            : """
            <h3>\(words.say(.meanwhileHeading))</h3>\
            <ul>\(draft.meanwhile.map { "<li>\(line($0, words))</li>" as HTML })</ul>
            """
        let form: HTML? =
            values.reader.may(draft.deed)
            ? "<h3>\(words.say(.yoursHeading))</h3>\(forms.form(draft.deed))" : nil
        let leave: HTML? =
            draft.meanwhile.isEmpty
            ? nil : "<p class=\"apart\"><a href=\"\(values.address)\">\(words.say(.keepTheirs))</a></p>"
        return """
            <section class="now-do" aria-labelledby="kept"><h2 id="kept">\(words.say(.keptHeading))</h2>
            <p class="problem" role="alert">\(draft.problem)</p>\(meanwhile)\(form)\(leave)</section>

            """
    }

    // MARK: The steps

    private func steps(_ words: Words) -> HTML {
        let present = one.round.step
        let items = Step.allCases.map { step -> HTML in
            let left = one.round.overrides.last { $0.step == step }
            let told: String
            if step < present {
                told = left == nil ? words.say(.stepDone) : words.say(.stepWithout)
            } else {
                told = step == present && one.missing.isEmpty ? words.say(.stepReady) : words.need(of: step)
            }
            let kind: HTML = step < present ? " class=\"done\"" : step == present ? " class=\"now\"" : .empty
            let current: HTML = step == present ? " aria-current=\"step\"" : .empty
            let text: HTML = "\(step.rawValue) \(words.name(of: step))<small>\(told)</small>"
            let item: HTML =
                ImprovementRecord.holds(step, one.round)
                ? "<a href=\"#step-\(step.rawValue)\">\(text)</a>" : text
            return "<li\(kind)\(current)>\(item)</li>"
        }
        return "<ol class=\"steps\" aria-label=\"\(words.name(of: Lens.sevenSteps))\">\(items)</ol>"
    }

    // MARK: What is next

    private func now(_ visit: Visit, _ forms: ImprovementForms) -> HTML {
        let words = visit.words
        let next = NextMove(of: one)
        var content: HTML = "<p class=\"lead\">\(words.say(next.sentence))</p>"
        if let deed = next.deed {
            if deed == .plan { content += PlanPart.prospect(values.prospect, words) }
            if deed == .evaluate, let due = dueLine(words) { content += "<p>\(due)</p>" }
            if values.reader.may(deed) {
                if values.draft?.deed != deed { content += forms.form(deed) }
            } else {
                content += "<p class=\"note\">\(words.say(deed.permission.whoMay))</p>"
            }
            if deed == .forward { content += also(words, forms) }
        }
        if case .active = one.state, !one.missing.isEmpty, one.round.step != .feedbackLoop, next.deed != .override {
            let missing = one.missing.map { words.told($0) }.joined(separator: words.language == .zh ? "；" : "; ")
            let gate: HTML =
                values.draft?.deed == .override
                ? .empty
                : values.reader.may(.override)
                    ? """
                    <details><summary>\(words.say(.goOnWithout))</summary><p class="note">\(words.say(.goOnWithoutText))</p>\
                    \(forms.form(.override))</details>
                    """ : "<p class=\"note\">\(words.say(.approveMay))</p>"
            content += "<p class=\"note\">\(words.labelled(words.say(.missingHeading), missing))</p>\(gate)"
        }
        return """
            <section class="now-do" id="now" aria-labelledby="now-heading"><h2 id="now-heading">\
            \(words.say(.nowHeading))</h2>\(content)</section>

            """
    }

    /// What may still be added before the step is left.
    private func also(_ words: Words, _ forms: ImprovementForms) -> HTML {
        switch one.round.step {
        case .implement: "<p class=\"note\">\(words.say(.alsoImplement))</p>"
        default: .empty
        }
    }

    private func dueLine(_ words: Words) -> String? {
        switch values.evaluation {
        case .success(let result)?: words.told(.verdictDue(result.dueOn))
        case .failure(let why)?: words.told(why: why)
        case nil: nil
        }
    }

    // MARK: Other ways

    private func ways(_ words: Words, _ forms: ImprovementForms) -> HTML {
        guard case .active = one.state else { return .empty }
        let next = NextMove(of: one).deed
        let deeds: [Deed] =
            (one.round.step == .defineObjectives ? [] : [.back]) + [.hold] + (next == .close ? [] : [.close])
        let folded = deeds.compactMap { forms.folded($0) }
        return folded.isEmpty ? .empty : "<h2>\(words.say(.otherWays))</h2>\(folded)"
    }

    // MARK: Thanks

    private func thanks(_ visit: Visit) -> HTML {
        let words = visit.words
        let items = values.thanks.map { ThanksItem(thanks: $0, title: nil, zone: values.zone).html(words) }
        let form = values.thanksForm?.html(visit)
        if items.isEmpty, form == nil { return .empty }
        let list: HTML? = items.isEmpty ? nil : "<ul class=\"plain\">\(items)</ul>"
        return "<h2 id=\"thanks\">\(words.cycle(.thanks))</h2>\(list)\(form)"
    }

    // MARK: Words and history

    private func history(_ visit: Visit, _ forms: ImprovementForms) -> HTML {
        let words = visit.words
        let isWatched = one.watchers.contains(values.reader.name)
        let isSupported = one.supporters.contains(values.reader.name)
        let followers: HTML? =
            one.watchers.isEmpty
            ? nil
            : """
            <span>\(words.labelled(words.say(.watchersHeading), one.watchers.joined(
                separator: words.language == .zh ? "、" : ", ")))</span>
            """
        let comment: HTML? = values.draft?.deed == .comment || !values.reader.may(.comment) ? nil : forms.form(.comment)
        let isWhole = visit.query.contains { $0 == ("history", "all") }
        let shown = isWhole ? one.entries.count : min(Self.entriesShown, one.entries.count)
        let items = one.entries.reversed().prefix(shown).map { entry -> HTML in
            let time = words.figures.time(entry.at, in: values.zone)
            return """
                <li><span class="note">\(time) <strong>\(entry.by)</strong></span> \
                <span>\(words.tell(entry.change, zone: values.zone).html(in: visit.language))</span></li>

                """
        }
        return """
            <h2 id="history">\(words.say(.historyHeading))</h2>
            \(comment)<p class="facts">\(forms.button(isWatched ? .unwatch : .watch)) \
            \(forms.button(isSupported ? .unsupport : .support)) \(followers)</p>
            \(TogetherPart(values: values, forms: forms).comments(words))
            <ol class="history" reversed>\(items)</ol>
            \(rest(one.entries.count - shown, words))
            """
    }

    /// The page stays small; the rest of a long history is one link away.
    private static let entriesShown = 120

    private func rest(_ count: Int, _ words: Words) -> HTML {
        count == 0
            ? .empty
            : "<p class=\"apart\"><a href=\"\(values.address)?history=all#history\">\(words.text(.more(count)))</a></p>"
    }

    func line(_ entry: Entry, _ words: Words) -> HTML {
        """
        <strong>\(entry.by)</strong>, \(words.figures.time(entry.at, in: values.zone)): \
        \(words.tell(entry.change, zone: values.zone).html(in: words.language))
        """
    }
}

extension Permission {
    /// Who may do it, in a sentence.
    var whoMay: ImprovementPhrase {
        switch self {
        case .contribute: .contributeMay
        case .approve: .approveMay
        default: .decideMay
        }
    }
}

/// The same record read as others count the steps: nothing is entered twice.
struct Lenses {
    var step: Step

    func html(_ words: Words) -> HTML {
        let lenses = Lens.allCases.filter { $0 != .sevenSteps }.map { lens -> HTML in
            let here = lens.parts(of: step)
            let parts = words.parts(of: lens).enumerated().map { i, part -> HTML in
                let isHere = here.contains(i + 1)
                return isHere
                    ? "<li aria-current=\"step\"><strong>\(part)</strong> <small>\(words.say(.hereNow))</small></li>"
                    : "<li>\(part)</li>"
            }
            return "<details><summary>\(words.name(of: lens))</summary><ol>\(parts)</ol></details>"
        }
        return "<h2>\(words.say(.lensesHeading))</h2><p class=\"note\">\(words.say(.lensesText))</p>\(lenses)"
    }
}
