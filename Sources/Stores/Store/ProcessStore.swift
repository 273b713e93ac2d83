import Measures
import Processes
import Records

/// Weekly totals of how the tickets of a slice flowed.
public struct ProcessWeeks: Sendable {
    /// By the Monday of their week (UTC); weeks without tickets are not there.
    public var weeks: [Day: ProcessTotals]
    /// The names behind the codes of the totals.
    public var names: [UInt32: String]

    public init(weeks: [Day: ProcessTotals] = [:], names: [UInt32: String] = [:]) {
        self.weeks = weeks
        self.names = names
    }
}

/// How work flows, by slice and week of opening: made from the histories of the tickets, and kept beside them.
public protocol ProcessStore: Sendable {
    /// Makes the totals anew of every week in which a ticket is new or changed since they were last made.
    ///
    /// O(tickets of those weeks); some weeks a transaction, so that others can write in between.
    /// - Returns: How many weeks were made.
    @discardableResult
    func refreshProcesses(calendar: BusinessCalendar) async throws -> Int
    /// The totals of everything or of one value of a dimension as they were last made; of two values, added up from the
    /// tickets.
    /// - Parameter period: Weeks that begin in these days; nil for all.
    func processWeeks(_ kind: TicketKind, _ slice: Slice, over period: Period?, calendar: BusinessCalendar) async throws
        -> ProcessWeeks
    /// Tickets of a slice that went through a part of the flow, the latest first.
    ///
    /// - Parameter most: How many of the latest tickets are looked at; a figure may have more behind it.
    /// - Returns: At most `limit` of them, and how many were looked at.
    func tickets(
        _ kind: TicketKind, _ slice: Slice, opened: Range<Moment>, picking pick: FlowPick, lookingAt most: Int,
        limit: Int
    ) async throws -> (lines: [TicketLine], looked: Int)
    /// The rules of a process, as `ProcessPolicy` reads them, a line each.
    func processRules(_ kind: TicketKind) async throws -> [String]
    /// Puts rules in place of those there were. They are checked when the totals are next made.
    func setProcessRules(_ kind: TicketKind, _ rules: [String]) async throws
    /// How each rule was kept, week by week of opening.
    func processRuleWeeks(_ kind: TicketKind) async throws -> [ProcessRuleWeek]
    /// Tickets that broke a rule, those opened latest first.
    func processBreaches(_ kind: TicketKind, rule: String, limit: Int) async throws -> [TicketLine]
}

/// How a rule of a process was kept by the tickets opened in one week.
public struct ProcessRuleWeek: Sendable, Equatable {
    public var rule: String
    /// A Monday, by UTC.
    public var week: Day
    /// Tickets that the rule speaks of, and those of them that broke it.
    public var applied: Int
    public var broken: Int

    public init(rule: String, week: Day, applied: Int, broken: Int) {
        (self.rule, self.week, self.applied, self.broken) = (rule, week, applied, broken)
    }
}
