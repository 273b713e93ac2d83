import Improvements
import Organisations

/// The two desks for testing judgement.
extension Script {
    private static let cast: [Role: String] = [
        .manager: "Ada", .owner: "Bo", .analyst: "Cai", .practitioner: "Dan", .engineer: "Eva", .leader: "Finn",
    ]

    private static func desk(_ key: String, _ title: Wording, _ act: Act) -> Script {
        Script(
            key: key, title: title, text: title, goal: title, kind: .process, stage: .operation, cast: cast, acts: [act]
        )
    }

    static let chance = desk(
        "chance", Wording("Fewer incidents, now", "Færre hændelser, nu", "立即减少事件"),
        Act(
            objective: Wording("Fewer incidents", "Færre hændelser", "减少事件"),
            cause: Wording("The last weeks were terrible", "De seneste uger var frygtelige", "最近几周情况很糟"),
            followsBadSpell: true, lesson: Wording("A lesson", "En erfaring", "一条经验")))

    static let harm = desk(
        "harm", Wording("Close tickets sooner", "Luk sager hurtigere", "更快关闭工单"),
        Act(
            objective: Wording("Shorter time to resolve", "Kortere løsningstid", "缩短解决时间"),
            cause: Wording("Tickets lie around", "Sager ligger hen", "工单积压"),
            guardrails: [(measure: "incidents.reopened", part: nil, margin: 0.2)],
            lesson: Wording("A lesson", "En erfaring", "一条经验")))
}
