import Measures
import Records
import Signals
import Statistics

/// The three questions that are answered every week.
public enum Question: String, CaseIterable, Sendable, Codable {
    case incidentsFallen, unauthorisedRising, suggestionsDeclining
}

public enum Answer: String, CaseIterable, Sendable, Codable { case yes, no, cannotTell }

/// What an answer rests on.
public enum Grounds: Sendable, Hashable, Codable {
    /// Falls in incidents that nothing on record explains, the largest first; by the ids of their signals.
    case unexplained(signals: [String], largest: Estimate, slice: Slice, since: Day)
    /// Every fall has a cause.
    case allExplained(falls: Int)
    case noFall(weeks: Int)
    /// The figure moved: a rate a week or a share, now against before.
    case moved(RateRatio)
    case steady(RateRatio)
    /// It may be moving, and it is too early to be sure; or the data are too few to rule out a doubling or a halving.
    case unsure(RateRatio)
    /// There were none in all of so many cases.
    case none(of: Int)
    case noIncidents
    /// The tickets do not say.
    case notRecorded
    case tooFewWeeks(known: Int, need: Int)
}

/// One question, answered for one week.
public struct WeeklyAnswer: Sendable, Hashable, Codable {
    public var question: Question
    /// Monday to Sunday.
    public var week: Period
    public var answer: Answer
    public var grounds: Grounds

    public init(question: Question, week: Period, answer: Answer, grounds: Grounds) {
        self.question = question
        self.week = week
        self.answer = answer
        self.grounds = grounds
    }
}

/// A count over some exposure, week by week.
public struct WeeklyCounts: Sendable, Equatable {
    public var weeks: [Period]
    public var counts: [Double]
    public var exposures: [Double]

    public init(weeks: [Period], counts: [Double], exposures: [Double]) {
        precondition(weeks.count == counts.count && counts.count == exposures.count, "One count and exposure a week")
        self.weeks = weeks
        self.counts = counts
        self.exposures = exposures
    }

    /// Not a number where nothing was exposed.
    public var rates: [Double] { zip(counts, exposures).map { $1 > 0 ? $0 / $1 : .nan } }
}

/// Standard errors from which on a move is told. The question is asked every week, over weeks that overlap: at 2.6 such errors
/// eight of a hundred made-up years of five suggestions a week brought a false alarm, at three four of four hundred.
private let movedMin = 3.0
/// Weeks compared, and the least number before them.
public let questionWeeks = 13

/// Have incidents fallen for no reason?
/// - Parameters:
///   - weeks: Whole weeks that were searched; nil where no search was made.
///   - since: Falls that began earlier than this are history, not news.
public func answerIncidents(_ shifts: [Shift], week: Period, weeks: Int?, since: Day) -> WeeklyAnswer {
    func answer(_ answer: Answer, _ grounds: Grounds) -> WeeklyAnswer {
        WeeklyAnswer(question: .incidentsFallen, week: week, answer: answer, grounds: grounds)
    }
    guard let weeks else { return answer(.cannotTell, .noIncidents) }
    guard weeks >= 8 else { return answer(.cannotTell, .tooFewWeeks(known: weeks, need: 8)) }
    let falls = shifts.filter { $0.isFall && $0.signal.at >= since }
    let unexplained = falls.filter { !$0.isExplained }.sorted {
        ($0.signal.relative.estimate, $0.id) < ($1.signal.relative.estimate, $1.id)
    }
    if let first = unexplained.first?.signal {
        return answer(
            .yes,
            .unexplained(
                signals: unexplained.map(\.id), largest: first.relative, slice: first.slice, since: first.at))
    }
    return answer(.no, falls.isEmpty ? .noFall(weeks: weeks) : .allExplained(falls: falls.count))
}

/// Are unauthorised changes rising?
/// - Parameters:
///   - counts: Unauthorised changes of those of which it is known, by week.
///   - isSignalled: The search of all series found the share rising.
public func answerUnauthorised(_ counts: WeeklyCounts, week: Period, isSignalled: Bool) -> WeeklyAnswer {
    func answer(_ answer: Answer, _ grounds: Grounds) -> WeeklyAnswer {
        WeeklyAnswer(question: .unauthorisedRising, week: week, answer: answer, grounds: grounds)
    }
    let known = counts.exposures.reduce(0, +)
    guard known > 0 else { return answer(.cannotTell, .notRecorded) }
    let need = 2 * questionWeeks
    guard counts.weeks.count >= need else {
        return answer(.cannotTell, .tooFewWeeks(known: counts.weeks.count, need: need))
    }
    guard let ratio = RateRatio(counts: counts.counts, exposures: counts.exposures, recent: questionWeeks) else {
        let none = counts.counts.allSatisfy { $0 == 0 }
        return none ? answer(.no, .none(of: Int(known))) : answer(.cannotTell, .notRecorded)
    }
    if isSignalled || ratio.z >= movedMin { return answer(.yes, .moved(ratio)) }
    return ratio.ratio.low <= 1 && ratio.ratio.high < 2
        ? answer(.no, .steady(ratio)) : answer(.cannotTell, .unsure(ratio))
}

/// Are there fewer suggestions?
/// - Parameters:
///   - counts: Suggestions by week; the exposure is the number of people, or 1.
///   - isSignalled: The watch over the programme's figures found that they fade.
public func answerSuggestions(_ counts: WeeklyCounts, week: Period, isSignalled: Bool) -> WeeklyAnswer {
    func answer(_ answer: Answer, _ grounds: Grounds) -> WeeklyAnswer {
        WeeklyAnswer(question: .suggestionsDeclining, week: week, answer: answer, grounds: grounds)
    }
    guard counts.counts.contains(where: { $0 > 0 }) else { return answer(.cannotTell, .notRecorded) }
    let need = 2 * questionWeeks
    guard counts.weeks.count >= need,
        let ratio = RateRatio(counts: counts.counts, exposures: counts.exposures, recent: questionWeeks)
    else { return answer(.cannotTell, .tooFewWeeks(known: counts.weeks.count, need: need)) }
    if isSignalled || ratio.z <= -movedMin { return answer(.yes, .moved(ratio)) }
    return ratio.ratio.high >= 1 && ratio.ratio.low > 0.5
        ? answer(.no, .steady(ratio)) : answer(.cannotTell, .unsure(ratio))
}
