import Measures
import Records
import Texts

/// Two improvements that may be one.
public struct Duplicate: Sendable, Hashable {
    /// The one that was there first.
    public var first: ID<Improvement>
    public var second: ID<Improvement>
    /// Words that both titles have.
    public var sharedWords: [String]
    /// Shared words as a share of all words of both titles, rare words counting more (`TitleLikeness`).
    public var likeness: Double
    /// Both objectives name this measure of the same part of the tickets.
    public var isSameMeasure: Bool
}

/// Pairs of improvements under way that may be the same: the most alike first.
///
/// Two titles that are alike by 0.45 are told, whatever they measure; with the same measure of the same slice 0.3 is enough.
/// Two different measures are two improvements unless nearly every word is the same. On titles written for this in three
/// languages that finds two of three pairs and is right in six of ten (`DuplicateTests`). Nothing is merged by this: a person looks first. O(n²) in the number of improvements under way.
public func duplicates(among all: [NumberedImprovement]) -> [Duplicate] {
    let living = all.filter { one in
        if case .closed = one.improvement.state { return false }
        return true
    }
    let titles = TitleLikeness(living.map(\.improvement.title))
    let words = living.map { Set(titleWords($0.improvement.title)) }
    var found: [Duplicate] = []
    for i in living.indices {
        for j in living.indices where j > i {
            let (likeness, shared) = titles.between(i, j)
            let (a, b) = (living[i].improvement.round.objective, living[j].improvement.round.objective)
            let same = a?.measure != nil && a?.measure == b?.measure && a?.slice == b?.slice
            let other = a?.measure != nil && b?.measure != nil && !same
            let isNearlyTold =
                other
                ? Double(words[i].intersection(words[j]).count) >= 0.9 * Double(words[i].union(words[j]).count)
                : likeness >= (same ? 0.3 : 0.45)
            guard isNearlyTold, !shared.isEmpty else { continue }
            found.append(
                Duplicate(
                    first: living[i].id, second: living[j].id, sharedWords: shared, likeness: likeness,
                    isSameMeasure: same))
        }
    }
    return found.enumerated().sorted {
        ($1.element.isSameMeasure ? 1 : 0, $1.element.likeness, $0.offset)
            < ($0.element.isSameMeasure ? 1 : 0, $0.element.likeness, $1.offset)
    }.map(\.element)
}

/// The words of a title that carry meaning, each once, in order: small letters; Chinese as pairs of characters, because it is
/// written without blanks; without the little words of English, Danish and Chinese.
public func titleWords(_ title: String) -> [String] {
    var words: [String] = []
    func add(_ word: String) {
        if word.count > 0, !littleWords.contains(word), !words.contains(word) { words.append(word) }
    }
    var word = ""
    var characters: [Character] = []
    func endCharacters() {
        if characters.count == 1 { add(String(characters)) }
        for (a, b) in zip(characters, characters.dropFirst()) { add(String([a, b])) }
        characters = []
    }
    for sign in title.lowercased() {
        if sign.isHan {
            add(word)
            word = ""
            if littleCharacters.contains(sign) { endCharacters() } else { characters.append(sign) }
        } else {
            endCharacters()
            if sign.isLetter || sign.isNumber {
                word.append(sign)
            } else {
                add(word)
                word = ""
            }
        }
    }
    add(word)
    endCharacters()
    return words
}

extension Character {
    fileprivate var isHan: Bool {
        unicodeScalars.first.map { (0x3400...0x9fff).contains($0.value) || (0x20000...0x3ffff).contains($0.value) }
            ?? false
    }
}

private let littleWords: Set<String> = [
    "a", "an", "the", "of", "for", "to", "in", "on", "at", "and", "or", "with", "by", "from", "is", "are", "be", "we",
    "our",
    "en", "et", "den", "det", "de", "af", "til", "i", "på", "og", "eller", "med", "fra", "er", "at", "vi", "vores",
    "om", "som",
]
private let littleCharacters: Set<Character> = ["的", "和", "与", "在", "了", "是", "对", "为", "将", "把"]
