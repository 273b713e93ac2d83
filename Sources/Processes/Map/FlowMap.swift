import Records

/// The part of the flow that a map shows: what matters most, few enough to be read.
public struct FlowMap: Sendable, Equatable {
    public struct Edge: Sendable, Equatable {
        /// Indices of nodes.
        public var from: Int
        public var to: Int
        public var count: Int
        public var seconds: Int

        public init(from: Int, to: Int, count: Int, seconds: Int) {
            self.from = from
            self.to = to
            self.count = count
            self.seconds = seconds
        }
    }

    /// Names; the busiest first.
    public var nodes: [UInt32]
    public var edges: [Edge]
    /// Flows that are not shown, and how often work took them.
    public var hidden: (flows: Int, count: Int)

    public static func == (a: FlowMap, b: FlowMap) -> Bool {
        a.nodes == b.nodes && a.edges == b.edges && a.hidden == b.hidden
    }

    /// Each node keeps its busiest way in and its busiest way out; then the busiest flows until they carry nearly all.
    /// - Parameters:
    ///   - share: Of all passages, how many the shown flows are to carry.
    public init(
        _ flows: [NamePair: FlowCounts], nodesMax: Int = 14, edgesMax: Int = 28, share: Double = 0.95
    ) {
        let real = flows.filter { $0.key.from != 0 && $0.key.to != 0 }
        var busy: [UInt32: Int64] = [:]
        for (pair, counts) in real {
            busy[pair.from, default: 0] += counts.count
            busy[pair.to, default: 0] += counts.count
        }
        let nodes = busy.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(nodesMax).map(\.key)
        let place = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
        let ranked = real.filter { place[$0.key.from] != nil && place[$0.key.to] != nil }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var hasOut = Set<UInt32>()
        var hasIn = Set<UInt32>()
        var chosen = Set<NamePair>()
        for (pair, _) in ranked where pair.from != pair.to {
            if hasOut.insert(pair.from).inserted { chosen.insert(pair) }
            if hasIn.insert(pair.to).inserted { chosen.insert(pair) }
        }
        let all = real.reduce(Int64(0)) { $0 + $1.value.count }
        var carried = ranked.reduce(Int64(0)) { $0 + (chosen.contains($1.key) ? $1.value.count : 0) }
        for (pair, counts) in ranked
        where chosen.count < edgesMax && Double(carried) < share * Double(all) && !chosen.contains(pair) {
            chosen.insert(pair)
            carried += counts.count
        }
        self.nodes = nodes
        edges = ranked.filter { chosen.contains($0.key) }.compactMap { pair, counts in
            guard let from = place[pair.from], let to = place[pair.to] else { return nil }
            return Edge(from: from, to: to, count: Int(counts.count), seconds: Int(counts.seconds))
        }
        hidden = (real.count - edges.count, Int(all - carried))
    }
}
