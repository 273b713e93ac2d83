import Records
import Statistics

/// Which days are alike: the seven days of the week, and holidays.
struct Rhythm {
    static let classes = 8
    /// The class of each day of the window: Monday 0 … Sunday 6, a holiday 7.
    let classOf: [UInt8]
    /// How many days each class has.
    let daysIn: [Double]
    /// Each class's factor for everything, mean 1; what a small slice leans on.
    private var overall = [Double](repeating: 1, count: Rhythm.classes)

    /// Pseudo-tickets that a slice borrows from everything.
    static let borrowed = 100.0

    init(window: Period, holidays: Set<Day>) {
        var classOf: [UInt8] = []
        var daysIn = [Double](repeating: 0, count: Self.classes)
        for t in 0..<window.dayCount {
            let day = window.first + t
            let c = holidays.contains(day) ? 7 : day.weekday
            classOf.append(UInt8(c))
            daysIn[c] += 1
        }
        self.classOf = classOf
        self.daysIn = daysIn
    }

    /// Learns the factors of everything from its daily counts.
    mutating func learn(_ y: Span<Double>) {
        let (c, total) = clipped(y)
        guard total > 0 else { return }
        let n = Double(y.count)
        for k in 0..<Self.classes where daysIn[k] > 0 { overall[k] = c[k] / daysIn[k] * n / total }
    }

    /// How many tickets each day should see if nothing changes, as a share of the mean: sums to the number of days.
    func exposure(_ y: Span<Double>) -> [Double] {
        let (c, total) = clipped(y)
        let n = Double(y.count)
        var factor = [Double](repeating: 0, count: Self.classes)
        for k in 0..<Self.classes where daysIn[k] > 0 {
            factor[k] = (c[k] + Self.borrowed * overall[k] * daysIn[k] / n) / (total + Self.borrowed) * n / daysIn[k]
        }
        var e = classOf.map { factor[Int($0)] }
        var sum = 0.0
        for x in e { sum += x }
        for t in e.indices { e[t] *= n / sum }
        return e
    }

    /// Each class's tickets, with days far above their fellows cut down: one day must not make a rhythm.
    private func clipped(_ y: Span<Double>) -> (sums: [Double], total: Double) {
        var sums = [Double](repeating: 0, count: Self.classes)
        var total = 0.0
        var fellows: [Double] = []
        for k in 0..<Self.classes where daysIn[k] > 0 {
            fellows.removeAll(keepingCapacity: true)
            for t in y.indices where classOf[t] == k { fellows.append(y[t]) }
            fellows.sort()
            let limit = max(3, 1.5 * (quantile(sorted: fellows, 0.95) ?? 0))
            for x in fellows { sums[k] += min(x, limit) }
            total += sums[k]
        }
        return (sums, total)
    }
}
