import Records

/// Hours that a department gave an improvement on a day. It says nothing of who.
public struct TimeSpent: Sendable, Hashable, Codable {
    /// The action it went into; nil for the improvement as a whole.
    public var action: Int?
    /// Below 0 takes back what was written down by mistake.
    public var hours: Double
    public var on: Day
    /// Empty where nobody has said.
    public var department: String

    public init(action: Int? = nil, hours: Double, on day: Day, department: String = "") {
        self.action = action
        self.hours = hours
        on = day
        self.department = department
    }

    /// More than a month of one person in a single line is a slip of the hand.
    public static let hoursMax = 200.0
}

extension Improvement {
    /// All hours so far.
    public var hoursSpent: Double { spent.reduce(0) { $0 + $1.hours } }

    /// A line of hours, if it is one: what is taken back was there before.
    func checked(_ time: TimeSpent) throws(LifeCycleError) -> TimeSpent {
        guard time.hours.isFinite, time.hours != 0, time.hours.magnitude <= TimeSpent.hoursMax else {
            throw .outOfRange
        }
        if let action = time.action, !rounds.contains(where: { $0.actions.contains { $0.id == action } }) {
            throw .noSuchAction(action)
        }
        let before = spent.filter { $0.department == time.department && $0.action == time.action }
        guard before.reduce(time.hours, { $0 + $1.hours }) >= -1e-9 else { throw .outOfRange }
        return time
    }
}
