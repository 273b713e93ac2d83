import Measures
import Opportunities
import Records
import Signals
import Statistics

/// Danish as a service desk speaks it: *sag*, *incident*, *change*, the definite form in sentences, `du`.
struct Danish: Wording {
    let figures = Figures(.da)

    func plural(_ kind: TicketKind) -> String {
        switch kind {
        case .incident: "incidents"
        case .request: "anmodninger"
        case .problem: "problemer"
        case .change: "changes"
        case .complaint: "klager"
        }
    }

    func singular(_ kind: TicketKind) -> String {
        switch kind {
        case .incident: "incident"
        case .request: "anmodning"
        case .problem: "problem"
        case .change: "change"
        case .complaint: "klage"
        }
    }

    func dimension(_ dimension: Dimension) -> String {
        switch dimension {
        case .service: "service"
        case .category: "kategori"
        case .subcategory: "underkategori"
        case .group: "gruppe"
        case .location: "lokation"
        case .priority: "prioritet"
        case .channel: "kanal"
        case .segment: "kundesegment"
        case .device: "enhed"
        case .survey: "undersøgelse"
        }
    }

    func status(_ status: TicketStatus) -> String {
        switch status {
        case .new: "ny"
        case .inProgress: "i gang"
        case .waiting: "afventer"
        case .resolved: "løst"
        case .closed: "lukket"
        case .cancelled: "annulleret"
        case .merged: "flettet"
        }
    }

    func field(_ field: HistoryField) -> String {
        switch field {
        case .state: "tilstand"
        case .group: "gruppe"
        case .assignee: "sagsbehandler"
        case .priority: "prioritet"
        case .category: "kategori"
        case .subcategory: "underkategori"
        case .service: "service"
        }
    }

    // MARK: Measures

    func label(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        switch measure.quantity {
        case .opened: return "Oprettede \(kind)"
        case .resolved: return "Løste \(kind)"
        case .backlog: return "Sagspukkel af \(kind)"
        case .backlogAge: return "Åbne \(measure.kind.map { genitive($0) } ?? "") alder"
        case .timeToRespond: return "Svartid på \(kind)"
        case .timeToResolve: return "Løsningstid for \(kind)"
        case .slaMet: return "SLA-opfyldelse for \(kind)"
        case .reopened: return "Genåbnede \(kind)"
        case .reassigned: return "Omfordelte \(kind)"
        case .firstContactResolved: return "\(Danish.capital(kind)) løst ved første kontakt"
        case .workaroundOnly: return "\(Danish.capital(kind)) lukket med midlertidig løsning"
        case .majorShare: return "Andel major incidents"
        case .successful: return "Vellykkede changes"
        case .failed: return "Mislykkede changes"
        case .emergencyShare: return "Hastechanges"
        case .unauthorized: return "Uautoriserede changes"
        case .followedByIncident: return "Changes fulgt af en incident"
        case .unplannedShare: return "Ikke-planlagt arbejde"
        case .satisfaction, .mean, .nps, .answers, .made: return recordsLabel(measure)
        case .waiting, .cameBack, .handoffs, .skipped: return flowLabel(measure)
        }
    }

    private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// Words that end in s take an apostrophe instead of another s.
    private func genitive(_ kind: TicketKind) -> String {
        switch kind {
        case .incident, .change: "\(plural(kind))’"
        default: "\(plural(kind))s"
        }
    }

