extension Backfit {
    /// A first trend and first seasons from medians of blocks, which half of a block's values cannot spoil.
    ///
    /// The trend runs straight from the middle of one block of a cycle to the next; a season is the median of each phase over
    /// blocks of cycles. Counts with a small median use means: their median is 0 whatever they are.
    mutating func startFromMedians() {
        let longest = zip(lengths, plans).filter { $0.1.change != .absent }.map(\.0).max() ?? 7
        var buffer = [Double](repeating: 0, count: max(longest, 16, count / max(1, min(longest, count))) + 1)
        let byMeans = kind != .measurements && hasSmallCounts
        startTrend(block: min(longest, count), &buffer, byMeans: byMeans)
        for s in lengths.indices where plans[s].change != .absent {
            startSeason(s, &buffer, byMeans: byMeans)
        }
    }

    /// Whether more than a quarter of the values are the smallest there is.
    private var hasSmallCounts: Bool {
        let least = -centre / unit
        return 4 * values.indices.count { isKnown[$0] && values[$0] <= least } > isKnown.count { $0 }
    }

    private func middle(_ buffer: inout [Double], _ used: Int, byMeans: Bool) -> Double {
        guard byMeans else { return selectedMedian(of: &buffer, count: used) }
        return buffer[0..<used].reduce(0, +) / Double(used)
    }

    private mutating func startTrend(block: Int, _ buffer: inout [Double], byMeans: Bool) {
        var middles: [(place: Double, level: Double)] = []
        for start in stride(from: 0, to: count, by: block) {
            // A last part of a block would see a part of the season only: it reaches back.
            let from = min(start, count - block)
            var used = 0
            for t in from..<(from + block) where base[t] > 0 {
                buffer[used] = values[t]
                used += 1
            }
            guard 2 * used >= block || (middles.isEmpty && start + block >= count && used > 0) else { continue }
            middles.append((Double(from) + Double(block - 1) / 2, middle(&buffer, used, byMeans: byMeans)))
        }
        guard let first = middles.first else { return startLevel() }
        var k = 0
        for t in 0..<count {
            while k + 1 < middles.count, middles[k + 1].place <= Double(t) { k += 1 }
            guard k + 1 < middles.count, Double(t) > first.place else {
                trend[t] = k == 0 ? first.level : middles[k].level
                continue
            }
            let share = (Double(t) - middles[k].place) / (middles[k + 1].place - middles[k].place)
            trend[t] = middles[k].level + share * (middles[k + 1].level - middles[k].level)
        }
    }

    /// Where no block is half known: one median for all.
    private mutating func startLevel() {
        var known = values.indices.filter { base[$0] > 0 }.map { values[$0] }
        guard !known.isEmpty else { return }
        let level = selectedMedian(of: &known, count: known.count)
        for t in 0..<count { trend[t] = level }
    }

    private mutating func startSeason(_ s: Int, _ buffer: inout [Double], byMeans: Bool) {
        let length = lengths[s]
        let cycles = (count + length - 1) / length
        let group = min(cycles, 9)
        var profile = [Double](repeating: 0, count: count)
        for j in 0..<length {
            for start in stride(from: 0, to: cycles, by: group) {
                let from = min(start, cycles - group)
                var used = 0
                for c in from..<(from + group) {
                    let t = c * length + j
                    guard t < count, base[t] > 0 else { continue }
                    var left = values[t] - trend[t]
                    for other in 0..<s { left -= seasons[other][t] }
                    buffer[used] = left
                    used += 1
                }
                let level = used > 0 ? middle(&buffer, used, byMeans: byMeans) : 0
                for c in start..<min(cycles, start + group) where c * length + j < count {
                    profile[c * length + j] = level
                }
            }
        }
        Self.takeOutLevel(length: length, profile, into: &seasons[s])
    }

    /// Takes the moving mean over a whole season away, so that neither level nor slope hides in it.
    ///
    /// The mean over an even season has half weights at its ends. Near the ends of the series the moving mean goes on
    /// straight.
    static func takeOutLevel(length p: Int, _ profile: [Double], into season: inout [Double]) {
        let n = profile.count
        let half = p / 2
        guard n > 2 * half + 1 else {
            let level = profile.reduce(0, +) / Double(n)
            for t in 0..<n { season[t] = profile[t] - level }
            return
        }
        // Running sums of differences would drift over millions of steps; each cycle starts afresh.
        var sum = 0.0
        let last = n - 1 - half
        var first = 0.0
        var final = 0.0
        for t in half...last {
            if (t - half) % p == 0 {
                sum = profile[(t - half)...(t + half)].reduce(0, +)
            } else {
                sum += profile[t + half] - profile[t - half - 1]
            }
            let ends = p % 2 == 0 ? (profile[t - half] + profile[t + half]) / 2 : 0
            let level = (sum - ends) / Double(p)
            if t == half { first = level }
            final = level
            season[t] = profile[t] - level
        }
        let run = min(p, last - half)
        let head = run > 0 ? (profile[half + run] - season[half + run] - first) / Double(run) : 0
        let tail = run > 0 ? (final - (profile[last - run] - season[last - run])) / Double(run) : 0
        for t in 0..<half { season[t] = profile[t] - (first + head * Double(t - half)) }
        for t in (last + 1)..<n { season[t] = profile[t] - (final + tail * Double(t - last)) }
    }
}
