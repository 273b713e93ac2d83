import Statistics
import Testing

@testable import Texts

@Suite("Directions of words")
struct WordVectorTests {
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

    @Test(
        "Nothing, no words, and a single word have directions that do no harm",
        arguments: [[], [""], ["lamp", "lamp"]])
    func strange(texts: [String]) {
        let sets = Self.sets(texts)
        let directions = WordVectors(sets).texts(sets)
        #expect(!directions.values.contains { !$0.isFinite })
        #expect(directions.values.count == texts.count * directions.width)
    }

    @Test("Words that never meet but keep the same company point the same way")
    func company() {
        var generator = SplitMix64(seed: 9)
        let office = ["desk", "chair", "lamp", "floor", "window", "door"]
        let money = ["invoice", "batch", "payment", "account", "ledger", "tax"]
        var texts: [String] = []
        for k in 0..<300 {
            let company = k % 2 == 0 ? office : money
            // Two names for one thing: never in one text.
            let name = k % 2 == 0 ? (k % 4 == 0 ? "printer" : "copier") : (k % 4 == 1 ? "bill" : "receipt")
            texts.append(([name] + (0..<3).map { _ in company[generator.below(6)] }).joined(separator: " "))
        }
        texts += ["printer", "copier", "bill"]
        let sets = Self.sets(texts)
        let directions = WordVectors(sets).texts(sets)
        #expect(directions.cosine(300, 301) > 0.8)
        #expect(directions.cosine(300, 302) < 0.3)
        #expect(WordVectors(sets).texts(sets).values == directions.values)
    }

    @Test("A direction is of length one")
    func lengths() {
        let sets = Self.sets((0..<60).map { "a\($0 % 3)x common word\($0 % 5)y other\($0 % 7)z" })
        let directions = WordVectors(sets).texts(sets)
        for text in 0..<60 {
            let row = directions.values[text * directions.width..<(text + 1) * directions.width]
            let square = row.reduce(0) { $0 + $1 * $1 }
            #expect(abs(square - 1) < 1e-4 || square == 0)
        }
    }
}
