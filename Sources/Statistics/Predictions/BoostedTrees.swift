import Glibc

/// What the trees are to come near to.
public enum BoostedTarget: Sendable {
    /// The probability of a 1, by the logarithm of its odds.
    case probability
    /// The median.
    case median
    /// The mean.
    case mean
}

/// A sum of small decision trees, each grown on what those before it left over.
///
/// Friedman, "Greedy function approximation: a gradient boosting machine" (2001); histograms and growth of the best leaf first
/// after Ke and others, "LightGBM" (2017); leaf values for the median as in Friedman's LAD_TreeBoost.
public struct BoostedTrees: Sendable {
    public struct Settings: Sendable {
        public var rounds = 150
        public var step = 0.06
        public var leavesMax = 31
        public var rowsInLeafMin = 40
        /// Draws leaf values towards nothing, as so many rows more would.
        public var shrinkage = 5.0

        public init() {}
    }

    struct Node: Sendable {
        /// −1 is a leaf.
        var column: Int32 = -1
        /// Rows in this range or a lower one, missing ones included, go left.
        var bin: UInt8 = 0
        var left: Int32 = 0
        var right: Int32 = 0
        /// What a row that ended here would add.
        var value = 0.0
    }

    let start: Double
    /// All trees, one after another.
    private var nodes: [Node] = []
    /// Where each tree begins.
    private var roots: [Int] = []
    public var treeCount: Int { roots.count }

    /// Grows the trees. O(rounds × rows × columns × log leaves).
    /// - Parameters:
    ///   - values: For each row of the table what is to be predicted; not NaN. 0 or 1 for a probability.
    ///   - watched: Rows that teach nothing: only as many trees are kept as predict these best, and growing ends when thirty
    ///     trees have not helped.
    public init(
        _ table: BinnedTable, _ values: [Double], for target: BoostedTarget, _ settings: Settings = Settings(),
        watched: (table: BinnedTable, values: [Double])? = nil
    ) {
        precondition(table.rowCount == values.count, "A value for each row")
        start = Self.start(values, target)
        guard !values.isEmpty, table.columnCount > 0 else { return }
        var score = [Double](repeating: start, count: values.count)
        var watching = watched.flatMap { $0.values.isEmpty ? nil : WatchedRows($0.table, $0.values, target, start) }
        var grower = TreeGrower(table, settings)
        var finder = MedianFinder()
        for _ in 0..<settings.rounds {
            for row in values.indices {
                switch target {
                case .probability:
                    let p = 1 / (1 + exp(-score[row]))
                    grower.gradient[row] = p - values[row]
                    grower.curvature[row] = max(p * (1 - p), 1e-12)
                case .median:
                    grower.gradient[row] = score[row] > values[row] ? 1 : score[row] < values[row] ? -1 : 0
                    grower.curvature[row] = 1
                case .mean:
                    grower.gradient[row] = score[row] - values[row]
                    grower.curvature[row] = 1
                }
            }
            var tree = grower.grown()
            if case .median = target {
                for leaf in grower.leaves {
                    finder.scratch.removeAll(keepingCapacity: true)
                    for row in grower.rows(of: leaf) { finder.scratch.append(values[Int(row)] - score[Int(row)]) }
                    tree[leaf.node].value = settings.step * (finder.medianOfScratch() ?? 0)
                }
            }
            for leaf in grower.leaves {
                let value = tree[leaf.node].value
                for row in grower.rows(of: leaf) { score[Int(row)] += value }
            }
            if tree.count == 1, tree[0].value == 0 { break }
            append(tree)
            if let isEnough = watching?.add(self), isEnough { break }
        }
        if let best = watching?.best, best < roots.count {
            nodes.removeSubrange(roots[best]...)
            roots.removeSubrange(best...)
        }
    }

    private static func start(_ values: [Double], _ target: BoostedTarget) -> Double {
        switch target {
        case .probability:
            let share = min(max((sum(values) + 0.5) / (Double(values.count) + 1), 1e-6), 1 - 1e-6)
            return log(share / (1 - share))
        case .median: return median(values) ?? 0
        case .mean: return mean(values) ?? 0
        }
    }

    private mutating func append(_ tree: [Node]) {
        let base = Int32(nodes.count)
        roots.append(nodes.count)
        for var node in tree {
            node.left += base
            node.right += base
            nodes.append(node)
        }
    }

    /// The prediction for a row: the logarithm of the odds, the median or the mean. O(trees × depth).
    public func score(_ table: BinnedTable, row: Int) -> Double {
        let (nodes, bins) = (
            nodes.span, table.bins.span.extracting(row * table.columnCount..<(row + 1) * table.columnCount)
        )
        var total = start
        for root in roots {
            var node = root
            while nodes[node].column >= 0 {
                node = Int(bins[Int(nodes[node].column)] <= nodes[node].bin ? nodes[node].left : nodes[node].right)
            }
            total += nodes[node].value
        }
        return total
    }

    func added(by tree: Int, _ table: BinnedTable, _ row: Int) -> Double {
        let base = row * table.columnCount
        let (nodes, bins) = (nodes.span, table.bins.span)
        var node = roots[tree]
        while nodes[node].column >= 0 {
            let bin = bins[base + Int(nodes[node].column)]
            node = Int(bin <= nodes[node].bin ? nodes[node].left : nodes[node].right)
        }
        return nodes[node].value
    }

    /// How much each column moved the prediction of a row: at every turn of its ways the change of the value that was to be
    /// expected (Saabas, "Interpreting random forests", 2014). They add up to the score less what is expected of any row.
    public func reasons(_ table: BinnedTable, row: Int) -> [Double] {
        var out = [Double](repeating: 0, count: table.columnCount)
        let base = row * table.columnCount
        for root in roots {
            var node = root
            while nodes[node].column >= 0 {
                let column = Int(nodes[node].column)
                let next = Int(table.bins[base + column] <= nodes[node].bin ? nodes[node].left : nodes[node].right)
                out[column] += nodes[next].value - nodes[node].value
                node = next
            }
        }
        return out
    }
}

/// How well the trees so far predict rows that do not teach.
private struct WatchedRows {
    private let table: BinnedTable
    private let values: [Double]
    private let target: BoostedTarget
    private var score: [Double]
    private var least: Double
    private var count = 0
    private(set) var best = 0

    /// So many trees may follow the best.
    private static let patience = 30

    init(_ table: BinnedTable, _ values: [Double], _ target: BoostedTarget, _ start: Double) {
        self.table = table
        self.values = values
        self.target = target
        score = [Double](repeating: start, count: values.count)
        least = 0
        least = loss()
    }

    private func loss() -> Double {
        var total = 0.0
        for (s, value) in zip(score, values) {
            switch target {
            case .probability: total += log(1 + exp(value == 1 ? -s : s))
            case .median: total += (s - value).magnitude
            case .mean: total += (s - value) * (s - value)
            }
        }
        return total
    }

    /// Takes the newest tree; true when it is time to end.
    mutating func add(_ trees: BoostedTrees) -> Bool {
        for row in values.indices { score[row] += trees.added(by: trees.treeCount - 1, table, row) }
        count += 1
        let now = loss()
        if now < least { (least, best) = (now, count) }
        return count - best >= Self.patience
    }
}
