/// Which candidate controls were left alone by the change, and how many are used together.
struct ControlChoice {
    var judgements: [ControlJudgement] = []
    /// The controls to use: all that are kept, or their mean where there are too many.
    var series: [[Double]] = []
    /// For each of `series`, the candidate it is; nil for a mean of several.
    var origins: [Int?] = []
    var warnings: [EvaluationWarning] = []
    static let most = 6
    /// Two-sided; a control at or below it has moved.
    static let level = 0.05

    /// Tests each candidate for a move of its own at the start, against the middle of the others; the one that moved most
    /// falls away, and the rest are tested again. Of two that moved apart both fall away; a single one only warns.
    /// - Parameter areCounts: Each is tested as a ratio to the sum of the others.
    init(_ candidates: [[Double]], start: Int, season: Season, areCounts: Bool = false) {
        let n = candidates.first?.count ?? 0
        let usable = candidates.indices.filter { isUsable(candidates[$0], start: start) }
        for i in candidates.indices where !usable.contains(i) {
            judgements.append(ControlJudgement(index: i, isKept: false, p: nil))
            warnings.append(.columnLeftOut(control: i))
        }
        let standard = usable.map { standardised(candidates[$0], start: start) }
        var kept = Array(usable.indices)
        var ps = Array(repeating: nil as Double?, count: usable.count)
        while !kept.isEmpty {
            for i in kept {
                let others = kept.filter { $0 != i }
                if areCounts {
                    let counts = others.map { candidates[usable[$0]] }
                    ps[i] = moved(candidates[usable[i]], to: counts.isEmpty ? nil : sum(of: counts), start, season)
                } else {
                    let series = others.map { standard[$0] }
                    ps[i] = moved(standard[i], series.isEmpty ? [] : [middle(of: series, rows: n)], start, season)
                }
            }
            guard let worst = kept.min(by: { (ps[$0] ?? 1) < (ps[$1] ?? 1) }), let p = ps[worst], p <= Self.level,
                kept.count > 1
            else { break }
            // Of two that moved apart nobody knows which one moved.
            kept = kept.count == 2 ? [] : kept.filter { $0 != worst }
        }
        for (i, candidate) in usable.enumerated() {
            judgements.append(ControlJudgement(index: candidate, isKept: kept.contains(i), p: ps[i]))
            if let p = ps[i], p <= Self.level {
                warnings.append(.controlMoved(index: candidate, p: p, isKept: kept.contains(i)))
            }
        }
        judgements.sort { $0.index < $1.index }
        let most = min(Self.most, max(1, start / 10))
        if kept.count > most {
            series = [average(of: kept.map { standard[$0] }, rows: n)]
            origins = [nil]
            if !areCounts { warnings.append(.controlsJoined(count: kept.count)) }
        } else {
            series = kept.map { standard[$0] }
            origins = kept.map { usable[$0] }
        }
    }

    /// The sum of the kept controls at each step, where the outcome is a ratio to them; NaN where one is missing.
    func total(_ intervention: Intervention) -> [Double]? {
        let kept = judgements.filter(\.isKept).map { intervention.controls[$0.index] }
        return intervention.isRatioToControls && !kept.isEmpty ? sum(of: kept) : nil
    }

    private func moved(_ values: [Double], _ controls: [[Double]], _ start: Int, _ season: Season) -> Double? {
        let intervention = Intervention(values: values, start: start, controls: controls, season: season)
        guard let prepared = PreparedIntervention(intervention, controls: controls, spell: 0), prepared.isSolvable
        else { return nil }
        return prepared.plainPosterior().twoSided
    }
}

extension ControlChoice {
    /// The p of a move of counts at the start, as a ratio to the others; of counts alone with all that a level may do by
    /// itself.
    private func moved(_ counts: [Double], to total: [Double]?, _ start: Int, _ season: Season) -> Double? {
        let intervention = Intervention(values: counts, start: start, season: season, scale: .count)
        guard
            let prepared = PreparedIntervention(
                intervention, controls: total.map { [$0] } ?? [], total: total, spell: 0), prepared.isSolvable
        else { return nil }
        let solved = prepared.solved()
        guard solved.degrees > 2, solved.fits.contains(where: { $0.scale > 1e-9 && $0.logWeight > -.infinity }) else {
            return nil
        }
        return solved.fits.posterior(isPlain: total != nil, StudentTable(degrees: solved.degrees), 1).twoSided
    }
}

/// Step by step; NaN where one is missing.
private func sum(of counts: [[Double]]) -> [Double] {
    (counts.first ?? []).indices.map { t in counts.reduce(0) { $0 + $1[t] } }
}

/// Whether a candidate varies before the start, and is there on four fifths of the steps on both sides of it.
private func isUsable(_ values: [Double], start: Int) -> Bool {
    let before = levelAndSpread(values, 0..<start)
    let after = values[start...].count { $0.isFinite }
    return before.deviation > 0 && 5 * before.count >= 4 * start && 5 * after >= 4 * (values.count - start)
}

/// Centred and scaled by what came before the start.
private func standardised(_ values: [Double], start: Int) -> [Double] {
    let (mean, deviation, _) = levelAndSpread(values, 0..<start)
    let unit = powerOfTwo(near: deviation)
    return values.map { $0.isFinite ? ($0 - mean) / unit : .nan }
}

private func middle(of series: [[Double]], rows: Int) -> [Double] {
    (0..<rows).map { t in median(series.map { $0[t] }.filter { $0.isFinite }) ?? .nan }
}

private func average(of series: [[Double]], rows: Int) -> [Double] {
    (0..<rows).map { t in mean(series.map { $0[t] }.filter { $0.isFinite }) ?? .nan }
}
