import Glibc

/// The effect of one change that several teams began at different times, some never: differences in differences, with
/// every day's common ups and downs taken out exactly, whatever they are.
public struct StaggeredEvaluation: Sendable {
    public var verdict: EvaluationVerdict
    public var reasons: [EvaluationReason]
    /// The mean of the started teams' effects, a step, in the units of the series.
    public var effect: Estimate?
    /// As a share of what would have been; nil where that is not above zero.
    public var relative: Estimate?
    public var p: Double?
    /// One for each team, nil for those that never started.
    public var teams: [Estimate?]
    /// Teams less one times the observed steps.
    public var observations: Int
}

/// Evaluates a change that teams began at different steps.
///
/// Each step's values are turned into contrasts between teams, so that what moved all of them alike is gone; each started
/// team has an effect of its own, and the mean of these is reported: one common effect is biased when effects differ
/// (Goodman-Bacon 2021, J. Econometrics 225:254–277). Errors are an autoregression of order 1, averaged over 21 values;
/// teams that move together are weighted by the covariance of their errors where there are 20 steps a team.
/// - Parameters:
///   - teams: One series a team, equally long; a step at which any team is missing is left out for all.
///   - starts: The first step after each team's start; nil for a team that has not started.
/// - Returns: `cannotTell` with `notIdentified` for fewer than three teams, none started, or too few steps.
public func evaluateStaggered(
    _ teams: [[Double]], starts: [Int?], season: Season = .none, plan: EvaluationPlan = EvaluationPlan()
) -> StaggeredEvaluation {
    var result = StaggeredEvaluation(
        verdict: .cannotTell, reasons: [.notIdentified], effect: nil, relative: nil, p: nil,
        teams: Array(repeating: nil, count: teams.count), observations: 0)
    guard areComputable(teams) else {
        result.reasons = [.tooLarge]
        return result
    }
    guard var contrasts = TeamContrasts(teams, starts: starts, season: season) else { return result }
    result.observations = contrasts.rows * (contrasts.teamCount - 1)
    let isWeighted = contrasts.rows >= 20 * contrasts.teamCount
    if isWeighted {
        for _ in 0..<4 { contrasts.decorrelate() }
    }
    let solved = contrasts.solve()
    let mean = solved.posterior(of: nil)
    guard mean.isFinite, mean.deviation > 0 else {
        result.reasons = [.noVariation]
        return result
    }
    let unit = contrasts.unit
    func told(_ posterior: EffectPosterior, _ level: Double) -> Estimate {
        posterior.scaled(by: unit).interval(level)
    }
    let effect = told(mean, 0.95)
    result.effect = effect
    result.p = mean.twoSided
    for (place, team) in contrasts.started.enumerated() {
        result.teams[team] = told(solved.posterior(of: place), 0.95)
    }
    let level = contrasts.levelAfter
    if level - effect.high > 0, level - effect.low > 0 {
        result.relative = Estimate(
            effect.estimate / (level - effect.estimate), low: effect.low / (level - effect.low),
            high: effect.high / (level - effect.high))
    }
    let before = contrasts.started.compactMap { starts[$0] }.min() ?? 0
    if before < plan.need.before {
        result.reasons = [.fewStepsBefore(have: before, need: plan.need.before)]
        return result
    }
    let sign = plan.better.sign
    let least: Double? =
        switch plan.leastEffect {
        case .absolute(let size): size
        case .relative(let share): share * (level - effect.estimate).magnitude
        case nil: nil
        }
    (result.verdict, result.reasons) = decide(
        wide: effect.turned(sign), narrow: told(mean, 0.9).turned(sign), least: least)
    if result.verdict == .cannotTell {
        result.reasons = [.notSettled(moreSteps: nil)] + (least == nil ? [.noLeastEffect] : [])
    }
    return result
}

/// Series of contrasts between teams, orthogonal to what all share.
private struct TeamContrasts {
    let rows: Int
    let teamCount: Int
    /// The teams that started, in order.
    let started: [Int]
    let unit: Double
    /// The mean of the started teams after their starts, in the units of the series.
    let levelAfter: Double
    private let nuisance: [[Double]]
    private let effects: [[Double]]
    private let values: [[Double]]
    /// One row a contrast, one weight a team.
    private var weights: [[Double]]
    /// What the estimated covariance costs: degrees of freedom, and a factor on the standard error.
    private var degreesLost = 0.0
    private var inflation = 1.0

