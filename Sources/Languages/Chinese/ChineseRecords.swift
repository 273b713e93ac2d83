import Measures
import Records

// 调查答复、建议和读数的指标。
extension Chinese {
    func recordsLabel(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction: "调查满意度"
        case .nps: "净推荐值"
        case .answers: "调查答复数"
        case .made: "新提建议数"
        default: "\(measure.reading?.name ?? "")日均值"
        }
    }

    func recordsSubject(_ measure: Measure) -> Sentence {
        guard let reading = measure.reading else { return "\(recordsLabel(measure))" }
        return "\(name: reading.name)日均值"
    }

    func recordsDefinition(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction: "各答复的评分占其量表的比例的平均值；0 至 10 分的答复计入净推荐值，不计入此处。"
        case .nps: "在 0 至 10 分的答复中，9 分及以上的百分比减去 6 分及以下的百分比，范围为 −100 至 100。"
        case .answers: "每天收到的带评分的调查答复数量。"
        case .made: "每天提出的建议数量。"
        default: "当天读数的平均值；没有读数的日子视为缺失。"
        }
    }

    func isPerDay(_ unit: Unit) -> Bool {
        unit == .ticketsPerDay || unit == .answersPerDay || unit == .suggestionsPerDay
    }

    func classifier(_ measure: Measure) -> String {
        switch measure.records {
        case .tickets(let kind): classifier(kind)
        case .surveys: "份"
        case .suggestions, .readings: "条"
        }
    }
}
