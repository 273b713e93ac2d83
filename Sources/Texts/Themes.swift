import Glibc

/// What some of the comments are about.
public struct Theme: Sendable {
    /// The words that set it apart, the strongest first; whole words as people write them.
    public var words: [String]
    /// Its comments, in their order.
    public var rows: [Int]
    /// The few that say best what the theme is: those nearest to its middle, no two the same.
    public var typical: [Int]
}

/// Comments divided into what they are about.
public struct Themes: Sendable {
    /// The largest first; of equals the one that came first.
    public private(set) var themes: [Theme] = []
    /// The theme of each comment, −1 for one without.
    public private(set) var themeOf: [Int32]

    enum Limits {
        static let letters = 5
        /// Coarser than topics of tickets: comments are few words about few things.
        static let resolution = 1.0
        /// A comment joins a theme whose middle has at least this cosine with it.
        static let joinLeast = 0.1
        static let words = 5
        static let typical = 3
        /// A theme is at least two comments, and at least one in five hundred.
        static let sizeLeast = 2
        static let sizeShare = 500
    }

    /// Divides comments, by the topics of their words without small words, courtesy and praise or blame that fits anything
    /// (`topics(of:)`, `StopWords`). The same comments give the same themes.
    /// - Parameter graphMax: The graph is made of so many different comments at most, evenly picked; further ones join the theme
    ///   they are nearest to, so that the cost grows with the number of comments and not faster.
    public init(of comments: [String], graphMax: Int = 20_000) {
        precondition(graphMax > 0, "A graph has at least one comment")
        var found = ThemeWords(comments, graphMax: graphMax)
        themeOf = [Int32](repeating: -1, count: comments.count)
        let group = found.groups()
        var rows: [[Int]] = []
        for (index, set) in found.setOf.enumerated() where set >= 0 && group[set] >= 0 {
            while rows.count <= Int(group[set]) { rows.append([]) }
            rows[Int(group[set])].append(index)
        }
        let least = max(Limits.sizeLeast, comments.count / Limits.sizeShare)
        let order = rows.indices.filter { rows[$0].count >= least }
            .sorted { (rows[$1].count, $0) < (rows[$0].count, $1) }
        for (place, group) in order.enumerated() {
            for row in rows[group] { themeOf[row] = Int32(place) }
            themes.append(found.theme(rows[group], comments))
        }
    }
}

/// The words of comments that say what they are about; comments of the same words are one.
private struct ThemeWords {
    private var vocabulary = StemmedVocabulary(lettersMax: Themes.Limits.letters, without: StopWords())
    /// Different sets of words, and of each comment which it has; −1 where it has no words.
    private var sets = WordSets()
    var setOf: [Int] = []
    private var copies: [Int] = []
    /// How many comments hold a word.
    private var frequency: [Int] = []
    private var total = 0
    private let graphMax: Int

    init(_ comments: [String], graphMax: Int) {
        self.graphMax = graphMax
        var known: [[UInt32]: Int] = [:]
        var words: [UInt32] = []
        for comment in comments {
            words.removeAll(keepingCapacity: true)
            let text = withoutAddresses(comment)
            vocabulary.words(of: text.utf8.span, to: &words)
            words = Array(Set(words)).sorted()
            if words.isEmpty {
                setOf.append(-1)
                continue
            }
            for word in words {
                while frequency.count <= Int(word) { frequency.append(0) }
                frequency[Int(word)] += 1
            }
            total += words.count
            if let set = known[words] {
                setOf.append(set)
                copies[set] += 1
            } else {
                known[words] = copies.count
                setOf.append(copies.count)
                copies.append(1)
                sets.add(&words)
            }
        }
    }

