import Gains
import Improvements
import Records
import Statistics

/// Sentences with figures of the pages on which people carry the cycle. Each language writes the whole of each.
public enum CycleLine: Sendable, Hashable {
    /// How many of the proven gains still hold, and how long half of them do.
    case heldGains(HeldGains)
    case duplicates(Int)
    case handoffs(days: Int, open: Int)
    /// What was expected and did not come; the kind in the plural of the reader's language.
    case prevented(Estimate, kind: String, Period)
    case preventedInAll(Estimate, rounds: Int)
    case inTime(Int, of: Int)
    case votes(Int)
    /// It became an improvement that is in a step.
    case fateUnderWay(step: String)
    case quieted(came: Int, judged: Int, share: Estimate)
    case approvalRule(effort: String, hours: Double, roles: [String])
    case time(promised: Double, used: Double)
    case pulseNow(Estimate, count: Int)
    case sheetHasNoTitle(found: [String])
    case sheetIsTooLong(most: Int)
    /// The thanks of somebody, who may be nameless, to a team or to somebody of it.
    case thanked(by: String, team: String, person: String)
    /// Of the rounds with a verdict, those that worked.
    case workEffective(worked: Int, judged: Int)
    case workEfficient(hours: Double, finished: Int)
    case workEconomical(hoursPerMonth: Double, spent: Double)
    case servicesEffective(kept: Double, count: Int)
    case servicesEfficient(hours: Double, count: Int)
    case servicesEconomical(cost: Double, currency: String)
    case notRecorded
    /// Tickets a week now, and some weeks ahead.
    case workAhead(now: Double, ahead: Estimate, weeks: Int)
    case suggestionsShown(Int, challenges: Int)
}

extension Words {
    public func cycle(_ line: CycleLine) -> Sentence {
        switch language {
        case .en: English.cycle(line, figures)
        case .da: Danish.cycle(line, figures)
        case .zh: Chinese.cycle(line, figures)
        }
    }

    /// The same as plain text.
    public func cycled(_ line: CycleLine) -> String { cycle(line).text(in: language) }

    public func name(of question: PulseQuestion) -> String {
        switch question {
        case .pace: cycle(.pulsePace)
        case .worth: cycle(.pulseWorth)
        case .heard: cycle(.pulseHeard)
        }
    }

    /// What an answer from 1 to 5 means.
    public func pulseAnswer(_ value: Int) -> String {
        let phrases: [CyclePhrase] = [.pulse1, .pulse2, .pulse3, .pulse4, .pulse5]
        return phrases.indices.contains(value - 1) ? cycle(phrases[value - 1]) : String(value)
    }

    /// What has become of a suggestion, in a few words.
    public func told(_ fate: SuggestionFate) -> String {
        switch fate {
        case .received: cycle(.fateReceived)
        case .answered: cycle(.fateAnswered)
        case .declined: cycle(.fateDeclined)
        case .underWay(_, let step): cycled(.fateUnderWay(step: name(of: step)))
        case .worked: cycle(.fateWorked)
        case .ended: cycle(.fateEnded)
        }
    }
}
