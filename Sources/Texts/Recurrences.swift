import Glibc

/// Groups texts that tell of the same trouble.
///
/// Each group has a profile, the words its members hold. A text joins the group that explains its words best beside what
/// texts in general hold: shared rare words are evidence, shared common ones next to none, and words that the group lacks
/// cost a little each (a mixture of profile and background, as in Zhai and Lafferty, "A study of smoothing methods for
/// language models", 2004). A text that no group explains opens one. Candidates come from an inverted index, from the rarest
/// words on, under a budget, so that the cost of a text does not grow with the number of groups.
///
/// A group's number never changes. Texts come one by one: yesterday's groups need not be found again.
public struct Recurrences: Sendable {
    /// What decides who joins; one setting for all.
    struct Limits {
        /// How much of a text is expected to be background.
        static let background = 0.7
        /// The least evidence, in natural logarithms of odds, and the least share of what the text says about itself: for a
        /// group of one and for larger ones.
        static let evidence = 5.0
        /// Words of the language at large that count as seen beforehand: in a handful of texts a word that most of them
        /// share is still a rare word, while the greeting in hundreds of them is not.
        static let wordsBeforehand = 2000.0
        static let shareOfOne = 0.35
        static let share = 0.40
        /// A word in more groups than this tells nothing about where to look.
        static let postingMax = 8000
        static let visitsMax = 1000
        static let wordsAlways = 3
        static let candidates = 16
    }

    public private(set) var sets: WordSets
    /// The group of each text.
    public private(set) var groupOf: [Int32] = []

    private var profiles = GroupProfiles()
    /// For each word the groups that hold it, in rising order, while they are few enough.
    private var postings: [[Int32]] = []
    private var isEverywhere: [Bool] = []
    /// The background: the logarithm of 1/p0, and 0.3/p0 of each word.
    private var rarity: [Double] = []
    private var lift: [Double] = []
    private var total = 0.0
    /// In how many texts each word occurs, where that is known from more than the texts at hand.
    private var knownFrequency: [Int32] = []
    /// How many texts each set of words stands for; one where it is not said.
    private var weights: [Int32] = []

    private var gathered: [Double] = []
    private var touched: [Int32] = []

    /// Takes texts in whose frequencies are the background from now on.
    public init(_ sets: WordSets) {
        self.sets = sets
        learnBackground()
    }

    /// Takes in texts of which the first ones have their groups already: those stay where they are.
    ///
    /// - Parameters:
    ///   - groups: The groups of the first texts, numbers below `groupCount`.
    ///   - weights: For each text, how many texts are the same word for word.
    ///   - frequency: In how many texts each word occurs, among them texts that are not at hand any more.
    public init(_ sets: WordSets, groups: [Int32], groupCount: Int, weights: [Int32], frequency: [Int32]) {
        precondition(groups.count <= sets.count && weights.count == sets.count, "Each text has a weight")
        self.sets = sets
        self.weights = weights
        knownFrequency = frequency
        learnBackground()
        for _ in 0..<groupCount { _ = open() }
        for (index, group) in groups.enumerated() {
            groupOf.append(group)
            join(index, Int(group))
        }
    }

    /// How many group numbers were given out; groups that have been emptied keep theirs.
    public var groupCount: Int { profiles.count }
    public func memberCount(_ group: Int) -> Int { Int(profiles.members[group]) }

    /// Groups every text that has none yet, then goes over all of these once more: the first ones came when there was little
    /// to join.
    public mutating func groupAll() {
        let first = groupOf.count
        for index in first..<sets.count { place(index, was: nil) }
        for index in first..<sets.count { settle(index) }
    }

    /// Adds one text and finds its group. The background stays what it was.
    /// - Returns: The number of its group.
    public mutating func add(_ words: inout [UInt32]) -> Int {
        sets.add(&words)
        while rarity.count < sets.frequency.count { learn(rarity.count) }
        place(sets.count - 1, was: nil)
        return Int(groupOf[sets.count - 1])
    }

    /// Takes a text out of its group and lets it choose again.
    public mutating func settle(_ index: Int) {
        let old = Int(groupOf[index])
        leave(index, old)
        place(index, was: old)
    }

    // MARK: The background

    private mutating func learnBackground() {
        let words = knownFrequency.isEmpty ? sets.codes.count : knownFrequency.reduce(0) { $0 + Int($1) }
        total = Double(words) + Limits.wordsBeforehand
        for word in 0..<max(sets.frequency.count, knownFrequency.count) { learn(word) }
    }

    private func frequency(_ word: Int) -> Double {
        Double(word < knownFrequency.count ? knownFrequency[word] : sets.frequency[word])
    }

    private func weight(_ index: Int) -> Int32 { index < weights.count ? weights[index] : 1 }

    private mutating func learn(_ word: Int) {
        let share = (frequency(word) + 0.5) / total
        rarity.append(-log(share))
        lift.append((1 - Limits.background) / share)
        postings.append([])
        isEverywhere.append(false)
    }

    // MARK: Joining and leaving

