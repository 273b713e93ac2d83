import Measures
import Records
import Statistics

/// The phrases of the page of how work flows.
public enum FlowPhrase: String, CaseIterable, Sendable {
    case process, processQuestion, openProcess, openCards
    case mapHeading, mapNote, mapTable, stagesHeading, stagesNote, groupsHeading, handoffsHeading, handoffsNote
    case waysHeading, shortcutsHeading, loadHeading, compareHeading, rulesHeading, figureHeading
    case stage, visits, tickets, meanStay, inBusinessHours, shareOfTime, cameBackShare, hereNow, slowLonger
    case from, to, passages, meanTime, way, shareOfTickets, figure, now, before, after, difference, falseRate
    case arrived, done, open, week, pingPong
    case noHistory, noTickets, noUsual, noShortcuts, wrongRule, noHandoffs, noImprovements, noRules, rulesText,
        tooFewWeeks
    case onlyPart, andPart, chooseImprovement, show, everything, firstDay, lastDay, kind, dimensionAll
    case usualWay, skips, reversed, pickedQuestion, moved, same
    case rule, kept, broken, keptShare, saveRules, rulesLabel, mapAlternative, byOwn, byGraphviz
}

/// The sentences of that page.
public enum FlowLine: Sendable {
    /// How many tickets of a kind, opened in some days, how many of them done.
    case lead(Int, TicketKind, over: Period, done: Int)
    /// The stage in which most time goes: its share, and the hours of a stay.
    case mostTime(String, share: Double, hours: Double)
    /// The stage in which slow tickets lose most against the others: how many hours, and which share of the difference.
    case slowest(String, longer: Estimate, share: Double)
    /// The most frequent way, and the share of the tickets done that went exactly so.
    case commonWay([String], share: Double)
    /// Steps that nearly all tickets have, in their order.
    case usual([String])
    case hidden(flows: Int, passages: Int)
    case shownWays(Int, of: Int)
    /// Weeks after this day are not settled.
    case unsettled(Day)
    case compared(live: Day, before: Int, after: Int)
    case movedFigures(Int, of: Int)
    /// What a list of tickets has in common.
    case picked(FlowPick)
    case listed(Int, looked: Int)
}

/// What a language must be able to say of how work flows. Nothing falls back to another language.
protocol FlowWording: Sendable {
    func say(_ phrase: FlowPhrase) -> String
    func tell(_ line: FlowLine) -> Sentence
}

extension English: FlowWording {}
extension Danish: FlowWording {}
extension Chinese: FlowWording {}

extension Words {
    private var flowing: any FlowWording {
        switch language {
        case .en: English()
        case .da: Danish()
        case .zh: Chinese()
        }
    }

    /// A fixed phrase of the page of how work flows.
    public func flow(_ phrase: FlowPhrase) -> String { flowing.say(phrase) }
    /// A sentence of it, its names marked.
    public func flow(_ line: FlowLine) -> Sentence { flowing.tell(line) }
    /// Hours as the page tells them, in the unit that suits them.
    public func duration(hours: Double) -> String {
        Measure(.incident, .timeToResolve).map { value(hours, of: $0) } ?? figures.number(hours)
    }
    /// Hours with their interval.
    public func duration(_ hours: Estimate) -> (value: String, range: String) {
        Measure(.incident, .timeToResolve).map { value(hours, of: $0) } ?? ("", "")
    }
}

extension Sentence {
    /// Names one after another, in the order of the work.
    static func names(_ names: [String]) -> Sentence {
        names.enumerated().reduce(Sentence("")) { so, next in
            next.offset == 0 ? "\(name: next.element)" : "\(so) → \(name: next.element)"
        }
    }
}
