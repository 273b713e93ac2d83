import Measures
import Opportunities
import Records
import Signals
import Statistics
import Testing

@testable import Languages

/// A signal to say: only what the sentence depends on can be chosen.
func signal(
    _ kind: SignalKind, _ id: String = "incidents.timeToResolve", slice: Slice = Slice(.service, "Email"),
    from before: Double = 4.1, to after: Double = 6.3, direction: Tendency = .worse, hours: Double? = 312,
    width: Int = 2
) throws -> Signal {
    let at = try #require(Day("2024-03-12"))
    let relative = before == 0 ? .infinity : after / before - 1
    return Signal(
        id: "s1", kind: kind, measure: try #require(Measure(id: id)), slice: slice, at: at,
        atEarliest: at - width, atLatest: at + width, direction: direction,
        before: Estimate(before, low: before * 0.95, high: before * 1.05),
        after: Estimate(after, low: after * 0.9, high: after * 1.1),
        relative: Estimate(relative, low: relative - 0.16, high: relative + 0.17), q: 0.0003,
        hoursPerMonth: hours.map { Estimate($0, low: $0 * 0.8, high: $0 * 1.2) }, evidenceCount: 123,
        evidence: Period(at, through: at + 60))
}

@Suite struct SentenceTests {
    @Test("A level that rose, in each language")
    func levelShift() throws {
        let rose = try signal(.levelShift)
        #expect(
            Words(.en).sentence(for: rose)
                == """
                The time to resolve incidents for “Email” rose from 4.1\u{A0}h to 6.3\u{A0}h on \
                12\u{A0}March 2024 (+54\u{A0}%, 38 to 71\u{A0}%). It costs about 310\u{A0}hours a month.
                """
        )
        #expect(
            Words(.da).sentence(for: rose)
                == """
                Løsningstiden for incidents for »Email« steg den 12.\u{A0}marts 2024 fra 4,1\u{A0}timer til \
                6,3\u{A0}timer (+54\u{A0}%, 38 til 71\u{A0}%). Det koster cirka 310\u{A0}timer om måneden.
                """
        )
        #expect(
            Words(.zh).sentence(for: rose)
                == "“Email”的事件解决时间于2024年3月12日从 4.1\u{A0}小时升至 6.3\u{A0}小时（+54%，区间 38% 至 71%），每月约多耗 310\u{A0}小时。"
        )
    }

    @Test("A date that is not known to the week is given with its range")
    func wideDate() throws {
        let wide = try signal(.levelShift, "incidents.opened", from: 3.1, to: 4.4, hours: nil, width: 9)
        #expect(Words(.en).sentence(for: wide).contains("about 12\u{A0}March 2024 (between 3 and 21\u{A0}March 2024)"))
        #expect(Words(.da).sentence(for: wide).contains("(mellem den 3. og den 21.\u{A0}marts 2024)"))
        #expect(
            Words(.zh).sentence(for: wide).contains("2024年3月12日前后（最早2024年3月3日，最晚3月21日）从每天 3.1\u{A0}起升至每天 4.4\u{A0}起"))
    }

    @Test("A share is compared in percentage points, and from nothing there is no percentage")
    func shares() throws {
        let share = try signal(.levelShift, "incidents.slaMet", from: 0.92, to: 0.81, hours: nil)
        #expect(
            Words(.en).sentence(for: share).contains(
                "(\u{2212}11 percentage points; the new level lies between 73\u{A0}% and 89\u{A0}%)"))
        #expect(Words(.zh).sentence(for: share).contains("（\u{2212}11 个百分点，新水平在 73% 至 89% 之间）"))
        let fromNothing = try signal(.levelShift, "incidents.opened", from: 0, to: 2, hours: nil)
        #expect(!Words(.en).sentence(for: fromNothing).contains("%"))
    }

    @Test("Danish counts 0,5 time, 1 time, 1,5 time, 2 timer and 0 timer")
    func danishPlural() throws {
        let m = try #require(Measure(id: "incidents.timeToResolve"))
        let da = Danish()
        #expect(da.value(0.5, m, .hours) == "0,5\u{A0}time")
        #expect(da.value(1, m, .hours) == "1\u{A0}time")
        #expect(da.value(1.5, m, .hours) == "1,5\u{A0}time")
        #expect(da.value(2, m, .hours) == "2\u{A0}timer")
        #expect(da.value(0, m, .hours) == "0\u{A0}timer")
        #expect(Words(.da).value(0.5, of: m) == "30\u{A0}minutter")
        #expect(Words(.en).value(80, of: m) == "3.3\u{A0}days")
    }

    @Test("English bends one and many")
    func englishPlural() {
        let en = Words(.en)
        #expect(en.text(.tickets(0)) == "No tickets")
        #expect(en.text(.tickets(1)) == "1 ticket")
        #expect(en.text(.tickets(2)) == "2 tickets")
        #expect(
            en.text(.falseAlarms(reported: 17, tested: 4210, expected: 0.9))
                == "17 findings among 4,210 series tested; about 0.9 of them are expected to be false.")
        #expect(en.text(.rowsImported(kept: 1, rows: 1, rejected: 0)).hasPrefix("1 of 1 row imported"))
    }

    @Test("Every field of a ticket has a name of its own in every language")
    func fields() {
        for language in Language.allCases {
            let names = TicketField.allCases.map { Words(language).name(of: $0) }
            for name in names { expectClean(name, language) }
            #expect(Set(names).count == names.count && !names.contains(""), "\(language): \(names)")
        }
    }

    /// What findings of the flow of work are about.
    private func flowMeasure(_ kind: SignalKind) throws -> Measure.ID? {
        switch kind {
        case .bottleneck: Measure(.incident, .waiting, of: .state("Email"))?.id
        case .rework: Measure(.incident, .cameBack, of: .whole)?.id
        case .handoffs: Measure(.incident, .handoffs, of: .whole)?.id
        case .shortcut: Measure(.incident, .skipped, of: .order("Email", before: "VPN"))?.id
        default: nil
        }
    }

    @Test("Every kind of finding in both directions is a whole sentence in every language")
    func everyKind() throws {
        for language in Language.allCases {
            let words = Words(language)
            var seen: Set<String> = []
            for kind in SignalKind.allCases {
                for (from, to) in [(4.1, 6.3), (6.3, 4.1)] {
                    for slice in [.everything, Slice([.init(.category, "VPN"), .init(.group, "Net")])] {
                        let flow = try flowMeasure(kind) ?? "incidents.timeToResolve"
                        let text = words.sentence(for: try signal(kind, flow, slice: slice, from: from, to: to))
                        #expect(text.hasSuffix(language == .zh ? "。" : "."), "\(text)")
                        #expect(text.first?.isLowercase == false, "\(text)")
                        expectClean(text, language)
                        // What has a subject is told by it (ProblemWordsTests).
                        let isAlike: [SignalKind] = [
                            .seasonBreak, .targetAtRisk, .unexplainedFall, .policyBreach, .momentum, .recurrence,
                            .theme,
                        ]
                        if !isAlike.contains(kind) {
                            #expect(seen.insert(text).inserted)
                        }
                    }
                }
            }
        }
    }

    @Test("Every measure, phrase, step, need and dimension has its words in every language")
    func everyKey() throws {
        for language in Language.allCases {
            let words = Words(language)
            var texts: [String] = Phrase.allCases.filter { $0 != .pageTitleSuffix }.map { words($0) }
            for measure in Measure.catalogue {
                texts += [words.label(measure), words.definition(measure), words.unit(measure)]
                texts.append(words.heading(measure, Slice(.location, "Aarhus")).text(in: language))
            }
            #expect(Set(Measure.catalogue.map { words.label($0) }).count == Measure.catalogue.count)
            texts += FirstStep.allCases.map { words.firstStep($0) }
            texts += Dimension.allCases.map { words.name(of: $0) }
            texts += TicketStatus.allCases.map { words.name(of: $0) }
            texts += HistoryField.allCases.map { words.name(of: $0) }
            texts += TicketKind.allCases.map { words.plural($0) }
            texts += SampleLines.all.map { words.text($0) }
            for kind in SignalKind.allCases {
                let lead = try signal(kind)
                for isGood in [false, true] {
                    let opportunity = Opportunity(
                        id: "o", rank: 1, signals: [lead], hoursPerMonth: Estimate(1, low: 0, high: 2),
                        firstStep: .lookAtDay, effort: .small, isGoodNews: isGood)
                    texts.append(words.title(for: opportunity))
                }
            }
            for text in texts {
                #expect(!text.isEmpty)
                expectClean(text, language)
            }
        }
    }

    @Test("Names are marked, and stand in the language's own quotation marks in plain text")
    func names() throws {
        let s = try signal(.trend, slice: Slice(.service, "<b>&"))
        #expect(Words(.da).sentence(for: s).contains("»<b>&«"))
        #expect(Words(.en).marked(s).runs.contains(.name("<b>&")))
    }
}

