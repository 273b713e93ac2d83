import Gains
import Statistics

// Forudsigelser, som en serviceansvarlig ville sige det.

extension Danish: PredictionWording {
    func phrase(_ phrase: PredictionPhrase) -> String {
        switch phrase {
        case .predictions: "Forudsigelser"
        case .question: "Hvilke sager overskrider deres mål, hvilke enheder slides op, og hvor tit har vi haft ret?"
        case .ticketsHeading: "Åbne sager, der mest sandsynligt overskrider deres mål"
        case .noTickets:
            "Der kan endnu ikke siges noget om åbne sager. Indlæs sager med deres historik; 200 afsluttede af én slags er nok til at begynde."
        case .ticket: "Sag"
        case .chance: "Risiko for overskridelse"
        case .hoursLeft: "Tid tilbage"
        case .why: "Hvorfor"
        case .help: "Hvad ville hjælpe"
        case .pastTarget: "målet er overskredet"
        case .noTarget: "intet mål kendt"
        case .speaksFor: "Taler for overskridelse"
        case .speaksAgainst: "Taler imod"
        case .helpNote:
            "“Hvorfor” og “hvad ville hjælpe” viser, hvordan det gik lignende sager. Det er et godt sted at begynde, men ikke et bevis for, at det hjælper."
        case .rangeNote: "Intervallet rammer i 80 af 100 tilfælde. Tiden regnes fra datas slutning."
        case .devicesHeading: "Enheder, der nærmer sig deres grænse"
        case .noDevices:
            "Ingen enhed har både målinger og en grænse. Sæt et måltal for størrelsen under Indstillinger, for alle enheder eller for én; ti dages målinger er nok til at begynde."
        case .device: "Enhed"
        case .limit: "Grænse"
        case .now: "Nu"
        case .until: "Til grænsen nås"
        case .noTrend: "ingen sikker udvikling mod den"
        case .mayNever: "eller aldrig"
        case .limitsNote: "Intervallet rammer i 95 af 100 tilfælde. Hvor målingerne blot svinger, siges der ingenting."
        case .rightHeading: "Hvor tit vi havde ret"
        case .noScores:
            "Ingen sag med en forudsigelse er afsluttet endnu. Hver forudsigelse gemmes, som den blev sagt, og bedømmes, når sagen slutter."
        case .month: "Måned"
        case .ended: "Bedømte forudsigelser"
        case .meanError: "Gennemsnitlig fejl"
        case .naiveError: "Medianen ville have taget fejl med"
        case .inRange: "Inden for intervallet"
        case .missed: "Overskredne mål"
        case .expected: "Forventet"
        case .calibrationHeading: "Hvad der blev sagt, og hvad der skete"
        case .calibrationNote: "På linjen skete det netop så tit, som der blev sagt. Stregerne er 95 %-intervaller."
        case .said: "Sagt risiko"
        case .came: "Andel, der overskred"
        case .measuresHeading: "Målepunkter, der nærmer sig deres måltal"
        case .noMeasures:
            "Intet målepunkt med et måltal er på vej forbi det, så langt otte uger frem kan ses. Måltal sættes under Indstillinger."
        case .measure: "Målepunkt"
        case .target: "Måltal"
        case .crossing: "Passeres omkring"
        case .beyond: "ikke inden for otte uger"
        case .cardHeading: "Alt, hvad der er forudsagt"
        case .openMomentum: "Se samme resultattavle ved siden af forbedringsarbejdet"
        }
    }

    func line(_ line: PredictionLine) -> String {
        let f = figures
        switch line {
        case .lead(let open, let missed, let likely):
            return
                "Af \(f.count(open)) \(open == 1 ? "åben sag" : "åbne sager") har \(f.count(missed)) allerede overskredet målet, og \(f.count(likely)) mere gør det sandsynligvis."
        case .right(let s):
            return
                "Over \(f.count(s.count)) \(s.count == 1 ? "forudsigelse" : "forudsigelser") var den gennemsnitlige fejl \(time(s.error)); medianen hver gang ville have taget fejl med \(time(s.naiveError)). \(f.percent(Double(s.inRange) / Double(s.count))) sluttede inden for deres interval, hvor 80 % burde."
        case .calibration(let error, let judged):
            return
                "Over \(f.count(judged)) vurderinger ligger det sagte i gennemsnit \(f.percent(error)) fra det, der skete."
        case .silent(let kind, let known, let needed):
            return "\(kind): kun \(f.count(known)) er afsluttet; der skal \(f.count(needed)) til."
        case .leftOut(let traits):
            return
                "Bruges ikke, fordi det først udfyldes, når sager slutter: \(traits.map { trait($0).lowercased() }.joined(separator: ", "))."
        case .made(let when):
            return "Lært af organisationens egne sager, som hver så ud på sit tidspunkt; data slutter \(when)."
        case .shown(let count, let all): return "De første \(f.count(count)) af \(f.count(all)) vises."
        case .by(let chance, let day): return "\(f.percent(chance)) inden den \(f.date(day))"
        case .help(let deed, let chance, let hours):
            let what =
                switch deed {
                case .assign: "Giv den til en person"
                case .touch: "Tag den op igen i dag"
                }
            return chance.map { "\(what): \(f.percent($0))" } ?? "\(what): \(time(hours))"
        }
    }

    private func time(_ hours: Double) -> String { Words(.da).timeLeft(hours) }

    func shortHours(_ hours: Double) -> String { "\(figures.number(hours, decimals: hours < 10 ? 1 : 0)) t" }
    func yesNo(_ yes: Bool) -> String { yes ? "ja" : "nej" }

    func trait(_ trait: TicketTrait) -> String {
        switch trait {
        case .priority: "Prioritet"
        case .category: "Kategori"
        case .subcategory: "Underkategori"
        case .service: "Service"
        case .group: "Gruppe"
        case .location: "Sted"
        case .channel: "Kanal"
        case .segment: "Segment"
        case .requester: "Indmelder"
        case .state: "Tilstand"
        case .age: "Alder"
        case .idle: "Tid siden sidste ændring"
        case .untilDue: "Tid til fristen"
        case .moves: "Flytninger mellem grupper"
        case .changes: "Ændringer indtil nu"
        case .isAssigned: "Givet til en person"
        case .hour: "Åbnet klokken"
        case .weekday: "Åbnet ugedag"
        }
    }
}
