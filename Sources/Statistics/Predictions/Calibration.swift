import Glibc

/// Turns scores into probabilities that hold: a line through the logarithms of the odds, fitted on rows that did not teach the
/// model (Platt, "Probabilistic outputs for support vector machines", 1999).
public struct ScoreCalibration: Sendable, Equatable {
    public var slope = 1.0
    public var offset = 0.0

    public init() {}

    /// Fits by Newton's method, drawn a little to the line that changes nothing. O(rows).
    /// - Parameters:
    ///   - scores: Logarithms of odds.
    ///   - outcomes: 0 or 1.
    public init(scores: [Double], outcomes: [Double]) {
        precondition(scores.count == outcomes.count, "An outcome for each score")
        let drawn = 2.0
        for _ in 0..<50 {
            var (ga, gb) = (drawn * (slope - 1), drawn * offset)
            var (haa, hab, hbb) = (drawn, 0.0, drawn)
            for (score, outcome) in zip(scores, outcomes) {
                let p = 1 / (1 + exp(-(slope * score + offset)))
                let w = p * (1 - p)
                ga += (p - outcome) * score
                gb += p - outcome
                haa += w * score * score
                hab += w * score
                hbb += w
            }
            let determinant = haa * hbb - hab * hab
            guard determinant > 1e-12 else { break }
            let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
            slope -= da
            offset -= db
            if abs(da) + abs(db) < 1e-9 { break }
        }
        // A model that points the wrong way says nothing.
        slope = max(0, slope)
    }

    public func probability(_ score: Double) -> Double { 1 / (1 + exp(-(slope * score + offset))) }
}
