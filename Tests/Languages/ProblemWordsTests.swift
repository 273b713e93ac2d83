import Languages
import Measures
import Records
import Signals
import Statistics
import Testing

@Suite("What keeps coming back, in words")
struct ProblemWordsTests {
    private static func signal(_ kind: SignalKind, hours: Double?) throws -> Signal {
        let measure = try #require(Measure(id: kind == .theme ? "surveys.answers" : "incidents.opened"))
        let day = Day(number: 19_900)
        let rate = Estimate(0.1, low: 0.05, high: 0.2)
        return Signal(
            id: "r7", kind: kind, measure: measure, slice: .everything, at: day, atEarliest: day, atLatest: day,
            direction: .worse, before: rate, after: rate.scaled(by: 3), relative: Estimate(2, low: 1, high: 4),
            q: 0.001,
            hoursPerMonth: hours.map { Estimate($0, low: 1, high: 99) }, evidenceCount: 12,
            evidence: Period(day, through: day + 90),
            subject: SignalSubject(
                id: "7", name: "vpn drops", everyDays: Estimate(30, low: 29, high: 31), next: day + 100,
                due: Period(day + 99, through: day + 101)))
    }

    @Test("Every phrase is said in every language, and in none by another one")
    func phrases() {
        for language in Language.allCases {
            let words = Words(language)
            for phrase in ProblemPhrase.allCases {
                let text = words.recurring(phrase)
                #expect(!text.isEmpty && text == text.trimmingPrefix(" ") && !text.contains("  "), "\(phrase): \(text)")
                // Abbreviations of the trade and the name of a sign are the only Latin letters of Chinese.
                if language == .zh { #expect(!text.contains { $0.isASCII && $0.isLetter }, "\(phrase): \(text)") }
            }
            for standing in RecurringProblem.Standing.allCases {
                #expect(!words.name(of: standing).isEmpty && words.meaning(of: standing).count > 5)
            }
        }
    }

    @Test("A recurring problem is a whole sentence with its rhythm, its next day and its hours")
    func sentences() throws {
        let one = try Self.signal(.recurrence, hours: 41)
        #expect(
            Words(.en).sentence(for: one)
                == """
                Incidents about “vpn drops” keep coming back: 9.1 a month, every 29 to 31\u{A0}days, the next about \
                4\u{A0}October 2024. It costs about 41\u{A0}hours a month.
                """
        )
        #expect(
            Words(.da).sentence(for: one)
                == """
                Incidents om »vpn drops« bliver ved med at komme: 9,1 om måneden, med 29 til 31\u{A0}dages mellemrum, \
                den næste omkring den 4.\u{A0}oktober 2024. Det koster cirka 41\u{A0}timer om måneden.
                """
        )
        #expect(
            Words(.zh).sentence(for: one)
                == """
                关于“vpn drops”的事件反复出现：每月 9.1 个，每隔 29 至 31 天一次，下一次约在2024年10月4日，\
                每月约耗 41\u{A0}小时。
                """)
        for language in Language.allCases {
            let text = Words(language).sentence(for: try Self.signal(.theme, hours: nil))
            #expect(text.hasSuffix(language == .zh ? "。" : ".") && text.contains("vpn drops"), "\(text)")
            #expect(!Words(language).problemLead(candidates: 1, groups: 3, hours: 1).isEmpty)
        }
    }

    @Test("One of a kind and many of a kind agree with their number")
    func numbers() {
        let (en, da, zh) = (Words(.en), Words(.da), Words(.zh))
        #expect(
            en.problemLead(candidates: 1, groups: 1, hours: 1)
                == "1 problem keeps coming back, and costs about 1\u{A0}hour a month.")
        #expect(da.problemLead(candidates: 2, groups: 2, hours: nil) == "2 problemer bliver ved med at komme igen.")
        #expect(zh.problemLead(candidates: 0, groups: 0, hours: nil) == "没有反复出现的事件。")
        #expect(en.rhythm(Estimate(1, low: 1, high: 1)) == "every day")
        #expect(da.rhythm(Estimate(7, low: 7, high: 7)) == "hver 7.\u{A0}dag")
        #expect(zh.rhythm(Estimate(30, low: 29, high: 31)) == "每隔 29 至 31 天一次")
        #expect(en.takenOut(1, of: 3) == "1 incident taken out of problem 3")
    }
}