    private func definite(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        switch measure.quantity {
        case .opened: return "antallet af oprettede \(kind)"
        case .resolved: return "antallet af løste \(kind)"
        case .backlog: return "sagspuklen af \(kind)"
        case .backlogAge: return "alderen på åbne \(kind)"
        case .timeToRespond: return "svartiden på \(kind)"
        case .timeToResolve: return "løsningstiden for \(kind)"
        case .slaMet: return "SLA-opfyldelsen for \(kind)"
        case .reopened: return "andelen af genåbnede \(kind)"
        case .reassigned: return "andelen af omfordelte \(kind)"
        case .firstContactResolved: return "andelen af \(kind) løst ved første kontakt"
        case .workaroundOnly: return "andelen af \(kind) lukket med midlertidig løsning"
        case .majorShare: return "andelen af major incidents"
        case .successful: return "andelen af vellykkede changes"
        case .failed: return "andelen af mislykkede changes"
        case .emergencyShare: return "andelen af hastechanges"
        case .unauthorized: return "andelen af uautoriserede changes"
        case .followedByIncident: return "andelen af changes fulgt af en incident"
        case .unplannedShare: return "andelen af ikke-planlagt arbejde"
        case .satisfaction, .mean, .nps, .answers, .made, .waiting, .cameBack, .handoffs, .skipped: return ""
        }
    }

    func subject(_ measure: Measure, _ slice: Slice) -> Sentence {
        var subject: Sentence =
            measure.kind == nil
            ? recordsSubject(measure) : measure.step == nil ? "\(definite(measure))" : flowSubject(measure)
        for part in slice.parts {
            let value = part.value
            switch part.dimension {
            case .service: subject = "\(subject) for \(name: value)"
            case .category: subject = "\(subject) i kategorien \(name: value)"
            case .subcategory: subject = "\(subject) i underkategorien \(name: value)"
            case .group: subject = "\(subject) i gruppen \(name: value)"
            case .location: subject = "\(subject) på lokationen \(name: value)"
            case .priority: subject = "\(subject) med prioriteten \(name: value)"
            case .channel: subject = "\(subject) via kanalen \(name: value)"
            case .segment: subject = "\(subject) i kundesegmentet \(name: value)"
            case .device: subject = "\(subject) på enheden \(name: value)"
            case .survey: subject = "\(subject) i undersøgelsen \(name: value)"
            }
        }
        return subject
    }

    func definition(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        let counts =
            switch measure.quantity {
            case .opened: "Tæller, hvor mange \(kind) der oprettes hver dag."
            case .resolved: "Tæller, hvor mange \(kind) der løses hver dag."
            case .backlog: "Tæller, hvor mange \(kind) der er åbne ved dagens slutning."
            case .backlogAge: "Gennemsnitsalderen på de \(kind), der er åbne ved dagens slutning."
            case .timeToRespond: "Mediantiden fra oprettelse til første svar i kalendertimer."
            case .timeToResolve:
                "Mediantiden fra oprettelse til løsning i kalendertimer; de åbne regnes for mindst så gamle, som de er."
            case .slaMet: "Andelen af \(kind), der blev løst inden for den aftalte tid."
            case .reopened: "Andelen af løste \(kind), der blev åbnet igen."
            case .reassigned: "Andelen af \(kind), der mindst én gang blev sendt videre til en anden gruppe."
            case .firstContactResolved: "Andelen af \(kind), der blev løst af den første, der svarede."
            case .workaroundOnly: "Andelen af \(kind), der blev lukket med en midlertidig løsning, mens årsagen består."
            case .majorShare: "Andelen af incidents med den højeste prioritet."
            case .successful: "Andelen af lukkede changes, der gik som planlagt."
            case .failed: "Andelen af lukkede changes, der ikke nåede deres mål eller blev rullet tilbage."
            case .emergencyShare: "Andelen af changes, der blev gennemført som hastechanges."
            case .unauthorized: "Andelen af changes, der blev gennemført uden godkendelse."
            case .followedByIncident:
                "Andelen af changes, der inden for et døgn blev fulgt af en incident på samme service."
            case .unplannedShare: "Andelen af alt arbejde, som ingen havde planlagt."
            case .satisfaction, .mean, .nps, .answers, .made: recordsDefinition(measure)
            case .waiting, .cameBack, .handoffs, .skipped: flowDefinition(measure)
            }
        let way =
            switch measure.direction {
            case .higherIsWorse: "Højere er dårligere."
            case .lowerIsWorse: "Lavere er dårligere."
            case .neither: "Hverken højere eller lavere er dårligere i sig selv."
            }
        guard !measure.needs.isEmpty else { return "\(counts) \(way)" }
        return "\(counts) \(way) Kræver \(list(measure.needs.map(need)))."
    }

