// The sentences of the improvement work.

import Improvements
import Measures
import Records
import Statistics

extension English {
    func tell(_ line: ImprovementLine) -> Sentence {
        let f = figures
        func days(_ n: Int) -> String { n == 1 ? "1\u{A0}day" : "\(f.count(n))\u{A0}days" }
        func weeks(_ n: Int) -> String { n == 1 ? "1\u{A0}week" : "\(f.count(n))\u{A0}weeks" }
        switch line {
        case .standing(let state, let round, let step):
            return switch state {
            case .active: "Round \(f.count(round)), step \(f.count(step.rawValue)) of 7: \(lowercased(name(step)))."
            case .onHold(let reason):
                "On hold, in round \(f.count(round)), step \(f.count(step.rawValue)): \(name: reason)"
            case .closed(let reason): "Closed after round \(f.count(round)): \(name: reason)"
            }
        case .round(let n): return "Round \(f.count(n))"
        case .roundLive(let n): return "round \(f.count(n)) live"
        case .improvements(let n):
            return n == 0
                ? "No improvement is under way."
                : n == 1 ? "1 improvement is under way." : "\(f.count(n)) improvements are under way."
        case .conflict(let name, let time):
            return "\(name: name) changed this improvement at \(time). Your text is kept below; choose which one stays."
        case .refused(let error): return refusal(error)
        case .fill(let field): return "Fill in \(name: field)."
        case .notNumber(let value): return "\(name: value) is not a number."
        case .notDate(let value): return "\(name: value) is not a date. Write for example 2026-03-12."
        case .outside(let field, let low, let high):
            return "\(name: field) is a number from \(f.range(f.number(low), f.number(high)))."
        case .tooLong(let field, let most): return "\(name: field) holds at most \(f.count(most)) bytes."
        case .unknownChoice(let value): return "\(name: value) is no longer one of the choices. Choose again."

        case .fitness(let d):
            let told = """
                \(days(d.days)) with a value, \(f.percent(d.missing)) missing; the data end on \(f.date(d.lastDay)).
                """
            return d.isEnough
                ? "\(told) That is enough for a test."
                : """
                \(told) A test needs at least \(days(DataFitness.daysMin)), with at most \
                \(f.percent(DataFitness.missingMax)) missing.
                """
        case .overridden(let reason): return "Left without its evidence: \(name: reason)"
        case .originSuggestion(let title, let by):
            return by.isEmpty ? "The suggestion \(name: title)" : "The suggestion \(name: title), made by \(name: by)"
        case .liveAt(let place, let day):
            return place.isEmpty ? "Everywhere since \(f.date(day))" : "\(name: place) since \(f.date(day))"
        case .doneOn(let day): return "done on \(f.date(day))"
        case .blockedBy(let department): return "blocked by \(name: department)"
        case .daysLong(let n): return "\(days(n))"
        case .weeksLong(let n): return "\(weeks(n))"
        case .provable(let n, let effect):
            return """
                As the figure has varied, \(weeks(n)) would prove an effect of \(f.percent(effect)) or more in four cases \
                of five.
                """

        case .verdict(let j, let measure, let slice, let least): return verdict(j, measure, slice, least)
        case .naive(let naive, let effect):
            guard let effect, (naive < 0) == (effect < 0), naive.magnitude > effect.magnitude + 0.015 else {
                return "A plain comparison of before and after says \(f.change(naive))."
            }
            return """
                A plain comparison of before and after says \(f.change(naive)); about \
                \(f.number(((naive - effect).magnitude * 100).rounded())) points of that would have come by themselves.
                """
        case .benefit(let e):
            return e.estimate >= 0
                ? """
                It saves about \(hours(e.estimate)) hours of waiting a month (\(f.range(hours(e.low), hours(e.high)))).
                """
                : """
                It costs about \(hours(-e.estimate)) hours of waiting a month (\(f.range(hours(-e.high), hours(-e.low)))).
                """
        case .worth(let e, let currency):
            return """
                That is about \(currency)\u{A0}\(hours(e.estimate)) a month (\(f.range(hours(e.low), hours(e.high)))).
                """
        case .verdictDue(let day): return "The verdict is due when the data reach \(f.date(day))."
        case .soFar(let value, let range):
            return
                "So far the difference is \(value) a day (\(range)), by an interval that holds however often one looks."
        case .badSpell(let n):
            return "The \(days(n)) before the start were unusually bad; they were given a level of their own."
        case .held(let e):
            return """
                \(f.percent(e.estimate)) of the gain is held in the latest four weeks \
                (\(f.range(f.percent(e.low), f.percent(e.high)))).
                """
        case .holdsSince(let from, let through):
            return "The new level has held from \(f.date(from)) to \(f.date(through)), the last day that can be judged."
        case .slipped(let day): return "The gain has been slipping back since about \(f.date(day))."
        case .watchBegins(let day): return "Whether it holds can be told once the data reach \(f.date(day))."

        case .noData: return "The data say nothing about this figure. Choose another measure or another part."
        case .liveBeforePlan(let live, let frozen):
            return """
                It went live on \(f.date(live)), before the test was frozen on \(f.date(frozen)): that cannot be proven. \
                Plan the next round before it starts.
                """
        case .baselineTooShort(let n, let need):
            return
                "There are \(days(n)) with a value before the start, and \(f.count(need)) are needed. Bring older data."
        case .baselineTooLong(let n, let most):
            return "The days compared with are \(f.count(n)); at most \(f.count(most)) can be taken in."
        case .reviewOutOfRange(let n, let from, let through):
            return "The plan watches \(weeks(n)); \(f.count(from)) to \(f.count(through)) are possible."
        case .unknownMeasure(let id): return "There is no measure \(name: id)."

        case .closedWeekdays(let list):
            return
                "Days on which nothing is open were left out: \(list.map { Figures.enDays[$0] }.joined(separator: ", "))."
        case .holidaysLeftOut(let n):
            return n == 1 ? "1 holiday was left out." : "\(f.count(n)) holidays were left out."
        case .gapDays(let n): return "On \(days(n)) nothing at all was exported; they count as missing."
        case .stillOpenDays(let n):
            return "On \(days(n)) most tickets are still open; they count with the age they have."
        case .settlingDays(let n): return "The latest \(days(n)) cannot be judged yet: their tickets are still open."
        case .betweenDays(let n): return "\(days(n)) between the comparison and the start belong to neither."
        case .placesTogether(let n): return "\(f.count(n)) places began on different days and were judged as one."
        case .dataEnd(let day): return "The data end on \(f.date(day))."
        case .controlLost(let name): return "\(name: name) could not be compared with, and was left out."

        case .needsAction(let text, let owner, let due):
            return "\(name: text) (\(owner)) was due on \(f.date(due))"
        case .winsSummary(let proven, let held, let tried):
            let gains =
                switch (proven, held) {
                case (0, _): "No gain has been proven yet"
                case (1, 0): "1 gain has been proven"
                case (1, _): "1 gain has been proven, and it holds"
                default: "\(f.count(proven)) gains have been proven, and \(f.count(held)) of them are shown to hold"
                }
            return switch tried {
            case 0: "\(gains)."
            case 1: "\(gains); 1 attempt brought no proof."
            default: "\(gains); \(f.count(tried)) attempts brought no proof."
            }
        case .winsHours(let e):
            return """
                Together they save about \(hours(e.estimate)) hours of waiting a month \
                (\(f.range(hours(e.low), hours(e.high)))).
                """
        case .reportTitle(let day):
            return "\(Figures.enMonths[day.components.month - 1]) \(String(day.components.year))"
        case .reportSummary(let proven, let tried, let opened, let live):
            let gains =
                proven == 0
                ? "No gain was proven" : proven == 1 ? "1 gain was proven" : "\(f.count(proven)) gains were proven"
            let rounds =
                tried == 0
                ? "" : tried == 1 ? ", 1 round ended without one" : ", \(f.count(tried)) rounds ended without one"
            let begun =
                opened == 0
                ? "no improvement was opened"
                : opened == 1 ? "1 improvement was opened" : "\(f.count(opened)) improvements were opened"
            return "\(gains)\(rounds); \(begun), and \(live == 0 ? "none" : f.count(live)) went live."
        case .suggestionsMade(let n):
            return n == 0
                ? "No suggestions were made."
                : n == 1 ? "1 suggestion was made." : "\(f.count(n)) suggestions were made."
        case .suggestions(let n): return n == 1 ? "1 suggestion" : "\(f.count(n)) suggestions, the latest first"
        }
    }

