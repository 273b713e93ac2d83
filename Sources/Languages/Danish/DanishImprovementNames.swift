// The names of the improvement work, and what people did.

import Improvements
import Measures
import Records
import Statistics

extension Danish {
    func name(_ step: Step) -> String {
        switch step {
        case .defineObjectives: "Fastlæg mål"
        case .collectData: "Indsaml data"
        case .analysePerformance: "Analysér performance"
        case .identifyOpportunities: "Find forbedringsmuligheder"
        case .implement: "Gennemfør forbedringen"
        case .evaluate: "Evaluér resultatet"
        case .feedbackLoop: "Lær, og tag næste runde"
        }
    }

    func missing(_ missing: Missing) -> String {
        switch missing {
        case .measurableObjective: "et mål, der kan måles"
        case .enoughBaseline: "nok dage at sammenligne med"
        case .namedCause: "en årsag med navn"
        case .planWithOwner: "en fastfrosset test og en ansvarlig"
        case .liveSomewhere: "et sted, hvor den er i drift"
        case .verdict: "en konklusion"
        case .decision: "en beslutning"
        case .approval: "en godkendelse"
        case .adoption: "nok medarbejdere, der arbejder på den nye måde"
        }
    }

    func lens(_ lens: Lens) -> (name: String, parts: [String]) {
        switch lens {
        case .sevenSteps: ("De syv trin", Step.allCases.map(name))
        case .itil4:
            (
                "ITIL 4's spørgsmål",
                [
                    "Hvad er visionen?", "Hvor er vi nu?", "Hvor vil vi gerne hen?", "Hvordan kommer vi derhen?",
                    "Sæt i værk", "Kom vi derhen?", "Hvordan holder vi momentum?",
                ]
            )
        case .itil2011:
            (
                "ITIL 2011's syv trin",
                [
                    "Find strategien", "Fastlæg, hvad der skal måles", "Indsaml dataene", "Bearbejd dataene",
                    "Analysér dataene", "Vis og brug viden", "Gennemfør forbedringen",
                ]
            )
        case .fiveSteps:
            ("Fem trin", ["Mål og nuværende tilstand", "Plan", "Gennemførelse", "Evaluering", "Løbende optimering"])
        case .fourPhases:
            ("Fire faser", ["Planlæg", "Gennemfør", "Overvåg og evaluér", "Finpuds, og begynd forfra"])
        case .pdca: ("PDCA", ["Planlæg", "Udfør", "Tjek", "Handl"])
        }
    }

    func verdict(_ verdict: Judgement.Verdict) -> String {
        switch verdict {
        case .worked: "virkede"
        case .noDifference: "ingen forskel"
        case .worse: "gjorde det værre"
        case .tooEarly: "for tidligt at sige"
        case .cannotTell: "kan ikke afgøres"
        }
    }

    func decision(_ decision: Decision) -> (name: String, explained: String) {
        switch decision {
        case .keep: ("behold", "Behold: Den nye måde er standarden")
        case .extend: ("udvid", "Udvid: Tag den nye måde i brug flere steder i en ny runde")
        case .adjust: ("justér", "Justér: Ret den til, og prøv en runde mere")
        case .stop: ("stop", "Stop: Afslut den med det, der er lært")
        }
    }

    func kind(_ kind: Change.Kind) -> String {
        switch kind {
        case .people: "mennesker"
        case .process: "proces"
        case .technology: "teknologi"
        }
    }

    func stage(_ stage: Change.Stage) -> String {
        switch stage {
        case .design: "design"
        case .delivery: "levering"
        case .operation: "drift"
        case .change: "forandring"
        }
    }

    func kind(_ kind: Action.Kind) -> String {
        switch kind {
        case .training: "oplæring"
        case .deployment: "udrulning"
        case .process: "proces"
        case .communication: "kommunikation"
        }
    }

    func shape(_ shape: ExpectedShape) -> String {
        switch shape {
        case .step: "på én gang, som når der trykkes på en kontakt"
        case .ramp: "lidt efter lidt over halvdelen af ugerne"
        case .gradual: "gradvist, ingen ved hvordan"
        }
    }

    func wanted(_ direction: Objective.Direction) -> String { direction == .lower ? "lavere" : "højere" }

    func state(_ state: Improvement.State) -> String {
        switch state {
        case .active: "i gang"
        case .onHold: "på pause"
        case .closed: "afsluttet"
        }
    }

