import Records

/// What the user said about a file; everything else is found out.
public struct ReadingOptions: Sendable {
    /// The system it comes from; nil to recognise it by its header.
    public var preset: Preset.Name?
    /// `--map FIELD=COLUMN`.
    public var map: [Field: String]
    /// The zone of times that carry none; nil when it was not said, and then UTC is assumed and asked about.
    public var zone: Zone?
    /// Whether `3/4/2025` is the third of April, where the file leaves it open.
    public var dayFirst: Bool?
    /// Holds for all rows, whatever they say themselves.
    public var kind: TicketKind?
    /// The first row that cannot be used ends the reading with an error.
    public var strict: Bool

    public init(
        preset: Preset.Name? = nil, map: [Field: String] = [:], zone: Zone? = nil, dayFirst: Bool? = nil,
        kind: TicketKind? = nil, strict: Bool = false
    ) {
        self.preset = preset
        self.map = map
        self.zone = zone
        self.dayFirst = dayFirst
        self.kind = kind
        self.strict = strict
    }
}

/// What a file leaves open, and a person can answer.
public enum Question: Sendable, Hashable, Codable {
    /// All dates can be read in both orders. Nothing is read before it is answered.
    case dayOrMonthFirst(column: String, example: String)
    /// The times carry no zone. UTC is assumed until it is answered.
    case zoneNotWritten(column: String)
    /// No column was recognised for what is needed. Nothing is read before it is answered.
    case columnsNeeded(fields: [Field], subject: Bool)

    /// In English, for one line.
    public var sentence: String {
        switch self {
        case .dayOrMonthFirst(let column, let example):
            "Is “\(example)” in the column “\(column)” written day first or month first?"
        case .zoneNotWritten(let column):
            "In which time zone are the times of the column “\(column)”? They carry none; UTC is assumed."
        case .columnsNeeded(let fields, let subject):
            "Which columns hold "
                + (fields.map(\.rawValue) + (subject ? ["category, service or title"] : [])).joined(separator: ", ")
                + "?"
        }
    }
}
