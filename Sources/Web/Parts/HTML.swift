import Languages

/// A piece of a page. Whatever is put into a literal is escaped; only another piece of HTML goes in as it is.
///
/// `"<td>\(name)</td>"` is safe whatever the name holds. Attribute values stand in double quotes, always.
public struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public private(set) var text: String

    /// Our own markup, written in the source. Never hand it a value: use interpolation.
    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
    /// Text of anyone, escaped.
    public init(escaping value: some StringProtocol) {
        text = ""
        HTML.escape(value, into: &text)
    }
    /// Markup made elsewhere that is known to be safe: a chart, the stylesheet.
    public init(trusted value: String) { text = value }

    public static let empty = HTML(trusted: "")

    public var description: String { text }
    public var isEmpty: Bool { text.isEmpty }

    public static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.text + b.text) }
    public static func += (a: inout HTML, b: HTML) { a.text += b.text }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ value: some StringProtocol) { HTML.escape(value, into: &text) }
        public mutating func appendInterpolation(_ value: Int) { text += String(value) }
        public mutating func appendInterpolation(_ value: Int64) { text += String(value) }
        public mutating func appendInterpolation(_ html: HTML) { text += html.text }
        public mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
        public mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
            for piece in pieces { text += piece.text }
        }
    }

    /// The five characters that mean something in HTML, in text and between double or single quotes. Characters that
    /// no document may hold become U+FFFD.
    static func escape(_ value: some StringProtocol, into text: inout String) {
        guard
            value.utf8.contains(where: {
                $0 < 63 && ($0 < 32 || $0 == 34 || $0 == 38 || $0 == 39 || $0 == 60 || $0 == 62)
            })
        else {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
            case _ where scalar.value < 32: text.unicodeScalars.append("\u{FFFD}")
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Sequence where Element == HTML {
    func joined(by separator: HTML = .empty) -> HTML {
        HTML(trusted: map(\.text).joined(separator: separator.text))
    }
}

extension Sentence {
    /// Names in italics; in Chinese, where italics don't exist, in quotation marks.
    func html(in language: Language) -> HTML {
        var out = HTML.empty
        for run in runs {
            switch run {
            case .words(let text): out += HTML(escaping: text)
            case .name(let name): out += language == .zh ? "“<em>\(name)</em>”" : "<em>\(name)</em>"
            }
        }
        return out
    }
}
