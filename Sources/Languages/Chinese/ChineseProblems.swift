import Records
import Signals
import Statistics

// 反复出现的事件，用问题经理的话来说。

extension Chinese: ProblemWording {
    func problem(_ phrase: ProblemPhrase) -> String {
        switch phrase {
        case .problems: "问题"
        case .problemsQuestion: "哪些事件反复出现，下一次预计在什么时候？"
        case .noProblems: "目前没有反复出现的事件。系统在导入时按标题用词为事件分组：请导入含有标题或简短描述的文件。"
        case .problem: "问题"
        case .words: "内容"
        case .incidents: "事件数"
        case .months: "逐月"
        case .hoursAMonth: "每月等待小时"
        case .workHoursAMonth: "每月处理工时"
        case .moneyAMonth: "每月成本"
        case .nextDue: "预计下次"
        case .workarounds: "以临时解决方案关闭"
        case .standing: "状态"
        case .overdue: "已过预计日期"
        case .notSaid: "未记录"
        case .candidate: "候选问题"
        case .recorded: "已有问题记录"
        case .returned: "再次出现"
        case .quiet: "平静"
        case .ordinary: "可能出于偶然"
        case .candidateText: "它反复出现，却没有问题记录指明原因。"
        case .recordedText: "问题记录正在处理，因此不再是候选。"
        case .returnedText: "问题记录已关闭，事件却再次出现：原因仍然存在。"
        case .quietText: "距离上次出现的时间已比往常更久。"
        case .ordinaryText: "这些事件共有的用词并不比同类别工单偶然共有的更多，或者出现次数不足三次。"
        case .candidatesHeading: "值得查明原因"
        case .othersHeading: "其他分组"
        case .othersText: "已有问题记录的、近来平静的，以及可能出于偶然的分组。"
        case .sizeNote: "小时数取自最近半年用户为这些事件等待的时间，折算为每月，并附 95% 区间。同一事件也可能计入其他发现：两项发现的小时数不相加。"
        case .firstSeen: "首次"
        case .lastSeen: "最近一次"
        case .timesBack: "出现次数"
        case .rhythm: "规律"
        case .noRhythm: "没有超出偶然的规律"
        case .record: "问题记录"
        case .changes: "出现前的变更"
        case .satisfaction: "满意度"
        case .chance: "偶然概率"
        case .chanceText: "同类别工单共有这么多用词的概率，对所有分组一并计算。"
        case .tickets: "相关事件"
        case .showMore: "更早的事件"
        case .takeOut: "移出事件"
        case .takeOutText: "请在上面勾选讲述其他情况的事件。它们将成为单独的问题，以后的分析也不会改动。"
        case .takeOutButton: "移出"
        case .joinHeading: "与另一个问题合并"
        case .joinText: "两个问题的全部事件归入其中一个，保留较早的编号。"
        case .joinNumber: "另一个问题的编号"
        case .joinButton: "合并"
        case .nameHeading: "命名"
        case .nameLabel: "名称"
        case .nameButton: "保存名称"
        case .why: "原因"
        case .history: "人工处理记录"
        case .noneTicked: "请至少勾选一个属于本问题的事件。"
        case .allTicked: "如果移出全部事件，就什么也不剩了。请至少保留一个。"
        case .noSuchProblem: "没有这个编号的问题。"
        case .sameProblem: "问题不能与自身合并。请填写另一个问题的编号。"
        case .notYours: "拆分、合并或命名问题，请联系有参与权限的同事。"
        case .tooLong: "内容过长：最多 200 个字符。"
        case .openProblems: "查看反复出现的事件"
        case .firefighting: "每个原因的代价"
        case .ofProblem: "属于反复出现的"
        case .notSummed: "事件太少，无法进一步说明：至少需要三个。"
        case .themes: "主题"
        case .themesText: "根据用词归纳的评论内容。"
        case .theme: "主题"
        case .comments: "评论数"
        case .share: "占比"
        case .feeling: "情感"
        case .examples: "例如"
        case .noThemes: "评论太少，无法归纳主题。"
        case .grows: "增长超出偶然"
        case .errorRates:
            "情感取值从 −1 到 1，依据词表判断。与人工标注的文本相比，中文评论约每九条读错一条，英语约每七条读错一条，丹麦语约每五条读错一条（丹麦语与标注的相关系数为 0.57）。无法识别反讽。"
        case .kinds: "构成"
        case .positive: "正面"
        case .mixed: "褒贬兼有"
        case .negative: "负面"
        case .neutral: "无"
        }
    }

