import Evaluations
import Improvements
import Languages
import Records

// What stands in the way, and what was done with the data, in the words of whoever reads.

extension Words {
    func told(problem: FormProblem) -> String {
        switch problem {
        case .fill(let label): told(.fill(say(label)))
        case .notNumber(let text): told(.notNumber(text))
        case .notDate(let text): told(.notDate(text))
        case .outside(let label, let low, let high): told(.outside(say(label), low: low, high: high))
        case .tooLong(let label, let most): told(.tooLong(say(label), most: most))
        case .unknown(let text): told(.unknownChoice(text))
        }
    }

    func told(why: Unjudged) -> String {
        switch why {
        case .noPlan: told(.refused(.noPlan))
        case .sealBroken: say(.sealBroken)
        case .notLive: say(.nextLive)
        case .liveBeforePlan(let live, let frozen): told(.liveBeforePlan(live: live, frozen: frozen))
        case .unknownMeasure(let id): told(.unknownMeasure(id))
        case .noData: told(.noData)
        case .baselineTooShort(let days, let need): told(.baselineTooShort(days: days, need: need))
        case .reviewOutOfRange(let weeks, let from, let through):
            told(.reviewOutOfRange(weeks: weeks, from: from, through: through))
        case .baselineTooLong(let days, let most): told(.baselineTooLong(days: days, most: most))
        case .tooEarly(let until): told(.verdictDue(until))
        }
    }

    /// What was done with the data before they were judged.
    func told(note: EvaluationNote) -> String {
        switch note {
        case .closedWeekdays(let days): told(.closedWeekdays(days))
        case .holidaysLeftOut(let count): told(.holidaysLeftOut(count))
        case .gaps(let count): told(.gapDays(count))
        case .stillOpen(let days): told(.stillOpenDays(days))
        case .settling(let days): told(.settlingDays(days))
        case .betweenBaselineAndStart(let days): told(.betweenDays(days))
        case .placesTogether(let count): told(.placesTogether(count))
        case .controlWentLive(let slice), .controlWithoutData(let slice):
            told(.controlLost(slice.parts.map(\.value).joined(separator: ", ")))
        case .dataEnd(let day): told(.dataEnd(day))
        }
    }
}
