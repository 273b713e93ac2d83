import Measures
import Records

/// The page of how work flows, in Chinese.
extension Chinese {
    func say(_ phrase: FlowPhrase) -> String {
        switch phrase {
        case .process: "流程"
        case .processQuestion: "工作实际上是怎样流转的？"
        case .openProcess: "查看工作如何流转"
        case .openCards: "阅读流程卡"
        case .mapHeading: "流程图"
        case .mapNote: "线越粗，走这条路的工单越多；颜色越深，出发前等待越久。框中的条表示该环节占全部时间的比例。"
        case .mapTable: "以表格查看流程图"
        case .mapAlternative: "图中的每个数字都列在下方的表格里。"
        case .stagesHeading: "在哪里等待"
        case .stagesNote: "时间计算到工单解决为止。“慢”指同一周创建的工单中耗时最长的四分之一。"
        case .groupsHeading: "在谁手中"
        case .handoffsHeading: "小组之间的转派"
        case .handoffsNote: "条的长度表示转派次数；时间是前一个小组持有工单的时长。"
        case .waysHeading: "走过的路径"
        case .shortcutsHeading: "惯常路径与跳过的步骤"
        case .loadHeading: "新增、完成与在办"
        case .compareHeading: "改进前后"
        case .rulesHeading: "流程规则"
        case .figureHeading: "逐周情况"
        case .stage: "环节"
        case .visits: "进入次数"
        case .tickets: "工单数"
        case .meanStay: "平均停留"
        case .inBusinessHours: "按工作时间"
        case .shareOfTime: "占全部时间"
        case .cameBackShare: "返回占比"
        case .hereNow: "目前在此"
        case .slowLonger: "慢工单多停留"
        case .from: "从"
        case .to: "到"
        case .passages: "次数"
        case .meanTime: "平均时间"
        case .way: "路径"
        case .shareOfTickets: "工单占比"
        case .figure: "指标"
        case .now: "最近 13 周"
        case .before: "之前"
        case .after: "之后"
        case .difference: "差异"
        case .falseRate: "误报概率"
        case .arrived: "新建"
        case .done: "已解决"
        case .open: "周末未结"
        case .week: "周起始"
        case .pingPong: "转给某小组又立即转回"
        case .noHistory: "这些工单的历史未知，因此只显示里程碑。导出时带上状态历史，就能看到真实的流转。"
        case .noTickets: "这段时间没有此类工单。请选择其他日期，或导入工单的历史。"
        case .noUsual: "没有几乎所有工单都经过的环节，或已完成的工单太少，还不能下结论。"
        case .noShortcuts: "这些周里没有人跳过这些环节，也没有颠倒顺序。"
        case .wrongRule: "这不是规则。尚未保存；您输入的内容在下方。"
        case .noHandoffs: "这段时间没有工单被转派。"
        case .noImprovements: "还没有改进上线。上线之后，这里会列出前后各周的对比。"
        case .noRules: "还没有写下流程规则。"
        case .rulesText:
            "每行一条规则，状态按系统的写法：begins New; ends Closed; next New -> Active; requires Active before Resolved; never New after Closed; at most 2 Active; within 48 hours New -> Active; four eyes Approved, Implemented。"
        case .tooFewWeeks: "那一天的某一侧不足四个已定的周，还不能下结论。"
        case .onlyPart: "仅限"
        case .andPart: "并且"
        case .chooseImprovement: "改进"
        case .show: "显示"
        case .everything: "全部"
        case .firstDay: "创建日期从"
        case .lastDay: "至"
        case .kind: "类型"
        case .dimensionAll: "全部"
        case .usualWay: "惯常路径"
        case .skips: "被跳过"
        case .reversed: "顺序不同"
        case .pickedQuestion: "这个数字背后是哪些工单？"
        case .moved: "有变化"
        case .same: "未显示差异"
        case .rule: "规则"
        case .kept: "遵守"
        case .broken: "违背"
        case .keptShare: "遵守比例"
        case .saveRules: "保存规则"
        case .rulesLabel: "规则"
        case .byOwn: "由 Ratchet 自行布局"
        case .byGraphviz: "由 Graphviz 布局"
        }
    }

    func tell(_ line: FlowLine) -> Sentence {
        let f = figures
        func hours(_ value: Double) -> String { Words(.zh).duration(hours: value) }
        switch line {
        case .lead(let count, let kind, let period, let done):
            return
                "\(f.range(period.first, period.last))共新建 \(f.count(count)) \(classifier(kind))\(singular(kind))，其中 \(f.count(done)) \(classifier(kind))已完成。"
        case .mostTime(let stage, let share, let stay):
            return "\(name: stage)环节用时最多：占全部时间的 \(f.percent(share))，每次停留 \(hours(stay))。"
        case .slowest(let stage, let longer, let share):
            let told = Words(.zh).duration(longer)
            return "慢工单在\(name: stage)环节耽搁最多：比其他工单多 \(told.value)（区间 \(told.range)），占全部差异的 \(f.percent(share))。"
        case .commonWay(let names, let share): return "\(f.percent(share)) 的工单完全按此路径：\(Sentence.names(names))。"
        case .usual(let names): return "几乎所有工单都经过这些环节：\(Sentence.names(names))。"
        case .hidden(let flows, let passages):
            return "图中省略了 \(f.count(flows)) 条少见的线，合计走过 \(f.count(passages)) 次。"
        case .shownWays(let shown, let all): return "所保留的 \(f.count(all)) 条路径中最常见的 \(f.count(shown)) 条。"
        case .unsettled(let day): return "\(f.date(day))之后各周不计入逐周数字：这些周的工单完成不到九成。"
        case .compared(let live, let before, let after):
            return "\(f.date(live))上线：之前 \(f.count(before)) 周与之后 \(f.count(after)) 周相比，上线当周不计。"
        case .movedFigures(let moved, let all):
            return moved == 0
                ? "\(f.count(all)) 个指标均未出现超出偶然的变化；被称为有变化的，预计至多 5% 为误报。"
                : "\(f.count(all)) 个指标中有 \(f.count(moved)) 个发生变化；被称为有变化的，预计至多 5% 为误报。"
        case .picked(let pick): return picked(pick)
        case .listed(let count, let looked):
            return "这段时间最近的 \(f.count(looked)) 个工单中，符合的有 \(f.count(count)) 个，新的在前。"
        }
    }

    private func picked(_ pick: FlowPick) -> Sentence {
        switch pick {
        case .state(let a): "经过\(name: a)环节的工单"
        case .cameBack(let a): "返回\(name: a)环节的工单"
        case .running(let a): "目前处于\(name: a)环节的工单"
        case .group(let a): "\(name: a)小组持有过的工单"
        case .flow(let a, let b): "从\(name: a)到\(name: b)的工单"
        case .handoff(let a, let b): "从\(name: a)小组转派到\(name: b)小组的工单"
        case .way(let names): "按此路径流转的工单：\(Sentence.names(names))"
        case .skipped(let a): "跳过\(name: a)环节的已完成工单"
        case .order(let a, let b): "\(name: a)早于\(name: b)的工单"
        case .cameBackAnywhere: "返回过先前环节的工单"
        case .handedOver: "被转派过的工单"
        }
    }
}
