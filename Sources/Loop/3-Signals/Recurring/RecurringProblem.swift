import Measures
import Records
import Statistics

/// Incidents that tell of the same trouble again and again, and what is known of it.
public struct RecurringProblem: Sendable, Hashable, Codable, Identifiable {
    /// The number of its group; it never changes.
    public var id: Int64
    /// The words that set its incidents apart, the strongest first.
    public var words: [String]
    /// Incidents in all.
    public var size: Int
    public var first: Day
    public var last: Day
    /// Incidents a month, the last being the month of the latest incident of all; two years at most.
    public var months: [Int]
    /// The first day of the first of these months.
    public var firstMonth: Day
    /// Days on which it came back, the first of each spell; how often it came.
    public var spells: Int
    /// The days that its figures are made of, at most half a year up to the last day of the data.
    public var window: Period
    /// Incidents of these days.
    public var recent: Int
    public var perMonth: Estimate
    /// The same in as many days before; nil where the data begin later.
    public var perMonthBefore: Estimate?
    /// Hours that people wait, a month; nil where no incident was resolved.
    public var hoursPerMonth: Estimate?
    /// Hours that people work on it, a month; nil unless most incidents say.
    public var workHoursPerMonth: Estimate?
    public var rhythm: Rhythm?
    /// Of incidents that say whether they were closed by a workaround, how many were.
    public var workarounds: Int
    public var workaroundsKnown: Int
    public var record: Record?
    public var changes: ChangesBefore?
    /// The scores that people gave for its incidents, beside those for the other incidents.
    public var satisfaction: Satisfaction?
    /// The chance that incidents of its category share so many words; strict for all groups together.
    public var chance: Double
    public var standing: Standing

    /// That it comes back in a rhythm.
    public struct Rhythm: Sendable, Hashable, Codable {
        /// Days from one return to the next: the middle, and between which eight of ten lie.
        public var everyDays: Estimate
        public var p: Double
        public var next: Day
        public var nextEarliest: Day
        public var nextLatest: Day
    }

    /// The problem record that its incidents name.
    public struct Record: Sendable, Hashable, Codable {
        public var number: String
        /// Incidents that name it.
        public var incidents: Int
        /// Nil when the store has no problem of this number.
        public var status: String?
        public var endedOn: Day?
        /// Incidents that came after it had ended.
        public var after: Int

        public init(number: String, incidents: Int, status: String?, endedOn: Day?, after: Int) {
            self.number = number
            self.incidents = incidents
            self.status = status
            self.endedOn = endedOn
            self.after = after
        }
    }

    /// Changes made shortly before it came back.
    public struct ChangesBefore: Sendable, Hashable, Codable {
        /// Times it came back that a change on the same service came shortly before, and how many it would be by chance.
        public var followed: Int
        public var expected: Double
        /// The chance of so many or more when changes and returns have nothing to do with one another.
        public var chance: Double
        /// The latest of these changes, and changes that incidents name as their cause.
        public var numbers: [String]
    }

    /// Mean scores from 0 to 1, with their intervals.
    public struct Satisfaction: Sendable, Hashable, Codable {
        public var own: Estimate
        public var count: Int
        public var others: Estimate
        public var otherCount: Int
    }

    /// Where it stands. Raw values are kept in stores.
    public enum Standing: String, Sendable, Codable, CaseIterable {
        /// It keeps coming back, its words are beyond chance, and nobody has a problem record of it.
        case candidate
        /// It has a problem record that is worked on.
        case recorded
        /// Its problem record has ended, and it came back.
        case returned
        /// It has not come for some time.
        case quiet
        /// Its incidents share no more words than their category would by chance, or it came only once or twice.
        case ordinary
    }

    /// It is worth an improvement.
    public var isCandidate: Bool { standing == .candidate || standing == .returned }
}

/// An incident as far as a recurring problem asks.
public struct RecurringIncident: Sendable {
    public var opened: Day
    /// Hours until it was resolved; nil while it is open.
    public var hours: Double?
    public var workHours: Double?
    public var isWorkaround: Bool?
    public var problem: String
    public var causedBy: String
    public var service: String
    public var satisfaction: Double?

    public init(
        opened: Day, hours: Double?, workHours: Double?, isWorkaround: Bool?, problem: String, causedBy: String,
        service: String, satisfaction: Double?
    ) {
        self.opened = opened
        self.hours = hours
        self.workHours = workHours
        self.isWorkaround = isWorkaround
        self.problem = problem
        self.causedBy = causedBy
        self.service = service
        self.satisfaction = satisfaction
    }
}

/// A change as far as a recurring problem asks.
public struct ChangeMade: Sendable {
    public var number: String
    public var service: String
    public var day: Day

    public init(number: String, service: String, day: Day) {
        self.number = number
        self.service = service
        self.day = day
    }
}
