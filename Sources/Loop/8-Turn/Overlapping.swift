import Evaluations
import Improvements
import Store

extension [KeptImprovement] {
    /// Whether a round of one of these began near another's on the same measure: see `Round.overlaps`.
    public func holdsOverlap(with round: Round) -> Bool {
        let others = filter { one in
            !one.improvement.rounds.contains { $0.plan?.seal == round.plan?.seal && $0.live == round.live }
        }
        return round.overlaps(others.flatMap(\.improvement.rounds))
    }
}
