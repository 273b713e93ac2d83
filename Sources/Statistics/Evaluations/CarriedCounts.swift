import Glibc

extension PreparedIntervention {
    /// What each step after the start would have been, for counts and shares: the working regression of the steps before the
    /// start alone, carried on and turned back to the scale of the mean.
    ///
    /// The band is that of a single value, by the same straight line that the working response is (the delta method), and
    /// ends where counts and shares do.
    /// - Parameter isPlainOnly: Leaves out that the series may drift or trend by itself.
    /// - Returns: Empty where the steps before are too few.
    func weightedCounterfactual(isPlainOnly: Bool) -> [CounterfactualPoint] {
        let working: WorkingResponse
        let others = Array(columns.dropFirst())
        switch intervention.scale {
        case .level, .ratio: return []
        case .count:
            working =
                total.map { WorkingResponse(counts: observed, to: $0, columns: others, before: start) }
                ?? WorkingResponse(counts: observed, columns: others, fitted: 0..<start)
        case .share(let trials):
            working = WorkingResponse(shares: observed, trials: trials, columns: others, fitted: 0..<start)
        }
        let whole = EffectDesign(
            columns: columns, outcome: working.response, start: start, weights: working.rootWeights)
        guard let carried = CarriedOn(whole, start: start) else { return [] }
        let fits = GridFits(carried.design, target: carried.target)
        guard fits.degrees > 2 else { return [] }
        let line = carried.line(fits, isPlainOnly: isPlainOnly)
        let reach = StudentT(degrees: fits.degrees).quantile(tail: 0.025)
        let points = line.enumerated().compactMap { i, point -> CounterfactualPoint? in
            let root = working.rootWeights[start + i]
            var expected = onMeanScale(point.mean / root, reach * point.deviation / root)
            if let total {
                guard total[start + i].isFinite else { return nil }
                expected = expected.scaled(by: total[start + i])
            }
            return CounterfactualPoint(row: start + i, expected: expected, observed: observed[start + i])
        }
        return points.allSatisfy { $0.expected.low.isFinite && $0.expected.high.isFinite } ? points : []
    }

    /// A point of the link and what lies to both sides of it, as a count or a share.
    private func onMeanScale(_ link: Double, _ reach: Double) -> Estimate {
        if case .share = intervention.scale {
            let p = 1 / (1 + Glibc.exp(-link))
            let off = p * (1 - p) * reach
            return Estimate(p, low: max(0, p - off), high: min(1, p + off))
        }
        let mean = Glibc.exp(link)
        return Estimate(mean, low: max(0, mean - mean * reach), high: mean + mean * reach)
    }
}
