import Glibc

/// What the trees are to come near to.
public enum BoostedTarget: Sendable {
    /// The probability of a 1, by the logarithm of its odds.
    case probability
    /// The median.
    case median
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
    private(set) var trees: [[Node]] = []

    /// Grows the trees. O(rounds × rows × columns × log leaves).
    /// - Parameters:
    ///   - values: For each row of the table what is to be predicted; not NaN. 0 or 1 for a probability.
    public init(_ table: BinnedTable, _ values: [Double], for target: BoostedTarget, _ settings: Settings = Settings())
    {
        precondition(table.rowCount == values.count, "A value for each row")
        switch target {
        case .probability:
            let share = min(max((sum(values) + 0.5) / (Double(values.count) + 1), 1e-6), 1 - 1e-6)
            start = log(share / (1 - share))
        case .median: start = median(values) ?? 0
        }
        guard !values.isEmpty, table.columnCount > 0 else { return }
        var score = [Double](repeating: start, count: values.count)
        var grower = TreeGrower(table, settings)
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
                }
            }
            var tree = grower.grown()
            if case .median = target {
                for leaf in grower.leaves {
                    let rest = grower.rows(of: leaf).map { values[Int($0)] - score[Int($0)] }
                    tree[leaf.node].value = settings.step * (median(rest) ?? 0)
                }
            }
            for leaf in grower.leaves {
                for row in grower.rows(of: leaf) { score[Int(row)] += tree[leaf.node].value }
            }
            if tree.count == 1, tree[0].value == 0 { break }
            trees.append(tree)
        }
    }

    /// The prediction for a row: the logarithm of the odds, or the median. O(trees × depth).
    public func score(_ table: BinnedTable, row: Int) -> Double {
        let base = row * table.columnCount
        var total = start
        for tree in trees {
            var node = 0
            while tree[node].column >= 0 {
                let bin = table.bins[base + Int(tree[node].column)]
                node = Int(bin <= tree[node].bin ? tree[node].left : tree[node].right)
            }
            total += tree[node].value
        }
        return total
    }

    /// How much each column moved the prediction of a row: at every turn of its ways the change of the value that was to be
    /// expected (Saabas, "Interpreting random forests", 2014). They add up to the score less what is expected of any row.
    public func reasons(_ table: BinnedTable, row: Int) -> [Double] {
        var out = [Double](repeating: 0, count: table.columnCount)
        let base = row * table.columnCount
        for tree in trees {
            var node = 0
            while tree[node].column >= 0 {
                let column = Int(tree[node].column)
                let next = Int(table.bins[base + column] <= tree[node].bin ? tree[node].left : tree[node].right)
                out[column] += tree[next].value - tree[node].value
                node = next
            }
        }
        return out
    }
}

/// Grows one tree after another over the same rows, in the same memory.
struct TreeGrower {
    struct Leaf {
        var node: Int
        var from: Int
        var to: Int
        var histogram: Int
        var gradient: Double
        var curvature: Double
        var split: Split?
    }

    struct Split {
        var gain: Double
        var column: Int
        var bin: UInt8
    }

    var gradient: [Double]
    var curvature: [Double]
    private(set) var leaves: [Leaf] = []

    private let table: BinnedTable
    private let settings: BoostedTrees.Settings
    private var order: [Int32]
    private var moved: [Int32]
    /// Of each leaf, column and range the sum of the gradients, of the curvatures, and the number of rows.
    private var histograms: [[Double]]
    private let width: Int

    init(_ table: BinnedTable, _ settings: BoostedTrees.Settings) {
        self.table = table
        self.settings = settings
        gradient = [Double](repeating: 0, count: table.rowCount)
        curvature = gradient
        order = (0..<Int32(table.rowCount)).map { $0 }
        moved = order
        width = (BinnedTable.binsMax + 1) * 3
        histograms = Array(
            repeating: [Double](repeating: 0, count: width * table.columnCount), count: settings.leavesMax + 1)
    }

    func rows(of leaf: Leaf) -> ArraySlice<Int32> { order[leaf.from..<leaf.to] }

    mutating func grown() -> [BoostedTrees.Node] {
        var nodes = [BoostedTrees.Node()]
        leaves = [Leaf(node: 0, from: 0, to: order.count, histogram: 0, gradient: 0, curvature: 0, split: nil)]
        fill(0, 0..<order.count)
        finish(0, &nodes)
        while leaves.count < settings.leavesMax {
            var best: Int?
            for k in leaves.indices where (leaves[k].split?.gain ?? 0) > (best.flatMap { leaves[$0].split?.gain } ?? 0)
            {
                best = k
            }
            guard let best, let split = leaves[best].split else { break }
            divide(best, split, &nodes)
        }
        return nodes
    }

