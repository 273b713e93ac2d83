import Records

extension Preset {
    /// Znuny, OTRS and OTOBO: the list of a search by an agent, and what the generic interface gives.
    static let znuny = Preset(
        name: .znuny, title: "Znuny",
        layouts: [
            Layout(
                signs: signs(
                    "Ticket Number, TicketNumber, Ticket#, Ticketnummer, 工单编号, 工单号", "Queue, Kø, 队列",
                    "Created, Oprettet, 创建时间, 已创建", "State, StateType, Status, Tilstand, 状态"),
                columns: columns([
                    .id: "Ticket Number, TicketNumber, Ticket#, Ticketnummer, 工单编号, 工单号",
                    .status: "StateType, State Type, State, Status, Tilstand, 状态",
                    .openedAt: "Created, Oprettet, 创建时间, 已创建",
                    .resolvedAt: "SolutionTime, Solution Time, Closed, Close Time, Lukket, 关闭时间, 已关闭",
                    .closedAt: "Closed, Close Time, Lukket, 关闭时间, 已关闭", .updatedAt: "Changed, Ændret, 更改时间, 已更改",
                    .firstResponseAt: "FirstResponse, First Response, Første svar, 首次响应",
                    .group: "Queue, Kø, 队列", .priority: "Priority, Prioritet, 优先级",
                    .assignee: "Owner, Agent/Owner, Agent, Ejer, 所有者",
                    .requester: "CustomerUserID, Customer User, Kundebruger, 客户用户, From, Fra",
                    .segment: "CustomerID, Customer ID, CustomerName, Kunde-ID, 客户ID", .service: "Service, 服务",
                    .kind: "Type, 类型",
                    .title: "Title, Subject, Titel, Emne, 标题, 主题",
                    .workMinutes: "TimeUnit, Accounted time, AccountedTime, Time Units, 计费时间",
                    .slaMet: "SolutionDiffInMin", .category: "Type, 类型, Queue, Kø, 队列",
                ]),
                states: ["open": .inProgress, "pendingauto": .waiting],
                slaIsMinutesLeft: true)
        ])
}