    init?(_ teams: [[Double]], starts: [Int?], season: Season) {
        let k = teams.count
        guard k >= 3, starts.count == k, let length = teams.map(\.count).min() else { return nil }
        let steps = (0..<length).filter { t in teams.allSatisfy { $0[t].isFinite } }
        let begun = (0..<k).filter { team in
            guard let start = starts[team] else { return false }
            return steps.contains { $0 < start } && steps.contains { $0 >= start }
        }
        guard !begun.isEmpty, steps.count >= season.length + 14 else { return nil }
        rows = steps.count
        teamCount = k
        started = begun
        let scales = teams.map { levelAndSpread($0, 0..<length) }
        unit = powerOfTwo(near: scales.map(\.deviation).max() ?? 1)
        let unit = unit
        values = zip(teams, scales).map { team, scale in steps.map { (team[$0] - scale.mean) / unit } }
        let all = [Array(repeating: 1.0, count: length)] + seasonColumns(season, rows: length)
        let kept = independent(all, rows: steps)
        nuisance = all.indices.filter { kept[$0] }.map { j in steps.map { all[j][$0] } }
        effects = begun.map { team in steps.map { $0 >= (starts[team] ?? length) ? 1 : 0 } }
        var (sum, count) = (0.0, 0.0)
        for team in begun {
            for t in steps where t >= (starts[team] ?? length) {
                (sum, count) = (sum + teams[team][t] / unit, count + 1)
            }
        }
        levelAfter = sum / count * unit
        // Helmert's contrasts: each team against the mean of those before it.
        weights = (1..<k).map { c in
            let size = (Double(c) * Double(c + 1)).squareRoot()
            return (0..<k).map { $0 < c ? 1 / size : ($0 == c ? -Double(c) / size : 0) }
        }
        guard rows * (k - 1) > (k - 1) * nuisance.count + begun.count + 10 else { return nil }
        // The last effects must not follow from the others: all teams starting at once leave nothing to compare with.
        let stacked = effects.indices.map { e in
            (0..<(k - 1)).flatMap { c in effects[e].map { $0 * weights[c][begun[e]] } }
        }
        let ones = (0..<(k - 1)).map { c in
            (0..<((k - 1) * steps.count)).map { $0 / steps.count == c ? 1.0 : 0 }
        }
        guard independent(ones + stacked, rows: Array(0..<((k - 1) * steps.count))).allSatisfy({ $0 }) else {
            return nil
        }
    }

    private static let correlations: [Double] = {
        let low = Glibc.atanh(-0.5)
        let step = (Glibc.atanh(0.97) - low) / 20
        return (0..<21).map { Glibc.tanh(low + step * Double($0)) }
    }()

    /// One contrast's columns: nuisance, effects, outcome.
    private func cells(_ contrast: Int) -> [Double] {
        let width = nuisance.count + effects.count + 1
        var cells = Array(repeating: 0.0, count: rows * width)
        for t in 0..<rows {
            for j in nuisance.indices { cells[t * width + j] = nuisance[j][t] }
            for e in effects.indices {
                cells[t * width + nuisance.count + e] = effects[e][t] * weights[contrast][started[e]]
            }
            var y = 0.0
            for team in 0..<teamCount { y += weights[contrast][team] * values[team][t] }
            cells[t * width + width - 1] = y
        }
        return cells
    }

    func solve() -> TeamSolution {
        let (q, e) = (nuisance.count, effects.count)
        let width = q + e + 1
        let products = (0..<(teamCount - 1)).map { LagProducts(cells($0), rows: rows, width: width) }
        let all = Double(rows * (teamCount - 1) - (teamCount - 1) * q - e)
        var solution = TeamSolution(effectCount: e, degrees: all - degreesLost)
        var m = Array(repeating: 0.0, count: width * width)
        for r in Self.correlations {
            var corner = Array(repeating: 0.0, count: (e + 1) * (e + 1))
            var logWeight = Glibc.log(1 - r * r) * (1 + 0.5 * Double(teamCount - 1))
            for product in products {
                product.weighted(φ1: r, φ2: 0, into: &m, stride: width)
                logWeight -= 0.5 * eliminate(&m, from: 0, count: q, size: width, stride: width)
                for i in 0...e {
                    for j in i...e { corner[i * (e + 1) + j] += m[(q + i) * width + q + j] }
                }
            }
            logWeight -= 0.5 * eliminate(&corner, from: 0, count: e, size: e + 1, stride: e + 1)
            let rest = max(corner[(e + 1) * (e + 1) - 1], 1e-300)
            logWeight -= 0.5 * all * Glibc.log(rest)
            solution.append(corner, logWeight, variance: rest / all * inflation * inflation, correlation: r)
        }
        return solution
    }

