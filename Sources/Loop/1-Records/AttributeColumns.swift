/// The values of many tickets in each dimension, a byte each as long as there are no more than 255 values: a dimension has few
/// values, however many tickets there are.
///
/// A dimension that no ticket has a value in costs nothing. One with more than 255 values costs two bytes a ticket, one with more
/// than 65,535 four.
public struct AttributeColumns: Sendable {
    /// One dimension: the place of each ticket's value in `names`, in 8 bits, and the bits above them once they are needed.
    private struct Column: Sendable {
        var low: [UInt8] = []
        var middle: [UInt8] = []
        var high: [UInt16] = []
        var names: [Name] = [.none]
        var places: [UInt32: UInt32] = [:]

        mutating func place(of name: Name) -> UInt32 {
            if name.isNone { return 0 }
            if let known = places[name.code] { return known }
            let place = UInt32(names.count)
            names.append(name)
            places[name.code] = place
            if place > 0xFF, middle.isEmpty { middle = [UInt8](repeating: 0, count: low.count) }
            if place > 0xFFFF, high.isEmpty { high = [UInt16](repeating: 0, count: low.count) }
            return place
        }

        /// The first value: all tickets before it have none.
        mutating func begin(with count: Int, reserving capacity: Int) {
            low.reserveCapacity(capacity)
            low.append(contentsOf: repeatElement(0, count: count))
        }

        mutating func append(_ name: Name) {
            let place = place(of: name)
            low.append(UInt8(truncatingIfNeeded: place))
            if !middle.isEmpty { middle.append(UInt8(truncatingIfNeeded: place >> 8)) }
            if !high.isEmpty { high.append(UInt16(truncatingIfNeeded: place >> 16)) }
        }

        subscript(row: Int) -> Name {
            get {
                var place = Int(low[row])
                if !middle.isEmpty { place |= Int(middle[row]) << 8 }
                if !high.isEmpty { place |= Int(high[row]) << 16 }
                return names[place]
            }
            set {
                let place = place(of: newValue)
                low[row] = UInt8(truncatingIfNeeded: place)
                if !middle.isEmpty { middle[row] = UInt8(truncatingIfNeeded: place >> 8) }
                if !high.isEmpty { high[row] = UInt16(truncatingIfNeeded: place >> 16) }
            }
        }
    }

    /// The places of all tickets' values in one dimension, and the values by place: to be read without copying them.
    public struct Places: Sendable {
        @usableFromInline let low: [UInt8]
        @usableFromInline let middle: [UInt8]
        @usableFromInline let high: [UInt16]
        /// What each place stands for; place 0 is none.
        public let names: [Name]

        /// The place of a ticket's value.
        @inlinable public subscript(row: Int) -> Int {
            var place = low.isEmpty ? 0 : Int(low[row])
            if !middle.isEmpty { place |= Int(middle[row]) << 8 }
            if !high.isEmpty { place |= Int(high[row]) << 16 }
            return place
        }
    }

    private var columns = [Column](repeating: Column(), count: Dimension.allCases.count)
    private var reserved = 0
    public private(set) var count = 0

    public init() {}

    public subscript(row: Int, dimension: Dimension) -> Name {
        let d = dimension.index
        return d >= columns.count || columns[d].low.isEmpty ? .none : columns[d][row]
    }

    public func places(_ dimension: Dimension) -> Places {
        let column = columns[dimension.index]
        return Places(low: column.low, middle: column.middle, high: column.high, names: column.names)
    }

    public subscript(row: Int) -> Attributes {
        var attributes = Attributes()
        for dimension in Dimension.allCases { attributes[dimension] = self[row, dimension] }
        return attributes
    }

    mutating func reserve(_ capacity: Int) { reserved = capacity }

    mutating func append(_ attributes: Attributes) {
        for dimension in Dimension.allCases {
            let d = dimension.index
            let name = attributes[dimension]
            if columns[d].low.isEmpty {
                if name.isNone { continue }
                columns[d].begin(with: count, reserving: reserved)
            }
            columns[d].append(name)
        }
        count += 1
    }

    /// Gives a ticket another value in a dimension.
    mutating func set(_ row: Int, _ dimension: Dimension, to name: Name) {
        let d = dimension.index
        if columns[d].low.isEmpty { columns[d].begin(with: count, reserving: reserved) }
        columns[d][row] = name
    }
}
