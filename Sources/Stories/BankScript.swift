import Improvements
import Organisations
import Records

/// The bank: three improvements, each with the others' measures as its guardrails.
extension Script {
    private static let slow = Wording("Slow response", "Langsomme systemer", "系统响应慢")
    private static let weak = Wording("Security weaknesses", "Sikkerhedshuller", "安全漏洞")
    private static let operations = Wording("IT operations", "IT-drift", "系统运维部")
    private static let risk = Wording("Security", "Sikkerhed", "信息安全部")
    private static let untouched = [
        Wording("Fees", "Gebyrer", "手续费"), Wording("Branches", "Filialer", "网点服务"), Wording("Cards", "Kort", "银行卡"),
    ].map { Part(dimension: .category, value: $0) }
    private static let goal = Wording(
        "A bank one can rely on", "En bank, man kan stole på", "让客户放心的银行")
    private static let cast: [Role: String] = [
        .manager: "Wang Fang", .owner: "Li Wei", .analyst: "Chen Jing", .practitioner: "Zhang Min",
        .engineer: "Liu Yang", .leader: "Zhao Lei",
    ]

    static let speed = Script(
        key: "speed", title: Wording("Faster systems", "Hurtigere systemer", "提升系统响应速度"),
        text: Wording(
            "An assessment of all IT services shows: slow response is the first cause of complaints.",
            "En gennemgang af alle it-tjenester viser: langsomme systemer er den hyppigste grund til klager.",
            "对信息系统服务的全面评估表明：系统响应慢是投诉的首要原因。"),
        goal: goal, kind: .technology, stage: .design, cast: cast, related: [slow],
        acts: [
            Act(
                objective: Wording(
                    "Halve the complaints about slow systems", "Halvér klagerne over langsomme systemer", "将系统响应慢的投诉减半"),
                cause: Wording(
                    "Slow response leads the complaints, security weaknesses come second: together more than half. The servers are full at noon.",
                    "Langsomme systemer fører listen over klager, sikkerhedshuller er nummer to: tilsammen over halvdelen. Serverne er fyldt ved middagstid.",
                    "系统响应慢居投诉之首，安全漏洞居次，合计过半。中午时段服务器满载。"),
                choices: [
                    Wording(
                        "New infrastructure, server configuration and more bandwidth",
                        "Ny infrastruktur, ny serveropsætning og mere båndbredde", "新基础设施、优化服务器配置、增加带宽"),
                    Wording("Move the nightly batch", "Flyt natkørslen", "调整夜间批处理"),
                ],
                actions: [
                    Step(
                        text: Wording("New infrastructure", "Ny infrastruktur", "建设新基础设施"), kind: .deployment,
                        role: .engineer, department: operations, days: -14),
                    Step(
                        text: Wording("Configure the servers", "Opsætning af servere", "优化服务器配置"), kind: .deployment,
                        role: .engineer, department: operations, days: -6),
                    Step(
                        text: Wording("More bandwidth", "Mere båndbredde", "增加带宽"), kind: .deployment, role: .engineer,
                        department: operations, days: -3),
                ],
                teams: [operations],
                guardrails: [
                    (measure: "changes.failed", part: nil, margin: 0.75),
                    (measure: "complaints.opened", part: Part(dimension: .category, value: weak), margin: 0.25),
                ],
                controls: untouched,
                also: [
                    Look(
                        name: Wording("Response of the systems", "Systemernes svartid", "系统响应时间"),
                        measure: "readings.response-seconds"),
                    Look(
                        name: Wording("Availability", "Tilgængelighed", "可用性"), measure: "readings.availability",
                        least: 0.001, wanted: .higher),
                    satisfaction,
                ],
                decision: .keep,
                lesson: Wording(
                    "The systems were short of room at noon, not of programmers.",
                    "Systemerne manglede plads ved middagstid, ikke programmører.", "系统缺的是高峰容量，而不是程序员。"))
        ])

