/// Fixed phrases of the pages on which people carry the cycle: the register, suggestions, thanks, time, the pulse. Each language
/// writes all of them; the compiler sees to it.
public enum CyclePhrase: String, CaseIterable, Sendable {
    // The register
    case orderText, whyHere, afterVerdict, startSmall, startSmallQuestion, startSmallText, beginThis, goOnWithThis
    case otherLack, noTicketsYet, duplicates, duplicatesText, sharedWords, sameMeasure, mergeThem, bringRegister
    case bringRegisterText, registerFile, takeIn, registerTaken, registerTakenQuestion, keptColumns, knownColumns
    case turnedDown, line, why, row, baseRates, baseRatesText, ofWhichType, allTypes, worked, ofRounds, chance
    case medianEffect, howLongHeld, handoffs, handoffsQuestion, handoffsText, waits, waitsFor, days, stillOpen
    case handedOver, overAgreed, itsImprovements, openHandoffs

    // Suggestions
    case votes, voteFor, takeVoteBack, challenge, challengeLabel, challengesOnly, allSuggestions, yourSuggestions
    case fateReceived, fateAnswered, fateDeclined, fateWorked, fateEnded, answerIt, answerLabel, declineLabel
    case sendAnswer, answered, followIt, followTitle, followQuestion, sortByVotes, sortByDate

    // Thanks
    case thanks, thanksText, noThanks, giveThanks, thanksTeam, thanksPerson, wholeTeam, thanksFor, thanksNamed
    case sendThanks, mayNameMe, mayNotNameMe, nameMe, nameMeNot, personNotNamed, quietWork, quietWorkText, prevented
    case preventedText, thankedBy, threeMeasures, threeMeasuresText, effective, efficient, economical, theServices
    case theWork

    // Time
    case time, timeQuestion, timeText, noTime, month, promised, used, usedShare, promiseTime, promiseMonth
    case promiseHours, savePromise, openTime, badMonth, badHours, departmentMissing

    // The pulse
    case pulse, pulseQuestion, pulseText, pulsePace, pulseWorth, pulseHeard, pulse1, pulse2, pulse3, pulse4, pulse5
    case pulseSaid, sendPulse, pulseThanks, pulseDone, pulseNone, pulseMissing, pulseMean, pulseAnswers
    case pulseByDepartment, pulseStatements, pulseStatementsText, pulseFallen, pulseSteady, openPulse

    // Momentum
    case behindQuestion, behindNothing, behindCounted, behindAbout, behindAmount, behindOn, behindSuggestion
    case earlierStep, laterStep, peopleCounted, whatItIsMadeOf, quietedHeading, quietedText, noneQuieted, hearAgain
    case hearAgainText

    // Settings
    case approvalRule, approvalRuleText, approvalEffort, approvalHours, approvalRoles, approvalNone, approvalSome
    case badApproval, department, saveIt

    // Skills
    case workAhead, workAheadText, neededThen
}

extension Words {
    /// A phrase of the register, suggestions, thanks, time and the pulse.
    public func cycle(_ phrase: CyclePhrase) -> String {
        switch language {
        case .en: English.cycle(phrase)
        case .da: Danish.cycle(phrase)
        case .zh: Chinese.cycle(phrase)
        }
    }
}