    func sentence(_ s: Signal, about subject: SignalSubject) -> Sentence {
        if s.kind == .theme {
            return """
                自\(figures.date(s.at))前后，关于\(name: subject.name)的评论从每月 \(figures.monthly(s.before.estimate * 30.4)) 条\
                增至 \(figures.monthly(s.after.estimate * 30.4)) 条。
                """
        }
        var story: Sentence = "关于\(name: subject.name)的事件反复出现：每月 \(figures.monthly(s.after.estimate * 30.4)) 个"
        if let every = subject.everyDays { story = "\(story)，\(rhythm(every))" }
        if let next = subject.next { story = "\(story)，下一次约在\(figures.date(next))" }
        guard let cost = s.hoursPerMonth else { return "\(story)。" }
        return "\(story)，每月约耗 \(costHours(cost.estimate))。"
    }

    func title(_ s: Signal, about subject: SignalSubject) -> Sentence {
        s.kind == .theme ? "回应评论中的\(name: subject.name)" : "查明\(name: subject.name)的原因"
    }

    func lead(candidates: Int, groups: Int, hours: Double?) -> String {
        if candidates == 0 {
            return groups == 0 ? "没有反复出现的事件。" : "反复出现的事件中，没有既超出偶然又缺少问题记录的。"
        }
        guard let hours else { return "有 \(figures.count(candidates)) 个问题反复出现。" }
        return "有 \(figures.count(candidates)) 个问题反复出现，每月约耗 \(costHours(hours))。"
    }

    func story(_ problem: RecurringProblem, name: String, asOf: Day) -> Sentence {
        var story: Sentence = """
            关于\(name: name)的事件共 \(figures.count(problem.size)) 个，近期每月 \(figures.monthly(problem.perMonth.estimate)) 个
            """
        if let found = problem.rhythm {
            story = "\(story)，\(rhythm(found.everyDays))"
            story =
                found.nextLatest >= asOf
                ? "\(story)，下一次约在\(figures.date(found.next))" : "\(story)，原预计在\(figures.date(found.next))前后再次出现"
        }
        return "\(story)。"
    }

    func rhythm(_ every: Estimate) -> String {
        let (low, high) = (figures.days(every.low), figures.days(every.high))
        if low == high { return low == "1" ? "每天一次" : "每 \(low) 天一次" }
        return "每隔 \(low) 至 \(high) 天一次"
    }

    func due(_ next: Day, in range: Period) -> String {
        "\(figures.shortDate(next))（\(figures.range(range.first, range.last))）"
    }

    func workarounds(_ count: Int, of known: Int) -> String { "\(figures.count(known)) 个中有 \(figures.count(count)) 个" }

    func record(_ record: RecurringProblem.Record) -> Sentence {
        let named = "\(figures.count(record.incidents)) 个事件指向它"
        if record.status == nil { return "\(record.number)：\(named)；已导入的问题中没有这条记录" }
        guard let ended = record.endedOn else { return "\(record.number)，仍在处理：\(named)" }
        return "\(record.number)，于\(figures.date(ended))关闭：\(named)；此后又出现 \(figures.count(record.after)) 个事件"
    }

    func changes(_ changes: RecurringProblem.ChangesBefore, of spells: Int) -> String {
        changes.expected == 0
            ? "有事件将这些变更列为原因。"
            : """
            在它出现的 \(figures.count(spells)) 次中，有 \(figures.count(changes.followed)) 次在此前三天内同一服务做过变更；\
            若纯属偶然，约为 \(figures.monthly(changes.expected)) 次。
            """
    }

    func satisfaction(_ s: RecurringProblem.Satisfaction) -> String {
        """
        \(figures.percent(s.own.estimate))（\(figures.range(figures.percent(s.own.low), figures.percent(s.own.high)))，\
        \(figures.count(s.count)) 份回答）；其他工单为 \(figures.percent(s.others.estimate))
        """
    }

    func joined(other: Int64) -> String { "与问题 \(other) 合并" }
    func takenOut(_ tickets: Int, of other: Int64) -> String { "从问题 \(other) 移出 \(figures.count(tickets)) 个事件" }
    func named(_ name: String) -> Sentence { "命名为\(name: name)" }

    func themeLead(comments: Int, themes: Int, without: Int) -> String {
        "最近 \(figures.count(comments)) 条评论中有 \(figures.count(themes)) 个主题；\(figures.count(without)) 条没有主题。"
    }

    private func costHours(_ value: Double) -> String { "\(figures.number(Figures.rounded(value.magnitude)))\u{A0}小时" }
}
