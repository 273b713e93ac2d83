import Records

/// Which way is worse.
public enum Direction: String, Sendable, Codable { case higherIsWorse, lowerIsWorse, neither }

/// What a value of a measure counts.
public enum Unit: String, Sendable, Codable {
    case ticketsPerDay, tickets, hours, share
    /// From −100 to 100.
    case points
    case answersPerDay, suggestionsPerDay
    /// Whatever the readings are in.
    case reading
    /// From one group to another.
    case handoffsPerTicket

    /// The unit as JSON and the tables write it for a kind of ticket: `incidents/day`, `incidents`, `h`, `share`.
    public func symbol(for kind: TicketKind?) -> String {
        let records = kind?.plural ?? "records"
        return switch self {
        case .ticketsPerDay: "\(records)/day"
        case .tickets: records
        case .hours: "h"
        case .share: "share"
        case .points: "points"
        case .answersPerDay: "answers/day"
        case .suggestionsPerDay: "suggestions/day"
        case .reading: ""
        case .handoffsPerTicket: "handoffs/ticket"
        }
    }
}

/// What a measure is made of: which of the values kept for each day, and how they become one figure.
public enum Quantity: String, CaseIterable, Sendable, Codable {
    case opened, resolved, backlog, backlogAge, timeToRespond, timeToResolve, slaMet, reopened, reassigned
    case firstContactResolved, workaroundOnly, majorShare, successful, failed, emergencyShare, unauthorized
    case followedByIncident, unplannedShare
    /// Of survey answers, of suggestions, and of readings.
    case satisfaction, nps, answers, made, mean
    /// Of how work flows, read from histories (see `FlowStep`): hours a stay, the share of tickets that come back, hand-offs a
    /// ticket, the share that leave a usual step or order out.
    case waiting, cameBack, handoffs, skipped
}

/// What a measure needs before it can be computed: what a file must say.
public enum Need: String, Sendable, Codable {
    case resolvedAt, firstResponseAt, slaMet, reopens, reassignments, closeCode, priority, changeOutcome, changeType
    case authorization, incidentsAndChanges, workType
    case scores, promoterScores, suggestions, readings, history
}

/// The records that a measure is read from.
public enum MeasuredRecords: Sendable, Hashable {
    case tickets(TicketKind)
    case surveys, suggestions
    case readings(ReadingQuantity)

    /// For machines: `incidents`, `surveys`, `suggestions`, `readings`.
    public var word: String {
        switch self {
        case .tickets(let kind): kind.plural
        case .surveys: "surveys"
        case .suggestions: "suggestions"
        case .readings: "readings"
        }
    }
}

/// One line of the catalogue: a figure that is followed over time.
public struct Measure: Sendable, Hashable, Identifiable {
    public let records: MeasuredRecords
    public let quantity: Quantity
    public let unit: Unit
    public let direction: Direction
    public let needs: [Need]

    /// The kind of ticket it is about; nil when it is not about tickets. Kept beside `records`: taken out of them at each use it
    /// stops the optimiser of Swift 6.3.1 (its pass CopyPropagation).
    public let kind: TicketKind?

    /// Which step of the flow of work it is about, as `FlowStep` writes it; empty for every other measure.
    public let flowStep: String

    init(
        records: MeasuredRecords, quantity: Quantity, unit: Unit, direction: Direction, needs: [Need],
        flowStep: String = ""
    ) {
        self.records = records
        self.flowStep = flowStep
        self.quantity = quantity
        self.unit = unit
        self.direction = direction
        self.needs = needs
        if case .tickets(let kind) = records { self.kind = kind } else { kind = nil }
    }

    /// What devices measure; nil when it is about something else.
    public var reading: ReadingQuantity? {
        @inline(never) get { if case .readings(let quantity) = records { quantity } else { nil } }
    }

    /// Whether its values are quantiles of durations, which can be read in more than one way.
    public var isDuration: Bool { quantity == .timeToRespond || quantity == .timeToResolve }

    /// Whether its values can lie below nothing: a temperature, a score.
    public var canBeNegative: Bool { quantity == .mean || quantity == .nps }

    /// The name in JSON, addresses and the store: `incidents.timeToResolve`; `work.unplannedShare` is about all work.
    public var id: String {
        switch records {
        case .tickets(let kind):
            quantity == .unplannedShare
                ? "work.unplannedShare"
                : "\(kind.plural).\(quantity.rawValue)" + (flowStep.isEmpty ? "" : ":\(flowStep)")
        case .surveys: "surveys.\(quantity.rawValue)"
        case .suggestions: "suggestions.\(quantity.rawValue)"
        case .readings(let reading): "readings.\(reading.name)"
        }
    }

    /// The unit as JSON and the tables write it: `incidents/day`, `share`, `°C`.
    public var symbol: String { reading?.unit ?? unit.symbol(for: kind) }
}

/// A measure is written by its name; that of readings with its unit behind it, so that it stands where no store is asked.
extension Measure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let sides = text.split(separator: " ", maxSplits: 1)
        guard let name = sides.first, let measure = Measure(id: String(name)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "There is no measure “\(text)”.")
        }
        if let quantity = measure.reading, sides.count == 2 {
            self = .readings(ReadingQuantity(name: quantity.name, unit: String(sides[1])))
        } else {
            self = measure
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let unit = reading?.unit ?? ""
        try container.encode(unit.isEmpty ? id : "\(id) \(unit)")
    }
}
