// A picture of a flow: nodes in layers in the direction of the work, lines between neighbouring layers only.
//
// Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures" (1981): lines that go
// against the flow are turned round, nodes are put into layers by their longest way from a start, long lines get a place in
// every layer they cross, layers are ordered by barycentres until lines cross least, and places are evened out within that
// order. Every tie is broken by number, so the same flow gives the same picture on every machine.

/// Where nodes and lines of a picture lie. The flow runs along x, layers are spread along y; a caller who wants it from top to
/// bottom exchanges the two.
public struct LayeredLayout: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        public var x: Double
        public var y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    public struct Size: Sendable, Equatable {
        public var length: Double
        public var breadth: Double

        /// - Parameters:
        ///   - length: Along the flow.
        ///   - breadth: Across it.
        public init(length: Double, breadth: Double) {
            self.length = length
            self.breadth = breadth
        }
    }

    /// The middle of each node.
    public private(set) var nodes: [Point]
    /// For each edge the points it passes, from its first node's edge to its second's; empty for one from a node to itself.
    public private(set) var edges: [[Point]]
    public private(set) var length: Double
    public private(set) var breadth: Double

    /// - Parameters:
    ///   - edges: Pairs of node numbers with their weight: heavy ones are kept in the direction of the flow.
    ///   - node: The size of every node.
    ///   - apart: The gaps between two layers, and between two nodes of one.
    /// - Complexity: O(sweeps × edges × log edges); meant for some dozens of nodes.
    public init(
        nodeCount: Int, edges: [(from: Int, to: Int, weight: Int)], node: Size,
        apart: (layers: Double, nodes: Double) = (56, 18)
    ) {
        let turned = Self.turned(nodeCount, edges)
        let ranks = Self.ranks(nodeCount, edges, turned)
        var drawing = Drawing(nodeCount, edges, turned, ranks)
        drawing.order()
        let y = drawing.places(breadth: node.breadth, gap: apart.nodes)
        let step = node.length + apart.layers
        func point(_ k: Int) -> Point {
            Point(x: Double(drawing.rank[k]) * step + node.length / 2, y: y[k])
        }
        nodes = (0..<nodeCount).map(point)
        self.edges = edges.indices.map { e in
            let chain = drawing.chains[e]
            guard chain.count > 1 else { return [] }
            var points: [Point] = []
            for (i, k) in chain.enumerated() {
                let at = point(k)
                let half = node.length / 2
                if i > 0 { points.append(Point(x: at.x - half, y: at.y)) }
                if i + 1 < chain.count { points.append(Point(x: at.x + half, y: at.y)) }
            }
            return turned[e] ? points.reversed() : points
        }
        length = Double((drawing.rank.max() ?? 0) + 1) * step - apart.layers
        breadth = (y.max() ?? 0) + node.breadth / 2
    }

    /// Which edges go against the flow: heaviest first, each is kept unless it would close a circle.
    private static func turned(_ count: Int, _ edges: [(from: Int, to: Int, weight: Int)]) -> [Bool] {
        var next = [[Int]](repeating: [], count: count)
        var turned = [Bool](repeating: false, count: edges.count)
        func leads(_ from: Int, to: Int) -> Bool {
            var seen = Set<Int>()
            var open = [from]
            while let k = open.popLast() {
                if k == to { return true }
                if seen.insert(k).inserted { open += next[k] }
            }
            return false
        }
        for e in edges.indices.sorted(by: { (edges[$1].weight, $0) < (edges[$0].weight, $1) }) {
            let (from, to, _) = edges[e]
            if from == to { continue }
            if leads(to, to: from) {
                turned[e] = true
                next[to].append(from)
            } else {
                next[from].append(to)
            }
        }
        return turned
    }

    /// The longest way from a start to each node.
    private static func ranks(
        _ count: Int, _ edges: [(from: Int, to: Int, weight: Int)], _ turned: [Bool]
    ) -> [Int] {
        var rank = [Int](repeating: 0, count: count)
        // There is no circle any more, so no way is longer than all nodes.
        for _ in 0..<max(1, count) {
            var moved = false
            for (e, edge) in edges.enumerated() where edge.from != edge.to {
                let (a, b) = turned[e] ? (edge.to, edge.from) : (edge.from, edge.to)
                if rank[b] < rank[a] + 1 {
                    rank[b] = rank[a] + 1
                    moved = true
                }
            }
            if !moved { break }
        }
        return rank
    }
}

