import Measures
import Opportunities
import Records
import Signals
import Statistics

/// Simplified Chinese in the words of ITIL 4: 事件 is an incident and nothing else, 变更 a change, 问题 a problem.
struct Chinese: Wording {
    let figures = Figures(.zh)

    func plural(_ kind: TicketKind) -> String { singular(kind) }

    func singular(_ kind: TicketKind) -> String {
        switch kind {
        case .incident: "事件"
        case .request: "服务请求"
        case .problem: "问题"
        case .change: "变更"
        case .complaint: "投诉"
        }
    }

    /// The word that stands between a number and the noun.
    func classifier(_ kind: TicketKind) -> String {
        switch kind {
        case .incident, .complaint: "起"
        case .request, .problem: "个"
        case .change: "项"
        }
    }

    func dimension(_ dimension: Dimension) -> String {
        switch dimension {
        case .service: "服务"
        case .category: "类别"
        case .subcategory: "子类别"
        case .group: "小组"
        case .location: "地点"
        case .priority: "优先级"
        case .channel: "渠道"
        case .segment: "客户群"
        case .device: "设备"
        case .survey: "调查"
        }
    }

    func status(_ status: TicketStatus) -> String {
        switch status {
        case .new: "新建"
        case .inProgress: "处理中"
        case .waiting: "等待中"
        case .resolved: "已解决"
        case .closed: "已关闭"
        case .cancelled: "已取消"
        case .merged: "已合并"
        }
    }

    func field(_ field: HistoryField) -> String {
        switch field {
        case .state: "状态"
        case .group: "小组"
        case .assignee: "处理人"
        case .priority: "优先级"
        case .category: "类别"
        case .subcategory: "子类别"
        case .service: "服务"
        }
    }

    // MARK: Measures

    func label(_ measure: Measure) -> String {
        let kind = measure.kind.map { singular($0) } ?? ""
        switch measure.quantity {
        case .opened: return "新建\(kind)数"
        case .resolved: return "已解决\(kind)数"
        case .backlog: return "积压\(kind)数"
        case .backlogAge: return "未结\(kind)时长"
        case .timeToRespond: return "\(kind)响应时间"
        case .timeToResolve: return "\(kind)解决时间"
        case .slaMet: return "\(kind)的 SLA 达成率"
        case .reopened: return "\(kind)重新打开率"
        case .reassigned: return "\(kind)转派率"
        case .firstContactResolved: return "\(kind)首次解决率"
        case .workaroundOnly: return "仅以临时解决方案关闭的\(kind)占比"
        case .majorShare: return "重大事件占比"
        case .successful: return "变更成功率"
        case .failed: return "变更失败率"
        case .emergencyShare: return "紧急变更占比"
        case .unauthorized: return "未授权变更占比"
        case .followedByIncident: return "引发事件的变更占比"
        case .unplannedShare: return "计划外工作占比"
        case .satisfaction, .mean, .nps, .answers, .made: return recordsLabel(measure)
        case .waiting, .cameBack, .handoffs, .skipped: return flowLabel(measure)
        }
    }

    func subject(_ measure: Measure, _ slice: Slice) -> Sentence {
        let what: Sentence =
            measure.kind == nil
            ? recordsSubject(measure) : measure.step == nil ? "\(label(measure))" : flowSubject(measure)
        guard !slice.parts.isEmpty else { return what }
        var place: Sentence = ""
        for (i, part) in slice.parts.enumerated() {
            let value = part.value
            if i > 0 { place = "\(place)、" }
            switch part.dimension {
            case .service: place = "\(place)\(name: value)"
            case .category: place = "\(place)\(name: value)类别"
            case .subcategory: place = "\(place)\(name: value)子类别"
            case .group: place = "\(place)\(name: value)小组"
            case .location: place = "\(place)\(name: value)地点"
            case .priority: place = "\(place)\(name: value)优先级"
            case .channel: place = "\(place)\(name: value)渠道"
            case .segment: place = "\(place)\(name: value)客户群"
            case .device: place = "\(place)设备\(name: value)"
            case .survey: place = "\(place)调查\(name: value)"
            }
        }
        return "\(place)的\(what)"
    }

