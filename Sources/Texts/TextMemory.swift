import Records

// Texts are grouped as they come, a batch at a time, and nothing is ever grouped anew. What is kept between two batches is
// small: the words met so far, and one entry for each set of words of each group, with how many texts are the same. Grouping
// a batch costs what it brings, and the reading of the entries; the entries are bounded (`entriesMax`): when there are more,
// those that nobody joined for the longest time are let go. Their texts stay in their groups, only no longer speak for them.

/// What is remembered of the texts grouped so far, and the groups of new ones.
public struct TextMemory: Sendable {
    /// Some texts of a group that have the same words.
    public struct Entry: Sendable, Equatable {
        public var id: Int64
        /// The number of its group. It never changes, unless a person says so.
        public var group: Int64
        /// How many texts have these words.
        public var texts: Int32
        /// The latest of them.
        public var latest: Int64
        /// Codes of words, each once, in rising order.
        public var words: [UInt32]

        public init(id: Int64, group: Int64, texts: Int32, latest: Int64, words: [UInt32]) {
            self.id = id
            self.group = group
            self.texts = texts
            self.latest = latest
            self.words = words
        }
    }

    /// A text that has no group yet.
    public struct Newcomer: Sendable {
        /// Newer texts have larger numbers.
        public var number: Int64
        public var text: String
        /// What is evidence as a word is, and is none: the category. Empty for nothing.
        public var mark: String

        public init(number: Int64, text: String, mark: String = "") {
            self.number = number
            self.text = text
            self.mark = mark
        }
    }

    /// Entries kept at most: with some ten words each and the words themselves, about 100 MB while a batch is grouped.
    public static let entriesMax = 200_000
    /// Of longer texts only the beginning is read, in bytes: trouble is told in the first lines, mail is quoted below.
    static let textMax = 1000
    /// Letters, of which words are made, never hold this sign: what begins with it is no word of a text.
    private static let markSign = "="

    private var vocabulary = Vocabulary()
    /// In how many texts each word was met, by its code.
    private var frequency: [Int32] = [0]
    private var entries: [Entry]
    /// Where entries with the same words stand, by the hash of their words.
    private var places: [UInt64: [Int32]] = [:]
    /// The numbers that the next group and the next entry get.
    public private(set) var nextGroup: Int64
    public private(set) var nextEntry: Int64

    private var changedWords: Set<UInt32> = []
    private var changedEntries: Set<Int64> = []
    private var dropped: [Int64] = []
    private let most: Int

    /// - Parameters:
    ///   - words: In the order of their codes, from 1 on, each with the number of texts that held it.
    ///   - most: Entries to keep at most.
    public init(
        words: [(text: String, texts: Int)] = [], entries: [Entry] = [], nextGroup: Int64 = 1, nextEntry: Int64 = 1,
        most: Int = TextMemory.entriesMax
    ) {
        for (text, texts) in words {
            _ = vocabulary.mark(text)
            frequency.append(Int32(clamping: texts))
        }
        self.entries = entries
        self.nextGroup = nextGroup
        self.nextEntry = nextEntry
        self.most = most
        for (place, entry) in entries.enumerated() { places[Self.hash(entry.words), default: []].append(Int32(place)) }
    }

    // MARK: Taking in

    /// Finds the groups of new texts. O(their words + entries), or O(their words) when all of them were met before.
    /// - Returns: The number of each text's group; nil for a text without words.
    public mutating func take(_ newcomers: [Newcomer]) -> [Int64?] {
        var groups = [Int64?](repeating: nil, count: newcomers.count)
        var fresh: [Entry] = []
        var freshPlaces: [[UInt32]: Int] = [:]
        var waiting: [[Int]] = []
        for (index, newcomer) in newcomers.enumerated() {
            let words = words(of: newcomer)
            guard words.count > (newcomer.mark.isEmpty ? 0 : 1) else { continue }
            if let place = place(of: words) {
                entries[place].texts += 1
                entries[place].latest = max(entries[place].latest, newcomer.number)
                changedEntries.insert(entries[place].id)
                groups[index] = entries[place].group
            } else if let place = freshPlaces[words] {
                fresh[place].texts += 1
                fresh[place].latest = max(fresh[place].latest, newcomer.number)
                waiting[place].append(index)
            } else {
                freshPlaces[words] = fresh.count
                fresh.append(Entry(id: 0, group: 0, texts: 1, latest: newcomer.number, words: words))
                waiting.append([index])
            }
        }
        if fresh.isEmpty { return groups }
        assign(&fresh)
        for (place, indices) in waiting.enumerated() { for index in indices { groups[index] = fresh[place].group } }
        for entry in fresh {
            places[Self.hash(entry.words), default: []].append(Int32(entries.count))
            entries.append(entry)
            changedEntries.insert(entry.id)
        }
        if entries.count > most + most / 4 { letGo() }
        return groups
    }

    /// The words of a text as an entry holds them, each once, in rising order; new ones become known.
    public mutating func codes(of newcomer: Newcomer) -> [UInt32] {
        var words: [UInt32] = []
        let bytes = newcomer.text.utf8.span
        vocabulary.words(of: bytes.count > Self.textMax ? bytes.extracting(first: Self.textMax) : bytes, to: &words)
        if !newcomer.mark.isEmpty { words.append(vocabulary.mark(Self.markSign + newcomer.mark)) }
        words.sort()
        var each: [UInt32] = []
        for word in words where word != each.last && word != 0 { each.append(word) }
        while frequency.count < vocabulary.count { frequency.append(0) }
        return each
    }

    private mutating func words(of newcomer: Newcomer) -> [UInt32] {
        let each = codes(of: newcomer)
        for word in each {
            frequency[Int(word)] += 1
            changedWords.insert(word)
        }
        return each
    }