    /// The group of each set, −1 for none.
    func groups() -> [Int32] {
        let count = sets.count
        if count <= graphMax {
            let found = topics(of: sets, resolution: Themes.Limits.resolution)
            // What shares no word with another text may still have been said many times.
            var next = (found.max() ?? -1) + 1
            return found.indices.map { set in
                if found[set] >= 0 || copies[set] < 2 { return found[set] }
                next += 1
                return next - 1
            }
        }
        var sample = WordSets()
        var picked: [Int] = []
        for k in 0..<graphMax {
            let set = k * count / graphMax
            var words = sets[set].map { sets.codes[$0] }
            sample.add(&words)
            picked.append(set)
        }
        let found = topics(of: sample, resolution: Themes.Limits.resolution)
        var group = [Int32](repeating: -1, count: count)
        for (k, set) in picked.enumerated() { group[set] = found[k] }
        join(&group, isPicked: Set(picked))
        return group
    }

    /// Gives each set outside the sample the group whose middle it is nearest to, where it is near enough.
    private func join(_ group: inout [Int32], isPicked: Set<Int>) {
        var middles: [[(group: Int32, weight: Double)]] = []
        var members: [[Int]] = []
        for set in group.indices where group[set] >= 0 {
            while members.count <= Int(group[set]) { members.append([]) }
            members[Int(group[set])].append(set)
        }
        for (number, own) in members.enumerated() where own.count >= Themes.Limits.sizeLeast {
            for (word, weight) in middle(of: own).sorted(by: { $0.key < $1.key }) {
                while middles.count <= Int(word) { middles.append([]) }
                middles[Int(word)].append((Int32(number), weight))
            }
        }
        var near = [Double](repeating: 0, count: members.count)
        for set in group.indices where !isPicked.contains(set) {
            var touched: Set<Int32> = []
            for (word, weight) in vector(set) where Int(word) < middles.count {
                for entry in middles[Int(word)] {
                    near[Int(entry.group)] += weight * entry.weight
                    touched.insert(entry.group)
                }
            }
            var best: Int32 = -1
            for number in touched.sorted() {
                if near[Int(number)] > (best < 0 ? Themes.Limits.joinLeast : near[Int(best)]) { best = number }
            }
            for number in touched { near[Int(number)] = 0 }
            group[set] = best
        }
    }

    // MARK: Words with weights

    private func rarity(_ word: UInt32) -> Double {
        log(Double(1 + setOf.count) / Double(1 + frequency[Int(word)])) + 1
    }

    /// A set as a row of weighted words of unit length.
    private func vector(_ set: Int) -> [(UInt32, Double)] {
        let weighed = sets[set].map { (sets.codes[$0], rarity(sets.codes[$0])) }
        let length = weighed.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
        return weighed.map { ($0.0, $0.1 / length) }
    }

    /// The middle of some sets, of unit length.
    private func middle(of own: [Int]) -> [UInt32: Double] {
        var sum: [UInt32: Double] = [:]
        for set in own { for (word, weight) in vector(set) { sum[word, default: 0] += weight * Double(copies[set]) } }
        // Added up in the order of the words: a dictionary has none of its own.
        let length = sum.keys.sorted().reduce(0) { $0 + sum[$1, default: 0] * sum[$1, default: 0] }.squareRoot()
        return sum.mapValues { $0 / length }
    }

    // MARK: What a theme is shown as

    mutating func theme(_ rows: [Int], _ comments: [String]) -> Theme {
        var seen: Set<Int> = []
        let own = rows.map { setOf[$0] }.filter { seen.insert($0).inserted }
        return Theme(words: words(of: rows, comments), rows: rows, typical: typical(rows, own))
    }

    private func typical(_ rows: [Int], _ own: [Int]) -> [Int] {
        let middle = middle(of: own)
        var scored: [(Double, Int)] = own.map { set in
            (vector(set).reduce(0) { $0 + $1.1 * middle[$1.0, default: 0] }, set)
        }
        scored.sort { ($1.0, $0.1) < ($0.0, $1.1) }
        let chosen = scored.prefix(Themes.Limits.typical).map(\.1)
        return chosen.compactMap { set in rows.first { setOf[$0] == set } }
    }

