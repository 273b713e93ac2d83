import Measures
import Records

// A policy is a rule that runs: it says of each ticket whether it was kept, broken, or cannot be told. The form is meant to be
// read aloud:
//
//     incidents: category is set and opened before resolved
//     changes: not unauthorised
//     incidents, problems: when closed is set: close code is set
//     incidents: when priority is 1: first response within 4 business hours
//
// The words are keys, the same in every language, as the fields of an import are; pages tell them in the reader's words.

/// A rule over the fields of tickets.
public struct Rule: Sendable, Hashable {
    /// Which kinds of tickets it is about.
    public var kinds: [TicketKind]
    /// Which of those; nil is all.
    public var scope: Condition?
    /// What must be so.
    public var demand: Condition

    public init(kinds: [TicketKind], scope: Condition? = nil, demand: Condition) {
        self.kinds = kinds
        self.scope = scope
        self.demand = demand
    }

    /// Whether a ticket keeps it; nil when it is not about the ticket, when the ticket never counts, or when the fields it
    /// needs say nothing (yet).
    public func isKept(_ ticket: Ticket, _ names: Names, at now: Moment, _ calendar: BusinessCalendar) -> Bool? {
        guard kinds.contains(ticket.kind), !ticket.status.isVoid else { return nil }
        let reader = TicketReader(ticket: ticket, names: names, now: now, calendar: calendar)
        if let scope {
            guard scope.holds(reader) == true else { return nil }
        }
        return demand.holds(reader)
    }

    /// Whether it is about the end of tickets, and so counts them in the week they ended.
    public var isAboutEnd: Bool { (scope.map { $0.isAboutEnd } ?? false) || demand.isAboutEnd }
}

/// What may be so of a ticket. It has three answers: yes, no, and not known.
public indirect enum Condition: Sendable, Hashable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case isSet(Field)
    case isOneOf(Field, [String])
    case isTimed(Time)
    case flag(Flag)
    case before(Time, Time)
    case within(Time, of: Time, Span)
    case count(Counter, Bound, Double)

    /// A field that holds words.
    public enum Field: String, CaseIterable, Sendable {
        case title, text, state, status, service, category, subcategory, group, location, priority, channel, segment
        case department, assignee, requester
        case closeCode = "close code"
        case problem
        case causedBy = "caused by"
        case changeType = "change type"
        case outcome
    }

    public enum Time: String, CaseIterable, Sendable {
        case opened
        case firstResponse = "first response"
        case resolved, closed, due, updated
    }

    public enum Flag: String, CaseIterable, Sendable {
        case unauthorised, major, workaround
        case slaMet = "sla met"
        case firstContact = "first contact"
    }

    public enum Counter: String, CaseIterable, Sendable {
        case reopens, reassignments
        case workMinutes = "work minutes"
    }

    public enum Bound: String, CaseIterable, Sendable {
        case atMost = "at most"
        case atLeast = "at least"
    }

    /// A length of time.
    public struct Span: Sendable, Hashable {
        public enum Unit: String, CaseIterable, Sendable {
            case minutes, hours, days, weeks
            case businessMinutes = "business minutes"
            case businessHours = "business hours"
        }

        public var amount: Double
        public var unit: Unit

        public init(_ amount: Double, _ unit: Unit) {
            self.amount = amount
            self.unit = unit
        }

        var minutes: Double {
            switch unit {
            case .minutes, .businessMinutes: amount
            case .hours, .businessHours: amount * 60
            case .days: amount * 1440
            case .weeks: amount * 10_080
            }
        }

        var isBusiness: Bool { unit == .businessMinutes || unit == .businessHours }
    }

    var isAboutEnd: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.isAboutEnd)
        case .not(let part): part.isAboutEnd
        case .isSet(let field), .isOneOf(let field, _): field == .closeCode || field == .status || field == .outcome
        case .isTimed(let time): time == .resolved || time == .closed
        case .flag(let flag): flag == .workaround || flag == .firstContact || flag == .slaMet
        case .before(let a, let b): [a, b].contains(.resolved) || [a, b].contains(.closed)
        case .within(let time, _, _): time == .resolved || time == .closed
        case .count: false
        }
    }
}

/// A ticket as a rule reads it.
struct TicketReader {
    let ticket: Ticket
    let names: Names
    /// The last moment anything is known of: what has not happened until then has not happened yet.
    let now: Moment
    let calendar: BusinessCalendar

