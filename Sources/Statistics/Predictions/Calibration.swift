import Glibc

/// Turns scores into probabilities that hold: a line through the logarithms of the odds, fitted on rows that did not teach the
/// model (Platt, "Probabilistic outputs for support vector machines", 1999).
public struct ScoreCalibration: Sendable, Equatable {
    public var slope = 1.0
    public var offset = 0.0

    public init() {}

    /// Fits by Newton's method, with shorter steps where a whole one would overshoot; drawn a little to the line that changes
    /// nothing. O(rows).
    /// - Parameters:
    ///   - scores: Logarithms of odds.
    ///   - outcomes: 0 or 1.
    ///   - weights: How much each row counts; all the same when nil.
    public init(scores: [Double], outcomes: [Double], weights: [Double]? = nil) {
        precondition(scores.count == outcomes.count, "An outcome for each score")
        let weights = weights ?? [Double](repeating: 1, count: scores.count)
        precondition(scores.count == weights.count, "A weight for each score")
        var now = loss(scores, outcomes, weights)
        for _ in 0..<50 {
            var (ga, gb) = (Self.drawn * (slope - 1), Self.drawn * offset)
            var (haa, hab, hbb) = (Self.drawn, 0.0, Self.drawn)
            for k in scores.indices {
                let p = probability(scores[k])
                let w = p * (1 - p) * weights[k]
                ga += (p - outcomes[k]) * scores[k] * weights[k]
                gb += (p - outcomes[k]) * weights[k]
                haa += w * scores[k] * scores[k]
                hab += w * scores[k]
                hbb += w
            }
            let determinant = haa * hbb - hab * hab
            guard determinant > 1e-12 else { break }
            let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
            let before = self
            var step = 1.0
            var then = Double.infinity
            while step > 1e-6 {
                slope = before.slope - step * da
                offset = before.offset - step * db
                then = loss(scores, outcomes, weights)
                if then <= now { break }
                step /= 2
            }
            guard then <= now else {
                self = before
                break
            }
            now = then
            if abs(da) + abs(db) < 1e-9 { break }
        }
        // A model that points the wrong way says nothing.
        if slope < 0 {
            slope = 0
            let share = (sum(zip(weights, outcomes).map { $0 * $1 }) + 0.5) / (sum(weights) + 1)
            offset = log(share / (1 - share))
        }
    }

    private static let drawn = 2.0

    private func loss(_ scores: [Double], _ outcomes: [Double], _ weights: [Double]) -> Double {
        var total = Self.drawn / 2 * ((slope - 1) * (slope - 1) + offset * offset)
        for k in scores.indices {
            let z = slope * scores[k] + offset
            total += weights[k] * (max(z, 0) + log1p(exp(-z.magnitude)) - outcomes[k] * z)
        }
        return total
    }

    public func probability(_ score: Double) -> Double { 1 / (1 + exp(-(slope * score + offset))) }

    /// Moves the level, so that the mean probability of these cases comes part of the way to a share: where the share drifts,
    /// what happened lately says more about the level than all of history, and nothing new about the order.
    ///
    /// The way is measured in logarithms of odds. O(rows).
    /// - Parameters:
    ///   - scores: Logarithms of odds of all cases predicted together.
    ///   - share: What happened lately, from 0 to 1.
    ///   - part: 0 leaves the level where it is, 1 makes the mean the share.
    public func leveled(_ scores: [Double], to share: Double, part: Double) -> ScoreCalibration {
        guard !scores.isEmpty, part > 0 else { return self }
        var out = self
        var aim = Double.nan
        for _ in 0..<20 {
            var (total, curvature) = (0.0, 0.0)
            for score in scores {
                let p = out.probability(score)
                total += p
                curvature += p * (1 - p)
            }
            let mean = total / Double(scores.count)
            if aim.isNaN {
                let (from, to) = (min(max(mean, 1e-6), 1 - 1e-6), min(max(share, 1e-6), 1 - 1e-6))
                let odds = (1 - part) * log(from / (1 - from)) + part * log(to / (1 - to))
                aim = 1 / (1 + exp(-odds))
            }
            let step = (aim - mean) / max(curvature / Double(scores.count), 1e-6)
            if (aim - mean).magnitude < 1e-4 { break }
            out.offset += min(max(step, -1), 1)
        }
        return out
    }
}