    /// Turns the contrasts so that their errors at the best correlation are of variance 1 and uncorrelated.
    mutating func decorrelate() {
        let solution = solve()
        let r = solution.bestCorrelation
        let effectSizes = solution.bestEffects
        let count = teamCount - 1
        let residuals = (0..<count).map { contrast -> [Double] in
            let width = nuisance.count + effects.count + 1
            let z = cells(contrast)
            var rest = (0..<rows).map { z[$0 * width + width - 1] }
            for t in 0..<rows {
                for e in effects.indices { rest[t] -= effectSizes[e] * z[t * width + nuisance.count + e] }
            }
            // Whitened, then cleared of the whitened nuisance.
            let white = (1..<rows).map { rest[$0] - r * rest[$0 - 1] }
            let columns = nuisance.map { column in (1..<rows).map { column[$0] - r * column[$0 - 1] } }
            let fit = leastSquares(columns, white, rows: Array(white.indices))
            return white.indices.map { t in
                var error = white[t]
                for j in columns.indices { error -= fit[j] * columns[j][t] }
                return error
            }
        }
        let steps = Double(rows - 1)
        var factor = Array(repeating: Array(repeating: 0.0, count: count), count: count)
        for i in 0..<count {
            for j in 0...i {
                var sum = 0.0
                for t in residuals[i].indices { sum += residuals[i][t] * residuals[j][t] }
                sum /= steps
                for s in 0..<j { sum -= factor[i][s] * factor[j][s] }
                if i == j {
                    guard sum > 1e-12 else { return }
                    factor[i][i] = sum.squareRoot()
                } else {
                    factor[i][j] = sum / factor[j][j]
                }
            }
        }
        var turned = weights
        for i in 0..<count {
            for team in 0..<teamCount {
                var value = weights[i][team]
                for s in 0..<i { value -= factor[i][s] * turned[s][team] }
                turned[i][team] = value / factor[i][i]
            }
        }
        weights = turned
        // The covariance was estimated: intervals are of T − p − K degrees of freedom instead of all.
        let p = Double(nuisance.count)
        let all = Double(rows * count - count * nuisance.count - effects.count)
        degreesLost = max(0, all - (Double(rows) - p - Double(teamCount)))
        inflation = ((Double(rows) - p) / (Double(rows) - p - Double(teamCount))).squareRoot()
    }
}

/// The effects of teams at each correlation.
private struct TeamSolution {
    let effectCount: Int
    let degrees: Double
    private var corners: [[Double]] = []
    private var logWeights: [Double] = []
    private var variances: [Double] = []
    private var correlations: [Double] = []

    init(effectCount: Int, degrees: Double) {
        self.effectCount = effectCount
        self.degrees = degrees
    }

    mutating func append(_ corner: [Double], _ logWeight: Double, variance: Double, correlation: Double) {
        corners.append(corner)
        logWeights.append(logWeight.isFinite ? logWeight : -.infinity)
        variances.append(variance)
        correlations.append(correlation)
    }

    private var best: Int { logWeights.indices.max { logWeights[$0] < logWeights[$1] } ?? 0 }
    var bestCorrelation: Double { correlations[best] }
    var bestEffects: [Double] { effects(best) }

    private func effects(_ point: Int) -> [Double] {
        let size = effectCount + 1
        var solved = Array(repeating: 0.0, count: effectCount)
        for i in (0..<effectCount).reversed() {
            var rest = corners[point][i * size + effectCount]
            for j in (i + 1)..<max(effectCount, i + 1) { rest -= corners[point][i * size + j] * solved[j] }
            solved[i] = rest / corners[point][i * size + i]
        }
        return solved
    }

    /// Of one started team, or of the mean of all.
    func posterior(of team: Int?) -> EffectPosterior {
        let size = effectCount + 1
        let asked = (0..<effectCount).map { team == nil ? 1 / Double(effectCount) : ($0 == team ? 1.0 : 0) }
        var (means, scales) = ([Double](), [Double]())
        for point in corners.indices {
            let solved = effects(point)
            var (mean, leverage) = (0.0, 0.0)
            var v = Array(repeating: 0.0, count: effectCount)
            for i in 0..<effectCount {
                mean += asked[i] * solved[i]
                var rest = asked[i]
                for j in 0..<i { rest -= corners[point][j * size + i] * v[j] }
                v[i] = rest / corners[point][i * size + i]
                leverage += rest * v[i]
            }
            means.append(mean)
            scales.append((variances[point] * leverage).squareRoot())
        }
        return EffectPosterior(
            logWeights: logWeights, means: means, scales: scales, table: StudentTable(degrees: max(3, degrees)))
    }
}
