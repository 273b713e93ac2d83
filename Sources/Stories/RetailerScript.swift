import Improvements
import Organisations
import Records

/// The retailer: answers in time, in two rounds.
extension Script {
    static let satisfaction = Look(
        name: Wording("Satisfaction", "Tilfredshed", "满意度"), measure: "surveys.satisfaction", least: 0.02)
    private static let frontDesk = Wording("Customer service", "Kundeservice", "客户服务组")
    private static let specialists = Wording("Specialists", "Specialister", "专家组")
    private static let it = Wording("IT", "IT", "信息技术部")

    static let answers = Script(
        key: "answers",
        title: Wording("Shorter time to an answer", "Kortere svartid", "缩短回复时间"),
        text: Wording(
            "Customers are less satisfied, and those who wait are the least satisfied. We want to answer sooner.",
            "Kunderne er blevet mindre tilfredse, og de, der venter, er mindst tilfredse. Vi vil svare hurtigere.",
            "客户满意度下降，等待时间越长的客户越不满意。我们要更快回复。"),
        goal: Wording(
            "Customers who come back", "Kunder, der kommer igen", "让客户愿意再来"),
        kind: .technology, stage: .operation,
        cast: [
            .manager: "Mette Holm", .owner: "Jonas Bak", .analyst: "Sofie Lund", .practitioner: "Emil Krogh",
            .engineer: "Nadia Karim", .leader: "Anna Reid",
        ],
        related: [frontDesk],
        acts: [
            Act(
                objective: Wording(
                    "Shorten the time until a customer has an answer", "Forkort tiden, til kunden har et svar",
                    "缩短客户得到回复的时间"),
                cause: Wording(
                    "The delay is at the front desk: simple questions pile up in Customer service before anyone opens them. Specialists are as quick as before.",
                    "Forsinkelsen ligger i den første skranke: enkle spørgsmål hober sig op i Kundeservice, før nogen åbner dem. Specialisterne er lige så hurtige som før.",
                    "延误发生在前台：简单问题在客户服务组堆积，无人及时处理。专家组的速度没有变化。"),
                choices: [
                    Wording(
                        "Automatic answers to common questions", "Automatiske svar på almindelige spørgsmål",
                        "常见问题自动答复"),
                    Wording("Two more people in the evening", "To medarbejdere mere om aftenen", "晚间增加两名客服"),
                    Wording("Answer in the order of value", "Svar efter ordrens værdi", "按订单金额排序答复"),
                ],
                actions: [
                    Step(
                        text: Wording(
                            "Train the support team in the new way of working",
                            "Oplær supportteamet i den nye arbejdsgang",
                            "培训客服团队掌握新流程"), kind: .training, role: .practitioner, department: frontDesk, days: -7),
                    Step(
                        text: Wording(
                            "Connect the answers to the customer platform", "Kobl svarene på kundeplatformen",
                            "将自动答复接入客户平台"), kind: .deployment, role: .engineer, department: it, days: -2),
                    Step(
                        text: Wording(
                            "New routine: what cannot be answered goes to a person at once",
                            "Ny rutine: det, der ikke kan besvares, går straks til et menneske", "新流程：无法自动答复的立即转人工"),
                        kind: .process, role: .owner, department: frontDesk, days: 0),
                ],
                roadblock: Block(
                    text: Wording(
                        "The platform has no free window before the autumn",
                        "Platformen har intet ledigt vindue før efteråret",
                        "平台秋季前没有上线窗口"), department: it,
                    response: Wording(
                        "Chat first, the other channels three weeks apart",
                        "Chat først, de andre kanaler med tre ugers mellemrum",
                        "先上线聊天，其他渠道每隔三周上线")),
                teams: [frontDesk, it],
                guardrails: [(measure: "requests.reopened", part: nil, margin: 0.5)],
                also: [
                    Look(name: specialists, part: Part(dimension: .group, value: specialists)), satisfaction,
                ],
                decision: .keep,
                lesson: Wording(
                    "Simple questions are answered in less than half the time. Complex ones still wait for a person.",
                    "Enkle spørgsmål bliver besvaret på under halvdelen af tiden. De svære venter stadig på et menneske.",
                    "简单问题的回复时间缩短了一半以上，复杂问题仍需等待人工。")),
            Act(
                objective: Wording(
                    "Shorten the time until a complex question has an answer",
                    "Forkort tiden, til et svært spørgsmål har et svar", "缩短复杂问题得到回复的时间"),
                cause: Wording(
                    "Complex questions wait for a specialist to read up on the case; and nobody has kept the automatic answers up to date.",
                    "Svære spørgsmål venter på, at en specialist læser sig ind på sagen; og ingen har holdt de automatiske svar ved lige.",
                    "复杂问题要等专家了解情况；而自动答复无人更新。"),
                choices: [
                    Wording(
                        "A draft with the history of the case for the specialist, and an owner of the answers",
                        "Et udkast med sagens historie til specialisten, og en ejer af svarene",
                        "为专家准备含历史的草稿，并指定答复内容负责人"),
                    Wording("One more specialist", "En specialist mere", "增加一名专家"),
                ],
                actions: [
                    Step(
                        text: Wording("Drafts for specialists", "Udkast til specialisterne", "为专家生成草稿"),
                        kind: .deployment, role: .engineer, department: it, days: -3),
                    Step(
                        text: Wording(
                            "An owner reads through the answers every month", "En ejer gennemgår svarene hver måned",
                            "负责人每月检查自动答复"), kind: .process, role: .owner, department: frontDesk, days: 0),
                    Step(
                        text: Wording("Train the specialists", "Oplær specialisterne", "培训专家"), kind: .training,
                        role: .practitioner, department: specialists, days: -5),
                ],
                teams: [specialists, frontDesk],
                guardrails: [(measure: "requests.reopened", part: nil, margin: 0.5)],
                also: [satisfaction],
                decision: .keep,
                lesson: Wording(
                    "A specialist who begins with a draft answers sooner. Answers need an owner.",
                    "En specialist, der begynder med et udkast, svarer hurtigere. Svar skal have en ejer.",
                    "有草稿的专家回复更快。答复内容需要负责人。")),
        ])
}
