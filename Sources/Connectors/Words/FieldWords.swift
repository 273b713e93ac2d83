import Records

/// What systems write for kinds, priorities, outcomes, yes and no.
enum FieldWords {
    /// - Parameter word: In its normal form.
    static func kind(_ word: String) -> TicketKind? {
        if let known = kinds[word] { return known }
        if word.hasSuffix("incident") { return .incident }
        if word.hasSuffix("servicerequest") { return .request }
        if word.hasSuffix("problem") { return .problem }
        if word.hasSuffix("change") { return .change }
        return nil
    }

    private static let kinds = WordTable<TicketKind>([
        (
            """
            incident, incidents, inc, fault, failure, bug, defect, outage, error, trouble, unplanned, hændelse, \
            driftsforstyrrelse, fejl, 事件, 故障, 缺陷, 错误, 报障, 事故, bogue
            """, .incident
        ),
        (
            """
            request, requests, service request, req, ritm, sr, user request, userrequest, requested item, question, task, \
            sub-task, story, epic, feature, new feature, improvement, support, service request with approvals, it help, \
            access, anmodning, serviceanmodning, ønske, forespørgsel, opgave, funktion, 请求, 服务请求, 服务需求, 需求, 功能, 支持, \
            咨询, 任务, 故事, demande
            """, .request
        ),
        ("problem, problems, prb, known error, kendt fejl, 问题, 已知错误, problème", .problem),
        (
            """
            change, changes, chg, rfc, change request, normal change, standard change, emergency change, routine change, \
            ændring, ændringsanmodning, hastechange, 变更, 变更请求, changement
            """, .change
        ),
        ("complaint, complaints, klage, reklamation, 投诉, 抱怨, réclamation", .complaint),
    ])

    /// Whether a priority is the highest there is; nil when the word does not say.
    ///
    /// - Parameter oneIsHighest: The system counts down from 1. In others 1 is the lowest.
    static func isMajor(_ word: String, oneIsHighest: Bool) -> Bool? {
        if word.isEmpty { return nil }
        var letters = word.drop { $0.isNumber }
        let digits = word.prefix { $0.isNumber }
        if letters.isEmpty {
            return oneIsHighest ? digits == "1" : nil
        }
        if letters.first == "p" || letters.hasPrefix("prio"), letters.last?.isNumber == true {
            let number = letters.drop { !$0.isNumber }
            letters = letters.prefix { !$0.isNumber }
            if letters == "p" || letters == "prio" || letters == "priority" || letters == "prioritet" {
                return number == "1" || number == "0"
            }
        }
        if highest.contains(String(letters)) { return true }
        return false
    }

    private static let highest = Set(
        words(
            """
            critical, highest, blocker, very high critical, major, immediate, emergency, p1, p0, sev1, sev 1, s1, kritisk, \
            omgående, akut, meget kritisk, altafgørende, haster nu, 紧急, 严重, 致命, 特急, 危急, 关键, 重大, 立刻, 最高, 非常紧急, majeure, critique
            """))

    static func changeType(_ word: String) -> ChangeType? {
        changeTypes[word]
    }

    private static let changeTypes = WordTable<ChangeType>([
        (
            "standard, routine, standard change, standardchange, routine change, pre-approved, forhåndsgodkendt, 标准, 标准变更",
            .standard
        ),
        ("normal, normal change, normale, planned, 正常, 正常变更, 普通, 普通变更, 常规, 常规变更", .normal),
        ("emergency, expedited, urgent, emergency change, hastechange, haste, akut, akut change, 紧急, 紧急变更", .emergency),
    ])

    static func changeOutcome(_ word: String) -> ChangeOutcome? {
        changeOutcomes[word]
    }

    private static let changeOutcomes = WordTable<ChangeOutcome>([
        (
            """
            successful, success, succeeded, implemented, completed, ok, succes, vellykket, gennemført, lykkedes, 成功, \
            变更成功, 已实施, 完成
            """, .successful
        ),
        (
            """
            successful with issues, successful_issues, successful issues, partial, partially successful, \
            delvist vellykket, vellykket med problemer, vellykket med anmærkninger, 部分成功, 有问题的成功, 成功但有问题
            """, .successfulWithIssues
        ),
        (
            """
            unsuccessful, failed, failure, backed out, rolled back, rollback, fejlet, mislykket, mislykkedes, rullet tilbage, \
            失败, 变更失败, 回退, 已回退, 不成功
            """, .unsuccessful
        ),
    ])

    /// Whether a code of closing says that only the effect was taken away.
    static func isWorkaround(_ word: String) -> Bool {
        workaroundParts.contains { word.contains($0) }
    }

    private static let workaroundParts = words(
        "workaround, work around, midlertidig løsning, midlertidigt løst, omvej, 临时解决, 临时方案, 临时措施, 变通, contournement")

    /// Whether a code of closing says that it was the same as another ticket.
    static func isDuplicate(_ word: String) -> Bool { word == "duplicate" || StatusWords.status(word) == .merged }

    static func yesOrNo(_ word: String) -> Bool? { answers[word] }

    private static let answers = WordTable<Bool>([
        ("true, yes, y, 1, t, x, ja, sand, sandt, met, within sla, overholdt, 是, 达标, 已达成, 真, 满足, oui, vrai", true),
        (
            "false, no, n, 0, f, nej, falsk, missed, breached, overskredet, ikke overholdt, 否, 未达标, 未达成, 假, 超时, non, faux",
            false
        ),
    ])
}
