// The sentences of the pages that have figures in them.

import Measures
import Records
import Statistics

extension English {
    func line(_ line: Line) -> Sentence {
        let f = figures
        let words = Words(.en)
        switch line {
        case .falseAlarms(let reported, let tested, let expected):
            if reported == 0 { return "Nothing stood out among \(f.count(tested)) series tested." }
            return reported == 1
                ? """
                1 finding among \(f.count(tested)) series tested; about \(f.number(expected)) of them is \
                expected to be false.
                """
                : """
                \(f.count(reported)) findings among \(f.count(tested)) series tested; about \
                \(f.number(expected)) of them are expected to be false.
                """
        case .findings(let n): return n == 0 ? "No findings" : n == 1 ? "1 finding" : "\(f.count(n)) findings"
        case .opportunities(let n):
            return n == 0 ? "No opportunities" : n == 1 ? "1 opportunity" : "\(f.count(n)) opportunities"
        case .tickets(let n): return n == 0 ? "No tickets" : n == 1 ? "1 ticket" : "\(f.count(n)) tickets"
        case .asOf(let day): return "As of \(f.date(day)), the last day of the data."
        case .analysed(let period): return "Analysed: \(f.range(period.first, period.last))."
        case .nothingChanged(let since, let series):
            return series == 1
                ? "Nothing has got worse since \(f.date(since)). 1 series is being watched."
                : "Nothing has got worse since \(f.date(since)). \(f.count(series)) series are being watched."
        case .pageOf(let n, let of): return "Page \(f.count(n)) of \(f.count(of))"
        case .fileAndLine(let file, let line): return "\(file), line \(f.count(line))"
        case .importedOn(let file, let day): return "\(file), imported on \(f.date(day))"
        case .rowsImported(let kept, let rows, let rejected):
            return rows == 1
                ? "\(f.count(kept)) of 1 row imported, \(f.count(rejected)) rejected. Nothing was counted twice."
                : """
                \(f.count(kept)) of \(f.count(rows)) rows imported, \(f.count(rejected)) rejected. Nothing \
                was counted twice.
                """
        case .progress(let rows, let perSecond, let left, let rejected):
            guard let rejected else {
                guard let left else { return "\(f.count(rows)) rows read, \(f.count(perSecond)) a second." }
                return "\(f.count(rows)) rows read, \(f.count(perSecond)) a second; about \(f.count(left))\u{A0}s left."
            }
            guard let left else {
                return "\(f.count(rows)) rows read, \(f.count(perSecond)) a second, \(f.count(rejected)) rejected."
            }
            return """
                \(f.count(rows)) rows read, \(f.count(perSecond)) a second, \(f.count(rejected)) rejected; \
                about \(f.count(left))\u{A0}s left.
                """
        case .alreadyImported(let day): return "This file was imported on \(f.date(day)). Nothing has changed."
        case .tooLarge(let bytes, let most):
            return "The file is \(megabytes(bytes)); at most \(megabytes(most)) can be read."
        case .notReadable(let format): return "The file cannot be read as \(format)."
        case .columnMissing(let column): return "The column “\(column)” is missing."
        case .hours(let e):
            return """
                about \(f.number(Figures.rounded(e.estimate))) hours a month \
                (\(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high)))))
                """
        case .money(let e, let currency):
            return """
                about \(currency)\u{A0}\(f.number(Figures.rounded(e.estimate))) a month \
                (\(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high)))))
                """
        case .intervalNote: return "An interval holds the true figure in 19 of 20 cases."
        case .beganHere(let day): return "since \(f.date(day))"
        case .standing(let value, let week, let level, let range, let since):
            return """
                \(value) from \(f.range(week.first, week.last)). The level has been \(level) (\(range)) since \
                \(f.date(since)).
                """
        case .standingNow(let value, let week): return "\(value) from \(f.range(week.first, week.last))."
        case .chartSummary(let count, let period, let last):
            return "\(f.count(count)) points, \(f.range(period.first, period.last)); the last is \(last)."
        case .chartEmpty: return "There is nothing to draw: no day in this period has a value."
        case .ahead(let week, let range, let held):
            let when = f.range(week.first, week.last)
            guard let held else {
                return """
                    Expected from \(when) if nothing changes: \(range). There is too little history to say how often such \
                    intervals are right.
                    """
            }
            return """
                Expected from \(when) if nothing changes: \(range). Looking back, such intervals held what came in \
                \(f.percent(held)) of cases.
                """
        case .naturalLimits(let steps, let isFewer, let inWeeks):
            return """
                The thin lines are natural limits: while nothing changes, \(isFewer ? "fewer than" : "about") one \
                \(inWeeks ? "week" : "day") in \(f.count(steps)) lies outside them by chance.
                """
        case .passesTarget(let chance, let day):
            return "The chance of passing the target by \(f.date(day)) is \(f.percent(chance))."
        case .durationsRead(let isNinetieth, let inBusinessHours):
            return switch (isNinetieth, inBusinessHours) {
            case (false, false): "Half of the tickets take no longer than this."
            case (true, false): "Nine tickets in ten take no longer than this."
            case (false, true): "Half of the tickets take no longer than this, counted in business hours."
            case (true, true): "Nine tickets in ten take no longer than this, counted in business hours."
            }
        case .more(let n): return n == 1 ? "1 more" : "\(f.count(n)) more"
        case .errorNumber(let id): return "It has been logged as \(id)."
        case .zoneQuestion(let column):
            return """
                The column \(name: column) has no time zone. In which zone are its times?
                """
        case .dayOrderQuestion(let column, let example):
            return """
                In the column \(name: column), no date tells whether the day or the month comes first (for \
                example \(example)).
                """
        case .service(let name): return "\(name: name)"
        case .suspectedCut(let rows):
            return """
                The file has exactly \(f.count(rows)) rows. Exports often stop at such a number: check that it \
                is complete.
                """
        case .gap(let period):
            return """
                There are no tickets from \(f.range(period.first, period.last)). That may be a gap in the export.
                """
        case .emptyColumn(let column, let share): return "\(f.percent(share)) of the column \(name: column) is empty."
        case .impossibleOrder(let n):
            return n == 1
                ? "1 row was closed before it was opened. Check the time zones of the columns."
                : "\(f.count(n)) rows were closed before they were opened. Check the time zones of the columns."
        case .mojibake(let column):
            return """
                The column \(name: column) has damaged characters. Choose another character set.
                """
        case .rejectedRows(let n): return n == 1 ? "1 row was not taken in." : "\(f.count(n)) rows were not taken in."
        case .truncatedFile: return "The file ends in the middle of a row: it was probably cut."
        case .raggedRows(let n):
            return n == 1
                ? "1 row has more or fewer cells than the heading."
                : "\(f.count(n)) rows have more or fewer cells than the heading."
        case .nulBytes(let n): return n == 1 ? "1 row holds NUL bytes." : "\(f.count(n)) rows hold NUL bytes."
        case .repeatedColumns(let name):
            return """
                The column \(name: name) occurs more than once; the first with a value counts.
                """
        case .cannotAnswer(let need): return "This file does not say \(self.need(need))."
        case .damagedText:
            return """
                Some texts were damaged before the file was written. Export them again with another character set.
                """
        case .zoneAssumed(let zone): return "The times carry no zone and were read as \(zone)."
        case .measureUnanswered(let measure):
            return """
                \(label(measure)): the file does not say \(measure.needs.map { self.need($0) }.first ?? "").
                """
        case .emptyField(let field, let share): return "\(f.percent(share)) of \(name: words.name(of: field)) is empty."
        case .fileIsEmpty(let file): return "\(name: file) is empty. Export it again."
        case .fileHasOnlyHeadings(let file):
            return "\(name: file) has headings and no rows. Check the filter of the export."
        case .fileIsNoTable(let file, let kind): return "\(name: file) is \(kind.rawValue). Export it as CSV."
        case .fileUnreadable(let file): return "\(name: file) could not be read. Try again, or export it again."
        case .fileChanged(let file):
            return "\(name: file) changed while it was read. Wait until the export has finished, and send it again."
        case .columnsNotFound(let file, let missing, let needsSubject):
            let needed = words.listed(missing, lastWith: " and ", between: ", ")
            let subject = words.listed([.category, .service, .title], lastWith: " or ", between: ", ")
            let all = missing.isEmpty ? subject : needsSubject ? "\(needed), and one of \(subject)" : needed
            return """
                No column of \(name: file) was recognised as \(all). Choose them below; if none of its columns is that, \
                this is no export of tickets.
                """
        case .columnMissingFor(let column, let field):
            return "The file has no column \(name: column) for \(words.name(of: field))."
        case .notTakenIn(let problem):
            switch problem {
            case .tooLong: return "The row is longer than 4\u{A0}MiB."
            case .quoteNotClosed: return "A quotation mark is opened and not closed."
            case .endsInsideQuotes: return "The file ends inside quotation marks."
            case .tooManyFields: return "The row has more cells than the heading."
            case .noNumber: return "The row has no ticket number."
            case .numberTooLong: return "The ticket number is too long to be one."
            case .noOpenedAt: return "The row does not say when the ticket was opened."
            case .openedAtUnreadable: return "The time at which the ticket was opened cannot be read."
            case .closedBeforeOpened: return "Closed before it was opened."
            }
        case .dataSpan(let period): return "The tickets were opened from \(f.range(period.first, period.last))."
        }
    }

    private func megabytes(_ bytes: Int) -> String { "\(figures.number(Double(bytes) / 1_000_000))\u{A0}MB" }
}
