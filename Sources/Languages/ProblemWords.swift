import Records
import Signals
import Statistics

/// Fixed phrases of the pages of recurring problems and of themes.
public enum ProblemPhrase: String, CaseIterable, Sendable {
    case problems, problemsQuestion, noProblems, problem, words, incidents, months, hoursAMonth, workHoursAMonth
    case moneyAMonth, nextDue, workarounds, standing, overdue, notSaid
    case candidate, recorded, returned, quiet, ordinary
    case candidateText, recordedText, returnedText, quietText, ordinaryText
    case candidatesHeading, othersHeading, othersText, sizeNote, firstSeen, lastSeen, timesBack, rhythm, noRhythm
    case record, changes, satisfaction, chance, chanceText, tickets, showMore
    case takeOut, takeOutText, takeOutButton, joinHeading, joinText, joinNumber, joinButton, nameHeading, nameLabel
    case nameButton, why, history, noneTicked, allTicked, noSuchProblem, sameProblem, notYours, tooLong
    case openProblems, firefighting, ofProblem, notSummed
    case themes, themesText, theme, comments, share, feeling, examples, noThemes, grows, errorRates, positive, mixed
    case negative, neutral, kinds
}

/// What a language must be able to say about recurring problems. Nothing falls back to another language.
protocol ProblemWording: Sendable {
    func problem(_ phrase: ProblemPhrase) -> String
    func sentence(_ signal: Signal, about subject: SignalSubject) -> Sentence
    func title(_ signal: Signal, about subject: SignalSubject) -> Sentence
    func lead(candidates: Int, groups: Int, hours: Double?) -> String
    func story(_ problem: RecurringProblem, name: String, asOf: Day) -> Sentence
    func rhythm(_ everyDays: Estimate) -> String
    func due(_ next: Day, in range: Period) -> String
    func workarounds(_ count: Int, of known: Int) -> String
    func record(_ record: RecurringProblem.Record) -> Sentence
    func changes(_ changes: RecurringProblem.ChangesBefore, of spells: Int) -> String
    func satisfaction(_ satisfaction: RecurringProblem.Satisfaction) -> String
    func joined(other: Int64) -> String
    func takenOut(_ tickets: Int, of other: Int64) -> String
    func named(_ name: String) -> Sentence
    func themeLead(comments: Int, themes: Int, without: Int) -> String
}

extension Words {
    private var problemWording: any ProblemWording {
        switch language {
        case .en: English()
        case .da: Danish()
        case .zh: Chinese()
        }
    }

    /// A fixed phrase of the pages of recurring problems.
    public func recurring(_ phrase: ProblemPhrase) -> String { problemWording.problem(phrase) }

    public func name(of standing: RecurringProblem.Standing) -> String {
        switch standing {
        case .candidate: recurring(.candidate)
        case .recorded: recurring(.recorded)
        case .returned: recurring(.returned)
        case .quiet: recurring(.quiet)
        case .ordinary: recurring(.ordinary)
        }
    }

    public func meaning(of standing: RecurringProblem.Standing) -> String {
        switch standing {
        case .candidate: recurring(.candidateText)
        case .recorded: recurring(.recordedText)
        case .returned: recurring(.returnedText)
        case .quiet: recurring(.quietText)
        case .ordinary: recurring(.ordinaryText)
        }
    }

    /// What the page of problems says first.
    public func problemLead(candidates: Int, groups: Int, hours: Double?) -> String {
        problemWording.lead(candidates: candidates, groups: groups, hours: hours)
    }
    /// A problem in a sentence: how often, in which rhythm, when next.
    public func story(_ problem: RecurringProblem, name: String, asOf: Day) -> Sentence {
        problemWording.story(problem, name: name, asOf: asOf)
    }
    /// What an improvement of it is called.
    public func title(forProblem name: String) -> String {
        switch language {
        case .en: "Find the cause of “\(name)”"
        case .da: "Find årsagen til “\(name)”"
        case .zh: "查明“\(name)”的原因"
        }
    }

    /// “every 29 to 31 days”
    public func rhythm(_ everyDays: Estimate) -> String { problemWording.rhythm(everyDays) }
    /// A due day with its range, for a table.
    public func due(_ next: Day, in range: Period) -> String { problemWording.due(next, in: range) }
    public func workarounds(_ count: Int, of known: Int) -> String { problemWording.workarounds(count, of: known) }
    public func told(_ record: RecurringProblem.Record) -> Sentence { problemWording.record(record) }
    public func told(_ changes: RecurringProblem.ChangesBefore, of spells: Int) -> String {
        problemWording.changes(changes, of: spells)
    }
    public func told(_ satisfaction: RecurringProblem.Satisfaction) -> String {
        problemWording.satisfaction(satisfaction)
    }
    public func joined(other: Int64) -> String { problemWording.joined(other: other) }
    public func takenOut(_ tickets: Int, of other: Int64) -> String { problemWording.takenOut(tickets, of: other) }
    public func named(_ name: String) -> Sentence { problemWording.named(name) }
    public func themeLead(comments: Int, themes: Int, without: Int) -> String {
        problemWording.themeLead(comments: comments, themes: themes, without: without)
    }
}

extension Figures {
    /// A number of incidents a month: with a decimal below ten.
    func monthly(_ value: Double) -> String { number(value, decimals: value < 10 ? 1 : 0) }
    /// Days of a rhythm: whole ones.
    func days(_ value: Double) -> String { number(value.rounded(), decimals: 0) }
}
