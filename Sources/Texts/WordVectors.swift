import Glibc
import Statistics

/// Directions for the words of a collection, learnt from the collection itself: words that stand beside the same other words
/// point the same way, so that texts can be near each other without sharing a word.
///
/// How much more often two words share a text than chance would have it (positive pointwise mutual information: Church and
/// Hanks, 1990; Bullinaria and Levy, 2007; frequent contexts damped by the power 0.75: Levy, Goldberg and Dagan, 2015), and of
/// that table the leading directions (subspace iteration: Halko, Martinsson and Tropp, 2011). The same texts give the same
/// vectors. O(texts × `pairedMax`² + words² × dimensions); 9 MB at most for the table.
struct WordVectors {
    private static let dimensions = 50
    /// Only the most frequent words have a direction: of a rare one the company is too little known.
    private static let wordsMax = 1_500
    /// Of a longer text the rarest words count.
    private static let pairedMax = 24
    private static let iterations = 16

    /// By the code of the word, its row; −1 for none.
    private var rowOf: [Int32]
    /// Row after row, each of length one, or nothing.
    private var directions: [Float] = []

    init(_ sets: WordSets) {
        rowOf = [Int32](repeating: -1, count: sets.frequency.count)
        let words = sets.frequency.indices.filter { sets.frequency[$0] > 1 }
            .sorted { (sets.frequency[$1], $0) < (sets.frequency[$0], $1) }
            .prefix(Self.wordsMax)
        for (row, word) in words.enumerated() { rowOf[word] = Int32(row) }
        let table = Information(Self.companies(sets, rowOf, words.count), words: words.count)
        let leading = table.leading(Self.dimensions, iterations: Self.iterations)
        directions = [Float](repeating: 0, count: words.count * Self.dimensions)
        for row in 0..<words.count {
            let own = leading[row]
            let length = sum(own.map { $0 * $0 }).squareRoot()
            guard length > 0 else { continue }
            for (k, value) in own.enumerated() { directions[row * Self.dimensions + k] = Float(value / length) }
        }
    }

    /// In how many texts each two words stand together, row after row.
    private static func companies(_ sets: WordSets, _ rowOf: [Int32], _ words: Int) -> [Float] {
        var together = [Float](repeating: 0, count: words * words)
        for text in 0..<sets.count {
            var rows = sets[text].compactMap { k -> Int? in
                let row = rowOf[Int(sets.codes[k])]
                return row >= 0 ? Int(row) : nil
            }
            // A later row is a rarer word.
            rows.sort(by: >)
            let own = rows.prefix(pairedMax)
            for a in own { for b in own where a != b { together[a * words + b] += 1 } }
        }
        return together
    }

    /// The direction of each text: that of its words, the rarer the more, less what all texts have in common.
    /// - Returns: `dimensions` numbers a text, of length one, or nothing where no word has a direction.
    func texts(_ sets: WordSets) -> TextDirections {
        let width = Self.dimensions
        var out = [Float](repeating: 0, count: sets.count * width)
        let count = Double(sets.count)
        for text in 0..<sets.count {
            for k in sets[text] {
                let word = Int(sets.codes[k])
                let row = Int(rowOf[word])
                guard row >= 0 else { continue }
                let weight = Float(log((1 + count) / (1 + Double(sets.frequency[word]))))
                for d in 0..<width { out[text * width + d] += weight * directions[row * width + d] }
            }
        }
        Self.makeUnit(&out, width)
        var middle = [Float](repeating: 0, count: width)
        for text in 0..<sets.count { for d in 0..<width { middle[d] += out[text * width + d] / Float(count) } }
        for text in 0..<sets.count where (0..<width).contains(where: { out[text * width + $0] != 0 }) {
            for d in 0..<width { out[text * width + d] -= middle[d] }
        }
        Self.makeUnit(&out, width)
        return TextDirections(values: out, width: width)
    }

    private static func makeUnit(_ values: inout [Float], _ width: Int) {
        for start in stride(from: 0, to: values.count, by: width) {
            var square: Float = 0
            for d in start..<start + width { square += values[d] * values[d] }
            guard square > 0 else { continue }
            let length = square.squareRoot()
            for d in start..<start + width { values[d] /= length }
        }
    }
}

/// A direction for each text.
struct TextDirections {
    let values: [Float]
    let width: Int

    /// 1 where two texts point the same way, 0 where they are at right angles or further apart.
    func cosine(_ a: Int, _ b: Int) -> Float {
        var product: Float = 0
        let (i, j) = (a * width, b * width)
        for d in 0..<width { product += values[i + d] * values[j + d] }
        return max(0, product)
    }
}

/// A sparse symmetric table of how much two words have to do with each other.
private struct Information {
    private static let contextPower = 0.75

    private var start: [Int] = [0]
    private var column: [Int32] = []
    private var value: [Double] = []
    private var count: Int { start.count - 1 }

    init(_ together: [Float], words: Int) {
        let frequency = (0..<words).map { a in (0..<words).reduce(0.0) { $0 + Double(together[a * words + $1]) } }
        let total = sum(frequency)
        let damped = frequency.map { $0 > 0 ? pow($0, Self.contextPower) : 0 }
        let dampedTotal = sum(damped)
        // Half of the damping for each of the two, so that the table stays symmetric.
        let cost = zip(frequency, damped).map { f, d in
            f > 0 ? (log(f / total) + log(d / dampedTotal)) / 2 : 0
        }
        for a in 0..<words {
            for b in 0..<words where together[a * words + b] > 0 {
                let information = log(Double(together[a * words + b]) / total) - cost[a] - cost[b]
                guard information > 0 else { continue }
                column.append(Int32(b))
                value.append(information)
            }
            start.append(column.count)
        }
    }

    /// The leading directions, one row a word: each direction by the square root of how much of the table lies along it.
    func leading(_ width: Int, iterations: Int) -> [[Double]] {
        var generator = SplitMix64(seed: 1)
        var basis = (0..<width).map { _ in (0..<count).map { _ in generator.uniform() - 0.5 } }
        makeOrthonormal(&basis)
        for _ in 0..<iterations {
            basis = basis.map(multiplied)
            makeOrthonormal(&basis)
        }
        let sizes = basis.map { dot($0, multiplied($0)).magnitude.squareRoot() }
        return (0..<count).map { row in basis.indices.map { sizes[$0] * basis[$0][row] } }
    }

    private func multiplied(_ vector: [Double]) -> [Double] {
        (0..<count).map { row in
            var total = 0.0
            for e in start[row]..<start[row + 1] { total += value[e] * vector[Int(column[e])] }
            return total
        }
    }
}

/// Makes each vector of length one and at right angles to those before it (Gram and Schmidt, twice over for the rounding).
private func makeOrthonormal(_ vectors: inout [[Double]]) {
    for k in vectors.indices {
        for _ in 0..<2 {
            for earlier in 0..<k {
                let shared = dot(vectors[k], vectors[earlier])
                for i in vectors[k].indices { vectors[k][i] -= shared * vectors[earlier][i] }
            }
        }
        let length = dot(vectors[k], vectors[k]).squareRoot()
        // Fewer words than directions: what is left over says nothing.
        let scale = length > 1e-9 ? 1 / length : 0
        for i in vectors[k].indices { vectors[k][i] *= scale }
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var total = 0.0
    for i in a.indices { total += a[i] * b[i] }
    return total
}
