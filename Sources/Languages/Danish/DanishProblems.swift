import Records
import Signals
import Statistics

// Det, der bliver ved med at komme igen, som en problem manager ville sige det.

extension Danish: ProblemWording {
    func problem(_ phrase: ProblemPhrase) -> String {
        switch phrase {
        case .problems: "Problemer"
        case .problemsQuestion: "Hvilke incidents bliver ved med at komme igen, og hvornår kan den næste ventes?"
        case .noProblems:
            """
            Endnu er der intet, der bliver ved med at komme igen. Incidents samles efter ordene i deres titel, når de \
            kommer ind: Importér et udtræk, der har en titel eller en kort beskrivelse.
            """
        case .problem: "Problem"
        case .words: "Hvad det handler om"
        case .incidents: "Incidents"
        case .months: "Måned for måned"
        case .hoursAMonth: "Ventetimer om måneden"
        case .workHoursAMonth: "Arbejdstimer om måneden"
        case .moneyAMonth: "Pris om måneden"
        case .nextDue: "Ventes næste gang"
        case .workarounds: "Lukket med midlertidig løsning"
        case .standing: "Status"
        case .overdue: "over tiden"
        case .notSaid: "ikke registreret"
        case .candidate: "problemkandidat"
        case .recorded: "har en problemsag"
        case .returned: "kom igen"
        case .quiet: "stille"
        case .ordinary: "kan være tilfældigt"
        case .candidateText: "Det bliver ved med at komme igen, og ingen problemsag peger på årsagen."
        case .recordedText: "Der arbejdes på en problemsag, så det er ikke en kandidat."
        case .returnedText: "Problemsagen blev lukket, og der kom incidents igen: Årsagen er der stadig."
        case .quietText: "Det er længere siden end normalt, at det sidst viste sig."
        case .ordinaryText:
            "Dets incidents har ikke flere ord til fælles, end sager i kategorien har ved et tilfælde, eller det har vist sig færre end tre gange."
        case .candidatesHeading: "Årsager, der er værd at finde"
        case .othersHeading: "Andre grupper"
        case .othersText: "Grupper med en problemsag, stille grupper og grupper, der kan være opstået ved et tilfælde."
        case .sizeNote:
            """
            Timerne er dem, folk har ventet på incidents i det seneste halve år, omregnet til timer om måneden, med \
            95 %-intervaller. Et problems incidents kan også indgå i andre fund: Timerne i to fund lægges ikke sammen.
            """
        case .firstSeen: "Første gang"
        case .lastSeen: "Seneste gang"
        case .timesBack: "Gange, det er kommet"
        case .rhythm: "Rytme"
        case .noRhythm: "ingen ud over det tilfældige"
        case .record: "Problemsag"
        case .changes: "Changes forud"
        case .satisfaction: "Tilfredshed"
        case .chance: "Ved et tilfælde"
        case .chanceText: "Chancen for, at sager i kategorien har så mange ord til fælles, for alle grupper tilsammen."
        case .tickets: "Dets incidents"
        case .showMore: "Tidligere incidents"
        case .takeOut: "Tag incidents ud"
        case .takeOutText:
            "Sæt mærke ved de incidents ovenfor, der handler om noget andet. De bliver til et problem for sig, og det bliver de ved med at være."
        case .takeOutButton: "Tag dem ud"
        case .joinHeading: "Læg sammen med et andet problem"
        case .joinText: "Alle incidents fra de to problemer samles i det ene, og det ældste nummer består."
        case .joinNumber: "Det andet problems nummer"
        case .joinButton: "Læg sammen"
        case .nameHeading: "Giv det et navn"
        case .nameLabel: "Navn"
        case .nameButton: "Gem navnet"
        case .why: "Hvorfor"
        case .history: "Hvad der er sagt om det"
        case .noneTicked: "Sæt mærke ved mindst én incident i dette problem."
        case .allTicked: "Hvis alle incidents tages ud, er der intet tilbage. Lad mindst én blive."
        case .noSuchProblem: "Der er ikke noget problem med det nummer."
        case .sameProblem: "Et problem kan ikke lægges sammen med sig selv. Angiv nummeret på et andet."
        case .notYours: "Spørg en, der må bidrage, om at dele, samle eller navngive problemer."
        case .tooLong: "Det er for langt: højst 200 tegn."
        case .openProblems: "Se, hvad der bliver ved med at komme igen"
        case .firefighting: "Hvad hver årsag koster"
        case .ofProblem: "Én af de incidents, der hører til"
        case .notSummed: "Der er for få incidents til at sige mere: Der skal tre til."
        case .themes: "Emner"
        case .themesText: "Hvad kommentarerne handler om, fundet ud fra deres ord."
        case .theme: "Emne"
        case .comments: "Kommentarer"
        case .share: "Andel"
        case .feeling: "Stemning"
        case .examples: "For eksempel"
        case .noThemes: "Der er for få kommentarer til at finde emner i."
        case .grows: "vokser mere end tilfældigt"
        case .errorRates:
            """
            Stemningen går fra −1 til 1 og læses ud fra ordlister. Holdt op mod tekster, som mennesker har bedømt, blev én ud \
            af ni kinesiske kommentarer læst forkert, én ud af syv engelske og cirka én ud af fem danske; for dansk er \
            korrelationen med bedømmelserne 0,57. Ironi forstås ikke.
            """
        case .kinds: "Fordeling"
        case .positive: "positiv"
        case .mixed: "blandet"
        case .negative: "negativ"
        case .neutral: "ingen"
        }
    }

