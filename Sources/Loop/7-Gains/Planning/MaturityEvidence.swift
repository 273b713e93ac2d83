import Improvements
import Records
import Statistics

/// What the data say about one part of a maturity assessment, beside what people think.
public struct MaturityEvidence: Sendable, Hashable {
    public var part: MaturityAssessment.Part
    /// Things that speak for it, of those looked at: cards with an owner of all cards, and so on.
    public var count: Int
    public var of: Int
    /// Nil where there was nothing to look at.
    public var share: Double? { of > 0 ? Double(count) / Double(of) : nil }

    /// The level that the share would support: a fifth each. Nil where there was nothing to look at.
    public var supports: Int? { share.map { min(5, 1 + Int($0 * 5)) } }
}

/// Fills in a maturity assessment's evidence from what is on record.
/// - Parameters:
///   - cards: All process cards.
///   - measuresWithData: Of the cards' measures, those that have data.
///   - plannedShare: Planned work of all work, in the last four weeks, where the data say.
public func maturityEvidence(
    cards: [ProcessCard], measuresWithData: Set<String>, policies: [CheckedPolicy], plannedShare: Double?,
    improvements: [Improvement], slipped: Int
) -> [MaturityEvidence] {
    let named = Set(cards.flatMap(\.measures))
    let judged = policies.filter { $0.compliance.now != nil }
    let rounds = improvements.flatMap(\.rounds).compactMap(\.judgement)
    let proven = rounds.count { $0.verdict == .worked }
    return MaturityAssessment.Part.allCases.map { part in
        switch part {
        case .defined:
            let owned = cards.count { !$0.owner.allSatisfy(\.isWhitespace) && !$0.activities.isEmpty }
            return MaturityEvidence(part: part, count: owned, of: cards.count)
        case .measured:
            return MaturityEvidence(part: part, count: named.intersection(measuresWithData).count, of: named.count)
        case .governed:
            let kept = judged.count { ($0.compliance.now?.estimate ?? 0) >= $0.target }
            return MaturityEvidence(part: part, count: kept, of: judged.count)
        case .proactive:
            return MaturityEvidence(
                part: part, count: Int(((plannedShare ?? 0) * 100).rounded()), of: plannedShare == nil ? 0 : 100)
        case .improved: return MaturityEvidence(part: part, count: proven, of: rounds.count)
        case .held: return MaturityEvidence(part: part, count: max(0, proven - slipped), of: proven)
        }
    }
}
