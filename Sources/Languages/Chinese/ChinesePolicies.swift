import Gains

// 规则，以及改进动力与政策页面的固定用语。

extension Chinese {
    func rule(_ rule: Rule) -> String {
        let kinds = rule.kinds.map { plural($0) }.joined(separator: "、")
        let scope = rule.scope.map { "（当\(told($0))时）" } ?? ""
        return "\(kinds)\(scope)：\(told(rule.demand))。"
    }

    private func told(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): return parts.map { bracketed($0) }.joined(separator: "，并且")
        case .any(let parts): return parts.map { bracketed($0) }.joined(separator: "，或者")
        case .not(.flag(let flag)): return flagged(flag, isNot: true)
        case .not(.isSet(let field)): return "\(named(field))未填写"
        case .not(.isTimed(let time)): return "\(moment(time))时间未知"
        case .not(let part): return "并非（\(told(part))）"
        case .isSet(let field): return "\(named(field))已填写"
        case .isTimed(let time): return "\(moment(time))时间已知"
        case .isOneOf(let field, let values):
            return "\(named(field))为\(values.map { "“\($0)”" }.joined(separator: "或"))"
        case .flag(let flag): return flagged(flag, isNot: false)
        case .before(let a, let b): return "\(moment(a))早于\(moment(b))"
        case .within(let time, let start, let span): return "\(moment(start))后 \(length(span))内\(moment(time))"
        case .count(let counter, let bound, let limit):
            return
                "\(counting(counter))\(bound == .atMost ? "最多" : "至少") \(figures.number(limit)) \(counter == .workMinutes ? "分钟" : "次")"
        }
    }

    private func bracketed(_ condition: Condition) -> String {
        switch condition {
        case .all, .any: "（\(told(condition))）"
        default: told(condition)
        }
    }

    private func named(_ field: Condition.Field) -> String {
        switch field {
        case .title: "标题"
        case .text: "描述"
        case .state: "状态"
        case .status: "处理状态"
        case .service: "服务"
        case .category: "类别"
        case .subcategory: "子类别"
        case .group: "小组"
        case .location: "地点"
        case .priority: "优先级"
        case .channel: "渠道"
        case .segment: "客户群"
        case .department: "部门"
        case .assignee: "处理人"
        case .requester: "请求人"
        case .closeCode: "关闭代码"
        case .problem: "问题编号"
        case .causedBy: "引发变更"
        case .changeType: "变更类型"
        case .outcome: "变更结果"
        }
    }

    private func moment(_ time: Condition.Time) -> String {
        switch time {
        case .opened: "创建"
        case .firstResponse: "首次响应"
        case .resolved: "解决"
        case .closed: "关闭"
        case .due: "到期"
        case .updated: "最近更新"
        }
    }

    private func flagged(_ flag: Condition.Flag, isNot: Bool) -> String {
        switch flag {
        case .unauthorised: isNot ? "不是未授权变更" : "是未授权变更"
        case .major: isNot ? "不是重大事件" : "是重大事件"
        case .workaround: isNot ? "不是仅以临时解决方案关闭" : "仅以临时解决方案关闭"
        case .slaMet: isNot ? "未达到 SLA" : "已达到 SLA"
        case .firstContact: isNot ? "不是首次联系时解决" : "首次联系时解决"
        }
    }

    private func counting(_ counter: Condition.Counter) -> String {
        switch counter {
        case .reopens: "重新打开"
        case .reassignments: "转派"
        case .workMinutes: "处理用时"
        }
    }

    private func length(_ span: Condition.Span) -> String {
        let n = figures.number(span.amount)
        return switch span.unit {
        case .minutes: "\(n)\u{A0}分钟"
        case .hours: "\(n)\u{A0}小时"
        case .days: "\(n)\u{A0}天"
        case .weeks: "\(n)\u{A0}周"
        case .businessMinutes: "\(n)\u{A0}个工作分钟"
        case .businessHours: "\(n)\u{A0}个工作小时"
        }
    }

    func error(_ error: RuleError) -> String {
        switch error {
        case .isEmpty: return "规则为空。可以写成“incidents: category is set”。"
        case .tooLong(let most): return "规则超过 \(figures.count(most)) 个字符，请拆成两条。"
        case .tooDeep: return "规则中嵌套的括号或 not 太多，请拆成两条。"
        case .kindMissing(let found):
            return "规则以工单种类和冒号开头：incidents、requests、problems、changes 或 complaints。此处是“\(found)”。"
        case .unexpected(let found, let expected):
            let there = found.isEmpty ? "规则不完整" : "“\(found)”不能放在此处"
            return "\(there)：\(wanted(expected))。"
        }
    }

    private func wanted(_ expected: RuleError.Expected) -> String {
        switch expected {
        case .condition: "此处应为字段、时间、次数或是非项，例如 category、resolved、reopens 或 major"
        case .afterField: "字段之后应为 is set、is not set、is … 或 is one of …"
        case .afterTime: "时间之后应为 is set、before … 或 within …"
        case .time: "此处应为时间：opened、first response、resolved、closed、due 或 updated"
        case .number: "此处应为数字"
        case .unit: "此处应为单位：minutes、hours、days、weeks、business minutes 或 business hours"
        case .value: "此处应为值；含逗号或冒号时请加引号"
        case .bracket: "缺少右括号"
        case .bound: "此处应为 at most 或 at least"
        case .end: "规则应在此结束，或以 and、or 或冒号继续"
        }
    }

    func phrase(_ phrase: MomentumPhrase) -> String {
        switch phrase {
        case .momentum: "改进动力"
        case .momentumQuestion: "改进工作是否有活力？"
        case .threeQuestions: "本周三问"
        case .lastWeek: "周"
        case .earlierWeeks: "此前各周"
        case .question: "提问"
        case .week: "周"
        case .signsHeading: "可以怎么做"
        case .noSigns: "没有出现迹象，无需应对。"
        case .playbook: "常见做法"
        case .playbookText: "选一种做法，付诸行动并记录下来。Ratchet 随后会告诉您迹象是否消失。"
        case .whatWasDone: "采取的做法"
        case .chooseResponse: "准备怎么做？"
        case .ownIdea: "其他做法"
        case .note: "备注"
        case .keepResponse: "保存"
        case .responsesHeading: "采取过的做法及其效果"
        case .noResponses: "尚无记录。"
        case .didItHelp: "是否有效？"
        case .unexplainedHeading: "没有原因的变动"
        case .unexplainedText: "每个指标的每处变动都会与已上线的改进、变更、节假日、数据缺陷和其他变动比对。以下变动找不到原因。"
        case .noUnexplained: "每处变动都有记录在案的原因。"
        case .explainedHeading: "有原因的变动"
        case .causes: "原因"
        case .possibleCauses: "时间接近，但不足为证"
        case .move: "变动"
        case .explainLabel: "为什么会变动？"
        case .explainButton: "说明原因"
        case .figuresHeading: "改进工作自身的指标"
        case .figuresText: "它们与其他指标一样受到监测，全部指标合计的误报率为 5%。"
        case .figure: "指标"
        case .now: "目前"
        case .before: "此前一年"
        case .trendHeading: "情况"
        case .holding: "没有持续变动"
        case .stepsHeading: "各步骤所需时间"
        case .stepsText: "一半的改进在这些天数内离开该步骤；仍停留在步骤中的也计算在内。"
        case .step: "步骤"
        case .medianDays: "一半在此时间内"
        case .cases: "数量"
        case .scoreHeading: "预判与实际"
        case .scoreText: "每条预警和预测都按原样保存，到期后再对照实际。"
        case .source: "预判内容"
        case .came: "应验"
        case .didNotCome: "未应验"
        case .cannotTellCount: "无法判断"
        case .open: "尚未到期"
        case .share: "应验占比"
        case .fireHeading: "“救火”程度"
        case .fireText: "最近四周的工作中，有多少是在“救火”。"
        case .unplanned: "计划外工作占全部工作"
        case .workaround: "仅以临时解决方案关闭的事件"
        case .repeated: "再次出现的事件"
        case .notSaid: "无法判断：数据中没有记录"
        case .fireHours: "四周内处理事件的工时"
        case .planning: "规划"
        case .policies: "政策"
        case .policiesQuestion: "规则是否得到遵守，比以前更好还是更差？"
        case .noPolicies: "还没有政策。可以从下面的一项开始。"
        case .policy: "政策"
        case .rule: "规则"
        case .compliance: "符合率"
        case .agreed: "约定"
        case .lastFourWeeks: "最近四周"
        case .breaches: "不符合的工单"
        case .noBreaches: "没有不符合的工单。"
        case .addPolicy: "添加政策"
        case .addPolicyText: "政策是一条规则，每个工单都会按它检查。"
        case .ruleHelp:
            """
            先写工单种类，再写必须成立的条件。各种语言使用同样的词。例如：incidents: when priority is 1: first response \
            within 4 business hours
            """
        case .name: "名称"
        case .target: "应当符合的占比（%）"
        case .owner: "负责人"
        case .templates: "可以从这些政策开始"
        case .addButton: "添加"
        case .retire: "停用"
        case .retired: "已停用"
        case .checkNow: "立即检查"
        case .checkedAt: "检查时间"
        case .neverChecked: "尚未检查"
        case .unknownShare: "无法判断"
        case .openMomentum: "查看改进工作是否有活力"
        case .openPolicies: "查看规则是否得到遵守"
        case .openPlanning: "规划目标与技能"
        case .openProcesses: "打开流程卡"
        case .ticketNumber: "工单"
        case .nameMissing: "请为政策命名。"
        case .targetWrong: "占比应为 1 至 100 之间的数字。"
        case .mayNotEdit: "流程负责人和改进经理可以修改政策。"
        case .inForce: "生效中"
        }
    }
}
