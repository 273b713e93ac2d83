import Measures
import Records

/// Measures of how work flows, in Danish.
extension Danish {
    func flowSubject(_ measure: Measure) -> Sentence {
        let kind = measure.kind.map { plural($0) } ?? "sager"
        switch (measure.quantity, measure.step) {
        case (.waiting, .state(let name)): return "den tid, \(kind) ligger i \(name: name)"
        case (.waiting, .group(let name)): return "den tid, \(kind) ligger hos gruppen \(name: name)"
        case (.cameBack, .state(let name)): return "andelen af \(kind), der vender tilbage til \(name: name)"
        case (.cameBack, _): return "andelen af \(kind), der vender tilbage til et tidligere trin"
        case (.handoffs, _): return "antallet af overdragelser af \(kind)"
        case (.skipped, .state(let name)): return "andelen af \(kind), der springer \(name: name) over"
        case (.skipped, .order(let first, let then)):
            return "andelen af \(kind), hvor \(name: then) kommer før \(name: first)"
        default: return "forløbet af \(kind)"
        }
    }

    func flowLabel(_ measure: Measure) -> String { flowSubject(measure).capitalised.text(in: .da) }

    func flowDefinition(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? "sager"
        switch measure.quantity {
        case .waiting:
            return
                "Den gennemsnitlige længde af et afsluttet ophold efter ugen, hvor \(kind) blev oprettet, i kalendertimer."
        case .cameBack: return "Andelen af afsluttede \(kind), der vendte tilbage til et trin, de havde forladt."
        case .handoffs: return "Hvor ofte afsluttede \(kind) i gennemsnit gik fra én gruppe til en anden."
        default:
            return "Andelen af afsluttede \(kind), der sprang et trin eller en rækkefølge over, som næsten alle følger."
        }
    }
}
