import Gains
import Statistics

// 预测：按服务负责人的说法。

extension Chinese: PredictionWording {
    func phrase(_ phrase: PredictionPhrase) -> String {
        switch phrase {
        case .predictions: "预测"
        case .question: "哪些工单会超过目标，哪些设备将要磨损到限，以往的预测有多准？"
        case .ticketsHeading: "最可能超过目标的未结工单"
        case .noTickets: "目前还无法预测未结工单。请导入带有历史的工单；同一类有 200 张已结工单即可开始。"
        case .ticket: "工单"
        case .chance: "超过目标的概率"
        case .hoursLeft: "剩余时间"
        case .why: "原因"
        case .help: "怎样做会有帮助"
        case .pastTarget: "已超过目标"
        case .noTarget: "没有目标"
        case .speaksFor: "更可能超过"
        case .speaksAgainst: "更不可能超过"
        case .helpNote: "“原因”和“怎样做会有帮助”说的是类似工单的结果，可以从这里入手，但不能证明这样做一定有效。"
        case .rangeNote: "每 100 次有 80 次落在区间内。时间从数据结束时算起。"
        case .devicesHeading: "接近限值的设备"
        case .noDevices: "没有既有读数又有限值的设备。请在“设置”中为该量设定目标值，可以针对所有设备，也可以只针对一台；有十天读数即可开始。"
        case .device: "设备"
        case .limit: "限值"
        case .now: "当前"
        case .until: "距离达到限值"
        case .noTrend: "没有明确的趋势"
        case .mayNever: "或永远不会"
        case .limitsNote: "每 100 次有 95 次落在区间内。读数只是上下波动时，不作预测。"
        case .rightHeading: "以往预测有多准"
        case .noScores: "还没有被预测的工单结束。每次预测都按当时的说法保存，工单结束时再评判。"
        case .month: "月份"
        case .ended: "已评判的预测"
        case .meanError: "平均误差"
        case .naiveError: "只报中位数时的误差"
        case .inRange: "落在区间内"
        case .missed: "超过目标的工单"
        case .expected: "预计"
        case .calibrationHeading: "说的概率与实际结果"
        case .calibrationNote: "在线上表示说得正好。短线是 95% 区间。"
        case .said: "说的概率"
        case .came: "实际发生的比例"
        case .measuresHeading: "接近目标值的指标"
        case .noMeasures: "在可预见的八周内，没有设定目标值的指标会超过目标。目标值在“设置”中设定。"
        case .measure: "指标"
        case .target: "目标值"
        case .crossing: "预计超过时间"
        case .beyond: "八周内不会"
        case .cardHeading: "所有预测的成绩"
        case .openMomentum: "在改进势头页面查看同一份成绩"
        }
    }

    func line(_ line: PredictionLine) -> String {
        let f = figures
        switch line {
        case .lead(let open, let missed, let likely):
            return "\(f.count(open)) 张未结工单中，\(f.count(missed)) 张已超过目标，另有 \(f.count(likely)) 张很可能会超过。"
        case .right(let s):
            return
                "\(f.count(s.count)) 次预测的平均误差为 \(time(s.error))；每次都报中位数则为 \(time(s.naiveError))。\(f.percent(Double(s.inRange) / Double(s.count))) 落在区间内，应为 80%。"
        case .calibration(let error, let judged):
            return "在 \(f.count(judged)) 次概率预测中，说的与实际平均相差 \(f.percent(error))。"
        case .silent(let kind, let known, let needed):
            return "\(kind)：只有 \(f.count(known)) 张已结，需要 \(f.count(needed)) 张。"
        case .leftOut(let traits):
            return "以下内容在工单结束时才填写，因此不使用：\(traits.map { trait($0) }.joined(separator: "、"))。"
        case .made(let when): return "根据本组织自己的工单学习，只使用每张工单当时的状态；数据截至\(when)。"
        case .shown(let count, let all): return "显示 \(f.count(all)) 张中的前 \(f.count(count)) 张。"
        case .by(let chance, let day): return "到\(f.date(day))为止：\(f.percent(chance))"
        case .help(let deed, let chance, let hours):
            let what =
                switch deed {
                case .assign: "分派给具体的人"
                case .touch: "今天重新处理"
                }
            return chance.map { "\(what)：\(f.percent($0))" } ?? "\(what)：\(time(hours))"
        }
    }

    private func time(_ hours: Double) -> String { Words(.zh).timeLeft(hours) }

    func shortHours(_ hours: Double) -> String { "\(figures.number(hours, decimals: hours < 10 ? 1 : 0)) 小时" }
    func yesNo(_ yes: Bool) -> String { yes ? "是" : "否" }

    func trait(_ trait: TicketTrait) -> String {
        switch trait {
        case .priority: "优先级"
        case .category: "类别"
        case .subcategory: "子类别"
        case .service: "服务"
        case .group: "处理组"
        case .location: "地点"
        case .channel: "渠道"
        case .segment: "客户群"
        case .requester: "报单人"
        case .state: "状态"
        case .age: "已开单时间"
        case .idle: "距上次变更"
        case .untilDue: "距到期"
        case .moves: "组间转派次数"
        case .changes: "至今变更次数"
        case .isAssigned: "已分派给人"
        case .hour: "建单时刻"
        case .weekday: "建单星期"
        }
    }
}
