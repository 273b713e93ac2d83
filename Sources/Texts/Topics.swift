import Glibc

/// Divides texts into topics: coarser than what is the same trouble, for reading many of them at a glance.
///
/// Texts are rows of weighted words (inverse document frequency, unit length), and directions learnt from the company that
/// words keep (`WordVectors`); each is joined to its nearest by the mean of the two cosines, and the graph is divided by modularity (Blondel and others, "Fast unfolding of communities in large networks", 2008). Nearest
/// texts are looked for from the rarest words on, under a budget, so that the cost grows with the number of texts and not
/// with its square.
/// - Parameter resolution: Higher gives smaller topics (Reichardt and Bornholdt, 2006).
/// - Returns: For each text the number of its topic, from 0 on, the largest topic first; −1 for a text without words that any
///   other holds.
public func topics(of sets: WordSets, resolution: Double = 5) -> [Int32] {
    let graph = NearestTexts(sets).graph()
    let divided = Louvain(graph, resolution: resolution)
    let community = divided.communities()
    var sizes: [Int32: Int] = [:]
    for (index, group) in community.enumerated() where !graph.isAlone(index) { sizes[group, default: 0] += 1 }
    let order = sizes.keys.sorted { (sizes[$1, default: 0], $0) < (sizes[$0, default: 0], $1) }
    var rank: [Int32: Int32] = [:]
    for (place, group) in order.enumerated() { rank[group] = Int32(place) }
    return community.indices.map { graph.isAlone($0) ? -1 : rank[community[$0]] ?? -1 }
}

/// An undirected graph with weights; each edge stands at both its ends.
struct WeightedGraph {
    var start: [Int]
    var to: [Int32]
    var weight: [Double]

    var count: Int { start.count - 1 }
    func edges(of node: Int) -> Range<Int> { start[node]..<start[node + 1] }
    func isAlone(_ node: Int) -> Bool { start[node] == start[node + 1] }

    /// Adds up edges between the same two nodes. O(edges log edges).
    init(nodes: Int, edges: [(a: Int32, b: Int32, weight: Double)]) {
        var both = edges.map { ($0.a, $0.b, $0.weight) } + edges.filter { $0.a != $0.b }.map { ($0.b, $0.a, $0.weight) }
        both.sort { ($0.0, $0.1) < ($1.0, $1.1) }
        var counts = [Int](repeating: 0, count: nodes + 1)
        to = []
        weight = []
        var last: (Int32, Int32) = (-1, -1)
        for (a, b, w) in both {
            if (a, b) == last {
                weight[weight.count - 1] += w
            } else {
                to.append(b)
                weight.append(w)
                counts[Int(a)] += 1
                last = (a, b)
            }
        }
        start = [0]
        for node in 0..<nodes { start.append(start[node] + counts[node]) }
    }
}

/// For each text the texts nearest to it.
private struct NearestTexts {
    private static let neighbours = 30
    /// The nearest of these by their words are the nearest by words and directions.
    private static let shortlist = 120
    /// Texts looked at for one text, by the words they share; the rarest words come first.
    private static let visitsMax = 60_000

    private let sets: WordSets
    private var postings: [[(text: Int32, weight: Float)]]
    private var weights: [Float] = []
    private let directions: TextDirections

    init(_ sets: WordSets) {
        self.sets = sets
        directions = WordVectors(sets).texts(sets)
        postings = [[(text: Int32, weight: Float)]](repeating: [], count: sets.frequency.count)
        weights = [Float](repeating: 0, count: sets.codes.count)
        let count = Double(sets.count)
        for text in 0..<sets.count {
            var norm = 0.0
            for k in sets[text] {
                let rarity = log((1 + count) / (1 + Double(sets.frequency[Int(sets.codes[k])]))) + 1
                weights[k] = Float(rarity)
                norm += rarity * rarity
            }
            let length = Float(norm.squareRoot())
            for k in sets[text] {
                weights[k] /= length
                let word = Int(sets.codes[k])
                if sets.frequency[word] > 1 { postings[word].append((Int32(text), weights[k])) }
            }
        }
    }

    /// Edges weigh the cube of the nearness, and three times that where each is among the other's nearest.
    func graph() -> WeightedGraph {
        var gathered = [Float](repeating: 0, count: sets.count)
        var touched: [Int32] = []
        var directed: [UInt64: Double] = [:]
        for text in 0..<sets.count {
            for (other, nearness) in nearest(text, &gathered, &touched) {
                let near = Double(nearness)
                directed[UInt64(text) << 32 | UInt64(other)] = near * near * near
            }
        }
        var edges: [(a: Int32, b: Int32, weight: Double)] = []
        for (key, weight) in directed {
            let (a, b) = (Int32(key >> 32), Int32(key & 0xffff_ffff))
            let back = directed[UInt64(b) << 32 | UInt64(a)]
            if let back {
                if a < b { edges.append((a, b, weight + back + 2 * min(weight, back))) }
            } else {
                edges.append((min(a, b), max(a, b), weight))
            }
        }
        // A dictionary has no order of its own; sums must not depend on it.
        edges.sort { ($0.a, $0.b) < ($1.a, $1.b) }
        return WeightedGraph(nodes: sets.count, edges: edges)
    }

