/// A whole sentence (or a title) in which the names that users gave stand apart from our own words.
///
/// A page sets names in italics, plain text in the language's quotation marks. A sentence is written as a literal:
/// `"\(measure) for \(name: service) rose."`
public struct Sentence: Sendable, Hashable, ExpressibleByStringInterpolation {
    public enum Run: Sendable, Hashable {
        case words(String)
        case name(String)
    }

    public private(set) var runs: [Run]

    public init(stringLiteral value: String) { runs = value.isEmpty ? [] : [.words(value)] }
    public init(_ text: String) { self.init(stringLiteral: text) }
    public init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

    public struct StringInterpolation: StringInterpolationProtocol {
        var runs: [Run] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { append(literal) }
        public mutating func appendInterpolation(_ text: String) { append(text) }
        public mutating func appendInterpolation(name: String) { runs.append(.name(name)) }
        public mutating func appendInterpolation(_ sentence: Sentence) {
            for run in sentence.runs {
                switch run {
                case .words(let text): append(text)
                case .name: runs.append(run)
                }
            }
        }

        private mutating func append(_ text: String) {
            if text.isEmpty { return }
            if case .words(let before)? = runs.last {
                runs[runs.count - 1] = .words(before + text)
            } else {
                runs.append(.words(text))
            }
        }
    }

    public var isEmpty: Bool { runs.isEmpty }

    /// As plain text, names between the language's quotation marks.
    public func text(in language: Language) -> String {
        var out = ""
        for run in runs {
            switch run {
            case .words(let text): out += text
            case .name(let name): out += language == .da ? "»\(name)«" : "“\(name)”"
            }
        }
        return out
    }

    /// With a capital first letter, where the script has capitals and the sentence begins with our own words.
    public var capitalised: Sentence {
        guard case .words(let text)? = runs.first, let first = text.first else { return self }
        var copy = self
        copy.runs[0] = .words(first.uppercased() + text.dropFirst())
        return copy
    }
}