    func definition(_ measure: Measure) -> String {
        let kind = measure.kind.map { singular($0) } ?? ""
        let counts =
            switch measure.quantity {
            case .opened: "每天新建的\(kind)数量。"
            case .resolved: "每天解决的\(kind)数量。"
            case .backlog: "每天结束时尚未解决的\(kind)数量。"
            case .backlogAge: "每天结束时尚未解决的\(kind)的平均已打开时长。"
            case .timeToRespond: "从创建到首次响应所用日历时间的中位数。"
            case .timeToResolve: "从创建到解决所用日历时间的中位数；尚未解决的按至少已打开的时长计算。"
            case .slaMet: "在约定时间内解决的\(kind)所占比例。"
            case .reopened: "解决后又重新打开的\(kind)所占比例。"
            case .reassigned: "至少转派过一次其他小组的\(kind)所占比例。"
            case .firstContactResolved: "由首位响应者直接解决、未经转派的\(kind)所占比例。"
            case .workaroundOnly: "以临时解决方案关闭、根本原因仍在的\(kind)所占比例。"
            case .majorShare: "最高优先级的事件所占比例。"
            case .successful: "按计划完成的变更占已关闭变更的比例。"
            case .failed: "未达到目的或已回退的变更占已关闭变更的比例。"
            case .emergencyShare: "以紧急变更方式实施的变更所占比例。"
            case .unauthorized: "未经批准而实施的变更所占比例。"
            case .followedByIncident: "一天之内在同一服务上引发事件的变更所占比例。"
            case .unplannedShare: "计划外工作占全部工作的比例。"
            case .satisfaction, .mean, .nps, .answers, .made: recordsDefinition(measure)
            case .waiting, .cameBack, .handoffs, .skipped: flowDefinition(measure)
            }
        let way =
            switch measure.direction {
            case .higherIsWorse: "越高越差。"
            case .lowerIsWorse: "越低越差。"
            case .neither: "高低本身不代表好坏。"
            }
        guard !measure.needs.isEmpty else { return counts + way }
        return "\(counts)\(way)所需数据：\(measure.needs.map(need).joined(separator: "、"))。"
    }

    func need(_ need: Need) -> String {
        switch need {
        case .resolvedAt: "解决时间"
        case .firstResponseAt: "首次响应时间"
        case .slaMet: "SLA 是否达成"
        case .reopens: "重新打开次数或状态历史"
        case .reassignments: "转派次数或小组历史"
        case .closeCode: "关闭方式"
        case .priority: "优先级"
        case .changeOutcome: "变更结果"
        case .changeType: "变更类型"
        case .authorization: "变更是否获批"
        case .incidentsAndChanges: "事件和变更两类记录"
        case .workType: "工作是否在计划内"
        case .scores: "带评分及其量表的答复"
        case .promoterScores: "0 至 10 分量表的答复"
        case .suggestions: "带日期的建议"
        case .readings: "带时间的读数"
        case .history: "每个工单的历史记录"
        }
    }

    func unit(_ measure: Measure) -> String {
        let kind = measure.kind.map { "\(singular($0))数（\(classifier($0))）" } ?? ""
        return switch measure.unit {
        case .ticketsPerDay: "每天\(kind)"
        case .tickets: kind
        case .points: "分"
        case .answersPerDay: "每天答复数（份）"
        case .suggestionsPerDay: "每天建议数（条）"
        case .reading: measure.symbol
        case .hours: "小时"
        case .share: "百分比"
        case .handoffsPerTicket: "每个工单的转派次数"
        }
    }

    func value(_ value: Double, _ measure: Measure, _ scale: HourScale) -> String {
        switch measure.unit {
        case .ticketsPerDay, .answersPerDay, .suggestionsPerDay:
            return "每天 \(figures.number(value))\u{A0}\(classifier(measure))"
        case .tickets: return "\(figures.number(value))\u{A0}\(classifier(measure))"
        case .points: return "\(figures.number(value))\u{A0}分"
        case .handoffsPerTicket: return "\(figures.number(value))\u{A0}次"
        case .reading: return figures.reading(value, measure.symbol)
        case .share: return figures.percent(value)
        case .hours:
            let text = figures.number(scale.convert(value))
            switch scale {
            case .minutes: return "\(text)\u{A0}分钟"
            case .hours: return "\(text)\u{A0}小时"
            case .days: return "\(text)\u{A0}天"
            }
        }
    }

