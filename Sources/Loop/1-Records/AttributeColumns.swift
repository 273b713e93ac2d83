/// The values of many tickets in each dimension, two bytes each: a dimension has few values, however many tickets there are.
///
/// A dimension that no ticket has a value in costs nothing. One with more than 65,535 values costs two bytes more a ticket.
public struct AttributeColumns: Sendable {
    /// One dimension: the place of each ticket's value in `names`, in 16 bits, and the bits above them once they are needed.
    private struct Column: Sendable {
        var low: [UInt16] = []
        var high: [UInt16] = []
        var names: [Name] = [.none]
        var places: [UInt32: UInt32] = [:]

        mutating func place(of name: Name) -> UInt32 {
            if name.isNone { return 0 }
            if let known = places[name.code] { return known }
            let place = UInt32(names.count)
            names.append(name)
            places[name.code] = place
            if place > 0xFFFF, high.isEmpty { high = [UInt16](repeating: 0, count: low.count) }
            return place
        }
    }

    private var columns = [Column](repeating: Column(), count: Dimension.allCases.count)
    private var reserved = 0
    public private(set) var count = 0

    public init() {}

    public subscript(row: Int, dimension: Dimension) -> Name {
        let d = dimension.index
        if columns[d].low.isEmpty { return .none }
        var place = Int(columns[d].low[row])
        if !columns[d].high.isEmpty { place |= Int(columns[d].high[row]) << 16 }
        return columns[d].names[place]
    }

    public subscript(row: Int) -> Attributes {
        var attributes = Attributes()
        for dimension in Dimension.allCases { attributes[dimension] = self[row, dimension] }
        return attributes
    }

    mutating func reserve(_ capacity: Int) { reserved = capacity }

    mutating func append(_ attributes: Attributes) {
        count += 1
        for dimension in Dimension.allCases {
            let d = dimension.index
            let name = attributes[dimension]
            if columns[d].low.isEmpty {
                if name.isNone { continue }
                columns[d].low.reserveCapacity(reserved)
                columns[d].low.append(contentsOf: repeatElement(0, count: count - 1))
            }
            let place = columns[d].place(of: name)
            columns[d].low.append(UInt16(truncatingIfNeeded: place))
            if !columns[d].high.isEmpty { columns[d].high.append(UInt16(truncatingIfNeeded: place >> 16)) }
        }
    }

    /// Gives a ticket another value in a dimension.
    mutating func set(_ row: Int, _ dimension: Dimension, to name: Name) {
        let d = dimension.index
        if columns[d].low.isEmpty {
            columns[d].low.reserveCapacity(reserved)
            columns[d].low.append(contentsOf: repeatElement(0, count: count))
        }
        let place = columns[d].place(of: name)
        columns[d].low[row] = UInt16(truncatingIfNeeded: place)
        if !columns[d].high.isEmpty { columns[d].high[row] = UInt16(truncatingIfNeeded: place >> 16) }
    }
}
