import Improvements
import Records
import Statistics
import Testing

@testable import Languages

@Suite("The register's sentences")
struct RegisterLineTests {
    private static let level = BaseRates(
        rounds: (0..<11).map { PastRound(kind: .process, quantity: nil, causeWords: [], worked: $0 < 7, effect: nil) }
    ).rate(kind: .process, quantity: nil).levels[1]

    private static let lines: [RegisterLine] =
        [
            .baseRate(level), .chanceToWork(Estimate(0.5, low: 0.3, high: 0.7)),
            .rankReason(hours: 40, chance: 0.5, days: 5, score: 4), .approvedBy("Eve"),
            .departmentWaited(department: "IT", waitsFor: "Law", days: 1, stillWaits: true),
            .departmentWaited(department: "", waitsFor: "Law", days: 12, stillWaits: false),
            .adoptionShare(adopted: 6, people: 10, needed: 0.8), .adoptionShare(adopted: 0, people: 0, needed: nil),
            .mergedInto(4), .sharedGain(credited: 20, own: 30, others: 2), .heldGain(share: 0.8, hours: 16),
            .allGains(credited: 70, own: 110), .provableWithin(effect: 0.3, weeks: 3), .actionOverdue(days: 4),
            .actionDue(Day(number: 20_000)), .registerRead(new: 1, changed: 0, unchanged: 2, rejected: 3),
        ] + [[Ranked.Unknown.effort], [.hoursPerMonth], [.hoursPerMonth, .effort]].map { .notRanked($0) }

    @Test("Each is said in three languages, and none is the same in two")
    func languages() {
        for line in Self.lines {
            let texts = Language.allCases.map { Words($0).text(line) }
            #expect(Set(texts).count == 3 && !texts.contains(""), "\(texts)")
        }
        for phrase in RegisterPhrase.allCases {
            let texts = Language.allCases.map { Words($0)(phrase) }
            #expect(!texts.contains(""), "\(phrase)")
            // Design is design in English and in Danish.
            #expect(Set(texts).count == 3 || phrase == .stageDesign, "\(texts)")
        }
    }

    @Test("What happened here, word for word")
    func words() {
        #expect(Words(.en).text(.baseRate(Self.level)) == "Improvements of this type have worked 7 of 11 times here.")
        #expect(Words(.da).text(.baseRate(Self.level)) == "Forbedringer af denne type har virket 7 ud af 11 gange her.")
        #expect(Words(.zh).text(.baseRate(Self.level)) == "同类型的改进在这里 11 次中有 7 次有效。")
        let waits = RegisterLine.departmentWaited(department: "IT", waitsFor: "Law", days: 1, stillWaits: true)
        #expect(Words(.en).text(waits) == "“IT” has waited 1 day for “Law”, and still does.")
        #expect(Words(.da).text(waits) == "»IT« har ventet 1 dag på »Law« og venter stadig.")
        #expect(Words(.zh).text(waits) == "“IT”等待“Law”已有 1 天，仍在等待。")
    }
}