    func reason(_ reason: EvaluationReason) -> String? {
        let f = figures
        switch reason {
        case .clear, .smallerThanLeastEffect: return nil
        case .lessThanAimed: return "Det er mindre end det, der blev sigtet efter."
        case .crossedEarly: return "Effekten er så tydelig, at den kunne siges før ugernes udløb."
        case .beforeReview(let n): return "\(f.count(n)) dage af de planlagte uger mangler endnu."
        case .fewStepsAfter(let have, let need):
            return "Der er \(f.count(have)) dage siden starten, og der skal \(f.count(need)) til."
        case .fewStepsBefore(let have, let need):
            return "Der er \(f.count(have)) dage før starten, og der skal \(f.count(need)) til."
        case .notSettled(let more):
            return more.map { "Cirka \($0) dage mere ville afgøre det." }
                ?? "Flere dage af samme slags ville ikke afgøre det."
        case .mayDriftByItself:
            return "Nøgletallet driver af sig selv, så en del af ændringen skyldes måske ikke forbedringen."
        case .noLeastEffect: return "Der er ikke angivet en mindste effekt, så »ingen forskel« kan ikke siges."
        case .noControlLeft: return "Planen byggede på en sammenligning, og ingen kunne bruges."
        case .manyMissingAfter(let share): return "\(f.percent(share)) af dagene siden starten mangler."
        case .overlapsAnother:
            return "En anden forbedring af samme nøgletal begyndte i de uger: Ingen kan skille dem ad."
        case .noVariation: return "Nøgletallet svinger aldrig, så intet kan siges."
        case .notIdentified: return "Der er ingen dage at sammenligne."
        case .tooLarge: return "En værdi er for stor til at være rigtig."
        }
    }

    func tell(_ change: Change, date: (Moment) -> String) -> Sentence {
        let f = figures
        switch change {
        case .opened(let title, _): return "oprettede den som \(name: title)"
        case .described(let title, _): return "beskrev den som \(name: title)"
        case .sorted(let kind, let stage):
            let words = [kind.map { self.kind($0) }, stage.map { self.stage($0) }].compactMap(\.self)
            return words.isEmpty ? "lod type og fase stå åbne" : "sorterede den under \(words.joined(separator: ", "))"
        case .owned(let owner): return owner.map { "gjorde \(name: $0) ansvarlig" } ?? "lod den stå uden ansvarlig"
        case .objective(let o): return "satte målet \(name: o.text)"
        case .fitness(let d): return "så på dataene: \(f.count(d.days)) dage, \(f.percent(d.missing)) mangler"
        case .cause(let text): return "nævnte årsagen: \(name: text)"
        case .choice(let c): return "tilføjede muligheden \(name: c.text)"
        case .chosen: return "valgte en mulighed"
        case .approved: return "godkendte planen"
        case .planned(let p):
            return "fastfrøs testen: \(f.count(p.weeks)) uger, mindste effekt \(f.percent(p.leastEffect))"
        case .action(let a):
            return a.doneOn == nil ? "skrev handlingen \(name: a.text) op" : "gjorde handlingen \(name: a.text) færdig"
        case .roadblock(let r):
            return r.clearedOn == nil
                ? "skrev forhindringen \(name: r.text) op" : "ryddede forhindringen \(name: r.text)"
        case .live(let l):
            return l.place.isEmpty
                ? "meldte den i drift siden den \(f.date(l.on))"
                : "meldte den i drift hos \(name: l.place) siden den \(f.date(l.on))"
        case .acknowledged(let team): return "meldte, at \(name: team) kender den nye måde"
        case .evaluated(let j): return "bad om konklusionen: \(verdict(j.verdict))"
        case .decided(let d): return "besluttede: \(decision(d).name)"
        case .forward(let reason):
            return reason.map { "gik til næste trin med begrundelsen \(name: $0)" } ?? "gik til næste trin"
        case .back(let step, let reason): return "gik tilbage til »\(name(step))«: \(name: reason)"
        case .held(let reason): return "satte den på pause: \(name: reason)"
        case .resumed: return "tog den op igen"
        case .nextRound: return "begyndte næste runde"
        case .closed(let reason): return "afsluttede den: \(name: reason)"
        case .commented(let text): return "\(name: text)"
        case .watched(let who): return "\(name: who) følger den"
        case .sized: return "angav, hvor stor den er, og hvad der ventes af den"
        case .serves(let goal): return goal.map { "knyttede den til målet \(name: $0)" } ?? "fjernede målet"
        case .belongs(let to):
            return to.map { "gjorde den til en del af forbedring \(String($0))" } ?? "lod den stå for sig selv"
        case .supported(let who): return "\(name: who) støtter den"
        case .merged(let into): return "lagde den sammen med forbedring \(String(into))"
        case .absorbed(let one): return "tog forbedring \(String(one.id)) ind"
        case .approval: return "godkendte planen"
        case .part(let part): return "skrev, hvad \(name: part.department) skal gøre"
        case .waiting(let wait): return "\(name: wait.department) venter på \(name: wait.waitsFor)"
        case .done: return "afsluttede en handling"
        case .team(let team): return "nævnte teamet \(name: team.name)"
        case .knows(let person, _): return "\(name: person) kender den nye måde"
        case .revised(let o, let reason): return "ændrede målet til \(name: o.text) med begrundelsen \(name: reason)"
        case .slipped: return "så, at gevinsten skrider"
        case .imported: return "hentede den ind fra et register"
        case .spent(let time): return "skrev \(f.number(time.hours)) arbejdstimer ned"
        default: return "opdaterede forløbet"
        }
    }
}
