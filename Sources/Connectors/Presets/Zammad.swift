import Records

extension Preset {
    /// Zammad: tickets as its API names them, and the export of a report.
    static let zammad = Preset(
        name: .zammad, title: "Zammad",
        layouts: [
            Layout(
                signs: signs(
                    "number, #", "title", "created_at", "close_at, last_close_at, article_count, first_response_at"),
                columns: columns([
                    .id: "number, #, id", .status: "state, state_id", .openedAt: "created_at",
                    .resolvedAt: "last_close_at, close_at", .closedAt: "", .firstResponseAt: "first_response_at",
                    .updatedAt: "updated_at", .dueAt: "close_escalation_at", .group: "group, group_id",
                    .priority: "priority, priority_id", .assignee: "owner, owner_id",
                    .requester: "customer, customer_id", .segment: "organization, organization_id",
                    .channel: "create_article_type, article_type", .slaMet: "close_diff_in_min",
                    .workMinutes: "time_unit", .kind: "type", .title: "title", .text: "note",
                    .category: "category, tags",
                ]),
                hints: [.firstClosedAt: words("close_at")],
                states: [
                    "open": .inProgress, "1": .new, "2": .inProgress, "3": .waiting, "4": .closed, "5": .merged,
                    "6": .cancelled, "7": .waiting,
                ],
                slaIsMinutesLeft: true)
        ])
}
