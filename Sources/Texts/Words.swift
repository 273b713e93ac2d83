import Records

/// The words of texts as small numbers, each once.
///
/// Languages that divide words by blanks give their words in small letters, without digits; Chinese, Japanese and Korean, which
/// do not, give each pair of neighbouring characters: two characters are most often one Chinese word, and where they are not,
/// the pair occurs by chance and says nothing.
public struct Vocabulary: Sendable {
    private var names = Names()
    private var word: [UInt8] = []
    private var letters = 0
    private let lettersMax: Int

    /// - Parameter lettersMax: Of longer words only so many letters count. The first five are a stem of sorts in every
    ///   language that inflects its words at the end (McNamee and Mayfield, "Character n-gram tokenization for European
    ///   language text retrieval", 2004).
    public init(lettersMax: Int = .max) { self.lettersMax = lettersMax }

    /// How many words are known; their codes are below it. Code 0 is no word.
    public var count: Int { names.count }

    public func text(_ code: UInt32) -> String { names[Name(code: code)] }

    /// A mark that is no word of a text, such as a category, as a word of its own.
    public mutating func mark(_ text: String) -> UInt32 { names.name(text).code }

    /// The words of a text, in the order of the text; new ones become known. O(bytes).
    public mutating func words(of text: Span<UInt8>, to out: inout [UInt32]) {
        var scalars = ScalarReader()
        var last: Unicode.Scalar?
        var runs = 0
        word.removeAll(keepingCapacity: true)
        var i = 0
        while i < text.count {
            let byte = text[i]
            if byte < 0x80 {
                i += 1
                let lower = byte | 0x20
                if lower >= 97, lower <= 122 {
                    letters += 1
                    if letters <= lettersMax { word.append(lower) }
                    continue
                }
                end(&out)
                endRun(last, runs, &out)
                (last, runs) = (nil, 0)
                continue
            }
            let scalar = scalars.next(text, &i)
            switch scriptClass(scalar) {
            case .letter:
                letters += 1
                if letters <= lettersMax { append(scalar) }
            case .ideograph:
                end(&out)
                if let before = last { pair(before, scalar, &out) }
                last = scalar
                runs += 1
                continue
            case .mark where !word.isEmpty: append(scalar)
            case .mark, .other: end(&out)
            }
            endRun(last, runs, &out)
            (last, runs) = (nil, 0)
        }
        end(&out)
        endRun(last, runs, &out)
    }

    private mutating func end(_ out: inout [UInt32]) {
        letters = 0
        if word.isEmpty { return }
        var whole: [UInt8] = []
        swap(&whole, &word)
        out.append(names.name(utf8: whole.span).code)
        whole.removeAll(keepingCapacity: true)
        swap(&whole, &word)
    }

    /// A character that stands alone is a word by itself.
    private mutating func endRun(_ last: Unicode.Scalar?, _ runs: Int, _ out: inout [UInt32]) {
        guard runs == 1, let last else { return }
        append(last)
        end(&out)
    }

    private mutating func pair(_ a: Unicode.Scalar, _ b: Unicode.Scalar, _ out: inout [UInt32]) {
        append(a)
        append(b)
        end(&out)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        let v = scalar.value
        // Latin, Greek and Cyrillic capitals of the first planes; everything else as Unicode says.
        if v >= 0xc0, v <= 0xde, v != 0xd7 {
            word += [0xc3, UInt8(truncatingIfNeeded: 0x80 | (v + 0x20) & 0x3f)]
        } else if v < 0x2e80 {
            word += Array(scalar.properties.lowercaseMapping.utf8)
        } else {
            word += Array(String(Character(scalar)).utf8)
        }
    }
}

private enum ScriptClass { case letter, ideograph, mark, other }

private func scriptClass(_ scalar: Unicode.Scalar) -> ScriptClass {
    switch scalar.value {
    case 0xc0...0x24f where scalar.value != 0xd7 && scalar.value != 0xf7: return .letter
    case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xac00...0xd7af, 0xf900...0xfaff, 0x20000...0x3ffff:
        return .ideograph
    case 0x300...0x36f: return .mark
    default: return scalar.properties.isAlphabetic ? .letter : .other
    }
}

/// Reads UTF-8 that is known to be whole; a byte that is out of place is passed over.
private struct ScalarReader {
    mutating func next(_ b: Span<UInt8>, _ i: inout Int) -> Unicode.Scalar {
        let first = UInt32(b[i])
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
        guard length > 1, i + length <= b.count else {
            i += 1
            return " "
        }
        var value = first & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
        for k in 1..<length { value = value << 6 | UInt32(b[i + k]) & 0x3f }
        i += length
        return Unicode.Scalar(value) ?? " "
    }
}

/// Texts as sets of words, one after another in one row of numbers.
public struct WordSets: Sendable {
    private var starts: [Int] = [0]
    public private(set) var codes: [UInt32] = []
    /// In how many texts each word occurs, by its code.
    public private(set) var frequency: [Int32] = []

    public init() {}

    public var count: Int { starts.count - 1 }

    public subscript(index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    /// Adds the words of a text, each once, in the order of their codes.
    public mutating func add(_ words: inout [UInt32]) {
        words.sort()
        var last: UInt32 = 0
        for word in words where word != last {
            last = word
            codes.append(word)
            while frequency.count <= Int(word) { frequency.append(0) }
            frequency[Int(word)] += 1
        }
        starts.append(codes.count)
    }
}
