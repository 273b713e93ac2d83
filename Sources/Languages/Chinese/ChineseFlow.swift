import Measures
import Records

/// Measures of how work flows, in Chinese.
extension Chinese {
    func flowSubject(_ measure: Measure) -> Sentence {
        let kind = measure.kind.map { singular($0) } ?? "工单"
        switch (measure.quantity, measure.step) {
        case (.waiting, .state(let name)): return "\(kind)在\(name: name)环节的停留时间"
        case (.waiting, .group(let name)): return "\(kind)在\(name: name)小组的停留时间"
        case (.cameBack, .state(let name)): return "返回\(name: name)环节的\(kind)占比"
        case (.cameBack, _): return "返回先前环节的\(kind)占比"
        case (.handoffs, _): return "\(kind)的平均转派次数"
        case (.skipped, .state(let name)): return "跳过\(name: name)环节的\(kind)占比"
        case (.skipped, .order(let first, let then)): return "\(name: then)早于\(name: first)的\(kind)占比"
        default: return "\(kind)流程"
        }
    }

    func flowLabel(_ measure: Measure) -> String { flowSubject(measure).text(in: .zh) }

    func flowDefinition(_ measure: Measure) -> String {
        let kind = measure.kind.map { singular($0) } ?? "工单"
        switch measure.quantity {
        case .waiting: return "已结束停留的平均时长，按\(kind)创建的那一周统计，以日历小时计。"
        case .cameBack: return "已完成的\(kind)中，返回过先前环节的所占比例。"
        case .handoffs: return "已完成的\(kind)平均从一个小组转到另一个小组的次数。"
        default: return "已完成的\(kind)中，跳过了几乎人人遵循的环节或顺序的所占比例。"
        }
    }
}
