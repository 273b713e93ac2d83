import Records

extension Preset {
    /// The audit log of an incident process, published by the UCI Machine Learning Repository: a row for each update.
    static let uci = Preset(
        name: .uci, title: "UCI incident event log",
        layouts: [
            Layout(
                signs: signs("number", "incident_state", "sys_updated_at", "u_symptom"),
                kind: .incident,
                columns: columns([
                    .id: "number", .status: "incident_state", .openedAt: "opened_at", .resolvedAt: "resolved_at",
                    .closedAt: "closed_at", .updatedAt: "sys_updated_at", .updatedBy: "sys_updated_by",
                    .requester: "caller_id", .assignee: "assigned_to", .group: "assignment_group",
                    .category: "category", .subcategory: "subcategory", .service: "cmdb_ci", .location: "location",
                    .channel: "contact_type", .priority: "priority", .slaMet: "made_sla",
                    .reassignmentCount: "reassignment_count", .reopenCount: "reopen_count",
                    .closeCode: "closed_code", .problem: "problem_id", .causedBy: "caused_by", .title: "u_symptom",
                ]),
                states: ["1": .new, "2": .inProgress, "3": .waiting, "6": .resolved, "7": .closed, "8": .cancelled],
                oneIsHighest: true, grain: .rowPerUpdate)
        ])
}
