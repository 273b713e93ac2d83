import Records

extension Measure {
    /// Every measure there is but those of readings, which are named by what is read. To add one: a line here, its figure in
    /// `Figures.swift`, its words in `Languages`.
    public static let catalogue: [Measure] =
        common(.incident) + common(.request) + common(.problem) + common(.complaint) + [
            Measure(
                records: .tickets(.incident), quantity: .firstContactResolved, unit: .share, direction: .lowerIsWorse,
                needs: [.resolvedAt, .reassignments]),
            Measure(
                records: .tickets(.request), quantity: .firstContactResolved, unit: .share, direction: .lowerIsWorse,
                needs: [.resolvedAt, .reassignments]),
            Measure(
                records: .tickets(.incident), quantity: .workaroundOnly, unit: .share, direction: .higherIsWorse,
                needs: [.closeCode]),
            Measure(
                records: .tickets(.problem), quantity: .workaroundOnly, unit: .share, direction: .higherIsWorse,
                needs: [.closeCode]),
            Measure(
                records: .tickets(.incident), quantity: .majorShare, unit: .share, direction: .higherIsWorse,
                needs: [.priority]),
            Measure(
                records: .tickets(.change), quantity: .opened, unit: .ticketsPerDay, direction: .neither, needs: []),
            Measure(
                records: .tickets(.change), quantity: .successful, unit: .share, direction: .lowerIsWorse,
                needs: [.changeOutcome]),
            Measure(
                records: .tickets(.change), quantity: .failed, unit: .share, direction: .higherIsWorse,
                needs: [.changeOutcome]),
            Measure(
                records: .tickets(.change), quantity: .emergencyShare, unit: .share, direction: .higherIsWorse,
                needs: [.changeType]),
            Measure(
                records: .tickets(.change), quantity: .unauthorized, unit: .share, direction: .higherIsWorse,
                needs: [.authorization]),
            Measure(
                records: .tickets(.change), quantity: .followedByIncident, unit: .share, direction: .higherIsWorse,
                needs: [.incidentsAndChanges]),
            Measure(
                records: .tickets(.incident), quantity: .unplannedShare, unit: .share, direction: .higherIsWorse,
                needs: [.workType]),
            Measure(
                records: .surveys, quantity: .satisfaction, unit: .share, direction: .lowerIsWorse, needs: [.scores]),
            Measure(
                records: .surveys, quantity: .nps, unit: .points, direction: .lowerIsWorse, needs: [.promoterScores]),
            Measure(
                records: .surveys, quantity: .answers, unit: .answersPerDay, direction: .neither,
                needs: [.scores]),
            Measure(
                records: .suggestions, quantity: .made, unit: .suggestionsPerDay, direction: .lowerIsWorse,
                needs: [.suggestions]),
        ]

    /// The measure with this name.
    public init?(id: String) {
        if id.hasPrefix("readings.") {
            guard let quantity = ReadingQuantity(name: String(id.dropFirst(9))) else { return nil }
            self = .readings(quantity)
            return
        }
        if let flow = Measure(flowID: id) {
            self = flow
            return
        }
        guard let found = Measure.byID[id] else { return nil }
        self = found
    }

    /// The measure of this quantity for a kind of ticket, where it makes sense.
    public init?(_ kind: TicketKind, _ quantity: Quantity) {
        guard let found = Measure.catalogue.first(where: { $0.kind == kind && $0.quantity == quantity }) else {
            return nil
        }
        self = found
    }

    /// The mean a day of what devices measure. Neither way is worse until someone says so.
    public static func readings(_ quantity: ReadingQuantity) -> Measure {
        Measure(
            records: .readings(quantity), quantity: .mean, unit: .reading, direction: .neither, needs: [.readings])
    }

    private static let byID = Dictionary(uniqueKeysWithValues: catalogue.map { ($0.id, $0) })

    private static func common(_ kind: TicketKind) -> [Measure] {
        func line(_ quantity: Quantity, _ unit: Unit, _ direction: Direction, _ needs: [Need] = []) -> Measure {
            Measure(records: .tickets(kind), quantity: quantity, unit: unit, direction: direction, needs: needs)
        }
        return [
            line(.opened, .ticketsPerDay, .higherIsWorse),
            line(.resolved, .ticketsPerDay, .lowerIsWorse, [.resolvedAt]),
            line(.backlog, .tickets, .higherIsWorse, [.resolvedAt]),
            line(.backlogAge, .hours, .higherIsWorse, [.resolvedAt]),
            line(.timeToRespond, .hours, .higherIsWorse, [.firstResponseAt]),
            line(.timeToResolve, .hours, .higherIsWorse, [.resolvedAt]),
            line(.slaMet, .share, .lowerIsWorse, [.slaMet]),
            line(.reopened, .share, .higherIsWorse, [.reopens]),
            line(.reassigned, .share, .higherIsWorse, [.reassignments]),
        ]
    }
}
