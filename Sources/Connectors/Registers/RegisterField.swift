// What people's own registers of improvements call their columns.
//
// Three sources: the columns of the register in ITIL's Continual Service Improvement (2011, appendix B), the fields of ServiceNow's
// improvement records, and what teams add to either in English, Danish and Chinese. A column that none of them
// knows is kept as it is.

/// A column of somebody's register that is understood.
public enum RegisterField: String, CaseIterable, Sendable, Codable {
    case number, title, description, justification, raisedOn, raisedBy, owner, due, size, measure, kind, stage, goal
    case benefit, status, priority

    /// Names of its column, in their normal form: the likelier ones first.
    private static let aliases: [(String, RegisterField)] = [
        (
            """
            number, opportunity number, opp. no, opportunity no, id, ref, reference, no, nr, improvement number, improvement id, \
            csi id, csi number, nummer, mulighedsnummer, løbenummer, sagsnummer, forbedring nr, 编号, 序号, 改进编号, 机会编号, \
            单号
            """, .number
        ),
        (
            """
            title, short description, improvement, opportunity, initiative, improvement title, name, summary, subject, \
            suggestion, idea, improvement opportunity, titel, kort beskrivelse, forbedring, forbedringsmulighed, emne, navn, \
            overskrift, forslag, 标题, 名称, 简述, 简要描述, 改进项, 改进事项, 改进机会, 改进名称, 主题, 建议
            """, .title
        ),
        (
            """
            description, details, detailed description, problem statement, comments and details, beskrivelse, detaljer, \
            uddybning, 描述, 详细描述, 说明, 详情, 问题描述
            """, .description
        ),
        (
            """
            justification, business case, reason, rationale, business justification, begrundelse, hvorfor, formål, 理由, 依据, \
            原因, 业务理由, 商业案例
            """, .justification
        ),
        (
            """
            date raised, raised on, raised, created, created on, opened, opened at, sys_created_on, logged, dato rejst, oprettet, \
            oprettelsesdato, indmeldt, dato, 提出日期, 提出时间, 创建时间, 创建日期, 登记日期
            """, .raisedOn
        ),
        (
            """
            raised by, submitted by, requested by, originator, opened by, created by, rejst af, indmeldt af, oprettet af, \
            foreslået af, stillet af, 提出人, 提出者, 提交人, 创建人
            """, .raisedBy
        ),
        (
            """
            to be actioned by, owner, action owner, assigned to, responsible, improvement owner, lead, accountable, ansvarlig, \
            ejer, tildelt til, udføres af, 负责人, 责任人, 执行人, 处理人, 分配给
            """, .owner
        ),
        (
            """
            date required by, required by, due, due date, target date, deadline, planned end, planned end date, \
            expected completion, frist, forfald, forfaldsdato, senest, slutdato, planlagt slut, 要求完成日期, 截止日期, 期限, \
            到期日, 计划完成日期, 计划完成时间, 目标日期
            """, .due
        ),
        (
            """
            size, size (s/m/l), effort, effort (s/m/l), effort estimate, estimated effort, t-shirt size, complexity, størrelse, indsats, omfang, arbejdsindsats, \
            规模, 工作量, 投入, 大小, 工作量估计
            """, .size
        ),
        (
            """
            kpi metric, kpi metrics, kpi, metric, measure, measured by, success measure, related kpi, nøgletal, kpi'er, måles på, \
            succeskriterium, 指标, 关键指标, 衡量指标, 关键绩效指标, kpi指标
            """, .measure
        ),
        (
            """
            type, improvement type, people process technology, kind, category of improvement, forbedringstype, art, 类型, \
            改进类型, 类别
            """, .kind
        ),
        (
            """
            stage, life cycle stage, lifecycle stage, service lifecycle stage, service life cycle, livscyklus, fase, \
            livscyklusfase, 阶段, 生命周期阶段, 服务生命周期阶段
            """, .stage
        ),
        (
            """
            goal, strategic goal, objective, business objective, strategic objective, business goal, aligned goal, strategisk mål, \
            forretningsmål, strategi, 战略目标, 业务目标, 改进目标, 目标
            """, .goal
        ),
        (
            """
            benefit, expected benefit, benefits, hours saved, benefit (hours/month), benefit hours per month, benefit hours, \
            hours/month, hours per month, hours a month, expected hours, estimated benefit, \
            gevinst, forventet gevinst, gevinst (timer/måned), timer om måneden, timer/måned, timer pr. måned, sparede timer, 收益, 预期收益, 每月小时数, 预计收益, \
            节省工时
            """, .benefit
        ),
        (
            """
            status, state, progress status, tilstand, 状态, 进展状态, 当前状态
            """, .status
        ),
        ("priority, rank, prioritet, prioritering, 优先级, 优先顺序", .priority),
    ]

    private static let table = WordTable<RegisterField>(aliases)

    /// The field that a column's name stands for; nil when none is known.
    static func named(_ column: String) -> RegisterField? { table[normal(column)] }
}

extension RegisterField {
    /// What stands in a register for the size of the work.
    public enum Size: String, Sendable, Codable { case small, medium, large }
    public enum Kind: String, Sendable, Codable { case people, process, technology }
    public enum Stage: String, Sendable, Codable { case design, delivery, operation, change }
    public enum State: String, Sendable, Codable { case open, onHold, done, dropped }

    static let sizes = WordTable<Size>([
        ("s, small, low, minor, xs, lille, lav, små, 小, 低, 较小, quick win", .small),
        ("m, medium, moderate, mellem, middel, mellemstor, 中, 中等, 一般", .medium),
        ("l, large, high, major, xl, big, stor, høj, 大, 高, 较大", .large),
    ])
    static let kinds = WordTable<Kind>([
        (
            "people, person, training, skills, culture, mennesker, personer, kompetencer, uddannelse, 人员, 人, 培训, 技能",
            .people
        ),
        ("process, procedure, procedures, proces, processer, arbejdsgang, 流程, 过程, 规程", .process),
        (
            "technology, tool, tools, technical, product, teknologi, værktøj, teknik, it, 技术, 工具, 产品, 系统",
            .technology
        ),
    ])
    static let stages = WordTable<Stage>([
        ("design, strategy, service design, service strategy, design og strategi, 设计, 战略, 服务设计, 服务战略", .design),
        (
            "delivery, transition, service transition, build, levering, leverance, overgang, 交付, 转换, 服务转换, 服务交付",
            .delivery
        ),
        ("operation, operations, service operation, run, drift, operation og drift, 运营, 运维, 服务运营", .operation),
        ("change, changes, improvement, csi, ændring, forandring, 变更, 改进, 变化", .change),
    ])
}

extension RegisterField {
    /// Whether a column's name is one of a title, or of the description that stands for one.
    public static func isTitle(_ column: String) -> Bool {
        let field = named(column)
        return field == .title || field == .description
    }
}
