import Improvements
import Records
import Testing

@testable import Languages

@Suite struct ImprovementWordsTests {
    @Test(
        "Every phrase is written in every language, none is left in another, and buttons and headings end without a stop"
    )
    func phrases() {
        for phrase in ImprovementPhrase.allCases {
            let (en, da, zh) = (Words(.en).say(phrase), Words(.da).say(phrase), Words(.zh).say(phrase))
            #expect(!en.isEmpty && !da.isEmpty && !zh.isEmpty, "\(phrase)")
            #expect(zh != en && zh != da, "\(phrase)")
            #expect(zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(phrase)")
            for text in [en, da, zh] { #expect(!text.contains("!") && !text.contains("  "), "\(phrase): \(text)") }
            #expect(en.hasSuffix(".") == zh.hasSuffix("。"), "\(phrase)")
            #expect(en.hasSuffix("?") == zh.hasSuffix("？"), "\(phrase)")
        }
    }

    @Test("Each lens has its parts in each language")
    func lenses() {
        for language in Language.allCases {
            for lens in Lens.allCases { #expect(Words(language).parts(of: lens).count == lens.partCount) }
        }
    }

    @Test("One is one: plurals of the lead sentences, and the month by its language")
    func plurals() throws {
        #expect(Words(.en).told(.improvements(1)) == "1 improvement is under way.")
        #expect(Words(.da).told(.improvements(2)) == "2 forbedringer er i gang.")
        #expect(Words(.da).told(.improvements(0)) == "Ingen forbedringer er i gang.")
        #expect(
            Words(.en).told(.winsSummary(proven: 0, held: 0, tried: 1))
                == "No gain has been proven yet; 1 attempt brought no proof.")
        #expect(
            Words(.da).told(.winsSummary(proven: 1, held: 1, tried: 0)) == "1 gevinst er dokumenteret, og den holder.")
        #expect(Words(.zh).told(.winsSummary(proven: 2, held: 0, tried: 0)) == "已证实 2 项成效，尚未确认是否保持。")
        #expect(
            Words(.en).told(.reportSummary(proven: 0, tried: 2, opened: 0, live: 0))
                == "No gain was proven, 2 rounds ended without one; no improvement was opened, and none went live.")
        let march = try #require(Day("2026-03-12"))
        #expect(Words(.en).told(.reportTitle(march)) == "March 2026")
        #expect(Words(.da).told(.reportTitle(march)) == "Marts 2026")
        #expect(Words(.zh).told(.reportTitle(march)) == "2026年3月")
    }
}
