import Glibc

/// The effect at every point of a grid, and how far the season echoes in what the best point leaves.
struct EffectFits {
    var fits: [GridFit]
    /// Degrees of freedom, the same at each point.
    var degrees: Double
    var echo: (r: Double, bound: Double)?

    init(_ fits: [GridFit], _ degrees: Double, echo: (r: Double, bound: Double)? = nil) {
        (self.fits, self.degrees, self.echo) = (fits, degrees, echo)
    }
}

/// An intervention turned into columns, ready to be solved.
struct PreparedIntervention {
    let intervention: Intervention
    let rows: Int
    let start: Int
    /// What was observed and can be used, in the units of the series; NaN is missing.
    let observed: [Double]
    let design: EffectDesign
    /// Of counts, the sum of the controls to which they are a ratio.
    let total: [Double]?
    /// Of counts and shares; empty for others.
    let rootWeights: [Double]
    /// The flat columns, the effect first.
    let columns: [[Double]]
    /// What one unit of the design's outcome is on the link (or in the series).
    let unit: Double
    let centre: Double
    let meanShape: Double
    let isOnLink: Bool
    let isSolvable: Bool
    var warnings: [EvaluationWarning] = []

    /// - Parameters:
    ///   - controls: Those to use, standardised.
    ///   - total: Of counts, the sum of the controls, to which the outcome is a ratio; then they are no columns.
    ///   - spell: Steps before the start that get a level of their own; 0 for none.
    /// - Returns: Nil when there is nothing observed before or after the start.
    init?(_ intervention: Intervention, controls: [[Double]], total: [Double]? = nil, spell: Int) {
        self.intervention = intervention
        self.total = total
        rows = intervention.values.count
        start = intervention.start
        guard start >= 1, start < rows else { return nil }
        var warnings: [EvaluationWarning] = []
        let observed = Self.usable(intervention, controls, &warnings)
        self.observed = observed
        let seen = observed.indices.filter { observed[$0].isFinite }
        guard seen.contains(where: { $0 < intervention.start }), seen.contains(where: { $0 >= intervention.start })
        else { return nil }
        let (nuisance, even) = Self.flat(intervention, total == nil ? controls : [], spell, &warnings)
        let effect = Self.inProportion(even, intervention, observed, nuisance)
        // The effect comes last here: what the others explain of it cannot be told as an effect.
        let isKept = independent(nuisance + [effect], rows: seen)
        let kept = nuisance.indices.filter { isKept[$0] }.map { nuisance[$0] }
        let columns = [effect] + kept
        self.columns = columns
        let shapes = seen.filter { $0 >= intervention.start }.map { effect[$0] }
        meanShape = shapes.reduce(0, +) / Double(shapes.count)
        let scaled = Self.outcome(intervention.scale, observed, columns, total, start: start)
        (unit, centre, isOnLink) = (scaled.unit, scaled.centre, scaled.isOnLink)
        rootWeights = scaled.weights
        design = EffectDesign(columns: columns, outcome: scaled.outcome, start: start, weights: scaled.weights)
        isSolvable = isKept[nuisance.count] && meanShape > 0 && rows >= 5 && seen.count >= columns.count + 3
        self.warnings = warnings
    }

    /// The values the scale can hold, without steps that are left out, washed out or without a control.
    private static func usable(
        _ intervention: Intervention, _ controls: [[Double]], _ warnings: inout [EvaluationWarning]
    ) -> [Double] {
        var values = intervention.values
        var impossible = 0
        for t in values.indices {
            let isPossible: Bool
            switch intervention.scale {
            case .level: isPossible = values[t].isFinite
            case .ratio: isPossible = values[t].isFinite && values[t] > 0
            case .count: isPossible = values[t].isFinite && values[t] >= 0
            case .share(let trials):
                isPossible = values[t] >= 0 && values[t] <= 1 && t < trials.count && trials[t] > 0
            }
            if !isPossible {
                if !values[t].isNaN { impossible += 1 }
                values[t] = .nan
            }
            if controls.contains(where: { t >= $0.count || !$0[t].isFinite }) { values[t] = .nan }
        }
        for t in intervention.leftOut where values.indices.contains(t) { values[t] = .nan }
        if case .washout(let steps) = intervention.shape {
            let end = min(values.count, intervention.start + max(0, steps))
            for t in intervention.start..<end { values[t] = .nan }
        }
        if impossible > 0 { warnings.append(.impossibleValues(count: impossible)) }
        return values
    }

