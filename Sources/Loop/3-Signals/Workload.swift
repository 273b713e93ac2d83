import Records
import Statistics

/// What a change costs the people who wait, in hours a month.
struct Workload {
    private let run: Run
    /// Hours that no ticket counts beyond: the 95 % quantile of all, so that a few forgotten tickets do not decide.
    private let cap: Double

    /// Days of a month.
    static let month = 30.4

    init(_ run: Run) {
        self.run = run
        // Whole seconds, sorted where they lie: half the memory of hours, and no copy.
        var seconds: [UInt32] = []
        seconds.reserveCapacity(run.columns.count)
        for row in run.columns.rows {
            if let s = Self.seconds(run.tickets, Int(row), run.columns.last) { seconds.append(s) }
        }
        seconds.sort()
        cap = seconds.isEmpty ? 0 : Double(seconds[Int((0.95 * Double(seconds.count - 1)).rounded())]) / 3600
    }

    private static func seconds(_ table: TicketTable, _ row: Int, _ last: UInt32) -> UInt32? {
        let end = table.resolved[row]
        guard end >= table.opened[row], end <= last, end > 0 else { return nil }
        return end - table.opened[row]
    }

    private static func hours(_ table: TicketTable, _ row: Int, _ last: UInt32) -> Double? {
        seconds(table, row, last).map { Double($0) / 3600 }
    }

    /// The mean hours of a slice's resolved tickets; nil when none is.
    private func meanHours(_ slice: Int) -> Double? {
        var total = CompensatedSum()
        var count = 0
        for i in run.slices.tickets(of: slice, in: run.columns) {
            guard let h = Self.hours(run.tickets, Int(run.columns.rows[Int(i)]), run.columns.last) else { continue }
            total.add(min(h, cap))
            count += 1
        }
        return count > 0 ? total.value / Double(count) : nil
    }

    /// More tickets: each waits as long as the slice's tickets do.
    func ofCounts(_ found: Found, days: Int) -> Estimate? {
        guard let hours = meanHours(found.series) else { return nil }
        let perMonth = Self.month * hours / (found.kind == .spike ? Double(days) : 1)
        // The difference is as uncertain as its share: `before` is known much better.
        return found.relative.scaled(by: found.before.estimate * perMonth)
    }

    /// Longer times: half of the mean hours seen were before the change, half after it.
    func ofTimes(_ found: Found, days: Int, isWhole: Bool) -> Estimate? {
        let hours = isWhole ? meanHours(found.series) : found.before.estimate
        guard let hours else { return nil }
        let perMonth = hours * Double(run.slices.tickets[found.series]) / Double(days) * Self.month
        func cost(_ e: Double) -> Double { isWhole ? e / (1 + e / 2) * perMonth : e * perMonth }
        return Estimate(
            cost(found.relative.estimate), low: cost(found.relative.low), high: cost(found.relative.high))
    }

    /// A worse share: so many more tickets a month take as much longer as the bad ones do in this slice.
    /// - Returns: Nil unless the bad ones surely take longer.
    func ofShares(_ found: Found, _ outcomes: Outcomes, badIsYes: Bool, days: Int) -> Estimate? {
        var bad: [Double] = []
        var good: [Double] = []
        for i in run.slices.tickets(of: found.series, in: run.columns) {
            let state = outcomes.state[Int(i)]
            guard state != Outcomes.State.unknown,
                let h = Self.hours(run.tickets, Int(run.columns.rows[Int(i)]), run.columns.last)
            else { continue }
            if (state == Outcomes.State.event) == badIsYes { bad.append(min(h, cap)) } else { good.append(min(h, cap)) }
        }
        guard bad.count >= 20, good.count >= 20, let a = mean(bad), let b = mean(good) else { return nil }
        func squaredError(_ x: [Double], _ m: Double) -> Double {
            sum(x.map { ($0 - m) * ($0 - m) }) / Double(x.count * (x.count - 1))
        }
        let error = 1.96 * (squaredError(bad, a) + squaredError(good, b)).squareRoot()
        guard a - b > error else { return nil }
        let perMonth = Double(run.slices.tickets[found.series]) / Double(days) * Self.month
        // How many tickets more are bad; what is better about a share of yes is worse about one of no.
        let more = found.relative.scaled(by: found.before.estimate * (badIsYes ? 1 : -1))
        let ends =
            [more.low * (a - b - error), more.low * (a - b + error)]
            + [more.high * (a - b - error), more.high * (a - b + error)]
        return Estimate(
            more.estimate * (a - b), low: ends.min() ?? 0, high: ends.max() ?? 0
        ).scaled(by: perMonth)
    }
}
