import Records

/// Which way is worse.
public enum Direction: String, Sendable, Codable { case higherIsWorse, lowerIsWorse, neither }

/// What a value of a measure counts.
public enum Unit: String, Sendable, Codable {
    case ticketsPerDay, tickets, hours, share

    /// The unit as JSON and the tables write it for a kind of ticket: `incidents/day`, `incidents`, `h`, `share`.
    public func symbol(for kind: TicketKind) -> String {
        switch self {
        case .ticketsPerDay: "\(kind.plural)/day"
        case .tickets: kind.plural
        case .hours: "h"
        case .share: "share"
        }
    }
}

/// What a measure is made of: which of the values kept for each day, and how they become one figure.
public enum Quantity: String, CaseIterable, Sendable, Codable {
    case opened, resolved, backlog, backlogAge, timeToRespond, timeToResolve, slaMet, reopened, reassigned
    case firstContactResolved, workaroundOnly, majorShare, successful, failed, emergencyShare, unauthorized
    case followedByIncident, unplannedShare
}

/// What a measure needs before it can be computed: what a file must say.
public enum Need: String, Sendable, Codable {
    case resolvedAt, firstResponseAt, slaMet, reopens, reassignments, closeCode, priority, changeOutcome, changeType
    case authorization, incidentsAndChanges, workType
}

/// One line of the catalogue: a figure that is followed over time.
public struct Measure: Sendable, Hashable, Identifiable {
    public let kind: TicketKind
    public let quantity: Quantity
    public let unit: Unit
    public let direction: Direction
    public let needs: [Need]

    /// Whether its values are quantiles of durations, which can be read in more than one way.
    public var isDuration: Bool { quantity == .timeToRespond || quantity == .timeToResolve }

    /// The name in JSON, addresses and the store: `incidents.timeToResolve`; `work.unplannedShare` is about all work.
    public var id: String {
        quantity == .unplannedShare ? "work.unplannedShare" : "\(kind.plural).\(quantity.rawValue)"
    }
}

/// A measure is written by its name.
extension Measure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let id = try container.decode(String.self)
        guard let measure = Measure(id: id) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "There is no measure “\(id)”.")
        }
        self = measure
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }
}
