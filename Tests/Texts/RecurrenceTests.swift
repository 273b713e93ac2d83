import Statistics
import Testing
import Texts

@Suite("Texts that tell of the same trouble")
struct RecurrenceTests {
    private static func sets(_ texts: [String]) -> WordSets {
        var vocabulary = Vocabulary()
        var sets = WordSets()
        for text in texts {
            var words: [UInt32] = []
            vocabulary.words(of: text.utf8.span, to: &words)
            sets.add(&words)
        }
        return sets
    }

    /// Tickets of some troubles in three languages, each told in several ways, words dropped and put in another order.
    private static func world(seed: UInt64, copies: Int) -> (texts: [String], labels: [Int]) {
        let troubles = [
            "outlook calendar freezes when opening shared mailbox after the update on laptop",
            "vpn tunnel drops every morning at the warehouse gateway firewall rule blocked",
            "printeren på tredje sal trykker kun halve sider med striber efter tonerskift",
            "medarbejderen kan ikke logge på lønsystemet fordi kontoen er spærret igen",
            "报销系统提交按钮没有反应页面一直转圈无法保存发票附件",
            "会议室投影仪无法连接无线网络屏幕显示没有信号需要重启设备",
        ]
        var generator = SplitMix64(seed: seed)
        var rows: [(String, Int)] = []
        for (label, trouble) in troubles.enumerated() {
            for _ in 0..<copies {
                var words = trouble.contains(" ") ? trouble.split(separator: " ").map(String.init) : [trouble]
                if words.count > 1 {
                    words.removeAll { _ in generator.uniform() < 0.2 }
                    words.swapAt(0, words.count - 1)
                } else {
                    // A few characters fall out of the sentence.
                    words = [String(trouble.filter { _ in generator.uniform() > 0.08 })]
                }
                rows.append((words.joined(separator: " ") + " regards ticket user", label))
            }
        }
        generator.shuffle(&rows)
        return (rows.map(\.0), rows.map(\.1))
    }

    @Test("Nothing, a text without words and the same text twice")
    func strange() {
        var none = Recurrences(WordSets())
        none.groupAll()
        #expect(none.groupOf.isEmpty)
        var empty = Recurrences(Self.sets(["", "42", "!"]))
        empty.groupAll()
        #expect(Set(empty.groupOf).count == 3)
        #expect(topics(of: Self.sets(["", "42"])) == [-1, -1])
    }

    @Test("Troubles in English, Danish and Chinese are told apart", arguments: [1, 2, 3] as [UInt64])
    func threeLanguages(seed: UInt64) {
        let (texts, labels) = Self.world(seed: seed, copies: 12)
        var found = Recurrences(Self.sets(texts))
        found.groupAll()
        // No group holds two troubles, and each trouble's largest group holds most of it.
        for group in 0..<found.groupCount {
            #expect(Set(labels.indices.filter { found.groupOf[$0] == Int32(group) }.map { labels[$0] }).count <= 1)
        }
        for label in 0..<6 {
            let groups = labels.indices.filter { labels[$0] == label }.map { found.groupOf[$0] }
            let largest = Dictionary(grouping: groups, by: \.self).values.map(\.count).max() ?? 0
            #expect(largest >= 9, "trouble \(label)")
        }
    }

    @Test("A later text joins without anything else moving, and a strange one opens a group")
    func incremental() {
        let (texts, labels) = Self.world(seed: 4, copies: 12)
        var vocabulary = Vocabulary()
        var sets = WordSets()
        for text in texts {
            var words: [UInt32] = []
            vocabulary.words(of: text.utf8.span, to: &words)
            sets.add(&words)
        }
        var found = Recurrences(sets)
        found.groupAll()
        let before = found.groupOf
        var words: [UInt32] = []
        vocabulary.words(
            of: "the vpn tunnel drops again at the warehouse gateway, firewall rule blocked".utf8.span, to: &words)
        let group = found.add(&words)
        let vpn = labels.indices.filter { labels[$0] == 1 }.map { Int(before[$0]) }
        #expect(vpn.contains(group))
        #expect(Array(found.groupOf.prefix(before.count)) == before)
        var other: [UInt32] = []
        vocabulary.words(of: "coffee machine leaks brown water onto carpet".utf8.span, to: &other)
        let groups = found.groupCount
        #expect(found.add(&other) == groups)
        let told = found.words(of: group, limit: 5).map { vocabulary.text($0) }
        #expect(told.contains("vpn") || told.contains("tunnel") || told.contains("gateway"))
    }

    @Test("The same texts give the same groups")
    func deterministic() {
        let (texts, _) = Self.world(seed: 5, copies: 20)
        var a = Recurrences(Self.sets(texts))
        var b = Recurrences(Self.sets(texts))
        a.groupAll()
        b.groupAll()
        #expect(a.groupOf == b.groupOf)
        #expect(topics(of: Self.sets(texts)) == topics(of: Self.sets(texts)))
    }

    @Test("Texts that share no rare word stay alone")
    func unrelated() {
        let nouns = (0..<200).map {
            "word\(Character(UnicodeScalar(97 + $0 % 26) ?? "a"))\(String(repeating: "q", count: $0 / 26))x"
        }
        let texts = (0..<100).map { "\(nouns[$0 * 2]) \(nouns[$0 * 2 + 1]) the user has a problem and asks for help" }
        var found = Recurrences(Self.sets(texts))
        found.groupAll()
        #expect(Set(found.groupOf).count > 95)
    }

    @Test("Topics are those that were mixed together")
    func findsTopics() {
        let subjects = [
            ["card", "payment", "declined", "shop", "terminal", "chip"],
            ["password", "login", "reset", "locked", "account", "mail"],
            ["printer", "paper", "toner", "tray", "page", "jam"],
        ]
        var generator = SplitMix64(seed: 6)
        var texts: [String] = []
        for k in 0..<150 {
            let words = subjects[k % 3]
            texts.append((0..<5).map { _ in words[generator.below(6)] }.joined(separator: " ") + " please help")
        }
        let found = topics(of: Self.sets(texts), resolution: 1)
        for k in 0..<3 {
            let own = stride(from: k, to: 150, by: 3).map { found[$0] }
            let most = Dictionary(grouping: own, by: \.self).values.map(\.count).max() ?? 0
            #expect(most >= 45, "topic \(k)")
        }
    }
}