    private func words(of rows: [Int], _ comments: [String]) -> [String] {
        var counts: [UInt32: Int] = [:]
        var length = 0
        for row in rows {
            for k in sets[setOf[row]] {
                counts[sets.codes[k], default: 0] += 1
                length += 1
            }
        }
        let scored = counts.map { word, count -> (Double, UInt32) in
            let share = (Double(frequency[Int(word)]) + 0.5) / Double(total + 1)
            return (Double(count) * log(Double(count) / (Double(length) * share)), word)
        }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
        var shown: [String] = []
        for (_, word) in scored.prefix(4 * Themes.Limits.words) where shown.count < Themes.Limits.words {
            let text = wholeWord(vocabulary.text(word), in: rows, comments)
            // A word that ends in “not” is the beginning of something else.
            if isHanWord(text), let last = text.unicodeScalars.last, negates(last) { continue }
            if shown.contains(where: { $0.contains(text) || overlaps($0, text) }) { continue }
            shown.removeAll { isHanWord(text) && text.contains($0) }
            shown.append(text)
        }
        return shown
    }
}

/// Two characters are sometimes a piece of a longer word: what stands beside them most of the time belongs to them.
private func wholeWord(_ pair: String, in rows: [Int], _ comments: [String]) -> String {
    let textsMax = 200
    let lengthMax = 4
    let share = 0.6
    guard isHanWord(pair) else { return pair }
    let texts = rows.lazy.filter { comments[$0].contains(pair) }.prefix(textsMax).map {
        Array(comments[$0].unicodeScalars)
    }
    let kept = Array(texts)
    var word = Array(pair.unicodeScalars)
    while word.count < lengthMax {
        let beside = neighbours(of: word, in: kept)
        if let next = usual(beside.after, beside.count, share), !negates(next) {
            word.append(next)
        } else if let previous = usual(beside.before, beside.count, share) {
            word.insert(previous, at: 0)
        } else {
            break
        }
    }
    var out = ""
    out.unicodeScalars.append(contentsOf: word)
    return out
}

/// How often some characters occur, and what stands before and after them.
private func neighbours(
    of word: [Unicode.Scalar], in texts: [[Unicode.Scalar]]
) -> (count: Int, before: [Unicode.Scalar: Int], after: [Unicode.Scalar: Int]) {
    var (count, before, after) = (0, [Unicode.Scalar: Int](), [Unicode.Scalar: Int]())
    for text in texts where text.count >= word.count {
        for i in 0...(text.count - word.count) where (0..<word.count).allSatisfy({ text[i + $0] == word[$0] }) {
            count += 1
            if i > 0 { before[text[i - 1], default: 0] += 1 }
            if i + word.count < text.count { after[text[i + word.count], default: 0] += 1 }
        }
    }
    return (count, before, after)
}

private func usual(_ beside: [Unicode.Scalar: Int], _ count: Int, _ share: Double) -> Unicode.Scalar? {
    let most = beside.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let most, count > 1, isHan(most.key), Double(most.value) >= share * Double(count) else { return nil }
    return StopWords.isSmall(most.key) ? nil : most.key
}

private func negates(_ scalar: Unicode.Scalar) -> Bool { scalar == "不" || scalar == "没" || scalar == "无" }

private func isHanWord(_ text: String) -> Bool { text.unicodeScalars.first.map(isHan) ?? false }

/// Whether two Chinese words are pieces of one: they share a pair of characters, or one begins where the other ends.
private func overlaps(_ a: String, _ b: String) -> Bool {
    guard isHanWord(a), isHanWord(b) else { return false }
    let (a, b) = (Array(a), Array(b))
    if a.last == b.first || b.last == a.first { return true }
    return zip(a, a.dropFirst()).contains { pair in zip(b, b.dropFirst()).contains { $0 == pair } }
}

/// A text without web addresses, mail addresses and @names: they are nobody's theme.
func withoutAddresses(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "&") })
    else { return text }
    let kept = text.split(whereSeparator: \.isWhitespace).filter { piece in
        !(piece.contains("@") || piece.contains("://") || piece.hasPrefix("www.")
            || (piece.hasPrefix("&") && piece.hasSuffix(";")))
    }
    return kept.joined(separator: " ")
}
