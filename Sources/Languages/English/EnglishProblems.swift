import Records
import Signals
import Statistics

// What keeps coming back, as a problem manager would say it.

extension English: ProblemWording {
    func problem(_ phrase: ProblemPhrase) -> String {
        switch phrase {
        case .problems: "Problems"
        case .problemsQuestion: "Which incidents keep coming back, and when is the next one due?"
        case .noProblems:
            """
            Nothing keeps coming back yet. Incidents are grouped by the words of their title when they come in: import an \
            export that has a title or a short description.
            """
        case .problem: "Problem"
        case .words: "What it is about"
        case .incidents: "Incidents"
        case .months: "By month"
        case .hoursAMonth: "Hours waited a month"
        case .workHoursAMonth: "Hours of work a month"
        case .moneyAMonth: "Cost a month"
        case .nextDue: "Next due"
        case .workarounds: "Closed by workaround"
        case .standing: "Standing"
        case .overdue: "overdue"
        case .notSaid: "not recorded"
        case .candidate: "problem candidate"
        case .recorded: "has a problem record"
        case .returned: "came back"
        case .quiet: "quiet"
        case .ordinary: "not beyond chance"
        case .candidateText: "It keeps coming back, and no problem record names its cause."
        case .recordedText: "A problem record is being worked on, so it is no candidate."
        case .returnedText: "Its problem record was closed, and incidents came again: the cause is still there."
        case .quietText: "It has not come for longer than usual."
        case .ordinaryText:
            "Its incidents share no more words than tickets of their category do by chance, or it came back fewer than three times."
        case .candidatesHeading: "Worth finding the cause of"
        case .othersHeading: "Other groups"
        case .othersText: "Groups with a problem record, quiet ones, and those that chance could have made."
        case .sizeNote:
            """
            Hours are those that people waited for incidents of the last half year, as hours a month, with 95 % \
            intervals. Incidents of a problem may also count in other findings: the hours of two findings are not added up.
            """
        case .firstSeen: "First"
        case .lastSeen: "Latest"
        case .timesBack: "Times it came"
        case .rhythm: "Rhythm"
        case .noRhythm: "none that chance would not make"
        case .record: "Problem record"
        case .changes: "Changes before it came"
        case .satisfaction: "Satisfaction"
        case .chance: "By chance"
        case .chanceText: "The chance that tickets of its category share so many words, for all groups together."
        case .tickets: "Its incidents"
        case .showMore: "Earlier incidents"
        case .takeOut: "Take incidents out"
        case .takeOutText:
            "Tick the incidents above that tell of something else. They become a problem of their own, and later turns leave them there."
        case .takeOutButton: "Take them out"
        case .joinHeading: "Join with another problem"
        case .joinText: "All incidents of the other problem come to one of the two, and the older number stays."
        case .joinNumber: "Number of the other problem"
        case .joinButton: "Join"
        case .nameHeading: "Give it a name"
        case .nameLabel: "Name"
        case .nameButton: "Save the name"
        case .why: "Why"
        case .history: "What people said of it"
        case .noneTicked: "Tick at least one incident that is in this problem."
        case .allTicked: "If every incident is taken out, nothing is left. Leave at least one."
        case .noSuchProblem: "There is no problem of this number."
        case .sameProblem: "A problem cannot be joined with itself. Give the number of another one."
        case .notYours: "Ask someone who may contribute to split, join or name problems."
        case .tooLong: "This is too long: at most 200 characters."
        case .openProblems: "See what keeps coming back"
        case .firefighting: "What each cause costs"
        case .ofProblem: "One of the incidents of"
        case .notSummed: "There are too few incidents to say more: three are needed."
        case .themes: "Themes"
        case .themesText: "What comments are about, found from their words."
        case .theme: "Theme"
        case .comments: "Comments"
        case .share: "Share"
        case .feeling: "Feeling"
        case .examples: "For example"
        case .noThemes: "There are too few comments to find themes in."
        case .grows: "growing beyond chance"
        case .errorRates:
            """
            Feelings run from −1 to 1 and are read from lists of words. Held against texts that people had labelled, one \
            Chinese comment in nine was read wrongly, one English in seven, and about one Danish in five; a correlation \
            of 0.57 with Danish labels. Irony is not understood.
            """
        case .kinds: "Kinds"
        case .positive: "positive"
        case .mixed: "mixed"
        case .negative: "negative"
        case .neutral: "none"
        }
    }

