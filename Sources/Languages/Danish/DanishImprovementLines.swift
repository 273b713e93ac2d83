// The sentences of the improvement work.

import Improvements
import Measures
import Records
import Statistics

extension Danish {
    func tell(_ line: ImprovementLine) -> Sentence {
        let f = figures
        func days(_ n: Int) -> String { n == 1 ? "1\u{A0}dag" : "\(f.count(n))\u{A0}dage" }
        func weeks(_ n: Int) -> String { n == 1 ? "1\u{A0}uge" : "\(f.count(n))\u{A0}uger" }
        switch line {
        case .standing(let state, let round, let step):
            return switch state {
            case .active: "Runde \(f.count(round)), trin \(f.count(step.rawValue)) af 7: \(lowercased(name(step)))."
            case .onHold(let reason):
                "På pause i runde \(f.count(round)), trin \(f.count(step.rawValue)): \(name: reason)"
            case .closed(let reason): "Afsluttet efter runde \(f.count(round)): \(name: reason)"
            }
        case .round(let n): return "Runde \(f.count(n))"
        case .roundLive(let n): return "runde \(f.count(n)) i drift"
        case .improvements(let n):
            return n == 0
                ? "Ingen forbedringer er i gang."
                : n == 1 ? "1 forbedring er i gang." : "\(f.count(n)) forbedringer er i gang."
        case .conflict(let name, let time):
            return
                "\(name: name) ændrede forbedringen \(time). Din tekst er gemt nedenfor; vælg, hvilken der skal gælde."
        case .refused(let error): return refusal(error)
        case .fill(let field): return "Udfyld \(name: field)."
        case .notNumber(let value): return "\(name: value) er ikke et tal."
        case .notDate(let value): return "\(name: value) er ikke en dato. Skriv for eksempel 2026-03-12."
        case .outside(let field, let low, let high):
            return "\(name: field) er et tal fra \(f.range(f.number(low), f.number(high)))."
        case .tooLong(let field, let most): return "\(name: field) rummer højst \(f.count(most)) byte."
        case .unknownChoice(let value): return "\(name: value) er ikke længere en af valgmulighederne. Vælg igen."

        case .fitness(let d):
            let told = """
                \(days(d.days)) med en værdi, \(f.percent(d.missing)) mangler; dataene slutter den \(f.date(d.lastDay)).
                """
            return d.isEnough
                ? "\(told) Det er nok til en test."
                : """
                \(told) En test kræver mindst \(days(DataFitness.daysMin)), og højst \(f.percent(DataFitness.missingMax)) \
                må mangle.
                """
        case .overridden(let reason): return "Forladt uden sit grundlag: \(name: reason)"
        case .originSuggestion(let title, let by):
            return by.isEmpty ? "Forslaget \(name: title)" : "Forslaget \(name: title) fra \(name: by)"
        case .liveAt(let place, let day):
            return place.isEmpty ? "Overalt siden den \(f.date(day))" : "\(name: place) siden den \(f.date(day))"
        case .doneOn(let day): return "færdig den \(f.date(day))"
        case .blockedBy(let department): return "venter på \(name: department)"
        case .daysLong(let n): return "\(days(n))"
        case .weeksLong(let n): return "\(weeks(n))"
        case .provable(let n, let effect):
            return """
                Som nøgletallet har svinget, vil \(weeks(n)) bevise en effekt på \(f.percent(effect)) eller mere i fire \
                tilfælde af fem.
                """

        case .verdict(let j, let measure, let slice, let least): return verdict(j, measure, slice, least)
        case .naive(let naive, let effect):
            guard let effect, (naive < 0) == (effect < 0), naive.magnitude > effect.magnitude + 0.015 else {
                return "En simpel sammenligning af før og efter siger \(f.change(naive))."
            }
            return """
                En simpel sammenligning af før og efter siger \(f.change(naive)); cirka \
                \(f.number(((naive - effect).magnitude * 100).rounded())) procentpoint af det ville være kommet af sig selv.
                """
        case .benefit(let e):
            return e.estimate >= 0
                ? """
                Den sparer cirka \(hours(e.estimate)) timers ventetid om måneden (\(f.range(hours(e.low), hours(e.high)))).
                """
                : """
                Den koster cirka \(hours(-e.estimate)) timers ventetid om måneden \
                (\(f.range(hours(-e.high), hours(-e.low)))).
                """
        case .worth(let e, let currency):
            return """
                Det er cirka \(hours(e.estimate))\u{A0}\(currency) om måneden (\(f.range(hours(e.low), hours(e.high)))).
                """
        case .verdictDue(let day): return "Konklusionen er klar, når dataene når til den \(f.date(day))."
        case .soFar(let value, let range):
            return
                "Indtil nu er forskellen \(value) om dagen (\(range)) efter et interval, der holder, uanset hvor ofte man ser efter."
        case .badSpell(let n):
            return "De \(days(n)) før starten var usædvanligt dårlige; de fik et niveau for sig."
        case .held(let e):
            return """
                \(f.percent(e.estimate)) af gevinsten er fastholdt i de seneste fire uger \
                (\(f.range(f.percent(e.low), f.percent(e.high)))).
                """
        case .holdsSince(let from, let through):
            return
                "Det nye niveau har holdt fra den \(f.date(from)) til den \(f.date(through)), den sidste dag, der kan bedømmes."
        case .slipped(let day): return "Gevinsten har været på vej tilbage siden omkring den \(f.date(day))."
        case .watchBegins(let day): return "Om det holder, kan siges, når dataene når til den \(f.date(day))."

        case .noData: return "Dataene siger intet om dette nøgletal. Vælg et andet nøgletal eller en anden del."
        case .liveBeforePlan(let live, let frozen):
            return """
                Den gik i drift den \(f.date(live)), før testen blev fastfrosset den \(f.date(frozen)): Det kan ikke \
                bevises. Planlæg næste runde, før den begynder.
                """
        case .baselineTooShort(let n, let need):
            return "Der er \(days(n)) med en værdi før starten, og der skal \(f.count(need)) til. Hent ældre data."
        case .baselineTooLong(let n, let most):
            return "Der sammenlignes med \(f.count(n)) dage; højst \(f.count(most)) kan tages med."
        case .reviewOutOfRange(let n, let from, let through):
            return "Planen ser på \(weeks(n)); \(f.count(from)) til \(f.count(through)) er mulige."
        case .unknownMeasure(let id): return "Nøgletallet \(name: id) findes ikke."

        case .closedWeekdays(let list):
            return "Dage, hvor der er lukket, er udeladt: \(list.map { Figures.daDays[$0] }.joined(separator: ", "))."
        case .holidaysLeftOut(let n): return n == 1 ? "1 helligdag er udeladt." : "\(f.count(n)) helligdage er udeladt."
        case .gapDays(let n): return "På \(days(n)) blev der slet intet eksporteret; de regnes som manglende."
        case .stillOpenDays(let n):
            return "På \(days(n)) er de fleste sager stadig åbne; de tæller med den alder, de har."
        case .settlingDays(let n): return "De seneste \(days(n)) kan endnu ikke bedømmes: Deres sager er stadig åbne."
        case .betweenDays(let n): return "\(days(n)) mellem sammenligningen og starten hører til ingen af delene."
        case .placesTogether(let n): return "\(f.count(n)) steder begyndte på forskellige dage og er bedømt som ét."
        case .dataEnd(let day): return "Dataene slutter den \(f.date(day))."
        case .controlLost(let name): return "\(name: name) kunne ikke bruges til sammenligning og er udeladt."

        case .needsAction(let text, let owner, let due):
            return "\(name: text) (\(owner)) skulle være færdig den \(f.date(due))"
        case .winsSummary(let proven, let held, let tried):
            let gains =
                switch (proven, held) {
                case (0, _): "Ingen gevinst er dokumenteret endnu"
                case (1, 0): "1 gevinst er dokumenteret"
                case (1, _): "1 gevinst er dokumenteret, og den holder"
                default: "\(f.count(proven)) gevinster er dokumenteret, og \(f.count(held)) af dem holder påviseligt"
                }
            return tried == 0 ? "\(gains)." : "\(gains); \(f.count(tried)) forsøg gav intet bevis."
        case .winsHours(let e):
            return """
                Tilsammen sparer de cirka \(hours(e.estimate)) timers ventetid om måneden \
                (\(f.range(hours(e.low), hours(e.high)))).
                """
        case .reportTitle(let day):
            let month = Figures.daMonths[day.components.month - 1]
            return "\(month.prefix(1).uppercased() + month.dropFirst()) \(String(day.components.year))"
        case .reportSummary(let proven, let tried, let opened, let live):
            let gains =
                proven == 0
                ? "Ingen gevinst blev dokumenteret"
                : "\(proven == 1 ? "1 gevinst" : "\(f.count(proven)) gevinster") blev dokumenteret"
            let rounds = tried == 0 ? "" : ", \(tried == 1 ? "1 runde" : "\(f.count(tried)) runder") endte uden"
            let begun =
                opened == 0
                ? "ingen forbedring blev oprettet"
                : "\(opened == 1 ? "1 forbedring" : "\(f.count(opened)) forbedringer") blev oprettet"
            return "\(gains)\(rounds); \(begun), og \(live == 0 ? "ingen" : f.count(live)) gik i drift."
        case .suggestionsMade(let n): return n == 0 ? "Der kom ingen forslag." : "Der kom \(f.count(n)) forslag."
        case .suggestions(let n): return "\(f.count(n)) forslag, det seneste først"
        }
    }

