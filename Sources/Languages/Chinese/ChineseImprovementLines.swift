// The sentences of the improvement work.

import Improvements
import Measures
import Records
import Statistics

extension Chinese {
    func tell(_ line: ImprovementLine) -> Sentence {
        let f = figures
        func days(_ n: Int) -> String { "\(f.count(n))\u{A0}天" }
        func weeks(_ n: Int) -> String { "\(f.count(n))\u{A0}周" }
        switch line {
        case .standing(let state, let round, let step):
            return switch state {
            case .active: "第 \(f.count(round)) 轮，共 7 步，当前第 \(f.count(step.rawValue)) 步：\(name(step))。"
            case .onHold(let reason): "已暂停，第 \(f.count(round)) 轮第 \(f.count(step.rawValue)) 步：\(name: reason)"
            case .closed(let reason): "第 \(f.count(round)) 轮后结束：\(name: reason)"
            }
        case .round(let n): return "第 \(f.count(n)) 轮"
        case .roundLive(let n): return "第 \(f.count(n)) 轮上线"
        case .improvements(let n): return n == 0 ? "目前没有进行中的改进。" : "有 \(f.count(n)) 项改进正在进行。"
        case .conflict(let name, let time):
            return "\(name: name)已于 \(time) 修改了此项改进。您的文字保留在下方，请选择以哪一份为准。"
        case .refused(let error): return refusal(error)
        case .fill(let field): return "请填写\(name: field)。"
        case .notNumber(let value): return "\(name: value)不是数字。"
        case .notDate(let value): return "\(name: value)不是日期，请按 2026-03-12 的格式填写。"
        case .outside(let field, let low, let high):
            return "\(name: field)应为 \(f.range(f.number(low), f.number(high))) 之间的数字。"
        case .tooLong(let field, let most): return "\(name: field)最多可填 \(f.count(most)) 字节。"
        case .unknownChoice(let value): return "\(name: value)已不在可选项中，请重新选择。"

        case .fitness(let d):
            let told = "有数值的共 \(days(d.days))，缺失 \(f.percent(d.missing))，数据截至\(f.date(d.lastDay))。"
            return d.isEnough
                ? "\(told)足以支持验证。"
                : "\(told)验证至少需要 \(days(DataFitness.daysMin))，缺失不超过 \(f.percent(DataFitness.missingMax))。"
        case .overridden(let reason): return "缺少依据而跳过：\(name: reason)"
        case .originSuggestion(let title, let by):
            return by.isEmpty ? "建议\(name: title)" : "\(name: by)提出的建议\(name: title)"
        case .liveAt(let place, let day):
            return place.isEmpty ? "自\(f.date(day))起全面启用" : "\(name: place)自\(f.date(day))起启用"
        case .doneOn(let day): return "于\(f.date(day))完成"
        case .blockedBy(let department): return "等待\(name: department)"
        case .daysLong(let n): return "\(days(n))"
        case .weeksLong(let n): return "\(weeks(n))"
        case .provable(let n, let effect):
            return "按该指标以往的波动，观察 \(weeks(n)) 后，\(f.percent(effect)) 及以上的效果五次中有四次能够得到证实。"

        case .verdict(let j, let measure, let slice, let least): return verdict(j, measure, slice, least)
        case .naive(let naive, let effect):
            guard let effect, (naive < 0) == (effect < 0), naive.magnitude > effect.magnitude + 0.015 else {
                return "简单的前后对比为 \(f.change(naive))。"
            }
            return """
                简单的前后对比为 \(f.change(naive))，其中约有 \(f.number(((naive - effect).magnitude * 100).rounded())) \
                个百分点即使不改进也会自行出现。
                """
        case .benefit(let e):
            return e.estimate >= 0
                ? "每月约节省 \(hours(e.estimate)) 小时等待时间（\(f.range(hours(e.low), hours(e.high)))）。"
                : "每月约多耗 \(hours(-e.estimate)) 小时等待时间（\(f.range(hours(-e.high), hours(-e.low)))）。"
        case .worth(let e, let currency):
            return "折合每月约 \(hours(e.estimate))\u{A0}\(currency)（\(f.range(hours(e.low), hours(e.high)))）。"
        case .verdictDue(let day): return "数据到\(f.date(day))后即可得出结论。"
        case .soFar(let value, let range):
            let gap = value.hasPrefix("每") ? "" : " "
            return "目前的差距为\(gap)\(value)（\(range)），无论查看多少次，该区间都成立。"
        case .badSpell(let n): return "上线前 \(days(n)) 的情况异常糟糕，已单独作为一个水平处理。"
        case .held(let e):
            return "最近四周仍保有成效的 \(f.percent(e.estimate))（\(f.range(f.percent(e.low), f.percent(e.high)))）。"
        case .holdsSince(let from, let through):
            return "新水平自\(f.date(from))保持至\(f.date(through))，即目前可判断的最后一天。"
        case .slipped(let day): return "自\(f.date(day))前后，成效开始回落。"
        case .watchBegins(let day): return "数据到\(f.date(day))后，才能判断是否保持。"

        case .noData: return "数据中没有此指标的内容，请选择其他指标或范围。"
        case .liveBeforePlan(let live, let frozen):
            return "改进于\(f.date(live))上线，早于\(f.date(frozen))冻结方案，因此无法证实。请在开始之前规划下一轮。"
        case .baselineTooShort(let n, let need):
            return "上线前需要 \(f.count(need)) 天有数值的数据，现有 \(f.count(n)) 天。请导入更早的数据。"
        case .baselineTooLong(let n, let most): return "对比期最多 \(f.count(most)) 天，现为 \(f.count(n)) 天。"
        case .reviewOutOfRange(let n, let from, let through):
            return "方案观察 \(weeks(n))，可选范围为 \(f.count(from)) 至 \(f.count(through)) 周。"
        case .unknownMeasure(let id): return "不存在指标\(name: id)。"

        case .closedWeekdays(let list): return "已排除不开放的日子：\(list.map { Figures.zhDays[$0] }.joined(separator: "、"))。"
        case .holidaysLeftOut(let n): return "已排除 \(f.count(n)) 个节假日。"
        case .gapDays(let n): return "有 \(days(n)) 完全没有导出数据，按缺失处理。"
        case .stillOpenDays(let n): return "有 \(days(n)) 的多数工单尚未结束，按已打开的时长计算。"
        case .settlingDays(let n): return "最近 \(days(n)) 的工单尚未结束，暂时无法判断。"
        case .betweenDays(let n): return "对比期与上线之间的 \(days(n)) 不计入任何一方。"
        case .placesTogether(let n): return "\(f.count(n)) 处在不同日期开始，合并判断。"
        case .dataEnd(let day): return "数据截至\(f.date(day))。"
        case .controlLost(let name): return "\(name: name)无法用于对比，已排除。"

        case .needsAction(let text, let owner, let due):
            return "\(name: text)（\(owner)）应于\(f.date(due))完成"
        case .winsSummary(let proven, let held, let tried):
            let gains =
                proven == 0
                ? "尚无成效得到证实" : "已证实 \(f.count(proven)) 项成效，\(held == 0 ? "尚未确认是否保持" : "其中 \(f.count(held)) 项确认保持")"
            return tried == 0 ? "\(gains)。" : "\(gains)；另有 \(f.count(tried)) 次尝试未能证实。"
        case .winsHours(let e):
            return "合计每月约节省 \(hours(e.estimate)) 小时等待时间（\(f.range(hours(e.low), hours(e.high)))）。"
        case .reportTitle(let day): return "\(String(day.components.year))年\(String(day.components.month))月"
        case .reportSummary(let proven, let tried, let opened, let live):
            let gains = proven == 0 ? "没有成效得到证实" : "\(f.count(proven)) 项成效得到证实"
            let rounds = tried == 0 ? "" : "，\(f.count(tried)) 轮未见成效"
            let begun = opened == 0 ? "没有新建改进" : "新建改进 \(f.count(opened)) 项"
            return "\(gains)\(rounds)；\(begun)，\(live == 0 ? "没有改进上线" : "上线 \(f.count(live)) 项")。"
        case .suggestionsMade(let n): return n == 0 ? "本月没有收到建议。" : "本月收到 \(f.count(n)) 条建议。"
        case .suggestions(let n): return "共 \(f.count(n)) 条建议，最新的在前"
        }
    }