    func sentence(_ s: Signal, about subject: SignalSubject) -> Sentence {
        if s.kind == .theme {
            return """
                Kommentarer om \(name: subject.name) er siden omkring den \(figures.date(s.at)) vokset fra \
                \(figures.monthly(s.before.estimate * 30.4)) til \(figures.monthly(s.after.estimate * 30.4)) om måneden.
                """
        }
        var story: Sentence = """
            Incidents om \(name: subject.name) bliver ved med at komme: \(figures.monthly(s.after.estimate * 30.4)) om måneden
            """
        if let every = subject.everyDays { story = "\(story), \(rhythm(every))" }
        if let next = subject.next { story = "\(story), den næste omkring den \(figures.date(next))" }
        guard let cost = s.hoursPerMonth else { return "\(story)." }
        return "\(story). Det koster cirka \(costHours(cost.estimate)) om måneden."
    }

    func title(_ s: Signal, about subject: SignalSubject) -> Sentence {
        s.kind == .theme
            ? "Svar på det, kommentarerne siger om \(name: subject.name)" : "Find årsagen til \(name: subject.name)"
    }

    func lead(candidates: Int, groups: Int, hours: Double?) -> String {
        if candidates == 0 {
            return groups == 0
                ? "Ingen incidents bliver ved med at komme igen."
                : "Af det, der kommer igen, er intet både mere end tilfældigt og uden problemsag."
        }
        let what =
            candidates == 1
            ? "1 problem bliver ved med at komme igen"
            : "\(figures.count(candidates)) problemer bliver ved med at komme igen"
        guard let hours else { return "\(what)." }
        return "\(what) og koster cirka \(costHours(hours)) om måneden."
    }

    func story(_ problem: RecurringProblem, name: String, asOf: Day) -> Sentence {
        var story: Sentence = """
            \(problem.size == 1 ? "1 incident" : "\(figures.count(problem.size)) incidents") om \(name: name), \
            på det seneste \(figures.monthly(problem.perMonth.estimate)) om måneden
            """
        if let found = problem.rhythm {
            story = "\(story), \(rhythm(found.everyDays))"
            story =
                found.nextLatest >= asOf
                ? "\(story), den næste omkring den \(figures.date(found.next))"
                : "\(story); den næste var ventet omkring den \(figures.date(found.next))"
        }
        return "\(story)."
    }

    func rhythm(_ every: Estimate) -> String {
        let (low, high) = (figures.days(every.low), figures.days(every.high))
        if low == high { return low == "1" ? "hver dag" : "hver \(low).\u{A0}dag" }
        return "med \(low) til \(high)\u{A0}dages mellemrum"
    }

    func due(_ next: Day, in range: Period) -> String {
        "\(figures.shortDate(next)) (\(figures.range(range.first, range.last)))"
    }

    func workarounds(_ count: Int, of known: Int) -> String { "\(figures.count(count)) af \(figures.count(known))" }

    func record(_ record: RecurringProblem.Record) -> Sentence {
        let named =
            record.incidents == 1
            ? "1 incident henviser til den" : "\(figures.count(record.incidents)) incidents henviser til den"
        if record.status == nil { return "\(record.number): \(named); den er ikke blandt de importerede problemer" }
        guard let ended = record.endedOn else { return "\(record.number), stadig åben: \(named)" }
        return """
            \(record.number), lukket den \(figures.date(ended)): \(named); derefter kom der \
            \(record.after == 1 ? "1 incident" : "\(figures.count(record.after)) incidents")
            """
    }

    func changes(_ changes: RecurringProblem.ChangesBefore, of spells: Int) -> String {
        changes.expected == 0
            ? "Incidents angiver disse changes som årsag."
            : """
            \(figures.count(changes.followed)) af de \(figures.count(spells)) gange, det kom, var der gennemført en change på \
            samme service i de tre dage forinden; ved et tilfælde ville det være cirka \(figures.monthly(changes.expected)).
            """
    }

    func satisfaction(_ s: RecurringProblem.Satisfaction) -> String {
        """
        \(figures.percent(s.own.estimate)) (\(figures.range(figures.percent(s.own.low), figures.percent(s.own.high)))) ud fra \
        \(figures.count(s.count)) svar; \(figures.percent(s.others.estimate)) for alle andre
        """
    }

    func joined(other: Int64) -> String { "Lagt sammen med problem \(other)" }
    func takenOut(_ tickets: Int, of other: Int64) -> String {
        "\(tickets == 1 ? "1 incident" : "\(figures.count(tickets)) incidents") taget ud af problem \(other)"
    }
    func named(_ name: String) -> Sentence { "Fik navnet \(name: name)" }

    func themeLead(comments: Int, themes: Int, without: Int) -> String {
        """
        \(themes == 1 ? "1 emne" : "\(figures.count(themes)) emner") i de seneste \(figures.count(comments)) kommentarer; \
        \(figures.count(without)) af dem har intet.
        """
    }

    private func costHours(_ value: Double) -> String {
        let text = figures.number(Figures.rounded(value.magnitude))
        return text == "1" ? "1\u{A0}time" : "\(text)\u{A0}timer"
    }
}
