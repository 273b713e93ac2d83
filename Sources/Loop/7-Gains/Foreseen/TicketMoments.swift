import Foundation
import Records
import Statistics

/// A ticket with its history: what predictions are learned from. Names are codes of the `Names` it came with.
public struct TicketPast: Sendable {
    public var ticket: Ticket
    /// Oldest first.
    public var events: [TicketEvent]

    public init(ticket: Ticket, events: [TicketEvent]) {
        self.ticket = ticket
        self.events = events
    }

    /// When it was resolved, or closed where no resolution is known.
    public var finishedAt: Moment? {
        guard ticket.status.isDone || ticket.resolvedAt != nil || ticket.closedAt != nil else { return nil }
        return ticket.resolvedAt ?? ticket.closedAt
    }

    /// Whether its target was missed, as far as is known at a moment; nil where nothing tells.
    /// - Parameter isDecidedAtClosing: Whether tickets of its kind are closed some time after they are resolved: until then a
    ///   target that was met may still be found missed.
    public func isMissed(at now: Moment, isDecidedAtClosing: Bool = false) -> Bool? {
        if let finishedAt, finishedAt <= now {
            if let met = ticket.slaMet {
                let isOpenYet = isDecidedAtClosing && (ticket.closedAt.map { $0 > now } ?? (ticket.status != .closed))
                return met && isOpenYet && now.seconds - finishedAt.seconds < Self.decisionSeconds ? nil : !met
            }
            return ticket.dueAt.map { finishedAt > $0 }
        }
        if let due = ticket.dueAt { return now > due ? true : nil }
        return finishedAt == nil && ticket.slaMet == false ? true : nil
    }

    /// After a month nobody closes a ticket to say that it was late.
    static let decisionSeconds: Int64 = 30 * 86_400

    /// What a field said at a moment: what the first later change found there, otherwise what it says now.
    func value(_ field: HistoryField, at moment: Moment) -> Name {
        events.first { $0.field == field && $0.at > moment }?.from ?? ticket[field]
    }
}

/// What is asked of a ticket as it stood at a moment.
public enum TicketTrait: String, CaseIterable, Sendable, Codable {
    case priority, category, subcategory, service, group, location, channel, segment, requester, state
    case age, idle, untilDue, moves, changes, isAssigned, hour, weekday

    /// Whether it is a name, told by what came of earlier tickets with it.
    var isName: Bool {
        switch self {
        case .age, .idle, .untilDue, .moves, .changes, .isAssigned, .hour, .weekday: false
        default: true
        }
    }

    static let named = allCases.filter(\.isName)
    static let numbered = allCases.filter { !$0.isName }

    private var field: HistoryField? {
        switch self {
        case .priority: .priority
        case .category: .category
        case .subcategory: .subcategory
        case .service: .service
        case .group: .group
        case .state: .state
        default: nil
        }
    }

    func name(_ past: TicketPast, at moment: Moment) -> Name {
        if let field { return past.value(field, at: moment) }
        switch self {
        case .location: return past.ticket.attributes[.location]
        case .channel: return past.ticket.attributes[.channel]
        case .segment: return past.ticket.attributes[.segment]
        default: return past.ticket.requester
        }
    }

    /// Hours, counts, or 0 and 1; NaN where it is not known.
    func number(_ past: TicketPast, at moment: Moment, _ zone: Zone) -> Double {
        func hours(_ from: Moment, _ to: Moment) -> Double { Double(to.seconds - from.seconds) / 3600 }
        switch self {
        case .age: return max(0, hours(past.ticket.openedAt, moment))
        case .idle:
            let last = past.events.last { $0.at <= moment }?.at ?? past.ticket.openedAt
            return max(0, hours(max(last, past.ticket.openedAt), moment))
        case .untilDue: return past.ticket.dueAt.map { hours(moment, $0) } ?? .nan
        case .moves: return Double(past.events.count { $0.field == .group && $0.at <= moment && !$0.from.isNone })
        case .changes: return Double(past.events.count { $0.at <= moment })
        case .isAssigned: return past.value(.assignee, at: moment).isNone ? 0 : 1
        case .hour:
            let day = zone.day(of: past.ticket.openedAt)
            return Double((past.ticket.openedAt.seconds - zone.start(of: day).seconds) / 3600)
        default: return Double(zone.day(of: past.ticket.openedAt).weekday)
        }
    }
}

/// A ticket at a moment, with what was known of it then and what came of it.
struct TicketMoment {
    /// The place of its ticket.
    var place: Int
    var at: Moment
    /// Codes of names, in the order of `TicketTrait.named`.
    var names: [Int]
    /// In the order of `TicketTrait.numbered`.
    var numbers: [Double]
    /// The logarithm of one plus the hours that were left; of a ticket that is not finished, of those that passed since.
    var left = Double.nan
    var isFinished = false
    /// 1 where its target was missed, 0 where not; NaN where that is not known.
    var missed = Double.nan

    init(
        _ past: TicketPast, _ place: Int, at moment: Moment, _ traits: (named: [TicketTrait], numbered: [TicketTrait]),
        _ zone: Zone
    ) {
        self.place = place
        at = moment
        names = traits.named.map { Int($0.name(past, at: moment).code) }
        numbers = traits.numbered.map { $0.number(past, at: moment, zone) }
    }
}
