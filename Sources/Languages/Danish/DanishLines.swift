// The sentences of the pages that have figures in them.

import Measures
import Records
import Statistics

extension Danish {
    func line(_ line: Line) -> Sentence {
        let f = figures
        let words = Words(.da)
        switch line {
        case .falseAlarms(let reported, let tested, let expected):
            if reported == 0 { return "Intet skiller sig ud blandt \(f.count(tested)) undersøgte tidsserier." }
            return """
                \(f.count(reported)) fund blandt \(f.count(tested)) undersøgte tidsserier; cirka \
                \(f.number(expected)) af dem ventes at være falske.
                """
        case .findings(let n): return n == 0 ? "Ingen fund" : "\(f.count(n)) fund"
        case .opportunities(let n):
            return n == 0
                ? "Ingen forbedringsmuligheder"
                : n == 1 ? "1 forbedringsmulighed" : "\(f.count(n)) forbedringsmuligheder"
        case .tickets(let n): return n == 0 ? "Ingen sager" : n == 1 ? "1 sag" : "\(f.count(n)) sager"
        case .asOf(let day): return "Pr. \(f.date(day)), den sidste dag i data."
        case .analysed(let period): return "Analyseret: \(f.range(period.first, period.last))."
        case .nothingChanged(let since, let series):
            return series == 1
                ? "Intet er blevet værre siden den \(f.date(since)). 1 tidsserie bliver overvåget."
                : "Intet er blevet værre siden den \(f.date(since)). \(f.count(series)) tidsserier bliver overvåget."
        case .pageOf(let n, let of): return "Side \(f.count(n)) af \(f.count(of))"
        case .fileAndLine(let file, let line): return "\(file), linje \(f.count(line))"
        case .importedOn(let file, let day): return "\(file), importeret den \(f.date(day))"
        case .rowsImported(let kept, let rows, let rejected):
            return rows == 1
                ? """
                \(f.count(kept)) af 1 række er importeret, \(f.count(rejected)) er afvist. Intet er talt \
                med to gange.
                """
                : """
                \(f.count(kept)) af \(f.count(rows)) rækker er importeret, \(f.count(rejected)) er afvist. \
                Intet er talt med to gange.
                """
        case .progress(let rows, let perSecond, let left, let rejected):
            guard let rejected else {
                guard let left else { return "\(f.count(rows)) rækker læst, \(f.count(perSecond)) i sekundet." }
                return """
                    \(f.count(rows)) rækker læst, \(f.count(perSecond)) i sekundet; cirka \
                    \(f.count(left))\u{A0}sek. tilbage.
                    """
            }
            guard let left else {
                return "\(f.count(rows)) rækker læst, \(f.count(perSecond)) i sekundet, \(f.count(rejected)) afvist."
            }
            return """
                \(f.count(rows)) rækker læst, \(f.count(perSecond)) i sekundet, \(f.count(rejected)) afvist; \
                cirka \(f.count(left))\u{A0}sek. tilbage.
                """
        case .alreadyImported(let day): return "Filen blev importeret den \(f.date(day)). Intet er ændret."
        case .tooLarge(let bytes, let most):
            return "Filen fylder \(megabytes(bytes)); der kan højst læses \(megabytes(most))."
        case .notReadable(let format): return "Filen kan ikke læses som \(format)."
        case .columnMissing(let column): return "Kolonnen »\(column)« mangler."
        case .hours(let e):
            return """
                cirka \(f.number(Figures.rounded(e.estimate))) timer om måneden \
                (\(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high)))))
                """
        case .money(let e, let currency):
            return """
                cirka \(f.number(Figures.rounded(e.estimate)))\u{A0}\(currency == "DKK" ? "kr." : currency) om \
                måneden (\(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high)))))
                """
        case .intervalNote: return "Et interval rummer det sande tal i 19 af 20 tilfælde."
        case .beganHere(let day): return "siden den \(f.date(day))"
        case .standing(let value, let week, let level, let range, let since):
            return """
                \(value) i perioden \(f.range(week.first, week.last)). Niveauet har været \(level) (\(range)) siden \
                den \(f.date(since)).
                """
        case .standingNow(let value, let week): return "\(value) i perioden \(f.range(week.first, week.last))."
        case .chartSummary(let count, let period, let last):
            return "\(f.count(count)) punkter, \(f.range(period.first, period.last)); det sidste er \(last)."
        case .chartEmpty: return "Der er intet at tegne: Ingen dag i perioden har en værdi."
        case .ahead(let week, let range, let held):
            let when = f.range(week.first, week.last)
            guard let held else {
                return """
                    Ventet i perioden \(when), hvis intet ændres: \(range). Der er for lidt historik til at sige, hvor ofte \
                    sådanne intervaller holder.
                    """
            }
            return """
                Ventet i perioden \(when), hvis intet ændres: \(range). Set tilbage holdt sådanne intervaller i \
                \(f.percent(held)) af tilfældene.
                """
        case .naturalLimits(let steps, let isFewer, let inWeeks):
            return """
                De tynde linjer er naturlige grænser: Så længe intet ændrer sig, ligger \(isFewer ? "færre end" : "omkring") \
                én \(inWeeks ? "uge" : "dag") ud af \(f.count(steps)) uden for dem ved et tilfælde.
                """
        case .passesTarget(let chance, let day):
            return "Sandsynligheden for, at målet overskrides senest \(f.date(day)), er \(f.percent(chance))."
        case .durationsRead(let isNinetieth, let inBusinessHours):
            return switch (isNinetieth, inBusinessHours) {
            case (false, false): "Halvdelen af sagerne tager højst så længe."
            case (true, false): "Ni ud af ti sager tager højst så længe."
            case (false, true): "Halvdelen af sagerne tager højst så længe, talt i åbningstid."
            case (true, true): "Ni ud af ti sager tager højst så længe, talt i åbningstid."
            }
        case .more(let n): return "\(f.count(n)) til"
        case .errorNumber(let id): return "Det er noteret som \(id)."
        case .zoneQuestion(let column):
            return "Kolonnen \(name: column) har ingen tidszone. I hvilken zone er dens tider?"
        case .dayOrderQuestion(let column, let example):
            return """
                I kolonnen \(name: column) viser ingen dato, om dagen eller måneden står først (for eksempel \
                \(example)).
                """
        case .service(let name): return "\(name: name)"
        case .suspectedCut(let rows):
            return """
                Filen har præcis \(f.count(rows)) rækker. Eksporter stopper ofte ved sådan et tal: Kontrollér, \
                at den er fuldstændig.
                """
        case .gap(let period):
            return """
                Der er ingen sager i perioden \(f.range(period.first, period.last)). Det kan være et hul i \
                eksporten.
                """
        case .emptyColumn(let column, let share): return "\(f.percent(share)) af kolonnen \(name: column) er tom."
        case .impossibleOrder(let n):
            return n == 1
                ? "1 række er lukket, før den blev oprettet. Kontrollér kolonnernes tidszoner."
                : "\(f.count(n)) rækker er lukket, før de blev oprettet. Kontrollér kolonnernes tidszoner."
        case .mojibake(let column): return "Kolonnen \(name: column) har ødelagte tegn. Vælg et andet tegnsæt."
        case .rejectedRows(let n): return n == 1 ? "1 række kom ikke med." : "\(f.count(n)) rækker kom ikke med."
        case .truncatedFile: return "Filen slutter midt i en række: Den er sandsynligvis skåret over."
        case .raggedRows(let n):
            return n == 1
                ? "1 række har flere eller færre celler end overskriften."
                : "\(f.count(n)) rækker har flere eller færre celler end overskriften."
        case .nulBytes(let n):
            return n == 1 ? "1 række indeholder NUL-byte." : "\(f.count(n)) rækker indeholder NUL-byte."
        case .repeatedColumns(let name):
            return "Kolonnen \(name: name) forekommer mere end én gang; den første med en værdi tæller."
        case .cannotAnswer(let need): return "Filen viser ikke \(self.need(need))."
        case .damagedText:
            return """
                Nogle tekster var ødelagt, før filen blev skrevet. Eksportér dem igen med et andet tegnsæt.
                """
        case .zoneAssumed(let zone): return "Tiderne har ingen tidszone og er læst som \(zone)."
        case .measureUnanswered(let measure):
            return """
                \(label(measure)): Filen viser ikke \(measure.needs.map { self.need($0) }.first ?? "").
                """
        case .emptyField(let field, let share): return "\(f.percent(share)) af \(name: words.name(of: field)) er tom."
        case .fileIsEmpty(let file): return "\(name: file) er tom. Eksportér den igen."
        case .fileHasOnlyHeadings(let file):
            return "\(name: file) har overskrifter, men ingen rækker. Kontrollér eksportens filter."
        case .fileIsNoTable(let file, let kind): return "\(name: file) er \(self.kind(kind)). Eksportér den som CSV."
        case .fileUnreadable(let file): return "\(name: file) kunne ikke læses. Prøv igen, eller eksportér den igen."
        case .fileChanged(let file):
            return "\(name: file) blev ændret, mens den blev læst. Vent, til eksporten er færdig, og send den igen."
        case .columnsNotFound(let file, let missing, let needsSubject):
            let needed = words.listed(missing, lastWith: " og ", between: ", ")
            let subject = words.listed([.category, .service, .title], lastWith: " eller ", between: ", ")
            let all = missing.isEmpty ? subject : needsSubject ? "\(needed) samt enten \(subject)" : needed
            return """
                Ingen kolonne i \(name: file) blev genkendt som \(all). Vælg dem nedenfor. Er det ingen af kolonnerne, er \
                filen ikke en eksport af sager.
                """
        case .columnMissingFor(let column, let field):
            return "Filen har ingen kolonne \(name: column) til \(words.name(of: field))."
        case .notTakenIn(let problem):
            switch problem {
            case .tooLong: return "Rækken er længere end 4\u{A0}MiB."
            case .quoteNotClosed: return "Et anførselstegn bliver åbnet og ikke lukket."
            case .endsInsideQuotes: return "Filen slutter inde i anførselstegn."
            case .tooManyFields: return "Rækken har flere celler end overskriften."
            case .noNumber: return "Rækken har intet sagsnummer."
            case .numberTooLong: return "Sagsnummeret er for langt til at være et nummer."
            case .noOpenedAt: return "Rækken viser ikke, hvornår sagen blev oprettet."
            case .openedAtUnreadable: return "Tidspunktet for oprettelsen kan ikke læses."
            case .closedBeforeOpened: return "Lukket, før den blev oprettet."
            }
        case .dataSpan(let period): return "Sagerne er oprettet i perioden \(f.range(period.first, period.last))."
        }
    }

    private func megabytes(_ bytes: Int) -> String { "\(figures.number(Double(bytes) / 1_000_000))\u{A0}MB" }

    private func kind(_ kind: FileKind) -> String {
        switch kind {
        case .pdf: "et PDF-dokument"
        case .workbook: "en Excel-projektmappe eller et andet ZIP-arkiv"
        case .oldWorkbook: "en gammel Excel-projektmappe eller et andet Office-dokument"
        case .database: "en SQLite-database"
        case .picture: "et billede"
        case .packedOtherwise: "pakket på en anden måde end gzip"
        case .packedTwice: "pakket to gange"
        case .damagedGzip: "en beskadiget gzip-fil"
        case .archive: "et tar-arkiv"
        case .program: "et program"
        case .webPage: "en webside"
        case .xml: "en XML-fil"
        case .json: "en JSON-fil"
        case .binary: "en binær fil"
        }
    }
}
