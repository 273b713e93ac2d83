import Measures
import Records

/// The phrases of the pages of answers, suggestions and readings.
public enum FeedbackPhrase: String, CaseIterable, Sendable {
    case feedback, feedbackQuestion, readings, readingsQuestion
    case noFeedback, noReadings, latestComments, latestAnswers, noComments, suggestions, noSuggestions
    case votes, score, comment, survey, device, quantity, suggestion, answeredAt, measuredAt, madeAt, source
    case byWhom, noScore, openFeedback, marginNote, trend, comparison, given, thisMeasureOnly
    case rejectNoTime, rejectTime, rejectNumber, rejectScale, rejectName, rejectUnit
}

/// The sentences of those pages that have figures in them.
public enum FeedbackLine: Sendable {
    /// How many records a figure of a measure rests on.
    case records(Int, Measure)
    /// Of those asked, so many gave a score.
    case answered(Int, of: Int, over: Period)
    /// A measure over some days with its 95 % interval.
    case standing(Measure, value: String, range: String, over: Period)
    /// The same where there are too few answers for an interval.
    case standingAlone(Measure, value: String, over: Period)
    /// The figures of the period before.
    case before(value: String, over: Period)
    /// What must be said before a file can be read: columns by the words of `--map`, or a scale.
    case columnNotFound(String, String)
    case columnsMissing([String], String)
    case scaleUnknown(String, least: Double, most: Double, String)
    /// Only the first so many are shown.
    case shown(Int)
}

extension Words {
    public func callAsFunction(_ phrase: FeedbackPhrase) -> String {
        switch language {
        case .en: English().phrase(phrase)
        case .da: Danish().phrase(phrase)
        case .zh: Chinese().phrase(phrase)
        }
    }

    public func text(_ line: FeedbackLine) -> String {
        switch language {
        case .en: English().line(line)
        case .da: Danish().line(line)
        case .zh: Chinese().line(line)
        }
    }

    /// How many records are behind a figure: “212 tickets”, “37 answers”.
    public func records(_ count: Int, of measure: Measure) -> String {
        measure.kind == nil ? text(.records(count, measure)) : text(.tickets(count))
    }
}

extension Words {
    /// What a measure's figures are made of, as a heading.
    public func recordsBehind(_ measure: Measure) -> String {
        switch measure.records {
        case .tickets: self(.ticketsBehind)
        case .surveys: self(.given)
        case .suggestions: self(.suggestions)
        case .readings: self(.readings)
        }
    }
}