    private func hours(_ value: Double) -> String { figures.number(Figures.rounded(value)) }

    private func verdict(_ j: Judgement, _ measure: Measure?, _ slice: Slice, _ least: Double?) -> Sentence {
        let f = figures
        let what: Sentence = measure.map { subject($0, slice) } ?? "该指标"
        let guards: Sentence =
            !j.harmed.isEmpty ? "但有护栏指标变差。" : j.unproven.isEmpty ? "" : "护栏指标是否受损尚不能排除。"
        switch (j.verdict, j.effect) {
        case (.worked, let e?):
            return
                "与不改进的情形相比，\(what)\(e.estimate < 0 ? "下降" : "上升")了 \(f.percent(e.estimate.magnitude))（\(spread(e))）。\(guards)"
        case (.worse, let e?):
            return """
                与不改进的情形相比，\(what)\(e.estimate < 0 ? "下降" : "上升")了 \(f.percent(e.estimate.magnitude))\
                （\(spread(e))）。请记下经验教训。\(guards)
                """
        case (.noDifference, let e?):
            let most = f.percent(least ?? max(e.low.magnitude, e.high.magnitude))
            return "如果效果达到 \(most)，应当已能看出；更小的效果则无法排除。\(guards)"
        case (.cannotTell, let e?):
            return "效果在 \(f.change(e.low)) 与 \(f.change(e.high)) 之间，两种情况都有可能。\(guards)"
        case (.tooEarly, _): return "数据尚未覆盖计划的各周。"
        default: return "数据无法回答。\(guards)"
        }
    }

