import Improvements
import Statistics

extension Danish {
    static func register(_ phrase: RegisterPhrase) -> String {
        switch phrase {
        case .typePeople: "mennesker"
        case .typeProcess: "proces"
        case .typeTechnology: "teknologi"
        case .stageDesign: "design"
        case .stageDelivery: "levering"
        case .stageOperation: "drift"
        case .stageChange: "ændring"
        case .needsNobody: "Så lille, at ingen behøver godkende den."
        case .needsApproval: "Den er for stor til at gå uden om en godkendelse: Nogen skal godkende den."
        case .needsAdoption: "Evalueringen venter, til nok personer arbejder på den nye måde."
        case .notSmallEffort: "indsatsen er ikke lille, eller ingen har sagt, hvor stor den er"
        case .takesSeveralDepartments: "den kræver flere afdelinger"
        case .namesNoMeasure: "den har ikke noget nøgletal med data"
        case .noExpectedEffect: "ingen har sagt, hvor meget man håber på"
        case .notProvableInTime: "effekten kan ikke dokumenteres inden for fire uger"
        case .noDuplicates: "Ingen forbedringer ligner hinanden."
        case .nobodyWaits: "Ingen afdeling venter på en anden."
        case .noOpenActions: "Der er ingen handlinger, der skal gøres."
        case .noProvenGains: "Ingen forbedring har endnu vist, at den virkede."
        case .noSmallStart: "Intet er på én gang lille, en enkelt persons og muligt at dokumentere inden for fire uger."
        case .largestStands: "Det, de har givet tilsammen, kan ikke måles: Den største af dem står for dem alle."
        }
    }

    static func register(_ line: RegisterLine, _ f: Figures) -> Sentence {
        switch line {
        case .baseRate(let level):
            let what =
                switch level.scope {
                case .all: "Forbedringer"
                case .sameKind: "Forbedringer af denne type"
                case .sameMeasure: "Forbedringer af denne slags (samme type og nøgletal)"
                case .sameCause: "Forbedringer af denne slags (samme type, nøgletal og årsag)"
                }
            if level.finished == 0 { return "\(what) er endnu ikke nået til en konklusion her." }
            return
                "\(what) har virket \(f.count(level.worked)) ud af \(f.count(level.finished)) \(level.finished == 1 ? "gang" : "gange") her."
        case .chanceToWork(let p):
            return
                "Sandsynligheden for, at den virker, er \(f.percent(p.estimate)) (\(f.range(f.percent(p.low), f.percent(p.high))))."
        case .rankReason(let hours, let chance, let days, let score):
            return
                "\(f.number(hours)) timer om måneden × \(f.percent(chance)) ÷ \(f.number(days)) arbejdsdage = \(f.number(score)) timer om måneden for hver arbejdsdag."
        case .notRanked(let unknown):
            if unknown.count > 1 {
                return "Endnu uden plads på listen: Hverken timerne om måneden eller indsatsen er kendt."
            }
            return unknown == [.effort]
                ? "Endnu uden plads på listen: Indsatsen er ikke kendt."
                : "Endnu uden plads på listen: Timerne om måneden er ikke kendt."
        case .approvedBy(let name): return "Godkendt af \(name: name)."
        case .departmentWaited(let department, let other, let days, let still):
            let time = days == 1 ? "1 dag" : "\(f.count(days)) dage"
            let end = still ? " og venter stadig." : "."
            if department.isEmpty { return "Arbejdet har ventet \(time) på \(name: other)\(end)" }
            return "\(name: department) har ventet \(time) på \(name: other)\(end)"
        case .adoptionShare(let adopted, let people, let needed):
            let share = people > 0 ? f.percent(Double(adopted) / Double(people)) : Figures.missing
            let told = "\(f.count(adopted)) af \(f.count(people)) personer arbejder på den nye måde (\(share))"
            return needed.map { "\(told); evalueringen venter på \(f.percent($0))." } ?? "\(told)."
        case .mergedInto(let number): return "Den fortsætter i forbedring \(f.count(Int(number)))."
        case .sharedGain(let credited, let own, let others):
            let with = others == 1 ? "en anden" : "\(f.count(others)) andre"
            return
                "\(f.number(credited)) af \(f.number(own)) timer om måneden tæller for den: Den deler sin effekt med \(with), i den rækkefølge de gik i drift."
        case .heldGain(let share, let hours):
            return "\(f.percent(share)) af den er fastholdt: \(f.number(hours)) timer om måneden."
        case .allGains(let credited, let own):
            return
                "Tilsammen \(f.number(credited)) timer om måneden, hver time talt én gang; hver for sig har de målt \(f.number(own))."
        case .provableWithin(let effect, let weeks):
            return
                "En effekt på \(f.percent(effect)) kan dokumenteres på \(weeks == 1 ? "1 uge" : "\(f.count(weeks)) uger")."
        case .actionOverdue(let days):
            return days == 1
                ? "fristen blev overskredet for 1 dag siden"
                : "fristen blev overskredet for \(f.count(days)) dage siden"
        case .actionDue(let day): return "frist den \(f.date(day))"
        case .registerRead(let new, let changed, let unchanged, let rejected):
            return
                "\(f.count(new)) nye, \(f.count(changed)) ændrede, \(f.count(unchanged)) som før, \(f.count(rejected)) afvist."
        }
    }
}
