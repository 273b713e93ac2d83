import Records
import Testing

@testable import Languages

@Suite struct LanguageTests {
    @Test("A language is found in a tag, and Norwegian is not Danish")
    func tags() {
        #expect(Language(tag: "da-DK") == .da)
        #expect(Language(tag: "zh_TW.UTF-8") == .zh)
        #expect(Language(tag: "EN") == .en)
        #expect(Language(tag: "nb") == nil)
        #expect(Language(tag: "sv-SE") == nil)
        #expect(Language(tag: "") == nil)
    }

    @Test("Accept-Language: the heaviest that we speak, the earlier of equals, none for nonsense")
    func accepted() {
        #expect(Language.accepted(by: "nb, da;q=0.8, en;q=0.9") == .en)
        #expect(Language.accepted(by: "zh-CN,zh;q=0.9,en;q=0.8") == .zh)
        #expect(Language.accepted(by: "da,en") == .da)
        #expect(Language.accepted(by: "fr, en;q=0") == nil)
        #expect(Language.accepted(by: ";;,=;q") == nil)
        #expect(Language.accepted(by: "") == nil)
    }

    @Test("Numbers, percent and intervals, byte by byte")
    func numbers() {
        let en = Figures(.en)
        let da = Figures(.da)
        let zh = Figures(.zh)
        #expect(en.count(0) == "0" && en.count(999) == "999" && en.count(24_918) == "24,918")
        #expect(da.count(1_234_567) == "1.234.567" && zh.count(-24_918) == "\u{2212}24,918")
        #expect(en.number(4.1) == "4.1" && da.number(4.1) == "4,1" && zh.number(4.1) == "4.1")
        #expect(da.number(1234.5, decimals: 1) == "1.234,5")
        #expect(
            en.number(0.5) == "0.5" && en.number(0.05) == "0.05" && en.number(1.5) == "1.5" && en.number(0) == "0"
                && en.number(1) == "1")
        #expect(en.number(-3.2) == "\u{2212}3.2")
        #expect(en.number(-0.001, decimals: 1) == "0.0")
        #expect(en.number(99.96) == "100" && en.number(120.4) == "120")
        #expect(en.number(.nan) == "–" && en.number(.infinity) == "–")
        #expect(en.number(1e18) == "10^18")
        #expect(en.percent(0.923) == "92\u{A0}%" && da.percent(0.054) == "5,4\u{A0}%" && zh.percent(0.923) == "92%")
        #expect(en.change(0.54) == "+54\u{A0}%" && zh.change(-0.071) == "\u{2212}7.1%" && da.change(0) == "0\u{A0}%")
        #expect(en.range("38", "71") == "38 to 71" && da.range("38", "71") == "38 til 71")
        #expect(zh.range("38", "71") == "38 至 71" && zh.shortRange("38", "71") == "38～71")
        #expect(en.shortRange("\u{2212}3", "2") == "\u{2212}3 to 2")
        #expect(Figures.rounded(312) == 310 && Figures.rounded(31_249) == 31_000 && Figures.rounded(0.26) == 0.3)
    }

    @Test("Days, weeks and times, byte by byte: 29 February, week 1 and week 53, the hour that comes twice")
    func days() throws {
        let en = Figures(.en)
        let da = Figures(.da)
        let zh = Figures(.zh)
        let leap = try #require(Day("2024-02-29"))
        let march = try #require(Day("2024-03-12"))
        #expect(en.date(march) == "12\u{A0}March 2024")
        #expect(da.date(march) == "12.\u{A0}marts 2024")
        #expect(zh.date(march) == "2024年3月12日")
        #expect(en.shortDate(leap) == "29\u{A0}Feb\u{A0}2024")
        #expect(da.shortDate(leap) == "29.02.2024" && zh.shortDate(leap) == "2024-02-29")
        #expect(en.range(leap, march) == "29\u{A0}February to 12\u{A0}March 2024")
        #expect(da.range(march, march + 6) == "12. til 18.\u{A0}marts 2024")
        #expect(zh.range(march, march + 6) == "2024年3月12日至18日")
        #expect(zh.range(march - 100, march) == "2023年12月3日至2024年3月12日")
        #expect(en.weekday(march) == "Tuesday" && da.weekday(march) == "tirsdag" && zh.weekday(march) == "星期二")
        #expect(Figures.isoWeek(of: try #require(Day("2021-01-03"))) == (2020, 53))
        #expect(Figures.isoWeek(of: try #require(Day("2024-12-30"))) == (2025, 1))
        let copenhagen = try #require(Zone("Europe/Copenhagen"))
        let first = try #require(Moment(rfc3339: "2024-10-27T00:30:00Z"))
        let second = try #require(Moment(rfc3339: "2024-10-27T01:30:00Z"))
        #expect(da.time(first, in: copenhagen) == "27.10.2024\u{A0}02.30")
        #expect(da.time(second, in: copenhagen) == "27.10.2024\u{A0}02.30")
        #expect(zh.time(first, in: .utc) == "2024-10-27\u{A0}00:30")
    }
}
