import Records

extension Preset {
    /// Jira and Jira Service Management: the export of the issue navigator, and the files of the data pipeline.
    static let jira = Preset(
        name: .jira, title: "Jira",
        layouts: [
            Layout(
                signs: signs(
                    "Issue key, Sagsnøgle, 问题关键字, 问题键, 事务键, Key, Nøgle, 关键字",
                    "Issue id, Issue Type, Sags-id, Sagstype, 问题编号, 问题 ID, 问题类型, 事务类型",
                    "Created, Oprettet, 创建日期, 已创建, 创建时间"),
                columns: columns([
                    .id: "Issue key, Sagsnøgle, 问题关键字, 问题键, 事务键, Key, Nøgle, 关键字",
                    .kind: "Issue Type, Sagstype, 问题类型, 事务类型",
                    .status: "Status, 状态", .openedAt: "Created, Oprettet, 创建日期, 已创建, 创建时间",
                    .resolvedAt: "Resolved, Løst, 已解决, 解决日期, 解决时间", .closedAt: "",
                    .updatedAt: "Updated, Opdateret, 更新日期, 已更新, 更新时间",
                    .dueAt: "Due date, Due, Forfaldsdato, 到期日, 到期日期",
                    .assignee: "Assignee, Assignee Id, Tildelt, Ansvarlig, 经办人, 受托人",
                    .requester: "Reporter, Reporter Id, Indberetter, 报告人, Creator, Creator Id, Opretter, 创建者",
                    .priority: "Priority, Prioritet, 优先级",
                    .category:
                        "Component/s, Components, Component, Komponenter, 模块, 组件, Custom field (Request Type), Custom field (Category)",
                    .service:
                        "Custom field (Affected services), Custom field (Affected service), Custom field (Service), Project name, Projektnavn, 项目名称, Project, Projekt, 项目",
                    .group: "Custom field (Assignment group), Custom field (Team), Custom field (Support group), Team",
                    .channel: "Custom field (Request channel type), Custom field (Source)",
                    .segment: "Custom field (Organizations), Organizations", .location: "Custom field (Location)",
                    .closeCode: "Resolution, Løsning, 解决结果, 解决方案",
                    .satisfaction: "Custom field (Satisfaction rating), Satisfaction rating, Satisfaction",
                    .firstResponseAt: "", .slaMet: "", .workMinutes: "Time Spent, Tid brugt, 耗费时间, 实际时间",
                    .title: "Summary, Resumé, 概要, 摘要", .text: "Description, Beskrivelse, 描述",
                    .changeType: "Custom field (Change type), Change type",
                ]),
                hints: [.statusCategory: words("Status Category, Statuskategori, 状态类别, 状态分类")],
                states: ["open": .new], minutesPerUnit: 1.0 / 60),
            Layout(
                signs: signs("instance_url", "key", "issue_type", "created_date"),
                columns: columns([
                    .id: "key", .kind: "issue_type", .status: "status", .openedAt: "created_date",
                    .resolvedAt: "resolution_date", .closedAt: "", .updatedAt: "updated_date", .dueAt: "due_date",
                    .assignee: "assignee_id, assignee_name", .requester: "reporter_id, reporter_name",
                    .priority: "priority_name", .service: "project_name, project_key", .category: "project_category",
                    .closeCode: "resolution", .title: "summary", .text: "description",
                ]),
                hints: [.statusCategory: words("status_category")], states: ["open": .new], escapesLineBreaks: true),
        ])
}
