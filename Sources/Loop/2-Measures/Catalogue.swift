import Records

extension Measure {
    /// Every measure there is. To add one: a line here, its figure in `Figures.swift`, its words in `Languages`.
    public static let catalogue: [Measure] =
        common(.incident) + common(.request) + common(.problem) + common(.complaint) + [
            Measure(
                kind: .incident, quantity: .firstContactResolved, unit: .share, direction: .lowerIsWorse,
                needs: [.resolvedAt, .reassignments]),
            Measure(
                kind: .request, quantity: .firstContactResolved, unit: .share, direction: .lowerIsWorse,
                needs: [.resolvedAt, .reassignments]),
            Measure(
                kind: .incident, quantity: .workaroundOnly, unit: .share, direction: .higherIsWorse,
                needs: [.closeCode]),
            Measure(
                kind: .problem, quantity: .workaroundOnly, unit: .share, direction: .higherIsWorse,
                needs: [.closeCode]),
            Measure(
                kind: .incident, quantity: .majorShare, unit: .share, direction: .higherIsWorse, needs: [.priority]),
            Measure(
                kind: .change, quantity: .opened, unit: .ticketsPerDay, direction: .neither, needs: []),
            Measure(
                kind: .change, quantity: .successful, unit: .share, direction: .lowerIsWorse,
                needs: [.changeOutcome]),
            Measure(
                kind: .change, quantity: .failed, unit: .share, direction: .higherIsWorse, needs: [.changeOutcome]),
            Measure(
                kind: .change, quantity: .emergencyShare, unit: .share, direction: .higherIsWorse,
                needs: [.changeType]),
            Measure(
                kind: .change, quantity: .unauthorized, unit: .share, direction: .higherIsWorse,
                needs: [.authorization]),
            Measure(
                kind: .change, quantity: .followedByIncident, unit: .share, direction: .higherIsWorse,
                needs: [.incidentsAndChanges]),
            Measure(
                kind: .incident, quantity: .unplannedShare, unit: .share, direction: .higherIsWorse,
                needs: [.workType]),
        ]

    /// The measure with this name.
    public init?(id: String) {
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

    private static let byID = Dictionary(uniqueKeysWithValues: catalogue.map { ($0.id, $0) })

    private static func common(_ kind: TicketKind) -> [Measure] {
        func line(_ quantity: Quantity, _ unit: Unit, _ direction: Direction, _ needs: [Need] = []) -> Measure {
            Measure(kind: kind, quantity: quantity, unit: unit, direction: direction, needs: needs)
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