    private mutating func place(_ index: Int, was old: Int?) {
        let group = best(for: index) ?? old.flatMap { profiles.members[$0] == 0 ? $0 : nil } ?? open()
        if index == groupOf.count { groupOf.append(Int32(group)) } else { groupOf[index] = Int32(group) }
        join(index, group)
    }

    private mutating func join(_ index: Int, _ group: Int) {
        let times = weight(index)
        for k in sets[index] {
            let word = Int(sets.codes[k])
            if profiles.add(group, UInt32(word), times: times), !isEverywhere[word] { post(word, Int32(group)) }
        }
        profiles.changeMembers(group, by: times)
    }

    private mutating func leave(_ index: Int, _ group: Int) {
        let times = weight(index)
        for k in sets[index] {
            let word = Int(sets.codes[k])
            if profiles.remove(group, UInt32(word), times: times), !isEverywhere[word] {
                let place = postings[word].firstPlace(notBelow: Int32(group))
                postings[word].remove(at: place)
            }
        }
        profiles.changeMembers(group, by: -times)
    }

    private mutating func open() -> Int {
        gathered.append(0)
        return profiles.open()
    }

    private mutating func post(_ word: Int, _ group: Int32) {
        if postings[word].count == Limits.postingMax {
            isEverywhere[word] = true
            postings[word] = []
            return
        }
        if let last = postings[word].last, last > group {
            postings[word].insert(group, at: postings[word].firstPlace(notBelow: group))
        } else {
            postings[word].append(group)
        }
    }

    // MARK: The best group

    private mutating func best(for index: Int) -> Int? {
        let words = sets[index]
        if words.isEmpty { return nil }
        var itself = 0.0
        let size = Double(words.count)
        for k in words { itself += log(Limits.background + lift[Int(sets.codes[k])] / size) }
        var found: Int?
        var foundScore = -Double.infinity
        for group in candidates(words) {
            let raw = evidence(words, group)
            let score = raw / itself
            let least = profiles.members[group] == 1 ? Limits.shareOfOne : Limits.share
            guard raw >= Limits.evidence, score >= least else { continue }
            if score > foundScore || (score == foundScore && group < found ?? .max) {
                foundScore = score
                found = group
            }
        }
        return found
    }

    /// How much better the group explains the words than the background does.
    private func evidence(_ words: Range<Int>, _ group: Int) -> Double {
        let isSmall = profiles.members[group] < 3
        let length = Double(profiles.length[group])
        let absent = log(Limits.background)
        var sum = 0.0
        for k in words {
            let word = sets.codes[k]
            let count = profiles.count(group, word)
            if count == 0 {
                sum += absent
                continue
            }
            // In a larger group a word of a single member counts for less than one that is shared.
            let c = isSmall ? Double(count) : max(0.1, Double(count) - 0.5)
            sum += log(Limits.background + lift[Int(word)] * c / length)
        }
        return sum
    }

    private mutating func candidates(_ words: Range<Int>) -> [Int] {
        let order = words.filter { !postings[Int(sets.codes[$0])].isEmpty }.map { sets.codes[$0] }
            .sorted { (postings[Int($0)].count, $0) < (postings[Int($1)].count, $1) }
        var visits = 0
        for (rank, word) in order.enumerated() {
            let posting = postings[Int(word)]
            if rank >= Limits.wordsAlways, posting.count > Limits.visitsMax - visits { break }
            visits += posting.count
            let weight = rarity[Int(word)]
            for group in posting {
                if gathered[Int(group)] == 0 { touched.append(group) }
                gathered[Int(group)] += weight
            }
        }
        var top = Ranking(limit: Limits.candidates)
        for group in touched {
            let g = Int(group)
            top.take(gathered[g] / (Double(profiles.length[g]) / Double(profiles.members[g])).squareRoot(), g)
            gathered[g] = 0
        }
        touched.removeAll(keepingCapacity: true)
        return top.items
    }

    // MARK: What a group is about

    /// The words that set a group apart: those with the largest share of its difference from the background.
    public func words(of group: Int, limit: Int) -> [UInt32] {
        let length = Double(profiles.length[group])
        let scored = profiles.words(of: group).map { word, count -> (Double, UInt32) in
            let share = (frequency(Int(word)) + 0.5) / total
            return (Double(count) * log(Double(count) / (length * share)), word)
        }
        return scored.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(limit).map(\.1)
    }
}

/// The few best of many, of equals the lower number.
private struct Ranking {
    let limit: Int
    private var scores: [Double] = []
    private(set) var items: [Int] = []

    init(limit: Int) { self.limit = limit }

    mutating func take(_ score: Double, _ item: Int) {
        if items.count == limit {
            guard let last = scores.last, let worst = items.last, score > last || (score == last && item < worst)
            else { return }
            scores.removeLast()
            items.removeLast()
        }
        var place = items.count
        while place > 0, scores[place - 1] < score || (scores[place - 1] == score && items[place - 1] > item) {
            place -= 1
        }
        scores.insert(score, at: place)
        items.insert(item, at: place)
    }
}

extension [Int32] {
    /// Where a value stands or would stand in a row in rising order. O(log count).
    fileprivate func firstPlace(notBelow value: Int32) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