    func range(_ low: Double, _ high: Double, _ measure: Measure, _ scale: HourScale) -> String {
        switch measure.unit {
        case .ticketsPerDay, .answersPerDay, .suggestionsPerDay:
            "每天 \(figures.range(figures.number(low), figures.number(high)))\u{A0}\(classifier(measure))"
        case .reading: figures.range(figures.reading(low, ""), value(high, measure, scale))
        case .tickets, .points, .handoffsPerTicket:
            figures.range(figures.number(low), value(high, measure, scale))
        case .share: figures.range(figures.percent(low), figures.percent(high))
        case .hours: figures.range(figures.number(scale.convert(low)), value(high, measure, scale))
        }
    }

    // MARK: Findings

    func name(_ kind: SignalKind, up: Bool) -> String {
        switch kind {
        case .levelShift: "水平变动"
        case .trend: "趋势"
        case .spike: up ? "突增" : "突降"
        case .seasonBreak: "周期规律异常"
        case .variation: up ? "波动变大" : "波动变小"
        case .targetAtRisk: "目标值有风险"
        case .unexplainedFall: "无故减少"
        case .policyBreach: "不符合政策"
        case .momentum: "动力减弱"
        case .recurrence: "反复出现"
        case .theme: "主题升温"
        case .bottleneck: up ? "瓶颈" : "瓶颈缓解"
        case .rework: up ? "返工" : "返工减少"
        case .handoffs: up ? "来回转派" : "转派减少"
        case .shortcut: up ? "跳过步骤" : "跳过步骤减少"
        case .wear: "设备磨损"
        }
    }

    private func hours(_ value: Double) -> String {
        "\(figures.number(Figures.rounded(value.magnitude)))\u{A0}小时"
    }

    func sentence(_ s: Signal) -> Sentence {
        if let subject = s.subject { return sentence(s, about: subject) }
        let what = subject(s.measure, s.slice)
        let (earlier, later) = HourScale.pair(s.before.estimate, s.after.estimate)
        let before = value(s.before.estimate, s.measure, earlier)
        let after = value(s.after.estimate, s.measure, later)
        let usual = range(s.before.low, s.before.high, s.measure, earlier)
        let date = figures.date(s.at)
        // A value may begin with 每天, which takes no space after Han; a figure does.
        let gap = isPerDay(s.measure.unit) ? "" : " "
        let tail = s.measure.unit == .share || s.measure.unit == .reading ? " " : ""
        let on = s.isDateWide ? "\(date)前后（\(figures.between(s.atEarliest, s.atLatest))）" : date
        let size = size(s, later)
        let end =
            switch (s.hoursPerMonth, s.direction) {
            case (let cost?, .worse): "，每月约多耗 \(hours(cost.estimate))。"
            case (let cost?, .better): "，每月约节省 \(hours(cost.estimate))。"
            default: "。"
            }
        return switch (s.kind, s.rose) {
        case (.levelShift, true), (.bottleneck, true), (.rework, true), (.handoffs, true), (.shortcut, true):
            "\(what)于\(on)从\(gap)\(before)\(tail)升至\(gap)\(after)\(size)\(end)"
        case (.levelShift, false), (.bottleneck, false), (.rework, false), (.handoffs, false), (.shortcut, false):
            "\(what)于\(on)从\(gap)\(before)\(tail)降至\(gap)\(after)\(size)\(end)"
        case (.trend, true): "自\(date)前后，\(what)稳步上升，从\(gap)\(before)\(tail)升至\(gap)\(after)\(size)\(end)"
        case (.trend, false): "自\(date)前后，\(what)稳步下降，从\(gap)\(before)\(tail)降至\(gap)\(after)\(size)\(end)"
        case (.spike, true):
            "\(date)（\(figures.weekday(s.at))），\(what)突增至\(gap)\(after)，而这样的日子通常为\(gap)\(usual)\(end)"
        case (.spike, false):
            "\(date)（\(figures.weekday(s.at))），\(what)突降至\(gap)\(after)，而这样的日子通常为\(gap)\(usual)\(end)"
        case (.seasonBreak, _): "\(what)的每周规律于\(on)发生变化\(end)"
        case (.variation, true): "自\(date)前后，\(what)的每日波动变大\(size)\(end)"
        case (.variation, false): "自\(date)前后，\(what)的每日波动变小\(size)\(end)"
        case (.targetAtRisk, _):
            "照目前走势，\(what)预计在\(date)前后达不到目标值\(gap)\(before)（\(figures.between(s.atEarliest, s.atLatest))）\(end)"
        case (.wear, _):
            "照目前走势，\(what)预计在\(date)前后达到限值\(gap)\(before)（\(figures.between(s.atEarliest, s.atLatest))）\(end)"
        case (.unexplainedFall, _):
            """
            \(what)于\(on)从\(gap)\(before)\(tail)降至\(gap)\(after)\(size)，没有任何变更、改进或节假日能够解释。\
            请确认事件是否仍在如实登记。
            """
        case (.policyBreach, _), (.momentum, _), (.recurrence, _), (.theme, _):
            "\(what)于\(on)从\(gap)\(before)\(tail)变为\(gap)\(after)\(size)\(end)"
        }
    }

