import Glibc
import Statistics

// Texts of one category share words because the category does. So a group of texts is held against its category with the
// words dealt anew: each text keeps its length, each word its number of texts. Of n texts, words with shares p₁ … p_k then
// meet in λ = n p₁ … p_k texts on average (times how much more long texts hold). That x texts or more hold all of them has a
// chance below exp(x − λ − x ln(x / λ)) (Chernoff's bound of a Poisson tail, which is above that of the sum of unequal
// chances). The words were chosen after looking, so the chance counts for every choice of k words of the category there
// would have been: the union bound of Kirsch and others, “An efficient rigorous approach for identifying statistically
// significant frequent itemsets” (2012). It is strict, and it holds for all groups of a log together.

/// The chance that the texts of a group share the words they do.
struct SharedWords {
    /// Words looked at together, at least and at most.
    private static let least = 2
    private static let most = 4
    /// Words that so many texts of the group hold are what it shares.
    private static let sharedMin = 0.6

    private let entries: [TextMemory.Entry]
    /// The category of each entry; 0 for none.
    private let categoryOf: [UInt32]
    /// For each category its texts, its words with their texts, and how much more long texts hold.
    private struct Category {
        var texts = 0.0
        var words: [UInt32: Int32] = [:]
        var places: [Int32] = []
        /// For k = 0, 1, …: the mean of L (L − 1) … (L − k + 1) over the k-th power of the mean length L.
        var spread: [Double] = []
    }
    private var categories: [UInt32: Category] = [:]
    /// The entries that hold each word.
    private var holders: [[Int32]]

    init(_ entries: [TextMemory.Entry], isMark: (UInt32) -> Bool, wordCount: Int) {
        self.entries = entries
        holders = Array(repeating: [], count: wordCount)
        var marks = [Bool](repeating: false, count: wordCount)
        for word in 1..<max(1, wordCount) { marks[word] = isMark(UInt32(word)) }
        categoryOf = entries.map { entry in entry.words.first { marks[Int($0)] } ?? 0 }
        for (place, entry) in entries.enumerated() {
            categories[categoryOf[place], default: Category()].places.append(Int32(place))
            categories[categoryOf[place], default: Category()].texts += Double(entry.texts)
            for word in entry.words where !marks[Int(word)] {
                holders[Int(word)].append(Int32(place))
                categories[categoryOf[place], default: Category()].words[word, default: 0] += entry.texts
            }
        }
        for key in categories.keys { measure(key) }
    }

    private mutating func measure(_ key: UInt32) {
        guard var category = categories[key] else { return }
        var moments = [Double](repeating: 0, count: Self.most + 1)
        for place in category.places {
            let entry = entries[Int(place)]
            let length = Double(entry.words.count - (key == 0 ? 0 : 1))
            var product = 1.0
            for k in 0...Self.most {
                moments[k] += product * Double(entry.texts)
                product *= max(0, length - Double(k))
            }
        }
        let mean = moments[1] / category.texts
        category.spread = moments.enumerated().map { k, moment in
            max(1, moment / category.texts / pow(mean, Double(k)))
        }
        categories[key] = category
    }

    /// - Parameter places: Where the entries of the group stand.
    /// - Returns: 1 where the group shares nothing that its category does not.
    func chance(of places: [Int]) -> Double {
        var weights: [UInt32: Int32] = [:]
        for place in places { weights[categoryOf[place], default: 0] += entries[place].texts }
        // The category that most of them are of; of equals the first.
        guard let key = weights.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
            let category = categories[key]
        else { return 1 }
        let core = core(places.filter { categoryOf[$0] == key }, of: weights[key] ?? 0, in: category)
        var least = 0.0
        for k in stride(from: Self.least, through: min(Self.most, core.count), by: 1) {
            let chosen = core.prefix(k)
            var lambda = category.texts * category.spread[k]
            for word in chosen { lambda *= Double(category.words[word, default: 0]) / category.texts }
            let x = Double(texts(holding: Array(chosen), of: key))
            // Two texts are a pair, not a group.
            guard x >= 3, x > lambda else { continue }
            let tail = x - lambda - x * log(x / lambda)
            least = min(least, tail + logChoices(category.words.count, k))
        }
        return min(1, exp(least + log(Double((Self.most - Self.least + 1) * categories.count))))
    }

    /// The words that most of a group hold, the rarest of the category first.
    private func core(_ places: [Int], of texts: Int32, in category: Category) -> [UInt32] {
        var held: [UInt32: Int32] = [:]
        for place in places {
            for word in entries[place].words where category.words[word] != nil {
                held[word, default: 0] += entries[place].texts
            }
        }
        return held.filter { Double($0.value) >= Self.sharedMin * Double(texts) }.keys
            .sorted { (category.words[$0] ?? 0, $0) < (category.words[$1] ?? 0, $1) }
    }

    /// - Parameter words: The rarest first.
    private func texts(holding words: [UInt32], of category: UInt32) -> Int32 {
        var count: Int32 = 0
        for place in holders[Int(words[0])] where categoryOf[Int(place)] == category {
            let entry = entries[Int(place)]
            if words.allSatisfy({ entry.words.holds($0) }) { count += entry.texts }
        }
        return count
    }
}

/// The logarithm of the number of ways to choose k of n.
private func logChoices(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
}

func logarithm(_ value: Double) -> Double { log(value) }

extension [UInt32] {
    /// Whether a row in rising order holds a value. O(log count).
    fileprivate func holds(_ value: UInt32) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == value
    }
}
