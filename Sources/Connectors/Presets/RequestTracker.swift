import Records

extension Preset {
    /// Request Tracker: the spreadsheet of a search, with tabs between the columns.
    static let requestTracker = Preset(
        name: .rt, title: "Request Tracker",
        layouts: [
            Layout(
                signs: signs(
                    "id", "Queue, QueueName", "Subject", "Created, LastUpdated, Told, TimeWorked, EffectiveId"),
                columns: columns([
                    .id: "id", .status: "Status", .openedAt: "Created", .resolvedAt: "Resolved", .closedAt: "",
                    .firstResponseAt: "Started", .updatedAt: "LastUpdated", .updatedBy: "LastUpdatedBy", .dueAt: "Due",
                    .assignee: "Owner, OwnerName", .requester: "Requestor, Requestors, Creator",
                    .group: "Queue, QueueName",
                    .priority: "Priority", .title: "Subject", .workMinutes: "TimeWorked", .kind: "",
                    .category:
                        "CustomField.{Category}, CF.{Category}, CustomField-Category, CF-Category, Category, Queue, QueueName",
                    .service: "CustomField.{Service}, CF.{Service}, CustomField-Service, CF-Service, Service",
                ]),
                hints: [.effectiveID: words("EffectiveId")],
                states: ["open": .inProgress, "stalled": .waiting, "rejected": .cancelled, "deleted": .cancelled])
        ])
}
