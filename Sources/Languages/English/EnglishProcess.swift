import Measures
import Records

/// The page of how work flows, in English.
extension English {
    func say(_ phrase: FlowPhrase) -> String {
        switch phrase {
        case .process: "Process"
        case .processQuestion: "How does work really flow?"
        case .openProcess: "See how work flows"
        case .openCards: "Read the process cards"
        case .mapHeading: "The map"
        case .mapNote:
            "The wider a line, the more tickets took it; the darker, the longer they waited before they took it. The bar in a box is its share of all time."
        case .mapTable: "The map as a table"
        case .mapAlternative: "Every number of this picture stands in the table below it."
        case .stagesHeading: "Where it waits"
        case .stagesNote:
            "Time counts until a ticket is resolved. “Slow” are the slowest quarter of the tickets opened in the same week."
        case .groupsHeading: "Who holds it"
        case .handoffsHeading: "From hand to hand"
        case .handoffsNote:
            "A bar is as long as there are hand-offs; the time is how long the first group had the ticket."
        case .waysHeading: "Ways through"
        case .shortcutsHeading: "The usual way, and shortcuts"
        case .loadHeading: "What comes, what goes, what lies there"
        case .compareHeading: "Before and after an improvement"
        case .rulesHeading: "Rules of the process"
        case .figureHeading: "Week by week"
        case .stage: "Stage"
        case .visits: "Visits"
        case .tickets: "Tickets"
        case .meanStay: "Mean stay"
        case .inBusinessHours: "In business hours"
        case .shareOfTime: "Share of all time"
        case .cameBackShare: "Came back"
        case .hereNow: "Here now"
        case .slowLonger: "Slow ones stay longer by"
        case .from: "From"
        case .to: "To"
        case .passages: "Passages"
        case .meanTime: "Mean time"
        case .way: "Way"
        case .shareOfTickets: "Share of tickets"
        case .figure: "Figure"
        case .now: "Last 13 weeks"
        case .before: "Before"
        case .after: "After"
        case .difference: "Difference"
        case .falseRate: "Chance of a false alarm"
        case .arrived: "Opened"
        case .done: "Resolved"
        case .open: "Open at the end"
        case .week: "Week from"
        case .pingPong: "Sent to a group and straight back"
        case .noHistory:
            "The histories of these tickets are not known, so only their milestones are shown. An export with the status history shows the real flow."
        case .noTickets: "There are no tickets of this kind in these days. Choose other days, or import their history."
        case .noUsual: "No step is common to nearly all tickets, or too few tickets are done to say so."
        case .noShortcuts: "Nobody left out one of these steps or turned two of them round in these weeks."
        case .wrongRule: "This is no rule. Nothing was saved; what you typed stands below."
        case .noHandoffs: "No ticket changed hands in these days."
        case .noImprovements: "No improvement has gone live yet. Once one has, its weeks before and after stand here."
        case .noRules: "No rules of the process are written yet."
        case .rulesText:
            "One rule a line, with states as the system writes them: begins New; ends Closed; next New -> Active; requires Active before Resolved; never New after Closed; at most 2 Active; within 48 hours New -> Active; four eyes Approved, Implemented."
        case .tooFewWeeks: "Fewer than four settled weeks lie on one side of that day; nothing can be said yet."
        case .onlyPart: "Only"
        case .andPart: "and"
        case .chooseImprovement: "Improvement"
        case .show: "Show"
        case .everything: "Everything"
        case .firstDay: "Opened from"
        case .lastDay: "Through"
        case .kind: "Kind"
        case .dimensionAll: "All"
        case .usualWay: "The usual way"
        case .skips: "Skipped"
        case .reversed: "In another order"
        case .pickedQuestion: "Which tickets stand behind this figure?"
        case .moved: "moved"
        case .same: "no difference shown"
        case .rule: "Rule"
        case .kept: "Kept"
        case .broken: "Broken"
        case .keptShare: "Kept, share"
        case .saveRules: "Save the rules"
        case .rulesLabel: "Rules"
        case .byOwn: "Drawn by Ratchet’s own layout"
        case .byGraphviz: "Drawn by Graphviz"
        }
    }

    func tell(_ line: FlowLine) -> Sentence {
        let f = figures
        func hours(_ value: Double) -> String { Words(.en).duration(hours: value) }
        switch line {
        case .lead(let count, let kind, let period, let done):
            return
                "\(f.count(count)) \(plural(kind)) were opened from \(f.range(period.first, period.last)); \(f.count(done)) of them are done."
        case .mostTime(let stage, let share, let stay):
            return "Most time goes in \(name: stage): \(f.percent(share)) of all time, \(hours(stay)) a stay."
        case .slowest(let stage, let longer, let share):
            let told = Words(.en).duration(longer)
            return
                "Slow tickets lose most in \(name: stage): \(told.value) longer than the others (\(told.range)), \(f.percent(share)) of the whole difference."
        case .commonWay(let names, let share):
            return "\(f.percent(share)) go exactly this way: \(Sentence.names(names))."
        case .usual(let names): return "Nearly every ticket passes these steps: \(Sentence.names(names))."
        case .hidden(let flows, let passages):
            let noun = flows == 1 ? "rare line is" : "rare lines are"
            return "\(f.count(flows)) \(noun) left out of the map; together they were taken \(f.count(passages)) times."
        case .shownWays(let shown, let all):
            return "The \(f.count(shown)) most frequent of \(f.count(all)) ways that are kept."
        case .unsettled(let day):
            return
                "Weeks after \(f.date(day)) are left out of figures by week: fewer than nine in ten of their tickets are done."
        case .compared(let live, let before, let after):
            return
                "Live on \(f.date(live)): \(f.count(before)) weeks before are compared with \(f.count(after)) weeks after; the week of going live counts for neither."
        case .movedFigures(let moved, let all):
            return moved == 0
                ? "None of \(f.count(all)) figures moved more than chance explains; at most 5 % of those called moved are expected to be false."
                : "\(f.count(moved)) of \(f.count(all)) figures moved; at most 5 % of those called moved are expected to be false."
        case .picked(let pick): return picked(pick)
        case .listed(let count, let looked):
            return "\(f.count(count)) tickets, the latest first, among the latest \(f.count(looked)) of these days."
        }
    }

    private func picked(_ pick: FlowPick) -> Sentence {
        switch pick {
        case .state(let a): "Tickets that were in \(name: a)"
        case .cameBack(let a): "Tickets that came back to \(name: a)"
        case .running(let a): "Tickets that are in \(name: a) now"
        case .group(let a): "Tickets that group \(name: a) held"
        case .flow(let a, let b): "Tickets that went from \(name: a) to \(name: b)"
        case .handoff(let a, let b): "Tickets handed from \(name: a) to \(name: b)"
        case .way(let names): "Tickets that went \(Sentence.names(names))"
        case .skipped(let a): "Tickets done that skipped \(name: a)"
        case .order(let a, let b): "Tickets with \(name: a) before \(name: b)"
        case .cameBackAnywhere: "Tickets that came back to an earlier step"
        case .handedOver: "Tickets that changed hands"
        }
    }
}
