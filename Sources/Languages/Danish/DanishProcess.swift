import Measures
import Records

/// The page of how work flows, in Danish.
extension Danish {
    func say(_ phrase: FlowPhrase) -> String {
        switch phrase {
        case .process: "Proces"
        case .processQuestion: "Hvordan løber arbejdet i virkeligheden?"
        case .openProcess: "Se, hvordan arbejdet løber"
        case .openCards: "Læs proceskortene"
        case .mapHeading: "Kortet"
        case .mapNote:
            "Jo bredere streg, jo flere sager tog den vej; jo mørkere, jo længere ventede de først. Bjælken i en boks er dens andel af al tid."
        case .mapTable: "Kortet som tabel"
        case .mapAlternative: "Alle billedets tal står i tabellen under det."
        case .stagesHeading: "Hvor det venter"
        case .stagesNote:
            "Tiden tæller, til sagen er løst. »Langsomme« er den langsomste fjerdedel af de sager, der blev oprettet i samme uge."
        case .groupsHeading: "Hvem der har sagen"
        case .handoffsHeading: "Fra hånd til hånd"
        case .handoffsNote:
            "Bjælken viser antallet af overdragelser; tiden er, hvor længe den første gruppe havde sagen."
        case .waysHeading: "Veje igennem"
        case .shortcutsHeading: "Den sædvanlige vej og genvejene"
        case .loadHeading: "Hvad der kommer, går og ligger"
        case .compareHeading: "Før og efter en forbedring"
        case .rulesHeading: "Processens regler"
        case .figureHeading: "Uge for uge"
        case .stage: "Trin"
        case .visits: "Besøg"
        case .tickets: "Sager"
        case .meanStay: "Gennemsnitligt ophold"
        case .inBusinessHours: "I arbejdstid"
        case .shareOfTime: "Andel af al tid"
        case .cameBackShare: "Vendte tilbage"
        case .hereNow: "Her nu"
        case .slowLonger: "Langsomme ligger længere"
        case .from: "Fra"
        case .to: "Til"
        case .passages: "Gange"
        case .meanTime: "Gennemsnitlig tid"
        case .way: "Vej"
        case .shareOfTickets: "Andel af sager"
        case .figure: "Tal"
        case .now: "Seneste 13 uger"
        case .before: "Før"
        case .after: "Efter"
        case .difference: "Forskel"
        case .falseRate: "Risiko for falsk alarm"
        case .arrived: "Oprettet"
        case .done: "Løst"
        case .open: "Åbne ved udgangen"
        case .week: "Uge fra"
        case .pingPong: "Sendt til en gruppe og lige tilbage"
        case .noHistory:
            "Sagernes historik er ikke kendt, så kun milepælene vises. En eksport med statushistorik viser det virkelige forløb."
        case .noTickets:
            "Der er ingen sager af denne slags i de dage. Vælg andre dage, eller importér sagernes historik."
        case .noUsual: "Intet trin er fælles for næsten alle sager, eller for få sager er afsluttet til at sige det."
        case .noShortcuts: "Ingen sprang et af trinnene over eller byttede om på to af dem i de uger."
        case .wrongRule: "Det er ikke en regel. Intet er gemt; det, du skrev, står nedenfor."
        case .noHandoffs: "Ingen sag skiftede hænder i de dage."
        case .noImprovements: "Ingen forbedring er taget i brug endnu. Når en er det, står ugerne før og efter her."
        case .noRules: "Der er ikke skrevet regler for processen endnu."
        case .rulesText:
            "Én regel pr. linje med tilstande, som systemet skriver dem: begins New; ends Closed; next New -> Active; requires Active before Resolved; never New after Closed; at most 2 Active; within 48 hours New -> Active; four eyes Approved, Implemented."
        case .tooFewWeeks: "Der er under fire afklarede uger på den ene side af dagen; intet kan siges endnu."
        case .onlyPart: "Kun"
        case .andPart: "og"
        case .chooseImprovement: "Forbedring"
        case .show: "Vis"
        case .everything: "Alt"
        case .firstDay: "Oprettet fra"
        case .lastDay: "Til og med"
        case .kind: "Slags"
        case .dimensionAll: "Alle"
        case .usualWay: "Den sædvanlige vej"
        case .skips: "Sprunget over"
        case .reversed: "I en anden rækkefølge"
        case .pickedQuestion: "Hvilke sager står bag tallet?"
        case .moved: "flyttede sig"
        case .same: "ingen forskel påvist"
        case .rule: "Regel"
        case .kept: "Overholdt"
        case .broken: "Brudt"
        case .keptShare: "Overholdt, andel"
        case .saveRules: "Gem reglerne"
        case .rulesLabel: "Regler"
        case .byOwn: "Tegnet med Ratchets eget layout"
        case .byGraphviz: "Tegnet med Graphviz"
        }
    }

