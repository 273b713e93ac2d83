/// An answer to a survey: a score on its own scale, never mixed with another scale.
public struct SurveyAnswer: Sendable, Equatable {
    public var answeredAt: Moment
    public var survey: String
    public var scaleLow: Double
    public var scaleHigh: Double
    /// Nil when someone was asked and gave none.
    public var score: Double?
    public var comment: String
    /// The ticket it was asked about, by number.
    public var ticket: String
    public var service: String
    public var segment: String
    /// The pseudonym of the person; empty when nobody is named.
    public var by: String

    public init(
        answeredAt: Moment, survey: String, scaleLow: Double, scaleHigh: Double, score: Double?, comment: String = "",
        ticket: String = "", service: String = "", segment: String = "", by: String = ""
    ) {
        self.answeredAt = answeredAt
        self.survey = survey
        self.scaleLow = scaleLow
        self.scaleHigh = scaleHigh
        self.score = score
        self.comment = comment
        self.ticket = ticket
        self.service = service
        self.segment = segment
        self.by = by
    }

    /// The scale from 0 to 10, of which the net promoter score is made.
    public var isPromoterScale: Bool { scaleLow == 0 && scaleHigh == 10 }

    /// Where the score stands on its scale, from 0 to 1; nil without a score.
    public var share: Double? {
        guard let score, scaleHigh > scaleLow else { return nil }
        return (score - scaleLow) / (scaleHigh - scaleLow)
    }
}

/// Someone's proposal, before anyone has judged it.
public struct Suggestion: Sendable, Equatable {
    public var madeAt: Moment
    public var title: String
    public var text: String
    /// The pseudonym of the person; empty when it was made without a name.
    public var by: String
    public var service: String
    /// How many want it, as its source counts them.
    public var votes: Int

    public init(
        madeAt: Moment, title: String, text: String = "", by: String = "", service: String = "", votes: Int = 0
    ) {
        self.madeAt = madeAt
        self.title = title
        self.text = text
        self.by = by
        self.service = service
        self.votes = votes
    }
}

/// One value that a device or a monitoring system measured.
public struct Reading: Sendable, Equatable {
    public var at: Moment
    public var device: String
    /// A `ReadingQuantity`'s name.
    public var quantity: String
    public var unit: String
    public var value: Double

    public init(at: Moment, device: String, quantity: String, unit: String, value: Double) {
        self.at = at
        self.device = device
        self.quantity = quantity
        self.unit = unit
        self.value = value
    }
}

/// What is measured, and in which unit: the same quantity has one unit.
public struct ReadingQuantity: Sendable, Hashable {
    /// Small letters and digits of any script, with single dashes between: `air-temperature`.
    public let name: String
    /// As it was written: `°C`; empty where nobody said.
    public let unit: String

    public static let nameMax = 80

    /// - Returns: Nil for a name that is not of the form of `name`.
    public init?(name: String) {
        guard !name.isEmpty, ReadingQuantity(named: name)?.name == name else { return nil }
        self.init(name: name, unit: "")
    }

    public init(name: String, unit: String) {
        self.name = name
        self.unit = unit
    }

    /// From what people call it: `Air temperature [K]` is `air-temperature` in `K`.
    /// - Returns: Nil when there is no letter or digit in it.
    public init?(named text: String, unit: String = "") {
        var words = text[...]
        var unit = unit
        for (open, close) in [("[", "]"), ("(", ")"), ("（", "）")] where unit.isEmpty && words.hasSuffix(close) {
            guard let start = words.lastIndex(of: Character(open)), start > words.startIndex else { continue }
            unit = String(words[words.index(after: start)...].dropLast())
            words = words[..<start]
        }
        var name = ""
        for scalar in words.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, !name.hasSuffix("-") {
                name += "-"
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        guard !name.isEmpty, name.count <= Self.nameMax else { return nil }
        self.init(name: name, unit: unit)
    }

    /// Its name alone tells it: the unit belongs to it.
    public static func == (a: ReadingQuantity, b: ReadingQuantity) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A record with what tells it from all others, and the line it stood on.
public struct KeptRecord<Value: Sendable>: Sendable {
    /// The id its source gave it, or a hash of what it says and the how-manieth such record of its file it is.
    public var key: String
    public var value: Value
    /// 0 when it did not come from a file.
    public var line: Int

    public init(key: String, value: Value, line: Int = 0) {
        self.key = key
        self.value = value
        self.line = line
    }
}
