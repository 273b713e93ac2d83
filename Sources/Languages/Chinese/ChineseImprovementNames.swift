// The names of the improvement work, and what people did.

import Improvements
import Measures
import Records
import Statistics

extension Chinese {
    func name(_ step: Step) -> String {
        switch step {
        case .defineObjectives: "确定改进目标"
        case .collectData: "收集数据"
        case .analysePerformance: "分析服务绩效"
        case .identifyOpportunities: "识别改进机会"
        case .implement: "实施改进措施"
        case .evaluate: "评估改进效果"
        case .feedbackLoop: "反馈闭环"
        }
    }

    func missing(_ missing: Missing) -> String {
        switch missing {
        case .measurableObjective: "可度量的目标"
        case .enoughBaseline: "足够的对比天数"
        case .namedCause: "写明的原因"
        case .planWithOwner: "冻结的方案和负责人"
        case .liveSomewhere: "已上线的地方"
        case .verdict: "结论"
        case .decision: "决定"
        case .approval: "批准"
        case .adoption: "足够多的人采用新做法"
        }
    }

    func lens(_ lens: Lens) -> (name: String, parts: [String]) {
        switch lens {
        case .sevenSteps: ("七个步骤", Step.allCases.map(name))
        case .itil4:
            (
                "ITIL 4 的七个问题",
                ["愿景是什么？", "我们现在在哪里？", "我们想要达到什么目标？", "我们如何实现目标？", "采取行动", "我们实现目标了吗？", "我们如何保持动力？"]
            )
        case .itil2011:
            ("ITIL 2011 的七步改进流程", ["识别改进战略", "定义要度量的内容", "收集数据", "处理数据", "分析数据", "展示并使用信息", "实施改进"])
        case .fiveSteps:
            ("五个环节", ["确定改进目标与评估现状", "设定具体的改进方案", "实施改进措施", "评估改进效果", "持续优化"])
        case .fourPhases: ("四个阶段", ["计划", "实施", "监控与评估", "完善并重新开始"])
        case .pdca: ("PDCA", ["计划", "执行", "检查", "行动"])
        }
    }

    func verdict(_ verdict: Judgement.Verdict) -> String {
        switch verdict {
        case .worked: "有效"
        case .noDifference: "未见差异"
        case .worse: "反而变差"
        case .tooEarly: "为时尚早"
        case .cannotTell: "无法判断"
        }
    }

    func decision(_ decision: Decision) -> (name: String, explained: String) {
        switch decision {
        case .keep: ("保持", "保持：新做法成为标准")
        case .extend: ("推广", "推广：在下一轮扩展到更多地方")
        case .adjust: ("调整", "调整：修改后再试一轮")
        case .stop: ("停止", "停止：结束，并记下经验教训")
        }
    }

    func kind(_ kind: Change.Kind) -> String {
        switch kind {
        case .people: "人员"
        case .process: "流程"
        case .technology: "技术"
        }
    }

    func stage(_ stage: Change.Stage) -> String {
        switch stage {
        case .design: "设计"
        case .delivery: "交付"
        case .operation: "运营"
        case .change: "变更"
        }
    }

    func kind(_ kind: Action.Kind) -> String {
        switch kind {
        case .training: "培训"
        case .deployment: "部署"
        case .process: "流程"
        case .communication: "沟通"
        }
    }

    func shape(_ shape: ExpectedShape) -> String {
        switch shape {
        case .step: "立即显现，如同打开开关"
        case .ramp: "在一半的周数内逐步显现"
        case .gradual: "逐渐显现，形式未知"
        }
    }

    func wanted(_ direction: Objective.Direction) -> String { direction == .lower ? "越低越好" : "越高越好" }

    func state(_ state: Improvement.State) -> String {
        switch state {
        case .active: "进行中"
        case .onHold: "已暂停"
        case .closed: "已结束"
        }
    }

