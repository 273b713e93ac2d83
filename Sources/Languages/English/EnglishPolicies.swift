import Gains

// Rules and the fixed phrases of momentum and policies.

extension English {
    func rule(_ rule: Rule) -> String {
        let kinds = list(rule.kinds.map { plural($0) })
        let what = "\(kinds.prefix(1).uppercased())\(kinds.dropFirst())"
        let scope = rule.scope.map { ", where \(told($0))" } ?? ""
        return "\(what)\(scope): \(told(rule.demand))."
    }

    private func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    private func told(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): return parts.map { bracketed($0) }.joined(separator: " and ")
        case .any(let parts): return parts.map { bracketed($0) }.joined(separator: " or ")
        case .not(.flag(let flag)): return flagged(flag, isNot: true)
        case .not(.isSet(let field)): return "\(field.rawValue) is empty"
        case .not(.isTimed(let time)): return "\(moment(time)) is not known"
        case .not(let part): return "not (\(told(part)))"
        case .isSet(let field): return "\(field.rawValue) is filled in"
        case .isTimed(let time): return "\(moment(time)) is known"
        case .isOneOf(let field, let values):
            return "\(field.rawValue) is \(values.map { "“\($0)”" }.joined(separator: " or "))"
        case .flag(let flag): return flagged(flag, isNot: false)
        case .before(let a, let b): return "\(moment(a)) comes before \(moment(b))"
        case .within(let time, let start, let span):
            return "\(moment(time)) comes within \(length(span)) of \(moment(start))"
        case .count(let counter, let bound, let limit):
            let word = counter == .workMinutes ? "minutes of work" : counter.rawValue
            return "\(bound.rawValue) \(figures.number(limit)) \(word)"
        }
    }

    private func bracketed(_ condition: Condition) -> String {
        switch condition {
        case .all, .any: "(\(told(condition)))"
        default: told(condition)
        }
    }

    private func moment(_ time: Condition.Time) -> String {
        switch time {
        case .opened: "opening"
        case .firstResponse: "the first response"
        case .resolved: "resolution"
        case .closed: "closing"
        case .due: "the due time"
        case .updated: "the latest update"
        }
    }

    private func flagged(_ flag: Condition.Flag, isNot: Bool) -> String {
        let not = isNot ? "not " : ""
        return switch flag {
        case .unauthorised: "\(not)unauthorised"
        case .major: "\(not)a major incident"
        case .workaround: "\(not)closed with a workaround"
        case .slaMet: "SLA \(not)met"
        case .firstContact: "\(not)resolved at first contact"
        }
    }

    private func length(_ span: Condition.Span) -> String {
        let n = figures.number(span.amount)
        let one = n == "1"
        return switch span.unit {
        case .minutes: "\(n)\u{A0}\(one ? "minute" : "minutes")"
        case .hours: "\(n)\u{A0}\(one ? "hour" : "hours")"
        case .days: "\(n)\u{A0}\(one ? "day" : "days")"
        case .weeks: "\(n)\u{A0}\(one ? "week" : "weeks")"
        case .businessMinutes: "\(n)\u{A0}working \(one ? "minute" : "minutes")"
        case .businessHours: "\(n)\u{A0}working \(one ? "hour" : "hours")"
        }
    }

    func error(_ error: RuleError) -> String {
        switch error {
        case .isEmpty: return "The rule is empty. Write one such as “incidents: category is set”."
        case .tooLong(let most): return "The rule is longer than \(figures.count(most)) characters. Divide it into two."
        case .tooDeep: return "The rule has too many brackets or nots within one another. Divide it into two."
        case .kindMissing(let found):
            return """
                A rule begins with a kind of ticket and a colon: incidents, requests, problems, changes or complaints. \
                Here stands “\(found)”.
                """
        case .unexpected(let found, let expected):
            let there = found.isEmpty ? "The rule ends too early" : "“\(found)” does not fit here"
            return "\(there); \(wanted(expected))."
        }
    }

    private func wanted(_ expected: RuleError.Expected) -> String {
        switch expected {
        case .condition:
            "a field, a time, a count or a yes-or-no such as “category”, “resolved”, “reopens” or “major” belongs here"
        case .afterField: "after a field comes “is set”, “is not set”, “is …” or “is one of …”"
        case .afterTime: "after a time comes “is set”, “before …” or “within …”"
        case .time: "a time belongs here: opened, first response, resolved, closed, due or updated"
        case .number: "a number belongs here"
        case .unit: "a unit belongs here: minutes, hours, days, weeks, business minutes or business hours"
        case .value: "a value belongs here; in quotation marks if it has a comma or a colon"
        case .bracket: "a closing bracket is missing"
        case .bound: "“at most” or “at least” belongs here"
        case .end: "the rule should end here, or go on with “and”, “or” or a colon"
        }
    }

    func phrase(_ phrase: MomentumPhrase) -> String {
        switch phrase {
        case .momentum: "Momentum"
        case .momentumQuestion: "Is the improvement work alive?"
        case .threeQuestions: "The three questions of the week"
        case .lastWeek: "Week"
        case .earlierWeeks: "Earlier weeks"
        case .question: "Question"
        case .week: "Week"
        case .signsHeading: "What to do about it"
        case .noSigns: "No sign has fired, so there is nothing to answer."
        case .playbook: "What others do"
        case .playbookText:
            "Choose one, do it, and write down that you did. Ratchet then says whether the sign went away."
        case .whatWasDone: "What was done"
        case .chooseResponse: "What are you doing?"
        case .ownIdea: "Something else"
        case .note: "Note"
        case .keepResponse: "Keep"
        case .responsesHeading: "What was done, and whether it helped"
        case .noResponses: "Nothing has been written down yet."
        case .didItHelp: "Did it help?"
        case .unexplainedHeading: "Moves that nothing explains"
        case .unexplainedText:
            """
            Every move of every measure is matched with improvements that went live, changes, holidays, faults in the data \
            and other moves. These have none.
            """
        case .noUnexplained: "Every move on record has a cause on record."
        case .explainedHeading: "Moves with a cause"
        case .causes: "Cause"
        case .possibleCauses: "Near, but that is no proof"
        case .move: "Move"
        case .explainLabel: "Why did it move?"
        case .explainButton: "Explain"
        case .figuresHeading: "The figures of the improvement work"
        case .figuresText:
            "They are watched like every other measure. The false discovery rate over all of them is 5 per cent."
        case .figure: "Figure"
        case .now: "Now"
        case .before: "The year before"
        case .trendHeading: "What happened"
        case .holding: "no lasting change"
        case .stepsHeading: "How long each step takes"
        case .stepsText: "Half of the improvements leave the step within so many days; those still in it count."
        case .step: "Step"
        case .medianDays: "Half within"
        case .cases: "Cases"
        case .scoreHeading: "What was foreseen, and what came"
        case .scoreText: "Every warning and forecast is kept as it was said, and marked when its day has come."
        case .source: "What was said"
        case .came: "Came"
        case .didNotCome: "Did not come"
        case .cannotTellCount: "Cannot tell"
        case .open: "Still open"
        case .share: "Share that came"
        case .fireHeading: "Firefighting"
        case .fireText: "How much of the work is putting out fires, in the last four weeks."
        case .unplanned: "Unplanned work of all work"
        case .workaround: "Incidents closed with a workaround only"
        case .repeated: "Incidents that came back"
        case .notSaid: "cannot tell: the data do not say"
        case .fireHours: "Work on incidents in four weeks"
        case .planning: "Planning"
        case .policies: "Policies"
        case .policiesQuestion: "Are our rules kept, and are they kept better or worse than before?"
        case .noPolicies: "No policies yet. Begin with one of those below."
        case .policy: "Policy"
        case .rule: "Rule"
        case .compliance: "Kept"
        case .agreed: "Agreed"
        case .lastFourWeeks: "Last four weeks"
        case .breaches: "Tickets that broke it"
        case .noBreaches: "No ticket broke it."
        case .addPolicy: "Add a policy"
        case .addPolicyText: "A policy is a rule that is checked against every ticket."
        case .ruleHelp:
            """
            First the kind of ticket, then what must be so. The words are the same in every language. For example: \
            incidents: when priority is 1: first response within 4 business hours
            """
        case .name: "Name"
        case .target: "Share that should keep it, in per cent"
        case .owner: "Owner"
        case .templates: "Policies to begin with"
        case .addButton: "Add"
        case .retire: "Retire"
        case .retired: "Retired"
        case .checkNow: "Check now"
        case .checkedAt: "Checked"
        case .neverChecked: "not checked yet"
        case .unknownShare: "Cannot be judged"
        case .openMomentum: "See whether the improvement work is alive"
        case .openPolicies: "See whether the rules are kept"
        case .openPlanning: "Plan goals and skills"
        case .openProcesses: "Open the process cards"
        case .ticketNumber: "Ticket"
        case .nameMissing: "Give the policy a name."
        case .targetWrong: "The share is a number from 1 to 100."
        case .mayNotEdit: "Process owners and improvement managers can change policies."
        case .inForce: "In force"
        }
    }
}
