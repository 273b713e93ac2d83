import Glibc
import Measures
import Records
import Statistics

// Two ways in which a series can change while its level stays: the days of the week take other shares of it, or the days
// vary more (or less) around what is expected. Both are asked only of everything and of single values that no change in
// numbers has touched: a series gets one story, and an undone change leaves traces in the variation.

extension Run {
    mutating func searchRhythms(_ counts: Counts, _ measure: Measure) {
        let series = (0..<slices.singleCount).filter { counts.isUntouched($0) && columns.days > 2 * edge }
        guard !series.isEmpty, columns.days / 7 >= Gate.weeksMin else { return }
        tested += 2 * series.count
        for kind in [SignalKind.seasonBreak, .variation] {
            let budget = rate * (kind == .seasonBreak ? Budget.season : Budget.variation)
            var found: [Found] = []
            let looked = series.compactMap { s in
                kind == .seasonBreak ? counts.seasonBreak(s) : counts.variation(s)
            }
            .sorted { ($0.logChance, $0.series) < ($1.logChance, $1.series) }
            for var one in looked {
                one.logChance = min(0, one.logChance + Glibc.log(Double(series.count)))
                let k = Double(found.count + 1)
                guard one.logChance <= Glibc.log(k * budget / (1 + budget * (k - 1) / Double(series.count))) else {
                    break
                }
                // What everything shows, its parts show too: told once, where it is strongest.
                guard !found.contains(where: { $0.series == 0 || one.series == 0 || overlap($0.series, one.series) }),
                    kind == .seasonBreak ? counts.passesSeasonBreak(one.series) : counts.passesVariation(one.series)
                else { continue }
                one.q = Glibc.exp(one.logChance) / k
                found.append(one)
            }
            for one in found { tell(one, measure, budget, found, hours: nil) }
        }
    }

    /// Whether a fifth of the smaller slice's tickets are the other's too.
    private func overlap(_ a: Int, _ b: Int) -> Bool {
        let key = slices.keys[b]
        let shared = slices.tickets(of: a, in: columns).count {
            columns.codes[Int(key.a)][Int($0)] == key.codeA
        }
        return shared * 5 >= Int(min(slices.tickets[a], slices.tickets[b]))
    }
}

extension Counts {
    /// Whether the series keeps nearly all of its tickets: none of its changes, nor of a part's, has been undone.
    func isUntouched(_ s: Int) -> Bool { sum(counts(s)) >= 0.98 * Double(slices.tickets[s]) }

    // MARK: Weekly rhythm

    /// The likelihood ratio of other shares of the weekdays before and after a boundary between weeks, for the best boundary.
    ///
    /// - Returns: Nil when there is nothing to compare.
    private func bestRhythm(_ y: [Double]) -> (ratio: Double, day: Int, degrees: Int, boundaries: Int)? {
        let n = y.count
        let first = n % 7
        // Monday 0 … Sunday 6; a holiday belongs to no day of the week.
        let kinds = rhythm.classOf
        var total = [Double](repeating: 0, count: 7)
        for t in first..<n where kinds[t] < 7 { total[Int(kinds[t])] += y[t] }
        let all = sum(total)
        let used = total.count { $0 > 0 }
        guard all > 0, used > 1 else { return nil }
        var before = [Double](repeating: 0, count: 7)
        var best = (ratio: 0.0, day: 0)
        var boundaries = 0
        for t in first..<n {
            if (t - first) % 7 == 0, t >= Self.rhythmEdge, t <= n - Self.rhythmEdge {
                boundaries += 1
                let b = sum(before)
                var ratio = 0.0
                for d in 0..<7 where total[d] > 0 {
                    let after = total[d] - before[d]
                    if before[d] > 0 { ratio += before[d] * Glibc.log(before[d] * all / (total[d] * b)) }
                    if after > 0 { ratio += after * Glibc.log(after * all / (total[d] * (all - b))) }
                }
                if 2 * ratio > best.ratio { best = (2 * ratio, t) }
            }
            if kinds[t] < 7 { before[Int(kinds[t])] += y[t] }
        }
        return boundaries > 0 ? (best.ratio, best.day, used - 1, boundaries) : nil
    }

