import Glibc

/// The natural logarithm, under one name in the files that know no C library.
func logarithm(_ x: Double) -> Double { Glibc.log(x) }

/// The shortest description of a series by stretches, each flat or sloping, with AR(1) noise.
///
/// The criterion is a description length in the manner of Davis, Lee and Rodriguez-Yam (Journal of the American Statistical
/// Association 2006) with the pruned dynamic programme of Killick, Fearnhead and Eckley (same journal, 2012) over the
/// candidates of `ChangeScreen`.
struct ChangeSearch {
    static let grid = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.9, 0.95]
    /// The price of a change, times ln n.
    static let penaltyFactor = 2.6
    /// Shorter series pay as much as this one.
    static let lengthFloor = 300
    /// Added to the variance of the noise, as a share of the variance of the series (2 % of its standard deviation): real
    /// stretches are never quite straight, and their bends are not changes.
    static let least = 5e-4
    static let shortestLine = 10
    /// The price of a sloping stretch, times the logarithm of its length; a flat one pays it once.
    static let linePrice = 3.25
    /// Longer series look at every other autocorrelation first.
    static let coarseFrom = 2000

    let sums: SegmentSums
    let shortest: Int
    let sloping: Bool
    let penalty: Double
    let positions: [Int]
    private let logs: [Double]
    private var dynamic: DynamicProgramme
    private var medians: MedianFinder
    private let variance: Double

    /// The price of a change in a series of n steps.
    static func penalty(_ n: Int) -> Double { penaltyFactor * Glibc.log(Double(max(n, lengthFloor))) }

    init(_ x: [Double], shortest: Int, sloping: Bool, penalty: Double, medians: MedianFinder) {
        self.medians = medians
        sums = SegmentSums(x)
        self.shortest = shortest
        self.sloping = sloping
        self.penalty = penalty
        let screen = ChangeScreen(
            sums, shortest: shortest, sloping: sloping, penalty: penalty, medians: &self.medians)
        positions = screen.candidates()
        logs = (0...max(1, x.count)).map { Glibc.log(Double(max(1, $0))) }
        let mean = sums.one[x.count] / Double(x.count)
        variance = max(1e-300, sums.square[x.count] / Double(x.count) - mean * mean)
        dynamic = DynamicProgramme(
            sums: sums, positions: positions, shortest: shortest, sloping: sloping, penalty: penalty, logs: logs)
    }

    /// The best description over the whole grid of autocorrelations.
    mutating func best() -> ChangeDescription {
        let n = sums.count
        var tried = [ChangeDescription?](repeating: nil, count: Self.grid.count)
        let coarse = n > Self.coarseFrom
        for k in Self.grid.indices where !coarse || k % 2 == 0 { tried[k] = describe(Autocorrelated(Self.grid[k])) }
        if coarse {
            let top = Self.shortestOf(tried)
            for k in [top - 1, top + 1] where tried.indices.contains(k) {
                tried[k] = describe(Autocorrelated(Self.grid[k]))
            }
        }
        guard var best = tried[Self.shortestOf(tried)] else { preconditionFailure("The grid is not empty") }
        if positions.count < n - 2 * shortest + 3 { refine(&best) }
        return best
    }

    private static func shortestOf(_ tried: [ChangeDescription?]) -> Int {
        var best = 0
        for k in tried.indices {
            if let one = tried[k], one.length < tried[best]?.length ?? .infinity { best = k }
        }
        return best
    }

    private mutating func describe(_ noise: Autocorrelated) -> ChangeDescription {
        var v = startVariance(noise.rho)
        var best: ChangeDescription?
        for _ in 0..<3 {
            let cuts = dynamic.cuts(noise, variance: v)
            let one = description(cuts, noise, deciding: v)
            if one.length < best?.length ?? .infinity { best = one }
            let moved = (one.variance - v).magnitude > 0.05 * v
            v = one.variance
            if !moved { break }
        }
        guard let best else { preconditionFailure("A description is found in the first round") }
        return best
    }

    /// Half the robust variance of the differences of the whitened series; from every k-th step of a long one.
    private mutating func startVariance(_ rho: Double) -> Double {
        let n = sums.count
        medians.scratch.removeAll(keepingCapacity: true)
        for t in Swift.stride(from: 2, to: n, by: max(1, n / 8192) | 1) {
            medians.scratch.append(sums.x[t] - (1 + rho) * sums.x[t - 1] + rho * sums.x[t - 2])
        }
        let kept = medians.scratch
        let centre = medians.medianOfScratch() ?? 0
        let spread = 1.4826 * (medians.medianDistance(kept, from: centre) ?? 0)
        return spread * spread / 2 + Self.least * variance
    }

    /// The whole description with the changes at the cuts.
    /// - Parameter v: The variance of the innovations with which flat and sloping are decided.
    private func description(_ cuts: [Int], _ noise: Autocorrelated, deciding v: Double) -> ChangeDescription {
        let n = Double(sums.count)
        let edges = [0] + cuts + [sums.count]
        var residual = 0.0
        var price = 0.0
        var coefficients = 0.0
        for k in 1..<edges.count {
            let part = fit(edges[k - 1], edges[k], noise, v)
            residual += part.residual
            price += part.price
            coefficients += part.isSloping ? 2 : 1
        }
        let least = Self.least * variance
        let spread = residual / n + least
        let length =
            n * Glibc.log(spread) + Double(cuts.count + 1) * noise.start
            + Double(cuts.count) * penalty + price + (noise.rho > 0 ? Glibc.log(n) : 0)
        return ChangeDescription(
            cuts: cuts, noise: noise, variance: least + residual / max(1, n - coefficients - 1), length: length)
    }

    /// A stretch's fit, flat or sloping, whichever is the shorter description.
    func fit(
        _ i: Int, _ j: Int, _ noise: Autocorrelated, _ v: Double
    ) -> (residual: Double, price: Double, isSloping: Bool, fit: SegmentFit) {
        let fit = sums.fit(i, j, noise)
        let price = logs[j - i]
        if sloping, j - i >= Self.shortestLine, fit.line / v + Self.linePrice * price < fit.flat / v + price {
            return (fit.line, Self.linePrice * price, true, fit)
        }
        return (fit.flat, price, false, fit)
    }

    /// The cost of a stretch: C(i, j) of the dynamic programme.
    @inline(__always)
    func cost(_ i: Int, _ j: Int, _ noise: Autocorrelated, _ v: Double) -> Double {
        let fit = sums.fit(i, j, noise)
        let price = logs[j - i]
        let flat = fit.flat / v + price
        return sloping && j - i >= Self.shortestLine ? min(flat, fit.line / v + Self.linePrice * price) : flat
    }

    /// Moves each change in turn to the best step between its neighbours, until none moves.
    private func refine(_ best: inout ChangeDescription) {
        guard !best.cuts.isEmpty else { return }
        var cuts = best.cuts
        var stale = [Bool](repeating: true, count: cuts.count)
        for _ in 0..<3 {
            var moved = [Bool](repeating: false, count: cuts.count)
            for k in cuts.indices where stale[k] {
                let left = k > 0 ? cuts[k - 1] : 0
                let right = k + 1 < cuts.count ? cuts[k + 1] : sums.count
                let place = bestPlace(left, right, best.noise, best.variance)
                moved[k] = place != cuts[k]
                cuts[k] = place
            }
            guard moved.contains(true) else { break }
            for k in cuts.indices {
                stale[k] = (k > 0 && moved[k - 1]) || (k + 1 < cuts.count && moved[k + 1])
            }
        }
        best = description(cuts, best.noise, deciding: best.variance)
    }

    private func bestPlace(_ left: Int, _ right: Int, _ noise: Autocorrelated, _ v: Double) -> Int {
        var best = (place: left + shortest, cost: Double.infinity)
        for t in (left + shortest)...(right - shortest) {
            let c = cost(left, t, noise, v) + cost(t, right, noise, v)
            if c < best.cost { best = (t, c) }
        }
        return best.place
    }
}

/// The changes of one description, the noise it assumes, and its length.
struct ChangeDescription {
    var cuts: [Int]
    var noise: Autocorrelated
    /// Of the innovations.
    var variance: Double
    /// In units of twice a negative log likelihood.
    var length: Double
}
