import Records

/// Which step of the flow of work a measure is about.
public enum FlowStep: Sendable, Hashable {
    /// The flow as a whole.
    case whole
    /// Tickets in a state, by the system's own word for it.
    case state(String)
    /// Tickets with a group.
    case group(String)
    /// One state that usually comes before another.
    case order(String, before: String)

    /// As it stands in the name of a measure: `state=In%20progress`, `order=New&Active`.
    public var text: String {
        switch self {
        case .whole: "whole"
        case .state(let name): "state=\(percentEncoded(name))"
        case .group(let name): "group=\(percentEncoded(name))"
        case .order(let first, let then): "order=\(percentEncoded(first))&\(percentEncoded(then))"
        }
    }

    /// Reads what `text` writes.
    public init?(text: some StringProtocol) {
        let sides = text.split(separator: "=", maxSplits: 1)
        let names = sides.count == 2 ? sides[1].split(separator: "&").compactMap { percentDecoded($0) } : []
        switch (sides.first, names.count) {
        case ("whole", 0): self = .whole
        case ("state", 1): self = .state(names[0])
        case ("group", 1): self = .group(names[0])
        case ("order", 2): self = .order(names[0], before: names[1])
        default: return nil
        }
    }
}

/// Measures of how work flows. They are not in the catalogue: there is one for every step of every process, and they are made of
/// weekly totals of histories (`ProcessTotals`), not of days.
extension Measure {
    /// - Parameter quantity: One of `waiting`, `cameBack`, `handoffs`, `skipped`.
    public init?(_ kind: TicketKind, _ quantity: Quantity, of step: FlowStep) {
        let unit: Unit
        switch quantity {
        case .waiting: unit = .hours
        case .cameBack, .skipped: unit = .share
        case .handoffs: unit = .handoffsPerTicket
        default: return nil
        }
        self.init(
            records: .tickets(kind), quantity: quantity, unit: unit, direction: .higherIsWorse, needs: [.history],
            flowStep: step.text)
    }

    init?(flowID id: String) {
        let sides = id.split(separator: ":", maxSplits: 1)
        guard sides.count == 2, let step = FlowStep(text: sides[1]) else { return nil }
        let words = sides[0].split(separator: ".")
        guard words.count == 2, let kind = TicketKind.allCases.first(where: { $0.plural == words[0] }),
            let quantity = Quantity(rawValue: String(words[1]))
        else { return nil }
        self.init(kind, quantity, of: step)
    }

    /// The step it is about; nil for a measure of anything but the flow of work.
    public var step: FlowStep? { flowStep.isEmpty ? nil : FlowStep(text: flowStep) }
}

/// Which tickets stand behind a figure of the flow: those that went through a certain part of it.
public enum FlowPick: Sendable, Hashable {
    /// That were in a state, that came back to it, that are in it now.
    case state(String)
    case cameBack(String)
    case running(String)
    /// That a group held.
    case group(String)
    /// That went straight from one state, or group, to another.
    case flow(String, String)
    case handoff(String, String)
    /// That went exactly this way.
    case way([String])
    /// That are done and never were in a state; that were in one state before another.
    case skipped(String)
    case order(String, before: String)
    /// That are done and came back to any state; that changed hands.
    case cameBackAnywhere
    case handedOver

    /// The word in an address, and the names that go with it.
    public var parts: (word: String, names: [String]) {
        switch self {
        case .state(let a): ("state", [a])
        case .cameBack(let a): ("back", [a])
        case .running(let a): ("running", [a])
        case .group(let a): ("group", [a])
        case .flow(let a, let b): ("flow", [a, b])
        case .handoff(let a, let b): ("handoff", [a, b])
        case .way(let names): ("way", names)
        case .skipped(let a): ("skipped", [a])
        case .order(let a, let b): ("order", [a, b])
        case .cameBackAnywhere: ("returned", [])
        case .handedOver: ("handed", [])
        }
    }

    public init?(word: String, names: [String]) {
        switch (word, names.count) {
        case ("state", 1): self = .state(names[0])
        case ("back", 1): self = .cameBack(names[0])
        case ("running", 1): self = .running(names[0])
        case ("group", 1): self = .group(names[0])
        case ("flow", 2): self = .flow(names[0], names[1])
        case ("handoff", 2): self = .handoff(names[0], names[1])
        case ("way", 1...100): self = .way(names)
        case ("skipped", 1): self = .skipped(names[0])
        case ("order", 2): self = .order(names[0], before: names[1])
        case ("returned", 0): self = .cameBackAnywhere
        case ("handed", 0): self = .handedOver
        default: return nil
        }
    }
}
