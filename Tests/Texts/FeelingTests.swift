import Statistics
import Testing

@testable import Texts

@Suite("How texts feel")
struct FeelingTests {
    private func score(_ text: String, _ language: TextLanguage) -> Double {
        var reader = FeelingReader()
        return reader.feeling(of: text, in: language).score
    }

    @Test(
        "Nothing felt is nothing, whatever the text", arguments: TextLanguage.allCases,
        [
            "", " ", "42", "…", "\u{0}", "\u{202E}abc", "שלום עולם", "_*_", "'''", "’", "🚲",
            String(repeating: "x", count: 10_000),
        ])
    func nothing(language: TextLanguage, text: String) {
        var reader = FeelingReader()
        let feeling = reader.feeling(of: text, in: language)
        #expect(feeling == Feeling() && feeling.score == 0 && feeling.kind == .none)
    }

    @Test(
        "Words of the trade carry no feeling",
        arguments: [
            ("errors problems issue incident down crash failure critical", TextLanguage.english),
            ("fejl problemer nedbrud kritisk akut alarm", .danish), ("故障 问题 错误 报错 事件 异常 紧急 崩溃 死机", .chinese),
        ])
    func trade(text: String, language: TextLanguage) { #expect(score(text, language) == 0) }

    @Test(
        "A negation turns what is good and softens what is bad",
        arguments: [
            ("good", "not good", TextLanguage.english), ("helpful", "not very helpful", .english),
            ("it was great", "it wasn't great", .english), ("god", "ikke god", .danish),
            ("hjælpsom", "ikke særlig hjælpsom", .danish), ("好", "不好", .chinese), ("专业", "不太专业", .chinese),
            ("满意", "不满意", .chinese), ("好用", "没有那么好用", .chinese),
        ])
    func negations(plain: String, negated: String, language: TextLanguage) {
        #expect(score(plain, language) > 0)
        #expect(score(negated, language) < 0)
    }

    @Test(
        "What looks bad by its parts and is not",
        arguments: [
            ("not bad", TextLanguage.english), ("no problems", .english), ("ikke dårligt", .danish),
            ("ikke så ringe", .danish),
            ("uden problemer", .danish), ("不错", .chinese), ("没毛病", .chinese), ("没问题", .chinese),
        ])
    func understatement(text: String, language: TextLanguage) { #expect(score(text, language) > 0) }

    @Test(
        "What looks good by its parts and is not",
        arguments: [
            ("thanks for nothing", TextLanguage.english), ("tak for ingenting", .danish), ("好不容易", .chinese),
            ("差不多", .chinese), ("快递", .chinese), ("as well as", .english), ("med venlig hilsen", .danish),
            ("thanks in advance", .english), ("fint nok", .danish),
        ])
    func notPraise(text: String, language: TextLanguage) { #expect(score(text, language) <= 0) }

    @Test(
        "An intensifier strengthens, a diminisher weakens",
        arguments: [
            ("slightly slow", "slow", "extremely slow", TextLanguage.english),
            ("lidt besværlig", "besværlig", "virkelig besværlig", .danish), ("有点失望", "失望", "特别失望", .chinese),
        ])
    func degrees(weak: String, plain: String, strong: String, language: TextLanguage) {
        #expect(score(strong, language) < score(plain, language))
        #expect(score(plain, language) < score(weak, language))
        #expect(score(weak, language) < 0)
    }

    @Test("Both in one comment is mixed, and what follows the ‘but’ counts for more")
    func mixed() {
        var reader = FeelingReader()
        for (text, language) in [
            ("friendly staff but far too slow", TextLanguage.english),
            ("flink medarbejder men alt for langsomt", .danish),
            ("态度很好，但是太慢了", .chinese),
        ] { #expect(reader.feeling(of: text, in: language).kind == .mixed, "\(text)") }
        #expect(score("good but bad", .english) < score("bad but good", .english))
    }

    @Test("A face counts once and for less than a word; marks strengthen and are nothing alone")
    func signs() {
        #expect(score("😡", .english) < 0)
        #expect(score("😊😊😊", .danish) == score("😊", .danish))
        #expect(score("👍", .chinese) > 0)
        #expect(score("good", .english) > score("👍", .english))
        #expect(score("good!!!", .english) > score("good", .english))
        #expect(score("!!!", .english) == 0)
    }

    @Test(
        "Each list holds each entry once, with a weight between −3 and 3",
        arguments: [englishFeelings, danishFeelings, chineseFeelings])
    func lists(list: String) {
        let entries = weighedWords(list)
        #expect(entries.count > 500 && Set(entries.map(\.word)).count == entries.count)
        #expect(entries.allSatisfy { abs($0.weight) <= 3 })
        #expect(list.split(separator: "\n").allSatisfy { Double($0.split(separator: " ")[0]) != nil })
    }

    static let phrases: [(TextLanguage, Double, String)] = [
        (
            .english, 1,
            """
            very satisfied·quick response·solved right away·works perfectly·great service·explained it clearly·kept me informed·\
            better than expected·no complaints·hassle-free·spot on·couldn't be better
            """
        ),
        (
            .english, -1,
            """
            still not working·back again·keeps happening·waited for days·no reply·nobody called back·closed my ticket·did not help·\
            made it worse·takes forever·passed around·copy-paste answer·waste of time·fed up
            """
        ),
        (
            .danish, 1,
            """
            meget tilfreds·hurtigt svar·løst i første hug·virker perfekt·kører som smurt·havde styr på det·fulgte op·\
            er ikke kommet igen·intet at klage over·gik gnidningsfrit·flot klaret·kunne ikke være bedre
            """
        ),
        (
            .danish, -1,
            """
            virker stadig ikke·stadig ikke løst·sker hver uge·ventet i dagevis·intet svar·lukkede bare min sag·hjalp ikke·\
            blev kun værre·kastet rundt·lyttede ikke·anede ingenting·spild af tid·under al kritik
            """
        ),
        (.chinese, 1, "非常满意·响应很快·一次就解决了·没再出现·服务周到·技术过硬·说到做到·比以前快多了·很省心·帮了大忙·挺不错"),
        (.chinese, -1, "还是不行·一直没解决·又坏了·等了很久·没人管·石沉大海·没解决就关单·踢皮球·敷衍了事·不专业·无法接受"),
    ]

    @Test("Phrases of service comments are found in a sentence around them", arguments: phrases)
    func servicePhrases(language: TextLanguage, sign: Double, list: String) {
        let around = [
            TextLanguage.english: ("Monday: ", ", PC7."), .danish: ("Mandag: ", ", PC7."), .chinese: ("周一", "，周二。"),
        ]
        for phrase in list.split(separator: "·") {
            let (before, after) = around[language] ?? ("", "")
            #expect(score(before + phrase + after, language) * sign > 0, "\(phrase)")
        }
    }

    @Test(
        "Scores stay between −1 and 1, do not depend on the reader's past, and praise never lowers them",
        arguments: [1, 2, 3] as [UInt64])
    func properties(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pieces = [
            "good ", "not ", "ikke ", "god ", "很", "不", "好", "差", "but ", "!", "…", "'", "\u{301}", "😡", "very ",
            "dårlig ", "worst ", "，",
        ]
        var used = FeelingReader()
        for _ in 0..<200 {
            let text = (0..<generator.below(40)).map { _ in pieces[generator.below(pieces.count)] }.joined()
            for language in TextLanguage.allCases {
                let score = used.feeling(of: text, in: language).score
                #expect(score > -1 && score < 1)
                var fresh = FeelingReader()
                if generator.below(40) == 0 { #expect(fresh.feeling(of: text, in: language).score == score) }
                let praise = language == .chinese ? "。很好。" : language == .danish ? ". fremragende." : ". excellent."
                #expect(used.feeling(of: text + praise, in: language).score > score)
            }
        }
    }

    @Test(
        "The language of a text, from its script and its small words",
        arguments: [
            ("", nil), ("VPN", nil), ("123", nil), ("The printer is slow", .english), ("Printeren er langsom", .danish),
            ("Adgang til VPN", .danish), ("rød grød", .danish), ("打印机坏了", .chinese), ("VPN 连接失败 SAP", .chinese),
            ("I asked 王 about the printer in the office yesterday", .english),
            ("IT er nede igen og ingen svarer", .danish),
        ] as [(String, TextLanguage?)])
    func languages(text: String, expected: TextLanguage?) { #expect(textLanguage(of: text) == expected) }

    @Test("The mean of a group and its interval")
    func groups() throws {
        #expect(GroupFeeling([Feeling]()).mean == nil)
        let one = try #require(GroupFeeling([Feeling(positive: 2)]).mean)
        #expect(one.low == -1 && one.high == 1)
        let few = try #require(GroupFeeling([Feeling](repeating: Feeling(positive: 2), count: 5)).mean)
        let many = try #require(GroupFeeling([Feeling](repeating: Feeling(positive: 2), count: 500)).mean)
        #expect(few.high - few.low > 0.5 && many.high - many.low < 0.02)
        #expect(abs(many.estimate - Feeling(positive: 2).score) < 1e-12)
    }

    @Test("The interval holds the mean of all comments about as often as it says")
    func coverage() throws {
        let all = [
            Feeling(), Feeling(positive: 2), Feeling(positive: 5), Feeling(negative: 2), Feeling(negative: 7),
            Feeling(negative: 1),
        ]
        let truth = all.reduce(0) { $0 + $1.score } / Double(all.count)
        var generator = SplitMix64(seed: 8)
        for size in [3, 10, 40] {
            let held = try (0..<600).count { _ in
                let mean = try #require(GroupFeeling((0..<size).map { _ in all[generator.below(all.count)] }).mean)
                return mean.low <= truth && truth <= mean.high
            }
            #expect(held >= 555, "\(size) comments: \(held) of 600")
        }
    }
}