    func need(_ need: Need) -> String {
        switch need {
        case .resolvedAt: "løsningstidspunktet"
        case .firstResponseAt: "tidspunktet for første svar"
        case .slaMet: "om SLA’en blev overholdt"
        case .reopens: "antallet af genåbninger eller statushistorikken"
        case .reassignments: "antallet af omfordelinger eller gruppehistorikken"
        case .closeCode: "hvordan sagerne blev lukket"
        case .priority: "prioriteten"
        case .changeOutcome: "hvordan changes endte"
        case .changeType: "typen af change"
        case .authorization: "om changes var godkendt"
        case .incidentsAndChanges: "både incidents og changes"
        case .workType: "hvilket arbejde der var planlagt"
        case .scores: "besvarelser med en score og dens skala"
        case .promoterScores: "besvarelser på en skala fra 0 til 10"
        case .suggestions: "forslag med dato"
        case .readings: "målinger med tidspunkt"
        case .history: "hver sags historik"
        }
    }

    private func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " og " + last
    }

    func unit(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        return switch measure.unit {
        case .ticketsPerDay: "\(kind) om dagen"
        case .tickets: kind
        case .points: "point"
        case .answersPerDay: "besvarelser om dagen"
        case .suggestionsPerDay: "forslag om dagen"
        case .reading: measure.symbol
        case .hours: "timer"
        case .share: "procent"
        case .handoffsPerTicket: "overdragelser pr. sag"
        }
    }

    /// One: 1, and every number with decimals between 0 and 2, as it is shown.
    private func isOne(_ text: String) -> Bool { text == "1" || text.hasPrefix("0,") || text.hasPrefix("1,") }

    func value(_ value: Double, _ measure: Measure, _ scale: HourScale) -> String {
        switch measure.unit {
        case .ticketsPerDay, .answersPerDay, .suggestionsPerDay: return "\(figures.number(value)) om dagen"
        case .tickets, .points: return figures.number(value)
        case .handoffsPerTicket: return "\(figures.number(value)) pr. sag"
        case .reading: return figures.reading(value, measure.symbol)
        case .share: return figures.percent(value)
        case .hours:
            let text = figures.number(scale.convert(value))
            switch scale {
            case .minutes: return isOne(text) ? "\(text)\u{A0}minut" : "\(text)\u{A0}minutter"
            case .hours: return isOne(text) ? "\(text)\u{A0}time" : "\(text)\u{A0}timer"
            case .days: return isOne(text) ? "\(text)\u{A0}dag" : "\(text)\u{A0}dage"
            }
        }
    }

    func range(_ low: Double, _ high: Double, _ measure: Measure, _ scale: HourScale) -> String {
        let end = value(high, measure, scale)
        switch measure.unit {
        case .ticketsPerDay, .tickets, .answersPerDay, .suggestionsPerDay, .points, .handoffsPerTicket:
            return figures.range(figures.number(low), end)
        case .reading: return figures.range(figures.reading(low, ""), end)
        case .share: return figures.range(figures.number(low * 100, decimals: figures.percentDecimals(low * 100)), end)
        case .hours: return figures.range(figures.number(scale.convert(low)), end)
        }
    }

    // MARK: Findings

    func name(_ kind: SignalKind, up: Bool) -> String {
        switch kind {
        case .levelShift: "niveauskift"
        case .trend: "tendens"
        case .spike: up ? "udsving opad" : "udsving nedad"
        case .seasonBreak: "brudt mønster"
        case .variation: up ? "større spredning" : "mindre spredning"
        case .targetAtRisk: "måltal i fare"
        case .unexplainedFall: "uforklaret fald"
        case .policyBreach: "brud på politik"
        case .momentum: "faldende momentum"
        case .recurrence: "vender tilbage"
        case .theme: "voksende emne"
        case .bottleneck: up ? "flaskehals" : "mindre flaskehals"
        case .rework: up ? "omarbejde" : "mindre omarbejde"
        case .handoffs: up ? "sendt frem og tilbage" : "færre overdragelser"
        case .shortcut: up ? "genvej" : "færre genveje"
        case .wear: "slides op"
        }
    }

    private func hours(_ value: Double) -> String {
        let text = figures.number(Figures.rounded(value.magnitude))
        return isOne(text) ? "\(text)\u{A0}time" : "\(text)\u{A0}timer"
    }

    func sentence(_ s: Signal) -> Sentence {
        if let subject = s.subject { return sentence(s, about: subject) }
        let what = subject(s.measure, s.slice).capitalised
        let (earlier, later) = HourScale.pair(s.before.estimate, s.after.estimate)
        let before = value(s.before.estimate, s.measure, earlier)
        let after = value(s.after.estimate, s.measure, later)
        let usual = range(s.before.low, s.before.high, s.measure, earlier)
        let date = figures.date(s.at)
        let on =
            s.isDateWide
            ? "omkring den \(date) (mellem \(figures.between(s.atEarliest, s.atLatest)))" : "den \(date)"
        let size = size(s, later)
        let story: Sentence =
            switch (s.kind, s.rose) {
            case (.levelShift, true), (.bottleneck, true), (.rework, true), (.handoffs, true), (.shortcut, true):
                "\(what) steg \(on) fra \(before) til \(after)\(size)."
            case (.levelShift, false), (.bottleneck, false), (.rework, false), (.handoffs, false), (.shortcut, false):
                "\(what) faldt \(on) fra \(before) til \(after)\(size)."
            case (.trend, true): "\(what) er siden omkring den \(date) steget jævnt fra \(before) til \(after)\(size)."
            case (.trend, false): "\(what) er siden omkring den \(date) faldet jævnt fra \(before) til \(after)\(size)."
            case (.spike, true):
                """
                \(what) sprang op på \(after) \(figures.weekday(s.at)) den \(date); \(usual) er \
                det normale på sådan en dag.
                """
            case (.spike, false):
                """
                \(what) faldt brat til \(after) \(figures.weekday(s.at)) den \(date); \(usual) er \
                det normale på sådan en dag.
                """
            case (.seasonBreak, _): "Ugerytmen i \(subject(s.measure, s.slice)) ændrede sig \(on)."
            case (.variation, true):
                "\(what) har siden omkring den \(date) svinget mere fra dag til dag\(size)."
            case (.variation, false):
                "\(what) har siden omkring den \(date) svinget mindre fra dag til dag\(size)."
            case (.targetAtRisk, _):
                """
                Fortsætter udviklingen, holder \(subject(s.measure, s.slice)) ikke måltallet på \(before) \
                fra omkring den \(date) (mellem \(figures.between(s.atEarliest, s.atLatest))).
                """
            case (.wear, _):
                """
                Fortsætter udviklingen, når \(subject(s.measure, s.slice)) grænsen på \(before) \
                omkring den \(date) (mellem \(figures.between(s.atEarliest, s.atLatest))).
                """
            case (.unexplainedFall, _):
                """
                \(what) faldt \(on) fra \(before) til \(after)\(size), og hverken en change, en forbedring eller en \
                helligdag forklarer det. Kontrollér, at alle incidents stadig bliver registreret.
                """
            case (.policyBreach, _), (.momentum, _), (.recurrence, _), (.theme, _):
                "\(what) gik \(on) fra \(before) til \(after)\(size)."
            }
        guard let cost = s.hoursPerMonth, s.direction != .neutral else { return story }
        return s.direction == .worse
            ? "\(story) Det koster cirka \(hours(cost.estimate)) om måneden."
            : "\(story) Det sparer cirka \(hours(cost.estimate)) om måneden."
    }

    private func size(_ s: Signal, _ scale: HourScale) -> String {
        if s.measure.unit == .share, s.kind != .variation {
            let points = figures.points(s.after.estimate - s.before.estimate)
            let low = value(s.after.low, s.measure, scale)
            let high = value(s.after.high, s.measure, scale)
            return " (\(points) procentpoint; det nye niveau ligger mellem \(low) og \(high))"
        }
        guard s.hasRelative else { return "" }
        return """
             (\(figures.change(s.relative.estimate)), \
            \(figures.changes(s.relative.low, s.relative.high)))
            """
    }

    func title(_ opportunity: Opportunity) -> Sentence {
        let s = opportunity.lead
        if let subject = s.subject { return title(s, about: subject) }
        let what = subject(s.measure, s.slice)
        // In the unit in which the story tells it.
        let scale = HourScale.pair(s.before.estimate, s.after.estimate).0
        let before = value(s.before.estimate, s.measure, scale)
        if opportunity.isGoodNews, s.kind != .unexplainedFall { return "Hold fast i det, der forbedrede \(what)" }
        switch s.kind {
        case .levelShift, .trend, .bottleneck, .rework, .handoffs, .shortcut:
            return s.rose ? "Få \(what) ned på \(before) igen" : "Få \(what) op på \(before) igen"
        case .spike: return "Find ud af, hvad der skete med \(what) den \(figures.date(s.at))"
        case .seasonBreak: return "Find ud af, hvorfor ugerytmen i \(what) ændrede sig"
        case .variation: return "Gør \(what) mere jævn"
        case .targetAtRisk: return "Hold \(what) på måltallet på \(before)"
        case .wear: return "Efterse det, før \(what) når \(before)"
        case .unexplainedFall, .policyBreach, .momentum, .recurrence, .theme:
            return "Find ud af, hvorfor \(what) ændrede sig"
        }
    }

    func firstStep(_ step: FirstStep) -> String {
        switch step {
        case .findRecurringCause:
            """
            Læs tyve af sagerne bag, og del dem efter årsag: Det, der bliver ved med at vende tilbage, \
            fortjener en problemsag.
            """
        case .reviewStageWhereWorkWaits:
            "Følg ti sager fra oprettelse til løsning, og notér, hvor de venter længst."
        case .askWhatChanged:
            """
            Spørg teamet, hvad der ændrede sig omkring den dato: en release, en ny måde at arbejde på, en \
            kollega, der stoppede.
            """
        case .planCapacity:
            "Hold det arbejde, der kommer ind, op mod de timer, der er, uge for uge, og aftal, hvad der må vige."
        case .checkRouting:
            """
            Se på de sager, der blev sendt videre, og ret den regel, der sendte dem til den forkerte gruppe.
            """
        case .checkHandover: "Tag de sager, der blev åbnet igen, og se, hvad der manglede, da de blev lukket."
        case .reviewChanges:
            "Gennemgå de changes, der blev lavet lige før den dato, og se, hvilke af dem der berørte servicen."
        case .levelWorkload: "Se på de travleste og de roligste dage, og flyt det arbejde, der kan vente."
        case .agreeTarget: "Aftal et måltal med dem, der bruger servicen, så alle ved, hvornår det er godt nok."
        case .lookAtDay: "Se sammen på sagerne fra den dag, og skriv ned, hvad der skete."
        }
    }

    func note(_ note: DetectionNote) -> String {
        switch note {
        case .thinsOut(let analysed, let all):
            return
                """
                Eksporten tynder ud i en ende, sådan som eksporter gør, når de er skåret efter lukkedato: \
                Af perioden \(figures.range(all.first, all.last)) er kun \
                \(figures.range(analysed.first, analysed.last)) analyseret.
                """
        case .tooFewWeeks(let weeks):
            return weeks == 1
                ? """
                Der er data for 1 hel uge: for lidt til at skelne et niveauskift eller en tendens fra \
                tilfældigheder.
                """
                : """
                Der er data for \(figures.count(weeks)) hele uger: for lidt til at skelne et niveauskift \
                eller en tendens fra tilfældigheder.
                """
        case .tooSmall(let slices):
            return slices == 1
                ? "1 del af data har for få sager til, at der kan siges noget om den."
                : "\(figures.count(slices)) dele af data har for få sager til, at der kan siges noget om dem."
        case .noTickets: return "Der er ingen sager at analysere."
        }
    }
}
