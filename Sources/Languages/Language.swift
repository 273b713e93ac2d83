/// A language the product speaks. All are equals: each sentence is written in each of them.
public enum Language: String, CaseIterable, Sendable, Codable, Hashable {
    case en, da, zh

    /// For `lang` attributes.
    public var tag: String { self == .zh ? "zh-Hans" : rawValue }

    /// What the language calls itself.
    public var ownName: String {
        switch self {
        case .en: "English"
        case .da: "Dansk"
        case .zh: "简体中文"
        }
    }

    /// The language of a tag such as `da-DK` or `zh_TW`.
    /// - Returns: Nil for a language we do not speak; Norwegian and Swedish are not Danish.
    public init?(tag: some StringProtocol) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" && $0 != "." }.lowercased()
        guard let found = Language(rawValue: primary) else { return nil }
        self = found
    }

    /// The best match for an `Accept-Language` header, by its weights, the earlier of equals first.
    public static func accepted(by header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for entry in header.split(separator: ",").prefix(acceptedEntriesMax) {
            let parts = entry.split(separator: ";").map { $0.trimmed }
            guard let first = parts.first, let language = Language(tag: first) else { continue }
            var weight = 1.0
            for part in parts.dropFirst() where part.hasPrefix("q=") { weight = Double(part.dropFirst(2)) ?? 0 }
            if weight > 0, weight > (best?.weight ?? 0) { best = (language, weight) }
        }
        return best?.language
    }

    /// A browser sends a handful; more is not an honest header.
    static let acceptedEntriesMax = 50
}

extension StringProtocol {
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
