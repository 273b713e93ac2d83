import Glibc

/// What is told about each change: its range, strength, size and kind.
extension ChangeReport {
    static let leastKnown = 10
    /// The level of the ranges.
    static let confidence = 0.95

    init(count: Int) {
        self.init(
            count: count, changes: [], spreadChanges: [], outliers: [], form: .plain, season: 1, cycle: nil,
            autocorrelation: 0, segments: [], remarks: [])
    }

    mutating func tell(_ form: ScaledSeries, _ search: ChangeSearch, _ found: ChangeDescription) {
        self.form = form.form
        season = form.season
        cycle = form.cycle
        autocorrelation = found.noise.rho
        if found.noise.rho == ChangeSearch.grid.last { remarks.append(.wanders) }
        if let cycle { remarks.append(.cycle(steps: cycle)) }
        let edges = [0] + found.cuts + [count]
        let fits = (1..<edges.count).map { search.fit(edges[$0 - 1], edges[$0], found.noise, found.variance) }
        segments = fits.enumerated().map { k, part in
            let rise = part.isSloping ? part.fit.slope * part.fit.half : 0
            return ChangeSegment(
                range: edges[k]..<edges[k + 1], first: form.inUnit(part.fit.level - rise),
                last: form.inUnit(part.fit.level + rise))
        }
        for k in found.cuts.indices {
            let around = search.placed(edges[k], edges[k + 1], edges[k + 2], found)
            let (old, new) = (fits[k], fits[k + 1])
            let slopes = (old.isSloping ? old.fit.slope : 0, new.isSloping ? new.fit.slope : 0)
            changes.append(
                ChangePoint(
                    index: edges[k + 1], low: around.low, high: around.high, before: segments[k].last,
                    after: segments[k + 1].first, slopeBefore: slopes.0 * form.scale, slopeAfter: slopes.1 * form.scale,
                    kind: ChangeReport.kind(old.isSloping || new.isSloping, old.fit, new.fit, slopes, found.variance),
                    strength: around.strength))
        }
    }

    /// A trend alone where the two stretches meet without a step that stands out from the noise.
    private static func kind(
        _ isSloping: Bool, _ old: SegmentFit, _ new: SegmentFit, _ slopes: (Double, Double), _ variance: Double
    ) -> ChangePoint.Kind {
        guard isSloping else { return .level }
        let step = (new.level - slopes.1 * (new.half + 0.5)) - (old.level + slopes.0 * (old.half + 0.5))
        return step.magnitude < 2 * variance.squareRoot() ? .trend : .levelAndTrend
    }

    /// More than half of the known values are the same.
    static func isIntermittent(_ values: [Double]) -> Bool {
        // Boyer and Moore: whoever has more than half survives the pairing.
        var candidate = Double.nan
        var lead = 0
        for x in values where x.isFinite {
            if lead == 0 { candidate = x }
            lead += x == candidate ? 1 : -1
        }
        let (same, known) = values.reduce(into: (0, 0)) {
            if $1.isFinite { $0 = ($0.0 + ($1 == candidate ? 1 : 0), $0.1 + 1) }
        }
        return 2 * same > known && same < known
    }

    /// Whole blocks, counted from the end, added up; a block without a known value is missing.
    static func addedUp(_ values: [Double], by block: Int) -> [Double] {
        let spare = values.count % block
        return stride(from: spare, to: values.count, by: block).map { start in
            let part = values[start..<(start + block)].filter(\.isFinite)
            return part.isEmpty ? .nan : part.reduce(0, +) * Double(block) / Double(part.count)
        }
    }

    /// From blocks back to steps.
    mutating func spread(over block: Int, count n: Int) {
        let spare = n % block
        func first(_ k: Int) -> Int { spare + k * block }
        count = n
        for k in changes.indices {
            changes[k].low = first(changes[k].low) - block + 1
            changes[k].high = first(changes[k].high) + block - 1
            changes[k].index = first(changes[k].index)
        }
        for k in spreadChanges.indices {
            spreadChanges[k].low = first(spreadChanges[k].low) - block + 1
            spreadChanges[k].high = first(spreadChanges[k].high) + block - 1
            spreadChanges[k].index = first(spreadChanges[k].index)
        }
        outliers = outliers.map(first)
        segments = segments.map {
            ChangeSegment(
                range: ($0.range.lowerBound == 0 ? 0 : first($0.range.lowerBound))..<first($0.range.upperBound),
                first: $0.first, last: $0.last)
        }
        season *= season > 1 ? block : 1
        cycle = cycle.map { $0 * block }
        remarks = remarks.map { if case .cycle(let k) = $0 { .cycle(steps: k * block) } else { $0 } }
        remarks.append(.addedUp(steps: block))
    }
}

extension ChangeSearch {
    /// The range that holds a change between its neighbours with 95 %, and the strength of it.
    ///
    /// The weight of each place is exp(-V / 2), V the description with the change there: a posterior under even odds.
    func placed(
        _ left: Int, _ at: Int, _ right: Int, _ found: ChangeDescription
    ) -> (low: Int, high: Int, strength: Double) {
        let (noise, v) = (found.noise, found.variance)
        let here = cost(left, at, noise, v) + cost(at, right, noise, v)
        let strength = cost(left, right, noise, v) - here - penalty - noise.start
        let first = left + shortest
        var costs = (first...(right - shortest)).map { cost(left, $0, noise, v) + cost($0, right, noise, v) }
        let least = costs.min() ?? here
        var total = 0.0
        for k in costs.indices {
            let distance = costs[k] - least
            costs[k] = distance < 80 ? Glibc.exp(-distance / 2) : 0
            total += costs[k]
        }
        let order = costs.indices.filter { costs[$0] > 0 }.sorted {
            costs[$0] != costs[$1] ? costs[$0] > costs[$1] : $0 < $1
        }
        var (low, high, held) = (at, at, 0.0)
        for k in order {
            low = min(low, first + k)
            high = max(high, first + k)
            held += costs[k]
            if held >= ChangeReport.confidence * total { break }
        }
        return (low, high, strength)
    }
}
