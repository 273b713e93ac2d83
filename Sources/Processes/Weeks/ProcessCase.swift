import Records

/// A ticket as one run through the process: the states it was in and the groups that held it, each since when.
///
/// Made from what the store keeps of every ticket: its moments, and the changes of its fields. Names are the codes of
/// whoever read the ticket.
public struct ProcessCase: Sendable, Equatable {
    /// A state or a group, and when it began, in seconds since 1970.
    public struct Step: Sendable, Hashable {
        public var name: UInt32
        public var at: Int64

        public init(_ name: UInt32, at: Int64) {
            self.name = name
            self.at = at
        }
    }

    public var openedAt: Int64
    /// When the work was done: the resolution, or the closing where no resolution is known. Nil while the ticket is open.
    public var endedAt: Int64?
    /// In order of time; no state twice in a row.
    public var states: [Step]
    public var groups: [Step]
    /// What is known of every ticket, whether its history is known or not: opened, first response, resolved, closed.
    public var milestones: [Step]

    public init(openedAt: Int64, endedAt: Int64?, states: [Step], groups: [Step] = [], milestones: [Step] = []) {
        self.openedAt = openedAt
        self.endedAt = endedAt
        self.states = states
        self.groups = groups
        self.milestones = milestones
    }

    /// - Returns: Nil for a ticket that was withdrawn or is another one's double: it says nothing of how work flows.
    public init?(_ ticket: Ticket, _ events: [TicketEvent]) {
        if ticket.status.isVoid { return nil }
        openedAt = ticket.openedAt.seconds
        states = Self.steps(of: .state, ticket, events)
        groups = Self.steps(of: .group, ticket, events)
        var known = [Step(Milestone.opened.code, at: openedAt)]
        for (milestone, moment) in [
            (Milestone.responded, ticket.firstResponseAt), (.resolved, ticket.resolvedAt), (.closed, ticket.closedAt),
        ] {
            guard let moment, moment >= ticket.openedAt else { continue }
            known.append(Step(milestone.code, at: max(moment.seconds, known[known.count - 1].at)))
        }
        milestones = known
        guard ticket.status.isDone else {
            endedAt = nil
            return
        }
        let end = (ticket.resolvedAt ?? ticket.closedAt)?.seconds ?? states.last?.at ?? openedAt
        endedAt = max(openedAt, end)
    }

    private static func steps(of field: HistoryField, _ ticket: Ticket, _ events: [TicketEvent]) -> [Step] {
        let opened = ticket.openedAt.seconds
        var out: [Step] = []
        for event in events where event.field == field && !event.to.isNone {
            // The first change also says where the ticket was before it.
            if out.isEmpty, !event.from.isNone { out.append(Step(event.from.code, at: opened)) }
            if out.last?.name == event.to.code { continue }
            out.append(Step(event.to.code, at: max(event.at.seconds, out.last?.at ?? opened)))
        }
        if out.isEmpty, !ticket[field].isNone { out.append(Step(ticket[field].code, at: opened)) }
        return out
    }

    /// The Monday of the week in which it was opened, by UTC.
    public var week: Day { Self.week(of: openedAt) }

    public static func week(of seconds: Int64) -> Day {
        let day = Day(number: Int32(clamping: (seconds - (((seconds % 86_400) + 86_400) % 86_400)) / 86_400))
        return day - day.weekday
    }
}

/// What is known of tickets whose history is not: their codes stand at the end of all codes, where no name is.
public enum Milestone: UInt32, CaseIterable, Sendable {
    case opened = 1, responded, resolved, closed

    public var code: UInt32 { UInt32.max - rawValue }
    public init?(code: UInt32) { self.init(rawValue: UInt32.max - code) }
}
