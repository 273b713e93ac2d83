import Measures
import Records
import Statistics

/// A fixed phrase of the pages. Each language writes all of them; the compiler sees to it.
public enum Phrase: String, CaseIterable, Sendable {
    // Places and the questions they answer
    case today, services, service, measures, measure, signals, register, opportunity, sources, ticket, signIn
    case todayQuestion, servicesQuestion, measuresQuestion, measureQuestion, signalsQuestion, registerQuestion
    case opportunityQuestion, sourcesQuestion, ticketQuestion, signInQuestion, reviewQuestion

    // Everywhere
    case places, skipToContent, languageSwitch, signOut, whatNext, search, searchHint, worse, better, changed
    case showTable, asCSV, asSVG, noValue, everything, all, previousPage, nextPage, show, cancel, save, remove
    case pageTitleSuffix, sampleNotice

    // Tables and charts
    case week, from, through, value, low, high, level, levels, naturalLimits, forecast, target, volumeADay, openNow
    case againstPast, againstTarget, noTarget, theMeasure, slice, since, before, after, change, howSure
    case hoursAMonth, rank, firstStep, effort, small, medium, large, falseDiscovery, ticketsBehind, median
    case ninetiethPercentile, everyHour, businessHours
    case minutes, days, runningShare, lastYear, madeOf, breakDownBy, shareOfAll, line, file, reason, row, column, time,
        who,
        field, fromValue, toValue

    // Today
    case whatChanged, whatIsComing, whatToDo, nothingComing, noTargetsAgreed, goodNews, noData, threeDoors
    case doorSample, doorSampleText, doorSampleButton, doorFile, doorFileText, doorFileButton
    case doorSystem, doorSystemText, doorSystemButton

    // Signals, register, opportunity
    case noSignals, filterKind, filterMeasure, worseFirst, betterApart, whyThisOrder, whyThisOrderText
    case noOpportunities, relatedSignals, evidence, evidenceText, openRegister, openSignals, openMeasure
    case openSources, openServices, openTickets, theData

    // Services
    case timeToResolve, noServices, insteadOfServices

    // Sources
    case uploadHeading, uploadText, uploadButton, chooseFile, whatRatchetSees, firstRows, columnsMean, notUsed
    case questions, questionDayFirst, dayFirst, monthFirst, questionZone, importButton, importing, imports
    case noImports, doctor, rejects, noRejects, importRunning, importDone, importFailed, importWaiting
    case connectors, connectorsText, connectorCSV, connectorCSVText, analyse, analysing, lookAtReport
    case rowsRead, rowsKept, rowsRejected, ticketsFound, firstDate, lastDate, nothingWrong, cannotAnswer, encoding
    case delimiter, zone, preset, filledShare, history, historyYes, historyNo

    // Tickets
    case number, kind, status, state, title, text, opened, responded, resolved, closed, due, updated, department
    case assignee, requester, closeCode, reopens, reassignments, slaKept, major, workaroundOnly, firstContact
    case workTime, workMinutes, updatedBy, satisfaction, problem, causedBy, changeType, outcome, unauthorised, yes, no,
        fieldsHeading
    case historyHeading, noHistory, provenance, provenanceText, fileHash, importedAt

    // Signing in
    case name, password, passwordAgain, signInButton, firstRunTitle, firstRunText, createAccount, wrongPassword
    case passwordTooShort, passwordsDiffer, nameMissing, linkUsed, signedOut, tooManyTries

    // Errors
    case notFoundTitle, notFoundText, notAllowedTitle, notAllowedText, wrongMethodTitle, wrongMethodText
    case oursTitle, oursText, formExpired, formExpiredText, tooLargeTitle, unreadableTitle, backToToday
    case noFileChosen, badAddress, unknownZone, notWhole, theRest, ownChart, unusedColumns
}

/// A sentence of the pages with figures in it. Each language writes the whole of it.
public enum Line: Sendable {
    /// What share of the findings is expected to be false.
    case falseAlarms(reported: Int, tested: Int, expected: Double)
    case findings(Int)
    case opportunities(Int)
    case tickets(Int)
    case asOf(Day)
    case analysed(Period)
    /// Nothing got worse in the days analysed.
    case nothingChanged(since: Day, series: Int)
    case pageOf(Int, Int)
    case fileAndLine(file: String, line: Int)
    case importedOn(file: String, Day)
    case rowsImported(kept: Int, rows: Int, rejected: Int)
    case progress(rows: Int, perSecond: Int, secondsLeft: Int?, rejected: Int?)
    case alreadyImported(Day)
    case tooLarge(bytes: Int, most: Int)
    case notReadable(String)
    case columnMissing(String)
    case hours(Estimate)
    case money(Estimate, currency: String)
    case intervalNote
    case beganHere(Day)
    case standing(value: String, over: Period, level: String, range: String, since: Day)
    case standingNow(value: String, over: Period)
    case chartSummary(count: Int, Period, last: String)
    case chartEmpty
    /// What is expected if nothing changes, and what share of earlier forecasts' intervals held what came.
    case ahead(over: Period, range: String, held: Double?)
    /// How many steps without change there are for one outside the natural limits.
    case naturalLimits(oneIn: Int, isFewer: Bool, inWeeks: Bool)
    /// The chance that a target is passed by a day.
    case passesTarget(chance: Double, by: Day)
    /// How the durations on a page are read, when not as the median by the clock.
    case durationsRead(isNinetieth: Bool, inBusinessHours: Bool)
    case more(Int)
    case errorNumber(String)
    case zoneQuestion(column: String)
    case dayOrderQuestion(column: String, example: String)
    case service(String)

    // The import doctor
    case suspectedCut(rows: Int)
    case gap(Period)
    case emptyColumn(column: String, share: Double)
    case impossibleOrder(Int)
    case mojibake(column: String)
    case rejectedRows(Int)
    case truncatedFile
    case raggedRows(Int)
    case nulBytes(Int)
    case repeatedColumns(String)
    case cannotAnswer(Need)
    case dataSpan(Period)
    case damagedText
    case zoneAssumed(String)
    case measureUnanswered(Measure)
    case emptyField(TicketField, share: Double)

    // Files and rows that cannot be read
    case fileIsEmpty(String)
    case fileHasOnlyHeadings(String)
    case fileIsNoTable(String, FileKind)
    case fileUnreadable(String)
    case fileChanged(String)
    case columnsNotFound(String, missing: [TicketField], needsSubject: Bool)
    case columnMissingFor(column: String, TicketField)
    case notTakenIn(RowProblem)
}
