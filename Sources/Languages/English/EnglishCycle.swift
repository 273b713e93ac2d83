// The phrases of the pages on which people carry the cycle.

extension English {
    static func cycle(_ phrase: CyclePhrase) -> String {
        switch phrase {
        case .orderText:
            """
            Hours a month if it works, times the chance that it works here, for a day of work. The chance \
            comes from what became of earlier improvements, not from anyone’s confidence.
            """
        case .whyHere: "Why here"
        case .afterVerdict: "Being evaluated, or waiting for a decision"
        case .startSmall: "Start small"
        case .startSmallQuestion: "Which improvement should we begin with?"
        case .startSmallText:
            """
            Small work, one person can answer for it, its effect shows within four weeks: of these, the three \
            with the best odds here. Everything that can be filled in is filled in.
            """
        case .beginThis: "Begin with this one"
        case .goOnWithThis: "It is under way: go on with it"
        case .otherLack: "Why the others are not among them"
        case .noTicketsYet:
            "There are no tickets yet. Bring some in first: without them nobody can say what could be proven."
        case .duplicates: "Perhaps the same"
        case .duplicatesText:
            """
            Look first, then merge. Whoever watches or supports it, and what was said, comes along, and both \
            keep their history.
            """
        case .sharedWords: "Words both have"
        case .sameMeasure: "the same measure of the same part"
        case .mergeThem: "Merge the later one into the earlier one"
        case .bringRegister: "Bring your own register"
        case .bringRegisterText:
            """
            The sheet you keep today, as CSV. Columns are recognised in English, Danish and Chinese, and as \
            ServiceNow names them; what is not recognised is kept as it is. The same file twice changes \
            nothing.
            """
        case .registerFile: "The register, as CSV"
        case .takeIn: "Take it in"
        case .registerTaken: "What came in"
        case .registerTakenQuestion: "What did the sheet bring, and what was turned down?"
        case .keptColumns: "Kept as they are, because nobody knows what they mean"
        case .knownColumns: "Recognised columns"
        case .turnedDown: "Turned down"
        case .line: "Line"
        case .why: "Why"
        case .row: "Row"
        case .baseRates: "How often improvements have worked here"
        case .baseRatesText:
            """
            Each line starts from what is known without it: a line with two rounds says little, one with forty \
            says much.
            """
        case .ofWhichType: "Type"
        case .allTypes: "all"
        case .worked: "Worked"
        case .ofRounds: "of rounds with a verdict"
        case .chance: "Chance that the next one works"
        case .medianEffect: "Usual effect"
        case .howLongHeld: "How long gains hold"
        case .handoffs: "Hand-overs between departments"
        case .handoffsQuestion: "Where does the work wait between departments?"
        case .handoffsText:
            """
            Days on which one department waited for another, over all improvements. It is about departments \
            and never about people.
            """
        case .waits: "Waits"
        case .waitsFor: "Waits for"
        case .days: "Days"
        case .stillOpen: "Still open"
        case .handedOver: "Handed over"
        case .overAgreed: "Days beyond what was agreed"
        case .itsImprovements: "Improvements"
        case .openHandoffs: "See who waits for whom"
        case .votes: "Votes"
        case .voteFor: "I want this too"
        case .takeVoteBack: "Take my vote back"
        case .challenge: "This is how it has always been"
        case .challengeLabel: "It questions something that has always been done that way"
        case .challengesOnly: "Only what questions how it has always been"
        case .allSuggestions: "All suggestions"
        case .yourSuggestions: "Yours"
        case .fateReceived: "received; nobody has answered yet"
        case .fateAnswered: "answered"
        case .fateDeclined: "not taken up, with the reason"
        case .fateWorked: "it was done, and it worked"
        case .fateEnded: "it was tried and has ended"
        case .answerIt: "Answer whoever suggested it"
        case .answerLabel: "What becomes of it, and why"
        case .declineLabel: "It will not be taken up"
        case .sendAnswer: "Send the answer"
        case .answered: "Answer"
        case .followIt: "Keep this address: it tells what becomes of your suggestion, without an account."
        case .followTitle: "Your suggestion"
        case .followQuestion: "What has become of it?"
        case .sortByVotes: "Most votes first"
        case .sortByDate: "Latest first"
        case .thanks: "Thanks"
        case .thanksText:
            """
            From person to person, to the team first. Nobody is counted, ranked or named who has not said that \
            they may be.
            """
        case .noThanks: "Nobody has thanked anybody here yet. It takes half a minute."
        case .giveThanks: "Say thank you"
        case .thanksTeam: "To which team or department"
        case .thanksPerson: "To somebody of it, if they may be named"
        case .wholeTeam: "to all of them"
        case .thanksFor: "What for"
        case .thanksNamed: "Show my name"
        case .sendThanks: "Say thank you"
        case .mayNameMe: "You may be named in thanks"
        case .mayNotNameMe: "You are not named in thanks unless you say so"
        case .nameMe: "I may be named"
        case .nameMeNot: "Do not name me"
        case .personNotNamed: "That person has not said that they may be named. Thank the team instead."
        case .quietWork: "Kept going quietly"
        case .quietWorkText:
            "What is done again and again, in time, so that gains do not slip. It is never news otherwise."
        case .prevented: "Prevented fires"
        case .preventedText:
            """
            What the forecast without the change expected, less what came. Only the weeks that a verdict \
            looked at are counted, and nothing is counted twice.
            """
        case .thankedBy: "From"
        case .threeMeasures: "Three different questions"
        case .threeMeasuresText:
            """
            Doing the right thing, doing it without waste, and what it costs are three things. One can get \
            better while another gets worse.
            """
        case .effective: "Effective: does it work?"
        case .efficient: "Efficient: with how little effort?"
        case .economical: "Economical: what comes back for what is paid?"
        case .theServices: "The services, last four weeks"
        case .theWork: "The improvement work"
        case .time: "Time promised and used"
        case .timeQuestion: "Is there time for improvement, and is it used?"
        case .timeText:
            """
            A department promises hours for a month; hours are written down on the improvements. It is about \
            departments, never about people.
            """
        case .noTime:
            "Nobody has promised time yet. Without time nothing improves: begin with a few hours a month."
        case .month: "Month"
        case .promised: "Promised"
        case .used: "Used"
        case .usedShare: "Used of promised"
        case .promiseTime: "Promise hours"
        case .promiseMonth: "For which month"
        case .promiseHours: "Hours; 0 takes the promise back"
        case .savePromise: "Promise them"
        case .openTime: "See promised and used time"
        case .badMonth: "A month is written as 2026-03."
        case .badHours: "Write the hours as a number from 0 to 100,000."
        case .departmentMissing: "Say which department."
        case .pulse: "The pulse"
        case .pulseQuestion: "How is the spirit, and is it changing?"
        case .pulseText:
            """
            Three questions, always the same, once a month. Only counts are kept, so no answer can be tied to \
            you or to your other answers. Nothing is shown of fewer than five answers.
            """
        case .pulsePace: "I can do my work well without its wearing me down"
        case .pulseWorth: "What we do to improve is worth the effort"
        case .pulseHeard: "When I say that something could be better, something comes of it"
        case .pulse1: "not at all"
        case .pulse2: "hardly"
        case .pulse3: "partly"
        case .pulse4: "mostly"
        case .pulse5: "wholly"
        case .pulseSaid: "What have you heard said about the way we work, or would like to say? Leave out names."
        case .sendPulse: "Send the answers"
        case .pulseThanks: "Thank you. You can answer again next month."
        case .pulseDone: "You have answered this month."
        case .pulseNone: "Fewer than five answers a month so far: nothing is shown."
        case .pulseMissing: "Answer at least one of the questions."
        case .pulseMean: "Mean of 1 to 5"
        case .pulseAnswers: "Answers"
        case .pulseByDepartment: "By department, the latest month"
        case .pulseStatements: "What was said"
        case .pulseStatementsText: "In the order of the alphabet, of months with five answers or more."
        case .pulseFallen: "It has fallen below what chance explains"
        case .pulseSteady: "within what chance explains"
        case .openPulse: "Answer the pulse"
        case .behindQuestion: "What is this figure made of?"
        case .behindNothing: "Nothing counted in these days."
        case .behindCounted: "Counts"
        case .behindAbout: "About"
        case .behindAmount: "Amount"
        case .behindOn: "Day"
        case .behindSuggestion: "a suggestion"
        case .earlierStep: "Earlier"
        case .laterStep: "Later"
        case .peopleCounted:
            "People are counted and never listed: these are the improvements and suggestions they worked on."
        case .whatItIsMadeOf: "What it is made of"
        case .quietedHeading: "Quieted warnings"
        case .quietedText:
            """
            These warnings came true too seldom. They are still made and marked, but they stand at the end and \
            do not reach Today.
            """
        case .noneQuieted: "No warning is quieted: none has been wrong more often than it may be."
        case .hearAgain: "Hear it again"
        case .hearAgainText: "From then on only later warnings count."
        case .approvalRule: "What needs no approval"
        case .approvalRuleText:
            """
            Small improvements need nobody: whoever must ask for everything stops asking. The rule is written \
            into each improvement when it is opened.
            """
        case .approvalEffort: "The most work that needs nobody"
        case .approvalHours: "The most hours a month that need nobody"
        case .approvalRoles: "Who approves what is larger"
        case .approvalNone: "Nothing needs approval"
        case .approvalSome: "What is larger than this needs approval"
        case .badApproval: "The hours are a number of 0 or more, and somebody must be able to approve."
        case .department: "Department"
        case .saveIt: "Save"
        case .workAhead: "Work ahead"
        case .workAheadText:
            """
            Tickets a week in the skill’s area: now, and eight weeks from now with the forecast’s interval. \
            Where that lies beyond today’s level, it says how many people it takes, if each goes on doing as \
            much as now.
            """
        case .neededThen: "Needed then"
        }
    }
}