    func reason(_ reason: EvaluationReason) -> String? {
        let f = figures
        switch reason {
        case .clear, .smallerThanLeastEffect: return nil
        case .lessThanAimed: return "效果小于预定的目标。"
        case .crossedEarly: return "效果十分明显，未到计划周数即可判断。"
        case .beforeReview(let n): return "计划的各周还剩 \(f.count(n)) 天。"
        case .fewStepsAfter(let have, let need): return "上线后需要 \(f.count(need)) 天数据，现有 \(f.count(have)) 天。"
        case .fewStepsBefore(let have, let need): return "上线前需要 \(f.count(need)) 天数据，现有 \(f.count(have)) 天。"
        case .notSettled(let more): return more.map { "再有约 \($0) 天即可判断。" } ?? "再多同样的数据也无法判断。"
        case .mayDriftByItself: return "该指标自身会漂移，部分变化可能并非改进所致。"
        case .noLeastEffect: return "未设定最小效果，因此不能得出“未见差异”的结论。"
        case .noControlLeft: return "方案依赖对比，但没有可用的对比对象。"
        case .manyMissingAfter(let share): return "上线后有 \(f.percent(share)) 的天数缺失。"
        case .overlapsAnother: return "同一指标的另一项改进也在这几周开始，无法区分两者。"
        case .noVariation: return "该指标从不变化，无法判断。"
        case .notIdentified: return "没有可对比的天数。"
        case .tooLarge: return "有数值过大，不可能为真。"
        }
    }

    func tell(_ change: Change, date: (Moment) -> String) -> Sentence {
        let f = figures
        switch change {
        case .opened(let title, _): return "新建改进\(name: title)"
        case .described(let title, _): return "修改说明，标题为\(name: title)"
        case .sorted(let kind, let stage):
            let words = [kind.map { self.kind($0) }, stage.map { self.stage($0) }].compactMap(\.self)
            return words.isEmpty ? "类型和阶段暂不说明" : "归类为\(words.joined(separator: "、"))"
        case .owned(let owner): return owner.map { "指定\(name: $0)为负责人" } ?? "取消了负责人"
        case .objective(let o): return "设定目标\(name: o.text)"
        case .fitness(let d): return "检查数据：\(f.count(d.days)) 天，缺失 \(f.percent(d.missing))"
        case .cause(let text): return "写明原因：\(name: text)"
        case .choice(let c): return "添加做法\(name: c.text)"
        case .chosen: return "选定了一项做法"
        case .approved: return "批准了方案"
        case .planned(let p): return "冻结验证方案：\(f.count(p.weeks)) 周，最小效果 \(f.percent(p.leastEffect))"
        case .action(let a): return a.doneOn == nil ? "记录措施\(name: a.text)" : "完成措施\(name: a.text)"
        case .roadblock(let r): return r.clearedOn == nil ? "记录障碍\(name: r.text)" : "消除障碍\(name: r.text)"
        case .live(let l):
            return l.place.isEmpty ? "登记自\(f.date(l.on))起全面上线" : "登记\(name: l.place)自\(f.date(l.on))起上线"
        case .acknowledged(let team): return "确认\(name: team)已了解新做法"
        case .evaluated(let j): return "查询结论：\(verdict(j.verdict))"
        case .decided(let d): return "决定：\(decision(d).name)"
        case .forward(let reason): return reason.map { "附理由进入下一步：\(name: $0)" } ?? "进入下一步"
        case .back(let step, let reason): return "返回“\(name(step))”：\(name: reason)"
        case .held(let reason): return "暂停：\(name: reason)"
        case .resumed: return "重新开始"
        case .nextRound: return "开始下一轮"
        case .closed(let reason): return "结束：\(name: reason)"
        case .commented(let text): return "\(name: text)"
        case .watched(let who): return "\(name: who)关注此项改进"
        case .sized: return "填写了工作量和预期收益"
        case .serves(let goal): return goal.map { "关联到目标\(name: $0)" } ?? "取消了目标"
        case .belongs(let to): return to.map { "归入改进 \(String($0))" } ?? "改为独立"
        case .supported(let who): return "\(name: who)表示支持"
        case .merged(let into): return "并入改进 \(String(into))"
        case .absorbed(let one): return "并入了改进 \(String(one.id))"
        case .approval: return "批准了方案"
        case .part(let part): return "写下了\(name: part.department)负责的部分"
        case .waiting(let wait): return "\(name: wait.department)在等待\(name: wait.waitsFor)"
        case .done: return "完成了一项行动"
        case .team(let team): return "列出了团队\(name: team.name)"
        case .knows(let person, _): return "\(name: person)已了解新做法"
        case .revised(let o, let reason): return "将目标改为\(name: o.text)，理由：\(name: reason)"
        case .slipped: return "发现成效正在回落"
        case .imported: return "从登记册导入"
        case .spent(let time): return "登记了 \(f.number(time.hours)) 小时工时"
        default: return "更新了记录"
        }
    }
}
