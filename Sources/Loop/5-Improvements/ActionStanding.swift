import Records

/// Where an action stands on a day.
public enum ActionStanding: Sendable, Hashable {
    case done(on: Day)
    /// No day was set.
    case toDo
    case due(on: Day)
    /// The day has passed: so many days ago.
    case overdue(since: Day, days: Int)
}

extension Round {
    /// Where an action stands. One that returns is due so many days after it was done last, whether that was early or late: a
    /// standing check looks at what has happened since the one before.
    public func standing(of action: Action, asOf day: Day) -> ActionStanding {
        if action.everyDays == nil, let done = action.doneOn { return .done(on: done) }
        guard let due = nextDue(action) else { return .toDo }
        return due < day ? .overdue(since: due, days: day - due) : .due(on: due)
    }

    /// When an action is due next; nil when it is done, or no day was set.
    public func nextDue(_ action: Action) -> Day? {
        guard let days = action.everyDays else { return action.doneOn == nil ? action.due : nil }
        return doneDays[action.id]?.last.map { $0 + days } ?? action.due
    }

    /// How often an action that returns was done in time: done within its days after the time before.
    /// - Returns: Nil for an action that is done once, or has not been due twice.
    public func punctuality(of action: Action) -> (inTime: Int, of: Int)? {
        guard let days = action.everyDays, let done = doneDays[action.id], done.count > 1 else { return nil }
        let gaps = zip(done, done.dropFirst()).map { $1 - $0 }
        return (gaps.count { $0 <= days }, gaps.count)
    }
}

/// An action with the improvement it belongs to.
public struct OpenAction: Sendable, Hashable {
    public var improvement: ID<Improvement>
    public var title: String
    public var action: Action
    public var standing: ActionStanding
}

/// What is to be done in all improvements that are under way: overdue ones first, the oldest day first, then those without a
/// day. Improvements on hold and closed ones ask for nothing.
public func openActions(of all: [NumberedImprovement], asOf day: Day) -> [OpenAction] {
    var open: [(due: Day?, place: Int, action: OpenAction)] = []
    for (id, improvement) in all where improvement.state == .active {
        for action in improvement.round.actions {
            let standing = improvement.round.standing(of: action, asOf: day)
            if case .done = standing { continue }
            open.append(
                (
                    improvement.round.nextDue(action), open.count,
                    OpenAction(improvement: id, title: improvement.title, action: action, standing: standing)
                ))
        }
    }
    let last = Day(number: .max)
    return open.sorted { ($0.due ?? last, $0.place) < ($1.due ?? last, $1.place) }.map(\.action)
}
