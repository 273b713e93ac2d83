import Measures
import Opportunities
import Records
import Signals
import Statistics

/// British English: plain words, sentence case, units always.
struct English: Wording {
    let figures = Figures(.en)

    func plural(_ kind: TicketKind) -> String { kind.plural }

    func singular(_ kind: TicketKind) -> String {
        switch kind {
        case .incident: "incident"
        case .request: "request"
        case .problem: "problem"
        case .change: "change"
        case .complaint: "complaint"
        }
    }

    func dimension(_ dimension: Dimension) -> String {
        switch dimension {
        case .service: "service"
        case .category: "category"
        case .subcategory: "subcategory"
        case .group: "group"
        case .location: "location"
        case .priority: "priority"
        case .channel: "channel"
        case .segment: "customer segment"
        case .device: "device"
        case .survey: "survey"
        }
    }

    func status(_ status: TicketStatus) -> String {
        switch status {
        case .new: "new"
        case .inProgress: "in progress"
        case .waiting: "waiting"
        case .resolved: "resolved"
        case .closed: "closed"
        case .cancelled: "cancelled"
        case .merged: "merged"
        }
    }

    func field(_ field: HistoryField) -> String {
        switch field {
        case .state: "state"
        case .group: "group"
        case .assignee: "assignee"
        case .priority: "priority"
        case .category: "category"
        case .subcategory: "subcategory"
        case .service: "service"
        }
    }

    // MARK: Measures

    func label(_ measure: Measure) -> String {
        guard let kind = measure.kind else { return recordsLabel(measure) }
        switch measure.quantity {
        case .opened: return "\(Kind(kind).capital) opened"
        case .resolved: return "\(Kind(kind).capital) resolved"
        case .backlog: return "Backlog of \(plural(kind))"
        case .backlogAge: return "Age of open \(plural(kind))"
        case .timeToRespond: return "Time to respond to \(plural(kind))"
        case .timeToResolve: return "Time to resolve \(plural(kind))"
        case .slaMet: return "\(Kind(kind).capital) resolved within their SLA"
        case .reopened: return "\(Kind(kind).capital) reopened"
        case .reassigned: return "\(Kind(kind).capital) reassigned"
        case .firstContactResolved: return "\(Kind(kind).capital) resolved at first contact"
        case .workaroundOnly: return "\(Kind(kind).capital) closed with a workaround only"
        case .majorShare: return "Major incidents"
        case .successful: return "Change success"
        case .failed: return "Change failure"
        case .emergencyShare: return "Emergency changes"
        case .unauthorized: return "Unauthorised changes"
        case .followedByIncident: return "Changes followed by an incident"
        case .unplannedShare: return "Unplanned work"
        case .satisfaction, .mean, .nps, .answers, .made: return recordsLabel(measure)
        case .waiting, .cameBack, .handoffs, .skipped: return flowLabel(measure)
        }
    }

    private struct Kind {
        let capital: String
        init(_ kind: TicketKind) { capital = kind.plural.prefix(1).uppercased() + kind.plural.dropFirst() }
    }

    private func inside(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        switch measure.quantity {
        case .opened: return "the number of \(kind) opened"
        case .resolved: return "the number of \(kind) resolved"
        case .backlog: return "the backlog of \(kind)"
        case .backlogAge: return "the age of open \(kind)"
        case .timeToRespond: return "the time to respond to \(kind)"
        case .timeToResolve: return "the time to resolve \(kind)"
        case .slaMet: return "the share of \(kind) resolved within their SLA"
        case .reopened: return "the share of \(kind) reopened"
        case .reassigned: return "the share of \(kind) reassigned"
        case .firstContactResolved: return "the share of \(kind) resolved at first contact"
        case .workaroundOnly: return "the share of \(kind) closed with a workaround only"
        case .majorShare: return "the share of major incidents"
        case .successful: return "the share of successful changes"
        case .failed: return "the share of failed changes"
        case .emergencyShare: return "the share of emergency changes"
        case .unauthorized: return "the share of unauthorised changes"
        case .followedByIncident: return "the share of changes followed by an incident"
        case .unplannedShare: return "the share of unplanned work"
        case .satisfaction, .mean, .nps, .answers, .made, .waiting, .cameBack, .handoffs, .skipped: return ""
        }
    }

