import Records

/// What systems call the states of a ticket, in English, Danish, Chinese, and French where GLPI writes it.
enum StatusWords {
    /// - Parameter word: In its normal form.
    static func status(_ word: String) -> TicketStatus? {
        if let known = table[word] { return known }
        for (beginning, status) in beginnings where word.hasPrefix(beginning) { return status }
        return nil
    }

    private static let table = WordTable<TicketStatus>([
        (
            """
            new, open, opened, to do, backlog, registered, logged, submitted, draft, created, unassigned, queued, \
            requested, ny, nyt, nye, åben, åbent, åbnet, oprettet, modtaget, registreret, indmeldt, kladde, ikke påbegyndt, \
            新建, 新, 新的, 新增, 打开, 开放, 开启, 未处理, 已提交, 提交, 待办, 已登记, 登记, 草稿, 未分配, 待处理, 待受理, nouveau, new ticket
            """, .new
        ),
        (
            """
            in progress, active, assigned, work in progress, wip, working, accepted, acknowledged, investigating, \
            processing, processing (assigned), processing (planned), started, ongoing, under review, in review, review, \
            assess, authorize, scheduled, implement, implementing, planned, planning, approved, dispatched, redispatched, \
            escalated, escalated tto, escalated ttr, fix in progress, root cause analysis, rca, reopened, re-opened, \
            waiting for support, in development, testing, monitored, i gang, igang, igangværende, aktiv, tildelt, \
            under behandling, behandles, påbegyndt, startet, planlagt, godkendt, accepteret, genåbnet, under udførelse, \
            处理中, 进行中, 正在处理, 已分配, 已指派, 已派单, 派单, 受理中, 已受理, 受理, 已接单, 已响应, 实施中, 已批准, 审核中, \
            已计划, 重新打开, 已重新打开, 重开, 已升级, 激活, 活动, en cours, en cours (attribué), en cours (planifié), attribué
            """, .inProgress
        ),
        (
            """
            waiting, on hold, onhold, hold, pending, stalled, suspended, frozen, feedback, blocked, approval, \
            pending reminder, pending close, pending auto close+, pending auto close-, på hold, sat på hold, afventer, \
            afventende, venter, i bero, bero, 挂起, 已挂起, 等待中, 等待, 暂停, 已暂停, 待定, 反馈, 待反馈, 待审批, 待批准, 冻结, \
            en attente
            """, .waiting
        ),
        (
            """
            resolved, solved, fixed, done, completed, complete, finished, fulfilled, implemented, answered, løst, færdig, \
            færdiggjort, udført, gennemført, løst af bruger, besvaret, 已解决, 解决, 已完成, 完成, 已处理, 处理完成, 已实施, 已修复, \
            résolu, résolue
            """, .resolved
        ),
        (
            """
            closed, closed complete, closed incomplete, closed successful, closed unsuccessful, closed (resolved), archived, \
            lukket, lukkede, afsluttet, arkiveret, 已关闭, 关闭, 已结单, 结单, 已归档, 归档, 已结束, 结束, 关单, clos, close, fermé
            """, .closed
        ),
        (
            """
            cancelled, canceled, cancel, rejected, declined, deleted, removed, withdrawn, void, invalid, closed skipped, \
            won't do, won't fix, not approved, notapproved, aborted, abandoned, annulleret, afvist, slettet, fortrudt, \
            trukket tilbage, fjernet, ikke godkendt, 已取消, 取消, 已撤销, 撤销, 已撤回, 撤单, 已拒绝, 拒绝, 驳回, 已驳回, 已删除, 删除, \
            已作废, 作废, 未批准, annulé, rejeté, supprimé
            """, .cancelled
        ),
        (
            """
            merged, duplicate, duplicated, closed duplicate, closed as duplicate, flettet, sammenflettet, sammenlagt, \
            dublet, dubleret, 已合并, 合并, 重复, 重复单, fusionné, doublon
            """, .merged
        ),
    ])

    /// Whole families: “Awaiting vendor”, “Pending customer”, »Afventer leverandør«, “等待用户确认”.
    private static let beginnings: [(String, TicketStatus)] = [
        ("awaiting", .waiting), ("waiting", .waiting), ("pending", .waiting), ("onhold", .waiting),
        ("afventer", .waiting), ("venter", .waiting), ("等待", .waiting), ("待", .waiting), ("enattente", .waiting),
        ("closed", .closed), ("lukket", .closed), ("已关闭", .closed), ("resolved", .resolved), ("løst", .resolved),
        ("cancel", .cancelled), ("inprogress", .inProgress), ("escalated", .inProgress), ("assigned", .inProgress),
    ]
}
