/// The feelings of Chinese, which does not divide its words: of overlapping entries the longest counts, from left to right.
struct CharacterFeelings: Sendable {
    private enum Role { case feeling(Double), negation, factor(Double), turn }

    private struct Entry {
        var scalars: [Unicode.Scalar]
        var role: Role
    }

    /// How many characters a negation, and an intensifier, reach.
    private static let reach = 3
    private static let factorReach = 2

    /// By the first character, longest first.
    private var entries: [Unicode.Scalar: [Entry]] = [:]

    init() {
        var all: [String: Role] = [:]
        let negations = Set(plainWords(chineseNegations))
        for (word, weight) in weighedWords(chineseFeelings) where all[word] == nil {
            if weight != 0 || !negations.contains(word) { all[word] = .feeling(weight) }
        }
        for word in plainWords(chineseNegations) where all[word] == nil { all[word] = .negation }
        for word in plainWords(chineseIntensifiers) where isWithoutFeeling(all[word]) {
            all[word] = .factor(Tally.strengthened)
        }
        for word in plainWords(chineseDiminishers) where isWithoutFeeling(all[word]) {
            all[word] = .factor(Tally.weakened)
        }
        for word in plainWords(chineseTurns) where isWithoutFeeling(all[word]) { all[word] = .turn }
        for (word, role) in all {
            let scalars = Array(word.unicodeScalars)
            if let first = scalars.first { entries[first, default: []].append(Entry(scalars: scalars, role: role)) }
        }
        for first in Array(entries.keys) { entries[first]?.sort { $0.scalars.count > $1.scalars.count } }

        func isWithoutFeeling(_ role: Role?) -> Bool {
            guard let role else { return true }
            if case .feeling(let weight) = role { return weight == 0 }
            return false
        }
    }

    func read(_ text: String, _ tally: inout Tally) {
        let scalars = Array(text.unicodeScalars)
        var (isNegated, negatedEnd) = (false, -100)
        var (factor, factorEnd) = (1.0, -100)
        var i = 0
        while i < scalars.count {
            if isPause(scalars[i]) {
                (isNegated, factor) = (false, 1)
                i += 1
                continue
            }
            if i - negatedEnd >= Self.reach { isNegated = false }
            if i - factorEnd >= Self.factorReach { factor = 1 }
            guard let entry = longest(scalars, i) else {
                i += 1
                continue
            }
            let end = i + entry.scalars.count
            switch entry.role {
            case .feeling(let weight) where weight != 0:
                let weighed = weight * factor
                tally.add(isNegated ? Tally.negated(weighed) : weighed)
                (isNegated, factor) = (false, 1)
            case .feeling: break
            case .negation:
                isNegated.toggle()
                negatedEnd = end
            case .factor(let value):
                factor = value
                factorEnd = end
            case .turn: tally.scale(by: Tally.beforeTurn)
            }
            i = end
        }
    }

    private func longest(_ scalars: [Unicode.Scalar], _ i: Int) -> Entry? {
        guard let candidates = entries[scalars[i]] else { return nil }
        return candidates.first { entry in
            i + entry.scalars.count <= scalars.count
                && (1..<max(1, entry.scalars.count)).allSatisfy { entry.scalars[$0] == scalars[i + $0] }
        }
    }

    private func isPause(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "，", "。", "！", "？", "；", ",", ".", "!", "?", ";", "~", "～", " ", "\n", "、", "…": true
        default: false
        }
    }
}
