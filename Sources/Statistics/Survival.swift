import Glibc

/// How long things take when some have not ended yet: the share still going on after each time.
///
/// Kaplan & Meier (1958), JASA 53:457–481, with weights; the variance is Greenwood's (1926).
public struct KaplanMeier: Sendable {
    /// The times at which something ended, ascending.
    public private(set) var times: [Double] = []
    /// The share still going on just after each of them.
    public private(set) var surviving: [Double] = []
    /// The standard error of that share.
    public private(set) var errors: [Double] = []
    /// The longest time seen, ended or not.
    public let longest: Double

    /// Each observation is a time, whether it ended then (otherwise it was still going on), and a weight from 0 to 1. At
    /// equal times, those that ended come before those that did not. O(n log n).
    public init(times t: [Double], ended: [Bool], weights: [Double]? = nil) {
        precondition(t.count == ended.count && (weights?.count ?? t.count) == t.count, "One entry each")
        let order = t.indices.sorted { (t[$0], ended[$0] ? 0 : 1) < (t[$1], ended[$1] ? 0 : 1) }
        var atRisk = weights.map { Statistics.sum($0) } ?? Double(t.count)
        var s = 1.0
        var greenwood = 0.0
        var i = 0
        while i < order.count {
            let time = t[order[i]]
            var gone = 0.0
            var died = 0.0
            while i < order.count, t[order[i]] == time {
                let w = weights?[order[i]] ?? 1
                gone += w
                if ended[order[i]] { died += w }
                i += 1
            }
            if died > 0 {
                let left = max(0, atRisk - died)
                s *= left / atRisk
                if left > 0 { greenwood += died / (atRisk * left) }
                times.append(time)
                surviving.append(s)
                errors.append(s * greenwood.squareRoot())
            }
            atRisk -= gone
        }
        longest = order.last.map { t[$0] } ?? 0
    }

    /// The first time by which a share p has ended.
    /// - Returns: Nil when so many had not ended by the end.
    public func quantile(_ p: Double) -> Double? {
        surviving.firstIndex { $0 <= 1 - p + 1e-12 }.map { times[$0] }
    }

    /// The quantile with the times at which it cannot be told from p: Brookmeyer & Crowley (1982), Biometrics 38:29–41.
    /// - Parameter width: How many standard errors are allowed, for example 1.96.
    /// - Returns: Nil when so many had not ended by the end. The upper end is at most the longest time seen.
    public func interval(_ p: Double, width: Double) -> Estimate? {
        guard let middle = quantile(p) else { return nil }
        let low = times.indices.first { surviving[$0] - width * errors[$0] <= 1 - p }
        let high = times.indices.first { surviving[$0] + width * errors[$0] < 1 - p }
        return Estimate(
            middle, low: min(middle, low.map { times[$0] } ?? middle),
            high: max(middle, high.map { times[$0] } ?? longest))
    }
}
