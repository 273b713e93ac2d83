/// An answer to a survey: a score on its own scale, never mixed with another scale.
public struct SurveyAnswer: Sendable, Equatable {
    public var answeredAt: Moment
    public var survey: String
    public var scaleLow: Double
    public var scaleHigh: Double
    public var score: Double?
    public var comment: String
    /// The ticket it was asked about, by number.
    public var ticket: String
    public var service: String
    public var segment: String

    public init(
        answeredAt: Moment, survey: String, scaleLow: Double, scaleHigh: Double, score: Double?, comment: String = "",
        ticket: String = "", service: String = "", segment: String = ""
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

    public init(madeAt: Moment, title: String, text: String = "", by: String = "", service: String = "") {
        self.madeAt = madeAt
        self.title = title
        self.text = text
        self.by = by
        self.service = service
    }
}

/// One value that a device or a monitoring system measured.
public struct Reading: Sendable, Equatable {
    public var at: Moment
    public var device: String
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
