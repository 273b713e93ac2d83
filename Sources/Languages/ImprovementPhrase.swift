/// A fixed phrase of the pages of the improvement work. Each language writes all of them; the compiler sees to it.
public enum ImprovementPhrase: String, CaseIterable, Sendable {
    // Places and their questions
    case improvements, improvement, suggestions, wins, report, improvementsQuestion, improvementQuestion
    case suggestionsQuestion, winsQuestion, reportQuestion

    // The list and the doors
    case openImprovements, openSuggestions, openWins, openReport, makeImprovement, seeItsImprovement
    case noImprovements, underWay, closedHeading, openByHandHeading, openByHandText, openIt
    case standsHeading, roundHeading, nobodyYet, hoursNotSaid, expectedByPeople

    // The steps
    case stepReady, stepDone, stepWithout, missingHeading, goOnWithout, goOnWithoutText, goOn, alsoImplement
    case contributeMay, decideMay, approveMay

    // What is next
    case nowHeading, nextObjective, nextData, nextDataNotEnough, nextCause, nextChoice, nextChosen, nextPlan
    case nextOwner, nextNotMeasurable, nextAction, nextLive, nextEvaluate, nextNoPlan, nextDecide, nextRoundBegins
    case nextKeep, nextStop, nextForward, nextHeld, nextClosed

    // Buttons
    case saveObjective, changeObjective, checkData, saveCause, changeCause, addChoice, choose, freezePlan
    case approvePlan, saveOwner, changeOwner, saveDescription, changeDescription, addAction, markDone
    case addRoadblock, markCleared, sayLive, acknowledgeIt, acknowledgeHeading, evaluateNow, decideIt
    case changeDecision, goBack, goBackHeading, putOnHold, takeUpAgain, beginRound, closeIt, closeHeading
    case addComment, watchIt, unwatchIt

    // Fields
    case titleLabel, textLabel, kindLabel, stageLabel, notSaid, objectiveLabel, measureLabel, noMeasureYet
    case sliceLabel, wantedLabel, targetLabel, byLabel, goalLabel, causeLabel, choiceLabel, hoursLowLabel
    case hoursHighLabel, chooseLabel, chosenLegend, weeksLabel, leastEffectLabel, shapeLabel, baselineFromLabel
    case badSpellLabel, guardrailsLegend, guardrailsText, marginLabel, controlsLegend, controlsText, ownerLabel
    case actionLabel, actionKindLabel, actionOwnerLabel, departmentLabel, dueLabel, roadblockLabel, waitsForLabel
    case sinceLabel, responseLabel, liveOnLabel, placeLabel, teamLabel, decisionLabel, toStepLabel, reasonLabel
    case commentLabel, closingKept

    // The record
    case recordHeading, nothingYet, originHeading, originHand, originOpportunityGone, originSlippage
    case objectiveChanged, openDrivers, choicesHeading, expectedHeading, chosenMark, frozenHeading
    case baselineHeading, leastEffectHeading, provableHeading, cannotSay, badSpellHeading, approvedHeading
    case sealHeading, planIntact, sealKept, sealBroken, prospectHeading, prospectUnknown, weeksNeeded
    case beyondTwoYears, actionsHeading, overdue, overdueActions, roadblocksHeading, waitedHeading, liveHeading
    case acknowledgedHeading, seeVerdict, earlierRounds, otherWays, lensesHeading, lensesText, hereNow
    case historyHeading, whatHeading, watchersHeading

    // What could not be taken
    case keptHeading, meanwhileHeading, yoursHeading, keepTheirs

    // The verdict
    case verdictHeading, noVerdictYet, effectHeading, marginHeading, guardrailSafe, guardrailHarmed
    case guardrailUnproven, guardrailTooEarly, guardrailUnknown, notesHeading, whatHappened, wouldHave
    case whatHappenedShort, wouldHaveShort, effectChartText, holdsHeading, holding, slipping, cannotWatch
    case staircaseHeading, staircaseText, stairHeld, stairSlipped, stairUnproven, stairOpen, inAllHeading

    // Today
    case needsYou, needsDecision, needsVerdict

    // Wins
    case heldHeading, provenHeading, slippedHeading, triedHeading, triedText, noWins, winsHoursNote, tookPart

    // The report
    case reportProof, reportNoProof, reportFailures, reportNoFailures, reportChanges, reportNoChanges, otherMonths

    // Suggestions
    case suggestTitle, suggestQuestion, suggestText, suggestionTitle, suggestionText, suggestionService
    case suggestionBy, suggestionNamed, sendSuggestion, suggestionKept, noSuggestions, unnamed

    // Several departments, one improvement
    case addPart, addWait, markHanded, respondIt, addTeam, countAdopted, knowIt, saveAdoption, saveSize, saveServes
    case saveParent, supportIt, unsupportIt, addTime, nextApprove, nextAdoption, partsHeading, waitsHeading
    case adoptionHeading, timeHeading, familyHeading, parentHeading, absorbedHeading, commentsHeading
    case supportersHeading, goalChangesHeading, goalBefore, goalAfter, partLabel, leadLabel, whoWaitsLabel
    case whatForLabel, agreedLabel, agreedHeading, wholeWork, roadblockChoice, isGone, peopleLabel, adoptedLabel
    case countedOnLabel, whichTeam, neededLabel, effortLabel, servesLabel, parentLabel, noParent, hoursLabel
    case hoursOnLabel, hoursForLabel, wholeImprovement, changeReason, approvedHow, teamHeading, shareHeading
    case hoursHeading, needsCalled
}