    /// The words of a field; nil when it is empty.
    func words(_ field: Condition.Field) -> String? {
        func filled(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }
        func named(_ name: Name) -> String? { name.isNone ? nil : filled(names[name]) }
        switch field {
        case .title: return filled(ticket.title)
        case .text: return filled(ticket.text)
        case .state: return named(ticket.state)
        case .status: return ticket.status.word
        case .service: return named(ticket.attributes[.service])
        case .category: return named(ticket.attributes[.category])
        case .subcategory: return named(ticket.attributes[.subcategory])
        case .group: return named(ticket.attributes[.group])
        case .location: return named(ticket.attributes[.location])
        case .priority: return named(ticket.attributes[.priority])
        case .channel: return named(ticket.attributes[.channel])
        case .segment: return named(ticket.attributes[.segment])
        case .department: return named(ticket.department)
        case .assignee: return named(ticket.assignee)
        case .requester: return named(ticket.requester)
        case .closeCode: return named(ticket.closeCode)
        case .problem: return filled(ticket.problem)
        case .causedBy: return filled(ticket.causedBy)
        case .changeType: return ticket.changeType.map { "\($0)" }
        case .outcome: return ticket.changeOutcome?.word
        }
    }

    func time(_ time: Condition.Time) -> Moment? {
        switch time {
        case .opened: ticket.openedAt
        case .firstResponse: ticket.firstResponseAt
        case .resolved: ticket.resolvedAt
        case .closed: ticket.closedAt
        case .due: ticket.dueAt
        case .updated: ticket.updatedAt
        }
    }

    func answer(_ flag: Condition.Flag) -> Bool? {
        switch flag {
        case .unauthorised: ticket.isUnauthorized
        case .major: ticket.isMajor
        case .workaround: ticket.isWorkaround
        case .slaMet: ticket.slaMet
        case .firstContact: ticket.isFirstContact
        }
    }

    func amount(_ counter: Condition.Counter) -> Double? {
        switch counter {
        case .reopens: ticket.reopenCount.map { Double($0) }
        case .reassignments: ticket.reassignmentCount.map { Double($0) }
        case .workMinutes: ticket.workMinutes
        }
    }

    func minutes(from start: Moment, to end: Moment, business: Bool) -> Double {
        business
            ? Double(calendar.minutes(from: start.seconds, to: end.seconds)) : start.hours(to: end) * 60
    }
}

extension Condition {
    /// Yes, no, or nil for not known (Kleene's three values).
    func holds(_ reader: TicketReader) -> Bool? {
        switch self {
        case .all(let parts):
            let answers = parts.map { $0.holds(reader) }
            return answers.contains(false) ? false : answers.contains(nil) ? nil : true
        case .any(let parts):
            let answers = parts.map { $0.holds(reader) }
            return answers.contains(true) ? true : answers.contains(nil) ? nil : false
        case .not(let part): return part.holds(reader).map { !$0 }
        case .isSet(let field): return reader.words(field) != nil
        case .isTimed(let time): return reader.time(time) != nil
        case .isOneOf(let field, let values):
            guard let words = reader.words(field) else { return nil }
            return values.contains { Self.same(words, $0) }
        case .flag(let flag): return reader.answer(flag)
        case .before(let a, let b):
            guard let first = reader.time(a), let second = reader.time(b) else { return nil }
            return first <= second
        case .within(let time, let start, let span): return isWithin(reader, time, start, span)
        case .count(let counter, let bound, let limit):
            guard let amount = reader.amount(counter) else { return nil }
            return bound == .atMost ? amount <= limit : amount >= limit
        }
    }

    /// What has not happened yet breaks the rule once its time is over, and is not known before.
    private func isWithin(_ reader: TicketReader, _ time: Time, _ start: Time, _ span: Span) -> Bool? {
        guard let from = reader.time(start) else { return nil }
        if let to = reader.time(time) {
            return reader.minutes(from: from, to: to, business: span.isBusiness) <= span.minutes
        }
        // A ticket that is done without a time of it was never asked, or the export does not say.
        if reader.ticket.status.isDone { return nil }
        return reader.minutes(from: from, to: reader.now, business: span.isBusiness) > span.minutes ? false : nil
    }

    /// Words are compared without regard to case; a bare number also matches what begins with it, as “1” does “1 - Critical”.
    static func same(_ words: String, _ value: String) -> Bool {
        let a = words.lowercased()
        let b = value.lowercased()
        if a == b { return true }
        guard !b.isEmpty, b.allSatisfy({ $0.isASCII && $0.isNumber }), a.hasPrefix(b) else { return false }
        return a.dropFirst(b.count).first.map { !$0.isNumber } ?? true
    }
}

extension TicketStatus {
    var word: String {
        switch self {
        case .new: "new"
        case .inProgress: "in progress"
        case .waiting: "waiting"
        case .resolved: "resolved"
        case .closed: "closed"
        case .cancelled: "cancelled"
        case .merged: "merged"
        }
    }
}

extension ChangeOutcome {
    var word: String {
        switch self {
        case .successful: "successful"
        case .successfulWithIssues: "successful with issues"
        case .unsuccessful: "unsuccessful"
        }
    }
}
