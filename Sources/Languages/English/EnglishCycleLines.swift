import Gains
import Records
import Statistics

extension English {
    static func cycle(_ line: CycleLine, _ f: Figures) -> Sentence {
        switch line {
        case .heldGains(let held):
            let all =
                held.slipped == 0
                ? "\(held.proven == 1 ? "The one proven gain still holds" : "All \(f.count(held.proven)) proven gains still hold"), the longest for \(days(held.longestDays, f))"
                : "Of \(counted(held.proven, f, "proven gain", "proven gains")), \(f.count(held.proven - held.slipped)) still \(held.proven - held.slipped == 1 ? "holds" : "hold")"
            guard let median = held.medianDays else { return "\(all)." }
            return "\(all); half of them hold for \(days(Int(median.estimate), f)) or longer\(range(median, f))."
        case .duplicates(let n):
            return n == 1
                ? "One pair of improvements looks the same." : "\(f.count(n)) pairs of improvements look the same."
        case .handoffs(let days, let open):
            if days == 0, open == 0 { return "No department waits for another." }
            return
                "Departments have waited \(self.days(days, f)) for one another; \(open == 0 ? "nothing is waited for now" : "\(counted(open, f, "thing is", "things are")) still waited for")."
        case .prevented(let n, let kind, let period):
            return
                "About \(f.number(n.estimate, decimals: 0)) \(kind) (\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))) that were expected \(f.range(period.first, period.last)) did not come."
        case .preventedInAll(let n, let rounds):
            return
                "Together about \(f.number(n.estimate, decimals: 0)) (\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))), from \(counted(rounds, f, "round", "rounds"))."
        case .inTime(let n, let of): return "done in time \(f.count(n)) of \(f.count(of)) times"
        case .votes(let n): return n == 0 ? "no votes yet" : "\(counted(n, f, "vote", "votes"))"
        case .fateUnderWay(let step): return "it has become an improvement, which is at: \(step)"
        case .quieted(let came, let judged, let share):
            return
                "Of \(counted(judged, f, "warning", "warnings")), \(f.count(came)) came true (\(f.percent(share.estimate)), \(f.range(f.percent(share.low), f.percent(share.high)))); at least half should."
        case .approvalRule(let effort, let hours, let roles):
            return
                "An improvement needs nobody’s approval when its work is at most \(effort) and it is expected to save at most \(f.number(hours)) hours a month. What is larger is approved by: \(roles.joined(separator: ", "))."
        case .time(let promised, let used):
            return promised > 0
                ? "\(f.number(used)) of \(f.number(promised)) promised hours were used (\(f.percent(used / promised)))."
                : "\(f.number(used)) hours were used; none were promised."
        case .pulseNow(let mean, let n):
            return
                "\(f.number(mean.estimate, decimals: 1)) of 5 (\(f.range(f.number(mean.low, decimals: 1), f.number(mean.high, decimals: 1)))), from \(counted(n, f, "answer", "answers"))"
        case .sheetHasNoTitle(let found):
            return
                "No column of the sheet is recognised as the title. Call one “Title” in its first row and bring it again. Its columns are: \(found.joined(separator: ", "))."
        case .sheetIsTooLong(let most):
            return
                "The sheet has more than \(f.count(most)) rows. Is it a register of improvements? Tickets belong on the page Sources."
        case .thanked(let by, let team, let person):
            let to: Sentence = person.isEmpty ? "\(name: team)" : "\(name: person), \(name: team)"
            return by.isEmpty ? "Somebody thanks \(to)" : "\(name: by) thanks \(to)"
        case .workEffective(let worked, let judged):
            return "\(f.count(worked)) of \(counted(judged, f, "round", "rounds")) with a verdict worked."
        case .workEfficient(let hours, let finished):
            return
                "\(f.number(hours)) hours of work for each of \(counted(finished, f, "improvement", "improvements")) with a verdict."
        case .workEconomical(let hours, let spent):
            return
                "\(f.number(hours / spent)) hours a month still held for each hour spent (\(f.number(hours)) for \(f.number(spent)))."
        case .servicesEffective(let kept, let n):
            return "\(f.percent(kept)) of \(counted(n, f, "incident", "incidents")) stayed solved."
        case .servicesEfficient(let hours, let n):
            return "\(f.number(hours)) hours of work for each of \(counted(n, f, "incident", "incidents"))."
        case .servicesEconomical(let cost, let currency): return "\(f.number(cost)) \(currency) for each incident."
        case .notRecorded: return "Nobody writes it down yet."
        case .workAhead(let now, let ahead, let weeks):
            return
                "\(f.number(now)) a week now; \(f.number(ahead.estimate)) (\(f.range(f.number(ahead.low), f.number(ahead.high)))) in \(f.count(weeks)) weeks"
        case .suggestionsShown(let n, let challenges):
            return
                "\(counted(n, f, "suggestion", "suggestions")), of which \(f.count(challenges)) \(challenges == 1 ? "questions" : "question") how it has always been."
        }
    }

    private static func days(_ n: Int, _ f: Figures) -> String { counted(n, f, "day", "days") }

    private static func range(_ median: Estimate, _ f: Figures) -> String {
        median.high.isFinite
            ? " (\(f.range(f.number(median.low, decimals: 0), f.number(median.high, decimals: 0))))"
            : " (at least \(f.number(median.low, decimals: 0)))"
    }
}
