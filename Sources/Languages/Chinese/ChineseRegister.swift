import Improvements
import Statistics

extension Chinese {
    static func register(_ phrase: RegisterPhrase) -> String {
        switch phrase {
        case .typePeople: "人员"
        case .typeProcess: "流程"
        case .typeTechnology: "技术"
        case .stageDesign: "设计"
        case .stageDelivery: "交付"
        case .stageOperation: "运营"
        case .stageChange: "变更"
        case .needsNobody: "规模很小，无需批准。"
        case .needsApproval: "超出了无需批准的范围，需要有人批准。"
        case .needsAdoption: "要等足够多的人按新方式工作，才开始评估。"
        case .notSmallEffort: "工作量不小，或尚未估计"
        case .takesSeveralDepartments: "需要多个部门参与"
        case .namesNoMeasure: "没有指定有数据的指标"
        case .noExpectedEffect: "没有说明预期效果有多大"
        case .notProvableInTime: "四周之内无法证明其效果"
        case .noDuplicates: "没有看起来相同的改进。"
        case .nobodyWaits: "没有部门在等待其他部门。"
        case .noOpenActions: "没有待办措施。"
        case .noProvenGains: "还没有改进被证明有效。"
        case .noSmallStart: "没有哪一项同时满足：工作量小、一个人能负责、四周之内能证明效果。"
        case .largestStands: "它们共同带来的效果无法度量，以其中最大的一项代表全部。"
        }
    }

    static func register(_ line: RegisterLine, _ f: Figures) -> Sentence {
        switch line {
        case .baseRate(let level):
            let what =
                switch level.scope {
                case .all: "改进"
                case .sameKind: "同类型的改进"
                case .sameMeasure: "同类改进（类型和指标相同）"
                case .sameCause: "同类改进（类型、指标和原因相同）"
                }
            if level.finished == 0 { return "\(what)在这里还没有得出过结论。" }
            return "\(what)在这里 \(f.count(level.finished)) 次中有 \(f.count(level.worked)) 次有效。"
        case .chanceToWork(let p):
            return "有效的可能性为 \(f.percent(p.estimate))（\(f.range(f.percent(p.low), f.percent(p.high)))）。"
        case .rankReason(let hours, let chance, let days, let score):
            return
                "每月 \(f.number(hours)) 小时 × \(f.percent(chance)) ÷ \(f.number(days)) 个工作日 = 每投入一个工作日，每月节省 \(f.number(score)) 小时。"
        case .notRanked(let unknown):
            if unknown.count > 1 { return "尚未排序：每月小时数和工作量都未知。" }
            return unknown == [.effort] ? "尚未排序：工作量未知。" : "尚未排序：每月小时数未知。"
        case .approvedBy(let name): return "由\(name: name)批准。"
        case .departmentWaited(let department, let other, let days, let still):
            let end = still ? "，仍在等待。" : "。"
            if department.isEmpty { return "这项工作等待\(name: other)已有 \(f.count(days)) 天\(end)" }
            return "\(name: department)等待\(name: other)已有 \(f.count(days)) 天\(end)"
        case .adoptionShare(let adopted, let people, let needed):
            let share = people > 0 ? f.percent(Double(adopted) / Double(people)) : Figures.missing
            let told = "\(f.count(people)) 人中有 \(f.count(adopted)) 人按新方式工作（\(share)）"
            return needed.map { "\(told)，达到 \(f.percent($0)) 后开始评估。" } ?? "\(told)。"
        case .mergedInto(let number): return "已并入改进 \(f.count(Int(number)))。"
        case .sharedGain(let credited, let own, let others):
            return
                "每月 \(f.number(own)) 小时中，有 \(f.number(credited)) 小时计入本项：其效果与另外 \(f.count(others)) 项重叠，按上线先后计算。"
        case .heldGain(let share, let hours):
            return "仍保持 \(f.percent(share))，即每月 \(f.number(hours)) 小时。"
        case .allGains(let credited, let own):
            return "合计每月 \(f.number(credited)) 小时，每小时只计一次；各项分别度量之和为 \(f.number(own)) 小时。"
        case .provableWithin(let effect, let weeks): return "\(f.count(weeks)) 周之内可以证明 \(f.percent(effect)) 的效果。"
        case .actionOverdue(let days): return "已逾期 \(f.count(days)) 天"
        case .actionDue(let day): return "截止日期：\(f.date(day))"
        case .registerRead(let new, let changed, let unchanged, let rejected):
            return
                "新增 \(f.count(new)) 项，更新 \(f.count(changed)) 项，不变 \(f.count(unchanged)) 项，未采用 \(f.count(rejected)) 行。"
        }
    }
}
