import Records
import Statistics

/// One activity followed directly by another in the same case.
public struct Flow: Sendable, Equatable {
    public var from: String
    public var to: String
    /// How often, over all cases.
    public var count: Int
    /// Hours between the two.
    public var meanHours: Double
    public var medianHours: Double
}

/// The directly-follows graph: which activity follows which, how often, and after how long.
///
/// van der Aalst, Process Mining (2nd ed., 2016), 6.
/// - Returns: The most frequent first; of equals, in the order of their names.
/// - Complexity: O(events + events × log(events of one pair)) for the medians.
public func flows(of traces: Traces) -> [Flow] {
    gathered(traces, from: traces.activityOf, names: traces.activities, keepsSame: true)
}

/// Work that passed from one resource to another between two events of a case.
///
/// - Returns: The most frequent first. Events without a resource hand nothing over.
public func handoffs(of traces: Traces) -> [Flow] {
    gathered(traces, from: traces.resourceOf, names: traces.resources, keepsSame: false)
}

private func gathered(_ traces: Traces, from codes: [UInt32], names: Names, keepsSame: Bool) -> [Flow] {
    var pairs = PairIndex(names: names.count)
    var pairOf: [Int32] = []
    var counts: [Int] = []
    pairOf.reserveCapacity(traces.eventCount)
    for index in 0..<traces.caseCount {
        let events = traces.events(of: index)
        var i = events.lowerBound + 1
        while i < events.upperBound {
            let (a, b) = (codes[i - 1], codes[i])
            if keepsSame || (a != b && a != 0 && b != 0) {
                let pair = pairs.index(a, b)
                if pair == counts.count { counts.append(0) }
                counts[pair] += 1
                pairOf.append(Int32(pair))
            } else {
                pairOf.append(-1)
            }
            i += 1
        }
    }
    var ends = [Int](repeating: 0, count: counts.count)
    var total = 0
    for pair in counts.indices {
        ends[pair] = total
        total += counts[pair]
    }
    // The spans of each pair side by side.
    var spans = [Int64](repeating: 0, count: total)
    var k = 0
    for index in 0..<traces.caseCount {
        let events = traces.events(of: index)
        var i = events.lowerBound + 1
        while i < events.upperBound {
            let pair = Int(pairOf[k])
            if pair >= 0 {
                spans[ends[pair]] = traces.at[i] - traces.at[i - 1]
                ends[pair] += 1
            }
            k += 1
            i += 1
        }
    }
    var out: [Flow] = []
    for pair in counts.indices {
        let range = ends[pair] - counts[pair]..<ends[pair]
        let (a, b) = pairs.pair(pair)
        out.append(
            Flow(
                from: names[Name(code: a)], to: names[Name(code: b)], count: counts[pair],
                meanHours: meanHours(spans[range]), medianHours: medianHours(&spans, range)))
    }
    return out.sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
}

func meanHours(_ spans: ArraySlice<Int64>) -> Double {
    // Whole numbers add up exactly, whatever their order.
    var sum: Int64 = 0
    var whole = 0.0
    for span in spans {
        let (next, isOver) = sum.addingReportingOverflow(span)
        if isOver {
            whole += Double(sum)
            sum = span
        } else {
            sum = next
        }
    }
    return spans.isEmpty ? .nan : (whole + Double(sum)) / Double(spans.count) / microsecondsAnHour
}

func medianHours(_ spans: inout [Int64], _ range: Range<Int>) -> Double {
    if range.isEmpty { return .nan }
    spans[range].sort()
    let middle = range.lowerBound + range.count / 2
    let upper = Double(spans[middle])
    let lower = range.count % 2 == 0 ? Double(spans[middle - 1]) : upper
    return (lower + upper) / 2 / microsecondsAnHour
}

/// Gives each pair of names a number, in the order in which they are met.
private struct PairIndex {
    private let names: Int
    /// A cell for each pair while that is small; −1 is not met yet.
    private var cells: [Int32]
    private var others: [UInt64: Int32] = [:]
    private var keys: [UInt64] = []

    /// Above this a table of all pairs costs more memory than a dictionary of those that occur.
    private static let densestMax = 1024

    init(names: Int) {
        self.names = names
        cells = names <= Self.densestMax ? [Int32](repeating: -1, count: names * names) : []
    }

    mutating func index(_ a: UInt32, _ b: UInt32) -> Int {
        let key = UInt64(a) << 32 | UInt64(b)
        if cells.isEmpty {
            if let known = others[key] { return Int(known) }
            others[key] = Int32(keys.count)
        } else {
            let cell = Int(a) * names + Int(b)
            if cells[cell] >= 0 { return Int(cells[cell]) }
            cells[cell] = Int32(keys.count)
        }
        keys.append(key)
        return keys.count - 1
    }

    func pair(_ index: Int) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: keys[index] >> 32), UInt32(truncatingIfNeeded: keys[index]))
    }
}
