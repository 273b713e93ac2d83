/// What people call the columns of a ticket in English, Danish and Chinese, the clearest name first.
///
/// Used for files of no known system, and for what a known system's own list does not find.
enum Aliases {
    /// In the order in which fields choose their columns: a column belongs to one field only.
    static let table: [(field: Field, names: [String])] = [
        (
            .id,
            words(
                """
                ticket id, ticket number, ticket no, ticket, ticket_nr, number, id, case number, case id, case no, \
                incident number, incident id, request number, request id, change number, change id, complaint id, \
                complaint number, issue key, key, reference, reference number, ref, record id, case, no, nr, #, \
                sagsnummer, sagsnr, sags-id, sagsid, ticketnummer, ticketnr, nummer, referencenummer, sag, \
                工单号, 工单编号, 单号, 事件编号, 事件单号, 事件号, 请求编号, 变更编号, 问题编号, 投诉编号, 编号, 标识, 流水号
                """)
        ),
        (
            .openedAt,
            words(
                """
                opened at, opened, created at, created, created on, created date, date created, creation date, create date, \
                create time, created time, creation time, open date, opened date, open time, date opened, submitted at, \
                submitted, submit date, date submitted, reported at, reported date, reported, date received, received at, \
                received, registered, logged at, logged, start date, start time, oprettet, oprettelsesdato, oprettet den, \
                oprettet dato, oprettelsestidspunkt, åbnet, åbnet den, registreret, modtaget, startdato, dato, \
                创建时间, 创建日期, 开单时间, 打开时间, 提交时间, 报告时间, 上报时间, 登记时间, 建单时间, 创建于, 申请时间, 开始时间, 发生时间, 日期, date
                """)
        ),
        (
            .updatedAt,
            words(
                """
                updated at, updated, updated on, last updated, last update, last modified, modified at, modified, \
                modified date, update time, sys_updated_at, sys_updated_on, opdateret, sidst opdateret, senest opdateret, \
                opdateret den, ændret, sidst ændret, 更新时间, 更新日期, 最后更新, 最后更新时间, 修改时间, 更新于
                """)
        ),
        (
            .resolvedAt,
            words(
                """
                resolved at, resolved, resolved on, resolved date, resolution date, date resolved, resolve time, solved at, \
                solved, solve date, solved date, fixed at, completed at, completed, completion date, løst, løst den, \
                løsningsdato, løsningstidspunkt, løst dato, færdigmeldt, 解决时间, 解决日期, 完成时间, 完成日期, 修复时间, 处理完成时间
                """)
        ),
        (
            .closedAt,
            words(
                """
                closed at, closed, closed on, closed date, close date, date closed, closing date, close time, closed time, \
                end date, end time, lukket, lukket den, lukkedato, lukket dato, lukketidspunkt, afsluttet, afsluttet den, \
                afslutningsdato, slutdato, 关闭时间, 关闭日期, 结单时间, 关单时间, 结束时间, 结束日期
                """)
        ),
        (
            .firstResponseAt,
            words(
                """
                first response at, first response, first responded at, responded at, response date, first reply at, \
                first reply, acknowledged at, første svar, første respons, besvaret, svartidspunkt, 首次响应时间, 首次响应, \
                响应时间, 首次回复时间, 受理时间, 接单时间
                """)
        ),
        (
            .dueAt,
            words(
                """
                due at, due date, due, due by, deadline, target date, sla due, sla deadline, frist, forfaldsdato, \
                sla-frist, løsningsfrist, 截止时间, 截止日期, 到期时间, 到期日, 期限, 要求完成时间
                """)
        ),
        (
            .status,
            words(
                """
                status, state, ticket status, ticket state, incident state, case status, request status, tilstand, \
                sagsstatus, 状态, 工单状态, 事件状态, 处理状态, 当前状态
                """)
        ),
        (
            .kind,
            words(
                "ticket type, kind, issue type, record type, case type, type, sagstype, sagsart, 工单类型, 单据类型, 类型")
        ),
        (
            .requester,
            words(
                """
                requester, requested by, requested for, requestor, caller, caller id, reporter, reported by, submitter, \
                submitted by, opened by, created by, user, rekvirent, indmelder, anmelder, bruger, anmoder, opkalder, \
                oprettet af, meldt af, 请求人, 报告人, 申请人, 提交人, 报修人, 呼叫者, 创建人, 用户
                """)
        ),
        (
            .assignee,
            words(
                """
                assignee, assigned to, assigned agent, agent, technician, handler, handled by, owner, engineer, \
                tildelt til, tildelt, sagsbehandler, tekniker, ansvarlig, behandler, \
                处理人, 经办人, 指派给, 受理人, 负责人, 工程师, 处理人员, 技术员
                """)
        ),
        (
            .group,
            words(
                """
                assignment group, assigned group, support group, resolver group, group, team, support team, queue, \
                owner group, tildelingsgruppe, tildelt gruppe, supportgruppe, gruppe, kø, løsergruppe, \
                处理组, 分配组, 支持组, 受理组, 工作组, 处理团队, 团队, 队列, 组
                """)
        ),
        (
            .service,
            words(
                """
                service, business service, affected service, service name, it service, application, application name, app, \
                system, configuration item, ci, cmdb_ci, forretningsservice, ydelse, tjeneste, berørt service, \
                applikation, 服务, 业务服务, 服务名称, 受影响服务, 应用, 应用系统, 业务系统, 系统, 系统名称, 配置项
                """)
        ),
        (
            .category,
            words(
                """
                category, ticket category, main category, issue category, topic, product, product name, kategori, \
                hovedkategori, sagskategori, emneområde, produkt, 类别, 分类, 一级分类, 事件分类, 工单分类, 产品, 目录
                """)
        ),
        (
            .subcategory,
            words(
                """
                subcategory, sub-category, subcategory name, sub category 1, secondary category, subtopic, sub-product, issue, \
                underkategori, subkategori, 子类别, 子类, 子分类, 二级分类, 小类
                """)
        ),
        (
            .location,
            words(
                "location, site, office, branch, store, lokation, sted, placering, adresse, butik, kontor, 位置, 地点, 站点, 门店, 办公地点"
            )
        ),
        (.priority, words("priority, prio, priority level, severity, prioritet, alvorlighed, 优先级, 优先度, 严重程度, 严重级别")),
        (
            .channel,
            words(
                """
                channel, contact type, contact channel, contact method, source, origin, submitted via, via, request source, \
                kanal, henvendelsesform, kontakttype, kilde, indgang, 渠道, 来源, 联系方式, 请求来源, 上报方式, 报障方式
                """)
        ),
        (
            .department,
            words("department, dept, business unit, division, afdeling, forvaltning, enhed, 部门, 科室, 申请部门, 所属部门")
        ),
        (
            .segment,
            words(
                """
                segment, customer segment, requester segment, customer type, customer, company, organization, organisation, \
                client, account, kundesegment, kundetype, kunde, firma, virksomhed, 客户类型, 客户, 公司, 组织, 单位
                """)
        ),
        (
            .updatedBy,
            words("updated by, last updated by, modified by, changed by, opdateret af, ændret af, 更新人, 修改人, 更新者")
        ),
        (
            .reopenCount,
            words(
                "reopen count, reopens, reopened, times reopened, antal genåbninger, genåbninger, genåbnet, 重开次数, 重新打开次数, 重启次数"
            )
        ),
        (
            .reassignmentCount,
            words(
                """
                reassignment count, reassignments, reassigned, hops, transfers, antal omfordelinger, omfordelinger, \
                antal viderestillinger, 转派次数, 重新分配次数, 转单次数
                """)
        ),
        (
            .slaMet,
            words(
                """
                sla met, made sla, within sla, sla status, sla, timely response?, sla overholdt, overholdt sla, inden for sla, \
                sla达标, 是否达标, 符合sla, 满足sla, sla状态
                """)
        ),
        (.major, words("major incident, is major, major, er major, større incident, 重大事件, 是否重大")),
        (.workaround, words("workaround, midlertidig løsning, 临时解决方案, 变通方案")),
        (
            .firstContact,
            words(
                "first contact resolved, resolved at first contact, first contact resolution, first call resolution, fcr, løst ved første kontakt, 首次解决, 一线解决"
            )
        ),
        (
            .closeCode,
            words(
                """
                close code, closed code, closure code, resolution code, resolution, solution type, lukkekode, løsningskode, \
                løsningstype, 关闭代码, 解决代码, 结束代码, 解决方式, 解决结果
                """)
        ),
        (
            .workMinutes,
            words(
                "work minutes, minutes worked, time worked minutes, effort minutes, arbejdsminutter, minutter, 工时分钟, 处理分钟"
            )
        ),
        (
            .satisfaction,
            words(
                "satisfaction, csat, satisfaction rating, satisfaction score, tilfredshed, tilfredshedsscore, 满意度, 满意度评分"
            )
        ),
        (
            .problem,
            words("problem id, problem number, related problem, problem, problemnummer, relateret problem, 相关问题, 问题单号")
        ),
        (.causedBy, words("caused by change, caused by, forårsaget af change, forårsaget af, 引起的变更, 由变更引起")),
        (.changeType, words("change type, changetype, type of change, ændringstype, 变更类型")),
        (
            .changeOutcome,
            words("change outcome, outcome, implementation result, change result, udfald, resultat, 变更结果, 实施结果")
        ),
        (.unauthorized, words("unauthorized, unauthorised, uautoriseret, 未授权, 未授权变更")),
        (
            .title,
            words(
                """
                title, short description, summary, subject, headline, name, brief description, titel, emne, overskrift, \
                kort beskrivelse, resumé, 标题, 主题, 简短描述, 摘要, 概要, 简述, 名称
                """)
        ),
        (
            .text,
            words(
                """
                description, text, details, detailed description, body, content, document, message, notes, narrative, \
                consumer complaint narrative, beskrivelse, tekst, detaljer, besked, 描述, 详细描述, 问题描述, 内容, 说明, 详情
                """)
        ),
    ]

    static let dates: Set<Field> = [.openedAt, .firstResponseAt, .resolvedAt, .closedAt, .dueAt, .updatedAt]
}