    static let security = Script(
        key: "security",
        title: Wording("Close the security weaknesses", "Luk sikkerhedshullerne", "修补安全漏洞"),
        text: Wording(
            "Security weaknesses are the second cause of complaints.",
            "Sikkerhedshuller er den næsthyppigste grund til klager.",
            "安全漏洞是投诉的第二大原因。"),
        goal: goal, kind: .process, stage: .operation, cast: cast, related: [weak],
        acts: [
            Act(
                objective: Wording(
                    "Fewer complaints about security", "Færre klager over sikkerheden", "减少安全方面的投诉"),
                cause: Wording(
                    "Updates wait for months, because nobody checks the systems regularly.",
                    "Opdateringer venter i månedsvis, fordi ingen tjekker systemerne jævnligt.", "无人定期检查系统，补丁拖延数月。"),
                choices: [
                    Wording("Standing checks and updates", "Faste tjek og opdateringer", "定期检查与更新"),
                    Wording("A yearly audit", "En årlig revision", "年度审计"),
                ],
                actions: [
                    Step(
                        text: Wording(
                            "Check every system each month, from now on", "Tjek alle systemer hver måned fra nu af",
                            "今后每月检查所有系统"), kind: .process, role: .practitioner, department: risk, days: 0),
                    Step(
                        text: Wording(
                            "Update every system within a week", "Opdatér alle systemer inden for en uge", "一周内完成系统更新"),
                        kind: .process, role: .engineer, department: operations, days: 0),
                    Step(
                        text: Wording("Tell everyone why", "Fortæl alle hvorfor", "向全员说明原因"), kind: .communication,
                        role: .manager, department: risk, days: -3),
                ],
                teams: [risk, operations],
                guardrails: [(measure: "changes.failed", part: nil, margin: 0.75)], controls: untouched,
                also: [
                    Look(
                        name: Wording("Open weaknesses", "Åbne sårbarheder", "未修复漏洞"),
                        measure: "readings.open-vulnerabilities", shape: .ramp)
                ],
                decision: .keep,
                lesson: Wording(
                    "What is checked every month does not become a weakness.",
                    "Det, der bliver tjekket hver måned, bliver ikke til et hul.", "每月检查，漏洞无处藏身。"))
        ])

    static let stability = Script(
        key: "stability",
        title: Wording("Incidents solved sooner", "Hændelser løst hurtigere", "更快解决事件"),
        text: Wording(
            "When something breaks, customers wait until we have found the cause.",
            "Når noget går i stykker, venter kunderne, til vi har fundet årsagen.", "出现故障时，客户要等到我们查明原因。"),
        goal: goal, kind: .people, stage: .operation, cast: cast,
        acts: [
            Act(
                objective: Wording(
                    "Solve incidents sooner", "Løs hændelser hurtigere", "缩短事件解决时间"),
                cause: Wording(
                    "Everyone begins from nothing: what worked last time is written nowhere.",
                    "Alle begynder forfra: hvad der virkede sidst, står ingen steder.", "每次从零开始：上次的有效做法没有记录。"),
                choices: [
                    Wording("Runbooks and monitoring", "Drejebøger og overvågning", "操作手册与监控")
                ],
                actions: [
                    Step(
                        text: Wording("Write runbooks", "Skriv drejebøger", "编写操作手册"), kind: .process,
                        role: .practitioner, department: operations, days: -10),
                    Step(
                        text: Wording("Train the night shift", "Oplær natholdet", "培训夜班人员"), kind: .training,
                        role: .practitioner, department: operations, days: -4),
                ],
                teams: [operations],
                guardrails: [(measure: "incidents.reopened", part: nil, margin: 0.75)],
                decision: .keep,
                lesson: Wording(
                    "What is written down is found again at night.",
                    "Det, der er skrevet ned, kan findes igen om natten.",
                    "写下来的东西，夜里也能找到。"))
        ])
}
