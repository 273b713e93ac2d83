import Records

extension Preset {
    /// Redmine: the list of issues, with labels in the user's language. It knows one time of the end: closing.
    static let redmine = Preset(
        name: .redmine, title: "Redmine",
        layouts: [
            Layout(
                signs: signs(
                    "#", "Tracker, Type, 跟踪, 跟踪标签", "Subject, Emne, 主题",
                    "Created, Oprettet, 创建于, 创建, Updated, Opdateret, 更新于, 更新时间"),
                columns: columns([
                    .id: "#", .kind: "Tracker, Type, 跟踪, 跟踪标签", .status: "Status, 状态",
                    .openedAt: "Created, Oprettet, 创建于, 创建, 创建时间", .resolvedAt: "Closed, Lukket, 结束日期, 关闭于, 已关闭, 关闭",
                    .closedAt: "Closed, Lukket, 结束日期, 关闭于, 已关闭, 关闭",
                    .updatedAt: "Updated, Opdateret, 更新于, 更新时间, 更新",
                    .dueAt: "Due date, Forfaldsdato, Deadline, 计划完成日期, 完成日期",
                    .assignee: "Assignee, Tildelt til, 指派给", .requester: "Author, Forfatter, 作者",
                    .priority: "Priority, Prioritet, 优先级", .category: "Category, Kategori, 类别",
                    .service: "Project, Projekt, 项目", .title: "Subject, Emne, 主题",
                    .text: "Description, Beskrivelse, 描述",
                    .workMinutes: "Spent time, Total spent time, Forbrugt tid, 耗时, 总体耗时",
                    .updatedBy: "Last updated by, Sidst opdateret af, 上次更新者",
                ]),
                states: ["new": .new, "feedback": .waiting], minutesPerUnit: 60, closingIsResolution: true)
        ])
}
