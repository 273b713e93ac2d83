/// Numbers in columns, each told only by which of at most 63 ranges it lies in: all that a tree asks of them.
public struct BinnedTable: Sendable {
    /// For each column, the upper bounds of its ranges but the last; a number above all of them lies in the last range.
    public let bounds: [[Double]]
    /// Row by row; 0 is a missing value.
    let bins: [UInt8]
    public let rowCount: Int
    public var columnCount: Int { bounds.count }

    /// More would cost time and told no more in trials.
    static let binsMax = 63

    /// Chooses ranges that hold about as many rows each. O(rows log rows) a column.
    /// - Parameter columns: All of one length; NaN is missing.
    public init(_ columns: [[Double]]) {
        self.init(columns, bounds: columns.map(Self.chosenBounds))
    }

    /// The same ranges as another table's.
    public init(_ columns: [[Double]], like other: BinnedTable) {
        precondition(columns.count == other.columnCount, "The same columns")
        self.init(columns, bounds: other.bounds)
    }

    private init(_ columns: [[Double]], bounds: [[Double]]) {
        self.bounds = bounds
        rowCount = columns.first?.count ?? 0
        var bins = [UInt8](repeating: 0, count: rowCount * columns.count)
        for (column, values) in columns.enumerated() {
            for (row, value) in values.enumerated() {
                bins[row * columns.count + column] = value.isNaN ? 0 : Self.bin(value, bounds[column])
            }
        }
        self.bins = bins
    }

    private static func bin(_ value: Double, _ bounds: [Double]) -> UInt8 {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return UInt8(low + 1)
    }

    private static func chosenBounds(_ values: [Double]) -> [Double] {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard let last = sorted.last else { return [] }
        var distinct: [Double] = []
        for value in sorted where value != distinct.last {
            distinct.append(value)
            if distinct.count > binsMax { break }
        }
        if distinct.count < binsMax { return Array(distinct.dropLast()) }
        var bounds: [Double] = []
        for k in 1..<(binsMax - 1) {
            let value = sorted[k * sorted.count / (binsMax - 1)]
            if value != bounds.last, value < last { bounds.append(value) }
        }
        return bounds
    }
}