    /// Divides a leaf in two. The histogram of the smaller half is counted, that of the larger is what remains.
    private mutating func divide(_ index: Int, _ split: Split, _ nodes: inout [BoostedTrees.Node]) {
        let old = leaves[index]
        let columns = table.columnCount
        var left = old.from
        var right = 0
        for k in old.from..<old.to {
            let row = order[k]
            if table.bins[Int(row) * columns + split.column] <= split.bin {
                order[left] = row
                left += 1
            } else {
                moved[right] = row
                right += 1
            }
        }
        for k in 0..<right { order[left + k] = moved[k] }
        let (l, r) = (nodes.count, nodes.count + 1)
        nodes[old.node].column = Int32(split.column)
        nodes[old.node].bin = split.bin
        nodes[old.node].left = Int32(l)
        nodes[old.node].right = Int32(r)
        nodes += [BoostedTrees.Node(), BoostedTrees.Node()]
        let isLeftSmaller = left - old.from <= old.to - left
        let fresh = leaves.count
        fill(fresh, isLeftSmaller ? old.from..<left : left..<old.to)
        subtract(fresh, from: old.histogram)
        var a = Leaf(node: l, from: old.from, to: left, histogram: 0, gradient: 0, curvature: 0, split: nil)
        var b = Leaf(node: r, from: left, to: old.to, histogram: 0, gradient: 0, curvature: 0, split: nil)
        a.histogram = isLeftSmaller ? fresh : old.histogram
        b.histogram = isLeftSmaller ? old.histogram : fresh
        leaves[index] = a
        leaves.append(b)
        finish(index, &nodes)
        finish(leaves.count - 1, &nodes)
    }

    private mutating func fill(_ histogram: Int, _ range: Range<Int>) {
        let columns = table.columnCount
        var sums: [Double] = []
        swap(&sums, &histograms[histogram])
        for k in sums.indices { sums[k] = 0 }
        for k in range {
            let row = Int(order[k])
            let (g, h) = (gradient[row], curvature[row])
            var place = 0
            for bin in table.bins[row * columns..<(row + 1) * columns] {
                let at = place + Int(bin) * 3
                sums[at] += g
                sums[at + 1] += h
                sums[at + 2] += 1
                place += width
            }
        }
        swap(&sums, &histograms[histogram])
    }

    private mutating func subtract(_ part: Int, from whole: Int) {
        var sums: [Double] = []
        swap(&sums, &histograms[whole])
        for k in sums.indices { sums[k] -= histograms[part][k] }
        swap(&sums, &histograms[whole])
    }

    /// Adds up a leaf, says what it is worth and looks for its best split.
    private mutating func finish(_ index: Int, _ nodes: inout [BoostedTrees.Node]) {
        let sums = histograms[leaves[index].histogram]
        var (g, h) = (0.0, 0.0)
        for bin in 0...BinnedTable.binsMax {
            g += sums[bin * 3]
            h += sums[bin * 3 + 1]
        }
        leaves[index].gradient = g
        leaves[index].curvature = h
        nodes[leaves[index].node].value = -settings.step * g / (h + settings.shrinkage)
        let rows = leaves[index].to - leaves[index].from
        if rows >= 2 * settings.rowsInLeafMin { leaves[index].split = bestSplit(sums, g, h, Double(rows)) }
    }

    private func bestSplit(_ sums: [Double], _ g: Double, _ h: Double, _ rows: Double) -> Split? {
        let least = Double(settings.rowsInLeafMin)
        let shrinkage = settings.shrinkage
        let whole = g * g / (h + shrinkage)
        var best: Split?
        var bestGain = 1e-9
        for column in 0..<table.columnCount {
            var (gl, hl, nl) = (0.0, 0.0, 0.0)
            let base = column * width
            for bin in 0...table.bounds[column].count {
                let at = base + bin * 3
                gl += sums[at]
                hl += sums[at + 1]
                nl += sums[at + 2]
                if nl < least { continue }
                if rows - nl < least { break }
                let (gr, hr) = (g - gl, h - hl)
                let gain = gl * gl / (hl + shrinkage) + gr * gr / (hr + shrinkage) - whole
                if gain > bestGain {
                    bestGain = gain
                    best = Split(gain: gain, column: column, bin: UInt8(bin))
                }
            }
        }
        return best
    }
}
