import Glibc
import Statistics

/// The last question before a finding is told: could whole weeks in another order have done it, or a single wild day?
///
/// A formula for a tail holds only as far as its assumptions do. Whole weeks put in random order keep their bursts, their
/// noise and their rhythm, but no shift or trend; a finding must beat all but one in a thousand such orders.
struct Gate {
    let permutations: Int
    let seed: UInt64

    /// The chance that a finding may have under the permutations.
    static let level = 0.002
    /// With fewer weeks, two sides in the right order are not rare enough for a shift or trend to pass.
    static let weeksMin = 12

    /// Whether a statistic of the series beats that of its weeks in random order.
    /// - Parameter statistic: Of the days in a given order: `order[t]` is the day that comes at place t.
    func passes(days n: Int, salt: UInt64, _ statistic: ([Int]) -> Double) -> Bool {
        let weeks = n / 7
        guard weeks > 1 else { return false }
        var order = Array(0..<n)
        let observed = statistic(order)
        guard observed > 0 else { return false }
        let allowed = Int((Self.level * Double(permutations + 1)).rounded(.down)) - 1
        var beaten = 0
        var generator = SplitMix64(seed: mixed(seed ^ mixed(salt)))
        var places = Array(0..<weeks)
        let first = n - 7 * weeks
        for _ in 0..<permutations {
            generator.shuffle(&places)
            for w in 0..<weeks { for d in 0..<7 { order[first + 7 * w + d] = first + 7 * places[w] + d } }
            if statistic(order) >= observed * (1 - 1e-12) {
                beaten += 1
                if beaten > allowed { return false }
            }
        }
        return true
    }

    /// Whether one day stands out from the series' own largest days, whatever their distribution: the residuals above the
    /// eleventh largest are taken as exponential (Boos 1984, Technometrics 26:33–39; Weissman 1978, JASA 73:812–815).
    static func passesAlone(_ residuals: [Double], at day: Int) -> Bool {
        var others = residuals
        let mine = others.remove(at: day)
        others.sort(by: >)
        let k = 10
        guard others.count > k else { return false }
        var mean = 0.0
        for r in others[0..<k] { mean += (r - others[k]) / Double(k) }
        let scale = max(0.3, mean)
        let tail = Glibc.exp(-(mine - others[k]) / scale)
        // 1 − (1 − tail)^(k + 1), without losing small tails.
        return -Glibc.expm1(Double(k + 1) * Glibc.log1p(-min(tail, 1 - 1e-15))) <= level
    }
}