    func tell(_ line: FlowLine) -> Sentence {
        let f = figures
        func hours(_ value: Double) -> String { Words(.da).duration(hours: value) }
        switch line {
        case .lead(let count, let kind, let period, let done):
            let what = count == 1 ? singular(kind) : plural(kind)
            return
                "\(f.count(count)) \(what) blev oprettet fra \(f.range(period.first, period.last)); \(f.count(done)) af dem er afsluttet."
        case .mostTime(let stage, let share, let stay):
            return "Mest tid går i \(name: stage): \(f.percent(share)) af al tid, \(hours(stay)) pr. ophold."
        case .slowest(let stage, let longer, let share):
            let told = Words(.da).duration(longer)
            return
                "Langsomme sager taber mest i \(name: stage): \(told.value) længere end de andre (\(told.range)), \(f.percent(share)) af hele forskellen."
        case .commonWay(let names, let share):
            return "\(f.percent(share)) går præcis denne vej: \(Sentence.names(names))."
        case .usual(let names): return "Næsten alle sager kommer gennem disse trin: \(Sentence.names(names))."
        case .hidden(let flows, let passages):
            let noun = flows == 1 ? "sjælden streg er" : "sjældne streger er"
            return "\(f.count(flows)) \(noun) udeladt af kortet; tilsammen blev de brugt \(f.count(passages)) gange."
        case .shownWays(let shown, let all): return "De \(f.count(shown)) hyppigste af \(f.count(all)) gemte veje."
        case .unsettled(let day):
            return
                "Uger efter den \(f.date(day)) er ikke med i tallene uge for uge: Færre end ni ud af ti af deres sager er afsluttet."
        case .compared(let live, let before, let after):
            return
                "Taget i brug den \(f.date(live)): \(f.count(before)) uger før sammenlignes med \(f.count(after)) uger efter; selve ugen tæller ikke med."
        case .movedFigures(let moved, let all):
            return moved == 0
                ? "Ingen af \(f.count(all)) tal flyttede sig mere, end tilfældet forklarer; højst 5 % af dem, der siges at have flyttet sig, ventes at være falske."
                : "\(f.count(moved)) af \(f.count(all)) tal flyttede sig; højst 5 % af dem, der siges at have flyttet sig, ventes at være falske."
        case .picked(let pick): return picked(pick)
        case .listed(let count, let looked):
            let noun = count == 1 ? "sag" : "sager"
            return "\(f.count(count)) \(noun), de nyeste først, blandt de seneste \(f.count(looked)) i de dage."
        }
    }

    private func picked(_ pick: FlowPick) -> Sentence {
        switch pick {
        case .state(let a): "Sager, der var i \(name: a)"
        case .cameBack(let a): "Sager, der vendte tilbage til \(name: a)"
        case .running(let a): "Sager, der er i \(name: a) nu"
        case .group(let a): "Sager, som gruppen \(name: a) havde"
        case .flow(let a, let b): "Sager, der gik fra \(name: a) til \(name: b)"
        case .handoff(let a, let b): "Sager overdraget fra \(name: a) til \(name: b)"
        case .way(let names): "Sager, der gik \(Sentence.names(names))"
        case .skipped(let a): "Afsluttede sager, der sprang \(name: a) over"
        case .order(let a, let b): "Sager med \(name: a) før \(name: b)"
        case .cameBackAnywhere: "Sager, der vendte tilbage til et tidligere trin"
        case .handedOver: "Sager, der skiftede hænder"
        }
    }
}
