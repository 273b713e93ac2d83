/// The roles and what they may, as a table: printed in the documentation, shown on the page of people, held by a test.
public enum RoleTable {
    /// What a permission lets someone do, in English, for the documentation.
    public static func about(_ permission: Permission) -> String {
        switch permission {
        case .read: "see measures, signals, the register, improvements and tickets"
        case .suggest: "hand in suggestions, vote, comment, watch"
        case .contribute: "work on improvements: actions, roadblocks, what is live, acknowledging the new way"
        case .bringData: "import files, send records and readings"
        case .decide: "acknowledge signals, run a turn, take an improvement through its steps"
        case .approve: "approve a plan, go past a gate, end a round with a decision, close"
        case .govern: "policies, process cards, goals"
        case .administer: "accounts, settings, keys, the audit trail"
        }
    }

    /// Roles as columns, permissions as rows, in Markdown.
    public static var markdown: String {
        var lines = ["| | \(Role.allCases.map { "`\($0.rawValue)`" }.joined(separator: " | ")) |"]
        lines.append("| --- |" + String(repeating: " :-: |", count: Role.allCases.count))
        for permission in Permission.allCases {
            let cells = Role.allCases.map { role in
                guard role.may(permission) else { return "–" }
                let isScoped = permission == .approve || permission == .govern
                return isScoped && (role == .processOwner || role == .serviceOwner) ? "own" : "yes"
            }
            lines.append(
                "| `\(permission.rawValue)`: \(about(permission)) | \(cells.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