enum SampleLines {
    static let day = Day(number: 19_000)
    static let period = Period(Day(number: 19_000), through: Day(number: 19_400))
    static let estimate = Estimate(310, low: 250, high: 380)
    static let all: [Line] =
        [
            .falseAlarms(reported: 0, tested: 10, expected: 0), .falseAlarms(reported: 1, tested: 10, expected: 0.05),
            .falseAlarms(reported: 17, tested: 4210, expected: 0.9), .findings(0), .findings(1), .findings(7),
            .opportunities(0), .opportunities(1), .opportunities(2), .tickets(0), .tickets(1), .tickets(2), .asOf(day),
            .analysed(period), .nothingChanged(since: day, series: 1), .nothingChanged(since: day, series: 2),
            .pageOf(1, 3), .fileAndLine(file: "a.csv", line: 17), .importedOn(file: "a.csv", day),
            .rowsImported(kept: 1, rows: 1, rejected: 0), .rowsImported(kept: 10, rows: 12, rejected: 2),
            .progress(rows: 1000, perSecond: 100, secondsLeft: 12, rejected: 1),
            .progress(rows: 1000, perSecond: 100, secondsLeft: nil, rejected: 1), .alreadyImported(day),
            .tooLarge(bytes: 3_000_000, most: 2_000_000), .notReadable("CSV"), .columnMissing("id"), .hours(estimate),
            .money(estimate, currency: "DKK"), .intervalNote, .beganHere(day),
            .standing(value: "4", over: period, level: "3", range: "3", since: day),
            .standingNow(value: "4", over: period),
            .chartSummary(count: 12, period, last: "4"), .chartEmpty, .more(1), .more(2), .errorNumber("7F"),
            .zoneQuestion(column: "id"), .dayOrderQuestion(column: "id", example: "12/03/2024"), .service("SAP"),
            .suspectedCut(rows: 10_000), .gap(period), .emptyColumn(column: "id", share: 0.4), .impossibleOrder(1),
            .impossibleOrder(2), .mojibake(column: "id"), .rejectedRows(1), .rejectedRows(2), .truncatedFile,
            .raggedRows(1), .raggedRows(2), .nulBytes(1), .nulBytes(2), .repeatedColumns("id"), .cannotAnswer(.slaMet),
            .cannotAnswer(.reopens), .dataSpan(period), .damagedText, .zoneAssumed("UTC"),
            .progress(rows: 1, perSecond: 1, secondsLeft: 3, rejected: nil),
            .progress(rows: 1, perSecond: 1, secondsLeft: nil, rejected: nil), .emptyField(.openedAt, share: 0.4),
            .fileIsEmpty("a.csv"), .fileHasOnlyHeadings("a.csv"), .fileUnreadable("a.csv"), .fileChanged("a.csv"),
            .columnsNotFound("a.csv", missing: [.id, .openedAt], needsSubject: true),
            .columnsNotFound("a.csv", missing: [.openedAt], needsSubject: false),
            .columnsNotFound("a.csv", missing: [], needsSubject: true), .columnMissingFor(column: "id", .openedAt),
        ] + FileKind.allCases.map { .fileIsNoTable("a.csv", $0) } + RowProblem.allCases.map { .notTakenIn($0) }
}

