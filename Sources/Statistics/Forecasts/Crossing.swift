import Glibc

/// When a limit or a target will be reached, and how sure that is.
///
/// Each step's own distribution is the forecast's. How steps hang together is an assumption: their errors, each turned into a
/// standard normal one, follow a first-order autoregression, with the correlation that the errors of neighbouring steps had
/// in the back-tests. A limit is crossed by step k when it is crossed at any step up to k.
public struct Crossing: Sendable, Equatable {
    public enum Direction: String, Sendable {
        /// The limit is reached from below: a value at or above it.
        case rising
        /// From above: a value at or below it.
        case falling
    }

    public var limit: Double
    public var direction: Direction
    /// The chance that the limit has been crossed by each step.
    public var bySteps: [Double]
    /// The first step by which it is as likely crossed as not; nil where that lies beyond the horizon.
    public var medianStep: Int?
    /// The correlation of neighbouring steps' errors that was assumed.
    public var persistence: Double
}

extension Forecast {
    /// The chance, by each step, that the series will have crossed a limit.
    ///
    /// O(horizon × 128²).
    /// - Parameter direction: Nil: from the side on which the last season lay, by its median.
    public func crossing(of limit: Double, direction: Crossing.Direction? = nil) -> Crossing {
        let direction = direction ?? (outlook.last < limit ? .rising : .falling)
        // The standard normal value from which on the limit is crossed.
        let thresholds = outlook.centres.indices.map { k in
            let spared = direction == .rising ? outlook.below(limit, step: k) : 1 - outlook.below(limit.nextUp, step: k)
            if spared <= 1e-12 { return -FirstPassage.reach }
            return spared >= 1 - 1e-12 ? FirstPassage.reach : Normal.quantile(spared)
        }
        let chances = FirstPassage(persistence: outlook.persistence).chances(thresholds)
        return Crossing(
            limit: limit, direction: direction, bySteps: chances,
            medianStep: chances.firstIndex { $0 >= 0.5 }.map { $0 + 1 }, persistence: outlook.persistence)
    }
}

/// The chance that a standard normal autoregression has been at or above a threshold of each step by that step.
///
/// The density of the paths that were not yet is carried from step to step by Gauss and Legendre's quadrature.
struct FirstPassage {
    /// Beyond so many standard deviations there is nothing.
    static let reach = 7.0
    private static let rule = gaussLegendre(128)

    let persistence: Double

    func chances(_ thresholds: [Double]) -> [Double] {
        var out: [Double] = []
        out.reserveCapacity(thresholds.count)
        // The nodes below the threshold before, and density times weight there.
        var nodes: [Double] = []
        var masses: [Double] = []
        let r = persistence
        let s = (1 - r * r).squareRoot()
        let scale = 1 / (2 * Double.pi).squareRoot()
        for (k, threshold) in thresholds.enumerated() {
            let half = (min(threshold, Self.reach) + Self.reach) / 2
            guard half > 0 else {
                out += Array(repeating: 1, count: thresholds.count - k)
                return out
            }
            let next = Self.rule.map { -Self.reach + half * (1 + $0.node) }
            var left = 0.0
            let nextMasses = zip(next, Self.rule).map { u, rule in
                var density = 0.0
                if k == 0 {
                    density = scale * Glibc.exp(-0.5 * u * u)
                } else {
                    for i in nodes.indices {
                        let x = (u - r * nodes[i]) / s
                        density += masses[i] * Glibc.exp(-0.5 * x * x)
                    }
                    density *= scale / s
                }
                let mass = density * rule.weight * half
                left += mass
                return mass
            }
            (nodes, masses) = (next, nextMasses)
            out.append(max(out.last ?? 0, min(1, 1 - left)))
        }
        return out
    }

    /// Newton's method on the Legendre polynomial, from the usual first guess.
    private static func gaussLegendre(_ n: Int) -> [(node: Double, weight: Double)] {
        (1...n).map { i in
            var x = -Glibc.cos(Double.pi * (Double(i) - 0.25) / (Double(n) + 0.5))
            var slope = 1.0
            for _ in 0..<20 {
                var (a, b) = (1.0, x)
                for j in 2...n { (a, b) = (b, (Double(2 * j - 1) * x * b - Double(j - 1) * a) / Double(j)) }
                slope = Double(n) * (x * b - a) / (x * x - 1)
                x -= b / slope
            }
            return (x, 2 / ((1 - x * x) * slope * slope))
        }
    }
}
