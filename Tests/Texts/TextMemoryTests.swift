import Statistics
import Testing
import Texts

@Suite("Texts grouped as they come")
struct TextMemoryTests {
    private static let troubles = [
        "outlook calendar freezes when opening shared mailbox after update",
        "vpn tunnel drops every morning warehouse gateway firewall rule blocked",
        "printeren på tredje sal trykker kun halve sider med striber",
        "medarbejderen kan ikke logge på lønsystemet fordi kontoen spærret",
        "报销系统提交按钮没有反应页面一直转圈无法保存发票附件",
    ]

    /// Tickets of five troubles, words dropped, among others that are alone.
    private static func log(seed: UInt64, copies: Int, alone: Int) -> (texts: [TextMemory.Newcomer], labels: [Int]) {
        var generator = SplitMix64(seed: seed)
        var rows: [(String, Int)] = []
        for (label, trouble) in troubles.enumerated() {
            for _ in 0..<copies {
                var words = trouble.split(separator: " ").map(String.init)
                if words.count > 1 {
                    words.removeAll { _ in generator.uniform() < 0.2 }
                } else {
                    words = [String(trouble.filter { _ in generator.uniform() > 0.08 })]
                }
                rows.append((words.joined(separator: " "), label))
            }
        }
        for i in 0..<alone {
            let words = (0..<7).map { _ in "w" + letters(Int(generator.uniform() * 4000)) }
            rows.append((words.joined(separator: " "), troubles.count + i))
        }
        generator.shuffle(&rows)
        return (rows.enumerated().map { .init(number: Int64($0), text: $1.0, mark: "it") }, rows.map(\.1))
    }

    private static func letters(_ number: Int) -> String {
        var rest = number
        var out = ""
        repeat {
            out.append(Character(Unicode.Scalar(UInt8(97 + rest % 26))))
            rest /= 26
        } while rest > 0
        return out
    }

    /// The share of pairs of tickets of one trouble that are in one group, and of pairs in one group that are of one trouble.
    private static func pairs(_ groups: [Int64?], _ labels: [Int]) -> (found: Double, right: Double) {
        var (same, both, joined) = (0.0, 0.0, 0.0)
        for i in labels.indices {
            for j in 0..<i {
                if labels[i] == labels[j] { same += 1 }
                if groups[i] == groups[j] { joined += 1 }
                if labels[i] == labels[j], groups[i] == groups[j] { both += 1 }
            }
        }
        return (both / same, both / joined)
    }

    /// What a store does between two batches.
    private static func kept(
        _ memory: inout TextMemory, words: inout [(text: String, texts: Int)],
        entries: inout [Int64: TextMemory.Entry]
    ) -> TextMemory {
        let changes = memory.takeChanges()
        for word in changes.words {
            while words.count < Int(word.code) { words.append(("", 0)) }
            words[Int(word.code) - 1] = (word.text, word.texts)
        }
        for entry in changes.entries { entries[entry.id] = entry }
        for id in changes.dropped { entries[id] = nil }
        return TextMemory(
            words: words, entries: entries.values.sorted { $0.id < $1.id }, nextGroup: memory.nextGroup,
            nextEntry: memory.nextEntry)
    }

    @Test("Nothing, and texts without words, have no group")
    func strange() {
        var memory = TextMemory()
        #expect(memory.take([]).isEmpty)
        #expect(memory.take([.init(number: 1, text: "", mark: "mail"), .init(number: 2, text: "42 !")]) == [nil, nil])
        #expect(memory.nextGroup == 1)
        #expect(memory.told([7], limit: 5).isEmpty)
    }

    @Test("The same words join the same group, in one batch and in the next")
    func sameWords() {
        var memory = TextMemory()
        let first = memory.take([
            .init(number: 1, text: "Printer jams on floor 3"), .init(number: 2, text: "printer JAMS on floor 4"),
        ])
        #expect(first[0] != nil && first[0] == first[1])
        #expect(memory.take([.init(number: 3, text: "Jams on floor: printer")]) == [first[0]])
        let entries = memory.takeChanges().entries
        #expect(entries.count == 1 && entries[0].texts == 3 && entries[0].latest == 3)
    }

