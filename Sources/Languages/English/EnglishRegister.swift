import Improvements
import Statistics

extension English {
    static func register(_ phrase: RegisterPhrase) -> String {
        switch phrase {
        case .typePeople: "people"
        case .typeProcess: "process"
        case .typeTechnology: "technology"
        case .stageDesign: "design"
        case .stageDelivery: "delivery"
        case .stageOperation: "operation"
        case .stageChange: "change"
        case .needsNobody: "Small enough that nobody has to approve it."
        case .needsApproval: "It is larger than what needs nobody: somebody has to approve it."
        case .needsAdoption: "The evaluation waits until enough people work by the new way."
        case .notSmallEffort: "the work is not small, or nobody has said how much it is"
        case .takesSeveralDepartments: "it takes several departments"
        case .namesNoMeasure: "it names no measure with data"
        case .noExpectedEffect: "nobody has said how much is hoped for"
        case .notProvableInTime: "its effect could not be proven within four weeks"
        case .noDuplicates: "No two improvements look the same."
        case .nobodyWaits: "No department waits for another."
        case .noOpenActions: "Nothing is to be done."
        case .noProvenGains: "No improvement has been proven to work yet."
        case .noSmallStart: "Nothing is small, one person's, and provable within four weeks at once."
        case .largestStands: "What they brought together cannot be measured: the largest of them stands for all."
        }
    }

    static func register(_ line: RegisterLine, _ f: Figures) -> Sentence {
        switch line {
        case .baseRate(let level):
            let what =
                switch level.scope {
                case .all: "Improvements"
                case .sameKind: "Improvements of this type"
                case .sameMeasure: "Improvements of this kind, by type and measure,"
                case .sameCause: "Improvements of this kind, by type, measure and cause,"
                }
            if level.finished == 0 { return "\(what) have not come to a verdict here yet." }
            return
                "\(what) have worked \(f.count(level.worked)) of \(f.count(level.finished)) \(level.finished == 1 ? "time" : "times") here."
        case .chanceToWork(let p):
            return
                "The chance that it works is \(f.percent(p.estimate)) (\(f.range(f.percent(p.low), f.percent(p.high))))."
        case .rankReason(let hours, let chance, let days, let score):
            return
                "\(f.number(hours)) hours a month × \(f.percent(chance)) ÷ \(f.number(days)) days of work = \(f.number(score)) hours a month for each day of work."
        case .notRanked(let unknown):
            if unknown.count > 1 { return "Not ranked yet: neither the hours a month nor the work are known." }
            return unknown == [.effort]
                ? "Not ranked yet: the work is not known." : "Not ranked yet: the hours a month are not known."
        case .approvedBy(let name): return "Approved by \(name: name)."
        case .departmentWaited(let department, let other, let days, let still):
            let time = days == 1 ? "1 day" : "\(f.count(days)) days"
            let end = still ? ", and still does." : "."
            if department.isEmpty { return "The work has waited \(time) for \(name: other)\(end)" }
            return "\(name: department) has waited \(time) for \(name: other)\(end)"
        case .adoptionShare(let adopted, let people, let needed):
            let share = people > 0 ? f.percent(Double(adopted) / Double(people)) : Figures.missing
            let told = "\(f.count(adopted)) of \(f.count(people)) people work by the new way (\(share))"
            return needed.map { "\(told); the evaluation waits for \(f.percent($0))." } ?? "\(told)."
        case .mergedInto(let number): return "It goes on in improvement \(f.count(Int(number)))."
        case .sharedGain(let credited, let own, let others):
            let with = others == 1 ? "one other" : "\(f.count(others)) others"
            return
                "\(f.number(credited)) of \(f.number(own)) hours a month count for it: it shares its effect with \(with), in the order in which they went live."
        case .heldGain(let share, let hours):
            return "\(f.percent(share)) of it is still held: \(f.number(hours)) hours a month."
        case .allGains(let credited, let own):
            return
                "Together \(f.number(credited)) hours a month, each hour counted once; one by one they measured \(f.number(own))."
        case .provableWithin(let effect, let weeks):
            return
                "An effect of \(f.percent(effect)) can be proven in \(weeks == 1 ? "1 week" : "\(f.count(weeks)) weeks")."
        case .actionOverdue(let days): return days == 1 ? "overdue by 1 day" : "overdue by \(f.count(days)) days"
        case .actionDue(let day): return "due on \(f.date(day))"
        case .registerRead(let new, let changed, let unchanged, let rejected):
            return
                "\(f.count(new)) new, \(f.count(changed)) changed, \(f.count(unchanged)) as before, \(f.count(rejected)) turned down."
        }
    }
}
