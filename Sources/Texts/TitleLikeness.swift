import Glibc

/// How alike short titles are, in English, Danish and Chinese.
///
/// The words of two titles that both have, as a share of all their words (Jaccard, 1912); a word counts by its first letters, so
/// that *reset* and *resetting*, *klage* and *klager* are one, and counts the more the fewer titles hold it. Small words
/// (`StopWords`) are left out; a number is a word. Other words for the same thing are not seen.
public struct TitleLikeness: Sendable {
    private var vocabulary = StemmedVocabulary(lettersMax: 5, without: StopWords())
    private var words: [[UInt32]] = []
    /// The words of each title as they stand in it.
    private var shown: [[UInt32: String]] = []
    private var titlesOf: [UInt32: Int] = [:]

    public init(_ titles: [String]) {
        for title in titles { add(title) }
    }

    private mutating func add(_ title: String) {
        var each: [UInt32] = []
        var texts: [UInt32: String] = [:]
        for word in Self.pieces(of: title) {
            var codes: [UInt32] = []
            if word.allSatisfy(\.isNumber) {
                codes = [vocabulary.mark("#" + word)]
            } else {
                vocabulary.words(of: word.utf8.span, to: &codes)
            }
            for code in codes where !each.contains(code) {
                each.append(code)
                // A Chinese title is one piece of many words.
                texts[code] = codes.count == 1 ? word : vocabulary.text(code)
            }
        }
        for code in each { titlesOf[code, default: 0] += 1 }
        words.append(each)
        shown.append(texts)
    }

    /// A title at its blanks and signs, in small letters; numbers apart.
    private static func pieces(of title: String) -> [String] {
        var out: [String] = []
        var piece = ""
        for sign in title.lowercased() {
            let isPart = sign.isLetter || sign.isNumber
            if !isPart || (piece.last.map { $0.isNumber != sign.isNumber } ?? false) {
                if !piece.isEmpty { out.append(piece) }
                piece = ""
            }
            if isPart { piece.append(sign) }
        }
        if !piece.isEmpty { out.append(piece) }
        return out
    }

    private func weight(_ words: some Sequence<UInt32>) -> Double {
        words.reduce(0) { $0 + log(1 + Double(self.words.count) / Double(titlesOf[$1, default: 1])) }
    }

    /// From 0 to 1, and the words that both titles have as the first one writes them; 0 where one has no words.
    public func between(_ a: Int, _ b: Int) -> (likeness: Double, shared: [String]) {
        if words[a].isEmpty || words[b].isEmpty { return (0, []) }
        let both = words[a].filter(words[b].contains)
        let either = words[a] + words[b].filter { !words[a].contains($0) }
        return (weight(both) / weight(either), both.map { shown[a][$0] ?? vocabulary.text($0) })
    }
}
