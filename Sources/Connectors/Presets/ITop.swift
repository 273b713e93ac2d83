import Records

extension Preset {
    /// iTop: exports of tickets, with codes (`no_localize`) or with labels in the user's language.
    static let iTop = Preset(
        name: .itop, title: "iTop",
        layouts: [
            Layout(
                signs: signs(
                    "ref, Ref, Reference, Ref., 编号", "start_date, Start date, Startdato, 开始日期",
                    """
                    org_id, org_name, team_id, agent_id, operational_status, servicesubcategory_id, Organization, \
                    Service subcategory, Organisation, Underkategori af ydelse, 组织, 子服务, 服务子类
                    """),
                columns: columns([
                    .id: "ref, Ref, Reference, Ref., 编号", .kind: "finalclass, request_type, Ticket sub-class, Type, 类型",
                    .status: "status, Status, 状态", .openedAt: "start_date, Start date, Startdato, 开始日期",
                    .firstResponseAt: "assignment_date, Assignment date, Tildelingsdato, 指派日期, 分配日期",
                    .resolvedAt: "resolution_date, Resolution date, Løsningsdato, 解决日期",
                    .closedAt: "close_date, Close date, Lukkedato, 关闭日期",
                    .updatedAt: "last_update, Last update, Sidste opdatering, 最近更新, 最后更新",
                    .group: "team_name, team_id, Team, Hold, 团队",
                    .assignee: "agent_name, agent_id, Agent, 办理人, 代理人",
                    .requester: "caller_name, caller_id, Caller, Indmelder, 呼叫者, 发起人",
                    .segment: "org_name, org_id, Organization, Organisation, 组织",
                    .service: "service_name, service_id, Service, Ydelse, 服务",
                    .category:
                        "servicesubcategory_name, servicesubcategory_id, Service subcategory, Service element, Underkategori af ydelse, 子服务, 服务子类",
                    .channel: "origin, Origin, Oprindelse, 来源", .priority: "priority, Priority, Prioritet, 优先级",
                    .closeCode: "resolution_code, Resolution code, Løsningskode, 解决代码, 解决方式",
                    .slaMet: "sla_ttr_passed, SLA TTR passed, SLA ttr passed",
                    .satisfaction: "user_satisfaction, User satisfaction, Brugertilfredshed, 用户满意度",
                    .workMinutes: "", .problem: "parent_problem_ref, parent_problem_id, Parent problem, 父级问题",
                    .causedBy: "parent_change_ref, parent_change_id, Parent change, 父级变更",
                    .title: "title, Title, Titel, 标题", .text: "description, Description, Beskrivelse, 描述",
                    .changeOutcome: "",
                ]),
                states: ["implemented": .resolved, "assigned": .inProgress, "new": .new, "monitored": .resolved],
                kinds: [
                    "userrequest": .request, "normalchange": .change, "routinechange": .change,
                    "emergencychange": .change,
                ],
                oneIsHighest: true, slaIsMissed: true)
        ])
}
