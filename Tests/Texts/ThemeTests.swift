import Statistics
import Testing
import Texts

@Suite("What comments are about")
struct ThemeTests {
    /// Comments about three things in each of three languages, and some that say nothing but praise.
    private static func comments(seed: UInt64, copies: Int) -> (texts: [String], labels: [Int]) {
        let things: [[String]] = [
            ["parking", "garage", "car", "spaces", "barrier", "entrance"],
            ["password", "login", "reset", "locked", "account", "mailbox"],
            ["kantine", "maden", "salaten", "frokost", "kaffen", "kokken"],
            ["telefonkø", "opkald", "ventetid", "ringede", "omstilling", "telefonen"],
            ["退款", "订单", "发票", "金额", "账单", "扣款"], ["空调", "温度", "暖气", "风扇", "窗户", "闷热"],
        ]
        var generator = SplitMix64(seed: seed)
        var rows: [(String, Int)] = []
        for (label, words) in things.enumerated() {
            for _ in 0..<copies {
                let chosen = (0..<4).map { _ in words[generator.below(words.count)] }
                rows.append((chosen.joined(separator: " "), label))
            }
        }
        for text in ["very good", "meget godt", "很好", "", "👍", "42"] { rows.append((text, -1)) }
        generator.shuffle(&rows)
        return (rows.map(\.0), rows.map(\.1))
    }

    @Test("Nothing, nothing with letters, one comment, the same one twice")
    func strange() {
        #expect(Themes(of: []).themes.isEmpty)
        #expect(Themes(of: ["", "42", "!"]).themeOf == [-1, -1, -1])
        #expect(Themes(of: ["parking is full"]).themes.isEmpty)
        let twice = Themes(of: ["parking is full", "parking is full"])
        #expect(twice.themeOf == [0, 0] && twice.themes.first?.typical == [0])
        #expect(Themes(of: [String](repeating: "\u{202E}\u{0}ﬀ", count: 3)).themeOf.count == 3)
    }

    @Test("A few dozen comments in three languages fall into what they are about", arguments: [1, 2, 3] as [UInt64])
    func threeLanguages(seed: UInt64) {
        let (texts, labels) = Self.comments(seed: seed, copies: 12)
        let found = Themes(of: texts)
        for label in 0..<6 {
            let own = labels.indices.filter { labels[$0] == label }.map { found.themeOf[$0] }
            let most = Dictionary(grouping: own, by: \.self).values.map(\.count).max() ?? 0
            #expect(most >= 10, "thing \(label)")
        }
        for theme in found.themes { #expect(Set(theme.rows.map { labels[$0] }).count == 1) }
        #expect(labels.indices.allSatisfy { labels[$0] >= 0 || found.themeOf[$0] == -1 })
    }

    @Test("Themes are the same every time, largest first, each comment in one; examples are theirs and differ")
    func properties() {
        let (texts, _) = Self.comments(seed: 9, copies: 25)
        let (a, b) = (Themes(of: texts), Themes(of: texts))
        #expect(a.themeOf == b.themeOf)
        #expect(a.themes.map(\.words) == b.themes.map(\.words) && a.themes.map(\.typical) == b.themes.map(\.typical))
        for (place, theme) in a.themes.enumerated() {
            #expect(theme.rows == texts.indices.filter { a.themeOf[$0] == Int32(place) })
            #expect(theme.typical.allSatisfy { theme.rows.contains($0) })
            #expect(Set(theme.typical.map { texts[$0] }).count == theme.typical.count)
            #expect(!theme.words.isEmpty && theme.words.count <= 5)
            #expect(theme.words.allSatisfy { word in theme.rows.contains { texts[$0].contains(word) } })
            if place > 0 { #expect(a.themes[place - 1].rows.count >= theme.rows.count) }
        }
    }

    @Test("Words are shown whole, the most frequent form of each; small words, praise and addresses are no theme")
    func readable() {
        let texts = [
            "The invoices are wrong, see https://example.com/invoices", "invoice of the supplier",
            "our supplier sent invoices",
            "invoices, @supplier and the supplier", "suppliers and invoices are very good",
        ]
        let words = Themes(of: texts).themes.flatMap(\.words)
        #expect(words.contains("invoices") && words.contains("supplier"))
        #expect(!words.contains { ["the", "very", "good", "https", "example", "invoi", "suppl"].contains($0) })
    }

    @Test("Chinese words longer than two characters are shown whole")
    func chineseWords() {
        let texts = ["打印机卡纸", "打印机没墨了", "三楼打印机坏了", "打印机连接失败", "打印机驱动"]
        #expect(Themes(of: texts).themes.first?.words.first == "打印机")
    }

    @Test("Beginnings are one word, the whole word most often written stands for them")
    func stems() {
        var vocabulary = StemmedVocabulary(lettersMax: 5)
        var words: [UInt32] = []
        vocabulary.words(of: "printer printing printers printing 打印 e\u{301}te\u{301}".utf8.span, to: &words)
        #expect(words.prefix(4).allSatisfy { $0 == words[0] })
        #expect(Set(words).count == 3)
        #expect(vocabulary.text(words[0]) == "printing")
        let mark = vocabulary.mark("1=Finance")
        #expect(vocabulary.text(mark) == "1=Finance")
        var plain = StemmedVocabulary()
        var out: [UInt32] = []
        plain.words(of: "printer printing".utf8.span, to: &out)
        #expect(out.map { plain.text($0) } == ["printer", "printing"])
    }

    @Test("More different comments than the graph takes: the others join the theme they are nearest to")
    func many() {
        let things = [
            ["parking", "garage", "barrier", "ticket", "entrance", "cars"],
            ["password", "login", "account", "mailbox", "locked", "reset"],
        ]
        var generator = SplitMix64(seed: 11)
        let texts = (0..<600).map { k in
            (0..<4).map { _ in things[k % 2][generator.below(6)] }.joined(separator: " ")
        }
        let found = Themes(of: texts, graphMax: 20)
        #expect(found.themeOf.count { $0 >= 0 } > 570)
        for theme in found.themes { #expect(Set(theme.rows.map { $0 % 2 }).count == 1) }
    }
}