    private func place(of words: [UInt32]) -> Int? {
        // Of groups with the same words the one that was joined last.
        places[Self.hash(words)]?.lazy.map { Int($0) }.filter { entries[$0].words == words }
            .max { entries[$0].latest < entries[$1].latest }
    }

    /// Gives new sets of words their groups: known ones, or new numbers.
    private mutating func assign(_ fresh: inout [Entry]) {
        var numberOf: [Int64: Int32] = [:]
        var known: [Int64] = []
        var sets = WordSets()
        var groups: [Int32] = []
        for entry in entries {
            if numberOf[entry.group] == nil {
                numberOf[entry.group] = Int32(known.count)
                known.append(entry.group)
            }
            groups.append(numberOf[entry.group, default: 0])
            sets.add(sorted: entry.words)
        }
        for entry in fresh { sets.add(sorted: entry.words) }
        var found = Recurrences(
            sets, groups: groups, groupCount: known.count, weights: entries.map(\.texts) + fresh.map(\.texts),
            frequency: frequency)
        found.groupAll()
        var given: [Int: Int64] = [:]
        for place in fresh.indices {
            let group = Int(found.groupOf[entries.count + place])
            if group < known.count {
                fresh[place].group = known[group]
            } else if let number = given[group] {
                fresh[place].group = number
            } else {
                given[group] = nextGroup
                fresh[place].group = nextGroup
                nextGroup += 1
            }
            fresh[place].id = nextEntry
            nextEntry += 1
        }
    }

    private mutating func letGo() {
        let order = entries.indices.sorted { entries[$0].latest < entries[$1].latest }
        let gone = Set(order.prefix(entries.count - most))
        for place in gone.sorted() {
            dropped.append(entries[place].id)
            changedEntries.remove(entries[place].id)
        }
        entries = entries.indices.filter { !gone.contains($0) }.map { entries[$0] }
        places = [:]
        for (place, entry) in entries.enumerated() { places[Self.hash(entry.words), default: []].append(Int32(place)) }
    }

    private static func hash(_ words: [UInt32]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in words { hash = (hash ^ UInt64(word)) &* 0x0100_0000_01b3 }
        return hash
    }

    // MARK: What is to be kept

    /// What the batches since the last call have changed.
    public struct Changes: Sendable {
        /// Words with their codes and the number of texts that held them.
        public var words: [(code: UInt32, text: String, texts: Int)] = []
        public var entries: [Entry] = []
        /// Numbers of entries that are kept no longer.
        public var dropped: [Int64] = []
    }

    public mutating func takeChanges() -> Changes {
        var changes = Changes()
        changes.words = changedWords.sorted().map { ($0, vocabulary.text($0), Int(frequency[Int($0)])) }
        changes.entries = entries.filter { changedEntries.contains($0.id) }
        changes.dropped = dropped
        (changedWords, changedEntries, dropped) = ([], [], [])
        return changes
    }

    // MARK: What a group is about

    /// The groups that are remembered, by number, with the places of their entries.
    private var byGroup: [Int64: [Int]] {
        Dictionary(grouping: entries.indices, by: { entries[$0].group })
    }

    /// For some groups the words that set them apart, at most `limit` each, and the chance that texts share so much.
    public func told(_ groups: Set<Int64>, limit: Int) -> [Int64: (words: [String], chance: Double)] {
        var total = 2000.0
        for count in frequency { total += Double(count) }
        let members = byGroup
        let shared = SharedWords(entries, isMark: isMark, wordCount: frequency.count)
        let small = StopWords()
        var out: [Int64: (words: [String], chance: Double)] = [:]
        for group in groups.sorted() {
            guard let places = members[group] else { continue }
            var counts: [UInt32: Int] = [:]
            var length = 0
            for place in places {
                for word in entries[place].words where !isMark(word) {
                    counts[word, default: 0] += Int(entries[place].texts)
                    length += Int(entries[place].texts)
                }
            }
            let scored = counts.map { word, count -> (Double, UInt32) in
                let share = (Double(frequency[Int(word)]) + 0.5) / total
                return (Double(count) * logarithm(Double(count) / (Double(length) * share)), word)
            }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
            // Small words help to tell texts apart, and say nothing to who reads them.
            let all = scored.map { vocabulary.text($0.1) }
            let telling = all.filter { !small.contains($0) }
            out[group] = (
                joined(Array((telling.isEmpty ? all : telling).prefix(limit))), shared.chance(of: places)
            )
        }
        return out
    }

    private func isMark(_ word: UInt32) -> Bool { vocabulary.text(word).hasPrefix(Self.markSign) }

    /// Pairs of Chinese characters that overlap are one word: 报销 and 销系 and 系统 are 报销系统.
    private func joined(_ words: [String]) -> [String] {
        var pieces = words
        var i = 0
        while i < pieces.count {
            let next = pieces.indices.first { j in
                j != i && isPair(pieces[j]) && isHanWord(pieces[i]) && pieces[i].last == pieces[j].first
                    && pieces[i].count < 6
            }
            if let next {
                pieces[i] += String(pieces[next].dropFirst())
                pieces.remove(at: next)
                if next < i { i -= 1 }
            } else {
                i += 1
            }
        }
        return pieces
    }

    private func isPair(_ word: String) -> Bool { word.count == 2 && isHanWord(word) }
    private func isHanWord(_ word: String) -> Bool { word.unicodeScalars.first.map(isHan) ?? false }
}

extension WordSets {
    /// Adds the words of a text that are each there once, in rising order.
    mutating func add(sorted words: [UInt32]) {
        var words = words
        add(&words)
    }
}
