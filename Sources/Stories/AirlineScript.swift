import Improvements
import Organisations
import Records

/// The airline: two goals under one strategy, and what comes next.
extension Script {
    private static let delayed = Wording("Delays", "Forsinkelser", "航班延误")
    private static let baggage = Wording("Baggage", "Bagage", "行李")
    private static let operations = Wording("Flight operations", "Flyvedrift", "航班运行部")
    private static let ground = Wording("Ground service", "Stationstjeneste", "地面服务部")
    private static let it = Wording("IT", "IT", "信息技术部")
    private static let goal = Wording(
        "The passengers' first choice", "Passagerernes førstevalg", "成为旅客首选")
    private static let cast: [Role: String] = [
        .manager: "Oliver Stone", .owner: "Nadia Karim", .analyst: "Chen Jing", .practitioner: "Tom Price",
        .engineer: "Li Wei", .leader: "Anna Reid",
    ]

    static let delays = Script(
        key: "delays", title: Wording("Fewer delayed flights", "Færre forsinkede fly", "减少航班延误"),
        text: Wording(
            "Competition is fierce. Complaints, passengers' answers and the stations' own figures say the same: we leave late.",
            "Konkurrencen er hård. Klager, passagerernes svar og stationernes egne tal siger det samme: vi flyver for sent.",
            "竞争激烈。投诉、旅客意见和各站运行数据都说明：我们起飞太晚。"),
        goal: goal, kind: .process, stage: .operation, cast: cast, related: [delayed],
        acts: [
            Act(
                objective: Wording(
                    "Fewer complaints about delays", "Færre klager over forsinkelser", "减少延误投诉"),
                cause: Wording(
                    "The turnaround plan leaves no slack: one late aircraft makes the next ones late.",
                    "Planen for vending på jorden har ingen luft: ét forsinket fly forsinker de næste.",
                    "过站计划没有余量：一班晚点，后续航班都晚点。"),
                choices: [
                    Wording(
                        "A scheduling system with slack", "Et planlægningssystem med luft i planen", "引入留有余量的航班编排系统"),
                    Wording("One reserve aircraft", "Et reservefly", "增加一架备用飞机"),
                ],
                actions: [
                    Step(
                        text: Wording("New scheduling system", "Nyt planlægningssystem", "新的航班编排系统"), kind: .deployment,
                        role: .engineer, department: it, days: -5),
                    Step(
                        text: Wording("Train the planners", "Oplær planlæggerne", "培训编排人员"), kind: .training,
                        role: .practitioner, department: operations, days: -10),
                ],
                teams: [operations],
                guardrails: [
                    (measure: "complaints.opened", part: Part(dimension: .category, value: baggage), margin: 0.25)
                ],
                controls: [
                    Part(dimension: .category, value: baggage),
                    Part(dimension: .category, value: Wording("Check-in queues", "Kø ved check-in", "值机排队")),
                    Part(dimension: .category, value: Wording("Refunds", "Refusion", "退款")),
                ],
                also: [
                    Look(
                        name: Wording("Delay at departure", "Forsinkelse ved afgang", "出发延误"),
                        measure: "readings.departure-delay"),
                    satisfaction,
                ],
                decision: .keep,
                lesson: Wording(
                    "Slack in the plan was worth more than another aircraft.",
                    "Luft i planen var mere værd end et fly mere.",
                    "计划中的余量比多一架飞机更有价值。")),
            Act(
                objective: Wording(
                    "Fewer complaints about baggage, with automated handling",
                    "Færre klager over bagage, med automatisk håndtering", "以自动化行李处理减少行李投诉"),
                cause: delayed,
                choices: [
                    Wording("Automated baggage handling", "Automatisk bagagehåndtering", "行李自动处理系统"),
                    Wording("Automatic answers to passengers", "Automatiske svar til passagerer", "智能客服"),
                ],
                lesson: delayed, aim: (measure: "complaints.opened", part: Part(dimension: .category, value: baggage))),
        ])

    static let service = Script(
        key: "service",
        title: Wording("A better service process", "En bedre serviceproces", "改善客户服务流程"),
        text: Wording(
            "Complaints take too long to settle, because everyone stands at the counters.",
            "Klager er for længe om at blive afgjort, fordi alle står i skrankerne.", "人手都在柜台，投诉处理太慢。"),
        goal: goal, kind: .people, stage: .delivery, cast: cast,
        acts: [
            Act(
                objective: Wording(
                    "Settle complaints sooner", "Afgør klager hurtigere", "更快处理投诉"),
                cause: Wording(
                    "Staff who should settle complaints are tied up in check-in queues.",
                    "Medarbejdere, der skulle afgøre klager, er bundet i køerne ved check-in.", "本应处理投诉的员工被值机排队占用。"),
                choices: [
                    Wording(
                        "Self-service check-in and training, station by station",
                        "Selvbetjent check-in og oplæring, station for station", "自助值机与培训，逐站推广"),
                    Wording("Hire for the summer", "Ansæt til sommeren", "夏季增聘人手"),
                ],
                actions: [
                    Step(
                        text: Wording("Self-service check-in machines", "Automater til selvbetjent check-in", "自助值机设备"),
                        kind: .deployment, role: .engineer, department: it, days: -4),
                    Step(
                        text: Wording(
                            "Train staff in settling complaints", "Oplær personalet i at afgøre klager", "培训员工处理投诉"),
                        kind: .training, role: .practitioner, department: ground, days: -8),
                ],
                roadblock: Block(
                    text: Wording(
                        "The airports approve machines one after another",
                        "Lufthavnene godkender automater én efter én",
                        "各机场逐一批准设备"), department: ground,
                    response: Wording(
                        "Begin where the approval is there", "Begynd, hvor godkendelsen er på plads", "先从已批准的机场开始")),
                teams: [ground],
                guardrails: [(measure: "complaints.reopened", part: nil, margin: 0.5)],
                decision: .extend,
                lesson: Wording(
                    "Where passengers check in by themselves, complaints are settled sooner. The other stations follow.",
                    "Hvor passagererne selv checker ind, bliver klager afgjort hurtigere. De andre stationer følger efter.",
                    "实行自助值机的航站投诉处理更快，其他航站将跟进。"))
        ])
}
