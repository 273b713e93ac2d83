import Glibc

/// When the spread around the fitted stretches changed: the same search on the logarithm of the distances from the fit.
func spreadChanges(
    _ form: ScaledSeries, _ search: ChangeSearch, _ found: ChangeDescription, _ medians: MedianFinder
) -> [SpreadChange] {
    let shortest = 20
    let n = form.x.count
    guard n >= 2 * shortest else { return [] }
    var medians = medians
    var g = innovations(search.sums, found)
    // Below this the series, whose variance is about 1, has no noise but rounding.
    guard let typical = medians.medianDistance(g, from: 0), typical > 1e-6 else { return [] }
    // Distances near zero say little: their logarithms are held.
    for t in g.indices { g[t] = Glibc.log(max(g[t].magnitude / (1.4826 * typical), 0.05)) }
    guard ChangePreparation.standard(g) != nil else { return [] }
    var levels = ChangeSearch(
        g, shortest: shortest, sloping: false, penalty: 2.5 * Glibc.log(Double(n)), medians: medians)
    let description = levels.best()
    let edges = [0] + description.cuts + [n]
    return description.cuts.indices.map { k in
        let around = levels.placed(edges[k], edges[k + 1], edges[k + 2], description)
        let before = levels.sums.fit(edges[k], edges[k + 1], description.noise).level
        let after = levels.sums.fit(edges[k + 1], edges[k + 2], description.noise).level
        return SpreadChange(
            index: edges[k + 1], low: around.low, high: around.high, ratio: Glibc.exp(after - before),
            strength: around.strength)
    }
}

/// What is new in each step: the distances from the fitted stretches, less what the autocorrelation carries over. Without
/// that, a swing of autocorrelated noise would pass for a change of its spread.
private func innovations(_ sums: SegmentSums, _ found: ChangeDescription) -> [Double] {
    var out = sums.x
    let rho = found.noise.rho
    let edges = [0] + found.cuts + [sums.count]
    for k in 1..<edges.count {
        let (start, end) = (edges[k - 1], edges[k])
        let fit = sums.fit(start, end, found.noise)
        let slope = end - start >= ChangeSearch.shortestLine ? fit.slope : 0
        var before = 0.0
        for t in start..<end {
            let distance = sums.x[t] - fit.level - slope * (Double(t - start) - fit.half)
            out[t] = t == start ? distance * (1 - rho * rho).squareRoot() : distance - rho * before
            before = distance
        }
    }
    return out
}