/// The rules a machine can check: what tests should check, for each language.
func expectClean(_ text: String, _ language: Language) {
    #expect(!text.contains("  ") && !text.contains("!") && !text.contains("！"), "\(text)")
    switch language {
    case .en: break
    case .da:
        // Words that only English has, as whole words.
        let english: Set<String> = [
            "the", "and", "of", "is", "are", "was", "were", "this", "that", "rows", "which", "with", "opened", "closed",
        ]
        let found = text.lowercased().split { !$0.isLetter }.map(String.init).filter(english.contains)
        #expect(found.isEmpty, "\(text)")
        #expect(!text.contains(" %"), "A no-break space before the percent sign: \(text)")
        #expect(!text.contains(" De ") && !text.contains("Deres"), "\(text)")
    case .zh:
        for bad in ["你", "登陆", "们"] { #expect(!text.contains(bad), "\(text)") }
        let characters = Array(text)
        for (i, c) in characters.enumerated() where ",.:;?()".contains(c) {
            let before = i > 0 ? characters[i - 1] : " "
            let after = i + 1 < characters.count ? characters[i + 1] : " "
            #expect(!isHan(before) && !isHan(after), "Half-width punctuation beside Han: \(text)")
        }
        for (i, c) in characters.enumerated() where "，。；：？（）、“”".contains(c) {
            let before = i > 0 ? characters[i - 1] : "x"
            let after = i + 1 < characters.count ? characters[i + 1] : "x"
            #expect(before != " " && after != " ", "No space at full-width punctuation: \(text)")
        }
        // Latin words that stay Latin; anything else would be English left behind.
        let kept: Set<String> = [
            "Ratchet", "SLA", "CSV", "SVG", "ServiceNow", "Jira", "GLPI", "Zammad", "Redmine", "Request", "Tracker",
            "iTop", "gzip", "NUL", "MB", "DKK", "Email", "VPN", "Europe", "Copenhagen", "UTC", "Net", "Aarhus", "SAP",
            "id", "a", "csv", "F", "PDF", "Excel", "ZIP", "Office", "SQLite", "tar", "XML", "JSON",
        ]
        let latin = text.split { !($0.isASCII && $0.isLetter) }.map(String.init).filter { !kept.contains($0) }
        #expect(latin.isEmpty, "\(latin): \(text)")
    }
}

func isHan(_ c: Character) -> Bool { c.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
