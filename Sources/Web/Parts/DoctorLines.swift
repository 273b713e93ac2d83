import Connectors
import Languages
import Measures
import Records

extension Doctor {
    /// What the doctor has to say, the gravest first; empty when there is nothing to say.
    public var lines: [Line] {
        var out: [Line] = []
        for cut in suspectedCuts {
            switch cut {
            case .roundNumberOfRows(let rows): out.append(.suspectedCut(rows: rows))
            case .lastRowShort, .endsInsideQuotes, .gzipEndsEarly: out.append(.truncatedFile)
            }
        }
        let impossible = impossibleOrders.values.reduce(0) { $0 + $1.count }
        if impossible > 0 { out.append(.impossibleOrder(impossible)) }
        if let mojibake { out.append(.mojibake(column: mojibake.sample)) }
        if shortRows > 0 { out.append(.raggedRows(shortRows)) }
        if zeroBytes > 0 { out.append(.nulBytes(zeroBytes)) }
        for gap in gaps { out.append(.gap(Period(gap.first, through: gap.last))) }
        for (field, share) in emptyShare.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where share >= Self.emptyShareTold {
            out.append(.emptyColumn(column: field.rawValue, share: share))
        }
        for need in needs { out.append(.cannotAnswer(need)) }
        return out
    }

    /// A column with fewer empty cells than this is an ordinary column.
    private static let emptyShareTold = 0.5

    /// What the file would have to say for the measures it cannot answer.
    private var needs: [Need] {
        var out: [Need] = []
        for unanswered in cannotAnswer {
            guard let quantity = Quantity(rawValue: unanswered.measure) else { continue }
            for measure in Measure.catalogue where measure.quantity == quantity {
                for need in measure.needs where !out.contains(need) { out.append(need) }
            }
        }
        return out
    }
}