    @Test("Fed in batches through a store, groups are about those of one go, and no number ever changes")
    func batches() {
        let (texts, labels) = Self.log(seed: 11, copies: 40, alone: 300)
        var whole = TextMemory()
        let once = whole.take(texts)
        var memory = TextMemory()
        var words: [(text: String, texts: Int)] = []
        var entries: [Int64: TextMemory.Entry] = [:]
        var groups: [Int64?] = []
        var seen: [Int64: Int64] = [:]
        for start in stride(from: 0, to: texts.count, by: 61) {
            groups += memory.take(Array(texts[start..<min(texts.count, start + 61)]))
            memory = Self.kept(&memory, words: &words, entries: &entries)
            for entry in entries.values {
                #expect(seen[entry.id, default: entry.group] == entry.group)
                seen[entry.id] = entry.group
            }
        }
        let one = Self.pairs(once, labels)
        let many = Self.pairs(groups, labels)
        #expect(one.found > 0.85 && one.right > 0.95, "\(one)")
        #expect(many.found > one.found - 0.08 && many.right > one.right - 0.05, "\(many) against \(one)")
    }

    @Test("What is let go still has its group, and the memory stays within its bound")
    func bounded() {
        let (texts, _) = Self.log(seed: 5, copies: 30, alone: 400)
        var memory = TextMemory(most: 100)
        var kept: Set<Int64> = []
        for start in stride(from: 0, to: texts.count, by: 50) {
            let groups = memory.take(Array(texts[start..<min(texts.count, start + 50)]))
            #expect(groups.allSatisfy { $0 != nil })
            let changes = memory.takeChanges()
            for entry in changes.entries { kept.insert(entry.id) }
            kept.subtract(changes.dropped)
            #expect(kept.count <= 125)
        }
    }

    @Test("Troubles that return stand out from their category")
    func standsOut() {
        let (texts, _) = Self.log(seed: 3, copies: 12, alone: 300)
        var memory = TextMemory()
        let groups = memory.take(texts)
        var sizes: [Int64: Int] = [:]
        for group in groups { if let group { sizes[group, default: 0] += 1 } }
        let large = Set(sizes.filter { $0.value >= 6 }.keys)
        #expect(large.count >= 5)
        let told = memory.told(large, limit: 5)
        for group in large {
            #expect((told[group]?.chance ?? 1) < 0.01, "\(told[group].map { "\($0)" } ?? "")")
            #expect(told[group]?.words.isEmpty == false)
            #expect(told[group]?.words.contains { $0.contains("=") } == false)
        }
    }

    @Test("Where words are dealt anew within each category, at most 5 of 100 logs have a group that stands out")
    func shuffled() {
        var alarms = 0
        var groupsTold = 0
        for seed in 0..<100 {
            var generator = SplitMix64(seed: UInt64(seed) + 900)
            // Half of the tickets are of the troubles, so that their words are frequent, in two categories.
            let (texts, _) = Self.log(seed: UInt64(seed), copies: 12, alone: 60)
            var lengths: [[Int]] = [[], []]
            var pool: [[String]] = [[], []]
            for (i, text) in texts.enumerated() {
                let words = text.text.split(separator: " ").map(String.init)
                lengths[i % 2].append(words.count)
                pool[i % 2] += words
            }
            var dealt: [TextMemory.Newcomer] = []
            for category in 0..<2 {
                generator.shuffle(&pool[category])
                var next = 0
                for length in lengths[category] {
                    let words = pool[category][next..<next + length]
                    next += length
                    dealt.append(
                        .init(number: Int64(dealt.count), text: words.joined(separator: " "), mark: "\(category)"))
                }
            }
            var memory = TextMemory()
            let groups = memory.take(dealt)
            var sizes: [Int64: Int] = [:]
            for group in groups { if let group { sizes[group, default: 0] += 1 } }
            let large = Set(sizes.filter { $0.value >= 3 }.keys)
            groupsTold += large.count
            if memory.told(large, limit: 3).values.contains(where: { $0.chance <= 0.05 }) { alarms += 1 }
        }
        #expect(groupsTold > 100, "Dealt words still make groups: there is something to be wrong about")
        #expect(alarms <= 5, "\(alarms) of 100")
    }
}
