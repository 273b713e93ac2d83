import Gains

// Regler og de faste vendinger om momentum og politikker.

extension Danish {
    func rule(_ rule: Rule) -> String {
        let kinds = list(rule.kinds.map { plural($0) })
        let what = "\(kinds.prefix(1).uppercased())\(kinds.dropFirst())"
        let scope = rule.scope.map { ", hvor \(told($0))" } ?? ""
        return "\(what)\(scope): \(told(rule.demand))."
    }

    private func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " og " + last
    }

    private func told(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): return parts.map { bracketed($0) }.joined(separator: " og ")
        case .any(let parts): return parts.map { bracketed($0) }.joined(separator: " eller ")
        case .not(.flag(let flag)): return flagged(flag, isNot: true)
        case .not(.isSet(let field)): return "\(named(field)) er ikke udfyldt"
        case .not(.isTimed(let time)): return "tidspunktet for \(moment(time)) er ikke kendt"
        case .not(let part): return "ikke (\(told(part)))"
        case .isSet(let field): return "\(named(field)) er udfyldt"
        case .isTimed(let time): return "tidspunktet for \(moment(time)) er kendt"
        case .isOneOf(let field, let values):
            return "\(named(field)) er \(values.map { "»\($0)«" }.joined(separator: " eller "))"
        case .flag(let flag): return flagged(flag, isNot: false)
        case .before(let a, let b): return "\(moment(a)) kommer før \(moment(b))"
        case .within(let time, let start, let span):
            return "\(moment(time)) kommer inden for \(length(span)) efter \(moment(start))"
        case .count(let counter, let bound, let limit):
            let most = bound == .atMost ? "højst" : "mindst"
            return "\(most) \(figures.number(limit))\u{A0}\(counting(counter))"
        }
    }

    private func bracketed(_ condition: Condition) -> String {
        switch condition {
        case .all, .any: "(\(told(condition)))"
        default: told(condition)
        }
    }

    private func named(_ field: Condition.Field) -> String {
        switch field {
        case .title: "titlen"
        case .text: "teksten"
        case .state: "tilstanden"
        case .status: "status"
        case .service: "servicen"
        case .category: "kategorien"
        case .subcategory: "underkategorien"
        case .group: "gruppen"
        case .location: "lokationen"
        case .priority: "prioriteten"
        case .channel: "kanalen"
        case .segment: "kundesegmentet"
        case .department: "afdelingen"
        case .assignee: "sagsbehandleren"
        case .requester: "indmelderen"
        case .closeCode: "lukkekoden"
        case .problem: "problemet"
        case .causedBy: "den change, der var årsagen,"
        case .changeType: "changetypen"
        case .outcome: "udfaldet"
        }
    }

    private func moment(_ time: Condition.Time) -> String {
        switch time {
        case .opened: "oprettelsen"
        case .firstResponse: "det første svar"
        case .resolved: "løsningen"
        case .closed: "lukningen"
        case .due: "fristen"
        case .updated: "den seneste opdatering"
        }
    }

    private func flagged(_ flag: Condition.Flag, isNot: Bool) -> String {
        let not = isNot ? "ikke " : ""
        return switch flag {
        case .unauthorised: "\(not)uautoriseret"
        case .major: "\(not)en større incident"
        case .workaround: "\(not)lukket med en midlertidig løsning"
        case .slaMet: "SLA'en er \(not)overholdt"
        case .firstContact: "\(not)løst ved første kontakt"
        }
    }

    private func counting(_ counter: Condition.Counter) -> String {
        switch counter {
        case .reopens: "genåbninger"
        case .reassignments: "omfordelinger"
        case .workMinutes: "arbejdsminutter"
        }
    }

    private func length(_ span: Condition.Span) -> String {
        let n = figures.number(span.amount)
        let one = n == "1" || n.hasPrefix("0,") || n.hasPrefix("1,")
        return switch span.unit {
        case .minutes: "\(n)\u{A0}\(one ? "minut" : "minutter")"
        case .hours: "\(n)\u{A0}\(one ? "time" : "timer")"
        case .days: "\(n)\u{A0}\(one ? "dag" : "dage")"
        case .weeks: "\(n)\u{A0}\(one ? "uge" : "uger")"
        case .businessMinutes: "\(n)\u{A0}\(one ? "minut" : "minutter") i arbejdstiden"
        case .businessHours: "\(n)\u{A0}\(one ? "time" : "timer") i arbejdstiden"
        }
    }

    func error(_ error: RuleError) -> String {
        switch error {
        case .isEmpty: return "Reglen er tom. Skriv for eksempel »incidents: category is set«."
        case .tooLong(let most): return "Reglen er længere end \(figures.count(most)) tegn. Del den i to."
        case .tooDeep: return "Reglen har for mange parenteser eller »not« inden i hinanden. Del den i to."
        case .kindMissing(let found):
            return """
                En regel begynder med en sagstype og et kolon: incidents, requests, problems, changes eller complaints. Her \
                står »\(found)«.
                """
        case .unexpected(let found, let expected):
            let there = found.isEmpty ? "Reglen slutter for tidligt" : "»\(found)« passer ikke her"
            return "\(there): \(wanted(expected))."
        }
    }

    private func wanted(_ expected: RuleError.Expected) -> String {
        switch expected {
        case .condition:
            "Her hører et felt, et tidspunkt, et antal eller et ja og nej til, for eksempel »category«, »resolved«, »reopens« eller »major«"
        case .afterField: "Efter et felt kommer »is set«, »is not set«, »is …« eller »is one of …«"
        case .afterTime: "Efter et tidspunkt kommer »is set«, »before …« eller »within …«"
        case .time: "Her hører et tidspunkt til: opened, first response, resolved, closed, due eller updated"
        case .number: "Her hører et tal til"
        case .unit: "Her hører en enhed til: minutes, hours, days, weeks, business minutes eller business hours"
        case .value: "Her hører en værdi til, i anførselstegn, hvis den har komma eller kolon"
        case .bracket: "Der mangler en slutparentes"
        case .bound: "Her hører »at most« eller »at least« til"
        case .end: "Her skulle reglen slutte eller gå videre med »and«, »or« eller et kolon"
        }
    }

    func phrase(_ phrase: MomentumPhrase) -> String {
        switch phrase {
        case .momentum: "Momentum"
        case .momentumQuestion: "Er der liv i forbedringsarbejdet?"
        case .threeQuestions: "Ugens tre spørgsmål"
        case .lastWeek: "Uge"
        case .earlierWeeks: "Tidligere uger"
        case .question: "Spørgsmål"
        case .week: "Uge"
        case .signsHeading: "Hvad kan der gøres ved det"
        case .noSigns: "Der er ingen tegn at svare på."
        case .playbook: "Hvad andre gør"
        case .playbookText: "Vælg et, gør det, og skriv ned, at det er gjort. Så siger Ratchet, om tegnet forsvandt."
        case .whatWasDone: "Hvad der blev gjort"
        case .chooseResponse: "Hvad gør I?"
        case .ownIdea: "Noget andet"
        case .note: "Note"
        case .keepResponse: "Gem"
        case .responsesHeading: "Hvad der blev gjort, og om det hjalp"
        case .noResponses: "Der er ikke skrevet noget ned endnu."
        case .didItHelp: "Hjalp det?"
        case .unexplainedHeading: "Skift, som intet forklarer"
        case .unexplainedText:
            """
            Hvert skift i hvert nøgletal holdes op mod forbedringer, der gik i drift, changes, helligdage, fejl i data og \
            andre skift. Disse har ingen årsag.
            """
        case .noUnexplained: "Hvert registreret skift har en registreret årsag."
        case .explainedHeading: "Skift med en årsag"
        case .causes: "Årsag"
        case .possibleCauses: "Tæt på, men det beviser intet"
        case .move: "Skift"
        case .explainLabel: "Hvorfor flyttede det sig?"
        case .explainButton: "Forklar"
        case .figuresHeading: "Forbedringsarbejdets egne tal"
        case .figuresText:
            "De overvåges som alle andre nøgletal. Andelen af falske fund er 5 procent for dem alle tilsammen."
        case .figure: "Nøgletal"
        case .now: "Nu"
        case .before: "Året før"
        case .trendHeading: "Hvad der skete"
        case .holding: "intet varigt skift"
        case .stepsHeading: "Hvor længe hvert trin varer"
        case .stepsText:
            "Halvdelen af forbedringerne forlader trinnet inden for så mange dage; dem, der stadig er der, tæller med."
        case .step: "Trin"
        case .medianDays: "Halvdelen inden for"
        case .cases: "Antal"
        case .scoreHeading: "Hvad der blev forudset, og hvad der kom"
        case .scoreText: "Hver advarsel og prognose gemmes, som den blev sagt, og bedømmes, når dens dag er kommet."
        case .source: "Hvad der blev sagt"
        case .came: "Kom"
        case .didNotCome: "Kom ikke"
        case .cannotTellCount: "Kan ikke afgøres"
        case .open: "Endnu åben"
        case .share: "Andel, der kom"
        case .fireHeading: "Brandslukning"
        case .fireText: "Hvor meget af arbejdet der er brandslukning, de seneste fire uger."
        case .unplanned: "Ikke-planlagt arbejde af alt arbejde"
        case .workaround: "Incidents, der kun er lukket med en midlertidig løsning"
        case .repeated: "Incidents, der kom igen"
        case .notSaid: "kan ikke afgøres: det fremgår ikke af data"
        case .fireHours: "Arbejde med incidents på fire uger"
        case .planning: "Planlægning"
        case .policies: "Politikker"
        case .policiesQuestion: "Bliver vores regler overholdt, og bedre eller dårligere end før?"
        case .noPolicies: "Der er ingen politikker endnu. Begynd med en af dem nedenfor."
        case .policy: "Politik"
        case .rule: "Regel"
        case .compliance: "Overholdt"
        case .agreed: "Aftalt"
        case .lastFourWeeks: "Seneste fire uger"
        case .breaches: "Sager, der brød den"
        case .noBreaches: "Ingen sag brød den."
        case .addPolicy: "Tilføj en politik"
        case .addPolicyText: "En politik er en regel, som hver sag holdes op mod."
        case .ruleHelp:
            """
            Først sagstypen og så det, der skal gælde. Ordene er de samme på alle sprog. For eksempel: incidents: when \
            priority is 1: first response within 4 business hours
            """
        case .name: "Navn"
        case .target: "Andel, der skal overholde den, i procent"
        case .owner: "Ansvarlig"
        case .templates: "Politikker at begynde med"
        case .addButton: "Tilføj"
        case .retire: "Sæt ud af kraft"
        case .retired: "Ude af kraft"
        case .checkNow: "Kontrollér nu"
        case .checkedAt: "Kontrolleret"
        case .neverChecked: "ikke kontrolleret endnu"
        case .unknownShare: "Kan ikke afgøres"
        case .openMomentum: "Se, om der er liv i forbedringsarbejdet"
        case .openPolicies: "Se, om reglerne bliver overholdt"
        case .openPlanning: "Planlæg mål og kompetencer"
        case .openProcesses: "Åbn proceskortene"
        case .ticketNumber: "Sag"
        case .nameMissing: "Giv politikken et navn."
        case .targetWrong: "Andelen er et tal fra 1 til 100."
        case .mayNotEdit: "Procesejere og forbedringsledere kan ændre politikker."
        case .inForce: "I kraft"
        }
    }
}