    /// A day of the week before and after.
    private struct Side {
        var before = 0.0
        var after = 0.0
        var daysBefore = 0.0
        var daysAfter = 0.0
    }

    /// Days at each end before a rhythm can be told: four weeks show each day of the week four times.
    private static let rhythmEdge = 28

    func seasonBreak(_ s: Int) -> Found? {
        let y = clipped(s)
        guard let best = bestRhythm(y), best.ratio > 0 else { return nil }
        let φ = max(1, dayDispersion(s))
        let tail = min(
            0, Glibc.log(Double(best.boundaries)) + logChiSquareTail(best.ratio / φ, degrees: Double(best.degrees)))
        // Told by the day of the week that changed most.
        var sides = Array(repeating: Side(), count: 7)
        for t in y.indices where rhythm.classOf[t] < 7 {
            let d = Int(rhythm.classOf[t])
            if t < best.day {
                sides[d].before += y[t]
                sides[d].daysBefore += 1
            } else {
                sides[d].after += y[t]
                sides[d].daysAfter += 1
            }
        }
        func strength(_ d: Int) -> Double {
            let side = sides[d]
            guard side.daysBefore > 0, side.daysAfter > 0 else { return -1 }
            let difference = side.before / side.daysBefore - side.after / side.daysAfter
            let first = side.before / (side.daysBefore * side.daysBefore)
            let second = side.after / (side.daysAfter * side.daysAfter)
            let variance = first + second
            return variance > 0 ? difference * difference / variance : -1
        }
        guard let d = (0..<7).max(by: { strength($0) < strength($1) }), strength(d) > 0 else { return nil }
        let side = sides[d]
        let before = max(0.5, side.before) / side.daysBefore
        let after = max(0.5, side.after) / side.daysAfter
        let wide = (
            before: 1.96 * (φ / max(0.5, side.before)).squareRoot(),
            after: 1.96 * (φ / max(0.5, side.after)).squareRoot()
        )
        let both = (wide.before * wide.before + wide.after * wide.after).squareRoot()
        let day = (best.day..<min(days, best.day + 7)).first { rhythm.classOf[$0] == d } ?? best.day
        return Found(
            series: s, kind: .seasonBreak, day: day, from: max(0, best.day - 7), through: min(days - 1, best.day + 7),
            size: after / before - 1,
            relative: Estimate(
                after / before - 1, low: after / before * Glibc.exp(-both) - 1,
                high: after / before * Glibc.exp(both) - 1),
            before: Estimate(before, low: before * Glibc.exp(-wide.before), high: before * Glibc.exp(wide.before)),
            after: Estimate(after, low: after * Glibc.exp(-wide.after), high: after * Glibc.exp(wide.after)),
            logChance: tail)
    }

    func passesSeasonBreak(_ s: Int) -> Bool {
        let y = clipped(s)
        return gate.passes(days: days, salt: UInt64(s) << 3 | 5) { order in
            bestRhythm(order.map { y[$0] })?.ratio ?? 0
        }
    }

    /// The counts with days far above what is expected cut down, for a burst is no rhythm.
    private func clipped(_ s: Int) -> [Double] {
        let y = counts(s)
        let m = expected(s, y)
        let φ = max(1, dayDispersion(s))
        return y.indices.map { min(y[$0], m[$0] + 3 * (φ * m[$0]).squareRoot() + 1) }
    }

    // MARK: Variation

    /// Tickets a day below which a day's count says nothing about variation.
    private static let variationMin = 5.0

