import Records

// What to do when a sign fires. Each sign has a few plays, the easiest first; which one was chosen, by whom and when is kept,
// and the weeks that follow say whether the sign went away. The words are in Languages.

/// Something that says that the improvement work is losing its spirit.
public enum Sign: Hashable, Sendable, Codable {
    case question(Question)
    case fading(MomentumMeasure)
    case policy(Int64)

    /// The word in the store and in JSON: `question.suggestionsDeclining`, `fading.contributors`, `policy.3`.
    public var word: String {
        switch self {
        case .question(let question): "question.\(question.rawValue)"
        case .fading(let measure): "fading.\(measure.rawValue)"
        case .policy(let id): "policy.\(id)"
        }
    }

    /// Reads what `word` writes; nil for anything else.
    public init?(word: some StringProtocol) {
        let parts = word.split(separator: ".", maxSplits: 1).map { String($0) }
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "question":
            guard let question = Question(rawValue: parts[1]) else { return nil }
            self = .question(question)
        case "fading":
            guard let measure = MomentumMeasure(rawValue: parts[1]) else { return nil }
            self = .fading(measure)
        case "policy":
            guard let id = Int64(parts[1]) else { return nil }
            self = .policy(id)
        default: return nil
        }
    }

    /// What can be done about it, the easiest first.
    public var plays: [Play] {
        switch self {
        case .question(.incidentsFallen): [.askWhoRecords, .compareWithTelephone, .explainTheFall]
        case .question(.unauthorisedRising): [.askWhyAround, .makeStandardChanges, .talkToTeam]
        case .question(.suggestionsDeclining), .fading(.suggestionsPerHead):
            [.answerOldSuggestions, .askOneQuestion, .showAWin]
        case .fading(.contributors), .fading(.departments): [.inviteATeam, .showAWin, .pairUp]
        case .fading(.opened), .fading(.prevention): [.startSmall, .askOneQuestion, .lookAhead]
        case .fading(.finished), .fading(.acceptedToDone), .fading(.age): [.limitWork, .clearRoadblocks, .stopOne]
        case .fading(.touched), .fading(.overdueActions): [.weeklyQuarter, .stopOne, .moveDates]
        case .fading(.evaluatedOnTime): [.evaluateNow, .setReminder]
        case .fading(.gainsHeld): [.nextRound, .checkStandard]
        case .fading(.ownerLoad): [.shareLoad, .limitWork]
        case .fading(.timeUsed): [.bookTime, .limitWork]
        case .policy: [.askWhyAround, .talkToTeam, .changeRule]
        }
    }
}

/// A way to answer a sign. Raw values are kept in stores.
public enum Play: String, CaseIterable, Sendable, Codable {
    case askWhoRecords, compareWithTelephone, explainTheFall, askWhyAround, makeStandardChanges, talkToTeam
    case answerOldSuggestions, askOneQuestion, showAWin, inviteATeam, pairUp, startSmall, lookAhead
    case limitWork, clearRoadblocks, stopOne, weeklyQuarter, moveDates, evaluateNow, setReminder
    case nextRound, checkStandard, shareLoad, bookTime, changeRule
}

/// What somebody did about a sign.
public struct Response: Sendable, Hashable, Codable {
    public var sign: Sign
    /// Nil where they did something of their own.
    public var play: Play?
    public var note: String
    public var by: String
    public var at: Moment

    public init(sign: Sign, play: Play?, note: String, by: String, at: Moment) {
        self.sign = sign
        self.play = play
        self.note = note
        self.by = by
        self.at = at
    }
}

/// What became of a sign after somebody responded.
public enum Aftermath: Sendable, Hashable {
    /// The first week in which it was gone.
    case gone(week: Period)
    case stillThere(weeks: Int)
    /// No week has passed since, or none could be judged.
    case tooEarly
}

/// Whether a sign went away after a response.
/// - Parameter answers: What was said of the sign in each week, oldest first: whether it was there, nil where nobody could tell.
public func aftermath(of day: Day, answers: [(week: Period, isThere: Bool?)]) -> Aftermath {
    let later = answers.filter { $0.week.first > day }
    if let gone = later.first(where: { $0.isThere == false }) { return .gone(week: gone.week) }
    let there = later.count { $0.isThere == true }
    return there > 0 ? .stillThere(weeks: there) : .tooEarly
}