/// Nodes and the places of long lines, layer by layer.
private struct Drawing {
    var rank: [Int]
    /// For each edge the nodes and places it passes, in the order of the layers.
    var chains: [[Int]] = []
    private var layers: [[Int]]
    private var before: [[Int]]
    private var after: [[Int]]
    private let nodeCount: Int

    private static let sweeps = 12

    init(_ count: Int, _ edges: [(from: Int, to: Int, weight: Int)], _ turned: [Bool], _ ranks: [Int]) {
        nodeCount = count
        rank = ranks
        before = Array(repeating: [], count: count)
        after = before
        for (e, edge) in edges.enumerated() {
            if edge.from == edge.to {
                chains.append([])
                continue
            }
            let (a, b) = turned[e] ? (edge.to, edge.from) : (edge.from, edge.to)
            var chain = [a]
            for r in (rank[a] + 1)..<max(rank[a] + 1, rank[b]) {
                rank.append(r)
                before.append([])
                after.append([])
                chain.append(rank.count - 1)
            }
            chain.append(b)
            for (x, y) in zip(chain, chain.dropFirst()) {
                after[x].append(y)
                before[y].append(x)
            }
            chains.append(chain)
        }
        layers = Array(repeating: [], count: (rank.max() ?? 0) + 1)
        for k in rank.indices { layers[rank[k]].append(k) }
    }

    /// Orders each layer so that lines cross little: barycentres forwards and backwards, the best order seen is kept.
    mutating func order() {
        var best = layers
        var least = crossings()
        for sweep in 0..<Self.sweeps where least > 0 {
            let forwards = sweep % 2 == 0
            for r in forwards ? Array(layers.indices) : layers.indices.reversed() {
                var place: [Int: Double] = [:]
                for layer in layers { for (i, k) in layer.enumerated() { place[k] = Double(i) } }
                let own = layers[r]
                func centre(_ k: Int) -> Double {
                    let others = forwards ? before[k] : after[k]
                    if others.isEmpty { return place[k] ?? 0 }
                    return others.reduce(0) { $0 + (place[$1] ?? 0) } / Double(others.count)
                }
                let centres = own.map(centre)
                layers[r] = own.indices.sorted { (centres[$0], $0) < (centres[$1], $1) }.map { own[$0] }
            }
            let now = crossings()
            if now < least { (least, best) = (now, layers) }
        }
        layers = best
    }

    private func crossings() -> Int {
        var place = [Int](repeating: 0, count: rank.count)
        for layer in layers { for (i, k) in layer.enumerated() { place[k] = i } }
        var count = 0
        for layer in layers {
            let lines = layer.flatMap { a in after[a].map { (place[a], place[$0]) } }
            for (i, a) in lines.enumerated() {
                for b in lines[(i + 1)...] where (a.0 - b.0) * (a.1 - b.1) < 0 { count += 1 }
            }
        }
        return count
    }

    /// Where each node lies across the flow: near the middle of its neighbours, never nearer than a gap to the next.
    func places(breadth: Double, gap: Double) -> [Double] {
        // A line needs less room than a node.
        func room(_ k: Int) -> Double { k < nodeCount ? breadth : breadth * 0.4 }
        var y = [Double](repeating: 0, count: rank.count)
        for layer in layers {
            var at = 0.0
            for k in layer {
                y[k] = at + room(k) / 2
                at += room(k) + gap
            }
        }
        for round in 0..<8 {
            for r in round % 2 == 0 ? Array(layers.indices) : layers.indices.reversed() {
                settle(layers[r], &y, room, gap)
            }
        }
        let top = layers.flatMap { $0 }.map { y[$0] - room($0) / 2 }.min() ?? 0
        return y.map { $0 - top }
    }

    /// Moves a layer towards its wishes, from the top down and from the bottom up, and takes the middle of the two.
    private func settle(_ layer: [Int], _ y: inout [Double], _ room: (Int) -> Double, _ gap: Double) {
        let wishes = layer.map { k -> Double in
            let others = before[k] + after[k]
            return others.isEmpty ? y[k] : others.reduce(0) { $0 + y[$1] } / Double(others.count)
        }
        var down = wishes
        for i in layer.indices.dropFirst() {
            let least = down[i - 1] + (room(layer[i - 1]) + room(layer[i])) / 2 + gap
            down[i] = max(down[i], least)
        }
        var up = wishes
        for i in layer.indices.dropLast().reversed() {
            let most = up[i + 1] - (room(layer[i + 1]) + room(layer[i])) / 2 - gap
            up[i] = min(up[i], most)
        }
        for (i, k) in layer.enumerated() { y[k] = (down[i] + up[i]) / 2 }
    }
}
