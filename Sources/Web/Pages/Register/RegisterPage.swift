import Gains
import Improvements
import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics
import Store
import Turn

/// What is worth doing, with every term of its order.
struct RegisterValues: Sendable {
    var opportunities: [Opportunity]
    var good: [Opportunity]
    var improvements: [KeptImprovement] = []
    var held: HeldGains?
    var mayOpen = false
    var mayBring = false

    private var baseRates: BaseRates { BaseRates(improvements.map(\.improvement)) }

    /// What can be begun or finished, in its order.
    var ranked: [Ranked] { rank(candidates(opportunities, improvements.numbered), baseRates: baseRates) }

    var duplicates: [Duplicate] { Improvements.duplicates(among: improvements.numbered) }

    /// How often improvements worked: of all, and of each type that has a verdict.
    var rates: [(kind: Change.Kind?, level: BaseRate.Level)] {
        let rates = baseRates
        let types = Change.Kind.allCases.compactMap { kind in
            rates.rate(kind: kind, quantity: nil).levels.last.flatMap { $0.finished > 0 ? (kind, $0) : nil }
        }
        return [(nil, rates.rate(kind: nil, quantity: nil).levels[0])] + types.map { ($0.0, $0.1) }
    }
}

struct RegisterPage {
    var values: RegisterValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = """
            <p class="lead">\(words.text(.opportunities(values.opportunities.count)))</p>
            <p class="note"><strong>\(words(.whyThisOrder))\(words.stop)</strong> \(words.cycle(.orderText))</p>
            <p><a class="button" href="/start-small">\(words.cycle(.startSmall))</a></p>

            """
        if values.opportunities.isEmpty { content += "<p>\(words(.noOpportunities))</p>" }
        let ranked = values.ranked
        let items = ranked.compactMap { item($0, visit).map { "<li>\($0)</li>" as HTML } }
        if !items.isEmpty {
            content += "<h2>\(words(.whatToDo))</h2><ol class=\"ranked\">\(items)</ol>"
        }
        content += evaluated(ranked, words) + duplicates(visit) + rates(words)
        if !values.good.isEmpty {
            content += """
                <h2>\(words(.goodNews))</h2>\(values.good.map { OpportunityItem(opportunity: $0).html(words) })
                """
        }
        content += bring(visit)
        return Page(
            place: .register, title: words(.register), question: words(.registerQuestion), content: content,
            next: [
                (words.cycle(.startSmall), "/start-small"), (words.say(.openImprovements), "/improvements"),
                (words.say(.openSuggestions), "/suggestions"), (words.cycle(.openHandoffs), "/handoffs"),
                (words(.openSignals), "/signals"),
            ])
    }

    // MARK: In order

    private func kept(_ id: ID<Improvement>) -> KeptImprovement? { values.improvements.first { $0.id == id } }

    private func source(_ one: Improvement) -> Opportunity? {
        guard case .opportunity(let id) = one.origin else { return nil }
        return values.opportunities.first { $0.id == id }
    }

    private func item(_ ranked: Ranked, _ visit: Visit) -> HTML? {
        let words = visit.words
        let why = RankReason(ranked: ranked).html(words)
        switch ranked.candidate.subject {
        case .opportunity(let id):
            guard let o = values.opportunities.first(where: { $0.id == id }) else { return nil }
            let door = ImprovementDoor(
                field: "opportunity", value: o.id, about: words.title(for: o),
                open: values.improvements.last { $0.improvement.origin == .opportunity(id: o.id) },
                mayOpen: values.mayOpen)
            return OpportunityItem(opportunity: o, door: "\(door.html(visit))\(why)").html(words)
        case .improvement(let id):
            guard let kept = kept(id) else { return nil }
            return improvement(kept, words, more: why)
        }
    }

    private func improvement(_ kept: KeptImprovement, _ words: Words, more: HTML) -> HTML {
        let one = kept.improvement
        let opportunity = source(one)
        let hours: HTML =
            if let benefit = one.benefit {
                "<strong>\(words.text(.hours(benefit)))</strong> <span>\(words.say(.expectedByPeople))</span>"
            } else if let o = opportunity {
                "<strong>\(words.text(.hours(o.hoursPerMonth)))</strong>"
            } else if let e = one.round.choices.first(where: { $0.id == one.round.chosen })?.hoursPerMonth {
                "<strong>\(words.text(.hours(e)))</strong> <span>\(words.say(.expectedByPeople))</span>"
            } else {
                "<span>\(words.say(.hoursNotSaid))</span>"
            }
        let story: HTML? = opportunity.map { "<p>\(words.marked($0.lead).html(in: words.language))</p>" }
        let parent: HTML? = one.parent.flatMap { self.kept(ID($0)) }.map {
            """
             <span>\(words.labelled(words.say(.parentHeading), ""))<a href="/improvements/\($0.id.value)">\
            \($0.improvement.title)</a></span>
            """
        }
        return """
            <article class="finding"><h3><a href="/improvements/\(kept.id.value)">\(one.title)</a></h3>
            <p class="facts"><strong>\(words.say(.improvement))</strong> \(hours) \
            <span>\(one.owner ?? words.say(.nobodyYet))</span>\(parent)</p>
            <p>\(words.tell(.standing(one.state, round: one.round.number, one.round.step)).html(in: words.language))</p>
            \(story)\(more)</article>

            """
    }

    /// What is no bet any more: live and watched, or waiting for a decision.
    private func evaluated(_ ranked: [Ranked], _ words: Words) -> HTML {
        let ranked = Set(ranked.map(\.candidate.subject))
        let rest = values.improvements.filter {
            !$0.improvement.isClosed && !ranked.contains(.improvement($0.id))
        }
        guard !rest.isEmpty else { return .empty }
        return "<h2>\(words.cycle(.afterVerdict))</h2>\(rest.map { improvement($0, words, more: .empty) })"
    }

    // MARK: The same twice

    private func duplicates(_ visit: Visit) -> HTML {
        let pairs = values.duplicates
        guard !pairs.isEmpty else { return .empty }
        let words = visit.words
        let items = pairs.compactMap { pair -> HTML? in
            guard let first = kept(pair.first), let second = kept(pair.second) else { return nil }
            func link(_ kept: KeptImprovement) -> HTML {
                "<a href=\"/improvements/\(kept.id.value)\">\(kept.improvement.title)</a>"
            }
            let shared = pair.sharedWords.joined(separator: words.language == .zh ? "、" : ", ")
            let same: HTML? = pair.isSameMeasure ? " <span>\(words.cycle(.sameMeasure))</span>" : nil
            let form: HTML? =
                values.mayOpen
                ? """
                <form class="door-button" method="post" action="/register/merge">\(visit.tokenField)\
                <input type="hidden" name="from" value="\(second.id.value)">\
                <input type="hidden" name="into" value="\(first.id.value)">\
                <input type="hidden" name="seenFrom" value="\(second.improvement.version)">\
                <input type="hidden" name="seenInto" value="\(first.improvement.version)">\
                <button class="quiet" aria-label="\(words.labelled(
                    words.cycle(.mergeThem), "\(second.improvement.title) → \(first.improvement.title)"))">\
                \(words.cycle(.mergeThem))</button></form>
                """ : nil
            return """
                <li><p>\(first.id.value) · \(link(first))<br>\(second.id.value) · \(link(second))</p>
                <p class="facts"><span>\(words.figures.percent(pair.likeness))</span> \
                <span>\(words.labelled(words.cycle(.sharedWords), shared))</span>\(same)</p>\(form)</li>

                """
        }
        return """
            <h2 id="duplicates">\(words.cycle(.duplicates))</h2>
            <p>\(words.cycled(.duplicates(pairs.count)))</p>
            <p class="note">\(words.cycle(.duplicatesText))</p><ul class="plain">\(items)</ul>
            """
    }

    // MARK: How often it worked

    private func rates(_ words: Words) -> HTML {
        let rates = values.rates
        guard rates.contains(where: { $0.level.finished > 0 }) else { return .empty }
        let f = words.figures
        let rows = rates.map { kind, level -> [Table.Cell] in
            [
                .text(kind.map { words.name(of: $0) } ?? words.cycle(.allTypes)),
                .number("\(f.count(level.worked)) / \(f.count(level.finished))", Double(level.worked)),
                .number(
                    "\(f.percent(level.rate.estimate)) (\(f.range(f.percent(level.rate.low), f.percent(level.rate.high))))",
                    level.rate.estimate),
                level.medianEffect.map { .number(f.percent($0), $0) } ?? .text(Figures.missing),
            ]
        }
        let told = values.held.map { words.labelled(words.cycle(.howLongHeld), words.cycled(.heldGains($0))) }
        let held: HTML = "<p>\(told ?? "") <a href=\"/wins\">\(words.say(.openWins))</a></p>"
        return """
            <h2 id="base-rates">\(words.cycle(.baseRates))</h2>\(Table(
                caption: words.cycle(.baseRates),
                columns: [
                    .text(words.cycle(.ofWhichType)), .number(words.cycle(.worked)), .number(words.cycle(.chance)),
                    .number(words.cycle(.medianEffect)),
                ], rows: rows, isSortable: false
            ).html)\(held)<p class="note">\(words.cycle(.baseRatesText))</p>
            """
    }

    // MARK: A sheet

    private func bring(_ visit: Visit) -> HTML {
        guard values.mayBring else { return .empty }
        let words = visit.words
        return """
            <h2 id="sheet">\(words.cycle(.bringRegister))</h2><p>\(words.cycle(.bringRegisterText))</p>
            <form class="stack" method="post" action="/register/import" enctype="multipart/form-data">\(visit.tokenField)
            <label>\(words.cycle(.registerFile))<input type="file" name="file" accept=".csv,.txt,text/csv" required></label>
            <button>\(words.cycle(.takeIn))</button></form>
            """
    }
}

/// Why something stands where it stands: every term of its order, and what it rests on.
struct RankReason {
    var ranked: Ranked

    func html(_ words: Words) -> HTML {
        let reason: String
        if let score = ranked.score, let hours = ranked.candidate.hoursPerMonth, let days = ranked.effortDays {
            reason = words.text(
                .rankReason(
                    hours: hours.estimate, chance: ranked.rate.probability.estimate, days: days, score: score))
        } else {
            reason = words.text(.notRanked(ranked.unknown))
        }
        return """
            <details><summary>\(words.cycle(.whyHere))</summary><p>\(reason)</p>\
            <p>\(words.text(.baseRate(ranked.rate.told()))) \(words.text(.chanceToWork(ranked.rate.probability)))</p></details>
            """
    }
}
