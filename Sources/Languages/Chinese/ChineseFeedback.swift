import Measures
import Records

// 答复、建议和读数的页面。
extension Chinese {
    func phrase(_ phrase: FeedbackPhrase) -> String {
        switch phrase {
        case .feedback: "反馈"
        case .feedbackQuestion: "大家如何评价，又有多少人作答？"
        case .readings: "读数"
        case .readingsQuestion: "这个数字由哪些读数得出？"
        case .noFeedback: "尚无答复，也无建议。请在“数据来源”上传调查答复或建议的文件。"
        case .noReadings: "此处没有读数。请在“数据来源”上传读数文件。"
        case .latestComments: "最新评论"
        case .latestAnswers: "数字背后的答复"
        case .noComments: "还没有人写下评论。"
        case .suggestions: "建议"
        case .noSuggestions: "还没有人提出建议。"
        case .votes: "票数"
        case .score: "评分"
        case .comment: "评论"
        case .survey: "调查"
        case .device: "设备"
        case .quantity: "量"
        case .suggestion: "建议内容"
        case .answeredAt: "答复时间"
        case .measuredAt: "测量时间"
        case .madeAt: "提出时间"
        case .source: "来源"
        case .byWhom: "提出者"
        case .noScore: "未评分"
        case .openFeedback: "查看大家的评价"
        case .marginNote: "误差范围是 95% 区间，针对可能同样作答的所有人；它不说明未作答者的看法。"
        case .trend: "逐周变化"
        case .comparison: "分项对比"
        case .given: "答复数"
        case .thisMeasureOnly: "仅显示此指标计入的答复"
        case .rejectNoTime: "该行没有时间。"
        case .rejectTime: "该行的时间无法读取。"
        case .rejectNumber: "该行有一个数字无法读取。"
        case .rejectScale: "评分不在已知的量表上。"
        case .rejectName: "该行没有说明内容。"
        case .rejectUnit: "这个量已使用另一个单位。"
        }
    }

    func line(_ line: FeedbackLine) -> String {
        let f = figures
        switch line {
        case .records(let n, let measure):
            return switch measure.records {
            case .surveys: n == 0 ? "没有答复" : "\(f.count(n)) 份答复"
            case .suggestions: n == 0 ? "没有建议" : "\(f.count(n)) 条建议"
            case .readings: n == 0 ? "没有读数" : "\(f.count(n)) 条读数"
            case .tickets: n == 0 ? "没有工单" : "\(f.count(n)) 个工单"
            }
        case .answered(let n, let all, let period):
            return """
                \(f.range(period.first, period.last))，\(f.count(all)) 人中有 \(f.count(n)) 人评分\
                （\(f.percent(Double(n) / Double(max(1, all))))）。
                """
        case .standing(let measure, let value, let range, let period):
            return "\(f.range(period.first, period.last))，\(label(measure))为 \(value)（\(range)）。"
        case .standingAlone(let measure, let value, let period):
            return "\(f.range(period.first, period.last))，\(label(measure))为 \(value)；答复太少，无法给出误差范围。"
        case .before(let value, let period):
            return "此前同样天数（\(f.range(period.first, period.last))）为 \(value)。"
        case .columnNotFound(let column, let file): return "\(file) 中没有“\(column)”列。"
        case .columnsMissing(let fields, let file):
            return "\(file) 中未能识别以下字段的列：\(fields.joined(separator: "、"))。请修改列名。"
        case .scaleUnknown(let column, let least, let most, let file):
            return """
                \(file) 中“\(column)”列的评分在 \(f.number(least)) 至 \(f.number(most)) 之间，但没有说明量表。\
                请添加 scale_low 和 scale_high 两列。
                """
        case .shown(let n): return "显示最新的 \(f.count(n)) 条。"
        }
    }
}
