/// Grows one tree after another over the same rows, in the same memory.
///
/// The slope and the curvature of a row are whole numbers in one word, so that one addition counts a row in a range and a
/// difference of two sums is exact (Shi and others, "Quantized training of gradient boosting decision trees", 2022).
struct TreeGrower {
    struct Leaf {
        var node: Int
        var from: Int
        var to: Int
        var histogram: Int
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
    /// Where each column's ranges begin in a histogram, and the end of the last.
    private let starts: [Int]
    /// The bins of the table as places in a histogram.
    private let places: [UInt16]
    /// Gradient above, curvature below.
    private var words: [Int64]
    private var gradientUnit = 1.0
    private var curvatureUnit = 1.0
    private var order: [Int32]
    private var moved: [Int32]
    private var histograms: [[Int64]]

    init(_ table: BinnedTable, _ settings: BoostedTrees.Settings) {
        precondition(table.columnCount <= 1000, "At most a thousand columns")
        precondition(table.rowCount <= 10_000_000, "At most ten million rows: sums must fit in half a word")
        self.table = table
        self.settings = settings
        gradient = [Double](repeating: 0, count: table.rowCount)
        curvature = gradient
        words = [Int64](repeating: 0, count: table.rowCount)
        order = (0..<Int32(table.rowCount)).map { $0 }
        moved = order
        var starts = [0]
        for bounds in table.bounds { starts.append((starts.last ?? 0) + bounds.count + 2) }
        self.starts = starts
        let columns = table.columnCount
        places = table.bins.enumerated().map { UInt16(starts[$0 % columns] + Int($1)) }
        histograms = Array(
            repeating: [Int64](repeating: 0, count: starts.last ?? 0), count: settings.leavesMax + 1)
    }

    func rows(of leaf: Leaf) -> ArraySlice<Int32> { order[leaf.from..<leaf.to] }

    mutating func grown() -> [BoostedTrees.Node] {
        pack()
        var nodes = [BoostedTrees.Node()]
        leaves = [Leaf(node: 0, from: 0, to: order.count, histogram: 0, split: nil)]
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

    /// Turns slopes and curvatures into whole numbers whose sums over all rows fit.
    private mutating func pack() {
        let room = Double(1 << 30) / Double(gradient.count)
        let steepest = gradient.reduce(0) { max($0, $1.magnitude) }
        let sharpest = curvature.reduce(0) { max($0, $1) }
        gradientUnit = steepest > 0 ? steepest / room : 1
        curvatureUnit = sharpest > 0 ? sharpest / room : 1
        for row in gradient.indices {
            let g = Int64((gradient[row] / gradientUnit).rounded())
            let h = Int64((curvature[row] / curvatureUnit).rounded(.up))
            words[row] = g << 32 + h
        }
    }

    private static func gradient(_ word: Int64) -> Double { Double(word >> 32) }
    private static func curvature(_ word: Int64) -> Double { Double(word & 0xFFFF_FFFF) }

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
        leaves[index] = Leaf(
            node: l, from: old.from, to: left, histogram: isLeftSmaller ? fresh : old.histogram, split: nil)
        leaves.append(
            Leaf(node: r, from: left, to: old.to, histogram: isLeftSmaller ? old.histogram : fresh, split: nil))
        finish(index, &nodes)
        finish(leaves.count - 1, &nodes)
    }

    private mutating func fill(_ histogram: Int, _ range: Range<Int>) {
        let columns = table.columnCount
        var sums: [Int64] = []
        swap(&sums, &histograms[histogram])
        for k in sums.indices { sums[k] = 0 }
        do {
            let (order, words, places) = (order.span, words.span, places.span)
            var to = sums.mutableSpan
            for k in range {
                let row = Int(order[k])
                let word = words[row]
                for place in row * columns..<(row + 1) * columns { to[Int(places[place])] &+= word }
            }
        }
        swap(&sums, &histograms[histogram])
    }

    private mutating func subtract(_ part: Int, from whole: Int) {
        var sums: [Int64] = []
        swap(&sums, &histograms[whole])
        do {
            let partly = histograms[part]
            let less = partly.span
            var to = sums.mutableSpan
            for k in 0..<min(to.count, less.count) { to[k] &-= less[k] }
        }
        swap(&sums, &histograms[whole])
    }

    /// Adds up a leaf, says what it is worth and looks for its best split.
    private mutating func finish(_ index: Int, _ nodes: inout [BoostedTrees.Node]) {
        let leaf = leaves[index]
        var word: Int64 = 0
        for k in leaf.from..<leaf.to { word &+= words[Int(order[k])] }
        let (g, h) = (Self.gradient(word) * gradientUnit, Self.curvature(word) * curvatureUnit)
        nodes[leaf.node].value = -settings.step * g / (h + settings.shrinkage)
        let rows = leaf.to - leaf.from
        if rows >= 2 * settings.rowsInLeafMin {
            leaves[index].split = bestSplit(histograms[leaf.histogram], word, Double(rows))
        }
    }

    /// Rows are told by their curvature, of which each is taken to have the leaf's mean.
    private func bestSplit(_ sums: [Int64], _ whole: Int64, _ rows: Double) -> Split? {
        let (g, h) = (Self.gradient(whole), Self.curvature(whole))
        let least = Double(settings.rowsInLeafMin) * h / rows
        let shrinkage = settings.shrinkage / curvatureUnit
        let asOne = g * g / (h + shrinkage)
        let sums = sums.span
        var best: Split?
        var bestGain = 1e-9 * h
        for column in 0..<table.columnCount {
            var (gl, hl) = (0.0, 0.0)
            let from = starts[column]
            for at in from..<starts[column + 1] - 1 {
                let word = sums[at]
                if word == 0 { continue }
                gl += Self.gradient(word)
                hl += Self.curvature(word)
                if hl < least { continue }
                if h - hl < least { break }
                let gr = g - gl
                let gain = gl * gl / (hl + shrinkage) + gr * gr / (h - hl + shrinkage) - asOne
                if gain > bestGain {
                    bestGain = gain
                    best = Split(gain: gain, column: column, bin: UInt8(at - from))
                }
            }
        }
        // Leaves are compared in the same units: those of a tree share them.
        return best
    }
}
