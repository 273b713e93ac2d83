import Records

/// Policies that most service desks have, to begin with: the words of their names are in Languages.
public enum PolicyTemplate: String, CaseIterable, Sendable {
    /// All incidents must be logged: with a category, and before they are resolved.
    case logged
    /// No change without approval.
    case approved
    /// Closed only with a cause.
    case cause
    /// First response within four working hours for the highest priority.
    case response

    public var rule: Rule {
        switch self {
        case .logged:
            Rule(
                kinds: [.incident],
                demand: .all([.isSet(.category), .any([.not(.isTimed(.resolved)), .before(.opened, .resolved)])]))
        case .approved: Rule(kinds: [.change], demand: .not(.flag(.unauthorised)))
        case .cause:
            Rule(kinds: [.incident, .problem], scope: .isTimed(.closed), demand: .isSet(.closeCode))
        case .response:
            Rule(
                kinds: [.incident], scope: .isOneOf(.priority, ["1"]),
                demand: .within(.firstResponse, of: .opened, .init(4, .businessHours)))
        }
    }
}