    private func hours(_ value: Double) -> String { figures.number(Figures.rounded(value)) }
    private func lowercased(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    private func verdict(_ j: Judgement, _ measure: Measure?, _ slice: Slice, _ least: Double?) -> Sentence {
        let f = figures
        let what: Sentence = measure.map { subject($0, slice).capitalised } ?? "The figure"
        let guards: Sentence =
            !j.harmed.isEmpty
            ? " But something that must not get worse did."
            : j.unproven.isEmpty ? "" : " For what must not get worse, harm is not ruled out yet."
        switch (j.verdict, j.effect) {
        case (.worked, let e?):
            return """
                \(what) \(e.estimate < 0 ? "fell" : "rose") by \(f.percent(e.estimate.magnitude)) (\(spread(e))) compared \
                with what would have happened.\(guards)
                """
        case (.worse, let e?):
            return """
                \(what) \(e.estimate < 0 ? "fell" : "rose") by \(f.percent(e.estimate.magnitude)) (\(spread(e))) compared \
                with what would have happened. Note what was learnt.\(guards)
                """
        case (.noDifference, let e?):
            let most = f.percent(least ?? max(e.low.magnitude, e.high.magnitude))
            return "An effect of \(most) or more would have shown; a smaller one cannot be ruled out.\(guards)"
        case (.cannotTell, let e?):
            return "The effect lies between \(f.change(e.low)) and \(f.change(e.high)), and both are possible.\(guards)"
        case (.tooEarly, _): return "The data do not reach the end of the planned weeks yet."
        default: return "The data cannot answer.\(guards)"
        }
    }

    /// The interval of an effect as sizes, the smaller first.
    private func spread(_ e: Estimate) -> String {
        let (a, b) = e.estimate < 0 ? (-e.high, -e.low) : (e.low, e.high)
        return figures.changes(a, b)
    }

    private func refusal(_ error: LifeCycleError) -> Sentence {
        switch error {
        case .closed: "This improvement is closed; only comments can be added."
        case .onHold: "This improvement is on hold. Take it up again first."
        case .notOnHold: "This improvement is not on hold."
        case .evidenceMissing(let missing):
            "The step cannot be left yet. Still needed: \(missing.map { self.missing($0) }.joined(separator: "; "))."
        case .reasonMissing: "A reason is needed."
        case .textMissing: "A text is needed."
        case .notEarlier(let step): "\(name(step)) is not an earlier step."
        case .noSuchChoice: "There is no such option any more. Choose again."
        case .planFrozen: "The test of this round is frozen already. Another one belongs to the next round."
        case .noPlan: "There is no frozen test to judge by."
        case .notMeasurable: "The objective names no measure. Choose one first."
        case .otherPlan: "The verdict follows another test than the frozen one."
        case .wrongStep(let step): "That does not belong to the step “\(name(step))”."
        case .noNextRound: "Another round follows a decision to extend or to adjust."
        case .merged(let id): "It was merged into improvement \(String(id)). Go on there."
        case .mergeTakesTwo: "An improvement cannot be merged into itself."
        case .noSuchAction: "There is no such action any more. Look at the list again."
        case .noSuchParent: "There is no such improvement that it could be a part of."
        case .ownAncestor: "That improvement is itself a part of this one."
        case .roleMayNotApprove: "Your role does not approve this; ask one of those the rule names."
        case .outOfRange:
            "The number is outside its range: a share lies between 0 and 100 %, people are not fewer than none."
        case .endsBeforeItBegins: "The end lies before the beginning."
        case .changedMeanwhile, .notOpened, .openedTwice: "The improvement has changed. Look at it again."
        }
    }
}
