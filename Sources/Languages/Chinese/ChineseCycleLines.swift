import Gains
import Records
import Statistics

extension Chinese {
    static func cycle(_ line: CycleLine, _ f: Figures) -> Sentence {
        switch line {
        case .heldGains(let held):
            let all =
                held.slipped == 0
                ? "\(f.count(held.proven)) 项已证实的成效全部保持，最长已保持 \(f.count(held.longestDays)) 天"
                : "\(f.count(held.proven)) 项已证实的成效中，\(f.count(held.proven - held.slipped)) 项仍在保持"
            guard let median = held.medianDays else { return "\(all)。" }
            let range =
                median.high.isFinite
                ? "（\(f.range(f.number(median.low, decimals: 0), f.number(median.high, decimals: 0)))）"
                : "（至少 \(f.number(median.low, decimals: 0))）"
            return "\(all)，其中一半能保持 \(f.number(median.estimate, decimals: 0)) 天或更久\(range)。"
        case .duplicates(let n): return "有 \(f.count(n)) 对改进看起来相同。"
        case .handoffs(let days, let open):
            if days == 0, open == 0 { return "没有部门在等待其他部门。" }
            return "部门之间共等待了 \(f.count(days)) 天，\(open == 0 ? "目前没有在等的事项" : "仍有 \(f.count(open)) 项在等待")。"
        case .prevented(let n, let kind, let period):
            return
                "\(f.range(period.first, period.last))预计会出现的\(kind)中，约有 \(f.number(n.estimate, decimals: 0)) 个（\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))）没有出现。"
        case .preventedInAll(let n, let rounds):
            return
                "\(f.count(rounds)) 轮合计约 \(f.number(n.estimate, decimals: 0)) 个（\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))）。"
        case .inTime(let n, let of): return "\(f.count(of)) 次中有 \(f.count(n)) 次按时完成"
        case .votes(let n): return n == 0 ? "还没有票" : "\(f.count(n)) 票"
        case .fateUnderWay(let step): return "已成为一项改进，目前处于：\(step)"
        case .quieted(let came, let judged, let share):
            return
                "\(f.count(judged)) 次预警中有 \(f.count(came)) 次应验（\(f.percent(share.estimate))，\(f.range(f.percent(share.low), f.percent(share.high)))），应至少有一半应验。"
        case .approvalRule(let effort, let hours, let roles):
            return
                "工作量不超过“\(effort)”，且预计每月节省不超过 \(f.number(hours)) 小时的改进，无需任何人批准。更大的由以下角色批准：\(roles.joined(separator: "、"))。"
        case .time(let promised, let used):
            return promised > 0
                ? "承诺的 \(f.number(promised)) 小时中使用了 \(f.number(used)) 小时（\(f.percent(used / promised))）。"
                : "使用了 \(f.number(used)) 小时，没有承诺。"
        case .pulseNow(let mean, let n):
            return
                "5 分中得 \(f.number(mean.estimate, decimals: 1)) 分（\(f.range(f.number(mean.low, decimals: 1), f.number(mean.high, decimals: 1)))），共 \(f.count(n)) 份答案"
        case .sheetHasNoTitle(let found):
            return "表格中没有可识别为标题的列。请在首行将其中一列命名为“标题”，然后重新导入。现有的列：\(found.joined(separator: "、"))。"
        case .sheetIsTooLong(let most):
            return "表格超过 \(f.count(most)) 行。它是改进登记册吗？工单请在“数据源”页面导入。"
        case .thanked(let by, let team, let person):
            let to: Sentence = person.isEmpty ? "\(name: team)" : "\(name: team)的\(name: person)"
            return by.isEmpty ? "有同事感谢\(to)" : "\(name: by)感谢\(to)"
        case .workEffective(let worked, let judged): return "\(f.count(judged)) 轮有结论，其中 \(f.count(worked)) 轮有效。"
        case .workEfficient(let hours, let finished):
            return "\(f.count(finished)) 项有结论的改进，平均每项 \(f.number(hours)) 小时工时。"
        case .workEconomical(let hours, let spent):
            return
                "每投入一小时，每月仍保持节省 \(f.number(hours / spent)) 小时（\(f.number(spent)) 小时换得 \(f.number(hours)) 小时）。"
        case .servicesEffective(let kept, let n): return "\(f.count(n)) 个事件中 \(f.percent(kept)) 解决后未再出现。"
        case .servicesEfficient(let hours, let n): return "\(f.count(n)) 个事件，平均每个 \(f.number(hours)) 小时工时。"
        case .servicesEconomical(let cost, let currency): return "每个事件 \(f.number(cost)) \(currency)。"
        case .notRecorded: return "还没有人登记。"
        case .workAhead(let now, let ahead, let weeks):
            return
                "现在每周 \(f.number(now)) 个，\(f.count(weeks)) 周后 \(f.number(ahead.estimate)) 个（\(f.range(f.number(ahead.low), f.number(ahead.high)))）"
        case .suggestionsShown(let n, let challenges):
            return "共 \(f.count(n)) 条建议，其中 \(f.count(challenges)) 条质疑一直以来的做法。"
        }
    }
}