    private static func flat(
        _ intervention: Intervention, _ controls: [[Double]], _ spell: Int, _ warnings: inout [EvaluationWarning]
    ) -> (nuisance: [[Double]], effect: [Double]) {
        let (rows, start) = (intervention.values.count, intervention.start)
        var nuisance = [Array(repeating: 1.0, count: rows)]
        if intervention.season.length > 1 {
            if start >= 2 * intervention.season.length {
                nuisance += seasonColumns(intervention.season, rows: rows)
            } else {
                warnings.append(.seasonLeftOut(length: intervention.season.length))
            }
        }
        for control in controls { nuisance.append((0..<rows).map { control[$0].isFinite ? control[$0] : 0 }) }
        if spell > 0 {
            nuisance.append((0..<rows).map { $0 >= start - spell && $0 < start ? 1 : 0 })
        }
        return (nuisance, effectColumn(intervention.shape, start: start, rows: rows))
    }

    /// The effect's column in proportion to the level that the steps before lead to expect; as it is where that level comes
    /// near zero or an effect in per cent is not meant.
    private static func inProportion(
        _ effect: [Double], _ intervention: Intervention, _ observed: [Double], _ nuisance: [[Double]]
    ) -> [Double] {
        let start = intervention.start
        guard intervention.isProportional, intervention.scale == .level, intervention.shape != .gradual else {
            return effect
        }
        let before = (0..<start).filter { observed[$0].isFinite }
        let level = levelAndSpread(observed, 0..<start).mean
        guard level > 0, before.count >= nuisance.count + 14 else { return effect }
        let shares = observed.map { $0 / level - 1 }
        let coefficients = leastSquares(nuisance, shares, rows: before)
        var scaled = effect
        for t in effect.indices where effect[t] != 0 {
            var fit = 1.0
            for j in nuisance.indices { fit += coefficients[j] * nuisance[j][t] }
            guard fit > 0.05, fit < 20 else { return effect }
            scaled[t] = effect[t] * fit
        }
        return scaled
    }

    private static func outcome(
        _ scale: OutcomeScale, _ observed: [Double], _ columns: [[Double]], _ total: [Double]?, start: Int
    ) -> (outcome: [Double], weights: [Double], unit: Double, centre: Double, isOnLink: Bool) {
        switch scale {
        case .level, .ratio:
            let values = scale == .level ? observed : observed.map { $0.isFinite ? Glibc.log($0) : .nan }
            let (centre, deviation, _) = levelAndSpread(values, 0..<start)
            let unit = powerOfTwo(near: deviation)
            return (values.map { ($0 - centre) / unit }, [], unit, centre, scale == .ratio)
        case .count:
            // Of two Poisson counts, given their sum, one is a binomial, and the odds are the ratio of their means.
            let working =
                total.map { WorkingResponse(counts: observed, to: $0, columns: columns) }
                ?? WorkingResponse(counts: observed, columns: columns)
            return (working.response, working.rootWeights, 1, 0, true)
        case .share(let trials):
            let working = WorkingResponse(shares: observed, trials: trials, columns: columns)
            return (working.response, working.rootWeights, 1, 0, true)
        }
    }

