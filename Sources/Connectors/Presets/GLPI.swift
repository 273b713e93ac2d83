import Records

extension Preset {
    /// GLPI: the list of a search, with labels in the user's language, or the table itself.
    static let glpi = Preset(
        name: .glpi, title: "GLPI",
        layouts: [
            Layout(
                signs: signs(
                    "ID", "Title, Titel, Titre, 标题",
                    "Opening date, Date d'ouverture, Åbningsdato, Oprettelsesdato, 开单日期, 打开日期, 开启日期, 创建日期",
                    """
                    Entity, Entité, Enhed, 实体, 机构, Last update, Dernière modification, Sidste opdatering, 最后更新, \
                    Requester - Requester, Demandeur - Demandeur, Assigned to - Technician, Attribué à - Technicien, \
                    Tildelt til - Tekniker, 分配给 - 技术员, Time to resolve, Resolution date, Closing date
                    """),
                columns: columns([
                    .id: "ID", .kind: "Type, 类型", .status: "Status, Statut, 状态",
                    .openedAt: "Opening date, Date d'ouverture, Åbningsdato, Oprettelsesdato, 开单日期, 打开日期, 开启日期, 创建日期",
                    .resolvedAt: "Resolution date, Date de résolution, Date de solution, Løsningsdato, 解决日期, 解决时间",
                    .closedAt: "Closing date, Date de clôture, Lukkedato, Lukningsdato, 关闭日期, 关闭时间, 结束日期",
                    .updatedAt: "Last update, Dernière modification, Sidste opdatering, Seneste opdatering, 最后更新, 最后修改",
                    .dueAt: "Time to resolve, TTR, Temps de résolution, Løsningstid, 解决期限",
                    .firstResponseAt: "Take into account date, Date de prise en compte, 受理日期",
                    .assignee:
                        "Assigned to - Technician, Technician, Attribué à - Technicien, Technicien, Tildelt til - Tekniker, Tekniker, 分配给 - 技术员, 技术员",
                    .group:
                        "Assigned to - Technician group, Technician group, Attribué à - Groupe de techniciens, Groupe de techniciens, Tildelt til - Teknikergruppe, Teknikergruppe, 分配给 - 技术员组, 技术员组",
                    .requester:
                        "Requester - Requester, Requester, Demandeur - Demandeur, Demandeur, Anmoder - Anmoder, Anmoder, Rekvirent, 请求人 - 请求人, 请求人, 申请人",
                    .priority: "Priority, Priorité, Prioritet, 优先级, 优先权",
                    .category: "Category, Catégorie, Kategori, 类别, 分类",
                    .channel: "Request source, Source de la demande, Anmodningskilde, 请求来源, 来源",
                    .location: "Location, Lieu, Placering, Lokation, 位置, 地点",
                    .segment: "Entity, Entité, Enhed, 实体, 机构", .title: "Title, Titel, Titre, 标题",
                    .text: "Description, Beskrivelse, 描述", .satisfaction: "Satisfaction, Tilfredshed, 满意度",
                    .workMinutes: "",
                ]),
                states: states, kinds: kinds, highestNumber: "6"),
            Layout(
                signs: signs("id", "solvedate", "closedate", "itilcategories_id"),
                columns: columns([
                    .id: "id", .kind: "type", .status: "status", .openedAt: "date", .resolvedAt: "solvedate",
                    .closedAt: "closedate", .updatedAt: "date_mod", .dueAt: "time_to_resolve",
                    .firstResponseAt: "takeintoaccountdate", .category: "itilcategories_id", .priority: "priority",
                    .channel: "requesttypes_id", .location: "locations_id", .segment: "entities_id",
                    .requester: "users_id_recipient", .title: "name", .text: "content", .workMinutes: "actiontime",
                ]),
                hints: [.deleted: words("is_deleted")], states: states, kinds: kinds, highestNumber: "6",
                minutesPerUnit: 1.0 / 60),
        ])

    private static let states: [String: TicketStatus] = [
        "1": .new, "2": .inProgress, "3": .inProgress, "4": .waiting, "5": .resolved, "6": .closed, "10": .waiting,
    ]
    private static let kinds: [String: TicketKind] = ["1": .incident, "2": .request]
}
