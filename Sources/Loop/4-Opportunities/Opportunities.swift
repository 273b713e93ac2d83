import Records
import Signals
import Statistics

public func opportunities(from detections: [Detection], tickets: TicketTable) -> [Opportunity] {
    var out: [Opportunity] = []
    for s in detections.flatMap(\.signals) {
        guard let hours = s.hoursPerMonth else { continue }
        out.append(
            Opportunity(
                id: s.id, rank: 0, signals: [s], hoursPerMonth: hours, firstStep: .askWhatChanged, effort: .small,
                isGoodNews: s.direction != .worse))
    }
    return out.sorted { $0.hoursPerMonth.estimate > $1.hoursPerMonth.estimate }
}
