import Connectors
import Records
import Statistics
import Texts

/// The columns of cases as numbers, learned from the finished cases alone and in their order.
///
/// A category becomes what came of earlier rows with it: the share that broke their promise, the usual logarithm of hours, and
/// how many there were. A text becomes the mean of that over its words. A time becomes its hour, its weekday and its day of
/// the month.
struct CaseFeatures {
    /// A column of the finished cases and how it is read.
    private struct Source {
        var name: String
        var kind: CaseTable.Kind
        var codes: [String: Int] = [:]
        var vocabulary = Vocabulary()
        var rates = EarlierRates(values: 0, first: 0)
        var times = EarlierRates(values: 0, first: 0)
    }

    private var sources: [Source] = []
    /// The column that each feature comes from.
    private(set) var columns: [String] = []
    /// What the finished cases show, feature by feature.
    private(set) var training: [[Double]] = []

    /// - Parameters:
    ///   - used: The columns to read.
    ///   - hours: The logarithms of the hours of the rows, NaN where unknown; `breach` likewise.
    init(_ table: CaseTable, used: [String], hours: [Double], breach: [Double]) {
        for name in used {
            guard let column = table.column(name) else { continue }
            var source = Source(name: name, kind: table.kind(column))
            let found: [[Double]]
            switch source.kind {
            case .number: found = [table.numbers(column)]
            case .time: found = Self.times(table, column)
            case .category:
                let values = Self.codes(table, column, &source.codes, isOpen: true).map { [$0] }
                found = Self.learned(values, source.codes.count, hours, breach, &source)
            case .text:
                let values = Self.words(table, column, &source.vocabulary)
                found = Self.learned(values, source.vocabulary.count, hours, breach, &source)
            }
            training += found
            columns += found.map { _ in name }
            sources.append(source)
        }
    }

    /// The same features of other cases; they teach nothing.
    func rows(of table: CaseTable) -> [[Double]] {
        var out: [[Double]] = []
        for source in sources {
            guard let column = table.column(source.name) else { continue }
            switch source.kind {
            case .number: out.append(table.numbers(column))
            case .time: out += Self.times(table, column)
            case .category:
                var codes = source.codes
                let values = Self.codes(table, column, &codes, isOpen: false)
                out += Self.split(values.map { Self.told(CollectionOfOne($0), source) })
            case .text:
                var vocabulary = source.vocabulary
                out += Self.split(Self.words(table, column, &vocabulary).map { Self.told($0, source) })
            }
        }
        return out
    }

    private static func times(_ table: CaseTable, _ column: Int) -> [[Double]] {
        guard var reader = try? MomentColumn() else { return [[], [], []] }
        var readings: [MomentColumn.Reading?] = []
        for row in 0..<table.rowCount { readings.append(reader.read(table.text(column, row).utf8.span)) }
        let isTurned = (try? reader.isMonthFirst(table.path, column: table.header[column])) ?? false
        let moments = readings.map { $0.map { $0.canTurn && isTurned ? MomentColumn.turned($0.at) : $0.at } }
        let parts: [(Int64) -> Double] = [
            { Double($0 / 3_600_000_000 % 24) }, { Double(($0 / 86_400_000_000 + 3) % 7) },
            { Double(Day(number: Int32($0 / 86_400_000_000)).components.day) },
        ]
        return parts.map { part in moments.map { $0.map(part) ?? .nan } }
    }

    /// Values as numbers from 0 on; what is not known gets the next number after them, or a new one where that is open.
    private static func codes(
        _ table: CaseTable, _ column: Int, _ known: inout [String: Int], isOpen: Bool
    ) -> [Int] {
        var seen = [Int](repeating: -1, count: table.names.count)
        return table.cells[column].map { cell in
            if seen[Int(cell)] >= 0 { return seen[Int(cell)] }
            let text = table.names[Name(code: cell)]
            let code = known[text] ?? known.count
            if isOpen { known[text] = code }
            seen[Int(cell)] = code
            return code
        }
    }

    private static func words(_ table: CaseTable, _ column: Int, _ vocabulary: inout Vocabulary) -> [[Int]] {
        (0..<table.rowCount).map { row in
            var out: [UInt32] = []
            vocabulary.words(of: table.text(column, row).utf8.span, to: &out)
            return Set(out).sorted().map { Int($0) }
        }
    }

    private static func told(_ values: some Collection<Int>, _ source: Source) -> (Double, Double, Double) {
        if values.isEmpty { return (.nan, .nan, 0) }
        var (rate, time, count) = (0.0, 0.0, 0.0)
        for value in values {
            rate += source.rates.expected(value)
            time += source.times.expected(value)
            count += source.times.count(value)
        }
        let n = Double(values.count)
        return (rate / n, time / n, count / n)
    }

    /// How many there were also tells how late it is. Counting ends before this last share of the finished cases, so that the
    /// open ones stand beside all of it and not beside its last moments.
    private static let latest = 0.2

    private static func split(_ rows: [(Double, Double, Double)]) -> [[Double]] {
        [rows.map(\.0), rows.map(\.1), rows.map(\.2)]
    }

    /// Each row is told what the rows before it showed, and then shows its own.
    private static func learned(
        _ values: [[Int]], _ count: Int, _ hours: [Double], _ breach: [Double], _ source: inout Source
    ) -> [[Double]] {
        source.rates = EarlierRates(values: count, first: Statistics.mean(breach.filter { !$0.isNaN }) ?? 0.5)
        source.times = EarlierRates(values: count, first: Statistics.mean(hours.filter { !$0.isNaN }) ?? 0)
        var rows: [(Double, Double, Double)] = []
        rows.reserveCapacity(values.count)
        for (row, own) in values.enumerated() {
            rows.append(told(own, source))
            let isCounted = Double(row) < (1 - latest) * Double(values.count)
            for value in own {
                source.rates.learn(value, breach[row])
                source.times.learn(value, hours[row], isCounted: isCounted)
            }
        }
        return split(rows)
    }
}
