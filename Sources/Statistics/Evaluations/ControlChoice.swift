/// Which candidate controls were left alone by the change, and how many are used together.
struct ControlChoice {
    var judgements: [ControlJudgement] = []
    /// The controls to use: all that are kept, or their mean where there are too many.
    var series: [[Double]] = []
    /// For each of `series`, the candidate it is; nil for a mean of several.
    var origins: [Int?] = []
    var warnings: [EvaluationWarning] = []
    static let most = 6

    /// Tests each candidate for a move of its own at the start: against the middle of the others where there are three
    /// or more, against the other where there are two, alone where there is one, which then only warns.
    init(_ candidates: [[Double]], start: Int, season: Season) {
        let n = candidates.first?.count ?? 0
        let usable = candidates.indices.filter { levelAndSpread(candidates[$0], 0..<start).deviation > 0 }
        for i in candidates.indices where !usable.contains(i) {
            judgements.append(ControlJudgement(index: i, isKept: false, p: nil))
            warnings.append(.columnLeftOut(control: i))
        }
        let standard = usable.map { standardised(candidates[$0], start: start) }
        var kept: [Int] = []
        var ps: [Double?] = []
        for i in usable.indices {
            let others = usable.indices.filter { $0 != i }.map { standard[$0] }
            let control = others.isEmpty ? [] : [middle(of: others, rows: n)]
            ps.append(moved(standard[i], control, start, season))
        }
        for (i, candidate) in usable.enumerated() {
            let p = ps[i]
            let hasMoved = (p ?? 1) <= 0.05
            let isKept = usable.count == 1 || !(usable.count == 2 ? ps.contains { ($0 ?? 1) <= 0.05 } : hasMoved)
            judgements.append(ControlJudgement(index: candidate, isKept: isKept, p: p))
            if isKept { kept.append(i) }
            if let p, hasMoved { warnings.append(.controlMoved(index: candidate, p: p, isKept: isKept)) }
        }
        judgements.sort { $0.index < $1.index }
        let most = min(Self.most, max(1, start / 10))
        if kept.count > most {
            series = [average(of: kept.map { standard[$0] }, rows: n)]
            origins = [nil]
            warnings.append(.controlsJoined(count: kept.count))
        } else {
            series = kept.map { standard[$0] }
            origins = kept.map { usable[$0] }
        }
    }

    private func moved(_ values: [Double], _ controls: [[Double]], _ start: Int, _ season: Season) -> Double? {
        let intervention = Intervention(values: values, start: start, controls: controls, season: season)
        guard let prepared = PreparedIntervention(intervention, controls: controls, spell: 0), prepared.isSolvable
        else { return nil }
        return prepared.plainPosterior().twoSided
    }
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
