import Gains
import Records
import Statistics

// 改进动力：用改进经理的话来说。

extension Chinese: MomentumWording {
    func name(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "人均建议数"
        case .contributors: "参与人数"
        case .departments: "参与部门数"
        case .opened: "新启动的改进"
        case .finished: "已结束的改进"
        case .acceptedToDone: "从批准到完成"
        case .age: "在办改进的时长"
        case .touched: "14 天内有进展的占比"
        case .evaluatedOnTime: "按时评估率"
        case .overdueActions: "逾期措施数"
        case .gainsHeld: "成效保持率"
        case .prevention: "预防占比"
        case .ownerLoad: "单个负责人的最多在办改进数"
        case .timeUsed: "承诺时间的使用率"
        }
    }

    func definition(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "每个账户每周提出的建议数。"
        case .contributors: "当周提过建议或参与过改进的不同人数。"
        case .departments: "当周记录了措施或障碍的不同部门数。"
        case .opened: "四周内启动的改进数。"
        case .finished: "四周内作出决定或关闭的改进数。"
        case .acceptedToDone: "四周内作出决定的改进，从批准到决定的中位时长。"
        case .age: "周末仍在办的改进的中位时长。"
        case .touched: "在办改进中，14 天内有人更新过的占比。"
        case .evaluatedOnTime: "四周内到期的评估中，14 天内完成的占比。"
        case .overdueActions: "周末已超过期限的措施数。"
        case .gainsHeld: "已证实的成效中，无需再次启动改进的占比。"
        case .prevention: "四周内启动的改进中，先于损害出现的占比：源自建议、趋势或有风险的目标值。"
        case .ownerLoad: "同一负责人手中在办改进的最大数量，不显示是谁。"
        case .timeUsed: "实际用于改进的小时数占承诺小时数的比例。"
        }
    }

    func question(_ question: Question) -> String {
        switch question {
        case .incidentsFallen: "事件数量是否无故减少？"
        case .unauthorisedRising: "流程已经成熟，未授权变更是否仍在增加？"
        case .suggestionsDeclining: "改进建议是否在减少？"
        }
    }

    func answer(_ answer: Answer) -> String {
        switch answer {
        case .yes: "是"
        case .no: "否"
        case .cannotTell: "无法判断"
        }
    }

    func sentence(_ answer: WeeklyAnswer) -> Sentence {
        let f = figures
        switch answer.grounds {
        case .unexplained(let signals, let largest, let slice, let since):
            let size = "\(f.change(largest.estimate))，区间 \(f.changes(largest.low, largest.high))"
            let place: Sentence = slice.parts.first.map { "为\(name: $0.value)" } ?? "出现在全部事件中"
            return """
                有 \(f.count(signals.count)) 处减少没有任何记录能够解释，其中最大的一处\(place)，始于\(f.date(since))（\(size)）。\
                请确认事件是否仍在如实登记。
                """
        case .allExplained(let falls): return "共有 \(f.count(falls)) 处减少，每一处都有记录在案的原因。"
        case .noFall(let weeks): return "最近一个季度没有持续的减少，共检查了 \(f.count(weeks)) 周。"
        case .moved(let ratio): return "\(compared(answer.question, ratio))超出了偶然波动。"
        case .steady(let ratio): return "\(compared(answer.question, ratio))属于偶然波动的范围。"
        case .unsure(let ratio): return "\(compared(answer.question, ratio))还需要更多周的数据，才能排除偶然。"
        case .none(let of): return "在 \(f.count(of)) 项已知是否授权的变更中，没有未授权的。"
        case .noIncidents: return "尚未分析任何事件。请先导入，再进行分析。"
        case .notRecorded:
            return answer.question == .suggestionsDeclining ? "尚未登记任何建议。" : "记录中没有说明变更是否经过授权。"
        case .tooFewWeeks(let known, let need): return "需要 \(f.count(need)) 周数据，目前有 \(f.count(known)) 周。"
        }
    }

    private func compared(_ question: Question, _ ratio: RateRatio) -> String {
        let f = figures
        let isShare = question == .unauthorisedRising
        let now = isShare ? f.percent(ratio.now) : f.number(ratio.now)
        let before = isShare ? f.percent(ratio.before) : f.number(ratio.before)
        let change = f.change(of: ratio.ratio)
        return isShare
            ? "最近 13 周有 \(now) 的变更未经授权，此前一年为 \(before)：\(change)。"
            : "最近 13 周每周 \(now) 条（已知账户数时按人均计），此前为 \(before) 条：\(change)。"
    }

    func play(_ play: Play) -> String {
        switch play {
        case .askWhoRecords: "询问事件减少的团队是否仍在登记事件，如果没有，事件去了哪里。"
        case .compareWithTelephone: "用一周时间与其他来源对比：电话、聊天、告警。"
        case .explainTheFall: "如果确有原因，请在下方写明，此后它就一直是有原因的。"
        case .askWhyAround: "问两位同事规则在哪里不便，并记下他们的说法。"
        case .makeStandardChanges: "把其中最常见的变更改为预先批准的标准变更。"
        case .talkToTeam: "让团队看到自己的数据和背后的工单，不涉及个人。"
        case .answerOldSuggestions: "本周答复所有待处理的建议：已列入计划、已开始，或未采纳并附理由。"
        case .askOneQuestion: "在下次团队会议上只问一个问题：这周什么让您觉得不顺？"
        case .showAWin: "讲一个建议变成已证实成效的故事；如本人同意，也介绍参与者。"
        case .inviteATeam: "邀请一个尚未参与的团队，选一项小改进。"
        case .pairUp: "请有经验的同事带一位没做过的同事。"
        case .startSmall: "启动一项四周内就能度量的小改进。"
        case .lookAhead: "从信号中挑出第一个趋势或有风险的目标值，在造成影响之前着手。"
        case .limitWork: "商定同时在办的改进数量上限，先完成再启动。"
        case .clearRoadblocks: "与能够清除障碍的人一起逐个过一遍。"
        case .stopOne: "关闭一项没有人有时间做的改进，并写明理由。"
        case .weeklyQuarter: "每周留出一刻钟，看一遍所有在办的改进。"
        case .moveDates: "公开地为每项逾期措施重新定日期或负责人。"
        case .evaluateNow: "本周完成到期的评估；“无法判断”也是一种结论。"
        case .setReminder: "把所有方案的评估日期放进团队日历。"
        case .nextRound: "为回落的成效启动下一轮。"
        case .checkStandard: "检查新做法是否有书面记录，后来加入的同事是否知道。"
        case .shareLoad: "把一项改进交给手头较少的同事。"
        case .bookTime: "把承诺的时间固定安排进日历。"
        case .changeRule: "如果规则已不合适，就修改它，并说明原因。"
        }
    }

    func cause(_ cause: Cause) -> Sentence {
        let f = figures
        switch cause {
        case .improvement(_, let title, let on): return "改进\(name: title)于\(f.date(on))上线"
        case .change(let number, let on): return "变更\(name: number)，\(f.date(on))"
        case .holiday(let day): return "\(f.date(day))为节假日"
        case .partOf: return "属于一处更大的变动"
        case .lessWork: return "同一时期引发事件的工作减少"
        case .dataFault(let period): return "数据有缺口或变得稀疏（\(f.range(period.first, period.last))）"
        case .told(let cause, let by, _): return "\(name: cause)（\(by)）"
        }
    }

    func sentence(_ signal: ProgrammeSignal) -> Sentence {
        let f = figures
        switch signal.subject {
        case .policy(_, let name):
            let now = f.share(signal.after)
            if signal.q == nil {
                return "政策\(name: name)：最近四周符合率为 \(now)，约定为 \(f.percent(signal.before.estimate))。"
            }
            return """
                政策\(name: name)的符合率下降：自\(f.date(signal.at))前后为 \(now)，此前为 \
                \(f.percent(signal.before.estimate))。
                """
        case .momentum(let measure):
            let words = Words(.zh)
            return """
                \(name(measure))：自\(f.date(signal.at))前后从 \(words.value(signal.before.estimate, of: measure)) 变为 \
                \(words.value(signal.after.estimate, of: measure))。
                """
        }
    }

    func shift(_ shift: MomentumShift) -> String {
        let words = Words(.zh)
        let before = words.value(shift.before.estimate, of: shift.measure)
        let after = words.value(shift.after.estimate, of: shift.measure)
        return shift.isWorse
            ? "自\(figures.date(shift.at))前后变差：从 \(before) 到 \(after)"
            : "自\(figures.date(shift.at))前后好转：从 \(before) 到 \(after)"
    }

    func silence(_ silence: MomentumSilence) -> String {
        switch silence {
        case .notRecorded: "未记录"
        case .tooShort(let known, let need): "需要 \(need) 个数值，现有 \(figures.count(known)) 个"
        }
    }

    func aftermath(_ aftermath: Aftermath) -> String {
        switch aftermath {
        case .gone(let week): "\(figures.date(week.first))那一周，迹象已消失"
        case .stillThere(let weeks): "\(figures.count(weeks)) 周后仍然存在"
        case .tooEarly: "为时尚早"
        }
    }

    func source(_ source: Foresight.Source) -> String {
        switch source {
        case .targetAtRisk: "曾提示有风险的目标值"
        case .forecast: "四周后的预测值落在 95% 区间内"
        case .verdict: "结论为有效的改进，90 天后仍保持"
        case .ticketHours: "未结工单的剩余时间落在 80% 区间内"
        case .wear: "设备在 95% 区间内达到限值"
        }
    }

    func days(_ days: Double) -> String {
        "\(figures.number(days, decimals: days < 10 && days != days.rounded() ? 1 : 0))\u{A0}天"
    }

    func workHours(_ hours: Double) -> String { "\(figures.number(Figures.rounded(hours)))\u{A0}小时" }

    func lead(signs: Int) -> String {
        signs == 0 ? "没有迹象表明改进动力在减弱。" : "有 \(figures.count(signs)) 个迹象表明改进工作需要关注。"
    }

    func template(_ template: PolicyTemplate) -> String {
        switch template {
        case .logged: "所有事件都必须登记"
        case .approved: "未经批准不得变更"
        case .cause: "写明原因才能关闭"
        case .response: "优先级 1 须在四个工作小时内首次响应"
        }
    }

    func compliance(_ compliance: Compliance, target: Double) -> String {
        guard let now = compliance.now else { return "目前还无法判断。" }
        return """
            最近四周共 \(figures.count(compliance.judged)) 个工单，符合率为 \(figures.share(now))，约定为 \
            \(figures.percent(target))。
            """
    }

    func policyLead(policies: Int, breached: Int) -> String {
        if policies == 0 { return "还没有政策。可以从下面的一项开始。" }
        if breached == 0 { return "共有 \(figures.count(policies)) 项政策生效，均达到约定。" }
        return "共有 \(figures.count(policies)) 项政策生效，其中 \(figures.count(breached)) 项未达约定或不如从前。"
    }

    func unitOfSuggestions(perHead: Bool) -> String { perHead ? "每人每周" : "每周" }
}
