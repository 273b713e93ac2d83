/// What a text says about how its writer feels: how much good and how much bad was said, and both in one number.
public struct Feeling: Sendable, Equatable {
    /// The sum of what was good, and of what was bad, each from 0 on; a plain word of praise is 2.
    public var positive = 0.0
    public var negative = 0.0

    public init(positive: Double = 0, negative: Double = 0) {
        self.positive = positive
        self.negative = negative
    }

    /// Good over bad in [−1, 1]: 0.46 for a word of praise, and never quite 1 however much is said.
    public var score: Double {
        let sum = positive - negative
        return sum / (sum * sum + 15).squareRoot()
    }

    public var kind: FeelingKind {
        if positive >= 1, negative >= 1 { return .mixed }
        if positive == negative { return .none }
        return positive > negative ? .positive : .negative
    }
}

public enum FeelingKind: String, Sendable, CaseIterable {
    /// Nothing that is felt was found.
    case positive, mixed, negative, none
}

/// Reads the feeling of texts in English, Danish and Chinese.
///
/// Words and phrases of feeling have weights, written by hand (`englishFeelings` and its sisters). A negation before them turns
/// them, an intensifier strengthens, and what stands before a “but” counts for less (as in Taboada and others, "Lexicon-based
/// methods for sentiment analysis", 2011). Nothing is learned from the texts at hand, so a comment has the same score
/// wherever it stands. Irony is not understood. O(bytes) a text.
public struct FeelingReader: Sendable {
    private var english = Self.lists.english
    private var danish = Self.lists.danish
    private let chinese = Self.lists.chinese

    /// The lists, read once.
    private static let lists = (
        english: WordFeelings(
            englishFeelings, negations: englishNegations, intensifiers: englishIntensifiers,
            diminishers: englishDiminishers, turns: englishTurns),
        danish: WordFeelings(
            danishFeelings, negations: danishNegations, intensifiers: danishIntensifiers,
            diminishers: danishDiminishers, turns: danishTurns),
        chinese: CharacterFeelings()
    )

    public init() {}

    public mutating func feeling(of text: String, in language: TextLanguage) -> Feeling {
        var tally = Tally()
        switch language {
        case .english: english.read(text, &tally)
        case .danish: danish.read(text, &tally)
        case .chinese: chinese.read(text, &tally)
        }
        addSigns(of: text, &tally)
        return tally.feeling
    }

    /// A face counts once and for less than a word; three marks of exclamation strengthen what is there.
    private func addSigns(of text: String, _ tally: inout Tally) {
        var marks = 0
        var (isStrong, isGlad, isSad) = (false, false, false)
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            marks = scalar == "!" || scalar == "！" || scalar == "？" || scalar == "?" ? marks + 1 : 0
            if marks == 3 { isStrong = true }
            if gladFaces.contains(scalar) || (last == ":" && scalar == ")") { isGlad = true }
            if sadFaces.contains(scalar) || (last == ":" && scalar == "(") { isSad = true }
            last = scalar
        }
        if isStrong { tally.scale(by: 1.2) }
        if isGlad { tally.add(0.7) }
        if isSad { tally.add(-0.7) }
    }
}

private let gladFaces: Set<Unicode.Scalar> = Set("😊👍😀😃😄😁😍🥰🙂👏🙏💕💖💯🎉😘".unicodeScalars)
private let sadFaces: Set<Unicode.Scalar> = Set("😡👎😠😢😞😭😤🤬😒💩🙁😩".unicodeScalars)

/// The feelings found so far in a text.
struct Tally {
    /// How much of a feeling is left when it is negated: “not good” is bad, “not bad” is less than good.
    static let negatedGood = -0.8
    static let negatedBad = -0.5
    static let strengthened = 1.4
    static let weakened = 0.6
    /// How much counts of what stands before a “but”.
    static let beforeTurn = 0.7

    private(set) var feeling = Feeling()

    mutating func add(_ weight: Double) {
        if weight > 0 { feeling.positive += weight } else { feeling.negative -= weight }
    }

    mutating func scale(by factor: Double) {
        feeling.positive *= factor
        feeling.negative *= factor
    }

    static func negated(_ weight: Double) -> Double { weight * (weight > 0 ? negatedGood : negatedBad) }
}

/// The lines of a list of feelings: a weight, then its words.
func weighedWords(_ list: String) -> [(word: String, weight: Double)] {
    var out: [(String, Double)] = []
    for line in list.split(separator: "\n") {
        var words = line.split(separator: " ")
        guard let first = words.first, let weight = Double(first) else { continue }
        words.removeFirst()
        for word in words { out.append((String(word), weight)) }
    }
    return out
}

func plainWords(_ list: String) -> [String] { list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
