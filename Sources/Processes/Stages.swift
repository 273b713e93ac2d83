import Glibc
import Records
import Statistics

/// What became of one activity over all cases.
public struct Stage: Sendable, Equatable {
    public var name: String
    /// How often it happened.
    public var count: Int
    /// In how many cases.
    public var cases: Int
    /// Mean hours from the activity to the next event of the case, where there is one.
    public var waitHours: Double
    /// How often a case came back to it after something else: work done again.
    public var rework: Int
    /// Stays: runs of the activity without another in between. Hours a stay lasts, until the case goes on.
    public var stays: Int
    public var stayMeanHours: Double
    public var stayMedianHours: Double
    /// The share of the time of all cases that is spent here.
    public var share: Double
}

/// A stage that makes slow cases slow.
public struct Delay: Sendable, Equatable {
    public var stage: String
    /// How many hours longer a slow case stays in it than another case, with a 95 % interval.
    public var hours: Estimate
    /// What share of the whole difference between slow and other cases that is.
    public var share: Double
}

/// The activities, the most frequent first. O(events × log events) for the medians.
public func stages(of traces: Traces) -> [Stage] {
    let names = traces.activities.count
    var count = [Int](repeating: 0, count: names)
    var cases = [Int](repeating: 0, count: names)
    var rework = [Int](repeating: 0, count: names)
    var waits = [Int](repeating: 0, count: names)
    var waited = [Double](repeating: 0, count: names)
    var lastCase = [Int](repeating: -1, count: names)
    var stays = [[Int64]](repeating: [], count: names)
    for index in 0..<traces.caseCount {
        let events = traces.events(of: index)
        var stayFrom = events.lowerBound
        for i in events {
            let code = Int(traces.activityOf[i])
            count[code] += 1
            let isNewStay = i == events.lowerBound || traces.activityOf[i - 1] != traces.activityOf[i]
            if lastCase[code] != index {
                lastCase[code] = index
                cases[code] += 1
            } else if isNewStay {
                rework[code] += 1
            }
            if isNewStay { stayFrom = i }
            guard i + 1 < events.upperBound else { continue }
            waits[code] += 1
            waited[code] += Double(traces.at[i + 1] - traces.at[i])
            if traces.activityOf[i + 1] != traces.activityOf[i] {
                stays[code].append(traces.at[i + 1] - traces.at[stayFrom])
            }
        }
    }
    let total = max(waited.reduce(0, +), .leastNonzeroMagnitude)
    var out: [Stage] = []
    for code in 1..<max(1, names) where count[code] > 0 {
        var spans = stays[code]
        out.append(
            Stage(
                name: traces.activities[Name(code: UInt32(code))], count: count[code], cases: cases[code],
                waitHours: waits[code] == 0 ? .nan : waited[code] / Double(waits[code]) / microsecondsAnHour,
                rework: rework[code], stays: spans.count, stayMeanHours: meanHours(spans[...]),
                stayMedianHours: medianHours(&spans, 0..<spans.count), share: waited[code] / total))
    }
    return out.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
}

/// Where the time of slow cases goes: the quarter of the cases that takes longest beside all others, stage by stage.
///
/// The interval is Welch's (1947) for a difference of two means, by the normal quantile: both groups are large. Cases of a
/// single event are left out, for they have no duration.
/// - Returns: The stage that explains most first; empty with fewer than 40 cases. The differences of all stages add up to
///   the difference between slow and other cases.
/// - Complexity: O(events + cases × log cases).
public func delays(of traces: Traces) -> [Delay] {
    let leastCases = 40
    let whole = (0..<traces.caseCount).filter { traces.events(of: $0).count > 1 }
    guard whole.count >= leastCases else { return [] }
    let spans = whole.map { traces.at[traces.starts[$0 + 1] - 1] - traces.at[traces.starts[$0]] }
    let bound = spans.sorted()[whole.count * 3 / 4]
    let names = traces.activities.count
    var slow = Moments(count: names)
    var rest = Moments(count: names)
    var spent = [Double](repeating: 0, count: names)
    for (k, index) in whole.enumerated() {
        let events = traces.events(of: index)
        for i in events.dropLast() { spent[Int(traces.activityOf[i])] += traces.hours(i, i + 1) }
        if spans[k] >= bound { slow.add(spent, of: traces, events) } else { rest.add(spent, of: traces, events) }
        for i in events { spent[Int(traces.activityOf[i])] = 0 }
    }
    guard slow.cases >= 2, rest.cases >= 2 else { return [] }
    var out: [Delay] = []
    var total = 0.0
    for code in 1..<max(1, names) {
        let difference = slow.mean(code) - rest.mean(code)
        let error = (slow.squaredError(code) + rest.squaredError(code)).squareRoot()
        if difference == 0, error == 0 { continue }
        total += difference
        out.append(
            Delay(
                stage: traces.activities[Name(code: UInt32(code))],
                hours: Estimate(difference, low: difference - 1.96 * error, high: difference + 1.96 * error), share: 0))
    }
    for i in out.indices where total > 0 { out[i].share = out[i].hours.estimate / total }
    return out.sorted { ($1.hours.estimate, $0.stage) < ($0.hours.estimate, $1.stage) }
}

/// Sums and squares of the hours cases spend in each stage; a case that was never there spent none.
private struct Moments {
    var cases = 0
    var sum: [Double]
    var squares: [Double]

    init(count: Int) {
        sum = [Double](repeating: 0, count: count)
        squares = sum
    }

    mutating func add(_ spent: [Double], of traces: Traces, _ events: Range<Int>) {
        cases += 1
        for i in events {
            let code = Int(traces.activityOf[i])
            // Each stage once: its first event in the case.
            if events.lowerBound..<i ~= firstPlace(of: traces.activityOf[i], in: traces, events) { continue }
            sum[code] += spent[code]
            squares[code] += spent[code] * spent[code]
        }
    }

    private func firstPlace(of code: UInt32, in traces: Traces, _ events: Range<Int>) -> Int {
        var i = events.lowerBound
        while traces.activityOf[i] != code { i += 1 }
        return i
    }

    func mean(_ code: Int) -> Double { sum[code] / Double(cases) }

    func squaredError(_ code: Int) -> Double {
        let mean = mean(code)
        return max(0, squares[code] / Double(cases) - mean * mean) / Double(cases - 1)
    }
}
