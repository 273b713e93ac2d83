/// Words whose first letters count, shown as the whole words people write.
///
/// Of all words with the same beginning the most frequent one stands for it; of equals the one that came first.
public struct StemmedVocabulary: Sendable {
    private var whole = Vocabulary()
    private var stems: Vocabulary
    private let isWhole: Bool
    private let stopWords: StopWords?

    /// By the code of a whole word: the code of its beginning (0 for a word left out), and how often it occurred.
    private var stemOf: [UInt32] = []
    private var uses: [Int32] = []
    /// By the code of a beginning: the code of the whole word that stands for it.
    private var shown: [UInt32] = []
    private var read: [UInt32] = []

    /// - Parameters:
    ///   - lettersMax: Of longer words only so many letters count; all unless said.
    ///   - stopWords: What is no word of interest and is left out.
    public init(lettersMax: Int = .max, without stopWords: StopWords? = nil) {
        stems = Vocabulary(lettersMax: lettersMax)
        isWhole = lettersMax == .max && stopWords == nil
        self.stopWords = stopWords
    }

    /// The most frequent whole word of a beginning.
    public func text(_ stem: UInt32) -> String {
        if isWhole { return whole.text(stem) }
        let code = Int(stem) < shown.count ? shown[Int(stem)] : 0
        return code == 0 ? stems.text(stem) : whole.text(code)
    }

    /// A mark that is no word of a text, such as a category, as a word of its own.
    public mutating func mark(_ text: String) -> UInt32 { isWhole ? whole.mark(text) : stems.mark(text) }

    /// The beginnings of the words of a text, in the order of the text; new ones become known. O(bytes).
    public mutating func words(of text: Span<UInt8>, to out: inout [UInt32]) {
        if isWhole { return whole.words(of: text, to: &out) }
        read.removeAll(keepingCapacity: true)
        whole.words(of: text, to: &read)
        for word in read {
            while stemOf.count <= Int(word) { learn(UInt32(stemOf.count)) }
            let stem = stemOf[Int(word)]
            if stem == 0 { continue }
            out.append(stem)
            uses[Int(word)] += 1
            while shown.count <= Int(stem) { shown.append(0) }
            let now = shown[Int(stem)]
            if now == 0 || uses[Int(word)] > uses[Int(now)] { shown[Int(stem)] = word }
        }
    }

    private mutating func learn(_ word: UInt32) {
        uses.append(0)
        let text = word == 0 ? "" : whole.text(word)
        if text.isEmpty || stopWords?.contains(text) == true { return stemOf.append(0) }
        var codes: [UInt32] = []
        stems.words(of: text.utf8.span, to: &codes)
        stemOf.append(codes.count == 1 ? codes[0] : stems.mark(text))
    }
}
