import Gains
import Statistics

// Predictions, as a service owner would say it.

extension English: PredictionWording {
    func phrase(_ phrase: PredictionPhrase) -> String {
        switch phrase {
        case .predictions: "Predictions"
        case .question: "Which tickets will miss their target, which devices wear out, and how right have we been?"
        case .ticketsHeading: "Open tickets most likely to miss their target"
        case .noTickets:
            "No open ticket can be predicted yet. Bring in tickets with their history; 200 finished ones of a kind are enough to begin."
        case .ticket: "Ticket"
        case .chance: "Chance to miss"
        case .hoursLeft: "Time left"
        case .why: "Why"
        case .help: "What would help"
        case .pastTarget: "past its target"
        case .noTarget: "no target known"
        case .speaksFor: "For missing it"
        case .speaksAgainst: "Against"
        case .helpNote:
            "“Why” and “what would help” tell how like tickets came out. That is a good place to begin, not proof that a deed will help."
        case .rangeNote: "The range holds what comes in 80 of 100 cases. Time is counted from the end of the data."
        case .devicesHeading: "Devices that near their limit"
        case .noDevices:
            "No device has readings and a limit. Set a target for the quantity under Settings, for all devices or for one; ten days of readings are enough to begin."
        case .device: "Device"
        case .limit: "Limit"
        case .now: "Now"
        case .until: "Until the limit"
        case .noTrend: "no sure trend towards it"
        case .mayNever: "or never"
        case .limitsNote: "The range holds what comes in 95 of 100 cases. Where readings only wander, nothing is said."
        case .rightHeading: "How right we were"
        case .noScores:
            "No predicted ticket has ended yet. Each prediction is kept as it was said, and marked when its ticket ends."
        case .month: "Month"
        case .ended: "Predictions marked"
        case .meanError: "Mean error"
        case .naiveError: "The median would have erred by"
        case .inRange: "Within the range"
        case .missed: "Targets missed"
        case .expected: "Expected"
        case .calibrationHeading: "Chances said, and what came"
        case .calibrationNote: "On the line, what was said came just as often. Bars are 95 % intervals."
        case .said: "Chance said"
        case .came: "Share that came"
        case .measuresHeading: "Measures that near their target"
        case .noMeasures:
            "No measure with a target is on its way past it, as far as eight weeks ahead can be told. Targets are set under Settings."
        case .measure: "Measure"
        case .target: "Target"
        case .crossing: "Passed about"
        case .beyond: "not within eight weeks"
        case .cardHeading: "Everything that was foreseen"
        case .openMomentum: "See the same score-card beside the improvement work"
        }
    }

    func line(_ line: PredictionLine) -> String {
        let f = figures
        switch line {
        case .lead(let open, let missed, let likely):
            return
                "Of \(counted(open, f, "open ticket", "open tickets")), \(f.count(missed)) \(missed == 1 ? "is" : "are") past the target already and \(f.count(likely)) more will probably miss it."
        case .right(let s):
            return
                "Over \(counted(s.count, f, "prediction", "predictions")) the mean error was \(time(s.error)); saying the median each time would have erred by \(time(s.naiveError)). \(f.percent(Double(s.inRange) / Double(s.count))) ended within their range, where 80 % should."
        case .calibration(let error, let judged):
            return "Over \(f.count(judged)) chances, what was said lies \(f.percent(error)) from what came, on average."
        case .silent(let kind, let known, let needed):
            return "\(kind): only \(f.count(known)) have ended; \(f.count(needed)) are needed."
        case .leftOut(let traits):
            return
                "Not used, because it is filled in when tickets end: \(traits.map { trait($0).lowercased() }.joined(separator: ", "))."
        case .made(let when):
            return "Learned from this organisation’s own tickets, as each stood at the time; the data end \(when)."
        case .shown(let count, let all): return "The first \(f.count(count)) of \(f.count(all)) are shown."
        case .by(let chance, let day): return "\(f.percent(chance)) by \(f.date(day))"
        case .help(let deed, let chance, let hours):
            let what =
                switch deed {
                case .assign: "Give it to a person"
                case .touch: "Take it up again today"
                }
            return chance.map { "\(what): \(f.percent($0))" } ?? "\(what): \(time(hours))"
        }
    }

    private func time(_ hours: Double) -> String { Words(.en).timeLeft(hours) }

    func shortHours(_ hours: Double) -> String { "\(figures.number(hours, decimals: hours < 10 ? 1 : 0)) h" }
    func yesNo(_ yes: Bool) -> String { yes ? "yes" : "no" }

    func trait(_ trait: TicketTrait) -> String {
        switch trait {
        case .priority: "Priority"
        case .category: "Category"
        case .subcategory: "Subcategory"
        case .service: "Service"
        case .group: "Group"
        case .location: "Location"
        case .channel: "Channel"
        case .segment: "Segment"
        case .requester: "Requester"
        case .state: "State"
        case .age: "Age"
        case .idle: "Time since the last change"
        case .untilDue: "Time until due"
        case .moves: "Moves between groups"
        case .changes: "Changes so far"
        case .isAssigned: "Given to a person"
        case .hour: "Hour opened"
        case .weekday: "Day opened"
        }
    }
}