    private func hours(_ value: Double) -> String { figures.number(Figures.rounded(value)) }
    private func lowercased(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    private func verdict(_ j: Judgement, _ measure: Measure?, _ slice: Slice, _ least: Double?) -> Sentence {
        let f = figures
        let what: Sentence = measure.map { subject($0, slice).capitalised } ?? "Nøgletallet"
        let guards: Sentence =
            !j.harmed.isEmpty
            ? " Men noget, der ikke må blive dårligere, blev det."
            : j.unproven.isEmpty ? "" : " For det, der ikke må blive dårligere, er skade endnu ikke udelukket."
        switch (j.verdict, j.effect) {
        case (.worked, let e?):
            return """
                \(what) \(e.estimate < 0 ? "faldt" : "steg") \(f.percent(e.estimate.magnitude)) (\(spread(e))) i forhold \
                til det, der ellers ville være sket.\(guards)
                """
        case (.worse, let e?):
            return """
                \(what) \(e.estimate < 0 ? "faldt" : "steg") \(f.percent(e.estimate.magnitude)) (\(spread(e))) i forhold \
                til det, der ellers ville være sket. Notér, hvad der er lært.\(guards)
                """
        case (.noDifference, let e?):
            let most = f.percent(least ?? max(e.low.magnitude, e.high.magnitude))
            return "En effekt på \(most) eller mere ville have vist sig; en mindre kan ikke udelukkes.\(guards)"
        case (.cannotTell, let e?):
            return "Effekten ligger mellem \(f.change(e.low)) og \(f.change(e.high)), og begge dele er mulige.\(guards)"
        case (.tooEarly, _): return "Dataene når endnu ikke til slutningen af de planlagte uger."
        default: return "Dataene kan ikke svare.\(guards)"
        }
    }

    /// The interval of an effect as sizes, the smaller first.
    private func spread(_ e: Estimate) -> String {
        let (a, b) = e.estimate < 0 ? (-e.high, -e.low) : (e.low, e.high)
        return figures.changes(a, b)
    }

    private func refusal(_ error: LifeCycleError) -> Sentence {
        switch error {
        case .closed: "Forbedringen er afsluttet; der kan kun tilføjes kommentarer."
        case .onHold: "Forbedringen er på pause. Tag den først op igen."
        case .notOnHold: "Forbedringen er ikke på pause."
        case .evidenceMissing(let missing):
            "Trinnet kan ikke forlades endnu. Der mangler: \(missing.map { self.missing($0) }.joined(separator: "; "))."
        case .reasonMissing: "Der skal en begrundelse til."
        case .textMissing: "Der skal en tekst til."
        case .notEarlier(let step): "»\(name(step))« er ikke et tidligere trin."
        case .noSuchChoice: "Den mulighed findes ikke længere. Vælg igen."
        case .planFrozen: "Rundens test er allerede fastfrosset. En ny hører til næste runde."
        case .noPlan: "Der er ingen fastfrosset test at bedømme efter."
        case .notMeasurable: "Målet nævner intet nøgletal. Vælg først et."
        case .otherPlan: "Konklusionen følger en anden test end den fastfrosne."
        case .wrongStep(let step): "Det hører ikke til trinnet »\(name(step))«."
        case .noNextRound: "En ny runde følger efter en beslutning om at udvide eller justere."
        case .merged(let id): "Den er lagt sammen med forbedring \(String(id)). Fortsæt dér."
        case .mergeTakesTwo: "En forbedring kan ikke lægges sammen med sig selv."
        case .noSuchAction: "Den handling findes ikke længere. Se på listen igen."
        case .noSuchParent: "Der findes ingen sådan forbedring, den kunne være en del af."
        case .ownAncestor: "Den forbedring er selv en del af denne."
        case .roleMayNotApprove: "Din rolle godkender ikke dette; spørg en af dem, reglen nævner."
        case .outOfRange:
            "Tallet er uden for sit område: en andel ligger mellem 0 og 100 %, og antal personer er ikke under nul."
        case .endsBeforeItBegins: "Slutningen ligger før begyndelsen."
        case .changedMeanwhile, .notOpened, .openedTwice: "Forbedringen er ændret. Se på den igen."
        }
    }
}
