import Gains
import Records
import Statistics

// Momentum, som en forbedringsleder ville sige det.

extension Danish: MomentumWording {
    func name(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "Forslag pr. medarbejder"
        case .contributors: "Personer, der har bidraget"
        case .departments: "Afdelinger, der har bidraget"
        case .opened: "Påbegyndte forbedringer"
        case .finished: "Afsluttede forbedringer"
        case .acceptedToDone: "Fra godkendt til afsluttet"
        case .age: "Igangværende forbedringers alder"
        case .touched: "Rørt inden for 14 dage"
        case .evaluatedOnTime: "Evalueret til tiden"
        case .overdueActions: "Handlinger med overskredet frist"
        case .gainsHeld: "Fastholdte gevinster"
        case .prevention: "Forebyggelse"
        case .ownerLoad: "Flest forbedringer hos én ansvarlig"
        case .timeUsed: "Brugt tid af den lovede"
        }
    }

    func definition(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "Forslag om ugen for hver person med en konto."
        case .contributors: "Forskellige personer, der i ugen kom med et forslag eller arbejdede på en forbedring."
        case .departments: "Forskellige afdelinger med en handling eller en forhindring, der er skrevet ned i ugen."
        case .opened: "Forbedringer, der er påbegyndt på fire uger."
        case .finished: "Forbedringer, der på fire uger er besluttet eller lukket."
        case .acceptedToDone: "Mediantiden fra godkendelse til beslutning for dem, der er besluttet på fire uger."
        case .age: "Medianalderen af det, der er i gang ved ugens slutning."
        case .touched: "Andelen af det igangværende, som nogen har skrevet i inden for 14 dage."
        case .evaluatedOnTime: "Af de evalueringer, der skulle ske på fire uger, dem der kom inden for 14 dage."
        case .overdueActions: "Handlinger, hvis frist er overskredet ved ugens slutning."
        case .gainsHeld: "Af de dokumenterede gevinster dem, der ikke har krævet en ny forbedring."
        case .prevention:
            "Af det, der er påbegyndt på fire uger, det der kom før skaden: fra et forslag, en tendens eller et måltal i fare."
        case .ownerLoad: "Det største antal igangværende forbedringer hos én ansvarlig. Det vises ikke, hvem det er."
        case .timeUsed: "Timer brugt på forbedring af de timer, der er lovet."
        }
    }

    func question(_ question: Question) -> String {
        switch question {
        case .incidentsFallen: "Er antallet af incidents faldet uden grund?"
        case .unauthorisedRising: "Kommer der flere uautoriserede changes, selv om processen er moden?"
        case .suggestionsDeclining: "Kommer der færre forslag?"
        }
    }

    func answer(_ answer: Answer) -> String {
        switch answer {
        case .yes: "ja"
        case .no: "nej"
        case .cannotTell: "kan ikke afgøres"
        }
    }

    func sentence(_ answer: WeeklyAnswer) -> Sentence {
        let f = figures
        switch answer.grounds {
        case .unexplained(let signals, let largest, let slice, let since):
            let n = f.count(signals.count)
            let size = "\(f.change(largest.estimate)), \(f.changes(largest.low, largest.high))"
            let place: Sentence = slice.parts.first.map { " for \(name: $0.value)" } ?? ""
            return """
                \(n)\u{A0}fald, som intet registreret forklarer, det største\(place) siden den \(f.date(since)) (\(size)). \
                Kontrollér, at alle incidents stadig bliver registreret.
                """
        case .allExplained(let falls): return "\(f.count(falls))\u{A0}fald, og hvert af dem har en registreret årsag."
        case .noFall(let weeks):
            return "Intet varigt fald i det seneste kvartal; \(counted(weeks, f, "uge", "uger")) er gennemsøgt."
        case .moved(let ratio): return "\(compared(answer.question, ratio)) Det er mere, end tilfældet kan give."
        case .steady(let ratio): return "\(compared(answer.question, ratio)) Det kan være tilfældigt."
        case .unsure(let ratio):
            return "\(compared(answer.question, ratio)) Der skal flere uger til, før det kan skilles fra tilfældet."
        case .none(let of): return "Ingen blandt \(counted(of, f, "change", "changes")), hvor det er kendt."
        case .noIncidents: return "Ingen incidents er analyseret endnu. Importér nogle, og kør en analyse."
        case .notRecorded:
            return answer.question == .suggestionsDeclining
                ? "Der er ikke registreret forslag endnu."
                : "De registrerede changes siger ikke, om de var autoriseret."
        case .tooFewWeeks(let known, let need):
            return "Der er data for \(counted(known, f, "uge", "uger")), og der skal \(f.count(need)) til."
        }
    }

    private func compared(_ question: Question, _ ratio: RateRatio) -> String {
        let f = figures
        let isShare = question == .unauthorisedRising
        let now = isShare ? f.percent(ratio.now) : f.number(ratio.now)
        let before = isShare ? f.percent(ratio.before) : f.number(ratio.before)
        let change = f.change(of: ratio.ratio)
        return isShare
            ? "De seneste 13 uger var \(now) af alle changes uautoriserede mod \(before) i året før: \(change)."
            : "De seneste 13 uger kom der \(now) om ugen (pr. person, hvor konti er kendt) mod \(before) før: \(change)."
    }

    func play(_ play: Play) -> String {
        switch play {
        case .askWhoRecords:
            "Spørg de teams, hvor der er et fald, om incidents stadig bliver registreret, og hvor de ellers havner."
        case .compareWithTelephone: "Sammenlign i en uge med en anden kilde: telefonopkald, chat, alarmer."
        case .explainTheFall: "Er der en grund, så skriv den ned nedenfor, så faldet forbliver forklaret."
        case .askWhyAround: "Spørg to personer, hvorfor reglen stod i vejen, og skriv ned, hvad de siger."
        case .makeStandardChanges: "Gør de hyppigste til standardchanges, der er godkendt på forhånd."
        case .talkToTeam: "Vis teamet dets egne tal og sagerne bag, uden navne."
        case .answerOldSuggestions:
            "Svar på alle åbne forslag i denne uge: planlagt, påbegyndt eller afslået med begrundelse."
        case .askOneQuestion: "Stil ét spørgsmål på næste teammøde: Hvad irriterede dig i denne uge?"
        case .showAWin:
            "Fortæl om et forslag, der blev til en dokumenteret gevinst, og hvem der bidrog, hvis de vil være med."
        case .inviteATeam: "Invitér et team, der ikke har været med, til at vælge en lille forbedring."
        case .pairUp: "Lad en, der har prøvet det, hjælpe en, der ikke har."
        case .startSmall: "Start en lille forbedring, der kan måles inden for fire uger."
        case .lookAhead: "Tag den første tendens eller det første måltal i fare blandt signalerne, før det gør ondt."
        case .limitWork:
            "Aftal, hvor mange forbedringer der må være i gang på én gang, og afslut, før I begynder på nyt."
        case .clearRoadblocks: "Gennemgå de åbne forhindringer med dem, der kan fjerne dem."
        case .stopOne: "Luk en forbedring, som ingen har tid til, og skriv hvorfor."
        case .weeklyQuarter: "Sæt et kvarter af om ugen til at se på alle igangværende forbedringer."
        case .moveDates: "Giv hver handling med overskredet frist en ny dato eller en ny ansvarlig, åbent."
        case .evaluateNow: "Evaluér det, der er forfaldent, i denne uge; »kan ikke afgøres« er også en konklusion."
        case .setReminder: "Læg evalueringsdatoerne fra alle planer i teamets kalender."
        case .nextRound: "Åbn næste runde af den gevinst, der gled tilbage."
        case .checkStandard: "Kontrollér, om den nye måde er skrevet ned og kendt af dem, der kom til siden."
        case .shareLoad: "Giv en forbedring videre til en, der har færre."
        case .bookTime: "Læg de lovede timer som faste tider i kalenderen."
        case .changeRule: "Passer reglen ikke længere, så lav den om, og sig hvorfor."
        }
    }

    func cause(_ cause: Cause) -> Sentence {
        let f = figures
        switch cause {
        case .improvement(_, let title, let on): return "Forbedringen \(name: title) gik i drift den \(f.date(on))"
        case .change(let number, let on): return "Change \(name: number) den \(f.date(on))"
        case .holiday(let day): return "Helligdag den \(f.date(day))"
        case .partOf: return "En del af et større skift"
        case .lessWork: return "Mindre af det arbejde, der giver incidents, på samme tid"
        case .dataFault(let period): return "Data har et hul eller tynder ud (\(f.range(period.first, period.last)))"
        case .told(let cause, let by, _): return "\(name: cause) (\(by))"
        }
    }

    func sentence(_ signal: ProgrammeSignal) -> Sentence {
        let f = figures
        switch signal.subject {
        case .policy(_, let name):
            let now = f.share(signal.after)
            if signal.q == nil {
                return """
                    Politikken \(name: name): \(now) overholdt den de seneste fire uger; der er aftalt \
                    \(f.percent(signal.before.estimate)).
                    """
            }
            return """
                Politikken \(name: name) overholdes sjældnere: \(now) siden omkring den \(f.date(signal.at)) mod \
                \(f.percent(signal.before.estimate)) før.
                """
        case .momentum(let measure):
            let words = Words(.da)
            return """
                \(name(measure)): fra \(words.value(signal.before.estimate, of: measure)) til \
                \(words.value(signal.after.estimate, of: measure)) siden omkring den \(f.date(signal.at)).
                """
        }
    }

    func shift(_ shift: MomentumShift) -> String {
        let words = Words(.da)
        let before = words.value(shift.before.estimate, of: shift.measure)
        let after = words.value(shift.after.estimate, of: shift.measure)
        return shift.isWorse
            ? "dårligere siden omkring den \(figures.date(shift.at)): fra \(before) til \(after)"
            : "bedre siden omkring den \(figures.date(shift.at)): fra \(before) til \(after)"
    }

    func silence(_ silence: MomentumSilence) -> String {
        switch silence {
        case .notRecorded: "ikke registreret"
        case .tooShort(let known, let need): "\(counted(known, figures, "værdi", "værdier")), der skal \(need) til"
        }
    }

    func aftermath(_ aftermath: Aftermath) -> String {
        switch aftermath {
        case .gone(let week): "Tegnet var væk i ugen fra den \(figures.date(week.first))"
        case .stillThere(let weeks): "Stadig til stede efter \(counted(weeks, figures, "uge", "uger"))"
        case .tooEarly: "For tidligt at sige"
        }
    }

    func source(_ source: Foresight.Source) -> String {
        switch source {
        case .targetAtRisk: "Måltal, der blev sagt at være i fare"
        case .forecast: "Prognoser fire uger frem, inden for deres 95 %-interval"
        case .verdict: "Forbedringer, der virkede, og stadig holder efter 90 dage"
        case .ticketHours: "Åbne sagers timer, inden for deres 80 %-interval"
        case .wear: "Enheder, der når deres grænse inden for deres 95 %-interval"
        }
    }

    func days(_ days: Double) -> String {
        let shown = figures.number(days, decimals: days < 10 && days != days.rounded() ? 1 : 0)
        return "\(shown)\u{A0}\(shown == "1" || shown.hasPrefix("0,") || shown.hasPrefix("1,") ? "dag" : "dage")"
    }

    func workHours(_ hours: Double) -> String {
        let shown = figures.number(Figures.rounded(hours))
        return "\(shown)\u{A0}\(shown == "1" || shown.hasPrefix("0,") || shown.hasPrefix("1,") ? "time" : "timer")"
    }

    func lead(signs: Int) -> String {
        signs == 0
            ? "Intet tyder på, at forbedringsarbejdet er ved at gå i stå."
            : "\(figures.count(signs))\u{A0}tegn på, at forbedringsarbejdet skal have opmærksomhed."
    }

    func template(_ template: PolicyTemplate) -> String {
        switch template {
        case .logged: "Alle incidents skal registreres"
        case .approved: "Ingen change uden godkendelse"
        case .cause: "Lukkes kun med en årsag"
        case .response: "Første svar inden for fire timer i arbejdstiden ved prioritet 1"
        }
    }

    func compliance(_ compliance: Compliance, target: Double) -> String {
        guard let now = compliance.now else { return "Intet kunne afgøres endnu." }
        let tickets = counted(compliance.judged, figures, "sag", "sager")
        return """
            \(figures.share(now)) af \(tickets) overholdt den de seneste fire uger; der er aftalt \(figures.percent(target)).
            """
    }

    func policyLead(policies: Int, breached: Int) -> String {
        if policies == 0 { return "Der er ingen politikker endnu. Begynd med en af dem nedenfor." }
        let all = counted(policies, figures, "politik", "politikker")
        if breached == 0 { return "\(all) i kraft, og hver af dem overholdes som aftalt." }
        return "\(all) i kraft; \(figures.count(breached)) overholdes ikke som aftalt eller sjældnere end før."
    }

    func unitOfSuggestions(perHead: Bool) -> String { perHead ? "om ugen for hver person" : "om ugen" }
}
