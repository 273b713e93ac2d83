import Records
import Signals
import Statistics

/// What somebody wrote: a comment of a survey, or a complaint.
public struct CommentText: Sendable, Equatable {
    public var text: String
    public var at: Moment
    /// The ticket it is about, by number; empty for none.
    public var ticket: String
    public var isComplaint: Bool

    public init(text: String, at: Moment, ticket: String, isComplaint: Bool) {
        self.text = text
        self.at = at
        self.ticket = ticket
        self.isComplaint = isComplaint
    }
}

/// What some of the latest comments are about, and how they feel.
public struct CommentTheme: Sendable, Hashable, Codable, Identifiable {
    public struct Example: Sendable, Hashable, Codable {
        public var text: String
        public var ticket: String
        public var isComplaint: Bool

        public init(text: String, ticket: String, isComplaint: Bool) {
            self.text = text
            self.ticket = ticket
            self.isComplaint = isComplaint
        }
    }

    /// Its strongest word.
    public var id: String
    public var words: [String]
    public var count: Int
    /// From −1 to 1, with its 95 % interval; errors in reading are not in it.
    public var feeling: Estimate?
    /// How many are positive, mixed, negative, and how many say no feeling.
    public var positive: Int
    public var mixed: Int
    public var negative: Int
    public var none: Int
    public var examples: [Example]
    /// Of the last four weeks, and of the twelve before.
    public var recent: Int
    public var earlier: Int
    /// The chance of so many in the last four weeks or more, if its comments came as all comments did.
    public var chance: Double
    /// It grows beyond chance, now or when this was first said.
    public var isGrowing: Bool

    public init(
        id: String, words: [String], count: Int, feeling: Estimate?, positive: Int, mixed: Int, negative: Int,
        none: Int, examples: [Example], recent: Int, earlier: Int, chance: Double, isGrowing: Bool
    ) {
        self.id = id
        self.words = words
        self.count = count
        self.feeling = feeling
        self.positive = positive
        self.mixed = mixed
        self.negative = negative
        self.none = none
        self.examples = examples
        self.recent = recent
        self.earlier = earlier
        self.chance = chance
        self.isGrowing = isGrowing
    }
}

/// The themes of the latest comments, as of their last day.
public struct ThemeReview: Sendable, Hashable, Codable {
    public var asOf: Day
    public var comments: Int
    public var withoutTheme: Int
    public var feeling: Estimate?
    public var themes: [CommentTheme]
    /// How often it was decided what grows.
    public var looks: Int
    /// What the comments were when this was made: nothing new, nothing to do.
    public var seen: String

    public init(
        asOf: Day, comments: Int, withoutTheme: Int, feeling: Estimate?, themes: [CommentTheme], looks: Int,
        seen: String
    ) {
        self.asOf = asOf
        self.comments = comments
        self.withoutTheme = withoutTheme
        self.feeling = feeling
        self.themes = themes
        self.looks = looks
        self.seen = seen
    }
}

/// Themes of what people write.
public protocol ThemeStore: Sendable {
    /// Comments of surveys and complaints, the latest first.
    func comments(limit: Int) async throws -> [CommentText]
    func themeReview() async throws -> ThemeReview?
    /// Puts themes and the findings about them in place of the earlier.
    func save(_ review: ThemeReview, signals: [Signal]) async throws
}