    private func nearest(_ text: Int, _ gathered: inout [Float], _ touched: inout [Int32]) -> [(Int32, Float)] {
        let words = sets[text].sorted {
            (sets.frequency[Int(sets.codes[$0])], $0) < (sets.frequency[Int(sets.codes[$1])], $1)
        }
        var visits = 0
        for k in words {
            let posting = postings[Int(sets.codes[k])]
            visits += posting.count
            if visits > Self.visitsMax, !touched.isEmpty { break }
            for entry in posting where entry.text != text {
                if gathered[Int(entry.text)] == 0 { touched.append(entry.text) }
                gathered[Int(entry.text)] += entry.weight * weights[k]
            }
        }
        var best: [(Int32, Float)] = []
        var least: Float = 0
        for other in touched {
            let cosine = gathered[Int(other)]
            gathered[Int(other)] = 0
            if best.count == Self.shortlist, cosine <= least { continue }
            var place = best.count
            while place > 0, best[place - 1].1 < cosine || (best[place - 1].1 == cosine && best[place - 1].0 > other) {
                place -= 1
            }
            best.insert((other, cosine), at: place)
            if best.count > Self.shortlist { best.removeLast() }
            least = best.count == Self.shortlist ? best[best.count - 1].1 : 0
        }
        touched.removeAll(keepingCapacity: true)
        let near = best.map { ($0.0, ($0.1 + directions.cosine(text, Int($0.0))) / 2) }
        return Array(near.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(Self.neighbours))
    }
}

/// Louvain's method: nodes move to the neighbouring community that gains most, communities become nodes, and so on; then again
/// from the single nodes, starting from what was found, because what was joined early may fit better elsewhere (Rotta and Noack,
/// "Multilevel local search algorithms for modularity clustering", 2011).
private struct Louvain {
    private let whole: WeightedGraph
    private let resolution: Double

    private static let passesMax = 12
    private static let roundsMax = 5

    init(_ graph: WeightedGraph, resolution: Double) {
        whole = graph
        self.resolution = resolution
    }

    /// - Returns: The community of each node, numbered from 0 without gaps.
    func communities() -> [Int32] {
        var membership = (0..<Int32(whole.count)).map { $0 }
        for _ in 0..<Self.roundsMax {
            guard let moved = moved(whole, from: membership) else { break }
            membership = moved
            var graph = aggregated(whole, membership)
            while let joined = self.moved(graph, from: (0..<Int32(graph.count)).map { $0 }) {
                for i in membership.indices { membership[i] = joined[Int(membership[i])] }
                graph = aggregated(graph, joined)
            }
        }
        return membership
    }

    /// Moves nodes, in the order of their numbers, until next to nothing moves.
    /// - Returns: The new community of each node, numbered from 0 without gaps; nil when none moved.
    private func moved(_ graph: WeightedGraph, from start: [Int32]) -> [Int32]? {
        let n = graph.count
        var community = start
        var strength = [Double](repeating: 0, count: n)
        for node in 0..<n {
            for e in graph.edges(of: node) {
                strength[node] += graph.weight[e] * (Int(graph.to[e]) == node ? 2 : 1)
            }
        }
        let total = strength.reduce(0, +)
        if total == 0 { return nil }
        var sum = [Double](repeating: 0, count: n)
        for node in 0..<n { sum[Int(community[node])] += strength[node] }
        var near = [Double](repeating: 0, count: n)
        var touched: [Int32] = []
        var hasMoved = false
        for _ in 0..<Self.passesMax {
            var moves = 0
            for node in 0..<n {
                for e in graph.edges(of: node) where Int(graph.to[e]) != node {
                    let other = community[Int(graph.to[e])]
                    if near[Int(other)] == 0 { touched.append(other) }
                    near[Int(other)] += graph.weight[e]
                }
                let old = community[node]
                sum[Int(old)] -= strength[node]
                let cost = resolution * strength[node] / total
                var best = old
                var bestGain = near[Int(old)] - cost * sum[Int(old)]
                for other in touched.sorted() where other != old {
                    let gain = near[Int(other)] - cost * sum[Int(other)]
                    if gain > bestGain + 1e-12 {
                        bestGain = gain
                        best = other
                    }
                }
                sum[Int(best)] += strength[node]
                if best != old {
                    community[node] = best
                    moves += 1
                }
                for other in touched { near[Int(other)] = 0 }
                touched.removeAll(keepingCapacity: true)
            }
            if moves > 0 { hasMoved = true }
            if moves * 1000 < n { break }
        }
        return hasMoved ? numbered(community) : nil
    }

    private func numbered(_ community: [Int32]) -> [Int32] {
        var numbers = [Int32](repeating: -1, count: community.count)
        var next: Int32 = 0
        return community.map { group in
            if numbers[Int(group)] < 0 {
                numbers[Int(group)] = next
                next += 1
            }
            return numbers[Int(group)]
        }
    }

    private func aggregated(_ graph: WeightedGraph, _ community: [Int32]) -> WeightedGraph {
        var edges: [(a: Int32, b: Int32, weight: Double)] = []
        for node in 0..<graph.count {
            for e in graph.edges(of: node) where Int(graph.to[e]) >= node {
                let (a, b) = (community[node], community[Int(graph.to[e])])
                edges.append((min(a, b), max(a, b), graph.weight[e]))
            }
        }
        let count = Int(community.max() ?? -1) + 1
        return WeightedGraph(nodes: count, edges: edges)
    }
}

extension WordSets {
    /// The words that set some texts apart from all: those with the largest share of the difference.
    public func words(of rows: [Int], limit: Int) -> [UInt32] {
        var counts: [UInt32: Int] = [:]
        var length = 0
        for row in rows {
            for k in self[row] {
                counts[codes[k], default: 0] += 1
                length += 1
            }
        }
        let total = Double(max(1, codes.count))
        let scored = counts.map { word, count -> (Double, UInt32) in
            let share = (Double(frequency[Int(word)]) + 0.5) / total
            return (Double(count) * log(Double(count) / (Double(length) * share)), word)
        }
        return scored.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(limit).map(\.1)
    }
}