    private func size(_ s: Signal, _ scale: HourScale) -> String {
        if s.measure.unit == .share, s.kind != .variation {
            let points = figures.points(s.after.estimate - s.before.estimate)
            let low = value(s.after.low, s.measure, scale)
            let high = value(s.after.high, s.measure, scale)
            return "（\(points) 个百分点，新水平在 \(low) 至 \(high) 之间）"
        }
        guard s.hasRelative else { return "" }
        return """
            （\(figures.change(s.relative.estimate))，区间 \
            \(figures.changes(s.relative.low, s.relative.high))）
            """
    }

    func title(_ opportunity: Opportunity) -> Sentence {
        let s = opportunity.lead
        if let subject = s.subject { return title(s, about: subject) }
        let what = subject(s.measure, s.slice)
        let gap = isPerDay(s.measure.unit) ? "" : " "
        // In the unit in which the story tells it.
        let scale = HourScale.pair(s.before.estimate, s.after.estimate).0
        let before = value(s.before.estimate, s.measure, scale)
        if opportunity.isGoodNews, s.kind != .unexplainedFall { return "保持\(what)的改善" }
        switch s.kind {
        case .levelShift, .trend, .bottleneck, .rework, .handoffs, .shortcut:
            return s.rose ? "将\(what)降回\(gap)\(before)" : "将\(what)恢复到\(gap)\(before)"
        case .spike: return "查明\(figures.date(s.at))\(what)异常的原因"
        case .seasonBreak: return "查明\(what)每周规律变化的原因"
        case .variation: return "让\(what)更平稳"
        case .targetAtRisk: return "让\(what)保持在目标值\(gap)\(before)"
        case .wear: return "在\(what)达到\(gap)\(before)之前安排检修"
        case .unexplainedFall, .policyBreach, .momentum, .recurrence, .theme: return "查明\(what)变化的原因"
        }
    }

    func firstStep(_ step: FirstStep) -> String {
        switch step {
        case .findRecurringCause: "阅读其中二十个工单并按原因归类：反复出现的应当建立问题记录。"
        case .reviewStageWhereWorkWaits: "跟踪十个工单从创建到解决的全过程，记下等待最久的环节。"
        case .askWhatChanged: "询问团队那个日期前后有何变化：新版本发布、新的工作方式，或是有同事离开。"
        case .planCapacity: "逐周对比新增工作量与可用工时，并商定如何取舍。"
        case .checkRouting: "查看被转派的工单，修正造成误分的分派规则。"
        case .checkHandover: "查看重新打开的工单，找出关闭时遗漏了什么。"
        case .reviewChanges: "检查那个日期之前刚实施的变更，看哪些涉及此服务。"
        case .levelWorkload: "对比最忙和最闲的日子，把可以等的工作移开。"
        case .agreeTarget: "与服务的使用者商定目标值，让大家都清楚怎样才算足够好。"
        case .lookAtDay: "一起查看当天的工单，记下发生了什么。"
        }
    }

    func note(_ note: DetectionNote) -> String {
        switch note {
        case .thinsOut(let analysed, let all):
            """
            导出数据在一端变得稀疏，按关闭日期截取的导出文件常会如此：数据范围为\(figures.range(all.first, all.last))，仅分析了\
            \(figures.range(analysed.first, analysed.last))。
            """
        case .tooFewWeeks(let weeks): "只有 \(figures.count(weeks)) 个整周的数据，不足以区分水平变动、趋势与偶然波动。"
        case .tooSmall(let slices): "有 \(figures.count(slices)) 个部分的工单太少，无法得出结论。"
        case .noTickets: "没有可分析的工单。"
        }
    }
}
