/// Under which of a few conditions a device worked at each time, told from columns that jump between a few places and do so
/// alike early and late in life: what depends on the condition must not be taken for wear.
struct Conditions {
    /// For each column the upper ends of its places but the last; nil where it tells no condition.
    private let places: [[Double]?]
    /// Of each condition and column the mean and the standard deviation.
    private var usual: [[Int]: [(mean: Double, deviation: Double)]] = [:]

    private static let placesMax = 10

    init(_ histories: [WearHistory]) {
        let columns = histories.first?.readings.count ?? 0
        places = (0..<columns).map { Self.places(histories, $0) }
        guard isAny else { return }
        var sums: [[Int]: [(n: Double, sum: Double, squares: Double)]] = [:]
        for history in histories {
            for t in history.times.indices {
                let condition = self.condition(history, t)
                var own = sums[condition] ?? Array(repeating: (0, 0, 0), count: columns)
                for column in 0..<columns where !history.readings[column][t].isNaN {
                    let x = history.readings[column][t]
                    own[column].n += 1
                    own[column].sum += x
                    own[column].squares += x * x
                }
                sums[condition] = own
            }
        }
        usual = sums.mapValues { own in
            own.map {
                let mean = $0.sum / max($0.n, 1)
                let variance = max($0.squares / max($0.n, 1) - mean * mean, 0)
                // Below this the spread is rounding.
                return (mean, variance > 1e-12 * (1 + mean * mean) ? variance.squareRoot() : .infinity)
            }
        }
    }

    var isAny: Bool { places.contains { $0 != nil } }

    /// The readings by how far they lie from what is usual under their condition; unchanged where there is but one. Missing
    /// under a condition that was never seen.
    func adjusted(_ history: WearHistory) -> WearHistory {
        guard isAny else { return history }
        var out = history
        for t in history.times.indices {
            let own = usual[condition(history, t)]
            for column in history.readings.indices {
                out.readings[column][t] =
                    own.map { (history.readings[column][t] - $0[column].mean) / $0[column].deviation } ?? .nan
            }
        }
        return out
    }

    private func condition(_ history: WearHistory, _ t: Int) -> [Int] {
        places.enumerated().compactMap { column, ends in
            ends.map { ends in ends.firstIndex { history.readings[column][t] <= $0 } ?? ends.count }
        }
    }

    /// Two to ten places with wide gaps between them, visited back and forth, and as often early as late.
    private static func places(_ histories: [WearHistory], _ column: Int) -> [Double]? {
        let values = histories.flatMap { $0.readings[column] }.filter { !$0.isNaN }.sorted()
        guard let first = values.first, let last = values.last, last > first else { return nil }
        var ends: [Double] = []
        for k in 1..<values.count where values[k] - values[k - 1] > 0.05 * (last - first) {
            ends.append((values[k] + values[k - 1]) / 2)
            if ends.count >= placesMax { return nil }
        }
        if ends.isEmpty { return nil }
        var early = [Double](repeating: 0, count: ends.count + 1)
        var late = early
        var (moves, steps) = (0.0, 0.0)
        for history in histories {
            var before: Int?
            for (t, value) in history.readings[column].enumerated() where !value.isNaN {
                let place = ends.firstIndex { value <= $0 } ?? ends.count
                if 2 * t < history.times.count { early[place] += 1 } else { late[place] += 1 }
                if let before {
                    steps += 1
                    if before != place { moves += 1 }
                }
                before = place
            }
        }
        let (a, b) = (max(early.reduce(0, +), 1), max(late.reduce(0, +), 1))
        let isSteady = zip(early, late).allSatisfy { ($0 / a - $1 / b).magnitude < 0.05 }
        return isSteady && moves > 0.2 * steps ? ends : nil
    }
}
