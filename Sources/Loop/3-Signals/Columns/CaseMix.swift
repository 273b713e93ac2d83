import Records
import Statistics

/// Tickets that can be compared with one another: the same category, group, priority and location where enough share
/// all four, fewer of these where not.
///
/// Fixed once, before anything is tested: a slice whose mix of tickets changes must not look as if it had become slower.
struct CaseMix {
    /// The cell of each ticket.
    let cell: [UInt16]
    let count: Int

    /// Tickets that make a cell of their own.
    static let least = 40

    init(_ columns: Columns, _ table: TicketTable) {
        let attributes: [Dimension] = [
            columns.dimensions.contains(.category) ? .category : .service, .group, .priority, .location,
        ]
        var cell = [UInt16](repeating: 0, count: columns.count)
        var cells = 1
        for depth in stride(from: attributes.count, to: 0, by: -1) {
            func key(_ i: Int) -> UInt64 {
                let row = Int(columns.rows[i])
                var hash: UInt64 = 0
                for k in 0..<depth {
                    hash = mixed(hash ^ UInt64(table.attributes[row, attributes[k]].code) &+ 0x9E37_79B9_7F4A_7C15)
                }
                return hash
            }
            var counts: [UInt64: Int32] = [:]
            for i in cell.indices where cell[i] == 0 { counts[key(i), default: 0] += 1 }
            var numbers: [UInt64: UInt16] = [:]
            for i in cell.indices where cell[i] == 0 {
                let k = key(i)
                guard counts[k, default: 0] >= Self.least else { continue }
                if let number = numbers[k] {
                    cell[i] = number
                } else if cells < Int(UInt16.max) {
                    cell[i] = UInt16(cells)
                    numbers[k] = UInt16(cells)
                    cells += 1
                }
            }
        }
        self.cell = cell
        count = cells
    }
}