    func subject(_ measure: Measure, _ slice: Slice) -> Sentence {
        var subject: Sentence =
            measure.kind == nil
            ? recordsSubject(measure) : measure.step == nil ? "\(inside(measure))" : flowSubject(measure)
        for part in slice.parts {
            let value = part.value
            switch part.dimension {
            case .service: subject = "\(subject) for \(name: value)"
            case .category: subject = "\(subject) in category \(name: value)"
            case .subcategory: subject = "\(subject) in subcategory \(name: value)"
            case .group: subject = "\(subject) in group \(name: value)"
            case .location: subject = "\(subject) at location \(name: value)"
            case .priority: subject = "\(subject) with priority \(name: value)"
            case .channel: subject = "\(subject) through channel \(name: value)"
            case .segment: subject = "\(subject) in customer segment \(name: value)"
            case .device: subject = "\(subject) on device \(name: value)"
            case .survey: subject = "\(subject) in survey \(name: value)"
            }
        }
        return subject
    }

    func definition(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        let counts =
            switch measure.quantity {
            case .opened: "Counts the \(kind) opened each day."
            case .resolved: "Counts the \(kind) resolved each day."
            case .backlog: "Counts the \(kind) that are open at the end of each day."
            case .backlogAge: "The average age of the \(kind) that are open at the end of each day."
            case .timeToRespond: "The median time from opening to the first response, in calendar hours."
            case .timeToResolve:
                """
                The median time from opening to resolution, in calendar hours; those still open count as at \
                least as old as they are.
                """
            case .slaMet: "The share of \(kind) resolved within the time their agreement promises."
            case .reopened: "The share of resolved \(kind) that were opened again."
            case .reassigned: "The share of \(kind) that were handed on to another group at least once."
            case .firstContactResolved:
                """
                The share of \(kind) resolved by the first who answered, without being handed on.
                """
            case .workaroundOnly: "The share of \(kind) closed with a workaround while the cause remains."
            case .majorShare: "The share of incidents with the highest priority."
            case .successful: "The share of closed changes that went as planned."
            case .failed: "The share of closed changes that did not reach their aim or were rolled back."
            case .emergencyShare: "The share of changes made as emergency changes."
            case .unauthorized: "The share of changes made without approval."
            case .followedByIncident: "The share of changes followed by an incident on the same service within a day."
            case .unplannedShare: "The share of all work that nobody had planned."
            case .satisfaction, .mean, .nps, .answers, .made: recordsDefinition(measure)
            case .waiting, .cameBack, .handoffs, .skipped: flowDefinition(measure)
            }
        let way =
            switch measure.direction {
            case .higherIsWorse: "Higher is worse."
            case .lowerIsWorse: "Lower is worse."
            case .neither: "Neither way is worse in itself."
            }
        guard !measure.needs.isEmpty else { return "\(counts) \(way)" }
        return "\(counts) \(way) Needs \(list(measure.needs.map(need)))."
    }

    func need(_ need: Need) -> String {
        switch need {
        case .resolvedAt: "the time of resolution"
        case .firstResponseAt: "the time of the first response"
        case .slaMet: "whether the SLA was met"
        case .reopens: "how often tickets were reopened, or the status history"
        case .reassignments: "how often tickets were handed on, or the history of groups"
        case .closeCode: "how tickets were closed"
        case .priority: "the priority"
        case .changeOutcome: "how changes ended"
        case .changeType: "the type of change"
        case .authorization: "whether changes were authorised"
        case .incidentsAndChanges: "both incidents and changes"
        case .workType: "which work was planned"
        case .scores: "answers with a score and its scale"
        case .promoterScores: "answers on a scale from 0 to 10"
        case .suggestions: "suggestions with their dates"
        case .readings: "readings with their times"
        case .history: "the history of each ticket"
        }
    }

    private func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    func unit(_ measure: Measure) -> String {
        let kind = measure.kind.map { plural($0) } ?? ""
        return switch measure.unit {
        case .ticketsPerDay: "\(kind) a day"
        case .tickets: kind
        case .points: "points"
        case .answersPerDay: "answers a day"
        case .suggestionsPerDay: "suggestions a day"
        case .reading: measure.symbol
        case .hours: "hours"
        case .share: "per cent"
        case .handoffsPerTicket: "hand-offs a ticket"
        }
    }

    func value(_ value: Double, _ measure: Measure, _ scale: HourScale) -> String {
        switch measure.unit {
        case .ticketsPerDay, .answersPerDay, .suggestionsPerDay: return "\(figures.number(value)) a day"
        case .tickets, .points: return figures.number(value)
        case .handoffsPerTicket: return "\(figures.number(value)) a ticket"
        case .reading: return figures.reading(value, measure.symbol)
        case .share: return figures.percent(value)
        case .hours:
            let text = figures.number(scale.convert(value))
            switch scale {
            case .minutes: return "\(text)\u{A0}min"
            case .hours: return "\(text)\u{A0}h"
            case .days: return text == "1" ? "1\u{A0}day" : "\(text)\u{A0}days"
            }
        }
    }

