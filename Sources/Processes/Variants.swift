import Records

/// A way through the process: cases with the same activities in the same order.
public struct Variant: Sendable, Equatable {
    public var activities: [String]
    public var cases: Int
    /// Hours from the first to the last event.
    public var medianHours: Double
    /// One case that went this way.
    public var example: String
}

/// All ways through the process.
/// - Parameter isShort: An activity that follows itself is told once.
/// - Returns: How many there are, and the most frequent of them.
/// - Complexity: O(events).
public func variants(of traces: Traces, limit: Int, isShort: Bool = false) -> (count: Int, top: [Variant]) {
    var known: [UInt64: [Int]] = [:]
    var members: [[Int]] = []
    for index in 0..<traces.caseCount {
        let hash = hash(traces, index, isShort)
        if let found = known[hash]?.first(where: { same(traces, members[$0][0], index, isShort) }) {
            members[found].append(index)
        } else {
            known[hash, default: []].append(members.count)
            members.append([index])
        }
    }
    let ranked = members.indices.sorted { (members[$1].count, $0) < (members[$0].count, $1) }
    let top = ranked.prefix(limit).map { k -> Variant in
        var spans = members[k].map { traces.at[traces.starts[$0 + 1] - 1] - traces.at[traces.starts[$0]] }
        return Variant(
            activities: path(traces, members[k][0], isShort).map { traces.activities[Name(code: $0)] },
            cases: members[k].count, medianHours: medianHours(&spans, 0..<spans.count),
            example: traces.cases[Name(code: traces.caseCodes[members[k][0]])])
    }
    return (members.count, top)
}

/// Fowler, Noll and Vo's hash, 1a, 64 bits, over the codes of the activities.
private func hash(_ traces: Traces, _ index: Int, _ isShort: Bool) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var last = UInt32.max
    for i in traces.events(of: index) {
        let code = traces.activityOf[i]
        if isShort, code == last { continue }
        last = code
        hash = (hash ^ UInt64(code)) &* 0x100_0000_01b3
    }
    return hash
}

private func path(_ traces: Traces, _ index: Int, _ isShort: Bool) -> [UInt32] {
    var out: [UInt32] = []
    for i in traces.events(of: index) where !isShort || out.last != traces.activityOf[i] {
        out.append(traces.activityOf[i])
    }
    return out
}

private func same(_ traces: Traces, _ a: Int, _ b: Int, _ isShort: Bool) -> Bool {
    if isShort { return path(traces, a, true) == path(traces, b, true) }
    let (first, second) = (traces.events(of: a), traces.events(of: b))
    guard first.count == second.count else { return false }
    for k in 0..<first.count
    where traces.activityOf[first.lowerBound + k] != traces.activityOf[second.lowerBound + k] { return false }
    return true
}
