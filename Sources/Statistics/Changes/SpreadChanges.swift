import Glibc

/// When the spread around the fitted stretches changed: the same search on the logarithm of the distances from the fit.
func spreadChanges(
    _ form: PreparedSeries, _ search: ChangeSearch, _ found: ChangeDescription, _ medians: MedianFinder
) -> [SpreadChange] {
    let shortest = 20
    let n = form.x.count
    guard n >= 2 * shortest else { return [] }
    var medians = medians
    var g = spreads(form.x, search.sums, found.cuts)
    guard let typical = medians.medianDistance(g, from: 0), typical > 0 else { return [] }
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

/// The distances from a least-squares line through each stretch, or from its mean where it is short.
private func spreads(_ x: [Double], _ sums: SegmentSums, _ cuts: [Int]) -> [Double] {
    var out = x
    let edges = [0] + cuts + [x.count]
    for k in 1..<edges.count {
        let fit = sums.fit(edges[k - 1], edges[k], Autocorrelated(0))
        let slope = edges[k] - edges[k - 1] >= ChangeSearch.shortestLine ? fit.slope : 0
        for t in edges[k - 1]..<edges[k] { out[t] -= fit.level + slope * (Double(t - edges[k - 1]) - fit.half) }
    }
    return out
}
