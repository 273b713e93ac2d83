import Improvements
import Records

// What people say to one another about the work: thanks, votes, answers to suggestions.

/// One person's thanks to a team, or to someone of it who may be named.
public struct Thanks: Sendable, Hashable, Identifiable {
    public var id: Int64
    public var at: Moment
    /// Who thanks; empty for somebody who does not want to be named.
    public var by: String
    public var team: String
    /// Somebody of the team who has said that they may be named; empty for the team as a whole.
    public var person: String
    public var text: String
    /// The improvement it is about.
    public var improvement: Int64?

    public init(
        id: Int64 = 0, at: Moment, by: String, team: String, person: String = "", text: String,
        improvement: Int64? = nil
    ) {
        self.id = id
        self.at = at
        self.by = by
        self.team = team
        self.person = person
        self.text = text
        self.improvement = improvement
    }

    /// A few sentences, not a letter.
    public static let lettersMax = 500
}

/// What is known of a suggestion beyond its words.
public struct SuggestionNote: Sendable, Hashable {
    /// It questions something that has always been done that way.
    public var isChallenge: Bool
    /// What was told back to whoever suggested it; empty as long as nobody has answered in words.
    public var answer: String
    public var answeredBy: String
    public var answeredAt: Moment?
    /// It was answered that it will not be taken up.
    public var isDeclined: Bool
    /// A secret address tells the one who suggested it without an account what becomes of it.
    public var hasAddress: Bool

    public init(
        isChallenge: Bool = false, answer: String = "", answeredBy: String = "", answeredAt: Moment? = nil,
        isDeclined: Bool = false, hasAddress: Bool = false
    ) {
        self.isChallenge = isChallenge
        self.answer = answer
        self.answeredBy = answeredBy
        self.answeredAt = answeredAt
        self.isDeclined = isDeclined
        self.hasAddress = hasAddress
    }
}

/// How many of the people here want a suggestion, and whether the reader does.
public struct SuggestionVotes: Sendable, Hashable {
    public var count: Int
    public var isMine: Bool

    public init(count: Int = 0, isMine: Bool = false) {
        self.count = count
        self.isMine = isMine
    }
}

/// What has become of a suggestion.
public enum SuggestionFate: Sendable, Hashable {
    case received
    case answered
    case declined
    /// It became an improvement that is under way.
    case underWay(Int64, Step)
    case worked(Int64)
    /// Ended without proof that it worked.
    case ended(Int64)

    /// - Parameter improvement: What it became, with its number; what was merged goes on in the other.
    public init(_ note: SuggestionNote?, _ improvement: NumberedImprovement?) {
        if let (id, one) = improvement {
            if one.rounds.contains(where: { $0.judgement?.verdict == .worked }) {
                self = .worked(id.value)
            } else if case .closed = one.state {
                self = .ended(id.value)
            } else {
                self = .underWay(id.value, one.round.step)
            }
        } else if let note, note.isDeclined {
            self = .declined
        } else {
            self = note?.answeredAt == nil ? .received : .answered
        }
    }
}

/// What a suggestion has become: the improvement that came of it, or the one that this was merged into.
public func improvement(ofSuggestion id: Int64, in all: [NumberedImprovement]) -> NumberedImprovement? {
    guard var found = all.last(where: { $0.improvement.origin == .suggestion(id: id) }) else { return nil }
    var hops = 0
    while let next = found.improvement.mergedInto, hops < all.count,
        let other = all.first(where: { $0.id.value == next })
    {
        found = other
        hops += 1
    }
    return found
}

/// A standing duty that is kept without anybody noticing.
public struct QuietWork: Sendable, Hashable {
    public var improvement: ID<Improvement>
    public var title: String
    /// The department, or the empty word where none was named.
    public var department: String
    public var text: String
    public var inTime: Int
    public var of: Int
}

/// Fewer times than this is no habit yet.
private let quietTimesMin = 4

/// Actions that return and were done in time, nine times of ten or more: what keeps gains from slipping, and is never news.
/// Departments, not people; the longest habit first.
public func quietMaintainers(of all: [NumberedImprovement]) -> [QuietWork] {
    var found: [QuietWork] = []
    for (id, improvement) in all where improvement.mergedInto == nil {
        for action in improvement.round.actions {
            guard let (inTime, of) = improvement.round.punctuality(of: action), of >= quietTimesMin,
                10 * inTime >= 9 * of
            else { continue }
            found.append(
                QuietWork(
                    improvement: id, title: improvement.title, department: action.department, text: action.text,
                    inTime: inTime, of: of))
        }
    }
    return found.sorted { ($1.of, $0.improvement.value) < ($0.of, $1.improvement.value) }
}