    func range(_ low: Double, _ high: Double, _ measure: Measure, _ scale: HourScale) -> String {
        let end = value(high, measure, scale)
        switch measure.unit {
        case .ticketsPerDay, .tickets, .answersPerDay, .suggestionsPerDay, .points, .handoffsPerTicket:
            return figures.range(figures.number(low), end)
        case .reading: return figures.range(figures.reading(low, ""), end)
        case .share: return figures.range(figures.number(low * 100, decimals: figures.percentDecimals(low * 100)), end)
        case .hours: return figures.range(figures.number(scale.convert(low)), end)
        }
    }

    // MARK: Findings

    func name(_ kind: SignalKind, up: Bool) -> String {
        switch kind {
        case .levelShift: "level moved"
        case .trend: "trend"
        case .spike: up ? "spike" : "dip"
        case .seasonBreak: "season broke"
        case .variation: up ? "more variation" : "less variation"
        case .targetAtRisk: "target at risk"
        case .unexplainedFall: "fell for no known reason"
        case .policyBreach: "policy breach"
        case .momentum: "momentum fading"
        case .recurrence: "keeps coming back"
        case .theme: "growing theme"
        case .bottleneck: up ? "bottleneck" : "bottleneck eased"
        case .rework: up ? "rework" : "less rework"
        case .handoffs: up ? "handed back and forth" : "fewer hand-offs"
        case .shortcut: up ? "shortcut" : "fewer shortcuts"
        case .wear: "wears out"
        }
    }

    private func hours(_ value: Double) -> String {
        let shown = Figures.rounded(value.magnitude)
        let text = figures.number(shown)
        return text == "1" ? "1\u{A0}hour" : "\(text)\u{A0}hours"
    }

    func sentence(_ s: Signal) -> Sentence {
        if let subject = s.subject { return sentence(s, about: subject) }
        let what = subject(s.measure, s.slice).capitalised
        let (earlier, later) = HourScale.pair(s.before.estimate, s.after.estimate)
        let before = value(s.before.estimate, s.measure, earlier)
        let after = value(s.after.estimate, s.measure, later)
        let usual = range(s.before.low, s.before.high, s.measure, earlier)
        let date = figures.date(s.at)
        let on =
            s.isDateWide
            ? "about \(date) (between \(figures.between(s.atEarliest, s.atLatest)))" : "on \(date)"
        let size = size(s, later)
        let story: Sentence =
            switch (s.kind, s.rose) {
            case (.levelShift, true), (.bottleneck, true), (.rework, true), (.handoffs, true), (.shortcut, true):
                "\(what) rose from \(before) to \(after) \(on)\(size)."
            case (.levelShift, false), (.bottleneck, false), (.rework, false), (.handoffs, false), (.shortcut, false):
                "\(what) fell from \(before) to \(after) \(on)\(size)."
            case (.trend, true):
                "\(what) has risen steadily since about \(date), from \(before) to \(after)\(size)."
            case (.trend, false):
                "\(what) has fallen steadily since about \(date), from \(before) to \(after)\(size)."
            case (.spike, true):
                """
                \(what) jumped to \(after) on \(figures.weekday(s.at)) \(date); \(usual) is usual \
                for such a day.
                """
            case (.spike, false):
                """
                \(what) dropped to \(after) on \(figures.weekday(s.at)) \(date); \(usual) is usual \
                for such a day.
                """
            case (.seasonBreak, _): "The weekly rhythm of \(subject(s.measure, s.slice)) changed \(on)."
            case (.variation, true): "\(what) has varied more from day to day since about \(date)\(size)."
            case (.variation, false): "\(what) has varied less from day to day since about \(date)\(size)."
            case (.targetAtRisk, _):
                """
                At this pace, \(subject(s.measure, s.slice)) will miss its target of \(before) about \
                \(date) (between \(figures.between(s.atEarliest, s.atLatest))).
                """
            case (.wear, _):
                """
                At this pace, \(subject(s.measure, s.slice)) will reach its limit of \(before) about \
                \(date) (between \(figures.between(s.atEarliest, s.atLatest))).
                """
            case (.unexplainedFall, _):
                """
                \(what) fell from \(before) to \(after) \(on)\(size), and no change, improvement or holiday explains \
                it. Check that incidents are still being logged.
                """
            case (.policyBreach, _), (.momentum, _), (.recurrence, _), (.theme, _):
                "\(what) went from \(before) to \(after) \(on)\(size)."
            }
        guard let cost = s.hoursPerMonth, s.direction != .neutral else { return story }
        return s.direction == .worse
            ? "\(story) It costs about \(hours(cost.estimate)) a month."
            : "\(story) It saves about \(hours(cost.estimate)) a month."
    }