    /// The effect by the errors that the scale asks for: an autoregression of levels, a hidden level of counts and shares.
    func solved() -> EffectFits {
        if design.hasWeights {
            let latent = LatentFits(design, rootWeights: rootWeights, isCompared: total != nil)
            return EffectFits(latent.fits, latent.degrees, echo: latent.echo(lag: intervention.season.length))
        }
        let fits = fits()
        return EffectFits(fits.fits, fits.degrees, echo: echo(fits))
    }

    /// The effect at every point of the grid.
    func fits(isPlainOnly: Bool = false) -> GridFits {
        var weights = Array(repeating: 0.0, count: design.flat + 1 + design.driftCount)
        weights[0] = 1
        let target = EffectTarget(weights: weights)
        return GridFits(design, isPlainOnly: isPlainOnly) { _, _ in target }
    }

    /// Whether the series and its controls moved alike before the start: the p of a slope between them.
    ///
    /// Reported, never used to choose a model; drift and trend are averaged over instead (Roth 2022, Am. Econ. Rev. Insights
    /// 4:305–322, on what such pretests do).
    /// - Returns: Nil where there is too little before the start, or the rows have weights of their own.
    func slopeBefore() -> Double? {
        let seen = (0..<start).filter { design.isObserved[$0] }
        guard !design.hasWeights, start >= 5, seen.count >= columns.count + 14 else { return nil }
        let slope = (0..<start).map { Double($0) / Double(start) - 0.5 }
        let others = columns.dropFirst().map { Array($0[..<start]) }
        let kept = independent(others + [slope], rows: seen)
        guard kept[others.count] else { return nil }
        let flat = [slope] + others.indices.filter { kept[$0] }.map { others[$0] }
        let outcome = (0..<start).map { design.isObserved[$0] ? design.value($0, design.outcome) : .nan }
        let part = EffectDesign(columns: flat, outcome: outcome, start: start)
        var weights = Array(repeating: 0.0, count: part.flat + 1 + part.driftCount)
        weights[0] = 1
        let target = EffectTarget(weights: weights)
        let fits = GridFits(part, isPlainOnly: true) { _, _ in target }
        guard fits.fits.contains(where: { $0.logWeight > -.infinity && $0.scale > 0 }) else { return nil }
        return fits.fits.posterior(isPlain: true, StudentTable(degrees: fits.degrees), 1).twoSided
    }

    /// On the plain points alone, for tests of controls; in the design's own units.
    func plainPosterior() -> EffectPosterior {
        let fits = fits(isPlainOnly: true)
        return EffectPosterior(
            logWeights: fits.fits.map(\.logPosterior), means: fits.fits.map(\.mean),
            scales: fits.fits.map(\.scale), table: StudentTable(degrees: fits.degrees))
    }

    /// Lag-`season` autocorrelation of what the best plain point leaves, with 2 / √n to judge it by; nil without a season.
    func echo(_ fits: GridFits) -> (r: Double, bound: Double)? {
        let lag = intervention.season.length
        guard lag > 1, rows > 3 * lag,
            let best = fits.fits.filter({ $0.structure == 0 }).max(by: { $0.logPosterior < $1.logPosterior })
        else { return nil }
        let point = PointSolution(design, fits.products, best)
        var errors = Array(repeating: Double.nan, count: rows)
        var residuals = errors
        for t in 0..<rows where design.isObserved[t] {
            var fit = 0.0
            for j in 0..<design.flat { fit += design.value(t, j) * point.coefficients[j] }
            residuals[t] = design.value(t, design.outcome) - fit
        }
        var squares = 0.0
        for t in 2..<rows {
            errors[t] = residuals[t] - point.φ1 * residuals[t - 1] - point.φ2 * residuals[t - 2]
            if errors[t].isFinite { squares += errors[t] * errors[t] }
        }
        var products = 0.0
        for t in lag..<rows where errors[t].isFinite && errors[t - lag].isFinite {
            products += errors[t] * errors[t - lag]
        }
        guard squares > 0 else { return nil }
        return (products / squares, 2 / Double(rows - design.missing.count).squareRoot())
    }
}
