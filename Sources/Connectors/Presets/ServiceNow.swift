import Records

extension Preset {
    /// ServiceNow: lists exported with names of fields (CSV) or with labels (Excel), in the user's language.
    static let serviceNow = Preset(
        name: .servicenow, title: "ServiceNow",
        layouts: [
            Layout(
                signs: signs(
                    number, "opened_at, opened, åbnet, 打开时间, 已打开, 打开日期, sys_created_on, created, oprettet",
                    """
                    sys_id, incident_state, assignment_group, Assignment group, Tildelingsgruppe, 分配组, caller_id, Caller, \
                    Opkalder, 呼叫者, short_description, Short description, Kort beskrivelse, 简短描述, 简短说明
                    """),
                kind: .incident, columns: common(),
                states: ["1": .new, "2": .inProgress, "3": .waiting, "6": .resolved, "7": .closed, "8": .cancelled],
                oneIsHighest: true, minutesPerUnit: 1.0 / 60),
            Layout(
                signs: signs(
                    number,
                    """
                    chg_model, backout_plan, work_start, cab_required, risk_value, implementation_plan, conflict_status, \
                    outside_maintenance_schedule, unauthorized, Backout plan, Actual start date, CAB required, \
                    Conflict status, Planned start date, Tilbagerulningsplan, Planlagt startdato, Faktisk startdato, \
                    回退计划, 计划开始日期, 实际开始日期
                    """),
                kind: .change,
                columns: common([
                    .changeType: "type, chg_type, Change type, Changetype, Type, 类型, 变更类型",
                    .changeOutcome: "close_code, Close code, Lukkekode, 关闭代码, 结束代码",
                    .unauthorized: "unauthorized, Unauthorized, Uautoriseret, 未授权", .kind: "",
                    .openedAt: "opened_at, Opened, Åbnet, 打开时间, 已打开, sys_created_on, Created, Oprettet, 创建时间",
                    .resolvedAt: "work_end, Actual end date, Faktisk slutdato, 实际结束日期",
                ]),
                states: [
                    "-5": .new, "-4": .inProgress, "-3": .inProgress, "-2": .inProgress, "-1": .inProgress,
                    "0": .inProgress, "3": .closed, "4": .cancelled,
                ],
                oneIsHighest: true, minutesPerUnit: 1.0 / 60),
            Layout(
                signs: signs(
                    number,
                    """
                    known_error, problem_state, cause_notes, fix_notes, related_incidents, Known error, Problem statement, \
                    Cause notes, Fix notes, Kendt fejl, Related Incidents, 已知错误, 原因说明
                    """,
                    "opened_at, Opened, Åbnet, 打开时间, 已打开, sys_created_on, Created, Oprettet, 创建时间"),
                kind: .problem,
                columns: common([.status: "problem_state, state, State, Tilstand, Status, 状态", .problem: ""]),
                states: [
                    "101": .new, "102": .inProgress, "103": .inProgress, "104": .inProgress, "106": .resolved,
                    "107": .closed, "1": .new, "2": .inProgress, "3": .closed, "4": .closed,
                ],
                oneIsHighest: true, minutesPerUnit: 1.0 / 60),
            Layout(
                signs: signs(
                    number,
                    """
                    requested_for, request_state, cat_item, request, Requested for, Request state, Item, Ønsket til, \
                    Anmodet for, 请求对象, 请求状态, 目录项
                    """,
                    "opened_at, Opened, Åbnet, 打开时间, 已打开, sys_created_on, Created, Oprettet, 创建时间"),
                kind: .request,
                columns: common([
                    .status: "request_state, state, State, Tilstand, Status, Request state, 请求状态, 状态",
                    .requester: "requested_for, Requested for, Ønsket til, Anmodet for, 请求对象",
                    .category: "cat_item, category, Item, Category, Kategori, 目录项, 类别",
                    .resolvedAt: "closed_at, Closed, Lukket, 关闭时间, 已关闭",
                ]),
                states: ["-5": .waiting, "1": .new, "2": .inProgress, "3": .closed, "4": .closed, "7": .cancelled],
                oneIsHighest: true, minutesPerUnit: 1.0 / 60),
        ])

    private static let number = "number, Nummer, 编号, 号码, 编码"

    private static func common(_ own: [Field: String] = [:]) -> [Field: [String]] {
        columns(
            [
                .id: number,
                .status: "incident_state, state, State, Incident state, Tilstand, Status, 状态, 事件状态",
                .openedAt:
                    "opened_at, Opened, Åbnet, 打开时间, 已打开, 打开日期, sys_created_on, sys_created_at, Created, Oprettet, 创建时间",
                .resolvedAt: "resolved_at, Resolved, Løst, 解决时间, 已解决, 解决日期",
                .closedAt: "closed_at, Closed, Lukket, 关闭时间, 已关闭, 关闭日期",
                .updatedAt: "sys_updated_on, sys_updated_at, Updated, Opdateret, 更新时间, 已更新",
                .dueAt: "sla_due, due_date, SLA due, Due date, SLA-frist, Forfaldsdato, 截止日期, 到期日",
                .updatedBy: "sys_updated_by, Updated by, Opdateret af, 更新人, 更新者",
                .requester:
                    "caller_id, Caller, requested_by, Requested by, Opkalder, Anmodet af, 呼叫者, 请求者, opened_by, Opened by",
                .assignee: "assigned_to, Assigned to, Tildelt til, 分配给, 已分配给, 受派人",
                .group: "assignment_group, Assignment group, Tildelingsgruppe, 分配组, 受派组",
                .category: "category, Category, Kategori, 类别, 分类",
                .subcategory: "subcategory, Subcategory, Underkategori, 子类别, 子分类",
                .service:
                    """
                business_service, Service, Business service, Forretningsservice, 服务, 业务服务, service_offering, \
                Service offering, Serviceydelse, 服务产品, cmdb_ci, Configuration item, Konfigurationselement, 配置项
                """,
                .location: "location, Location, Placering, Lokation, 位置, 地点",
                .channel: "contact_type, Contact type, Channel, Kontakttype, Kanal, 联系类型, 渠道",
                .priority: "priority, Priority, Prioritet, 优先级",
                .segment: "company, Company, Firma, Virksomhed, 公司",
                .department: "department, u_department, Department, Afdeling, 部门, caller_id.department",
                .slaMet: "made_sla, Made SLA, Overholdt SLA, 达成 SLA, 满足 SLA",
                .reassignmentCount:
                    "reassignment_count, Reassignment count, Antal omfordelinger, Antal gentildelinger, 重新分配次数, 重新分配计数",
                .reopenCount: "reopen_count, Reopen count, Antal genåbninger, 重新打开次数, 重新打开计数",
                .closeCode:
                    "close_code, closed_code, Close code, Resolution code, Lukkekode, Løsningskode, 关闭代码, 结束代码, 解决代码",
                .problem: "problem_id, Problem, 问题",
                .causedBy: "caused_by, Caused by Change, Caused by, Forårsaget af change, Forårsaget af, 由变更引起, 引起的变更",
                .major: "major_incident, Major incident, 重大事件",
                .workMinutes: "time_worked, Time worked, Arbejdstid, 工作时间",
                .title: "short_description, Short description, Kort beskrivelse, 简短描述, 简短说明",
                .text: "description, Description, Beskrivelse, 描述, 说明",
                .kind: "sys_class_name, Task type, Opgavetype, 任务类型",
            ].merging(own) { $1 })
    }
}
