/// The feelings of a language that divides its words by blanks.
struct WordFeelings: Sendable {
    private struct Phrase {
        var words: [String]
        var weight: Double
    }

    /// What a word does, found once for each word that occurs.
    private struct Role {
        var weight: Double?
        var isNegation = false
        var factor = 1.0
        var isTurn = false
        var isEnd = false
        /// Longest first.
        var phrases: [Phrase] = []
    }

    private static let reach = 3
    /// More words are kept in memory than any language's everyday ones; what comes after is looked up each time.
    private static let rolesMax = 200_000

    private var beginnings: [String: Double] = [:]
    private var roles: [String: Role] = [:]

    init(_ list: String, negations: String, intensifiers: String, diminishers: String, turns: String) {
        for (entry, weight) in weighedWords(list) {
            if entry.hasSuffix("*"), !entry.contains("_") {
                if beginnings[String(entry.dropLast())] == nil { beginnings[String(entry.dropLast())] = weight }
                continue
            }
            let words = entry.split(whereSeparator: { $0 == "_" || $0 == "-" }).map(String.init)
            guard let first = words.first else { continue }
            if words.count > 1 {
                roles[first, default: Role()].phrases.append(Phrase(words: words, weight: weight))
            } else if roles[first]?.weight == nil {
                roles[first, default: Role()].weight = weight
            }
        }
        for word in plainWords(negations) { roles[word, default: Role()].isNegation = true }
        for word in plainWords(intensifiers) { roles[word, default: Role()].factor = Tally.strengthened }
        for word in plainWords(diminishers) { roles[word, default: Role()].factor = Tally.weakened }
        for word in plainWords(turns) { roles[word, default: Role()].isTurn = true }
        for (word, known) in roles {
            var role = known
            role.phrases.sort { ($1.words.count, $0.words.joined()) < ($0.words.count, $1.words.joined()) }
            if role.weight == nil { role.weight = weightByBeginning(word) }
            if word.hasSuffix("n't") { role.isNegation = true }
            roles[word] = role
        }
        for mark in [".", "!", "?", ";"] { roles[mark, default: Role()].isEnd = true }
    }

    mutating func read(_ text: String, _ tally: inout Tally) {
        let words = Self.words(of: text)
        var negatedAt = -100
        var (factor, factorAt) = (1.0, -100)
        var i = 0
        while i < words.count {
            let role = role(of: words[i])
            if role.isEnd { negatedAt = -100 }
            let (weight, length) = longest(role, words, i)
            if let weight, weight != 0 || !role.isNegation {
                var weight = weight
                if weight != 0 {
                    if i - factorAt <= 2 { weight *= factor }
                    if i - negatedAt <= Self.reach, length == 1 || weight > 0 { weight = Tally.negated(weight) }
                    tally.add(weight)
                }
                if role.isNegation, length == 1 { negatedAt = i }
                i += length
                continue
            }
            if role.isNegation {
                negatedAt = i
            } else if role.factor != 1 {
                (factor, factorAt) = (role.factor, i)
            } else if role.isTurn {
                tally.scale(by: Tally.beforeTurn)
            }
            i += 1
        }
    }

    private func longest(_ role: Role, _ words: [String], _ i: Int) -> (Double?, Int) {
        for phrase in role.phrases where i + phrase.words.count <= words.count {
            if (1..<phrase.words.count).allSatisfy({ phrase.words[$0] == words[i + $0] }) {
                return (phrase.weight, phrase.words.count)
            }
        }
        return (role.weight, 1)
    }

    private mutating func role(of word: String) -> Role {
        if let known = roles[word] { return known }
        var role = Role()
        role.weight = weightByBeginning(word)
        role.isNegation = word.hasSuffix("n't")
        if roles.count < Self.rolesMax { roles[word] = role }
        return role
    }

    private func weightByBeginning(_ word: String) -> Double? {
        var rest = word[...]
        while rest.utf8.count > 2 {
            if let weight = beginnings[String(rest)] { return weight }
            rest.removeLast()
        }
        return nil
    }

    /// Words in small letters, apostrophes inside them kept, and the marks that end a sentence.
    private static func words(of text: String) -> [String] {
        var out: [String] = []
        var word = ""
        var hasApostrophe = false
        for raw in text.unicodeScalars {
            let scalar = lowered(raw)
            if isLetter(scalar) {
                if hasApostrophe { word.unicodeScalars.append("'") }
                hasApostrophe = false
                word.unicodeScalars.append(scalar)
                continue
            }
            if scalar == "'" || scalar == "’", !word.isEmpty, !hasApostrophe {
                hasApostrophe = true
                continue
            }
            hasApostrophe = false
            if !word.isEmpty {
                out.append(word)
                word = ""
            }
            switch scalar {
            case ".", "!", "?", ";": out.append(String(Character(scalar)))
            default: break
            }
        }
        if !word.isEmpty { out.append(word) }
        return out
    }
}