    /// How far each day lies from what is expected, as a normal score of its rank among days of its kind: a rank knows no burst.
    private func distances(_ s: Int) -> (series: ScoreSeries, residual: [Double])? {
        let y = counts(s)
        let m = expected(s, y)
        guard sum(m) >= Self.variationMin * Double(days) else { return nil }
        let residual = y.indices.map { m[$0] > 0 ? (y[$0] - m[$0]) / m[$0].squareRoot() : 0 }
        var series = ScoreSeries(days: days)
        for k in 0..<Rhythm.classes {
            let fellows = y.indices.filter { rhythm.classOf[$0] == k && m[$0] >= 3 }
                .sorted { (residual[$0].magnitude, $0) < (residual[$1].magnitude, $1) }
            var rank = 0
            while rank < fellows.count {
                // Equal distances get their middle rank: their order in time says nothing.
                var end = rank + 1
                let size = residual[fellows[rank]].magnitude
                while end < fellows.count, residual[fellows[end]].magnitude <= size + 1e-9 { end += 1 }
                let score = Normal.quantile(Double(rank + end) / 2 / Double(fellows.count))
                for t in fellows[rank..<end] {
                    series.u[t] = score
                    series.i[t] = 1
                    // One day of these to a side is enough; the score fit counts tickets.
                    series.tickets[t] = ScoreFit.leastPerSide
                }
                rank = end
            }
        }
        series.centre()
        return (series, residual)
    }

    func variation(_ s: Int) -> Found? {
        guard let (series, residual) = distances(s) else { return nil }
        let fit = ScoreFit(series, edge: Self.rhythmEdge)
        let φ = max(1, fit.dayDispersion, fit.weekDispersion)
        guard fit.shift > 0, let dates = Dates(ScoreFit.shiftRatios(series, edge: Self.rhythmEdge), dispersion: φ)
        else {
            return nil
        }
        let tail = Tails.shift(
            fit.shift, dispersion: φ, degrees: max(1, Double(days / 7) - 2),
            edge: Double(Self.rhythmEdge) / Double(days))
        let day = dates.quantile(0.5)
        let level = sum(counts(s)) / Double(days)
        func spread(_ range: Range<Int>) -> (sd: Double, n: Double) {
            let r = range.filter { series.i[$0] > 0 }.map { residual[$0] }
            let size = max(1, Double(r.count))
            return ((sum(r.map { $0 * $0 }) / size * level).squareRoot(), size)
        }
        let a = spread(0..<day)
        let b = spread(day..<days)
        guard a.sd > 0, b.sd > 0 else { return nil }
        // The standard error of a logarithm of a standard deviation is 1/√(2n); twice that for tails longer than the normal.
        let wide = (a: 1.96 * (1 / a.n).squareRoot(), b: 1.96 * (1 / b.n).squareRoot())
        let both = (wide.a * wide.a + wide.b * wide.b).squareRoot()
        let ratio = b.sd / a.sd
        return Found(
            series: s, kind: .variation, day: day, from: dates.from, through: dates.through, size: ratio - 1,
            relative: Estimate(ratio - 1, low: ratio * Glibc.exp(-both) - 1, high: ratio * Glibc.exp(both) - 1),
            before: Estimate(a.sd, low: a.sd * Glibc.exp(-wide.a), high: a.sd * Glibc.exp(wide.a)),
            after: Estimate(b.sd, low: b.sd * Glibc.exp(-wide.b), high: b.sd * Glibc.exp(wide.b)), logChance: tail)
    }

    func passesVariation(_ s: Int) -> Bool {
        guard let (series, _) = distances(s) else { return false }
        return gate.passes(days: days, salt: UInt64(s) << 3 | 6) { order in
            var moved = ScoreSeries(days: 0)
            moved.u = order.map { series.u[$0] }
            moved.i = order.map { series.i[$0] }
            moved.tickets = order.map { series.tickets[$0] }
            return ScoreFit.shiftRatios(moved, edge: Self.rhythmEdge).max() ?? 0
        }
    }
}
