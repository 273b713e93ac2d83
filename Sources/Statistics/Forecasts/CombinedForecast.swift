import Glibc

extension Combination {
    /// Tries the methods on the past, weighs them, and looks ahead.
    mutating func forecast(level: Double) -> Forecast {
        let test = BackTest(&self)
        let weights = test.weights()
        var parts = [Double](repeating: 0, count: methods.count * steps)
        ahead(from: series.count, steps: steps, into: &parts, at: 0)
        var centres = [Double](repeating: 0, count: steps)
        for c in methods.indices {
            for k in 0..<steps { centres[k] += weights[c] * parts[c * steps + k] }
        }
        let z = Normal.quantile(0.5 + level / 2)
        var spread = ErrorSpread(
            steps: plan.steps, windows: plan.origins.count, effective: plan.effective, usual: usual)
        var halves = [Double](repeating: 0, count: steps)
        var past: [Forecast.PastError] = []
        if plan.origins.count >= 2 || usual != nil {
            let reach = spread.reach(level: level)
            past = pastErrors(test, &spread, reach: reach)
            spread.learn(test.residuals)
            // Bounds of counts are whole numbers, which makes them wide enough as they are.
            let widening = series.isCount ? 1 : reach / z
            for k in 0..<steps { halves[k] = widening * spread.variance(k + 1).squareRoot() }
        } else {
            let usual = rootMeanSquareStep()
            for k in 0..<steps { halves[k] = usual * Double(k + 1).squareRoot() }
        }
        var notes = series.notes
        if plan.effective < 2 { notes.append(.fewBackTests) }
        if series.isCount { notes.append(.counts) }
        let outlook = Outlook(
            isLog: series.isLog, isCount: series.isCount, isNonNegative: series.isNonNegative, unit: series.unit,
            centres: Array(centres.suffix(horizon)), spreads: Array(halves.suffix(horizon)),
            persistence: persistence(test.residuals), last: series.original(recentLevel))
        return Forecast(
            values: estimates(outlook, z: z, level: level), level: level,
            weights: zip(methods, weights).map { Forecast.Weight(method: $0, share: $1) },
            seasons: supportedSeasons, windows: plan.origins.count, pastErrors: past, notes: notes, outlook: outlook)
    }

    /// Those with a profile, or with lags of their own in the regressions.
    private var supportedSeasons: [Int] {
        let profiled = usedSeasons
        let lags = Set(acceptedLags)
        return candidates.filter {
            profiled.contains($0)
                || methods.contains(.autoregression) && $0 > 4 && lags.contains($0) && lags.contains($0 + 1)
        }
    }

    /// The median of the last season, or of five values: one odd value does not say on which side of a limit the series is.
    private var recentLevel: Double {
        let recent = series.y.suffix(max(5, min(candidates.first ?? 5, 60)))
        return median(Array(recent)) ?? 0
    }

    private func rootMeanSquareStep() -> Double {
        let y = series.y
        var sum = 0.0
        for t in 1..<y.count { sum += (y[t] - y[t - 1]) * (y[t] - y[t - 1]) }
        return (sum / Double(max(1, y.count - 1))).squareRoot()
    }

    /// The centres and half-widths on the series' own scale.
    private func estimates(_ outlook: Outlook, z: Double, level: Double) -> [Estimate] {
        return outlook.centres.indices.map { k in
            let centre = outlook.centres[k]
            let half = z * outlook.spreads[k]
            if outlook.isCount {
                let mean = max(0, centre)
                let count = CountDistribution(mean: mean, variance: outlook.spreads[k] * outlook.spreads[k])
                return Estimate(
                    mean, low: min(mean, count.quantile((1 - level) / 2)),
                    high: max(mean, count.quantile(1 - (1 - level) / 2)))
            }
            let high = centre + Outlook.compressed(half, isLog: outlook.isLog)
            let floor = outlook.isNonNegative ? 0 : -Double.infinity
            return Estimate(
                max(floor, series.original(centre)), low: max(floor, series.original(centre - half)),
                high: max(floor, series.original(high)))
        }
    }

    /// How earlier forecasts did: the errors in the series' unit, and whether intervals made without a window held it.
    private func pastErrors(_ test: BackTest, _ spread: inout ErrorSpread, reach: Double) -> [Forecast.PastError] {
        let steps = plan.steps
        var errors = [Double](repeating: 0, count: steps)
        var held = [Double](repeating: 0, count: steps)
        var counts = [Int](repeating: 0, count: steps)
        for (j, origin) in plan.origins.enumerated() {
            spread.learn(test.residuals, without: j)
            for k in 0..<steps {
                let e = test.residuals[j * steps + k]
                guard !e.isNaN else { continue }
                let y = series.y[origin + k]
                let error = min((series.original(y) - series.original(y - e)).magnitude, .greatestFiniteMagnitude)
                // The mean so far: a sum of the largest numbers would overflow.
                errors[k] += (error - errors[k]) / Double(counts[k] + 1)
                if e * e <= reach * reach * spread.variance(k + 1) { held[k] += 1 }
                counts[k] += 1
            }
        }
        return (0..<steps).filter { counts[$0] > 0 }.map {
            Forecast.PastError(
                step: $0 + 1, forecasts: counts[$0], meanAbsolute: errors[$0],
                coverage: held[$0] / Double(counts[$0]))
        }
    }

    /// The correlation between the errors of neighbouring steps of one forecast.
    private func persistence(_ residuals: [Double]) -> Double {
        var products = 0.0
        var left = 0.0
        var right = 0.0
        for j in plan.origins.indices {
            for k in 1..<max(1, plan.steps) {
                let a = residuals[j * plan.steps + k - 1]
                let b = residuals[j * plan.steps + k]
                guard !a.isNaN, !b.isNaN else { continue }
                products += a * b
                left += a * a
                right += b * b
            }
        }
        guard left > 0, right > 0 else { return 0.9 }
        return max(0, min(0.98, products / (left * right).squareRoot()))
    }
}
