import Gains
import Records

/// Fixed phrases of the page of predictions.
public enum PredictionPhrase: CaseIterable, Sendable {
    case predictions, question, ticketsHeading, noTickets, ticket, chance, hoursLeft, why, help, pastTarget, noTarget
    case speaksFor, speaksAgainst, helpNote, rangeNote, devicesHeading, noDevices, device, limit, now, until, noTrend
    case mayNever, limitsNote, rightHeading, noScores, month, ended, meanError, naiveError, inRange, missed, expected
    case calibrationHeading, calibrationNote, said, came, cardHeading, openMomentum
    case measuresHeading, noMeasures, measure, target, crossing, beyond
}

/// Sentences of that page with figures in them.
public enum PredictionLine: Sendable {
    /// Open tickets with a prediction, those past their target, and those more likely than not to miss it.
    case lead(open: Int, missed: Int, likely: Int)
    case right(PredictionScore)
    case calibration(error: Double, judged: Int)
    case silent(String, known: Int, needed: Int)
    case leftOut([TicketTrait])
    case made(String)
    case shown(Int, of: Int)
    /// The chance that a measure passes its target by a day.
    case by(Double, Day)
    /// What a deed would change: the chance, or the hours.
    case help(TicketPrediction.Help.Deed, chance: Double?, hours: Double)
}

/// What a language must be able to say about predictions. Nothing falls back to another language.
protocol PredictionWording: Sendable {
    func phrase(_ phrase: PredictionPhrase) -> String
    func line(_ line: PredictionLine) -> String
    func trait(_ trait: TicketTrait) -> String
    func yesNo(_ yes: Bool) -> String
    func shortHours(_ hours: Double) -> String
}

extension Words {
    var predicting: any PredictionWording {
        switch language {
        case .en: English()
        case .da: Danish()
        case .zh: Chinese()
        }
    }

    /// A fixed phrase of the page of predictions.
    public func foreseen(_ phrase: PredictionPhrase) -> String { predicting.phrase(phrase) }
    public func foreseen(_ line: PredictionLine) -> String { predicting.line(line) }
    public func name(of trait: TicketTrait) -> String { predicting.trait(trait) }
    /// Hours below two days, days above.
    public func timeLeft(_ hours: Double) -> String {
        guard hours.isFinite else { return Figures.missing }
        return hours < 48 ? predicting.shortHours(hours) : days(hours / 24)
    }

    /// What a ticket shows of a trait that speaks for or against it: “Group: Network”.
    public func told(_ reason: TicketPrediction.Reason) -> String {
        let value: String
        switch reason.trait {
        case .age, .idle, .untilDue:
            value = reason.number.map { ($0 < 0 ? Figures.minus : "") + timeLeft($0.magnitude) } ?? Figures.missing
        case .isAssigned: value = predicting.yesNo(reason.number == 1)
        case .hour: value = reason.number.map { Int($0) < 10 ? "0\(Int($0)):00" : "\(Int($0)):00" } ?? Figures.missing
        case .weekday:
            // The first day of 1970 was a Thursday, weekday 3.
            value = reason.number.map { figures.weekday(Day(number: Int32($0) - 3)) } ?? Figures.missing
        case .moves, .changes: value = reason.number.map { figures.count(Int($0)) } ?? Figures.missing
        default: value = reason.name.isEmpty ? Figures.missing : reason.name
        }
        return labelled(name(of: reason.trait), value)
    }
}