    /// The interval of an effect as sizes, the smaller first.
    private func spread(_ e: Estimate) -> String {
        let (a, b) = e.estimate < 0 ? (-e.high, -e.low) : (e.low, e.high)
        return figures.changes(a, b)
    }

    private func refusal(_ error: LifeCycleError) -> Sentence {
        switch error {
        case .closed: "此项改进已结束，只能添加评论。"
        case .onHold: "此项改进已暂停，请先重新开始。"
        case .notOnHold: "此项改进并未暂停。"
        case .evidenceMissing(let missing):
            "此步骤暂时不能结束，尚缺：\(missing.map { self.missing($0) }.joined(separator: "；"))。"
        case .reasonMissing: "请说明理由。"
        case .textMissing: "请填写内容。"
        case .notEarlier(let step): "“\(name(step))”不是之前的步骤。"
        case .noSuchChoice: "该做法已不存在，请重新选择。"
        case .planFrozen: "本轮的验证方案已冻结，新的方案属于下一轮。"
        case .noPlan: "没有冻结的验证方案，无从判断。"
        case .notMeasurable: "目标没有指定指标，请先选择。"
        case .otherPlan: "结论依据的不是已冻结的方案。"
        case .wrongStep(let step): "此操作不属于“\(name(step))”这一步。"
        case .noNextRound: "只有决定推广或调整之后，才能开始下一轮。"
        case .merged(let id): "已并入改进 \(String(id))，请在那里继续。"
        case .mergeTakesTwo: "改进不能与自身合并。"
        case .noSuchAction: "该行动已不存在，请重新查看列表。"
        case .noSuchParent: "没有可以归属的这项改进。"
        case .ownAncestor: "那项改进本身就是此项改进的一部分。"
        case .roleMayNotApprove: "您的角色无权批准，请找规则中指定的人。"
        case .outOfRange: "数值超出范围：比例应在 0 到 100 % 之间，人数不能为负。"
        case .endsBeforeItBegins: "结束早于开始。"
        case .changedMeanwhile, .notOpened, .openedTwice: "此项改进已有变化，请重新查看。"
        }
    }
}