    func sentence(_ s: Signal, about subject: SignalSubject) -> Sentence {
        if s.kind == .theme {
            return """
                Comments about \(name: subject.name) have grown from \(figures.monthly(s.before.estimate * 30.4)) to \
                \(figures.monthly(s.after.estimate * 30.4)) a month since about \(figures.date(s.at)).
                """
        }
        var story: Sentence = """
            Incidents about \(name: subject.name) keep coming back: \(figures.monthly(s.after.estimate * 30.4)) a month
            """
        if let every = subject.everyDays { story = "\(story), \(rhythm(every))" }
        if let next = subject.next { story = "\(story), the next about \(figures.date(next))" }
        guard let cost = s.hoursPerMonth else { return "\(story)." }
        return "\(story). It costs about \(costHours(cost.estimate)) a month."
    }

    func title(_ s: Signal, about subject: SignalSubject) -> Sentence {
        s.kind == .theme
            ? "Answer what comments say about \(name: subject.name)" : "Find the cause of \(name: subject.name)"
    }

    func lead(candidates: Int, groups: Int, hours: Double?) -> String {
        if candidates == 0 {
            return groups == 0
                ? "No incidents keep coming back."
                : "Nothing that keeps coming back is beyond chance and without a problem record."
        }
        let what =
            candidates == 1 ? "1 problem keeps coming back" : "\(figures.count(candidates)) problems keep coming back"
        guard let hours else { return "\(what)." }
        return "\(what), and \(candidates == 1 ? "costs" : "they cost") about \(costHours(hours)) a month."
    }

    func story(_ problem: RecurringProblem, name: String, asOf: Day) -> Sentence {
        var story: Sentence = """
            \(problem.size == 1 ? "1 incident" : "\(figures.count(problem.size)) incidents") about \(name: name), \
            \(figures.monthly(problem.perMonth.estimate)) a month lately
            """
        if let found = problem.rhythm {
            story = "\(story), \(rhythm(found.everyDays))"
            story =
                found.nextLatest >= asOf
                ? "\(story), the next about \(figures.date(found.next))"
                : "\(story); the next was due about \(figures.date(found.next))"
        }
        return "\(story)."
    }

    func rhythm(_ every: Estimate) -> String {
        let (low, high) = (figures.days(every.low), figures.days(every.high))
        if low == high { return low == "1" ? "every day" : "every \(low)\u{A0}days" }
        return "every \(low) to \(high)\u{A0}days"
    }

    func due(_ next: Day, in range: Period) -> String {
        "\(figures.shortDate(next)) (\(figures.range(range.first, range.last)))"
    }

    func workarounds(_ count: Int, of known: Int) -> String { "\(figures.count(count)) of \(figures.count(known))" }

    func record(_ record: RecurringProblem.Record) -> Sentence {
        let named =
            record.incidents == 1 ? "1 incident names it" : "\(figures.count(record.incidents)) incidents name it"
        if record.status == nil { return "\(record.number): \(named); it is not among the imported problems" }
        guard let ended = record.endedOn else { return "\(record.number), still open: \(named)" }
        return """
            \(record.number), closed on \(figures.date(ended)): \(named); \
            \(record.after == 1 ? "1 incident came" : "\(figures.count(record.after)) incidents came") after it
            """
    }

    func changes(_ changes: RecurringProblem.ChangesBefore, of spells: Int) -> String {
        changes.expected == 0
            ? "Incidents name these changes as their cause."
            : """
            \(figures.count(changes.followed)) of the \(figures.count(spells)) times it came, a change on the same service \
            had been made in the three days before; by chance it would be about \(figures.monthly(changes.expected)).
            """
    }

    func satisfaction(_ s: RecurringProblem.Satisfaction) -> String {
        """
        \(figures.percent(s.own.estimate)) (\(figures.range(figures.percent(s.own.low), figures.percent(s.own.high)))) from \
        \(s.count == 1 ? "1 answer" : "\(figures.count(s.count)) answers"); \(figures.percent(s.others.estimate)) for all others
        """
    }

    func joined(other: Int64) -> String { "Joined with problem \(other)" }
    func takenOut(_ tickets: Int, of other: Int64) -> String {
        "\(tickets == 1 ? "1 incident" : "\(figures.count(tickets)) incidents") taken out of problem \(other)"
    }
    func named(_ name: String) -> Sentence { "Named \(name: name)" }

    func themeLead(comments: Int, themes: Int, without: Int) -> String {
        """
        \(themes == 1 ? "1 theme" : "\(figures.count(themes)) themes") in the latest \
        \(comments == 1 ? "comment" : "\(figures.count(comments)) comments"); \(figures.count(without)) of them \
        \(without == 1 ? "has" : "have") none.
        """
    }

    private func costHours(_ value: Double) -> String {
        let text = figures.number(Figures.rounded(value.magnitude))
        return text == "1" ? "1\u{A0}hour" : "\(text)\u{A0}hours"
    }
}
