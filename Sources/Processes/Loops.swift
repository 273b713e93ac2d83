import Records

/// Work that went round: an activity after itself, or there and back again.
public struct Loop: Sendable, Equatable {
    /// One activity that repeats, or two that alternate (A, B, A).
    public var activities: [String]
    /// How often, over all cases.
    public var count: Int
    /// In how many cases.
    public var cases: Int
    /// Mean hours one round takes.
    public var meanHours: Double
}

/// Loops of length one (A A) and two (A B A).
///
/// Weijters and others, "Process mining with the HeuristicsMiner algorithm" (2006), 3, tells these two apart from other
/// successions, because they hide in a directly-follows graph.
/// - Returns: The most frequent first. O(events).
public func loops(of traces: Traces) -> [Loop] {
    rounds(of: traces, codes: traces.activityOf, names: traces.activities, shortest: 1)
}

/// Work sent from one resource to another and straight back: ping-pong. The resources that hold a case one after another
/// count, however many events each of them has in between.
/// - Returns: The most frequent first. O(events).
public func pingPong(of traces: Traces) -> [Loop] {
    rounds(of: traces, codes: traces.resourceOf, names: traces.resources, shortest: 2)
}

private func rounds(of traces: Traces, codes: [UInt32], names: Names, shortest: Int) -> [Loop] {
    struct Tally {
        var count = 0
        var cases = 0
        var lastCase = -1
        var time = 0.0
    }
    var tallies: [UInt64: Tally] = [:]
    func take(_ a: UInt32, _ b: UInt32, _ index: Int, _ span: Int64) {
        var tally = tallies[UInt64(a) << 32 | UInt64(b)] ?? Tally()
        tally.count += 1
        tally.time += Double(span)
        if tally.lastCase != index {
            tally.lastCase = index
            tally.cases += 1
        }
        tallies[UInt64(a) << 32 | UInt64(b)] = tally
    }
    for index in 0..<traces.caseCount {
        // The two stays before the present one, and when the earlier began.
        var (before, last): (UInt32, UInt32) = (0, 0)
        var (beforeSince, lastSince) = (0, 0)
        for i in traces.events(of: index) where codes[i] != 0 {
            let code = codes[i]
            if code == last {
                if shortest == 1 { take(code, 0, index, traces.at[i] - traces.at[i - 1]) }
                continue
            }
            if code == before { take(code, last, index, traces.at[i] - traces.at[beforeSince]) }
            (before, last) = (last, code)
            (beforeSince, lastSince) = (lastSince, i)
        }
    }
    return tallies.map { key, tally in
        let second = UInt32(truncatingIfNeeded: key)
        let first = names[Name(code: UInt32(truncatingIfNeeded: key >> 32))]
        return Loop(
            activities: second == 0 ? [first] : [first, names[Name(code: second)], first], count: tally.count,
            cases: tally.cases, meanHours: tally.time / Double(tally.count) / microsecondsAnHour)
    }.sorted {
        ($1.count, $0.activities.joined(separator: "\u{0}")) < ($0.count, $1.activities.joined(separator: "\u{0}"))
    }
}
