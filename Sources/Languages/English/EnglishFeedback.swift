import Measures
import Records

// The pages of answers, suggestions and readings.
extension English {
    func phrase(_ phrase: FeedbackPhrase) -> String {
        switch phrase {
        case .feedback: "Feedback"
        case .feedbackQuestion: "What do people say about us, and how many said it?"
        case .readings: "Readings"
        case .readingsQuestion: "Which readings is the figure made of?"
        case .noFeedback:
            "There are no answers and no suggestions yet. Hand in a file of survey answers or suggestions on Sources."
        case .noReadings: "There are no readings here. Hand in a file of readings on Sources."
        case .latestComments: "The latest comments"
        case .latestAnswers: "The answers behind the figure"
        case .noComments: "Nobody has written a comment."
        case .suggestions: "Suggestions"
        case .noSuggestions: "Nobody has made a suggestion yet."
        case .votes: "Votes"
        case .score: "Score"
        case .comment: "Comment"
        case .survey: "Survey"
        case .device: "Device"
        case .quantity: "Quantity"
        case .suggestion: "Suggestion"
        case .answeredAt: "Answered"
        case .measuredAt: "Measured"
        case .madeAt: "Made"
        case .source: "From"
        case .byWhom: "By"
        case .noScore: "no score"
        case .openFeedback: "See what people say"
        case .marginNote:
            """
            The margin of error is a 95 % interval for all who could have answered alike; it says nothing of those who \
            did not answer.
            """
        case .trend: "Week by week"
        case .comparison: "By part"
        case .given: "Answers"
        case .thisMeasureOnly: "Only the answers that this measure counts"
        case .rejectNoTime: "The row does not say when."
        case .rejectTime: "The time of the row cannot be read."
        case .rejectNumber: "A number of the row cannot be read."
        case .rejectScale: "The score does not stand on a known scale."
        case .rejectName: "The row does not say what it is about."
        case .rejectUnit: "The quantity is known in another unit."
        }
    }

    func line(_ line: FeedbackLine) -> String {
        let f = figures
        switch line {
        case .records(let n, let measure):
            let one = n == 1
            return switch measure.records {
            case .surveys: n == 0 ? "No answers" : one ? "1 answer" : "\(f.count(n)) answers"
            case .suggestions: n == 0 ? "No suggestions" : one ? "1 suggestion" : "\(f.count(n)) suggestions"
            case .readings: n == 0 ? "No readings" : one ? "1 reading" : "\(f.count(n)) readings"
            case .tickets: n == 0 ? "No tickets" : one ? "1 ticket" : "\(f.count(n)) tickets"
            }
        case .answered(let n, let all, let period):
            return """
                \(f.count(n)) of \(f.count(all)) gave a score (\(f.percent(Double(n) / Double(max(1, all))))), \
                \(f.range(period.first, period.last)).
                """
        case .standing(let measure, let value, let range, let period):
            return "\(label(measure)): \(value) (\(range)), \(f.range(period.first, period.last))."
        case .standingAlone(let measure, let value, let period):
            return "\(label(measure)): \(value), \(f.range(period.first, period.last)); too few answers for a margin."
        case .before(let value, let period):
            return "In the same number of days before (\(f.range(period.first, period.last))) it was \(value)."
        case .columnNotFound(let column, let file): return "\(file) has no column “\(column)”."
        case .columnsMissing(let fields, let file):
            return "In \(file) no column was recognised for: \(fields.joined(separator: ", ")). Rename the columns."
        case .scaleUnknown(let column, let least, let most, let file):
            return """
                In \(file) the scores of the column “\(column)” lie between \(f.number(least)) and \(f.number(most)), and \
                nothing says on which scale. Add the columns scale_low and scale_high.
                """
        case .shown(let n): return "The latest \(f.count(n)) are shown."
        }
    }
}
