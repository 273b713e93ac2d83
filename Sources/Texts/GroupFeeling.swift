import Glibc
import Statistics

/// How a group of comments feels: the mean of their scores with its interval, and how many are of each kind.
public struct GroupFeeling: Sendable {
    /// In [−1, 1], with its 95 % interval; nil for no comments.
    public let mean: Estimate?
    public let counts: [FeelingKind: Int]

    public init(_ feelings: some Sequence<Feeling>) {
        var counts: [FeelingKind: Int] = [:]
        var scores: [Double] = []
        for feeling in feelings {
            counts[feeling.kind, default: 0] += 1
            scores.append(feeling.score)
        }
        self.counts = counts
        mean = meanScore(scores)
    }
}

/// The mean of scores in [−1, 1] with its 95 % interval by Student's t.
///
/// The spread is that of the scores and of two more, one at each end: three comments that happen to agree do not make certain.
/// The interval tells how much the mean would change with other comments of the same kind; errors in reading are not in it.
func meanScore(_ scores: [Double]) -> Estimate? {
    if scores.isEmpty { return nil }
    let count = Double(scores.count)
    let mean = scores.reduce(0, +) / count
    let ends = (1 - mean) * (1 - mean) + (1 + mean) * (1 + mean)
    let variance = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } + ends) / (count + 1)
    let half = StudentT(degrees: count + 1).quantile(tail: 0.025) * (variance / count).squareRoot()
    return Estimate(mean, low: max(-1, mean - half), high: min(1, mean + half))
}
