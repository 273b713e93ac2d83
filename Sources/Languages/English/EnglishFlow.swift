import Measures
import Records

/// Measures of how work flows, in English.
extension English {
    func flowSubject(_ measure: Measure) -> Sentence {
        let kind = measure.kind.map { plural($0) } ?? "tickets"
        switch (measure.quantity, measure.step) {
        case (.waiting, .state(let name)): return "the time \(kind) spend in \(name: name)"
        case (.waiting, .group(let name)): return "the time \(kind) stay with group \(name: name)"
        case (.cameBack, .state(let name)): return "the share of \(kind) that come back to \(name: name)"
        case (.cameBack, _): return "the share of \(kind) that come back to an earlier step"
        case (.handoffs, _): return "the number of hand-offs of \(kind)"
        case (.skipped, .state(let name)): return "the share of \(kind) that skip \(name: name)"
        case (.skipped, .order(let first, let then)):
            return "the share of \(kind) in which \(name: then) comes before \(name: first)"
        default: return "how \(kind) flow"
        }
    }

    func flowLabel(_ measure: Measure) -> String { flowSubject(measure).capitalised.text(in: .en) }

    func flowDefinition(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? "tickets"
        switch measure.quantity {
        case .waiting:
            return
                "The mean length of a stay that is over, by the week in which the \(kind) were opened, in calendar hours."
        case .cameBack: return "The share of \(kind) done that came back to a step they had left."
        case .handoffs: return "How often \(kind) done went from one group to another, on average."
        default: return "The share of \(kind) done that left out a step, or an order of steps, that nearly all keep."
        }
    }
}
