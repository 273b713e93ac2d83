import Opportunities
import Statistics

/// Who has to approve an improvement, and what needs nobody.
///
/// A team that must ask for everything stops asking. Below a limit that the organisation sets, nobody is asked; above it a
/// role is. The rule is written into the improvement when it is opened, so that it can be told later which one held.
public struct ApprovalRule: Sendable, Hashable, Codable {
    /// The most work that needs nobody.
    public var effortMax: Effort
    /// The most hours a month that need nobody.
    public var hoursPerMonthMax: Double
    /// The roles of `People` that may approve what is above; empty for any.
    public var roles: [String]

    public init(effortMax: Effort, hoursPerMonthMax: Double, roles: [String]) {
        self.effortMax = effortMax
        self.hoursPerMonthMax = hoursPerMonthMax
        self.roles = roles
    }

    /// Whether nobody has to approve it. The upper end of the interval counts: what could be large is not small.
    /// - Returns: False as long as the effort or the benefit is not known: what nobody has sized is not small.
    public func delegates(effort: Effort?, benefit: Estimate?) -> Bool {
        guard let effort, let benefit else { return false }
        return effort.grade <= effortMax.grade && benefit.high <= hoursPerMonthMax
    }
}

/// The rule as one line of the settings: `small 20 processOwner improvementManager`.
extension ApprovalRule {
    public var line: String { ([effortMax.rawValue, "\(hoursPerMonthMax)"] + roles).joined(separator: " ") }

    /// Reads what `line` writes.
    /// - Returns: Nil when the effort is no effort or the hours are no number of 0 or more.
    public init?(line: some StringProtocol) {
        let words = line.split(whereSeparator: { $0 == " " }).map { String($0) }
        guard words.count >= 2, let effort = Effort(rawValue: words[0]), let hours = Double(words[1]), hours >= 0,
            hours.isFinite
        else { return nil }
        self.init(effortMax: effort, hoursPerMonthMax: hours, roles: Array(words.dropFirst(2)))
    }
}

/// That it may be done.
public enum Approval: Sendable, Hashable, Codable {
    /// By nobody: it was small enough by the rule.
    case delegated
    case by(name: String, role: String)
}

extension Effort {
    /// Smaller efforts have smaller grades.
    var grade: Int {
        switch self {
        case .small: 1
        case .medium: 2
        case .large: 3
        }
    }
}

extension Estimate {
    /// Finite, and its ends on the right sides.
    var isOrdered: Bool {
        [estimate, low, high].allSatisfy(\.isFinite) && low <= estimate && estimate <= high
    }
}

extension Round {
    mutating func takeApproval(_ change: Change) throws(LifeCycleError) {
        switch change {
        case .rule(let rule):
            guard rule.hoursPerMonthMax.isFinite, rule.hoursPerMonthMax >= 0 else { throw .outOfRange }
            self.rule = rule
        case .approved:
            // A rule asks for a role, and this names none.
            if let rule, !rule.roles.isEmpty { throw .roleMayNotApprove("") }
            isApprovedPlainly = true
        case .approval(.delegated):
            guard isDelegated else { throw .roleMayNotApprove("") }
            approval = .delegated
        case .approval(.by(let name, let role)):
            _ = try Improvement.said(name)
            if let rule, !rule.roles.isEmpty, !rule.roles.contains(role) { throw .roleMayNotApprove(role) }
            approval = .by(name: name, role: role)
        default: preconditionFailure("Only approvals come here")
        }
    }
}
