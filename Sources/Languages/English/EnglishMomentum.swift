import Gains
import Records
import Statistics

// Momentum, as an improvement manager would say it.

extension English: MomentumWording {
    func name(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "Suggestions per head"
        case .contributors: "People taking part"
        case .departments: "Departments taking part"
        case .opened: "Improvements opened"
        case .finished: "Improvements finished"
        case .acceptedToDone: "From accepted to done"
        case .age: "Age of improvements in work"
        case .touched: "Touched within 14 days"
        case .evaluatedOnTime: "Evaluated on time"
        case .overdueActions: "Overdue actions"
        case .gainsHeld: "Gains held"
        case .prevention: "Prevention"
        case .ownerLoad: "Most improvements with one owner"
        case .timeUsed: "Time used of time promised"
        }
    }

    func definition(_ measure: MomentumMeasure) -> String {
        switch measure {
        case .suggestionsPerHead: "Suggestions a week, for each person with an account."
        case .contributors: "Different people who suggested something or worked on an improvement in the week."
        case .departments: "Different departments with an action or a roadblock written down in the week."
        case .opened: "Improvements opened in four weeks."
        case .finished: "Improvements brought to a decision or closed in four weeks."
        case .acceptedToDone: "The median time from acceptance to decision, of those decided in four weeks."
        case .age: "The median age of what is in work at the end of the week."
        case .touched: "The share of what is in work that somebody wrote in within 14 days."
        case .evaluatedOnTime: "Of the evaluations due in four weeks, those that came within 14 days."
        case .overdueActions: "Actions past their date at the end of the week."
        case .gainsHeld: "Of the proven gains, those that no improvement had to be opened for again."
        case .prevention:
            "Of what was opened in four weeks, what came before the harm: from a suggestion, a trend or a target at risk."
        case .ownerLoad: "The most improvements in work that any one owner has. Who it is, is not shown."
        case .timeUsed: "Hours used for improvement, of the hours promised."
        }
    }

    func question(_ question: Question) -> String {
        switch question {
        case .incidentsFallen: "Have incidents fallen for no reason?"
        case .unauthorisedRising: "Are unauthorised changes rising, although the process is mature?"
        case .suggestionsDeclining: "Are there fewer suggestions?"
        }
    }

    func answer(_ answer: Answer) -> String {
        switch answer {
        case .yes: "yes"
        case .no: "no"
        case .cannotTell: "cannot tell"
        }
    }

    func sentence(_ answer: WeeklyAnswer) -> Sentence {
        let f = figures
        switch answer.grounds {
        case .unexplained(let signals, let largest, let slice, let since):
            let n = counted(signals.count, f, "fall", "falls")
            let size = "\(f.change(largest.estimate)), \(f.changes(largest.low, largest.high))"
            let place: Sentence = slice.parts.first.map { " for \(name: $0.value)" } ?? ""
            return """
                \(n) that nothing on record explains, the largest\(place) since \(f.date(since)) (\(size)). Check that \
                incidents are still being logged.
                """
        case .allExplained(let falls):
            return "\(counted(falls, f, "fall", "falls")), and each has a cause on record."
        case .noFall(let weeks):
            return "No lasting fall in the last quarter; \(counted(weeks, f, "week", "weeks")) were searched."
        case .moved(let ratio): return "\(compared(answer.question, ratio)) That is more than chance brings."
        case .steady(let ratio): return "\(compared(answer.question, ratio)) That is within what chance brings."
        case .unsure(let ratio):
            return "\(compared(answer.question, ratio)) More weeks are needed to tell this from chance."
        case .none(let of): return "None among \(counted(of, f, "change", "changes")) of which it is known."
        case .noIncidents: return "No incidents have been analysed yet. Import some, and run a turn."
        case .notRecorded:
            return answer.question == .suggestionsDeclining
                ? "No suggestions are recorded yet." : "The changes on record do not say whether they were authorised."
        case .tooFewWeeks(let known, let need):
            return
                "There \(known == 1 ? "is" : "are") \(counted(known, f, "week", "weeks")) on record; \(f.count(need)) are needed."
        }
    }

    private func compared(_ question: Question, _ ratio: RateRatio) -> String {
        let f = figures
        let isShare = question == .unauthorisedRising
        let now = isShare ? f.percent(ratio.now) : f.number(ratio.now)
        let before = isShare ? f.percent(ratio.before) : f.number(ratio.before)
        let change = f.change(of: ratio.ratio)
        return isShare
            ? "In the last 13 weeks \(now) of changes were unauthorised, against \(before) in the year before: \(change)."
            : "In the last 13 weeks there were \(now) a week (per head where accounts are known), against \(before) before: \(change)."
    }

    func play(_ play: Play) -> String {
        switch play {
        case .askWhoRecords: "Ask the teams with the fall whether incidents are still logged, and where they go if not."
        case .compareWithTelephone: "Compare with another source for a week: telephone calls, chats, alerts."
        case .explainTheFall: "If there is a reason, write it down below, so that it stays explained."
        case .askWhyAround: "Ask two people why the rule was in the way; write down what they say."
        case .makeStandardChanges: "Make the most frequent of them standard changes with approval in advance."
        case .talkToTeam: "Show the team its own figures and the numbers behind them, without names."
        case .answerOldSuggestions:
            "Answer every open suggestion this week: planned, started, or declined with a reason."
        case .askOneQuestion: "Ask one question in the next team meeting: what annoyed you this week?"
        case .showAWin: "Tell of one suggestion that became a proven gain, and who took part if they agree."
        case .inviteATeam: "Invite one team that has not taken part to choose one small improvement."
        case .pairUp: "Let somebody who has done it help somebody who has not."
        case .startSmall: "Start one small improvement that can be measured within four weeks."
        case .lookAhead: "Take the first trend or target at risk among the signals, before it hurts."
        case .limitWork: "Agree how many improvements may be in work at once, and finish before starting."
        case .clearRoadblocks: "Go through the open roadblocks with those who can remove them."
        case .stopOne: "Close one improvement that nobody has the time for, with the reason."
        case .weeklyQuarter: "Set aside a quarter of an hour a week to look at every improvement in work."
        case .moveDates: "Give every overdue action a new date or a new owner, openly."
        case .evaluateNow: "Evaluate what is due this week; a verdict of “cannot tell” is a verdict."
        case .setReminder: "Put the evaluation dates of all plans into the team's calendar."
        case .nextRound: "Open the next round of the gain that slipped."
        case .checkStandard: "Check whether the new way is written down and known to those who came later."
        case .shareLoad: "Hand one improvement over to somebody with fewer."
        case .bookTime: "Book the promised hours as fixed times in the calendar."
        case .changeRule: "If the rule no longer fits, change it, and say why."
        }
    }

    func cause(_ cause: Cause) -> Sentence {
        let f = figures
        switch cause {
        case .improvement(_, let title, let on): return "Improvement \(name: title) went live on \(f.date(on))"
        case .change(let number, let on): return "Change \(name: number) on \(f.date(on))"
        case .holiday(let day): return "Holiday on \(f.date(day))"
        case .partOf: return "Part of a larger move"
        case .lessWork: return "Less of the work that causes incidents at the same time"
        case .dataFault(let period): return "The data have a gap or thin out (\(f.range(period.first, period.last)))"
        case .told(let cause, let by, _): return "\(name: cause) (\(by))"
        }
    }

    func sentence(_ signal: ProgrammeSignal) -> Sentence {
        let f = figures
        switch signal.subject {
        case .policy(_, let name):
            let now = f.share(signal.after)
            if signal.q == nil {
                return """
                    Policy \(name: name): \(now) kept it in the last four weeks; \(f.percent(signal.before.estimate)) was \
                    agreed.
                    """
            }
            return """
                Policy \(name: name) is kept less: \(now) since about \(f.date(signal.at)), against \
                \(f.percent(signal.before.estimate)) before.
                """
        case .momentum(let measure):
            let words = Words(.en)
            return """
                \(name(measure)): from \(words.value(signal.before.estimate, of: measure)) to \
                \(words.value(signal.after.estimate, of: measure)) since about \(f.date(signal.at)).
                """
        }
    }

    func shift(_ shift: MomentumShift) -> String {
        let words = Words(.en)
        let before = words.value(shift.before.estimate, of: shift.measure)
        let after = words.value(shift.after.estimate, of: shift.measure)
        return shift.isWorse
            ? "worse since about \(figures.date(shift.at)): from \(before) to \(after)"
            : "better since about \(figures.date(shift.at)): from \(before) to \(after)"
    }

    func silence(_ silence: MomentumSilence) -> String {
        switch silence {
        case .notRecorded: "not recorded"
        case .tooShort(let known, let need): "\(counted(known, figures, "value", "values")), \(need) are needed"
        }
    }

    func aftermath(_ aftermath: Aftermath) -> String {
        switch aftermath {
        case .gone(let week): "The sign was gone in the week of \(figures.date(week.first))"
        case .stillThere(let weeks): "Still there after \(counted(weeks, figures, "week", "weeks"))"
        case .tooEarly: "Too early to tell"
        }
    }

    func source(_ source: Foresight.Source) -> String {
        switch source {
        case .targetAtRisk: "Targets said to be at risk"
        case .forecast: "Forecasts four weeks ahead, within their 95 % interval"
        case .verdict: "Improvements that worked, still holding after 90 days"
        case .ticketHours: "Hours of open tickets, within their 80 % range"
        case .wear: "Devices that meet their limit within their 95 % range"
        }
    }

    func days(_ days: Double) -> String {
        let shown = figures.number(days, decimals: days < 10 && days != days.rounded() ? 1 : 0)
        return "\(shown)\u{A0}\(shown == "1" ? "day" : "days")"
    }

    func workHours(_ hours: Double) -> String {
        let shown = figures.number(Figures.rounded(hours))
        return "\(shown)\u{A0}\(shown == "1" ? "hour" : "hours")"
    }

    func lead(signs: Int) -> String {
        signs == 0
            ? "No sign that the improvement work is fading."
            : "\(counted(signs, figures, "sign", "signs")) that the improvement work needs attention."
    }

    func template(_ template: PolicyTemplate) -> String {
        switch template {
        case .logged: "All incidents must be logged"
        case .approved: "No change without approval"
        case .cause: "Closed only with a cause"
        case .response: "First response within four working hours for priority 1"
        }
    }

    func compliance(_ compliance: Compliance, target: Double) -> String {
        guard let now = compliance.now else { return "Nothing could be judged yet." }
        let tickets = counted(compliance.judged, figures, "ticket", "tickets")
        return """
            \(figures.share(now)) of \(tickets) kept it in the last four weeks; \(figures.percent(target)) is agreed.
            """
    }

    func policyLead(policies: Int, breached: Int) -> String {
        if policies == 0 { return "No policies yet. Begin with one of those below." }
        let all = counted(policies, figures, "policy", "policies")
        if breached == 0 { return "\(all) in force, each kept as agreed." }
        return "\(all) in force; \(figures.count(breached)) not kept as agreed, or less than before."
    }

    func unitOfSuggestions(perHead: Bool) -> String { perHead ? "a week for each person" : "a week" }
}