    /// How large the change is, and how sure, in brackets.
    private func size(_ s: Signal, _ scale: HourScale) -> String {
        if s.measure.unit == .share, s.kind != .variation {
            let points = figures.points(s.after.estimate - s.before.estimate)
            let low = value(s.after.low, s.measure, scale)
            let high = value(s.after.high, s.measure, scale)
            let noun = points == "+1" || points == "\u{2212}1" ? "percentage point" : "percentage points"
            return " (\(points) \(noun); the new level lies between \(low) and \(high))"
        }
        guard s.hasRelative else { return "" }
        return """
             (\(figures.change(s.relative.estimate)), \
            \(figures.changes(s.relative.low, s.relative.high)))
            """
    }

    func title(_ opportunity: Opportunity) -> Sentence {
        let s = opportunity.lead
        if let subject = s.subject { return title(s, about: subject) }
        let what = subject(s.measure, s.slice)
        // In the unit in which the story tells it.
        let scale = HourScale.pair(s.before.estimate, s.after.estimate).0
        let before = value(s.before.estimate, s.measure, scale)
        if opportunity.isGoodNews, s.kind != .unexplainedFall { return "Keep what improved \(what)" }
        switch s.kind {
        case .levelShift, .trend, .bottleneck, .rework, .handoffs, .shortcut:
            return s.rose ? "Bring \(what) back down to \(before)" : "Bring \(what) back up to \(before)"
        case .spike: return "Find out what happened to \(what) on \(figures.date(s.at))"
        case .seasonBreak: return "Find out why the weekly rhythm of \(what) changed"
        case .variation: return "Make \(what) steadier"
        case .targetAtRisk: return "Keep \(what) on its target of \(before)"
        case .wear: return "Service \(what) before it reaches \(before)"
        case .unexplainedFall, .policyBreach, .momentum, .recurrence, .theme: return "Find out why \(what) changed"
        }
    }

    func firstStep(_ step: FirstStep) -> String {
        switch step {
        case .findRecurringCause:
            """
            Read twenty of the tickets behind it, and group them by cause: what keeps coming back deserves \
            a problem record.
            """
        case .reviewStageWhereWorkWaits:
            "Follow ten tickets from opening to resolution, and note where they wait longest."
        case .askWhatChanged:
            "Ask the team what changed around that date: a release, a new way of working, a person who left."
        case .planCapacity:
            """
            Compare the work that arrives with the hours there are, week by week, and agree what gives.
            """
        case .checkRouting:
            """
            Look at the tickets that were handed on, and correct the rule that sent them to the wrong group.
            """
        case .checkHandover: "Take the tickets that were opened again, and see what was missing when they were closed."
        case .reviewChanges:
            """
            Go through the changes made just before that date, and check which of them touched this service.
            """
        case .levelWorkload: "Look at the busiest and the quietest days, and move the work that can wait."
        case .agreeTarget: "Agree a target with those who use the service, so that everyone knows what is good enough."
        case .lookAtDay: "Look at the tickets of that day together, and write down what happened."
        }
    }

    func note(_ note: DetectionNote) -> String {
        switch note {
        case .thinsOut(let analysed, let all):
            return
                """
                The export thins out at an end, as exports cut by closing date do: of \
                \(figures.range(all.first, all.last)), only \(figures.range(analysed.first, analysed.last)) \
                was analysed.
                """
        case .tooFewWeeks(let weeks):
            return weeks == 1
                ? "There is 1 whole week of data: too little to tell a shift or a trend from chance."
                : """
                There are \(figures.count(weeks)) whole weeks of data: too little to tell a shift or a \
                trend from chance.
                """
        case .tooSmall(let slices):
            return slices == 1
                ? "1 part of the data has too few tickets to say anything about."
                : "\(figures.count(slices)) parts of the data have too few tickets to say anything about."
        case .noTickets: return "There are no tickets to analyse."
        }
    }
}
